"""Rooms of country people: the log or whitewashed cottage, the barn and the mill."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import curve, dab_strokes, fill, gradient, line, paint, polygon, radial, rgb, shade, shadow
from .details import horse
from .furniture import across, barrel, bed, down, panel_door, rect, rug, table
from .household import candle_flames, candlestick, fire, hearth, lantern, plates
from .names import is_russian
from .palette import LAMP
from .panes import FLAME, shaft, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import evening, fore_table, new_box, window_lamp
from .timber import bench, cradle, hay, icon_corner, log_walls, sack, spinning_wheel, stove

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .roombox import Box
    from .stage import Stage


__all__ = ["barn", "bell", "cottage_room"]


def cottage_room(stage: Stage) -> None:
    """A cottage: log or whitewashed walls, a great stove or an open hearth, benches, a plank table, a small window."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    russian, plan = is_russian(stage.words), stage.variant("cottage", 3)
    box = new_box(stage, 0.14, 0.86, 0.115, 0.655)
    logs = plan != 1 if russian else plan == 2
    wall = stage.rng("walls").choice([rgb(c) for c in (("#a5794e", "#8f6a48") if logs else ("#e2dac6", "#d3cbb8"))])
    paint_box(box, wall=wall, wall_kind="plaster", floor=rgb("#8d6a47"), floor_kind="planks",
              ceiling=rgb("#8f7454"), beams=True)  # fmt: skip
    if logs:
        log_walls(box, wall)
    sx, wx, hang = (0.27, 0.53, 0.755) if plan != 2 else (0.72, 0.37, 0.225)
    fx, fy, fire_wide = _warm_side(stage, sx, wx, hang, oven=russian or plan == 2)
    rug(b, 0.47 * w, 0.83 * h, 0.40 * u, 0.085 * u, rgb("#8a5a4a"))
    tx = 0.84 if plan != 2 else 0.15
    table(m, tx * w, 0.85 * h, 0.50 * u, 0.20 * u, rgb("#a37a4d"))
    bench(m, (tx - 0.15) * w, (tx + 0.13) * w, 0.90 * h, 0.10 * u, rgb("#8f6840"))
    top = 0.85 * h - 0.214 * u
    _supper(m, tx * w, top, u)
    _corner(stage, plan, russian=russian)
    if stage.wants("bed"):
        bed(m, (0.15 if plan != 2 else 0.86) * w, 0.87 * h, 0.44 * u, rgb("#7a5a6b"))
    if stage.wants("door"):
        panel_door(b, 0.46 * w if plan == 2 else 0.645 * w, 0.655 * h, 0.14 * u, 0.34 * u)
    on = evening(stage) or stage.wants("lamp", "candle", "lantern")
    box.lamps.append(Lamp(fx, fy - 0.04 * u, 0.75 * u, FLAME, 0.6 if stage.words.time == "day" else 1.15))
    candlestick(m, (tx + 0.035) * w, top, 0.085 * u)
    if on:
        box.lamps.append(Lamp((tx + 0.035) * w, top - 0.08 * u, 0.60 * u, FLAME, 0.95))
    ww, wh = 0.145 * u, 0.155 * u
    window_lamp(box, wx * w, 0.42 * h, 0.85 * u, 0.75)
    light_room(box, dark=0.86)
    window_view(box, b, wx * w, 0.475 * h, ww, wh, bars=(2, 2))
    if stage.pal.snowy:
        _frost(stage, b, wx * w, 0.475 * h, ww, wh)
    shaft(box, b, wx * w, 0.475 * h, ww, wh)
    fire(b, stage.rng("fire"), fx, fy, fire_wide)
    if on:
        candle_flames(m, (tx + 0.035) * w, top, 0.085 * u)
    fore_table(stage, box, cloth=None)


