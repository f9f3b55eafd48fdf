"""When each word is heard in speech whose engine does not tell: eSpeak NG says the same words, and it tells.

The two recordings are laid over each other (:mod:`.warp`), and each word of eSpeak's is found in the other: what the
aeneas project does for sentences, here for words. No network, no model, the same for English and Russian.

Error of a word's begin against engines that know it, median and 95th percentile in ms (bench/align.py; 60 sentences of
the two sample stories, 838 and 697 words; the figures for paragraphs of six sentences are the same within a tenth):

| method | hibari, English | Piper, English | Festival, Russian |
|---|---|---|---|
| aligned | 21, 144 | 18, 94 | 17, 134 |
| estimated, by eSpeak's lengths and letters | 73, 232 | 52, 166 | 47, 212 |
| estimated, by letters, without eSpeak | 99, 327 | 74, 215 | 67, 246 |

Speech that is not the text stands out: its words would have to be said now twice as fast and now twice as slowly. Then
the times are an estimate by shares (:mod:`.shares`), and are called one.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.model import WordTime
from bookfilm_nb.providers.protocols import VoiceStyle

from .phrases import words_of
from .shares import letters, shared_out
from .spectra import HOP_S, cepstra
from .warp import warp

if TYPE_CHECKING:
    from bookfilm_nb.providers.protocols import Samples, Speech

__all__ = ["Timed", "word_times"]

_UNLIKELY = 2.2
"""A word that is said so much faster or slower than the middle of its neighbours is taken for misplaced."""
_MOST_UNLIKELY = 0.2
"""Share of misplaced words from which on the speech is not taken for the text. Of 24 sentences a language, the right
text had 0.15 (95th percentile), another text 0.2 and half of the sound 0.4 (medians)."""
_SHORT_S = 0.06
"""Words as short as this say nothing about pace."""
_MARKS = frozenset(".!?…,;:—–")


class Timed(NamedTuple):
    """Times of words, and how they were found."""

    words: tuple[WordTime, ...]
    timing: Literal["aligned", "estimated"]


def word_times(text: str, samples: Samples, rate: int, *, language: str, offset: int = 0) -> Timed:
    """When each word of the text is heard; characters count from ``offset``.

    ``samples``: float32 mono, shape (n,), the speech of this text and no other. Every word gets a time, in order,
    inside the sound.
    """
    spans = words_of(text)
    if not spans or not len(samples):
        return Timed((), "estimated")
    said = _espeak(text, language)
    weights = [letters(text[a:b]) for a, b in spans]
    timing: Literal["aligned", "estimated"] = "estimated"
    times: list[tuple[float, float]] | None = None
    if said is not None:
        times = _laid_over(said, spans, samples, rate)
        lengths = _lengths(said, spans)
        weights = [math.sqrt(length * weight) for length, weight in zip(lengths, weights, strict=True)]
        timing = "aligned" if _likely(times, lengths) else "estimated"
    if times is None or timing == "estimated":
        marked = [any(c in _MARKS for c in text[b:a]) for (_, b), (a, _) in pairwise(spans)]
        times = shared_out(weights, marked, samples, rate)
    length = len(samples) / rate
    words = tuple(
        WordTime(start=offset + a, end=offset + b, start_s=min(begin, length), end_s=min(max(begin, end), length))
        for (a, b), (begin, end) in zip(spans, times, strict=True)
    )
    return Timed(words, timing)


def _espeak(text: str, language: str) -> Speech | None:
    """The text as eSpeak NG says it; None where it cannot."""
    from .espeak import EspeakVoice

    try:
        return EspeakVoice().speak(text, language=language, style=VoiceStyle())
    except (ChoiceError, MissingPartError, ProviderError):
        return None


def _lengths(said: Speech, spans: list[tuple[int, int]]) -> list[float]:
    """How long eSpeak NG takes for each word."""
    known = {(word.start, word.end): word.end_s - word.start_s for word in said.words}
    return [max(0.04, known.get(span, 0.04)) for span in spans]


def _laid_over(said: Speech, spans: list[tuple[int, int]], samples: Samples, rate: int) -> list[tuple[float, float]]:
    """Begin and end of every word in the sound: where eSpeak's begin and end lie in it."""
    places = warp(cepstra(said.samples, said.sample_rate), cepstra(samples, rate))
    known = {(word.start, word.end): (word.start_s, word.end_s) for word in said.words}
    frames = np.arange(len(places))
    times: list[tuple[float, float]] = []
    now = 0.0
    for span in spans:
        moments = known.get(span)
        if moments is not None:
            begin, end = (float(np.interp(moment / HOP_S, frames, places)) * HOP_S for moment in moments)
            times.append((max(now, begin), max(now, begin, end)))
        else:
            times.append((now, now))
        now = times[-1][1]
    return times


def _likely(times: list[tuple[float, float]], lengths: list[float]) -> bool:
    """Whether the words are said at one pace, as they are where the sound is the text."""
    pace = np.array([
        np.log(max(end - begin, HOP_S) / length)
        for (begin, end), length in zip(times, lengths, strict=True)
        if length >= _SHORT_S
    ])  # fmt: skip
    if not pace.size:
        return True
    unlikely = np.abs(pace - np.median(pace)) > np.log(_UNLIKELY)
    return bool(unlikely.mean() <= max(_MOST_UNLIKELY, 1 / pace.size))
