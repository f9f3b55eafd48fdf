"""Furniture and household things, in local colours; what shines is drawn apart, after the room was lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import curve, fill, gradient, line, mix, paint, polygon, rgb, shade, shadow

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from .brush import RGB, Canvas, Paint


__all__ = ["armchair", "barrel", "bed", "bookshelf", "chair", "chest", "panel_door", "rug", "table"]

WOOD: RGB = rgb("#8d623f")
_BLACK: RGB = (0.05, 0.04, 0.06)


def across(x0: float, x1: float, c: RGB, *, k: float = 1.0) -> Paint:
    return paint(
        shader=gradient(
            (x0, 0), (x1, 0), [(0, shade(c, 1.18 * k), 1), (0.4, shade(c, k), 1), (1, shade(c, 0.62 * k), 1)]
        )
    )


def down(y0: float, y1: float, c: RGB) -> Paint:
    return paint(shader=gradient((0, y0), (0, y1), [(0, shade(c, 1.12), 1), (0.4, c, 1), (1, shade(c, 0.66), 1)]))


def rect(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, p: Paint) -> None:
    canvas.drawRect(skia.Rect.MakeLTRB(x0, y0, x1, y1), p)


def barrel(
    canvas: Canvas,
    lit: Callable[[RGB], RGB],
    dark: Callable[[RGB], RGB],
    bright: Callable[[RGB], RGB],
    x: float,
    y: float,
    tall: float,
) -> None:
    """A standing cask, ``tall`` px, on y."""
    half = 0.36 * tall
    wood = rgb("#9a6b42")
    shadow(canvas, x + 0.1 * tall, y, 0.6 * tall, 0.09 * tall, dark(_BLACK), 0.6)
    path = skia.Path()
    path.moveTo(x - 0.8 * half, y)
    path.quadTo(x - 1.22 * half, y - 0.5 * tall, x - 0.8 * half, y - tall)
    path.lineTo(x + 0.8 * half, y - tall)
    path.quadTo(x + 1.22 * half, y - 0.5 * tall, x + 0.8 * half, y)
    path.close()
    canvas.drawPath(
        path,
        paint(
            shader=gradient(
                (x - half, 0), (x + half, 0), [(0, bright(wood), 1), (0.4, lit(wood), 1), (1, dark(wood), 1)]
            )
        ),
    )
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    for k in (-0.6, -0.25, 0.1, 0.45):
        bend = curve(
            [(x + k * half * 0.8, y - tall), (x + k * half * 1.25, y - 0.5 * tall), (x + k * half * 0.8, y)],
            close=False,
        )
        canvas.drawPath(bend, paint(dark(shade(wood, 0.7)), 0.8, stroke=0.016 * tall))
    for t in (0.12, 0.3, 0.7, 0.88):
        canvas.drawLine(
            x - 1.2 * half, y - t * tall, x + 1.2 * half, y - t * tall, paint(dark(rgb("#4d4a4a")), stroke=0.05 * tall)
        )
        canvas.drawLine(
            x - 1.2 * half,
            y - (t + 0.012) * tall,
            x + 1.2 * half,
            y - (t + 0.012) * tall,
            paint(lit(rgb("#8a8684")), 0.7, stroke=0.014 * tall),
        )
    canvas.restore()
    canvas.drawOval(
        skia.Rect.MakeLTRB(x - 0.8 * half, y - 1.06 * tall, x + 0.8 * half, y - 0.94 * tall),
        paint(lit(shade(wood, 0.85))),
    )


def lying_barrel(canvas: Canvas, x: float, y: float, r: float) -> None:
    """The round end of a cask that lies in its rack; centre x, foot y."""
    wood = rgb("#94663f")
    cy = y - r
    canvas.drawCircle(
        x,
        cy,
        r,
        paint(
            shader=gradient(
                (x - r, cy - r), (x + r, cy + r), [(0, shade(wood, 1.2), 1), (0.5, wood, 1), (1, shade(wood, 0.55), 1)]
            )
        ),
    )
    canvas.save()
    disc = skia.Path()
    disc.addCircle(x, cy, 0.84 * r)
    canvas.clipPath(disc, doAntiAlias=True)
    for k in (-0.5, -0.18, 0.14, 0.46):
        canvas.drawLine(x + k * r, cy - r, x + k * r, cy + r, paint(shade(wood, 0.55), 0.8, stroke=0.025 * r))
    canvas.restore()
    canvas.drawCircle(x, cy, 0.92 * r, paint(rgb("#4b4644"), stroke=0.11 * r))
    canvas.drawCircle(x, cy - 0.1 * r, 0.07 * r, paint(shade(wood, 0.4)))


def table(
    canvas: Canvas, x: float, y: float, wide: float, tall: float, c: RGB = WOOD, *, cloth: RGB | None = None
) -> None:
    """A table seen from the front: feet on y, top ``tall`` px above."""
    top, deep = y - tall, 0.16 * tall + 0.03 * wide
    shadow(canvas, x, y, 0.62 * wide, 0.09 * wide, _BLACK, 0.55)
    for k in (-0.44, 0.44):
        rect(
            canvas,
            x + k * wide - 0.022 * wide,
            top,
            x + k * wide + 0.022 * wide,
            y,
            across(x + k * wide - 0.03 * wide, x + k * wide + 0.03 * wide, shade(c, 0.8)),
        )
        rect(
            canvas,
            x + 0.82 * k * wide - 0.016 * wide,
            top,
            x + 0.82 * k * wide + 0.016 * wide,
            y - 0.12 * tall,
            paint(shade(c, 0.45)),
        )
    board = polygon(
        [(x - 0.45 * wide, top - deep), (x + 0.45 * wide, top - deep), (x + 0.52 * wide, top), (x - 0.52 * wide, top)]
    )
    face = cloth or c
    canvas.drawPath(board, down(top - deep, top + 0.3 * deep, shade(face, 1.12)))
    rect(canvas, x - 0.52 * wide, top, x + 0.52 * wide, top + 0.055 * tall, paint(shade(face, 0.72)))
    if cloth is not None:
        drape = [(x - 0.52 * wide, top), (x + 0.52 * wide, top), (x + 0.525 * wide, top + 0.34 * tall)]
        n = 12
        drape += [
            (x + 0.525 * wide - 1.05 * wide * k / n, top + (0.36 if k % 2 else 0.30) * tall) for k in range(n + 1)
        ]
        canvas.drawPath(curve(drape), down(top, top + 0.36 * tall, shade(cloth, 0.85)))
        return
    for k in (-0.3, -0.1, 0.1, 0.3):
        canvas.drawLine(
            x + 0.9 * k * wide, top - deep, x + 1.04 * k * wide, top, paint(shade(c, 0.7), 0.6, stroke=0.004 * wide)
        )
    rect(canvas, x - 0.44 * wide, top + 0.055 * tall, x + 0.44 * wide, top + 0.17 * tall, paint(shade(c, 0.55)))


def chair(canvas: Canvas, x: float, y: float, tall: float, *, side: int = 1, c: RGB = WOOD) -> None:
    """A plain chair turned to the side."""
    seat, half = 0.46 * tall, 0.19 * tall
    shadow(canvas, x, y, 0.3 * tall, 0.05 * tall, _BLACK, 0.5)
    for dx, top in ((-half, seat), (half, seat), (-0.62 * half, seat), (0.62 * half, seat)):
        line(
            canvas,
            [(x + dx, y - (0.04 * tall if abs(dx) < half else 0)), (x + dx, y - top)],
            shade(c, 0.75 if abs(dx) < half else 1.0),
            0.045 * tall,
        )
    canvas.drawPath(
        polygon(
            [
                (x - 1.15 * half, y - seat),
                (x - 0.85 * half, y - seat - 0.07 * tall),
                (x + 0.9 * half, y - seat - 0.07 * tall),
                (x + 1.15 * half, y - seat),
            ]
        ),
        down(y - seat - 0.07 * tall, y - seat, shade(c, 1.15)),
    )
    bx = x - side * half
    line(canvas, [(bx, y - seat), (bx - side * 0.05 * tall, y - tall)], c, 0.05 * tall)
    line(
        canvas,
        [(bx + side * 0.3 * half, y - seat - 0.05 * tall), (bx + side * 0.1 * half, y - 0.97 * tall)],
        shade(c, 0.8),
        0.04 * tall,
    )
    for t in (0.62, 0.78, 0.93):
        line(
            canvas,
            [(bx - side * 0.04 * tall * t, y - t * tall), (bx + side * 0.2 * half, y - (t - 0.01) * tall)],
            shade(c, 1.1),
            0.05 * tall,
        )


def armchair(canvas: Canvas, x: float, y: float, size: float, c: RGB) -> None:
    """An upholstered chair, ``size`` px wide."""
    shadow(canvas, x, y, 0.7 * size, 0.1 * size, _BLACK, 0.6)
    back = skia.RRect.MakeRectXY(
        skia.Rect.MakeLTRB(x - 0.38 * size, y - 1.08 * size, x + 0.38 * size, y - 0.1 * size), 0.2 * size, 0.2 * size
    )
    canvas.drawRRect(back, across(x - 0.4 * size, x + 0.4 * size, c))
    for k in (-0.17, 0.0, 0.17):
        for t in (0.62, 0.82):
            canvas.drawCircle(x + k * size, y - t * size, 0.016 * size, paint(shade(c, 0.55)))
    seat = skia.RRect.MakeRectXY(
        skia.Rect.MakeLTRB(x - 0.36 * size, y - 0.46 * size, x + 0.36 * size, y - 0.06 * size), 0.07 * size, 0.07 * size
    )
    canvas.drawRRect(seat, down(y - 0.46 * size, y, shade(c, 1.1)))
    for side in (-1, 1):
        arm = skia.RRect.MakeRectXY(
            skia.Rect.MakeLTRB(
                x + side * 0.42 * size - 0.1 * size,
                y - 0.62 * size,
                x + side * 0.42 * size + 0.1 * size,
                y - 0.05 * size,
            ),
            0.09 * size,
            0.09 * size,
        )
        canvas.drawRRect(
            arm, across(x + side * 0.42 * size - 0.1 * size, x + side * 0.42 * size + 0.1 * size, shade(c, 0.92))
        )
        line(
            canvas,
            [(x + side * 0.4 * size, y - 0.06 * size), (x + side * 0.4 * size, y)],
            shade(WOOD, 0.7),
            0.05 * size,
        )


def bed(canvas: Canvas, x: float, y: float, wide: float, c: RGB) -> None:
    """A bed from its side, ``wide`` px long, head at the left."""
    tall = 0.36 * wide
    shadow(canvas, x, y, 0.58 * wide, 0.07 * wide, _BLACK, 0.6)
    for k, top in ((-0.49, 0.62), (0.49, 0.40)):
        box = skia.RRect.MakeRectXY(
            skia.Rect.MakeLTRB(x + k * wide - 0.025 * wide, y - top * wide, x + k * wide + 0.025 * wide, y),
            0.02 * wide,
            0.02 * wide,
        )
        canvas.drawRRect(box, across(x + k * wide - 0.03 * wide, x + k * wide + 0.03 * wide, WOOD))
    rect(
        canvas,
        x - 0.49 * wide,
        y - 0.6 * tall,
        x + 0.49 * wide,
        y - 0.16 * tall,
        down(y - 0.6 * tall, y, shade(WOOD, 0.85)),
    )
    sheet = curve(
        [
            (x - 0.47 * wide, y - 0.5 * tall),
            (x - 0.47 * wide, y - 0.9 * tall),
            (x, y - 0.98 * tall),
            (x + 0.47 * wide, y - 0.88 * tall),
            (x + 0.48 * wide, y - 0.42 * tall),
        ]
    )
    canvas.drawPath(sheet, down(y - tall, y - 0.4 * tall, rgb("#e9e2d4")))
    quilt = curve(
        [
            (x - 0.2 * wide, y - 0.97 * tall),
            (x + 0.2 * wide, y - 1.03 * tall),
            (x + 0.48 * wide, y - 0.9 * tall),
            (x + 0.49 * wide, y - 0.25 * tall),
            (x + 0.1 * wide, y - 0.3 * tall),
            (x - 0.22 * wide, y - 0.28 * tall),
        ]
    )
    canvas.drawPath(quilt, down(y - 1.03 * tall, y - 0.2 * tall, c))
    canvas.save()
    canvas.clipPath(quilt, doAntiAlias=True)
    for k in range(8):
        canvas.drawLine(
            x + (-0.25 + 0.1 * k) * wide,
            y - 1.1 * tall,
            x + (-0.2 + 0.1 * k) * wide,
            y,
            paint(shade(c, 0.75), 0.6, stroke=0.008 * wide),
        )
    canvas.restore()
    fill(
        canvas,
        curve(
            [
                (x - 0.46 * wide, y - 0.88 * tall),
                (x - 0.42 * wide, y - 1.28 * tall),
                (x - 0.24 * wide, y - 1.25 * tall),
                (x - 0.22 * wide, y - 0.9 * tall),
            ]
        ),
        rgb("#f4eee2"),
    )


def bookshelf(canvas: Canvas, rng: Random, x: float, y: float, wide: float, tall: float) -> None:
    """Shelves of books, standing on y."""
    rect(canvas, x - wide / 2, y - tall, x + wide / 2, y, across(x - wide / 2, x + wide / 2, shade(WOOD, 0.62)))
    rows = 5
    colours = [rgb(c) for c in ("#8c3b32", "#3f5a6b", "#b08d4a", "#4f6b45", "#6b4a6b", "#c2a67a", "#2f3f55", "#9a5b3a")]
    for row in range(rows):
        foot = y - tall * (row + 0.06) / rows
        px = x - 0.46 * wide
        while px < x + 0.40 * wide:
            w, h = wide * rng.uniform(0.035, 0.075), tall / rows * rng.uniform(0.55, 0.82)
            if rng.random() < 0.08:
                px += w
                continue
            c = rng.choice(colours)
            rect(canvas, px, foot - h, px + w, foot, across(px, px + w, c))
            canvas.drawLine(px, foot - 0.8 * h, px + w, foot - 0.8 * h, paint(rgb("#d9bd7a"), 0.6, stroke=0.02 * h))
            px += w * 1.04
        rect(canvas, x - wide / 2, foot, x + wide / 2, foot + 0.022 * tall, paint(shade(WOOD, 0.95)))
    canvas.drawRect(
        skia.Rect.MakeLTRB(x - wide / 2, y - tall, x + wide / 2, y), paint(shade(WOOD, 0.9), stroke=0.03 * wide)
    )


def rug(canvas: Canvas, x: float, y: float, wide: float, tall: float, c: RGB) -> None:
    """An oval rug on the floor, centre (x, y)."""
    for k, tone in (
        (1.0, shade(c, 0.8)),
        (0.9, mix(c, rgb("#e8d4a8"), 0.6)),
        (0.83, c),
        (0.5, mix(c, rgb("#e8d4a8"), 0.45)),
        (0.43, shade(c, 0.85)),
    ):
        canvas.drawOval(
            skia.Rect.MakeLTRB(x - k * wide / 2, y - k * tall / 2, x + k * wide / 2, y + k * tall / 2),
            paint(tone, 0.95),
        )


def panel_door(
    canvas: Canvas, x: float, y: float, wide: float, tall: float, c: RGB = WOOD, *, arched: bool = False
) -> None:
    """A panelled door in its frame, standing on y."""
    for grow, tone in ((0.12, shade(c, 1.25)), (0.0, shade(c, 0.85))):
        path = skia.Path()
        x0, x1, top = x - (0.5 + grow) * wide, x + (0.5 + grow) * wide, y - tall - grow * wide
        path.moveTo(x0, y)
        if arched:
            path.lineTo(x0, top + 0.4 * wide)
            path.quadTo(x0, top, x, top)
            path.quadTo(x1, top, x1, top + 0.4 * wide)
        else:
            path.lineTo(x0, top)
            path.lineTo(x1, top)
        path.lineTo(x1, y)
        path.close()
        canvas.drawPath(path, across(x0, x1, tone))
    for y0, y1 in ((0.52, 0.86), (0.10, 0.46)):
        for k in (-0.24, 0.24):
            box = skia.Rect.MakeLTRB(
                x + k * wide - 0.17 * wide, y - y1 * tall, x + k * wide + 0.17 * wide, y - y0 * tall
            )
            canvas.drawRect(box, paint(shade(c, 0.5), 0.9, stroke=0.03 * wide))
    canvas.drawCircle(x + 0.38 * wide, y - 0.48 * tall, 0.04 * wide, paint(rgb("#d8b45a")))


def chest(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """An iron-bound chest."""
    tall = 0.55 * wide
    shadow(canvas, x, y, 0.65 * wide, 0.09 * wide, _BLACK, 0.6)
    rect(canvas, x - wide / 2, y - 0.62 * tall, x + wide / 2, y, down(y - 0.62 * tall, y, WOOD))
    lid = curve(
        [
            (x - wide / 2, y - 0.58 * tall),
            (x - wide / 2, y - tall),
            (x, y - 1.08 * tall),
            (x + wide / 2, y - tall),
            (x + wide / 2, y - 0.58 * tall),
        ]
    )
    canvas.drawPath(lid, down(y - 1.08 * tall, y - 0.5 * tall, shade(WOOD, 1.1)))
    for k in (-0.36, 0.0, 0.36):
        rect(canvas, x + k * wide - 0.03 * wide, y - 1.0 * tall, x + k * wide + 0.03 * wide, y, paint(rgb("#4a4648")))
    canvas.drawCircle(x, y - 0.55 * tall, 0.05 * wide, paint(rgb("#c9a24f")))
