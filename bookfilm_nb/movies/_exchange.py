"""One question to a web service and its answer, as values: nothing is raised from where the key is.

An exception out of an HTTP library carries the request, and with it the key, in its message, its attributes and the
locals of its frames. So here, in the only frames that ever see the key, every exception is turned into a
:class:`Failure` of plain words, and every answer is redacted before it leaves. There is no ``httpx.Client`` above the
transport: it would log the address with the key, keep cookies and follow redirects.
"""

from __future__ import annotations

import html
import json
import re
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from bookfilm_nb.errors import ChoiceError, MissingPartError
from bookfilm_nb.settings import Secret, redact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

__all__ = [
    "HTTP_LOGGERS",
    "THIS_MACHINE",
    "Channel",
    "Failure",
    "Json",
    "Key",
    "NotJson",
    "Reply",
    "default_transport",
    "exchange",
]

Json: TypeAlias = dict[str, Any] | list[Any] | str | float | bool | None
"""What JSON text becomes; nothing is known of its shape before it is looked at."""

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_KEPT_HEADERS = ("content-type", "location", "retry-after", "x-ratelimit-remaining", "x-ratelimit-reset")
HTTP_LOGGERS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))


@dataclass(frozen=True)
class Key:
    """A key and where the service wants it: in a query parameter, or as a bearer in the header where that is None."""

    secret: Secret
    parameter: str | None = None


@dataclass(frozen=True)
class NotJson:
    """A body that is not JSON: the beginning of its text, redacted, and whether it is a page for people."""

    excerpt: str
    page: bool


@dataclass(frozen=True)
class Reply:
    """What came back: the status, the few headers that matter (names in lower case) and the parsed body."""

    status: int
    headers: Mapping[str, str]
    body: Json | NotJson
    """Parsed JSON, or :class:`NotJson`."""


@dataclass(frozen=True)
class Failure:
    """Why nothing usable came back, and whether asking again may help."""

    words: str
    again: bool
    reached: bool = True
    """Whether the service may have seen the question."""


def default_transport(base_url: str) -> httpx.BaseTransport:
    """A transport to this address, through the proxy that the environment names. Checks certificates.

    Raises MissingPartError without httpx, ChoiceError for a proxy setting that cannot be used.
    """
    try:
        import httpx
    except ImportError:
        raise MissingPartError(
            "Asking a web service needs the package httpx.", hint="pip install 'bookfilm-nb[data]'", extra="data"
        ) from None
    parts = urlsplit(base_url)
    if (transport := _proxied(httpx.HTTPTransport, parts.scheme, parts.hostname or "")) is not None:
        return transport
    # Outside the except: the address of a proxy may hold a password
    raise ChoiceError(
        f"The proxy that the environment names for {parts.scheme} cannot be used.",
        hint=f"Check {parts.scheme}_proxy; SOCKS needs: pip install 'httpx[socks]'.",
    )


def _proxied(make: Callable[..., httpx.BaseTransport], scheme: str, host: str) -> httpx.BaseTransport | None:
    try:
        direct = host in THIS_MACHINE or urllib.request.proxy_bypass(host)
        proxies = {} if direct else urllib.request.getproxies()
        return make(proxy=proxies.get(scheme) or proxies.get("all"))
    except (ValueError, ImportError):
        return None


@dataclass(frozen=True)
class Channel:
    """How a service is reached, and what is too slow or too much."""

    transport: httpx.BaseTransport
    headers: Mapping[str, str]
    key: Key | None
    timeout_s: float
    """For connecting, and for each read."""
    longest_s: float
    """For the whole answer."""
    max_bytes: int
    """Of the unpacked body."""
    clock: Callable[[], float]


def exchange(channel: Channel, url: str, params: Mapping[str, str]) -> Reply | Failure:
    """Ask once. Raises nothing but KeyboardInterrupt and SystemExit, made anew without their frames."""
    outcome = _guarded(channel, url, params)
    if isinstance(outcome, type):
        raise outcome
    return outcome


def _guarded(channel: Channel, url: str, params: Mapping[str, str]) -> Reply | Failure | type[BaseException]:
    import httpx

    try:
        return _sent(channel, url, params)
    except httpx.ConnectTimeout:
        return Failure(f"no connection within {channel.timeout_s:g} s", again=True, reached=False)
    except httpx.TimeoutException:
        return Failure(f"no answer within {channel.timeout_s:g} s", again=True)
    except httpx.ConnectError as error:
        return Failure(f"no connection ({_plain(str(error))})", again=True, reached=False)
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        return Failure(f"the connection broke off ({_plain(str(error))})", again=True)
    except httpx.DecodingError:
        return Failure("the answer cannot be unpacked", again=True)
    except (KeyboardInterrupt, SystemExit) as error:
        return type(error)
    except Exception as error:  # anything else would carry the key in its frames
        return Failure(f"{type(error).__name__} ({_plain(str(error))})", again=False)


def _sent(channel: Channel, url: str, params: Mapping[str, str]) -> Reply | Failure:
    import httpx

    send, ask = {**channel.headers, "Accept-Encoding": "gzip"}, dict(params)
    if channel.key and channel.key.parameter:
        ask[channel.key.parameter] = channel.key.secret.reveal()
    elif channel.key:
        send["Authorization"] = f"Bearer {channel.key.secret.reveal()}"
    request = httpx.Request(
        "GET",
        httpx.URL(url).copy_merge_params(ask),
        headers=send,
        extensions={"timeout": httpx.Timeout(channel.timeout_s).as_dict()},
    )
    response = channel.transport.handle_request(request)
    try:
        body = _body(response, channel)
    finally:
        response.close()
    if isinstance(body, Failure):
        return body
    kept = {name: redact(response.headers[name])[:2000] for name in _KEPT_HEADERS if name in response.headers}
    return Reply(response.status_code, kept, _parsed(body, kept.get("content-type", "")))


def _body(response: httpx.Response, channel: Channel) -> bytes | Failure:
    ends = channel.clock() + channel.longest_s
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > channel.max_bytes:
            return Failure(f"the answer is larger than {channel.max_bytes:,} bytes", again=False)
        if channel.clock() > ends:
            return Failure(f"the answer took longer than {channel.longest_s:g} s", again=True)
    return bytes(body)


def _parsed(body: bytes, content_type: str) -> Json | NotJson:
    try:
        return _redacted(json.loads(body))
    except (ValueError, RecursionError):
        text = body[:20_000].decode("utf-8", "replace")
        page = "html" in content_type.casefold() or text.lstrip("\ufeff \t\r\n").startswith("<")
        return NotJson(_plain(text), page)


def _redacted(data: Json) -> Json:
    """JSON data with every known key taken out of its strings: a service may repeat what it was sent."""
    if isinstance(data, str):
        return redact(data, guess=False)
    if isinstance(data, list):
        return [_redacted(item) for item in data]
    if isinstance(data, dict):
        return {redact(name, guess=False): _redacted(item) for name, item in data.items()}
    return data


def _plain(text: str) -> str:
    """At most 200 characters a person can read: no markup, no control characters, no key."""
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>", " ", text[:20_000])
    text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    text = redact(" ".join("".join(c if c.isprintable() else " " for c in text).split()))
    return text if len(text) <= 200 else text[:199] + "…"
