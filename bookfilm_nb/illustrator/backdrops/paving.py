"""The ground of a city street: setts, pavements, and what wet stones give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import gradient, line, paint, polygon, rgb, shade
from .palette import LAMP

if TYPE_CHECKING:
    from .brush import RGB, Canvas, Path
    from .stage import Stage

__all__ = ["cobbles", "pavement", "reflections"]


def pavement(stage: Stage, side: int, vx: float) -> None:
    """The raised pavement on one side (-1 left, 1 right) of a street that runs to ``vx`` px, with its kerb."""
    pal, w, h, u = stage.pal, stage.w, stage.h, stage.u
    c = rgb("#b5aea2") if not pal.snowy else rgb("#eef2f7")
    c = shade(c, 0.75) if pal.wet else c
    top = 0.60
    for canvas in (stage.back, stage.mid):
        strip = polygon(
            [
                (vx + side * 0.085 * w, top * h),
                (vx + side * 0.063 * w, top * h),
                (vx + side * 0.60 * w, 1.0 * h),
                (vx + side * 1.15 * w, 1.42 * h),
                (vx + side * 2.2 * w, 1.42 * h),
            ]
        )
        canvas.save()
        if canvas is stage.mid and stage.mid is not stage.back:
            canvas.clipRect(skia.Rect.MakeLTRB(-2 * w, 0.70 * h, 3 * w, 2 * h))
        canvas.drawPath(
            strip,
            paint(
                shader=gradient(
                    (0, top * h),
                    (0, h),
                    [(0, pal.lit(c, 0.4), 1), (0.4, pal.lit(c, 0.05), 1), (1, pal.lit(shade(c, 0.8)), 1)],
                )
            ),
        )
        line(
            canvas,
            [(vx + side * 0.063 * w, top * h), (vx + side * 0.60 * w, 1.0 * h), (vx + side * 1.15 * w, 1.42 * h)],
            pal.dark(c),
            0.006 * u,
            0.8,
        )
        canvas.restore()


def cobbles(stage: Stage, canvas: Canvas, outline: Path, c: RGB) -> None:
    """Rows of setts, closer together towards the horizon."""
    pal, w, h, u, rng = stage.pal, stage.w, stage.h, stage.u, stage.rng("cobbles")
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    light, dark = skia.Path(), skia.Path()
    t = 0.10
    while t < 1.35:
        y = 0.56 * h + t * 0.44 * h
        step = 0.058 * u * t
        x = -0.1 * w + rng.random() * step
        while x < 1.1 * w:
            if rng.random() < (0.5 if t < 0.4 else 0.8):
                r = step * rng.uniform(0.36, 0.47)
                (light if rng.random() < 0.5 else dark).addRRect(
                    skia.RRect.MakeRectXY(
                        skia.Rect.MakeLTRB(x - r, y - 0.40 * r, x + r, y + 0.40 * r), 0.4 * r, 0.3 * r
                    )
                )
            x += step
        t *= 1.055 + 0.01 * t
    canvas.drawPath(light, paint(pal.bright(c), 0.30))
    canvas.drawPath(dark, paint(pal.dark(c), 0.38))
    canvas.restore()


def reflections(stage: Stage, lit: bool) -> None:
    """Wet stones hold the sky and the lamps."""
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    sheen = gradient((0, 0.58 * h), (0, 0.95 * h), [(0, pal.low, 0.5), (0.5, pal.middle, 0.22), (1, pal.middle, 0.0)])
    m.drawPath(
        polygon([(0.46 * w, 0.70 * h), (0.54 * w, 0.70 * h), (0.72 * w, 1.1 * h), (0.28 * w, 1.1 * h)]),
        paint(shader=sheen, blur=0.02 * u),
    )
    if lit:
        for fx, y in ((0.33, 0.72), (0.66, 0.74), (0.2, 0.84), (0.82, 0.86)):
            smear = gradient((0, y * h), (0, (y + 0.2) * h), [(0, LAMP, 0.5), (1, LAMP, 0)])
            m.drawRect(
                skia.Rect.MakeLTRB(fx * w - 0.018 * u, y * h, fx * w + 0.018 * u, (y + 0.2) * h),
                paint(shader=smear, add=True, blur=0.012 * u),
            )
