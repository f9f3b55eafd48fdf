"""Controls that ipywidgets cannot give a name, a role or a drag: small anywidgets in plain JavaScript.

Every one works from the keyboard, has a name that a screen reader says, and takes its colours from JupyterLab's theme.
Their looks are in ``panel.css``, which each of them brings along.
"""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Bars", "Foot", "Grid", "LineEditor", "Slider"]

_HERE = Path(__file__).parent
_CSS = (_HERE / "panel.css").read_text("utf-8")


def _script(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


class Slider(anywidget.AnyWidget):
    """A slider with its name and its number; ipywidgets' own has neither name nor role."""

    _esm = _script("slider.js")
    _css = _CSS
    description = traitlets.Unicode("").tag(sync=True)
    tooltip = traitlets.Unicode("").tag(sync=True)
    value = traitlets.Float(0.0).tag(sync=True)
    min = traitlets.Float(0.0).tag(sync=True)
    max = traitlets.Float(1.0).tag(sync=True)
    step = traitlets.Float(0.1).tag(sync=True)
    point = traitlets.Unicode(".").tag(sync=True)
    """What stands between ones and tenths."""
    disabled = traitlets.Bool(False).tag(sync=True)


class Grid(anywidget.AnyWidget):
    """Pictures to choose one of, and to put in order by dragging or with the buttons at each.

    ``items`` are dictionaries with ``id``, ``name`` (what is said of it), ``caption`` and ``src`` (a data URL or "").
    ``order`` holds their ids as they stand now; ``chosen`` is an id or "".
    """

    _esm = _script("grid.js")
    _css = _CSS
    description = traitlets.Unicode("").tag(sync=True)
    items: traitlets.List[dict[str, str]] = traitlets.List([]).tag(sync=True)
    order: traitlets.List[str] = traitlets.List([]).tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Dict({}).tag(sync=True)
    """``earlier``, ``later`` (with {shot}) and ``moved`` (with {shot}, {place}, {total})."""


class LineEditor(anywidget.AnyWidget):
    """A text to edit, which knows the line in which the cursor stands (``line``, from 0)."""

    _esm = _script("lines.js")
    _css = _CSS
    description = traitlets.Unicode("").tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)
    line = traitlets.Int(0).tag(sync=True)
    rows = traitlets.Int(18).tag(sync=True)
    delay_ms = traitlets.Int(250).tag(sync=True)
    """How long after the last key the text is sent."""


class Bars(anywidget.AnyWidget):
    """Tracks of bars over time; a bar chosen moves the film of the same panel there, and the film moves the mark.

    ``tracks`` are dictionaries with ``name`` and ``bars``, and a bar has ``start`` and ``length`` in seconds, ``name``
    and ``text``. ``at`` is the second that was chosen last.
    """

    _esm = _script("bars.js")
    _css = _CSS
    description = traitlets.Unicode("").tag(sync=True)
    length = traitlets.Float(1.0).tag(sync=True)
    tracks: traitlets.List[dict[str, object]] = traitlets.List([]).tag(sync=True)
    at = traitlets.Float(0.0).tag(sync=True)


class Foot(anywidget.AnyWidget):
    """The foot of a panel: its plain-code twin, folded, with a button that copies it.

    It also tells the page what the panel is called, and that keys pressed in it are not the notebook's; and it sends
    what was edited in the panel ahead of a button that is pressed after it: ``{"now": {model id: {name: value}}}``.
    """

    _esm = _script("foot.js")
    _css = _CSS
    panel = traitlets.Unicode("").tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)
    code = traitlets.Unicode("").tag(sync=True)
    copy = traitlets.Unicode("Copy").tag(sync=True)
    copied = traitlets.Unicode("Copied").tag(sync=True)
    box = traitlets.Unicode("").tag(sync=True)
    """The model of the panel, whose controls are watched."""
