"""Enclosed ground: garden, graveyard, ruin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, fill, gradient, line, mix, paint, rgb, shadow, spray
from .buildings import cottage
from .land import STONE, grass, ground, ridges, road
from .lens import fore_leaves
from .shrubs import tree_line
from .sky import birds, paint_sky
from .streets import lamps_lit
from .trees import broad_tree

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .stage import Stage


__all__ = ["flowers", "garden"]

BLOOMS: tuple[RGB, ...] = tuple(rgb(c) for c in ("#e2607a", "#f2c14e", "#b57edc", "#f4f0f6", "#ef8a4f"))


def flowers(stage: Stage, canvas: Canvas, part: str, x0: float, x1: float, y: float, tall: float) -> None:
    """A bed of flowers from x0 to x1 px at ``y``; in winter only dry stalks stand there."""
    rng, pal = stage.rng(part), stage.pal
    n = max(8, int((x1 - x0) / (0.34 * tall)))
    spots = sorted(
        ((x0 + (x1 - x0) * rng.random(), y + rng.uniform(-0.25, 0.2) * tall) for _ in range(n)), key=lambda s: s[1]
    )
    for x, foot in spots:
        s = tall * rng.uniform(0.5, 1.0)
        lean = rng.uniform(-0.2, 0.2) * s
        stem = pal.dark(rgb("#5d7a3c")) if not pal.bare else pal.lit(rgb("#8a7a5a"))
        canvas.drawPath(
            curve([(x, foot), (x + 0.2 * lean, foot - 0.5 * s), (x + lean, foot - s)], close=False),
            paint(stem, stroke=max(0.6, 0.05 * s)),
        )
        for side in (-1, 1):
            leaf = curve(
                [(x, foot - 0.2 * s), (x + side * 0.28 * s, foot - 0.5 * s), (x + 0.05 * side * s, foot - 0.32 * s)]
            )
            canvas.drawPath(leaf, paint(stem))
        if pal.bare:
            continue
        c = BLOOMS[rng.randrange(len(BLOOMS))]
        if stage.words.season == "autumn":
            c = mix(c, rgb("#b8552e"), 0.4)
        r = 0.16 * s
        petals = [
            (x + lean + dx * r, foot - s + dy * r, 0.62 * r)
            for dx, dy in ((0, -0.7), (0.7, -0.1), (0.4, 0.65), (-0.4, 0.65), (-0.7, -0.1))
        ]
        spray(canvas, petals, pal.lit(c))
        spray(
            canvas,
            [(px - 0.12 * r, py - 0.15 * r, 0.3 * r) for px, py, _ in petals],
            pal.bright(mix(c, (1, 1, 1), 0.45)),
            0.8,
        )
        canvas.drawCircle(x + lean, foot - s, 0.38 * r, paint(pal.bright(rgb("#f5d05c"))))


def garden(stage: Stage) -> None:
    """A house among trees, flower beds along a gravel path, a hedge, an arch of roses."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    spring = stage.words.season == "spring"
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.55, 0.12, 0.92)], mix(pal.grass[1], (0.3, 0.42, 0.42), 0.35))
    tree_line(b, stage.rng("far"), pal, (-0.15 * w, 1.15 * w), 0.58 * h, 0.12 * u, 0.6, firs=0.15)
    ground(stage, b, "lawn", 0.572, pal.grass[2], pal.grass[0], bump=0.006)
    cottage(b, stage.rng("house"), pal, 0.64 * w, 0.605 * h, 0.30 * u, 0.25, lit=lamps_lit(stage))
    for fx, fy, tall in (
        (0.30, 0.60, 0.34),
        (0.42, 0.59, 0.25),
        (0.88, 0.61, 0.38),
        (0.14, 0.615, 0.40),
        (1.0, 0.62, 0.42),
    ):
        broad_tree(b, stage.rng(f"t{fx}"), pal, fx * w, fy * h, tall * u, 0.28, blossom=spring)
    _hedge(stage, 0.655)
    area = ground(stage, m, "near", 0.675, pal.grass[2], pal.grass[0], bump=0.004)
    grass(stage, m, "grass", 0.68, count=1100, clip=area)
    gravel = rgb("#d9cbb0")
    road(
        stage,
        m,
        "path",
        [(0.535, 0.652, 0.03), (0.53, 0.69, 0.055), (0.47, 0.76, 0.10), (0.53, 0.88, 0.20), (0.50, 1.2, 0.45)],
        gravel,
        ruts=False,
    )
    (_gate if stage.wants("gate", "gates") else _arch)(stage, 0.535 * w, 0.69 * h, 0.27 * u)
    for k, (x0, x1, y, tall) in enumerate(
        (
            (0.20, 0.43, 0.715, 0.045),
            (0.60, 0.84, 0.72, 0.045),
            (0.02, 0.34, 0.785, 0.075),
            (0.66, 0.99, 0.79, 0.075),
            (-0.08, 0.20, 0.885, 0.115),
            (0.80, 1.08, 0.89, 0.115),
        )
    ):
        if not pal.snowy:
            soil = blob(
                stage.rng(f"bed{k}"), (x0 + x1) / 2 * w, y * h, (x1 - x0) / 1.95 * w, 0.24 * tall * u, wobble=0.08, n=16
            )
            fill(m, soil, pal.lit(rgb("#6f5a3a"), 0.05), 0.85, blur=0.004 * u)
        flowers(stage, m, f"flowers{k}", x0 * w, x1 * w, y * h, tall * u)
    broad_tree(m, stage.rng("apple"), pal, 0.055 * w, 0.80 * h, 0.62 * u, 0.04, blossom=spring)
    _bench(stage, 0.80 * w, 0.765 * h, 0.17 * u)
    if pal.key > 0.2 and not pal.night and not pal.snowy:
        birds(b, stage.rng("birds"), 0.45 * w, 0.2 * h, 0.8 * u, pal.dark(rgb("#3a3a44")), n=4)
    fore_leaves(stage, size=0.42)
    if not pal.bare:
        flowers(stage, stage.fore, "foreflowers", -0.03 * w, 0.17 * w, 1.03 * h, 0.17 * u)
        flowers(stage, stage.fore, "foreflowers2", 0.86 * w, 1.03 * w, 1.03 * h, 0.15 * u)


