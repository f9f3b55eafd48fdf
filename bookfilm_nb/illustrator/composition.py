"""Composition: where each person stands for a shot size, how large, and which way they look."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from .figures import CROWN_Y, EYES_Y, Placing, height_units, stature, top_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model.vocabulary import Emotion, ShotSize

    from .backdrops import Light
    from .cast import Appearance
    from .people import FigureWords
    from .prompt import ShotWords

__all__ = ["OVERSCAN", "Canvas", "Staged", "compose"]

OVERSCAN = 1.15
"""Canvas against frame: the room in which the camera moves."""


class Canvas(NamedTuple):
    """The canvas and the frame in its middle, px; canvas sizes are even."""

    width: int
    height: int
    left: float
    top: float
    frame_width: int
    frame_height: int

    @classmethod
    def around(cls, width: int, height: int) -> Canvas:
        """The canvas for a frame of ``width`` × ``height`` px."""
        wide, high = (ceil(round(side * OVERSCAN, 6) / 2) * 2 for side in (width, height))
        return cls(wide, high, (wide - width) / 2, (high - height) / 2, width, height)


class Staged(NamedTuple):
    """A person in the picture."""

    figure: FigureWords
    look: Appearance
    placing: Placing
    pose: str
    from_behind: bool = False
    """Seen over the shoulder: near, blurred, without a face."""


_PLACES: dict[int, tuple[float, ...]] = {1: (0.5,), 2: (0.3, 0.7), 3: (0.2, 0.5, 0.8), 4: (0.14, 0.38, 0.62, 0.86)}
_FACE_TO_FACE = 400.0
"""Least units between two people in one picture, so that no face hides another."""
_ORDER = {"left": 0, "centre": 1, "": 1, "right": 2}
_FRAMING: dict[str, tuple[float, float]] = {
    "medium": (0.86, 1080.0),
    "close-up": (0.535, 425.0),
    "extreme close-up": (0.86, 425.0),
}
"""Share of the frame's height that so many units of an adult fill."""
_EYE_LINE = {"medium": 0.30, "close-up": 0.40, "extreme close-up": 0.44}


def compose(words: ShotWords, looks: Sequence[Appearance], light: Light, canvas: Canvas, *, seed: int) -> list[Staged]:
    """Everybody in the shot, far to near. ``looks`` go with ``words.figures``, at most four."""
    cast = sorted(zip(words.figures, looks, strict=True), key=lambda pair: _ORDER[pair[0].position])
    if not cast:
        return []
    narrow = canvas.frame_width < canvas.frame_height * 1.2
    if words.size == "close-up" and not narrow and len(cast) == 2 and sum(figure.speaking for figure, _ in cast) == 1:
        return _over_the_shoulder(cast, canvas)
    near = words.size in _FRAMING
    places = _places(cast, narrow=narrow)
    staged = []
    for index, (figure, look) in enumerate(cast):
        mirrored = _mirrored(figure, index, len(cast))
        pose = _pose(figure.emotion, speaking=figure.speaking, size=words.size, seed=seed + index)
        if near:
            placing = _near(words.size, look, places[index], mirrored, cast, canvas)
        else:
            placing = _far(look, places[index], mirrored, index, len(cast), words.size, light, canvas)
        staged.append(Staged(figure, look, placing, pose))
    return sorted(staged, key=lambda s: s.placing.y + s.placing.unit * height_units(s.look))


def _places(cast: Sequence[tuple[FigureWords, Appearance]], *, narrow: bool) -> list[float]:
    if len(cast) == 1:
        position = cast[0][0].position
        spread = 0.06 if narrow else 0.11
        return [{"left": 0.5 - spread, "right": 0.5 + spread}.get(position, 0.47)]
    return list(_PLACES[len(cast)])


def _mirrored(figure: FigureWords, index: int, count: int) -> bool:
    """The drawings look to the right; whoever stands right of the middle is mirrored."""
    if count == 1:
        return figure.position == "right"
    return index >= (count + 1) // 2 if count != 3 else index == 2


