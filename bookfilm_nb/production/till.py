"""The till: every paid call is reserved before it is made, held against the budget, and settled afterwards.

A call is ``reserved``, perhaps ``submitted`` (a job with an id, which takes minutes), and then ``settled`` (its cost is
known, or known to be unknown), ``released`` (it failed and was not charged), ``unsure`` (it failed, and nobody can say
whether it was charged) or ``wasted`` (it was answered and charged, and the answer cannot be used). What was reserved
stays reserved for an unsure call, and for a wasted one whose cost was not told. A process that is killed leaves its
calls reserved or submitted: a submitted job is collected by its id, a reserved call is counted as unsure.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import BudgetError, StoreError

if TYPE_CHECKING:
    import sqlite3

    from bookfilm_nb.model import Estimate, Receipt

    from .store import Store

__all__ = ["Call", "Spent", "Till", "paid_by_stage"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, stage TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
    engine TEXT NOT NULL, model TEXT NOT NULL, state TEXT NOT NULL, low REAL, likely REAL, high REAL, cost REAL,
    usage TEXT NOT NULL DEFAULT '{}', job TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '', ended REAL
);
CREATE INDEX IF NOT EXISTS calls_by_key ON calls (key);
"""
_COLUMNS = "id, at, stage, name, key, engine, model, state, low, likely, high, cost, usage, job, why, ended"
_EVEN = 1e-9
"""Dollars: a budget is not passed by the rounding of a sum."""


class Call(NamedTuple):
    """One paid call. Money in US dollars, None where unknown."""

    id: int
    at: float
    stage: str
    name: str
    """The shot, the element, or the prompt."""
    key: str
    """The artefact's key: what is bought."""
    engine: str
    model: str
    state: str
    low: float | None
    likely: float | None
    high: float | None
    cost: float | None
    usage: str
    """What was counted, as JSON."""
    job: str
    why: str
    ended: float | None


class Spent(NamedTuple):
    """Where the money is. US dollars."""

    settled: float
    """Paid, as far as prices are known."""
    held: float
    """Reserved for calls that are under way or whose end nobody knows: they count against the budget."""
    unknown: int
    """Calls that were made and whose price is not known."""


