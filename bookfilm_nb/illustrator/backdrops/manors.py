"""Great rooms: the salon of a palace, the hall of a castle, a hall with a staircase."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import curve, glow, gradient, line, mix, paint, polygon, rgb, shade, shadow
from .furniture import across, armchair, chair, down, rect, rug, table
from .halls import chandelier, hall, pillar
from .household import candle_flames, candlestick, fire, hearth, picture
from .palette import LAMP
from .panes import FLAME, shaft, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import evening, fore_table, new_box, window_lamp

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .stage import Stage


__all__ = ["any_hall", "castle_hall", "salon"]

_BANNERS = ("#8c3038", "#34506e", "#4f6b45", "#6b3f6b")


def any_hall(stage: Stage) -> None:
    """A great hall in one of three plans."""
    (hall, castle_hall, stair_hall)[stage.variant("hall", 3)](stage)


def castle_hall(stage: Stage) -> None:
    """A castle's hall: bare stone, dark beams, banners, shields, a huge hearth, a long table with candles."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    rng = stage.rng("castle hall")
    stone = rgb(rng.choice(("#98918a", "#8c8f90", "#a0917c")))
    box = new_box(stage, 0.20, 0.80, 0.03, 0.645)
    paint_box(box, wall=stone, wall_kind="stone", floor=rgb("#857c70"), floor_kind="flags",
              ceiling=rgb("#5f4a38"), beams=True)  # fmt: skip
    hx = 0.5 * w
    hearth(b, stage.rng("hearth"), hx, 0.66 * h, 0.46 * u, 0.32 * u, shade(stone, 1.05))
    for k, fx in enumerate((0.265, 0.375, 0.625, 0.735)):
        _banner(b, fx * w, 0.16 * h, 0.095 * u, rgb(_BANNERS[(k + rng.randrange(2)) % 4]))
    _shield(b, hx, 0.235 * h, 0.16 * u, rgb(rng.choice(_BANNERS)))
    for q in (1.35, 2.0):
        for side, turn in ((box.left, 1), (box.right, -1)):
            x, foot = box.out(side, box.floor, q)
            _, top = box.out(side, box.top, q)
            pillar(b, x + turn * 0.02 * u * q, top, foot, 0.03 * u * q, stone, 0.85)
            torch_x, torch_y = x + turn * 0.07 * u * q, box.out(side, 0.36 * h, q)[1]
            line(b, [(torch_x, torch_y), (torch_x, torch_y + 0.07 * u * q)], rgb("#3a2c22"), 0.014 * u * q)
    table(m, 0.88 * w, 0.85 * h, 0.62 * u, 0.19 * u, rgb("#6f4a30"))
    top = 0.85 * h - 0.205 * u
    for fx in (0.78, 0.92):
        candlestick(m, fx * w, top, 0.11 * u, arms=3)
    chair(m, 0.665 * w, 0.84 * h, 0.34 * u, side=1, c=rgb("#5a3a28"))
    night = evening(stage)
    for fx in (0.30, 0.70):
        window_lamp(box, fx * w, 0.30 * h, 0.7 * u, 0.35)
    box.lamps.append(Lamp(hx, 0.58 * h, 0.85 * u, FLAME, 0.7 if stage.words.time == "day" else 0.95))
    box.lamps.append(Lamp(0.85 * w, top - 0.1 * u, 0.55 * u, FLAME, 0.85 if night else 0.4))
    torches = [box.out(side, 0.36 * h, 1.35) for side in (box.left, box.right)]
    box.lamps += [Lamp(x, y, 0.5 * u, FLAME, 0.5 if night else 0.3) for x, y in torches]
    light_room(box, dark=0.8)
    fire(b, stage.rng("fire"), hx, 0.66 * h, 0.18 * u)
    for x, y in torches:
        turn = 1 if x < hx else -1
        candle_flames(b, x + turn * 0.07 * 1.35 * u, y + 0.02 * u, 0.10 * u)
    for fx in (0.78, 0.92):
        candle_flames(m, fx * w, top, 0.11 * u, arms=3)
    fore_table(stage, box, cloth=None, barrel_instead=stage.rng("cask").random() < 0.5)


