"""Land that few live in: the desert, the steppe, the swamp, the cave; and the mill by its stream."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import curve, dab_strokes, gradient, line, mix, paint, polygon, rgb, ridge_line, shade, shadow
from .buildings import door, fence, roof_over, window
from .land import EARTH, STONE, grass, ground, ridges, road, rocks, tufts
from .landmarks import stone_wall, windmill
from .lens import fore_grass
from .shrubs import bush, tree_line
from .sky import birds, paint_sky, veil
from .streets import lamps_lit
from .trees import bare_tree, broad_tree, fir
from .water import still_water

if TYPE_CHECKING:
    from .stage import Stage


__all__ = ["cave", "desert", "mill", "steppe", "swamp"]


def desert(stage: Stage) -> None:
    """Dunes one behind the other with lit crests and blue lee sides, ripples, a few dry tufts."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    sand = rgb("#dfb675") if not pal.snowy else mix(rgb("#dfb675"), (0.93, 0.95, 0.99), 0.6)
    ridges(stage, b, "mesas", [(0.55, 0.09, 0.92)], rgb("#b58a6f"))
    rng = stage.rng("dunes")
    for k, (y, tall, d) in enumerate(((0.57, 0.05, 0.6), (0.60, 0.08, 0.4), (0.66, 0.11, 0.2), (0.80, 0.14, 0.0))):
        canvas = m if k == 3 else b
        top_x, foot = rng.uniform(0.15, 0.85) * w, y * h
        crest = (top_x, foot - tall * h * rng.uniform(0.8, 1.1))
        left = [(-0.4 * w, foot), (top_x - 0.45 * w, foot - 0.35 * tall * h), crest]
        right = [crest, (top_x + 0.35 * w, foot - 0.25 * tall * h), (1.4 * w, foot - 0.1 * tall * h)]
        body = polygon([*left, *right[1:], (1.4 * w, 1.5 * h), (-0.4 * w, 1.5 * h)])
        canvas.drawPath(
            body,
            paint(
                shader=gradient(
                    (0, crest[1]),
                    (0, foot + 0.25 * h),
                    [
                        (0, pal.bright(sand, d), 1),
                        (0.4, pal.lit(sand, d), 1),
                        (1, pal.lit(shade(sand, 0.78), 0.5 * d), 1),
                    ],
                )
            ),
        )
        lee = skia.Path()
        lee.moveTo(*crest)
        lee.quadTo(top_x + 0.20 * w, foot - 0.55 * tall * h, 1.4 * w, foot - 0.1 * tall * h)
        lee.lineTo(1.4 * w, foot + 0.5 * h)
        lee.quadTo(top_x + 0.1 * w, foot + 0.2 * tall * h, top_x - 0.06 * w, foot + 0.4 * tall * h)
        lee.quadTo(top_x + 0.05 * w, foot - 0.3 * tall * h, *crest)
        lee.close()
        fade = [(0, pal.dark(sand, d), 0.95), (1, pal.lit(shade(sand, 0.8), d), 0.0)]
        canvas.drawPath(lee, paint(shader=gradient((0, crest[1]), (0, foot + 0.10 * h), fade)))
    ripples = []
    for _ in range(150):
        y = rng.uniform(0.76, 1.04) * h
        near = stage.near(y)
        x, length = rng.uniform(-0.1, 1.1) * w, u * rng.uniform(0.05, 0.16) * near
        ripples.append(((x, y), (x + length, y + 0.06 * length)))
    dab_strokes(m, ripples, pal.dark(sand), 0.003 * u, 0.32)
    dab_strokes(
        m,
        [((x, y - 0.004 * u), (x2, y2 - 0.004 * u)) for (x, y), (x2, y2) in ripples[::2]],
        pal.bright(sand),
        0.003 * u,
        0.5,
    )
    dry = [pal.dark(rgb("#9a8a52")), pal.lit(rgb("#b5a464"))]
    for fx, fy in ((0.08, 0.83), (0.16, 0.87), (0.90, 0.82)):
        tufts(m, stage.rng(f"dry{fx}"), fx * w, fy * h, 0.08 * u, dry, blades=12)
    rocks(stage, m, "stones", [(0.80, 0.81, 0.035), (0.96, 0.86, 0.06)], rgb("#a58465"))


