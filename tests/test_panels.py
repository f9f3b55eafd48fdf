"""Panels without a browser: values are set, buttons clicked, and each panel's code does what the panel does."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import ipywidgets
import pytest
from film_files import ENGLISH, RUSSIAN
from ipywidgets.embed import dependency_state

from bookfilm_nb.errors import BookError, ChoiceError, ScreenplayError, StoreError
from bookfilm_nb.production import Production
from bookfilm_nb.studio import Studio, start
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.previewing import LARGEST_THUMBNAIL
from bookfilm_nb.studio.revising import edit_screenplay, edit_shot, order_shots, takes
from bookfilm_nb.studio.uploads import take_book
from bookfilm_nb.widgets import words
from bookfilm_nb.widgets.panels import (
    BookPanel,
    CastingPanel,
    EnginePanel,
    JobPanel,
    MoneyPanel,
    ReportPanel,
    ScorePanel,
    ScreenplayPanel,
    StoryboardPanel,
    TemplatePanel,
    TimelinePanel,
)
from bookfilm_nb.widgets.words import say, set_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bookfilm_nb.widgets.panels.base import Panel


class VoiceEnginePanel(EnginePanel):
    """The panel of one door, as the others are made: with a folder alone."""

    def __init__(self, out: Path) -> None:
        super().__init__(out, "voice")


PANELS = (
    BookPanel, TemplatePanel, MoneyPanel, ScreenplayPanel, StoryboardPanel, VoiceEnginePanel, CastingPanel, ScorePanel,
    TimelinePanel, JobPanel, ReportPanel,
)  # fmt: skip
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
PLANTED = "sk-planted0must1never2be3seen4anywhere"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A production that is cut, and not rendered."""
    folder = tmp_path_factory.mktemp("master")
    (folder / "clock.txt").write_text(ENGLISH, "utf-8")
    production = start(folder / "clock.txt", folder / "film", minutes=0.4, size="480p", voice="espeak")
    with production.locked():
        _ = Studio(production).timeline
    production.store.close()
    return folder / "film"


@pytest.fixture
def out(master: Path, tmp_path: Path) -> Path:
    """A copy of it of one's own."""
    return shutil.copytree(master, tmp_path / "film")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("")


def run(code: str) -> dict[str, object]:
    """A panel's code, as a cell would run it (what must be awaited is not)."""
    names: dict[str, object] = {}
    exec(compile(code.replace("await job", "job.wait(60)"), "cell", "exec"), names)  # noqa: S102 - our own code
    return names


def texts(widget: ipywidgets.Widget) -> str:
    """Everything that a panel says, as one text."""
    parts = [str(getattr(widget, name, "")) for name in ("value", "description", "tooltip")]
    return " ".join([*parts, *(texts(child) for child in getattr(widget, "children", ()))])


@pytest.mark.parametrize("panel", PANELS, ids=lambda p: p.__name__)
def test_a_panel_opens_on_what_there_is_and_on_nothing(panel: type[Panel], out: Path, tmp_path: Path) -> None:
    made = panel(out)
    assert made.settled()
    assert made.problem == ""
    empty = panel(tmp_path / "nothing")
    assert empty.settled()
    assert empty.problem == ""
    assert not (tmp_path / "nothing").exists()
    if panel is not BookPanel:
        assert "There is no production in" in texts(empty)


@pytest.mark.parametrize("panel", PANELS, ids=lambda p: p.__name__)
def test_every_control_has_a_name(panel: type[Panel], out: Path) -> None:
    nameless = []

    def walk(widget: ipywidgets.Widget) -> None:
        for child in getattr(widget, "children", ()):
            walk(child)
        if hasattr(widget, "value") or isinstance(widget, ipywidgets.Button):
            silent = isinstance(widget, (ipywidgets.HTML, ipywidgets.Output))
            if not silent and not getattr(widget, "description", ""):
                nameless.append(type(widget).__name__)

    made = panel(out)
    made.settled()
    walk(made)
    assert nameless == []


@pytest.mark.parametrize("panel", [p for p in PANELS if p not in {JobPanel, ReportPanel}], ids=lambda p: p.__name__)
def test_the_code_of_an_untouched_panel_runs_and_changes_nothing(panel: type[Panel], out: Path) -> None:
    before = (out / "production.toml").read_text("utf-8")
    made = panel(out)
    made.settled()
    run(made.code)
    assert (out / "production.toml").read_text("utf-8") == before
    with look(out) as studio:
        assert studio.timeline.shots


