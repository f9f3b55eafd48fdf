"""Great interiors: a hall, the nave of a church, the room in a tower."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import curve, glow, gradient, line, mix, paint, polygon, rgb, shade
from .furniture import WOOD
from .household import candle_flames, candlestick, fire, hearth, picture
from .palette import LAMP
from .panes import FLAME, flame, shaft, window_view
from .roombox import Lamp, light_room, paint_box
from .roomlight import new_box, window_lamp

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .roombox import Box
    from .stage import Stage


__all__ = ["chandelier", "church_nave", "hall", "pillar"]


def pillar(canvas: Canvas, x: float, top: float, foot: float, half: float, c: RGB, tone: float) -> None:
    """A round column with base and capital."""
    across = [(0, shade(c, 1.15 * tone), 1), (0.35, shade(c, tone), 1), (1, shade(c, 0.5 * tone), 1)]
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - half, top, x + half, foot), paint(shader=gradient((x - half, 0), (x + half, 0), across))
    )
    for k in (-0.55, -0.2, 0.15, 0.5):
        canvas.drawLine(x + k * half, top, x + k * half, foot, paint(shade(c, 0.6 * tone), 0.45, stroke=0.09 * half))
    for y, grow, tall in (
        (foot, 1.45, 0.8),
        (foot - 0.8 * half, 1.2, 0.5),
        (top + 0.9 * half, 1.25, 0.5),
        (top + 0.4 * half, 1.5, 0.7),
    ):
        box = skia.Rect.MakeLTRB(x - grow * half, y - tall * half, x + grow * half, y)
        canvas.drawRect(box, paint(shader=gradient((x - grow * half, 0), (x + grow * half, 0), across)))
        canvas.drawLine(box.left(), y, box.right(), y, paint((0, 0, 0), 0.35, stroke=0.1 * half))


def hall(stage: Stage) -> None:
    """A great hall: tall windows, columns, a chequered floor with a carpet, a chandelier, portraits."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    rng = stage.rng("hall")
    box = new_box(stage, 0.22, 0.78, -0.02, 0.64)
    wall = rng.choice([rgb(c) for c in ("#a89474", "#8f9a9c", "#a57f6e")])
    paint_box(
        box, wall=wall, wall_kind="panel", floor=rgb("#b8a98f"), floor_kind="tiles", ceiling=rgb("#c9bda5"), beams=False
    )
    red = rng.choice([rgb(c) for c in ("#96343a", "#34506e", "#5a3f6b")])
    strip = [
        box.out(0.44 * w, box.floor, 1.0),
        box.out(0.56 * w, box.floor, 1.0),
        box.out(0.56 * w, box.floor, 3.3),
        box.out(0.44 * w, box.floor, 3.3),
    ]
    b.drawPath(polygon(strip), paint(shader=gradient((0, box.floor), (0, h), [(0, shade(red, 0.8), 1), (1, red, 1)])))
    for x in (0.447, 0.553):
        line(b, [box.out(x * w, box.floor, 1.0), box.out(x * w, box.floor, 3.3)], rgb("#d9b45c"), 0.006 * u)
    hearth(b, stage.rng("hearth"), 0.5 * w, 0.655 * h, 0.36 * u, 0.26 * u, rgb("#b5aa98"))
    picture(b, stage.rng("portrait"), 0.5 * w, 0.265 * h, 0.15 * u, 0.19 * u, portrait=True)
    for q in (1.06, 1.32, 1.72, 2.35):
        for side in (box.left, box.right):
            x, foot = box.out(side, box.floor, q)
            _, top = box.out(side, box.top - 0.12 * h, q)
            pillar(
                b if q < 1.7 else m,
                x + (0.02 * u * q if side == box.left else -0.02 * u * q),
                top,
                foot,
                0.026 * u * q,
                rgb("#cfc3ab"),
                1.0 - 0.12 * (q - 1),
            )
    for side in (0.335, 0.665):
        window_lamp(box, side * w, 0.30 * h, 0.85 * u, 0.7)
    box.lamps.append(Lamp(0.5 * w, 0.60 * h, 0.55 * u, FLAME, 0.55 if stage.words.time == "day" else 0.95))
    on = stage.words.time in ("night", "dusk") or stage.words.weather == "storm"
    if on:
        box.lamps.append(Lamp(0.5 * w, 0.10 * h, 0.95 * u, LAMP, 0.95))
    light_room(box)
    for side in (0.335, 0.665):
        window_view(box, b, side * w, 0.50 * h, 0.155 * u, 0.40 * u, arched=True, bars=(2, 4), curtain=red)
        shaft(box, b, side * w, 0.50 * h, 0.155 * u, 0.40 * u, side=1)
    fire(b, stage.rng("fire"), 0.5 * w, 0.655 * h, 0.13 * u)
    chandelier(b, 0.5 * w, 0.115 * h, 0.26 * u, on=on, dim=max(box.ambient))
    if stage.has_front:
        dim = 0.25 + 0.4 * max(box.ambient)
        edge = 0.075 * w
        stage.fore.drawRect(
            skia.Rect.MakeLTRB(-10, -10, edge, 1.1 * h),
            paint(
                shader=gradient(
                    (0, 0),
                    (edge, 0),
                    [
                        (0, shade(rgb("#8f7f66"), 0.35 * dim), 1),
                        (0.7, shade(rgb("#8f7f66"), 0.9 * dim), 1),
                        (1, shade(rgb("#8f7f66"), 0.5 * dim), 1),
                    ],
                )
            ),
        )


