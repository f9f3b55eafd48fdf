"""Old stones: graveyard and ruin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import blob, fill, gradient, line, mix, paint, polygon, rgb, shade, shadow
from .buildings import church, fence
from .land import EARTH, STONE, grass, ground, ridges, road, rocks
from .landmarks import stone_wall
from .lens import fore_grass
from .shrubs import bush, tree_line
from .sky import birds, paint_sky, veil
from .trees import bare_tree, fir

if TYPE_CHECKING:
    from .brush import RGB, Canvas
    from .stage import Stage


__all__ = ["graveyard", "ruin"]


def graveyard(stage: Stage) -> None:
    """Leaning stones and crosses under a bare tree, an iron fence, a chapel in the mist."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.55, 0.13, 0.95), (0.57, 0.08, 0.72)], mix(pal.grass[1], (0.25, 0.34, 0.36), 0.5))
    church(b, stage.rng("chapel"), pal, 0.63 * w, 0.585 * h, 0.33 * u, 0.45, lit=pal.night)
    for fx, tall in ((0.30, 0.24), (0.36, 0.19), (0.86, 0.27), (0.92, 0.21), (0.23, 0.3)):
        fir(b, stage.rng(f"yew{fx}"), pal, fx * w, 0.60 * h, tall * u, 0.4)
    turf = mix(pal.grass[0], rgb("#7b8268"), 0.35) if not pal.snowy else pal.grass[0]
    ground(stage, b, "turf", 0.578, turf, turf, bump=0.014)
    grass(stage, b, "fargrass", 0.585, count=500)
    rng = stage.rng("rows")
    spots = []
    for row, count in ((0.605, 11), (0.64, 8), (0.69, 6)):
        for k in range(count):
            fx = (k + 0.5 + rng.uniform(-0.25, 0.25)) / count * 1.2 - 0.1
            if abs(fx - 0.5) > 0.06:
                spots.append((fx, row + rng.uniform(-0.006, 0.008)))
    for fx, fy in spots:
        _grave(stage, b, fx * w, fy * h, 0.17 * u * stage.near(fy * h), rng.randrange(4))
    veil(b, stage, 0.61 * h, 0.05 * u, 0.45 if stage.words.weather == "clear" else 0.7)
    area = ground(stage, m, "near", 0.735, turf, turf, bump=0.03)
    grass(stage, m, "grass", 0.745, count=1200, clip=area)
    road(
        stage,
        m,
        "path",
        [(0.52, 0.74, 0.045), (0.50, 0.81, 0.09), (0.53, 0.92, 0.18), (0.5, 1.2, 0.4)],
        EARTH,
        ruts=False,
    )
    near = ((0.20, 0.79, 1), (0.305, 0.765, 0), (0.74, 0.775, 2), (0.86, 0.81, 3), (0.06, 0.86, 2), (0.97, 0.88, 0))
    for fx, fy, kind in near:
        _grave(stage, m, fx * w, fy * h, 0.20 * u * stage.near(fy * h), kind)
    bare_tree(m, stage.rng("tree"), pal, 0.115 * w, 0.80 * h, 0.78 * u, 0.02, c=rgb("#4f443d"), lean=0.10)
    fence(
        m,
        stage.rng("fence"),
        pal,
        [(0.80 * w, 0.755 * h, 0.12 * u), (1.12 * w, 0.80 * h, 0.15 * u)],
        rgb("#3d4046"),
        pickets=18,
        iron=True,
    )
    if stage.words.mood in ("fearful", "mysterious", "sad", "tense"):
        birds(b, stage.rng("crows"), 0.40 * w, 0.2 * h, 1.3 * u, shade(pal.dark(rgb("#26262c")), 0.8), n=6)
    fore_grass(stage, height=0.14, gap=0.5)


