"""Jobs that take minutes: ordered once, asked after with patience, fetched until the file is whole.

| what happens | what the caller gets |
|---|---|
| the job failed | ProviderError, ``data['job']`` "failed", ``data['billed']`` as far as it is known |
| nobody knows the job | ProviderError, ``data['job']`` "gone" |
| the service does not answer, or takes longer than we wait | ProviderError without ``data['job']``: ask again later |
| the file is empty or cut off | fetched again, which costs nothing |
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from bookfilm_nb.errors import MissingPartError, ProviderError, RefusedError
from bookfilm_nb.settings import redact

from .faults import Fault, fault_of_status, patiently, pause
from .footage import MOST_BYTES, measured
from .openai_client import is_local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["LONGEST_S", "asking_after", "failed", "fetched", "gone", "installed", "ordered", "waited"]

T = TypeVar("T")

LONGEST_S = 1800.0
"""So long a job is waited for in one go; it can be asked after again."""
_TIMEOUT_S = 120.0
_REDIRECTS = 5


def installed(package: str, *, extra: str) -> str:
    """The version of a package that an engine needs, without importing it. Raises MissingPartError."""
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise MissingPartError(
            f"{package} is not installed.", hint=f"pip install 'bookfilm-nb[{extra}]'", part=package
        ) from error


def waited(
    ask: Callable[[], float | None],
    *,
    engine: str,
    told: Callable[[float], None] | None = None,
    first_s: float = 2.0,
    slowest_s: float = 20.0,
    sleep: Callable[[float], None] = pause,
) -> None:
    """Ask until the job is done. ``ask`` gives the share that is done, None at the end, or raises.

    The waits grow by half from ``first_s`` to ``slowest_s`` seconds, ``LONGEST_S`` in all. ``told`` hears the share and
    may raise to stop.
    """
    spent, wait = 0.0, first_s
    while (share := ask()) is not None:
        if told:
            told(min(1.0, max(0.0, share)))
        if spent >= LONGEST_S:
            raise ProviderError(
                f"{engine} has not finished the clip after {spent / 60:.0f} minutes.",
                hint="It goes on there; run it again to fetch it.",
            )
        sleep(wait)
        spent += wait
        wait = min(slowest_s, wait * 1.5)
    if told:
        told(1.0)


def ordered(
    send: Callable[[], T],
    tell_fault: Callable[[Exception], Fault | None],
    *,
    engine: str,
    request: str,
    key_name: str,
    sleep: Callable[[float], None] = pause,
) -> T:
    """Place an order with a service that has no idempotency keys: sent again only where it was surely not taken.

    Raises as :func:`.faults.patiently` does; a connection that broke, or a 5xx, is an error at once with
    ``data['billed']`` "unknown".
    """

    def sent() -> T:
        try:
            return send()
        except Exception as caught:
            fault = tell_fault(caught)
            if fault is None or fault.kind not in {"broken", "short"}:
                raise
        # Not from the client's own error: it may say the key back
        raise ProviderError(
            f"{engine} did not say whether it took the order: {fault.says}.",
            hint="It was not sent again, because it would be paid again; look at the account there first.",
            billed="unknown",
            status=fault.status,
        )

    return patiently(sent, tell_fault, engine=engine, request=request, key_name=key_name, sleep=sleep)


def failed(engine: str, says: str, *, billed: str, refused: bool = False) -> ProviderError:
    """The error for a job that ended without a clip."""
    problem = f"{engine} could not make the clip: {redact(' '.join(says.split())[:300]) or 'it does not say why'}."
    if refused:
        return RefusedError(
            problem, hint="Change the words of the shot, or draw it with another engine.", job="failed", billed=billed
        )
    return ProviderError(problem, hint="Run it again to order it again.", job="failed", billed=billed)


def gone(engine: str, job: str) -> ProviderError:
    """The error for a job, or its file, that the service does not know any more."""
    return ProviderError(
        f"{engine} does not know the job {redact(job)[:80]}.",
        hint="Its files are kept for a while only, or another server was meant. Run it again to order it again.",
        job="gone",
        billed="unknown",
    )


@contextmanager
def asking_after(job: str, *, engine: str) -> Iterator[None]:
    """What a service says of a job, or its file, that it does not know any more is the error of :func:`gone`."""
    try:
        yield
    except ProviderError as error:
        if error.data.get("status") in {404, 410}:
            raise gone(engine, job) from error
        raise


def fetched(
    url: str,
    *,
    engine: str,
    headers: Callable[[], Mapping[str, str]] | None = None,
    key_name: str = "",
    sleep: Callable[[float], None] = pause,
) -> bytes:
    """The clip behind an address, whole: fetched again where it comes cut off or cannot be opened.

    ``headers`` holds the key and goes to the first host only. Only https is followed, except on this machine; no more
    than 512 MiB are taken. Raises ProviderError; ``data['status']`` is the HTTP status where there is one.
    """

    def get() -> bytes:
        data = _got(url, dict(headers()) if headers else {})
        try:
            measured(data)
        except ValueError as fault:
            raise _ShortError(str(fault)) from fault
        return data

    return patiently(get, _told_apart, engine=engine, request=urlsplit(url).path, key_name=key_name, sleep=sleep)


class _ShortError(Exception):
    """A file that came, and is no whole clip."""


class _StatusError(Exception):
    """A reply that is no file."""

    def __init__(self, status: int, headers: Mapping[str, str], body: str) -> None:
        super().__init__(status)
        self.fault = fault_of_status(status, headers, body)


def _got(url: str, headers: dict[str, str]) -> bytes:
    import httpx2

    home = _host(url) if headers else None
    # What this machine serves is not behind the proxy that the environment names
    with httpx2.Client(timeout=_TIMEOUT_S, follow_redirects=False, trust_env=not is_local(url)) as client:
        for _ in range(_REDIRECTS):
            if urlsplit(url).scheme != "https" and _host(url) != home and not is_local(url):
                raise ProviderError("The clip's address is not https.", hint="Tell the provider.")
            mine = headers if _host(url) == home else {}
            with client.stream("GET", url, headers={"Accept-Encoding": "identity", **mine}) as reply:
                if reply.is_redirect:
                    url = urljoin(url, reply.headers.get("location", ""))
                    continue
                if reply.status_code != 200:
                    said = _taken(reply.iter_bytes(), 1 << 16, whole=False)
                    raise _StatusError(reply.status_code, dict(reply.headers), said.decode("utf-8", "replace"))
                return _taken(reply.iter_bytes(), MOST_BYTES, whole=True)
    raise ProviderError("The clip's address leads in a circle.", hint="Run it again later.")


def _host(url: str) -> tuple[str, str]:
    return urlsplit(url)[:2]


def _taken(parts: Iterator[bytes], most: int, *, whole: bool) -> bytes:
    """Up to ``most`` bytes. Raises ProviderError where there are more and the whole is needed."""
    taken = bytearray()
    for part in parts:
        taken += part
        if len(taken) > most:
            if whole:
                raise ProviderError(f"The clip is larger than {most >> 20} MiB.", hint="Ask for a shorter one.")
            break
    return bytes(taken)


def _told_apart(caught: Exception) -> Fault | None:
    import httpx2

    if isinstance(caught, _StatusError):
        return caught.fault
    if isinstance(caught, _ShortError):
        return Fault("short", f"the file is not whole: {caught}")
    if isinstance(caught, (httpx2.HTTPError, httpx2.InvalidURL)):
        return Fault("broken", redact(f"{type(caught).__name__}: {caught}"))
    return None
