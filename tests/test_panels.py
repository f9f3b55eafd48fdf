"""Panels without a browser: values are set, buttons clicked, and each panel's code does what the panel does."""

from __future__ import annotations

import json
import re
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import ipywidgets
import pytest
from film_files import ENGLISH, RUSSIAN
from ipywidgets.embed import dependency_state
from panel_code import run_code

from bookfilm_nb.errors import BookError, ChoiceError
from bookfilm_nb.production import Production
from bookfilm_nb.studio import start
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.previewing import LARGEST_THUMBNAIL
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
    from pathlib import Path

    from bookfilm_nb.widgets.panels.base import Panel


pytestmark = pytest.mark.usefixtures("english")


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
    run_code(made.code)
    assert (out / "production.toml").read_text("utf-8") == before
    with look(out) as studio:
        assert studio.timeline.shots


def test_a_shipped_story_begins_a_production(tmp_path: Path) -> None:
    panel = BookPanel(tmp_path / "a", "ru")
    panel.use.click()
    assert panel.settled()
    assert panel.problem == ""
    assert "Колокол" in panel._facts.value
    run_code(panel.code.replace(str(tmp_path / "a"), str(tmp_path / "b")))
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
    run_code(code)
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
