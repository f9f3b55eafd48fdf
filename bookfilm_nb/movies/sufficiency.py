"""Is it enough? Examples against what a model has to learn from them: the rule of ten, and where it misleads.

The rule: ten examples for each degree of freedom; for a yes/no question ten of the rarer answer (events per variable;
Peduzzi et al. 1996, Harrell 2015, section 4.4). It is a rule of thumb; a learning curve
(:mod:`.genre_model.curves`) is the better answer:

* features that go together count as fewer than they are: :func:`effective_features`, :func:`ridge_freedom`;
* a rare class is learnt from its own few examples, however many rows the table has;
* a penalty uses up fewer degrees of freedom than there are coefficients, so the plain rule says "no" too often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from bookfilm_nb.model import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from bookfilm_nb.movies.pacing.predict import AslModel
    from bookfilm_nb.movies.table import LoadReport

__all__ = [
    "RULE", "Enough", "Verdict", "effective_features", "ridge_freedom", "rule_of_ten", "sufficiency_table",
]  # fmt: skip

Verdict = Literal["enough", "scarce", "too few"]
RULE = 10.0
"""Examples a degree of freedom."""
_SCARCE = 5.0


class Enough(Value):
    """A model, what it learns from, and whether the rule of ten is kept."""

    model: str
    source: str
    examples: int
    counted: int
    """What the rule counts: all examples of a number to predict, those of the rarer answer of a yes/no question."""
    freedom: float
    """Degrees of freedom: coefficients, or fewer where they are penalised or features go together."""
    ratio: float
    verdict: Verdict
    note: str = ""


def rule_of_ten(
    examples: int, freedom: float, *, events: int | None = None, model: str = "", source: str = "", note: str = ""
) -> Enough:
    """Whether there are ten examples a degree of freedom; 5 to 10 is scarce.

    ``events``: for a yes/no question, how many examples are "yes"; the rarer answer is what counts.
    Raises ValueError for negative numbers, no freedom at all, or more events than examples.
    """
    if examples < 0 or freedom <= 0 or (events is not None and not 0 <= events <= examples):
        raise ValueError(f"no such model: {examples} examples, {events} events, {freedom} degrees of freedom")
    counted = examples if events is None else min(events, examples - events)
    ratio = counted / freedom
    verdict: Verdict = "enough" if ratio >= RULE else "scarce" if ratio >= _SCARCE else "too few"
    return Enough(
        model=model, source=source, examples=examples, counted=counted, freedom=round(float(freedom), 2),
        ratio=round(ratio, 2), verdict=verdict, note=note,
    )  # fmt: skip


def effective_features(features: np.ndarray) -> float:
    """How many features there are in effect: the participation ratio of the eigenvalues of their correlations.

    ``(sum of eigenvalues)² / sum of squares``: K for K unrelated columns, 1 for K copies of one. (N, K) float; columns
    that never vary count for nothing. Raises ValueError for fewer than two rows.
    """
    x = np.asarray(features, dtype=np.float64)
    if len(x) < 2:
        raise ValueError("features of at least two examples are needed")
    x = x[:, x.std(axis=0) > 0]
    if not x.shape[1]:
        return 0.0
    values = np.linalg.eigvalsh(np.atleast_2d(np.corrcoef(x, rowvar=False)))
    return float(values.sum() ** 2 / (values**2).sum())


def ridge_freedom(features: np.ndarray, penalty: float) -> float:
    """Degrees of freedom of a ridge regression: the trace of its hat matrix (Hastie, Tibshirani, Friedman 2009, 3.50).

    ``sum of d² / (d² + penalty)`` over the singular values of the centred (N, K) features, and 1 for the intercept:
    K + 1 without penalty, towards 1 as it grows. Raises ValueError for a negative penalty.
    """
    if penalty < 0:
        raise ValueError("a penalty is 0 or more")
    x = np.asarray(features, dtype=np.float64)
    squares = np.linalg.svd(x - x.mean(axis=0), compute_uv=False) ** 2
    squares = squares[squares > squares.max(initial=0.0) * 1e-12]
    return float(1.0 + (squares / (squares + penalty)).sum())


def sufficiency_table(reports: Iterable[LoadReport] = ()) -> pd.DataFrame:
    """Every model that we fit against what it was fitted to, and against each loaded source: one a row.

    ``reports`` are the load reports of sources at hand: how far would as many films go for the pacing model? Columns
    are the fields of :class:`Enough`.
    """
    import pandas as pd

    rows = [*_genre_models(), *_pacing(), *_templates(), *(_of_source(report) for report in reports)]
    return pd.DataFrame([row.model_dump() for row in rows])


def _genre_models() -> list[Enough]:
    """One row a genre: its films among the plots against the effective freedom of its penalised regression."""
    from bookfilm_nb.movies.genre_model.card import shipped_card

    card = shipped_card()
    plots = " + ".join(card.data.sources)
    return [
        rule_of_ten(
            card.data.rows, card.freedom[name], events=films, model=f"genre: {name}", source=plots,
            note=f"{card.vocabulary:,} coefficients, penalised: they count as {card.freedom[name]:.0f}; F1 "
            f"{card.cross_validation['all'].model.genres[name]:.2f} on unseen films, whatever the rule says",
        )
        for name, films in card.data.genres.items()
    ]  # fmt: skip


def _pacing() -> list[Enough]:
    from bookfilm_nb.movies.pacing.predict import asl_model

    model = asl_model()
    r2 = f"r² {model.r2:.2f} on unseen films"
    terms = _pacing_terms(model)
    return [
        rule_of_ten(model.rows, terms, model="average shot length", source=model.source, note=r2),
        *(
            rule_of_ten(
                model.rows, terms, events=films, model=f"average shot length, {name}", source=model.source,
                note="one coefficient of its own, shrunk towards 0; the other terms learn from all films",
            )
            for name, films in model.genre_rows.items()
        ),
    ]  # fmt: skip


def _templates() -> list[Enough]:
    """One row a cell, genre and period: the films whose shots were measured against a median and two quartiles."""
    from bookfilm_nb.model import PERIODS
    from bookfilm_nb.movies.genres import GENRES
    from bookfilm_nb.movies.templates import template_for

    figures = [
        (f"template: {name} {period}", template_for(name, period).shot_length_s)
        for name in GENRES
        for period in PERIODS
    ]
    return [
        rule_of_ten(figure.rows, 3, model=model, source=figure.source, note="a median and two quartiles")
        for model, figure in figures
    ]


def _of_source(report: LoadReport) -> Enough:
    from bookfilm_nb.movies.pacing.predict import asl_model

    films = report.tables[0].rows_out if report.tables else 0
    note = "if every film had genres, year, running time and a measured shot length; see the datasheet"
    terms = _pacing_terms(asl_model())
    return rule_of_ten(films, terms, model="as many terms as average shot length", source=report.source, note=note)


def _pacing_terms(model: AslModel) -> int:
    return len(model.expected.genres) + len(model.expected.year) + 2
