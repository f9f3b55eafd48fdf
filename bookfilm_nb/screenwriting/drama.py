"""Where a story turns between people: exchanges, and how much of the story's weight each one carries.

An exchange is a run of quotations in which two people answer each other. It weighs more the more its two people
carry the story, the more of the story's own words are spoken in it, where two meet for the first time or again after
long, and towards the end, where a story is decided. The weights are choices of this project, found by reading the
screenplays they give; none is a measurement.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .units import Beat

__all__ = ["Exchange", "deciding", "exchanges", "last_words", "setups"]

_GAP = 2
"""Beats of narration that may stand between two lines of one exchange."""
_APART = 0.2
"""Two people who have not spoken to each other for so much of the book meet again."""
_LATE, _RAMP = 0.55, 0.2
"""From here on, and fully so much later, a story is decided."""
_SHORT_WORDS = 14
_LINES = 8
"""A talk of more lines than this turns on fewer of them."""
_MEETING, _REUNION, _DECIDING, _PLAIN = 0.5, 1.0, 0.9, 0.25
_OWN_WORDS = 0.35
_BEGINS, _INCITING = (0.03, 0.3), 1.35
"""The weightiest exchange of this part of the book sets the story going, and weighs so many times more."""
_SETUP = 0.5
_CALLS = 0.3


class Exchange(NamedTuple):
    """Beats ``first`` to ``last``, both included, in which ``people`` speak to each other."""

    first: int
    last: int
    scene: int
    people: frozenset[str]
    weight: float = 0.0
    """About 0.2 for small talk, 3 for the talk on which a story turns."""
    lines: tuple[int, ...] = ()
    """The beats of it that are spoken by its people."""
    at: float = 0.0
    """Where in the book it begins, 0 to 1."""


def exchanges(
    beats: Sequence[Beat],
    importance: Mapping[str, float],
    keys: Sequence[float],
    seen: Mapping[str, int],
) -> list[Exchange]:
    """Every exchange of the book, in order, weighed.

    ``importance`` of people is 0 to 1, ``keys`` says for each beat how much of the story's own words it has, 0 to
    about 2.4, ``seen`` the first beat in which each person is told of.
    """
    found = []
    spoken: dict[frozenset[str], float] = {}
    total = max(1, len(beats) - 1)
    for run in _runs(beats):
        at = run.first / total
        carry = math.prod(importance.get(c, 0.0) for c in run.people) ** 0.5
        own = sum(sorted((keys[i] for i in run.lines), reverse=True)[:3])
        short = sum(sum(len(u.text.split()) for u in beats[i].units) <= _SHORT_WORDS for i in run.lines)
        before = spoken.get(run.people)
        told_of = all(seen.get(c, len(beats)) < run.first - 1 for c in run.people)
        weight = _PLAIN + _OWN_WORDS * own
        if before is None:
            # Two who were both known long before they speak to each other: that is what one waited for.
            weight += _REUNION * (at > 0.5) if told_of else _MEETING * (at < 0.4)
        elif at - before > _APART:
            weight += _REUNION * at
        weight += _DECIDING * min(1.0, max(0.0, (at - _LATE) / _RAMP))
        weight *= (0.3 + carry) * (0.4 + 0.6 * short / len(run.lines)) * min(1.0, (_LINES / len(run.lines)) ** 0.5)
        found.append(run._replace(weight=weight, at=at))
        spoken[run.people] = run.last / total
    early = [t for t in found if _BEGINS[0] <= t.at <= _BEGINS[1]]
    if early:
        first = max(early, key=lambda t: (t.weight, -t.first))
        found[found.index(first)] = first._replace(weight=_INCITING * first.weight)
    return found


def deciding(talks: Sequence[Exchange]) -> Exchange | None:
    """The weightiest exchange of the second half of the book."""
    late = [t for t in talks if t.weight > 0 and t.at > 0.5]
    return max(late, key=lambda t: (t.weight, -t.first), default=None)


def setups(talk: Exchange | None, seen: Mapping[str, int]) -> dict[int, float]:
    """What the beats add in which the people of the deciding exchange are first told of.

    An ending moves only those who have met its people: the beat has a share of the exchange's weight.
    """
    if talk is None:
        return {}
    met = sorted(seen[c] for c in talk.people if seen.get(c, talk.first) < talk.first)
    return dict.fromkeys(met, _SETUP * talk.weight)


def last_words(beats: Sequence[Beat], importance: Mapping[str, float]) -> dict[int, float]:
    """What short strong beats in the last part of the book add: calls, answers, deeds, last words."""
    total = max(1, len(beats) - 1)
    found = {}
    for index, beat in enumerate(beats):
        strong = beat.first.emotion != "neutral" or "!" in beat.last.text[-3:]
        short = sum(len(u.text.split()) for u in beat.units) <= _SHORT_WORDS
        if index / total < _LATE + _RAMP or not short or not (strong or beat.first.dialogue):
            continue
        carry = max((importance.get(c, 0.0) for c in beat.first.characters), default=0.0)
        found[index] = _CALLS * (1 + strong) * (0.4 + carry)
    return found


def _runs(beats: Sequence[Beat]) -> list[Exchange]:
    """Maximal runs of lines by two people in turn."""
    found: list[Exchange] = []
    lines: list[int] = []

    def close() -> None:
        people = frozenset(str(beats[i].first.character) for i in lines)
        if len(people) == 2:
            found.append(Exchange(lines[0], lines[-1], beats[lines[0]].first.scene, people, 0.0, tuple(lines)))

    for index, beat in enumerate(beats):
        speaker = beat.first.character if beat.first.dialogue else None
        if speaker is None:
            continue
        if lines:
            people = {beats[i].first.character for i in lines}
            far = index - lines[-1] > _GAP + 1 or beats[lines[-1]].first.scene != beat.first.scene
            if far or len(people | {speaker}) > 2:
                close()
                # A third person who answers at once speaks with the one who spoke last.
                lines = [lines[-1]] if index == lines[-1] + 1 and not far else []
        lines.append(index)
    close()
    return found