def test_a_shipped_story_begins_a_production(tmp_path: Path) -> None:
    panel = BookPanel(tmp_path / "a", "ru")
    panel.use.click()
    assert panel.settled()
    assert panel.problem == ""
    assert "Колокол" in panel._facts.value
    run(panel.code.replace(str(tmp_path / "a"), str(tmp_path / "b")))
    assert Production.open(tmp_path / "b").choices == Production.open(tmp_path / "a").choices


def test_a_book_of_ones_own_needs_a_declaration(tmp_path: Path) -> None:
    book = tmp_path / "clock.txt"
    book.write_text(ENGLISH, "utf-8")
    panel = BookPanel(tmp_path / "film", book)
    panel.use.click()
    assert panel.settled()
    assert "declare" in panel.problem
    assert not (tmp_path / "film").exists()
    panel.declared.value, panel.rights.value = True, "own work"
    panel.use.click()
    assert panel.settled()
    assert panel.problem == ""
    assert Production.open(tmp_path / "film").choices.rights == "own work"
    assert "The Miller" in panel._facts.value
    assert "<i>" not in panel._facts.value
    again = BookPanel(tmp_path / "film")
    assert (again.which.value, again.path.value) == ("own", str(book))
    assert (again.rights.value, again.declared.value) == ("own work", True)


def upload(panel: BookPanel, name: str, data: bytes) -> None:
    """What the page sends where a file was chosen."""
    panel.which.value = "upload"
    panel.file.value = (
        {"name": name, "type": "", "size": len(data), "content": memoryview(data), "last_modified": EPOCH},
    )


def test_an_uploaded_book_lies_in_the_production(tmp_path: Path) -> None:
    fb2 = (
        '<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0">'
        "<description><title-info><book-title>Часы на мельнице</book-title><lang>ru</lang></title-info></description>"
        f"<body><section>{''.join(f'<p>{p}</p>' for p in RUSSIAN.splitlines() if p)}</section></body></FictionBook>"
    ).encode()
    panel = BookPanel(tmp_path / "film")
    panel.declared.value, panel.rights.value = True, "own work"
    upload(panel, "../../часы.fb2", fb2)
    panel.use.click()
    assert panel.settled()
    assert panel.problem == ""
    kept = tmp_path / "film" / "book" / "часы.fb2"
    assert kept.read_bytes() == fb2
    assert Production.open(tmp_path / "film").choices.book == str(kept.resolve())
    assert "Часы на мельнице" in panel._facts.value
    assert str(kept) in panel.code
    assert panel.file.value == ()  # a book is not kept in the page as well
    panel.use.click()
    assert panel.settled()
    assert panel.problem == ""


def test_a_file_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    panel = BookPanel(tmp_path / "film", max_mb=0.01)
    panel.declared.value, panel.rights.value = True, "own work"
    upload(panel, "big.txt", b"x" * 20_000)
    assert "at most 0.01 MB" in panel.problem
    assert panel.file.value == ()
    upload(panel, "virus.exe", b"MZ")
    assert "virus.exe is not a txt" in panel.problem
    upload(panel, "torn.epub", b"PK\x03\x04 torn")
    panel.use.click()
    assert panel.settled()
    assert "torn.epub" in panel.problem
    assert "<details>" in panel._error.value
    assert not (tmp_path / "film").exists()
    with pytest.raises(BookError):
        take_book(tmp_path / "film", "x.pdf", b"%PDF")


def test_the_template_follows_and_is_saved(out: Path) -> None:
    panel = TemplatePanel(out)
    assert (panel.blend, panel.minutes.value, panel.size.value) == ("drama", 0.4, "480p")
    before = panel._chart.value
    panel.genres[0].value, panel.genres[1].value = "mystery", "romance"
    panel.shares[0].value, panel.shares[1].value = 0.7, 0.3
    assert panel.blend == "mystery 0.7 + romance 0.3"
    assert panel._chart.value != before
    assert 'role="img"' in panel._chart.value
    panel.minutes.value = 0.5
    panel.save.click()
    assert panel.problem == ""
    chosen = Production.open(out).choices
    assert (chosen.genre, chosen.minutes, chosen.size) == ("mystery 0.7 + romance 0.3", 0.5, "480p")
    code = panel.code
    panel.genres[1].value = ""
    panel.save.click()
    run(code)
    assert Production.open(out).choices == chosen


