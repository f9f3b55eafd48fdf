"""Checks for the exercises at the end of the notebooks: an answer is compared with what the data says."""

from __future__ import annotations

from math import exp, isclose
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.movies.genres import GENRES
from bookfilm_nb.movies.sources import load
from bookfilm_nb.movies.templates import template_for

from .data_charts import by_genre

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import GenreTemplate

__all__ = ["EXERCISES", "check"]


class Exercise(NamedTuple):
    """What is right, worked out when it is asked for, and where to look."""

    solution: Callable[[], object]
    hint: str


def check(exercise: str, answer: object) -> str:
    """Whether an answer is right; numbers may be off by one per cent. None is no answer yet.

    Raises ChoiceError for an exercise that there is not.
    """
    if exercise not in EXERCISES:
        raise ChoiceError(
            f"There is no exercise {exercise!r}.", hint=f"Choose: {', '.join(EXERCISES)}.", choices=list(EXERCISES)
        )
    if answer is None:
        return f"{exercise}: no answer yet."
    solution, hint = EXERCISES[exercise]
    return f"{exercise}: right." if _same(answer, solution()) else f"{exercise}: not yet. {hint}"


def _same(answer: object, right: object) -> bool:
    if isinstance(right, str):
        return isinstance(answer, str) and answer.strip().casefold() == right.casefold()
    if isinstance(answer, bool) or not isinstance(right, (int, float)):
        return False
    try:
        return isclose(float(answer), right, rel_tol=0.01)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def _longest_film() -> str:
    table = load().table
    return str(table["title"].iloc[int(table["runtime_min"].fillna(0).argmax())])


def _budgets() -> int:
    return int(load().table["budget"].notna().sum())


def _best_rated() -> str:
    return str(by_genre(load().table, "rating", least=1000).index[-1])


def _darkest() -> str:
    counted = [t for t in map(template_for, GENRES) if "expected" not in t.palette.brightness.source]
    return min(counted, key=lambda t: t.palette.brightness.value).genre


def _changed_most() -> str:
    def ratio(genre: str) -> float:
        return template_for(genre, "1930-1969").shot_length_s.value / template_for(genre).shot_length_s.value

    return max(GENRES, key=ratio)


def _shots(template: GenreTemplate, minutes: float) -> float:
    return minutes * 60 / template.shot_length_s.value


def _mean_by_law() -> float:
    mystery = template_for("mystery")
    return mystery.median_shot_s.value * exp(mystery.shot_sigma.value**2 / 2)


EXERCISES = {
    "longest film": Exercise(_longest_film, "The column is runtime_min; idxmax gives the row."),
    "known budgets": Exercise(_budgets, "Unknown is <NA>, so notna() finds what is known."),
    "best rated genre": Exercise(_best_rated, "widgets.by_genre(table, 'rating', least=1000) is sorted by its median."),
    "darkest posters": Exercise(_darkest, "template_for(genre).palette.brightness.value, for each of GENRES."),
    "shot of a blend": Exercise(
        lambda: template_for("horror 0.5 + comedy 0.5").shot_length_s.value,
        "template_for takes the blend as it is written.",
    ),
    "war and animation": Exercise(
        lambda: template_for("war").runtime_min.value - template_for("animation").runtime_min.value,
        "The field is runtime_min, and a figure has a value.",
    ),
    "changed most": Exercise(_changed_most, "Divide the average shot length of 1930-1969 by that of 1990-2020."),
    "shots in a film": Exercise(
        lambda: _shots(template_for("action"), 90), "Seconds of the film divided by the average shot length."
    ),
    "mean by the law": Exercise(_mean_by_law, "The mean of a lognormal law is median × exp(sigma² / 2)."),
}
"""The exercises of notebooks 01 to 03 by name; all can be solved with what ships."""
