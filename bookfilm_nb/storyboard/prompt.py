"""The words of a shot prompt, in the grammar of :class:`~bookfilm_nb.model.Shot`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Scene
    from bookfilm_nb.model.vocabulary import Angle, Emotion, ShotSize

__all__ = ["Figure", "figure_name", "framing", "place_name", "prompt_words"]


_MARKS = '[]"“”„«»'


class Figure(NamedTuple):
    """One person in a shot."""

    name: str
    looks: str
    emotion: Emotion
    speaking: bool = False
    position: str = ""
    """Left, centre or right; empty: by the order of the figures."""


def framing(size: ShotSize, angle: Angle) -> str:
    """The first sentence of a prompt: "Wide shot, eye level."."""
    shot = size.capitalize() if size.endswith("close-up") else f"{size.capitalize()} shot"
    return f"{shot}, {angle}."


def figure_name(name: str) -> str:
    """The name as it stands in a prompt: without the marks of the grammar."""
    return " ".join("".join(" " if c in "[]:;" else c for c in name).split()) or "Somebody"


def place_name(location: str) -> str:
    """The location of a heading as it stands in a prompt: without the marks of the grammar."""
    return " ".join("".join(" " if c in _MARKS else c for c in location).split())


def prompt_words(
    size: ShotSize, angle: Angle, scene: Scene, figures: Sequence[Figure], details: Sequence[str] = ()
) -> str:
    """The whole prompt of a shot; figures stand from left to right in the order given."""
    inside = "Interior" if scene.heading.setting == "INT." else "Exterior"
    name = place_name(scene.heading.location)
    named = f'{scene.place} "{name}"' if name else scene.place
    place = f"{inside}, {named}, {scene.heading.time}, {scene.weather}, {scene.season}."
    positions = {1: ("centre",), 2: ("left", "right"), 3: ("left", "centre", "right")}.get(len(figures), ())
    people = [
        f"[{figure_name(f.name)}: {f.looks}; {f.emotion}; {f.position or position}{'; speaking' if f.speaking else ''}]"
        for f, position in zip(figures, positions, strict=True)
    ]
    seen = [f"Details: {', '.join(details)}."] if details else []
    return " ".join([framing(size, angle), place, f"Mood: {scene.mood}.", *people, *seen])
