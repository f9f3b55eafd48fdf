"""The film's theme: a short tune that returns in every cue, in the cue's own mode."""

from __future__ import annotations

import random
from typing import NamedTuple

__all__ = ["Theme", "ToneNote", "theme_for"]

_RHYTHMS = (
    (1.5, 0.5, 1.0, 1.0),
    (2.0, 1.0, 1.0),
    (1.0, 1.0, 2.0),
    (1.0, 0.5, 0.5, 2.0),
    (3.0, 1.0),
    (0.5, 0.5, 1.0, 2.0),
)
_CLOSING = ((4.0,), (2.0, 2.0), (1.0, 3.0))


class ToneNote(NamedTuple):
    """A note of the theme: how long (beats), and how many scale steps from the chord's root."""

    beats: float
    step: int


class Theme(NamedTuple):
    """Four bars of four beats: a call, its echo, a climb, and a close."""

    bars: tuple[tuple[ToneNote, ...], ...]


def theme_for(seed: int) -> Theme:
    """A theme for the film with this seed: chord notes on strong beats, steps between, one leap at most a bar."""
    lot = random.Random(f"theme/{seed}")
    call_rhythm, climb_rhythm = lot.choice(_RHYTHMS), lot.choice(_RHYTHMS)
    call = _bar(call_rhythm, lot, start=lot.choice((0, 2, 4)), drift=lot.choice((-1, 1)))
    echo = tuple(
        ToneNote(n.beats, n.step + lot.choice((-1, 0, 0, 1)) * (i == len(call) - 1)) for i, n in enumerate(call)
    )
    climb = _bar(climb_rhythm, lot, start=4, drift=1)
    close_rhythm = lot.choice(_CLOSING)
    close = tuple(ToneNote(beats, 2 * (len(close_rhythm) - 1 - i)) for i, beats in enumerate(close_rhythm))
    return Theme((call, echo, climb, close))


def _bar(rhythm: tuple[float, ...], lot: random.Random, *, start: int, drift: int) -> tuple[ToneNote, ...]:
    notes, step, beat = [], start, 0.0
    for beats in rhythm:
        if beat in {0.0, 2.0}:
            step = min((0, 2, 4, 7), key=lambda chord: (abs(chord - step), chord))
        notes.append(ToneNote(beats, step))
        step += drift * lot.choice((1, 1, 2)) if lot.random() < 0.75 else -drift
        step = max(-2, min(8, step))
        beat += beats
    return tuple(notes)
