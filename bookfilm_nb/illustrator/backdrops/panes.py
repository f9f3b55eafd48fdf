"""Windows of a room with the outside in them, the light that falls through, and a flame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import dab_strokes, glow, gradient, line, mix, paint, polygon, radial, rgb, shade
from .shrubs import tree_line
from .sky import clouds

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .roombox import Box


__all__ = ["FLAME", "flame", "shaft", "window_view"]

FLAME: RGB = rgb("#ffb04d")


def window_view(
    box: Box,
    canvas: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    arched: bool = False,
    bars: tuple[int, int] = (2, 3),
    curtain: RGB | None = None,
) -> None:
    """A window with the outside in it: centre x, sill y, size in px. Call after the room was lit."""
    s, pal = box.stage, box.stage.pal
    u = s.u
    pane = skia.Path()
    rect = skia.Rect.MakeLTRB(x - w / 2, y - h, x + w / 2, y)
    if arched:
        pane.moveTo(x - w / 2, y)
        pane.lineTo(x - w / 2, y - h + 0.6 * w)
        pane.quadTo(x - 0.46 * w, y - h + 0.12 * w, x, y - h)
        pane.quadTo(x + 0.46 * w, y - h + 0.12 * w, x + w / 2, y - h + 0.6 * w)
        pane.lineTo(x + w / 2, y)
        pane.close()
    else:
        pane.addRect(rect)
    dim = max(0.25, *box.ambient)
    canvas.drawPath(pane, paint(shade(rgb("#c9b79a"), dim), stroke=0.045 * u))
    canvas.save()
    canvas.clipPath(pane, doAntiAlias=True)
    _outside(box, canvas, x, y, w, h)
    canvas.restore()
    wood = shade(rgb("#e8dcc6"), 0.35 + 0.5 * dim)
    for k in range(1, bars[0]):
        px = x - w / 2 + w * k / bars[0]
        line(canvas, [(px, y - (0.97 if arched and k != bars[0] / 2 else 1.0) * h), (px, y)], wood, 0.012 * u)
    for k in range(1, bars[1]):
        py = y - h * k / bars[1]
        line(canvas, [(x - w / 2, py), (x + w / 2, py)], wood, 0.008 * u)
    canvas.drawPath(pane, paint(wood, stroke=0.018 * u))
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - 0.58 * w, y, x + 0.58 * w, y + 0.022 * u), paint(shade(rgb("#e8dcc6"), 0.3 + 0.5 * dim))
    )
    if curtain is not None:
        _curtains(box, canvas, x, y, w, h, curtain)
    if s.words.time != "night":
        glow(canvas, x, y - 0.5 * h, 1.5 * h, pal.low, 0.20 * (0.4 + 0.6 * pal.key))


def _outside(box: Box, canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Sky, a line of trees and the weather, as seen through a pane."""
    s, pal, rng = box.stage, box.stage.pal, box.stage.rng(f"view{x / box.stage.w:.3f}")
    u = s.u
    canvas.drawPaint(
        paint(
            shader=gradient(
                (0, y - h), (0, y), [(0, pal.top, 1), (0.45, pal.middle, 1), (0.8, pal.low, 1), (1, pal.low, 1)]
            )
        )
    )
    if pal.night and s.words.weather == "clear":
        for _ in range(16):
            canvas.drawCircle(
                x + rng.uniform(-0.5, 0.5) * w, y - h * rng.uniform(0.4, 1), 0.0016 * u, paint((0.95, 0.96, 1), 0.8)
            )
        canvas.drawCircle(x + 0.2 * w, y - 0.78 * h, 0.028 * u, paint((0.96, 0.97, 1.0)))
        glow(canvas, x + 0.2 * w, y - 0.78 * h, 0.3 * u, (0.6, 0.7, 1.0), 0.5)
    elif s.words.time in ("dawn", "dusk") and pal.key > 0.3:
        glow(canvas, x - 0.1 * w, y - 0.24 * h, 0.5 * u, pal.sun, 0.9)
        canvas.drawCircle(x - 0.1 * w, y - 0.24 * h, 0.026 * u, paint((1, 0.95, 0.8)))
    clouds(
        canvas,
        rng,
        pal,
        (x - 0.7 * w, x + 0.7 * w),
        (y - 1.05 * h, y - 0.15 * h),
        0.33 * u,
        "cloudy" if s.words.weather == "clear" else s.words.weather,
    )
    tree_line(canvas, rng, pal, (x - 0.6 * w, x + 0.6 * w), y - 0.08 * h, 0.14 * h, 0.55, firs=0.5)
    canvas.drawRect(skia.Rect.MakeLTRB(x - w, y - 0.09 * h, x + w, y), paint(pal.lit(pal.grass[0], 0.3)))
    _falling(box, canvas, x, y, w, h)


