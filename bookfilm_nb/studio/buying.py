"""Buying: calls to engines on a network, each reserved, made, kept and settled, several at a time.

What a call brings is kept and settled in one step, so that a process may be killed at any moment: a call is then either
finished, or under way and known to the till. Where one call fails, the others that are under way are still kept; where
one is refused, which is its own affair, the others are made all the same.
"""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from bookfilm_nb.errors import (
    BookfilmError,
    BudgetError,
    Cancelled,
    InputError,
    ProviderError,
    QuotaError,
    RefusedError,
)
from bookfilm_nb.model import FREE, Estimate, Receipt, Value
from bookfilm_nb.production import Store, Till
from bookfilm_nb.providers.faults import attempting, described, pausing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from bookfilm_nb.production import Job, Production
    from bookfilm_nb.production.tape import Tape

__all__ = ["Bought", "Purchase", "buy", "reply_file"]

V = TypeVar("V", bound=Value)


class Bought(NamedTuple, Generic[V]):
    """What a call brought: the value, the bytes of its blobs by digest, and the receipt."""

    value: V
    blobs: Mapping[str, bytes]
    receipt: Receipt | None


class Purchase(NamedTuple, Generic[V]):
    """A call to be made. ``work`` makes it; where ``order`` is given, it is a job: ordered first, then collected."""

    stage: str
    name: str
    key: str
    """The artefact's key: the same key is the same purchase."""
    engine: str
    model: str
    estimate: Estimate
    work: Callable[[str], Bought[V]]
    """Gets the id of the job, or "" where there is none."""
    order: Callable[[int], str] | None = None
    """Gets which order of the same thing this is, from 1 on; see :meth:`Till.attempt`."""
    shape: type[V] | None = None
    """What the value must be, where it comes from a recorded run."""


def buy(
    production: Production,
    purchases: Sequence[Purchase[V]],
    job: Job,
    *,
    parallel: int,
    tape: Tape | None = None,
) -> None:
    """Make the calls and keep what they bring; the caller gets it by its key.

    ``parallel`` calls are under way at a time. Where one fails, no new one is begun, those under way are waited for and
    kept, and then the first failure is raised: BudgetError before a call that would pass the budget, and whatever the
    engines raise. A RefusedError is raised at the end, when everything else is there. Cancelled stops within a quarter
    of a second between calls and while an engine waits.
    """
    job.tell(purchases[0].stage, 0, len(purchases)) if purchases else None
    left = list(purchases)
    running: set[Future[None]] = set()
    failure: BaseException | None = None
    refused: list[RefusedError] = []
    done = 0
    with ThreadPoolExecutor(max(1, parallel)) as pool:
        while running or (left and failure is None):
            while left and failure is None and len(running) < max(1, parallel):
                running.add(pool.submit(_bought, production, left.pop(0), job, tape))
            finished, running = wait(running, timeout=0.25, return_when=FIRST_COMPLETED)
            for future in finished:
                error = future.exception()
                if isinstance(error, RefusedError):
                    refused.append(error)
                else:
                    failure = failure or error
                done += error is None
            try:
                job.tell(purchases[0].stage, done, len(purchases))
            except Cancelled as stop:
                failure = failure or stop
    if failure is not None:
        raise failure
    if refused:
        raise _of_all(refused)


def _of_all(refused: Sequence[RefusedError]) -> RefusedError:
    names = sorted(str(error.data["name"]) for error in refused)
    if len(names) > 1:
        first = min(refused, key=lambda error: str(error.data["name"]))
        problem = f"{first.problem} Refused too: {', '.join(names[1:])}."
        return RefusedError(problem, hint=first.hint, **{**first.data, "names": names})
    return refused[0]


def _bought(production: Production, purchase: Purchase[V], job: Job, tape: Tape | None) -> None:
    """One call, in a thread of its own with a store of its own."""
    store = Store(production.store.folder)
    try:
        if tape is not None and (recorded := tape.find(purchase.key, name=purchase.name)) is not None:
            for data in recorded.blobs.values():
                store.put(data)
            _fits(purchase, recorded.value, tape)
            _record(store, purchase, recorded.value, tuple(recorded.blobs), 0.0)
            return
        _called(production, store, purchase, job, tape)
    finally:
        store.close()


