"""The forest: rows of trunks fading into haze, a path between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .brush import blob, curve, dab_strokes, fill, glow, gradient, mix, paint, polygon, rgb, shadow, spray
from .land import EARTH, grass, ground, road, rocks
from .lens import fore_grass, fore_leaves, light_shafts
from .shrubs import bush
from .sky import sun_place, veil
from .trees import bare_tree, fir, trunk
from .water import still_water

if TYPE_CHECKING:
    from .stage import Stage


__all__ = ["forest"]


_PATHS = (
    ((0.52, 0.672, 0.018), (0.47, 0.70, 0.035), (0.53, 0.76, 0.075), (0.46, 0.88, 0.17), (0.52, 1.12, 0.34)),
    ((0.70, 0.672, 0.016), (0.66, 0.70, 0.032), (0.55, 0.75, 0.065), (0.58, 0.86, 0.15), (0.40, 1.12, 0.36)),
)
_TRUNKS = (
    ((-0.02, 0.80, 0.075), (0.115, 0.735, 0.05), (0.25, 0.70, 0.032), (0.77, 0.705, 0.036), (0.90, 0.75, 0.058),
     (1.03, 0.83, 0.085)),
    ((0.02, 0.78, 0.11), (0.205, 0.715, 0.04), (0.30, 0.69, 0.026), (0.86, 0.72, 0.034), (0.97, 0.78, 0.06)),
    ((0.06, 0.735, 0.045), (0.16, 0.705, 0.032), (0.80, 0.70, 0.03), (0.875, 0.725, 0.05), (1.0, 0.80, 0.12)),
)  # fmt: skip


def _brook(stage: Stage) -> None:
    """A brook between mossy stones, instead of a path, and a fallen trunk across it."""
    w, h, u, m, pal = stage.w, stage.h, stage.u, stage.mid, stage.pal
    bed = (
        (0.50, 0.675, 0.02),
        (0.55, 0.70, 0.04),
        (0.42, 0.75, 0.09),
        (0.36, 0.83, 0.17),
        (0.24, 0.95, 0.30),
        (0.1, 1.2, 0.5),
    )
    left = [(x * w - r * u, y * h) for x, y, r in bed]
    right = [(x * w + r * u, y * h) for x, y, r in bed]
    still_water(stage, m, curve([*left, *reversed(right)]), 0.67 * h, 1.0 * h)
    rocks(
        stage,
        m,
        "brook",
        [(0.50, 0.735, 0.022), (0.475, 0.80, 0.045), (0.20, 0.79, 0.04), (0.43, 0.90, 0.06)],
        rgb("#7f8a7c"),
    )
    bark = rgb("#6a5240")
    log = polygon([(0.55 * w, 0.815 * h), (0.97 * w, 0.735 * h), (0.98 * w, 0.775 * h), (0.56 * w, 0.86 * h)])
    m.drawPath(
        log, paint(shader=gradient((0, 0.74 * h), (0, 0.86 * h), [(0, pal.bright(bark), 1), (1, pal.dark(bark), 1)]))
    )
    m.drawCircle(0.557 * w, 0.838 * h, 0.026 * u, paint(pal.lit(rgb("#b5936a"))))
    m.drawCircle(0.557 * w, 0.838 * h, 0.014 * u, paint(pal.dark(rgb("#b5936a")), stroke=0.004 * u))


def forest(stage: Stage) -> None:
    """Rows of trunks fading into haze, a path between, crowns above, ferns before the lens."""
    pal, w, h, u = stage.pal, stage.w, stage.h, stage.u
    b = stage.back
    far, mid = mix(pal.haze, pal.low, 0.6), mix(pal.haze, pal.lit(pal.leaves[0]), 0.35)
    b.drawPaint(
        paint(
            shader=gradient(
                (0, -0.1 * h),
                (0, 0.72 * h),
                [(0, mix(mid, pal.top, 0.3), 1), (0.55, far, 1), (1, mix(far, mid, 0.5), 1)],
            )
        )
    )
    sx, _ = sun_place(stage)
    glow(
        b,
        mix((sx, 0, 0), (0.5 * w, 0, 0), 0.45)[0],
        0.42 * h,
        0.9 * u,
        pal.sun if not pal.night else pal.low,
        0.5 * pal.key + 0.12,
    )
    kind = stage.rng("kind").random()
    wood = rgb("#6a4d3b") if kind < 0.6 else rgb("#c9c2b4") if kind < 0.8 else rgb("#7d5a46")
    green = pal.leaves[0] if not pal.bare else rgb("#7d6b57")
    for layer, (d, count, foot, wide) in enumerate(
        ((0.86, 34, 0.585, 0.010), (0.66, 24, 0.61, 0.017), (0.44, 15, 0.645, 0.028))
    ):
        rng = stage.rng(f"row{layer}")
        line_points = [
            (-0.3 * w, 1.4 * h),
            *[(x * w / 10, (foot + rng.uniform(-0.012, 0.006)) * h) for x in range(-3, 14)],
            (1.4 * w, 1.4 * h),
        ]
        for _ in range(count):
            x = rng.uniform(-0.15, 1.15) * w
            clear = abs(x / w - 0.5)
            if clear < 0.07 and rng.random() < 0.8:
                continue
            y = (foot + rng.uniform(-0.004, 0.014)) * h
            tw = wide * u * rng.uniform(0.6, 1.3)
            if layer and rng.random() < 0.25 and kind >= 0.2:
                fir(b, rng, pal, x, y, u * (0.30 + 0.2 * layer) * rng.uniform(0.6, 1.0), d)
                continue
            shape = polygon([(x - tw, y), (x - 0.55 * tw, -0.4 * h), (x + 0.55 * tw, -0.4 * h), (x + tw, y)])
            b.drawPath(
                shape,
                paint(
                    shader=gradient(
                        (x - tw, 0),
                        (x + tw, 0),
                        [(0, pal.bright(wood, d), 1), (0.4, pal.lit(wood, d), 1), (1, pal.dark(wood, d), 1)],
                    )
                ),
            )
            for _ in range(3):
                by, side = y - rng.uniform(0.15, 0.6) * h, rng.choice((-1, 1))
                b.drawPath(
                    curve(
                        [
                            (x, by),
                            (x + side * 3 * tw, by - 2 * tw),
                            (x + side * rng.uniform(4, 7) * tw, by - rng.uniform(4, 7) * tw),
                        ],
                        close=False,
                    ),
                    paint(pal.dark(wood, d), 0.9, stroke=0.13 * tw),
                )
        if not pal.bare:
            for _ in range(26):
                x, y = rng.uniform(-0.15, 1.15) * w, rng.uniform(-0.12, 0.30 - 0.05 * layer) * h
                s = u * rng.uniform(0.05, 0.10) * (1 + 0.4 * layer)
                c = (
                    pal.lit(mix(green, pal.leaves[1], rng.random()), d)
                    if rng.random() < 0.7
                    else pal.bright(pal.leaves[1], d)
                )
                fill(b, blob(rng, x, y, 1.5 * s, s, wobble=0.3, n=13), c, 0.55)
        b.drawPath(
            polygon(line_points),
            paint(
                shader=gradient(
                    (0, foot * h),
                    (0, (foot + 0.1) * h),
                    [(0, pal.lit(pal.grass[0], d * 0.8), 1), (1, pal.lit(pal.grass[1], d * 0.5), 1)],
                )
            ),
        )
        veil(b, stage, (foot - 0.02) * h, 0.07 * u, 0.35 + 0.2 * (stage.words.weather == "fog"))
    m = stage.mid
    floor = mix(pal.grass[1], EARTH, 0.25) if not pal.snowy else pal.grass[0]
    area = ground(stage, m, "floor", 0.665, mix(floor, pal.grass[0], 0.4), floor, bump=0.03)
    grass(stage, m, "grass", 0.68, count=1000, clip=area)
    plan = stage.variant("forest", 3)
    if plan == 2:
        _brook(stage)
    else:
        path = mix(EARTH, (0.35, 0.28, 0.2), 0.25)
        road(stage, m, "path", _PATHS[plan], path, ruts=False)
    _litter(stage)
    _forest_frame(stage, wood)
    light_shafts(stage, b, alpha=0.07 if pal.night or stage.words.weather != "clear" else 0.16)
    fore_grass(stage, height=0.16, gap=0.5)
    fore_leaves(stage, size=0.5)


def _litter(stage: Stage) -> None:
    """Fallen leaves on the ground."""
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    rng = stage.rng("litter")
    leafy = []
    for _ in range(150):
        py = h * (0.69 + 0.36 * rng.random())
        px, s = rng.uniform(-0.1, 1.1) * w, 0.006 * u * stage.near(py)
        leafy.append(((px, py), (px + s, py - 0.3 * s)))
    dab_strokes(
        m,
        leafy,
        pal.lit(rgb("#c07a3a") if stage.words.season == "autumn" else mix(EARTH, pal.grass[2], 0.5)),
        0.005 * u,
        0.7,
    )


def _forest_frame(stage: Stage, wood: tuple[float, float, float]) -> None:
    """The near trunks, bushes and rocks at both sides of the glade."""
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    rng = stage.rng("near")
    spots = _TRUNKS[stage.variant("forest", 3)]
    for fx, fy, wide in sorted(spots, key=lambda s: s[1]):
        x, y = (fx + rng.uniform(-0.02, 0.02)) * w, fy * h
        d = 0.55 * stage.distance(y)
        shadow(m, x + 0.06 * u, y + 0.01 * u, 4.2 * wide * u, 0.55 * wide * u, pal.dark((0.08, 0.10, 0.12)), 0.6)
        trunk(m, rng, pal, x, y, 1.35 * h, wide * u, wood, d)
        if rng.random() < 0.7:
            bush(
                m, rng, pal, x + rng.choice((-1, 1)) * 1.9 * wide * u, y + 0.02 * u, wide * u * rng.uniform(1.0, 1.7), d
            )
    rocks(stage, m, "stones", [(0.18, 0.79, 0.035), (0.84, 0.82, 0.05)], rgb("#8c8f88"))
    if not pal.bare:
        for layer, (tone, count) in enumerate(
            ((pal.dark(pal.leaves[0]), 30), (pal.lit(pal.leaves[0]), 24), (pal.lit(pal.leaves[1]), 16))
        ):
            for _ in range(count):
                x = rng.uniform(-0.1, 1.1)
                y = (-0.14 + 0.17 * abs(2 * x - 1) ** 1.5 + rng.uniform(-0.1, 0.03) - 0.02 * layer) * h
                s = u * rng.uniform(0.035, 0.075)
                fill(m, blob(rng, x * w, y, 1.5 * s, s, wobble=0.3, n=14), tone, 0.96)
                dots = [
                    (x * w + rng.gauss(0, 0.8) * s, y + rng.gauss(0.3, 0.55) * s, rng.uniform(0.05, 0.11) * s)
                    for _ in range(16)
                ]
                spray(m, dots, tone, 0.9)
    if pal.bare:
        bare_tree(m, rng, pal, 0.30 * w, 0.72 * h, 0.5 * u, 0.3)