def test_shares_of_three_sum_to_one(out: Path) -> None:
    panel = TemplatePanel(out)
    for control, genre in zip(panel.genres, ("mystery", "romance", "horror"), strict=True):
        control.value = genre
    for share in panel.shares:
        share.value = 0.5
    assert sum(float(part.split()[-1]) for part in panel.blend.split(" + ")) == pytest.approx(1.0)


def test_the_genre_model_proposes_with_reasons(out: Path) -> None:
    panel = TemplatePanel(out)
    panel.propose.click()
    assert panel.settled()
    assert panel.problem == ""
    assert "The words of the book speak for" in panel._why.value
    assert panel.genres[0].value


def test_the_estimate_comes_before_anything_is_made(tmp_path: Path) -> None:
    book = tmp_path / "clock.txt"
    book.write_text(ENGLISH, "utf-8")
    start(book, tmp_path / "film", minutes=0.3).store.close()
    panel = MoneyPanel(tmp_path / "film")
    panel.ask.click()
    assert panel.settled()
    assert panel.problem == ""
    assert panel.estimate is not None
    assert panel.estimate.total.high == 0
    assert "free" in panel._table.value
    panel.budget.value = "two"
    panel.save.click()
    assert "number of dollars" in panel.problem
    panel.budget.value = "2,50"
    panel.save.click()
    assert Production.open(tmp_path / "film").choices.budget_usd == 2.5
    assert "budget_usd=2.5" in panel.code
    panel.budget.value = ""
    panel.save.click()
    assert Production.open(tmp_path / "film").choices.budget_usd is None


def test_a_line_shows_where_it_is_from_and_its_edit_is_saved(out: Path) -> None:
    panel = ScreenplayPanel(out)
    lines = panel.text.value.split("\n")
    with look(out) as studio:
        element = next(e for e in studio.screenplay.elements() if e.spoken)
        said = studio.book.raw(element.span)
    at = next(n for n, line in enumerate(lines) if line.endswith(f"[[{element.span.start}-{element.span.end}]]"))
    panel.text.line = at
    assert f"<mark>{said.split()[0]}" in panel._source.value
    new = f"Quite other words. [[{element.span.start}-{element.span.end}]]"
    panel.text.value = "\n".join([*lines[:at], new, *lines[at + 1 :]])
    code = panel.code
    panel.save.click()
    assert panel.problem == ""
    assert "1 with words of yours" in panel._says.value
    with look(out) as studio:
        edited = next(e for e in studio.screenplay.elements() if e.id == element.id)
        assert (edited.text, edited.edited) == ("Quite other words.", True)
    panel.undo.click()
    assert not (out / "screenplay.fountain").exists()
    (out / "screenplay.fountain").write_text("\n".join(lines), "utf-8")
    run(code)
    run(code)  # what was done is not done again
    assert "Quite other words." in (out / "screenplay.fountain").read_text("utf-8")


def test_an_edit_that_cannot_be_read_is_not_written(out: Path) -> None:
    panel = ScreenplayPanel(out)
    before = panel.text.value
    panel.text.value = before.replace("[[", "[[9999999")
    panel.save.click()
    assert panel.problem
    assert "Traceback" in panel._error.value
    assert (out / "screenplay.fountain").read_text("utf-8") == before
    with pytest.raises(ScreenplayError):
        edit_screenplay(out, {"no such line": "x"})


def test_an_edited_prompt_is_seen_at_once_and_drawn_when_saved(out: Path) -> None:
    panel = StoryboardPanel(out)
    assert panel.settled()
    shot = panel.grid.order[1]
    panel.grid.chosen = shot
    assert panel.settled()
    before, thumbnail = panel.preview.value, panel.grid.items[1]["src"]
    elapsed = []
    for word in ("night", "dusk", "night"):
        begun = time.perf_counter()
        panel.prompt.value = panel.prompt.value.replace("day", word).replace("dusk", word).replace("night", word)
        assert panel.settled()
        elapsed.append(time.perf_counter() - begun)
    assert panel.preview.value != before
    assert min(elapsed) < 0.25
    assert "edit_shot(" in panel.code
    code = panel.code
    panel.save.click()
    assert panel.settled()
    assert panel.problem == ""
    assert "night" in (out / "storyboard.csv").read_text("utf-8")
    assert panel.grid.items[1]["src"] not in {"", thumbnail}
    assert [t.current for t in takes(out, shot)] == [False, True]
    panel.undo.click()
    assert not (out / "storyboard.csv").exists()
    with look(out) as studio:
        assert "night" not in next(s.prompt for s in studio.storyboard.shots if s.id == shot)
    run(code)
    assert "night" in (out / "storyboard.csv").read_text("utf-8")