class Till:
    """The till of one production. Threads and processes may use it at once, each through its own store."""

    def __init__(
        self,
        store: Store,
        *,
        budget_usd: float | None = None,
        call_usd: float | None = None,
        unknown_prices: bool = False,
    ) -> None:
        """``budget_usd`` holds for the production, ``call_usd`` for one call; None is no limit.

        With either limit, a call whose price is not known is not made, unless ``unknown_prices`` allows it.
        """
        self._store = store
        self.budget_usd = budget_usd
        self.call_usd = call_usd
        self.unknown_prices = unknown_prices
        with store.transaction() as index:
            for statement in _SCHEMA.strip().split(";"):
                index.execute(statement)

    def reserve(self, *, stage: str, name: str, key: str, engine: str, model: str, estimate: Estimate) -> int:
        """Hold what the call may cost at most, and return its number.

        Raises BudgetError, with nothing entered, where the limit for one call or for the production would be passed,
        or where there is a limit and the price is not known.
        """
        limited = self.budget_usd is not None or self.call_usd is not None
        if not estimate.known and limited and not self.unknown_prices:
            raise BudgetError(
                f"Nobody here knows what {name} costs with {model or engine}: {estimate.basis}.",
                hint="Take the budget off, or allow unknown prices.",
                name=name,
                model=model,
            )
        high = estimate.high or 0.0
        if self.call_usd is not None and high > self.call_usd + _EVEN:
            raise BudgetError(
                f"{name} with {model or engine} may cost {high:.4f} USD, and one call may cost {self.call_usd:.4f}.",
                hint="Raise the limit for one call, or choose a cheaper model.",
                name=name,
                high=high,
                call_usd=self.call_usd,
            )
        with self._store.transaction() as index:
            spent = _spent(index)
            taken = spent.settled + spent.held
            if self.budget_usd is not None and taken + high > self.budget_usd + _EVEN:
                raise BudgetError(
                    f"{name} may cost {high:.4f} USD; of the budget of {self.budget_usd:.4f} USD, "
                    f"{taken:.4f} are spent or held.",
                    hint="Raise the budget to go on from here; everything made so far is kept.",
                    name=name,
                    high=high,
                    spent=taken,
                    budget_usd=self.budget_usd,
                )
            entered = index.execute(
                "INSERT INTO calls (at, stage, name, key, engine, model, state, low, likely, high) "
                "VALUES (?, ?, ?, ?, ?, ?, 'reserved', ?, ?, ?)",
                (time.time(), stage, name, key, engine, model, estimate.low, estimate.likely, estimate.high),
            )
        return int(entered.lastrowid or 0)

    def submitted(self, call: int, job: str) -> None:
        """Write down the provider's id of a job, before anything else happens."""
        self._move(call, ("reserved",), "submitted", job=job)

    def settle(self, call: int, receipt: Receipt) -> None:
        """The call has come back: what was reserved is let go, what it did cost is entered."""
        self._move(
            call, ("reserved", "submitted"), "settled", cost=receipt.cost, usage=json.dumps(dict(receipt.usage)),
            ended=time.time(),
        )  # fmt: skip

    def release(self, call: int, why: str) -> None:
        """The call failed and was not charged."""
        self._move(call, ("reserved", "submitted"), "released", why=why, ended=time.time())

    def unsure(self, call: int, why: str) -> None:
        """The call failed and may have been charged: what was reserved stays held."""
        self._move(call, ("reserved", "submitted"), "unsure", why=why, ended=time.time())

    def waste(self, call: int, why: str, *, cost: float | None = None) -> None:
        """The call was answered and charged for nothing that can be used. Without its cost what was reserved stays."""
        self._move(call, ("reserved", "submitted"), "wasted", why=why, cost=cost, ended=time.time())

    def under_way(self, key: str) -> Call | None:
        """The job that was ordered for this artefact and not collected yet, if there is one."""
        found = [call for call in self.calls() if call.key == key and call.state == "submitted"]
        return found[-1] if found else None

    def attempt(self, key: str) -> int:
        """Which order of this artefact the next one is: 1, and one more for each that was answered without bringing it.

        Answered are a job that ended without the thing and a call that was wasted: a service that knows the order would
        answer it with the same again. Any other call's reply was lost or never made, so the next is the same order.
        """
        with self._store.transaction() as index:
            ((answered,),) = index.execute(
                "SELECT COUNT(*) FROM calls WHERE key = ? "
                "AND (state = 'wasted' OR (state IN ('released', 'unsure') AND job != ''))",
                (key,),
            ).fetchall()
        return 1 + int(answered)

    def after_a_crash(self) -> tuple[Call, ...]:
        """Calls of a process that ended while they were being made, now counted as unsure.

        Call it once, while the production is locked and before anything is reserved.
        """
        left = tuple(call for call in self.calls() if call.state == "reserved")
        for call in left:
            self.unsure(call.id, "the process ended during the call")
        return left

    def spent(self) -> Spent:
        """Where the money is now."""
        with self._store.transaction() as index:
            return _spent(index)

    def calls(self) -> tuple[Call, ...]:
        """Every call, oldest first."""
        with self._store.transaction() as index:
            rows = index.execute(f"SELECT {_COLUMNS} FROM calls ORDER BY id").fetchall()  # noqa: S608 - our own names
        return tuple(Call(*row) for row in rows)

    def _move(self, call: int, states: tuple[str, ...], state: str, **facts: object) -> None:
        names = ", ".join(f"{name} = ?" for name in ("state", *facts))
        marks = ", ".join("?" * len(states))
        with self._store.transaction() as index:
            changed = index.execute(
                f"UPDATE calls SET {names} WHERE id = ? AND state IN ({marks})",  # noqa: S608 - our own names
                (state, *facts.values(), call, *states),
            )
            if changed.rowcount != 1:
                raise StoreError(f"Call {call} cannot become {state}: it is not {' or '.join(states)}.", call=call)


def paid_by_stage(store: Store) -> dict[str, float | None]:
    """US dollars paid for each stage; None where the price of one of its calls is not known. Free stages are not in it.

    Reads, and makes nothing, so that another process may be at work.
    """
    if not store.rows("SELECT 1 FROM sqlite_master WHERE name = 'calls'"):
        return {}
    paid: dict[str, float | None] = {}
    for stage, cost in store.rows(
        "SELECT stage, cost FROM calls WHERE state = 'settled' OR (state = 'wasted' AND cost IS NOT NULL) ORDER BY id"
    ):
        before = paid.get(str(stage), 0.0)
        paid[str(stage)] = None if before is None or cost is None else before + float(str(cost))
    return paid


def _spent(index: sqlite3.Connection) -> Spent:
    ((settled, held, unknown),) = index.execute(
        "SELECT COALESCE(SUM(CASE WHEN state IN ('settled', 'wasted') THEN cost END), 0), "
        "COALESCE(SUM(CASE WHEN state IN ('reserved', 'submitted', 'unsure') "
        "OR (state = 'wasted' AND cost IS NULL) THEN high END), 0), "
        "COALESCE(SUM((state = 'settled' AND cost IS NULL) OR (state = 'unsure' AND high IS NULL) "
        "OR (state = 'wasted' AND cost IS NULL AND high IS NULL)), 0) FROM calls"
    ).fetchall()
    return Spent(float(settled), float(held), int(unknown))
