"""One short film of each language, opened and measured: what is promised is in the file."""

from __future__ import annotations

import io
import re
import wave
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import av
import numpy as np
import pytest
from film_files import ENGLISH, RUSSIAN, boxes, caption_file, ffmpeg, opened

from bookfilm_nb import make_film, open_studio
from bookfilm_nb.illustrator import parse_prompt
from bookfilm_nb.illustrator.cast import appearance
from bookfilm_nb.model import Layer, tidy
from bookfilm_nb.studio.cards import end_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bookfilm_nb.studio import Film, Studio

pytestmark = pytest.mark.slow

MINUTES = {"en": 0.8, "ru": 0.7}
RIGHTS = "© Ann Ray, used with <b>leave</b> & thanks"


class Made(NamedTuple):
    language: str
    film: Film
    studio: Studio
    file: Path
    text: str


def _make(folder: Path, language: str) -> Iterator[Made]:
    text = ENGLISH if language == "en" else RUSSIAN
    book = folder / f"clock_{language}.txt"
    book.write_text(text, "utf-8")
    choices = {"minutes": MINUTES[language], "size": "480p", "rights": RIGHTS}
    film = make_film(book, folder / "film", **choices)
    studio = open_studio(book, folder / "film", **choices)
    yield Made(language, film, studio, Path(film.film), text)
    studio.close()


