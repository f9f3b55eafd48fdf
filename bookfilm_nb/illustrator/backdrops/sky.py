"""Skies: gradient, sun or moon, stars, clouds, lightning. Also what is seen through a window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import skia

from .brush import blob, curve, fill, glow, gradient, line, mix, paint, polygon, radial, shade, spray
from .palette import MOON

if TYPE_CHECKING:
    from random import Random

    from .brush import RGB, Canvas
    from .palette import Palette
    from .stage import Stage


__all__ = ["beacons_lit", "bolt", "clouds", "paint_sky", "sun_place", "veil"]


def sun_place(stage: Stage) -> tuple[float, float]:
    """Where the sun or the moon stands, in set coordinates."""
    shift = stage.rng("sun").uniform(-0.03, 0.03)
    x, y = {"dawn": (0.30, 0.44), "day": (0.20, 0.06), "dusk": (0.33, 0.455), "night": (0.70, 0.19)}[stage.words.time]
    return (x + shift) * stage.w, y * stage.h


def beacons_lit(stage: Stage) -> bool:
    """Whether a lighthouse shows its light: from dusk to dawn and in thick weather."""
    return stage.words.time != "day" or stage.words.weather in ("fog", "storm", "rain", "snow")


def paint_sky(stage: Stage, canvas: Canvas) -> None:
    """The whole sky down to a little below the horizon."""
    pal, w, h, u, hz = stage.pal, stage.w, stage.h, stage.u, stage.hz
    top = -0.15 * h
    deep = shade(pal.top, 0.82)
    stops = [(0.0, deep, 1.0), (0.22, pal.top, 1.0), (0.66, pal.middle, 1.0), (0.93, pal.low, 1.0), (1.0, pal.low, 1.0)]
    canvas.drawPaint(paint(shader=gradient((0, top), (0, hz), stops)))
    weather = stage.words.weather
    hidden = weather in ("storm", "rain", "fog", "snow") or weather == "cloudy"
    x, y = sun_place(stage)
    if pal.night and (not hidden or stage.wants("stars")):
        _stars(stage, canvas)
    if not hidden or stage.wants("moon", "sun"):
        _sun(stage, canvas, x, y)
    elif weather != "storm":
        glow(canvas, x, y, 0.75 * w, pal.low, 0.22)
    clouds(canvas, stage.rng("clouds"), pal, (-0.12 * w, 1.12 * w), (-0.05 * h, hz), u, weather)
    if weather == "storm":
        rng = stage.rng("flash")
        for _ in range(2):
            fx, fy = rng.uniform(0.25, 0.9) * w, rng.uniform(0.1, 0.26) * h
            glow(canvas, fx, fy, 0.42 * u, (0.78, 0.84, 1.0), 0.34 if not stage.wants("lightning") else 0.5)
    if stage.wants("lightning") and weather in ("storm", "rain", "cloudy"):
        bolt(canvas, stage.rng("bolt"), 0.66 * w, 0.10 * h, hz, u)


def _sun(stage: Stage, canvas: Canvas, x: float, y: float) -> None:
    pal, u, w = stage.pal, stage.u, stage.w
    if pal.night:
        glow(canvas, x, y, 0.75 * u, (0.55, 0.68, 0.95), 0.42)
        r = 0.052 * u
        canvas.drawCircle(
            x,
            y,
            r,
            paint(
                shader=radial(
                    (x - 0.3 * r, y - 0.3 * r),
                    1.5 * r,
                    [(0, (1, 1, 0.97), 1), (0.7, MOON, 1), (1, (0.78, 0.85, 0.97), 1)],
                )
            ),
        )
        sea = (0.80, 0.86, 0.95)
        for dx, dy, k in (
            (-0.3, -0.15, 0.27),
            (0.28, -0.35, 0.2),
            (0.12, 0.3, 0.3),
            (-0.42, 0.4, 0.14),
            (0.5, 0.12, 0.12),
        ):
            canvas.drawCircle(x + dx * r, y + dy * r, k * r, paint(sea, 0.6))
        return
    if stage.words.time == "day":
        glow(canvas, x, y, 0.62 * w, pal.sun, 0.42)
        return
    wide = paint(
        add=True,
        shader=radial((x, y), 0.95 * w, [(0, pal.sun, 0.38), (0.3, pal.sun, 0.15), (1, pal.sun, 0)], squash=0.42),
    )
    canvas.drawPaint(wide)
    glow(canvas, x, y, 0.5 * u, pal.sun, 0.55)
    canvas.drawCircle(
        x, y, 0.058 * u, paint((1.0, 1.0, 1.0) if stage.words.time == "dawn" else mix(pal.sun, (1, 1, 0.95), 0.93))
    )


def _stars(stage: Stage, canvas: Canvas) -> None:
    rng, w, h, u, hz = stage.rng("stars"), stage.w, stage.h, stage.u, stage.hz
    for size, count, alpha in ((0.0009, 240, 0.55), (0.0015, 70, 0.8), (0.0023, 16, 0.95)):
        dots = []
        for _ in range(count):
            y = -0.1 * h + rng.random() ** 1.5 * (hz + 0.06 * h)
            dots.append((rng.uniform(-0.1, 1.1) * w, y, size * u * rng.uniform(0.7, 1.2)))
        spray(canvas, dots, (0.93, 0.95, 1.0), alpha)
    # A pale band of stars too many to tell apart.
    canvas.save()
    canvas.rotate(-24, 0.4 * w, 0.2 * h)
    band = gradient(
        (0, -0.02 * h),
        (0, 0.26 * h),
        [(0, (0.5, 0.6, 0.9), 0), (0.5, (0.6, 0.68, 0.95), 0.13), (1, (0.5, 0.6, 0.9), 0)],
    )
    canvas.drawRect(skia.Rect.MakeLTRB(-0.4 * w, -0.02 * h, 1.4 * w, 0.26 * h), paint(add=True, shader=band))
    canvas.restore()


_COVER = {"clear": 6, "cloudy": 15, "rain": 20, "snow": 14, "fog": 2, "storm": 24}


def clouds(
    canvas: Canvas, rng: Random, pal: Palette, xs: tuple[float, float], ys: tuple[float, float], u: float, weather: str
) -> None:
    """Banks of clouds between two heights: small and pale near the horizon, large and high above."""
    count = _COVER[weather]
    heavy = weather in ("rain", "storm", "cloudy")
    order = sorted(rng.random() ** (0.8 if heavy else 1.1) for _ in range(count))
    for t in reversed(order):  # 0 on top of the sky, 1 at the horizon; far ones first
        y = ys[0] + (0.10 + 0.78 * t) * (ys[1] - ys[0])
        size = u * (0.035 + 0.15 * (1 - t)) * rng.uniform(0.7, 1.25) * (1.35 if heavy else 1.0)
        x = rng.uniform(*xs)
        pale = 0.25 + 0.5 * t
        head = mix(pal.cloud, pal.low, 0.35 * t)
        under = mix(pal.cloud_shade, pal.low, 0.3 * t)
        if weather == "storm":
            head, under = shade(head, 0.72 + 0.3 * t), shade(under, 0.55 + 0.35 * t)
        _cloud(canvas, rng, x, y, size, head, under, alpha=(0.95 if heavy else 0.9) - 0.35 * pale)


def _cloud(
    canvas: Canvas, rng: Random, x: float, y: float, size: float, head: RGB, under: RGB, *, alpha: float
) -> None:
    """Heaps on a flat base, bright above, melting away below."""
    path = skia.Path()
    length = size * rng.uniform(2.2, 4.2)
    n = rng.randint(7, 11)
    top = y
    for i in range(n):
        t = (i + rng.uniform(-0.3, 0.3)) / (n - 1) * 2 - 1
        r = size * (0.20 + 0.55 * (1 - t * t)) * rng.uniform(0.55, 1.0)
        cx, cy = x + t * length / 2, y - 0.55 * r - size * 0.32 * (1 - t * t) * rng.random()
        path.addOval(skia.Rect.MakeLTRB(cx - 1.25 * r, cy - 0.85 * r, cx + 1.25 * r, cy + 0.85 * r))
        top = min(top, cy - 0.85 * r)
    path.addOval(skia.Rect.MakeLTRB(x - 0.62 * length, y - 0.22 * size, x + 0.62 * length, y + 0.10 * size))
    body = gradient(
        (0, top),
        (0, y + 0.1 * size),
        [(0, head, alpha), (0.4, mix(head, under, 0.35), alpha), (0.82, under, alpha * 0.8), (1, under, 0.0)],
    )
    canvas.drawPath(path, paint(shader=body))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    for _ in range(5):
        t = rng.uniform(-0.8, 0.6)
        r = size * 0.4 * (1.1 - t * t)
        cx, cy = x + t * length / 2, y - 0.75 * size * (1 - t * t)
        shine = radial((cx, cy), r, [(0, shade(head, 1.12), 0.45 * alpha), (1, head, 0)])
        canvas.drawCircle(cx, cy, r, paint(shader=shine))
    canvas.restore()


def bolt(canvas: Canvas, rng: Random, x: float, y: float, y_end: float, u: float) -> None:
    """A forked flash of lightning with its glow."""
    points = [(x, y)]
    while points[-1][1] < y_end:
        px, py = points[-1]
        points.append((px + rng.uniform(-0.035, 0.03) * u, py + rng.uniform(0.02, 0.055) * u))
    white = (0.95, 0.97, 1.0)
    glow(canvas, x, (y + y_end) / 2, 0.5 * u, (0.6, 0.7, 1.0), 0.4)
    for start in (2, 4):
        fork = [points[min(start, len(points) - 1)]]
        for _ in range(4):
            fx, fy = fork[-1]
            fork.append(
                (fx + rng.uniform(0.005, 0.04) * u * (1 if start == 2 else -1), fy + rng.uniform(0.015, 0.04) * u)
            )
        line(canvas, fork, white, 0.0022 * u, 0.8)
    canvas.drawPath(polygon(points, close=False), paint((0.6, 0.7, 1.0), 0.55, stroke=0.014 * u, blur=0.008 * u))
    line(canvas, points, white, 0.0042 * u)


def veil(canvas: Canvas, stage: Stage, y: float, height: float, alpha: float) -> None:
    """A band of mist lying across the set at ``y``, thin at both edges."""
    c, w = stage.pal.haze, stage.w
    band = gradient((0, y - height), (0, y + height), [(0, c, 0), (0.5, c, alpha), (1, c, 0)])
    canvas.drawRect(skia.Rect.MakeLTRB(-0.4 * w, y - height, 1.4 * w, y + height), paint(shader=band))


def smoke(canvas: Canvas, rng: Random, x: float, y: float, size: float, c: RGB, alpha: float = 0.5) -> None:
    """A plume from a chimney, widening as it rises."""
    for i in range(20):
        t = i / 19
        px = x + size * (0.2 * math.sin(2.4 * t + rng.uniform(-0.08, 0.08)) + 0.35 * t)
        fill(
            canvas,
            blob(rng, px, y - t * size * 1.5, size * (0.05 + 0.16 * t), size * (0.06 + 0.14 * t)),
            c,
            0.4 * alpha * (1 - t) ** 0.8,
            blur=size * (0.02 + 0.05 * t),
        )


def birds(canvas: Canvas, rng: Random, x: float, y: float, u: float, c: RGB, n: int = 7) -> None:
    """A loose flight of birds."""
    for _ in range(n):
        bx, by, s = x + rng.gauss(0, 0.10) * u, y + rng.gauss(0, 0.035) * u, u * rng.uniform(0.008, 0.016)
        wing = rng.uniform(0.3, 0.8)
        points = [
            (bx - s, by - wing * s * 0.8),
            (bx - 0.45 * s, by - 0.6 * wing * s),
            (bx, by),
            (bx + 0.45 * s, by - 0.6 * wing * s),
            (bx + s, by - wing * s * 0.8),
        ]
        canvas.drawPath(curve(points, close=False), paint(c, 0.9, stroke=0.18 * s))
