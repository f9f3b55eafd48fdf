"""Land: ridges in the haze, ground with its grass or snow, roads, rocks and puddles."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, dab_strokes, fill, gradient, mix, paint, polygon, rgb, ridge_line, shade, shadow, spray

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from .brush import RGB, Canvas, Path, Point
    from .stage import Stage


__all__ = ["EARTH", "STONE", "grass", "ground", "peaks", "puddles", "ridges", "road", "rocks", "tufts"]

EARTH: RGB = rgb("#b08d5f")
STONE: RGB = rgb("#9a958c")


def ridges(
    stage: Stage, canvas: Canvas, part: str, layers: Sequence[tuple[float, float, float]], c: RGB, *, rough: float = 0.5
) -> None:
    """Hills one behind the other: (base y, height, haze distance) each, in shares of h and u, far first."""
    w, u = stage.w, stage.u
    for i, (base, height, distance) in enumerate(layers):
        rng = stage.rng(f"{part}/{i}")
        points = ridge_line(rng, -0.15 * w, 1.15 * w, base * stage.h, height * u, rough)
        top = min(y for _, y in points)
        outline = [*points, (1.15 * w, 1.45 * stage.h), (-0.15 * w, 1.45 * stage.h)]
        near, foot = stage.pal.lit(c, distance), stage.pal.lit(c, min(1.0, distance + 0.28))
        body = gradient((0, top), (0, base * stage.h + 0.05 * u), [(0, near, 1), (1, foot, 1)])
        canvas.drawPath(polygon(outline), paint(shader=body))


def peaks(
    stage: Stage, canvas: Canvas, part: str, y: float, height: float, distance: float, c: RGB, *, count: int
) -> None:
    """A chain of rock peaks with a lit and a shaded face and snow on top; y and height in shares of h and u."""
    rng, w, u, h = stage.rng(part), stage.w, stage.u, stage.h
    pal = stage.pal
    lit, dark = pal.bright(c, distance), pal.dark(c, distance)
    white = pal.bright(rgb("#f4f7fb"), distance * 0.85)
    blue = pal.lit(rgb("#a9bdd6"), distance)
    spots = sorted(((i + 0.5 + rng.uniform(-0.4, 0.4)) / count, rng.uniform(0.55, 1.0)) for i in range(count))
    for fx, k in sorted(spots, key=lambda s: s[1]):
        x, base = (fx * 1.3 - 0.15) * w, y * h + 0.06 * u
        tall = height * u * k
        half = tall * rng.uniform(0.85, 1.15)
        left = [
            (
                x - half + half * t + rng.uniform(-1, 1) * 0.035 * tall,
                base - tall * t**1.12 + rng.uniform(-1, 1) * 0.03 * tall,
            )
            for t in (0.0, 0.2, 0.38, 0.55, 0.7, 0.84, 0.94)
        ]
        right = [
            (
                x + half * (1 - t) + rng.uniform(-1, 1) * 0.035 * tall,
                base - tall * t**1.12 + rng.uniform(-1, 1) * 0.03 * tall,
            )
            for t in (0.94, 0.84, 0.7, 0.55, 0.38, 0.2, 0.0)
        ]
        summit = (x, base - tall)
        bends = ((t, 0.10 * math.sin(9 * t + k * 7) + 0.10 * (1 - t)) for t in (0.86, 0.7, 0.5, 0.3, 0.1, -0.1))
        spine = [summit, *((x + tall * bend, base - tall * t) for t, bend in bends)]
        outline = polygon([*left, summit, *right])
        foot = stage.pal.lit(c, min(1.0, distance + 0.35))
        faces = gradient((0, base - tall), (0, base), [(0, lit, 1), (0.55, mix(lit, foot, 0.45), 1), (1, foot, 1)])
        canvas.drawPath(outline, paint(shader=faces))
        canvas.save()
        canvas.clipPath(outline, doAntiAlias=True)
        shaded = gradient(
            (0, base - tall), (0, base), [(0, dark, 1), (0.55, mix(dark, foot, 0.4), 0.95), (1, foot, 0.6)]
        )
        canvas.drawPath(polygon([*spine, (x + 2 * half, base), (x + 2 * half, base - tall)]), paint(shader=shaded))
        snow = 0.75 if pal.snowy else rng.uniform(0.34, 0.46)
        cap: list[Point] = [(x - 1.1 * snow * half, base - tall * (1 - snow))]
        teeth = 11
        for i in range(1, teeth):
            t = i / teeth
            dip = snow * (1.0 if i % 2 else 0.62) * rng.uniform(0.75, 1.1)
            cap.append((x + (2 * t - 1) * snow * half * 1.05, base - tall * (1 - dip)))
        cap += [
            (x + 1.1 * snow * half, base - tall * (1 - snow)),
            (x + half, base - 1.1 * tall),
            (x - half, base - 1.1 * tall),
        ]
        canvas.drawPath(polygon(cap), paint(white, 0.95))
        canvas.clipPath(polygon(cap), doAntiAlias=True)
        canvas.drawPath(polygon([*spine, (x + 2 * half, base), (x + 2 * half, base - tall)]), paint(blue, 0.9))
        for _ in range(9):
            sx, sy = x + rng.uniform(-0.4, 0.4) * half, base - tall * rng.uniform(0.5, 0.9)
            dab_strokes(
                canvas,
                [((sx, sy), (sx + rng.uniform(-0.05, 0.1) * tall, sy + 0.10 * tall))],
                mix(lit, dark, 0.6),
                0.006 * u,
                0.35,
            )
        canvas.restore()


def ground(
    stage: Stage, canvas: Canvas, part: str, y: float, far: RGB, near: RGB, *, bump: float = 0.012, rim: bool = True
) -> Path:
    """A ground that begins at ``y`` (share of h) and runs below the frame; gives back its outline as a path."""
    w, h, u = stage.w, stage.h, stage.u
    rng = stage.rng(part)
    points = ridge_line(rng, -0.2 * w, 1.2 * w, y * h + bump * u / 2, bump * u, 0.42, 6)
    outline = polygon([*points, (1.2 * w, 1.5 * h), (-0.2 * w, 1.5 * h)])
    pal = stage.pal
    d = stage.distance(y * h)
    body = gradient(
        (0, y * h),
        (0, 1.08 * h),
        [
            (0, pal.lit(far, d), 1),
            (0.18, pal.lit(mix(far, near, 0.3), d * 0.6), 1),
            (0.6, pal.lit(near, 0.02), 1),
            (1, pal.lit(shade(near, 0.72)), 1),
        ],
    )
    canvas.drawPath(outline, paint(shader=body))
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    for k in range(5):
        # Cloud shadows and clearings: what makes a flat ground deep.
        py = h * (y + (1.0 - y) * (0.12 + 0.2 * k + rng.uniform(-0.05, 0.05)))
        x, reach = rng.uniform(0.0, 1.0) * w, u * rng.uniform(0.35, 0.7)
        tone, alpha = (pal.dark(shade(near, 0.7)), 0.50) if k % 2 == 0 else (pal.bright(far), 0.26 * (0.3 + pal.key))
        shadow(canvas, x, py, reach, reach * (0.05 + 0.10 * stage.near(py)), tone, alpha)
    canvas.restore()
    if rim and pal.key > 0.25:
        canvas.drawPath(curve(points, close=False), paint(pal.bright(far, d * 0.7), 0.22, stroke=0.004 * u))
    return outline


def grass(stage: Stage, canvas: Canvas, part: str, y: float, *, count: int = 900, clip: Path = None) -> None:
    """Blades and patches on a ground from ``y`` (share of h) down, growing towards the viewer. On snow: soft drifts."""
    rng, w, h, u, pal = stage.rng(part), stage.w, stage.h, stage.u, stage.pal
    canvas.save()
    if clip is not None:
        canvas.clipPath(clip, doAntiAlias=True)
    for i in range(16):
        t = (i + rng.random()) / 16
        py = h * (y + (1.1 - y) * t**1.5)
        near = stage.near(py)
        c = pal.grass[rng.randrange(3)]
        c = pal.lit(c, stage.distance(py)) if rng.random() < 0.6 else pal.dark(c, stage.distance(py))
        fill(
            canvas,
            blob(rng, rng.uniform(-0.1, 1.1) * w, py, u * (0.08 + 0.28 * near), u * (0.006 + 0.03 * near)),
            c,
            0.20,
        )
    if pal.snowy:
        for i in range(12):
            py = h * (y + (1.05 - y) * ((i + rng.random()) / 12) ** 1.4)
            near = stage.near(py)
            x, length = rng.uniform(-0.1, 1.0) * w, u * (0.15 + 0.5 * near)
            drift = [
                (x, py),
                (x + 0.3 * length, py - 0.02 * u * near),
                (x + 0.7 * length, py - 0.006 * u),
                (x + length, py + 0.01 * u * near),
            ]
            canvas.drawPath(
                curve(drift, close=False),
                paint(pal.dark(pal.grass[1], stage.distance(py)), 0.22, stroke=0.006 * u * near + 0.5, blur=0.0025 * u),
            )
        count //= 8
    for k, tone in enumerate((pal.grass[1], pal.grass[0], pal.grass[2])):
        strokes = []
        for _ in range(count // 3):
            py = h * (y + (1.06 - y) * rng.random() ** 1.3)
            near = stage.near(py)
            x, s = rng.uniform(-0.12, 1.12) * w, u * 0.024 * near * rng.uniform(0.5, 1.3)
            for lean in (-0.5, -0.2, 0.05, 0.3, 0.55):
                tip = (x + (lean + rng.uniform(-0.2, 0.2)) * s, py - s * rng.uniform(0.6, 1.0))
                strokes.append(((x + 0.45 * lean * s, py), tip))
        c = (pal.dark(tone), pal.lit(tone), pal.bright(tone))[k]
        if pal.snowy:
            c = pal.lit(rgb("#8f8671"))
        dab_strokes(canvas, strokes, c, 0.0016 * u, 0.38)
    canvas.restore()


def tufts(
    canvas: Canvas, rng: Random, x: float, y: float, size: float, tones: Sequence[RGB], *, blades: int = 16
) -> None:
    """A clump of tall curved blades."""
    for i in range(blades):
        lean = rng.uniform(-0.75, 0.75)
        tall = size * rng.uniform(0.45, 1.0) * (1 - 0.3 * abs(lean))
        bx = x + rng.uniform(-0.3, 0.3) * size
        tip = (bx + lean * tall * 0.7, y - tall)
        path = skia.Path()
        path.moveTo(bx - 0.018 * size, y)
        path.quadTo(bx + lean * tall * 0.12, y - 0.6 * tall, *tip)
        path.quadTo(bx + lean * tall * 0.2 + 0.03 * size, y - 0.5 * tall, bx + 0.028 * size, y)
        path.close()
        canvas.drawPath(path, paint(tones[i % len(tones)]))


def road(
    stage: Stage, canvas: Canvas, part: str, points: Sequence[tuple[float, float, float]], c: RGB, *, ruts: bool = True
) -> Path:
    """A way along (x, y, half width) in shares of w, h and u, far end first; gives back its outline."""
    rng, w, h, u, pal = stage.rng(part), stage.w, stage.h, stage.u, stage.pal
    steps: list[tuple[float, float, float]] = []
    for i in range(len(points) - 1):
        p0, p1, p2, p3 = (points[max(0, min(len(points) - 1, i + k))] for k in (-1, 0, 1, 2))
        for j in range(8):
            t = j / 8
            steps.append(_catmull(p0, p1, p2, p3, t))
    steps.append(points[-1])
    left = [((x * w - r * u) + rng.uniform(-0.06, 0.06) * r * u, y * h) for x, y, r in steps]
    right = [((x * w + r * u) + rng.uniform(-0.06, 0.06) * r * u, y * h) for x, y, r in steps]
    outline = polygon([*left, *reversed(right)])
    y0 = points[0][1] * h
    c = mix(c, (0.90, 0.93, 0.98), 0.82) if pal.snowy else c
    c = shade(c, 0.7) if pal.wet else c
    body = gradient(
        (0, y0),
        (0, 1.05 * h),
        [(0, pal.lit(c, stage.distance(y0)), 1), (0.4, pal.lit(c, 0.08), 1), (1, pal.lit(shade(c, 0.78)), 1)],
    )
    canvas.drawPath(outline, paint(shader=body))
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    if ruts:
        for side in (-0.45, 0.42):
            inner = [(x * w + (side - 0.09) * r * u + rng.uniform(-0.015, 0.015) * r * u, y * h) for x, y, r in steps]
            outer = [(x * w + (side + 0.09) * r * u + rng.uniform(-0.015, 0.015) * r * u, y * h) for x, y, r in steps]
            canvas.drawPath(polygon([*inner, *reversed(outer)]), paint(pal.dark(shade(c, 0.9)), 0.42, blur=0.0015 * u))
    dots = []
    for _ in range(160):
        x, y, r = steps[rng.randrange(len(steps))]
        dots.append(
            (
                x * w + rng.uniform(-1, 1) * r * u,
                y * h + rng.uniform(-0.01, 0.01) * u,
                max(0.5, 0.012 * r * u * rng.uniform(0.4, 1.6)),
            )
        )
    spray(canvas, dots, pal.dark(c), 0.4)
    canvas.restore()
    if not pal.snowy:
        _verge(stage, canvas, rng, left, right)
    return outline


def _verge(stage: Stage, canvas: Canvas, rng: Random, left: Sequence[Point], right: Sequence[Point]) -> None:
    """Grass that hangs over both edges of a way."""
    pal, u = stage.pal, stage.u
    sets: tuple[list[tuple[Point, Point]], ...] = ([], [], [])
    for edge in (left, right):
        for (ax, ay), (bx, by) in pairwise(edge):
            for _ in range(4 + int(20 * stage.near(by))):
                t = rng.random()
                x, y = ax + (bx - ax) * t + rng.gauss(0, 0.016) * u * stage.near(by), ay + (by - ay) * t
                tall = 0.020 * u * stage.near(y) * rng.uniform(0.3, 1.1)
                sets[rng.randrange(3)].append(((x, y), (x + rng.uniform(-0.45, 0.45) * tall, y - tall)))
    tones = (pal.dark(pal.grass[1], 0.05), pal.lit(pal.grass[1], 0.05), pal.lit(shade(pal.grass[0], 0.92), 0.05))
    for strokes, tone in zip(sets, tones, strict=True):
        dab_strokes(canvas, strokes, tone, 0.0022 * u, 0.6)


def _catmull(a: RGB, b: RGB, c: RGB, d: RGB, t: float) -> tuple[float, float, float]:
    def one(k: int) -> float:
        return float(
            0.5
            * (
                2 * b[k]
                + (c[k] - a[k]) * t
                + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3
            )
        )

    return one(0), one(1), max(0.0005, one(2))


def rocks(stage: Stage, canvas: Canvas, part: str, spots: Sequence[tuple[float, float, float]], c: RGB = STONE) -> None:
    """Boulders at (x, y, size) in shares of w, h and u, with a lit top and a shadow."""
    pal, w, h, u = stage.pal, stage.w, stage.h, stage.u
    for i, (fx, fy, size) in enumerate(spots):
        rng = stage.rng(f"{part}/{i}")
        x, y, s = fx * w, fy * h, size * u
        d = stage.distance(y)
        shadow(canvas, x + 0.15 * s, y + 0.05 * s, 1.25 * s, 0.28 * s, pal.dark((0.12, 0.12, 0.16)), 0.55)
        n = 9
        outline = []
        for k in range(n + 1):
            a = math.pi * (1 - k / n)
            r = s * rng.uniform(0.8, 1.1)
            outline.append((x + r * math.cos(a), y - 0.72 * r * math.sin(a)))
        path = polygon([*outline, (x + 0.8 * s, y + 0.12 * s), (x - 0.75 * s, y + 0.14 * s)])
        canvas.drawPath(
            path,
            paint(
                shader=gradient(
                    (x - s, y - s),
                    (x + s, y),
                    [(0, pal.bright(c, d), 1), (0.5, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)],
                )
            ),
        )
        canvas.save()
        canvas.clipPath(path, doAntiAlias=True)
        ridge = outline[n // 2 - 1]
        canvas.drawPath(
            polygon(
                [
                    ridge,
                    (x + 0.15 * s, y - 0.25 * s),
                    (x + 0.05 * s, y + 0.2 * s),
                    (x + 1.2 * s, y + 0.3 * s),
                    (x + 1.2 * s, y - 0.6 * s),
                ]
            ),
            paint(pal.dark(c, d), 0.6),
        )
        if pal.snowy:
            top = [(px, py + 0.02 * s) for px, py in outline[1:-1]]
            canvas.drawPath(curve(top, close=False), paint(pal.lit((0.94, 0.96, 1.0), d), 1, stroke=0.3 * s))
        canvas.restore()


def puddles(stage: Stage, canvas: Canvas, part: str, spots: Sequence[tuple[float, float, float]]) -> None:
    """Water on the ground after rain, holding a piece of the sky."""
    pal, w, h, u = stage.pal, stage.w, stage.h, stage.u
    for i, (fx, fy, size) in enumerate(spots):
        rng = stage.rng(f"{part}/{i}")
        x, y, s = fx * w, fy * h, size * u
        path = blob(rng, x, y, s, 0.16 * s, wobble=0.25, n=12)
        fill(canvas, path, pal.dark(EARTH), 0.5, blur=0.01 * s)
        sheen = gradient(
            (0, y - 0.18 * s),
            (0, y + 0.18 * s),
            [(0, mix(pal.middle, pal.low, 0.5), 0.85), (1, shade(pal.top, 0.9), 0.6)],
        )
        canvas.drawPath(path, paint(shader=sheen))
        canvas.drawOval(
            skia.Rect.MakeLTRB(x - 0.25 * s, y - 0.03 * s, x + 0.2 * s, y + 0.045 * s),
            paint(pal.low, 0.35, stroke=0.0025 * u),
        )
