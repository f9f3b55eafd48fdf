"""Kitchens: with a hearth and pans, with an iron range, with a long table under hanging herbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, fill, gradient, line, paint, rgb, shade
from .furniture import WOOD, across, barrel, bed, chair, down, panel_door, rect, table
from .household import candle_flames, candlestick, fire, hearth, lantern, plates
from .palette import LAMP
from .panes import FLAME, shaft, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import evening, fore_table, new_box, window_lamp

if TYPE_CHECKING:
    from random import Random

    from .brush import Canvas
    from .roombox import Box, Floor
    from .stage import Stage


__all__ = ["kitchen"]


def kitchen(stage: Stage) -> None:
    """A kitchen in one of three plans."""
    (_with_hearth, _with_range, _with_herbs)[stage.variant("kitchen", 3)](stage)


def _with_hearth(stage: Stage) -> None:
    """A hearth with a kettle, shelves of plates, pans on hooks, a scrubbed table."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    rng = stage.rng("kitchen")
    box = new_box(stage, 0.17, 0.83, 0.13, 0.655)
    wall = rng.choice([rgb(c) for c in ("#d9c7a0", "#c9c2a8", "#cfae86")])
    paint_box(
        box,
        wall=wall,
        wall_kind="plaster",
        floor=rgb("#a86b4c"),
        floor_kind="flags",
        ceiling=rgb("#b8a584"),
        beams=True,
    )
    hx = 0.70 * w
    hearth(b, stage.rng("hearth"), hx, 0.668 * h, 0.36 * u, 0.34 * u, rgb("#a3765c"))
    plates(b, stage.rng("plates"), 0.185 * w, 0.305 * w, 0.33 * h, 0.068 * u)
    plates(b, stage.rng("plates2"), 0.185 * w, 0.305 * w, 0.43 * h, 0.065 * u)
    b.drawRect(
        skia.Rect.MakeLTRB(0.18 * w, 0.545 * h, 0.515 * w, 0.67 * h),
        paint(shader=gradient((0, 0.545 * h), (0, 0.67 * h), [(0, rgb("#7f8f7a"), 1), (1, rgb("#52604f"), 1)])),
    )
    for k in range(4):
        r = skia.Rect.MakeLTRB((0.19 + 0.081 * k) * w, 0.57 * h, (0.258 + 0.081 * k) * w, 0.655 * h)
        b.drawRect(r, paint(rgb("#485445"), stroke=0.006 * u))
        b.drawCircle((0.25 + 0.081 * k) * w, 0.60 * h, 0.006 * u, paint(rgb("#c9a24f")))
    b.drawRect(skia.Rect.MakeLTRB(0.175 * w, 0.53 * h, 0.52 * w, 0.552 * h), paint(shade(WOOD, 1.1)))
    plates(b, stage.rng("jugs"), 0.19 * w, 0.28 * w, 0.53 * h, 0.06 * u)
    line(b, [(0.46 * w, 0.205 * h), (0.585 * w, 0.205 * h)], rgb("#3d3633"), 0.008 * u)
    for k, c in enumerate(("#b5703c", "#8a8684", "#c98a4a", "#6f6a68")):
        x, r = (0.475 + 0.033 * k) * w, (0.030 - 0.003 * (k % 2)) * u
        line(b, [(x, 0.205 * h), (x, 0.265 * h)], rgb("#3d3633"), 0.007 * u)
        b.drawCircle(x, 0.265 * h + r, r, paint(shade(rgb(c), 0.7)))
        b.drawCircle(x - 0.1 * r, 0.265 * h + 0.95 * r, 0.85 * r, paint(rgb(c)))
    table(m, 0.15 * w, 0.86 * h, 0.46 * u, 0.22 * u, rgb("#b98f60"))
    top = 0.86 * h - 0.235 * u
    _still_life(stage, 0.15 * w, top, u)
    chair(m, 0.335 * w, 0.835 * h, 0.30 * u, side=-1)
    barrel(m, lambda c: c, lambda c: shade(c, 0.6), lambda c: shade(c, 1.15), 0.925 * w, 0.84 * h, 0.22 * u)
    if stage.wants("bed"):
        bed(m, 0.93 * w, 0.90 * h, 0.5 * u, rgb("#a3564a"))
    box.lamps.append(Lamp(hx, 0.60 * h, 0.75 * u, FLAME, 0.55 if stage.words.time == "day" else 1.2))
    wx, wy, ww, wh = 0.40 * w, 0.475 * h, 0.20 * u, 0.22 * u
    window_lamp(box, wx, wy - 0.1 * u, 0.9 * u, 0.85)
    on = evening(stage) or stage.wants("lamp", "candle")
    if on:
        box.lamps.append(Lamp(0.12 * w, top - 0.08 * u, 0.55 * u, FLAME, 0.95))
    light_room(box)
    window_view(box, b, wx, wy, ww, wh, bars=(2, 2))
    shaft(box, b, wx, wy, ww, wh)
    fire(b, stage.rng("fire"), hx, 0.668 * h, 0.15 * u)
    line(b, [(hx, 0.53 * h), (hx, 0.57 * h)], rgb("#1b1716"), 0.006 * u)
    fill(b, blob(rng, hx, 0.595 * h, 0.035 * u, 0.026 * u, wobble=0.05), rgb("#221c1b"))
    if on:
        candle_flames(m, 0.085 * w, top, 0.09 * u)
    fore_table(stage, box, cloth=rgb("#c9b48e"))


