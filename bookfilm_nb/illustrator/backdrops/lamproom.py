"""The lamp room of a lighthouse: a great lens between panes, the sea all round."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import glow, gradient, line, mix, paint, polygon, radial, rgb, shade
from .furniture import across, down, rect
from .palette import LAMP, MOON
from .roombox import Lamp, light_room, paint_box
from .roomlight import new_box
from .shores import roughness
from .sky import paint_sky
from .water import glitter, sea, swell

if TYPE_CHECKING:
    from .brush import Canvas
    from .stage import Stage


__all__ = ["lamp_room"]


def lamp_room(stage: Stage) -> None:
    """Glass all round, a brass lens on its pedestal, the gallery's rail and the sea beyond.

    The light burns when a lamp, a lantern or a candle is asked for by the details; otherwise it is dark and cold.
    """
    w, h, u, b, m = stage.w, stage.h, stage.u, stage.back, stage.mid
    lit = any(d.lower() in ("lamp", "lantern", "candle", "light", "fire") for d in stage.words.details)
    box = new_box(stage, 0.10, 0.90, -0.06, 0.655)
    paint_box(box, wall=rgb("#c9c4b6"), wall_kind="boards", floor=rgb("#7a6a58"), floor_kind="planks",
              ceiling=rgb("#8a8f8c"), beams=False)  # fmt: skip
    lx = (0.585 if stage.variant("lens", 2) else 0.63) * w
    _pedestal(b, lx, 0.69 * h, 0.27 * u)
    for fx, tall in ((0.075, 0.20), (0.15, 0.14)):
        x = fx * w
        rect(m, x - 0.35 * tall * u, 0.845 * h - tall * u, x + 0.35 * tall * u, 0.845 * h,
             across(x - 0.35 * tall * u, x + 0.35 * tall * u, rgb("#6f7f86")))  # fmt: skip
        m.drawOval(
            skia.Rect.MakeLTRB(x - 0.35 * tall * u, 0.83 * h - tall * u, x + 0.35 * tall * u, 0.86 * h - tall * u),
            paint(rgb("#8fa0a6")),
        )
        line(m, [(x, 0.845 * h - tall * u), (x, 0.82 * h - 1.1 * tall * u)], rgb("#5a676d"), 0.02 * u)
    if lit:
        box.lamps.append(Lamp(lx, 0.40 * h, 1.15 * u, LAMP, 1.2 if stage.words.time in ("night", "dusk") else 0.6))
        box.lamps.append(Lamp(0.45 * w, 0.80 * h, 0.7 * u, LAMP, 0.5))
    else:
        sky = (0.45, 0.58, 1.0) if stage.words.time == "night" else mix(stage.pal.low, (1, 1, 1), 0.3)
        box.lamps.append(Lamp(0.40 * w, 0.45 * h, 1.2 * u, sky, 0.30 if stage.words.time == "night" else 0.6))
    light_room(box, dark=0.9)
    _panes(stage)
    _lens(stage, b, lx, 0.505 * h, 0.235 * u, lit=lit)
    if stage.has_front:
        dim = 0.2 + 0.4 * max(box.ambient)
        edge = 0.07 * w
        tones = [(0, shade(rgb("#5d6a70"), 0.3 * dim), 1), (1, shade(rgb("#5d6a70"), 0.9 * dim), 1)]
        rect(stage.fore, -10, -10, edge, 1.1 * h, paint(shader=gradient((0, 0), (edge, 0), tones)))


def _panes(stage: Stage) -> None:
    """The weather behind the glass, its bars in rows, the rail of the gallery outside."""
    w, h, u, b, pal = stage.w, stage.h, stage.u, stage.back, stage.pal
    top, foot = -0.02 * h, 0.545 * h
    glass = polygon([(-0.5 * w, -0.3 * h), (0.10 * w, top), (0.90 * w, top), (1.5 * w, -0.3 * h),
                     (1.5 * w, 0.70 * h), (0.90 * w, foot), (0.10 * w, foot), (-0.5 * w, 0.70 * h)])  # fmt: skip
    b.save()
    b.clipPath(glass, doAntiAlias=True)
    paint_sky(stage, b)
    level = 0.415 * h
    shift = level - stage.hz
    b.save()
    b.translate(0, shift)
    rough = roughness(stage)
    sea(stage, b, stage.hz, 1.2 * h, rough=rough)
    glitter(stage, b, stage.hz + 1, 0.8 * h)
    for k, (y, tall) in enumerate(((0.555, 0.012), (0.60, 0.022), (0.66, 0.035))):
        swell(stage, b, f"lampsea{k}", y * h, tall * u * (0.7 + rough), foam=0.2 + 0.7 * rough)
    b.restore()
    if pal.night and stage.words.weather == "clear":
        glow(b, 0.30 * w, 0.18 * h, 0.5 * u, MOON, 0.12)
    rail = shade(pal.dark(rgb("#3d464c")), 0.8)
    for y in (0.445, 0.475):
        line(
            b,
            [(-0.2 * w, (y + 0.03) * h), (0.10 * w, y * h), (0.90 * w, y * h), (1.2 * w, (y + 0.03) * h)],
            rail,
            0.008 * u,
        )
    for k in range(17):
        x = (0.02 + 0.06 * k) * w
        line(b, [(x, 0.445 * h), (x, 0.57 * h)], rail, 0.005 * u)
    b.drawPath(glass, paint((0.85, 0.93, 1.0), 0.05))
    b.restore()
    dim = 0.16 + 0.55 * max(stage.box.ambient)
    iron = shade(rgb("#6f7f86"), dim)
    xs = [-0.18, 0.10, 0.26, 0.42, 0.58, 0.74, 0.90, 1.18]
    for k, fx in enumerate(xs):
        out = fx < 0.05 or fx > 0.95
        line(b, [(fx * w, (-0.2 if out else -0.05) * h), (fx * w, (0.62 if out else 0.545) * h)], iron, 0.018 * u)
        if k < len(xs) - 1:
            nx = xs[k + 1]
            for t in (0.16, 0.36):
                y0 = (t - 0.03 if fx < 0.05 else t) * h
                y1 = (t - 0.03 if nx > 0.95 else t) * h
                line(b, [(fx * w, y0), (nx * w, y1)], iron, 0.010 * u)
    sill = [(-0.5 * w, 0.705 * h), (0.10 * w, 0.55 * h), (0.90 * w, 0.55 * h), (1.5 * w, 0.705 * h)]
    line(b, sill, shade(iron, 1.25), 0.03 * u)


def _pedestal(canvas: Canvas, x: float, y: float, wide: float) -> None:
    c = rgb("#4f5f5a")
    for half, y0, y1 in ((0.50, 0.0, 0.10), (0.36, 0.10, 0.60), (0.46, 0.60, 0.70)):
        rect(
            canvas,
            x - half * wide,
            y - y1 * wide,
            x + half * wide,
            y - y0 * wide,
            across(x - half * wide, x + half * wide, c),
        )
    canvas.drawCircle(x, y - 0.35 * wide, 0.13 * wide, down(y - 0.5 * wide, y - 0.2 * wide, rgb("#b98f42")))


def _lens(stage: Stage, canvas: Canvas, x: float, y: float, r: float, *, lit: bool) -> None:
    """The lens: rings of glass in a brass cage, ``r`` px in radius, standing on y; and its beams."""
    dim = 0.22 + 0.6 * max(stage.box.ambient)
    cx, cy = x, y - 0.82 * r
    brass = shade(rgb("#c99a45"), 1.0 if lit else dim)
    glass = mix(LAMP, (1, 1, 0.9), 0.55) if lit else shade(rgb("#a8c4c4"), dim)
    if lit:
        glow(canvas, cx, cy, 3.4 * r, LAMP, 0.42)
        for side in (-1, 1):
            far = cx + side * 1.3 * stage.w
            beam = polygon([(cx, cy - 0.35 * r), (far, cy - 1.5 * r), (far, cy + 0.55 * r), (cx, cy + 0.35 * r)])
            fade = gradient((cx, 0), (far, 0), [(0, LAMP, 0.42), (0.4, LAMP, 0.12), (1, LAMP, 0.02)])
            canvas.drawPath(beam, paint(shader=fade, add=True, blur=0.01 * stage.u))
    oval = skia.Rect.MakeLTRB(cx - 0.62 * r, cy - 0.92 * r, cx + 0.62 * r, cy + 0.92 * r)
    stops = [(0, (1, 1, 0.95) if lit else glass, 1), (0.4, glass, 1), (1, shade(glass, 0.55), 1)]
    canvas.drawOval(oval, paint(shader=radial((cx, cy), 0.92 * r, stops)))
    for k in range(1, 8):
        t = k / 8
        ring = skia.Rect.MakeLTRB(cx - 0.62 * t * r, cy - 0.92 * t * r, cx + 0.62 * t * r, cy + 0.92 * t * r)
        canvas.drawOval(ring, paint(shade(glass, 1.25) if k % 2 else shade(glass, 0.6), 0.7, stroke=0.025 * r))
    for k in (-2, -1, 0, 1, 2):
        half = 0.62 * r * math.cos(0.5 * k)
        line(canvas, [(cx - half, cy + 0.36 * k * r), (cx + half, cy + 0.36 * k * r)], brass, 0.035 * r)
    for bend in (-0.62, 0.62):
        rib = skia.Path()
        rib.moveTo(cx, cy - 0.95 * r)
        rib.quadTo(cx + 2 * bend * r, cy, cx, cy + 0.95 * r)
        canvas.drawPath(rib, paint(brass, stroke=0.07 * r))
    for dy, half in ((-0.95, 0.24), (0.98, 0.34)):
        rect(canvas, cx - half * r, cy + dy * r - 0.06 * r, cx + half * r, cy + dy * r + 0.06 * r, paint(brass))
    if lit:
        glow(canvas, cx, cy, 1.3 * r, (1.0, 0.96, 0.85), 0.75)
