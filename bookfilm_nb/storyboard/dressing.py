"""What stands on a set: once named it is there in every shot of the scene, a landmark as long as the film lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .things import things

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bookfilm_nb.model import Scene
    from bookfilm_nb.model.vocabulary import Language

__all__ = ["Dressing"]

_LANDMARKS = frozenset(
    {"lighthouse", "church", "bridge", "well", "windmill", "castle", "tree", "house", "fence", "grave cross"}
)
_PASSING = frozenset({"bird", "letter", "book", "horse", "cart", "lightning"})
"""What is seen only while it is spoken of."""
_LIGHTS = frozenset({"lamp", "candle", "fire"})
_BY_THE_SEA = frozenset({"sea shore", "open sea"})
_MOST = 5


class Dressing:
    """Keeps, for one film, what each set has shown so far."""

    def __init__(self, scenes: Sequence[Scene], language: Language) -> None:
        """``scenes`` are all of the film: a tower is a lighthouse's where the film has a lighthouse."""
        self._language = language
        told = " ".join(f"{s.heading.location}. {' '.join(e.text for e in s.elements)}" for s in scenes)
        self._has_lighthouse = "lighthouse" in things(told, language, most=len(told))
        self._landmarks: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._scene: tuple[str, ...] = ()

    def enter(self, scene: Scene) -> None:
        """Dress the set for a scene: what the heading and the narration name, and the lights that people speak of."""
        told = " ".join(e.text for e in scene.elements if e.kind != "dialogue")
        said = " ".join(e.text for e in scene.elements if e.kind == "dialogue")
        named = self._named(scene, f"{scene.heading.location}. {told}")
        named += [t for t in self._named(scene, said) if t in _LIGHTS or t == "lighthouse"]
        key = (scene.heading.setting, scene.place, scene.heading.location.casefold())
        if scene.place == "tower" and "lamp" in named and self._has_lighthouse:
            named.append("lighthouse")
        landmarks = [t for t in named if t in _LANDMARKS]
        self._landmarks[key] = _once([*self._landmarks.get(key, ()), *landmarks])
        self._scene = _once([*self._landmarks[key], *(t for t in named if t not in _PASSING)])

    def of_set(self) -> tuple[str, ...]:
        """What stands there during the whole scene."""
        return self._scene[:_MOST]

    def of_shot(self, scene: Scene, narration: str) -> tuple[str, ...]:
        """What a shot shows while this is told: the passing things it names, then the set."""
        passing = [t for t in self._named(scene, narration) if t in _PASSING]
        return _once([*passing, *self._scene])[:_MOST]

    def _named(self, scene: Scene, text: str) -> list[str]:
        found = things(text, self._language, interior=scene.heading.setting == "INT.", most=_MOST)
        # By the sea the lamp that a story tells of is the one that ships steer by.
        return ["lighthouse" if t == "lamp" and scene.place in _BY_THE_SEA else t for t in found]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
