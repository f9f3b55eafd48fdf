"""What plain people build and sit on: log walls, a great stove, benches, a spinning wheel, sacks, hay."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, dab_strokes, fill, gradient, line, paint, polygon, rgb, shade, shadow
from .furniture import across, down, rect

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas
    from .roombox import Box
    from .stage import Stage


__all__ = ["bench", "cradle", "hay", "icon_corner", "log_walls", "sack", "spinning_wheel", "stove"]


def log_walls(box: Box, c: RGB) -> None:
    """Round logs on all three walls, laid over a painted box."""
    s, b, rng = box.stage, box.stage.back, box.stage.rng("logs")
    tall = (box.floor - box.top) / 9
    for k in range(9):
        y0, y1 = box.top + k * tall, box.top + (k + 1) * tall
        tone = shade(c, rng.uniform(0.88, 1.1))
        round_log = [(0, shade(tone, 0.5), 1), (0.25, shade(tone, 1.12), 1), (0.6, tone, 1), (1, shade(tone, 0.42), 1)]
        rect(b, box.left, y0, box.right, y1, paint(shader=gradient((0, y0), (0, y1), round_log)))
        grain = []
        for _ in range(9):
            gx, gy = rng.uniform(box.left, box.right), rng.uniform(y0 + 0.2 * tall, y1 - 0.2 * tall)
            grain.append(((gx, gy), (gx + rng.uniform(0.03, 0.12) * s.u, gy)))
        dab_strokes(b, grain, shade(tone, 0.6), 0.0022 * s.u, 0.5)
        # Moss between the logs.
        b.drawLine(box.left, y1, box.right, y1, paint(rgb("#6f6a44"), 0.4, stroke=0.004 * s.u))
        for x, turn in ((box.left, 1), (box.right, -1)):
            side = polygon([(x, y0), (x, y1), box.out(x, y1, 3.2), box.out(x, y0, 3.2)])
            b.drawPath(side, paint(shade(tone, 0.62)))
            for t, k_tone in ((0.12, 0.36), (0.45, 0.78), (0.97, 0.32)):
                y = y0 + t * tall
                mark = paint(shade(tone, k_tone), 0.7, stroke=0.12 * tall)
                b.drawLine(x, y, *box.out(x, y, 3.2), mark)
            b.drawCircle(x + 0.1 * turn * tall, (y0 + y1) / 2, 0.46 * tall, paint(shade(tone, 0.9)))
            b.drawCircle(
                x + 0.1 * turn * tall, (y0 + y1) / 2, 0.28 * tall, paint(shade(tone, 0.62), stroke=0.05 * tall)
            )


def stove(stage: Stage, canvas: Canvas, x: float, y: float, wide: float, *, side: int) -> tuple[float, float]:
    """A great whitewashed stove with a warm ledge to sleep on, its front ``wide`` px, standing on y.

    Its long side runs to ``side`` (-1 left, 1 right). Gives back the foot of its fire.
    """
    rng, c = stage.rng("stove"), rgb("#e4dccb")
    tall, deep = 1.05 * wide, 0.55 * wide * side
    x0, x1 = x - wide / 2, x + wide / 2
    edge = x1 if side > 0 else x0
    shadow(canvas, x + 0.3 * deep, y, 0.95 * wide, 0.08 * wide, (0.05, 0.04, 0.04), 0.6)
    flank = polygon(
        [(edge, y), (edge + deep, y - 0.06 * wide), (edge + deep, y - 0.74 * tall), (edge, y - 0.80 * tall)]
    )
    canvas.drawPath(flank, down(y - tall, y, shade(c, 0.72)))
    rect(canvas, x - 0.30 * wide, y - 1.75 * tall, x + 0.22 * wide, y - 0.9 * tall, across(x0, x1, shade(c, 0.92)))
    rect(canvas, x - 0.36 * wide, y - 1.0 * tall, x + 0.28 * wide, y - 0.94 * tall, across(x0, x1, c))
    rect(canvas, x0, y - tall, x1, y, down(y - tall, y, c))
    for _ in range(16):
        px, py = rng.uniform(x0 + 0.1 * wide, x1 - 0.1 * wide), y - rng.random() * 0.92 * tall
        fill(canvas, blob(rng, px, py, 0.07 * wide, 0.05 * wide, wobble=0.4), shade(c, 0.82), 0.22)
    quilt = polygon(
        [
            (edge - 0.02 * deep, y - 0.80 * tall),
            (edge + 1.03 * deep, y - 0.74 * tall),
            (edge + 1.0 * deep, y - 0.83 * tall),
            (edge - 0.02 * deep, y - 0.90 * tall),
        ]
    )
    canvas.drawPath(quilt, paint(rgb("#9c4a3c")))
    for k in range(5):
        t = (k + 0.5) / 5
        patch = rng.choice((rgb("#d9a95a"), rgb("#5f7a8c"), rgb("#c9c0aa")))
        qx, qy = edge + deep * t, y - (0.855 - 0.065 * t) * tall
        rect(canvas, qx - 0.035 * wide, qy - 0.025 * wide, qx + 0.035 * wide, qy + 0.03 * wide, paint(patch, 0.85))
    rect(canvas, x0 - 0.05 * wide, y - 0.44 * tall, x1 + 0.05 * wide, y - 0.38 * tall, across(x0, x1, rgb("#8d6a4a")))
    for arch_x, arch_y, r, high, dark in (
        (x, y - 0.44 * tall, 0.27 * wide, 0.36 * tall, rgb("#2a1a14")),
        (x - 0.22 * wide, y, 0.14 * wide, 0.24 * tall, rgb("#1c1512")),
    ):
        mouth = skia.Path()
        mouth.moveTo(arch_x - r, arch_y)
        mouth.lineTo(arch_x - r, arch_y - 0.5 * high)
        mouth.cubicTo(
            arch_x - r, arch_y - 1.15 * high, arch_x + r, arch_y - 1.15 * high, arch_x + r, arch_y - 0.5 * high
        )
        mouth.lineTo(arch_x + r, arch_y)
        mouth.close()
        canvas.drawPath(mouth, paint(dark))
        canvas.drawPath(mouth, paint(shade(c, 0.78), stroke=0.035 * wide))
    for k in range(6):
        lx, ly = x + (0.08 + 0.065 * (k % 4)) * wide, y - (0.035 + 0.06 * (k // 4)) * wide
        canvas.drawCircle(lx, ly, 0.034 * wide, paint(rgb("#7a5537")))
        canvas.drawCircle(lx, ly, 0.024 * wide, paint(rgb("#c69a68")))
    for px, s in ((x + 0.36 * wide, 0.085), (x - 0.38 * wide, 0.065)):
        pot = curve(
            [
                (px - 0.5 * s * wide, y - 0.44 * tall),
                (px - 0.95 * s * wide, y - 0.44 * tall - 1.0 * s * wide),
                (px - 0.6 * s * wide, y - 0.44 * tall - 1.7 * s * wide),
                (px + 0.6 * s * wide, y - 0.44 * tall - 1.7 * s * wide),
                (px + 0.95 * s * wide, y - 0.44 * tall - 1.0 * s * wide),
                (px + 0.5 * s * wide, y - 0.44 * tall),
            ]
        )
        canvas.drawPath(pot, across(px - s * wide, px + s * wide, rgb("#5d4a40")))
    return x, y - 0.44 * tall


def bench(canvas: Canvas, x0: float, x1: float, y: float, tall: float, c: RGB) -> None:
    """A plank bench from x0 to x1 px, its legs on y."""
    shadow(canvas, (x0 + x1) / 2, y, 0.55 * (x1 - x0), 0.15 * tall, (0.04, 0.03, 0.03), 0.55)
    for t in (0.08, 0.92):
        lx = x0 + (x1 - x0) * t
        rect(canvas, lx - 0.10 * tall, y - 0.85 * tall, lx + 0.10 * tall, y, down(y - tall, y, shade(c, 0.6)))
    rect(canvas, x0, y - tall, x1, y - 0.78 * tall, down(y - tall, y - 0.78 * tall, shade(c, 1.1)))
    rect(canvas, x0, y - 0.78 * tall, x1, y - 0.68 * tall, paint(shade(c, 0.5)))


def icon_corner(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """A shelf with three icons and an embroidered towel, its board at y."""
    gold, linen = rgb("#d1a13e"), rgb("#ece4d2")
    rect(canvas, x - 0.6 * wide, y, x + 0.6 * wide, y + 0.06 * wide, paint(rgb("#6b4a30")))
    for k, tall in ((-0.36, 0.44), (0.36, 0.44), (0.0, 0.62)):
        half = 0.17 * wide if k else 0.21 * wide
        cx, top = x + k * wide, y - tall * wide
        rect(canvas, cx - half, top, cx + half, y, across(cx - half, cx + half, gold))
        rect(canvas, cx - 0.72 * half, top + 0.10 * wide, cx + 0.72 * half, y - 0.06 * wide, paint(rgb("#5a2f26")))
        canvas.drawCircle(cx, top + 0.22 * wide, 0.46 * half, paint(rgb("#e6c15a")))
        canvas.drawCircle(cx, top + 0.23 * wide, 0.27 * half, paint(rgb("#c58f62")))
        rect(canvas, cx - 0.42 * half, top + 0.29 * wide, cx + 0.42 * half, y - 0.06 * wide, paint(rgb("#8c3a33")))
    for side in (-1, 1):
        x0, x1 = x + side * 0.60 * wide, x + side * 0.74 * wide
        towel = polygon([(x0, y - 0.55 * wide), (x1, y - 0.35 * wide), (x1, y + 0.42 * wide), (x0, y + 0.42 * wide)])
        canvas.drawPath(towel, paint(linen))
        for t in (0.20, 0.27, 0.34):
            line(canvas, [(x0, y + t * wide), (x1, y + t * wide)], rgb("#b03a34"), 0.03 * wide)


def spinning_wheel(canvas: Canvas, x: float, y: float, tall: float) -> None:
    """A spinning wheel ``tall`` px with its flax, standing on y."""
    wood, s = rgb("#8a5a36"), tall
    shadow(canvas, x, y, 0.55 * s, 0.06 * s, (0.05, 0.04, 0.04), 0.6)
    for dx in (-0.30, 0.32):
        line(canvas, [(x + 0.5 * dx * s, y - 0.34 * s), (x + dx * s, y)], shade(wood, 0.7), 0.035 * s)
    line(canvas, [(x - 0.42 * s, y - 0.26 * s), (x + 0.42 * s, y - 0.40 * s)], wood, 0.06 * s)
    hub, r = (x + 0.18 * s, y - 0.62 * s), 0.30 * s
    canvas.drawCircle(*hub, r, paint(shade(wood, 0.65), stroke=0.055 * s))
    canvas.drawCircle(*hub, r, paint(shade(wood, 1.25), stroke=0.02 * s))
    for k in range(8):
        a = math.tau * k / 8
        tip = (hub[0] + r * math.cos(a), hub[1] + r * math.sin(a))
        line(canvas, [hub, tip], shade(wood, 1.1), 0.018 * s)
    line(canvas, [(hub[0], hub[1]), (hub[0], y - 0.36 * s)], shade(wood, 0.8), 0.035 * s)
    line(canvas, [(x - 0.34 * s, y - 0.3 * s), (x - 0.34 * s, y - 0.80 * s)], wood, 0.03 * s)
    flax = curve(
        [
            (x - 0.34 * s, y - 1.08 * s),
            (x - 0.46 * s, y - 0.9 * s),
            (x - 0.34 * s, y - 0.68 * s),
            (x - 0.22 * s, y - 0.9 * s),
        ]
    )
    fill(canvas, flax, rgb("#dccfa4"))


def cradle(canvas: Canvas, x: float, y: float, wide: float, top: float) -> None:
    """A cradle on ropes from a beam at ``top``."""
    wood = rgb("#9a6d45")
    for dx in (-0.42, 0.42):
        line(canvas, [(x, top), (x + dx * wide, y - 0.32 * wide)], rgb("#6b5a44"), 0.02 * wide)
    box = polygon(
        [
            (x - 0.5 * wide, y - 0.34 * wide),
            (x + 0.5 * wide, y - 0.34 * wide),
            (x + 0.38 * wide, y),
            (x - 0.38 * wide, y),
        ]
    )
    canvas.drawPath(box, down(y - 0.34 * wide, y, wood))
    fill(canvas, curve([(x - 0.45 * wide, y - 0.34 * wide), (x, y - 0.48 * wide), (x + 0.45 * wide, y - 0.34 * wide)]),
         rgb("#d9cdb6"))  # fmt: skip


def sack(canvas: Canvas, rng: Random, x: float, y: float, tall: float) -> None:
    """A tied sack ``tall`` px on y."""
    c, k = shade(rgb("#b89c6c"), rng.uniform(0.85, 1.1)), tall * rng.uniform(0.36, 0.42)
    shadow(canvas, x, y, 1.3 * k, 0.09 * tall, (0.05, 0.04, 0.03), 0.6)
    body = curve(
        [
            (x - 0.9 * k, y + 0.02 * tall),
            (x - 1.1 * k, y - 0.45 * tall),
            (x - 0.35 * k, y - 0.82 * tall),
            (x - 0.6 * k, y - 1.02 * tall),
            (x + 0.6 * k, y - 1.02 * tall),
            (x + 0.35 * k, y - 0.82 * tall),
            (x + 1.1 * k, y - 0.45 * tall),
            (x + 0.9 * k, y + 0.02 * tall),
        ]
    )
    canvas.drawPath(body, across(x - k, x + k, c))
    line(canvas, [(x - 0.42 * k, y - 0.84 * tall), (x + 0.42 * k, y - 0.84 * tall)], rgb("#6f5638"), 0.03 * tall)
    for dx in (-0.3, 0.1, 0.4):
        fold = [(x + dx * k, y - 0.78 * tall), (x + 1.6 * dx * k, y - 0.4 * tall), (x + 1.3 * dx * k, y - 0.1 * tall)]
        line(canvas, fold, shade(c, 0.72), 0.014 * tall, 0.7, smooth=True)


def hay(canvas: Canvas, rng: Random, x: float, y: float, wide: float, tall: float) -> None:
    """A heap of hay on y."""
    c = rgb("#c9a651")
    shadow(canvas, x, y, 0.6 * wide, 0.10 * tall, (0.06, 0.05, 0.03), 0.6)
    outline = [(x - 0.52 * wide, y + 0.03 * tall)]
    for k in range(9):
        t = k / 8
        lift = math.sin(math.pi * t) ** 0.7 * (1 + rng.uniform(-0.08, 0.08))
        outline.append((x + (t - 0.5) * wide, y - tall * lift))
    heap = curve([*outline, (x + 0.52 * wide, y + 0.03 * tall)])
    canvas.drawPath(heap, down(y - tall, y, c))
    canvas.save()
    canvas.clipPath(heap, doAntiAlias=True)
    for tone, n in ((shade(c, 0.62), 130), (shade(c, 1.3), 110)):
        straws = []
        for _ in range(n):
            sx, sy, a = x + rng.uniform(-0.5, 0.5) * wide, y - rng.random() * tall, rng.uniform(-0.7, 0.7)
            straws.append(((sx, sy), (sx + 0.07 * wide * math.cos(a), sy + 0.07 * wide * math.sin(a))))
        dab_strokes(canvas, straws, tone, 0.006 * wide, 0.6)
    canvas.restore()
    loose = []
    for k in range(26):
        sx, sy = outline[1 + k % 9][0] + rng.gauss(0, 0.03) * wide, outline[1 + k % 9][1] + rng.gauss(0, 0.02) * tall
        loose.append(((sx, sy), (sx + rng.uniform(-0.05, 0.05) * wide, sy - rng.uniform(0.0, 0.05) * wide)))
    dab_strokes(canvas, loose, shade(c, 1.1), 0.005 * wide, 0.8)
