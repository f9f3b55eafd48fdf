"""The deck of a sailing ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import curve, glow, gradient, line, mix, paint, polygon, rgb, shade, shadow
from .furniture import barrel
from .palette import LAMP
from .shores import roughness
from .sky import paint_sky
from .water import glitter, sea, swell

if TYPE_CHECKING:
    from .stage import Stage


__all__ = ["deck"]


def deck(stage: Stage) -> None:
    """The deck of a sailing ship: mast, shrouds and sail, rail, and the sea behind it."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    paint_sky(stage, b)
    rough = roughness(stage)
    sea(stage, b, stage.hz, 1.2 * h, rough=rough)
    glitter(stage, b, stage.hz + 1, 0.75 * h)
    for k, (y, height) in enumerate(((0.575, 0.016), (0.63, 0.032), (0.70, 0.05))):
        swell(stage, b, f"far{k}", y * h, height * u * (0.7 + rough), foam=0.25 + 0.7 * rough)
    wood, dark = rgb("#b58a5c"), rgb("#6b4a33")
    planks = polygon([(-0.5 * w, 0.745 * h), (1.5 * w, 0.745 * h), (1.5 * w, 1.5 * h), (-0.5 * w, 1.5 * h)])
    m.drawPath(
        planks,
        paint(
            shader=gradient(
                (0, 0.74 * h),
                (0, 1.1 * h),
                [(0, pal.lit(shade(wood, 0.8)), 1), (0.35, pal.lit(wood), 1), (1, pal.lit(shade(wood, 0.65)), 1)],
            )
        ),
    )
    rng = stage.rng("planks")
    vx, vy = 0.5 * w, 0.35 * h
    for k in range(-30, 31):
        x = vx + k * 0.075 * w
        top = (vx + (x - vx) * (0.745 * h - vy) / (h - vy), 0.745 * h)
        far = (vx + (x - vx) * (1.5 * h - vy) / (h - vy), 1.5 * h)
        m.drawLine(*top, *far, paint(pal.dark(dark), 0.7, stroke=0.003 * u))
        if rng.random() < 0.7:
            nxt = vx + (k + 1) * 0.075 * w
            strip = polygon(
                [
                    top,
                    far,
                    (vx + (nxt - vx) * (1.5 * h - vy) / (h - vy), 1.5 * h),
                    (vx + (nxt - vx) * (0.745 * h - vy) / (h - vy), 0.745 * h),
                ]
            )
            m.drawPath(
                strip, paint(pal.dark(wood) if rng.random() < 0.5 else pal.bright(wood), rng.uniform(0.05, 0.22))
            )
    if pal.snowy or pal.wet:
        m.drawPath(
            planks,
            paint(
                shader=gradient(
                    (0, 0.74 * h), (0, 1.05 * h), [(0, pal.low, 0.45), (0.5, pal.middle, 0.12), (1, pal.middle, 0.0)]
                )
            ),
        )
    _rail(stage)
    _rigging(stage)
    _barrel_and_rope(stage)


def _rail(stage: Stage) -> None:
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    wood = rgb("#7a5238")
    for k in range(-6, 27):
        x = k * 0.05 * w
        post = curve(
            [
                (x - 0.007 * u, 0.75 * h),
                (x - 0.013 * u, 0.70 * h),
                (x - 0.005 * u, 0.655 * h),
                (x + 0.005 * u, 0.655 * h),
                (x + 0.013 * u, 0.70 * h),
                (x + 0.007 * u, 0.75 * h),
            ]
        )
        m.drawPath(
            post,
            paint(
                shader=gradient(
                    (x - 0.012 * u, 0), (x + 0.012 * u, 0), [(0, pal.bright(wood), 1), (1, pal.dark(wood), 1)]
                )
            ),
        )
    for y, thick in ((0.655, 0.028), (0.748, 0.03)):
        box = skia.Rect.MakeLTRB(-0.5 * w, y * h - thick * u / 2, 1.5 * w, y * h + thick * u / 2)
        m.drawRect(
            box,
            paint(
                shader=gradient(
                    (0, box.top()),
                    (0, box.bottom()),
                    [(0, pal.bright(rgb("#a9764c")), 1), (0.4, pal.lit(wood), 1), (1, pal.dark(wood), 1)],
                )
            ),
        )
        if pal.snowy:
            m.drawRect(
                skia.Rect.MakeLTRB(-0.5 * w, box.top() - 0.008 * u, 1.5 * w, box.top() + 0.004 * u),
                paint(pal.lit((0.95, 0.97, 1.0))),
            )


