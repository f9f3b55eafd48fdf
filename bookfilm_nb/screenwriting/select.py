"""Choosing what a film of a given length keeps: two nested knapsacks.

*Within a scene* a chain of beats is chosen: the value of the beats, less the cost of every cut between them
(a pronoun without its name, a reply without its prompt, a question without its answer, the same thing said
twice: the diversity of maximal marginal relevance, kept where it is heard, between neighbours). Dynamic
programming over (beat, seconds used) finds the best chain for *every* budget at once.
*Between scenes* a second knapsack spends the film's seconds: each scene brings its weight times a concave
power of its chain's value, less its establishing time, so that time goes to several scenes rather than to one.
Both are exact on a grid of about 1,500 steps, and ties go to the earlier beat: the same book gives the same film.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .weight import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .weight import Weights

__all__ = ["SceneTable", "scene_table", "spend"]

_REACH = 40
"""A cut never jumps over more beats than this inside a scene (unless the scene has nothing nearer)."""
_CONCAVE = 0.5
_NONE = -1e9


class SceneTable(NamedTuple):
    """The best chain of one scene for every budget, in grid steps."""

    indices: tuple[int, ...]
    """The scene's beats."""
    best: NDArray[np.float64]
    """Value of the best chain that costs at most b steps, shape (steps + 1,); -1e9 where there is none."""
    ends: NDArray[np.int32]
    """The last beat of that chain, as a position in ``indices``; -1 where there is none."""
    back: NDArray[np.int32]
    """For each beat and exact cost, the position of the beat before; -1 begins. Shape (n, steps + 1)."""
    exact: NDArray[np.int32]
    """For each budget the exact cost of its best chain."""
    costs: tuple[int, ...]

    def chain(self, budget: int) -> list[int]:
        """The beats of the best chain within the budget, in order."""
        at, used = int(self.ends[budget]), int(self.exact[budget])
        found: list[int] = []
        while at >= 0:
            found.append(self.indices[at])
            at, used = int(self.back[at, used]), used - self.costs[at]
        return found[::-1]


def scene_table(
    weights: Weights,
    indices: Sequence[int],
    costs: Sequence[int],
    steps: int,
    *,
    step_worth: float = 0.0,
    closing: bool = False,
) -> SceneTable:
    """The best chains of the scene with these beats; ``costs`` in grid steps, one a beat.

    A step of speech is worth ``step_worth`` by itself. ``closing`` scenes must end with their last beat: it is the
    end of the story.
    """
    n = len(indices)
    value = np.full((n, steps + 1), _NONE)
    back = np.full((n, steps + 1), -1, dtype=np.int32)
    for i, index in enumerate(indices):
        cost = costs[i]
        if cost > steps:
            continue
        row = np.full(steps + 1 - cost, _NONE)
        begin = weights.begin(index) if i else min(weights.begin(index), 3.0)
        if begin != FORBIDDEN:
            row[0] = -begin
        source = back[i, cost:]
        for j in range(max(0, i - _REACH), i):
            link = weights.link(indices[j], index)
            if link == FORBIDDEN:
                continue
            candidate = value[j, : steps + 1 - cost] - link
            better = candidate > row
            row = np.where(better, candidate, row)
            source[better] = j
        value[i, cost:] = np.where(row > _NONE / 2, row + weights.value(index) + step_worth * cost, _NONE)
    if closing:
        value[:-1] = _NONE
    finished = value - np.array([[weights.stop(i)] for i in indices])
    ends = finished.argmax(axis=0).astype(np.int32)
    best = finished.max(axis=0)
    exact = np.arange(steps + 1, dtype=np.int32)
    for b in range(1, steps + 1):
        if best[b - 1] >= best[b]:
            best[b], ends[b], exact[b] = best[b - 1], ends[b - 1], exact[b - 1]
    ends[best < _NONE / 2] = -1
    return SceneTable(tuple(indices), best, ends, back, exact, tuple(costs))


def spend(
    tables: Sequence[SceneTable],
    weights: Sequence[float],
    fixed: Sequence[int],
    steps: int,
    needed: Sequence[bool],
    least: int = 1,
) -> list[int]:
    """How many steps each scene gets for its beats (0: the scene is cut).

    ``fixed`` is what a scene costs before a word is spoken; ``needed`` scenes are kept wherever they fit. A scene
    gets at least ``least`` steps, or all that it can use.
    """
    total = np.zeros(steps + 1)
    chosen = []
    for table, weight, extra, need in zip(tables, weights, fixed, needed, strict=True):
        reach = len(table.best)
        gain = np.where(table.best > 0, weight * np.power(np.maximum(table.best, 1e-9), _CONCAVE), _NONE)
        gain = np.where((table.best > _NONE / 2) & (table.best <= 0), 0.01 * weight, gain)
        new = np.full(steps + 1, _NONE) if need else total.copy()
        pick = np.zeros(steps + 1, dtype=np.int32)
        for b in _budgets(table, least):
            cost = b + extra
            if cost > steps or b >= reach:
                break
            candidate = total[: steps + 1 - cost] + gain[b]
            better = candidate > new[cost:]
            new[cost:] = np.where(better, candidate, new[cost:])
            pick[cost:][better] = b
        if need and new[steps] < _NONE / 2:
            new, pick = total.copy(), np.zeros(steps + 1, dtype=np.int32)
        total = new
        chosen.append(pick)
    left = steps
    budgets: list[int] = []
    for pick, extra in zip(reversed(chosen), reversed(list(fixed)), strict=True):
        b = int(pick[left])
        budgets.append(b)
        left -= b + extra if b else 0
    return budgets[::-1]


def _budgets(table: SceneTable, least: int) -> list[int]:
    """The budgets at which the scene's best chain changes, those of ``least`` steps or more where there are such."""
    found = [b for b in range(1, len(table.best)) if table.exact[b] == b and table.ends[b] >= 0]
    return [b for b in found if b >= least] or found[-1:]