def chandelier(canvas: Canvas, x: float, y: float, wide: float, *, on: bool, dim: float) -> None:
    """A chandelier of two rings, ``wide`` px, its lower ring at (x, y). After the room was lit."""
    iron = shade(rgb("#8a6a30"), 0.4 + 0.6 * dim)
    line(canvas, [(x, y - 2.0 * wide), (x, y)], iron, 0.02 * wide)
    for rx, drop in ((0.5, 0.0), (0.32, -0.16)):
        ring = skia.Rect.MakeLTRB(
            x - rx * wide, y + drop * wide - 0.07 * wide, x + rx * wide, y + drop * wide + 0.07 * wide
        )
        canvas.drawOval(ring, paint(iron, stroke=0.03 * wide))
        line(
            canvas,
            [(x - rx * wide, y + drop * wide), (x, y - 0.5 * wide), (x + rx * wide, y + drop * wide)],
            iron,
            0.012 * wide,
        )
        n = 8 if rx > 0.4 else 6
        for k in range(n):
            a = math.tau * (k + 0.5) / n
            cx, cy = x + rx * wide * math.cos(a), y + drop * wide + 0.07 * wide * math.sin(a)
            canvas.drawRect(
                skia.Rect.MakeLTRB(cx - 0.012 * wide, cy - 0.09 * wide, cx + 0.012 * wide, cy),
                paint(shade(rgb("#f0e6d0"), 0.4 + 0.6 * dim)),
            )
            if on:
                flame(canvas, cx, cy - 0.09 * wide, 0.06 * wide, reach=7)
    if on:
        glow(canvas, x, y, 1.5 * wide, LAMP, 0.4)