def _hedge(stage: Stage, y: float) -> None:
    pal, w, h, u, b = stage.pal, stage.w, stage.h, stage.u, stage.back
    rng = stage.rng("hedge")
    c = rgb("#4a7342") if not pal.bare else rgb("#75664f")
    for x0, x1 in ((-0.2, 0.485), (0.585, 1.2)):
        box = skia.Rect.MakeLTRB(x0 * w, (y - 0.065) * h, x1 * w, (y + 0.03) * h)
        b.drawRRect(
            skia.RRect.MakeRectXY(box, 0.02 * u, 0.02 * u),
            paint(
                shader=gradient(
                    (0, box.top()),
                    (0, box.bottom()),
                    [(0, pal.bright(c, 0.2), 1), (0.3, pal.lit(c, 0.15), 1), (1, pal.dark(c, 0.1), 1)],
                )
            ),
        )
        dots = [
            (
                rng.uniform(x0, x1) * w,
                rng.uniform(box.top() - 0.008 * u, box.bottom()),
                0.006 * u * rng.uniform(0.5, 1.2),
            )
            for _ in range(420)
        ]
        spray(b, dots[:210], pal.bright(c, 0.2), 0.55)
        spray(b, dots[210:], pal.dark(c, 0.15), 0.55)
        if pal.snowy:
            b.drawRRect(
                skia.RRect.MakeRectXY(
                    skia.Rect.MakeLTRB(box.left(), box.top() - 0.012 * u, box.right(), box.top() + 0.018 * u),
                    0.02 * u,
                    0.02 * u,
                ),
                paint(pal.lit((0.95, 0.97, 1))),
            )


