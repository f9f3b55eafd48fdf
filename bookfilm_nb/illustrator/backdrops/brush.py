"""Brushes: colours, gradients, paths and glows, thin names over skia. Lengths are px, colours RGB in 0..1."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import skia

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random


__all__ = [
    "RGB",
    "Canvas",
    "Paint",
    "Path",
    "Point",
    "Shader",
    "blob",
    "curve",
    "dab_strokes",
    "fill",
    "glow",
    "gradient",
    "line",
    "mix",
    "paint",
    "polygon",
    "radial",
    "rgb",
    "ridge_line",
    "shade",
    "shadow",
    "spray",
    "tint",
]

RGB = tuple[float, float, float]
Point = tuple[float, float]
# skia ships no types: these names say what an argument is.
Canvas = Any
Paint = Any
Path = Any
Shader = Any


def rgb(code: str) -> RGB:
    """The colour of a "#rrggbb" code."""
    return int(code[1:3], 16) / 255, int(code[3:5], 16) / 255, int(code[5:7], 16) / 255


def mix(a: RGB, b: RGB, t: float) -> RGB:
    """Between ``a`` (t = 0) and ``b`` (t = 1)."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t


def tint(a: RGB, b: RGB) -> RGB:
    """``a`` seen under the light ``b``."""
    return a[0] * b[0], a[1] * b[1], a[2] * b[2]


def shade(a: RGB, k: float) -> RGB:
    """``a`` made darker (k < 1) or brighter, never above white."""
    return min(1.0, a[0] * k), min(1.0, a[1] * k), min(1.0, a[2] * k)


def _colour(c: RGB, alpha: float) -> Path:
    return skia.Color4f(min(1.0, c[0]), min(1.0, c[1]), min(1.0, c[2]), max(0.0, min(1.0, alpha)))


def paint(
    c: RGB = (0, 0, 0),
    alpha: float = 1.0,
    *,
    stroke: float = 0.0,
    blur: float = 0.0,
    add: bool = False,
    shader: Shader = None,
) -> Paint:
    """A skia paint: filled, or a round stroke of that width; ``blur`` softens its edge, ``add`` adds light."""
    p = skia.Paint(Color4f=_colour(c, alpha), AntiAlias=True, Dither=True)
    if stroke:
        p.setStyle(skia.Paint.kStroke_Style)
        p.setStrokeWidth(stroke)
        p.setStrokeCap(skia.Paint.kRound_Cap)
        p.setStrokeJoin(skia.Paint.kRound_Join)
    if blur:
        p.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    if add:
        p.setBlendMode(skia.BlendMode.kPlus)
    if shader is not None:
        p.setShader(shader)
    return p


Stop = tuple[float, RGB, float]


def gradient(a: Point, b: Point, stops: Sequence[Stop]) -> Shader:
    """A linear gradient from ``a`` to ``b`` of (position, colour, alpha) stops."""
    colours = [_colour(c, alpha).toColor() for _, c, alpha in stops]
    return skia.GradientShader.MakeLinear([a, b], colours, [s[0] for s in stops])


def radial(centre: Point, radius: float, stops: Sequence[Stop], *, squash: float = 1.0) -> Shader:
    """A round gradient; ``squash`` below 1 flattens it into an ellipse."""
    colours = [_colour(c, alpha).toColor() for _, c, alpha in stops]
    matrix = skia.Matrix()
    matrix.setScale(1.0, squash, centre[0], centre[1])
    return skia.GradientShader.MakeRadial(
        centre, max(radius, 0.01), colours, [s[0] for s in stops], skia.TileMode.kClamp, 0, matrix
    )


def polygon(points: Iterable[Point], *, close: bool = True) -> Path:
    """A path of straight lines."""
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in points], close)
    return path