def steppe(stage: Stage) -> None:
    """A sea of feather grass under a huge sky, a burial mound with its stone, no tree anywhere."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    straw = {"spring": rgb("#a3b85a"), "summer": rgb("#cdbd72"), "autumn": rgb("#c9a55c"), "winter": rgb("#b9a988")}[
        stage.words.season
    ]
    straw = mix(straw, (0.93, 0.95, 0.99), 0.8) if pal.snowy else straw
    ridges(stage, b, "far", [(0.535, 0.03, 0.92), (0.545, 0.02, 0.7)], straw)
    ground(stage, b, "plain", 0.54, mix(straw, pal.grass[2], 0.3), straw, bump=0.004)
    mx = (0.70 if stage.variant("steppe", 2) else 0.30) * w
    mound = curve(
        [
            (mx - 0.22 * w, 0.575 * h),
            (mx - 0.1 * w, 0.545 * h),
            (mx, 0.475 * h),
            (mx + 0.1 * w, 0.545 * h),
            (mx + 0.22 * w, 0.575 * h),
        ]
    )
    b.drawPath(mound, paint(shader=gradient((mx - 0.15 * w, 0), (mx + 0.15 * w, 0), [
        (0, pal.bright(straw, 0.35), 1), (0.5, pal.lit(straw, 0.35), 1), (1, pal.dark(straw, 0.4), 1)])))  # fmt: skip
    b.drawRect(skia.Rect.MakeLTRB(mx - 0.008 * u, 0.465 * h, mx + 0.008 * u, 0.505 * h), paint(pal.dark(STONE, 0.3)))
    rng = stage.rng("feather")
    for k, tone in enumerate((pal.dark(straw), pal.lit(straw), pal.bright(mix(straw, (1, 1, 0.95), 0.4)))):
        strokes = []
        for _ in range(620):
            y = h * (0.56 + 0.5 * rng.random() ** 1.3)
            near = stage.near(y)
            x, s = rng.uniform(-0.1, 1.1) * w, u * 0.07 * near * rng.uniform(0.5, 1.2)
            strokes.append(((x, y), (x + 0.55 * s, y - 0.8 * s)))
        dab_strokes(b if k == 0 else m, strokes, tone, 0.0022 * u, 0.5)
    road(
        stage,
        b,
        "track",
        [(0.52, 0.548, 0.003), (0.50, 0.60, 0.02), (0.55, 0.70, 0.07), (0.48, 0.86, 0.16), (0.5, 1.2, 0.4)],
        EARTH,
    )
    for fx in (0.03, 0.10, 0.17, 0.82, 0.89, 0.96):
        tones = [pal.dark(straw), pal.lit(straw), pal.bright(straw)]
        tufts(m, stage.rng(f"tuft{fx}"), fx * w, 0.86 * h, 0.13 * u, tones, blades=16)
    birds(b, stage.rng("eagle"), 0.5 * w, 0.20 * h, 1.6 * u, pal.dark(rgb("#33302c")), n=3)
    fore_grass(stage, height=0.15, gap=0.5)


def swamp(stage: Stage) -> None:
    """Black pools between tussocks, drowned trees, reeds, mist low over the water."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    dull = mix(pal.grass[1], rgb("#5f6b4a"), 0.5)
    tree_line(b, stage.rng("far"), pal, (-0.15 * w, 1.15 * w), 0.575 * h, 0.13 * u, 0.7, firs=0.8)
    veil(b, stage, 0.55 * h, 0.06 * u, 0.7)
    ground(stage, b, "bog", 0.568, dull, shade(dull, 0.8), bump=0.01)
    rng = stage.rng("pools")
    for fx, fy, half in (
        (0.30, 0.60, 0.16),
        (0.74, 0.615, 0.20),
        (0.50, 0.66, 0.26),
        (0.12, 0.69, 0.20),
        (0.92, 0.70, 0.22),
    ):
        pool, tall = skia.Path(), 0.11 * half * h * (0.6 + stage.near(fy * h))
        pool.addOval(skia.Rect.MakeLTRB((fx - half) * w, fy * h - tall, (fx + half) * w, fy * h + tall))
        still_water(stage, b, pool, fy * h - tall, fy * h + tall)
    for fx, fy, tall in (
        (0.14, 0.63, 0.34),
        (0.27, 0.60, 0.24),
        (0.68, 0.61, 0.28),
        (0.84, 0.64, 0.42),
        (0.96, 0.61, 0.30),
    ):
        bare_tree(b, stage.rng(f"dead{fx}"), pal, fx * w, fy * h, tall * u, 0.4, lean=rng.uniform(-0.15, 0.15))
    veil(b, stage, 0.635 * h, 0.05 * u, 0.6)
    area = ground(stage, m, "near", 0.745, dull, shade(dull, 0.85), bump=0.03)
    grass(stage, m, "grass", 0.755, count=800, clip=area)
    for fx, fy, half in ((0.24, 0.84, 0.17), (0.80, 0.86, 0.20)):
        pool = skia.Path()
        pool.addOval(skia.Rect.MakeLTRB((fx - half) * w, (fy - 0.035) * h, (fx + half) * w, (fy + 0.035) * h))
        still_water(stage, m, pool, (fy - 0.035) * h, (fy + 0.035) * h)
    reed = [pal.dark(rgb("#6f7a45")), pal.lit(rgb("#8a9152")), pal.lit(rgb("#a39a62"))]
    for fx, fy in ((0.02, 0.83), (0.09, 0.81), (0.17, 0.82), (0.33, 0.80), (0.67, 0.81), (0.88, 0.83), (0.97, 0.84)):
        tufts(m, stage.rng(f"reed{fx}"), fx * w, fy * h, 0.17 * u, reed, blades=15)
    bare_tree(m, stage.rng("dead near"), pal, 0.06 * w, 0.82 * h, 0.62 * u, 0.03, lean=0.14)
    trunk = polygon([(0.66 * w, 0.80 * h), (0.90 * w, 0.745 * h), (0.905 * w, 0.77 * h), (0.67 * w, 0.83 * h)])
    m.drawPath(
        trunk,
        paint(
            shader=gradient(
                (0, 0.75 * h), (0, 0.83 * h), [(0, pal.lit(rgb("#6b5c48")), 1), (1, pal.dark(rgb("#4a3f33")), 1)]
            )
        ),
    )
    fore_grass(stage, height=0.17, gap=0.5)