def _arch(stage: Stage, x: float, y: float, tall: float) -> None:
    """A wooden arch with climbing roses."""
    pal, m, rng = stage.pal, stage.mid, stage.rng("arch")
    half = 0.36 * tall
    path = skia.Path()
    path.moveTo(x - half, y)
    path.lineTo(x - half, y - 0.62 * tall)
    path.arcTo(skia.Rect.MakeLTRB(x - half, y - tall, x + half, y - 0.24 * tall), 180, 180, False)
    path.lineTo(x + half, y)
    m.drawPath(path, paint(pal.dark(rgb("#d9d0c0")), stroke=0.05 * tall))
    m.drawPath(path, paint(pal.lit(rgb("#ece4d4")), stroke=0.03 * tall))
    measure = skia.PathMeasure(path, False)
    length = measure.getLength()
    for k in range(70):
        point, _ = measure.getPosTan(length * k / 70)
        px, py = point.x() + rng.gauss(0, 0.03) * tall, point.y() + rng.gauss(0, 0.03) * tall
        if pal.bare:
            m.drawCircle(px, py, 0.008 * tall, paint(pal.dark(rgb("#6b5742"))))
            continue
        fill(
            m,
            blob(rng, px, py, 0.045 * tall, 0.04 * tall, wobble=0.3),
            (pal.dark, pal.lit, pal.bright)[k % 3](pal.leaves[k % 2]),
            0.9,
        )
        if k % 3 == 0:
            m.drawCircle(px, py, 0.024 * tall, paint(pal.lit(BLOOMS[0])))
            m.drawCircle(
                px - 0.006 * tall, py - 0.006 * tall, 0.012 * tall, paint(pal.bright(mix(BLOOMS[0], (1, 1, 1), 0.4)))
            )


def _gate(stage: Stage, x: float, y: float, tall: float) -> None:
    """An iron gate between stone posts, one leaf ajar."""
    pal, m = stage.pal, stage.mid
    iron, half = pal.dark(rgb("#34393d")), 0.42 * tall
    for side in (-1, 1):
        px = x + side * half
        across = [(0, pal.bright(STONE), 1), (0.5, pal.lit(STONE), 1), (1, pal.dark(STONE), 1)]
        post = skia.Rect.MakeLTRB(px - 0.09 * tall, y - 0.86 * tall, px + 0.09 * tall, y + 0.02 * tall)
        m.drawRect(post, paint(shader=gradient((post.left(), 0), (post.right(), 0), across)))
        m.drawRect(skia.Rect.MakeLTRB(px - 0.12 * tall, y - 0.91 * tall, px + 0.12 * tall, y - 0.85 * tall),
                   paint(pal.bright(STONE)))  # fmt: skip
        m.drawCircle(px, y - 0.97 * tall, 0.07 * tall, paint(pal.lit(STONE)))
        near = px - side * 0.09 * tall
        far = x - 0.02 * tall * side if side < 0 else x + 0.20 * tall
        for k in range(6):
            t = k / 5
            bx = near + (far - near) * t
            line(m, [(bx, y), (bx, y - (0.62 + 0.14 * t) * tall)], iron, 0.018 * tall)
        for level in (0.08, 0.55):
            line(m, [(near, y - level * tall), (far, y - level * tall)], iron, 0.022 * tall)


def _bench(stage: Stage, x: float, y: float, wide: float) -> None:
    pal, m = stage.pal, stage.mid
    wood = rgb("#8f6a48")
    shadow(m, x, y, 0.65 * wide, 0.08 * wide, pal.dark((0.1, 0.1, 0.12)), 0.6)
    for k in (-0.42, 0.42):
        line(m, [(x + k * wide, y), (x + k * wide, y - 0.5 * wide)], pal.dark(rgb("#4a4540")), 0.035 * wide)
    for level, c in ((0.22, pal.bright(wood)), (0.34, pal.lit(wood)), (0.42, pal.lit(wood)), (0.50, pal.bright(wood))):
        m.drawRect(
            skia.Rect.MakeLTRB(
                x - 0.5 * wide, y - level * wide - 0.025 * wide, x + 0.5 * wide, y - level * wide + 0.025 * wide
            ),
            paint(c),
        )
    if pal.snowy:
        m.drawRect(
            skia.Rect.MakeLTRB(x - 0.5 * wide, y - 0.26 * wide, x + 0.5 * wide, y - 0.22 * wide),
            paint(pal.lit((0.95, 0.97, 1))),
        )
