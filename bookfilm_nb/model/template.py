"""Genre templates: the figures that shape a film, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from .base import Document, Value

__all__ = ["PERIODS", "ActPace", "Figure", "GenreTemplate", "Palette", "Period"]

Period = Literal["1930-1969", "1970-1989", "1990-2020"]
PERIODS: tuple[Period, ...] = get_args(Period)


class Figure(Value):
    """A number and where it comes from. ``rows`` 0 marks a choice of this project, not a measurement."""

    value: float
    low: float
    high: float
    """The interquartile range, where measured."""
    source: str
    rows: int


class ActPace(Value):
    """One act: which part of the film it is, and how long its shots are against the film's own average."""

    name: Literal["setup", "complication", "development", "climax"]
    starts: float
    ends: float
    """Shares of the running time, 0 to 1."""
    shot_length: Figure
    """Average shot length in the act divided by that of the whole film."""


class Palette(Value):
    """Colours of a genre's posters (of posters, not of frames: no open table of frames was found)."""

    brightness: Figure
    saturation: Figure
    """Medians over posters, 0 to 100."""
    colours: Mapping[str, float] = {}
    """Name of a colour and its share of the picture, 0 to 1, summing to 1; empty where no table of colours was read."""


class GenreTemplate(Document):
    """What a genre asks of a film in a period; a blend of genres is a template too."""

    genre: str
    """A genre's name, or a blend as it was asked for: ``mystery 0.7 + romance 0.3``."""
    period: Period
    weights: Mapping[str, float]
    """Genres and their shares, summing to 1; one genre with 1 where nothing is blended."""
    runtime_min: Figure
    acts: tuple[ActPace, ...]
    scene_length_s: Figure
    shot_length_s: Figure
    """Average shot length (ASL), median over films."""
    median_shot_s: Figure
    """Median shot length, median over films."""
    shot_sigma: Figure
    """Sigma of the lognormal law of shot lengths."""
    dialogue_share: Figure
    """Share of the words of a screenplay that are dialogue rather than direction."""
    narration_wpm: Mapping[str, Figure]
    """Words a minute while a narrator speaks, by language (``en``, ``ru``)."""
    tone: Mapping[str, Figure]
    """Share of the emotion words of subtitles, by emotion."""
    palette: Palette
    pause_s: Figure
    """Silence between sentences."""
    music_mode: Literal["major", "minor"]
    music_bpm: Figure
