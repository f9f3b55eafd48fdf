"""SVG path data as skia paths, one path a contour, so that a drawing can be taken apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import skia

__all__ = ["contours", "path"]

_COMMAND = re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
_NUMBER = re.compile(r"[\s,]*([-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?)")
_FLAG = re.compile(r"[\s,]*([01])")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


@lru_cache(maxsize=1024)
def path(data: str) -> skia.Path:
    """The whole of ``data`` as one path, holes by the even-odd rule; kept, so draw it and leave it as it is."""
    import skia

    whole = skia.Path()
    whole.setFillType(skia.PathFillType.kEvenOdd)
    for contour in contours(data):
        whole.addPath(contour)
    return whole


def contours(data: str) -> list[skia.Path]:
    """Each contour of ``data`` as a path of its own, in order; ValueError where it is no path data.

    Grammar: SVG 1.1, chapter 8.3 (numbers run together, commands left out when repeated).
    """
    walker = _Walker()
    position, command = 0, ""
    data = data.strip()
    while position < len(data):
        if found := _COMMAND.match(data, position):
            command, position = found[1], found.end()
        elif command in "Zz":
            raise ValueError(f"Not SVG path data at character {position}.")
        numbers = []
        for index in range(_ARGUMENTS[command.upper()]):
            pattern = _FLAG if command in "Aa" and index in (3, 4) else _NUMBER
            found = pattern.match(data, position)
            if found is None:
                raise ValueError(f"Not SVG path data at character {position}.")
            numbers.append(float(found[1]))
            position = found.end()
        walker.step(command, numbers)
        command = {"M": "L", "m": "l"}.get(command, command)
    return walker.done


class _Walker:
    """The pen of a path: where it is, where its contour began, and the last control point."""

    def __init__(self) -> None:
        self.done: list[skia.Path] = []
        self.at = self.start = self.control = (0.0, 0.0)
        self.before = ""

    def step(self, command: str, numbers: list[float]) -> None:
        kind = command.upper()
        if kind == "Z":
            self.done[-1].close()
            self.at, self.before = self.start, "Z"
        else:
            self._draw(kind, numbers, self._points(command, numbers))

    def _points(self, command: str, numbers: list[float]) -> list[tuple[float, float]]:
        """The points of a command, absolute; of an arc only its end."""
        dx, dy = self.at if command.islower() else (0.0, 0.0)
        if command in "Hh":
            return [(numbers[0] + dx, self.at[1])]
        if command in "Vv":
            return [(self.at[0], numbers[0] + dy)]
        tail = numbers[-2:] if command in "Aa" else numbers
        return [(tail[i] + dx, tail[i + 1] + dy) for i in range(0, len(tail), 2)]

    def _draw(self, kind: str, numbers: list[float], points: list[tuple[float, float]]) -> None:
        import skia

        x, y = self.at
        if kind == "M" or self.before == "Z":
            self.start = points[0] if kind == "M" else self.at
            self.done.append(skia.Path())
            self.done[-1].moveTo(*self.start)
        pen = self.done[-1]
        mirrored = (2 * x - self.control[0], 2 * y - self.control[1])
        if kind in "LHV":
            pen.lineTo(*points[0])
        elif kind == "C":
            pen.cubicTo(*points[0], *points[1], *points[2])
        elif kind == "S":
            first = mirrored if self.before in "CS" else self.at
            pen.cubicTo(*first, *points[0], *points[1])
        elif kind == "Q":
            pen.quadTo(*points[0], *points[1])
        elif kind == "T":
            points.insert(0, mirrored if self.before in "QT" else self.at)
            pen.quadTo(*points[0], *points[1])
        elif kind == "A":
            size = skia.Path.ArcSize.kLarge_ArcSize if numbers[3] else skia.Path.ArcSize.kSmall_ArcSize
            turn = skia.PathDirection.kCW if numbers[4] else skia.PathDirection.kCCW
            pen.arcTo(numbers[0], numbers[1], numbers[2], size, turn, *points[0])
        self.control = points[-2] if len(points) > 1 else points[-1]
        self.at, self.before = points[-1], kind
