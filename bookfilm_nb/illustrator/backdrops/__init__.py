"""Sets drawn from words: sky, land, buildings and rooms as layered planes, with the light they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .planes import Light, Plane, SceneWords

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Angle, ShotSize

__all__ = ["DRAWABLE_DETAILS", "Light", "Plane", "SceneWords", "draw_backdrop"]

DRAWABLE_DETAILS: frozenset[str] = frozenset(
    [
        "bed",
        "bell",
        "bird",
        "boat",
        "book",
        "bridge",
        "candle",
        "cart",
        "castle",
        "church",
        "cross",
        "door",
        "fence",
        "fire",
        "flowers",
        "gate",
        "horse",
        "house",
        "island",
        "lamp",
        "letter",
        "lighthouse",
        "lightning",
        "moon",
        "pier",
        "ship",
        "stars",
        "sun",
        "table",
        "tree",
        "well",
        "windmill",
        "window",
    ]
)
"""Words of ``SceneWords.details`` that the sets can show; each place shows those that make sense in it."""


def draw_backdrop(
    words: SceneWords, *, size: ShotSize, angle: Angle, width: int, height: int, seed: int
) -> tuple[list[Plane], Light]:
    """The set of a shot, drawn: planes from far to near, and the light that falls on its figures.

    ``width`` × ``height`` is the canvas in px, at least 64 × 64. ``seed`` belongs to the place: the same seed
    gives the same set in every shot size, seen from nearer and more out of focus. The first plane is opaque
    and fills the canvas; weather (rain, snow, fog) comes last, as light to add. Same arguments, same bytes.
    """
    from .draw import draw

    return draw(words, size=size, angle=angle, width=width, height=height, seed=seed)
