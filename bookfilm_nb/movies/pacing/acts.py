"""How shot length moves over a film: the four-act curve, and whether it is more than chance."""

from __future__ import annotations

from math import erfc, exp, gamma, sqrt
from typing import TYPE_CHECKING, get_args

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import ActPace, Figure, Value

from .measured import spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import ArrayLike

__all__ = ["ActCurve", "PartsTest", "act_curve", "act_paces", "parts_test", "relative_lengths"]

_ACTS: tuple[str, ...] = get_args(ActPace.model_fields["name"].annotation)


class PartsTest(Value):
    """Friedman's test: whether the parts of a film differ in the same way from film to film.

    Each film ranks its own parts, so films of any length and speed weigh the same.
    """

    films: int
    parts: int
    statistic: float
    """Chi-squared with ``parts - 1`` degrees of freedom."""
    p_value: float
    kendall_w: float
    """Effect size: 0 where films do not agree on the order of their parts, 1 where all agree. 0.1 is small, 0.3
    moderate, 0.5 large."""


class ActCurve(Value):
    """Average shot length in equal parts of the running time, divided by that of the whole film, over many films."""

    parts: tuple[Figure, ...]
    """In the film's order; median and interquartile range over films, 1 is the film's own average."""
    means: tuple[float, ...]
    """The same as means over films; they lie above 1 on the whole, because it is the harmonic mean that is 1."""
    mean_low: tuple[float, ...]
    mean_high: tuple[float, ...]
    """95 % interval of each mean: 1.96 standard errors."""
    test: PartsTest


def relative_lengths(lengths_s: ArrayLike, parts: int) -> np.ndarray:
    """Average shot length in ``parts`` equal parts of a film's running time, divided by that of the film.

    ``lengths_s`` are the shots in order, one-dimensional, seconds, above 0; returned is float64 of shape (parts,).
    A shot that runs over a border counts in each part with its share, so no part is empty and the harmonic mean
    of the values is 1.
    """
    import numpy as np

    lengths = np.asarray(lengths_s, dtype=np.float64)
    if lengths.ndim != 1 or not lengths.size or not np.all(np.isfinite(lengths) & (lengths > 0)):
        raise DataError("A curve needs shot lengths that are positive and finite.", hint="Set aside the others first.")
    cuts = np.concatenate(([0.0], np.cumsum(lengths)))
    shots_before = np.interp(np.linspace(0, cuts[-1], parts + 1), cuts, np.arange(cuts.size))
    relative: np.ndarray = lengths.size / parts / np.diff(shots_before)
    return relative


def act_curve(films: Iterable[ArrayLike], source: str, *, parts: int = 4) -> ActCurve:
    """The curve over films, each the lengths of all its shots in order (see :func:`lengths_by_film`).

    ``source`` goes into the figures. ``parts`` is 4 for acts of a quarter each, more for a finer curve.
    Raises DataError for fewer than two films.
    """
    import numpy as np

    curves = np.array([relative_lengths(lengths, parts) for lengths in films])
    test = parts_test(curves)
    figures = [spread(column, source) for column in curves.T]
    means = curves.mean(axis=0)
    half = 1.96 * curves.std(axis=0, ddof=1) / len(curves) ** 0.5
    rounded = [tuple(round(float(x), 4) for x in row) for row in (means, means - half, means + half)]
    return ActCurve(
        parts=tuple(figure for figure in figures if figure),
        means=rounded[0],
        mean_low=rounded[1],
        mean_high=rounded[2],
        test=test,
    )


def act_paces(films: Iterable[ArrayLike], source: str) -> tuple[ActPace, ...]:
    """The four acts of a template: setup, complication, development, climax, a quarter of the running time each.

    Acts of a quarter follow K. Thompson (1999), "Storytelling in the New Hollywood"; the lengths are measured.
    """
    curve = act_curve(films, source, parts=len(_ACTS))
    return tuple(
        ActPace(name=name, starts=i / len(_ACTS), ends=(i + 1) / len(_ACTS), shot_length=figure)  # type: ignore[arg-type]
        for i, (name, figure) in enumerate(zip(_ACTS, curve.parts, strict=True))
    )


def parts_test(curves: ArrayLike) -> PartsTest:
    """Friedman's test with Kendall's W over ``curves``, shape (films, parts), corrected for ties.

    Raises DataError for fewer than two films or parts, or where every film is flat.
    """
    import numpy as np

    table = np.asarray(curves, dtype=np.float64)
    if table.ndim != 2 or min(table.shape) < 2:
        raise DataError("The test needs at least two films and two parts.", hint="Give more films.")
    films, parts = table.shape
    below = (table[:, None, :] < table[:, :, None]).sum(axis=2)
    equal = (table[:, None, :] == table[:, :, None]).sum(axis=2)
    ranks = below + (equal + 1) / 2
    squares = float(((ranks.sum(axis=0) - films * (parts + 1) / 2) ** 2).sum())
    ties = float((equal**2 - 1).sum())
    most = films * parts * (parts**2 - 1) - ties
    if most <= 0:
        raise DataError("Every film has the same shot length throughout: there is nothing to test.")
    w = 12 * squares / (films * most)
    statistic = w * films * (parts - 1)
    return PartsTest(
        films=films, parts=parts, statistic=statistic, p_value=_chi2_above(statistic, parts - 1), kendall_w=w
    )


def _chi2_above(x: float, freedom: int) -> float:
    """Chance that chi-squared with a whole number of degrees of freedom exceeds x (the finite sums for the tail)."""
    half = x / 2
    if freedom % 2:
        tail, start = erfc(sqrt(half)), 0.5
    else:
        tail, start = exp(-half), 1.0
    terms = range((freedom - 1) // 2)
    further: float = sum(half ** (start + i) / gamma(start + i + 1) for i in terms)
    return min(1.0, tail + exp(-half) * further)
