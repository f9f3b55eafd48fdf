"""Which painter has which interior, and the light that a room gives to its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .halls import church_nave
from .keep import tower_room
from .kitchens import kitchen
from .manors import any_hall
from .palette import LAMP
from .parlours import room
from .planes import Light
from .stage import FIGURES
from .taverns import cabin, cellar, tavern

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model.vocabulary import PlaceKind

    from .roombox import Box
    from .stage import Stage


__all__ = ["INDOORS", "light_of_room"]


def light_of_room(stage: Stage) -> Light:
    """The light of an interior on a figure that stands in the middle of the floor."""
    box: Box = stage.box
    x, y = 0.5 * stage.w, 0.55 * stage.h
    total, pull, best, key = list(box.ambient), 0.0, 0.0, LAMP
    for lamp in box.lamps:
        d2 = ((x - lamp.x) ** 2 + (y - lamp.y) ** 2) / lamp.reach**2
        power = lamp.strength * max(0.0, 1 / (1 + 4.5 * d2) - 0.06)
        total = [t + power * c for t, c in zip(total, lamp.c, strict=True)]
        pull += power * (1 if lamp.x > x else -1) * min(1.0, abs(lamp.x - x) / (0.2 * stage.w))
        if lamp.strength * lamp.reach > best:
            best, key = lamp.strength * lamp.reach, lamp.c
    side = max(-1.0, min(1.0, 2.2 * pull)) * (-1 if stage.mirrored else 1)
    red, green, blue = (max(0.36, min(1.0, 0.12 + 0.95 * t)) for t in total)
    feet, tall = FIGURES[stage.size]
    strength = min(1.0, 0.35 + 0.8 * (1 - max(box.ambient)))
    return Light((red, green, blue), key, side, strength, feet + stage.tilt * 0.25, tall * 1.06)


INDOORS: dict[PlaceKind, Callable[[Stage], None]] = {
    "room": room, "kitchen": kitchen, "hall": any_hall, "church": church_nave, "tavern": tavern, "cellar": cellar,
    "tower": tower_room, "ship": cabin,
}  # fmt: skip
