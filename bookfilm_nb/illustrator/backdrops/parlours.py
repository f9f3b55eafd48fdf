"""Rooms to live in: three parlours, the bedroom, the study."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import curve, glow, line, mix, paint, polygon, rgb, shade, shadow
from .furniture import WOOD, across, armchair, bed, bookshelf, chair, chest, down, panel_door, rect, rug, table
from .household import candle_flames, candlestick, fire, hearth, lamp_light, picture, plates, table_lamp
from .palette import LAMP
from .panes import FLAME, shaft, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import evening, fore_table, new_box, window_lamp

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .roombox import Box, Wall
    from .stage import Stage


__all__ = ["bedroom", "room", "study"]

_WALLS = ("#8fa391", "#a88f96", "#8d9bb0", "#b59a72", "#9b7f6c", "#7f9a9c", "#b3868a", "#a8a06c")
_CARPETS = ("#8c3f3a", "#3f5a6e", "#5a6b45", "#7a4f6b", "#a87a3a")


_KINDS: tuple[Wall, ...] = ("paper", "paper", "panel", "plaster")


def _shell(stage: Stage, part: str, left: float, right: float, *, beams: bool = False) -> tuple[Box, RGB, RGB]:
    """An empty papered, panelled or plastered room, with the colours of its wall and carpet."""
    rng = stage.rng(part)
    box = new_box(stage, left, right, 0.10, 0.655)
    wall, carpet = rgb(rng.choice(_WALLS)), rgb(rng.choice(_CARPETS))
    kind: Wall = _KINDS[rng.randrange(4)]
    floor = rgb(rng.choice(("#9c6f48", "#835c40", "#a8845a")))
    paint_box(box, wall=wall, wall_kind=kind, floor=floor, floor_kind="planks", ceiling=rgb("#d8cdb8"), beams=beams)
    return box, wall, carpet


def room(stage: Stage) -> None:
    """A parlour in one of three plans."""
    (_with_lamp, _with_hearth, _with_round_table)[stage.variant("room", 3)](stage)


def _seat(stage: Stage, x: float, y: float, size: float, c: RGB) -> None:
    """An armchair, or the bed that was asked for."""
    if stage.wants("bed"):
        bed(stage.mid, x + 0.025 * stage.w, y + 0.01 * stage.h, 1.65 * size, mix(c, rgb("#e0c9a0"), 0.2))
    else:
        armchair(stage.mid, x, y, size, c)


def _letter(canvas: Canvas, x: float, top: float, u: float) -> None:
    """An open letter and its envelope with a red seal, lying at (x, top)."""
    for dx, c in ((0.045, "#c9a36b"), (0.0, "#f6efdd")):
        px = x + dx * u
        sheet = [
            (px, top - 0.016 * u),
            (px + 0.062 * u, top - 0.02 * u),
            (px + 0.08 * u, top),
            (px + 0.014 * u, top + 0.006 * u),
        ]
        canvas.drawPath(polygon(sheet), paint(rgb(c)))
    canvas.drawCircle(x + 0.105 * u, top - 0.006 * u, 0.007 * u, paint(rgb("#a5322c")))


def _candle_lamp(stage: Stage, box: Box, x: float, y: float) -> None:
    """The candle of the prompt, before the room is lit."""
    if stage.wants("candle"):
        candlestick(stage.mid, x, y, 0.11 * stage.u)
        box.lamps.append(Lamp(x, y - 0.1 * stage.u, 0.5 * stage.u, FLAME, 0.85))


def _with_lamp(stage: Stage) -> None:
    """A bookcase, a table lamp, a curtained window, an armchair."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box, _, carpet = _shell(stage, "room", 0.17, 0.83)
    rug(b, 0.5 * w, 0.80 * h, 0.62 * w, 0.17 * h, carpet)
    on = evening(stage) or stage.wants("lamp")
    wx, wy, ww, wh = 0.385 * w, 0.47 * h, 0.22 * u, 0.29 * u
    bookshelf(b, stage.rng("books"), 0.71 * w, 0.672 * h, 0.24 * u, 0.42 * u)
    picture(b, stage.rng("picture"), 0.557 * w, 0.30 * h, 0.13 * u, 0.10 * u)
    picture(b, stage.rng("picture2"), 0.555 * w, 0.41 * h, 0.07 * u, 0.08 * u, portrait=True)
    if stage.wants("door"):
        panel_door(b, 0.235 * w, 0.655 * h, 0.15 * u, 0.37 * u)
    table(b, 0.525 * w, 0.70 * h, 0.20 * u, 0.15 * u, rgb("#7a4f33"))
    table_lamp(b, 0.525 * w, 0.545 * h + 0.007 * u, 0.13 * u)
    if stage.wants("letter"):
        _letter(b, 0.548 * w, 0.547 * h, u)
    _seat(stage, 0.13 * w, 0.84 * h, 0.34 * u, mix(carpet, rgb("#c99f6a"), 0.25))
    chest(m, 0.90 * w, 0.835 * h, 0.26 * u)
    _candle_lamp(stage, box, 0.90 * w, 0.835 * h - 0.145 * u)
    window_lamp(box, wx, wy - 0.1 * u, 0.95 * u, 0.75)
    if on:
        box.lamps.append(Lamp(0.525 * w, 0.50 * h, 0.85 * u, LAMP, 1.15))
    light_room(box)
    window_view(box, b, wx, wy, ww, wh, curtain=mix(carpet, rgb("#e6d5b5"), 0.35))
    shaft(box, b, wx, wy, ww, wh)
    lamp_light(b, 0.525 * w, 0.545 * h + 0.007 * u, 0.13 * u, on=on)
    if stage.wants("candle"):
        candle_flames(m, 0.90 * w, 0.835 * h - 0.145 * u, 0.11 * u)
    fore_table(stage, box, cloth=None)


