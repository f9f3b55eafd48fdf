"""Learning curves: what more examples would bring, the better answer to "is it enough?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import split

from .evaluate import f1, judge
from .examples import examples
from .examples import folds as by_film
from .fit import fit, needed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["genre_question", "learning_curve", "simple_curve"]


def learning_curve(
    table: pd.DataFrame, *, shares: Iterable[float] = (0.1, 0.2, 0.4, 0.7, 1.0), folds: int = 5
) -> pd.DataFrame:
    """How the genre model gets better with more plots: one training size a row.

    ``table`` is a tidy table with plots. Columns: ``examples`` (plots learnt from, mean over folds), ``macro_f1``,
    ``low``, ``high`` (mean and range over the folds), ``micro_f1``, ``train_f1`` (macro, on the plots learnt from).
    Smaller sizes are parts of larger ones; the plots judged are the same for all. Raises DataError for too few plots.
    """
    data = examples([table])
    data.counts  # noqa: B018 - worked out once, so that the parts share it
    place, order = by_film(data, folds), by_film(data, 10_000, salt="size") / 10_000
    rows = []
    for share in sorted(shares):
        found = []
        for k in range(folds):
            learnt = data.take((place != k) & (order < share))
            weights = fit(learnt)
            macro, micro = f1(judge(weights, data.take(place == k)))
            found.append((len(learnt), macro, micro, f1(judge(weights, learnt))[0]))
        rows.append(_curve_row(found))
    return _curve(rows)


def genre_question(table: pd.DataFrame, genre: str = "drama") -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """The question of whether a film is of a genre, from its bare numbers: any table can answer it, plots or not.

    Gives (N, 4) float64 features, standardised (year, log of running time, rating, log of votes), (N,) bool answers
    and the names of the features. Films with an unknown value are left out. Raises DataError where no film is left, or
    all have the same answer.
    """
    known = table.dropna(subset=["year", "runtime_min", "rating", "votes", "genres"])
    known = known[(known["runtime_min"] > 0) & (known["votes"] > 0)]
    answers = np.array([genre in split(cell) for cell in known["genres"]], dtype=bool)
    if not answers.any() or answers.all():
        raise DataError(
            f"The table has no films to tell {genre!r} from others by.", hint="Choose another genre or source."
        )
    columns = {name: known[name].to_numpy(dtype=np.float64) for name in ("year", "runtime_min", "rating", "votes")}
    raw = np.column_stack(
        [columns["year"], np.log(columns["runtime_min"]), columns["rating"], np.log(columns["votes"])]
    )
    spread = raw.std(axis=0)
    return (
        (raw - raw.mean(axis=0)) / np.where(spread > 0, spread, 1.0),
        answers,
        ("year", "running time", "rating", "votes"),
    )


def simple_curve(
    features: np.ndarray,
    answers: np.ndarray,
    *,
    sizes: Iterable[int] = (10, 20, 40, 80, 160, 320, 1000, 5000),
    folds: int = 5,
) -> pd.DataFrame:
    """The learning curve of a logistic regression of a yes/no question; columns as :func:`learning_curve`.

    Sizes that the table does not have are left out. Rows are dealt out by a fixed shuffle: no global random state.
    """
    linear = needed("sklearn.linear_model")
    deal = np.random.default_rng(7).permutation(len(answers))
    place = np.empty(len(answers), dtype=np.int64)
    place[deal] = np.arange(len(answers)) % folds
    rows = []
    for size in sorted(sizes):
        found = []
        for k in range(folds):
            learnt = deal[place[deal] != k][:size]
            if len(learnt) < size or len(set(answers[learnt].tolist())) < 2:
                continue
            model = linear.LogisticRegression(max_iter=500).fit(features[learnt], answers[learnt])
            (macro, micro), (own, _) = (
                _two_sided(model.predict(features[part]), answers[part]) for part in (place == k, learnt)
            )
            found.append((size, macro, micro, own))
        if len(found) == folds:
            rows.append(_curve_row(found))
    return _curve(rows)


def _two_sided(said: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """Macro-F1 over "yes" and "no", and the share that was right, which is micro-F1 here."""
    both = [
        2 * (said & true).sum() / max((said.sum() + true.sum()), 1),
        2 * (~said & ~true).sum() / max((~said).sum() + (~true).sum(), 1),
    ]
    return float(np.mean(both)), float((said == true).mean())


def _curve_row(found: list[tuple[int, float, float, float]]) -> tuple[float, ...]:
    sizes, macro, micro, own = (np.array(column, dtype=np.float64) for column in zip(*found, strict=True))
    return (round(sizes.mean()), macro.mean(), macro.min(), macro.max(), micro.mean(), own.mean())


def _curve(rows: list[tuple[float, ...]]) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(rows, columns=["examples", "macro_f1", "low", "high", "micro_f1", "train_f1"])
    return table.astype({"examples": "int64"})
