"""The screenplay: scenes with headings, and elements that each lead back to the book."""

from __future__ import annotations

from typing import Literal

from .base import Document, Span, Value
from .reading import Character
from .vocabulary import Emotion, Language, Mood, PlaceKind, Season, TimeOfDay, Weather

__all__ = ["Element", "LeftOut", "Scene", "SceneHeading", "Screenplay"]


class SceneHeading(Value):
    """INT. or EXT., the location in the book's language, and the time of day."""

    setting: Literal["INT.", "EXT."]
    location: str
    time: TimeOfDay


class Element(Value):
    """One element of a scene: a spoken sentence of narration, a spoken line, or an unspoken action.

    ``text`` is the author's: tidied characters of ``span``. One voice-over element is one sentence;
    one dialogue element is one quotation.
    """

    id: str
    """"s03e012": scene, then order in the scene."""
    kind: Literal["voice_over", "dialogue", "action"]
    text: str
    span: Span
    character: str | None = None
    """Who speaks; None is the narrator."""
    emotion: Emotion = "neutral"
    characters: tuple[str, ...] = ()
    """Who is seen or meant in it, speaker included."""
    opens_paragraph: bool = False
    """Whether the book begins a new paragraph here: the pause before it is longer."""
    edited: bool = False
    """Whether a person changed its words in screenplay.fountain: they are then no longer the author's."""

    @property
    def spoken(self) -> bool:
        """Whether a voice says it."""
        return self.kind != "action"


class Scene(Value):
    """A scene of the film."""

    id: str
    heading: SceneHeading
    place: PlaceKind
    weather: Weather = "clear"
    season: Season = "summer"
    mood: Mood = "calm"
    span: Span
    characters: tuple[str, ...]
    elements: tuple[Element, ...]


class LeftOut(Value):
    """A stretch of the story that the film does not use, and why."""

    span: Span
    reason: Literal["said-clause", "length", "verse", "scene cut", "edited"]


class Screenplay(Document):
    """The adaptation: what is heard and seen, in order."""

    title: str
    author: str
    language: Language
    genre: str = "drama"
    target_s: float
    narrator: str | None = None
    characters: tuple[Character, ...]
    scenes: tuple[Scene, ...]
    left_out: tuple[LeftOut, ...] = ()

    def elements(self) -> tuple[Element, ...]:
        """Every element of every scene, in order."""
        return tuple(e for s in self.scenes for e in s.elements)
