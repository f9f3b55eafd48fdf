"""Single things that a prompt asks for, laid into an exterior where they make sense and are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import curve, fill, gradient, line, paint, polygon, rgb, shade, shadow
from .buildings import church, cottage, fence
from .household import fire
from .landmarks import bridge, lamp_post, lighthouse, well, windmill
from .names import outdoor_set
from .sky import beacons_lit, birds
from .streets import lamps_lit
from .trees import broad_tree
from .water import boat
from .yards import flowers

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import PlaceKind

    from .brush import RGB, Canvas
    from .stage import Stage


__all__ = ["add_details"]

CHESTNUT: RGB = rgb("#7a4f33")

_AFLOAT: frozenset[PlaceKind] = frozenset({"open sea", "ship"})


# Outdoor places that take a thing on request: left out are those that have their own, and those without the room.
_TAKES: dict[str, frozenset[PlaceKind]] = {
    "lighthouse": frozenset({"field", "mountains", "road", "ruin", "village street"}),
    "windmill": frozenset({"field", "road", "river"}),
    "church": frozenset({"field", "river", "road", "garden", "mountains"}),
    "bridge": frozenset({"road", "field", "village street", "garden", "mountains"}),
    "house": frozenset({"forest", "field", "mountains", "sea shore", "river", "road", "ruin", "tower"}),
    "tree": frozenset({"sea shore", "city street", "mountains", "ruin", "village street"}),
    "fence": frozenset({"field", "forest", "river", "road", "garden", "sea shore"}),
    "well": frozenset({"forest", "field", "mountains", "village street", "road", "garden", "ruin", "church", "tower"}),
    "lamp": frozenset({"forest", "field", "river", "road", "garden", "graveyard", "ruin", "church", "tower"}),
    "flowers": frozenset(
        {"forest", "field", "mountains", "river", "village street", "road", "graveyard", "ruin", "church"}
    ),
    "cross": frozenset(
        {"forest", "field", "mountains", "sea shore", "river", "village street", "road", "ruin", "church"}
    ),
}


def add_details(stage: Stage) -> None:
    """Lay what was asked for and is not there yet into the exterior."""
    if stage.wants("boat") and not outdoor_set(stage.words):
        _moored(stage)
    if stage.words.place in _AFLOAT:
        return
    _far_things(stage)
    _near_things(stage)


def _asked(stage: Stage, word: str) -> bool:
    """Whether the word was said and this place takes such a thing and has none of its own."""
    if outdoor_set(stage.words) in ("mill", "lighthouse", "harbour") and word in (
        "lighthouse",
        "windmill",
        "lamp",
        "house",
    ):
        return False
    return stage.wants(word) and stage.words.place in _TAKES[word]


def _moored(stage: Stage) -> None:
    """A boat: drawn up on a beach, or alongside at sea. The river paints its own."""
    pal, w, h, u, b, m = stage.pal, stage.w, stage.h, stage.u, stage.back, stage.mid
    if stage.words.place == "sea shore":
        shadow(m, 0.72 * w, 0.803 * h, 0.17 * u, 0.02 * u, pal.dark((0.1, 0.1, 0.12)), 0.6)
        m.save()
        m.rotate(-5, 0.72 * w, 0.8 * h)
        boat(m, pal, 0.72 * w, 0.805 * h, 0.30 * u, rgb("#3f7f8c"), afloat=False)
        m.restore()
    elif stage.words.place in _AFLOAT:
        boat(b, pal, 0.34 * w, 0.595 * h, 0.11 * u, rgb("#9a5a3c"), 0.25)


def _far_things(stage: Stage) -> None:
    """Landmarks between the figures and the horizon."""
    pal, w, h, u, b = stage.pal, stage.w, stage.h, stage.u, stage.back
    lit = lamps_lit(stage)
    if stage.wants("bird", "birds"):
        birds(b, stage.rng("asked birds"), 0.4 * w, 0.2 * h, 1.6 * u, pal.dark(rgb("#2f2f38")), n=9)
    if _asked(stage, "lighthouse"):
        lighthouse(b, pal, 0.80 * w, 0.58 * h, 0.34 * u, 0.4, on=beacons_lit(stage))
    if _asked(stage, "windmill"):
        windmill(b, stage.rng("mill"), pal, 0.79 * w, 0.585 * h, 0.34 * u, 0.3, lit=lit)
    if _asked(stage, "church"):
        church(b, stage.rng("asked church"), pal, 0.40 * w, 0.59 * h, 0.22 * u, 0.5, lit=lit)
    if _asked(stage, "bridge"):
        bridge(b, stage.rng("asked bridge"), pal, 0.30 * w, 0.66 * w, 0.655 * h, 0.07 * u, 0.25)
    if _asked(stage, "house"):
        canvas = stage.mid if stage.words.place == "forest" else b
        cottage(canvas, stage.rng("asked house"), pal, 0.70 * w, 0.70 * h, 0.34 * u, 0.15, timber=True, lit=lit)


def _near_things(stage: Stage) -> None:
    """Things on the ground where the figures stand, left and right of them."""
    pal, w, h, u, m = stage.pal, stage.w, stage.h, stage.u, stage.mid
    if _asked(stage, "tree"):
        broad_tree(m, stage.rng("asked tree"), pal, 0.84 * w, 0.80 * h, 0.55 * u, 0.03)
    if _asked(stage, "fence"):
        rail = [(-0.05 * w, 0.86 * h, 0.14 * u), (0.30 * w, 0.775 * h, 0.09 * u)]
        fence(m, stage.rng("asked fence"), pal, rail, rgb("#a58a66"))
    if _asked(stage, "well"):
        well(m, stage.rng("well"), pal, 0.69 * w, 0.765 * h, 0.20 * u)
    if _asked(stage, "lamp"):
        lamp_post(m, pal, 0.30 * w, 0.80 * h, 0.40 * u, lit=lamps_lit(stage))
    if _asked(stage, "flowers"):
        flowers(stage, m, "asked flowers", 0.60 * w, 0.98 * w, 0.85 * h, 0.055 * u)
        flowers(stage, m, "asked flowers 2", 0.02 * w, 0.34 * w, 0.87 * h, 0.06 * u)
    if _asked(stage, "cross"):
        _wayside_cross(stage, 0.775 * w, 0.79 * h, 0.30 * u)
    if stage.wants("horse"):
        horse(stage, m, 0.245 * w, 0.82 * h, 0.25 * u)
    if stage.wants("cart"):
        cart(stage, m, 0.80 * w, 0.83 * h, 0.24 * u)
    if stage.wants("fire"):
        x, y = 0.66 * w, 0.83 * h
        shadow(m, x, y, 0.12 * u, 0.025 * u, (0.08, 0.06, 0.05), 0.8)
        fire(m, stage.rng("campfire"), x, y, 0.12 * u)


def _wayside_cross(stage: Stage, x: float, y: float, s: float) -> None:
    pal, m = stage.pal, stage.mid
    wood = rgb("#6f543c")
    shadow(m, x, y, 0.25 * s, 0.04 * s, pal.dark((0.1, 0.1, 0.12)), 0.6)
    line(m, [(x, y), (x, y - s)], pal.dark(wood), 0.075 * s)
    line(m, [(x - 0.01 * s, y), (x - 0.01 * s, y - s)], pal.lit(wood), 0.045 * s)
    line(m, [(x - 0.27 * s, y - 0.74 * s), (x + 0.27 * s, y - 0.74 * s)], pal.lit(wood), 0.07 * s)


def horse(stage: Stage, canvas: Canvas, x: float, y: float, tall: float, c: RGB = CHESTNUT) -> None:
    """A standing horse, ``tall`` px from its hooves to its ears, looking right."""
    pal, s = stage.pal, tall
    coat, dark, light = pal.lit(c), pal.dark(c), pal.bright(c)
    mane = pal.dark(rgb("#2f221b"))
    shadow(canvas, x, y, 0.5 * s, 0.05 * s, pal.dark((0.1, 0.1, 0.12)), 0.6)
    for dx, tone in ((-0.27, dark), (0.25, dark), (-0.34, coat), (0.18, coat)):
        leg = [
            (x + dx * s - 0.055 * s, y - 0.48 * s),
            (x + dx * s + 0.06 * s, y - 0.48 * s),
            (x + dx * s + 0.028 * s, y - 0.22 * s),
            (x + dx * s + 0.035 * s, y - 0.03 * s),
            (x + dx * s - 0.03 * s, y - 0.03 * s),
            (x + dx * s - 0.022 * s, y - 0.22 * s),
        ]
        fill(canvas, polygon(leg), tone)
        fill(
            canvas,
            polygon(
                [
                    (x + dx * s - 0.035 * s, y - 0.04 * s),
                    (x + dx * s + 0.035 * s, y - 0.04 * s),
                    (x + dx * s + 0.055 * s, y),
                    (x + dx * s - 0.04 * s, y),
                ]
            ),
            mane,
        )
    tail = curve(
        [
            (x - 0.40 * s, y - 0.64 * s),
            (x - 0.50 * s, y - 0.5 * s),
            (x - 0.47 * s, y - 0.22 * s),
            (x - 0.40 * s, y - 0.3 * s),
            (x - 0.38 * s, y - 0.52 * s),
        ]
    )
    fill(canvas, tail, mane)
    body = curve(
        [
            (x - 0.44 * s, y - 0.52 * s),
            (x - 0.42 * s, y - 0.70 * s),
            (x - 0.15 * s, y - 0.68 * s),
            (x + 0.12 * s, y - 0.70 * s),
            (x + 0.30 * s, y - 0.98 * s),
            (x + 0.42 * s, y - 1.0 * s),
            (x + 0.43 * s, y - 0.80 * s),
            (x + 0.34 * s, y - 0.56 * s),
            (x + 0.26 * s, y - 0.38 * s),
            (x, y - 0.36 * s),
            (x - 0.28 * s, y - 0.36 * s),
        ]
    )
    head = curve(
        [
            (x + 0.28 * s, y - 0.93 * s),
            (x + 0.38 * s, y - 1.03 * s),
            (x + 0.50 * s, y - 0.93 * s),
            (x + 0.63 * s, y - 0.76 * s),
            (x + 0.60 * s, y - 0.69 * s),
            (x + 0.50 * s, y - 0.74 * s),
            (x + 0.38 * s, y - 0.82 * s),
        ]
    )
    shading = paint(shader=gradient((0, y - s), (0, y - 0.35 * s), [(0, light, 1), (0.45, coat, 1), (1, dark, 1)]))
    canvas.drawPath(body, shading)
    canvas.drawPath(head, shading)
    fill(
        canvas, polygon([(x + 0.33 * s, y - 0.99 * s), (x + 0.35 * s, y - 1.1 * s), (x + 0.395 * s, y - 1.0 * s)]), coat
    )
    fill(
        canvas,
        curve(
            [
                (x + 0.36 * s, y - 1.04 * s),
                (x + 0.24 * s, y - 0.96 * s),
                (x + 0.10 * s, y - 0.70 * s),
                (x + 0.17 * s, y - 0.70 * s),
                (x + 0.30 * s, y - 0.88 * s),
            ]
        ),
        mane,
    )
    canvas.drawCircle(x + 0.455 * s, y - 0.895 * s, 0.014 * s, paint((0.06, 0.05, 0.05)))


def cart(stage: Stage, canvas: Canvas, x: float, y: float, tall: float) -> None:
    """A two-wheeled farm cart, ``tall`` px, its shafts to the left."""
    pal, s, wood = stage.pal, tall, rgb("#8d6a45")
    shadow(canvas, x, y, 0.75 * s, 0.07 * s, pal.dark((0.1, 0.1, 0.12)), 0.6)
    line(canvas, [(x - 0.5 * s, y - 0.5 * s), (x - 1.3 * s, y - 0.06 * s)], pal.dark(wood), 0.05 * s)
    box = polygon(
        [
            (x - 0.75 * s, y - 0.92 * s),
            (x + 0.85 * s, y - 0.92 * s),
            (x + 0.7 * s, y - 0.45 * s),
            (x - 0.6 * s, y - 0.45 * s),
        ]
    )
    canvas.drawPath(
        box,
        paint(
            shader=gradient(
                (0, y - s),
                (0, y - 0.4 * s),
                [(0, pal.bright(wood), 1), (0.5, pal.lit(wood), 1), (1, pal.dark(wood), 1)],
            )
        ),
    )
    for k in (0.6, 0.76):
        line(canvas, [(x - 0.7 * s, y - k * s), (x + 0.8 * s, y - k * s)], pal.dark(wood), 0.018 * s)
    hub, r = (x + 0.05 * s, y - 0.38 * s), 0.37 * s
    canvas.drawCircle(*hub, r, paint(pal.dark(shade(wood, 0.7)), stroke=0.07 * s))
    canvas.drawCircle(*hub, r, paint(pal.lit(wood), stroke=0.025 * s))
    for k in range(5):
        a = skia.Matrix()
        a.setRotate(36 * k, *hub)
        p0, p1 = a.mapXY(hub[0] - r, hub[1]), a.mapXY(hub[0] + r, hub[1])
        canvas.drawLine(p0.x(), p0.y(), p1.x(), p1.y(), paint(pal.dark(wood), stroke=0.04 * s))
    canvas.drawCircle(*hub, 0.07 * s, paint(pal.dark(shade(wood, 0.6))))
