"""What a call to a paid model will cost, and what it did cost. US dollars; an unknown price is None, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import Field, model_validator

from .base import Value

__all__ = ["FREE", "Estimate", "Receipt"]


class Estimate(Value):
    """What a call will cost: at least, likely, at most. All three are None where the price is unknown."""

    low: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    likely: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    high: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    basis: str
    """How it was reckoned: ``3 pictures at 0.04 USD, catalogue of 2026-11-22``."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        figures = (self.low, self.likely, self.high)
        if any(f is None for f in figures):
            if any(f is not None for f in figures):
                raise ValueError("either all three figures are known or none")
        elif not self.low <= self.likely <= self.high:  # type: ignore[operator]
            raise ValueError(f"not in order: {figures}")
        return self

    @property
    def known(self) -> bool:
        """Whether the price is known."""
        return self.high is not None

    def __add__(self, other: Estimate) -> Estimate:
        """Both calls together; unknown where either is."""
        basis = f"{self.basis}; {other.basis}" if self.basis and other.basis else self.basis or other.basis
        if self.low is None or self.likely is None or self.high is None:
            return Estimate(basis=basis)
        if other.low is None or other.likely is None or other.high is None:
            return Estimate(basis=basis)
        return Estimate(
            low=self.low + other.low, likely=self.likely + other.likely, high=self.high + other.high, basis=basis
        )


FREE = Estimate(low=0, likely=0, high=0, basis="runs on this machine")


class Receipt(Value):
    """What a call did cost, as far as the provider tells."""

    model: str
    usage: Mapping[str, float] = {}
    """What was counted, by unit: ``input_tokens``, ``output_tokens``, ``pictures``, ``seconds``, ``characters``."""
    cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """US dollars by the catalogue's prices; None where they are unknown."""
    request: str = ""
    """The provider's own id of the request or the job."""
    replayed: bool = False
    """Whether the reply came from a recorded run: nothing was called and nothing paid."""