def _banner(canvas: Canvas, x: float, y: float, wide: float, c: RGB) -> None:
    tall = 2.4 * wide
    cloth = polygon(
        [(x - wide / 2, y), (x + wide / 2, y), (x + wide / 2, y + tall), (x, y + 0.84 * tall), (x - wide / 2, y + tall)]
    )
    canvas.drawPath(cloth, across(x - wide / 2, x + wide / 2, c))
    canvas.drawPath(cloth, paint(rgb("#d9b45c"), stroke=0.05 * wide))
    line(canvas, [(x - 0.6 * wide, y), (x + 0.6 * wide, y)], rgb("#4a3826"), 0.09 * wide)
    star = [
        (
            x + (0.26 if k % 2 else 0.11) * wide * math.cos(math.pi * k / 4),
            y + 0.42 * tall + (0.26 if k % 2 else 0.11) * wide * math.sin(math.pi * k / 4),
        )
        for k in range(8)
    ]
    canvas.drawPath(polygon(star), paint(rgb("#e6c976")))


def _shield(canvas: Canvas, x: float, y: float, tall: float, c: RGB) -> None:
    """A shield over two crossed swords, centre (x, y)."""
    steel = rgb("#b9bec4")
    for side in (-1, 1):
        hilt, tip = (x + side * 0.72 * tall, y + 0.62 * tall), (x - side * 0.75 * tall, y - 0.68 * tall)
        line(canvas, [hilt, tip], steel, 0.045 * tall)
        guard = [
            (hilt[0] - side * 0.22 * tall, hilt[1] - 0.02 * tall),
            (hilt[0] - side * 0.04 * tall, hilt[1] - 0.24 * tall),
        ]
        line(canvas, guard, rgb("#c9a04a"), 0.04 * tall)
    path = skia.Path()
    path.moveTo(x - 0.42 * tall, y - 0.5 * tall)
    path.lineTo(x + 0.42 * tall, y - 0.5 * tall)
    path.cubicTo(x + 0.45 * tall, y + 0.1 * tall, x + 0.2 * tall, y + 0.42 * tall, x, y + 0.58 * tall)
    path.cubicTo(x - 0.2 * tall, y + 0.42 * tall, x - 0.45 * tall, y + 0.1 * tall, x - 0.42 * tall, y - 0.5 * tall)
    path.close()
    canvas.drawPath(path, across(x - 0.45 * tall, x + 0.45 * tall, c))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    rect(canvas, x - 0.08 * tall, y - tall, x + 0.08 * tall, y + tall, paint(rgb("#e2d6b4")))
    rect(canvas, x - tall, y - 0.2 * tall, x + tall, y - 0.04 * tall, paint(rgb("#e2d6b4")))
    canvas.restore()
    canvas.drawPath(path, paint(steel, stroke=0.06 * tall))


