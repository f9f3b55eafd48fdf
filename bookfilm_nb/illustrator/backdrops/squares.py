"""Where people gather: the market square, the railway station, the field of a battle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, dab_strokes, fill, glow, gradient, line, mix, paint, polygon, rgb, shade, shadow
from .buildings import ROOFS, WALLS, church, door, roof_over, window
from .land import EARTH, STONE, ground, puddles, ridges
from .landmarks import lamp_post
from .palette import LAMP
from .paving import cobbles
from .sky import birds, paint_sky, smoke
from .streets import lamps_lit
from .trees import bare_tree

if TYPE_CHECKING:
    from .brush import Canvas
    from .stage import Stage


__all__ = ["battlefield", "market", "station"]


def _fronts(stage: Stage, foot: float, x0: float, x1: float, scale: float, d: float, part: str) -> None:
    """A closed row of house fronts between x0 and x1 (shares of w) on ``foot`` (share of h)."""
    pal, u, b, rng = stage.pal, stage.u, stage.back, stage.rng(part)
    lit, x, y = lamps_lit(stage), x0 * stage.w, foot * stage.h
    while x < x1 * stage.w:
        wide, tall = 0.20 * u * scale * rng.uniform(0.8, 1.25), 0.32 * u * scale * rng.uniform(0.85, 1.2)
        wall, roof = rng.choice(WALLS), rng.choice(ROOFS)
        face = [(0, pal.bright(wall, d), 1), (0.7, pal.lit(wall, d), 1), (1, pal.lit(shade(wall, 0.72), d), 1)]
        b.drawRect(skia.Rect.MakeLTRB(x, y - tall, x + wide, y), paint(shader=gradient((0, y - tall), (0, y), face)))
        if rng.random() < 0.55:
            lid = [(x - 0.02 * wide, y - tall), (x + wide / 2, y - tall - 0.5 * wide), (x + 1.02 * wide, y - tall)]
        else:
            lid = [(x - 0.02 * wide, y - tall), (x + 0.1 * wide, y - tall - 0.24 * wide),
                   (x + 0.9 * wide, y - tall - 0.24 * wide), (x + 1.02 * wide, y - tall)]  # fmt: skip
        roof_over(b, rng, pal, lid, roof, d, 0.06 * wide)
        for row in (0.42, 0.72):
            for col in (0.22, 0.5, 0.78):
                window(b, pal, x + col * wide, y - row * tall + 0.04 * tall, 0.11 * wide, 0.15 * tall, d,
                       lit=lit and rng.random() < 0.5)  # fmt: skip
        door(
            b,
            pal,
            x + 0.5 * wide,
            y,
            0.15 * wide,
            0.25 * tall,
            d,
            rng.choice((rgb("#5b6f4e"), rgb("#70463a"), rgb("#4b5f78"))),
        )
        x += wide


def market(stage: Stage) -> None:
    """A square of house fronts with a church or a clock tower, a fountain, stalls under striped awnings."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    lit, plan = lamps_lit(stage), stage.variant("market", 2)
    paint_sky(stage, b)
    church(b, stage.rng("church"), pal, (0.36 if plan else 0.60) * w, 0.60 * h, 0.50 * u, 0.35, lit=lit,
           domes=plan == 1)  # fmt: skip
    _fronts(stage, 0.605, -0.12, 1.15, 0.82, 0.22, "fronts")
    stone = rgb("#a39b8f") if not pal.snowy else rgb("#e2e8ef")
    stone = shade(stone, 0.7) if pal.wet else stone
    for canvas, top in ((b, 0.60), (m, 0.72)):
        area = polygon([(-0.8 * w, top * h), (1.8 * w, top * h), (1.8 * w, 1.5 * h), (-0.8 * w, 1.5 * h)])
        canvas.drawPath(
            area,
            paint(
                shader=gradient(
                    (0, 0.6 * h),
                    (0, 1.05 * h),
                    [(0, pal.lit(stone, 0.35), 1), (0.4, pal.lit(stone, 0.08), 1), (1, pal.lit(shade(stone, 0.76)), 1)],
                )
            ),
        )
        cobbles(stage, canvas, area, stone)
        if canvas is b:
            _fountain(stage, (0.62 if plan else 0.40) * w, 0.685 * h, 0.24 * u)
            for k, fx in enumerate((0.235, 0.80) if plan else (0.24, 0.70)):
                _stall(stage, b, fx * w, 0.69 * h, 0.22 * u, k, 0.12)
    if pal.wet:
        puddles(stage, m, "puddles", [(0.44, 0.80, 0.10), (0.58, 0.90, 0.16)])
    _stall(stage, m, 0.045 * w, 0.84 * h, 0.46 * u, 2, 0.0)
    _stall(stage, m, 0.965 * w, 0.845 * h, 0.46 * u, 3, 0.0)
    lamp_post(m, pal, 0.745 * w, 0.775 * h, 0.42 * u, lit=lit)


