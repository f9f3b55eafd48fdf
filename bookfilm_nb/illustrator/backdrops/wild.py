"""Open country: forest, field, mountains, road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import curve, dab_strokes, gradient, mix, paint, polygon, rgb, shade, shadow
from .buildings import cottage, fence
from .land import EARTH, grass, ground, peaks, ridges, road, rocks
from .lens import fore_grass
from .shrubs import bush, poplar, tree_line
from .sky import birds, paint_sky, veil
from .trees import birch, broad_tree, fir
from .water import still_water

if TYPE_CHECKING:
    from .brush import Canvas
    from .stage import Stage


__all__ = ["field", "mountains", "road_view"]


def field(stage: Stage) -> None:
    """A wide sky over strips of crops, a wood on the horizon, a lone tree."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.545, 0.13, 0.95), (0.555, 0.07, 0.8)], mix(pal.grass[1], (0.3, 0.42, 0.5), 0.4))
    rng = stage.rng("line")
    tree_line(b, rng, pal, (-0.15 * w, 1.15 * w), 0.56 * h, 0.045 * u, 0.62, firs=0.35)
    ground(stage, b, "plain", 0.555, pal.grass[2], pal.grass[0], bump=0.006, rim=False)
    crop = {"spring": rgb("#a9cc62"), "summer": rgb("#e3bf58"), "autumn": rgb("#c99f57"), "winter": rgb("#b9a988")}[
        stage.words.season
    ]
    crop = mix(crop, (0.93, 0.95, 0.99), 0.85) if pal.snowy else crop
    _furrows(stage, crop)
    if rng.random() < 0.8 and not pal.snowy and stage.words.season in ("summer", "autumn"):
        for fx, fy, s in ((0.66, 0.645, 0.05), (0.80, 0.62, 0.034), (0.58, 0.60, 0.022), (0.90, 0.70, 0.085)):
            _haystack(stage, fx * w, fy * h, s * u)
    area = ground(stage, m, "near", 0.74, mix(crop, pal.grass[0], 0.5), pal.grass[0], bump=0.025)
    grass(stage, m, "grass", 0.75, count=1300, clip=area)
    _field_plan(stage)
    if pal.key > 0.2 and not pal.night:
        birds(b, stage.rng("birds"), 0.62 * w, 0.27 * h, u, pal.dark(rgb("#3a3a44")))
    _ears(stage, crop)


