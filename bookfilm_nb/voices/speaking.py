"""A screenplay element as speech: numbers as words, the speaker's style, even loudness, times of the author's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import ProviderError

from .finish import trimmed
from .normalise import normalise
from .phrases import words_of

if TYPE_CHECKING:
    from bookfilm_nb.model import WordTime
    from bookfilm_nb.model.vocabulary import Language
    from bookfilm_nb.providers.protocols import Samples, Speech, Voice, VoiceStyle

    from .aligned import Aligned

__all__ = ["LOUDNESS_DB", "VOICES_REVISION", "levelled", "speak_element"]

VOICES_REVISION = "2"
"""Changes whenever text, style and loudness would come out otherwise with the same engine: part of every key."""

LOUDNESS_DB = -20.0
"""Root mean square of what is louder than a gate, in dB of full scale: every voice is as loud as the next."""
GATE_DB = -26.0
"""The gate, below the loudest 20 ms."""
CEILING = 0.89
"""No sample goes above this (-1 dB of full scale)."""


def speak_element(voice: Voice, text: str, *, language: Language, style: VoiceStyle) -> Speech:
    """The author's text as speech; word times refer to characters of ``text``, in order.

    A number that is read as several words is one word here, over all of its digits. Raises ProviderError
    for a text without anything to say ("—", "***"), and what the voice raises.
    """
    spoken = normalise(text, language)
    if not words_of(spoken.text):
        raise ProviderError(
            f"There is nothing to say in {text[:40]!r}.", hint="Leave this element out or make it an action."
        )
    raw = voice.speak(spoken.text, language=language, style=style)
    speech = trimmed(raw)
    words = _authors_words(text, spoken, speech.words)
    return speech._replace(samples=levelled(speech.samples, speech.sample_rate), words=words, receipt=raw.receipt)


def levelled(samples: Samples, rate: int) -> Samples:
    """The samples at -20 dB of full scale where somebody speaks, never above -1 dB."""
    step = max(1, rate // 50)
    count = len(samples) // step
    if not count:
        return samples
    power = (samples[: count * step].astype(np.float64).reshape(count, step) ** 2).mean(axis=1)
    loud = power[power > power.max() * 10 ** (GATE_DB / 10)]
    peak = float(np.abs(samples).max())
    if not loud.size or peak <= 0:
        return samples
    gain = min(10 ** (LOUDNESS_DB / 20) / float(np.sqrt(loud.mean())), CEILING / peak)
    return (samples * np.float32(gain)).astype(np.float32)


def _authors_words(text: str, spoken: Aligned, heard: tuple[WordTime, ...]) -> tuple[WordTime, ...]:
    """Times of the author's words: each has the union of what was heard for it."""
    origins = [(*spoken.origin(word.start, word.end), word) for word in heard if word.end > word.start]
    found: list[WordTime] = []
    for start, end, word in origins:
        if found and start < found[-1].end:
            last = found[-1]
            found[-1] = last.model_copy(update={"end": max(last.end, end), "end_s": max(last.end_s, word.end_s)})
        else:
            found.append(word.model_copy(update={"start": start, "end": end}))
    return tuple(_bare(text, word) for word in found)


def _bare(text: str, word: WordTime) -> WordTime:
    """The word without the marks and spaces that a rewriting took along."""
    inside = [i for i in range(word.start, word.end) if text[i].isalnum()]
    return word.model_copy(update={"start": inside[0], "end": inside[-1] + 1}) if inside else word
