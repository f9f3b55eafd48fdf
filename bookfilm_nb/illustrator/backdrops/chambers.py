"""Rooms with a purpose: the schoolroom, the shop, the hospital ward, the prison cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import curve, dab_strokes, fill, gradient, line, paint, polygon, rgb, shade, shadow
from .furniture import across, barrel, down, panel_door, rect, table
from .household import bottles, candle_flames, candlestick, lamp_light, lantern, plates, table_lamp
from .palette import LAMP
from .panes import FLAME, shaft, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import evening, fore_table, new_box, window_lamp
from .timber import sack

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .stage import Stage


__all__ = ["cell", "school", "shop", "ward"]


def school(stage: Stage) -> None:
    """A schoolroom: blackboard, map, globe, the teacher's table, rows of desks."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    plan = stage.variant("school", 2)
    box = new_box(stage, 0.16, 0.84, 0.08, 0.64)
    wall = stage.rng("walls").choice([rgb(c) for c in ("#d8cfae", "#b9c4ae", "#c9b89a")])
    paint_box(box, wall=wall, wall_kind="panel" if plan else "plaster", floor=rgb("#a07a50"), floor_kind="planks",
              ceiling=rgb("#d9d0bd"), beams=False)  # fmt: skip
    rect(b, box.left, 0.515 * h, box.right, 0.64 * h, down(0.515 * h, 0.64 * h, rgb("#6f7f6a")))
    bx = 0.505 if plan else 0.54
    board = (bx * w - 0.25 * u, 0.235 * h, bx * w + 0.25 * u, 0.475 * h)
    rect(
        b, board[0] - 0.018 * u, board[1] - 0.018 * u, board[2] + 0.018 * u, board[3] + 0.018 * u, paint(rgb("#7d5433"))
    )
    rect(b, *board, down(board[1], board[3], rgb("#2c3f38")))
    chalk = stage.rng("chalk")
    for row in range(4):
        x, y = board[0] + 0.04 * u, board[1] + (0.045 + 0.052 * row) * u
        while x < board[2] - 0.06 * u * (1 + row % 3):
            step = chalk.uniform(0.012, 0.03) * u
            line(
                b,
                [(x, y), (x + 0.5 * step, y - 0.014 * u), (x + step, y)],
                rgb("#d5dcd2"),
                0.0035 * u,
                0.8,
                smooth=True,
            )
            x += step + 0.008 * u
    rect(b, board[0], board[3] + 0.018 * u, board[2], board[3] + 0.03 * u, paint(rgb("#5d4028")))
    mx = 0.745 if plan else 0.25
    _map(stage, b, mx * w, 0.20 * h, 0.26 * u, 0.20 * u)
    tx = 0.70 if plan else 0.30
    table(b, tx * w, 0.715 * h, 0.30 * u, 0.13 * u, rgb("#7f5636"))
    _globe(b, (tx + 0.045) * w, 0.578 * h, 0.10 * u)
    for k, c in enumerate(("#8c3f3a", "#3f5a6e", "#a88a4a")):
        rect(b, (tx - 0.06) * w, (0.575 - 0.014 * k) * h, (tx - 0.015) * w, (0.588 - 0.014 * k) * h, paint(rgb(c)))
    for q, y in ((0.0, 0.765), (1.0, 0.875)):
        for fx in (0.17, 0.83) if q == 0 else (0.06, 0.94):
            _desk(m, fx * w, y * h, (0.30 + 0.10 * q) * u)
    if stage.wants("bell"):
        _hand_bell(b, (tx + 0.0) * w, 0.585 * h, 0.05 * u)
    wx = 0.215 if plan else 0.785
    window_lamp(box, wx * w, 0.35 * h, 1.0 * u, 0.9)
    on = evening(stage) or stage.wants("lamp")
    if on:
        box.lamps.append(Lamp(0.5 * w, 0.20 * h, 1.0 * u, LAMP, 1.05))
    light_room(box)
    for dx in (-0.055, 0.055) if plan else (0.0,):
        window_view(box, b, (wx + dx * 0.9) * w, 0.46 * h, (0.13 if plan else 0.17) * u, 0.27 * u, bars=(2, 3))
    shaft(box, b, wx * w, 0.46 * h, 0.17 * u, 0.27 * u, side=1 if plan else -1)
    lantern(b, 0.5 * w, 0.12 * h, 0.045 * u, on=on)
    fore_table(stage, box, cloth=None)


