"""Edits in a real JupyterLab: takes, order, lines and engines are clicked, and the production has them.

Screenshots lie in $BOOKFILM_SCREENSHOTS (out/screenshots without it).
"""

from __future__ import annotations

import csv
import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

import nbformat
import pytest
from browsing import (
    SCREENSHOTS,
    axe,
    browser_page,
    lab,
    menu,
    open_notebook,
    panel,
    panels_shown,
    press,
    run_all,
    sideways,
    until,
    wait_until_idle,
    well,
)

from bookfilm_nb.production import Production
from bookfilm_nb.studio.going_on import go_on
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.revising import takes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

SETUP = """\
from bookfilm_nb import course
from bookfilm_nb.widgets import panels
out, doors = '../films/{name}', course.open_doors(real=False)"""
BUSY = """\
import time
from pathlib import Path
while (Path(out) / 'busy').exists(): time.sleep(0.05)"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a film that is cut."""
    root = tmp_path_factory.mktemp("edits")
    (root / "notebooks").mkdir()
    go_on("en", root / "films" / "master", until="cut", minutes=0.7, voice="espeak").production.store.close()
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """A JupyterLab over that folder."""
    with lab(root) as address:
        yield address


@pytest.fixture
def page() -> Iterator[Page]:
    """A browser's page."""
    with browser_page() as page:
        yield page


@pytest.fixture
def film(root: Path, address: str, page: Page, request: pytest.FixtureRequest) -> Path:
    """A film of the test's own, and the panels that the test names open on it in the page."""
    name = request.node.name
    shutil.copytree(root / "films" / "master", root / "films" / name)
    shown = [f"panels.{panel}" for panel in request.node.get_closest_marker("panels").args]
    cells = [nbformat.v4.new_code_cell(source) for source in (SETUP.format(name=name), *shown, BUSY)]
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Edits"), *cells], metadata=about)
    nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
    open_notebook(page, address, f"{name}.ipynb")
    run_all(page)
    panels_shown(page, len(shown))
    wait_until_idle(page)
    return root / "films" / name


