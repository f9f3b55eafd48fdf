"""How long a film will be: the constants and the small sums that every estimate of length uses.

The adaptation fills its target with these, the storyboard plans its shots with these, and the cutting room
lays its pauses and cards with these, so that the estimate and the film agree. Seconds everywhere. Until a
line is spoken its length is an estimate; afterwards only its samples count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bookfilm_nb.model import Element, Scene, Screenplay

__all__ = [
    "END_CARD_S",
    "ESTABLISHING_S",
    "NARRATED_S",
    "PAUSE_S",
    "TITLE_CARD_S",
    "establishing_s",
    "estimate_s",
    "followed",
    "narrated",
    "pause_after",
    "scene_id",
    "scene_s",
    "speech_s",
]

TITLE_CARD_S = 3.5
"""The title, before the first picture of the story."""
END_CARD_S = 5.0
"""The credits, after the last picture of the story."""
ESTABLISHING_S = 2.5
"""The silent shot that opens a scene in another place or at another time, where somebody speaks first."""
NARRATED_S = 0.8
"""How much later a narrator begins over the first picture of such a scene, so that the place is seen before."""
PAUSE_S = 0.4
"""Silence between sentences where no template says otherwise."""

_WITHIN = 0.5  # of the pause, between parts of one sentence
_SPEAKER = 1.25  # where another voice takes over
_PARAGRAPH = 1.5
_SCENE_S = 0.4  # added to a paragraph's pause when a scene ends
_OPEN_ENDS = ",;:—–-"


def speech_s(text: str, rate_cps: float) -> float:
    """Seconds a voice needs for the text at ``rate_cps`` characters a second."""
    return len(text) / rate_cps


def scene_id(element_id: str) -> str:
    """The scene of an element: "s03" of "s03e012"."""
    return element_id.rpartition("e")[0]


def pause_after(element: Element, following: Element | None, pause_s: float = PAUSE_S) -> float:
    """Silence between a spoken element and the next spoken one (None: the film's last), in seconds.

    ``pause_s`` is the template's pause between sentences. It is halved inside a sentence, longer where the
    speaker changes and where the book begins a new paragraph, and longest where the scene ends.
    """
    if following is None or scene_id(element.id) != scene_id(following.id):
        return pause_s * _PARAGRAPH + _SCENE_S
    if following.opens_paragraph:
        return pause_s * _PARAGRAPH
    if element.text.rstrip("\"'»”’ ")[-1:] in _OPEN_ENDS or following.text[:1].islower():
        return pause_s * _WITHIN
    if (element.kind, element.character) != (following.kind, following.character):
        return pause_s * _SPEAKER
    return pause_s


def followed(elements: Iterable[Element]) -> tuple[tuple[Element, Element | None], ...]:
    """Each spoken element with the spoken one after it, the last with None."""
    spoken = [e for e in elements if e.spoken]
    return tuple(zip(spoken, [*spoken[1:], None], strict=False))


def narrated(scene: Scene) -> bool:
    """Whether the scene's first words are the narrator's, so that they may be heard over the first picture."""
    return next((e.kind == "voice_over" for e in scene.elements if e.spoken), False)


def establishing_s(before: Scene | None, scene: Scene) -> float:
    """Seconds of silence over the picture that opens the scene: 0 where neither the place nor the time changes.

    A narrator begins over that picture; before a talk it is a shot of its own.
    """
    if before is not None and before.heading == scene.heading:
        return 0.0
    return NARRATED_S if narrated(scene) else ESTABLISHING_S


def scene_s(elements: Sequence[Element], rate_cps: float, pause_s: float = PAUSE_S) -> float:
    """Seconds of speech and pauses of one scene's elements, the silence after the last included."""
    return sum(speech_s(e.text, rate_cps) + pause_after(e, n, pause_s) for e, n in followed(elements))


def estimate_s(screenplay: Screenplay, *, rate_cps: float, pause_s: float = PAUSE_S) -> float:
    """Estimated length of the whole film in seconds: cards, establishing shots, speech and pauses."""
    total = TITLE_CARD_S + END_CARD_S
    before = None
    for scene in screenplay.scenes:
        total += establishing_s(before, scene) + scene_s(scene.elements, rate_cps, pause_s)
        before = scene
    return total
