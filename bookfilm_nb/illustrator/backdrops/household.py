"""Pictures, dishes, the hearth and its fire, candles, lamps. What shines is drawn after the room was lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, fill, glow, gradient, line, paint, polygon, rgb, shade
from .furniture import WOOD, across, down, rect
from .landmarks import stone_wall
from .palette import LAMP
from .panes import FLAME, flame

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas


__all__ = [
    "bottles",
    "candle_flames",
    "candlestick",
    "fire",
    "hearth",
    "lamp_light",
    "lantern",
    "picture",
    "plates",
    "table_lamp",
]

_BLACK: RGB = (0.05, 0.04, 0.06)


def picture(
    canvas: Canvas, rng: Random, x: float, y: float, wide: float, tall: float, *, portrait: bool = False
) -> None:
    """A framed picture, centre (x, y)."""
    box = skia.Rect.MakeLTRB(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
    shade_box = skia.Rect.MakeLTRB(
        box.left() + 0.05 * wide, box.top() + 0.06 * wide, box.right() + 0.07 * wide, box.bottom() + 0.09 * wide
    )
    canvas.drawRect(shade_box, paint(_BLACK, 0.4, blur=0.04 * wide))
    sky = rng.choice((rgb("#9db4b8"), rgb("#c9a98a"), rgb("#7d8fa3")))
    canvas.drawRect(box, down(box.top(), box.bottom(), sky if not portrait else rgb("#4d3f38")))
    canvas.save()
    canvas.clipRect(box)
    if portrait:
        fill(
            canvas,
            blob(rng, x, y + 0.42 * tall, 0.4 * wide, 0.34 * tall, wobble=0.05),
            rng.choice((rgb("#6b2f33"), rgb("#2f3f55"), rgb("#3f4a35"))),
        )
        fill(canvas, blob(rng, x, y - 0.08 * tall, 0.15 * wide, 0.16 * tall, wobble=0.05), rgb("#c99f80"))
        fill(canvas, blob(rng, x, y - 0.19 * tall, 0.17 * wide, 0.09 * tall, wobble=0.1), rgb("#3a2a22"))
    else:
        fill(canvas, blob(rng, x - 0.2 * wide, y + 0.4 * tall, 0.6 * wide, 0.35 * tall), rgb("#66785a"))
        fill(canvas, blob(rng, x + 0.35 * wide, y + 0.45 * tall, 0.4 * wide, 0.3 * tall), rgb("#4f6350"))
    canvas.restore()
    canvas.drawRect(box, paint(rgb("#b08a45"), stroke=0.08 * wide))
    canvas.drawRect(box, paint(rgb("#dcbb72"), stroke=0.02 * wide))


def plates(canvas: Canvas, rng: Random, x0: float, x1: float, y: float, size: float) -> None:
    """A shelf of plates, jugs and pots from x0 to x1, its board at y."""
    x = x0 + 0.6 * size
    while x < x1 - 0.4 * size:
        kind = rng.random()
        c = rng.choice((rgb("#e8e0d0"), rgb("#6f8fa3"), rgb("#b5653f"), rgb("#c9a45c")))
        s = size * rng.uniform(0.75, 1.0)
        if kind < 0.4:
            canvas.drawCircle(x, y - 0.46 * s, 0.46 * s, paint(shade(c, 0.85)))
            canvas.drawCircle(x - 0.03 * s, y - 0.48 * s, 0.40 * s, paint(c))
            canvas.drawCircle(x, y - 0.46 * s, 0.25 * s, paint(shade(c, 0.82), stroke=0.04 * s))
        else:
            jug = curve(
                [
                    (x - 0.26 * s, y),
                    (x - 0.42 * s, y - 0.35 * s),
                    (x - 0.18 * s, y - 0.72 * s),
                    (x - 0.24 * s, y - 0.9 * s),
                    (x + 0.24 * s, y - 0.9 * s),
                    (x + 0.18 * s, y - 0.72 * s),
                    (x + 0.42 * s, y - 0.35 * s),
                    (x + 0.26 * s, y),
                ]
            )
            canvas.drawPath(jug, across(x - 0.4 * s, x + 0.4 * s, c))
        x += size * rng.uniform(0.95, 1.3)
    rect(canvas, x0, y, x1, y + 0.16 * size, down(y, y + 0.16 * size, WOOD))


def bottles(canvas: Canvas, rng: Random, x0: float, x1: float, y: float, size: float) -> None:
    """A row of bottles on a board."""
    x = x0
    while x < x1:
        c, s = (
            rng.choice((rgb("#4f6b45"), rgb("#7a4a2e"), rgb("#3f5a62"), rgb("#8a7a3a"))),
            size * rng.uniform(0.8, 1.1),
        )
        w = 0.16 * s
        path = curve(
            [
                (x - w, y),
                (x - w, y - 0.55 * s),
                (x - 0.35 * w, y - 0.68 * s),
                (x - 0.35 * w, y - s),
                (x + 0.35 * w, y - s),
                (x + 0.35 * w, y - 0.68 * s),
                (x + w, y - 0.55 * s),
                (x + w, y),
            ]
        )
        canvas.drawPath(path, across(x - w, x + w, c))
        canvas.drawLine(x - 0.5 * w, y - 0.5 * s, x - 0.5 * w, y - 0.1 * s, paint((1, 1, 1), 0.4, stroke=0.25 * w))
        x += size * rng.uniform(0.38, 0.6)
    rect(canvas, x0 - 0.2 * size, y, x1 + 0.1 * size, y + 0.1 * size, paint(shade(WOOD, 0.8)))


def hearth(canvas: Canvas, rng: Random, x: float, y: float, wide: float, tall: float, c: RGB) -> None:
    """A stone fireplace standing on y, without its fire."""
    body = polygon(
        [
            (x - wide / 2, y),
            (x - wide / 2, y - 0.52 * tall),
            (x - 0.36 * wide, y - 0.62 * tall),
            (x - 0.28 * wide, y - 1.6 * tall),
            (x + 0.28 * wide, y - 1.6 * tall),
            (x + 0.36 * wide, y - 0.62 * tall),
            (x + wide / 2, y - 0.52 * tall),
            (x + wide / 2, y),
        ]
    )
    canvas.drawPath(body, across(x - wide / 2, x + wide / 2, c))
    stone_wall(
        canvas,
        rng,
        body,
        (x - wide / 2, y - 1.6 * tall, x + wide / 2, y),
        c,
        shade(c, 0.55),
        shade(c, 1.22),
        0.085 * tall,
    )
    rect(
        canvas,
        x - 0.56 * wide,
        y - 0.60 * tall,
        x + 0.56 * wide,
        y - 0.53 * tall,
        down(y - 0.60 * tall, y - 0.53 * tall, shade(WOOD, 0.9)),
    )
    mouth = skia.Path()
    mouth.moveTo(x - 0.31 * wide, y)
    mouth.lineTo(x - 0.31 * wide, y - 0.28 * tall)
    mouth.quadTo(x, y - 0.56 * tall, x + 0.31 * wide, y - 0.28 * tall)
    mouth.lineTo(x + 0.31 * wide, y)
    mouth.close()
    canvas.drawPath(mouth, paint(rgb("#1c1412")))
    canvas.drawPath(mouth, paint(shade(c, 0.7), stroke=0.03 * wide))


def fire(canvas: Canvas, rng: Random, x: float, y: float, wide: float) -> None:
    """Burning logs, ``wide`` px, with their light. After the room was lit."""
    glow(canvas, x, y - 0.3 * wide, 2.6 * wide, FLAME, 0.62)
    for k in (-0.25, 0.0, 0.25):
        line(
            canvas,
            [(x + (k - 0.18) * wide, y - 0.04 * wide), (x + (k + 0.16) * wide, y - 0.12 * wide)],
            rgb("#4a2a1c"),
            0.09 * wide,
        )
        line(
            canvas,
            [(x + (k - 0.14) * wide, y - 0.06 * wide), (x + (k + 0.1) * wide, y - 0.11 * wide)],
            rgb("#e8602a"),
            0.025 * wide,
        )
    for scale, c in ((1.0, rgb("#f0661f")), (0.72, rgb("#ffa336")), (0.45, rgb("#ffe28a"))):
        for k in (-0.26, -0.05, 0.2):
            tall, half = wide * scale * rng.uniform(0.5, 0.8), wide * scale * 0.16
            fx = x + k * wide
            path = skia.Path()
            path.moveTo(fx + rng.uniform(-0.05, 0.05) * wide, y - 0.08 * wide - tall)
            path.cubicTo(fx + 0.2 * half, y - 0.6 * tall, fx + 1.5 * half, y - 0.45 * tall, fx + half, y - 0.06 * wide)
            path.lineTo(fx - half, y - 0.06 * wide)
            path.cubicTo(fx - 1.5 * half, y - 0.35 * tall, fx - 0.1 * half, y - 0.55 * tall, fx, y - 0.08 * wide - tall)
            canvas.drawPath(path, paint(c, 0.92))
    glow(canvas, x, y - 0.25 * wide, 0.8 * wide, rgb("#ffd98a"), 0.5)


def candlestick(canvas: Canvas, x: float, y: float, tall: float, *, arms: int = 1) -> None:
    """A candle (or three) in its holder; ``tall`` px from y to the wick."""
    gold = rgb("#b8923f")
    line(canvas, [(x, y), (x, y - 0.5 * tall)], gold, 0.07 * tall)
    canvas.drawOval(
        skia.Rect.MakeLTRB(x - 0.22 * tall, y - 0.06 * tall, x + 0.22 * tall, y + 0.04 * tall), paint(shade(gold, 0.85))
    )
    for k in range(arms):
        cx = x + (k - (arms - 1) / 2) * 0.34 * tall
        if arms > 1:
            line(canvas, [(x, y - 0.4 * tall), (cx, y - 0.42 * tall), (cx, y - 0.52 * tall)], gold, 0.05 * tall)
        rect(
            canvas,
            cx - 0.055 * tall,
            y - tall,
            cx + 0.055 * tall,
            y - 0.5 * tall,
            across(cx - 0.06 * tall, cx + 0.06 * tall, rgb("#f0e6d0")),
        )


def candle_flames(canvas: Canvas, x: float, y: float, tall: float, *, arms: int = 1) -> None:
    """The flames of a candlestick drawn at the same place. After the room was lit."""
    for k in range(arms):
        flame(canvas, x + (k - (arms - 1) / 2) * 0.34 * tall, y - tall, 0.30 * tall, reach=9.0)


def table_lamp(canvas: Canvas, x: float, y: float, tall: float) -> None:
    """The foot of an oil lamp."""
    brass = rgb("#a9813c")
    canvas.drawPath(
        curve(
            [
                (x - 0.16 * tall, y),
                (x - 0.22 * tall, y - 0.1 * tall),
                (x - 0.06 * tall, y - 0.2 * tall),
                (x - 0.18 * tall, y - 0.4 * tall),
                (x + 0.18 * tall, y - 0.4 * tall),
                (x + 0.06 * tall, y - 0.2 * tall),
                (x + 0.22 * tall, y - 0.1 * tall),
                (x + 0.16 * tall, y),
            ]
        ),
        across(x - 0.2 * tall, x + 0.2 * tall, brass),
    )


def lamp_light(canvas: Canvas, x: float, y: float, tall: float, *, on: bool) -> None:
    """The shade and the light of a table lamp. After the room was lit."""
    shape = polygon(
        [
            (x - 0.16 * tall, y - tall),
            (x + 0.16 * tall, y - tall),
            (x + 0.32 * tall, y - 0.46 * tall),
            (x - 0.32 * tall, y - 0.46 * tall),
        ]
    )
    if on:
        glow(canvas, x, y - 0.65 * tall, 3.4 * tall, LAMP, 0.6)
        canvas.drawPath(
            shape,
            paint(
                shader=gradient(
                    (0, y - tall),
                    (0, y - 0.46 * tall),
                    [(0, rgb("#f0b860"), 1), (0.6, rgb("#ffdf9a"), 1), (1, rgb("#fff3cf"), 1)],
                )
            ),
        )
    else:
        canvas.drawPath(shape, across(x - 0.3 * tall, x + 0.3 * tall, rgb("#c9a878"), k=0.7))


def lantern(canvas: Canvas, x: float, y: float, size: float, *, on: bool = True) -> None:
    """A lantern that hangs from above: centre (x, y), chain up to the beam. After the room was lit."""
    iron = rgb("#2a2523")
    line(canvas, [(x, y - 0.6 * size), (x, y - 2.2 * size)], iron, 0.05 * size)
    if on:
        glow(canvas, x, y, 7.5 * size, LAMP, 0.8)
    box = polygon(
        [
            (x - 0.3 * size, y - 0.4 * size),
            (x + 0.3 * size, y - 0.4 * size),
            (x + 0.36 * size, y + 0.45 * size),
            (x - 0.36 * size, y + 0.45 * size),
        ]
    )
    canvas.drawPath(box, paint(rgb("#ffe2a0") if on else rgb("#5a564f")))
    canvas.drawPath(box, paint(iron, stroke=0.09 * size))
    line(canvas, [(x, y - 0.4 * size), (x, y + 0.45 * size)], iron, 0.06 * size)
    canvas.drawPath(
        polygon([(x - 0.45 * size, y - 0.38 * size), (x, y - 0.75 * size), (x + 0.45 * size, y - 0.38 * size)]),
        paint(iron),
    )
