"""The round room in a tower."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import curve, gradient, line, paint, polygon, rgb, shade
from .furniture import bed, chest, table
from .household import candle_flames, candlestick
from .panes import FLAME, shaft, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import new_box, window_lamp

if TYPE_CHECKING:
    from .brush import RGB
    from .stage import Stage


__all__ = ["tower_room"]


def tower_room(stage: Stage) -> None:
    """A round room high in a tower: a deep window over the country, a winding stair, a table with a candle."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    stone = rgb("#9d968c")
    box = new_box(stage, 0.12, 0.88, 0.02, 0.66)
    paint_box(
        box,
        wall=stone,
        wall_kind="stone",
        floor=rgb("#8a6444"),
        floor_kind="planks",
        ceiling=rgb("#6b4f3a"),
        beams=False,
    )
    curve_shade = gradient(
        (box.left, 0),
        (box.right, 0),
        [(0, (0.05, 0.04, 0.06), 0.62), (0.3, (0, 0, 0), 0.0), (0.7, (0, 0, 0), 0.0), (1, (0.05, 0.04, 0.06), 0.62)],
    )
    b.drawRect(skia.Rect.MakeLTRB(box.left, box.top - 0.4 * h, box.right, box.floor), paint(shader=curve_shade))
    _cone(stage)
    _winding_stair(stage, stone)
    wx, wy, ww, wh = 0.53 * w, 0.50 * h, 0.19 * u, 0.33 * u
    deep = skia.Path()
    deep.moveTo(wx - 0.72 * ww, wy + 0.04 * u)
    deep.lineTo(wx - 0.72 * ww, wy - wh + 0.5 * ww)
    deep.quadTo(wx - 0.6 * ww, wy - wh - 0.15 * ww, wx, wy - wh - 0.28 * ww)
    deep.quadTo(wx + 0.6 * ww, wy - wh - 0.15 * ww, wx + 0.72 * ww, wy - wh + 0.5 * ww)
    deep.lineTo(wx + 0.72 * ww, wy + 0.04 * u)
    deep.close()
    b.drawPath(
        deep,
        paint(
            shader=gradient(
                (wx - ww, 0),
                (wx + ww, 0),
                [(0, shade(stone, 0.5), 1), (0.5, shade(stone, 0.8), 1), (1, shade(stone, 1.15), 1)],
            )
        ),
    )
    b.drawPath(deep, paint(shade(stone, 1.2), stroke=0.014 * u))
    table(m, 0.865 * w, 0.85 * h, 0.42 * u, 0.21 * u, rgb("#7d5638"))
    top = 0.85 * h - 0.225 * u
    candlestick(m, 0.895 * w, top, 0.10 * u)
    m.drawPath(
        polygon(
            [
                (0.79 * w, top + 0.005 * u),
                (0.855 * w, top - 0.012 * u),
                (0.865 * w, top + 0.006 * u),
                (0.80 * w, top + 0.022 * u),
            ]
        ),
        paint(rgb("#ecdfc0")),
    )
    chest(m, 0.10 * w, 0.86 * h, 0.27 * u)
    if stage.wants("bed"):
        bed(m, 0.12 * w, 0.86 * h, 0.46 * u, rgb("#5f4a6b"))
    window_lamp(box, wx, wy - 0.15 * u, 0.85 * u, 0.9)
    box.lamps.append(Lamp(0.895 * w, top - 0.08 * u, 0.62 * u, FLAME, 0.45 if stage.words.time == "day" else 1.2))
    light_room(box, dark=0.74)
    window_view(box, b, wx, wy, ww, wh, arched=True, bars=(2, 3))
    shaft(box, b, wx, wy, ww, wh, side=-1)
    candle_flames(m, 0.895 * w, top, 0.10 * u)
    if stage.has_front:
        dim = 0.2 + 0.35 * max(box.ambient)
        stage.fore.drawPath(
            curve(
                [
                    (-0.1 * w, -0.1 * h),
                    (0.16 * w, -0.05 * h),
                    (0.055 * w, 0.25 * h),
                    (0.035 * w, 0.6 * h),
                    (0.045 * w, 1.1 * h),
                    (-0.1 * w, 1.1 * h),
                ]
            ),
            paint(shade(stone, 0.55 * dim)),
        )


def _cone(stage: Stage) -> None:
    """The roof's timbers that meet above."""
    w, h, u, b = stage.w, stage.h, stage.u, stage.back
    apex = (0.5 * w, -0.24 * h)
    b.drawPath(
        polygon([(-0.6 * w, 0.10 * h), apex, (1.6 * w, 0.10 * h), (1.6 * w, -h), (-0.6 * w, -h)]), paint(rgb("#4a3628"))
    )
    for k in range(9):
        t = k / 8
        x = (-0.2 + 1.4 * t) * w
        y = 0.095 * h
        line(b, [apex, (x, y)], shade(rgb("#7a573c"), 0.7 + 0.3 * math.sin(math.pi * t)), 0.022 * u)
    rim = [(-0.3 * w, 0.13 * h), (0.2 * w, 0.075 * h), (0.5 * w, 0.065 * h), (0.8 * w, 0.075 * h), (1.3 * w, 0.13 * h)]
    b.drawPath(curve(rim, close=False), paint(rgb("#5d422e"), stroke=0.045 * u))
    b.drawPath(curve([(x, y - 0.012 * u) for x, y in rim], close=False), paint(rgb("#8a6445"), stroke=0.01 * u))


def _winding_stair(stage: Stage, c: RGB) -> None:
    """Steps that climb along the left wall."""
    w, h, u, b = stage.w, stage.h, stage.u, stage.back
    n = 12
    for k in range(n):
        t = k / (n - 1)
        x = (0.375 - 0.275 * t**1.1) * w
        y = (0.665 - 0.60 * t) * h
        wide = (0.075 + 0.05 * t) * w
        step = polygon([(x - wide, y - 0.006 * h), (x, y - 0.014 * h), (x, y + 0.03 * h), (x - wide, y + 0.05 * h)])
        b.drawPath(
            step,
            paint(
                shader=gradient(
                    (0, y - 0.014 * h),
                    (0, y + 0.04 * h),
                    [(0, shade(c, 1.2), 1), (0.35, shade(c, 1.0), 1), (0.4, shade(c, 0.55), 1), (1, shade(c, 0.4), 1)],
                )
            ),
        )
    rail = [((0.385 - 0.275 * (k / (n - 1)) ** 1.1) * w, (0.665 - 0.60 * k / (n - 1)) * h - 0.10 * u) for k in range(n)]
    line(b, rail, rgb("#3a302a"), 0.009 * u, smooth=True)
    for x, y in rail[::2]:
        line(b, [(x, y), (x, y + 0.095 * u)], rgb("#3a302a"), 0.006 * u)