def _field_plan(stage: Stage) -> None:
    """What stands on the near edge of a field: a lone tree, a row of poplars with a fence, or a barn by a pond."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    plan, spring = stage.variant("field", 3), stage.words.season == "spring"
    x, lean = ((0.60, -0.16), (0.30, 0.16), (0.52, -0.04))[plan]
    way = [(x, 0.742, 0.035), (x + 0.45 * lean, 0.80, 0.075), (x + 0.62 * lean, 0.90, 0.16), (x + lean, 1.15, 0.36)]
    if plan == 1:
        for k in range(6):
            fx, fy = 0.60 + 0.075 * k, 0.60 + 0.017 * k
            poplar(b, stage.rng(f"poplar{k}"), pal, fx * w, fy * h, (0.17 + 0.045 * k) * u, 0.5 - 0.08 * k)
        rail = [(0.55 * w, 0.765 * h, 0.085 * u), (0.78 * w, 0.79 * h, 0.11 * u), (1.08 * w, 0.835 * h, 0.145 * u)]
        fence(m, stage.rng("fence"), pal, rail, rgb("#9c8564"), pickets=11)
    elif plan == 2:
        pond = skia.Path()
        pond.addOval(skia.Rect.MakeLTRB(0.16 * w, 0.615 * h, 0.52 * w, 0.675 * h))
        still_water(stage, b, pond, 0.615 * h, 0.675 * h)
        cottage(b, stage.rng("barn"), pal, 0.78 * w, 0.655 * h, 0.32 * u, 0.2, timber=True, lit=pal.night)
        for fx, fy, tall in ((0.90, 0.66, 0.30), (0.12, 0.635, 0.20), (0.19, 0.625, 0.15)):
            broad_tree(b, stage.rng(f"tree{fx}"), pal, fx * w, fy * h, tall * u, 0.25, blossom=spring)
    road(stage, m, "path", way, EARTH)
    if plan == 0:
        broad_tree(m, stage.rng("lone"), pal, 0.14 * w, 0.775 * h, 0.52 * u, 0.12, blossom=spring)
    bush(m, stage.rng("bush"), pal, (0.27, 0.08, 0.86)[plan] * w, 0.785 * h, 0.05 * u)


def _furrows(stage: Stage, crop: tuple[float, float, float]) -> None:
    """Strips of field that run to the horizon."""
    pal, w, h, b = stage.pal, stage.w, stage.h, stage.back
    rng = stage.rng("strips")
    top, foot, vx = 0.562 * h, 1.3 * h, 0.56 * w
    tones = (
        crop,
        mix(crop, pal.grass[0], 0.45),
        pal.grass[0],
        shade(crop, 0.93),
        mix(crop, EARTH, 0.35 if not pal.snowy else 0.12),
    )
    x = -3.2 * w
    while x < 4.2 * w:
        wide = w * rng.uniform(0.28, 0.6)
        c = tones[rng.randrange(len(tones))]
        x0, x1 = vx + (x - vx) * 0.16, vx + (x + wide - vx) * 0.16
        body = gradient(
            (0, top),
            (0, 0.9 * h),
            [(0, pal.lit(c, 0.6), 1), (0.4, pal.lit(c, 0.15), 1), (1, pal.lit(shade(c, 0.85)), 1)],
        )
        b.drawPath(polygon([(x0, top), (x1, top), (x + wide, foot), (x, foot)]), paint(shader=body))
        rows = []
        for k in range(1, 9):
            t = k / 9
            rows.append(((x0 + (x1 - x0) * t, top + 0.01 * h), (x + wide * t, foot)))
        dab_strokes(b, rows, pal.dark(c, 0.2), 0.0022 * stage.u, 0.28)
        x += wide


def _haystack(stage: Stage, x: float, y: float, s: float) -> None:
    pal, b, rng = stage.pal, stage.back, stage.rng(f"hay{x / stage.w:.3f}")
    c, d = rgb("#dcae4e"), stage.distance(y) * 0.6
    shadow(b, x + 0.5 * s, y, 1.4 * s, 0.2 * s, pal.dark((0.15, 0.12, 0.1)), 0.5)
    body = curve(
        [
            (x - 0.8 * s, y + 0.08 * s),
            (x - 0.85 * s, y - 0.6 * s),
            (x - 0.2 * s, y - 1.5 * s),
            (x + 0.2 * s, y - 1.5 * s),
            (x + 0.85 * s, y - 0.6 * s),
            (x + 0.8 * s, y + 0.08 * s),
        ]
    )
    b.drawPath(
        body,
        paint(
            shader=gradient(
                (x - s, 0), (x + s, 0), [(0, pal.bright(c, d), 1), (0.45, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)]
            )
        ),
    )
    b.save()
    b.clipPath(body, doAntiAlias=True)
    strokes = [
        (
            (px := x + rng.uniform(-0.9, 0.9) * s, py := y - rng.uniform(0, 1.3) * s),
            (px + 0.12 * (px - x), py + 0.3 * s),
        )
        for _ in range(50)
    ]
    dab_strokes(b, strokes, pal.dark(c, d), max(0.5, 0.03 * s), 0.45)
    b.restore()


def _ears(stage: Stage, crop: tuple[float, float, float]) -> None:
    """Ears of grain (or dry grass) before the lens."""
    rng, w, h, u, pal, f = stage.rng("ears"), stage.w, stage.h, stage.u, stage.pal, stage.fore
    c = crop if not pal.snowy else rgb("#a3967c")
    for _ in range(64):
        fx = rng.uniform(-0.03, 1.03)
        edge = abs(fx - 0.5) / 0.5
        if edge < 0.45:
            continue
        tall = u * (0.07 + 0.16 * edge) * rng.uniform(0.6, 1.1)
        x, lean = fx * w, rng.uniform(-0.25, 0.35) * tall
        tone = mix(pal.lit(c), pal.dark(c), rng.random())
        f.drawPath(
            curve([(x, 1.02 * h), (x + 0.2 * lean, h - 0.6 * tall), (x + lean, h - tall)], close=False),
            paint(tone, stroke=0.0035 * u),
        )
        f.save()
        f.rotate(35 * lean / tall, x + lean, h - tall)
        f.drawOval(
            skia.Rect.MakeXYWH(x + lean - 0.006 * u, h - tall - 0.035 * u, 0.012 * u, 0.045 * u),
            paint(shade(tone, 1.06)),
        )
        f.restore()


def mountains(stage: Stage) -> None:
    """Chains of peaks, a lake in the valley, fir slopes and a rocky ledge to stand on."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    rock = rgb("#7d8494")
    peaks(stage, b, "far", 0.56, 0.36, 0.82, rock, count=7)
    veil(b, stage, 0.54 * h, 0.05 * u, 0.5)
    peaks(stage, b, "near", 0.585, 0.45, 0.5, shade(rock, 0.9), count=4)
    veil(b, stage, 0.57 * h, 0.07 * u, 0.75)
    ridges(stage, b, "slopes", [(0.60, 0.12, 0.55)], mix(pal.grass[1], rgb("#4f6b5a"), 0.5))
    rng = stage.rng("wood")
    tree_line(b, rng, pal, (-0.15 * w, 0.45 * w), 0.60 * h, 0.07 * u, 0.45, firs=1.0)
    tree_line(b, rng, pal, (0.62 * w, 1.15 * w), 0.605 * h, 0.06 * u, 0.42, firs=1.0)

    lake = skia.Path()
    lake.addOval(skia.Rect.MakeLTRB(0.18 * w, 0.597 * h, 0.98 * w, 0.70 * h))
    ground(stage, b, "valley", 0.605, pal.grass[0], pal.grass[1], bump=0.01)
    still_water(stage, b, lake, 0.597 * h, 0.70 * h)
    for part, base, height, d in (("s1", 0.70, 0.11, 0.3),):
        ridges(stage, b, part, [(base, height, d)], mix(pal.grass[1], rgb("#46604f"), 0.4))
    for _ in range(46):
        x = rng.uniform(-0.12, 1.12) * w
        if 0.34 < x / w < 0.68:
            continue
        fir(b, rng, pal, x, h * rng.uniform(0.665, 0.72), u * rng.uniform(0.06, 0.12), 0.3)
    area = ground(
        stage,
        m,
        "ledge",
        0.755,
        mix(pal.grass[2], rgb("#8d8a80"), 0.3),
        mix(pal.grass[0], rgb("#857f74"), 0.3),
        bump=0.06,
    )
    grass(stage, m, "grass", 0.76, count=900, clip=area)
    rocks(
        stage,
        m,
        "rocks",
        [(0.07, 0.80, 0.10), (0.19, 0.82, 0.05), (0.88, 0.79, 0.075), (0.97, 0.85, 0.14), (0.70, 0.785, 0.03)],
        rock,
    )
    for fx, fy, tall in ((0.02, 0.79, 0.52), (0.145, 0.78, 0.36), (0.93, 0.78, 0.44), (0.83, 0.775, 0.27)):
        fir(m, stage.rng(f"fir{fx}"), pal, fx * w, fy * h, tall * u, 0.08)
    birds(b, stage.rng("birds"), 0.55 * w, 0.22 * h, 0.8 * u, pal.dark(rgb("#3a3a44")), n=4)
    fore_grass(stage, height=0.11, gap=0.55)


