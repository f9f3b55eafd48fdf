"""Streets: a village, a city, and the hills on which a church or a tower stands."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import skia

from .brush import glow, gradient, line, mix, paint, polygon, rgb, shade
from .buildings import WALLS, church, cottage, fence
from .land import EARTH, grass, ground, puddles, ridges, road
from .landmarks import lamp_post, stone_tower, windmill
from .lens import fore_grass, fore_leaves
from .palette import LAMP
from .paving import cobbles, pavement, reflections
from .shrubs import bush, tree_line
from .sky import paint_sky, smoke, veil
from .trees import broad_tree

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas
    from .palette import Palette
    from .stage import Stage


__all__ = ["city", "village"]


def lamps_lit(stage: Stage) -> bool:
    """Whether people indoors have put on a light."""
    return stage.words.time in ("night", "dusk") or stage.words.weather in ("storm", "fog")


class _Plan(NamedTuple):
    """How a village lies: places are shares of w and h, sizes shares of u."""

    church: tuple[float, float]
    far: tuple[tuple[float, float, float], ...]
    near: tuple[tuple[float, float, float], ...]
    trees: tuple[tuple[float, float, float], ...]
    way: tuple[tuple[float, float, float], ...]
    fences: tuple[tuple[tuple[float, float, float], ...], ...]


_VILLAGES = (
    _Plan(
        church=(0.60, 0.30),
        far=((0.43, 0.592, 0.10), (0.70, 0.60, 0.13), (0.31, 0.612, 0.17), (0.81, 0.628, 0.22)),
        near=((0.115, 0.735, 0.50), (0.99, 0.745, 0.52)),
        trees=((0.225, 0.63, 0.30), (0.92, 0.63, 0.34)),
        way=((0.545, 0.585, 0.012), (0.56, 0.61, 0.028), (0.51, 0.65, 0.055), (0.52, 0.70, 0.10), (0.50, 0.80, 0.21),
             (0.52, 0.95, 0.38), (0.5, 1.3, 0.8)),
        fences=(((-0.08, 0.855, 0.15), (0.15, 0.785, 0.115), (0.285, 0.735, 0.085)),
                ((0.76, 0.735, 0.085), (0.90, 0.79, 0.115), (1.08, 0.86, 0.15))),
    ),
    _Plan(
        church=(0.225, 0.40),
        far=((0.34, 0.588, 0.08), (0.45, 0.592, 0.10), (0.55, 0.602, 0.14), (0.655, 0.617, 0.19), (0.775, 0.645, 0.27)),
        near=((0.975, 0.755, 0.62),),
        trees=((0.09, 0.61, 0.22), (0.02, 0.64, 0.34)),
        way=((0.36, 0.585, 0.012), (0.40, 0.61, 0.028), (0.47, 0.65, 0.055), (0.54, 0.70, 0.10), (0.58, 0.80, 0.20),
             (0.52, 0.95, 0.38), (0.46, 1.3, 0.8)),
        fences=(((0.66, 0.72, 0.08), (0.80, 0.775, 0.11), (1.08, 0.87, 0.16)),),
    ),
    _Plan(
        church=(0.475, 0.44),
        far=((0.39, 0.595, 0.11), (0.56, 0.597, 0.12), (0.665, 0.625, 0.20), (0.345, 0.64, 0.22)),
        near=((0.215, 0.705, 0.36), (0.80, 0.70, 0.34), (0.01, 0.775, 0.56)),
        trees=((0.89, 0.66, 0.42), (1.0, 0.70, 0.52)),
        way=((0.485, 0.585, 0.014), (0.49, 0.61, 0.032), (0.50, 0.65, 0.065), (0.49, 0.70, 0.11), (0.50, 0.80, 0.22),
             (0.50, 0.95, 0.40), (0.5, 1.3, 0.85)),
        fences=(((0.72, 0.755, 0.10), (0.88, 0.80, 0.125), (1.08, 0.86, 0.15)),),
    ),
)  # fmt: skip


def village(stage: Stage) -> None:
    """Cottages along an earth street, gardens with fences, a church beyond; one of three plans."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    lit, plan = lamps_lit(stage), _VILLAGES[stage.variant("village", 3)]
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.55, 0.17, 0.95), (0.565, 0.10, 0.75)], mix(pal.grass[1], (0.3, 0.42, 0.42), 0.35))
    rng = stage.rng("far")
    tree_line(b, rng, pal, (-0.15 * w, 1.15 * w), 0.578 * h, 0.06 * u, 0.6, firs=0.4)
    if stage.wants("windmill"):
        windmill(b, stage.rng("mill"), pal, 0.66 * w, 0.575 * h, 0.36 * u, 0.35, lit=lit)
    else:
        x, tall = plan.church
        church(b, stage.rng("church"), pal, x * w, 0.58 * h, tall * u, 0.5, lit=lit, domes=rng.random() < 0.5)
    ground(stage, b, "green", 0.572, pal.grass[2], pal.grass[0], bump=0.012)
    timber = rng.random() < 0.4
    for fx, fy, s in plan.far:
        cottage(b, stage.rng(f"house{fx}"), pal, fx * w, fy * h, s * u, 0.5 * (1 - s * 2.2), timber=timber, lit=lit)
        if lit or pal.snowy:
            top, veil_tone = fy * h - 0.9 * s * u, mix(pal.cloud, pal.haze, 0.4)
            smoke(b, stage.rng(f"smoke{fx}"), fx * w + 0.05 * s * u, top, 0.9 * s * u, veil_tone, 0.4)
    for fx, fy, tall in plan.trees:
        broad_tree(b, stage.rng(f"tree{fx}"), pal, fx * w, fy * h, tall * u, 0.23)
    area = ground(stage, m, "near", 0.66, pal.grass[0], pal.grass[0], bump=0.012)
    grass(stage, m, "grass", 0.67, count=1200, clip=area)
    earth, way = mix(EARTH, (0.8, 0.72, 0.6), 0.25), plan.way
    road(stage, b, "street", way, earth)
    start = (way[2][0] + (way[3][0] - way[2][0]) * 0.14, 0.657, 0.06)
    road(stage, m, "street", [start, *way[3:]], earth)
    for k, (fx, fy, s) in enumerate(plan.near):
        cottage(m, stage.rng(f"near house{k}"), pal, fx * w, fy * h, s * u, 0.06, timber=timber, lit=lit)
        bloom = rgb("#e88a9a") if stage.words.season in ("spring", "summer") else None
        side = 1 if fx < 0.5 else -1
        bush(m, stage.rng(f"bush{k}"), pal, (fx + 0.12 * side * s) * w, (fy + 0.008) * h, 0.045 * u, bloom=bloom)
    for k, rail in enumerate(plan.fences):
        points = [(x * w, y * h, tall * u) for x, y, tall in rail]
        fence(m, stage.rng(f"fence{k}"), pal, points, rgb("#a58a66"), pickets=13)
    if pal.wet:
        puddles(stage, m, "puddles", [(0.46, 0.80, 0.10), (0.58, 0.90, 0.16), (0.52, 0.72, 0.05)])
    if stage.wants("lamp"):
        lamp_post(m, pal, 0.33 * w, 0.775 * h, 0.36 * u, lit=lit or pal.night)
    fore_leaves(stage, size=0.40)
    fore_grass(stage, height=0.12, gap=0.6)


