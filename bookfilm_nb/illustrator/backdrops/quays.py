"""Where land meets the sea and people work: the harbour, the lighthouse on its rock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import curve, dab_strokes, gradient, line, mix, paint, polygon, rgb, shade, shadow, spray
from .buildings import WALLS, cottage, door, roof_over, window
from .furniture import barrel
from .land import STONE, ground, rocks
from .landmarks import lamp_post, lighthouse, stone_wall
from .shores import roughness
from .sky import beacons_lit, birds, paint_sky
from .streets import lamps_lit
from .water import boat, glitter, sailing_ship, sea, swell

if TYPE_CHECKING:
    from .stage import Stage


__all__ = ["harbour", "lighthouse_rock"]


def _gulls(stage: Stage, x: float, y: float) -> None:
    pal = stage.pal
    c = mix(pal.lit((0.95, 0.95, 0.97)), pal.cloud_shade, 0.4)
    if stage.words.weather != "storm":
        birds(stage.back, stage.rng("gulls"), x * stage.w, y * stage.h, 1.25 * stage.u, c, n=5)


def harbour(stage: Stage) -> None:
    """A basin behind a mole with its light, houses on the far quay, moored boats, bollards and barrels."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    rough = roughness(stage)
    sea(stage, b, stage.hz, 1.0 * h, rough=0.6 * rough)
    glitter(stage, b, stage.hz + 1, 0.8 * h)
    mole = polygon([(0.60 * w, 0.535 * h), (1.5 * w, 0.52 * h), (1.5 * w, 0.57 * h), (0.60 * w, 0.56 * h)])
    b.drawPath(mole, paint(pal.lit(STONE, 0.4)))
    lighthouse(b, pal, 0.64 * w, 0.54 * h, 0.27 * u, 0.35, on=beacons_lit(stage))
    sailing_ship(b, pal, 0.80 * w, 0.545 * h, 0.24 * u, 0.35)
    _gulls(stage, 0.60, 0.22)
    _quay_houses(stage)
    for k, (fx, fy, s) in enumerate(((0.50, 0.60, 0.10), (0.66, 0.625, 0.15), (0.42, 0.655, 0.17))):
        _moored(stage, fx * w, fy * h, s * u, ("#3f7f8c", "#a5483a", "#d9c08a")[k], 0.25 - 0.08 * k)
    swell(stage, b, "basin", 0.70 * h, 0.014 * u * (1 + rough), foam=0.1)
    edge = 0.735 * h
    quay = polygon([(-0.5 * w, edge), (1.5 * w, edge), (1.5 * w, 1.5 * h), (-0.5 * w, 1.5 * h)])
    stone = rgb("#a39a8c") if not pal.snowy else rgb("#dfe6ee")
    m.drawPath(quay, paint(shader=gradient((0, edge), (0, 1.05 * h), [
        (0, pal.bright(stone), 1), (0.06, pal.lit(stone), 1), (1, pal.lit(shade(stone, 0.7)), 1)])))  # fmt: skip
    rng, joints = stage.rng("slabs"), []
    y = edge + 0.03 * h
    while y < 1.1 * h:
        joints.append(((-0.2 * w, y), (1.2 * w, y)))
        near = stage.near(y)
        x = -0.2 * w + rng.random() * 0.1 * w
        while x < 1.2 * w:
            joints.append(((x, y), (x + 0.3 * (x - 0.5 * w) * 0.05, y + 0.05 * h * near)))
            x += 0.16 * u * near * rng.uniform(0.7, 1.3)
        y += 0.05 * h * near
    dab_strokes(m, joints, pal.dark(stone), 0.0024 * u, 0.5)
    for fx in (0.17, 0.5, 0.83):
        x, y = fx * w, edge + 0.035 * h
        shadow(m, x, y, 0.05 * u, 0.012 * u, pal.dark((0.1, 0.1, 0.12)), 0.6)
        post = skia.Rect.MakeLTRB(x - 0.018 * u, y - 0.06 * u, x + 0.018 * u, y)
        m.drawRRect(skia.RRect.MakeRectXY(post, 0.012 * u, 0.012 * u), paint(pal.dark(rgb("#3a3f44"))))
        line(m, [(x, y - 0.045 * u), (x + 0.05 * u, edge + 0.01 * h), (x + 0.10 * u, edge - 0.03 * h)],
             pal.lit(rgb("#c9b286")), 0.007 * u, smooth=True)  # fmt: skip
    for fx, fy, tall in ((0.055, 0.84, 0.19), (0.115, 0.87, 0.16), (0.93, 0.83, 0.17)):
        barrel(m, pal.lit, pal.dark, pal.bright, fx * w, fy * h, tall * u)
    _crate(stage, 0.995 * w, 0.865 * h, 0.20 * u)
    if lamps_lit(stage) or stage.wants("lamp"):
        lamp_post(m, pal, 0.27 * w, 0.785 * h, 0.42 * u, lit=lamps_lit(stage))


