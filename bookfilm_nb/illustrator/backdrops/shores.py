"""Waterside: sea shore, open sea, river, and the deck of a ship."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, dab_strokes, fill, gradient, line, mix, paint, polygon, rgb, shade, spray
from .land import EARTH, STONE, grass, ground, ridges, rocks, tufts
from .landmarks import bridge, lighthouse
from .lens import fore_grass
from .shrubs import bush, tree_line
from .sky import beacons_lit, birds, paint_sky, veil
from .trees import tree
from .water import boat, glitter, sailing_ship, sea, still_water, swell
from .wild import birch_grove

if TYPE_CHECKING:
    from .stage import Stage


__all__ = ["open_sea", "river", "shore"]

SAND = rgb("#e3c995")


def roughness(stage: Stage) -> float:
    return {"storm": 1.0, "rain": 0.6, "cloudy": 0.4}.get(stage.words.weather, 0.25)


_BOULDERS = (
    ((0.90, 0.765, 0.065), (0.985, 0.80, 0.11), (0.80, 0.755, 0.028), (0.055, 0.82, 0.05)),
    ((0.02, 0.80, 0.13), (0.12, 0.775, 0.07), (0.20, 0.765, 0.035), (0.93, 0.77, 0.05), (1.0, 0.83, 0.10)),
    ((0.90, 0.80, 0.035), (0.06, 0.78, 0.03)),
)


def shore(stage: Stage) -> None:
    """A bay: headland, surf on the sand, rocks, grass on the dune."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    rough = roughness(stage)
    sea(stage, b, stage.hz, 0.80 * h, rough=rough)
    glitter(stage, b, stage.hz + 1, 0.74 * h)
    plan = stage.variant("shore", 3)
    if plan == 2:
        rocks(
            stage,
            b,
            "isle",
            [(0.74, 0.545, 0.045), (0.80, 0.548, 0.075), (0.87, 0.546, 0.04), (0.20, 0.56, 0.03)],
            rgb("#7c7a7c"),
        )
    else:
        _headland(stage, 1.9 if plan else 1.0)
    if stage.wants("lighthouse", "lamp", "lantern"):
        # A lamp by the sea is a lighthouse: no street lamp stands on a beach.
        lighthouse(
            b, pal, 0.845 * w, (0.484, 0.445, 0.512)[plan] * h, (0.30, 0.26, 0.27)[plan] * u, 0.3, on=beacons_lit(stage)
        )
    if stage.words.weather in ("clear", "cloudy") or stage.wants("ship", "sail"):
        sailing_ship(b, pal, 0.57 * w, stage.hz + 0.008 * u, 0.055 * u, 0.6)
    for k, (y, height) in enumerate(((0.60, 0.014), (0.645, 0.024), (0.69, 0.036))):
        swell(stage, b, f"roller{k}", y * h, height * u * (1 + rough), foam=0.5 + 0.5 * rough)
    _beach(stage)
    rocks(
        stage,
        m,
        "rocks",
        _BOULDERS[plan],
        rgb("#7c7a7c"),
    )
    rng = stage.rng("marram")
    tones = [pal.dark(rgb("#8f9a5c")), pal.lit(rgb("#a9ad68")), pal.bright(rgb("#c3c07c"))]
    for _ in range(13):
        tufts(m, rng, rng.uniform(-0.05, 0.17) * w, rng.uniform(0.84, 0.92) * h, 0.085 * u, tones, blades=12)
    if stage.wants("pier"):
        _pier(stage)
    if stage.words.weather != "storm":
        birds(
            b,
            stage.rng("gulls"),
            0.46 * w,
            0.26 * h,
            1.25 * u,
            mix(pal.lit((0.95, 0.95, 0.97)), pal.cloud_shade, 0.4),
            n=5,
        )
    fore_grass(stage, height=0.15, gap=0.62)