def church_nave(stage: Stage) -> None:
    """A nave of pointed arches, a stained window over the altar, pews on both sides, candles."""
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    stone = rgb("#b3a893")
    box = new_box(stage, 0.36, 0.64, 0.06, 0.625)
    box.reach = 7.0
    paint_box(
        box,
        wall=stone,
        wall_kind="stone",
        floor=rgb("#a39782"),
        floor_kind="flags",
        ceiling=rgb("#8f867a"),
        beams=False,
    )
    strip = [
        box.out(0.478 * w, box.floor, 1.0),
        box.out(0.522 * w, box.floor, 1.0),
        box.out(0.522 * w, box.floor, 4.0),
        box.out(0.478 * w, box.floor, 4.0),
    ]
    b.drawPath(polygon(strip), paint(rgb("#8c3038"), 0.92))
    apse = skia.Path()
    apse.moveTo(0.40 * w, box.floor)
    apse.lineTo(0.40 * w, 0.30 * h)
    apse.quadTo(0.41 * w, 0.15 * h, 0.5 * w, 0.08 * h)
    apse.quadTo(0.59 * w, 0.15 * h, 0.60 * w, 0.30 * h)
    apse.lineTo(0.60 * w, box.floor)
    apse.close()
    b.drawPath(
        apse,
        paint(shader=gradient((0, 0.1 * h), (0, box.floor), [(0, shade(stone, 0.55), 1), (1, shade(stone, 0.85), 1)])),
    )
    b.drawPath(apse, paint(shade(stone, 1.15), stroke=0.02 * u))
    _altar(b, 0.5 * w, box.floor + 0.01 * h, 0.19 * u)
    bays = (1.0, 1.30, 1.72, 2.30, 3.10, 4.20)
    for near, far in reversed(list(zip(bays[1:], bays, strict=False))):
        for side in (box.left, box.right):
            _bay(stage, box, side, far, near, stone)
    for q in bays[:-1]:
        for side in (box.left, box.right):
            x, foot = box.out(side, box.floor, q)
            _, top = box.out(side, 0.28 * h, q)
            pillar(b, x, top, foot, 0.017 * u * q, rgb("#c2b69f"), 1.0)
        (x0, y0), (x1, _) = box.out(box.left, 0.28 * h, q), box.out(box.right, 0.28 * h, q)
        rib = skia.Path()
        rib.moveTo(x0, y0)
        rib.quadTo(x0 + 0.06 * (x1 - x0), y0 - 0.20 * h * q, (x0 + x1) / 2, y0 - 0.29 * h * q)
        rib.quadTo(x1 - 0.06 * (x1 - x0), y0 - 0.20 * h * q, x1, y0)
        b.drawPath(rib, paint(shade(stone, 0.6), stroke=0.030 * u * q))
        b.drawPath(rib, paint(shade(stone, 1.05), stroke=0.010 * u * q))
    _pews(stage, box)
    day = stage.words.time != "night"
    window_lamp(box, 0.5 * w, 0.28 * h, 0.8 * u, 0.85)
    box.lamps.append(Lamp(0.5 * w, 0.55 * h, 0.6 * u, FLAME, 0.65 if day else 1.1))
    for fx in (0.19, 0.81):
        box.lamps.append(Lamp(fx * w, 0.62 * h, 0.42 * u, FLAME, 0.35 if day else 0.8))
        candlestick(m, fx * w, 0.80 * h, 0.22 * u, arms=3)
    light_room(box, dark=0.86)
    _stained(stage, b, 0.5 * w, 0.43 * h, 0.155 * u, 0.29 * u)
    for k in (-1, 0, 1):
        candle_flames(b, 0.5 * w + 0.055 * k * u, box.floor - 0.075 * u, 0.045 * u)
    for fx in (0.19, 0.81):
        candle_flames(m, fx * w, 0.80 * h, 0.22 * u, arms=3)
    if stage.pal.key > 0.2:
        power = 0.10 + 0.16 * stage.pal.key
        c = stage.pal.sun if day else (0.5, 0.62, 0.95)
        for k in range(3):
            x = (0.72 + 0.13 * k) * w
            beam = gradient((x, 0.12 * h), (x - 0.36 * w, 0.92 * h), [(0, c, power), (0.6, c, 0.5 * power), (1, c, 0)])
            b.drawPath(
                polygon([(x, 0.10 * h), (x + 0.045 * w, 0.14 * h), (x - 0.28 * w, 0.93 * h), (x - 0.40 * w, 0.93 * h)]),
                paint(shader=beam, add=True, blur=0.012 * u),
            )


