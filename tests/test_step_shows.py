"""What the step notebooks show: charts with their claim, tables, lineage, and the checks of their exercises."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import av
import numpy as np
import pytest
from makers import RATE, picture_take, voice_take, wav
from PIL import Image

from bookfilm_nb import analyse, bundled, read_book, widgets
from bookfilm_nb.cutting import captions, cues, lay_out, music_clips
from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import LeftOut, MusicTake, Span
from bookfilm_nb.movies import template_for
from bookfilm_nb.production import Choices, LedgerRow, Production, Store
from bookfilm_nb.render.encode import encode
from bookfilm_nb.screenwriting import adapt
from bookfilm_nb.storyboard import plan
from bookfilm_nb.studio import Studio
from bookfilm_nb.studio.going_on import COURSE, go_on

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from bookfilm_nb.model import Book, GenreTemplate, Reading, Screenplay, Storyboard, Timeline, VoiceTake

CPS = 15.0


class Made(NamedTuple):
    """A film as far as it can be made without an engine: silent takes of even length, empty pictures."""

    book: Book
    reading: Reading
    template: GenreTemplate
    screenplay: Screenplay
    storyboard: Storyboard
    voices: dict[str, VoiceTake]
    timeline: Timeline
    store: Store


@pytest.fixture(scope="module", params=["en", pytest.param("ru", marks=pytest.mark.slow)])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    store = Store(tmp_path_factory.mktemp("store"))
    hum = store.put(wav(0.1 * np.sin(np.arange(RATE) / 20), RATE))
    png = io.BytesIO()
    Image.new("RGB", (1472, 828), "navy").save(png, "PNG")
    blue = store.put(png.getvalue())
    book = read_book(bundled(request.param))
    reading = analyse(book)
    template = template_for("drama")
    play = adapt(book, reading, target_s=60, template=template, rate_cps=CPS)
    board = plan(play, template, seed=7, rate_cps=CPS)
    voices = {e.id: voice_take(e, cps=CPS, blob=hum) for e in play.elements() if e.spoken}
    pictures = {name: picture_take(name) for name in ("title", "end", *(s.id for s in board.shots))}
    pictures = {
        name: take.model_copy(update={"layers": tuple(x.model_copy(update={"blob": blue}) for x in take.layers)})
        for name, take in pictures.items()
    }
    cut = lay_out(play, board, template, voices, pictures, width=1280, height=720)
    placed = cues(cut, play, board, template, seed=7)
    music = {p.cue.id: MusicTake(cue=p.cue.id, blob=hum, sample_rate=RATE, samples=RATE) for p in placed}
    clips = music_clips(placed, music, sample_rate=cut.sample_rate)
    cut = cut.model_copy(update={"captions": captions(cut, play), "music": clips})
    return Made(book, reading, template, play, board, voices, cut, store)


def claim(figure: Figure) -> str:
    """The one sentence above a figure; drawing it must not fail."""
    out = io.BytesIO()
    figure.savefig(out, dpi=30)
    assert len(out.getvalue()) > 1000
    return " ".join(figure.get_suptitle().split())


def test_charts_of_a_book_claim_what_was_counted(made: Made) -> None:
    counted = made.book.coverage()
    assert claim(widgets.coverage_chart(made.book)).startswith(f"All {counted.file:,} characters")
    named = sum(q.kind == "explicit" for q in made.reading.quotes)
    assert claim(widgets.speakers_chart(made.reading)).startswith(f"{named} of {len(made.reading.quotes)} quotations")
    assert f"of {len(made.reading.scenes)} scenes" in claim(widgets.presence_chart(made.reading))
    turns = sum(a.mood != b.mood for a, b in zip(made.reading.scenes, made.reading.scenes[1:], strict=False))
    assert f"turns {turns} times" in claim(widgets.moods_chart(made.reading))


def test_a_book_in_which_nobody_is_named_still_has_its_charts(tmp_path: Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_text("It rained. It rained on the roof, and on the road, and on the river all night long.\n", "utf-8")
    book = read_book(path)
    reading = analyse(book)
    assert claim(widgets.presence_chart(reading)) == "Nobody is named in this story"
    assert "0 of 0" in claim(widgets.speakers_chart(reading))
    claim(widgets.moods_chart(reading))


def test_the_map_of_a_book_says_how_much_is_heard_and_what_went_most(made: Made) -> None:
    heard = sum(len(e.span) for e in made.screenplay.elements() if e.spoken)
    share = 100 * heard / made.book.coverage().book
    assert claim(widgets.selection_chart(made.book, made.screenplay)).startswith(f"The film says {share:.0f} %")
    cut = LeftOut(span=Span(start=0, end=len(made.book.text)), reason="edited")
    edited = made.screenplay.model_copy(update={"left_out": (cut,)})
    assert "because a person cut it" in claim(widgets.selection_chart(made.book, edited))


def test_longer_films_get_more_scenes(made: Made) -> None:
    def film(minutes: float) -> Screenplay:
        return adapt(made.book, made.reading, target_s=60 * minutes, template=made.template, rate_cps=CPS)

    plays = {minutes: film(minutes) for minutes in (0.5, 4)}
    few, many = len(plays[0.5].scenes), len(plays[4].scenes)
    assert claim(widgets.lengths_chart(plays, rate_cps=CPS)).endswith(f"{few} at 0.5 min, {many} at 4")


def test_what_was_left_out_is_listed_with_its_words_longest_first(made: Made) -> None:
    table = widgets.left_out_table(made.book, made.screenplay)
    assert len(table) == len(made.screenplay.left_out)
    assert list(table["characters"]) == sorted(table["characters"], reverse=True)
    first = table.iloc[0]
    assert made.book.text[first["from"] :].lstrip().startswith(first["words"].split()[0])
    aside = widgets.aside_table(made.book)
    assert "heading" in set(aside["reason"])


def test_lineage_marks_one_line_in_the_script_and_in_the_book(made: Made) -> None:
    line = next(e for e in made.screenplay.elements() if e.spoken)
    shown = widgets.lineage(made.book, made.screenplay, line.id).data
    assert shown.count("background:#e6b80066") == 2
    with pytest.raises(ChoiceError, match="s99e999"):
        widgets.lineage(made.book, made.screenplay, "s99e999")


def test_words_of_a_book_are_never_taken_as_html(tmp_path: Path) -> None:
    path = tmp_path / "tag.txt"
    evil = "<script>alert(1)</script>"
    path.write_text(f"“{evil} is what I say,” said Anna Marsh. Anna Marsh went home. It rained on {evil}.\n", "utf-8")
    book = read_book(path)
    reading = analyse(book)
    play = adapt(book, reading, target_s=60, template=template_for("drama"), rate_cps=CPS)
    element = next(e for e in play.elements() if "script" in e.text)
    pages = [widgets.book_beside_reading(book, reading), widgets.lineage(book, play, element.id)]
    assert all("<script" not in page.data for page in pages)
    assert all("&lt;script" in page.data for page in pages)


def test_from_a_second_of_the_film_to_the_sentence(made: Made) -> None:
    voice = made.timeline.voices[2]
    second = voice.start / made.timeline.sample_rate + voice.take.length_s / 2
    parts = {"screenplay": made.screenplay, "storyboard": made.storyboard, "timeline": made.timeline}

    def shown(at: float) -> str:
        return str(widgets.from_second(at, book=made.book, store=made.store, **parts).data)  # type: ignore[arg-type]

    line = next(e for e in made.screenplay.elements() if e.id == voice.element)
    assert f"heard: line <b>{line.id}</b>, characters {line.span.start} to {line.span.end}" in shown(second)
    assert f"heard next: line <b>{made.timeline.voices[0].element}</b>" in shown(0.5)
    assert "a card" in shown(0.5)
    assert "nobody speaks any more" in shown(made.timeline.length / made.timeline.fps - 0.1)
    with pytest.raises(ChoiceError):
        shown(made.timeline.length / made.timeline.fps + 1)


def test_charts_of_the_cut_claim_what_was_counted(made: Made) -> None:
    cut = made.timeline
    assert claim(widgets.timeline_chart(cut, made.screenplay)).startswith(f"{len(cut.shots)} shots in")
    assert f"of {len(cut.captions)} captions" in claim(widgets.captions_chart(cut))
    assert "steps back by 11 dB" in claim(widgets.mix_chart(cut, made.store))
    assert "0 % shorter" in claim(widgets.rate_chart(made.screenplay.elements(), made.voices, rate_cps=CPS)) or (
        "0 % longer" in claim(widgets.rate_chart(made.screenplay.elements(), made.voices, rate_cps=CPS))
    )
    clip = cut.shots[1]
    assert claim(widgets.camera_chart(cut, clip.shot, made.store.blobs)).startswith(clip.move.capitalize())
    assert claim(widgets.planes_chart(cut, clip.shot)).startswith(clip.move.capitalize())
    with pytest.raises(KeyError):
        widgets.camera_chart(cut, "s99h99", made.store.blobs)


def test_pictures_of_a_film_are_shown_by_number_and_by_layer(made: Made) -> None:
    strip = widgets.film_strip(made.timeline, made.store, [0, 24]).data
    assert strip.count("<img") == 2
    assert "frame 24, 1.00 s" in strip
    take = made.timeline.shots[1].take
    assert widgets.layers(take, made.store).data.count("<figure") == len(take.layers)  # type: ignore[arg-type,union-attr]


@pytest.mark.parametrize("size", [(480, 270), (480, 272), (160, 90)])
def test_a_small_film_has_its_own_colours_at_every_even_height(size: tuple[int, int]) -> None:
    width, height = size
    luma, *chroma = (np.full(n, value, np.uint8) for n, value in ((width * height, 120), (width * height // 4, 100)))
    plain = np.concatenate([luma, *chroma, np.full(width * height // 4, 160, np.uint8)])
    made = encode([plain.reshape(height * 3 // 2, width)] * 3, width=width, height=height, fps=24)
    with av.open(io.BytesIO(made)) as film:
        frame = next(film.decode(video=0))
    assert (frame.width, frame.height) == size
    for plane, value in zip(frame.planes, (120, 100, 160), strict=True):
        rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
        assert np.abs(rows.astype(int) - value).max() <= 3


def test_work_is_counted_by_stage_and_from_a_moment_on() -> None:
    def row(kind: str, name: str, seconds: float, outcome: str = "made") -> LedgerRow:
        return LedgerRow(0.0, kind, name, "key", "engine", outcome, seconds, 0.0)

    ledger = [row("voice", "s01e001", 1), row("shoot", "s01h01", 3), row("shoot", "s01h02", 2, "failed")]
    assert claim(widgets.work_chart(ledger, film_s=60)) == "Shoot takes most: 3.0 of 4.0 s of work for 60 s of film"
    assert list(widgets.work_table(ledger)["made"]) == [1, 1]
    assert list(widgets.work_table(ledger, since=1)["stage"]) == ["shoot"]
    assert widgets.work_table(ledger, since=2).empty
    claim(widgets.work_chart([]))


def test_an_answer_is_compared_with_the_students_own_film(made: Made, tmp_path: Path) -> None:
    studio = Studio(Production.create(tmp_path / "film", Choices(book=str(bundled(made.book.language)))))
    counted = studio.book.coverage()
    right = counted.file - counted.book
    assert widgets.check_film("set aside", None, studio) == "set aside: no answer yet."
    assert widgets.check_film("set aside", right, studio) == "set aside: right."
    assert widgets.check_film("set aside", right * 1.5, studio).startswith("set aside: not yet. ")
    assert widgets.check_film("set aside", "many", studio).startswith("set aside: not yet. ")
    assert widgets.check_film("set aside", True, studio).startswith("set aside: not yet. ")
    longest = max(studio.reading.scenes, key=lambda s: len(s.span)).id
    assert widgets.check_film("longest scene", f" {longest.upper()} ", studio) == "longest scene: right."
    wet = "Night, rain. [Anna: woman; worried; left] [Tom: boy; afraid; right]"
    assert widgets.check_film("wet night", wet, studio) == "wet night: right."
    assert "not yet" in widgets.check_film("wet night", wet.replace("rain", "snow"), studio)
    with pytest.raises(ChoiceError, match="no exercise"):
        widgets.check_film("flying", 1, studio)


def test_going_on_keeps_what_was_chosen_and_lets_the_production_go(tmp_path: Path) -> None:
    first = go_on("en", tmp_path / "film", until="read")
    assert {name: getattr(first.choices, name) for name in COURSE} == COURSE
    changed = go_on("en", tmp_path / "film", until="read", genre="mystery")
    again = go_on("en", tmp_path / "film", until="analyse")
    assert changed.choices.genre == again.choices.genre == "mystery"
    assert again.choices.size == "480p"
    with first.production.locked():
        pass
    other = go_on("ru", tmp_path / "film", until="read")
    assert {name: getattr(other.choices, name) for name in COURSE} == COURSE
    with pytest.raises(ChoiceError, match="no stage"):
        go_on("en", tmp_path / "film", until="premiere")


def test_a_page_of_voila_is_known_by_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    assert widgets.in_app()
    monkeypatch.setenv("SERVER_SOFTWARE", "jupyter/2.21")
    assert not widgets.in_app()
    monkeypatch.delenv("SERVER_SOFTWARE")
    assert not widgets.in_app()
