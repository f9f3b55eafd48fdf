"""A small, polite client for JSON services: paced, retried, cached, and never showing a key.

::

    client = WebClient("https://api.example.org/3", service="Example", key=Key(secret, parameter="api_key"))
    page = client.get_json("search/movie", {"query": "Solaris", "page": 1})
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, NoReturn, Self
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from bookfilm_nb.errors import ChoiceError, ProviderError
from bookfilm_nb.settings import guard_logs, redact

from ._exchange import (
    HTTP_LOGGERS,
    THIS_MACHINE,
    Channel,
    Failure,
    Json,
    Key,
    NotJson,
    Reply,
    default_transport,
    exchange,
)
from ._pace import Bucket, Tally, asked_wait_s, back_off_s
from ._reply_cache import ReplyCache, unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import httpx

__all__ = ["Fault", "Json", "Key", "WebClient", "plain_fault", "unwrapped"]

_MAX_REDIRECTS = 3


@dataclass(frozen=True)
class Fault:
    """What a reply complains of, in a sentence, and what the user can do."""

    problem: str
    hint: str = ""


@dataclass(frozen=True)
class _Trouble:
    """Why a question was not answered."""

    problem: str
    hint: str = ""
    status: int | None = None
    again: bool = False
    wait_s: float | None = None


def plain_fault(status: int, body: Json) -> Fault | None:
    """The complaint of a service that uses HTTP statuses: any from 400 on, with the ``message`` of its JSON."""
    if status < 400:
        return None
    said = body.get("message") if isinstance(body, dict) else None
    return Fault(f"HTTP {status}: {said}" if said else f"HTTP {status}")


class WebClient:
    """Asks one service for JSON.

    Requests go out at most ``requests_per_s`` on average. Time-outs, dropped connections, truncated bodies, 429 and
    5xx are tried again up to ``retries`` times, after the time the service asks for (Retry-After in seconds or as
    a date) or a growing one. Redirects are followed on the same host only, since a key goes with them. With
    ``cache_folder`` good replies are kept for ``cache_days`` days, ``daily_limit`` requests are counted there per day.
    ``fault`` tells whether a reply is an error whatever its status. ``sleep``, ``clock`` (monotonic seconds), ``now``
    (seconds since 1970) and ``transport`` (an ``httpx.BaseTransport``) can be given by tests.
    A key is sent only over https, or to this very machine.
    """

    def __init__(
        self,
        base_url: str,
        *,
        service: str,
        key: Key | None = None,
        headers: Mapping[str, str] | None = None,
        requests_per_s: float = 4.0,
        burst: int = 4,
        daily_limit: int | None = None,
        cache_folder: Path | None = None,
        cache_days: float = 1.0,
        retries: int = 4,
        timeout_s: float = 30.0,
        longest_wait_s: float = 120.0,
        max_bytes: int = 32 << 20,
        fault: Callable[[int, Json], Fault | None] = plain_fault,
        unreachable_hint: str = "Check the connection and the proxy.",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        parts = urlsplit(base_url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and (not key or parts.hostname in THIS_MACHINE))
        if not safe or not parts.hostname or parts.username:
            raise ChoiceError(
                f"{service} cannot be asked at this address{', since a key would go with it' if key else ''}.",
                hint="Give an address that begins with https:// and holds no user name.",
            )
        guard_logs(HTTP_LOGGERS)
        self.service = service
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._bucket = Bucket(requests_per_s, burst, clock, sleep)
        self._daily_limit = daily_limit
        self._tally = Tally(cache_folder / "requests-today.tally" if cache_folder and daily_limit else None, now)
        self._cache = ReplyCache(cache_folder, cache_days, now) if cache_folder else None
        self._retries = retries
        self._longest_wait_s = longest_wait_s
        self._fault = fault
        self._unreachable_hint = unreachable_hint
        self._sleep, self._now = sleep, now
        self._channel = Channel(
            transport or default_transport(base_url),
            {"Accept": "application/json", "User-Agent": _user_agent(), **(headers or {})},
            key,
            timeout_s,
            4 * timeout_s,
            max_bytes,
            clock,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, and delete the replies that are older than the terms allow."""
        self._channel.transport.close()
        if self._cache:
            self._cache.forget_old()

    @property
    def requests_today(self) -> int:
        """Requests sent today (UTC), of earlier runs too where they are counted in the cache folder."""
        return self._tally.today()

    def get_json(self, path: str = "", params: Mapping[str, str | float | bool] | None = None) -> Json:
        """The parsed JSON of one address below the base, from the cache where it is fresh.

        Raises ProviderError for a reply that is an error (its ``data`` holds service, path, status, attempts), for one
        that is no JSON, and where the service cannot be reached or asks for too long a wait.
        """
        ask = {name: _as_text(value) for name, value in sorted((params or {}).items())}
        question = {"base_url": self._base_url, "path": _kept(path), "params": {k: _kept(v) for k, v in ask.items()}}
        if self._cache and (kept := self._cache.get(question)):
            return kept[0]
        body = self._answer(path, ask)
        if self._cache:
            self._cache.put(question, body)
        return body

    def _answer(self, path: str, ask: Mapping[str, str]) -> Json:
        for attempt in range(self._retries + 1):
            outcome = self._ask(f"{self._base_url}/{quote(path.lstrip('/'), safe='/')}", ask)
            trouble = self._judged(outcome)
            if isinstance(trouble, tuple):
                return trouble[0]
            last = attempt == self._retries or not trouble.again
            if last or (trouble.wait_s or 0) > self._longest_wait_s:
                self._give_up(trouble, path, attempt + 1)
            self._sleep(max(trouble.wait_s or 0.0, back_off_s([path, dict(ask)], attempt)))
        raise AssertionError("unreachable")

    def _ask(self, url: str, ask: Mapping[str, str]) -> Reply | Failure:
        for _ in range(_MAX_REDIRECTS + 1):
            self._hold_to_the_day()
            self._bucket.take()
            outcome = exchange(self._channel, url, ask)
            if isinstance(outcome, Reply) or outcome.reached:
                self._tally.add()
            if isinstance(outcome, Failure) or outcome.status not in {301, 302, 303, 307, 308}:
                return outcome
            target = _followed(url, outcome.headers.get("location", ""))
            if target is None:
                return Failure("it redirects to another site, where the key must not go", again=False)
            url, params = target
            ask = {name: value for name, value in params.items() if not self._key or name != self._key.parameter}
        return Failure("it redirects in a circle", again=False)

    def _hold_to_the_day(self) -> None:
        if self._daily_limit is not None and self._tally.today() >= self._daily_limit:
            raise ProviderError(
                f"Today's {self._daily_limit:,} requests to {self.service} are used up.",
                hint="They are counted anew from midnight UTC. Replies that were kept can still be used.",
                service=self.service,
                requests_today=self._tally.today(),
            )

    def _judged(self, outcome: Reply | Failure) -> _Trouble | tuple[Json]:
        """The body, in a tuple of one since it may be null, or what is wrong with this outcome."""
        if isinstance(outcome, Failure):
            return _Trouble(outcome.words, self._unreachable_hint, again=outcome.again)
        status, body = outcome.status, outcome.body
        wait_s = asked_wait_s(outcome.headers, self._now())
        again = status == 429 or status >= 500 or (status == 403 and wait_s is not None)
        if isinstance(body, NotJson):
            said = (
                f'HTTP {status} with a page for people: "{body.excerpt}"'
                if body.page
                else f'HTTP {status} with a body that is no JSON: "{body.excerpt}"'
            )
            return _Trouble(said, "", status, again=again or (status < 400 and not body.page), wait_s=wait_s)
        fault = self._fault(status, body)
        if fault is None and status >= 300:
            fault = Fault(f"HTTP {status}")
        return _Trouble(fault.problem, fault.hint, status, again=again, wait_s=wait_s) if fault else (body,)

    def _give_up(self, trouble: _Trouble, path: str, attempts: int) -> NoReturn:
        waiting = f" It asks to wait {trouble.wait_s:,.0f} s." if trouble.again and trouble.wait_s else ""
        times = f" ({attempts} attempts)" if attempts > 1 else ""
        raise ProviderError(
            redact(f"{self.service}: {trouble.problem}{times}.{waiting}"),
            hint=redact(trouble.hint),
            service=self.service,
            path=redact(path),
            status=trouble.status,
            attempts=attempts,
            retry_after_s=trouble.wait_s,
        )


def _followed(url: str, location: str) -> tuple[str, dict[str, str]] | None:
    """The address and parameters that a redirect leads to; None where it is not on the same site."""
    try:
        target, here = urlsplit(urljoin(url, location)), urlsplit(url)
        same = location and (target.scheme, target.hostname, target.port) == (here.scheme, here.hostname, here.port)
        return (target._replace(query="", fragment="").geturl(), dict(parse_qsl(target.query))) if same else None
    except ValueError:
        return None


def _kept(text: str) -> str:
    """What may stand in a file: no known key, all else as it is."""
    return redact(text, guess=False)


def _as_text(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _user_agent() -> str:
    try:
        return f"bookfilm-nb/{metadata.version('bookfilm-nb')}"
    except metadata.PackageNotFoundError:
        return "bookfilm-nb"