def _bay(stage: Stage, box: Box, side: float, far: float, near: float, c: RGB) -> None:
    """One bay of the arcade: an arch into the dark aisle and a bright window above it."""
    b, h = stage.back, stage.h

    def at(q: float, y: float) -> tuple[float, float]:
        return box.out(side, y, q)

    mid = (far + near) / 2
    arch = skia.Path()
    arch.moveTo(*at(far, box.floor))
    arch.lineTo(*at(far, 0.40 * h))
    arch.quadTo(*at(far + 0.1 * (near - far), 0.30 * h), *at(mid, 0.26 * h))
    arch.quadTo(*at(near - 0.1 * (near - far), 0.30 * h), *at(near, 0.40 * h))
    arch.lineTo(*at(near, box.floor))
    arch.close()
    top, foot = at(mid, 0.26 * h)[1], at(near, box.floor)[1]
    b.drawPath(
        arch,
        paint(
            shader=gradient(
                (0, top), (0, foot), [(0, rgb("#2a2622"), 1), (0.7, rgb("#3f3a34"), 1), (1, rgb("#5a5248"), 1)]
            )
        ),
    )
    b.drawPath(arch, paint(shade(c, 0.95), stroke=0.012 * stage.u * mid))
    if near > 2.5:
        return
    pane = skia.Path()
    a, z = far + 0.32 * (near - far), far + 0.68 * (near - far)
    pane.moveTo(*at(a, 0.53 * h))
    pane.lineTo(*at(a, 0.40 * h))
    pane.quadTo(*at(a, 0.36 * h), *at((a + z) / 2, 0.33 * h))
    pane.quadTo(*at(z, 0.36 * h), *at(z, 0.40 * h))
    pane.lineTo(*at(z, 0.53 * h))
    pane.close()
    pal = stage.pal
    b.drawPath(pane, paint(mix(pal.middle, pal.low, 0.5)))
    b.drawPath(pane, paint(rgb("#2f2a26"), stroke=0.006 * stage.u * mid))


def _altar(canvas: Canvas, x: float, y: float, wide: float) -> None:
    tall = 0.40 * wide
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - 0.75 * wide, y - 0.08 * wide, x + 0.75 * wide, y + 0.03 * wide), paint(rgb("#8f8470"))
    )
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - 0.5 * wide, y - 0.08 * wide - tall, x + 0.5 * wide, y - 0.08 * wide),
        paint(shader=gradient((0, y - tall), (0, y), [(0, rgb("#efe6d2"), 1), (1, rgb("#b9a98a"), 1)])),
    )
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - 0.13 * wide, y - 0.08 * wide - tall, x + 0.13 * wide, y - 0.08 * wide),
        paint(rgb("#8c3038")),
    )
    gold = rgb("#e0b652")
    base = y - 0.08 * wide - tall
    line(canvas, [(x, base), (x, base - 0.5 * wide)], gold, 0.05 * wide)
    line(canvas, [(x - 0.15 * wide, base - 0.34 * wide), (x + 0.15 * wide, base - 0.34 * wide)], gold, 0.05 * wide)
    for k in (-1, 1):
        candlestick(canvas, x + 0.29 * k * wide, base, 0.24 * wide)


