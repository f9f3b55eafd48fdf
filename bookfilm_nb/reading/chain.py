"""The likeliest chain of speakers through a conversation, and how sure each link is.

A hidden Markov chain of second order, whose states are pairs of neighbouring speakers: the best chain by
dynamic programming (Viterbi), the confidence of each turn by summing over all chains (forward-backward).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model.reading import QuoteKind
    from bookfilm_nb.model.vocabulary import Sex

    from .turns import Turn

__all__ = ["NOBODY", "Attribution", "Scored", "decode"]

NOBODY = -1
"""A crowd, or somebody who never gets a name."""
_IMPOSSIBLE = -14.0


class Attribution(NamedTuple):
    """The speaker of a turn, by number in the cast."""

    speaker: int | None
    kind: QuoteKind
    confidence: float


class Scored(NamedTuple):
    """A turn's candidates and what speaks for each of them (log-odds, up to a constant)."""

    candidates: tuple[int, ...]
    scores: tuple[float, ...]
    kind: QuoteKind
    addressed: frozenset[int]
    addressed_sex: Sex = "unknown"


def _move(turn: Turn, before: Scored, previous: int, current: int, older: int | None, sexes: Sequence[Sex]) -> float:
    """What the step from one turn to the next says."""
    if turn.continues:
        return 0.0 if previous == current else _IMPOSSIBLE
    near = 1.0 if turn.gap == 0 else 0.3 if turn.gap == 1 else 0.1
    score = 0.0
    repeats = previous == current
    if repeats and current != NOBODY:
        score -= 2.6 if turn.gap == 0 else 0.4 if turn.gap == 1 else 0.1
    if older is not None and older == current and not repeats:
        score += 1.5 * near
    if current in before.addressed and not repeats:
        score += 2.2 * near
    elif before.addressed_sex != "unknown" and not repeats and current != NOBODY and sexes[current] != "unknown":
        score += (0.8 if sexes[current] == before.addressed_sex else -1.2) * near
    return score


def decode(turns: Sequence[Turn], scored: Sequence[Scored], sexes: Sequence[Sex]) -> list[Attribution]:
    """The best chain of speakers, and how sure each of them is."""
    count = len(turns)
    state: dict[tuple[int | None, int], float] = {
        (None, a): s for a, s in zip(scored[0].candidates, scored[0].scores, strict=True)
    }
    forward = [state]
    back: list[dict[tuple[int | None, int], tuple[int | None, int]]] = [{}]
    sums = [dict(state)]
    for i in range(1, count):
        best: dict[tuple[int | None, int], float] = {}
        link: dict[tuple[int | None, int], tuple[int | None, int]] = {}
        total: dict[tuple[int | None, int], float] = {}
        for (older, previous), value in sorted(forward[-1].items(), key=_order):
            mass = sums[-1][older, previous]
            for current, own in zip(scored[i].candidates, scored[i].scores, strict=True):
                step = own + _move(turns[i], scored[i - 1], previous, current, older, sexes)
                pair = (previous, current)
                if pair not in best or value + step > best[pair]:
                    best[pair] = value + step
                    link[pair] = (older, previous)
                total[pair] = _add(total.get(pair), mass + step)
        forward.append(best)
        back.append(link)
        sums.append(total)
    posterior = _posteriors(turns, scored, sums, sexes)
    state_now: tuple[int | None, int] = max(
        sorted(forward[-1], key=lambda p: (p[0] is not None, p)), key=lambda p: forward[-1][p]
    )
    found: list[Attribution] = []
    for i in range(count - 1, -1, -1):
        who = state_now[1]
        sure = posterior[i].get(who, 0.0)
        cap = {"explicit": 0.99, "anaphoric": 0.95, "implicit": 0.9}[scored[i].kind]
        found.append(Attribution(None if who == NOBODY else who, scored[i].kind, round(min(cap, sure), 3)))
        if i:
            state_now = back[i][state_now]
    return found[::-1]


def _order(item: tuple[tuple[int | None, int], float]) -> tuple[int, int]:
    (older, previous), _ = item
    return (-2 if older is None else older, previous)


def _add(a: float | None, b: float) -> float:
    if a is None:
        return b
    top = max(a, b)
    return top + math.log(math.exp(a - top) + math.exp(b - top))


def _posteriors(
    turns: Sequence[Turn],
    scored: Sequence[Scored],
    sums: Sequence[dict[tuple[int | None, int], float]],
    sexes: Sequence[Sex],
) -> list[dict[int, float]]:
    """For each turn, the share of all chains (by their weight) in which each candidate speaks."""
    count = len(turns)
    after: dict[tuple[int | None, int], float] = dict.fromkeys(sums[-1], 0.0)
    result: list[dict[int, float]] = []
    for i in range(count - 1, -1, -1):
        weights: dict[int, float] = {}
        for pair in sorted(sums[i], key=lambda p: (-2 if p[0] is None else p[0], p[1])):
            weights[pair[1]] = _add(weights.get(pair[1]), sums[i][pair] + after[pair])
        whole: float | None = None
        for value in weights.values():
            whole = _add(whole, value)
        result.append({n: math.exp(v - (whole or 0.0)) for n, v in weights.items()})
        if not i:
            break
        earlier: dict[tuple[int | None, int], float] = {}
        for older, previous in sums[i - 1]:
            value_sum: float | None = None
            for current, own in zip(scored[i].candidates, scored[i].scores, strict=True):
                step = own + _move(turns[i], scored[i - 1], previous, current, older, sexes)
                value_sum = _add(value_sum, step + after[previous, current])
            earlier[older, previous] = value_sum if value_sum is not None else 0.0
        after = earlier
    return result[::-1]
