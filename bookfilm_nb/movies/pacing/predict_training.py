"""Fits the model of :mod:`.predict` and measures it by cross-validation.

``python -m bookfilm_nb.movies.pacing.predict_training --cinemetrics FILE [--genres FILE --runtimes FILE]`` writes
``asl_model.json`` anew.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import PERIODS
from bookfilm_nb.movies.genres import GENRES

from .by_genre import join_genres, years_of
from .cinemetrics import load_cinemetrics
from .films import films
from .listed import ggplot2_runtimes, load_top_grossing, movielens_films
from .predict import AslModel, Terms, year_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["FIRST_YEAR", "fit_asl_model", "training_films"]

FIRST_YEAR = 1930
"""Silent films are cut by other habits and are left out."""
PROMISED = 0.8
RIDGE = 2.0
"""Penalty on the genre flags only: a genre of 20 films keeps 90 % of its own effect."""
SMALLEST = 0.01
"""Log seconds, added to errors: those below a hundredth say nothing about the size of the next one."""
FOLDS = 10
FEWEST_FILMS = 60
_YEARS = len(year_terms(0))


def training_films(cinemetrics: Path, genres: Path | None = None, runtimes: Path | None = None) -> pd.DataFrame:
    """Measured films with genres and running time: Cinemetrics joined with MovieLens on title and year.

    Biography and history, which MovieLens lacks, are added to the films that the table of ``genres`` (see
    :func:`load_top_grossing`) knows. Running times are those of ggplot2movies, then of ``runtimes``.
    """
    measured = films(load_cinemetrics(cinemetrics).table).table
    top = [load_top_grossing(genres, runtimes).table] if genres else []
    table = join_genres(measured, movielens_films(), ggplot2_runtimes(), *top)
    if top:
        also = join_genres(measured, *top).set_index(["key", "year"])["genres"]
        further = [also.get((key, year), "") for key, year in zip(table["key"], table["year"], strict=True)]
        merged = [
            "|".join(dict.fromkeys([*cell.split("|"), *(n for n in extra.split("|") if n in {"biography", "history"})]))
            for cell, extra in zip(table["genres"], further, strict=True)
        ]
        table["genres"] = merged
        table["genres"] = table["genres"].astype("string")
    return table[(table["year"] >= FIRST_YEAR) & table["runtime_min"].notna()].reset_index(drop=True)


def fit_asl_model(table: pd.DataFrame, source: str) -> AslModel:
    """The model fitted to films with columns genres, year, runtime_min and asl_s, and its measured quality.

    The interval's ends are quantiles of errors from 10-fold cross-validation; its coverage is measured by doing all
    of that again without each tenth of the films in turn. Folds go by row number: sort the rows first.
    Raises DataError for fewer than 60 films.
    """
    import numpy as np

    if len(table) < FEWEST_FILMS:
        raise DataError(
            f"{len(table)} films are too few to fit the pacing model.", hint=f"At least {FEWEST_FILMS} are needed."
        )
    cells = [set(cell.split("|")) for cell in table["genres"]]
    names = [genre for genre in GENRES if any(genre in cell for cell in cells)]
    minutes = table["runtime_min"].to_numpy(dtype=np.float64)
    years = table["year"].to_numpy(dtype=np.int64)
    typical = float(np.median(minutes))
    flags = np.array([[genre in cell for genre in names] for cell in cells], dtype=np.float64)
    design: Floats = np.column_stack(
        [np.ones(len(table)), np.array([year_terms(int(y)) for y in years]), np.log(minutes / typical), flags]
    )
    target = np.log(table["asl_s"].to_numpy(dtype=np.float64))
    residuals = _residuals(design, target)
    error, low, high = _interval(design, residuals)
    inside = _held(design, target)
    centred = target - target.mean()
    return AslModel(
        source=source,
        rows=len(table),
        expected=_terms(_ridge(design, target), names),
        error=_terms(error, names),
        genre_rows={genre: int(n) for genre, n in zip(names, flags.sum(axis=0), strict=True)},
        typical_runtime_min=typical,
        first_year=int(years.min()),
        last_year=int(years.max()),
        shortest_min=float(minutes.min()),
        longest_min=float(minutes.max()),
        period_years=_period_years(years),
        error_low=_short(low),
        error_high=_short(high),
        promised=PROMISED,
        coverage=_short(inside.mean()),
        coverage_by_genre={
            genre: _short(inside[column > 0].mean()) for genre, column in zip(names, flags.T, strict=True)
        },
        r2=_short(1 - float(residuals @ residuals) / float(centred @ centred)),
        typical_error=_short(np.exp(np.median(np.abs(residuals)))),
    )


def _ridge(design: Floats, target: Floats) -> Floats:
    """Least squares with a penalty on the genre flags, which stand after intercept, year curve and running time."""
    import numpy as np

    free = 2 + _YEARS
    penalty = np.diag([0.0] * free + [RIDGE] * (design.shape[1] - free))
    weights = np.linalg.lstsq(design.T @ design + penalty, design.T @ target, rcond=None)[0]
    return np.asarray(weights, dtype=np.float64)


def _folds(count: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows to learn from and rows to judge, so that every row is judged once."""
    import numpy as np

    fold = np.arange(count) % FOLDS
    for left_out in range(FOLDS):
        yield np.flatnonzero(fold != left_out), np.flatnonzero(fold == left_out)