def _warm_side(stage: Stage, sx: float, wx: float, hang: float, *, oven: bool) -> tuple[float, float, float]:
    """The stove or the hearth, the bench, icons or crockery; gives back the foot of the fire and its width, px."""
    w, h, u, b = stage.w, stage.h, stage.u, stage.back
    if oven:
        fx, fy = stove(stage, b, sx * w, 0.70 * h, 0.32 * u, side=-1 if sx > 0.5 else 1)
        fire_wide = 0.09 * u
    else:
        hearth(b, stage.rng("hearth"), sx * w, 0.672 * h, 0.40 * u, 0.30 * u, rgb("#9b938a"))
        fx, fy, fire_wide = sx * w, 0.672 * h, 0.16 * u
    bench(b, (wx - 0.11) * w, (wx + 0.13) * w, 0.685 * h, 0.085 * u, rgb("#9a7048"))
    if is_russian(stage.words):
        icon_corner(b, hang * w, 0.33 * h, 0.13 * u)
        return fx, fy, fire_wide
    for y in (0.31, 0.40):
        plates(b, stage.rng(f"plates{y}"), (hang - 0.075) * w, (hang + 0.075) * w, y * h, 0.06 * u)
        rect(b, (hang - 0.08) * w, y * h, (hang + 0.08) * w, y * h + 0.01 * u, paint(rgb("#5d4230")))
    return fx, fy, fire_wide


def _corner(stage: Stage, plan: int, *, russian: bool) -> None:
    """What stands nearest the lens: a spinning wheel, a cradle or a cask."""
    w, h, u, m = stage.w, stage.h, stage.u, stage.mid
    if plan == 0:
        spinning_wheel(m, 0.10 * w, 0.85 * h, 0.27 * u)
    elif plan == 1 and russian:
        cradle(m, 0.42 * w, 0.50 * h, 0.17 * u, 0.10 * h)
    else:
        x = 0.93 * w if plan == 2 else 0.07 * w
        barrel(m, lambda c: c, lambda c: shade(c, 0.6), lambda c: shade(c, 1.15), x, 0.84 * h, 0.20 * u)


def _supper(canvas: Canvas, x: float, top: float, u: float) -> None:
    """A bowl with a spoon, a loaf and a jug."""
    bowl = curve(
        [
            (x - 0.12 * u, top - 0.035 * u),
            (x - 0.10 * u, top),
            (x - 0.05 * u, top),
            (x - 0.03 * u, top - 0.035 * u),
        ]
    )
    canvas.drawPath(bowl, across(x - 0.12 * u, x - 0.03 * u, rgb("#8a4a2e")))
    line(canvas, [(x - 0.06 * u, top - 0.03 * u), (x - 0.015 * u, top - 0.07 * u)], rgb("#c79a62"), 0.007 * u)
    loaf = skia.Rect.MakeLTRB(x + 0.08 * u, top - 0.05 * u, x + 0.19 * u, top + 0.006 * u)
    canvas.drawRRect(skia.RRect.MakeRectXY(loaf, 0.04 * u, 0.025 * u), down(loaf.top(), loaf.bottom(), rgb("#8d5c33")))
    jug = curve(
        [
            (x - 0.185 * u, top),
            (x - 0.205 * u, top - 0.05 * u),
            (x - 0.18 * u, top - 0.085 * u),
            (x - 0.185 * u, top - 0.11 * u),
            (x - 0.14 * u, top - 0.11 * u),
            (x - 0.145 * u, top - 0.085 * u),
            (x - 0.12 * u, top - 0.05 * u),
            (x - 0.14 * u, top),
        ]
    )
    canvas.drawPath(jug, across(x - 0.2 * u, x - 0.12 * u, rgb("#a57a54")))


