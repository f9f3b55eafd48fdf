"""How good the genre model is: cross-validation, baselines, intervals, calibration, and what is taken for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.model import Value

from .examples import Examples, folds
from .fit import fit, matrix, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .weights import Weights

__all__ = [
    "Between", "Outcome", "Scores", "better_by", "confusion", "cross_validate", "f1", "judge", "majority",
    "nearest_centroid", "reliability", "scores",
]  # fmt: skip

_RESAMPLES = 1000
_SEED = 7


class Between(Value):
    """A figure and its 95 % interval: percentiles of 1,000 bootstrap resamples of the films (Efron 1979)."""

    value: float
    low: float
    high: float


class Scores(Value):
    """How well genres were said; F1 is the harmonic mean of precision and recall, 0 to 1."""

    rows: int
    macro_f1: Between
    """Mean of the genres' F1: every genre counts the same."""
    micro_f1: Between
    """F1 over all decisions: common genres count more."""
    genres: dict[str, float]
    """F1 of each genre."""
    brier: float
    """Mean squared difference of probability and truth over all decisions; 0 is best."""
    brier_skill: float
    """1 minus Brier divided by that of saying every genre's share of the films: 0 is no better, 1 perfect."""


@dataclass(frozen=True)
class Outcome:
    """What was true and what was said of N plots that the model had not seen: (N, G) arrays."""

    genres: tuple[str, ...]
    films: tuple[str, ...]
    sources: tuple[str, ...]
    truth: np.ndarray
    said: np.ndarray
    probability: np.ndarray

    def of(self, chosen: np.ndarray) -> Outcome:
        """The part of it at these places (bool mask)."""
        places = np.flatnonzero(chosen)
        return Outcome(
            self.genres, tuple(self.films[i] for i in places), tuple(self.sources[i] for i in places),
            self.truth[chosen], self.said[chosen], self.probability[chosen],
        )  # fmt: skip


def judge(weights: Weights, data: Examples, *, raw: bool = False) -> Outcome:
    """What the weights say of these plots."""
    x = matrix(data.raw_counts if raw else data.counts, weights.vocabulary, weights.idf)
    probability = weights.calibrated(x @ weights.coef.T.astype(np.float64) + weights.intercept)
    return _outcome(data, probability >= weights.threshold, probability)


def cross_validate(data: Examples, number: int = 5, *, raw: bool = False) -> Outcome:
    """Every plot judged by a model that saw none of its film; all that is tuned is tuned inside the folds."""
    place = folds(data, number)
    said, probability = np.zeros_like(data.labels), np.zeros(data.labels.shape)
    for k in range(number):
        part = judge(fit(data.take(place != k), raw=raw), data.take(place == k), raw=raw)
        said[place == k], probability[place == k] = part.said, part.probability
    return _outcome(data, said, probability)


def majority(data: Examples, number: int = 5) -> Outcome:
    """The first baseline: the commonest genres of the training folds for every film, as many as films have."""
    place = folds(data, number)
    said, probability = np.zeros_like(data.labels), np.zeros(data.labels.shape)
    for k in range(number):
        share = data.labels[place != k].mean(axis=0)
        many = max(1, round(float(data.labels[place != k].sum(axis=1).mean())))
        said[np.ix_(place == k, np.argsort(-share, kind="stable")[:many])] = True
        probability[place == k] = share
    return _outcome(data, said, probability)


def nearest_centroid(data: Examples, number: int = 5, *, tuned: bool = False) -> Outcome:
    """The second baseline: a genre is said where a plot is nearer to the genre's mean plot than to that of the others.

    Nearness is the cosine of the tf-idf vectors. ``tuned``: how much nearer it must be is chosen on the training folds
    for the best F1, as it is for the model: the strongest form of this baseline. Its probabilities are the genres'
    shares: it has none of its own.
    """
    place = folds(data, number)
    said, probability = np.zeros_like(data.labels), np.zeros(data.labels.shape)
    for k in range(number):
        seen, unseen = data.take(place != k), data.take(place == k)
        names, idf = vocabulary(seen.counts, seen.ordinary)
        x, z = matrix(seen.counts, names, idf), matrix(unseen.counts, names, idf)
        for j in range(len(data.genres)):
            y = seen.labels[:, j]
            mean = [
                np.asarray(x[rows].mean(axis=0)).ravel() if rows.any() else np.zeros(len(names)) for rows in (y, ~y)
            ]
            axis = mean[0] / max(float(np.linalg.norm(mean[0])), 1e-9) - mean[1] / max(
                float(np.linalg.norm(mean[1])), 1e-9
            )
            cut = _best_cut(np.asarray(x @ axis), y) if tuned else 0.0
            said[place == k, j] = z @ axis >= cut
        probability[place == k] = seen.labels.mean(axis=0)
    return _outcome(data, said, probability)


