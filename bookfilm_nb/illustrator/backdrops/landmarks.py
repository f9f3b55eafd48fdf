"""Things that stand alone: masonry, towers, lighthouse, windmill, castle, lamps, wells, bridges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import dab_strokes, glow, gradient, line, mix, paint, polygon, radial, rgb, shadow
from .buildings import door, roof_over, window
from .land import STONE
from .palette import LAMP

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas, Path, Shader
    from .palette import Palette


__all__ = ["bridge", "castle", "lamp_post", "lighthouse", "stone_tower", "stone_wall", "well", "windmill"]

_WHITE: RGB = (0.95, 0.97, 1.0)


def stone_wall(
    canvas: Canvas,
    rng: Random,
    path: Path,
    box: tuple[float, float, float, float],
    c: RGB,
    dark: RGB,
    light: RGB,
    course: float,
) -> None:
    """Masonry inside ``path``: courses of ``course`` px with stones of mixed tone."""
    left, top, right, foot = box
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    joints = []
    y, row = top, 0
    while y < foot:
        x = left - rng.random() * course * 2
        while x < right:
            length = course * rng.uniform(1.3, 2.5)
            pick = rng.random()
            if pick < 0.5:
                canvas.drawRect(
                    skia.Rect.MakeLTRB(x, y, x + length, y + course),
                    paint(dark if pick < 0.28 else light, 0.10 + 0.25 * rng.random()),
                )
            joints.append(((x, y), (x, y + course)))
            x += length
        joints.append(((left, y), (right, y)))
        y += course
        row += 1
    dab_strokes(canvas, joints, mix(c, dark, 0.9), max(0.5, 0.055 * course), 0.55)
    canvas.restore()


def stone_tower(
    canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, size: float, d: float = 0.0, *, lit: bool = False
) -> None:
    """A round keep ``size`` px tall with battlements and slit windows."""
    half = 0.17 * size
    pts = [(x - 1.15 * half, y), (x - half, y - 0.84 * size), (x + half, y - 0.84 * size), (x + 1.15 * half, y)]
    path = polygon(pts)
    shade_across = [(0, pal.bright(STONE, d), 1), (0.35, pal.lit(STONE, d), 1), (1, pal.dark(STONE, d), 1)]
    canvas.drawPath(path, paint(shader=gradient((x - half, 0), (x + half, 0), shade_across)))
    stone_wall(
        canvas,
        rng,
        path,
        (x - 1.2 * half, y - 0.84 * size, x + 1.2 * half, y),
        pal.lit(STONE, d),
        pal.dark(STONE, d),
        pal.bright(STONE, d),
        0.035 * size,
    )
    crown = skia.Rect.MakeLTRB(x - 1.2 * half, y - 0.93 * size, x + 1.2 * half, y - 0.84 * size)
    canvas.drawRect(crown, paint(shader=gradient((x - half, 0), (x + half, 0), shade_across)))
    for k in range(5):
        bx = x - 1.2 * half + k * 0.6 * half * 0.93
        box = skia.Rect.MakeLTRB(bx, y - size, bx + 0.32 * half, y - 0.92 * size)
        canvas.drawRect(box, paint(mix(pal.bright(STONE, d), pal.dark(STONE, d), k / 5)))
        if pal.snowy:
            canvas.drawRect(
                skia.Rect.MakeLTRB(bx, y - 1.012 * size, bx + 0.32 * half, y - 0.985 * size), paint(pal.lit(_WHITE, d))
            )
    for aside, level in ((-0.2, 0.62), (0.25, 0.4), (-0.1, 0.22)):
        window(canvas, pal, x + aside * half, y - level * size, 0.16 * half, 0.08 * size, d, lit=lit, arched=True)
    door(canvas, pal, x, y, 0.42 * half, 0.14 * size, d, rgb("#5a4030"))


def lighthouse(canvas: Canvas, pal: Palette, x: float, y: float, size: float, d: float = 0.0, *, on: bool) -> None:
    """A banded lighthouse ``size`` px tall, its beams ``on`` or not."""
    half = 0.11 * size
    red, white = rgb("#c44b3d"), rgb("#f2ece0")
    for k in range(5):
        t0, t1 = k / 5, (k + 1) / 5
        h0, h1 = half * (1 - 0.38 * t0), half * (1 - 0.38 * t1)
        c = white if k % 2 else red
        body = polygon(
            [
                (x - h0, y - t0 * 0.76 * size),
                (x - h1, y - t1 * 0.76 * size),
                (x + h1, y - t1 * 0.76 * size),
                (x + h0, y - t0 * 0.76 * size),
            ]
        )
        canvas.drawPath(
            body,
            paint(
                shader=gradient(
                    (x - half, 0),
                    (x + half, 0),
                    [(0, pal.bright(c, d), 1), (0.5, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)],
                )
            ),
        )
    top = y - 0.76 * size
    iron = pal.dark(rgb("#3a4048"), d)
    canvas.drawRect(skia.Rect.MakeLTRB(x - 0.95 * half, top - 0.02 * size, x + 0.95 * half, top), paint(iron))
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - 0.45 * half, top - 0.13 * size, x + 0.45 * half, top - 0.02 * size),
        paint(LAMP if on else pal.lit(rgb("#bcd3d8"), d)),
    )
    canvas.drawPath(
        polygon([(x - 0.6 * half, top - 0.12 * size), (x, top - 0.22 * size), (x + 0.6 * half, top - 0.12 * size)]),
        paint(pal.lit(red, d)),
    )
    for level in (0.2, 0.45):
        window(canvas, pal, x, y - level * size, 0.035 * size, 0.05 * size, d, lit=on)
    if on:
        ly = top - 0.075 * size
        for side in (-1, 1):
            beam = gradient((x, 0), (x + side * 3.2 * size, 0), [(0, LAMP, 0.55), (0.35, LAMP, 0.2), (1, LAMP, 0)])
            wedge = polygon(
                [
                    (x, ly - 0.02 * size),
                    (x + side * 3.2 * size, ly - 0.42 * size),
                    (x + side * 3.2 * size, ly + 0.12 * size),
                    (x, ly + 0.02 * size),
                ]
            )
            canvas.drawPath(wedge, paint(shader=beam, add=True))
        glow(canvas, x, ly, 0.7 * size, LAMP, 0.9)


def windmill(
    canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, size: float, d: float = 0.0, *, lit: bool = False
) -> None:
    """A wooden windmill ``size`` px tall with four sails."""
    wall, half = rgb("#9c7b58"), 0.2 * size
    body = polygon([(x - half, y), (x - 0.6 * half, y - 0.62 * size), (x + 0.6 * half, y - 0.62 * size), (x + half, y)])
    canvas.drawPath(
        body,
        paint(
            shader=gradient(
                (x - half, 0),
                (x + half, 0),
                [(0, pal.bright(wall, d), 1), (0.4, pal.lit(wall, d), 1), (1, pal.dark(wall, d), 1)],
            )
        ),
    )
    roof_over(
        canvas,
        rng,
        pal,
        [(x, y - 0.84 * size), (x + 0.75 * half, y - 0.61 * size), (x - 0.75 * half, y - 0.61 * size)],
        rgb("#6b5145"),
        d,
        0.03 * size,
    )
    window(canvas, pal, x, y - 0.36 * size, 0.07 * size, 0.09 * size, d, lit=lit)
    door(canvas, pal, x, y, 0.11 * size, 0.19 * size, d, rgb("#5a4434"))
    hub = (x, y - 0.64 * size)
    turn = rng.uniform(0.2, 1.2)
    for k in range(4):
        a = turn + k * math.pi / 2
        ca, sa = math.cos(a), math.sin(a)
        tip = (hub[0] + 0.55 * size * ca, hub[1] + 0.55 * size * sa)
        line(canvas, [hub, tip], pal.dark(rgb("#5a4434"), d), 0.016 * size)
        nx, ny = -sa * 0.1 * size, ca * 0.1 * size
        start = (hub[0] + 0.14 * size * ca, hub[1] + 0.14 * size * sa)
        canvas.drawPath(
            polygon([start, tip, (tip[0] + nx, tip[1] + ny), (start[0] + nx, start[1] + ny)]),
            paint(pal.lit(rgb("#e6d8b8"), d), 0.85),
        )
    canvas.drawCircle(*hub, 0.02 * size, paint(pal.dark(rgb("#3d3028"), d)))


def castle(
    canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, size: float, d: float = 0.0, *, lit: bool = False
) -> None:
    """A castle: a curtain wall between towers, ``size`` px wide."""
    wall = skia.Rect.MakeLTRB(x - 0.42 * size, y - 0.26 * size, x + 0.42 * size, y)
    canvas.drawRect(
        wall,
        paint(shader=gradient((0, y - 0.3 * size), (0, y), [(0, pal.lit(STONE, d), 1), (1, pal.dark(STONE, d), 1)])),
    )
    for fx, k in ((-0.1, 0.72), (0.18, 0.85), (-0.42, 0.5), (0.42, 0.56)):
        stone_tower(canvas, rng, pal, x + fx * size, y, k * size, d, lit=lit)


def lamp_post(
    canvas: Canvas, pal: Palette, x: float, y: float, size: float, d: float = 0.0, *, lit: bool = False
) -> None:
    """A street lamp ``size`` px tall; lit, it has a halo and a pool of light at its foot."""
    iron = pal.dark(rgb("#2f343a"), d)
    line(canvas, [(x, y), (x, y - 0.86 * size)], iron, 0.022 * size)
    line(canvas, [(x, y), (x, y - 0.16 * size)], iron, 0.05 * size)
    canvas.drawRect(skia.Rect.MakeLTRB(x - 0.05 * size, y - 0.015 * size, x + 0.05 * size, y), paint(iron))
    line(canvas, [(x - 0.07 * size, y - 0.8 * size), (x + 0.07 * size, y - 0.8 * size)], iron, 0.014 * size)
    head = polygon(
        [
            (x - 0.035 * size, y - 0.86 * size),
            (x - 0.06 * size, y - 0.96 * size),
            (x + 0.06 * size, y - 0.96 * size),
            (x + 0.035 * size, y - 0.86 * size),
        ]
    )
    canvas.drawPath(head, paint(mix(LAMP, (1, 1, 1), 0.4) if lit else pal.lit(rgb("#b9c6c4"), d)))
    canvas.drawPath(head, paint(iron, stroke=0.012 * size))
    canvas.drawPath(
        polygon([(x - 0.075 * size, y - 0.955 * size), (x, y - 1.03 * size), (x + 0.075 * size, y - 0.955 * size)]),
        paint(iron),
    )
    if lit:
        glow(canvas, x, y - 0.91 * size, 0.8 * size, LAMP, 0.85)
        pool = paint(add=True, shader=_pool(x, y, 0.75 * size))
        canvas.drawOval(skia.Rect.MakeLTRB(x - 0.75 * size, y - 0.2 * size, x + 0.75 * size, y + 0.2 * size), pool)


def _pool(x: float, y: float, r: float) -> Shader:
    return radial((x, y), r, [(0, LAMP, 0.42), (0.5, LAMP, 0.16), (1, LAMP, 0)], squash=0.26)


def well(canvas: Canvas, rng: Random, pal: Palette, x: float, y: float, size: float) -> None:
    """A stone well with a little roof, ``size`` px tall."""
    r = 0.36 * size
    shadow(canvas, x, y, 1.4 * r, 0.3 * r, pal.dark((0.1, 0.1, 0.14)), 0.6)
    post = paint(pal.dark(rgb("#7a5a3c")), stroke=0.05 * size)
    for side in (-1, 1):
        canvas.drawLine(x + side * 0.85 * r, y - 0.3 * size, x + side * 0.85 * r, y - 0.82 * size, post)
    ring = skia.Path()
    ring.addRect(skia.Rect.MakeLTRB(x - r, y - 0.38 * size, x + r, y))
    ring.addOval(skia.Rect.MakeLTRB(x - r, y - 0.22 * r, x + r, y + 0.22 * r))
    canvas.drawPath(
        ring,
        paint(
            shader=gradient(
                (x - r, 0), (x + r, 0), [(0, pal.bright(STONE), 1), (0.5, pal.lit(STONE), 1), (1, pal.dark(STONE), 1)]
            )
        ),
    )
    stone_wall(
        canvas,
        rng,
        ring,
        (x - r, y - 0.38 * size, x + r, y + 0.2 * r),
        pal.lit(STONE),
        pal.dark(STONE),
        pal.bright(STONE),
        0.09 * size,
    )
    canvas.drawOval(
        skia.Rect.MakeLTRB(x - r, y - 0.38 * size - 0.22 * r, x + r, y - 0.38 * size + 0.22 * r),
        paint(pal.bright(STONE)),
    )
    canvas.drawOval(
        skia.Rect.MakeLTRB(x - 0.75 * r, y - 0.38 * size - 0.14 * r, x + 0.75 * r, y - 0.38 * size + 0.15 * r),
        paint(pal.dark((0.1, 0.12, 0.16))),
    )
    roof_over(
        canvas,
        rng,
        pal,
        [(x, y - 1.02 * size), (x + 1.35 * r, y - 0.76 * size), (x - 1.35 * r, y - 0.76 * size)],
        rgb("#8a6242"),
        0.0,
        0.06 * size,
    )


def bridge(
    canvas: Canvas, rng: Random, pal: Palette, x0: float, x1: float, y: float, size: float, d: float = 0.0
) -> None:
    """An arched stone bridge from x0 to x1, its road ``size`` px above y."""
    mid, span = (x0 + x1) / 2, x1 - x0
    path = skia.Path()
    path.moveTo(x0, y + 0.1 * size)
    path.lineTo(x0, y - 0.55 * size)
    path.quadTo(mid, y - 1.55 * size, x1, y - 0.55 * size)
    path.lineTo(x1, y + 0.1 * size)
    for k in (2, 1, 0):
        cx, r = x0 + span * (0.2 + 0.3 * k), span * (0.115 if k != 1 else 0.14)
        path.lineTo(cx + r, y + 0.1 * size)
        path.arcTo(
            skia.Rect.MakeLTRB(cx - r, y - 0.68 * size * (1.25 if k == 1 else 0.9), cx + r, y + 0.9 * size),
            0,
            -180,
            False,
        )
        path.lineTo(cx - r, y + 0.1 * size)
    path.close()
    canvas.drawPath(
        path,
        paint(
            shader=gradient(
                (0, y - 1.1 * size),
                (0, y),
                [(0, pal.bright(STONE, d), 1), (0.4, pal.lit(STONE, d), 1), (1, pal.dark(STONE, d), 1)],
            )
        ),
    )
    stone_wall(
        canvas,
        rng,
        path,
        (x0, y - 1.2 * size, x1, y + 0.1 * size),
        pal.lit(STONE, d),
        pal.dark(STONE, d),
        pal.bright(STONE, d),
        0.13 * size,
    )
    rail = skia.Path()
    rail.moveTo(x0, y - 0.6 * size)
    rail.quadTo(mid, y - 1.6 * size, x1, y - 0.6 * size)
    canvas.drawPath(rail, paint(pal.bright(STONE, d) if not pal.snowy else pal.lit(_WHITE, d), stroke=0.09 * size))