def _frost(stage: Stage, canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Frost that grows from the corners of a pane."""
    white = stage.pal.lit((0.93, 0.97, 1.0))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(x - w / 2, y - h, x + w / 2, y))
    for cx, cy in ((x - w / 2, y), (x + w / 2, y), (x - w / 2, y - h), (x + w / 2, y - h)):
        soft = radial((cx, cy), 0.62 * w, [(0, white, 0.95), (0.5, white, 0.65), (1, white, 0)])
        canvas.drawCircle(cx, cy, 0.62 * w, paint(shader=soft))
    canvas.restore()


def bell(canvas: Canvas, x: float, top: float, tall: float) -> None:
    """A bronze bell ``tall`` px under the beam from which it hangs."""
    c = rgb("#b5843f")
    rect(canvas, x - 0.09 * tall, top - 0.22 * tall, x + 0.09 * tall, top + 0.06 * tall, paint(rgb("#3d3027")))
    path = skia.Path()
    path.moveTo(x - 0.24 * tall, top + 0.02 * tall)
    path.cubicTo(
        x - 0.34 * tall, top + 0.5 * tall, x - 0.34 * tall, top + 0.75 * tall, x - 0.52 * tall, top + 0.95 * tall
    )
    path.lineTo(x + 0.52 * tall, top + 0.95 * tall)
    path.cubicTo(
        x + 0.34 * tall, top + 0.75 * tall, x + 0.34 * tall, top + 0.5 * tall, x + 0.24 * tall, top + 0.02 * tall
    )
    path.quadTo(x, top - 0.08 * tall, x - 0.24 * tall, top + 0.02 * tall)
    path.close()
    shine = [(0, shade(c, 0.7), 1), (0.3, shade(c, 1.45), 1), (0.5, c, 1), (1, shade(c, 0.4), 1)]
    canvas.drawPath(path, paint(shader=gradient((x - 0.5 * tall, 0), (x + 0.5 * tall, 0), shine)))
    for t, half in ((0.16, 0.27), (0.66, 0.36), (0.90, 0.50)):
        ring = [(x - half * tall, top + t * tall), (x, top + (t + 0.04) * tall), (x + half * tall, top + t * tall)]
        line(canvas, ring, shade(c, 0.55), 0.025 * tall, 0.8, smooth=True)
    canvas.drawCircle(x, top + 1.02 * tall, 0.085 * tall, paint(rgb("#4a3826")))


def barn(stage: Stage) -> None:
    """A barn or a mill inside: plank walls with light between them, beams, hay, sacks, a lantern; gears in a mill."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    mill = stage.wants("windmill", "mill", "watermill", "millstone")
    box = new_box(stage, 0.17, 0.83, -0.02, 0.645)
    wall = stage.rng("walls").choice([rgb(c) for c in ("#8a6a4a", "#7d6652", "#96704a")])
    paint_box(box, wall=wall, wall_kind="boards", floor=rgb("#8f7550"), floor_kind="planks",
              ceiling=rgb("#5f4a36"), beams=True)  # fmt: skip
    _frame(box, rgb("#6f5138"))
    wide = stage.variant("barn", 2) == 0
    dx = 0.40 if wide else 0.60
    if mill:
        _gear(b, dx * w, 0.30 * h, 0.20 * u)
        _millstones(b, dx * w, 0.70 * h, 0.36 * u)
        for fx, tall in ((0.225, 0.17), (0.275, 0.15), (0.75, 0.18)):
            sack(b, stage.rng(f"sack{fx}"), fx * w, 0.69 * h, tall * u)
    else:
        hay(b, stage.rng("loft"), (1.0 - dx) * w, 0.68 * h, 0.40 * u, 0.22 * u)
    hay(m, stage.rng("hay"), 0.97 * w, 0.86 * h, 0.55 * u, 0.36 * u)
    for fx, fy, tall in ((0.045, 0.84, 0.25), (0.125, 0.855, 0.20), (0.015, 0.87, 0.2)):
        sack(m, stage.rng(f"near{fx}"), fx * w, fy * h, tall * u)
    _ladder(m, 0.80 * w, 0.83 * h, 0.715 * w, -0.05 * h, 0.085 * u)
    if stage.wants("horse", "stable"):
        horse(stage, m, 0.235 * w, 0.80 * h, 0.34 * u)
    if stage.wants("bell"):
        bell(b, (1.03 - dx) * w, 0.13 * h, 0.28 * u)
    straw = stage.rng("straw")
    strands = []
    for _ in range(150):
        px, py = straw.uniform(0.05, 0.95) * w, straw.uniform(0.67, 0.98) * h
        a = straw.uniform(0, math.tau)
        strands.append(((px, py), (px + 0.03 * u * math.cos(a), py + 0.008 * u * math.sin(a))))
    dab_strokes(b, strands, rgb("#d9b968"), 0.0028 * u, 0.7)
    on = evening(stage) or stage.wants("lamp", "lantern", "candle")
    lx, ly = (0.535 if wide else 0.475) * w, 0.27 * h
    window_lamp(box, dx * w, 0.42 * h, 1.15 * u, 1.05)
    if on:
        box.lamps.append(Lamp(lx, ly, 0.95 * u, LAMP, 0.95))
    light_room(box, dark=0.92)
    day = stage.words.time != "night"
    if not mill:
        _doorway(stage, b, dx * w, 0.655 * h, 0.20 * u, 0.34 * u)
    _light_slits(stage, box, 1.0 if day else 0.45, (dx * w, (1.03 - dx) * w))
    lantern(b, lx, ly, 0.05 * u, on=on)


def _frame(box: Box, c: RGB) -> None:
    """Posts and braces along the walls."""
    s, b = box.stage, box.stage.back
    for q in (1.0, 1.5, 2.2):
        for x, turn in ((box.left, 1), (box.right, -1)):
            (px, top), (_, foot) = box.out(x, box.top, q), box.out(x, box.floor, q)
            half = 0.020 * s.u * q
            rect(b, px - half, top, px + half, foot, across(px - half, px + half, c))
            brace = [(px + turn * half, top + 0.26 * s.h * q), (px + turn * 0.13 * s.u * q, top + 0.06 * s.h * q)]
            line(b, brace, shade(c, 0.85), 0.028 * s.u * q)
    for fx in (0.39, 0.61):
        rect(b, fx * s.w - 0.013 * s.u, box.top, fx * s.w + 0.013 * s.u, box.floor, across(
            fx * s.w - 0.02 * s.u, fx * s.w + 0.02 * s.u, shade(c, 0.95)))  # fmt: skip
    rect(b, box.left, 0.135 * s.h, box.right, 0.175 * s.h, down(0.135 * s.h, 0.175 * s.h, c))


def _doorway(stage: Stage, canvas: Canvas, x: float, y: float, wide: float, tall: float) -> None:
    """The great door, one leaf open on the weather."""
    pal = stage.pal
    sky = [(0, pal.middle, 1), (0.75, pal.low, 1), (0.76, pal.lit(pal.grass[0], 0.3), 1), (1, pal.lit(pal.grass[1]), 1)]
    rect(canvas, x - wide / 2, y - tall, x + wide / 2, y, paint(shader=gradient((0, y - tall), (0, y), sky)))
    rect(canvas, x - wide / 2, y - tall, x + wide / 2, y, paint(rgb("#33261b"), stroke=0.02 * wide))
    dim = 0.25 + 0.6 * max(stage.box.ambient)
    leaf = polygon(
        [
            (x + wide / 2, y - tall),
            (x + 0.85 * wide, y - 1.06 * tall),
            (x + 0.85 * wide, y + 0.09 * tall),
            (x + wide / 2, y),
        ]
    )
    canvas.drawPath(leaf, across(x + wide / 2, x + 0.9 * wide, shade(rgb("#6b4d33"), dim)))
    pool = polygon([(x - wide / 2, y), (x + wide / 2, y), (x + 0.8 * wide, stage.h), (x - 1.3 * wide, stage.h)])
    power = 0.30 * (0.2 + pal.key) if stage.words.time != "night" else 0.10
    c = pal.sun if stage.words.time != "night" else (0.5, 0.62, 0.95)
    canvas.drawPath(pool, paint(shader=gradient((0, y), (0, stage.h), [(0, c, power), (1, c, 0)]), add=True,
                                blur=0.012 * stage.u))  # fmt: skip


def _light_slits(stage: Stage, box: Box, power: float, hidden: tuple[float, float]) -> None:
    """Light through the gaps between the boards, but for where things stand before them."""
    rng, b, u = stage.rng("slits"), stage.back, stage.u
    c = stage.pal.low
    for _ in range(22):
        x, y = rng.uniform(box.left, box.right), rng.uniform(0.19, 0.42) * stage.h
        tall = rng.uniform(0.05, 0.22) * stage.h
        if min(abs(x - px) for px in hidden) < 0.24 * u:
            continue
        b.drawLine(x, y, x, y + tall, paint(c, 0.75 * power, stroke=0.0032 * u))
        b.drawLine(x, y, x, y + tall, paint(c, 0.16 * power, stroke=0.02 * u, blur=0.008 * u, add=True))


def _ladder(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, wide: float) -> None:
    wood = rgb("#8f6c47")
    for k in range(1, 13):
        t = k / 13
        x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
        line(canvas, [(x, y), (x + wide, y)], shade(wood, 0.8), 0.12 * wide)
    for dx in (0.0, wide):
        line(canvas, [(x0 + dx, y0), (x1 + dx, y1)], wood, 0.16 * wide)


def _gear(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A great wooden wheel with cogs on its upright shaft."""
    c = rgb("#8f6540")
    rect(canvas, x - 0.13 * r, y - 2 * r, x + 0.13 * r, y + 1.6 * r, across(x - 0.13 * r, x + 0.13 * r, shade(c, 0.8)))
    for k in range(20):
        a = math.tau * k / 20
        cx, cy = x + 1.06 * r * math.cos(a), y + 1.06 * r * math.sin(a)
        canvas.drawCircle(cx, cy, 0.07 * r, paint(shade(c, 0.7)))
    canvas.drawCircle(x, y, 0.92 * r, paint(shade(c, 0.75), stroke=0.22 * r))
    canvas.drawCircle(x, y, 0.92 * r, paint(shade(c, 1.1), stroke=0.12 * r))
    for k in range(4):
        a = math.pi * k / 4 + 0.2
        ends = [(x + s * 0.9 * r * math.cos(a), y + s * 0.9 * r * math.sin(a)) for s in (-1, 1)]
        line(canvas, ends, shade(c, 0.9), 0.11 * r)
    canvas.drawCircle(x, y, 0.2 * r, paint(shade(c, 0.6)))


def _millstones(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """Two millstones on their frame, a hopper above, flour about."""
    stone, wood = rgb("#b3aca0"), rgb("#7d5a3a")
    shadow(canvas, x, y, 0.7 * wide, 0.08 * wide, (0.05, 0.04, 0.03), 0.6)
    rect(canvas, x - 0.55 * wide, y - 0.26 * wide, x + 0.55 * wide, y, down(y - 0.26 * wide, y, wood))
    for k, half in ((0.26, 0.50), (0.40, 0.46)):
        foot = y - k * wide
        body = skia.Rect.MakeLTRB(x - half * wide, foot - 0.12 * wide, x + half * wide, foot)
        canvas.drawRect(body, across(body.left(), body.right(), stone))
        lid = skia.Rect.MakeLTRB(body.left(), foot - 0.17 * wide, body.right(), foot - 0.07 * wide)
        canvas.drawOval(lid, paint(shade(stone, 1.12)))
    hopper = polygon(
        [
            (x - 0.3 * wide, y - 0.92 * wide),
            (x + 0.3 * wide, y - 0.92 * wide),
            (x + 0.08 * wide, y - 0.56 * wide),
            (x - 0.08 * wide, y - 0.56 * wide),
        ]
    )
    canvas.drawPath(hopper, across(x - 0.3 * wide, x + 0.3 * wide, shade(wood, 1.2)))
    fill(canvas, curve([(x - 0.62 * wide, y), (x - 0.3 * wide, y - 0.07 * wide), (x, y)]), rgb("#efe9dc"), 0.9)
