"""Trees and bushes: firs, broad crowns, birches, poplars, bare branches, hedges, leaves before the lens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import skia

from .brush import blob, curve, dab_strokes, fill, gradient, mix, paint, polygon, rgb, shade, shadow, spray

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas, Point
    from .palette import Palette


__all__ = ["bare_tree", "birch", "broad_tree", "fir", "tree", "trunk"]

BARK: RGB = rgb("#6b4f3c")
FIR: RGB = rgb("#35614c")
_WHITE: RGB = (0.95, 0.97, 1.0)


def fir(canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, tall: float, d: float = 0.0) -> None:
    """A spruce with drooping tiers, lit from the left."""
    base, dark, bright = pal.lit(FIR, d), pal.dark(FIR, d), pal.bright(mix(FIR, (0.55, 0.68, 0.4), 0.3), d)
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - 0.018 * tall, y - 0.12 * tall, x + 0.018 * tall, y), paint(pal.dark(BARK, d))
    )
    tiers = 7 if tall > 60 else 5
    wide = tall * rng.uniform(0.20, 0.26)
    for i in range(tiers):
        t = i / (tiers - 1)
        top, foot = y - tall * (0.32 - 0.26 * (1 - t) + 0.68 * t), y - tall * (0.07 + 0.76 * t)
        top = y - tall * min(1.0, 0.36 + 0.64 * t)
        half = wide * (1 - 0.86 * t) * rng.uniform(0.92, 1.08)
        droop = 0.035 * tall * (1 - 0.6 * t)
        edge = [(x, top)]
        n = 5
        for k in range(n + 1):
            ex = x + half * (1 - 2 * k / n)
            edge.append((ex, foot + droop * abs(1 - 2 * k / n) ** 1.5 + (0.012 * tall if k % 2 else 0)))
        path = polygon(edge)
        tone = mix(dark, base, 0.35 + 0.65 * t)
        body = gradient(
            (x - half, 0),
            (x + half, 0),
            [(0, mix(tone, bright, 0.65), 1), (0.45, tone, 1), (1, mix(tone, dark, 0.8), 1)],
        )
        canvas.drawPath(path, paint(shader=body))
        if pal.snowy:
            cap = [
                (x, top),
                (x - 0.6 * half, foot - 0.02 * tall),
                (x - 0.2 * half, foot - 0.05 * tall),
                (x + 0.1 * half, foot - 0.035 * tall),
                (x + 0.5 * half, foot - 0.03 * tall),
            ]
            canvas.drawPath(polygon(cap), paint(pal.lit(_WHITE, d), 0.9))


def trunk(
    canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, tall: float, wide: float, c: RGB, d: float = 0.0
) -> None:
    """A standing trunk with roots, bark marks and a lit edge; ``wide`` is its width in px at breast height."""
    lean = rng.uniform(-0.04, 0.04) * tall
    left = [
        (x - 1.5 * wide, y + 0.1 * wide),
        (x - 0.75 * wide, y - 0.45 * wide),
        (x - 0.5 * wide, y - 1.7 * wide),
        (x - 0.44 * wide + lean, y - tall),
    ]
    right = [
        (x + 0.44 * wide + lean, y - tall),
        (x + 0.5 * wide, y - 1.8 * wide),
        (x + 0.8 * wide, y - 0.5 * wide),
        (x + 1.6 * wide, y + 0.15 * wide),
    ]
    path = skia.Path()
    path.moveTo(*left[0])
    path.quadTo(*left[1], *left[2])
    path.lineTo(*left[3])
    path.lineTo(*right[0])
    path.lineTo(*right[1])
    path.quadTo(*right[2], *right[3])
    path.quadTo(x + 0.5 * wide, y - 0.12 * wide, x + 0.1 * wide, y + 0.12 * wide)
    path.quadTo(x - 0.6 * wide, y - 0.1 * wide, *left[0])
    path.close()
    body = gradient(
        (x - 0.6 * wide, 0),
        (x + 0.7 * wide, 0),
        [
            (0, pal.bright(c, d), 1),
            (0.25, pal.lit(c, d), 1),
            (0.75, pal.dark(c, d), 1),
            (1, shade(pal.dark(c, d), 0.82), 1),
        ],
    )
    canvas.drawPath(path, paint(shader=body))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    marks: list[tuple[Point, Point]] = []
    lights: list[tuple[Point, Point]] = []
    for _ in range(46):
        mx, my = x + rng.uniform(-0.5, 0.6) * wide + lean * 0.4, y - rng.random() * tall
        length = wide * rng.uniform(0.15, 0.8)
        (marks if rng.random() < 0.65 else lights).append(
            ((mx, my), (mx + rng.uniform(-0.08, 0.08) * wide, my - length))
        )
    dab_strokes(canvas, marks, shade(pal.dark(c, d), 0.75), max(0.8, 0.05 * wide), 0.55)
    dab_strokes(canvas, lights, pal.bright(c, d), max(0.7, 0.035 * wide), 0.35)
    if pal.snowy:
        canvas.drawRect(skia.Rect.MakeLTRB(x - 2 * wide, y - tall, x - 0.36 * wide, y), paint(pal.lit(_WHITE, d), 0.55))
    canvas.restore()


def bare_tree(
    canvas: Canvas,
    rng: Random,
    pal: Palette,
    x: float,
    y: float,
    tall: float,
    d: float = 0.0,
    *,
    c: RGB = BARK,
    lean: float = 0.0,
) -> None:
    """A leafless tree; in snow its limbs carry white."""
    limbs: list[tuple[float, float, float, float, float]] = []

    def grow(px: float, py: float, angle: float, length: float, width: float, depth: int) -> None:
        ex, ey = px + length * math.sin(angle), py - length * math.cos(angle)
        limbs.append((px, py, ex, ey, width))
        if depth == 0:
            return
        for side in (-1, 1):
            grow(
                ex,
                ey,
                angle + side * rng.uniform(0.22, 0.62) + 0.04,
                length * rng.uniform(0.62, 0.82),
                width * 0.62,
                depth - 1,
            )
        if rng.random() < 0.4:
            grow(ex, ey, angle + rng.uniform(-0.15, 0.15), length * 0.8, width * 0.6, depth - 1)

    grow(x, y, lean + rng.uniform(-0.06, 0.06), 0.27 * tall, 0.058 * tall, 5 if tall > 80 else 3)
    tone, edge = pal.dark(c, d), pal.bright(c, d)
    for ax, ay, bx, by, width in limbs:
        canvas.drawLine(ax, ay, bx, by, paint(tone, stroke=max(0.5, width)))
    for ax, ay, bx, by, width in limbs:
        if width > 0.012 * tall:
            canvas.drawLine(ax - 0.28 * width, ay, bx - 0.2 * width, by, paint(edge, 0.5, stroke=0.22 * width))
        elif pal.snowy and width > 0.003 * tall:
            canvas.drawLine(
                ax, ay - 0.6 * width, bx, by - 0.6 * width, paint(pal.lit(_WHITE, d), 0.8, stroke=0.8 * width)
            )


def broad_tree(
    canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, tall: float, d: float = 0.0, *, blossom: bool = False
) -> None:
    """An oak or an apple tree: a crown of leaf clouds, dark below, bright where the light falls."""
    if pal.bare:
        bare_tree(canvas, rng, pal, x, y, tall, d)
        return
    wide = 0.062 * tall
    shadow(canvas, x + 0.1 * tall, y, 0.42 * tall, 0.05 * tall, pal.dark((0.1, 0.12, 0.12), d), 0.5 * (1 - d))
    for angle in (-0.55, -0.2, 0.3, 0.62):
        tip = (x + 0.42 * tall * math.sin(angle), y - 0.42 * tall - 0.28 * tall * math.cos(angle))
        limb = curve(
            [(x - 0.4 * wide, y - 0.30 * tall), (x + 0.2 * tall * math.sin(angle), y - 0.46 * tall), tip], close=False
        )
        canvas.drawPath(limb, paint(pal.dark(BARK, d), stroke=0.55 * wide))
    trunk(canvas, rng, pal, x, y, 0.55 * tall, wide, BARK, d)
    deep, body, light = pal.leaves if not blossom else (rgb("#d98fa6"), rgb("#f0bccb"), rgb("#fce4ea"))
    cx, cy, r = x, y - 0.66 * tall, 0.34 * tall
    clumps = []
    for i in range(13):
        a = math.tau * i / 13 + rng.uniform(-0.2, 0.2)
        k = rng.uniform(0.45, 0.82) if i % 3 else rng.uniform(0.0, 0.3)
        clumps.append((cx + 1.12 * r * k * math.cos(a), cy + 0.86 * r * k * math.sin(a), r * rng.uniform(0.34, 0.5)))
    clumps.sort(key=lambda q: -q[1])
    for px, py, s in clumps:
        fill(canvas, blob(rng, px + 0.08 * s, py + 0.16 * s, 1.1 * s, 0.95 * s, wobble=0.12, n=13), pal.dark(deep, d))
    for px, py, s in clumps:
        tone = gradient(
            (px - s, py - s),
            (px + 0.8 * s, py + s),
            [(0, pal.bright(body, d), 1), (0.5, pal.lit(body, d), 1), (1, pal.dark(deep, d), 1)],
        )
        canvas.drawPath(blob(rng, px, py, s, 0.86 * s, wobble=0.13, n=13), paint(shader=tone))
    leaf_dabs(canvas, rng, clumps, (pal.dark(deep, d), pal.lit(body, d), pal.bright(light, d)), tall)


def leaf_dabs(
    canvas: Canvas, rng: Random, clumps: list[tuple[float, float, float]], tones: tuple[RGB, RGB, RGB], tall: float
) -> None:
    """Leaf dabs over the clumps: dark at the right and below, light at the left and above."""
    sets: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    many = 26 if tall > 120 else 9
    for px, py, s in clumps:
        for _ in range(many):
            a, k = rng.random() * math.tau, rng.random() ** 0.5 * 1.08
            dx, dy = k * math.cos(a), k * math.sin(a)
            side = 0.7 * dx + dy + rng.uniform(-0.5, 0.5)
            sets[0 if side > 0.5 else 2 if side < -0.45 else 1].append(
                (px + dx * s, py + 0.9 * dy * s, tall * rng.uniform(0.004, 0.011))
            )
    soft = (tones[0], tones[1], mix(tones[1], tones[2], 0.55))
    for dots, tone, alpha in zip(sets, soft, (0.7, 0.7, 0.8), strict=True):
        spray(canvas, dots, tone, alpha)


def birch(canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, tall: float, d: float = 0.0) -> None:
    """A slender white trunk with dark marks and hanging foliage."""
    lean = rng.uniform(-0.05, 0.05) * tall
    width = 0.028 * tall
    white = rgb("#ece7dc")
    body = gradient(
        (x - width, 0),
        (x + width, 0),
        [(0, pal.bright(white, d), 1), (0.5, pal.lit(white, d), 1), (1, pal.dark(white, d), 1)],
    )
    path = polygon(
        [
            (x - 0.6 * width, y),
            (x - 0.2 * width + lean, y - 0.95 * tall),
            (x + 0.2 * width + lean, y - 0.95 * tall),
            (x + 0.6 * width, y),
        ]
    )
    for k in range(9):
        t = 0.34 + 0.6 * k / 9
        side = 1.0 if k % 2 else -1.0
        bx, by = x + lean * t, y - t * tall
        limb = [
            (bx, by),
            (bx + side * 0.10 * tall * (1.2 - t), by - 0.07 * tall),
            (bx + side * 0.17 * tall * (1.2 - t), by - 0.02 * tall),
        ]
        canvas.drawPath(curve(limb, close=False), paint(pal.dark(BARK, d), stroke=max(0.5, 0.2 * width)))
    canvas.drawPath(path, paint(shader=body))
    marks = []
    for _ in range(20):
        my = y - rng.random() ** 1.3 * 0.85 * tall
        side = rng.choice((-0.5, 0.45))
        mx = x + lean * (y - my) / tall + side * width * 0.6
        marks.append(((mx, my), (mx - side * width * rng.uniform(0.5, 1.0), my)))
    dab_strokes(canvas, marks, pal.dark(rgb("#3a352f"), d), max(0.6, 0.12 * width), 0.85)
    if pal.bare:
        return
    clumps = [
        (x + lean * 0.8 + rng.gauss(0, 0.095) * tall, y - rng.uniform(0.45, 1.0) * tall, 0.07 * tall) for _ in range(14)
    ]
    for px, py, s in clumps:
        fill(canvas, blob(rng, px, py, s, 1.15 * s, wobble=0.25), pal.lit(pal.leaves[1], d), 0.5)
    leaf_dabs(
        canvas, rng, clumps, (pal.dark(pal.leaves[0], d), pal.lit(pal.leaves[1], d), pal.bright(pal.leaves[2], d)), tall
    )


def tree(canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, tall: float, d: float = 0.0) -> None:
    """One tree of a mixed country: broad, birch or fir."""
    kind = rng.random()
    (broad_tree if kind < 0.5 else birch if kind < 0.7 else fir)(canvas, rng, pal, x, y, tall, d)
