"""How fast narrators speak: a published rate for English, and rates measured from the takes of any voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bookfilm_nb.model import VoiceTake

__all__ = ["PUBLISHED_EN", "speech_rate", "spoken"]

_LJ_WORDS, _LJ_SECONDS, _LJ_CLIPS = 225_715, 23 * 3600 + 55 * 60 + 17, 13_100

PUBLISHED_EN = Figure(
    value=round(_LJ_WORDS / _LJ_SECONDS * 60, 1),
    low=round(_LJ_WORDS / _LJ_SECONDS * 60, 1),
    high=round(_LJ_WORDS / _LJ_SECONDS * 60, 1),
    source="LJ Speech 1.1 (K. Ito, L. Johnson 2017): 225,715 words in 23:55:17, one reader; no spread published",
    rows=_LJ_CLIPS,
)
"""Words a minute of an English reader of books, 157; ``rows`` are clips."""


def spoken(takes: Iterable[VoiceTake]) -> tuple[tuple[int, float], ...]:
    """Words and seconds of each take, the pauses inside it included; a take without words is left out."""
    return tuple((len(take.words), take.length_s) for take in takes if take.words and take.samples > 0)


def speech_rate(said: Iterable[tuple[int, float]], source: str) -> Figure:
    """Words a minute over all that was said, with the interquartile range over its pieces.

    ``said`` holds (words, seconds) of each sentence or take. The value is all words over all time, so a long sentence
    weighs more than a short one; ``rows`` are the pieces. Raises DataError where nothing was said, or a count or a
    length is not above 0 and finite.
    """
    import numpy as np

    pieces = np.array(list(said), dtype=np.float64).reshape(-1, 2)
    if not len(pieces) or not np.all(np.isfinite(pieces) & (pieces > 0)):
        raise DataError(
            "A speech rate needs words and seconds, both above 0, for each piece.", hint="Leave silent takes out."
        )
    words, seconds = pieces.T
    low, high = np.quantile(words / seconds * 60, (0.25, 0.75))
    return Figure(
        value=round(float(words.sum() / seconds.sum() * 60), 1),
        low=round(float(low), 1),
        high=round(float(high), 1),
        source=source,
        rows=len(pieces),
    )