def _stall(stage: Stage, cv: Canvas, x: float, y: float, wide: float, k: int, d: float) -> None:
    """A market stall ``wide`` px: a striped awning over baskets of fruit."""
    pal, rng = stage.pal, stage.rng(f"stall{k}")
    tone = rgb(("#b5483c", "#5c7f6a", "#3f6a8c", "#c99a3c")[(k + rng.randrange(4)) % 4])
    shadow(cv, x, y, 0.62 * wide, 0.07 * wide, pal.dark((0.1, 0.1, 0.12)), 0.6)
    for side in (-0.46, 0.46):
        line(cv, [(x + side * wide, y), (x + side * wide, y - 0.78 * wide)], pal.dark(rgb("#6b4f36"), d), 0.022 * wide)
    board = skia.Rect.MakeLTRB(x - 0.5 * wide, y - 0.34 * wide, x + 0.5 * wide, y - 0.02 * wide)
    cv.drawRect(
        board,
        paint(
            shader=gradient(
                (0, board.top()), (0, y), [(0, pal.lit(rgb("#9a7448"), d), 1), (1, pal.dark(rgb("#9a7448"), d), 1)]
            )
        ),
    )
    for i in range(5):
        bx = x + (i - 2) * 0.19 * wide
        goods = rgb(rng.choice(("#c9503c", "#d9a53c", "#7f9f4a", "#b5763c", "#d9c9a0")))
        for _ in range(12):
            fill(
                cv,
                blob(
                    rng,
                    bx + rng.uniform(-0.07, 0.07) * wide,
                    y - (0.36 + 0.06 * rng.random()) * wide,
                    0.026 * wide,
                    0.026 * wide,
                ),
                pal.lit(goods, d),
            )
        basket = curve(
            [
                (bx - 0.09 * wide, y - 0.35 * wide),
                (bx - 0.07 * wide, y - 0.26 * wide),
                (bx + 0.07 * wide, y - 0.26 * wide),
                (bx + 0.09 * wide, y - 0.35 * wide),
            ]
        )
        cv.drawPath(basket, paint(pal.dark(rgb("#a5804f"), d)))
    n = 8
    for i in range(n):
        x0, x1 = x + (i / n - 0.5) * 1.0 * wide, x + ((i + 1) / n - 0.5) * 1.0 * wide
        f0, f1 = x + (i / n - 0.5) * 1.16 * wide, x + ((i + 1) / n - 0.5) * 1.16 * wide
        stripe = tone if i % 2 else rgb("#efe6d4")
        if pal.snowy:
            stripe = mix(stripe, (0.95, 0.97, 1.0), 0.6)
        cloth = polygon(
            [
                (x0, y - 0.95 * wide),
                (x1, y - 0.95 * wide),
                (f1, y - 0.70 * wide),
                ((f0 + f1) / 2, y - 0.655 * wide),
                (f0, y - 0.70 * wide),
            ]
        )
        cv.drawPath(
            cloth,
            paint(
                shader=gradient(
                    (0, y - 0.95 * wide),
                    (0, y - 0.66 * wide),
                    [(0, pal.bright(stripe, d), 1), (1, pal.lit(shade(stripe, 0.82), d), 1)],
                )
            ),
        )
    if lamps_lit(stage):
        glow(cv, x, y - 0.6 * wide, 0.5 * wide, LAMP, 0.5)
        cv.drawCircle(x, y - 0.60 * wide, 0.02 * wide, paint(mix(LAMP, (1, 1, 1), 0.5)))