def _map(stage: Stage, canvas: Canvas, x: float, y: float, wide: float, tall: float) -> None:
    """A wall map on its rollers, its upper edge at y."""
    rng = stage.rng("map")
    rect(canvas, x - wide / 2, y, x + wide / 2, y + tall, paint(rgb("#a9c3c4")))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(x - wide / 2, y, x + wide / 2, y + tall))
    for fx, fy, r, c in ((-0.25, 0.35, 0.20, "#c9b26a"), (0.12, 0.30, 0.24, "#b98f5a"), (0.25, 0.70, 0.16, "#8fa35f"),
                         (-0.18, 0.80, 0.15, "#c47f5a")):  # fmt: skip
        points = []
        for k in range(10):
            a = skia.Matrix()
            a.setRotate(36 * k)
            p = a.mapXY(r * wide * rng.uniform(0.6, 1.15), 0)
            points.append((x + fx * wide + p.x(), y + fy * tall + 0.8 * p.y()))
        fill(canvas, curve(points), rgb(c))
    canvas.restore()
    for t in (0.0, 1.0):
        line(canvas, [(x - 0.54 * wide, y + t * tall), (x + 0.54 * wide, y + t * tall)], rgb("#6b4a2e"), 0.04 * wide)


def _globe(canvas: Canvas, x: float, y: float, tall: float) -> None:
    r = 0.36 * tall
    line(canvas, [(x, y), (x, y - 0.3 * tall)], rgb("#8a6a34"), 0.08 * tall)
    line(canvas, [(x - 0.2 * tall, y), (x + 0.2 * tall, y)], rgb("#8a6a34"), 0.08 * tall)
    canvas.drawCircle(x, y - 0.62 * tall, r, across(x - r, x + r, rgb("#5f8fa8")))
    for dx, dy, k in ((-0.1, -0.1, 0.4), (0.3, 0.25, 0.3), (0.15, -0.5, 0.25)):
        canvas.drawCircle(x + dx * r, y - 0.62 * tall + dy * r, k * r, paint(rgb("#b9a35c"), 0.9))
    canvas.drawCircle(x, y - 0.62 * tall, 1.12 * r, paint(rgb("#a9853f"), stroke=0.04 * tall))


def _hand_bell(canvas: Canvas, x: float, y: float, tall: float) -> None:
    body = polygon(
        [(x - 0.4 * tall, y), (x - 0.18 * tall, y - 0.6 * tall), (x + 0.18 * tall, y - 0.6 * tall), (x + 0.4 * tall, y)]
    )
    canvas.drawPath(body, across(x - 0.4 * tall, x + 0.4 * tall, rgb("#d0a044")))
    line(canvas, [(x, y - 0.6 * tall), (x, y - 1.2 * tall)], rgb("#5d3f28"), 0.2 * tall)


