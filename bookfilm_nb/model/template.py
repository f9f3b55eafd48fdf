"""Genre templates: the figures that shape a film, each with its evidence."""

from __future__ import annotations

from typing import Literal

from .base import Document, Value

__all__ = ["Figure", "GenreTemplate"]


class Figure(Value):
    """A number and where it comes from. ``rows`` 0 marks a choice of this project, not a measurement."""

    value: float
    low: float
    high: float
    """The interquartile range, where measured."""
    source: str
    rows: int


class GenreTemplate(Document):
    """What a genre asks of a film."""

    genre: str
    shot_length_s: Figure
    """Average shot length, median over films."""
    shot_sigma: Figure
    """Sigma of the lognormal law of shot lengths."""
    dialogue_share: Figure
    """Share of spoken words that are dialogue rather than narration (of a screenplay's words)."""
    pause_s: Figure
    """Silence between sentences."""
    music_mode: Literal["major", "minor"]
    music_bpm: Figure
