"""Where a text can be cut so that an engine says it piece by piece, and how long the pauses between are."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

__all__ = ["LONGEST", "Phrase", "halves", "phrases", "words_of"]

LONGEST = 240
"""Characters an engine is given at once; a sentence of a novel is seldom longer."""

_SENTENCE_END = re.compile(r"[.!?…]+[\s]+")
_CLAUSE_END = re.compile(r"[,;:—–-]+\s+")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:[\u0301'’+-]+[^\W_]+)*\u0301?")

_PAUSES = {"…": 0.50, ".": 0.40, "!": 0.40, "?": 0.40, ";": 0.25, ":": 0.25, "—": 0.20, "–": 0.20, ",": 0.15}
"""Seconds after a phrase that ends with the mark: a choice of this project, close to an even reader's pauses."""


class Phrase(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and the seconds of silence that follow them."""

    start: int
    end: int
    pause_s: float


def words_of(text: str) -> list[tuple[int, int]]:
    """Start and end of every word; a hyphen or an apostrophe inside belongs to it."""
    return [match.span() for match in _WORD.finditer(text)]


def phrases(text: str, *, longest: int = LONGEST) -> list[Phrase]:
    """Sentences of the text; one over ``longest`` characters is cut at a clause, else a space, else anywhere."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    cuts = [0, *ends, len(text)]
    pieces: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        pieces += _shortened(text, start, end, longest)
    return [_phrase(text, start, end) for start, end in pieces if words_of(text[start:end])]


def halves(text: str) -> int:
    """Where to cut a text of two characters or more in two: the clause, else the space, nearest its middle."""
    for mark in (_CLAUSE_END, _SPACE):
        ends = [match.end() for match in mark.finditer(text) if 0 < match.end() < len(text)]
        if ends:
            return min(ends, key=lambda end: (abs(2 * end - len(text)), end))
    return len(text) // 2


def _shortened(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    todo, done = [(start, end)], []
    while todo:
        low, high = todo.pop()
        if high - low <= longest:
            done.append((low, high))
            continue
        middle = low + halves(text[low:high])
        todo += [(middle, high), (low, middle)]
    return done


def _phrase(text: str, start: int, end: int) -> Phrase:
    bare = text[start:end].rstrip()
    return Phrase(start, start + len(bare), _PAUSES.get(bare[-1:], 0.0))
