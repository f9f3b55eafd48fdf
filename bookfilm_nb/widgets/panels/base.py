"""What every panel has: a title, a sentence on how it stands, an error with what to try, and its code."""

from __future__ import annotations

import contextlib
import os
import time
import traceback
import weakref
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets
import traitlets

from bookfilm_nb.errors import BookfilmError, OutputError, StoreError
from bookfilm_nb.settings import redact
from bookfilm_nb.studio.looking import NotYetError, holder
from bookfilm_nb.widgets.controls import Foot
from bookfilm_nb.widgets.errors_told import told_error
from bookfilm_nb.widgets.jobs import running_job
from bookfilm_nb.widgets.words import language, say

from .latest import Latest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Panel", "button", "not_yet", "row", "wide"]

_MOMENT_S = 2.0
_EDITED = {"value", "index", "order", "chosen"}
"""What a person changes in a control; which controls are watched stands in ``controls/foot.js``."""
_PANELS: weakref.WeakValueDictionary[tuple[str, Path], Panel] = weakref.WeakValueDictionary()
"""The panel of each name and folder that was made last; those of a cell that ran before are not kept up to date."""


def button(key: str, pressed: Callable[[], object], *, style: str = "", **values: object) -> ipywidgets.Button:
    """A button that says ``key`` and explains itself with ``key.tip``."""
    made = ipywidgets.Button(
        description=say(key, **values),
        tooltip=say(f"{key}.tip", **values),
        button_style=style,
        layout=ipywidgets.Layout(width="auto", min_width="90px"),
    )
    made.on_click(lambda _: pressed())
    return made


def row(*children: ipywidgets.Widget) -> ipywidgets.HBox:
    """Controls beside each other, which go to the next line where there is no room."""
    return ipywidgets.HBox(
        children, layout=ipywidgets.Layout(flex_flow="row wrap", align_items="center", grid_gap="6px")
    )


def wide(width: str = "auto", **more: str) -> dict[str, object]:
    """Layout and style of a field whose description is read in full."""
    return {"layout": ipywidgets.Layout(width=width, **more), "style": {"description_width": "initial"}}


def not_yet(error: NotYetError) -> str:
    """What was not made yet, and up to where the film must be run."""
    return say("none.stage", stage=say(f"stage.{error.data['stage']}"))