def _with_hearth(stage: Stage) -> None:
    """A fireplace with a mirror over it, two windows, two armchairs before the fire."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box, wall, carpet = _shell(stage, "room", 0.20, 0.80)
    hx = 0.5 * w
    rug(b, 0.5 * w, 0.82 * h, 0.50 * w, 0.13 * h, carpet)
    hearth(b, stage.rng("hearth"), hx, 0.668 * h, 0.34 * u, 0.26 * u, stage.rng("stone").choice(
        [rgb(c) for c in ("#b5aa98", "#8f7468", "#a9a9a6")]))  # fmt: skip
    _mirror(b, hx, u, h, wall)
    for fx in (0.425, 0.575):
        candlestick(b, fx * w, 0.525 * h, 0.07 * u)
    if stage.wants("door"):
        panel_door(b, 0.235 * w, 0.655 * h, 0.13 * u, 0.36 * u)
    if stage.wants("book", "books"):
        bookshelf(b, stage.rng("books"), 0.768 * w, 0.668 * h, 0.11 * u, 0.40 * u)
    if stage.wants("letter"):
        _letter(b, 0.535 * w, 0.527 * h, u)
    armchair(m, 0.135 * w, 0.83 * h, 0.36 * u, carpet)
    _seat(stage, 0.885 * w, 0.845 * h, 0.36 * u, mix(carpet, rgb("#c99f6a"), 0.3))
    table(m, 0.245 * w, 0.80 * h, 0.10 * u, 0.15 * u, rgb("#6b442c"))
    _candle_lamp(stage, box, 0.245 * w, 0.80 * h - 0.16 * u)
    on = evening(stage) or stage.wants("lamp")
    for fx in (0.295, 0.705):
        window_lamp(box, fx * w, 0.36 * h, 0.8 * u, 0.6)
    box.lamps.append(Lamp(hx, 0.61 * h, 0.75 * u, FLAME, 0.5 if stage.words.time == "day" else 1.2))
    light_room(box)
    for fx in (0.295, 0.705):
        window_view(box, b, fx * w, 0.50 * h, 0.15 * u, 0.31 * u, bars=(2, 4), curtain=mix(carpet, rgb("#e6d5b5"), 0.2))
        shaft(box, b, fx * w, 0.50 * h, 0.15 * u, 0.31 * u)
    fire(b, stage.rng("fire"), hx, 0.666 * h, 0.14 * u)
    if on:
        for fx in (0.425, 0.575):
            candle_flames(b, fx * w, 0.525 * h, 0.07 * u)
    if stage.wants("candle"):
        candle_flames(m, 0.245 * w, 0.80 * h - 0.16 * u, 0.11 * u)


def _mirror(b: Canvas, hx: float, u: float, h: float, wall: RGB) -> None:
    """A gilt mirror over the mantel that holds the colour of the wall opposite."""
    rect(b, hx - 0.13 * u, 0.18 * h, hx + 0.13 * u, 0.435 * h, down(0.18 * h, 0.435 * h, rgb("#c9a04a")))
    rect(
        b, hx - 0.112 * u, 0.198 * h, hx + 0.112 * u, 0.417 * h, down(0.2 * h, 0.42 * h, mix(wall, rgb("#dfe6e6"), 0.5))
    )
    gleam = polygon(
        [(hx - 0.08 * u, 0.417 * h), (hx - 0.02 * u, 0.417 * h), (hx + 0.08 * u, 0.2 * h), (hx + 0.02 * u, 0.2 * h)]
    )
    b.drawPath(gleam, paint((1, 1, 1), 0.25))


def _with_round_table(stage: Stage) -> None:
    """A round table under a hanging lamp, a sideboard with china, a tall clock, one broad window."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    box, _, carpet = _shell(stage, "room", 0.14, 0.86, beams=stage.rng("beams").random() < 0.5)
    wx, wy, ww, wh = 0.655 * w, 0.475 * h, 0.36 * u, 0.26 * u
    _sideboard(stage, b, 0.33 * w, 0.67 * h, 0.34 * u)
    _tall_clock(b, 0.475 * w, 0.668 * h, 0.43 * u)
    if stage.wants("door"):
        panel_door(b, 0.195 * w, 0.655 * h, 0.14 * u, 0.37 * u)
    elif stage.wants("book", "books"):
        bookshelf(b, stage.rng("books"), 0.20 * w, 0.668 * h, 0.18 * u, 0.42 * u)
    picture(b, stage.rng("picture"), 0.82 * w, 0.33 * h, 0.09 * u, 0.12 * u, portrait=True)
    tx, top = 0.13 * w, 0.69 * h
    _round_table(m, tx, 0.86 * h, 0.42 * u, 0.86 * h - top, mix(carpet, rgb("#e8dfca"), 0.72))
    if stage.wants("letter"):
        _letter(m, tx + 0.02 * w, top - 0.005 * u, u)
    chair(m, 0.275 * w, 0.85 * h, 0.29 * u, side=-1)
    if stage.wants("bed"):
        bed(m, 0.86 * w, 0.86 * h, 0.56 * u, mix(carpet, rgb("#e0c9a0"), 0.3))
    else:
        chair(m, 0.94 * w, 0.84 * h, 0.30 * u, side=-1)
    on = evening(stage) or stage.wants("lamp")
    _candle_lamp(stage, box, tx + 0.05 * w, top)
    window_lamp(box, wx, wy - 0.1 * u, 0.95 * u, 0.85)
    if on:
        box.lamps.append(Lamp(tx + 0.08 * w, 0.45 * h, 0.95 * u, LAMP, 1.15))
    light_room(box)
    window_view(box, b, wx, wy, ww, wh, bars=(3, 2), curtain=mix(carpet, rgb("#f0e6d0"), 0.55))
    shaft(box, b, wx, wy, ww, wh)
    line(m, [(tx + 0.04 * w, -0.3 * h), (tx + 0.04 * w, 0.40 * h)], rgb("#2f2621"), 0.007 * u)
    lamp_light(m, tx + 0.04 * w, 0.50 * h, 0.17 * u, on=on)
    if stage.wants("candle"):
        candle_flames(m, tx + 0.05 * w, top, 0.11 * u)