def road_view(stage: Stage) -> None:
    """A country road that winds over hills between poplars to the horizon."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    ridges(
        stage,
        b,
        "hills",
        [(0.55, 0.16, 0.95), (0.565, 0.11, 0.75), (0.585, 0.075, 0.55)],
        mix(pal.grass[1], (0.3, 0.4, 0.42), 0.35),
    )
    rng = stage.rng("trees")
    tree_line(b, rng, pal, (-0.15 * w, 0.4 * w), 0.583 * h, 0.03 * u, 0.55, firs=0.3)
    ground(stage, b, "far", 0.575, pal.grass[2], pal.grass[0], bump=0.025)
    grass(stage, b, "fargrass", 0.585, count=300)
    plan = stage.variant("road", 3)
    way = _ROADS[plan]
    road(stage, b, "road", way, EARTH)
    area = ground(stage, m, "near", 0.70, pal.grass[0], pal.grass[0], bump=0.02)
    grass(stage, m, "grass", 0.71, count=1300, clip=area)
    road(stage, m, "road", [(way[3][0] + 0.3 * (way[4][0] - way[3][0]), 0.695, 0.052), *way[4:]], EARTH)
    if plan == 0:
        _avenue(stage)
    else:
        _roadside(stage, plan)
    _milestone(stage, 0.30 * w, 0.83 * h, 0.075 * u)
    fore_grass(stage, height=0.16, gap=0.55)


def _avenue(stage: Stage) -> None:
    """Poplars on both sides of the road."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    for side in (1, -1):
        for k, t in enumerate((0.08, 0.2, 0.36, 0.62, 1.0)):
            y = h * (0.60 + 0.205 * t)
            x = w * (0.60 - 0.14 * t if t < 0.3 else 0.56) + side * w * (0.05 + 0.37 * t)
            canvas = b if t < 0.5 else m
            poplar(canvas, stage.rng(f"poplar{side}{k}"), pal, x, y, u * (0.09 + 0.52 * t), 0.6 * (1 - t))
            if t > 0.5:
                shadow(canvas, x + 0.05 * u, y, 0.14 * u * t, 0.014 * u, pal.dark((0.1, 0.12, 0.12)), 0.5)


