"""Who speaks how: from one engine's voice, a voice for every character."""

from __future__ import annotations

import random
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.providers.protocols import VoiceStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Character
    from bookfilm_nb.model.vocabulary import Age, Language, Sex
    from bookfilm_nb.providers.protocols import Voice

__all__ = ["PITCH_STEP", "RATE_STEP", "cast", "distance"]

PITCH_STEP = 1.2
"""Semitones between two voices that a listener keeps apart."""
RATE_STEP = 0.06
"""Or this difference in pace."""
LOWEST_SHIFT, HIGHEST_SHIFT = -9.0, 10.0
"""Semitones. In English (where the highest used is 6.4) bench/voices.py counts 3 of 104 words wrong at -9, 5 unshifted
and 13 at 6; Russian words were not counted, there is no small recogniser for them."""
_F0_HZ: dict[Language, float] = {"en": 190.0, "ru": 115.0}
"""Of a voice that has no ``f0_hz``: a woman's in English, a man's in Russian, as the embedded ones are."""


class _Kind(NamedTuple):
    """The range of a kind of speaker: fundamental frequency in Hz, and pace."""

    low_hz: float
    high_hz: float
    slow: float
    quick: float


# Means and spreads of speaking fundamental frequency after Baken and Orlikoff, "Clinical Measurement of Speech
# and Voice" (2000), ch. 6: men about 100-135 Hz, women 180-220, children of 8-10 years 235-290; old men higher
# and old women lower than in middle age. Pace is this project's choice.
_KINDS: dict[tuple[Sex, Age], _Kind] = {
    ("male", "child"): _Kind(240, 268, 0.99, 1.08),
    ("male", "young"): _Kind(124, 150, 1.00, 1.10),
    ("male", "adult"): _Kind(98, 135, 0.94, 1.06),
    ("male", "old"): _Kind(104, 145, 0.85, 0.92),
    ("female", "child"): _Kind(250, 280, 0.99, 1.08),
    ("female", "young"): _Kind(200, 240, 1.00, 1.10),
    ("female", "adult"): _Kind(165, 220, 0.94, 1.06),
    ("female", "old"): _Kind(150, 190, 0.85, 0.92),
    ("unknown", "child"): _Kind(240, 280, 0.99, 1.08),
    ("unknown", "young"): _Kind(150, 210, 1.00, 1.10),
    ("unknown", "adult"): _Kind(135, 195, 0.94, 1.06),
    ("unknown", "old"): _Kind(125, 170, 0.85, 0.92),
}


def cast(
    characters: Sequence[Character], voice: Voice, *, language: Language, narrator: str | None, seed: int
) -> dict[str | None, VoiceStyle]:
    """A style for every character by sex and age, and under None the narrator's: the engine's own voice.

    A character who tells the story speaks with the narrator's voice. Who says most chooses first, so the
    main voices lie near the middle of their kind; two styles are twice 1.2 semitones or 6 % of pace apart where
    there is room, and once as long as there is any. The same characters and seed give the same styles.
    """
    own = VoiceStyle()
    styles: dict[str | None, VoiceStyle] = {None: own}
    base_hz = float(getattr(voice, "f0_hz", 0) or _F0_HZ[language])
    for person in sorted(characters, key=lambda c: (-c.quotes, -c.mentions, c.id)):
        if person.id == narrator:
            styles[person.id] = own
            continue
        options = _options(_KINDS[person.sex, person.age], base_hz, random.Random(f"{seed} {person.id}"))
        taken = list(styles.values())
        free = (style for wanted in (2, 1.5, 1) for style in options if _room(style, taken) >= wanted)
        styles[person.id] = next(free, None) or max(options, key=lambda style: _room(style, taken))
    return styles


def distance(one: VoiceStyle, other: VoiceStyle) -> float:
    """How far apart two styles are: 1 is just enough to keep them apart."""
    return max(abs(one.pitch - other.pitch) / PITCH_STEP, abs(one.rate - other.rate) / RATE_STEP)


def _room(style: VoiceStyle, taken: Sequence[VoiceStyle]) -> float:
    return round(min(distance(style, other) for other in taken), 6)


def _options(kind: _Kind, base_hz: float, chance: random.Random) -> list[VoiceStyle]:
    """Styles of the kind, from the middle of its range outwards; the seed decides between equals."""
    low, high = (min(HIGHEST_SHIFT, max(LOWEST_SHIFT, 12 * log2(hz / base_hz))) for hz in (kind.low_hz, kind.high_hz))
    pitches = _steps(low, high, PITCH_STEP / 3)
    rates = _steps(kind.slow, kind.quick, RATE_STEP / 3)
    middle = VoiceStyle(pitch=(low + high) / 2, rate=(kind.slow + kind.quick) / 2)
    options = [VoiceStyle(pitch=round(p, 2), rate=round(r, 3)) for p in pitches for r in rates]
    chance.shuffle(options)
    return sorted(options, key=lambda style: round(distance(style, middle), 1))


def _steps(low: float, high: float, step: float) -> list[float]:
    count = max(1, round((high - low) / step))
    return [low + (high - low) * i / count for i in range(count + 1)]
