"""Hills on which a church or a tower stands, seen from the path that leads up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .brush import curve, dab_strokes, gradient, mix, paint, polygon, rgb
from .buildings import church, fence
from .land import EARTH, grass, ground, peaks, puddles, ridges, road, rocks
from .landmarks import castle, stone_tower
from .lens import fore_grass
from .shrubs import tree_line
from .sky import birds, paint_sky
from .streets import lamps_lit
from .trees import bare_tree, broad_tree
from .wild import birch_grove

if TYPE_CHECKING:
    from .stage import Stage


__all__ = ["church_hill", "tower_hill"]


def church_hill(stage: Stage) -> None:
    """A church on its green hill, seen from the path that leads up to it."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.55, 0.18, 0.95), (0.57, 0.11, 0.72)], mix(pal.grass[1], (0.3, 0.42, 0.42), 0.35))
    tree_line(b, stage.rng("far"), pal, (-0.15 * w, 1.15 * w), 0.59 * h, 0.05 * u, 0.5, firs=0.4)
    hill = [
        (-0.3 * w, 0.66 * h),
        (0.2 * w, 0.63 * h),
        (0.45 * w, 0.585 * h),
        (0.75 * w, 0.58 * h),
        (1.0 * w, 0.63 * h),
        (1.4 * w, 0.67 * h),
    ]

    outline = curve([*hill, (1.6 * w, 1.6 * h), (-0.6 * w, 1.6 * h)])
    b.drawPath(
        outline,
        paint(
            shader=gradient(
                (0, 0.58 * h),
                (0, 0.85 * h),
                [
                    (0, pal.bright(pal.grass[2], 0.25), 1),
                    (0.5, pal.lit(pal.grass[0], 0.1), 1),
                    (1, pal.lit(pal.grass[1]), 1),
                ],
            )
        ),
    )
    church(
        b,
        stage.rng("church"),
        pal,
        0.52 * w,
        0.60 * h,
        0.50 * u,
        0.18,
        lit=lamps_lit(stage),
        domes=stage.rng("domes").random() < 0.5,
    )
    for fx, tall in ((0.40, 0.24), (0.86, 0.30), (0.94, 0.24)):
        broad_tree(b, stage.rng(f"t{fx}"), pal, fx * w, 0.625 * h, tall * u, 0.2)
    area = ground(stage, m, "near", 0.71, pal.grass[0], pal.grass[0], bump=0.03)
    grass(stage, m, "grass", 0.72, count=1300, clip=area)
    way = [
        (0.555, 0.605, 0.010),
        (0.585, 0.64, 0.024),
        (0.52, 0.70, 0.05),
        (0.47, 0.78, 0.11),
        (0.52, 0.92, 0.24),
        (0.5, 1.2, 0.5),
    ]
    road(stage, b, "path", way, EARTH, ruts=False)
    road(stage, m, "path", [(0.51, 0.71, 0.055), *way[3:]], EARTH, ruts=False)
    fence(
        m,
        stage.rng("f1"),
        pal,
        [(-0.06 * w, 0.83 * h, 0.13 * u), (0.18 * w, 0.775 * h, 0.10 * u), (0.36 * w, 0.745 * h, 0.08 * u)],
        rgb("#9c8564"),
        pickets=9,
    )
    birch_grove(stage, m, 0.07 * w, 0.79 * h, 0.62 * u, 0.04, 3)
    birds(b, stage.rng("birds"), 0.62 * w, 0.14 * h, u, pal.dark(rgb("#33333c")), n=6)
    if pal.wet:
        puddles(stage, m, "puddles", [(0.50, 0.86, 0.11)])
    fore_grass(stage, height=0.14, gap=0.55)


def tower_hill(stage: Stage) -> None:
    """An old keep on a crag above the plain."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    lit = lamps_lit(stage)
    paint_sky(stage, b)
    peaks(stage, b, "far", 0.58, 0.22, 0.9, rgb("#7d8494"), count=6)
    ridges(stage, b, "hills", [(0.58, 0.12, 0.72), (0.60, 0.07, 0.55)], mix(pal.grass[1], (0.3, 0.42, 0.42), 0.35))
    ridges(stage, b, "plain", [(0.64, 0.03, 0.4)], pal.grass[0])
    crag = polygon(
        [
            (0.50 * w, 0.75 * h),
            (0.545 * w, 0.63 * h),
            (0.57 * w, 0.60 * h),
            (0.60 * w, 0.545 * h),
            (0.66 * w, 0.53 * h),
            (0.79 * w, 0.535 * h),
            (0.83 * w, 0.58 * h),
            (0.87 * w, 0.62 * h),
            (0.93 * w, 0.75 * h),
        ]
    )
    rock = rgb("#857f78")
    b.drawPath(
        crag,
        paint(
            shader=gradient(
                (0.5 * w, 0.5 * h),
                (0.93 * w, 0.75 * h),
                [(0, pal.bright(rock, 0.2), 1), (0.5, pal.lit(rock, 0.15), 1), (1, pal.dark(rock, 0.15), 1)],
            )
        ),
    )
    rng = stage.rng("crag")
    b.save()
    b.clipPath(crag, doAntiAlias=True)
    cracks = [
        (
            (px := rng.uniform(0.5, 0.93) * w, py := rng.uniform(0.53, 0.72) * h),
            (px + rng.uniform(-0.02, 0.02) * u, py + rng.uniform(0.02, 0.08) * u),
        )
        for _ in range(70)
    ]
    dab_strokes(b, cracks, pal.dark(rock, 0.1), 0.005 * u, 0.6)
    b.restore()
    (castle if stage.wants("castle") else stone_tower)(
        b, stage.rng("keep"), pal, 0.715 * w, 0.54 * h, (0.52 if not stage.wants("castle") else 0.46) * u, 0.15, lit=lit
    )
    tree_line(b, rng, pal, (-0.15 * w, 0.55 * w), 0.68 * h, 0.07 * u, 0.3, firs=0.8)
    area = ground(stage, m, "near", 0.72, mix(pal.grass[0], rgb("#8b8670"), 0.3), pal.grass[0], bump=0.04)
    grass(stage, m, "grass", 0.73, count=1000, clip=area)
    road(
        stage,
        m,
        "path",
        [(0.60, 0.722, 0.03), (0.55, 0.77, 0.07), (0.49, 0.87, 0.16), (0.5, 1.15, 0.36)],
        EARTH,
        ruts=False,
    )
    rocks(stage, m, "rocks", [(0.12, 0.80, 0.07), (0.21, 0.83, 0.035), (0.87, 0.80, 0.06), (0.95, 0.85, 0.10)], rock)
    bare_tree(m, stage.rng("tree"), pal, 0.09 * w, 0.79 * h, 0.55 * u, 0.04, lean=0.12)
    birds(b, stage.rng("birds"), 0.70 * w, 0.10 * h, u, pal.dark(rgb("#2b2b33")), n=8)
    fore_grass(stage, height=0.13, gap=0.55)