def _desk(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """A sloping school desk with its bench, seen from behind."""
    c, tall = rgb("#93643c"), 0.42 * wide
    shadow(canvas, x, y, 0.6 * wide, 0.06 * wide, (0.05, 0.04, 0.04), 0.6)
    for k in (-0.45, 0.45):
        rect(
            canvas,
            x + k * wide - 0.03 * wide,
            y - tall,
            x + k * wide + 0.03 * wide,
            y,
            down(y - tall, y, shade(c, 0.6)),
        )
    top = polygon(
        [
            (x - 0.46 * wide, y - 1.22 * tall),
            (x + 0.46 * wide, y - 1.22 * tall),
            (x + 0.54 * wide, y - 0.88 * tall),
            (x - 0.54 * wide, y - 0.88 * tall),
        ]
    )
    canvas.drawPath(top, down(y - 1.22 * tall, y - 0.88 * tall, shade(c, 1.15)))
    rect(
        canvas,
        x - 0.54 * wide,
        y - 0.88 * tall,
        x + 0.54 * wide,
        y - 0.66 * tall,
        down(y - 0.88 * tall, y - 0.6 * tall, c),
    )
    for k, page in ((-0.25, "#efe8d6"), (0.22, "#e6dcc4")):
        leaf = [(x + (k - 0.09) * wide, y - 1.14 * tall), (x + (k + 0.09) * wide, y - 1.14 * tall),
                (x + (k + 0.10) * wide, y - 0.98 * tall), (x + (k - 0.10) * wide, y - 0.98 * tall)]  # fmt: skip
        canvas.drawPath(polygon(leaf), paint(rgb(page)))
    rect(
        canvas,
        x - 0.5 * wide,
        y - 0.42 * tall,
        x + 0.5 * wide,
        y - 0.30 * tall,
        down(y - 0.42 * tall, y - 0.28 * tall, shade(c, 0.85)),
    )


def shop(stage: Stage) -> None:
    """A shop: shelves of jars and bottles, a long counter with scales, sacks, a cask, a lamp."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box = new_box(stage, 0.15, 0.85, 0.10, 0.645)
    wall = stage.rng("walls").choice([rgb(c) for c in ("#7f9183", "#9a7f5f", "#8a7f95")])
    paint_box(box, wall=wall, wall_kind="boards", floor=rgb("#93704b"), floor_kind="planks",
              ceiling=rgb("#cdbf9f"), beams=True)  # fmt: skip
    shelf = rgb("#6b4a30")
    rect(b, 0.345 * w, 0.175 * h, 0.845 * w, 0.60 * h, down(0.175 * h, 0.60 * h, shade(shelf, 0.62)))
    for k, y in enumerate((0.265, 0.355, 0.445)):
        rect(b, 0.345 * w, y * h, 0.845 * w, (y + 0.014) * h, paint(shade(shelf, 1.35)))
        x = 0.352
        for cell_no in range(4):
            goods = plates if (cell_no + k + stage.variant("goods", 2)) % 2 else bottles
            goods(b, stage.rng(f"goods{k}{cell_no}"), (x + 0.012) * w, (x + 0.105) * w, y * h, 0.062 * u)
            x += 0.123
            rect(b, (x - 0.004) * w, 0.175 * h, (x + 0.003) * w, 0.60 * h, paint(shade(shelf, 1.15)))
    counter = (0.30 * w, 0.535 * h, 0.86 * w, 0.69 * h)
    rect(b, *counter, down(counter[1], counter[3], rgb("#8d5f3a")))
    for k in range(6):
        x0 = counter[0] + (k + 0.1) * (counter[2] - counter[0]) / 6
        panel = skia.Rect.MakeLTRB(x0, 0.565 * h, x0 + 0.8 * (counter[2] - counter[0]) / 6, 0.67 * h)
        b.drawRect(panel, paint(rgb("#5d3d26"), stroke=0.006 * u))
    rect(b, 0.285 * w, 0.515 * h, 0.875 * w, 0.54 * h, down(0.515 * h, 0.54 * h, rgb("#b98a58")))
    _scales(b, 0.55 * w, 0.517 * h, 0.15 * u)
    bottles(b, stage.rng("jars"), 0.70 * w, 0.80 * w, 0.517 * h, 0.075 * u)
    for fx, fy, tall in ((0.04, 0.85, 0.22), (0.125, 0.86, 0.18)):
        sack(m, stage.rng(f"sack{fx}"), fx * w, fy * h, tall * u)
    barrel(m, lambda c: c, lambda c: shade(c, 0.6), lambda c: shade(c, 1.15), 0.93 * w, 0.845 * h, 0.26 * u)
    on = evening(stage) or stage.wants("lamp", "lantern", "candle")
    window_lamp(box, 0.235 * w, 0.36 * h, 1.0 * u, 0.85)
    if on:
        box.lamps.append(Lamp(0.5 * w, 0.22 * h, 1.0 * u, LAMP, 1.1))
    light_room(box)
    window_view(box, b, 0.24 * w, 0.50 * h, 0.22 * u, 0.28 * u, bars=(4, 3))
    shaft(box, b, 0.24 * w, 0.50 * h, 0.22 * u, 0.28 * u)
    lantern(b, 0.46 * w, 0.15 * h, 0.05 * u, on=on)
    fore_table(stage, box, cloth=None)


def _scales(canvas: Canvas, x: float, y: float, tall: float) -> None:
    brass = rgb("#d0a450")
    line(canvas, [(x, y), (x, y - tall)], brass, 0.06 * tall)
    line(canvas, [(x - 0.2 * tall, y), (x + 0.2 * tall, y)], brass, 0.08 * tall)
    line(canvas, [(x - 0.48 * tall, y - 0.92 * tall), (x + 0.48 * tall, y - 0.98 * tall)], brass, 0.045 * tall)
    for side, lift in ((-1, 0.92), (1, 0.98)):
        px, py = x + side * 0.48 * tall, y - lift * tall
        pan = [(px - 0.2 * tall, py + 0.5 * tall), (px, py + 0.62 * tall), (px + 0.2 * tall, py + 0.5 * tall)]
        for end in (pan[0], pan[2]):
            line(canvas, [(px, py), end], shade(brass, 0.7), 0.018 * tall)
        fill(
            canvas,
            curve([pan[0], (px - 0.1 * tall, py + 0.6 * tall), pan[1], (px + 0.1 * tall, py + 0.6 * tall), pan[2]]),
            brass,
        )


def ward(stage: Stage) -> None:
    """A hospital ward: pale walls, tall windows, a row of iron beds, a table with bottles."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box = new_box(stage, 0.20, 0.80, 0.04, 0.635)
    paint_box(box, wall=rgb("#dfe2d6"), wall_kind="plaster", floor=rgb("#b0a68f"), floor_kind="tiles",
              ceiling=rgb("#e9e7dc"), beams=False)  # fmt: skip
    rect(b, box.left, 0.49 * h, box.right, 0.635 * h, down(0.49 * h, 0.635 * h, rgb("#9fb5a9")))
    for fx in (0.275, 0.42, 0.58, 0.725):
        _iron_bed(b, fx * w, 0.70 * h, 0.155 * u)
    for fx, y, wide in ((0.045, 0.87, 0.36), (0.955, 0.87, 0.36)):
        _iron_bed(m, fx * w, y * h, wide * u)
    table(m, 0.79 * w, 0.80 * h, 0.13 * u, 0.15 * u, rgb("#cfc6b0"))
    bottles(m, stage.rng("phials"), 0.765 * w, 0.825 * w, 0.643 * h, 0.05 * u)
    table_lamp(m, 0.79 * w, 0.643 * h, 0.10 * u)
    on = evening(stage) or stage.wants("lamp", "candle")
    for fx in (0.35, 0.65):
        window_lamp(box, fx * w, 0.30 * h, 0.9 * u, 0.75)
    if on:
        box.lamps.append(Lamp(0.79 * w, 0.58 * h, 0.75 * u, LAMP, 1.1))
    light_room(box)
    for fx in (0.35, 0.5, 0.65):
        window_view(box, b, fx * w, 0.465 * h, 0.135 * u, 0.31 * u, arched=True, bars=(2, 4))
        shaft(box, b, fx * w, 0.465 * h, 0.135 * u, 0.31 * u)
    lamp_light(m, 0.79 * w, 0.643 * h, 0.10 * u, on=on)


def _iron_bed(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """An iron bed seen from its foot."""
    iron, linen, tall = rgb("#59636a"), rgb("#eeeade"), 0.62 * wide
    shadow(canvas, x, y, 0.6 * wide, 0.07 * wide, (0.05, 0.05, 0.06), 0.6)
    half = 0.40 * wide
    canvas.drawRRect(
        skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(x - 0.3 * wide, y - 1.55 * tall, x + 0.3 * wide, y - 1.1 * tall),
                              0.1 * wide, 0.1 * wide), paint(shade(linen, 0.95)))  # fmt: skip
    cover = polygon(
        [
            (x - half, y - 1.25 * tall),
            (x + half, y - 1.25 * tall),
            (x + 0.47 * wide, y - 0.35 * tall),
            (x - 0.47 * wide, y - 0.35 * tall),
        ]
    )
    canvas.drawPath(cover, down(y - 1.3 * tall, y - 0.3 * tall, rgb("#8fa3ad")))
    rect(canvas, x - 1.02 * half, y - 1.3 * tall, x + 1.02 * half, y - 1.08 * tall, paint(linen))
    for k in (-0.5, -0.25, 0.0, 0.25, 0.5):
        line(canvas, [(x + k * wide, y - 0.25 * tall), (x + k * wide, y - 0.85 * tall)], iron, 0.025 * wide)
    for k in (-0.5, 0.5):
        line(canvas, [(x + k * wide, y), (x + k * wide, y - 0.95 * tall)], iron, 0.045 * wide)
    for t in (0.25, 0.88):
        line(canvas, [(x - 0.5 * wide, y - t * tall), (x + 0.5 * wide, y - t * tall)], iron, 0.04 * wide)


def cell(stage: Stage) -> None:
    """A prison cell: rough stone, a small barred window high up, a plank bed with straw, an iron door, chains."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    stone = stage.rng("walls").choice([rgb(c) for c in ("#807b76", "#7a7f80", "#857a6c")])
    box = new_box(stage, 0.22, 0.78, 0.0, 0.645)
    paint_box(box, wall=stone, wall_kind="stone", floor=rgb("#6f6a64"), floor_kind="flags",
              ceiling=rgb("#5f5b57"), beams=False)  # fmt: skip
    wx = 0.40 if stage.variant("cell", 2) else 0.58
    dx = 1.0 - wx + (0.09 if wx < 0.5 else -0.09)
    panel_door(b, dx * w, 0.652 * h, 0.18 * u, 0.37 * u)
    rect(b, dx * w - 0.09 * u, 0.285 * h, dx * w + 0.09 * u, 0.652 * h, down(0.28 * h, 0.65 * h, rgb("#45464a")))
    for y in (0.32, 0.45, 0.58):
        line(b, [(dx * w - 0.09 * u, y * h), (dx * w + 0.09 * u, y * h)], rgb("#6f7074"), 0.014 * u)
    rect(b, dx * w - 0.035 * u, 0.36 * h, dx * w + 0.035 * u, 0.41 * h, paint(rgb("#17171a")))
    for k in (-0.015, 0.015):
        line(b, [(dx * w + k * u, 0.36 * h), (dx * w + k * u, 0.41 * h)], rgb("#7d7e82"), 0.007 * u)
    for fx in (wx - 0.13, wx - 0.10):
        y = 0.35
        while y < 0.55:
            b.drawOval(
                skia.Rect.MakeXYWH(fx * w - 0.008 * u, y * h, 0.016 * u, 0.026 * u),
                paint(rgb("#3a3a3d"), stroke=0.006 * u),
            )
            y += 0.024
    bx = 0.20
    rect(m, (bx - 0.16) * w, 0.735 * h, (bx + 0.15) * w, 0.765 * h, down(0.735 * h, 0.765 * h, rgb("#7a5f43")))
    rect(m, (bx + 0.12) * w, 0.765 * h, (bx + 0.14) * w, 0.86 * h, paint(rgb("#4a3a2b")))
    blanket = curve([((bx - 0.18) * w, 0.74 * h), ((bx - 0.1) * w, 0.69 * h), ((bx + 0.03) * w, 0.70 * h),
                     ((bx + 0.06) * w, 0.80 * h), ((bx - 0.12) * w, 0.82 * h)])  # fmt: skip
    fill(m, blanket, rgb("#6f6a5c"))
    barrel(m, lambda c: c, lambda c: shade(c, 0.6), lambda c: shade(c, 1.15), 0.90 * w, 0.82 * h, 0.13 * u)
    rng, straws = stage.rng("straw"), []
    for _ in range(120):
        px, py = rng.gauss(0.70, 0.10) * w, rng.uniform(0.70, 0.86) * h
        straws.append(((px, py), (px + rng.uniform(-0.03, 0.03) * u, py + rng.uniform(-0.01, 0.01) * u)))
    dab_strokes(m, straws, rgb("#b59a5c"), 0.003 * u, 0.8)
    on = stage.wants("candle", "lamp", "lantern") or stage.words.time == "night"
    window_lamp(box, wx * w, 0.30 * h, 1.0 * u, 1.15)
    if on:
        candlestick(m, (bx + 0.11) * w, 0.737 * h, 0.07 * u)
        box.lamps.append(Lamp((bx + 0.11) * w, 0.65 * h, 0.7 * u, FLAME, 0.8))
    light_room(box, dark=0.62)
    window_view(box, b, wx * w, 0.27 * h, 0.15 * u, 0.12 * u, bars=(5, 2))
    for k in range(1, 5):
        bar = wx * w + (k / 5 - 0.5) * 0.15 * u
        line(b, [(bar, 0.27 * h), (bar, 0.27 * h - 0.12 * u)], rgb("#25262a"), 0.011 * u)
    power = 0.22 * (0.2 + stage.pal.key)
    c: RGB = stage.pal.sun if stage.words.time != "night" else (0.5, 0.62, 0.95)
    run = 0.16 if wx < 0.5 else -0.16
    beam = polygon(
        [
            (wx * w - 0.075 * u, 0.15 * h),
            (wx * w + 0.075 * u, 0.15 * h),
            ((wx + run) * w + 0.16 * u, 0.84 * h),
            ((wx + run) * w - 0.16 * u, 0.84 * h),
        ]
    )
    fade = gradient((0, 0.15 * h), (0, 0.84 * h), [(0, c, power), (1, c, 0.2 * power)])
    b.drawPath(beam, paint(shader=fade, add=True, blur=0.012 * u))
    if on:
        candle_flames(m, (bx + 0.11) * w, 0.737 * h, 0.07 * u)