def scores(outcome: Outcome) -> Scores:
    """F1 with intervals, F1 by genre, and the Brier score."""
    right, claimed, true = _sums(outcome)
    macro, micro = _f1(right, claimed, true)
    share = outcome.truth.mean(axis=0)
    brier = float(((outcome.probability - outcome.truth) ** 2).mean())
    naive = float((share * (1 - share)).mean())
    each = 2 * right[0] / np.maximum(claimed[0] + true[0], 1)
    return Scores(
        rows=len(outcome.films), macro_f1=_between(macro), micro_f1=_between(micro),
        genres={name: round(float(f1), 4) for name, f1 in zip(outcome.genres, each, strict=True)},
        brier=round(brier, 5), brier_skill=round(1 - brier / naive, 4) if naive else 0.0,
    )  # fmt: skip


def f1(outcome: Outcome) -> tuple[float, float]:
    """Macro-F1 and micro-F1 without intervals."""
    parts = [
        part.sum(axis=0)[None].astype(float) for part in (outcome.said & outcome.truth, outcome.said, outcome.truth)
    ]
    macro, micro = _f1(parts[0], parts[1], parts[2])
    return float(macro[0]), float(micro[0])


def better_by(one: Outcome, other: Outcome) -> tuple[Between, Between]:
    """How much larger macro-F1 and micro-F1 of ``one`` are than those of ``other`` on the same films (paired)."""
    first, second = _f1(*_sums(one)), _f1(*_sums(other))
    return _between(first[0] - second[0]), _between(first[1] - second[1])


def reliability(outcome: Outcome, bins: int = 10) -> pd.DataFrame:
    """Of the decisions with about this probability, the share that was true: columns probability, true, decisions.

    One bin a row, of equal width; empty ones are left out. All genres together.
    """
    import pandas as pd

    p, y = outcome.probability.ravel(), outcome.truth.ravel()
    place = np.minimum((p * bins).astype(int), bins - 1)
    rows = [
        (p[place == b].mean(), y[place == b].mean(), int((place == b).sum())) for b in range(bins) if (place == b).any()
    ]
    return pd.DataFrame(rows, columns=["probability", "true", "decisions"])


def confusion(outcome: Outcome) -> pd.DataFrame:
    """Of the films that truly are of the row's genre, the share that were said to be of the column's.

    With several genres a film, a row does not sum to 1, and much off the diagonal is right: crime films may be dramas.
    """
    import pandas as pd

    truth = outcome.truth.astype(float)
    table = truth.T @ outcome.said / np.maximum(truth.sum(axis=0), 1)[:, None]
    return pd.DataFrame(table, index=list(outcome.genres), columns=list(outcome.genres)).rename_axis("true")


def _best_cut(near: np.ndarray, y: np.ndarray) -> float:
    """The nearness from which "yes" gives the best F1 on these plots."""
    order = np.argsort(-near, kind="stable")
    right = np.cumsum(y[order])
    f1 = 2 * right / (np.arange(1, len(y) + 1) + max(int(y.sum()), 1))
    return float(near[order[int(np.argmax(f1))]])


def _outcome(data: Examples, said: np.ndarray, probability: np.ndarray) -> Outcome:
    return Outcome(data.genres, data.films, data.sources, data.labels, said, probability)


def _sums(outcome: Outcome) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rightly said, said, true by genre: (1 + resamples, G), the first row without resampling."""
    films: Sequence[str] = sorted(set(outcome.films))
    of = np.searchsorted(np.array(films), np.array(outcome.films))
    lots = np.random.default_rng(_SEED).multinomial(len(films), np.full(len(films), 1 / len(films)), size=_RESAMPLES)
    times = np.vstack([np.ones(len(films)), lots])[:, of].astype(np.float32)
    made = [times @ part.astype(np.float32) for part in (outcome.said & outcome.truth, outcome.said, outcome.truth)]
    return made[0], made[1], made[2]


def _f1(right: np.ndarray, claimed: np.ndarray, true: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    macro = (2 * right / np.maximum(claimed + true, 1)).mean(axis=1)
    micro = 2 * right.sum(axis=1) / np.maximum(claimed.sum(axis=1) + true.sum(axis=1), 1)
    return macro, micro


def _between(values: np.ndarray) -> Between:
    low, high = np.percentile(values[1:], [2.5, 97.5])
    return Between(value=round(float(values[0]), 4), low=round(float(low), 4), high=round(float(high), 4))