def _headland(stage: Stage, high: float) -> None:
    """Two capes on the right, ``high`` times as tall as usual."""
    pal, w, h, u, b = stage.pal, stage.w, stage.h, stage.u, stage.back
    rng = stage.rng("cape")
    for d, x0, low, tone in ((0.62, 0.60, 0.475, rgb("#8a8f86")), (0.34, 0.74, 0.415, rgb("#9b8a74"))):
        top = 0.535 - (0.535 - low) * high
        edge = [(x0 * w, 0.545 * h)]
        for k in range(1, 8):
            t = k / 7
            edge.append(
                (
                    (x0 + (1.25 - x0) * t**1.1) * w,
                    h * (0.535 - (0.535 - top) * min(1.0, t * 1.9) ** 0.75 + rng.uniform(-0.008, 0.008)),
                )
            )
        path = polygon([*edge, (1.4 * w, 0.56 * h)])
        b.drawPath(
            path,
            paint(shader=gradient((0, top * h), (0, 0.56 * h), [(0, pal.lit(tone, d), 1), (1, pal.dark(tone, d), 1)])),
        )
        b.save()
        b.clipPath(path, doAntiAlias=True)
        b.drawPath(curve(edge, close=False), paint(pal.lit(pal.grass[0], d), stroke=0.05 * u))
        strokes = [
            (
                (px := rng.uniform(x0, 1.25) * w, py := h * rng.uniform(top + 0.02, 0.56)),
                (px + 0.01 * u, py + rng.uniform(0.02, 0.06) * u),
            )
            for _ in range(60)
        ]
        dab_strokes(b, strokes, pal.dark(tone, d), 0.004 * u, 0.5)
        b.restore()
        foam = [((x0 - 0.01) * w + k * 0.03 * w, 0.546 * h + rng.uniform(-0.003, 0.003) * h) for k in range(20)]
        line(b, foam, mix(pal.low, (1, 1, 1), 0.5), 0.005 * u, 0.7, smooth=True)


def _beach(stage: Stage) -> None:
    """Sand with a wet edge and lace of foam, sloping from the right to the left."""
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    rng = stage.rng("beach")
    edge = [
        (x * w / 8, h * (0.735 + 0.018 * math.sin(1.3 * x) + rng.uniform(-0.006, 0.006) - 0.004 * x))
        for x in range(-2, 12)
    ]
    sand = SAND if not pal.snowy else mix(SAND, (0.93, 0.95, 0.99), 0.75)
    path = curve([*edge, (1.6 * w, 0.8 * h), (1.6 * w, 1.6 * h), (-0.6 * w, 1.6 * h), (-0.6 * w, 0.8 * h)])
    m.drawPath(
        path,
        paint(
            shader=gradient(
                (0, 0.72 * h),
                (0, 1.05 * h),
                [
                    (0, mix(pal.dark(sand), pal.low, 0.25), 1),
                    (0.14, pal.lit(shade(sand, 0.86)), 1),
                    (0.3, pal.lit(sand), 1),
                    (1, pal.lit(shade(sand, 0.78)), 1),
                ],
            )
        ),
    )
    m.save()
    m.clipPath(path, doAntiAlias=True)
    for _ in range(22):
        py = h * rng.uniform(0.77, 1.05)
        fill(
            m,
            blob(rng, rng.uniform(-0.1, 1.1) * w, py, u * 0.22 * stage.near(py), u * 0.016 * stage.near(py)),
            pal.dark(sand) if rng.random() < 0.6 else pal.bright(sand),
            0.16,
        )
    dots = [
        (
            rng.uniform(-0.1, 1.1) * w,
            py := h * rng.uniform(0.77, 1.08),
            u * 0.0028 * stage.near(py) * rng.uniform(0.4, 1.6),
        )
        for _ in range(420)
    ]
    spray(m, dots, pal.dark(sand), 0.4)
    spray(m, [(x + 1, y - 1, 0.6 * r) for x, y, r in dots[::2]], pal.bright(sand), 0.5)
    m.restore()
    white = mix(pal.lit((0.97, 0.99, 1.0)), pal.low, 0.25)
    for lift, width, alpha in ((0.000, 0.010, 0.95), (0.016, 0.005, 0.7), (-0.016, 0.006, 0.55)):
        row = [(x, y + lift * h + rng.uniform(-0.003, 0.003) * h) for x, y in edge]
        m.drawPath(curve(row, close=False), paint(white, alpha, stroke=width * u))
    lace = [
        (x + rng.uniform(-0.07, 0.07) * w, y + rng.uniform(-0.02, 0.012) * h, u * rng.uniform(0.001, 0.004))
        for x, y in edge
        for _ in range(12)
    ]
    spray(m, lace, white, 0.75)


