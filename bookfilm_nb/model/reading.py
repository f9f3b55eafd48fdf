"""What a careful reader notices: people, who says what, places, and where scenes begin."""

from __future__ import annotations

from typing import Literal

from .base import Document, Span, Value
from .vocabulary import (
    Age,
    Emotion,
    Language,
    Mood,
    PlaceKind,
    Season,
    Sex,
    TimeOfDay,
    Weather,
)

__all__ = ["Character", "Looks", "Place", "Quote", "QuoteKind", "Reading", "SceneReading", "Sentence"]

QuoteKind = Literal["explicit", "anaphoric", "implicit"]


class Looks(Value):
    """How a person looks, as the text tells it; an empty field was not told.

    The words are English whatever the book's language, from small lists that the illustrator knows:
    hair "long", "short", "bun", "curly", "braids", "bald", "bangs"; hair_colour "black", "brown", "red",
    "blond", "grey", "white"; beard "full", "moustache", "goatee", "stubble"; hat "cap", "hat", "hood",
    "scarf", "turban"; clothes "coat", "dress", "shawl", "uniform", "cassock", "apron", "jersey";
    clothes_colour a plain colour word.
    """

    hair: str = ""
    hair_colour: str = ""
    beard: str = ""
    hat: str = ""
    glasses: bool = False
    clothes: str = ""
    clothes_colour: str = ""


class Character(Value):
    """A person of the story. ``id`` is a slug of the main name, stable for one text."""

    id: str
    name: str
    names: tuple[str, ...]
    """Every form that names this person, the main one included: full names, nicknames, titles, cases."""
    sex: Sex = "unknown"
    age: Age = "adult"
    looks: Looks = Looks()
    mentions: int = 0
    quotes: int = 0


class Place(Value):
    """A place where something happens. ``name`` is in the book's language, as a heading would have it."""

    id: str
    name: str
    kind: PlaceKind
    interior: bool


class Quote(Value):
    """Words that somebody says. The span leaves out quotation marks and the dialogue dash.

    A quotation that a said-clause interrupts is two quotes with one speaker.
    """

    span: Span
    text: str
    speaker: str | None
    kind: QuoteKind
    """How the speaker is known: named beside it, by a pronoun or a description, or only from the turn-taking."""
    confidence: float
    """0 to 1, the reader's own estimate."""
    cue: Span | None = None
    """The said-clause, where there is one."""
    emotion: Emotion = "neutral"


class Sentence(Value):
    """A sentence of the story outside quotations, or the part of one that stands outside them."""

    span: Span
    chapter: int
    """Index into ``Book.chapters``."""
    paragraph: int
    """Index into the chapter's paragraphs."""
    cue: bool = False
    """Whether this is only a said-clause ("said Anna"), which a film leaves out."""
    characters: tuple[str, ...] = ()
    """Who is named or clearly meant in it."""
    emotion: Emotion = "neutral"


class SceneReading(Value):
    """A stretch of the story in one place and time. Scenes cover the story's paragraphs in order."""

    id: str
    """"s01", "s02", ... in story order."""
    span: Span
    chapter: int
    place: str
    """Id of a :class:`Place`."""
    time: TimeOfDay
    weather: Weather
    season: Season
    mood: Mood
    characters: tuple[str, ...]
    """Ids of who is there, most present first."""


class Reading(Document):
    """The reading of one book; every span counts characters of ``Book.text``."""

    language: Language
    narrator: str | None
    """Id of the character who tells the story in the first person, if one does."""
    characters: tuple[Character, ...]
    places: tuple[Place, ...]
    quotes: tuple[Quote, ...]
    sentences: tuple[Sentence, ...]
    scenes: tuple[SceneReading, ...]

    def character(self, identity: str) -> Character:
        """The character with this id; KeyError where there is none."""
        return {c.id: c for c in self.characters}[identity]

    def place(self, identity: str) -> Place:
        """The place with this id; KeyError where there is none."""
        return {p.id: p for p in self.places}[identity]