def test_takes_are_made_compared_and_kept(out: Path) -> None:
    panel = StoryboardPanel(out)
    panel.settled()
    shot = panel.grid.chosen
    panel.remake.click()
    assert panel.settled()
    assert panel.problem == ""
    assert [keep.disabled for keep in panel.keeps] == [True, False]
    panel.keeps[1].click()
    assert panel.problem == ""
    assert [t.current for t in takes(out, shot)] == [False, True]
    panel.keeps[0].click()
    assert [t.current for t in takes(out, shot)] == [True, False]
    made = {"remake_shot", "keep_take"}
    assert made <= set(panel.code.replace("(", " ").replace(",", " ").split())
    again = StoryboardPanel(out)
    again.settled()
    assert len(again.keeps) == 2


def test_shots_are_put_in_order_within_their_scene(out: Path) -> None:
    panel = StoryboardPanel(out)
    panel.settled()
    order = list(panel.grid.order)
    with look(out) as studio:
        shots = studio.storyboard.shots
    pair = next(
        (a.id, b.id)
        for a, b in pairwise(shots)
        if a.scene == b.scene and not {p.element for p in a.portions} & {p.element for p in b.portions}
    )
    at = order.index(pair[0])
    swapped = [*order[:at], pair[1], pair[0], *order[at + 2 :]]
    panel.grid.order = swapped
    assert "order_shots(" in panel.code
    panel.order.click()
    assert panel.problem == ""
    with look(out) as studio:
        assert [s.id for s in studio.storyboard.shots] == swapped
    assert list(panel.grid.order) == swapped
    panel.grid.order = list(reversed(swapped))
    panel.order.click()
    assert "stays in its scene" in panel.problem or "stay together" in panel.problem
    with pytest.raises(ScreenplayError):
        order_shots(out, order[1:])


def test_a_held_production_is_not_edited(out: Path) -> None:
    storyboard, template = StoryboardPanel(out), TemplatePanel(out)
    storyboard.settled()
    before = (out / "storyboard.csv").read_bytes(), (out / "production.toml").read_bytes()
    with Production.open(out).locked():
        template.minutes.value = 3
        template.save.click()
        assert "is being worked on by process" in template.problem
        storyboard.prompt.value += " Details: boat."
        storyboard.save.click()
        assert storyboard.settled()
        assert "is being worked on by process" in storyboard.problem
        assert "studio.close()" in storyboard._error.value
        with pytest.raises(StoreError):
            edit_shot(out, storyboard.grid.chosen, seed=1)
    assert ((out / "storyboard.csv").read_bytes(), (out / "production.toml").read_bytes()) == before


def test_a_shot_has_no_other_parts_to_change(out: Path) -> None:
    with look(out) as studio:
        shot = studio.storyboard.shots[0].id
    for change in ({"id": "x"}, {"size": "huge"}, {"prompt": "  "}):
        with pytest.raises(ChoiceError):
            edit_shot(out, shot, **change)
    with pytest.raises(ChoiceError):
        edit_shot(out, "s99h99", seed=1)


def test_every_line_and_piece_can_be_heard(out: Path) -> None:
    casting, score = CastingPanel(out), ScorePanel(out)
    assert "Peter" in casting._who.value
    for sounds in (casting.lines, score.pieces):
        assert sounds.buttons
        assert "<audio" not in sounds.player.value
        sounds.buttons[0].click()
        assert 'src="data:audio/mpeg;base64,' in sounds.player.value
        assert "<svg" in sounds.player.value
    assert len(casting.lines.player.value) < 90_000


def test_the_timeline_has_a_bar_for_everything(out: Path) -> None:
    panel = TimelinePanel(out)
    with look(out) as studio:
        timeline = studio.timeline
    counts = [len(track["bars"]) for track in panel.bars.tracks]  # type: ignore[arg-type]
    assert counts == [len(timeline.shots), len(timeline.voices), len(timeline.music)]
    for track in panel.bars.tracks:
        for bar in track["bars"]:  # type: ignore[attr-defined]
            assert bar["name"]
            assert 0 <= bar["start"] <= bar["start"] + bar["length"] <= panel.bars.length + 2
    assert "not rendered yet" in panel._says.value


