"""Rooms of wood and stone: tavern, cellar, a ship's cabin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import gradient, line, mix, paint, polygon, rgb, shade, shadow
from .furniture import WOOD, barrel, bed, bookshelf, chair, chest, lying_barrel, table
from .household import bottles, candle_flames, candlestick, fire, hearth, lantern
from .palette import LAMP
from .panes import FLAME, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import evening, fore_table, new_box, window_lamp

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .stage import Stage


__all__ = ["cabin", "cellar", "tavern"]


def tavern(stage: Stage) -> None:
    """Dark beams, a bar with bottles and casks, lanterns, a fire, tables with mugs."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box = new_box(stage, 0.15, 0.85, 0.15, 0.645)
    paint_box(
        box,
        wall=rgb("#8a6444"),
        wall_kind="boards",
        floor=rgb("#7d5739"),
        floor_kind="planks",
        ceiling=rgb("#7a5b40"),
        beams=True,
    )
    hx = 0.255 * w
    hearth(b, stage.rng("hearth"), hx, 0.658 * h, 0.34 * u, 0.32 * u, rgb("#8b8078"))
    for y in (0.265, 0.345, 0.425):
        bottles(b, stage.rng(f"bottles{y}"), 0.49 * w, 0.69 * w, y * h, 0.062 * u)
    for k in range(2):
        lying_barrel(b, (0.745 + 0.068 * k) * w, 0.52 * h, 0.058 * u)
        lying_barrel(b, (0.745 + 0.068 * k) * w, 0.40 * h, 0.055 * u)
        line(b, [((0.715 + 0.068 * k) * w, 0.40 * h), ((0.778 + 0.068 * k) * w, 0.40 * h)], shade(WOOD, 0.6), 0.012 * u)
    _bar(stage)
    for fx, fy, wide in ((0.10, 0.83, 0.42), (0.93, 0.85, 0.44)):
        table(m, fx * w, fy * h, wide * u, 0.17 * u, rgb("#7d5335"))
        _mugs(stage, fx * w, fy * h - 0.20 * u)
        candlestick(m, fx * w - 0.07 * u, fy * h - 0.19 * u, 0.075 * u)
    chair(m, 0.255 * w, 0.82 * h, 0.25 * u, side=1, c=rgb("#6b4630"))
    chair(m, 0.775 * w, 0.83 * h, 0.26 * u, side=-1, c=rgb("#6b4630"))
    box.lamps.append(Lamp(hx, 0.60 * h, 0.7 * u, FLAME, 0.95))
    box.lamps += [Lamp(fx * w, fy * h, 0.55 * u, LAMP, 0.62) for fx, fy in ((0.415, 0.30), (0.72, 0.27))]
    box.lamps += [Lamp(fx * w, fy * h, 0.4 * u, FLAME, 0.6) for fx, fy in ((0.06, 0.58), (0.90, 0.60))]
    wx, wy, ww, wh = 0.425 * w, 0.46 * h, 0.13 * u, 0.15 * u
    window_lamp(box, wx, wy, 0.7 * u, 0.6)
    light_room(box, dark=0.72)
    window_view(box, b, wx, wy, ww, wh, bars=(3, 3))
    fire(b, stage.rng("fire"), hx, 0.658 * h, 0.15 * u)
    lantern(b, 0.335 * w, 0.24 * h, 0.042 * u)
    lantern(b, 0.72 * w, 0.215 * h, 0.042 * u)
    for fx, fy in ((0.10, 0.83), (0.93, 0.85)):
        candle_flames(m, fx * w - 0.07 * u, fy * h - 0.19 * u, 0.075 * u)
    fore_table(stage, box, cloth=None)


def _bar(stage: Stage) -> None:
    w, h, u, b = stage.w, stage.h, stage.u, stage.back
    x0, x1, top, foot = 0.475 * w, 0.855 * w, 0.53 * h, 0.675 * h
    c = rgb("#6f452b")
    b.drawRect(
        skia.Rect.MakeLTRB(x0, top, x1, foot),
        paint(shader=gradient((0, top), (0, foot), [(0, c, 1), (1, shade(c, 0.6), 1)])),
    )
    for k in range(5):
        r = skia.Rect.MakeLTRB(
            x0 + (k + 0.12) * (x1 - x0) / 5, top + 0.03 * h, x0 + (k + 0.88) * (x1 - x0) / 5, foot - 0.02 * h
        )
        b.drawRect(r, paint(shade(c, 0.6), stroke=0.006 * u))
    b.drawRect(
        skia.Rect.MakeLTRB(x0 - 0.012 * w, top - 0.022 * h, x1 + 0.01 * w, top + 0.006 * h),
        paint(shade(rgb("#a06d42"), 1.05)),
    )
    for fx in (0.52, 0.56, 0.64):
        _mug(b, fx * w, top - 0.02 * h, 0.035 * u)