def _roadside(stage: Stage, plan: int) -> None:
    """Birches and a field fence, or a wood on one side and a lone cottage far off."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    if plan == 1:
        for k, (fx, fy, tall) in enumerate(
            ((0.30, 0.63, 0.20), (0.22, 0.665, 0.30), (0.80, 0.655, 0.26), (0.88, 0.69, 0.36))
        ):
            birch(b, stage.rng(f"birch{k}"), pal, fx * w, fy * h, tall * u, 0.35 - 0.06 * k)
        birch_grove(stage, m, 0.06 * w, 0.79 * h, 0.66 * u, 0.03, 3)
        rail = [(0.66 * w, 0.74 * h, 0.075 * u), (0.84 * w, 0.785 * h, 0.11 * u), (1.08 * w, 0.85 * h, 0.15 * u)]
        fence(m, stage.rng("fence"), pal, rail, rgb("#9c8564"), pickets=10)
        return
    cottage(b, stage.rng("far house"), pal, 0.30 * w, 0.625 * h, 0.15 * u, 0.4, lit=pal.night)
    rng = stage.rng("firs")
    for k in range(17):
        t = k / 16
        fx, fy = 0.66 + 0.36 * t + rng.uniform(-0.03, 0.03), 0.61 + 0.10 * t
        fir(b, rng, pal, fx * w, fy * h, (0.13 + 0.26 * t) * rng.uniform(0.8, 1.1) * u, 0.5 * (1 - t))
    for fx, fy, tall in ((0.90, 0.77, 0.56), (1.02, 0.80, 0.66), (0.80, 0.745, 0.36)):
        fir(m, stage.rng(f"near fir{fx}"), pal, fx * w, fy * h, tall * u, 0.06)
    broad_tree(m, stage.rng("oak"), pal, 0.04 * w, 0.775 * h, 0.42 * u, 0.08)


_ROADS = (
    ((0.66, 0.580, 0.005), (0.70, 0.600, 0.011), (0.60, 0.630, 0.022), (0.42, 0.675, 0.042), (0.46, 0.74, 0.08),
     (0.56, 0.85, 0.16), (0.52, 1.15, 0.42)),
    ((0.50, 0.578, 0.004), (0.505, 0.600, 0.012), (0.51, 0.630, 0.024), (0.50, 0.675, 0.045), (0.495, 0.74, 0.085),
     (0.50, 0.85, 0.17), (0.50, 1.15, 0.45)),
    ((0.42, 0.580, 0.004), (0.36, 0.600, 0.010), (0.44, 0.630, 0.020), (0.57, 0.675, 0.040), (0.50, 0.74, 0.08),
     (0.40, 0.85, 0.16), (0.50, 1.15, 0.42)),
)  # fmt: skip


def _milestone(stage: Stage, x: float, y: float, s: float) -> None:
    pal, m = stage.pal, stage.mid
    c = rgb("#c9c3b4")
    shadow(m, x + 0.2 * s, y, 0.7 * s, 0.14 * s, pal.dark((0.1, 0.1, 0.12)), 0.6)
    stone = curve(
        [
            (x - 0.32 * s, y + 0.1 * s),
            (x - 0.34 * s, y - s),
            (x, y - 1.15 * s),
            (x + 0.34 * s, y - s),
            (x + 0.32 * s, y + 0.1 * s),
        ]
    )
    m.drawPath(
        stone,
        paint(
            shader=gradient(
                (x - 0.4 * s, 0), (x + 0.4 * s, 0), [(0, pal.bright(c), 1), (0.5, pal.lit(c), 1), (1, pal.dark(c), 1)]
            )
        ),
    )


def birch_grove(stage: Stage, canvas: Canvas, x: float, y: float, tall: float, d: float, n: int) -> None:
    """A few birches close together."""
    rng = stage.rng(f"grove{x / stage.w:.3f}")
    for _ in range(n):
        birch(
            canvas,
            rng,
            stage.pal,
            x + rng.gauss(0, 0.12) * tall,
            y + rng.uniform(-0.02, 0.02) * tall,
            tall * rng.uniform(0.75, 1.0),
            d,
        )