def _fountain(stage: Stage, x: float, y: float, wide: float) -> None:
    pal, b = stage.pal, stage.back
    across = [(0, pal.bright(STONE, 0.1), 1), (0.45, pal.lit(STONE, 0.1), 1), (1, pal.dark(STONE, 0.1), 1)]
    shadow(b, x, y, 0.65 * wide, 0.08 * wide, pal.dark((0.1, 0.1, 0.12)), 0.5)
    for half, foot, tall in ((0.5, 0.0, 0.17), (0.07, 0.10, 0.34), (0.22, 0.40, 0.07), (0.045, 0.46, 0.2)):
        r = skia.Rect.MakeLTRB(x - half * wide, y - (foot + tall) * wide, x + half * wide, y - foot * wide)
        b.drawRect(r, paint(shader=gradient((x - half * wide, 0), (x + half * wide, 0), across)))
    pool = skia.Rect.MakeLTRB(x - 0.5 * wide, y - 0.21 * wide, x + 0.5 * wide, y - 0.12 * wide)
    b.drawOval(pool, paint(pal.bright(STONE, 0.1)))
    pool.inset(0.05 * wide, 0.012 * wide)
    b.drawOval(pool, paint(mix(pal.middle, pal.lit(rgb("#5f8f9a")), 0.5)))
    if not pal.snowy:
        for side in (-1, 1):
            jet = [
                (x, y - 0.68 * wide),
                (x + side * 0.16 * wide, y - 0.62 * wide),
                (x + side * 0.22 * wide, y - 0.17 * wide),
            ]
            line(b, jet, mix(pal.low, (1, 1, 1), 0.5), 0.012 * wide, 0.7, smooth=True)