def city(stage: Stage) -> None:
    """Tall fronts on both sides of a cobbled street, lamps, a spire in the haze."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    lit = lamps_lit(stage)
    paint_sky(stage, b)
    _skyline(stage)
    plan = stage.variant("city", 3)
    vx, vy = (0.5, 0.37, 0.58)[plan] * w, 0.545 * h
    if plan == 1:
        stone_tower(b, stage.rng("gate"), pal, vx + 0.01 * w, 0.578 * h, 0.34 * u, 0.55, lit=lit)
    else:
        church(b, stage.rng("spire"), pal, vx - 0.03 * w, 0.578 * h, 0.42 * u, 0.62, lit=lit, domes=plan == 2)
    street = polygon(
        [(vx - 0.035 * w, 0.575 * h), (vx + 0.035 * w, 0.575 * h), (1.9 * w, 1.5 * h), (-0.9 * w, 1.5 * h)]
    )
    stone = rgb("#9b948a") if not pal.snowy else rgb("#dfe6ee")
    stone = shade(stone, 0.68) if pal.wet else stone
    for canvas in (b, m):
        canvas.save()
        if canvas is m and m is not b:
            canvas.clipRect(skia.Rect.MakeLTRB(-2 * w, 0.70 * h, 3 * w, 2 * h))
        canvas.drawPath(
            street,
            paint(
                shader=gradient(
                    (0, 0.57 * h),
                    (0, 1.05 * h),
                    [(0, pal.lit(stone, 0.55), 1), (0.3, pal.lit(stone, 0.12), 1), (1, pal.lit(shade(stone, 0.75)), 1)],
                )
            ),
        )
        cobbles(stage, canvas, street, stone)
        canvas.restore()
    for side in (-1, 1):
        _row_of_houses(stage, b, side, (vx, vy), lit, _TOWNS[plan])
    for side in (-1, 1):
        pavement(stage, side, vx)
    _soft_seam(stage)
    if pal.wet:
        reflections(stage, lit)
        puddles(stage, m, "puddles", [(0.42, 0.82, 0.11), (0.60, 0.93, 0.18), (0.53, 0.74, 0.06)])
    for k, (fx, fy) in enumerate(((0.395, 0.635), (0.61, 0.645), (0.315, 0.70), (0.735, 0.735), (0.165, 0.82))):
        shift = (vx - 0.5 * w) * max(0.0, 1 - 3.6 * (fy - 0.58))
        lamp_post(
            b if fy < 0.7 else m,
            pal,
            fx * w + shift,
            fy * h,
            u * (fy - 0.545) * 1.75,
            0.35 * max(0.0, 0.75 - fy) / 0.15,
            lit=lit or (stage.wants("lamp") and k > 2),
        )
    if stage.words.weather == "fog" or stage.words.time == "dawn":
        veil(b, stage, 0.57 * h, 0.12 * u, 0.5)
    _post_before_lens(stage)


def _soft_seam(stage: Stage) -> None:
    """Let the near street begin gradually, where the far one lies under it."""
    if stage.mid is stage.back:
        return
    w, h = stage.w, stage.h
    p = paint(shader=gradient((0, 0.70 * h), (0, 0.78 * h), [(0, (0, 0, 0), 1), (1, (0, 0, 0), 0)]))
    p.setBlendMode(skia.BlendMode.kDstOut)
    stage.mid.drawRect(skia.Rect.MakeLTRB(-w, 0.69 * h, 2 * w, 0.78 * h), p)


def _skyline(stage: Stage) -> None:
    pal, w, h, u, b, rng = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.rng("skyline")
    for d, tall in ((0.92, 0.20), (0.75, 0.14)):
        x = -0.1 * w
        while x < 1.1 * w:
            wide, top = u * rng.uniform(0.05, 0.12), u * tall * rng.uniform(0.5, 1.0)
            c = pal.lit(rgb("#7e7a86"), d)
            b.drawPath(
                polygon(
                    [
                        (x, 0.6 * h),
                        (x, 0.58 * h - top),
                        (x + wide / 2, 0.58 * h - top - 0.25 * wide),
                        (x + wide, 0.58 * h - top),
                        (x + wide, 0.6 * h),
                    ]
                ),
                paint(
                    shader=gradient(
                        (0, 0.58 * h - top), (0, 0.6 * h), [(0, c, 1), (1, pal.lit(rgb("#7e7a86"), 1.0), 1)]
                    )
                ),
            )
            x += wide * rng.uniform(0.8, 1.1)


_TOWNS: tuple[tuple[RGB, ...], ...] = (
    WALLS,
    tuple(rgb(c) for c in ("#a5604a", "#8f5a48", "#b5765c", "#9c7a66", "#c29a7a")),
    tuple(rgb(c) for c in ("#c9ccc8", "#b3bcc0", "#d9d2c2", "#a9b0a6", "#cfc3b4")),
)
"""Painted plaster, brick and pale stone."""


def _row_of_houses(
    stage: Stage, canvas: Canvas, side: int, vanishing: tuple[float, float], lit: bool, walls: tuple[RGB, ...]
) -> None:
    """House fronts that run to the vanishing point, far ones first."""
    pal, w, h, u = stage.pal, stage.w, stage.h, stage.u
    rng = stage.rng(f"row{side}")
    # Depths t: x = vx + side * reach / t; the nearest front leaves the picture.
    edges = [1.0, 1.32, 1.72, 2.25, 3.0, 4.1, 5.8, 8.5, 13.0]
    reach, base = 0.62 * w + side * (0.5 * w - vanishing[0]) * 0.6, 0.40 * h
    for near, far in reversed(list(pairwise(edges))):
        wall = rng.choice(walls) if rng.random() < 0.8 else rgb("#a5604a")
        tall = rng.uniform(0.86, 1.25) * u
        d = min(0.75, 0.08 * (near - 1))
        _front(
            canvas,
            rng,
            pal,
            vanishing,
            side,
            (reach / near, reach / far),
            (base / near, base / far),
            (tall / near, tall / far),
            wall,
            d,
            lit=lit,
            u=u,
        )


def _front(
    canvas: Canvas,
    rng: Random,
    pal: Palette,
    vanishing: tuple[float, float],
    side: int,
    xs: tuple[float, float],
    foots: tuple[float, float],
    tops: tuple[float, float],
    wall: RGB,
    d: float,
    *,
    lit: bool,
    u: float,
) -> None:
    vx, vy = vanishing
    x0, x1 = vx + side * xs[0], vx + side * xs[1]

    def at(s: float, t: float) -> tuple[float, float]:
        """A point of the front: s along the street (0 near), t up the wall (1 at the eaves); perspective-right."""
        k = s * xs[0] / (s * xs[0] + (1 - s) * xs[1]) if xs[0] else s
        x = x0 + (x1 - x0) * k
        foot, top = vy + foots[0] + (foots[1] - foots[0]) * k, vy - tops[0] + (tops[0] - tops[1]) * k
        return x, foot + (top - foot) * t

    lit_side = side > 0
    face = pal.bright(wall, d) if lit_side else pal.dark(wall, d)
    path = polygon([at(0, -0.05), at(1, -0.05), at(1, 1), at(0, 1)])
    canvas.drawPath(
        path,
        paint(
            shader=gradient(
                (0, at(0, 1)[1]),
                (0, at(0, 0)[1]),
                [(0, face, 1), (0.7, mix(face, pal.lit(wall, d), 0.6), 1), (1, pal.dark(shade(wall, 0.8), d), 1)],
            )
        ),
    )
    roof = rgb("#5d5560") if rng.random() < 0.5 else rgb("#86503f")
    rise = 0.13
    lid = polygon([at(0, 1.0), at(0.06, 1 + rise), at(0.94, 1 + rise), at(1, 1.0)])
    canvas.drawPath(lid, paint(pal.lit(roof, d) if not pal.snowy else pal.lit((0.93, 0.95, 0.99), d)))
    for t in (0.235, 0.99):
        (ax, ay), (bx, by) = at(0, t), at(1, t)
        canvas.drawLine(
            ax, ay, bx, by, paint(pal.bright(wall, d), 0.9, stroke=max(1.0, 0.012 * abs(foots[0] + tops[0])))
        )
        canvas.drawLine(
            ax, ay + 0.008 * u, bx, by + 0.008 * u * xs[1] / xs[0], paint(pal.dark(wall, d), 0.6, stroke=1.0)
        )
    columns = 4
    for row in (0.30, 0.52, 0.74):
        for k in range(columns):
            s0, s1 = (k + 0.28) / columns, (k + 0.70) / columns
            pane = polygon([at(s0, row), at(s1, row), at(s1, row + 0.14), at(s0, row + 0.14)])
            on = lit and rng.random() < 0.45
            canvas.drawPath(pane, paint(pal.lit(rgb("#efe6d4"), d), stroke=max(0.7, 0.006 * tops[0])))
            if on:
                canvas.drawPath(pane, paint(mix(LAMP, (1, 0.95, 0.8), rng.random() * 0.5)))
                gx, gy = at((s0 + s1) / 2, row + 0.07)
                glow(canvas, gx, gy, 0.16 * tops[0], LAMP, 0.24)
            else:
                glass = mix(pal.dark(rgb("#384652"), d), pal.middle, 0.25 + 0.3 * rng.random())
                canvas.drawPath(pane, paint(glass))
            canvas.drawLine(
                *at((s0 + s1) / 2, row),
                *at((s0 + s1) / 2, row + 0.14),
                paint(pal.lit(rgb("#efe6d4"), d), 0.8, stroke=max(0.5, 0.004 * tops[0])),
            )
    for k in range(2):
        s0, s1 = 0.08 + 0.46 * k, 0.44 + 0.46 * k
        shop = polygon([at(s0, -0.02), at(s1, -0.02), at(s1, 0.17), at(s0, 0.17)])
        canvas.drawPath(
            shop, paint(pal.lit(rng.choice((rgb("#4f6a5e"), rgb("#6f4038"), rgb("#3f5068"), rgb("#7a5c38"))), d))
        )
        glass = polygon([at(s0 + 0.05, 0.03), at(s1 - 0.05, 0.03), at(s1 - 0.05, 0.135), at(s0 + 0.05, 0.135)])
        canvas.drawPath(glass, paint(mix(LAMP, (1, 0.9, 0.7), 0.3) if lit else pal.dark(rgb("#46535c"), d)))
        if lit:
            gx, gy = at((s0 + s1) / 2, 0.06)
            glow(canvas, gx, gy, 0.3 * tops[0], LAMP, 0.3)
        awning = polygon(
            [
                at(s0 - 0.02, 0.19),
                at(s1 + 0.02, 0.19),
                (at(s1 + 0.02, 0.145)[0] - side * 0.05 * xs[1], at(s1 + 0.02, 0.15)[1]),
                (at(s0 - 0.02, 0.145)[0] - side * 0.05 * xs[0], at(s0 - 0.02, 0.15)[1]),
            ]
        )
        canvas.drawPath(
            awning, paint(pal.lit(rng.choice((rgb("#b5483c"), rgb("#d9b46a"), rgb("#5c7f6a"), rgb("#8a6f9a"))), d))
        )


def _post_before_lens(stage: Stage) -> None:
    """The dark edge of a wall and a hanging sign close to the lens."""
    w, h, u, f, pal = stage.w, stage.h, stage.u, stage.fore, stage.pal
    dark = shade(pal.dark(rgb("#4a423e")), 0.55)
    f.drawRect(
        skia.Rect.MakeLTRB(-10, -10, 0.045 * w, 1.05 * h),
        paint(shader=gradient((0, 0), (0.045 * w, 0), [(0, shade(dark, 0.7), 1), (1, dark, 1)])),
    )
    line(f, [(0.04 * w, 0.10 * h), (0.145 * w, 0.10 * h)], dark, 0.010 * u)
    board = skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(0.065 * w, 0.13 * h, 0.14 * w, 0.235 * h), 0.01 * u, 0.01 * u)
    for fx in (0.075, 0.13):
        line(f, [(fx * w, 0.10 * h), (fx * w, 0.135 * h)], dark, 0.004 * u)
    f.drawRRect(board, paint(shade(pal.lit(rgb("#7a5a3c")), 0.75)))
    f.drawRRect(board, paint(dark, stroke=0.007 * u))