def _quay_houses(stage: Stage) -> None:
    """Narrow house fronts along the quay on the left, smaller towards the mole."""
    pal, h, u, b, rng = stage.pal, stage.h, stage.u, stage.back, stage.rng("quay houses")
    lit, x, foot = lamps_lit(stage), -0.12 * stage.w, 0.66 * h
    while x < 0.40 * stage.w:
        t = max(0.0, x / (0.40 * stage.w))
        foot = (0.665 - 0.095 * t) * h
        k = 1.0 - 0.62 * t
        wide, tall, d = 0.17 * u * k * rng.uniform(0.85, 1.15), 0.38 * u * k * rng.uniform(0.85, 1.15), 0.15 + 0.3 * t
        wall = rng.choice(WALLS)
        face = [(0, pal.bright(wall, d), 1), (0.7, pal.lit(wall, d), 1), (1, pal.lit(shade(wall, 0.7), d), 1)]
        front = skia.Rect.MakeLTRB(x, foot - tall, x + wide, foot)
        b.drawRect(front, paint(shader=gradient((0, foot - tall), (0, foot), face)))
        gable = [
            (x - 0.03 * wide, foot - tall),
            (x + wide / 2, foot - tall - 0.55 * wide),
            (x + 1.03 * wide, foot - tall),
        ]
        roof_over(b, rng, pal, gable, rng.choice((rgb("#a5533b"), rgb("#6b5560"), rgb("#7d4a3c"))), d, 0.06 * wide)
        for row in (0.34, 0.60, 0.84):
            for col in (0.28, 0.72):
                window(b, pal, x + col * wide, foot - row * tall + 0.05 * tall, 0.15 * wide, 0.13 * tall, d,
                       lit=lit and rng.random() < 0.55)  # fmt: skip
        door(b, pal, x + 0.5 * wide, foot, 0.2 * wide, 0.2 * tall, d, rng.choice((rgb("#5b6f4e"), rgb("#70463a"))))
        x += wide
    stone = pal.lit(STONE, 0.25)
    wall = polygon([(-0.4 * stage.w, 0.70 * h), (-0.1 * stage.w, 0.66 * h), (0.46 * stage.w, 0.563 * h),
                    (0.46 * stage.w, 0.585 * h), (-0.4 * stage.w, 0.78 * h)])  # fmt: skip
    b.drawPath(wall, paint(stone))
    frame = (-0.4 * stage.w, 0.55 * h, 0.46 * stage.w, 0.78 * h)
    stone_wall(b, rng, wall, frame, stone, pal.dark(STONE, 0.25), pal.bright(STONE, 0.25), 0.022 * u)


def _moored(stage: Stage, x: float, y: float, size: float, code: str, d: float) -> None:
    """A fishing boat at its mooring, with a mast and a furled sail."""
    pal, b = stage.pal, stage.back
    boat(b, pal, x, y, size, rgb(code), d)
    mast = pal.dark(rgb("#5d4632"), d)
    line(b, [(x, y - 0.15 * size), (x, y - 1.15 * size)], mast, 0.025 * size)
    line(b, [(x, y - 0.42 * size), (x + 0.46 * size, y - 0.36 * size)], pal.lit(rgb("#e2d6bc"), d), 0.06 * size)
    for end in (-0.48, 0.52):
        line(b, [(x, y - 1.1 * size), (x + end * size, y - 0.22 * size)], mast, 0.008 * size)


def _crate(stage: Stage, x: float, y: float, s: float) -> None:
    pal, m, wood = stage.pal, stage.mid, rgb("#a5804f")
    shadow(m, x, y, 0.65 * s, 0.08 * s, pal.dark((0.1, 0.1, 0.12)), 0.6)
    box = skia.Rect.MakeLTRB(x - s / 2, y - 0.8 * s, x + s / 2, y)
    m.drawRect(box, paint(shader=gradient((0, y - s), (0, y), [(0, pal.bright(wood), 1), (1, pal.dark(wood), 1)])))
    for t in (0.2, 0.4, 0.6):
        line(m, [(box.left(), y - t * s), (box.right(), y - t * s)], pal.dark(wood), 0.012 * s)
    line(m, [(box.left(), y), (box.right(), y - 0.8 * s)], pal.lit(shade(wood, 0.85)), 0.09 * s)
    m.drawRect(box, paint(pal.dark(wood), stroke=0.06 * s))


