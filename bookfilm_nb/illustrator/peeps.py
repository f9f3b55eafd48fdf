"""The Open Peeps drawings (Pablo Stanley, CC0) as vector parts: heads, faces, beards and glasses.

They come as data in the ``dicebear-styles`` package. The parts are read and drawn here directly, because a
film needs what an avatar does not: the mouth, the eyes and the hair of one drawing by themselves.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from bookfilm_nb.errors import MissingPartError

from .svgpath import contours

if TYPE_CHECKING:
    import skia

__all__ = ["Mark", "face_contour", "part"]

_PLACED = {
    "head": (6.3, -58.0),
    "expression": (351.0, 275.0),
    "facialHair": (58.0, 333.0),
    "accessories": (190.0, 243.0),
}
"""Where the style puts each kind of part on its 704 × 704 canvas."""

_SPECK = 8.0
"""Contours smaller than this are slips of the pen."""


class Mark(NamedTuple):
    """One filled shape of a part: role "ink", "skin", "headContrast", "clothing", or a colour as #rrggbb."""

    shape: skia.Path
    role: str


@cache
def part(kind: str, name: str) -> tuple[Mark, ...]:
    """The shapes of a part in drawing order, in canvas units; MissingPartError where the style is not installed."""
    marks = []
    for data, role in _paths(kind, name):
        shape = _clean(data)
        shape.offset(*_PLACED[kind])
        marks.append(Mark(shape, role))
    return tuple(marks)


def _clean(data: str) -> skia.Path:
    """The shape without the specks that some drawings carry beside them."""
    import skia

    shape = skia.Path()
    shape.setFillType(skia.PathFillType.kEvenOdd)
    for contour in contours(data):
        box = contour.computeTightBounds()
        if max(box.width(), box.height()) >= _SPECK:
            shape.addPath(contour)
    return shape


@cache
def face_contour(name: str, index: int, which: tuple[int, ...]) -> Mark:
    """Contours ``which`` of the ``index``-th path of an expression: one brow, one eye, a mouth."""
    import skia

    data, role = _paths("expression", name)[index]
    every = contours(data)
    shape = skia.Path()
    shape.setFillType(skia.PathFillType.kEvenOdd)
    for number in which or range(len(every)):
        shape.addPath(every[number])
    shape.offset(*_PLACED["expression"])
    return Mark(shape, role)


@cache
def _paths(kind: str, name: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    _collect(_style()["components"][kind]["variants"][name]["elements"], "ink", found)
    return tuple(found)


def _collect(elements: list[dict[str, Any]], inherited: str, found: list[tuple[str, str]]) -> None:
    for element in elements:
        attributes = element.get("attributes") or {}
        fill = attributes.get("fill", inherited)
        role = fill["name"] if isinstance(fill, dict) else {"white": "#ffffff", "black": "ink"}.get(fill, fill)
        if element["name"] == "g":
            _collect(element["children"], role, found)
        else:
            found.append((attributes["d"], role))


@cache
def _style() -> dict[str, Any]:
    from importlib.resources import files

    try:
        text = files("dicebear_styles").joinpath("open-peeps.json").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise MissingPartError(
            "The figures' drawings are not installed.",
            hint="Run: pip install dicebear-styles",
            package="dicebear-styles",
        ) from error
    style: dict[str, Any] = json.loads(text)
    return style