def _stained(stage: Stage, canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A pointed window of coloured glass, as bright as the sky behind it."""
    rng, pal = stage.rng("glass"), stage.pal
    power = {"day": 1.0, "dawn": 0.95, "dusk": 0.85, "night": 0.42}[stage.words.time] * (0.75 + 0.25 * pal.key)
    pane = skia.Path()
    pane.moveTo(x - w / 2, y)
    pane.lineTo(x - w / 2, y - h + 0.6 * w)
    pane.quadTo(x - 0.46 * w, y - h + 0.12 * w, x, y - h)
    pane.quadTo(x + 0.46 * w, y - h + 0.12 * w, x + w / 2, y - h + 0.6 * w)
    pane.lineTo(x + w / 2, y)
    pane.close()
    colours = [rgb(c) for c in ("#d8433f", "#3f6fc4", "#e8b53c", "#4f9a5f", "#8f56b0", "#e0843a")]
    canvas.save()
    canvas.clipPath(pane, doAntiAlias=True)
    canvas.drawPaint(paint(shade(colours[1], 0.8 * power)))
    rows, columns = 9, 4
    for i in range(rows):
        for k in range(columns):
            c = colours[(i * 2 + abs(2 * k - 3) + rng.randrange(2)) % len(colours)]
            x0, y0 = x - w / 2 + w * k / columns, y - h * (i + 1) / rows
            canvas.drawRect(
                skia.Rect.MakeLTRB(x0, y0, x0 + w / columns, y0 + h / rows),
                paint(shade(mix(c, (1, 1, 0.9), 0.18 + 0.2 * rng.random()), power)),
            )
    rose = (x, y - 0.66 * h)
    for k in range(12):
        a0, c = math.tau * k / 12, colours[k % 5]
        wedge = curve(
            [
                (rose[0], rose[1]),
                (rose[0] + 0.34 * w * math.cos(a0), rose[1] + 0.34 * w * math.sin(a0)),
                (rose[0] + 0.34 * w * math.cos(a0 + 0.5), rose[1] + 0.34 * w * math.sin(a0 + 0.5)),
            ]
        )
        canvas.drawPath(wedge, paint(shade(mix(c, (1, 1, 0.9), 0.35), power)))
    canvas.drawCircle(*rose, 0.11 * w, paint(shade(rgb("#ffe9a8"), power)))
    canvas.drawCircle(*rose, 0.36 * w, paint(rgb("#221c1a"), stroke=0.03 * w))
    for k in range(1, rows):
        canvas.drawLine(x - w, y - h * k / rows, x + w, y - h * k / rows, paint(rgb("#221c1a"), stroke=0.018 * w))
    for k in range(1, columns):
        canvas.drawLine(
            x - w / 2 + w * k / columns, y - h, x - w / 2 + w * k / columns, y, paint(rgb("#221c1a"), stroke=0.022 * w)
        )
    canvas.restore()
    canvas.drawPath(pane, paint(rgb("#3a332c"), stroke=0.06 * w))
    glow(canvas, x, y - 0.5 * h, 1.5 * h, mix(pal.low, (1.0, 0.85, 0.7), 0.4), 0.30 * power)


def _pews(stage: Stage, box: Box) -> None:
    """Benches in rows on both sides of the aisle."""
    w = stage.w
    for q in (1.22, 1.45, 1.74, 2.1):
        canvas = stage.back if q < 1.7 else stage.mid
        for x0, x1 in ((0.375, 0.462), (0.538, 0.625)):
            (ax, ay), (bx, _) = box.out(x0 * w, box.floor, q), box.out(x1 * w, box.floor, q)
            tall = 0.062 * stage.u * q
            c = shade(WOOD, 0.8)
            canvas.drawRect(
                skia.Rect.MakeLTRB(ax, ay - tall, bx, ay),
                paint(shader=gradient((0, ay - tall), (0, ay), [(0, shade(c, 1.15), 1), (1, shade(c, 0.5), 1)])),
            )
            canvas.drawRect(
                skia.Rect.MakeLTRB(ax - 0.01 * w, ay - 1.12 * tall, bx + 0.01 * w, ay - 0.93 * tall),
                paint(shade(c, 1.3)),
            )
            for ex in (ax, bx):
                canvas.drawRect(
                    skia.Rect.MakeLTRB(ex - 0.10 * tall, ay - 1.3 * tall, ex + 0.10 * tall, ay), paint(shade(c, 0.9))
                )