def _rigging(stage: Stage) -> None:
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    wood, rope = rgb("#8a5f3f"), pal.dark(rgb("#5a4a3a"))
    mx = 0.24 * w
    sail = skia.Path()
    sail.moveTo(mx - 0.30 * u, -0.5 * h)
    sail.quadTo(mx - 0.20 * u, 0.1 * h, mx - 0.36 * u, 0.335 * h)
    sail.quadTo(mx + 0.05 * u, 0.43 * h, mx + 0.46 * u, 0.30 * h)
    sail.quadTo(mx + 0.52 * u, 0.05 * h, mx + 0.36 * u, -0.5 * h)
    sail.close()
    cloth = rgb("#f0e3c6")
    m.drawPath(
        sail,
        paint(
            shader=gradient(
                (mx - 0.36 * u, 0),
                (mx + 0.5 * u, 0.1 * h),
                [
                    (0, pal.lit(cloth), 1),
                    (0.35, pal.bright(cloth), 1),
                    (0.75, pal.lit(cloth), 1),
                    (1, pal.dark(cloth), 1),
                ],
            )
        ),
    )
    m.save()
    m.clipPath(sail, doAntiAlias=True)
    for k in range(6):
        x = mx + (-0.3 + 0.15 * k) * u
        m.drawPath(
            curve([(x, -0.5 * h), (x + 0.06 * u, 0.0), (x - 0.01 * u, 0.45 * h)], close=False),
            paint(pal.dark(cloth), 0.4, stroke=0.003 * u),
        )
    m.drawPath(
        curve([(mx - 0.36 * u, 0.24 * h), (mx, 0.34 * h), (mx + 0.5 * u, 0.22 * h)], close=False),
        paint(pal.dark(cloth), 0.35, stroke=0.05 * u, blur=0.02 * u),
    )
    m.restore()
    line(m, [(mx - 0.36 * u, 0.335 * h), (0.02 * w, 0.66 * h)], rope, 0.004 * u)
    line(m, [(mx + 0.46 * u, 0.30 * h), (0.62 * w, 0.66 * h)], rope, 0.004 * u)
    mast = polygon(
        [(mx - 0.026 * u, 0.80 * h), (mx - 0.020 * u, -0.5 * h), (mx + 0.020 * u, -0.5 * h), (mx + 0.026 * u, 0.80 * h)]
    )
    shadow(m, mx + 0.05 * u, 0.80 * h, 0.14 * u, 0.018 * u, pal.dark((0.1, 0.08, 0.08)), 0.6)
    m.drawPath(
        mast,
        paint(
            shader=gradient(
                (mx - 0.026 * u, 0),
                (mx + 0.026 * u, 0),
                [(0, pal.bright(wood), 1), (0.4, pal.lit(wood), 1), (1, pal.dark(wood), 1)],
            )
        ),
    )
    for y in (0.56, 0.58, 0.72):
        line(m, [(mx - 0.026 * u, y * h), (mx + 0.026 * u, (y + 0.006) * h)], pal.dark(rgb("#d8c49a")), 0.008 * u)
    foot, top = 0.655 * h, -0.35 * h
    ropes = [(0.80 + 0.055 * k, 0.93 + 0.008 * k) for k in range(4)]
    for x0, x1 in ropes:
        line(m, [(x0 * w, foot), (x1 * w, top)], rope, 0.0045 * u)
    for k in range(17):
        t = k / 17
        y = foot + (top - foot) * t
        line(
            m,
            [
                ((ropes[0][0] + (ropes[0][1] - ropes[0][0]) * t) * w, y),
                ((ropes[3][0] + (ropes[3][1] - ropes[3][0]) * t) * w, y),
            ],
            rope,
            0.003 * u,
        )
    if pal.night or stage.wants("lamp", "lantern"):
        lx, ly = mx + 0.07 * u, 0.50 * h
        line(m, [(mx, ly - 0.07 * u), (lx, ly - 0.07 * u), (lx, ly - 0.03 * u)], rope, 0.006 * u)
        m.drawRect(
            skia.Rect.MakeLTRB(lx - 0.017 * u, ly - 0.03 * u, lx + 0.017 * u, ly + 0.025 * u),
            paint(mix(LAMP, (1, 1, 1), 0.4)),
        )
        m.drawRect(
            skia.Rect.MakeLTRB(lx - 0.02 * u, ly - 0.03 * u, lx + 0.02 * u, ly + 0.028 * u),
            paint(pal.dark(rgb("#332d2a")), stroke=0.006 * u),
        )
        glow(m, lx, ly, 0.42 * u, LAMP, 0.8)


def _barrel_and_rope(stage: Stage) -> None:
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid

    barrel(m, pal.lit, pal.dark, pal.bright, 0.90 * w, 0.83 * h, 0.15 * u)
    barrel(m, pal.lit, pal.dark, pal.bright, 0.985 * w, 0.87 * h, 0.17 * u)
    x, y = 0.12 * w, 0.86 * h
    shadow(m, x, y, 0.11 * u, 0.03 * u, pal.dark((0.1, 0.08, 0.08)), 0.5)
    for k in range(5):
        box = skia.Rect.MakeLTRB(
            x - (0.09 - 0.008 * k) * u,
            y - (0.022 + 0.013 * k) * u,
            x + (0.09 - 0.008 * k) * u,
            y + (0.02 - 0.013 * k) * u,
        )
        m.drawOval(box, paint(pal.dark(rgb("#a88d5f")), stroke=0.017 * u))
        m.drawOval(box, paint(pal.lit(rgb("#cdb27c")), stroke=0.010 * u))