def _grave(stage: Stage, canvas: Canvas, x: float, y: float, s: float, kind: int) -> None:
    """A stone (kinds 0 and 2), a cross of stone (1) or of wood (3), ``s`` px tall."""
    pal, rng = stage.pal, stage.rng(f"grave{round(x / stage.w * 400)}")
    d = stage.distance(y) * 0.6
    c = mix(STONE, rgb("#7f8a78"), rng.random() * 0.6) if kind != 3 else rgb("#6f5a44")
    shadow(canvas, x + 0.2 * s, y, 0.6 * s, 0.09 * s, pal.dark((0.08, 0.08, 0.1), d), 0.6)
    canvas.save()
    canvas.rotate(rng.uniform(-7, 7), x, y)
    across = [(0, pal.bright(c, d), 1), (0.5, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)]
    path = skia.Path()
    if kind in (0, 2):
        half = (0.30 if kind else 0.34) * s
        path.moveTo(x - half, y + 0.05 * s)
        path.lineTo(x - half, y - (0.62 if kind else 0.8) * s)
        if kind:
            path.arcTo(skia.Rect.MakeLTRB(x - half, y - 0.95 * s, x + half, y - 0.35 * s), 180, 180, False)
        else:
            path.lineTo(x, y - s)
            path.lineTo(x + half, y - 0.8 * s)
        path.lineTo(x + half, y + 0.05 * s)
        path.close()
    else:
        t = 0.10 * s
        for ax, ay, bx, by in (
            (x - t, y - 1.1 * s, x + t, y + 0.05 * s),
            (x - 0.36 * s, y - 0.86 * s, x + 0.36 * s, y - 0.68 * s),
        ):
            path.addRect(skia.Rect.MakeLTRB(ax, ay, bx, by))
        if kind == 1:
            canvas.drawCircle(x, y - 0.77 * s, 0.25 * s, paint(pal.lit(c, d), stroke=0.06 * s))
            path.addRect(skia.Rect.MakeLTRB(x - 0.26 * s, y - 0.16 * s, x + 0.26 * s, y + 0.05 * s))
    path.setFillType(skia.PathFillType.kWinding)
    canvas.drawPath(path, paint(shader=gradient((x - 0.35 * s, 0), (x + 0.35 * s, 0), across)))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    for _ in range(5):
        fill(
            canvas,
            blob(rng, x + rng.uniform(-0.4, 0.4) * s, y - rng.random() * s, 0.13 * s, 0.09 * s, wobble=0.4),
            pal.lit(rgb("#8c9a62"), d),
            0.3,
        )
    if kind in (0, 2):
        for k in range(3):
            canvas.drawLine(
                x - 0.15 * s,
                y - (0.58 - 0.1 * k) * s,
                x + 0.15 * s,
                y - (0.58 - 0.1 * k) * s,
                paint(pal.dark(c, d), 0.6, stroke=0.02 * s),
            )
    if pal.snowy:
        fill(canvas, blob(rng, x, y - 0.98 * s, 0.5 * s, 0.10 * s), pal.lit((0.95, 0.97, 1), d))
    canvas.restore()
    canvas.restore()