def lighthouse_rock(stage: Stage) -> None:
    """A tall lighthouse on its rock above the surf, the keeper's house, a path of steps; lit from dusk to dawn."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    rough = roughness(stage)
    sea(stage, b, stage.hz, 1.0 * h, rough=rough)
    glitter(stage, b, stage.hz + 1, 0.8 * h)
    for k, (y, tall) in enumerate(((0.56, 0.014), (0.60, 0.024))):
        swell(stage, b, f"far{k}", y * h, tall * u * (0.8 + rough), foam=0.3 + 0.6 * rough)
    plan = stage.variant("lighthouse", 2)
    crag = [
        (0.44, 0.70),
        (0.49, 0.62),
        (0.55, 0.575),
        (0.60, 0.53),
        (0.68, 0.515),
        (0.80, 0.52),
        (0.90, 0.55),
        (1.05, 0.60),
        (1.5, 0.66),
        (1.5, 0.9),
        (0.44, 0.9),
    ]
    rock, outline = rgb("#7f7a76"), polygon([(x * w, y * h) for x, y in crag])
    b.drawPath(outline, paint(shader=gradient((0.44 * w, 0.5 * h), (1.0 * w, 0.75 * h), [
        (0, pal.bright(rock, 0.15), 1), (0.4, pal.lit(rock, 0.1), 1), (1, pal.dark(rock, 0.1), 1)])))  # fmt: skip
    b.save()
    b.clipPath(outline, doAntiAlias=True)
    rng, cracks = stage.rng("crag"), []
    for _ in range(90):
        px, py = rng.uniform(0.45, 1.2) * w, rng.uniform(0.53, 0.74) * h
        cracks.append(((px, py), (px + rng.uniform(-0.03, 0.02) * u, py + rng.uniform(0.02, 0.08) * u)))
    dab_strokes(b, cracks, pal.dark(rock), 0.005 * u, 0.55)
    top = [(x * w, y * h) for x, y in crag[2:9]]
    b.drawPath(curve(top, close=False), paint(pal.lit(pal.grass[0], 0.1), stroke=0.035 * u))
    b.restore()
    on = beacons_lit(stage)
    cottage(b, stage.rng("keeper"), pal, (0.90 if plan else 0.86) * w, 0.565 * h, 0.19 * u, 0.15, lit=lamps_lit(stage))
    lighthouse(b, pal, (0.72 if plan else 0.69) * w, 0.535 * h, (0.42 if plan else 0.38) * u, 0.1, on=on)
    white = mix(pal.lit((0.97, 0.99, 1.0)), pal.low, 0.25)
    foam = []
    for _ in range(int(260 + 500 * rough)):
        t = rng.random()
        px, py = (0.40 + 0.5 * t) * w, (0.695 - 0.01 * t) * h
        foam.append(
            (
                px + rng.gauss(0, 0.02) * w,
                py - abs(rng.gauss(0, 0.006 + 0.02 * rough)) * h,
                u * rng.uniform(0.001, 0.004),
            )
        )
    spray(b, foam, white, 0.75)
    swell(stage, b, "surf", 0.71 * h, 0.035 * u * (0.8 + rough), foam=0.6 + 0.4 * rough)
    _gulls(stage, 0.42, 0.24)
    ground(stage, m, "ledge", 0.765, mix(pal.grass[0], rock, 0.45), mix(pal.grass[1], rock, 0.35), bump=0.04)
    spots = [(0.05, 0.81, 0.10), (0.17, 0.83, 0.05), (0.87, 0.80, 0.07), (0.97, 0.84, 0.13), (0.76, 0.785, 0.03)]
    rocks(stage, m, "rocks", spots, rock)
    for k in range(6):
        y, half = (0.775 + 0.042 * k) * h, (0.05 + 0.028 * k) * w
        x = (0.60 - 0.022 * k) * w
        step = skia.Rect.MakeLTRB(x - half, y, x + half, y + 0.026 * h)
        m.drawRect(step, paint(shader=gradient((0, y), (0, y + 0.026 * h), [
            (0, pal.bright(STONE), 1), (0.4, pal.lit(STONE), 1), (1, pal.dark(STONE), 1)])))  # fmt: skip