def _sideboard(stage: Stage, canvas: Canvas, x: float, y: float, wide: float) -> None:
    c = rgb("#74482d")
    x0, x1 = x - wide / 2, x + wide / 2
    shadow(canvas, x, y, 0.6 * wide, 0.05 * wide, (0.05, 0.04, 0.04), 0.6)
    rect(canvas, x0, y - 0.45 * wide, x1, y, down(y - 0.45 * wide, y, c))
    rect(canvas, x0 - 0.03 * wide, y - 0.48 * wide, x1 + 0.03 * wide, y - 0.43 * wide, paint(shade(c, 1.3)))
    rect(
        canvas,
        x0 + 0.04 * wide,
        y - 1.12 * wide,
        x1 - 0.04 * wide,
        y - 0.48 * wide,
        down(y - 1.1 * wide, y - 0.4 * wide, shade(c, 0.55)),
    )
    for k in range(3):
        px = x0 + (k + 0.08) * wide / 3
        canvas.drawRect(
            skia.Rect.MakeLTRB(px, y - 0.38 * wide, px + 0.28 * wide, y - 0.06 * wide),
            paint(shade(c, 0.6), stroke=0.016 * wide),
        )
        canvas.drawCircle(px + 0.24 * wide, y - 0.22 * wide, 0.014 * wide, paint(rgb("#d0a84f")))
    for t in (0.82, 0.50):
        plates(canvas, stage.rng(f"china{t}"), x0 + 0.05 * wide, x1 - 0.05 * wide, y - t * wide, 0.2 * wide)
        rect(canvas, x0 + 0.04 * wide, y - t * wide, x1 - 0.04 * wide, y - (t - 0.025) * wide, paint(shade(c, 1.15)))


