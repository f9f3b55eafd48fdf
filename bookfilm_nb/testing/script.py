"""Scripted faults: what the fake server does wrong, and when."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Drop", "Empty", "Fail", "Html", "Misbehaviour", "Script", "Slow", "Truncate"]


@dataclass(frozen=True)
class Fail:
    """An error status with a JSON body, before anything is made: not charged."""

    status: int
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drop:
    """The connection closes before the reply: made, and charged."""


@dataclass(frozen=True)
class Truncate:
    """The connection closes in the middle of the body: made, and charged."""


@dataclass(frozen=True)
class Empty:
    """Status 200 and no body: made, and charged."""


@dataclass(frozen=True)
class Html:
    """A page of some machine in between, status 502: not charged."""


@dataclass(frozen=True)
class Slow:
    """The reply comes after so many seconds: made, and charged."""

    seconds: float


Misbehaviour = Fail | Drop | Truncate | Empty | Html | Slow

_EVERY: tuple[Misbehaviour, ...] = (
    Fail(429, "rate_limit_exceeded", {"Retry-After": "0"}),
    Fail(500, "server_error"),
    Fail(503, "overloaded"),
    Drop(),
    Truncate(),
    Empty(),
    Html(),
)


class Script:
    """Which requests go wrong. Safe for threads.

    ``next_faults`` are used up one after the other, one for each request whose path matches ``path`` (a regular
    expression); None in it is a request that goes well. After that, a share ``rate`` of the requests goes wrong with a
    fault drawn from ``kinds``, by lot from ``seed`` and the number of the request.
    """

    def __init__(
        self,
        next_faults: Sequence[Misbehaviour | None] = (),
        *,
        path: str = "",
        rate: float = 0.0,
        seed: int = 0,
        kinds: Sequence[Misbehaviour] = _EVERY,
    ) -> None:
        self._next = list(next_faults)
        self._path = re.compile(path)
        self._rate = rate
        self._seed = seed
        self._kinds = tuple(kinds)
        self._count = 0
        self._lock = threading.Lock()
        self.used: list[Misbehaviour] = []

    def fault_for(self, path: str) -> Misbehaviour | None:
        """What goes wrong with the next request of this path."""
        if not self._path.search(path):
            return None
        with self._lock:
            self._count += 1
            fault = self._next.pop(0) if self._next else self._by_lot()
            if fault is not None:
                self.used.append(fault)
            return fault

    def _by_lot(self) -> Misbehaviour | None:
        digest = hashlib.sha256(f"{self._seed}:{self._count}".encode()).digest()
        if int.from_bytes(digest[:4], "big") / 2**32 >= self._rate:
            return None
        return self._kinds[digest[4] % len(self._kinds)]
