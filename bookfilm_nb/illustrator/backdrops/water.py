"""Water: the sea with its swell and the light on it, a mirror of river, boats and a lighthouse."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import curve, dab_strokes, gradient, line, mix, paint, polygon, rgb, shade
from .sky import sun_place

if TYPE_CHECKING:
    from .brush import RGB, Canvas, Path
    from .palette import Palette
    from .stage import Stage


__all__ = ["boat", "glitter", "sailing_ship", "sea", "still_water", "swell"]

_DEEP: RGB = rgb("#1f6f8b")


def water_tone(pal: Palette) -> tuple[RGB, RGB]:
    """Colours of open water: towards the horizon, and near."""
    local = pal.lit(_DEEP)
    return mix(mix(local, pal.middle, 0.45), pal.low, 0.25), mix(shade(local, 0.72), pal.top, 0.35)


def sea(stage: Stage, canvas: Canvas, y: float, y_end: float, *, rough: float = 0.5) -> None:
    """The sea from the horizon ``y`` to ``y_end`` (px), with rows of waves growing nearer."""
    w, u, pal = stage.w, stage.u, stage.pal
    far, near = water_tone(pal)
    body = gradient(
        (0, y),
        (0, y_end),
        [(0, mix(far, pal.low, 0.35), 1), (0.1, far, 1), (0.55, mix(far, near, 0.7), 1), (1, near, 1)],
    )
    canvas.drawRect(skia.Rect.MakeLTRB(-0.4 * w, y, 1.4 * w, y_end), paint(shader=body))
    rng = stage.rng("waves")
    light, dark = mix(far, pal.low, 0.55), shade(near, 0.8)
    for tone, alpha, count in ((dark, 0.45, 210), (light, 0.40, 230)):
        for band in range(3):
            strokes = []
            for _ in range(count // 3):
                t = (band + rng.random()) / 3
                py = y + (y_end - y) * t**1.7
                length = u * (0.012 + 0.10 * t) * rng.uniform(0.5, 1.5)
                px = rng.uniform(-0.15, 1.12) * w
                strokes.append(((px, py), (px + length, py + rng.uniform(-0.004, 0.004) * u * rough)))
            dab_strokes(canvas, strokes, tone, u * (0.0011 + 0.0022 * band), alpha)


def glitter(stage: Stage, canvas: Canvas, y: float, y_end: float, *, width: float = 0.05) -> None:
    """The path of light that the sun or the moon lays on water, from ``y`` to ``y_end`` px."""
    pal, u = stage.pal, stage.u
    if stage.words.weather != "clear" and not stage.wants("moon", "sun"):
        return
    if stage.words.time == "day":
        return
    rng, (x, _) = stage.rng("glitter"), sun_place(stage)
    tone = mix(pal.sun, (1, 1, 1), 0.2)
    for band in range(4):
        strokes = []
        for _ in range(46):
            t = (band + rng.random()) / 4
            py = y + (y_end - y) * t**1.5
            spread = u * (width + 0.10 * t)
            px = x + rng.gauss(0, 0.5) * spread
            length = u * (0.008 + 0.035 * t) * rng.uniform(0.5, 1.4)
            strokes.append(((px - length, py), (px + length, py)))
        dab_strokes(canvas, strokes, tone, u * (0.0016 + 0.0018 * band), 0.75 - 0.1 * band)
    band_of_light = gradient(
        (x - 0.2 * u, 0), (x + 0.2 * u, 0), [(0, pal.sun, 0), (0.5, pal.sun, 0.28), (1, pal.sun, 0)]
    )
    canvas.drawRect(skia.Rect.MakeLTRB(x - 0.2 * u, y, x + 0.2 * u, y_end), paint(add=True, shader=band_of_light))


def swell(stage: Stage, canvas: Canvas, part: str, y: float, height: float, *, foam: float) -> None:
    """One great wave across the picture at ``y`` px with its lit crest; ``foam`` 0..1 breaks it."""
    rng, w, pal = stage.rng(part), stage.w, stage.pal
    far, near = water_tone(pal)
    crest = []
    n = 15
    phase = rng.random() * math.tau
    for i in range(n + 1):
        t = i / n
        crest.append(
            (
                -0.2 * w + 1.4 * w * t,
                y - height * (0.5 + 0.32 * math.sin(9 * t + phase) + 0.18 * math.sin(23 * t + 2 * phase)),
            )
        )
    outline = curve(
        [*crest, (1.3 * w, y + 4 * height), (1.3 * w, 1.6 * stage.h), (-0.3 * w, 1.6 * stage.h), (-0.3 * w, y)]
    )
    top = y - height
    glass = mix(mix(far, rgb("#6fc7b8"), 0.22 * (0.2 + pal.key)), pal.low, 0.18)
    t = max(0.0, min(1.0, (y - stage.hz) / (0.42 * stage.h)))
    deep = mix(far, near, 0.15 + 0.85 * t)
    body = gradient(
        (0, top),
        (0, y + 2.2 * height),
        [(0, glass, 1), (0.3, mix(far, deep, 0.55), 1), (0.75, deep, 1), (1, shade(deep, 0.85 + 0.1 * (1 - t)), 1)],
    )
    canvas.drawPath(outline, paint(shader=body))
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    canvas.drawPath(curve(crest, close=False), paint(mix(pal.low, (1, 1, 1), 0.25), 0.55, stroke=0.05 * height))
    for k in range(5):
        row = [(x, cy + height * (0.28 + 0.3 * k) + rng.uniform(-0.05, 0.05) * height) for x, cy in crest]
        canvas.drawPath(
            curve(row, close=False),
            paint(shade(deep, 0.85) if k % 2 else mix(far, deep, 0.3), 0.30, stroke=0.06 * height * (1 + 0.5 * k)),
        )
    white = mix(pal.lit((0.95, 0.98, 1.0)), pal.low, 0.3)
    if foam:
        dots = []
        for _ in range(int(420 * foam)):
            i = rng.randrange(n)
            t = rng.random()
            (ax, ay), (bx, by) = crest[i], crest[i + 1]
            if math.sin(5.0 * (i + t) + phase) < 0.25:
                continue
            down = rng.random() ** 2.2
            dots.append(
                (
                    ax + (bx - ax) * t,
                    ay + (by - ay) * t + down * 0.55 * height,
                    height * rng.uniform(0.012, 0.05) * (1.1 - down),
                )
            )
        path = skia.Path()
        for px, py, r in dots:
            path.addOval(skia.Rect.MakeLTRB(px - 2.2 * r, py - r, px + 2.2 * r, py + r))
        canvas.drawPath(path, paint(white, 0.85))
    canvas.restore()


def still_water(stage: Stage, canvas: Canvas, outline: Path, y: float, y_end: float) -> None:
    """A river or a lake inside ``outline``: the sky upside down, ripples, banks mirrored dark along the edge."""
    rng, w, u, pal = stage.rng("ripples"), stage.w, stage.u, stage.pal
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    local = pal.lit(_DEEP)
    body = gradient((0, y), (0, y_end), [
        (0, mix(pal.low, local, 0.18), 1), (0.3, mix(pal.middle, local, 0.25), 1), (0.75, mix(pal.top, local, 0.4), 1),
        (1, shade(mix(pal.top, local, 0.5), 0.8), 1)])  # fmt: skip
    canvas.drawPaint(paint(shader=body))
    if pal.snowy and not pal.wet:
        canvas.drawPaint(paint(pal.lit((0.86, 0.91, 0.96)), 0.55))
    bank = pal.dark(pal.grass[1])
    canvas.drawPath(outline, paint(bank, 0.5, stroke=0.05 * u, blur=0.018 * u))
    for tone, alpha in ((mix(pal.low, (1, 1, 1), 0.25), 0.5), (shade(local, 0.7), 0.35)):
        strokes = []
        for _ in range(130):
            t = rng.random() ** 1.2
            py = y + (y_end - y) * t
            px, length = rng.uniform(-0.1, 1.1) * w, u * (0.008 + 0.06 * t) * rng.uniform(0.4, 1.4)
            strokes.append(((px, py), (px + length, py)))
        dab_strokes(canvas, strokes, tone, 0.0022 * u, alpha)
    if stage.words.weather == "clear" and stage.words.time != "day":
        glitter(stage, canvas, y, y_end, width=0.02)
    canvas.restore()


def boat(
    canvas: Canvas, pal: Palette, x: float, y: float, size: float, c: RGB, d: float = 0.0, *, afloat: bool = True
) -> None:
    """A rowing boat, ``size`` px long, its keel at ``y``."""
    s = size / 2
    hull = skia.Path()
    hull.moveTo(x - 1.05 * s, y - 0.42 * s)
    hull.quadTo(x - 0.85 * s, y - 0.02 * s, x - 0.5 * s, y)
    hull.lineTo(x + 0.5 * s, y)
    hull.quadTo(x + 0.9 * s, y - 0.06 * s, x + 1.15 * s, y - 0.52 * s)
    hull.quadTo(x, y - 0.22 * s, x - 1.05 * s, y - 0.42 * s)
    hull.close()
    inside = curve(
        [
            (x - 1.02 * s, y - 0.42 * s),
            (x - 0.4 * s, y - 0.46 * s),
            (x + 0.5 * s, y - 0.5 * s),
            (x + 1.12 * s, y - 0.52 * s),
            (x + 0.4 * s, y - 0.26 * s),
            (x - 0.4 * s, y - 0.24 * s),
        ]
    )
    canvas.drawPath(inside, paint(pal.dark(rgb("#5b4632"), d)))
    canvas.drawPath(
        hull,
        paint(
            shader=gradient(
                (0, y - 0.5 * s), (0, y), [(0, pal.bright(c, d), 1), (0.4, pal.lit(c, d), 1), (1, pal.dark(c, d), 1)]
            )
        ),
    )
    for k in (0.3, 0.6):
        row = [
            (x - (1.02 - 0.25 * k) * s, y - (0.42 - 0.3 * k) * s),
            (x, y - (0.25 - 0.16 * k) * s),
            (x + (1.1 - 0.2 * k) * s, y - (0.5 - 0.34 * k) * s),
        ]
        canvas.drawPath(curve(row, close=False), paint(pal.dark(c, d), 0.7, stroke=0.02 * s))
    rim = [(x - 1.05 * s, y - 0.42 * s), (x, y - 0.22 * s), (x + 1.15 * s, y - 0.52 * s)]
    path = skia.Path()
    path.moveTo(*rim[0])
    path.quadTo(*rim[1], *rim[2])
    canvas.drawPath(path, paint(pal.bright(rgb("#e8dcc2"), d), stroke=0.05 * s))
    line(canvas, [(x - 0.2 * s, y - 0.36 * s), (x + 0.75 * s, y + 0.06 * s)], pal.lit(rgb("#c8a877"), d), 0.04 * s)
    if afloat:
        for k in range(4):
            length = s * (1.0 - 0.2 * k)
            canvas.drawLine(
                x - length,
                y + 0.05 * s * k,
                x + length,
                y + 0.05 * s * k,
                paint(pal.dark(c, d) if k < 2 else pal.low, 0.4, stroke=0.035 * s),
            )


def sailing_ship(canvas: Canvas, pal: Palette, x: float, y: float, size: float, d: float) -> None:
    """A two-masted ship on the horizon, ``size`` px long."""
    s = size / 2
    dark, sail = pal.dark(rgb("#4a3a30"), d), pal.lit(rgb("#efe4cc"), d)
    canvas.drawPath(
        curve(
            [(x - s, y - 0.30 * s), (x - 0.8 * s, y), (x + 0.75 * s, y), (x + 1.1 * s, y - 0.38 * s), (x, y - 0.2 * s)]
        ),
        paint(dark),
    )
    for mx, tall in ((-0.35, 1.35), (0.35, 1.2)):
        canvas.drawLine(x + mx * s, y - 0.2 * s, x + mx * s, y - tall * s, paint(dark, stroke=0.035 * s))
        for k in range(3):
            top, foot = y - s * (tall - 0.05 - 0.34 * k), y - s * (tall - 0.36 - 0.34 * k)
            half = s * (0.2 + 0.06 * k)
            belly = polygon(
                [
                    (x + mx * s - half, top),
                    (x + mx * s + half, top),
                    (x + mx * s + 1.15 * half, foot),
                    (x + mx * s - 0.9 * half, foot),
                ]
            )
            canvas.drawPath(
                belly,
                paint(
                    shader=gradient(
                        (x + mx * s - half, 0),
                        (x + mx * s + half, 0),
                        [(0, pal.bright(rgb("#f6ecd6"), d), 1), (1, mix(sail, dark, 0.35), 1)],
                    )
                ),
            )
    canvas.drawPath(
        polygon([(x + 0.4 * s, y - 1.05 * s), (x + 1.25 * s, y - 0.42 * s), (x + 0.5 * s, y - 0.4 * s)]), paint(sail)
    )
