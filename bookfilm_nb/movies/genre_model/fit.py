"""Learning the weights: tf-idf and one logistic regression a genre.

Over stems and pairs of stems, with an L2 penalty, Platt's calibration and an F1-optimal threshold a genre, both from an
inner cross-validation. The same data gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from bookfilm_nb.errors import MissingPartError

from .examples import Examples, folds
from .features import surfaces, vector
from .weights import Weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["SEEN", "WORDS", "C", "best_threshold", "fit", "matrix", "needed", "platt", "train", "vocabulary"]

SEEN = 3
"""Plots that a stem must occur in."""
WORDS = 8000
"""Entries of the vocabulary at most: the commonest."""
C = 2.0
"""Inverse strength of the L2 penalty; chosen among 0.5, 1, 2, 4, 8 by cross-validation."""
_INNER = 5


def vocabulary(counts: Sequence[Counter[str]], ordinary: AbstractSet[str]) -> tuple[tuple[str, ...], np.ndarray]:
    """The ``ordinary`` stems worth learning from, in alphabetical order, and their (V,) inverse document frequency.

    It is ``ln((1 + n) / (1 + df)) + 1`` for ``df`` of ``n`` plots.
    """
    seen = Counter(name for count in counts for name in count)
    often = [name for name, times in seen.items() if times >= SEEN]
    words = [name for name in often if all(part in ordinary for part in name.split(" "))]
    common = sorted((-seen[name], name) for name in words)[:WORDS]
    names = tuple(sorted(name for _, name in common))
    df = np.array([seen[name] for name in names], dtype=np.float64)
    return names, np.log((1 + len(counts)) / (1 + df)) + 1.0


def matrix(counts: Sequence[Counter[str]], names: Sequence[str], idf: np.ndarray) -> Any:  # noqa: ANN401 - scipy has no types
    """The (N, V) sparse tf-idf matrix, float64, rows of length 1."""
    scipy_sparse = needed("scipy.sparse")
    places = {name: place for place, name in enumerate(names)}
    rows = [vector(((places[n], c) for n, c in count.items() if n in places), idf) for count in counts]
    ends = np.cumsum([0, *(len(index) for index, _ in rows)])
    indices = np.concatenate([np.zeros(0, dtype=np.int64), *(index for index, _ in rows)])
    values = np.concatenate([np.zeros(0), *(value for _, value in rows)])
    return scipy_sparse.csr_matrix((values, indices, ends), shape=(len(rows), len(names)))


def train(table: Any, *, fewest: int = 50) -> Weights:  # noqa: ANN401 - pandas only when used
    """The genre model of any tidy table that has plots (``overview``) and genres.

    Genres with fewer than ``fewest`` films are left out. Raises DataError where the table has too few plots, and
    MissingPartError without scikit-learn.
    """
    from .examples import examples

    return fit(examples([table], fewest=fewest))


def fit(data: Examples, *, raw: bool = False) -> Weights:
    """The weights learnt from these plots; ``raw`` leaves the genre words in, to show what the leak is worth."""
    counts = data.raw_counts if raw else data.counts
    names, idf = vocabulary(counts, data.ordinary)
    x = matrix(counts, names, idf)
    g = len(data.genres)
    coef, intercept = np.zeros((g, len(names))), np.zeros(g)
    lines, thresholds = np.zeros((g, 2)), np.zeros(g)
    inner = folds(data, _INNER, salt="inner")
    for j in range(g):
        y = data.labels[:, j]
        unseen = np.zeros(len(y))
        for k in range(_INNER):
            w, b = _regression(x[inner != k], y[inner != k])
            unseen[inner == k] = x[inner == k] @ w + b
            coef[j] += w / _INNER
            intercept[j] += b / _INNER
        lines[j] = platt(unseen, y)
        probability = 1.0 / (1.0 + np.exp(-(lines[j, 0] * unseen + lines[j, 1])))
        thresholds[j] = best_threshold(probability, y)
    made = Weights(
        vocabulary=names, shown=_spellings(data, names), genres=data.genres,
        idf=idf, coef=coef, intercept=intercept, platt=lines, threshold=thresholds,
        prose=np.zeros((2, len(names))), usual=data.labels.mean(axis=0), rows=len(data),
    )  # fmt: skip
    return Weights.from_bytes(made.to_bytes())  # what is measured is what is shipped, rounding included


def platt(scores: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and offset of the probability of ``y`` as a logistic curve of the score (Platt 1999).

    Where all answers are the same, the score says nothing: slope 0, and nearly certain of that answer.
    """
    if y.all() or not y.any():  # a small table can lose a genre in one fold
        return 0.0, 10.0 if y.all() else -10.0
    model = needed("sklearn.linear_model").LogisticRegression(C=1e6, solver="lbfgs", max_iter=1000)
    model.fit(scores[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def best_threshold(probability: np.ndarray, y: np.ndarray) -> float:
    """The probability from which "yes" gives the best F1, among 5 %, 6 % ... 60 %; the lowest of equals."""
    choices = np.arange(0.05, 0.605, 0.01)
    said = probability[None, :] >= choices[:, None]
    right = (said & y).sum(axis=1)
    f1 = 2 * right / np.maximum(said.sum(axis=1) + y.sum(), 1)
    return float(choices[int(np.argmax(f1))])


def _regression(x: Any, y: np.ndarray) -> tuple[np.ndarray, float]:  # noqa: ANN401
    if y.all() or not y.any():  # a small table can lose a genre in one fold
        return np.zeros(x.shape[1]), 10.0 if y.all() else -10.0
    model = needed("sklearn.linear_model").LogisticRegression(C=C, solver="liblinear", random_state=0, max_iter=500)
    model.fit(x, y)
    return np.asarray(model.coef_[0]), float(model.intercept_[0])


def _spellings(data: Examples, names: Sequence[str]) -> tuple[str, ...]:
    """For each entry the word, or the two, most often behind its stems; the first in the alphabet of equals."""
    seen: dict[str, Counter[str]] = {}
    for text in data.texts:
        for root, word in surfaces(text):
            seen.setdefault(root, Counter())[word] += 1
    best: Mapping[str, str] = {root: min(c, key=lambda w: (-c[w], w)) for root, c in seen.items()}
    return tuple(" ".join(best.get(part, part) for part in name.split(" ")) for name in names)


def needed(module: str) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """A module of scikit-learn or scipy. Raises MissingPartError where it is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise MissingPartError(
            "Training needs scikit-learn.", hint="pip install 'bookfilm-nb[data]'", part="scikit-learn"
        ) from error
