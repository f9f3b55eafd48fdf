"""When words are said, where nobody knows: the time that is heard, shared out, and pauses laid onto silences."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .spectra import HOP_S, frame_loudness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.providers.protocols import Samples

__all__ = ["letters", "shared_out"]

_SILENT_DB = -38.0
_PAUSE_S = 0.15
"""A silence as long as this may be a pause between words; a shorter one is a stop within one."""
_BACK = 6
"""So many silences in a row may lie inside words."""
_VOWELS = frozenset("aeiouyаеёиоуыэюя")


def letters(word: str) -> float:
    """How long a word takes beside others, by its letters and vowels."""
    return 1 + 0.6 * len(word) + sum(c in _VOWELS for c in word.lower())


def shared_out(
    weights: Sequence[float], marked: Sequence[bool], samples: Samples, rate: int
) -> list[tuple[float, float]]:
    """Begin and end of each word in seconds: its share, by weight, of what is heard between two pauses.

    ``marked`` tells for each word but the last whether a mark of punctuation follows it. Which silence is which pause
    is decided for all together: speech between two pauses should be as long as its words are, pauses should lie at
    marks, and long silences should be pauses.
    """
    silences = _silences(samples, rate)
    total = np.concatenate([[0.0], np.cumsum(weights)])
    places = _pauses(silences, total, marked)
    times: list[tuple[float, float]] = []
    for (before, first), (after, last) in pairwise(places):
        begin, end = silences[before][1], silences[after][0]
        share = (total[first : last + 1] - total[first]) / (total[last] - total[first])
        moments = begin + max(0.0, end - begin) * share
        times += pairwise(moments.tolist())
    return times


def _silences(samples: Samples, rate: int) -> list[tuple[float, float]]:
    """Begin and end of every pause, the first and the last being those around the whole."""
    loud = frame_loudness(samples, rate, 1 + int(len(samples) / rate / HOP_S))
    quiet = loud <= loud.max(initial=0.0) * 10 ** (_SILENT_DB / 20)
    heard = np.flatnonzero(~quiet)
    if not heard.size:
        return [(0.0, 0.0), (len(samples) / rate, len(samples) / rate)]
    first, last = int(heard[0]), int(heard[-1]) + 1
    edges = np.flatnonzero(np.diff(quiet[first:last].astype(np.int8))) + 1 + first
    inner = [(a * HOP_S, b * HOP_S) for a, b in edges.reshape(-1, 2).tolist() if (b - a) * HOP_S >= _PAUSE_S]
    length = len(samples) / rate
    return [(0.0, first * HOP_S), *inner, (min(length, last * HOP_S), length)]


def _pauses(
    silences: Sequence[tuple[float, float]], total: np.ndarray, marked: Sequence[bool]
) -> list[tuple[int, int]]:
    """Which silences are pauses, and how many words come before each: from (0, 0) to (all, all)."""
    words, last = len(total) - 1, len(silences) - 1
    inside = [end - begin for begin, end in silences]
    heard = silences[-1][0] - silences[0][1] - sum(inside[1:-1])
    pace = heard / max(1e-9, float(total[-1]))
    passed = np.concatenate([[0.0], np.cumsum([0.35 * mark for mark in marked])])
    best = np.full((last + 1, words + 1), np.inf)
    best[0, 0] = 0.0
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for k in range(1, last + 1):
        for i in [words] if k == last else range(1, words):
            unmarked = 0.0 if k == last or marked[i - 1] else 1.0
            # The pause at the end may come after any number of silences: all words have to be said
            for k0 in range(0 if k == last else max(0, k - _BACK), k):
                skipped = sum(min(2.0, 4 * s) for s in inside[k0 + 1 : k])
                seconds = silences[k][0] - silences[k0][1] - sum(inside[k0 + 1 : k])
                want = (total[i] - total[:i]) * pace
                over = np.maximum(0.0, passed[i - 1] - passed[:i])
                cost = best[k0, :i] + unmarked + skipped + over + (seconds - want) ** 2 / (0.03 * want + 0.01)
                at = int(cost.argmin())
                if cost[at] < best[k, i]:
                    best[k, i], came[k, i] = float(cost[at]), (k0, at)
    path = [(last, words)]
    while path[-1] != (0, 0):
        path.append(came[path[-1]])
    return path[::-1]