def test_what_one_panel_changes_the_others_show(out: Path) -> None:
    template, timeline = TemplatePanel(out), TimelinePanel(out)
    template.minutes.value = 0.3
    template.save.click()
    assert "has not been done for what was chosen" in timeline._says.value
    template.minutes.value = 0.4
    template.save.click()
    assert "lines" in timeline._says.value


def test_thumbnails_are_small_and_nothing_large_is_kept(out: Path) -> None:
    panels = [panel(out) for panel in PANELS]
    assert all(panel.settled() for panel in panels)
    storyboard = next(p for p in panels if isinstance(p, StoryboardPanel))
    assert all(len(item["src"]) <= LARGEST_THUMBNAIL * 4 / 3 + 100 for item in storyboard.grid.items)
    state = json.dumps(dependency_state(panels), default=str)
    assert "data:audio" not in state
    assert len(state) < 1_000_000


def test_a_planted_key_is_nowhere_in_the_state(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", PLANTED)
    panels = [panel(out) for panel in PANELS]
    for panel in panels:
        assert panel.settled()

    def careless() -> None:
        raise RuntimeError(f"401 for {PLANTED}")

    for panel in panels:
        panel.attempt(careless)
        assert panel.problem.startswith("RuntimeError")
        assert PLANTED not in json.dumps(dependency_state([panel]), default=str)
        assert PLANTED not in panel.code


def test_both_languages_say_the_same_things() -> None:
    english, russian = words.LANGUAGES["en"], words.LANGUAGES["ru"]
    assert set(english) == set(russian)
    for key, text in english.items():
        fields = set(re.findall(r"\{(\w+)\}", text))
        assert fields == set(re.findall(r"\{(\w+)\}", russian[key])), key
    assert all(text.strip() for text in (*english.values(), *russian.values()))


def test_the_language_is_the_one_set_or_the_environments(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    set_language("ru")
    assert say("job.stop") == "Стоп"
    assert JobPanel(out).halt.description == "Стоп"
    set_language("")
    monkeypatch.setenv(words.VARIABLE, "ru_RU")
    assert say("job.stop") == "Стоп"
    monkeypatch.setenv(words.VARIABLE, "fr")
    assert say("job.stop") == "Stop"
    with pytest.raises(ChoiceError):
        set_language("fr")
    with pytest.raises(KeyError):
        say("no.such.key")


def test_what_was_not_saved_is_not_overwritten(out: Path) -> None:
    template, storyboard, screenplay, money = (
        TemplatePanel(out),
        StoryboardPanel(out),
        ScreenplayPanel(out),
        MoneyPanel(out),
    )
    storyboard.settled()
    template.minutes.value = 5
    storyboard.prompt.value += " Details: boat."
    screenplay.text.value += "\n"
    money.budget.value = "1"
    money.save.click()
    assert money.problem == ""
    assert template.minutes.value == 5
    assert storyboard.prompt.value.endswith("boat.")
    assert screenplay.unsaved
    assert TemplatePanel(out).minutes.value == 0.4


def test_what_is_wished_while_the_panel_works_is_done_after_it(out: Path) -> None:
    panel, begun, go, done = TemplatePanel(out), threading.Event(), threading.Event(), []

    def first() -> None:
        begun.set()
        assert go.wait(20)
        done.append("first")

    panel.apart(first)
    assert begun.wait(20)
    panel.apart(lambda: done.append("passed over"))
    panel.apart(lambda: done.append("last"))
    go.set()
    assert panel.settled()
    assert done == ["first", "last"]


def test_an_edit_that_comes_as_a_message_is_there_before_the_button_that_follows(out: Path) -> None:
    """The page holds changes of state back while the kernel is busy, but not a button's message."""
    board = StoryboardPanel(out)
    chosen = board.grid.order[-1]
    board.grid._handle_custom_msg({"now": {"chosen": chosen}}, [])
    assert f"Prompt of {chosen}" in board.prompt.description
    for nonsense in ("words", {"now": "words"}, {}, None):
        board.grid._handle_custom_msg(nonsense, [])
    assert board.grid.chosen == chosen
    panel = ScreenplayPanel(out)
    old = next(line for line in panel.text.value.split("\n") if line.endswith("]]"))
    words = panel.text.value.replace(old, old.replace(" [[", " Nobody answered. [["))
    panel.text._handle_custom_msg({"now": {"value": words, "rows": 99, "no such": 1}}, [])
    panel.save.click()
    assert "Nobody answered." in (out / "screenplay.fountain").read_text("utf-8")
    assert panel.text.rows != 99