def stair_hall(stage: Stage) -> None:
    """A hall with a broad staircase that rises to a landing with a great window."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    rng = stage.rng("stair hall")
    wall, red = rgb(rng.choice(("#b8a98c", "#9fa9a6", "#b39488"))), rgb(rng.choice(("#96343a", "#34506e", "#4f6b45")))
    box = new_box(stage, 0.18, 0.82, -0.04, 0.645)
    paint_box(box, wall=wall, wall_kind="panel", floor=rgb("#c2b59c"), floor_kind="tiles",
              ceiling=rgb("#d8ccb4"), beams=False)  # fmt: skip
    rect(b, 0.18 * w, 0.355 * h, 0.82 * w, 0.375 * h, down(0.355 * h, 0.375 * h, rgb("#d9cdb4")))
    steps = 9
    for k in range(steps, 0, -1):
        t = k / steps
        y, half = (0.375 + 0.345 * (1 - t)) * h + 0.0 * h, (0.115 + 0.075 * (1 - t)) * w
        foot = y + 0.345 * h / steps + 0.004 * h
        stone = rgb("#cfc3ab")
        rect(b, 0.5 * w - half, y, 0.5 * w + half, foot, down(y, foot, shade(stone, 0.9)))
        rect(b, 0.5 * w - half, y, 0.5 * w + half, y + 0.012 * h, paint(shade(stone, 1.15)))
        rect(b, 0.5 * w - 0.55 * half, y, 0.5 * w + 0.55 * half, foot, down(y, foot, red))
        rect(b, 0.5 * w - 0.55 * half, y, 0.5 * w + 0.55 * half, y + 0.010 * h, paint(shade(red, 1.3)))
    for side in (-1, 1):
        ends = [(0.5 * w + side * 0.12 * w, 0.29 * h), (0.5 * w + side * 0.20 * w, 0.60 * h)]
        for k in range(10):
            t = k / 9
            x, y = ends[0][0] + (ends[1][0] - ends[0][0]) * t, ends[0][1] + (ends[1][1] - ends[0][1]) * t
            line(b, [(x, y), (x, y + 0.10 * h)], rgb("#e2d8c2"), 0.012 * u)
        line(b, ends, rgb("#7a4f33"), 0.022 * u)
        x, y = ends[1]
        rect(
            b, x - 0.022 * u, y - 0.02 * h, x + 0.022 * u, 0.715 * h, across(x - 0.02 * u, x + 0.02 * u, rgb("#8a5a3a"))
        )
        b.drawCircle(x, y - 0.03 * h, 0.024 * u, paint(rgb("#c9a04a")))
        for k in range(9):
            px = 0.5 * w + side * (0.13 + 0.024 * k) * w
            line(b, [(px, 0.30 * h), (px, 0.365 * h)], rgb("#e2d8c2"), 0.009 * u)
        line(
            b,
            [(0.5 * w + side * 0.12 * w, 0.295 * h), (0.5 * w + side * 0.33 * w, 0.295 * h)],
            rgb("#7a4f33"),
            0.014 * u,
        )
    for fx in (0.255, 0.745):
        picture(b, stage.rng(f"portrait{fx}"), fx * w, 0.49 * h, 0.13 * u, 0.17 * u, portrait=True)
    for q in (1.5, 2.2):
        for edge, turn in ((box.left, 1), (box.right, -1)):
            x, foot = box.out(edge, box.floor, q)
            pillar(b if q < 1.7 else m, x + turn * 0.02 * u * q, box.out(edge, box.top, q)[1], foot, 0.026 * u * q,
                   rgb("#cfc3ab"), 1.0 - 0.12 * (q - 1))  # fmt: skip
    window_lamp(box, 0.5 * w, 0.20 * h, 1.05 * u, 1.0)
    on = evening(stage) or stage.wants("lamp", "candle")
    if on:
        box.lamps.append(Lamp(0.5 * w, 0.12 * h, 1.05 * u, LAMP, 1.0))
    light_room(box)
    window_view(box, b, 0.5 * w, 0.275 * h, 0.26 * u, 0.27 * u, arched=True, bars=(3, 4), curtain=red)
    shaft(box, b, 0.5 * w, 0.275 * h, 0.22 * u, 0.30 * u)
    chandelier(b, 0.5 * w, 0.06 * h, 0.22 * u, on=on, dim=max(box.ambient))


def salon(stage: Stage) -> None:
    """The drawing room of a palace or a manor: silk walls, gilt mirrors, a piano, tall windows, a chandelier."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    rng = stage.rng("salon")
    silk = rgb(rng.choice(("#8fa9a3", "#b38f8f", "#9a9fc0", "#c0ad7c", "#a3584f")))
    drape = rgb(rng.choice(("#96343a", "#34506e", "#5a6b45", "#c9b27c")))
    gold, plan = rgb("#cfa54c"), stage.variant("salon", 2)
    box = new_box(stage, 0.15, 0.85, 0.0, 0.645)
    paint_box(
        box, wall=silk, wall_kind="paper", floor=rgb("#a67a4a"), floor_kind="tiles", ceiling=rgb("#e6dcc4"), beams=False
    )
    rect(b, box.left, box.top, box.right, 0.045 * h, down(box.top, 0.045 * h, rgb("#efe6cf")))
    line(b, [(box.left, 0.05 * h), (box.right, 0.05 * h)], gold, 0.008 * u)
    rug(b, 0.5 * w, 0.82 * h, 0.60 * w, 0.15 * h, drape)
    windows = (0.26, 0.42) if plan else (0.24, 0.76)
    mx = 0.665 if plan else 0.5
    hearth(b, stage.rng("hearth"), mx * w, 0.655 * h, 0.28 * u, 0.21 * u, rgb("#ddd5c6"))
    rect(b, mx * w - 0.115 * u, 0.14 * h, mx * w + 0.115 * u, 0.495 * h, down(0.13 * h, 0.5 * h, gold))
    rect(
        b,
        mx * w - 0.095 * u,
        0.165 * h,
        mx * w + 0.095 * u,
        0.47 * h,
        down(0.16 * h, 0.47 * h, mix(silk, rgb("#e2eaea"), 0.6)),
    )
    crest = curve([(mx * w - 0.08 * u, 0.145 * h), (mx * w, 0.075 * h), (mx * w + 0.08 * u, 0.145 * h)])
    b.drawPath(crest, paint(gold))
    picture(b, stage.rng("portrait"), (0.795 if plan else 0.375) * w, 0.30 * h, 0.10 * u, 0.14 * u, portrait=True)
    if not plan:
        picture(b, stage.rng("portrait2"), 0.625 * w, 0.30 * h, 0.10 * u, 0.14 * u, portrait=True)
    _piano(m, 0.10 * w, 0.85 * h, 0.46 * u)
    armchair(m, 0.90 * w, 0.84 * h, 0.33 * u, mix(drape, gold, 0.35))
    candlestick(m, 0.11 * w, 0.85 * h - 0.31 * u, 0.12 * u, arms=3)
    on = evening(stage) or stage.wants("lamp", "candle")
    for fx in windows:
        window_lamp(box, fx * w, 0.32 * h, 0.85 * u, 0.7)
    box.lamps.append(Lamp(mx * w, 0.60 * h, 0.55 * u, FLAME, 0.4 if stage.words.time == "day" else 0.9))
    if on:
        box.lamps.append(Lamp(0.5 * w, 0.14 * h, 1.05 * u, LAMP, 1.0))
    light_room(box)
    for fx in windows:
        window_view(box, b, fx * w, 0.53 * h, 0.16 * u, 0.43 * u, arched=True, bars=(2, 5), curtain=drape)
        shaft(box, b, fx * w, 0.53 * h, 0.16 * u, 0.43 * u)
    fire(b, stage.rng("fire"), mx * w, 0.652 * h, 0.10 * u)
    chandelier(b, 0.5 * w, 0.165 * h, 0.24 * u, on=on, dim=max(box.ambient))
    if on:
        candle_flames(m, 0.11 * w, 0.85 * h - 0.31 * u, 0.12 * u, arms=3)
        glow(m, 0.11 * w, 0.5 * h, 0.3 * u, LAMP, 0.15)


