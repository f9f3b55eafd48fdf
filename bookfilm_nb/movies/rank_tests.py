"""Two groups of numbers compared by ranks: Mann-Whitney, Hodges-Lehmann, Cliff, with intervals. Pure numpy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import Figure, Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FEWEST", "Difference", "difference", "mann_whitney", "two_sided"]

FEWEST = 8
"""Films that each side needs; below this the test's normal approximation says nothing."""
_DRAWS = 2000
_SEED = 20161
_THINNED = 2000
_Z = 1.959964


class Difference(Value):
    """Two groups of films compared in one number."""

    adapted: Figure
    other: Figure
    """Medians with interquartile range and rows, in the measure's own unit."""
    shift: float
    shift_low: float
    shift_high: float
    """Hodges-Lehmann: the median of all differences adapted minus other, and its 95 % interval (Moses)."""
    p_value: float
    """Mann-Whitney, two-sided, normal approximation corrected for ties and continuity."""
    cliffs_delta: float
    """Chance that an adapted film has more, minus the chance that it has less: -1 to 1; 0.15 is small, 0.33 medium."""
    delta_low: float
    delta_high: float
    """95 % interval by percentile bootstrap over films, 2,000 draws with a fixed seed."""


def difference(adapted: NDArray[np.float64], other: NDArray[np.float64], source: str) -> Difference:
    """The two groups compared; values without NaN, each group eight or more. Raises DataError for fewer."""
    if min(len(adapted), len(other)) < FEWEST:
        raise DataError(
            f"{len(adapted)} and {len(other)} films are too few to compare.",
            hint=f"Give {FEWEST} or more on each side.",
        )
    above, variance = mann_whitney(adapted, other)
    pairs = len(adapted) * len(other)
    shift, low, high = _shift(adapted, other)
    delta_low, delta_high = _bootstrap(adapted, other)
    return Difference(
        adapted=_figure(adapted, source),
        other=_figure(other, source),
        shift=shift,
        shift_low=low,
        shift_high=high,
        p_value=two_sided(above - pairs / 2, variance, continuity=0.5),
        cliffs_delta=round(2 * above / pairs - 1, 4),
        delta_low=delta_low,
        delta_high=delta_high,
    )


def _figure(values: NDArray[np.float64], source: str) -> Figure:
    low, middle, high = (round(float(q), 3) for q in np.quantile(values, (0.25, 0.5, 0.75)))
    return Figure(value=middle, low=low, high=high, source=source, rows=len(values))


def mann_whitney(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[float, float]:
    """Pairs in which the first group has more (ties count half), and their variance by chance."""
    n, m = len(a), len(b)
    ordered = np.sort(b)
    below, upto = np.searchsorted(ordered, a, "left"), np.searchsorted(ordered, a, "right")
    above = float((below + upto).sum() / 2)
    _, ties = np.unique(np.concatenate([a, b]), return_counts=True)
    whole = n + m
    tied = float((ties.astype(np.float64) ** 3 - ties).sum()) / (whole * (whole - 1))
    return above, n * m / 12 * (whole + 1 - tied)


def two_sided(off: float, variance: float, continuity: float = 0.0) -> float:
    """Chance of a normal number with this variance being so far off, on either side; 1 where nothing varies."""
    if variance <= 0:
        return 1.0
    z = max(0.0, abs(off) - continuity) / math.sqrt(variance)
    return math.erfc(z / math.sqrt(2))


def _shift(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[float, float, float]:
    """Hodges-Lehmann shift with Moses' interval; large groups are represented by 2,000 of their quantiles each."""
    differences = np.sort((_thinned(a)[:, None] - _thinned(b)[None, :]).ravel())
    n, m = len(a), len(b)
    half = _Z * math.sqrt((n + m + 1) / (12 * n * m))
    shares = (0.5, max(0.0, 0.5 - half), min(1.0, 0.5 + half))
    middle, low, high = (float(f"{q:.5g}") for q in np.quantile(differences, shares))
    return middle, low, high


def _thinned(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(values) <= _THINNED:
        return values
    return np.quantile(values, (np.arange(_THINNED) + 0.5) / _THINNED)


def _bootstrap(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[float, float]:
    """Percentile interval of Cliff's delta over films drawn anew; draws are of counts, value by value."""
    values, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    counts = [np.bincount(side, minlength=len(values)) for side in (places[: len(a)], places[len(a) :])]
    generator = np.random.default_rng(_SEED)
    deltas = np.empty(_DRAWS)
    for at in range(_DRAWS):
        drawn = [generator.multinomial(int(c.sum()), c / c.sum()) for c in counts]
        below = np.cumsum(drawn[1])
        above = drawn[0] @ (2 * below - drawn[1] - len(b))
        deltas[at] = above / (len(a) * len(b))
    low, high = np.quantile(deltas, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)
