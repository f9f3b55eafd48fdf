"""What to do when a service fails: one rule for each kind of fault.

| fault | rule | paid? |
|---|---|---|
| busy: 429, 503 | wait as long as Retry-After says, else back off; give up after ``patience_s`` in all | no |
| broken: 5xx, time-out, connection lost | again, ``TRIES`` times in all, under the same idempotency key | unknown |
| short: an empty or truncated reply | again, ``TRIES`` times in all, under the same idempotency key | yes |
| refused: moderation | stop; the shot or line is named, the rest goes on | no |
| quota: no credit left, daily limit | stop; what was made is kept | no |
| key: 401, 403 | stop; say which setting holds the key | no |
| wrong: any other 4xx | stop; it would fail again | no |

From the fourth time on we wait no less than we would by ourselves, whatever Retry-After says.
A reply that breaks off in the middle is broken; a whole one that holds nothing that can be used is short. Where every
try was short, the service has answered, and would answer the same request with the same reply for ever: whoever buys
then asks anew (:func:`attempting`, :func:`request_key`). A reply that was lost is sent for again under its own key.
The waits between tries double from one second, each shortened by up to a half by lot (the lot is drawn from the
request, so a run can be repeated), as in Brooker, "Exponential Backoff and Jitter", AWS 2015.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
import traceback
from contextvars import ContextVar
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from bookfilm_nb.errors import BookfilmError, MissingPartError, ProviderError, QuotaError, RefusedError
from bookfilm_nb.model import digest_of
from bookfilm_nb.settings import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "PATIENCE_S",
    "TRIES",
    "Fault",
    "ShortReplyError",
    "attempting",
    "described",
    "fault_of_status",
    "patiently",
    "pause",
    "pausing",
    "request_key",
]

Kind = Literal["busy", "broken", "short", "refused", "quota", "key", "wrong"]
Billed = Literal["no", "yes", "unknown"]

T = TypeVar("T")

TRIES = 4
PATIENCE_S = 300.0
LONGEST_WAIT_S = 60.0
_EXCERPT = 300

_BILLED: dict[Kind, Billed] = {"broken": "unknown", "short": "yes"}
_REFUSALS = ("moderation", "content_policy", "safety", "content_filter")
_QUOTAS = ("insufficient_quota", "billing_hard_limit", "billing_not_active", "quota_exceeded", "out of credit")


_PAUSE: ContextVar[Callable[[float], None]] = ContextVar("pause", default=time.sleep)
_ATTEMPT: ContextVar[int] = ContextVar("attempt", default=1)


def pause(seconds: float) -> None:
    """Wait, in the way that whoever runs the engine has chosen (:func:`pausing`), so that a job can be stopped."""
    _PAUSE.get()(seconds)


@contextlib.contextmanager
def pausing(how: Callable[[float], None]) -> Iterator[None]:
    """Have every engine called in this block, in this thread, wait by calling ``how``, which may raise to stop."""
    token = _PAUSE.set(how)
    try:
        yield
    finally:
        _PAUSE.reset(token)


@contextlib.contextmanager
def attempting(number: int) -> Iterator[None]:
    """Have every engine called in this block, in this thread, ask for the ``number``-th time, from 1 on.

    A higher number is another request to the service. It is counted by the till (``Till.attempt``): one more for each
    answer that was charged and could not be used.
    """
    token = _ATTEMPT.set(number)
    try:
        yield
    finally:
        _ATTEMPT.reset(token)


def request_key(asked: Mapping[str, object]) -> str:
    """The idempotency key of a request: the digest of what is asked, and of the attempt (:func:`attempting`)."""
    number = _ATTEMPT.get()
    return digest_of(asked if number == 1 else {**asked, "attempt": number})


class ShortReplyError(Exception):
    """What came is not whole, or cannot be opened: raise it inside a call, and the fault is "short"."""


class Fault(NamedTuple):
    """One failure of a service, told apart."""

    kind: Kind
    says: str
    """What the service says, without keys."""
    wait_s: float | None = None
    """How long it asks us to wait."""
    status: int = 0
    """The HTTP status, where there is one; the error has it in its data."""


def described(caught: Exception) -> str:
    """An error that no engine should raise, in one line with the place that raised it, and without keys."""
    frames = traceback.extract_tb(caught.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(caught).__name__}{where}: {redact(str(caught))[:_EXCERPT]}"


def fault_of_status(
    status: int, headers: Mapping[str, str], body: str, *, clock: Callable[[], float] = time.time
) -> Fault:
    """The fault behind an HTTP status of 400 and above, by its headers and its body.

    Header names in any letter case. A 429 whose body speaks of a quota is no reason to wait.
    """
    says = redact(f"{status}: {' '.join(body.split())[:_EXCERPT]}")
    lowered = body.casefold()
    if any(word in lowered for word in _QUOTAS):
        return Fault("quota", says, status=status)
    if status in {429, 503}:
        told = {name.casefold(): value for name, value in headers.items()}.get("retry-after", "")
        return Fault("busy", says, _seconds(told, clock), status)
    if status >= 500 or status in {408, 409, 425}:
        return Fault("broken", says, status=status)
    if any(word in lowered for word in _REFUSALS):
        return Fault("refused", says, status=status)
    if status in {401, 403}:
        return Fault("key", says, status=status)
    return Fault("quota" if status == 402 else "wrong", says, status=status)


def _seconds(told: str, clock: Callable[[], float]) -> float | None:
    """Retry-After as seconds: a number or a date (RFC 9110, 10.2.3)."""
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - clock())
    except (TypeError, ValueError):
        return None


def patiently(
    call: Callable[[], T],
    tell_fault: Callable[[Exception], Fault | None],
    *,
    engine: str,
    request: str,
    key_name: str = "",
    patience_s: float = PATIENCE_S,
    sleep: Callable[[float], None] = pause,
) -> T:
    """Call a service by the rules above; what it gives back, or the error that fits.

    ``tell_fault`` says which fault an exception is, None for one that is none of the service's. ``request`` is the
    request's digest, ``key_name`` the setting that holds the key. ``sleep`` gets the seconds to wait and may raise
    to stop. Raises RefusedError, QuotaError, MissingPartError (the key) or ProviderError; ``data['billed']`` and
    ``data['lost']`` are set.
    """
    waited = 0.0
    tried = 0
    billed: Billed = "no"
    lost = False
    while True:
        try:
            return call()
        except Exception as caught:
            short = isinstance(caught, ShortReplyError)
            fault = Fault("short", redact(str(caught))) if short else tell_fault(caught)
            if fault is None:
                raise
            error = _error(fault, engine, key_name)
        tried += 1
        billed = max(billed, _BILLED.get(fault.kind, "no"), key=("no", "unknown", "yes").index)
        lost = lost or fault.kind != "short"
        error.data |= {"billed": billed, "status": fault.status, "lost": lost}
        wait = _wait(fault, tried, request)
        if wait is None or (tried >= TRIES and fault.kind != "busy") or waited + wait > patience_s:
            raise error
        try:
            sleep(wait)
        except BookfilmError as stop:
            # What was sent before may have been paid, whoever stops us now
            stop.data.setdefault("billed", billed)
            stop.data.setdefault("lost", True)
            raise
        waited += wait


def _wait(fault: Fault, tried: int, request: str) -> float | None:
    if fault.kind not in {"busy", "broken", "short"}:
        return None
    lot = int.from_bytes(hashlib.sha256(f"{request}\n{tried}".encode()).digest()[:4], "big") / 2**32
    own = float(min(LONGEST_WAIT_S, 2.0 ** min(tried - 1, 9)) * (1 - lot / 2))
    if fault.wait_s is None:
        return own
    # A service that says "at once" for ever is not asked for ever
    return fault.wait_s if tried < TRIES else max(fault.wait_s, own)


def _error(fault: Fault, engine: str, key_name: str) -> ProviderError | MissingPartError:
    says = f"{fault.says.rstrip('.')}."
    if fault.kind == "refused":
        return RefusedError(
            f"{engine} refused to make this: {says}",
            hint="Change the words of the prompt, or draw it with another engine.",
        )
    if fault.kind == "quota":
        return QuotaError(
            f"{engine} has no credit or no calls left: {says}",
            hint="What was made is kept; run it again when there is.",
        )
    if fault.kind == "key":
        return MissingPartError(
            f"{engine} does not take the key: {says}", hint=f"Check {key_name}." if key_name else "Check the key."
        )
    hints = {
        "busy": "It is busy; what was made is kept, so run it again later.",
        "wrong": "The same request would fail again; check the model's name and the choices.",
    }
    return ProviderError(
        f"{engine} failed: {says}",
        hint=hints.get(fault.kind, "What was made is kept; run it again to go on from here."),
    )