def curve(points: Sequence[Point], *, close: bool = True) -> Path:
    """A smooth path near the points: quadratics through the middles of the sides."""
    path = skia.Path()
    n = len(points)
    if close:
        (ax, ay), (bx, by) = points[-1], points[0]
        path.moveTo((ax + bx) / 2, (ay + by) / 2)
        for i in range(n):
            (x, y), (nx, ny) = points[i], points[(i + 1) % n]
            path.quadTo(x, y, (x + nx) / 2, (y + ny) / 2)
        path.close()
        return path
    path.moveTo(*points[0])
    for i in range(1, n - 1):
        (x, y), (nx, ny) = points[i], points[i + 1]
        path.quadTo(x, y, (x + nx) / 2, (y + ny) / 2)
    path.lineTo(*points[-1])
    return path


def blob(rng: Random, x: float, y: float, rx: float, ry: float, *, wobble: float = 0.18, n: int = 9) -> Path:
    """A soft uneven round shape."""
    points = []
    for i in range(n):
        a = math.tau * (i + rng.uniform(-0.25, 0.25)) / n
        k = 1 + rng.uniform(-wobble, wobble)
        points.append((x + rx * k * math.cos(a), y + ry * k * math.sin(a)))
    return curve(points)


def ridge_line(
    rng: Random, x0: float, x1: float, y: float, height: float, rough: float = 0.5, n: int = 7
) -> list[Point]:
    """A mountain line from left to right by midpoint displacement, ``2**n`` pieces, within about ``height`` of y."""
    ys = [rng.uniform(-0.5, 0.5), rng.uniform(-0.5, 0.5)]
    step = 0.6
    for _ in range(n):
        finer = []
        for a, b in pairwise(ys):
            finer += [a, (a + b) / 2 + rng.uniform(-step, step)]
        ys = [*finer, ys[-1]]
        step *= rough
    low, high = min(ys), max(ys)
    span = (high - low) or 1.0
    k = (x1 - x0) / (len(ys) - 1)
    return [(x0 + i * k, y - height * (v - low) / span) for i, v in enumerate(ys)]


def fill(canvas: Canvas, path: Path, c: RGB, alpha: float = 1.0, *, blur: float = 0.0) -> None:
    """A filled shape in one colour."""
    canvas.drawPath(path, paint(c, alpha, blur=blur))


def line(
    canvas: Canvas, points: Sequence[Point], c: RGB, width: float, alpha: float = 1.0, *, smooth: bool = False
) -> None:
    """A round stroke through points."""
    path = curve(points, close=False) if smooth and len(points) > 2 else polygon(points, close=False)
    canvas.drawPath(path, paint(c, alpha, stroke=width))


def glow(canvas: Canvas, x: float, y: float, radius: float, c: RGB, alpha: float = 0.6) -> None:
    """Light spilling round a source, added to what is there."""
    stops = [(0.0, c, alpha), (0.12, c, alpha * 0.62), (0.35, c, alpha * 0.24), (0.65, c, alpha * 0.07), (1.0, c, 0.0)]
    canvas.drawCircle(x, y, radius, paint(add=True, shader=radial((x, y), radius, stops)))


def shadow(canvas: Canvas, x: float, y: float, rx: float, ry: float, c: RGB, alpha: float = 0.45) -> None:
    """A soft contact shadow on the ground."""
    stops = [(0.0, c, alpha), (0.55, c, alpha * 0.7), (1.0, c, 0.0)]
    box = skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry)
    canvas.drawOval(box, paint(shader=radial((x, y), rx, stops, squash=ry / max(rx, 0.01))))


def dab_strokes(
    canvas: Canvas, strokes: Iterable[tuple[Point, Point]], c: RGB, width: float, alpha: float = 1.0
) -> None:
    """Many short strokes of one colour in a single call."""
    path = skia.Path()
    for a, b in strokes:
        path.moveTo(*a)
        path.lineTo(*b)
    canvas.drawPath(path, paint(c, alpha, stroke=width))


def spray(canvas: Canvas, dots: Iterable[tuple[float, float, float]], c: RGB, alpha: float = 1.0) -> None:
    """Many small dots (x, y, radius) of one colour in a single call."""
    path = skia.Path()
    for x, y, r in dots:
        path.addCircle(x, y, r)
    canvas.drawPath(path, paint(c, alpha))