def cave(stage: Stage) -> None:
    """Inside the mouth of a cave: dark rock all round, hanging stone, the bright country outside."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.545, 0.16, 0.92), (0.565, 0.10, 0.7)], mix(pal.grass[1], (0.3, 0.42, 0.45), 0.4))
    ground(stage, b, "valley", 0.575, pal.grass[2], pal.grass[0], bump=0.02)
    for fx, tall in ((0.36, 0.12), (0.43, 0.09), (0.62, 0.13)):
        fir(b, stage.rng(f"fir{fx}"), pal, fx * w, 0.605 * h, tall * u, 0.4)
    rng = stage.rng("cave")
    dark = shade(
        mix(rgb("#5d5650"), pal.top, 0.15), {"day": 0.62, "dawn": 0.5, "dusk": 0.4, "night": 0.22}[stage.words.time]
    )
    cx = (0.47 if stage.variant("cave", 2) else 0.54) * w
    for k, (half, tall, tone) in enumerate(((0.24, 0.40, 1.0), (0.33, 0.50, 0.72), (0.45, 0.62, 0.45))):
        canvas, mouth, n = (b, b, m)[k], [], 22
        for i in range(n + 1):
            a = math.pi * i / n
            r = 1 + rng.uniform(-0.07, 0.07)
            mouth.append((cx - half * w * r * math.cos(a), 0.66 * h - tall * h * r * math.sin(a) ** 0.8))
        rim = skia.Path()
        rim.addRect(skia.Rect.MakeLTRB(-w, -h, 2 * w, 2 * h))
        hole = polygon([*mouth, (cx + half * w, (0.67 + 0.05 * k) * h), (cx - half * w, (0.67 + 0.05 * k) * h)])
        rim.addPath(hole)
        rim.setFillType(skia.PathFillType.kEvenOdd)
        canvas.drawPath(rim, paint(shade(dark, tone)))
        canvas.drawPath(polygon(mouth, close=False), paint(mix(dark, pal.low, 0.35 - 0.1 * k), 0.8, stroke=0.008 * u))
        for _ in range(7):
            x, y = mouth[rng.randrange(5, n - 4)]
            size = u * rng.uniform(0.03, 0.09) * (1 + 0.4 * k)
            tooth = polygon(
                [(x - 0.25 * size, y - 0.1 * size), (x + 0.25 * size, y - 0.1 * size), (x + 0.04 * size, y + size)]
            )
            canvas.drawPath(tooth, paint(shade(dark, tone)))
    floor = [(0, mix(shade(dark, 1.3), pal.low, 0.25), 1), (0.5, shade(dark, 1.05), 1), (1, shade(dark, 0.6), 1)]
    ground_line = ridge_line(rng, -0.3 * w, 1.3 * w, 0.69 * h, 0.02 * h, 0.5, 6)
    m.drawPath(polygon([*ground_line, (1.3 * w, 1.5 * h), (-0.3 * w, 1.5 * h)]),
               paint(shader=gradient((0, 0.67 * h), (0, h), floor)))  # fmt: skip
    spill = gradient((0, 0.68 * h), (0, 0.95 * h), [(0, pal.low, 0.30), (1, pal.low, 0)])
    m.drawPath(polygon([(cx - 0.2 * w, 0.68 * h), (cx + 0.2 * w, 0.68 * h), (cx + 0.34 * w, h), (cx - 0.34 * w, h)]),
               paint(shader=spill, add=True, blur=0.02 * u))  # fmt: skip
    for fx, fy, s in ((0.08, 0.80, 0.10), (0.19, 0.77, 0.05), (0.88, 0.80, 0.09), (0.78, 0.765, 0.04)):
        x, y = fx * w, fy * h
        stone = curve(
            [(x - s * u, y), (x - 0.7 * s * u, y - 0.8 * s * u), (x + 0.3 * s * u, y - s * u), (x + s * u, y)]
        )
        m.drawPath(
            stone, paint(shader=gradient((x, y - s * u), (x, y), [(0, shade(dark, 1.35), 1), (1, shade(dark, 0.5), 1)]))
        )


def mill(stage: Stage) -> None:
    """A mill close by: a windmill on its knoll, or by water a mill with its turning wheel."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    by_water = stage.words.place == "river" or "water" in stage.words.name.lower() or "вод" in stage.words.name.lower()
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.55, 0.15, 0.92), (0.57, 0.09, 0.7)], mix(pal.grass[1], (0.3, 0.42, 0.42), 0.4))
    tree_line(b, stage.rng("far"), pal, (-0.15 * w, 1.15 * w), 0.58 * h, 0.06 * u, 0.6, firs=0.3)
    ground(stage, b, "meadow", 0.575, pal.grass[2], pal.grass[0], bump=0.02)
    grass(stage, b, "far grass", 0.585, count=300)
    if by_water:
        stream = curve(
            [
                (0.30 * w, 0.60 * h),
                (0.44 * w, 0.60 * h),
                (0.52 * w, 0.66 * h),
                (0.9 * w, 0.74 * h),
                (1.4 * w, 0.80 * h),
                (1.4 * w, 1.0 * h),
                (0.3 * w, 0.80 * h),
                (0.10 * w, 0.70 * h),
            ]
        )
        still_water(stage, b, stream, 0.60 * h, 0.90 * h)
        _water_mill(stage, 0.67 * w, 0.70 * h, 0.52 * u)
    else:
        knoll = curve(
            [
                (0.36 * w, 0.70 * h),
                (0.50 * w, 0.635 * h),
                (0.68 * w, 0.60 * h),
                (0.86 * w, 0.63 * h),
                (1.1 * w, 0.71 * h),
                (1.1 * w, 0.85 * h),
                (0.36 * w, 0.85 * h),
            ]
        )
        b.drawPath(knoll, paint(shader=gradient((0, 0.6 * h), (0, 0.8 * h), [
            (0, pal.bright(pal.grass[2], 0.1), 1), (1, pal.lit(pal.grass[1], 0.05), 1)])))  # fmt: skip
        windmill(b, stage.rng("mill"), pal, 0.68 * w, 0.635 * h, 0.58 * u, 0.08, lit=lamps_lit(stage))
        for fx, fy in ((0.57, 0.645), (0.79, 0.645)):
            bush(b, stage.rng(f"bush{fx}"), pal, fx * w, fy * h, 0.04 * u, 0.1)
    area = ground(stage, m, "near", 0.755, pal.grass[0], pal.grass[0], bump=0.03)
    grass(stage, m, "grass", 0.765, count=1200, clip=area)
    road(stage, m, "path", [(0.60, 0.757, 0.04), (0.53, 0.80, 0.08), (0.48, 0.90, 0.17), (0.5, 1.15, 0.36)], EARTH)
    broad_tree(m, stage.rng("tree"), pal, 0.085 * w, 0.80 * h, 0.55 * u, 0.06)
    fence(
        m,
        stage.rng("fence"),
        pal,
        [(0.78 * w, 0.79 * h, 0.09 * u), (0.92 * w, 0.81 * h, 0.115 * u), (1.08 * w, 0.85 * h, 0.14 * u)],
        rgb("#9c8564"),
        pickets=10,
    )
    fore_grass(stage, height=0.14, gap=0.55)