def _near(
    size: ShotSize, look: Appearance, share: float, mirrored: bool,
    cast: Sequence[tuple[FigureWords, Appearance]], canvas: Canvas,
) -> Placing:  # fmt: skip
    """Framed by head and eyes: soles lie outside the picture."""
    fill, units = _FRAMING[size]
    tight = {1: 1.0, 2: 0.92, 3: 0.76, 4: 0.60}[len(cast)]
    if canvas.frame_width < canvas.frame_height:
        tight *= {1: 0.66, 2: 0.62, 3: 0.46, 4: 0.40}[len(cast)]
    elif canvas.frame_width < canvas.frame_height * 1.5:
        tight *= 0.82
    adult = canvas.frame_height * fill / units * tight
    if len(cast) > 1:
        nearest = min(b - a for a, b in pairwise(_PLACES[len(cast)]))
        adult = min(adult, nearest * canvas.frame_width / _FACE_TO_FACE)
    tallest = max(stature(other) for _, other in cast)
    unit = adult * (stature(look) / tallest if len(cast) > 1 else 1.0)
    headroom = canvas.top + canvas.frame_height * 0.045
    eyes = canvas.top + canvas.frame_height * _EYE_LINE[size]
    y = eyes - EYES_Y * adult
    if size != "extreme close-up":
        y = max(y, headroom - CROWN_Y * adult)
    if len(cast) > 1:
        drop = adult * 2304 * tallest - unit * height_units(look)
        y += CROWN_Y * (adult - unit) + min(drop * 0.45, canvas.frame_height * 0.24)
    if size != "extreme close-up":
        y = max(y, headroom - top_units(look) * unit)
    # In a tall frame a whole person may fit: then they stand on its lower edge and never float.
    y = max(y, canvas.height - unit * (height_units(look) + CROWN_Y - 60))
    x = canvas.left + canvas.frame_width * share
    return Placing(x, y, unit, mirrored)


def _far(
    look: Appearance, share: float, mirrored: bool, index: int, count: int, size: ShotSize, light: Light, canvas: Canvas
) -> Placing:
    """Standing on the set's ground, in the set's scale."""
    back = count >= 3 and index in range(1, count - 1)
    smaller = 0.93 if back else 1.0
    adult = light.adult_height * canvas.height * smaller / 2304
    lowest = canvas.top + canvas.frame_height * 0.965
    ground = min(light.ground_y * canvas.height, lowest) - (0.03 * light.adult_height * canvas.height if back else 0.0)
    unit = adult * stature(look)
    middle = 0.5 + (share - 0.5) * {"full": 0.92, "wide": 0.72}.get(size, 0.5)
    if count > 1 and size == "extreme wide":
        middle = 0.5 + (share - 0.5) * 0.34
    x = canvas.left + canvas.frame_width * middle
    y = ground - unit * (height_units(look) + CROWN_Y)
    highest = canvas.top + canvas.frame_height * 0.03
    if y + top_units(look) * unit < highest:
        y = highest - top_units(look) * unit
    return Placing(x, y, unit, mirrored, stands=True)


def _over_the_shoulder(cast: Sequence[tuple[FigureWords, Appearance]], canvas: Canvas) -> list[Staged]:
    speaks_left = cast[0][0].speaking
    speaker, listener = (cast[0], cast[1]) if speaks_left else (cast[1], cast[0])
    main = _near("close-up", speaker[1], 0.36 if speaks_left else 0.64, not speaks_left, [speaker], canvas)
    unit = canvas.frame_height * 0.80 / 425
    lower = canvas.frame_height * (0.30 if listener[1].age == "child" else 0.14)
    x = canvas.left + canvas.frame_width * (0.955 if speaks_left else 0.045)
    near = Placing(x, canvas.top + lower - CROWN_Y * unit, unit, speaks_left)
    pose = _pose(speaker[0].emotion, speaking=True, size="close-up", seed=0)
    return [Staged(*speaker, main, pose), Staged(*listener, near, "down", from_behind=True)]


_POSES: dict[str, tuple[str, ...]] = {
    "neutral": ("down", "hip"), "happy": ("down", "hip"), "laughing": ("open",), "sad": ("clasped", "down"),
    "angry": ("fists", "crossed"), "afraid": ("clasped",), "surprised": ("open",), "worried": ("clasped",),
    "tender": ("heart",), "thoughtful": ("chin",), "suspicious": ("crossed",), "tired": ("down",),
}  # fmt: skip
_SPEAKING: dict[str, tuple[str, ...]] = {
    "neutral": ("telling", "down"), "happy": ("telling", "open"), "angry": ("fists",),
    "thoughtful": ("telling", "down"),
    "surprised": ("open",), "worried": ("telling", "clasped"), "afraid": ("clasped", "open"),
}  # fmt: skip


def _pose(emotion: Emotion, *, speaking: bool, size: ShotSize, seed: int) -> str:
    if size in {"close-up", "extreme close-up"}:
        return "chin" if emotion == "thoughtful" and not speaking and size == "close-up" else "down"
    choices = _SPEAKING.get(emotion, _POSES[emotion]) if speaking else _POSES[emotion]
    return choices[seed % len(choices)]
