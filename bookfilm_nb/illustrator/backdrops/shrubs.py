"""Bushes, poplars, the far edge of a wood, and leaves before the lens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, fill, gradient, mix, paint, polygon, shade, shadow, spray
from .trees import BARK, FIR, leaf_dabs

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas
    from .palette import Palette


__all__ = ["bush", "leaf_frame", "poplar", "tree_line"]

_WHITE: RGB = (0.95, 0.97, 1.0)


def poplar(canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, tall: float, d: float = 0.0) -> None:
    """A tall narrow roadside tree."""
    canvas.drawLine(x, y, x, y - 0.8 * tall, paint(pal.dark(BARK, d), stroke=max(0.8, 0.03 * tall)))
    if pal.bare:
        canvas.drawLine(x, y, x, y - 0.98 * tall, paint(pal.dark(BARK, d), stroke=max(0.6, 0.012 * tall)))
        for k in range(46):
            t, side = 0.10 + 0.72 * k / 46, 1.0 if k % 2 else -1.0
            reach = 0.11 * tall * (1 - abs(2 * t - 0.8) ** 2 * 0.7) * rng.uniform(0.5, 1.0)
            up = rng.uniform(0.14, 0.26) * tall
            twig = [
                (x, y - t * tall),
                (x + side * 0.9 * reach, y - t * tall - 0.35 * up),
                (x + side * reach, y - t * tall - up),
            ]
            canvas.drawPath(curve(twig, close=False), paint(pal.dark(BARK, d), 0.85, stroke=max(0.5, 0.006 * tall)))
        return
    clumps = []
    for k in range(9):
        t = 0.16 + 0.8 * k / 8
        s = 0.125 * tall * (1 - (2 * t - 1.05) ** 2 * 0.75)
        clumps.append((x + rng.uniform(-0.02, 0.02) * tall, y - t * tall, max(0.02 * tall, s)))
    for px, py, s in clumps:
        tone = gradient(
            (px - s, 0),
            (px + s, 0),
            [
                (0, pal.bright(pal.leaves[1], d), 1),
                (0.45, pal.lit(pal.leaves[1], d), 1),
                (1, pal.dark(pal.leaves[0], d), 1),
            ],
        )
        canvas.drawPath(blob(rng, px, py, s, 1.5 * s, wobble=0.1, n=11), paint(shader=tone))
    if tall > 50:
        leaf_dabs(
            canvas,
            rng,
            clumps,
            (pal.dark(pal.leaves[0], d), pal.lit(pal.leaves[1], d), pal.bright(pal.leaves[2], d)),
            tall,
        )


def tree_line(
    canvas: Canvas,
    rng: Random,
    pal: Palette,
    xs: tuple[float, float],
    y: float,
    tall: float,
    d: float,
    *,
    firs: float = 0.5,
) -> None:
    """A distant edge of a wood as one soft silhouette."""
    x = xs[0]
    tops = skia.Path()
    while x < xs[1]:
        s = tall * rng.uniform(0.5, 1.0)
        if rng.random() < firs:
            tops.addPath(
                polygon(
                    [
                        (x - 0.2 * s, y + 2),
                        (x - 0.07 * s, y - 0.5 * s),
                        (x, y - s),
                        (x + 0.07 * s, y - 0.5 * s),
                        (x + 0.2 * s, y + 2),
                    ]
                )
            )
            x += 0.2 * s
        else:
            tops.addPath(blob(rng, x, y - 0.35 * s, 0.42 * s, 0.42 * s, wobble=0.15))
            x += 0.34 * s
    c = mix(FIR, pal.leaves[0], 0.6 * (1 - firs)) if not pal.bare else mix(FIR, BARK, 0.5)
    c = mix(c, _WHITE, 0.3) if pal.snowy else c
    tops.setFillType(skia.PathFillType.kWinding)
    canvas.drawPath(
        tops,
        paint(
            shader=gradient(
                (0, y - tall), (0, y + 0.1 * tall), [(0, pal.lit(c, d), 1), (1, pal.lit(c, min(1, d + 0.22)), 1)]
            )
        ),
    )


def bush(
    canvas: Canvas,
    rng: Random,
    pal: Palette,
    x: float,
    y: float,
    size: float,
    d: float = 0.0,
    *,
    bloom: RGB | None = None,
) -> None:
    """A rounded bush on the ground, with flowers if a colour is given."""
    shadow(canvas, x, y, 1.1 * size, 0.16 * size, pal.dark((0.1, 0.12, 0.12), d), 0.5)
    if pal.bare:
        for _ in range(22):
            a = rng.uniform(-1.1, 1.1)
            r = size * rng.uniform(0.5, 1.05)
            canvas.drawLine(
                x + 0.3 * size * a,
                y,
                x + r * math.sin(a),
                y - r * math.cos(a) * 0.9,
                paint(pal.dark(BARK, d), 0.9, stroke=max(0.5, 0.02 * size)),
            )
        if pal.snowy:
            fill(canvas, blob(rng, x, y - 0.5 * size, 0.6 * size, 0.18 * size), pal.lit(_WHITE, d), 0.85)
        return
    clumps = [
        (x + rng.uniform(-0.65, 0.65) * size, y - size * rng.uniform(0.15, 0.55), size * rng.uniform(0.3, 0.45))
        for _ in range(8)
    ]
    clumps.sort(key=lambda q: q[1])
    deep, body, light = pal.leaves
    for px, py, s in clumps:
        tone = gradient(
            (px - s, py - s),
            (px + s, py + s),
            [(0, pal.bright(body, d), 1), (0.5, pal.lit(mix(body, deep, 0.4), d), 1), (1, pal.dark(deep, d), 1)],
        )
        canvas.drawPath(blob(rng, px, py, s, s, wobble=0.12, n=12), paint(shader=tone))
    leaf_dabs(canvas, rng, clumps, (pal.dark(deep, d), pal.lit(body, d), pal.bright(light, d)), 2.2 * size)
    if bloom is not None:
        dots = [
            (x + rng.uniform(-0.9, 0.9) * size, y - size * rng.uniform(0.08, 0.85), size * rng.uniform(0.03, 0.055))
            for _ in range(26)
        ]
        spray(canvas, dots, pal.lit(bloom, d), 0.95)
        spray(
            canvas,
            [(px - 0.01 * size, py - 0.012 * size, 0.4 * r) for px, py, r in dots],
            pal.bright(mix(bloom, _WHITE, 0.6), d),
            0.9,
        )


def leaf_frame(canvas: Canvas, rng: Random, c: RGB, x: float, y: float, size: float, *, side: int, bare: bool) -> None:
    """A branch that hangs into the picture from a corner (side -1 from the left, 1 from the right)."""
    into = -side
    for k in range(4):
        reach = size * rng.uniform(0.6, 1.1)
        drop = size * (0.10 + 0.2 * k) * rng.uniform(0.7, 1.2)
        end = (x + into * reach, y + drop)
        bend = (x + into * 0.5 * reach, y + 0.25 * drop)
        canvas.drawPath(
            curve([(x, y + 0.06 * size * k), bend, end], close=False), paint(shade(c, 0.8), stroke=0.016 * size)
        )
        if bare:
            for _ in range(7):
                t = rng.uniform(0.25, 1.0)
                bx, by = x + into * reach * t, y + drop * t**1.6
                canvas.drawLine(
                    bx,
                    by,
                    bx + into * 0.14 * size * rng.random(),
                    by + rng.uniform(-0.1, 0.14) * size,
                    paint(c, stroke=0.007 * size),
                )
            continue
        for _ in range(34):
            t = rng.uniform(0.15, 1.08)
            bx, by = (
                x + into * reach * t + rng.uniform(-0.07, 0.07) * size,
                y + drop * t**1.6 + rng.uniform(-0.05, 0.09) * size,
            )
            canvas.save()
            canvas.rotate(rng.uniform(15, 80) * into, bx, by)
            s = size * rng.uniform(0.035, 0.06)
            canvas.drawOval(
                skia.Rect.MakeLTRB(bx - s, by - 0.42 * s, bx + s, by + 0.42 * s), paint(shade(c, rng.uniform(0.8, 1.2)))
            )
            canvas.restore()
