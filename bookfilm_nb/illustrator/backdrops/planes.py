"""The values between the backdrops and whoever composes a shot: words in, planes and light out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from bookfilm_nb.model import Value
from bookfilm_nb.model.vocabulary import Mood, PlaceKind, Season, TimeOfDay, Weather

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


__all__ = ["Light", "Plane", "SceneWords"]


class SceneWords(Value):
    """What the prompt says about the set of a shot."""

    place: PlaceKind
    interior: bool = False
    time: TimeOfDay = "day"
    weather: Weather = "clear"
    season: Season = "summer"
    mood: Mood = "calm"
    details: tuple[str, ...] = ()
    """Single nouns such as "lamp" or "boat"; see ``DRAWABLE_DETAILS``. A word that cannot be drawn is passed over."""
    name: str = ""
    """The place in free words; may refine the kind: "lighthouse", "harbour", "mill"."""


class Plane(NamedTuple):
    """One plane of the set, far to near in the list that holds it.

    ``image`` is uint8: RGBA with straight alpha, shape (h, w, 4), for blend "over"; grey, shape (h, w), for
    blend "add" (light added to the luma).
    """

    name: str
    role: Literal["backdrop", "midground", "foreground", "weather"]
    image: Pixels
    x: int = 0
    """Left edge on the canvas, px."""
    y: int = 0
    """Top edge on the canvas, px."""
    depth: float = 0.0
    """0 infinitely far, 1 the plane of the figures, above 1 nearer."""
    blend: Literal["over", "add"] = "over"
    drift_x: float = 0.0
    """Own movement, px a frame."""
    drift_y: float = 0.0
    wraps: bool = False
    """Whether the image repeats endlessly as it drifts."""


class Light(NamedTuple):
    """How the set lights a figure, and where the figure stands."""

    ambient: tuple[float, float, float]
    """RGB in 0..1 that multiplies a figure's own colours."""
    key: tuple[float, float, float]
    """RGB in 0..1 of the strongest light: the colour of a rim on the figure's edge."""
    key_side: float
    """-1 the key light comes from the left, 1 from the right, 0 from behind or all round."""
    strength: float
    """0 no visible key (fog), 1 hard light (low sun, a lamp in the dark)."""
    ground_y: float
    """Where the feet of a standing figure touch the ground, as a fraction of the canvas height."""
    adult_height: float
    """Height of an adult who stands at ``ground_y`` that fits the set's scale, as a fraction of the canvas height."""