def _residuals(design: Floats, target: Floats) -> Floats:
    """What a model that has not seen the row leaves unexplained of it."""
    import numpy as np

    left = np.empty(len(target))
    for train, test in _folds(len(target)):
        left[test] = target[test] - design[test] @ _ridge(design[train], target[train])
    return left


def _interval(design: Floats, residuals: Floats) -> tuple[Floats, float, float]:
    """Weights that give the log size of an error, and the ends of the central interval of errors in that size.

    The ends are ranks out of n + 1, as split conformal prediction asks (Lei et al. 2018, "Distribution-free predictive
    inference for regression"), of errors whose size was given by weights that have not seen them.
    """
    import numpy as np

    sizes = np.log(np.abs(residuals) + SMALLEST)
    scaled = np.empty(len(residuals))
    for train, test in _folds(len(residuals)):
        scaled[test] = residuals[test] / np.exp(design[test] @ _ridge(design[train], sizes[train]))
    count, tail = len(residuals), (1 - PROMISED) / 2
    ranked = np.sort(scaled)
    below = max(int(np.floor(tail * (count + 1))) - 1, 0)
    above = min(int(np.ceil((1 - tail) * (count + 1))) - 1, count - 1)
    return _ridge(design, sizes), float(ranked[below]), float(ranked[above])


def _held(design: Floats, target: Floats) -> Floats:
    """1 for each row that lies in the interval of a model and of errors that have not seen it, else 0."""
    import numpy as np

    inside = np.empty(len(target))
    for train, test in _folds(len(target)):
        error, low, high = _interval(design[train], _residuals(design[train], target[train]))
        off = (target[test] - design[test] @ _ridge(design[train], target[train])) / np.exp(design[test] @ error)
        inside[test] = (off >= low) & (off <= high)
    return inside


def _terms(weights: Floats, genres: list[str]) -> Terms:
    return Terms(
        intercept=_short(weights[0]),
        year=tuple(_short(weight) for weight in weights[1 : 1 + _YEARS]),
        runtime=_short(weights[1 + _YEARS]),
        genres={genre: _short(weight) for genre, weight in zip(genres, weights[2 + _YEARS :], strict=True)},
    )


def _period_years(years: NDArray[np.int64]) -> dict[str, int]:
    import numpy as np

    found: dict[str, int] = {}
    for period in PERIODS:
        first, last = years_of(period)
        inside = years[(years >= first) & (years <= last)]
        found[period] = int(np.median(inside)) if inside.size else (first + last) // 2
    return found


def _short(number: float) -> float:
    return round(float(number), 5)


def main() -> None:
    """Writes ``asl_model.json`` beside this module."""
    parser = argparse.ArgumentParser(description="Fit the model of average shot length.")
    parser.add_argument("--cinemetrics", type=Path, required=True)
    parser.add_argument("--genres", type=Path, help="genres of top-grossing films: biography and history")
    parser.add_argument("--runtimes", type=Path, help="running times of top-grossing films")
    given = parser.parse_args()
    table = training_films(given.cinemetrics, given.genres, given.runtimes)
    model = fit_asl_model(
        table,
        "Cinemetrics (to 2020-05) with MovieLens genres and running times of ggplot2movies and T. Arnold's top 100",
    )
    Path(__file__).with_name("asl_model.json").write_text(model.to_json(indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
