"""Ink on a canvas: shapes filled with a colour and drawn round with a line of one weight."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .svgpath import path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import skia

    from .peeps import Mark

__all__ = ["INK", "Pen", "argb", "mixed"]

INK = "#211a20"
LINE = 17.0
"""Width of the drawings' own ink line, in their units."""


def argb(colour: str, alpha: float = 1.0) -> int:
    """#rrggbb as a skia colour."""
    return round(alpha * 255) << 24 | int(colour.lstrip("#"), 16)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Pen:
    """Draws in the figures' own units; the canvas already carries scale and place."""

    def __init__(self, canvas: skia.Canvas, colours: Mapping[str, str]) -> None:
        self.canvas = canvas
        self.colours = colours
        self.line_width = LINE

    def colour(self, role: str) -> str:
        """The colour of a role, or the role itself where it is a colour."""
        return self.colours.get(role, role)

    def mark(self, mark: Mark, colour: str = "") -> None:
        """A part of a drawing in its role's colour, or in the one given."""
        self.canvas.drawPath(mark.shape, self._paint(colour or self.colour(mark.role)))

    def mass(self, mark: Mark, colour: str, line: float = 11.0) -> None:
        """A part drawn solid in ink (black hair): its thick masses in ``colour``, its lines left in ink."""
        import skia

        self.canvas.save()
        self.canvas.clipPath(mark.shape, skia.ClipOp.kIntersect, True)
        self.canvas.drawPath(mark.shape, self._paint(colour))
        self.canvas.drawPath(mark.shape, self._paint(self.colour("ink"), stroke=2 * line))
        self.canvas.restore()

    def shape(self, data: str | skia.Path, fill: str, *, line: float | None = None) -> None:
        """A shape filled with a colour or role, and drawn round in ink (``line=0``: not drawn round)."""
        drawn = path(data) if isinstance(data, str) else data
        self.canvas.drawPath(drawn, self._paint(self.colour(fill)))
        width = self.line_width if line is None else line
        if width:
            self.canvas.drawPath(drawn, self._paint(self.colour("ink"), stroke=width))

    def line(self, data: str | skia.Path, *, width: float | None = None, colour: str = "ink") -> None:
        """An open line in ink."""
        drawn = path(data) if isinstance(data, str) else data
        self.canvas.drawPath(drawn, self._paint(self.colour(colour), stroke=width or self.line_width))

    def tint(self, data: str | skia.Path, colour: str, alpha: float) -> None:
        """A transparent wash, without a line."""
        drawn = path(data) if isinstance(data, str) else data
        self.canvas.drawPath(drawn, self._paint(self.colour(colour), alpha=alpha))

    @contextmanager
    def inside(self, data: str | skia.Path) -> Iterator[None]:
        """Draw only inside this shape."""
        import skia

        drawn = path(data) if isinstance(data, str) else data
        self.canvas.save()
        self.canvas.clipPath(drawn, skia.ClipOp.kIntersect, True)
        yield
        self.canvas.restore()

    @contextmanager
    def outside_disc(self, x: float, y: float, radius: float) -> Iterator[None]:
        """Draw only outside a disc: a line that is left open there."""
        import skia

        disc = skia.Path()
        disc.addCircle(x, y, radius)
        self.canvas.save()
        self.canvas.clipPath(disc, skia.ClipOp.kDifference, True)
        yield
        self.canvas.restore()

    @contextmanager
    def moved(
        self, dx: float = 0, dy: float = 0, *, degrees: float = 0, size: float = 1, about: tuple[float, float] = (0, 0)
    ) -> Iterator[None]:
        """Draw moved by (dx, dy), turned and sized about a point."""
        self.canvas.save()
        self.canvas.translate(dx + about[0], dy + about[1])
        self.canvas.rotate(degrees)
        self.canvas.scale(size, size)
        self.canvas.translate(-about[0], -about[1])
        yield
        self.canvas.restore()

    def _paint(self, colour: str, *, stroke: float = 0.0, alpha: float = 1.0) -> skia.Paint:
        import skia

        paint = skia.Paint(AntiAlias=True, Color=argb(colour, alpha))
        if stroke:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(stroke)
            paint.setStrokeCap(skia.Paint.kRound_Cap)
            paint.setStrokeJoin(skia.Paint.kRound_Join)
        return paint