def _all_in(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all_in(child)


class Panel(ipywidgets.VBox):  # type: ignore[misc]
    """A box over one production folder. What it shows it reads from there, whenever :meth:`refresh` is called."""

    title = ""
    """Key of the panel's name."""

    def __init__(self, out: str | Path, body: Sequence[ipywidgets.Widget]) -> None:
        self.folder = Path(out)
        self.language = language()
        self.problem = ""
        self._says = ipywidgets.HTML()
        self._error = ipywidgets.HTML()
        self._foot = Foot(panel=say(self.title), description=say("code"), copy=say("copy"), copied=say("copied"))
        self._apart: Latest[Callable[[], object]] = Latest(self.attempt)
        heading = ipywidgets.HTML(f"<h3>{escape(say(self.title))}</h3>")
        super().__init__([heading, *body, self._says, self._error, self._foot])
        self.add_class("bookfilm-panel")
        self._foot.box = self.model_id or ""
        self._foot.on_msg(self._edited_before)
        _PANELS[self.title, self.folder.resolve()] = self
        self.refresh()

    @property
    def code(self) -> str:
        """Python lines that do the same as what was chosen here."""
        raise NotImplementedError

    @property
    def unsaved(self) -> bool:
        """Whether something was written here that is not in the production yet: it is not overwritten then."""
        return False

    def show(self) -> None:
        """Fill the panel from the production; raises what reading it raises."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the production again."""
        self.attempt(self.show)

    def settled(self, timeout_s: float = 30) -> bool:
        """Wait, in a script or a test, for work that a click began; whether it is done."""
        return self._apart.wait(timeout_s)

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do it, and show what went wrong as one sentence; whether it went well."""
        self.clear()
        try:
            work()
        except NotYetError as error:
            self.says(not_yet(error))
        except OutputError as error:
            if (self.folder / "production.toml").is_file():
                self.fails(error.problem, error.hint, trace=traceback.format_exc())
            else:
                self.says(f"{say('none.production', folder=self.folder)} {say('none.production.hint')}")
        except BookfilmError as error:
            self.fails(*self._told(error), trace=traceback.format_exc())
        except Exception as error:
            self.fails(f"{type(error).__name__}: {error}", "", trace=traceback.format_exc())
        self.show_code()
        return not self.problem

    def apart(self, work: Callable[[], object]) -> None:
        """Do it in a thread, so that the kernel stays free; of what is wished meanwhile the last is done after it."""
        self.says(say("busy"))
        self._apart.ask(work)

    def changed(self) -> None:
        """Have the other panels of this production read it again."""
        here = self.folder.resolve()
        for (_, folder), other in list(_PANELS.items()):
            if folder == here and other is not self and not other.unsaved:
                other.refresh()

    def says(self, sentence: str) -> None:
        """Show a sentence; a screen reader says it."""
        self._says.value = f'<p role="status">{escape(redact(sentence))}</p>' if sentence else ""

    def clear(self) -> None:
        """Take away what went wrong before."""
        self.problem = ""
        self._error.value = ""

    def fails(self, problem: str, hint: str, *, trace: str = "") -> None:
        """Show what went wrong as one sentence with what to try, in the panels' language, the traceback folded."""
        self.problem, hint = redact(told_error(problem)), redact(told_error(hint))
        parts = [f"<p><b>{escape(self.problem)}</b></p>"]
        if hint:
            parts.append(f"<p>{escape(say('try', hint=hint))}</p>")
        if trace:
            parts.append(
                f"<details><summary>{escape(say('details'))}</summary>"
                f'<pre tabindex="0">{escape(redact(trace))}</pre></details>'
            )
        self.says("")
        self._error.value = f'<div class="bookfilm-error" role="alert">{"".join(parts)}</div>'

    def show_code(self) -> None:
        """Bring the code at the foot up to date."""
        self._foot.code = self.code

    def _edited_before(self, _: object, content: object, __: object) -> None:
        """Take what was edited in the page before a button was pressed: it may be there sooner than the state is."""
        now = content.get("now") if isinstance(content, dict) else None
        fields = {field.model_id: field for field in _all_in(self)}
        for name, state in now.items() if isinstance(now, dict) else ():
            if name in fields and isinstance(state, dict):
                with contextlib.suppress(traitlets.TraitError):  # a choice that is not offered any more
                    fields[name].set_state({key: value for key, value in state.items() if key in _EDITED})

    def _told(self, error: BookfilmError) -> tuple[str, str]:
        if "holder" in error.data:
            return self.held(str(error.data["holder"]))
        return error.problem, error.hint

    def free(self) -> None:
        """Raises StoreError where somebody works on the production: its choices stay as they are meanwhile.

        What another panel of this kernel does is over in a moment, and is waited for.
        """
        until = time.monotonic() + _MOMENT_S
        while (who := holder(self.folder)) == f"process {os.getpid()}" and time.monotonic() < until:
            time.sleep(0.05)
        if who:
            problem, hint = self.held(who)
            raise StoreError(problem, hint=hint, holder=who)

    def held(self, who: str = "") -> tuple[str, str]:
        """Who holds the production, and what to do about it."""
        who = who or holder(self.folder)
        sentence = say("job.held", folder=self.folder, holder=told_error(who))
        if who == f"process {os.getpid()}":
            return sentence, say("own.kernel")
        job = running_job(self.folder)
        return sentence, say("own.job") if job is not None else say("job.held.hint")
