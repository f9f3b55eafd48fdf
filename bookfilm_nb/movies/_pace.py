"""How fast and how often a service is asked: requests a second, requests a day, and waits after a refusal."""

from __future__ import annotations

import email.utils
import json
import math
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bookfilm_nb.model import digest_of
from bookfilm_nb.production import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["Bucket", "Tally", "asked_wait_s", "back_off_s"]


@dataclass
class Bucket:
    """A token bucket: ``per_s`` requests a second on average, up to ``burst`` at once."""

    per_s: float
    burst: int
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    _tokens: float = field(init=False)
    _at: float = field(init=False)
    # Holds the two numbers above together while several threads share one client
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._tokens, self._at = float(self.burst), self.clock()

    def take(self) -> None:
        """Wait until a request may go out."""
        with self._lock:
            now = self.clock()
            self._tokens = min(self.burst, self._tokens + (now - self._at) * self.per_s) - 1
            self._at = now
            wait_s = max(0.0, -self._tokens / self.per_s)
        if wait_s > 0:
            self.sleep(wait_s)


def back_off_s(what: object, attempt: int) -> float:
    """Seconds before attempt 1, 2 ...: doubling from a second to half a minute, minus a jitter of up to half.

    The jitter comes from the digest of what is asked, so that a run repeats exactly, yet two questions that failed
    together do not come back together. ``attempt`` counts from 0.
    """
    share = int(digest_of([what, attempt])[:8], 16) / 0xFFFFFFFF
    return min(30.0, 2.0**attempt) * (1 - share / 2)


def asked_wait_s(headers: Mapping[str, str], now: float) -> float | None:
    """How long a service asks to be left alone, in seconds: Retry-After as a number or a date, or GitHub's reset time.

    None where it does not say, or says something that is no time; a date gone by is 0. ``now`` is seconds since 1970.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), 10**9))
    if text:
        try:
            when = email.utils.parsedate_to_datetime(text)
            # RFC 9110: a date without a zone is in UTC
            return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now)
        except (ValueError, TypeError, OverflowError):
            return None
    reset = headers.get("x-ratelimit-reset", "").strip()
    if headers.get("x-ratelimit-remaining", "").strip() == "0" and reset.isascii() and reset.isdigit():
        return max(0.0, math.ceil(min(int(reset[:12]), 10**11) - now))
    return None


@dataclass
class Tally:
    """Requests made today (UTC), kept in a small file so that the next run goes on counting; in memory without one."""

    path: Path | None
    now: Callable[[], float]
    _day: str = ""
    _count: int = 0

    def today(self) -> int:
        """Requests counted today."""
        day = datetime.fromtimestamp(self.now(), UTC).date().isoformat()
        if day != self._day:
            self._day, self._count = day, self._stored(day)
        return self._count

    def add(self) -> None:
        """Count one more. Raises OutputError where the file cannot be written."""
        self._count = self.today() + 1
        if self.path is not None:
            write_atomically(self.path, json.dumps({"day": self._day, "requests": self._count}))

    def _stored(self, day: str) -> int:
        try:
            found = json.loads(self.path.read_text("utf-8")) if self.path else {}
            return max(0, int(found["requests"])) if found["day"] == day else 0
        except (OSError, ValueError, TypeError, KeyError):
            return 0
