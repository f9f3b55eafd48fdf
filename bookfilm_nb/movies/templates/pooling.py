"""From single films to a figure for every genre and period, with cells of few films drawn to their neighbours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bookfilm_nb.model import PERIODS
from bookfilm_nb.movies.genres import GENRES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bookfilm_nb.model import Period

__all__ = ["FEW", "Film", "Row", "by_genre_and_period", "over_all", "period_of"]

FEW = 10
"""A cell with fewer films than this is drawn to what its genre and its period say; also the weight of that."""

_SPAN = {period: tuple(int(year) for year in period.split("-")) for period in PERIODS}


class Film(NamedTuple):
    """One film measured: its year, its genres (canonical names), and the number."""

    year: int
    genres: frozenset[str]
    value: float
    among_all: bool = True
    """Whether it counts when all films of a period are taken together."""


class Row(NamedTuple):
    """A figure as it is written to the shipped files; ``source`` is a key of the file's list of sources."""

    value: float
    low: float
    high: float
    rows: int
    source: str
    note: str = ""


def period_of(year: int) -> Period | None:
    """The period that a year lies in, None for none."""
    return next((p for p in PERIODS if _SPAN[p][0] <= year <= _SPAN[p][1]), None)


def over_all(values: Iterable[float], source: str, *, digits: int, note: str = "") -> Row:
    """Median and interquartile range of the values. Raises ValueError where there are none."""
    given = np.asarray(list(values), dtype=np.float64)
    if not given.size:
        raise ValueError(f"no values of {source}")
    return _row(np.percentile(given, [25, 50, 75]), len(given), source, digits, note)


def by_genre_and_period(
    films: Sequence[Film], source: str, *, digits: int, ratio: bool = True, unit: str = ""
) -> dict[str, dict[str, Row]]:
    """A row for each of the nineteen genres in each period that has films at all.

    Ten films or more: their median and interquartile range, and nothing else. Fewer: the cell's median is drawn to an
    expectation with the weight n / (n + 10). The expectation is the median of all films of the period, times the
    genre's own ratio to its periods (the median over its films of value / period's median), itself drawn to 1 in the
    same way; the spread is that of those ratios. Partial pooling with a fixed prior weight, after Gelman and Hill
    (2007), chapter 12. With ``ratio=False`` differences take the place of ratios (for values on a bounded scale).
    The row's note says all of this in figures, and ``rows`` counts the genre's films of the period; where there are
    none it counts the genre's films of other periods, and where there are none either, all films of the period.
    """
    scale = math.log if ratio else float
    cells: dict[Period, list[tuple[Film, float]]] = {p: [] for p in PERIODS}
    for film in films:
        period = period_of(film.year)
        if period is not None:
            cells[period].append((film, scale(film.value)))
    common = {p: [v for f, v in rows if f.among_all] for p, rows in cells.items()}
    middle = {p: float(np.median(values)) for p, values in common.items() if values}
    every = _quantiles([v - middle[p] for p in middle for v in common[p]])
    found: dict[str, dict[str, Row]] = {}
    for period, centre in middle.items():
        found[period] = {}
        for genre in GENRES:
            own = [v for f, v in cells[period] if genre in f.genres]
            if len(own) >= FEW:
                back = np.exp(_quantiles(own)) if ratio else _quantiles(own)
                found[period][genre] = _row(back, len(own), source, digits, "")
                continue
            off = [v - middle[p] for p in middle for f, v in cells[p] if genre in f.genres]
            found[period][genre] = _drawn(
                own, off, every, centre, len(common[period]), source, digits=digits, ratio=ratio, unit=unit
            )
    return found


def _drawn(
    own: list[float],
    off: list[float],
    every: NDArray[np.float64],
    middle: float,
    all_films: int,
    source: str,
    *,
    digits: int,
    ratio: bool,
    unit: str,
) -> Row:
    kin = len(off) / (len(off) + FEW)
    apart = kin * _quantiles(off) + (1 - kin) * every if off else every
    weight = len(own) / (len(own) + FEW)
    centre = weight * (float(np.median(own)) if own else 0.0) + (1 - weight) * (middle + float(apart[1]))
    back = math.exp if ratio else float
    expected, change = back(middle + float(apart[1])), back(float(apart[1]))
    how = f"times {change:.2f}" if ratio else f"and {change:+.{digits}f}"
    kind = "ratio" if ratio else "distance"
    genre_says = (
        f"{how}, the genre's {kind} to its periods over {len(off)} films (weight {kin:.2f})"
        if off
        else "as no film of the genre was measured in any period"
    )
    start = (
        f"{len(own)} films of this genre and period, median {back(float(np.median(own))):.{digits}f}{unit}, drawn with "
        f"weight {weight:.2f} for them to {expected:.{digits}f}{unit}"
        if own
        else f"no film of this genre and period: {expected:.{digits}f}{unit} expected"
    )
    note = f"{start}: the median of all {all_films} films of the period {genre_says}; spread of the same {kind}s"
    spread = np.asarray([back(centre + float(q - apart[1])) for q in apart], dtype=np.float64)
    return _row(spread, len(own) or len(off) or all_films, source, digits, note)


def _quantiles(values: Sequence[float]) -> NDArray[np.float64]:
    return np.percentile(np.asarray(values, dtype=np.float64), [25, 50, 75])


def _row(quantiles: NDArray[np.float64], rows: int, source: str, digits: int, note: str) -> Row:
    low, value, high = (round(float(q), digits) for q in quantiles)
    return Row(value, low, high, rows, source, note)
