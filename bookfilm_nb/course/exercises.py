"""Checks for the exercises of the course notebook: an answer is compared with what was measured in the page."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import ChoiceError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from .compare import FilmFacts

__all__ = ["Measured", "check"]


class Measured(NamedTuple):
    """What the notebook measured: tables of the steps, and both films."""

    joins: pd.DataFrame
    lengths: pd.DataFrame
    recipe: FilmFacts
    workbench: FilmFacts


_EXERCISES: dict[str, tuple[Callable[[Measured], float], str]] = {
    "requests": (
        lambda found: float(found.joins["requests"].sum()),
        "Add up one column of the table of step 3.",
    ),
    "silence": (
        lambda found: float(found.lengths[["silence before, ms", "silence after, ms"]].to_numpy().sum()),
        "Two columns of the table of step 4, all lines.",
    ),
    "work": (
        lambda found: (found.recipe.work_s / found.recipe.seconds) / (found.workbench.work_s / found.workbench.seconds),
        "Seconds of work for a second of film, one film's divided by the other's.",
    ),
}


def check(exercise: str, answer: object, measured: Measured) -> str:
    """Whether an answer is right; it may be off by two per cent. None is no answer yet.

    Raises ChoiceError for an exercise that there is not.
    """
    if exercise not in _EXERCISES:
        names = list(_EXERCISES)
        raise ChoiceError(f"There is no exercise {exercise!r}.", hint=f"Choose: {', '.join(names)}.", choices=names)
    if answer is None:
        return f"{exercise}: no answer yet."
    solution, hint = _EXERCISES[exercise]
    try:
        right = not isinstance(answer, bool) and isclose(float(answer), solution(measured), rel_tol=0.02)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        right = False
    return f"{exercise}: right." if right else f"{exercise}: not yet. {hint}"