def _called(production: Production, store: Store, purchase: Purchase[V], job: Job, tape: Tape | None) -> None:
    choices = production.choices
    till = Till(
        store,
        budget_usd=choices.budget_usd,
        call_usd=choices.call_usd,
        unknown_prices=choices.unknown_prices,
    )
    begun = time.perf_counter()
    known = till.under_way(purchase.key) if purchase.order else None
    call = known.id if known else _reserved(till, purchase)
    identity = known.job if known else ""
    attempt = till.attempt(purchase.key)
    try:
        with pausing(lambda seconds: _wait(job, seconds)), attempting(attempt):
            if purchase.order and not known:
                identity = purchase.order(attempt)
                till.submitted(call, identity)
            bought = purchase.work(identity)
    except BaseException as caught:
        _failed(till, call, caught, ordered=bool(identity))
        if isinstance(caught, Exception) and not isinstance(caught, (Cancelled, BudgetError)):
            store.record_failure(
                purchase.key, purchase.stage, purchase.name, engine=purchase.engine, seconds=time.perf_counter() - begun
            )
        raise _with_reply(_named(caught, purchase), production, purchase) from caught.__cause__
    for data in bought.blobs.values():
        store.put(data)
    receipt = bought.receipt or Receipt(model=purchase.model, cost=0.0 if purchase.estimate == FREE else None)
    value = bought.value.to_json()
    with store.transaction():
        _record(store, purchase, value, tuple(bought.blobs), time.perf_counter() - begun, receipt.cost or 0.0)
        till.settle(call, receipt)
    if tape is not None:
        tape.add(purchase.key, purchase.stage, purchase.name, value, bought.blobs, receipt)


def _reserved(till: Till, purchase: Purchase[V]) -> int:
    return till.reserve(
        stage=purchase.stage,
        name=purchase.name,
        key=purchase.key,
        engine=purchase.engine,
        model=purchase.model,
        estimate=purchase.estimate,
    )


def _record(
    store: Store, purchase: Purchase[V], value: str, blobs: tuple[str, ...], seconds: float, money: float = 0.0
) -> None:
    store.record(
        purchase.key,
        purchase.stage,
        purchase.name,
        value,
        blobs=blobs,
        engine=purchase.engine,
        seconds=seconds,
        money=money,
    )


def _fits(purchase: Purchase[V], value: str, tape: Tape) -> None:
    if purchase.shape is None:
        return
    try:
        purchase.shape.from_json(value)
    except ValidationError:
        raise InputError(
            f"The reply for {purchase.name} in {tape.path} is not what it should be.", hint="Record it again."
        ) from None


def _named(caught: BaseException, purchase: Purchase[V]) -> BaseException:
    """The error with the piece that failed; one that no engine should raise is told with the line that raised it."""
    if isinstance(caught, BookfilmError):
        if not isinstance(caught, ProviderError) or isinstance(caught, QuotaError):
            return caught
        return type(caught)(
            f"{purchase.name}: {caught.problem}", hint=caught.hint, **{**caught.data, "name": purchase.name}
        )
    if not isinstance(caught, Exception):
        return caught
    # Its own text may hold anything, a key included, so it is not shown as a cause
    caught.__cause__ = None
    return ProviderError(
        f"{purchase.name}: {purchase.engine} failed with {described(caught)}.",
        hint="This is a fault of the engine; tell whoever wrote it.",
        name=purchase.name,
        billed="unknown",
    )


def reply_file(production: Production, stage: str, key: str) -> Path:
    """Where the last reply lies that was bought for this key and could not be used."""
    return production.folder / "replies" / f"{stage}-{key[:12]}.txt"


def _with_reply(error: BaseException, production: Production, purchase: Purchase[V]) -> BaseException:
    """The error; a reply that came and cannot be used was paid too, so it is kept where a person can read it."""
    if not isinstance(error, BookfilmError) or not error.data.get("raw") or "answer_file" in error.data:
        return error
    file = reply_file(production, purchase.stage, purchase.key)
    try:
        file.parent.mkdir(exist_ok=True)
        file.write_text(str(error.data["raw"]), "utf-8")
    except OSError:
        return error
    hint = f"{error.hint} The reply is in {file}.".strip()
    return type(error)(error.problem, hint=hint, **{**error.data, "reply_file": str(file)})


def _failed(till: Till, call: int, caught: BaseException, *, ordered: bool) -> None:
    """What a failed call means for the money."""
    data = caught.data if isinstance(caught, BookfilmError) else {"billed": "unknown"}
    if ordered and "job" not in data:
        return  # the job goes on over there: it is collected by its id next time
    why, billed, cost = type(caught).__name__, data.get("billed", "no"), data.get("cost")
    if billed == "no":
        till.release(call, why)
    elif billed == "yes" and not data.get("lost"):
        till.waste(call, why, cost=cost if isinstance(cost, float) else None)
    else:
        till.unsure(call, why)


def _wait(job: Job, seconds: float) -> None:
    """Wait, unless somebody stops the work."""
    job.cancelled.wait(seconds)
    job.check()
