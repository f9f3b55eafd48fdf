"""Size, angle and move of a shot, from what it tells and from the shot before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .pace import chance
from .things import is_walk, looks_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Scene, Shot
    from bookfilm_nb.model.vocabulary import Angle, CameraMove, Emotion, ShotSize

__all__ = ["OPPOSITE", "angle_for", "move_for", "size_for"]

_STRONG = frozenset({"angry", "afraid", "sad", "surprised", "worried", "tender", "laughing"})
_LONELY = frozenset({"sad", "tired", "afraid"})
OPPOSITE: dict[CameraMove, CameraMove] = {
    "pan left": "pan right", "pan right": "pan left", "tilt up": "tilt down", "tilt down": "tilt up",
    "push in": "pull out", "pull out": "push in", "track left": "track right", "track right": "track left",
}  # fmt: skip
_SIDEWAYS: dict[CameraMove, CameraMove] = {
    "pan left": "track right", "pan right": "track left", "track left": "pan right", "track right": "pan left",
}  # fmt: skip


def size_for(
    people: Sequence[str],
    words: str,
    emotion: Emotion,
    key: str,
    *,
    talk: bool,
    previous: Shot | None,
    changed: bool,
    scene: Scene,
    first: bool = False,
    met: bool = False,
) -> ShotSize:
    """The shot's size: never that of the shot before, unless other people are in it (shot and reverse shot).

    ``first``: somebody in it was never seen before; ``met``: the scene has shown these people together already,
    so that one may be seen over the other's shoulder.
    """
    before = previous.size if previous else None
    same_scene = previous is not None and previous.scene == scene.id
    wishes = _wishes(people, words, emotion, talk=talk, first=first, met=met)
    if len(wishes) > 2 and chance(key, "size") > 0.7:
        wishes = [wishes[1], wishes[0], *wishes[2:]]
    for wish in wishes:
        if wish != before or not same_scene or (changed and people):
            return wish
    return wishes[-1]


def _wishes(
    people: Sequence[str], words: str, emotion: Emotion, *, talk: bool, first: bool, met: bool
) -> list[ShotSize]:
    """Sizes that suit, best first. A set without people is never seen close: it would only be out of focus."""
    if not people:
        return ["wide", "extreme wide"]
    if len(people) > 1:
        return ["close-up", "medium", "full"] if talk and met and len(people) == 2 else ["medium", "full", "wide"]
    if first:
        return ["medium", "close-up", "full"]
    if talk:
        if emotion in _STRONG:
            return ["close-up", "medium", "extreme close-up"]
        return ["medium", "close-up", "full"]
    if is_walk(words):
        return ["full", "wide", "medium"]
    if emotion in _STRONG:
        return ["close-up", "medium", "full"]
    return ["medium", "full", "close-up"]


def angle_for(size: ShotSize, people: Sequence[str], emotion: Emotion, scene: Scene, key: str) -> Angle:
    """Low for menace, high for loneliness, else at eye level."""
    draw = chance(key, "angle")
    if len(people) != 1:
        return "eye level"
    if emotion == "angry" and draw < 0.7:
        return "low angle"
    menace = scene.mood in ("tense", "fearful", "triumphant") and emotion in ("neutral", "suspicious")
    if menace and size in ("medium", "full") and draw < 0.25:
        return "low angle"
    if emotion in _LONELY and size in ("full", "wide", "medium") and draw < 0.5:
        return "high angle"
    return "eye level"


def move_for(
    size: ShotSize,
    people: Sequence[str],
    words: str,
    key: str,
    previous: Shot | None,
    *,
    vast: bool,
    emotion: Emotion = "neutral",
    speaking: bool = False,
) -> CameraMove:
    """A move that fits what is told, never the reverse of the move before the cut.

    Only a figure that speaks is ever seen by a camera at rest: the picture never stands still.
    """
    left = chance(key, "side") < 0.5
    sideways: CameraMove = "track left" if left else "track right"
    move = _wish(size, people, words, key, vast=vast, strong=emotion in _STRONG, speaking=speaking)
    if previous is None:
        return move
    if previous.move == move == "push in" and emotion not in _STRONG:
        move = sideways
    if not _reverses(previous.move, move):
        return move
    if move in _SIDEWAYS:
        return previous.move
    return "static" if speaking else sideways


def _wish(
    size: ShotSize, people: Sequence[str], words: str, key: str, *, vast: bool, strong: bool, speaking: bool
) -> CameraMove:
    """The move that what is told asks for, whatever came before."""
    left = chance(key, "side") < 0.5
    draw = chance(key, "move")
    sideways: CameraMove = "track left" if left else "track right"
    if is_walk(words) and size in ("full", "wide", "medium", "extreme wide") and people:
        return sideways
    if vast and looks_up(words):
        return "tilt up"
    if vast and draw < 0.7:
        return "pan left" if left else "pan right"
    if vast:
        return "push in" if draw < 0.85 else "pull out"
    if len(people) > 1:
        return "push in" if draw < 0.6 else sideways
    if size == "extreme close-up" or strong or draw < 0.55:
        return "push in"
    if draw < 0.85:
        return sideways
    return "static" if speaking else "push in"


def _reverses(before: CameraMove, move: CameraMove) -> bool:
    return OPPOSITE.get(before) == move or _SIDEWAYS.get(before) == move
