"""Prices in words: nothing, so much, or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.widgets.terms import decimal, figure
from bookfilm_nb.widgets.words import say

if TYPE_CHECKING:
    from bookfilm_nb.model import Estimate

__all__ = ["likely", "priced", "span"]


def likely(price: Estimate) -> str:
    """What it will cost most likely: ``0.05 USD``; "free" and "not known" are said in words."""
    if price.likely is None:
        return say("money.unknown")
    return f"{_amount(price.likely)} USD" if price.high else say("money.free")


def span(price: Estimate) -> str:
    """At least and at most; empty where it is free or not known."""
    return f"{_amount(price.low)} – {_amount(price.high)} USD" if price.low is not None and price.high else ""


def priced(price: Estimate) -> str:
    """Both in one: ``0.05 USD (0.04 – 0.08 USD)``."""
    between = span(price)
    return f"{likely(price)} ({between})" if between else likely(price)


def _amount(usd: float) -> str:
    """Two decimals, and below ten cents as many as show two figures: a call may cost a thousandth of a dollar."""
    if 0 < usd < 0.0001:
        return figure("< 0.0001")
    return decimal(usd, ".2f" if usd >= 0.1 or not usd else ".2g")