def _water_mill(stage: Stage, x: float, y: float, size: float) -> None:
    """A timbered mill on a stone foot with its wheel on the left, ``size`` px tall."""
    pal, b, rng, lit = stage.pal, stage.back, stage.rng("water mill"), lamps_lit(stage)
    wall, half = rgb("#a58158"), 0.34 * size
    shadow(b, x, y, 1.2 * half, 0.08 * size, pal.dark((0.1, 0.1, 0.12)), 0.5)
    foot = skia.Rect.MakeLTRB(x - half, y - 0.24 * size, x + half, y)
    b.drawRect(foot, paint(pal.lit(STONE, 0.1)))
    path = skia.Path()
    path.addRect(foot)
    stone_wall(
        b,
        rng,
        path,
        (foot.left(), foot.top(), foot.right(), foot.bottom()),
        pal.lit(STONE, 0.1),
        pal.dark(STONE, 0.1),
        pal.bright(STONE, 0.1),
        0.05 * size,
    )
    body = skia.Rect.MakeLTRB(x - 0.96 * half, y - 0.62 * size, x + 0.96 * half, y - 0.24 * size)
    b.drawRect(
        body,
        paint(
            shader=gradient(
                (0, body.top()), (0, body.bottom()), [(0, pal.bright(wall, 0.1), 1), (1, pal.dark(wall, 0.1), 1)]
            )
        ),
    )
    boards = [((x + k * 0.09 * half, body.top()), (x + k * 0.09 * half, body.bottom())) for k in range(-10, 11)]
    dab_strokes(b, boards, pal.dark(wall, 0.1), 0.006 * size, 0.6)
    lid = [
        (x - 1.15 * half, y - 0.60 * size),
        (x - 0.7 * half, y - 0.98 * size),
        (x + 0.7 * half, y - 0.98 * size),
        (x + 1.15 * half, y - 0.60 * size),
    ]
    roof_over(b, rng, pal, lid, rgb("#7d5a45"), 0.1, 0.045 * size)
    for k in (-0.45, 0.1):
        window(b, pal, x + k * half, y - 0.38 * size, 0.09 * size, 0.12 * size, 0.1, lit=lit)
    door(b, pal, x + 0.62 * half, y, 0.12 * size, 0.25 * size, 0.1, rgb("#5a4434"))
    hub, r = (x - 1.12 * half, y - 0.20 * size), 0.27 * size
    wood = rgb("#6f5238")
    for ring, c, wide in ((1.0, pal.dark(wood), 0.05), (0.82, pal.lit(wood), 0.03), (1.0, pal.lit(wood), 0.02)):
        b.drawCircle(*hub, ring * r, paint(c, stroke=wide * size))
    for k in range(12):
        a = math.tau * k / 12 + 0.2
        tip = (hub[0] + 1.08 * r * math.cos(a), hub[1] + 1.08 * r * math.sin(a))
        line(b, [hub, tip], pal.dark(wood), 0.018 * size)
        paddle = [(tip[0] - 0.05 * size * math.sin(a), tip[1] + 0.05 * size * math.cos(a)),
                  (tip[0] + 0.05 * size * math.sin(a), tip[1] - 0.05 * size * math.cos(a))]  # fmt: skip
        line(b, paddle, pal.lit(wood), 0.022 * size)
    splash = [
        (
            (hub[0] + rng.uniform(-1.1, 0.9) * r, y + rng.uniform(-0.02, 0.05) * size),
            (hub[0] + rng.uniform(-1.1, 0.9) * r, y + rng.uniform(-0.01, 0.05) * size),
        )
        for _ in range(22)
    ]
    dab_strokes(b, splash, mix(pal.low, (1, 1, 1), 0.6), 0.01 * size, 0.6)
