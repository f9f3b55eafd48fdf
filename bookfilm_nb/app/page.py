"""What of a notebook an author sees: panels and headings, no exercises, no code, in the language of the interface."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bookfilm_nb.widgets.words import LANGUAGES, language, say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HIDDEN", "for_an_author"]

HIDDEN = {"solution", "not-in-app"}
"""Tags of cells that are for who reads the notebook."""
_EXERCISES = re.compile(r"#+ Exercises\b")


def for_an_author(notebook: Any, films: Path) -> Any:  # noqa: ANN401 - a notebook is a dict of any shape
    """The notebook as a page: nothing in it starts work by itself, and its film lies below ``films``.

    The cells are chosen before any of them runs, so what is not shown is not done either. The notebook is changed
    in place and given back.
    """
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and _EXERCISES.match(cell.source):
            break
        if not HIDDEN & set(cell.metadata.get("tags", [])):
            cells.append(cell)
    if cells and cells[0].cell_type == "markdown":
        cells[0].source = f"# {say('app.title')}\n\n{say('app.says')}"
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = _in_our_language(cell.source)
        elif "parameters" in cell.metadata.get("tags", []):
            cell.source += f"\nout = {str(films / 'whole-film')!r}\nrun = False"
    notebook.cells = cells
    notebook.metadata["title"] = say("app.title")
    return notebook


def _in_our_language(heading: str) -> str:
    """A heading as the table of words has it; any other text as it is."""
    headings = {text: key for key, text in LANGUAGES["en"].items() if key.startswith("app.step.")}
    mark, _, text = heading.strip().partition(" ")
    if language() == "en" or set(mark) != {"#"} or text not in headings:
        return heading
    return f"{mark} {say(headings[text])}"
