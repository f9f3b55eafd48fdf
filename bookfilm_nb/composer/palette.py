"""What each mood sounds like: scale, chords, instruments, and how much happens.

These are the project's own choices, in the common practice of film music: no data stands behind them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Mood

__all__ = ["PALETTES", "SCALES", "Palette"]

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}
"""Semitones above the tonic."""


class Palette(NamedTuple):
    """Instruments are General MIDI programs, counted from 0."""

    major: str
    minor: str
    """Scale for either mode."""
    progressions: tuple[tuple[int, ...], ...]
    """Chord roots as scale degrees counted from 0, one a bar."""
    pad: int
    figure: int
    figure_style: Literal["arpeggio", "pulse", "rocking", "chords", "tremolo"]
    melody: int
    bass: int
    drum: int | None
    """A tuned drum for accents (timpani 47, taiko 116), or none."""
    energy: float
    """0 to 1: loudness and how many notes."""


PALETTES: dict[Mood, Palette] = {
    "calm": Palette(
        "major", "dorian", ((0, 3, 0, 4), (0, 5, 3, 4), (0, 2, 3, 0)), 48, 46, "rocking", 73, 43, None, 0.35
    ),
    "happy": Palette(
        "major", "dorian", ((0, 4, 5, 3), (0, 3, 4, 0), (0, 1, 4, 0)), 48, 24, "arpeggio", 71, 32, None, 0.6
    ),
    "sad": Palette("major", "minor", ((0, 5, 2, 6), (0, 3, 5, 4), (0, 6, 5, 4)), 48, 0, "rocking", 42, 43, None, 0.3),
    "tense": Palette(
        "lydian", "phrygian", ((0, 0, 1, 0), (0, 5, 1, 0), (0, 3, 1, 4)), 44, 45, "pulse", 60, 43, 47, 0.6
    ),
    "fearful": Palette("lydian", "phrygian", ((0, 1, 0, 4), (0, 0, 5, 1)), 44, 48, "tremolo", 68, 43, 116, 0.5),
    "angry": Palette("major", "phrygian", ((0, 1, 0, 6), (0, 5, 6, 0)), 48, 43, "pulse", 57, 43, 47, 0.85),
    "mysterious": Palette("lydian", "dorian", ((0, 3, 0, 1), (0, 2, 6, 0)), 89, 8, "arpeggio", 68, 43, None, 0.35),
    "tender": Palette("major", "dorian", ((0, 5, 3, 4), (0, 2, 3, 4)), 48, 0, "arpeggio", 40, 42, None, 0.4),
    "triumphant": Palette("major", "dorian", ((0, 3, 4, 0), (0, 5, 3, 4)), 48, 48, "chords", 60, 43, 47, 0.9),
}