def _still_life(stage: Stage, x: float, top: float, u: float) -> None:
    """Bread, a jug and apples on a table."""
    m, rng = stage.mid, stage.rng("food")
    candlestick(m, 0.085 * stage.w, top, 0.09 * u)
    loaf = curve(
        [
            (x - 0.02 * u, top),
            (x - 0.03 * u, top - 0.05 * u),
            (x + 0.04 * u, top - 0.07 * u),
            (x + 0.11 * u, top - 0.05 * u),
            (x + 0.10 * u, top),
        ]
    )
    m.drawPath(
        loaf, paint(shader=gradient((0, top - 0.07 * u), (0, top), [(0, rgb("#d99f55"), 1), (1, rgb("#8a5a2c"), 1)]))
    )
    for k in range(3):
        line(
            m,
            [(x + 0.01 * u + 0.03 * k * u, top - 0.052 * u), (x + 0.03 * u + 0.03 * k * u, top - 0.035 * u)],
            rgb("#f0cf96"),
            0.006 * u,
        )
    for dx, dy, c in ((0.155, 0, "#b5402f"), (0.195, 0.004, "#c9a23a"), (0.175, -0.03, "#a8382c")):
        m.drawCircle(x + dx * u, top + dy * u - 0.02 * u, 0.022 * u, paint(rgb(c)))
        m.drawCircle(x + dx * u - 0.007 * u, top + dy * u - 0.027 * u, 0.006 * u, paint((1, 0.95, 0.85), 0.6))
    fill(m, blob(rng, x - 0.13 * u, top - 0.045 * u, 0.04 * u, 0.05 * u, wobble=0.04), rgb("#6f8fa3"))


def _shell(stage: Stage, floor_kind: Floor, *, beams: bool) -> Box:
    rng = stage.rng("kitchen")
    box = new_box(stage, 0.16, 0.84, 0.11, 0.65)
    wall = rgb(rng.choice(("#b9c2b4", "#d3c3a0", "#a9b8bf", "#c9a98a", "#d9d2c2")))
    floor = rgb("#a3805a" if floor_kind == "planks" else rng.choice(("#b8a890", "#a86b4c", "#8f8a80")))
    paint_box(box, wall=wall, wall_kind=rng.choice(("plaster", "boards")), floor=floor, floor_kind=floor_kind,
              ceiling=rgb("#c2b294"), beams=beams)  # fmt: skip
    return box


def _lit_table(stage: Stage, box: Box, x: float, top: float, *, on: bool) -> None:
    candlestick(stage.mid, x, top, 0.09 * stage.u)
    if on:
        box.lamps.append(Lamp(x, top - 0.08 * stage.u, 0.55 * stage.u, FLAME, 0.95))


