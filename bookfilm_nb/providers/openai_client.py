"""The `openai` client as all doors use it: where it calls, with which key, and what its exceptions mean.

``OPENAI_BASE_URL`` leads it to another server that speaks the same protocol: Ollama, llama.cpp, vLLM, SGLang. A server
on this machine needs no key.
"""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from bookfilm_nb.errors import MissingPartError
from bookfilm_nb.settings import guard_logs, option, redact, required, setting

from .clients import kept
from .faults import Fault, fault_of_status, patiently, pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from openai import OpenAI

__all__ = ["KEY", "BrokenOffError", "base_url", "call", "client", "is_local"]

T = TypeVar("T")

KEY = "OPENAI_API_KEY"
OFFICIAL = "https://api.openai.com/v1"
TIMEOUT_S = 120.0


class BrokenOffError(Exception):
    """What a service says when it fails while its reply is streaming; :func:`call` takes it for a 500."""


def base_url() -> str:
    """The address that is called: ``OPENAI_BASE_URL``, or OpenAI's own."""
    return option("OPENAI_BASE_URL", OFFICIAL).value.rstrip("/")


def is_local(url: str) -> bool:
    """Whether the address is this machine: nothing is paid there, and no key is needed."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def client(url: str | None = None, *, key_name: str = KEY) -> OpenAI:
    """A client for the address. Raises MissingPartError without the package, or without a key that is needed.

    ``key_name`` is the setting that holds the key; one that is not OpenAI's own may be missing.
    """
    url = url or base_url()
    optional = is_local(url) or key_name != KEY
    found = setting(key_name) if optional else required(key_name, get_it_at="https://platform.openai.com/api-keys")
    # The key is looked up each time, so that a changed one is used; clients are kept for their connections
    return _client(url, found.value.reveal() if found else "none")


@kept
def _client(url: str, key: str) -> OpenAI:
    try:
        import openai
    except ImportError as error:
        raise MissingPartError("openai is not installed.", hint="pip install 'openai>=3'", part="openai") from error
    guard_logs(("openai", "openai._base_client", "httpx2", "httpcore"))
    # A proxy that the environment names does not know what this machine serves
    direct = openai.DefaultHttpx2Client(trust_env=False) if is_local(url) else None
    # Tries are counted in one place, by faults.patiently
    return openai.OpenAI(api_key=key, base_url=url, timeout=TIMEOUT_S, max_retries=0, http_client=direct)


def call(
    send: Callable[[dict[str, str]], T],
    *,
    engine: str,
    request: str,
    key_name: str = KEY,
    sleep: Callable[[float], None] = pause,
) -> T:
    """Send a request by the rules of :mod:`.faults`.

    ``send`` gets the headers that make the request one purchase however often it is sent; ``request`` is its digest.
    """
    headers = {"Idempotency-Key": request}
    return patiently(lambda: send(headers), _told_apart, engine=engine, request=request, key_name=key_name, sleep=sleep)


def _told_apart(caught: Exception) -> Fault | None:
    import openai

    if isinstance(caught, openai.APIStatusError):
        return fault_of_status(caught.status_code, dict(caught.response.headers), caught.response.text)
    says = redact(f"{type(caught).__name__}: {caught}")
    if isinstance(caught, openai.ContentFilterFinishReasonError):
        return Fault("refused", says)
    if isinstance(caught, openai.APIConnectionError):
        return Fault("broken", says)
    if isinstance(caught, (openai.APIResponseValidationError, json.JSONDecodeError)):
        return Fault("short", says)
    if isinstance(caught, BrokenOffError):
        return fault_of_status(500, {}, str(caught))
    if isinstance(caught, openai.APIError):
        # The client's own word for an error inside a stream; what the server says is in its body
        return fault_of_status(500, {}, f"{caught.message}: {caught.body}")
    return None