def _falling(box: Box, canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Rain or snow before the pane, snow on the ledge, the veil of the glass."""
    s, pal, rng = box.stage, box.stage.pal, box.stage.rng(f"drops{x / box.stage.w:.3f}")
    u = s.u
    if s.words.weather in ("rain", "storm"):
        drops = [
            (
                (px := x + rng.uniform(-0.6, 0.6) * w, py := y - rng.random() * h),
                (px - 0.006 * u, py + rng.uniform(0.015, 0.05) * u),
            )
            for _ in range(60)
        ]
        dab_strokes(canvas, drops, mix(pal.low, (1, 1, 1), 0.4), 0.002 * u, 0.5)
    if s.words.weather == "snow":
        for _ in range(46):
            canvas.drawCircle(
                x + rng.uniform(-0.5, 0.5) * w,
                y - rng.random() * h,
                u * rng.uniform(0.0015, 0.0035),
                paint((1, 1, 1), 0.85),
            )
    if pal.snowy:
        canvas.drawOval(
            skia.Rect.MakeLTRB(x - 0.6 * w, y - 0.05 * h, x + 0.6 * w, y + 0.05 * h), paint(pal.lit((0.95, 0.97, 1.0)))
        )
    if not pal.night:
        canvas.drawPaint(paint((1, 1, 1), 0.10 if s.words.time == "day" else 0.0))


def _curtains(box: Box, canvas: Canvas, x: float, y: float, w: float, h: float, c: RGB) -> None:
    u, rng = box.stage.u, box.stage.rng(f"curtain{x / box.stage.w:.3f}")
    dim = 0.30 + 0.62 * max(box.ambient)
    top, foot = y - 1.1 * h, y + 0.16 * h
    for side in (-1, 1):
        inner, outer = x + side * 0.30 * w, x + side * 0.74 * w
        path = skia.Path()
        path.moveTo(outer, top)
        path.lineTo(x + side * 0.18 * w, top)
        path.quadTo(inner, y - 0.45 * h, inner + side * 0.06 * w, foot)
        path.lineTo(outer + side * 0.02 * w, foot)
        path.close()
        canvas.drawPath(
            path,
            paint(
                shader=gradient(
                    (inner, 0), (outer, 0), [(0, shade(c, 0.95 * dim + 0.1), 1), (1, shade(c, 0.6 * dim), 1)]
                )
            ),
        )
        canvas.save()
        canvas.clipPath(path, doAntiAlias=True)
        for k in range(5):
            fx = inner + (outer - inner) * (k + rng.random() * 0.6) / 5
            canvas.drawLine(
                fx, top, fx + side * 0.02 * w, foot, paint(shade(c, 0.45 * dim), 0.5, stroke=0.008 * u, blur=0.003 * u)
            )
        canvas.restore()
    line(canvas, [(x - 0.82 * w, top), (x + 0.82 * w, top)], shade(rgb("#8a6a45"), dim), 0.012 * u)


def shaft(box: Box, canvas: Canvas, x: float, y: float, w: float, h: float, *, side: int = 1) -> None:
    """Daylight that falls through a window on the floor."""
    s, pal = box.stage, box.stage.pal
    power = {"day": 0.30, "dawn": 0.34, "dusk": 0.36, "night": 0.16}[s.words.time] * (0.15 + pal.key)
    if power < 0.06:
        return
    c = pal.sun if s.words.time != "night" else (0.55, 0.66, 0.95)
    run = side * 0.55 * h
    floor = box.floor + 0.62 * (s.h - box.floor)
    beam = gradient((x, y - h), (x + run * 1.5, floor), [(0, c, power), (0.6, c, power * 0.4), (1, c, 0.0)])
    canvas.drawPath(
        polygon(
            [(x - w / 2, y - h), (x + w / 2, y - h), (x + w / 2 + 1.9 * run, floor), (x - w / 2 + 1.4 * run, floor)]
        ),
        paint(shader=beam, add=True, blur=0.010 * s.u),
    )
    fx = x + 1.5 * run
    for k in (0, 1):
        x0 = fx - 0.55 * w + k * 0.62 * w
        pool = polygon(
            [
                (x0, floor - 0.115 * s.u),
                (x0 + 0.5 * w, floor - 0.115 * s.u),
                (x0 + 0.62 * w + 0.2 * run, floor),
                (x0 + 0.06 * w + 0.2 * run, floor),
            ]
        )
        canvas.drawPath(pool, paint(c, 1.1 * power, add=True, blur=0.006 * s.u))


def flame(canvas: Canvas, x: float, y: float, size: float, *, reach: float = 8.0) -> None:
    """A candle's flame, ``size`` px tall, standing on y."""
    glow(canvas, x, y - 0.5 * size, reach * size, FLAME, 0.55)
    path = skia.Path()
    path.moveTo(x, y - size)
    path.cubicTo(x + 0.42 * size, y - 0.4 * size, x + 0.3 * size, y, x, y)
    path.cubicTo(x - 0.3 * size, y, x - 0.42 * size, y - 0.4 * size, x, y - size)
    stops = [(0.0, (1.0, 1.0, 0.92), 1.0), (0.45, (1.0, 0.88, 0.5), 1.0), (1.0, (1.0, 0.55, 0.15), 0.95)]
    canvas.drawPath(path, paint(shader=radial((x, y - 0.28 * size), 0.7 * size, stops)))