def station(stage: Stage) -> None:
    """A country station: the platform and its roof, rails to the horizon, an engine under steam, lamps, a clock."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    lit = lamps_lit(stage)
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.55, 0.11, 0.92), (0.57, 0.06, 0.7)], mix(pal.grass[1], (0.3, 0.42, 0.42), 0.35))
    ground(stage, b, "plain", 0.572, pal.grass[2], pal.grass[0], bump=0.006)
    vx, vy = 0.40 * w, 0.555 * h
    bed = polygon(
        [(vx - 0.006 * w, vy + 0.02 * h), (vx + 0.010 * w, vy + 0.02 * h), (0.42 * w, 1.3 * h), (-0.9 * w, 1.3 * h)]
    )
    b.drawPath(bed, paint(pal.lit(rgb("#8a8078") if not pal.snowy else rgb("#d9e0e8"), 0.1)))
    for k in range(22):
        t = 1.16**-k
        y = vy + 0.62 * h * t
        line(
            b, [(vx - 0.86 * w * t, y), (vx - 0.02 * w * t, y)], pal.dark(rgb("#6b5340"), 0.3 * (1 - t)), 0.035 * h * t
        )
    for slope in (-0.70, -0.18):
        line(b, [(vx, vy + 0.015 * h), (vx + 1.2 * slope * w, vy + 0.744 * h)], pal.bright(rgb("#a9adb2")), 0.008 * u)
    _engine(stage, vx - 0.135 * w, 0.735 * h, 0.30 * u)
    _station_house(stage)
    deck = polygon(
        [
            (vx + 0.02 * w, vy + 0.03 * h),
            (vx + 0.06 * w, vy + 0.03 * h),
            (2.2 * w, 1.1 * h),
            (2.2 * w, 1.5 * h),
            (0.10 * w, 1.5 * h),
            (0.30 * w, 0.80 * h),
        ]
    )
    stone = rgb("#b3a795") if not pal.snowy else rgb("#e2e8ef")
    m.drawPath(
        deck,
        paint(
            shader=gradient(
                (0, 0.58 * h),
                (0, 1.05 * h),
                [(0, pal.lit(stone, 0.4), 1), (0.3, pal.lit(stone, 0.05), 1), (1, pal.lit(shade(stone, 0.72)), 1)],
            )
        ),
    )
    line(
        m,
        [(vx + 0.02 * w, vy + 0.03 * h), (0.30 * w, 0.80 * h), (0.10 * w, 1.5 * h)],
        pal.bright(rgb("#e2dac8")),
        0.012 * u,
    )
    if pal.wet:
        puddles(stage, m, "puddles", [(0.52, 0.85, 0.10), (0.70, 0.92, 0.13)])
    for fx, fy, tall in ((0.455, 0.655, 0.20), (0.56, 0.74, 0.34)):
        lamp_post(m, pal, fx * w, fy * h, tall * u, lit=lit)
    bench_y, bx = 0.83 * h, 0.86 * w
    for up in (0.10, 0.19):
        line(
            m, [(bx - 0.13 * u, bench_y - up * u), (bx + 0.13 * u, bench_y - up * u)], pal.lit(rgb("#7d5a3c")), 0.03 * u
        )
    for side in (-0.11, 0.11):
        line(m, [(bx + side * u, bench_y), (bx + side * u, bench_y - 0.2 * u)], pal.dark(rgb("#3a3f44")), 0.014 * u)


def _station_house(stage: Stage) -> None:
    """The station house with its roof over the platform and a round clock."""
    pal, w, h, u, b, lit = stage.pal, stage.w, stage.h, stage.u, stage.back, lamps_lit(stage)
    wall = rgb(stage.rng("station").choice(("#c9a27c", "#d9c58f", "#b5765c")))
    x0, x1, top, foot = 0.60 * w, 1.3 * w, 0.33 * h, 0.70 * h
    b.drawRect(skia.Rect.MakeLTRB(x0, top, x1, foot), paint(shader=gradient((0, top), (0, foot), [
        (0, pal.lit(wall, 0.1), 1), (1, pal.dark(wall, 0.1), 1)])))  # fmt: skip
    roof = [(x0 - 0.01 * w, top), (x0 + 0.06 * w, 0.20 * h), (x1, 0.20 * h), (x1, top)]
    roof_over(b, stage.rng("roof"), pal, roof, rgb("#7d4a3c"), 0.1, 0.03 * u)
    for k in range(4):
        window(b, pal, (0.66 + 0.12 * k) * w, 0.58 * h, 0.055 * u, 0.13 * u, 0.08, lit=lit, arched=True)
    door(b, pal, 0.72 * w, 0.70 * h, 0.075 * u, 0.20 * u, 0.08, rgb("#4b5f58"))
    canopy = polygon([(x0 - 0.05 * w, 0.415 * h), (x1, 0.36 * h), (x1, 0.41 * h), (x0 - 0.05 * w, 0.445 * h)])
    b.drawPath(canopy, paint(pal.lit(rgb("#5c6f66"), 0.05) if not pal.snowy else pal.lit((0.95, 0.97, 1.0))))
    for k in range(26):
        x = (0.552 + 0.03 * k) * w
        tooth = polygon([(x, 0.44 * h), (x + 0.03 * w, 0.438 * h), (x + 0.015 * w, 0.468 * h)])
        b.drawPath(tooth, paint(pal.lit(rgb("#e2d6bc"), 0.05)))
    for fx in (0.575, 0.76, 0.94):
        line(b, [(fx * w, 0.44 * h), (fx * w, 0.71 * h)], pal.dark(rgb("#3f5048")), 0.016 * u)
    cx, cy, r = 0.845 * w, 0.275 * h, 0.045 * u
    b.drawCircle(cx, cy, 1.2 * r, paint(pal.dark(rgb("#3a3430"))))
    b.drawCircle(cx, cy, r, paint(mix(LAMP, (1, 1, 0.95), 0.6) if lit else pal.lit(rgb("#f2ecdc"))))
    for tip in ((0.0, -0.75), (0.5, 0.2)):
        line(b, [(cx, cy), (cx + tip[0] * r, cy + tip[1] * r)], (0.1, 0.09, 0.09), 0.12 * r)


def _engine(stage: Stage, x: float, y: float, s: float) -> None:
    """The front of a steam engine that comes along the left track, ``s`` px tall."""
    pal, b = stage.pal, stage.back
    iron, red = rgb("#34383d"), rgb("#a5392f")
    shadow(b, x, y, 0.5 * s, 0.05 * s, pal.dark((0.08, 0.08, 0.1)), 0.7)
    b.drawRect(skia.Rect.MakeLTRB(x - 0.36 * s, y - 0.95 * s, x + 0.36 * s, y - 0.2 * s), paint(pal.dark(iron)))
    b.drawRect(skia.Rect.MakeLTRB(x - 0.42 * s, y - 0.26 * s, x + 0.42 * s, y - 0.14 * s), paint(pal.lit(red)))
    b.drawPath(
        polygon([(x - 0.36 * s, y - 0.14 * s), (x + 0.36 * s, y - 0.14 * s), (x + 0.20 * s, y), (x - 0.20 * s, y)]),
        paint(pal.dark(red)),
    )
    b.drawRect(skia.Rect.MakeLTRB(x - 0.09 * s, y - 1.28 * s, x + 0.09 * s, y - 0.85 * s), paint(pal.dark(iron)))
    b.drawRect(skia.Rect.MakeLTRB(x - 0.13 * s, y - 1.33 * s, x + 0.13 * s, y - 1.26 * s), paint(pal.lit(iron)))
    b.drawCircle(x, y - 0.62 * s, 0.37 * s, paint(pal.lit(iron)))
    b.drawCircle(x, y - 0.62 * s, 0.31 * s, paint(pal.dark(iron), stroke=0.02 * s))
    b.drawCircle(x, y - 0.62 * s, 0.06 * s, paint(pal.bright(rgb("#d0a44a"))))
    lamp = (x, y - 1.02 * s)
    glow(b, *lamp, 0.55 * s, LAMP, 0.75 if lamps_lit(stage) else 0.25)
    b.drawCircle(*lamp, 0.065 * s, paint(mix(LAMP, (1, 1, 1), 0.5)))
    for side in (-0.3, 0.3):
        b.drawCircle(x + side * s, y - 0.2 * s, 0.05 * s, paint(pal.lit(rgb("#8a8f94"))))
    smoke(
        b, stage.rng("steam"), x, y - 1.33 * s, 1.3 * s, mix(pal.cloud, (1, 1, 1), 0.3 if not pal.night else 0.0), 0.9
    )


def battlefield(stage: Stage) -> None:
    """Churned earth under columns of smoke: a broken gun, stakes, torn flags, bare trunks, crows."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    mud = rgb("#7d6a50") if not pal.snowy else mix(rgb("#7d6a50"), (0.92, 0.94, 0.97), 0.62)
    ridges(stage, b, "hills", [(0.55, 0.10, 0.9), (0.57, 0.06, 0.65)], mix(mud, (0.35, 0.36, 0.36), 0.4))
    rng = stage.rng("battle")
    for fx in (0.16, 0.36, 0.63, 0.86):
        size = rng.uniform(0.22, 0.38) * u
        if rng.random() < 0.6 or pal.night:
            glow(b, fx * w, 0.56 * h, 0.16 * u, (1.0, 0.5, 0.2), 0.7)
        for k in range(2):
            smoke(b, stage.rng(f"smoke{fx}{k}"), (fx + 0.01 * k) * w, 0.565 * h, size * (1 + 0.3 * k),
                  shade(mix(pal.cloud_shade, (0.16, 0.15, 0.15), 0.55), 1 - 0.2 * k), 1.0)  # fmt: skip
    ground(stage, b, "field", 0.565, mud, shade(mud, 0.85), bump=0.02)
    for fx, fy, tall in ((0.12, 0.61, 0.22), (0.30, 0.595, 0.14), (0.72, 0.60, 0.17), (0.93, 0.63, 0.26)):
        bare_tree(b, stage.rng(f"trunk{fx}"), pal, fx * w, fy * h, tall * u, 0.35)
    ground(stage, m, "near", 0.70, shade(mud, 0.95), shade(mud, 0.75), bump=0.05)
    pits = []
    for _ in range(14):
        py = h * rng.uniform(0.74, 0.98)
        near = stage.near(py)
        x, r = rng.uniform(-0.05, 1.05) * w, u * rng.uniform(0.06, 0.14) * near
        fill(m, blob(rng, x, py, r, 0.22 * r), pal.dark(shade(mud, 0.5)), 0.75)
        pits.append(((x - r, py - 0.1 * r), (x + 0.6 * r, py - 0.26 * r)))
    dab_strokes(m, pits, pal.bright(mud), 0.006 * u, 0.5)
    for k in range(8):
        x, y = (-0.02 + 0.045 * k) * w, (0.80 - 0.008 * k) * h
        line(m, [(x, y), (x + 0.07 * u, y - 0.15 * u)], pal.dark(EARTH), 0.016 * u)
        line(m, [(x + 0.07 * u, y), (x, y - 0.13 * u)], pal.lit(shade(EARTH, 0.6)), 0.014 * u)
    _flag(stage, 0.70 * w, 0.80 * h, 0.36 * u)
    _gun(stage, 0.86 * w, 0.83 * h, 0.26 * u)
    birds(b, rng, 0.5 * w, 0.22 * h, 1.5 * u, pal.dark(rgb("#22222a")), n=11)
    if stage.words.weather == "rain":
        puddles(stage, m, "puddles", [(0.45, 0.84, 0.10)])


