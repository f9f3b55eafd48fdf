"""Buildings from outside: cottages, town houses, church, tower, lighthouse, windmill, castle, fences, lamps."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import skia

from .brush import dab_strokes, glow, gradient, line, mix, paint, polygon, rgb, shade, shadow
from .land import STONE
from .palette import LAMP

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas
    from .palette import Palette


__all__ = ["church", "cottage", "fence", "window"]

WALLS = tuple(rgb(c) for c in ("#e9d9b8", "#d8b78e", "#c9a27c", "#e2c9c0", "#b9c4b8", "#a9785a", "#d9c58f"))
ROOFS = tuple(rgb(c) for c in ("#a5533b", "#7d4a3c", "#5f5d6b", "#8a6b45", "#b06a3c"))
_WHITE: RGB = (0.95, 0.97, 1.0)


def window(
    canvas: Canvas, pal: Palette, x: float, y: float, w: float, h: float, d: float, *, lit: bool, arched: bool = False
) -> None:
    """A window centred on x with its sill at y: lit from within or holding the sky."""
    frame = pal.lit(rgb("#f0e6d2"), d)
    box = skia.Rect.MakeLTRB(x - w / 2, y - h, x + w / 2, y)
    pane = skia.Path()
    if arched:
        pane.moveTo(x - w / 2, y)
        pane.lineTo(x - w / 2, y - h + w / 2)
        pane.arcTo(skia.Rect.MakeLTRB(x - w / 2, y - h, x + w / 2, y - h + w), 180, 180, False)
        pane.lineTo(x + w / 2, y)
        pane.close()
    else:
        pane.addRect(box)
    canvas.drawPath(pane, paint(frame, stroke=0.2 * w))
    if lit:
        warm = gradient((0, y - h), (0, y), [(0, mix(LAMP, (1, 1, 0.85), 0.45), 1), (1, shade(LAMP, 0.92), 1)])
        canvas.drawPath(pane, paint(shader=warm))
    else:
        glass = gradient(
            (x - w / 2, y - h),
            (x + w / 2, y),
            [
                (0, mix(pal.middle, pal.top, 0.3), 1),
                (0.5, pal.dark(rgb("#40525f"), d), 1),
                (1, pal.dark(rgb("#2a3640"), d), 1),
            ],
        )
        canvas.drawPath(pane, paint(shader=glass))
    bar = paint(shade(frame, 0.8 if not lit else 0.55), stroke=max(0.6, 0.07 * w))
    canvas.drawLine(x, y - h, x, y, bar)
    canvas.drawLine(x - w / 2, y - 0.55 * h, x + w / 2, y - 0.55 * h, bar)
    if lit:
        glow(canvas, x, y - h / 2, 2.6 * h, LAMP, 0.42)


def door(canvas: Canvas, pal: Palette, x: float, y: float, w: float, h: float, d: float, c: RGB) -> None:
    """A plank door standing on y."""
    canvas.drawRect(skia.Rect.MakeLTRB(x - 0.62 * w, y - 1.08 * h, x + 0.62 * w, y), paint(pal.lit(rgb("#e6dac2"), d)))
    box = skia.Rect.MakeLTRB(x - w / 2, y - h, x + w / 2, y)
    canvas.drawRect(box, paint(shader=gradient((0, y - h), (0, y), [(0, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)])))
    for k in (-0.25, 0.0, 0.25):
        canvas.drawLine(x + k * w, y - h, x + k * w, y, paint(pal.dark(c, d), 0.8, stroke=max(0.5, 0.03 * w)))
    canvas.drawCircle(x + 0.34 * w, y - 0.45 * h, 0.05 * w, paint(pal.bright(rgb("#d8b45a"), d)))


def roof_over(
    canvas: Canvas, rng: Random, pal: Palette, points: list[tuple[float, float]], c: RGB, d: float, row: float
) -> None:
    path = polygon(points)
    top, foot = min(y for _, y in points), max(y for _, y in points)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    canvas.drawPath(
        path,
        paint(
            shader=gradient(
                (left, top), (right, foot), [(0, pal.bright(c, d), 1), (0.5, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)]
            )
        ),
    )
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    strokes = []
    y = top
    while y < foot:
        strokes.append(((left, y), (right, y + rng.uniform(-0.1, 0.1) * row)))
        x = left + rng.random() * row
        while x < right:
            strokes.append(((x, y), (x, y + row)))
            x += row * rng.uniform(1.2, 2.2)
        y += row
    dab_strokes(canvas, strokes, pal.dark(shade(c, 0.8), d), max(0.5, 0.07 * row), 0.5)
    if pal.snowy:
        snow = gradient(
            (0, top),
            (0, foot),
            [(0, pal.lit(_WHITE, d), 1), (0.8, pal.lit(rgb("#d8e3ef"), d), 1), (1, pal.lit(rgb("#c8d6e6"), d), 1)],
        )
        canvas.drawPath(path, paint(shader=snow))
    canvas.restore()


def cottage(
    canvas: Canvas,
    rng: Random,
    pal: Palette,
    x: float,
    y: float,
    size: float,
    d: float = 0.0,
    *,
    timber: bool = False,
    lit: bool = False,
) -> None:
    """A village house, its front ``size`` px wide, standing on y: gable to the viewer, roof going back."""
    wall, roof = rng.choice(WALLS), rng.choice(ROOFS)
    if timber:
        wall = rgb("#9a7350")
    front, back, tall = 0.52 * size, 0.62 * size, 0.40 * size
    rise = 0.36 * size
    fx, x1, x2 = x - 0.32 * size, x - 0.32 * size + front / 2, x - 0.32 * size + front / 2 + back
    shadow(canvas, x + 0.1 * size, y, 0.85 * size, 0.07 * size, pal.dark((0.08, 0.08, 0.12), d), 0.6 * (1 - d))
    side = polygon([(x1, y), (x2, y - 0.03 * size), (x2, y - tall), (x1, y - tall)])
    canvas.drawPath(
        side,
        paint(shader=gradient((x1, 0), (x2, 0), [(0, pal.dark(wall, d), 1), (1, shade(pal.dark(wall, d), 0.86), 1)])),
    )
    gable = polygon([(fx - front / 2, y), (fx - front / 2, y - tall), (fx, y - tall - rise), (x1, y - tall), (x1, y)])
    canvas.drawPath(
        gable,
        paint(
            shader=gradient(
                (0, y - tall - rise),
                (0, y),
                [(0, pal.bright(wall, d), 1), (0.6, pal.lit(wall, d), 1), (1, pal.lit(shade(wall, 0.78), d), 1)],
            )
        ),
    )
    canvas.save()
    canvas.clipPath(gable, doAntiAlias=True)
    if timber:
        rows = [((fx - front, y - k * 0.055 * size), (x1, y - k * 0.055 * size)) for k in range(15)]
        dab_strokes(canvas, rows, pal.dark(wall, d), max(0.6, 0.008 * size), 0.8)
    else:
        blotches = [
            ((px := fx + rng.uniform(-0.5, 0.5) * front, py := y - rng.random() * tall), (px + 0.04 * size, py))
            for _ in range(14)
        ]
        dab_strokes(canvas, blotches, pal.dark(wall, d), 0.014 * size, 0.16)
        canvas.drawRect(skia.Rect.MakeLTRB(fx - front, y - 0.07 * size, x1, y), paint(pal.lit(STONE, d), 0.9))
    canvas.restore()
    chimney = skia.Rect.MakeLTRB(
        x1 + 0.28 * back, y - tall - rise - 0.10 * size, x1 + 0.28 * back + 0.075 * size, y - tall - 0.4 * rise
    )
    canvas.drawRect(chimney, paint(pal.lit(rgb("#8f6a58"), d)))
    if pal.snowy:
        canvas.drawRect(
            skia.Rect.MakeLTRB(
                chimney.left() - 1, chimney.top() - 0.02 * size, chimney.right() + 1, chimney.top() + 0.01 * size
            ),
            paint(pal.lit(_WHITE, d)),
        )
    over = 0.05 * size
    roof_over(
        canvas,
        rng,
        pal,
        [
            (fx, y - tall - rise - over * 0.6),
            (x2 - 0.16 * size, y - tall - rise - over * 0.6),
            (x2 + over, y - tall + over),
            (x1 + over * 0.9, y - tall + over),
        ],
        shade(roof, 0.82),
        d,
        0.045 * size,
    )
    eave = [
        (fx - front / 2 - over, y - tall + over),
        (fx, y - tall - rise - over),
        (x1 + over, y - tall + over),
        (x1 + 0.2 * over, y - tall + over),
        (fx, y - tall - rise + 0.35 * over),
        (fx - front / 2 - 0.2 * over, y - tall + over),
    ]
    canvas.drawPath(polygon(eave), paint(pal.bright(roof, d) if not pal.snowy else pal.lit(_WHITE, d)))
    ws = 0.095 * size
    for k in (-0.27, 0.27):
        window(
            canvas, pal, fx + k * front, y - 0.16 * size, ws, 1.35 * ws, d, lit=lit and (k < 0 or rng.random() < 0.6)
        )
    window(canvas, pal, fx, y - tall - 0.06 * size, 0.8 * ws, 1.1 * ws, d, lit=lit and rng.random() < 0.4)
    door(
        canvas,
        pal,
        x1 + 0.2 * back,
        y - 0.01 * size,
        0.11 * size,
        0.25 * size,
        d,
        rng.choice((rgb("#5b6f4e"), rgb("#70463a"), rgb("#4b5f78"))),
    )
    window(canvas, pal, x1 + 0.66 * back, y - 0.17 * size, ws, 1.3 * ws, d, lit=lit and rng.random() < 0.8)


def church(
    canvas: Canvas,
    rng: Random,
    pal: Palette,
    x: float,
    y: float,
    size: float,
    d: float = 0.0,
    *,
    lit: bool = False,
    domes: bool = False,
) -> None:
    """A church ``size`` px tall: a nave, a tower, a spire (or onion domes) and a cross."""
    wall, roof = rgb("#e8e2d2"), rgb("#56697a")
    tw = 0.20 * size
    shadow(canvas, x + 0.2 * size, y, 0.6 * size, 0.04 * size, pal.dark((0.08, 0.08, 0.12), d), 0.5 * (1 - d))
    nave = skia.Rect.MakeLTRB(x + 0.3 * tw, y - 0.34 * size, x + 0.62 * size, y)
    canvas.drawRect(
        nave, paint(shader=gradient((x, 0), (x + 0.6 * size, 0), [(0, pal.lit(wall, d), 1), (1, pal.dark(wall, d), 1)]))
    )
    roof_over(
        canvas,
        rng,
        pal,
        [
            (x + 0.2 * tw, y - 0.55 * size),
            (x + 0.54 * size, y - 0.55 * size),
            (x + 0.66 * size, y - 0.33 * size),
            (x + 0.2 * tw, y - 0.33 * size),
        ],
        roof,
        d,
        0.03 * size,
    )
    for k in range(3):
        window(
            canvas,
            pal,
            x + (0.22 + 0.14 * k) * size,
            y - 0.09 * size,
            0.055 * size,
            0.17 * size,
            d,
            lit=lit,
            arched=True,
        )
    tower = skia.Rect.MakeLTRB(x - tw / 2, y - 0.64 * size, x + tw / 2, y)
    canvas.drawRect(
        tower,
        paint(
            shader=gradient(
                (x - tw / 2, 0),
                (x + tw / 2, 0),
                [(0, pal.bright(wall, d), 1), (0.5, pal.lit(wall, d), 1), (1, pal.dark(wall, d), 1)],
            )
        ),
    )
    for level in (0.36, 0.62):
        canvas.drawRect(
            skia.Rect.MakeLTRB(x - 0.55 * tw, y - (level + 0.02) * size, x + 0.55 * tw, y - level * size),
            paint(pal.bright(wall, d)),
        )
    window(canvas, pal, x, y - 0.43 * size, 0.34 * tw, 0.13 * size, d, lit=lit, arched=True)
    door(canvas, pal, x, y, 0.4 * tw, 0.17 * size, d, rgb("#6a4634"))
    gold = pal.bright(rgb("#e3b94f"), d)
    if domes:
        for cx, base, r in ((x, 0.64, 0.10), (x + 0.36 * size, 0.55, 0.065)):
            top = y - base * size
            onion = skia.Path()
            onion.moveTo(cx - 0.55 * r * size, top)
            onion.cubicTo(
                cx - 1.5 * r * size,
                top - 0.9 * r * size,
                cx - 0.35 * r * size,
                top - 1.5 * r * size,
                cx,
                top - 2.3 * r * size,
            )
            onion.cubicTo(
                cx + 0.35 * r * size,
                top - 1.5 * r * size,
                cx + 1.5 * r * size,
                top - 0.9 * r * size,
                cx + 0.55 * r * size,
                top,
            )
            canvas.drawPath(
                onion,
                paint(
                    shader=gradient(
                        (cx - r * size, 0),
                        (cx + r * size, 0),
                        [(0, gold, 1), (0.5, pal.lit(rgb("#c99a3c"), d), 1), (1, pal.dark(rgb("#8a6a2c"), d), 1)],
                    )
                ),
            )
            _cross(canvas, cx, top - 2.25 * r * size, 0.9 * r * size, gold)
        return
    roof_over(
        canvas,
        rng,
        pal,
        [(x, y - 0.97 * size), (x + 0.6 * tw, y - 0.63 * size), (x - 0.6 * tw, y - 0.63 * size)],
        roof,
        d,
        0.03 * size,
    )
    _cross(canvas, x, y - 0.96 * size, 0.07 * size, gold)


def _cross(canvas: Canvas, x: float, y: float, size: float, c: RGB) -> None:
    line(canvas, [(x, y), (x, y - size)], c, 0.12 * size)
    line(canvas, [(x - 0.3 * size, y - 0.68 * size), (x + 0.3 * size, y - 0.68 * size)], c, 0.12 * size)


def fence(
    canvas: Canvas,
    rng: Random,
    pal: Palette,
    points: list[tuple[float, float, float]],
    c: RGB,
    *,
    pickets: int = 12,
    iron: bool = False,
) -> None:
    """A fence through (x, y, height) px: boards, or iron bars with points."""
    for (x0, y0, h0), (x1, y1, h1) in pairwise(points):
        for level in (0.3, 0.75):
            line(
                canvas,
                [(x0, y0 - level * h0), (x1, y1 - level * h1)],
                pal.dark(c),
                0.07 * (h0 + h1) / 2 * (0.5 if iron else 1),
            )
        for k in range(pickets):
            t = (k + 0.5) / pickets
            x, y, h = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, h0 + (h1 - h0) * t
            jitter = 1.0 if iron else rng.uniform(0.9, 1.06)
            half = h * (0.022 if iron else 0.075)
            picket = polygon(
                [
                    (x - half, y),
                    (x - half, y - 0.9 * h * jitter),
                    (x, y - h * jitter - (0.06 * h if iron else 0)),
                    (x + half, y - 0.9 * h * jitter),
                    (x + half, y),
                ]
            )
            canvas.drawPath(picket, paint(pal.dark(c) if iron else mix(pal.lit(c), pal.dark(c), rng.random() * 0.7)))
            if pal.snowy:
                canvas.drawCircle(x, y - 0.95 * h * jitter, 1.1 * half, paint(pal.lit(_WHITE)))