def _with_range(stage: Stage) -> None:
    """An iron range with a pipe, a dresser full of china, a sink under a broad window."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box = _shell(stage, "tiles", beams=False)
    rx = 0.285 * w
    _range(b, rx, 0.672 * h, 0.36 * u)
    c = rgb(stage.rng("dresser").choice(("#6f7f6a", "#8a5f3f", "#5f7486")))
    rect(b, 0.68 * w, 0.19 * h, 0.835 * w, 0.52 * h, down(0.19 * h, 0.52 * h, shade(c, 0.6)))
    for y in (0.29, 0.39, 0.49):
        plates(b, stage.rng(f"china{y}"), 0.69 * w, 0.825 * w, y * h, 0.062 * u)
        rect(b, 0.675 * w, y * h, 0.84 * w, y * h + 0.01 * u, paint(shade(c, 1.2)))
    rect(b, 0.67 * w, 0.51 * h, 0.845 * w, 0.67 * h, down(0.51 * h, 0.67 * h, c))
    for k in range(2):
        leaf = skia.Rect.MakeLTRB((0.678 + 0.084 * k) * w, 0.54 * h, (0.75 + 0.084 * k) * w, 0.655 * h)
        b.drawRect(leaf, paint(shade(c, 0.62), stroke=0.006 * u))
    rect(b, 0.41 * w, 0.535 * h, 0.63 * w, 0.56 * h, down(0.53 * h, 0.56 * h, rgb("#d9d5ca")))
    rect(b, 0.42 * w, 0.56 * h, 0.62 * w, 0.665 * h, down(0.56 * h, 0.665 * h, shade(c, 0.85)))
    line(
        b,
        [(0.55 * w, 0.535 * h), (0.55 * w, 0.49 * h), (0.535 * w, 0.48 * h), (0.525 * w, 0.50 * h)],
        rgb("#a9853f"),
        0.010 * u,
    )
    if stage.wants("door"):
        panel_door(b, 0.19 * w, 0.65 * h, 0.10 * u, 0.36 * u)
    table(m, 0.87 * w, 0.86 * h, 0.46 * u, 0.21 * u, rgb("#c2a273"))
    top = 0.86 * h - 0.225 * u
    _still_life(stage, 0.86 * w, top, u)
    chair(m, 0.67 * w, 0.85 * h, 0.30 * u, side=1)
    if stage.wants("bed"):
        bed(m, 0.09 * w, 0.90 * h, 0.5 * u, rgb("#a3564a"))
    on = evening(stage) or stage.wants("lamp", "candle")
    box.lamps.append(Lamp(rx, 0.60 * h, 0.6 * u, FLAME, 0.4 if stage.words.time == "day" else 0.95))
    _lit_table(stage, box, 0.945 * w, top, on=on)
    wx, wy, ww, wh = 0.52 * w, 0.465 * h, 0.30 * u, 0.22 * u
    window_lamp(box, wx, wy - 0.1 * u, 0.95 * u, 0.9)
    light_room(box)
    window_view(box, b, wx, wy, ww, wh, bars=(3, 2), curtain=rgb("#d9b8a0"))
    shaft(box, b, wx, wy, ww, wh)
    for k in (-1, 0, 1):
        fire(b, stage.rng(f"fire{k}"), rx - 0.085 * u + 0.012 * k * u, 0.60 * h, 0.022 * u)
    if on:
        candle_flames(m, 0.945 * w, top, 0.09 * u)
    fore_table(stage, box, cloth=rgb("#b9c4c9"))


def _range(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """An iron range with its pipe, a kettle and a pot; ``wide`` px on y."""
    iron, brass = rgb("#3b3b40"), rgb("#b98f4a")
    x0, x1, top = x - wide / 2, x + wide / 2, y - 0.46 * wide
    rect(canvas, x - 0.34 * wide, y - 1.6 * wide, x - 0.22 * wide, top, across(x - 0.34 * wide, x - 0.22 * wide, iron))
    rect(canvas, x0, top, x1, y, down(top, y, shade(iron, 1.3)))
    rect(canvas, x0 - 0.03 * wide, top - 0.035 * wide, x1 + 0.03 * wide, top, paint(shade(iron, 1.7)))
    for px, half in ((x - 0.235 * wide, 0.17), (x + 0.24 * wide, 0.2)):
        leaf = skia.Rect.MakeLTRB(px - half * wide, top + 0.07 * wide, px + half * wide, y - 0.1 * wide)
        canvas.drawRect(leaf, paint(shade(iron, 0.6)))
        canvas.drawRect(leaf, paint(brass, stroke=0.012 * wide))
    line(canvas, [(x0, y - 0.05 * wide), (x1, y - 0.05 * wide)], brass, 0.014 * wide)
    kettle = curve(
        [
            (x + 0.06 * wide, top - 0.04 * wide),
            (x + 0.05 * wide, top - 0.20 * wide),
            (x + 0.17 * wide, top - 0.26 * wide),
            (x + 0.29 * wide, top - 0.20 * wide),
            (x + 0.28 * wide, top - 0.04 * wide),
        ]
    )
    canvas.drawPath(kettle, across(x + 0.05 * wide, x + 0.3 * wide, rgb("#b5703c")))
    line(
        canvas,
        [(x + 0.28 * wide, top - 0.12 * wide), (x + 0.36 * wide, top - 0.22 * wide)],
        rgb("#a5632f"),
        0.035 * wide,
    )
    rect(canvas, x - 0.14 * wide, top - 0.17 * wide, x + 0.02 * wide, top - 0.03 * wide,
         across(x - 0.14 * wide, x + 0.02 * wide, rgb("#7a8288")))  # fmt: skip


def _with_herbs(stage: Stage) -> None:
    """A low country kitchen: herbs and onions from the beams, shelves, a hearth at the side, a long table."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box = _shell(stage, "planks", beams=True)
    hx = 0.505 * w
    hearth(b, stage.rng("hearth"), hx, 0.664 * h, 0.44 * u, 0.30 * u, rgb("#9a8f84"))
    for y in (0.28, 0.37, 0.46):
        plates(b, stage.rng(f"shelf{y}"), 0.71 * w, 0.83 * w, y * h, 0.064 * u)
        rect(b, 0.705 * w, y * h, 0.838 * w, y * h + 0.012 * u, paint(shade(WOOD, 0.8)))
    for k in range(7):
        _bunch(b, stage.rng(f"herb{k}"), (0.225 + 0.092 * k) * w, 0.125 * h, 0.11 * u)
    for fx, tall in ((0.745, 0.17), (0.80, 0.14)):
        barrel(b, lambda c: c, lambda c: shade(c, 0.6), lambda c: shade(c, 1.15), fx * w, 0.69 * h, tall * u)
    if stage.wants("door"):
        panel_door(b, 0.365 * w, 0.65 * h, 0.12 * u, 0.35 * u)
    table(m, 0.14 * w, 0.865 * h, 0.62 * u, 0.20 * u, rgb("#9c7247"))
    top = 0.865 * h - 0.215 * u
    _still_life(stage, 0.19 * w, top, u)
    chair(m, 0.93 * w, 0.84 * h, 0.30 * u, side=-1)
    if stage.wants("bed"):
        bed(m, 0.93 * w, 0.90 * h, 0.5 * u, rgb("#a3564a"))
    on = evening(stage) or stage.wants("lamp", "candle", "lantern")
    box.lamps.append(Lamp(hx, 0.60 * h, 0.75 * u, FLAME, 0.6 if stage.words.time == "day" else 0.95))
    if on:
        box.lamps.append(Lamp(0.62 * w, 0.26 * h, 0.5 * u, LAMP, 0.45))
    _lit_table(stage, box, 0.06 * w, top, on=on)
    wx, wy, ww, wh = 0.255 * w, 0.475 * h, 0.17 * u, 0.20 * u
    window_lamp(box, wx, wy - 0.1 * u, 0.9 * u, 0.85)
    light_room(box)
    window_view(box, b, wx, wy, ww, wh, bars=(2, 2))
    shaft(box, b, wx, wy, ww, wh)
    fire(b, stage.rng("fire"), hx, 0.664 * h, 0.17 * u)
    lantern(b, 0.655 * w, 0.24 * h, 0.042 * u, on=on)
    if on:
        candle_flames(m, 0.06 * w, top, 0.09 * u)
    fore_table(stage, box, cloth=None)


def _bunch(canvas: Canvas, rng: Random, x: float, y: float, tall: float) -> None:
    """A bunch of herbs or a plait of onions that hangs from y."""
    line(canvas, [(x, y), (x, y + 0.3 * tall)], rgb("#8a7350"), 0.02 * tall)
    if rng.random() < 0.4:
        for k in range(5):
            px, py = x + (0.13 if k % 2 else -0.10) * tall, y + (0.34 + 0.15 * k) * tall
            canvas.drawCircle(px, py, 0.12 * tall, across(px - 0.1 * tall, px + 0.1 * tall, rgb("#c98a45")))
        return
    c = rgb(rng.choice(("#6f7f45", "#8a8f5a", "#7d6f8f", "#5f7350")))
    for k in range(7):
        lean = (k - 3) * 0.09 * tall
        tip = (x + 1.5 * lean, y + tall * (1 - 0.03 * abs(k - 3)))
        line(
            canvas,
            [(x, y + 0.25 * tall), (x + lean, y + 0.6 * tall), tip],
            shade(c, rng.uniform(0.75, 1.2)),
            0.06 * tall,
            smooth=True,
        )