def _flag(stage: Stage, x: float, y: float, tall: float) -> None:
    pal, m = stage.pal, stage.mid
    red = rgb("#9c3a33")
    line(m, [(x, y), (x + 0.12 * tall, y - tall)], pal.dark(rgb("#5a4432")), 0.03 * tall)
    torn = [
        (0.11, 0.97),
        (0.30, 1.0),
        (0.48, 0.92),
        (0.66, 0.95),
        (0.58, 0.86),
        (0.68, 0.78),
        (0.52, 0.72),
        (0.40, 0.66),
        (0.30, 0.72),
        (0.08, 0.62),
    ]
    cloth = polygon([(x + dx * tall, y - dy * tall) for dx, dy in torn])
    m.drawPath(
        cloth, paint(shader=gradient((x, 0), (x + 0.65 * tall, 0), [(0, pal.bright(red), 1), (1, pal.dark(red), 1)]))
    )


def _gun(stage: Stage, x: float, y: float, s: float) -> None:
    """A field gun on one wheel."""
    pal, m = stage.pal, stage.mid
    wood, iron = rgb("#6b5238"), rgb("#4a5055")
    shadow(m, x, y, 0.9 * s, 0.09 * s, pal.dark((0.1, 0.1, 0.1)), 0.6)
    line(m, [(x, y - 0.42 * s), (x + 0.95 * s, y)], pal.dark(wood), 0.10 * s)
    barrel = polygon(
        [
            (x + 0.25 * s, y - 0.42 * s),
            (x + 0.22 * s, y - 0.62 * s),
            (x - 0.85 * s, y - 0.86 * s),
            (x - 0.88 * s, y - 0.74 * s),
        ]
    )
    m.drawPath(
        barrel,
        paint(
            shader=gradient((0, y - 0.86 * s), (0, y - 0.42 * s), [(0, pal.bright(iron), 1), (1, pal.dark(iron), 1)])
        ),
    )
    m.drawCircle(x, y - 0.40 * s, 0.40 * s, paint(pal.dark(wood), stroke=0.08 * s))
    for k in range(5):
        a = skia.Matrix()
        a.setRotate(36 * k, x, y - 0.4 * s)
        p0, p1 = a.mapXY(x - 0.4 * s, y - 0.4 * s), a.mapXY(x + 0.4 * s, y - 0.4 * s)
        m.drawLine(p0.x(), p0.y(), p1.x(), p1.y(), paint(pal.lit(wood), stroke=0.045 * s))
