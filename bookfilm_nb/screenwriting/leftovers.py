"""What the film does not speak: stage business out of said-clauses, and the account of all that is left out."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from bookfilm_nb.model import LeftOut, Span

from .lexicon import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Book, Reading, Scene

    from .units import Unit

__all__ = ["left_out", "stage_business"]

_MAX_ACTION_WORDS = 14


def stage_business(book: Book, reading: Reading, spoken: Sequence[Unit]) -> dict[int, list[Unit]]:
    """Actions to show after a quotation, by the start of the quotation's span.

    They are the part of a said-clause that tells what the speaker does meanwhile ("said Anna, shutting the
    door"): not spoken, but drawn. An action is the same characters of the book as the clause.
    """
    pattern = WORDS[reading.language].business
    cues = {q.span.start: q.cue for q in reading.quotes if q.cue is not None}
    taken = [u.span for u in spoken]
    found: dict[int, list[Unit]] = {}
    for unit in spoken:
        cue = cues.get(unit.span.start) if unit.dialogue else None
        if cue is None or any(t.start < cue.end and cue.start < t.end for t in taken):
            continue
        match = pattern.search(book.raw(cue))
        if match is None:
            continue
        text = match.group(1).rstrip(" .,;:!?—–-\t\r\n")
        span = Span(start=cue.start + match.start(1), end=cue.start + match.start(1) + len(text))
        words = book.words(span)
        if 2 <= len(words.split()) <= _MAX_ACTION_WORDS:
            people = tuple(c for c in (unit.character,) if c)
            action = unit._replace(span=span, text=words, dialogue=False, characters=people)
            taken.append(span)
            found.setdefault(unit.span.start, []).append(action)
    return found


def left_out(book: Book, reading: Reading, scenes: Sequence[Scene]) -> tuple[LeftOut, ...]:
    """Every stretch of the story that no element uses, with the reason; stretches without a letter are not listed.

    Reasons: "verse", "scene cut" (the whole scene is gone), "said-clause", "length". Neighbours with one reason
    are one entry.
    """
    used = sorted((e.span.start, e.span.end) for s in scenes for e in s.elements)
    cues = _merged(
        [(s.span.start, s.span.end) for s in reading.sentences if s.cue]
        + [(q.cue.start, q.cue.end) for q in reading.quotes if q.cue is not None]
    )
    kept = {s.id for s in scenes}
    cut = sorted((s.span.start, s.span.end) for s in reading.scenes if s.id not in kept)
    found: list[LeftOut] = []
    for paragraph in (p for c in book.chapters for p in c.paragraphs):
        start, end = paragraph.span.start, paragraph.span.end
        marks = {start, end}
        for lists in (used, cues, cut):
            for a, b in _within(lists, start, end):
                marks |= {max(a, start), min(b, end)}
        edges = sorted(marks)
        for a, b in pairwise(edges):
            if not any(c.isalnum() for c in book.text[a:b]) or _within(used, a, b):
                continue
            if paragraph.kind == "verse":
                reason = "verse"
            elif _within(cut, a, b):
                reason = "scene cut"
            else:
                reason = "said-clause" if _within(cues, a, b) else "length"
            found.append(LeftOut.model_validate({"span": Span(start=a, end=b), "reason": reason}))
    return tuple(_joined(book, found))


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The spans that share a character with ``start`` to ``end``; the list is sorted and does not overlap itself."""
    at = max(0, bisect_left(spans, (start, start)) - 1)
    found = []
    while at < len(spans) and spans[at][0] < end:
        if spans[at][1] > start:
            found.append(spans[at])
        at += 1
    return found


def _joined(book: Book, parts: Sequence[LeftOut]) -> list[LeftOut]:
    found: list[LeftOut] = []
    for part in parts:
        before = found[-1] if found else None
        between = book.text[before.span.end : part.span.start] if before else ""
        if before and before.reason == part.reason and not any(c.isalnum() for c in between):
            found[-1] = LeftOut(span=Span(start=before.span.start, end=part.span.end), reason=part.reason)
        else:
            found.append(part)
    return found
