"""A text in parts that a service takes, the sound of each, and what was fetched for a line that is not complete yet."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal

from bookfilm_nb.errors import ProviderError

from .align import word_times
from .finish import Piece, finished
from .phrases import Phrase, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import WordTime
    from bookfilm_nb.providers.protocols import Samples, Speech, VoiceStyle

__all__ = ["Unfinished", "parts_of", "spoken"]

_MOST_KEPT = 64 << 20


def parts_of(text: str, longest: int) -> list[Phrase]:
    """Parts of at most ``longest`` characters that end where a sentence ends, else a clause, else a word.

    Short sentences go together, so that there are few calls.
    """
    parts: list[Phrase] = []
    for phrase in phrases(text, longest=longest):
        if parts and phrase.end - parts[-1].start <= longest:
            parts[-1] = phrase._replace(start=parts[-1].start)
        else:
            parts.append(phrase)
    return parts


def spoken(
    text: str, sounds: Sequence[tuple[Phrase, Samples, int]], *, language: str, style: VoiceStyle, engine: str
) -> Speech:
    """The parts' sounds as one speech in the style, with a time for every word. Raises ProviderError."""
    if not sounds:
        raise ProviderError(f"There is nothing to say in {text[:40]!r}.", hint="Leave this line out.")
    rates = {rate for _, _, rate in sounds}
    if len(rates) > 1:
        raise ProviderError(f"{engine} changed its sample rate within a line.", hint="Run it again.", billed="yes")
    timing: Literal["aligned", "estimated"] = "aligned"
    pieces: list[Piece] = []
    for part, samples, rate in sounds:
        timed = word_times(text[part.start : part.end], samples, rate, language=language, offset=part.start)
        timing = "estimated" if timed.timing == "estimated" else timing
        pieces.append(Piece(samples, timed.words, part.pause_s))
    speech = finished(pieces, rates.pop(), style, timing)
    return speech._replace(words=tuple(_in_order(speech)))


def _in_order(speech: Speech) -> Sequence[WordTime]:
    """The words, none of them beginning before the one before it: drawing in to what is heard may have moved one."""
    words = list(speech.words)
    for index, word in enumerate(words[1:], 1):
        begin = max(word.start_s, words[index - 1].start_s)
        words[index] = word.model_copy(update={"start_s": begin, "end_s": max(begin, word.end_s)})
    return words


class Unfinished:
    """Sound files of lines that are not complete, by digest of the request, in memory: at most 64 MiB.

    Where a later part of a line fails, its first parts need not be fetched, or paid, again in this process. A complete
    line is kept by the production, so its parts go. Safe for threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, bytes] = {}

    def find(self, key: str) -> bytes | None:
        """What was fetched for this request."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keep it; the oldest go where there is too much."""
        with self._lock:
            self._kept[key] = data
            while sum(map(len, self._kept.values())) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]

    def drop(self, keys: Sequence[str]) -> None:
        """Forget the parts of a line that is complete."""
        with self._lock:
            for key in keys:
                self._kept.pop(key, None)
