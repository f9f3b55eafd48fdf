"""Edits in panels, without a browser: lines, prompts, takes and order, each with the code that does the same."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import anywidget
import ipywidgets
import pytest
from ipywidgets.widgets.widget_selection import _Selection as Selection
from panel_code import run_code

from bookfilm_nb.errors import ChoiceError, ScreenplayError, StoreError
from bookfilm_nb.production import Production
from bookfilm_nb.studio import STAGES
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.revising import edit_screenplay, edit_shot, order_shots, takes
from bookfilm_nb.widgets import controls
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
from bookfilm_nb.widgets.panels.base import _all_in

if TYPE_CHECKING:
    from ipywidgets import Widget

    from bookfilm_nb.widgets.panels.base import Panel

pytestmark = pytest.mark.usefixtures("english")
PLAIN = (
    BookPanel, CastingPanel, JobPanel, MoneyPanel, ReportPanel, ScorePanel, ScreenplayPanel, StoryboardPanel,
    TemplatePanel, TimelinePanel,
)  # fmt: skip


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
    run_code(code)
    run_code(code)  # what was done is not done again
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
    panel.prompt.value = panel.prompt.value.replace("day", "night").replace("dusk", "night")
    assert panel.settled()
    assert panel.preview.value != before
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
    run_code(code)
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


def ahead(panel: Panel, field: Widget, **state: object) -> None:
    """What the page sends of a field before the button's own message."""
    panel._foot._handle_custom_msg({"now": {field.model_id: state}}, [])


def test_an_edit_that_comes_as_a_message_is_there_before_the_button_that_follows(out: Path) -> None:
    """The page holds changes of state back while the kernel is busy, but not a button's message."""
    board = StoryboardPanel(out)
    chosen = board.grid.order[-1]
    ahead(board, board.grid, chosen=chosen)
    assert f"Prompt of {chosen}" in board.prompt.description
    for nonsense in ("words", {"now": "words"}, {"now": {"no such": {"value": 1}}}, {"now": {"": 1}}, {}, None):
        board._foot._handle_custom_msg(nonsense, [])
    assert board.grid.chosen == chosen
    panel = ScreenplayPanel(out)
    old = next(line for line in panel.text.value.split("\n") if line.endswith("]]"))
    words = panel.text.value.replace(old, old.replace(" [[", " Nobody answered. [["))
    ahead(panel, panel.text, value=words, rows=99, no_such=1)
    panel.save.click()
    assert "Nobody answered." in (out / "screenplay.fountain").read_text("utf-8")
    assert panel.text.rows != 99


def test_the_budget_and_the_choice_that_are_seen_are_those_that_count(out: Path) -> None:
    money = MoneyPanel(out)
    ahead(money, money.budget, value="0.5")
    money.save.click()
    with look(out) as studio:
        assert studio.choices.budget_usd == 0.5
    job = JobPanel(out)
    ahead(job, job.until, index=1)
    assert job.until.value == STAGES[1]
    for stale in (len(STAGES), "one"):
        ahead(job, job.until, index=stale)
        assert job.until.value == STAGES[1]


def test_every_control_that_can_be_edited_is_watched_in_the_page(out: Path) -> None:
    """A control of a new kind must be added to foot.js, or a button may find what was there before."""
    watched = (Path(controls.__file__).parent / "foot.js").read_text("utf-8")
    shown = (ipywidgets.HTML, ipywidgets.FileUpload)  # a file comes once, before the button
    kinds = set()
    for panel in [*(kind(out) for kind in PLAIN), *(EnginePanel(out, door) for door in ("text", "video"))]:
        kinds |= {
            one._model_name
            for one in _all_in(panel)
            if isinstance(one, ipywidgets.ValueWidget | Selection | anywidget.AnyWidget) and not isinstance(one, shown)
        }
    assert len(kinds) >= 5
    assert [kind for kind in sorted(kinds) if f"  {kind}: [" not in watched] == []