def _tall_clock(canvas: Canvas, x: float, y: float, tall: float) -> None:
    """A long-case clock ``tall`` px on y."""
    c, half = rgb("#6b3f28"), 0.115 * tall
    rect(canvas, x - half, y - 0.16 * tall, x + half, y, across(x - half, x + half, c))
    rect(canvas, x - 0.7 * half, y - 0.70 * tall, x + 0.7 * half, y - 0.16 * tall, across(x - half, x + half, c))
    rect(canvas, x - 0.38 * half, y - 0.62 * tall, x + 0.38 * half, y - 0.24 * tall, paint(rgb("#2f2019")))
    line(canvas, [(x, y - 0.62 * tall), (x + 0.12 * half, y - 0.36 * tall)], rgb("#d0a84f"), 0.008 * tall)
    canvas.drawCircle(x + 0.13 * half, y - 0.34 * tall, 0.035 * tall, paint(rgb("#d9b45c")))
    rect(canvas, x - half, y - 0.95 * tall, x + half, y - 0.70 * tall, across(x - half, x + half, shade(c, 1.1)))
    lid = curve([(x - 1.1 * half, y - 0.95 * tall), (x, y - 1.06 * tall), (x + 1.1 * half, y - 0.95 * tall)])
    canvas.drawPath(lid, paint(shade(c, 1.2)))
    canvas.drawCircle(x, y - 0.825 * tall, 0.78 * half, paint(rgb("#efe6cd")))
    canvas.drawCircle(x, y - 0.825 * tall, 0.78 * half, paint(rgb("#b98f42"), stroke=0.012 * tall))
    for a, k in ((-1.0, 0.42), (1.2, 0.6)):
        tip = (x + k * half * math.sin(a), y - 0.825 * tall - k * half * math.cos(a))
        line(canvas, [(x, y - 0.825 * tall), tip], rgb("#2a221e"), 0.009 * tall)


