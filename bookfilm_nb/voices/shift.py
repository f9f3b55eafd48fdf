"""Another pitch, pace and size of throat for recorded speech, by pitch-synchronous overlap-add.

Grains of two periods around each pitch mark are laid out again, closer or further apart (Moulines and
Charpentier 1990, "Pitch-synchronous waveform processing techniques for text-to-speech synthesis"): the
resonances of the throat stay where they are while the pitch moves. A man's throat is longer than a
woman's and a child's shorter, so each grain is also stretched or squeezed a little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .pitch import PitchTrack, pitch_marks, track_pitch

if TYPE_CHECKING:
    from bookfilm_nb.providers.protocols import Samples, VoiceStyle

__all__ = ["restyle"]

_THROAT_BELOW, _THROAT_ABOVE = 0.3, 0.15
"""Semitones the resonances move for each semitone of pitch, below and above a woman's pitch.

Men speak about 10 semitones below women and their formants lie about 2.8 semitones lower (Hillenbrand et
al. 1995, "Acoustic characteristics of American English vowels", Table V). Above a woman's voice half of
that: there, in bench/voices.py, the words stay clear.
"""
_WOMAN_HZ = 200.0


def restyle(samples: Samples, rate: int, style: VoiceStyle) -> Samples:
    """The speech at another pitch and pace: float32, shape (round(n / style.rate),), same sample rate.

    What was heard at second t is heard at second t / ``style.rate``, so word times scale by exactly that.
    The engine's own style gives the samples back untouched.
    """
    if style.pitch == 0.0 and style.rate == 1.0:
        return samples
    length = round(len(samples) / style.rate)
    if not len(samples) or not length:
        return np.zeros(length, np.float32)
    pitch = 2.0 ** (style.pitch / 12)
    track = track_pitch(samples, rate)
    marks = pitch_marks(samples, rate, track)
    throat = _throat(track, pitch)
    source = samples.astype(np.float64)
    out = np.zeros(length)
    weight = np.zeros(length)
    place = 0.0
    middles = (marks.positions[1:] + marks.positions[:-1]) / 2
    while place < length:
        index = int(np.searchsorted(middles, place * style.rate))
        voiced = bool(marks.voiced[index])
        period = float(marks.periods[index])
        _lay(out, weight, source, int(marks.positions[index]), place, period, throat if voiced else 1.0)
        place += period / pitch if voiced else period
    # Where grains overlap more or less than twice over, the level is evened out; gaps between deep periods stay.
    out /= np.maximum(weight, 0.7)
    return out.astype(np.float32)


def _throat(track: PitchTrack, pitch: float) -> float:
    """How much higher the resonances come to lie when this voice speaks ``pitch`` times as high."""
    voiced = track.f0[track.f0 > 0]
    middle = float(np.median(voiced)) if voiced.size else _WOMAN_HZ
    below = min(middle * pitch, _WOMAN_HZ) / min(middle, _WOMAN_HZ)
    above = max(middle * pitch, _WOMAN_HZ) / max(middle, _WOMAN_HZ)
    return float(below**_THROAT_BELOW * above**_THROAT_ABOVE)


def _lay(
    out: np.ndarray, weight: np.ndarray, source: np.ndarray, mark: int, place: float, period: float, throat: float
) -> None:
    """Adds the grain around ``mark`` to ``out`` around ``place``, its time axis squeezed by ``throat``."""
    half = period / throat
    first, last = max(0, int(np.ceil(place - half))), min(len(out), int(np.floor(place + half)) + 1)
    if last <= first:
        return
    offset = np.arange(first, last) - place
    window = 0.5 + 0.5 * np.cos(np.pi * offset / half)
    where = mark + offset * throat
    base = np.floor(where).astype(np.int64)
    part = where - base
    inside = (base >= 0) & (base + 1 < len(source))
    base = np.clip(base, 0, len(source) - 2) if len(source) > 1 else np.zeros_like(base)
    after = np.minimum(base + 1, len(source) - 1)
    grain = (source[base] * (1 - part) + source[after] * part) * inside
    out[first:last] += grain * window
    weight[first:last] += window
