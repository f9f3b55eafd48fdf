"""What every engine's raw speech goes through: the style, and even ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.providers.protocols import Speech

from .shift import restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bookfilm_nb.model import WordTime
    from bookfilm_nb.providers.protocols import Samples, VoiceStyle

__all__ = ["EDGE_S", "Piece", "finished", "joined", "trimmed"]

EDGE_S = 0.030
"""Silence left at both ends of a take."""
SILENT_DB = -45.0
"""Below the loudest 10 ms by this much counts as silence at the ends."""


LOUD_DB = -34.0
"""The first word begins no earlier than this level: a breath before it is not the word."""


class Piece(NamedTuple):
    """Raw speech of one phrase. Word times are in seconds from the first sample, characters of the whole text."""

    samples: Samples
    words: tuple[WordTime, ...]
    pause_s: float
    """Silence to follow, where another piece follows."""


def finished(
    pieces: Sequence[Piece],
    rate: int,
    style: VoiceStyle,
    timing: Literal["exact", "aligned", "estimated"],
) -> Speech:
    """The pieces in the asked style, one after the other with their pauses, as one speech."""
    styled: list[Piece] = []
    for piece in pieces:
        samples = restyle(piece.samples, rate, style)
        words = tuple(_scaled(word, style.rate) for word in piece.words)
        speech = trimmed(Speech(samples, rate, words, timing))
        styled.append(Piece(speech.samples, speech.words, piece.pause_s / style.rate))
    return joined(styled, rate, timing)


def joined(pieces: Sequence[Piece], rate: int, timing: Literal["exact", "aligned", "estimated"]) -> Speech:
    """Pieces one after the other, each followed by its pause except the last."""
    sounds: list[Samples] = []
    words: list[WordTime] = []
    place = 0
    for index, piece in enumerate(pieces):
        words += [_moved(word, place / rate) for word in piece.words]
        gap = round(piece.pause_s * rate) if index + 1 < len(pieces) else 0
        sounds += [piece.samples, np.zeros(gap, np.float32)]
        place += len(piece.samples) + gap
    return Speech(np.concatenate(sounds) if sounds else np.zeros(0, np.float32), rate, tuple(words), timing)


def trimmed(speech: Speech) -> Speech:
    """The speech with 30 ms of silence at both ends; word times shifted along, and drawn in to what is heard.

    Engines count a pause after a word as part of it; a caption must not. Raises ProviderError where nothing is heard.
    """
    rate = speech.sample_rate
    loudness = _loudness(speech.samples, rate)
    peak = float(loudness.max(initial=0.0))
    if peak <= 0:
        raise ProviderError("The voice gave only silence.", hint="Choose another voice for this language.")
    sounding = loudness > peak * 10 ** (SILENT_DB / 20)
    heard = np.flatnonzero(sounding)
    step = _step(rate)
    first, last = int(heard[0]) * step, min(len(speech.samples), (int(heard[-1]) + 1) * step)
    edge = round(EDGE_S * rate)
    before, after = max(0, edge - first), max(0, edge - (len(speech.samples) - last))
    samples = np.pad(speech.samples[max(0, first - edge) : last + edge], (before, after)).astype(np.float32)
    samples = _faded(samples, round(0.005 * rate))
    shift = (edge - first) / rate
    length = len(samples) / rate
    words = [_held(_moved(_drawn_in(word, sounding, step / rate), shift), length) for word in speech.words]
    if words:
        loud_s = int(np.argmax(loudness > peak * 10 ** (LOUD_DB / 20))) * step / rate + shift
        begins = min(max(words[0].start_s, loud_s), words[0].end_s)
        words[0] = words[0].model_copy(update={"start_s": begins})
    return speech._replace(samples=samples, words=tuple(words))


def _step(rate: int) -> int:
    return max(1, rate // 100)


def _loudness(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Root mean square of every 10 ms."""
    step = _step(rate)
    count = -(-len(samples) // step)
    blocks = np.pad(samples.astype(np.float64), (0, count * step - len(samples))).reshape(count, step)
    result: NDArray[np.float64] = np.sqrt((blocks**2).mean(axis=1)) if count else np.zeros(0)
    return result


def _faded(samples: Samples, length: int) -> Samples:
    """Both ends brought to zero over ``length`` samples, so that no take begins or ends with a click."""
    length = min(length, len(samples) // 2)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    samples = samples.copy()
    samples[:length] *= ramp
    samples[len(samples) - length :] *= ramp[::-1]
    return samples


def _scaled(word: WordTime, rate: float) -> WordTime:
    return word.model_copy(update={"start_s": word.start_s / rate, "end_s": word.end_s / rate})


def _moved(word: WordTime, by_s: float) -> WordTime:
    return word.model_copy(update={"start_s": word.start_s + by_s, "end_s": word.end_s + by_s})


def _drawn_in(word: WordTime, sounding: NDArray[np.bool_], step_s: float) -> WordTime:
    """The word without silence at its ends, ``sounding`` being true for every 10 ms that are heard."""
    first = max(0, int(word.start_s / step_s))
    heard = np.flatnonzero(sounding[first : max(first + 1, round(word.end_s / step_s))])
    if not heard.size:
        return word
    start = max(word.start_s, (first + int(heard[0])) * step_s)
    end = min(word.end_s, (first + int(heard[-1]) + 1) * step_s)
    return word.model_copy(update={"start_s": start, "end_s": max(start, end)})


def _held(word: WordTime, length_s: float) -> WordTime:
    start = min(max(0.0, word.start_s), length_s)
    return word.model_copy(update={"start_s": start, "end_s": min(max(start, word.end_s), length_s)})