def _round_table(canvas: Canvas, x: float, y: float, wide: float, tall: float, cloth: RGB) -> None:
    """A round table under a cloth, with a teapot and cups."""
    shadow(canvas, x, y, 0.6 * wide, 0.08 * wide, (0.05, 0.04, 0.04), 0.6)
    skirt = curve(
        [
            (x - 0.50 * wide, y - tall),
            (x - 0.47 * wide, y - 0.4 * tall),
            (x - 0.44 * wide, y),
            (x, y + 0.08 * tall),
            (x + 0.44 * wide, y),
            (x + 0.47 * wide, y - 0.4 * tall),
            (x + 0.50 * wide, y - tall),
        ]
    )
    canvas.drawPath(skirt, across(x - 0.5 * wide, x + 0.5 * wide, cloth))
    for k in (-0.3, -0.12, 0.1, 0.28):
        fold = [(x + k * wide, y - 0.85 * tall), (x + 1.05 * k * wide, y)]
        line(canvas, fold, shade(cloth, 0.72), 0.015 * wide, 0.6)
    top = skia.Rect.MakeLTRB(x - 0.5 * wide, y - tall - 0.09 * wide, x + 0.5 * wide, y - tall + 0.09 * wide)
    canvas.drawOval(top, paint(shade(cloth, 1.1)))
    c, px, py = rgb("#7f9fae"), x - 0.12 * wide, y - tall + 0.02 * wide
    canvas.drawOval(
        skia.Rect.MakeLTRB(px - 0.10 * wide, py - 0.17 * wide, px + 0.10 * wide, py),
        across(px - 0.1 * wide, px + 0.1 * wide, c),
    )
    line(canvas, [(px + 0.08 * wide, py - 0.06 * wide), (px + 0.17 * wide, py - 0.15 * wide)], c, 0.03 * wide)
    canvas.drawCircle(px, py - 0.18 * wide, 0.02 * wide, paint(c))
    for dx in (0.14, 0.27):
        rect(
            canvas,
            x + dx * wide,
            py - 0.06 * wide,
            x + (dx + 0.07) * wide,
            py,
            down(py - 0.06 * wide, py, rgb("#efe8da")),
        )


