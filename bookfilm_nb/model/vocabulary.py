"""The closed word lists that stages share: places, times, weather, moods, faces, shots.

They are English words because they are also the words of a shot prompt, which image models and the
embedded illustrator both read.
"""

from __future__ import annotations

from typing import Literal, get_args

__all__ = [
    "AGES",
    "EMOTIONS",
    "INTERIORS",
    "MOODS",
    "PLACE_KINDS",
    "SEASONS",
    "SHOT_SIZES",
    "TIMES_OF_DAY",
    "WEATHERS",
    "Age",
    "Angle",
    "CameraMove",
    "Emotion",
    "Language",
    "Mood",
    "PlaceKind",
    "Season",
    "Sex",
    "ShotSize",
    "TimeOfDay",
    "Transition",
    "Weather",
]

Language = Literal["en", "ru"]

PlaceKind = Literal[
    "forest", "field", "mountains", "sea shore", "open sea", "river", "village street",
    "city street", "road", "garden", "graveyard", "ruin",
    "room", "kitchen", "hall", "church", "tavern", "cellar", "tower", "ship",
]  # fmt: skip
TimeOfDay = Literal["dawn", "day", "dusk", "night"]
Weather = Literal["clear", "cloudy", "rain", "snow", "fog", "storm"]
Season = Literal["spring", "summer", "autumn", "winter"]
Mood = Literal["calm", "happy", "sad", "tense", "fearful", "angry", "mysterious", "tender", "triumphant"]

Sex = Literal["female", "male", "unknown"]
Age = Literal["child", "young", "adult", "old"]
Emotion = Literal[
    "neutral", "happy", "laughing", "sad", "angry", "afraid", "surprised", "worried",
    "tender", "thoughtful", "suspicious", "tired",
]  # fmt: skip

ShotSize = Literal["extreme wide", "wide", "full", "medium", "close-up", "extreme close-up"]
Angle = Literal["eye level", "low angle", "high angle"]
CameraMove = Literal[
    "static", "pan left", "pan right", "tilt up", "tilt down", "push in", "pull out",
    "track left", "track right",
]  # fmt: skip
Transition = Literal["cut", "dissolve", "fade"]

PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
INTERIORS: frozenset[PlaceKind] = frozenset({"room", "kitchen", "hall", "church", "tavern", "cellar", "tower"})
TIMES_OF_DAY: tuple[TimeOfDay, ...] = get_args(TimeOfDay)
WEATHERS: tuple[Weather, ...] = get_args(Weather)
SEASONS: tuple[Season, ...] = get_args(Season)
MOODS: tuple[Mood, ...] = get_args(Mood)
AGES: tuple[Age, ...] = get_args(Age)
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
SHOT_SIZES: tuple[ShotSize, ...] = get_args(ShotSize)