def ruin(stage: Stage) -> None:
    """Broken walls with pointed windows open to the sky, ivy, fallen columns."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    ridges(stage, b, "hills", [(0.55, 0.16, 0.95), (0.57, 0.10, 0.75)], mix(pal.grass[1], (0.3, 0.42, 0.42), 0.35))
    tree_line(b, stage.rng("far"), pal, (-0.15 * w, 1.15 * w), 0.585 * h, 0.06 * u, 0.55, firs=0.4)
    ground(stage, b, "turf", 0.578, pal.grass[2], pal.grass[0], bump=0.012)
    stone = rgb("#a89f8d")
    _broken_wall(
        stage,
        b,
        "farwall",
        [
            (0.30, 0.60),
            (0.30, 0.34),
            (0.34, 0.30),
            (0.38, 0.33),
            (0.42, 0.20),
            (0.455, 0.13),
            (0.50, 0.10),
            (0.55, 0.13),
            (0.585, 0.24),
            (0.62, 0.28),
            (0.66, 0.42),
            (0.70, 0.45),
            (0.72, 0.60),
        ],
        [(0.365, 0.55, 0.05, 0.17), (0.50, 0.585, 0.085, 0.33), (0.635, 0.56, 0.045, 0.10)],
        stone,
        0.28,
    )
    grass(stage, b, "fargrass", 0.59, count=400)
    area = ground(stage, m, "near", 0.68, pal.grass[0], pal.grass[0], bump=0.03)
    grass(stage, m, "grass", 0.69, count=1200, clip=area)
    road(
        stage,
        m,
        "path",
        [(0.50, 0.685, 0.05), (0.52, 0.76, 0.09), (0.48, 0.88, 0.18), (0.5, 1.2, 0.4)],
        mix(EARTH, STONE, 0.5),
        ruts=False,
    )
    _broken_wall(
        stage,
        m,
        "left",
        [
            (-0.3, 0.80),
            (-0.3, -0.3),
            (0.04, -0.3),
            (0.06, 0.05),
            (0.10, 0.14),
            (0.13, 0.12),
            (0.165, 0.30),
            (0.20, 0.36),
            (0.21, 0.52),
            (0.245, 0.60),
            (0.25, 0.745),
        ],
        [(0.10, 0.66, 0.095, 0.36)],
        stone,
        0.04,
    )
    _broken_wall(
        stage,
        m,
        "right",
        [
            (0.77, 0.735),
            (0.78, 0.60),
            (0.82, 0.56),
            (0.84, 0.43),
            (0.87, 0.40),
            (0.90, 0.22),
            (0.95, 0.16),
            (0.98, -0.05),
            (1.3, -0.3),
            (1.3, 0.80),
        ],
        [(0.93, 0.66, 0.085, 0.30)],
        stone,
        0.04,
    )
    _column(stage, 0.315 * w, 0.765 * h, 0.30 * u, stone)
    _column(stage, 0.715 * w, 0.755 * h, 0.14 * u, stone)
    rocks(
        stage,
        m,
        "rubble",
        [
            (0.25, 0.78, 0.035),
            (0.20, 0.80, 0.055),
            (0.79, 0.77, 0.04),
            (0.85, 0.80, 0.065),
            (0.38, 0.775, 0.02),
            (0.66, 0.765, 0.018),
            (0.06, 0.86, 0.05),
        ],
        stone,
    )
    for fx in (0.03, 0.24, 0.80, 0.95):
        bush(m, stage.rng(f"b{fx}"), pal, fx * w, 0.80 * h, 0.045 * u)
    birds(b, stage.rng("birds"), 0.55 * w, 0.08 * h, u, pal.dark(rgb("#2b2b33")), n=5)
    fore_grass(stage, height=0.14, gap=0.5)


def _broken_wall(
    stage: Stage,
    canvas: Canvas,
    part: str,
    outline: list[tuple[float, float]],
    windows: list[tuple[float, float, float, float]],
    c: RGB,
    d: float,
) -> None:
    """A wall of the outline (shares of w and h) with pointed openings (x, sill, width, height)."""
    pal, w, h, u, rng = stage.pal, stage.w, stage.h, stage.u, stage.rng(part)
    points = [(x * w + rng.uniform(-0.004, 0.004) * u, y * h + rng.uniform(-0.006, 0.006) * u) for x, y in outline]
    wall = polygon(points)
    for x, sill, wide, tall in windows:
        hole = skia.Path()
        hole.moveTo((x - wide / 2) * w, sill * h)
        hole.lineTo((x - wide / 2) * w, (sill - 0.55 * tall) * h)
        hole.quadTo((x - wide / 2) * w, (sill - 0.85 * tall) * h, x * w, (sill - tall) * h)
        hole.quadTo((x + wide / 2) * w, (sill - 0.85 * tall) * h, (x + wide / 2) * w, (sill - 0.55 * tall) * h)
        hole.lineTo((x + wide / 2) * w, sill * h)
        hole.close()
        canvas.save()
        canvas.clipPath(wall, doAntiAlias=True)
        canvas.translate(0.014 * u, 0.004 * u)
        canvas.restore()
        thick = skia.Path(hole)
        thick.offset(-0.018 * u * (1.4 - d * 2), 0.0)
        wall = skia.Op(wall, hole, skia.PathOp.kDifference_PathOp)
        jamb = skia.Op(hole, thick, skia.PathOp.kDifference_PathOp)
        canvas.drawPath(jamb, paint(pal.dark(shade(c, 0.75), d)))
    top = min(y for _, y in points)
    left, right = max(0.0, min(x for x, _ in points)), min(w, max(x for x, _ in points))
    canvas.drawPath(
        wall,
        paint(
            shader=gradient(
                (left, top),
                (right, 0.7 * h),
                [(0, pal.bright(c, d), 1), (0.5, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)],
            )
        ),
    )
    stone_wall(
        canvas,
        rng,
        wall,
        (
            max(-0.15 * w, min(x for x, _ in points)),
            max(-0.3 * h, top),
            min(1.15 * w, max(x for x, _ in points)),
            0.82 * h,
        ),
        pal.lit(c, d),
        pal.dark(c, d),
        pal.bright(c, d),
        u * (0.032 if d < 0.2 else 0.02),
    )
    canvas.drawPath(
        polygon(points[1:-1], close=False),
        paint(
            pal.bright(c, d) if not pal.snowy else pal.lit((0.95, 0.97, 1.0), d),
            0.8,
            stroke=(0.012 if pal.snowy else 0.005) * u,
        ),
    )
    if pal.bare:
        return
    canvas.save()
    canvas.clipPath(wall, doAntiAlias=True)
    for px, py in points[2:-2]:
        if rng.random() < 0.55:
            for _ in range(26):
                t = rng.random()
                r = u * rng.uniform(0.006, 0.014) * (1.2 - d)
                tone = (pal.dark, pal.lit, pal.bright)[rng.randrange(3)](pal.leaves[rng.randrange(2)], d)
                fill(
                    canvas,
                    blob(rng, px + rng.gauss(0, 0.022) * u, py + t * 0.22 * u, r, r, wobble=0.35, n=6),
                    tone,
                    0.9,
                )
    canvas.restore()


def _column(stage: Stage, x: float, y: float, tall: float, c: RGB) -> None:
    """A broken column on its base."""
    pal, m, u = stage.pal, stage.mid, stage.u
    half = 0.03 * u
    shadow(m, x + 0.03 * u, y, 0.09 * u, 0.014 * u, pal.dark((0.1, 0.1, 0.12)), 0.6)
    across = [(0, pal.bright(c), 1), (0.4, pal.lit(c), 1), (1, pal.dark(c), 1)]
    for wide, top, foot in ((1.5, 0.022 * u, 0.0), (1.25, 0.04 * u, 0.02 * u)):
        m.drawRect(
            skia.Rect.MakeLTRB(x - wide * half, y - top, x + wide * half, y - foot),
            paint(shader=gradient((x - half, 0), (x + half, 0), across)),
        )
    shaft = polygon(
        [
            (x - half, y - 0.04 * u),
            (x - 0.9 * half, y - 0.94 * tall),
            (x - 0.3 * half, y - tall),
            (x + 0.2 * half, y - 0.92 * tall),
            (x + 0.9 * half, y - 0.97 * tall),
            (x + half, y - 0.04 * u),
        ]
    )
    m.drawPath(shaft, paint(shader=gradient((x - half, 0), (x + half, 0), across)))
    for k in (-0.5, -0.15, 0.2, 0.55):
        line(m, [(x + k * half, y - 0.05 * u), (x + 0.9 * k * half, y - 0.9 * tall)], pal.dark(c), 0.0035 * u, 0.6)