def bedroom(stage: Stage) -> None:
    """A bedroom: the bed, a wardrobe, a wash-stand with a mirror, a curtained window."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    plan = stage.variant("bedroom", 2)
    box, _, carpet = _shell(stage, "bedroom", 0.16, 0.84, beams=plan == 1)
    rug(b, 0.52 * w, 0.83 * h, 0.40 * w, 0.11 * h, carpet)
    wx, wy, ww, wh = (0.44 if plan else 0.36) * w, 0.48 * h, 0.22 * u, 0.30 * u
    gx = 0.735 * w
    wood = rgb("#7d5336")
    rect(b, gx - 0.15 * u, 0.225 * h, gx + 0.15 * u, 0.672 * h, across(gx - 0.15 * u, gx + 0.15 * u, wood))
    rect(b, gx - 0.17 * u, 0.20 * h, gx + 0.17 * u, 0.235 * h, paint(shade(wood, 1.25)))
    for k in (-1, 1):
        leaf = skia.Rect.MakeLTRB(gx + (0.075 * k - 0.06) * u, 0.26 * h, gx + (0.075 * k + 0.06) * u, 0.64 * h)
        b.drawRect(leaf, paint(shade(wood, 0.62), stroke=0.008 * u))
        b.drawCircle(gx + 0.02 * k * u, 0.46 * h, 0.007 * u, paint(rgb("#d8b45a")))
    tx = (0.60 if plan else 0.55) * w
    table(b, tx, 0.685 * h, 0.17 * u, 0.14 * u, wood)
    b.drawOval(skia.Rect.MakeLTRB(tx - 0.065 * u, 0.345 * h, tx + 0.065 * u, 0.525 * h), paint(rgb("#b98f4a")))
    b.drawOval(
        skia.Rect.MakeLTRB(tx - 0.055 * u, 0.358 * h, tx + 0.055 * u, 0.512 * h),
        down(0.35 * h, 0.51 * h, rgb("#c3d0d2")),
    )
    plates(b, stage.rng("jug"), tx - 0.07 * u, tx + 0.02 * u, 0.545 * h, 0.06 * u)
    if stage.wants("door"):
        panel_door(b, 0.225 * w, 0.655 * h, 0.14 * u, 0.37 * u)
    if stage.wants("letter"):
        _letter(b, tx + 0.01 * u, 0.547 * h, u)
    bed(m, 0.175 * w, 0.85 * h, 0.62 * u, mix(carpet, rgb("#e0c9a0"), 0.3))
    table(m, 0.375 * w, 0.775 * h, 0.10 * u, 0.12 * u, wood)
    cx, cy = 0.375 * w, 0.775 * h - 0.128 * u
    candlestick(m, cx, cy, 0.085 * u)
    on = evening(stage) or stage.wants("lamp", "candle")
    window_lamp(box, wx, wy - 0.1 * u, 0.95 * u, 0.85)
    if on:
        box.lamps.append(Lamp(cx, cy - 0.1 * u, 0.75 * u, FLAME, 1.0))
    light_room(box)
    window_view(box, b, wx, wy, ww, wh, curtain=mix(carpet, rgb("#f0e6d0"), 0.6))
    shaft(box, b, wx, wy, ww, wh)
    if on:
        candle_flames(m, cx, cy, 0.085 * u)
    chest(m, 0.92 * w, 0.85 * h, 0.26 * u)


def study(stage: Stage) -> None:
    """A study or a library: books to the ceiling, a great desk with a lamp and papers, a globe."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    plan = stage.variant("study", 2)
    box = new_box(stage, 0.18, 0.82, 0.02, 0.65)
    wall, carpet = (
        rgb(stage.rng("study").choice(("#5f6f5f", "#7a4f45", "#54606f"))),
        rgb(stage.rng("rug").choice(_CARPETS)),
    )
    paint_box(
        box, wall=wall, wall_kind="panel", floor=rgb("#7d5639"), floor_kind="planks", ceiling=rgb("#b8a88c"), beams=True
    )
    rug(b, 0.5 * w, 0.83 * h, 0.52 * w, 0.14 * h, carpet)
    spots = (0.265, 0.395, 0.735) if plan else (0.265, 0.605, 0.735)
    wx = 0.565 if plan else 0.435
    for k, fx in enumerate(spots):
        bookshelf(b, stage.rng(f"books{k}"), fx * w, 0.665 * h, 0.225 * u, 0.52 * u)
    if stage.wants("door"):
        panel_door(b, (0.655 if plan else 0.345) * w, 0.65 * h, 0.12 * u, 0.36 * u)
    table(b, wx * w, 0.715 * h, 0.40 * u, 0.155 * u, rgb("#6b3f28"))
    top = 0.715 * h - 0.165 * u
    for dx, lift in ((-0.10, 0.0), (-0.04, 0.004)):
        _letter(b, wx * w + dx * u, top + lift * u, u)
    for k, c in enumerate(("#8c3f3a", "#3f5a6e", "#a88a4a")):
        rect(b, wx * w - 0.18 * u, top - (0.016 + 0.018 * k) * u, wx * w - 0.11 * u, top - 0.018 * k * u, paint(rgb(c)))
    table_lamp(b, wx * w + 0.10 * u, top, 0.12 * u)
    armchair(m, 0.12 * w, 0.845 * h, 0.36 * u, rgb("#6b3a30"))
    gx, gy = 0.90 * w, 0.63 * h
    line(m, [(gx, gy), (gx, 0.83 * h)], shade(WOOD, 0.7), 0.025 * u)
    line(m, [(gx - 0.07 * u, 0.845 * h), (gx, 0.80 * h), (gx + 0.07 * u, 0.845 * h)], shade(WOOD, 0.7), 0.02 * u)
    m.drawCircle(gx, gy, 0.10 * u, across(gx - 0.1 * u, gx + 0.1 * u, rgb("#6f95a0")))
    for dx, dy, r in ((-0.02, -0.03, 0.04), (0.04, 0.03, 0.03), (0.0, 0.05, 0.025)):
        m.drawCircle(gx + dx * u, gy + dy * u, r * u, paint(rgb("#bfa563"), 0.9))
    m.drawCircle(gx, gy, 0.112 * u, paint(rgb("#a9853f"), stroke=0.012 * u))
    on = evening(stage) or stage.wants("lamp", "candle")
    window_lamp(box, wx * w, 0.36 * h, 1.0 * u, 0.85)
    if on:
        box.lamps.append(Lamp(wx * w + 0.10 * u, top - 0.09 * u, 0.95 * u, LAMP, 1.2))
    light_room(box, dark=0.92)
    window_view(box, b, wx * w, 0.475 * h, 0.20 * u, 0.34 * u, arched=True, bars=(2, 4), curtain=shade(carpet, 0.9))
    shaft(box, b, wx * w, 0.475 * h, 0.20 * u, 0.34 * u)
    lamp_light(b, wx * w + 0.10 * u, top, 0.12 * u, on=on)
    if on:
        glow(b, wx * w + 0.1 * u, top, 0.2 * u, LAMP, 0.25)
    fore_table(stage, box, cloth=None)