def _pier(stage: Stage) -> None:
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    wood = rgb("#8a6a4a")
    for k in range(7):
        t = k / 6
        x, y = w * (0.02 + 0.40 * t), h * (0.775 - 0.145 * t)
        tall = u * (0.10 - 0.07 * t)
        for dx in (0, 0.055 * u * (1 - 0.6 * t)):
            line(m, [(x + dx, y + 0.5 * tall), (x + dx, y - 0.4 * tall)], pal.dark(wood), u * (0.014 - 0.009 * t))
    m.drawPath(
        polygon(
            [
                (-0.1 * w, 0.80 * h),
                (0.42 * w, 0.625 * h),
                (0.445 * w, 0.63 * h),
                (0.02 * w, 0.825 * h),
                (-0.1 * w, 0.87 * h),
            ]
        ),
        paint(
            shader=gradient((0, 0.84 * h), (0.43 * w, 0.63 * h), [(0, pal.lit(wood), 1), (1, pal.lit(wood, 0.4), 1)])
        ),
    )


def open_sea(stage: Stage) -> None:
    """Nothing but swell and sky, a sail far away; the figures stand behind a boat's side."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    rough = roughness(stage)
    sea(stage, b, stage.hz, 1.3 * h, rough=rough)
    glitter(stage, b, stage.hz + 1, 0.9 * h, width=0.06)
    if stage.words.weather not in ("fog", "storm") or stage.wants("ship", "sail"):
        sailing_ship(b, pal, 0.68 * w, stage.hz + 0.012 * u, 0.10 * u, 0.5)
    if stage.wants("lighthouse", "island", "lamp"):
        rocks(stage, b, "isle", [(0.86, 0.53, 0.05)], STONE)
        lighthouse(b, pal, 0.86 * w, 0.50 * h, 0.15 * u, 0.45, on=beacons_lit(stage))
    for k, (y, height) in enumerate(((0.575, 0.015), (0.63, 0.030), (0.70, 0.05))):
        swell(stage, b, f"far{k}", y * h, height * u * (0.7 + 1.3 * rough), foam=0.25 + 0.75 * rough)
    for k, (y, height) in enumerate(((0.80, 0.07), (0.93, 0.09))):
        swell(stage, m, f"near{k}", y * h, height * u * (0.6 + 1.1 * rough), foam=0.3 + 0.7 * rough)
    if stage.words.weather in ("clear", "cloudy"):
        birds(
            b,
            stage.rng("gulls"),
            0.36 * w,
            0.25 * h,
            1.3 * u,
            mix(pal.lit((0.95, 0.95, 0.97)), pal.cloud_shade, 0.4),
            n=4,
        )
    _gunwale(stage)


def _gunwale(stage: Stage) -> None:
    """The near side of the boat that carries the figures."""
    pal, w, h, u, f = stage.pal, stage.w, stage.h, stage.u, stage.fore
    wood = rgb("#8c5f3e")
    top = skia.Path()
    top.moveTo(-0.1 * w, 0.875 * h)
    top.quadTo(0.5 * w, 0.985 * h, 1.1 * w, 0.875 * h)
    top.lineTo(1.1 * w, 1.1 * h)
    top.lineTo(-0.1 * w, 1.1 * h)
    top.close()
    f.drawPath(
        top,
        paint(
            shader=gradient(
                (0, 0.88 * h),
                (0, 1.03 * h),
                [(0, pal.lit(wood), 1), (0.4, pal.dark(wood), 1), (1, shade(pal.dark(wood), 0.7), 1)],
            )
        ),
    )
    for k, tone in (
        (0.0, pal.bright(rgb("#d9b98a"))),
        (0.045, shade(pal.dark(wood), 0.75)),
        (0.09, shade(pal.dark(wood), 0.75)),
    ):
        rim = skia.Path()
        rim.moveTo(-0.1 * w, (0.875 + k) * h)
        rim.quadTo(0.5 * w, (0.985 + k) * h, 1.1 * w, (0.875 + k) * h)
        f.drawPath(rim, paint(tone, stroke=(0.016 if not k else 0.004) * u))


def river(stage: Stage) -> None:
    """A river that winds out of the hills, reeds and willows on its banks, a meadow to stand on."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.545, 0.17, 0.95), (0.56, 0.12, 0.72)], mix(pal.grass[1], (0.3, 0.42, 0.45), 0.4))
    rng = stage.rng("wood")
    tree_line(b, rng, pal, (-0.15 * w, 1.15 * w), 0.575 * h, 0.05 * u, 0.55, firs=0.5)
    ground(stage, b, "meadow", 0.568, pal.grass[2], pal.grass[0], bump=0.01)
    grass(stage, b, "meadowgrass", 0.58, count=400)
    bed = [
        (0.60, 0.574, 0.010),
        (0.52, 0.59, 0.03),
        (0.66, 0.615, 0.075),
        (0.50, 0.66, 0.20),
        (0.62, 0.74, 0.46),
        (0.55, 0.86, 0.85),
        (0.5, 1.3, 1.8),
    ]
    bank = [((x * w, y * h), r * u) for x, y, r in bed]
    left = [(x - r, y) for (x, y), r in bank]
    right = [(x + r, y) for (x, y), r in bank]
    water = curve([*left, *reversed(right)])
    still_water(stage, b, water, 0.57 * h, 0.92 * h)
    if stage.wants("bridge"):
        bridge(b, stage.rng("bridge"), pal, 0.26 * w, 0.86 * w, 0.655 * h, 0.10 * u, 0.2)
    for fx, fy, s in (
        (0.10, 0.645, 0.26),
        (0.22, 0.615, 0.15),
        (0.90, 0.63, 0.24),
        (0.80, 0.605, 0.13),
        (1.0, 0.66, 0.30),
    ):
        tree(b, stage.rng(f"t{fx}"), pal, fx * w, fy * h, s * u, 0.3)
    for k in range(7):
        t = k / 6
        bush(b, stage.rng(f"b{k}"), pal, w * (0.02 + 0.28 * t), h * (0.70 - 0.06 * t), u * 0.035, 0.2)
    if stage.words.weather in ("fog", "cloudy") or stage.words.time == "dawn":
        veil(b, stage, 0.61 * h, 0.05 * u, 0.7)
    edge = [(-0.5, 0.72), (-0.1, 0.745), (0.15, 0.80), (0.4, 0.838), (0.7, 0.845), (1.0, 0.82), (1.5, 0.79)]
    near = [(x * w, y * h) for x, y in edge]
    area = curve([*near, (1.8 * w, 1.6 * h), (-0.8 * w, 1.6 * h)])
    m.drawPath(curve([(x, y + 0.012 * h) for x, y in near], close=False), paint(pal.dark(EARTH), stroke=0.035 * u))
    m.drawPath(
        area,
        paint(
            shader=gradient(
                (0, 0.75 * h),
                (0, 1.08 * h),
                [
                    (0, pal.bright(pal.grass[0]), 1),
                    (0.3, pal.lit(pal.grass[0]), 1),
                    (1, pal.lit(shade(pal.grass[1], 0.78)), 1),
                ],
            )
        ),
    )
    grass(stage, m, "grass", 0.77, count=1300, clip=area)
    reed = [pal.dark(rgb("#7d8a4a")), pal.lit(rgb("#96a058")), pal.bright(rgb("#b5b56c"))]
    if pal.snowy or pal.bare:
        reed = [pal.dark(rgb("#a08c62")), pal.lit(rgb("#b8a47a")), pal.lit(rgb("#8f7d5a"))]
    for fx in (0.02, 0.07, 0.13, 0.20, 0.78, 0.86, 0.93, 0.99, 1.04):
        y = 0.80 * h + 0.06 * h * (1 - abs(2 * fx - 1))
        tufts(m, stage.rng(f"reed{fx}"), fx * w, y, 0.13 * u, reed, blades=13)
    birch_grove(stage, m, 0.03 * w, 0.80 * h, 0.55 * u, 0.05, 3)
    if stage.wants("boat"):
        boat(b, pal, 0.62 * w, 0.765 * h, 0.24 * u, rgb("#9a6a44"))
    fore_grass(stage, height=0.15, gap=0.55)