def order(film: Path) -> list[str]:
    """The shots as the file has them, or as they are planned where nobody edited it."""
    if not (film / "storyboard.csv").is_file():
        with look(film) as studio:
            return [shot.id for shot in studio.storyboard.shots]
    with (film / "storyboard.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["shot"] for row in csv.DictReader(file)]


def free_pair(film: Path) -> tuple[str, str]:
    """Two neighbours of one scene that share no line with anybody: they may change places."""
    with look(film) as studio:
        shots = studio.storyboard.shots
    for first, second in pairwise(shots):
        mine = {p.element for shot in (first, second) for p in shot.portions}
        others = {p.element for shot in shots if shot not in (first, second) for p in shot.portions}
        apart = not {p.element for p in first.portions} & {p.element for p in second.portions}
        if first.scene == second.scene and apart and not mine & others:
            return first.id, second.id
    raise AssertionError("every shot shares a line with its neighbour")


def chosen(board: Locator, shot: str) -> Locator:
    """The thumbnail of a shot, pressed."""
    pick = board.locator(f"[data-shot='{shot}']")
    pick.click()
    board.get_by_text(f"Takes of {shot}").wait_for(timeout=30_000)
    return pick.locator("img")


@pytest.mark.panels("StoryboardPanel(out)")
def test_another_take_is_drawn_compared_and_kept(film: Path, page: Page) -> None:
    board = panel(page, "Storyboard")
    shot = order(film)[1]
    thumbnail = chosen(board, shot)
    before = thumbnail.get_attribute("src")
    press(page, "Storyboard", "Another take")
    board.get_by_text("Take 2", exact=True).last.wait_for(timeout=60_000)
    assert [take.current for take in takes(film, shot)] == [True, False]
    beside = board.locator(".widget-hbox figure img")
    assert beside.nth(-1).get_attribute("src") != beside.nth(-2).get_attribute("src")
    press(page, "Storyboard", "Keep take 2")
    until(page, lambda: thumbnail.get_attribute("src") != before)
    assert [take.current for take in takes(film, shot)] == [False, True]
    board.get_by_text("Take 2, in the film").wait_for(timeout=30_000)
    well(board)
    board.screenshot(path=SCREENSHOTS / "edits_1_takes.png")
    press(page, "Storyboard", "Keep take 1")
    until(page, lambda: thumbnail.get_attribute("src") == before)
    well(board)


@pytest.mark.panels("StoryboardPanel(out)")
def test_shots_are_moved_by_button_and_by_mouse_and_taken_back(film: Path, page: Page) -> None:
    board = panel(page, "Storyboard")
    planned = order(film)
    first, second = free_pair(film)
    at = planned.index(first)
    swapped = [*planned[:at], second, first, *planned[at + 2 :]]

    board.get_by_role("button", name=f"Move {first} later", exact=True).click()
    assert order(film) == planned  # nothing is written before Save
    press(page, "Storyboard", "Save order").get_by_text("The order is saved.").wait_for(timeout=30_000)
    well(board)
    assert order(film) == swapped

    board.locator("li", has=page.locator(f"[data-shot='{first}']")).drag_to(
        board.locator("li", has=page.locator(f"[data-shot='{second}']"))
    )
    until(page, lambda: board.locator("[data-shot]").nth(at).get_attribute("data-shot") == first)
    press(page, "Storyboard", "Save order")
    until(page, lambda: order(film) == planned)
    well(board)

    # Into another scene: refused in a sentence, and nothing is written
    board.locator("li").first.drag_to(board.locator("li").last)
    alert = press(page, "Storyboard", "Save order").locator("[role=alert]")
    alert.wait_for(timeout=30_000)
    assert "stay" in alert.inner_text()
    assert order(film) == planned
    alert.scroll_into_view_if_needed()
    board.screenshot(path=SCREENSHOTS / "edits_2_refused.png")

    press(page, "Storyboard", "As it was planned").get_by_text("Done.").wait_for(timeout=30_000)
    well(board)
    assert not (film / "storyboard.csv").is_file()
    assert [pick.get_attribute("data-shot") for pick in board.locator("[data-shot]").all()] == planned


@pytest.mark.panels("ScreenplayPanel(out)")
def test_a_line_is_found_in_the_book_edited_and_taken_back(film: Path, page: Page) -> None:
    script = panel(page, "Screenplay")
    text = script.get_by_role("textbox")
    written = text.input_value()
    line = next(row for row in written.split("\n") if re.search(r"\[\[\d+-\d+\]\]$", row) and len(row) > 60)
    text.evaluate("(box, at) => { box.focus(); box.setSelectionRange(at, at) }", written.index(line) + 3)
    text.press("ArrowRight")
    words = re.sub(r"\s*\[\[.*", "", line)
    until(page, lambda: words[:30] in script.locator("mark").inner_text())
    text.fill(written.replace(words, f"{words} Nobody answered."))
    press(page, "Screenplay", "Save").get_by_text("Saved:").wait_for(timeout=30_000)
    well(script)
    assert "Nobody answered." in (film / "screenplay.fountain").read_text("utf-8")
    script.screenshot(path=SCREENSHOTS / "edits_3_line.png")
    press(page, "Screenplay", "As it was made")
    until(page, lambda: text.input_value() == written)
    well(script)


@pytest.mark.panels("EnginePanel(out, 'images')", "JobPanel(out)")
def test_an_engine_is_priced_tried_and_used(film: Path, page: Page) -> None:
    draws = panel(page, "Who draws")
    draws.get_by_label("Engine").select_option(index=1)
    draws.get_by_text("To try it costs: free").wait_for(timeout=30_000)
    press(page, "Who draws", "Try it").get_by_text("Nothing was paid").wait_for(timeout=60_000)
    assert draws.locator("figure img").count() == 2
    left, right = (draws.locator("figure").nth(n).bounding_box() for n in (0, 1))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"], "side by side"
    well(draws)
    assert axe(page, ".bookfilm-panel") == []
    assert not sideways(page)
    draws.screenshot(path=SCREENSHOTS / "edits_4_engine.png")
    assert Production.open(film).choices.images == "illustrator"
    press(page, "Who draws", "Use it for the film")
    until(page, lambda: Production.open(film).choices.images == "openai")
    well(draws)
    panel(page, "Make the film").get_by_text("It costs nothing").wait_for(timeout=30_000)


@pytest.mark.panels("MoneyPanel(out)", "ScreenplayPanel(out)", "TemplatePanel(out)")
def test_what_is_seen_counts_however_busy_the_kernel_is(film: Path, page: Page) -> None:
    money, script, template = (panel(page, name) for name in ("Money", "Screenplay", "Template"))
    text = script.get_by_role("textbox")
    written = text.input_value()
    line = next(row for row in written.split("\n") if re.search(r"\[\[\d+-\d+\]\]$", row))

    (film / "busy").touch()
    page.locator(".jp-CodeCell").last.locator(".jp-InputArea-editor").click()
    menu(page, "Run", "Run Selected Cell")
    page.locator(".jp-InputPrompt", has_text="[*]").first.wait_for(timeout=30_000)
    # Twice each: the page sends the first change, and keeps the second to itself until the kernel has answered
    for budget, minutes, period, added in (
        ("25", "9", "1930-1969", "Once."),
        ("2.5", "0.8", "1970-1989", "Twice."),
    ):
        money.get_by_label("Budget").fill(budget)
        money.get_by_label("Budget").blur()
        template.get_by_label("Minutes").fill(minutes)
        template.get_by_label("Minutes").blur()
        template.get_by_label("Films of").select_option(label=period)
        text.fill(written.replace(line, line.replace(" [[", f" {added} [[")))
        text.blur()
    press(page, "Money", "Set the budget")
    press(page, "Screenplay", "Save")
    press(page, "Template", "Use this template")
    (film / "busy").unlink()

    script.get_by_text("Saved:").wait_for(timeout=60_000)
    template.get_by_text("Done.").wait_for(timeout=60_000)
    choices = Production.open(film).choices
    assert (choices.budget_usd, choices.minutes, choices.period) == (2.5, 0.8, "1970-1989")
    assert "Twice." in (film / "screenplay.fountain").read_text("utf-8")
    for here in (money, script, template):
        well(here)
