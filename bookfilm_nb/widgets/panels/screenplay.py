"""The screenplay beside the book: a line shows where it comes from, and can be edited."""

from __future__ import annotations

import difflib
import re
from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from bookfilm_nb.model import Screenplay
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.revising import save_screenplay, undo_edits
from bookfilm_nb.widgets.controls import LineEditor
from bookfilm_nb.widgets.terms import count
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ScreenplayPanel"]

_NOTE = re.compile(r"\[\[(\d{1,12})-(\d{1,12})\]\]\s*$")
_AROUND = 1200
"""Characters of the book shown before and after the line's own."""


class ScreenplayPanel(Panel):
    """Edit screenplay.fountain; the line with the cursor is marked in the book."""

    title = "screenplay.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self.text = LineEditor(description=say("screenplay.text"))
        self.text.layout = ipywidgets.Layout(flex="1 1 350px", min_width="0")
        self.save = button("screenplay.save", lambda: self.attempt(self.saved), style="primary")
        self.undo = button("screenplay.undo", lambda: self.attempt(self.undone))
        self._source = ipywidgets.HTML(layout=ipywidgets.Layout(flex="1 1 350px", min_width="0"))
        self._book = ""
        self._made = self._read = ""
        beside = ipywidgets.HBox(
            [self.text, self._source], layout=ipywidgets.Layout(flex_flow="row wrap", grid_gap="12px")
        )
        super().__init__(out, [beside, row(self.save, self.undo)])
        self.text.observe(lambda _: self._mark(), "line")
        self.text.observe(lambda _: self.attempt(self._mark), "value")

    @property
    def code(self) -> str:
        """The edits against the screenplay as it was made."""
        folder = repr(str(self.folder))
        changes = edits(self._made, self.text.value)
        if changes is None:
            return (
                "from bookfilm_nb.studio.revising import save_screenplay\n"
                f"text = '''{self.text.value}'''\n"
                f"save_screenplay({folder}, text)"
            )
        if not changes:
            return (
                "from bookfilm_nb.studio.looking import look\n"
                f"with look({folder}) as studio:\n    screenplay = studio.screenplay"
            )
        pairs = "".join(f"    {old!r}:\n        {new!r},\n" for old, new in changes.items())
        return f"from bookfilm_nb.studio.revising import edit_screenplay\nedit_screenplay({folder}, {{\n{pairs}}})"

    @property
    def unsaved(self) -> bool:
        """Whether the text was edited and not saved."""
        return self.text.value != self._read

    def show(self) -> None:
        """The screenplay as it stands, and the book."""
        from bookfilm_nb.screenwriting.fountain import write_fountain

        with look(self.folder) as studio:
            self._book = studio.book.text
            file = self.folder / "screenplay.fountain"
            note = studio.production.store.note(file.name)
            if note is not None and file.is_file():
                self._made = write_fountain(Screenplay.from_json(note.partition("\n")[2]))
                self.text.value = self._read = file.read_text("utf-8-sig")
            if not self.text.line and (first := _first_note(self.text.value)):
                self.text.line = first
            _ = studio.screenplay  # says what is wrong with an edit, or that there is none
        self._mark()

    def saved(self) -> None:
        """Check the text and write it."""
        screenplay = save_screenplay(self.folder, self.text.value)
        self._read = self.text.value
        elements = screenplay.elements()
        self.changed()
        self.says(
            say(
                "screenplay.saved",
                spoken=sum(e.spoken for e in elements),
                scenes=len(screenplay.scenes),
                edited=sum(e.edited for e in elements),
            )
        )

    def undone(self) -> None:
        """Take all edits back."""
        undo_edits(self.folder, "screenplay.fountain")
        self.text.value = self._read = self._made
        self.changed()
        self.says(say("done"))

    def _mark(self) -> None:
        """Show the stretch of the book that the line comes from."""
        lines = self.text.value.split("\n")
        at = min(self.text.line, len(lines) - 1)
        found = _NOTE.search(lines[at])
        title = say("screenplay.book")
        if found is None or not int(found[1]) < int(found[2]) <= len(self._book):
            says = say("screenplay.heading", n=at + 1) if self._book else ""
            self._source.value = f"<div>{escape(title)}</div><p>{escape(says)}</p>"
            return
        start, end = int(found[1]), int(found[2])
        before, after = self._book[max(0, start - _AROUND) : start], self._book[end : end + _AROUND]
        says = say("screenplay.line", n=at + 1, start=count(start), end=count(end))
        self._source.value = (
            f"<div>{escape(title)}</div>"
            f'<div class="bookfilm-book" role="region" tabindex="0" aria-label="{escape(title)}">'
            f"{escape(_tail(before))}<mark>{escape(self._book[start:end])}</mark>{escape(after)}</div>"
            f"<p>{escape(says)}</p>"
        )


def _first_note(text: str) -> int:
    """The first line that comes from the book."""
    return next((n for n, line in enumerate(text.split("\n")) if _NOTE.search(line)), 0)


def _tail(text: str, lines: int = 6) -> str:
    """The last lines of a text, so that what follows is seen without scrolling."""
    kept = text.split("\n")[-lines:]
    return "\n".join(kept)[-420:]


def edits(old: str, new: str) -> dict[str, str] | None:
    """What was changed line by line, each old line being in the text once; None where that cannot be said so."""
    before, after = old.split("\n"), new.split("\n")
    changes: dict[str, str] = {}
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        if kind == "insert":
            if not i1:
                return None
            changes[before[i1 - 1]] = "\n".join([changes.get(before[i1 - 1], before[i1 - 1]), *after[j1:j2]])
            continue
        new_lines = after[j1:j2]
        for n in range(i1, i2):
            last = n == i2 - 1
            part = new_lines[n - i1 :] if last else new_lines[n - i1 : n - i1 + 1]
            changes[before[n]] = "\n".join(part)
    if any(before.count(line) != 1 for line in changes):
        return None
    return changes
