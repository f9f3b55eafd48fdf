"""From genre, year and running time to a film's average shot length, with an interval that says how sure that is.

The model is a ridge regression of the logarithm of ASL on genre flags, a curve in the year and the logarithm of the
running time, and a second one of the size of the first one's error, because some genres are less alike than others
(musicals than animations). :mod:`.predict_training` fits both; the numbers ship in ``asl_model.json``. Genre and year
explain two fifths of the variance; the running time says next to nothing once they are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp, isfinite, log
from typing import NamedTuple

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import PERIODS, Document, Value
from bookfilm_nb.movies.genres import canonical_genre

__all__ = ["AslModel", "Prediction", "Terms", "asl_model", "predict_asl", "year_terms"]


class Prediction(NamedTuple):
    """An average shot length in seconds: the expected value (a median) and the ends of the interval."""

    value: float
    low: float
    high: float


class Terms(Value):
    """A sum that is linear in genre flags, the year's curve and the logarithm of the running time."""

    intercept: float
    year: tuple[float, ...]
    """Coefficients of :func:`year_terms`."""
    runtime: float
    """Coefficient of log(runtime / typical runtime)."""
    genres: Mapping[str, float]
    """Coefficient of each genre; genres with few films are drawn towards 0."""

    def total(self, genres: Iterable[str], year: int, log_runtime: float) -> float:
        """The sum for a film; ``log_runtime`` is log(runtime / typical runtime)."""
        flags = sum(self.genres[name] for name in genres)
        curve = sum(weight * term for weight, term in zip(self.year, year_terms(year), strict=True))
        return self.intercept + flags + curve + self.runtime * log_runtime


class AslModel(Document):
    """The fitted model as plain numbers, with what is known of its quality."""

    source: str
    rows: int
    genre_rows: Mapping[str, int]
    expected: Terms
    """Gives the logarithm of ASL in seconds."""
    error: Terms
    """Gives the logarithm of the typical size of an error in it."""
    typical_runtime_min: float
    first_year: int
    last_year: int
    shortest_min: float
    longest_min: float
    period_years: Mapping[str, int]
    """The year that stands for a period: the median over its films."""
    error_low: float
    error_high: float
    """Quantiles of cross-validated errors in units of their typical size: the ends of the interval."""
    promised: float
    """Share of films that the interval promises to hold."""
    coverage: float
    """Share that it did hold, of films that neither model nor interval had seen (nested cross-validation)."""
    coverage_by_genre: Mapping[str, float]
    r2: float
    """Share of the variance of log ASL that is explained, cross-validated."""
    typical_error: float
    """Median of the factor by which a cross-validated prediction is off: 1.2 is a fifth."""

    def predict(self, genres: Iterable[str], year_or_period: int | str, runtime_min: float | None = None) -> Prediction:
        """See :func:`predict_asl`."""
        names = dict.fromkeys(canonical_genre(name) for name in genres)
        unknown = [name for name in names if name not in self.expected.genres]
        if unknown:
            raise ChoiceError(
                f"There is no pacing for the genre {unknown[0]!r}.",
                hint=f"Choose from: {', '.join(sorted(self.expected.genres))}.",
                choices=sorted(self.expected.genres),
            )
        minutes = self.typical_runtime_min if runtime_min is None else runtime_min
        if not isfinite(minutes) or minutes <= 0:
            raise ChoiceError(f"A film cannot run {runtime_min} minutes.", hint="Give minutes above 0.")
        minutes = min(max(minutes, self.shortest_min), self.longest_min)
        year = min(max(self._year(year_or_period), self.first_year), self.last_year)
        film = (tuple(names), year, log(minutes / self.typical_runtime_min))
        middle, size = self.expected.total(*film), exp(self.error.total(*film))
        return Prediction(exp(middle), exp(middle + self.error_low * size), exp(middle + self.error_high * size))

    def _year(self, year_or_period: int | str) -> int:
        if isinstance(year_or_period, int):
            return year_or_period
        if year_or_period not in self.period_years:
            raise ChoiceError(
                f"There is no period {year_or_period!r}.",
                hint=f"Give a year or one of: {', '.join(PERIODS)}.",
                choices=list(PERIODS),
            )
        return self.period_years[year_or_period]


def year_terms(year: float) -> tuple[float, float, float]:
    """The curve in the year: (t, t², t³) of t = (year - 1990) / 30."""
    t = (year - 1990) / 30
    return t, t**2, t**3


@cache
def asl_model() -> AslModel:
    """The model that ships with the package."""
    return AslModel.from_json((files(__package__) / "asl_model.json").read_bytes())


def predict_asl(genres: Iterable[str], year_or_period: int | str, runtime_min: float | None = None) -> Prediction:
    """The average shot length (seconds) to expect of a film, and the interval that holds four such films of five.

    ``genres`` are names in any spelling (several or none), ``year_or_period`` a year or one of :data:`PERIODS`,
    ``runtime_min`` minutes, or None for a film of typical length. Years and minutes beyond those of the training films
    count as the nearest that was seen. Rows, error and measured coverage are in :func:`asl_model`.
    Raises ChoiceError for a genre or period that there is not, and for minutes that are not above 0.
    """
    return asl_model().predict(genres, year_or_period, runtime_min)