@pytest.fixture(scope="module", params=["en", "ru"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    yield from _make(tmp_path_factory.mktemp(request.param), request.param)


def test_it_is_as_long_as_was_asked(made: Made) -> None:
    asked = MINUTES[made.language] * 60
    assert opened(made.film.film).picture_s == pytest.approx(asked, rel=0.15)


def test_every_frame_is_on_the_grid_and_sound_ends_with_the_picture(made: Made) -> None:
    film = opened(made.film.film)
    assert sorted(film.shown) == list(range(made.studio.timeline.length))
    assert abs(film.sound_s - film.picture_s) <= 1 / 24


def test_loudness(made: Made) -> None:
    said = ffmpeg("-i", made.film.film, "-vn", "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-")
    summary = said[said.rindex("Summary:") :]
    assert float(re.search(r"I:\s+(-[\d.]+) LUFS", summary)[1]) == pytest.approx(-16, abs=1)  # type: ignore[index]
    assert float(re.search(r"True peak:\s+Peak:\s+(-?[\d.]+) dBFS", summary)[1]) <= -1  # type: ignore[index]


def test_the_story_is_never_black_or_still(made: Made) -> None:
    said = ffmpeg("-i", made.film.film, "-an", "-vf", "blackdetect=d=2,freezedetect=n=-60dB:d=2", "-f", "null", "-")
    story = made.studio.timeline.shots[1:-1]
    begins, ends = story[0].start / 24, (story[-1].start + story[-1].length - story[-1].fade_out) / 24
    black = re.findall(r"black_start:([\d.]+) black_end:([\d.]+)", said)
    frozen = zip(
        re.findall(r"freeze_start: ([\d.]+)", said), [*re.findall(r"freeze_end: ([\d.]+)", said), "1e9"], strict=False
    )
    assert [(a, b) for a, b in (*black, *frozen) if float(b) > begins and float(a) < ends] == []


def test_the_picture_says_what_its_colours_mean(made: Made) -> None:
    with av.open(made.film.film) as container:
        context = container.streams.video[0].codec_context
        colours = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
        assert tuple(map(int, colours)) == (1, 1, 1, 1)
        assert (context.width, context.height, context.pix_fmt) == (854, 480, "yuv420p")
    assert "bt709" in ffmpeg("-i", made.film.film, "-t", "0.1", "-f", "null", "-")


def test_the_index_comes_first(made: Made) -> None:
    names = boxes(made.file)
    assert names.index("moov") < names.index("mdat")


def test_captions_can_be_read(made: Made) -> None:
    srt, vtt = (caption_file(Path(p).read_text("utf-8")) for p in made.film.captions)
    assert Path(made.film.captions[1]).read_text("utf-8").startswith("WEBVTT")
    assert srt == vtt
    assert len(srt) == len(made.studio.timeline.captions) > 4
    before = 0.0
    for cue in srt:
        assert cue.start_s >= before
        before = cue.end_s
        assert 1 <= len(cue.lines) <= 2
        assert sum(map(len, cue.lines)) / (cue.end_s - cue.start_s) <= 20
        assert all(len(line) <= 42 for line in cue.lines)


def test_captions_start_with_the_first_word(made: Made) -> None:
    """The first word is where the spoken take gets loud, not where somebody says that it is."""
    starts: dict[str, float] = {}
    for caption in made.studio.timeline.captions:
        starts.setdefault(caption.element, caption.start_ms / 1000)
    for voice in made.studio.timeline.voices:
        with wave.open(io.BytesIO(made.studio.production.store.read(voice.take.blob))) as file:
            rate = file.getframerate()
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
        window = rate // 100
        levels = np.sqrt(np.mean(samples[: len(samples) // window * window].reshape(-1, window) ** 2, axis=1))
        loud = int(np.argmax(levels > levels.max() * 0.02)) / 100
        heard = voice.start / made.studio.timeline.sample_rate + loud
        assert abs(starts[voice.element] - heard) <= 0.1, voice.element


def test_the_file_has_a_subtitle_track_that_says_its_language(made: Made) -> None:
    with av.open(made.film.film) as container:
        (track,) = container.streams.subtitles
        assert track.language == {"en": "eng", "ru": "rus"}[made.language]
        assert container.streams.audio[0].language == track.language
        assert sum(1 for p in container.demux(track) if p.size > 2) >= len(made.studio.timeline.captions)


def test_chapters_are_where_the_places_are(made: Made) -> None:
    with av.open(made.film.film) as container:
        found = [(c["metadata"]["title"], float(c["start"] * c["time_base"])) for c in container.chapters()]
    marks = made.studio.timeline.chapters
    assert [title for title, _ in found] == [mark.title for mark in marks]
    assert [start for _, start in found] == pytest.approx([mark.start / 24 for mark in marks], abs=0.002)
    assert len(found) >= 2
    if made.language == "ru":
        assert all(re.search("[А-Яа-я]", title) for title, _ in found)


def test_tags_say_whose_it_is_and_that_a_machine_made_it(made: Made) -> None:
    from mutagen.mp4 import MP4

    tags = MP4(made.film.film).tags
    assert tags is not None
    assert tags["©nam"] == [made.studio.book.title]
    assert tags["©ART"] == [made.studio.book.author]
    assert RIGHTS in tags["cprt"][0]
    assert "machine" in tags["©cmt"][0]
    source = tags["----:net.iptc:DigitalSourceType"][0]
    assert bytes(source).endswith(b"/trainedAlgorithmicMedia")


def test_every_word_heard_is_the_books_and_in_its_order(made: Made) -> None:
    raw = made.studio.book.text
    assert raw.replace("\r\n", "\n") == made.text.replace("\r\n", "\n")
    spoken = [e for e in made.studio.screenplay.elements() if e.spoken]
    assert len(spoken) > 3
    before = 0
    for element in spoken:
        assert " ".join(raw[element.span.start : element.span.end].split()) == element.text
        assert element.span.start >= before
        before = element.span.end
    assert {v.element for v in made.studio.timeline.voices} == {e.id for e in spoken}
    whole, at = tidy(raw), 0
    for cue in caption_file(Path(made.film.captions[0]).read_text("utf-8")):
        at = whole.index(" ".join(cue.lines), at)


def test_from_any_shot_to_the_sentence_and_back(made: Made) -> None:
    elements = {e.id: e for e in made.studio.screenplay.elements()}
    shots = {s.id: s for s in made.studio.storyboard.shots}
    covered: dict[str, int] = {}
    for clip in made.studio.timeline.shots[1:-1]:
        for portion in shots[clip.shot].portions:
            assert covered.get(portion.element, 0) == portion.start
            covered[portion.element] = portion.end
    assert covered == {i: len(e.text) for i, e in elements.items() if e.spoken}


def test_what_was_left_out_is_listed(made: Made) -> None:
    book, play = made.studio.book, made.studio.screenplay
    told = {i for part in play.left_out for i in range(part.span.start, part.span.end)}
    told |= {i for e in play.elements() for i in range(e.span.start, e.span.end)}
    story = {i for c in book.chapters for p in c.paragraphs for i in range(p.span.start, p.span.end)}
    assert {i for i in story - told if book.text[i].isalnum()} == set()


def test_people_look_the_same_in_every_shot(made: Made) -> None:
    words: dict[str, set[str]] = {}
    parts: dict[str, set[object]] = {}
    for shot in made.studio.storyboard.shots:
        for name, looks in re.findall(r"\[([^\]:]+): ([^;\]]*)", shot.prompt):
            words.setdefault(name, set()).add(looks)
        for figure in parse_prompt(shot.prompt).figures:
            parts.setdefault(figure.name, set()).add(appearance(figure))
    assert len(words) >= 2
    assert {name: looks for name, looks in words.items() if len(looks) != 1} == {}
    assert {name: drawn for name, drawn in parts.items() if len(drawn) != 1} == {}
    assert set(parts) == set(words)


def test_the_cards_say_what_they_must(made: Made) -> None:
    studio = made.studio
    lines = end_lines(studio.book, studio.choices, voice=studio.voice_name)
    machine = {"en": "Drawn and voiced by a machine", "ru": "Нарисовано и озвучено машиной"}[made.language]
    assert any(machine in line for line in lines)
    assert any(RIGHTS in line for line in lines)
    assert any(studio.book.title in line for line in lines)
    first, last = studio.timeline.shots[0], studio.timeline.shots[-1]
    assert (first.shot, last.shot) == ("title", "end")
    assert first.take == studio.pictures["title"]
    assert last.take == studio.pictures["end"]
    assert last.length / 24 >= 4


def test_the_picture_of_a_card_is_made_of_its_words(made: Made) -> None:
    choices = {"minutes": MINUTES[made.language], "size": "480p", "rights": "Somebody else"}
    made.studio.close()
    other = open_studio(made.studio.choices.book, made.file.parents[1], **choices)
    try:
        assert _blobs(other.pictures["end"].layers) != _blobs(made.studio.pictures["end"].layers)
        assert _blobs(other.pictures["title"].layers) == _blobs(made.studio.pictures["title"].layers)
    finally:
        other.close()
        open_studio(made.studio.choices.book, made.file.parents[1], **{**choices, "rights": RIGHTS}).close()


def _blobs(layers: tuple[Layer, ...]) -> list[str]:
    return [layer.blob for layer in layers]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.handlers: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in {"src", "href", "srcset", "poster", "data", "action"}:
                self.links.append(value or "")
            if name == "id":
                self.ids.add(value or "")
            if name.startswith("on"):
                self.handlers.append(name)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_report_opens_offline_and_nothing_of_the_book_runs_in_it(made: Made) -> None:
    html = Path(made.film.report).read_text("utf-8")
    page = _Page()
    page.feed(html)
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "i", "b"}
    assert page.handlers == []
    for link in page.links:
        assert link.startswith(("data:image/jpeg;base64,", "#")) or link == "film.mp4"
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids
    assert not re.search(r"url\(|@import", html)
    assert sum(link.startswith("data:") for link in page.links) == len(made.studio.timeline.shots)
    words = "".join(page.words)
    assert tidy(made.studio.book.title) in words
    if made.language == "en":
        assert '<script>alert("boo")</script>' in words
        assert "<script" not in html


def test_the_review_says_what_the_file_says(made: Made) -> None:
    film, measured = opened(made.film.film), made.film.review
    assert [gate for gate in measured.gates if not gate.passed] == []
    assert measured.frames == len(film.shown)
    assert measured.seconds == pytest.approx(film.picture_s, abs=0.001)
    assert measured.bytes == made.file.stat().st_size


def test_the_screenplay_reads_back(made: Made) -> None:
    text = Path(made.film.screenplay).read_text("utf-8")
    for element in made.studio.screenplay.elements():
        assert f"[[{element.span.start}-{element.span.end}]]" in text
