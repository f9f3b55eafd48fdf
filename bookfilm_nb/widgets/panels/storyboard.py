"""The shots: thumbnails in order, a prompt to edit, takes to compare."""

from __future__ import annotations

import base64
import time
from functools import partial
from html import escape
from typing import TYPE_CHECKING, get_args

import ipywidgets

from bookfilm_nb.errors import BookfilmError
from bookfilm_nb.model import PictureTake, Shot
from bookfilm_nb.model.vocabulary import CameraMove, ShotSize
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.previewing import picture_of, thumbnail
from bookfilm_nb.studio.revising import (
    edit_shot,
    keep_take,
    order_shots,
    remake_shot,
    revised,
    shoot_shot,
    takes,
    undo_edits,
)
from bookfilm_nb.widgets.controls import Grid, LineEditor
from bookfilm_nb.widgets.terms import decimal, options, term
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row, wide
from .latest import Latest

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.studio import Studio

__all__ = ["StoryboardPanel"]

PAGE = 24
"""Thumbnails shown at a time."""


class StoryboardPanel(Panel):
    """Thumbnails to choose, drag and order; the chosen shot's prompt, preview and takes."""

    title = "storyboard.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self._shots: dict[str, Shot] = {}
        self._frame = (1280, 720)
        self._filling = False
        self._done: list[str] = []
        self.preview_ms = 0
        """Milliseconds between the last edit of a prompt and its preview."""
        self.grid = Grid(
            description=say("storyboard.grid"),
            words={k: say(f"storyboard.{k}", **_KEPT) for k in ("earlier", "later", "moved")},
        )
        self.page = ipywidgets.Dropdown(options=[("1", 0)], description=say("storyboard.page"), **wide("230px"))
        self.prompt = LineEditor(rows=7, delay_ms=20)
        self.size = ipywidgets.Dropdown(
            options=options("size", get_args(ShotSize)), description=say("storyboard.size"), **wide("220px")
        )
        self.move = ipywidgets.Dropdown(
            options=options("move", get_args(CameraMove)), description=say("storyboard.move"), **wide("250px")
        )
        self.save = button("storyboard.save", lambda: self.apart(self.saved), style="primary")
        self.remake = button("storyboard.remake", lambda: self.apart(self.remade))
        self.order = button("storyboard.order", lambda: self.attempt(self.ordered))
        self.undo = button("storyboard.undo", lambda: self.attempt(self.undone))
        self.keeps: list[ipywidgets.Button] = []
        """A button for each take of the chosen shot that can be kept."""
        self.preview = ipywidgets.HTML(layout=ipywidgets.Layout(flex="0 1 420px"))
        self._takes = ipywidgets.HBox(layout=ipywidgets.Layout(flex_flow="row wrap", grid_gap="10px"))
        self._taken = ipywidgets.HTML()
        self._sketching: Latest[tuple[Shot, float]] = Latest(self._sketch)
        words = ipywidgets.VBox(
            [self.prompt, row(self.size, self.move), row(self.save, self.remake)],
            layout=ipywidgets.Layout(flex="1 1 340px", min_width="0"),
        )
        beside = ipywidgets.HBox([words, self.preview], layout=ipywidgets.Layout(flex_flow="row wrap", grid_gap="12px"))
        super().__init__(out, [row(self.page, self.order, self.undo), self.grid, beside, self._taken, self._takes])
        self.page.observe(lambda _: self._filling or self.attempt(self._turn), "value")
        self.grid.observe(lambda _: self._choose(), "chosen")
        self.grid.observe(lambda _: self.show_code(), "order")
        for control in (self.prompt, self.size, self.move):
            control.observe(lambda _: self._edited(), "value")

    @property
    def code(self) -> str:
        """What was done here, or the edit that Save would make."""
        lines = list(self._done)
        edit = self._edit()
        if edit and edit not in lines:
            lines.append(edit)
        if self._order_changed():
            lines.append(f"order_shots({str(self.folder)!r}, {self._whole_order()!r})")
        if not lines:
            folder = repr(str(self.folder))
            return (
                "from bookfilm_nb.studio.looking import look\n"
                f"with look({folder}) as studio:\n    storyboard = studio.storyboard"
            )
        names = sorted({line.partition("(")[0] for line in lines})
        return "\n".join([f"from bookfilm_nb.studio.revising import {', '.join(names)}", *lines])

    @property
    def unsaved(self) -> bool:
        """Whether words or order were changed and not saved."""
        return bool(self._changes()) or self._order_changed()

    def settled(self, timeout_s: float = 30) -> bool:
        """Wait for work that a click or an edit began; whether it is done."""
        return super().settled(timeout_s) and self._sketching.wait(timeout_s)

    def show(self) -> None:
        """The shots as they stand."""
        with look(self.folder) as studio:
            self._frame = studio.choices.frame
            self._shots = {shot.id: shot for shot in studio.storyboard.shots}
            self._fill_pages()
            self._fill_grid(studio)
        self._choose()

    def saved(self) -> None:
        """Write the prompt, and draw the shot where that costs nothing."""
        identity = self.grid.chosen
        line, changes = self._edit(), self._changes()
        edit_shot(self.folder, identity, **changes)
        self._done.append(line) if line else None
        try:
            shoot_shot(self.folder, identity)
        finally:
            self.show()
        self.changed()
        self.says(say("storyboard.saved", shot=identity))

    def remade(self) -> None:
        """Draw another take of the chosen shot."""
        identity = self.grid.chosen
        made = remake_shot(self.folder, identity)
        self._done.append(f"remake_shot({str(self.folder)!r}, {identity!r})")
        self._fill_takes()
        self.says(say("storyboard.take", n=made.number))

    def kept(self, number: int) -> None:
        """Make this take the film's."""
        identity = self.grid.chosen
        keep_take(self.folder, identity, number)
        self._done.append(f"keep_take({str(self.folder)!r}, {identity!r}, {number})")
        self.show()
        self.changed()
        self.says(say("storyboard.saved", shot=identity))

    def ordered(self) -> None:
        """Write the order."""
        order = self._whole_order()
        order_shots(self.folder, order)
        self._done.append(f"order_shots({str(self.folder)!r}, {order!r})")
        self.show()
        self.changed()
        self.says(say("storyboard.ordered"))

    def undone(self) -> None:
        """Take all edits of the storyboard back."""
        undo_edits(self.folder, "storyboard.csv")
        self._done.clear()
        self.show()
        self.changed()
        self.says(say("done"))

    def _fill_pages(self) -> None:
        total = len(self._shots)
        pages = [
            (say("storyboard.page.of", first=n + 1, last=min(n + PAGE, total), total=total), n)
            for n in range(0, max(total, 1), PAGE)
        ]
        self._filling = True
        try:
            here = self.page.value
            self.page.options = pages
            self.page.value = here if here in [n for _, n in pages] else 0
            self.page.layout.display = "" if len(pages) > 1 else "none"
        finally:
            self._filling = False

    def _turn(self) -> None:
        with look(self.folder) as studio:
            self._fill_grid(studio)
        self._choose()

    def _here(self) -> list[str]:
        """The shots of this page, in the saved order."""
        return list(self._shots)[self.page.value : self.page.value + PAGE]

    def _fill_grid(self, studio: Studio) -> None:
        items = []
        for identity in self._here():
            shot = self._shots[identity]
            data = _picture(studio, shot)
            size, move = term("size", shot.size), term("move", shot.move)
            name = say("storyboard.shot", shot=identity, size=size, move=move, seconds=decimal(shot.planned_s, ".1f"))
            items.append(
                {
                    "id": identity,
                    "name": name,
                    "caption": f"{identity} · {size}",
                    "src": _url(data) if data else "",
                    "empty": say("storyboard.unpictured"),
                }
            )
        with self.grid.hold_trait_notifications():
            self.grid.items = items
            self.grid.order = self._here()
            if self.grid.chosen not in self._here():
                self.grid.chosen = next(iter(self._here()), "")

    def _choose(self) -> None:
        """Show the chosen shot's words, preview and takes."""
        shot = self._shots.get(self.grid.chosen)
        if shot is None:
            return
        self._filling = True
        try:
            self.prompt.description = say("storyboard.prompt", shot=shot.id)
            self.prompt.value, self.size.value, self.move.value = _words(shot), shot.size, shot.move
        finally:
            self._filling = False
        self._sketching.ask((shot, time.perf_counter()))
        self._fill_takes()
        self.show_code()

    def _edited(self) -> None:
        begun = time.perf_counter()
        shot = self._shots.get(self.grid.chosen)
        if self._filling or shot is None:
            return
        try:
            self._sketching.ask((revised(shot, **self._changes()), begun))
        except BookfilmError as error:
            self.fails(error.problem, error.hint)
        self.show_code()

    def _sketch(self, asked: tuple[Shot, float]) -> None:
        shot, begun = asked
        try:
            data = picture_of(shot, width=self._frame[0], height=self._frame[1], within=420)
        except BookfilmError as error:
            self.fails(error.problem, error.hint)
            return
        self.preview_ms = round(1000 * (time.perf_counter() - begun))
        name = escape(say("storyboard.preview", shot=shot.id))
        self.preview.value = (
            f'<figure class="bookfilm-preview"><img src="{_url(data)}" alt="{name}">'
            f"<figcaption>{name}. {escape(say('storyboard.drawn', ms=self.preview_ms))}</figcaption></figure>"
        )

    def _fill_takes(self) -> None:
        identity = self.grid.chosen
        with look(self.folder) as studio:
            found = takes(self.folder, identity)[-6:]
            pictures = [thumbnail(studio.production, one.take) for one in found]
        boxes, self.keeps = [], []
        for one, data in zip(found, pictures, strict=True):
            name = say("storyboard.take.now" if one.current else "storyboard.take", n=one.number)
            alt = escape(f"{identity}, {name}")
            shown = ipywidgets.HTML(
                f'<figure class="bookfilm-preview"><img src="{_url(data)}" alt="{alt}" width="240">'
                f"<figcaption>{escape(name)}</figcaption></figure>"
            )
            keep = button("storyboard.keep", partial(self.attempt, partial(self.kept, one.number)), n=one.number)
            keep.disabled = one.current or one.shot is None
            self.keeps.append(keep)
            boxes.append(ipywidgets.VBox([shown, keep]))
        self._taken.value = f"<p><b>{escape(say('storyboard.takes', shot=identity))}</b></p>" if boxes else ""
        self._takes.children = tuple(boxes)

    def _changes(self) -> dict[str, str]:
        """What was changed in the chosen shot's words and framing."""
        shot = self._shots.get(self.grid.chosen)
        if shot is None:
            return {}
        now = {"prompt": " ".join(self.prompt.value.split()), "size": self.size.value, "move": self.move.value}
        before = {"prompt": _words(shot), "size": shot.size, "move": shot.move}
        return {name: value for name, value in now.items() if value != before[name]}

    def _edit(self) -> str:
        changes = self._changes()
        if not changes:
            return ""
        words = "".join(f", {name}={value!r}" for name, value in changes.items())
        return f"edit_shot({str(self.folder)!r}, {self.grid.chosen!r}{words})"

    def _order_changed(self) -> bool:
        return bool(self.grid.order) and list(self.grid.order) != self._here()

    def _whole_order(self) -> list[str]:
        whole = list(self._shots)
        whole[self.page.value : self.page.value + PAGE] = self.grid.order
        return whole


_KEPT = {name: f"{{{name}}}" for name in ("shot", "place", "total")}
"""Braces that the page itself fills."""


def _words(shot: Shot) -> str:
    """The prompt without its first sentence, which size and angle say."""
    from bookfilm_nb.storyboard.prompt import framing

    return shot.prompt.removeprefix(framing(shot.size, shot.angle)).strip()


def _picture(studio: Studio, shot: Shot) -> bytes | None:
    """A thumbnail of the shot's take, if it was drawn."""
    key = studio.picture_key(shot)
    found = studio.production.store.find(key) if key else None
    return None if found is None else thumbnail(studio.production, PictureTake.from_json(found.value))


def _url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}"
