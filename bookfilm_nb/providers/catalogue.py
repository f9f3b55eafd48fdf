"""Models, their prices and the days they end: dated facts from ``catalogue.toml``, each with its source."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from bookfilm_nb.errors import ChoiceError, RetiredError
from bookfilm_nb.model import Estimate, Value

__all__ = [
    "ModelFacts",
    "catalogue",
    "check_alive",
    "cost",
    "ended_may_pass",
    "estimate",
    "facts",
    "instead_of",
    "this_day",
]

WARNS = timedelta(days=60)
"""A model that ends within this time is named when it is chosen."""
_ENGINES = {"google": "veo"}
"""Engines whose name is not their provider's."""


class ModelFacts(Value):
    """What is known of one model, and since when."""

    id: str
    """``openai/gpt-image-2.6-flare``: the provider, and the model's name there."""
    door: Literal["text", "voice", "images", "video"]
    usd: Mapping[str, float] = {}
    """US dollars for one unit: ``input_tokens``, ``output_tokens``, ``pictures``, ``seconds``, ``characters``. A unit
    that is not here has a price that nobody here knows."""
    licence: str
    """What one may do with what it makes."""
    ends: date | None = None
    """The day from which the provider no longer answers."""
    replacement: str = ""
    """What its provider names instead, as an id; whether BookFilm can use that, the catalogue says."""
    source: str
    checked: date


@cache
def catalogue() -> Mapping[str, ModelFacts]:
    """All models by id, in the order of the file."""
    table = tomllib.loads((files(__package__) / "catalogue.toml").read_text("utf-8"))
    found = [ModelFacts.model_validate(row) for row in table["model"]]
    return {model.id: model for model in found}


def facts(model: str) -> ModelFacts | None:
    """What is known of a model; None for one that the catalogue does not have, such as a local one."""
    return catalogue().get(model)


def this_day() -> date:
    """The day by which models have ended or not, in UTC."""
    return datetime.now(UTC).date()


def instead_of(model: ModelFacts) -> str:
    """What to choose in the place of a model that ends, as a person would choose it."""
    if model.replacement in catalogue():
        provider, _, name = model.replacement.partition("/")
        return f"Use {_ENGINES.get(provider, provider)}:{name} instead."
    other = "Choose another engine (bookfilm providers)."
    return f"Its successor is {model.replacement}, which BookFilm cannot call. {other}" if model.replacement else other


_ended_may_pass: ContextVar[bool] = ContextVar("ended_may_pass", default=False)


@contextlib.contextmanager
def ended_may_pass() -> Iterator[None]:
    """Have :func:`check_alive` refuse nothing in this block, in this thread.

    A film that is there, and a recorded run, outlive the models that made them: ended ones are refused where something
    is to be bought, not where they are only named.
    """
    token = _ended_may_pass.set(True)
    try:
        yield
    finally:
        _ended_may_pass.reset(token)


def check_alive(model: str, *, today: date | None = None) -> str:
    """A sentence for a model that ends within 60 days, nothing for one that lives on or is not known here.

    Raises RetiredError for one whose day has come; ``data['replacement']`` is what to use instead. Where ended
    ones are let pass (:func:`ended_may_pass`), the sentence says so.
    """
    known = facts(model)
    if known is None or known.ends is None:
        return ""
    now = today or this_day()
    if now >= known.ends and _ended_may_pass.get():
        return f"{model} ended on {known.ends.isoformat()}; what it made is kept."
    if now >= known.ends:
        raise RetiredError(
            f"{model} ended on {known.ends.isoformat()} ({known.source}).",
            hint=instead_of(known),
            model=model,
            ends=known.ends.isoformat(),
            replacement=known.replacement,
        )
    return f"{model} ends on {known.ends.isoformat()}. {instead_of(known)}" if known.ends - now <= WARNS else ""


def cost(model: str, usage: Mapping[str, float]) -> float | None:
    """US dollars for what was counted; None where the model or the price of one of its units is not known."""
    known = facts(model)
    if known is None or any(unit not in known.usd for unit, count in usage.items() if count):
        return None
    return sum(known.usd[unit] * count for unit, count in usage.items() if count)


def estimate(model: str, low: Mapping[str, float], likely: Mapping[str, float], high: Mapping[str, float]) -> Estimate:
    """What a call will cost when it uses so much at least, likely, at most.

    Raises ChoiceError where the three are not in order: an engine that reckons wrongly must not reach a budget.
    """
    known = facts(model)
    figures = [cost(model, usage) for usage in (low, likely, high)]
    units = ", ".join(f"{count:,.0f} {unit.replace('_', ' ')}" for unit, count in likely.items() if count)
    if known is None or None in figures:
        return Estimate(basis=f"{model}: {units}; the price is not known")
    try:
        return Estimate(
            low=figures[0],
            likely=figures[1],
            high=figures[2],
            basis=f"{model}: {units}, by the catalogue of {known.checked.isoformat()}",
        )
    except ValueError as fault:
        raise ChoiceError(f"The estimate for {model} is not in order: {figures}.", model=model) from fault
