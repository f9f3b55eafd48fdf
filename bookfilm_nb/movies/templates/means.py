"""How the figures of several genres become one: the means of a blend."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bookfilm_nb.model import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ARITHMETIC", "GEOMETRIC", "Mean", "Part", "blended", "mixture"]


class Part(NamedTuple):
    """One genre's share of a blend, and its figure."""

    genre: str
    share: float
    figure: Figure


class _Combine(Protocol):
    def __call__(self, shares: Sequence[float], values: Sequence[float]) -> float: ...


class Mean(NamedTuple):
    """A way to combine numbers, and its name for the figure's source."""

    name: str
    of: _Combine


def _geometric(shares: Sequence[float], values: Sequence[float]) -> float:
    return math.exp(math.fsum(s * math.log(v) for s, v in zip(shares, values, strict=True)))


def _arithmetic(shares: Sequence[float], values: Sequence[float]) -> float:
    return math.fsum(s * v for s, v in zip(shares, values, strict=True))


GEOMETRIC = Mean("weighted geometric mean", _geometric)
"""For durations and tempo: twice and half as long lie equally far apart."""
ARITHMETIC = Mean("weighted mean", _arithmetic)
"""For shares and bounded scales."""


def mixture(medians: Sequence[float]) -> Mean:
    """For sigma: that of shots drawn from each genre's lognormal law by its share, whose medians these are."""
    logs = [math.log(m) for m in medians]

    def of(shares: Sequence[float], values: Sequence[float]) -> float:
        centre = _arithmetic(shares, logs)
        between = _arithmetic(shares, [(m - centre) ** 2 for m in logs])
        return math.sqrt(_arithmetic(shares, [v * v for v in values]) + between)

    return Mean("sigma of the mixture of the lognormal laws", of)


def blended(parts: Sequence[Part], mean: Mean) -> Figure:
    """The figure of the blend: value and quartiles combined in the same way, to three digits.

    Rows are added and the source names each part; a figure that all parts share (because it was measured over all
    genres together) keeps its rows.
    """
    figures = [p.figure for p in parts]
    same = all(f == figures[0] for f in figures)
    if same and mean in (GEOMETRIC, ARITHMETIC):
        return figures[0]
    shares = [p.share for p in parts]

    def combined(numbers: Sequence[float]) -> float:
        return float(f"{mean.of(shares, numbers):.3g}")

    return Figure(
        value=combined([f.value for f in figures]),
        low=combined([f.low for f in figures]),
        high=combined([f.high for f in figures]),
        rows=figures[0].rows if same else sum(f.rows for f in figures),
        source=f"{mean.name} of {_named(parts)}",
    )


def _named(parts: Sequence[Part]) -> str:
    """Each part with its rows; a source that several share is told once."""
    found: dict[str, list[str]] = {}
    for p in parts:
        rows = f", {p.figure.rows} rows" if p.figure.rows else ""
        found.setdefault(p.figure.source, []).append(f"{p.genre} ({p.share:.3g}{rows})")
    return " and ".join(f"{', '.join(genres)} [{source}]" for source, genres in found.items())