def _mug(canvas: Canvas, x: float, y: float, s: float) -> None:
    c = rgb("#a9a49c")
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - 0.35 * s, y - s, x + 0.35 * s, y),
        paint(shader=gradient((x - 0.35 * s, 0), (x + 0.35 * s, 0), [(0, shade(c, 1.2), 1), (1, shade(c, 0.5), 1)])),
    )
    canvas.drawOval(skia.Rect.MakeLTRB(x - 0.4 * s, y - 1.2 * s, x + 0.4 * s, y - 0.85 * s), paint(rgb("#f2e8d0")))
    canvas.drawOval(skia.Rect.MakeLTRB(x + 0.25 * s, y - 0.8 * s, x + 0.62 * s, y - 0.25 * s), paint(c, stroke=0.1 * s))


def _mugs(stage: Stage, x: float, y: float) -> None:
    u = stage.u
    _mug(stage.mid, x + 0.05 * u, y, 0.05 * u)
    _mug(stage.mid, x + 0.12 * u, y + 0.008 * u, 0.05 * u)


def cellar(stage: Stage) -> None:
    """A stone vault with casks, steps up to a door, a lantern in the dark."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    stone = rgb("#8a8580")
    box = new_box(stage, 0.20, 0.80, 0.06, 0.655)
    paint_box(
        box,
        wall=stone,
        wall_kind="stone",
        floor=rgb("#77706a"),
        floor_kind="flags",
        ceiling=rgb("#6f6a66"),
        beams=False,
    )
    for q in (1.0, 1.3, 1.75, 2.4):
        (x0, y0), (x1, _), (_, foot) = (
            box.out(box.left, 0.30 * h, q),
            box.out(box.right, 0.30 * h, q),
            box.out(box.left, box.floor, q),
        )
        rib = skia.Path()
        rib.moveTo(x0, foot)
        rib.lineTo(x0, y0)
        rib.cubicTo(x0, y0 - 0.34 * h * q, x1, y0 - 0.34 * h * q, x1, y0)
        rib.lineTo(x1, foot)
        b.drawPath(rib, paint(shade(stone, 0.75 / q**0.6), stroke=0.055 * u * q))
        b.drawPath(rib, paint(shade(stone, 1.1 / q**0.6), stroke=0.012 * u * q))
    arch = skia.Path()
    arch.moveTo(0.40 * w, 0.655 * h)
    arch.lineTo(0.40 * w, 0.40 * h)
    arch.quadTo(0.485 * w, 0.24 * h, 0.57 * w, 0.40 * h)
    arch.lineTo(0.57 * w, 0.655 * h)
    arch.close()
    b.drawPath(
        arch, paint(shader=gradient((0, 0.28 * h), (0, 0.655 * h), [(0, rgb("#14110f"), 1), (1, rgb("#2a2420"), 1)]))
    )
    b.drawPath(arch, paint(shade(stone, 1.05), stroke=0.03 * u))
    _steps(stage, stone)
    for fx, fy, r in ((0.245, 0.655, 0.062), (0.335, 0.655, 0.06), (0.29, 0.545, 0.058)):
        lying_barrel(b, fx * w, fy * h, r * u)
    for fx, fy, r in ((0.02, 0.86, 0.13), (0.175, 0.84, 0.115), (0.09, 0.645, 0.115)):
        lying_barrel(m, fx * w, fy * h, r * u)
    barrel(m, lambda c: c, lambda c: shade(c, 0.6), lambda c: shade(c, 1.15), 0.94 * w, 0.86 * h, 0.25 * u)
    chest(m, 0.815 * w, 0.82 * h, 0.2 * u)
    top = 0.82 * h - 0.115 * u
    candlestick(m, 0.815 * w, top, 0.08 * u)
    box.lamps.append(Lamp(0.485 * w, 0.36 * h, 1.05 * u, LAMP, 1.25))
    box.lamps.append(Lamp(0.815 * w, top - 0.05 * u, 0.5 * u, FLAME, 0.8))
    day = stage.words.time != "night"
    box.lamps.append(
        Lamp(
            0.735 * w,
            0.30 * h,
            0.42 * u,
            mix(stage.pal.low, (1, 1, 1), 0.3) if day else (0.4, 0.5, 0.9),
            0.95 if day else 0.5,
        )
    )
    light_room(box, dark=0.55)
    doorway = polygon([(0.70 * w, 0.42 * h), (0.70 * w, 0.21 * h), (0.775 * w, 0.21 * h), (0.775 * w, 0.42 * h)])
    b.drawPath(
        doorway, paint(shader=gradient((0, 0.2 * h), (0, 0.42 * h), [(0, stage.pal.middle, 1), (1, stage.pal.low, 1)]))
    )
    b.drawPath(doorway, paint(rgb("#3a2a20"), stroke=0.016 * u))
    beam = gradient(
        (0.735 * w, 0.22 * h), (0.60 * w, 0.75 * h), [(0, stage.pal.low, 0.30 if day else 0.14), (1, stage.pal.low, 0)]
    )
    b.drawPath(
        polygon([(0.70 * w, 0.21 * h), (0.775 * w, 0.21 * h), (0.74 * w, 0.80 * h), (0.48 * w, 0.80 * h)]),
        paint(shader=beam, add=True, blur=0.012 * u),
    )
    lantern(b, 0.485 * w, 0.21 * h, 0.05 * u)
    candle_flames(m, 0.815 * w, top, 0.08 * u)
    fore_table(stage, box, cloth=None, barrel_instead=True)


def _steps(stage: Stage, c: RGB) -> None:
    w, h, u, b = stage.w, stage.h, stage.u, stage.back
    n = 9
    for k in range(n):
        t = k / n
        x0, x1 = (0.64 + 0.055 * t) * w, (0.80 - 0.02 * t) * w
        y = (0.685 - 0.265 * t) * h
        b.drawRect(skia.Rect.MakeLTRB(x0, y - 0.03 * h, x1, y), paint(shade(c, 0.62)))
        b.drawRect(skia.Rect.MakeLTRB(x0, y - 0.038 * h, x1, y - 0.022 * h), paint(shade(c, 1.15)))
    shadow(b, 0.72 * w, 0.69 * h, 0.16 * u, 0.02 * u, (0.02, 0.02, 0.03), 0.5)


def cabin(stage: Stage) -> None:
    """A ship's cabin: planked walls, stern windows over the sea, a chart table, a swinging lantern."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box = new_box(stage, 0.20, 0.80, 0.15, 0.645)
    paint_box(
        box,
        wall=rgb("#8f6543"),
        wall_kind="boards",
        floor=rgb("#8a6340"),
        floor_kind="planks",
        ceiling=rgb("#8b6a4a"),
        beams=True,
    )
    bookshelf(b, stage.rng("books"), 0.255 * w, 0.655 * h, 0.17 * u, 0.30 * u)
    table(b, 0.52 * w, 0.71 * h, 0.40 * u, 0.15 * u, rgb("#7a4a2c"))
    paper = polygon([(0.46 * w, 0.535 * h), (0.57 * w, 0.53 * h), (0.585 * w, 0.553 * h), (0.45 * w, 0.555 * h)])
    b.drawPath(paper, paint(rgb("#e6d7b0")))
    bed(m, 0.14 * w, 0.86 * h, 0.5 * u, rgb("#4a5f78"))
    chest(m, 0.90 * w, 0.84 * h, 0.28 * u)
    for fx in (0.385, 0.52, 0.655):
        window_lamp(box, fx * w, 0.36 * h, 0.6 * u, 0.45)
    box.lamps.append(Lamp(0.52 * w, 0.33 * h, 0.7 * u, LAMP, 0.95 if evening(stage) else 0.35))
    light_room(box, dark=0.85)
    for fx in (0.385, 0.52, 0.655):
        window_view(box, b, fx * w, 0.455 * h, 0.14 * u, 0.19 * u, bars=(2, 3))
    lantern(b, 0.59 * w, 0.24 * h, 0.038 * u, on=evening(stage))
    fore_table(stage, box, cloth=None)