def _piano(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """A grand piano, its keys to the right."""
    c, s = rgb("#2f211b"), wide
    shadow(canvas, x, y, 0.6 * s, 0.06 * s, (0.04, 0.03, 0.03), 0.6)
    for k in (-0.38, 0.36):
        line(canvas, [(x + k * s, y - 0.4 * s), (x + k * s, y)], shade(c, 0.8), 0.045 * s)
    lid = polygon(
        [
            (x - 0.5 * s, y - 0.62 * s),
            (x + 0.12 * s, y - 1.05 * s),
            (x + 0.30 * s, y - 0.98 * s),
            (x + 0.36 * s, y - 0.6 * s),
        ]
    )
    canvas.drawPath(lid, paint(shader=gradient((x, y - s), (x, y - 0.6 * s), [(0, shade(c, 1.7), 1), (1, c, 1)])))
    rect(canvas, x - 0.5 * s, y - 0.64 * s, x + 0.46 * s, y - 0.38 * s, down(y - 0.66 * s, y - 0.36 * s, shade(c, 1.4)))
    rect(canvas, x + 0.28 * s, y - 0.52 * s, x + 0.52 * s, y - 0.46 * s, paint(rgb("#efe9dc")))
    for k in range(6):
        rect(
            canvas,
            x + (0.30 + 0.036 * k) * s,
            y - 0.52 * s,
            x + (0.315 + 0.036 * k) * s,
            y - 0.485 * s,
            paint(rgb("#17120f")),
        )
