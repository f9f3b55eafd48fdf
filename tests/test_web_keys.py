"""The client for web services says nothing of its key, whatever goes wrong."""

from __future__ import annotations

import base64
import json
import logging
from typing import TYPE_CHECKING

import httpx
import pytest
from web_files import (
    GOOD,
    PLANTED,
    FakeTime,
    Service,
    body,
    bomb,
    client,
    cut,
    drop,
    echo,
    failed,
    files_tell,
    forms,
    in_header,
    in_parameter,
    packed,
    page,
    text,
    told_by,
)

from bookfilm_nb import settings
from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.movies.web import Fault, Key, WebClient

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from web_files import Answer


@pytest.fixture(autouse=True)
def _no_keys_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_known", {})
    monkeypatch.setattr(settings, "_compiled", [])


LEAKS: dict[str, Answer] = {
    "complaint": echo(401),
    "limit": echo(429),
    "server error": echo(500),
    "page": echo(403, "text/html"),
    "no json": echo(200, "text/plain"),
    "redirect": lambda _service, request: text("", 302, Location=f"https://evil.example/?to={request.url}")(
        _service, request
    ),
    "circle": lambda _service, request: text("", 302, Location=request.full_path)(_service, request),
    "escaped page": page("".join(f"&#{ord(c)};" for c in PLANTED), 500),
    "base64": page("key " + base64.b64encode(PLANTED.encode()).decode(), 500),
    "header": text("x", 500, Retry_After=PLANTED),
    "cut": cut({"sent": PLANTED}),
    "dropped": drop,
    "no gzip": packed(PLANTED.encode()),
    "bad json": text(json.dumps({"sent": PLANTED})[:-2], kind="application/json"),
    "too large": bomb(3_000_000),
}


@pytest.mark.parametrize("key", [in_parameter, in_header])
@pytest.mark.parametrize("name", LEAKS)
def test_no_failure_tells_the_key(
    service: Service,
    time: FakeTime,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    key: Callable[[], Key],
) -> None:
    caplog.set_level(logging.DEBUG)
    service.script("/a", LEAKS[name])
    asking = client(service, time, key=key(), cache_folder=tmp_path, retries=1, max_bytes=100_000, daily_limit=50)
    if name == "no json":
        # It is JSON whatever it is called, and kept
        assert "***" in json.dumps(asking.get_json("a"))
        told = ""
    else:
        told = told_by(failed(lambda: asking.get_json("a")))
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "werkzeug")
    assert "httpcore" in {record.name.partition(".")[0] for record in caplog.records}
    for form in forms(PLANTED):
        assert form not in told
        assert form not in logged
        assert form not in files_tell(tmp_path)


def _of_transport(error: BaseException) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        error.args = (f"{request.url} {request.headers}", request)
        raise error

    return httpx.MockTransport(handle)


@pytest.mark.parametrize(
    "error",
    [httpx.ConnectError(""), httpx.ReadTimeout(""), httpx.RemoteProtocolError(""), httpx.InvalidURL(""), ValueError(),
     UnicodeEncodeError("ascii", PLANTED, 0, 1, "no"), RuntimeError(), MemoryError(), AttributeError()],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
@pytest.mark.parametrize("key", [in_parameter, in_header])
def test_no_error_of_the_library_tells_the_key(time: FakeTime, key: Callable[[], Key], error: Exception) -> None:
    asking = WebClient(
        "https://a.example", service="Test", key=key(), transport=_of_transport(error), retries=1, **time.options
    )
    caught = failed(lambda: asking.get_json("a"))
    assert (caught.__cause__, caught.__context__) == (None, None)
    told = told_by(caught)
    for form in forms(PLANTED):
        assert form not in told


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_comes_through_without_the_key(time: FakeTime, kind: type[BaseException]) -> None:
    asking = WebClient(
        "https://a.example", service="Test", key=in_parameter(), transport=_of_transport(kind()), **time.options
    )
    with pytest.raises(kind) as caught:
        asking.get_json("a")
    assert PLANTED not in told_by(caught.value)


def test_a_reading_of_errors_that_tells_the_key_is_redacted(service: Service, time: FakeTime) -> None:
    service.script("/a", body({}))
    careless = client(service, time, key=in_header(), fault=lambda _status, _body: Fault(f"no: {PLANTED}", PLANTED))
    told = told_by(error := failed(lambda: careless.get_json("a")))
    assert "no: ***" in error.problem
    assert f"ProviderError: Test: no: {PLANTED}" not in told
    assert PLANTED not in str(error.data)


def test_what_a_service_repeats_is_redacted(service: Service, time: FakeTime) -> None:
    service.script("/a", echo())
    assert PLANTED not in json.dumps(client(service, time, key=in_parameter()).get_json("a"))


def test_a_proxy_password_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("https_proxy", "gopher://me:proxy-pass-word@a.example")
    with pytest.raises(ChoiceError, match="proxy") as caught:
        WebClient("https://b.example", service="Test")
    told = told_by(caught.value)
    assert "proxy-pass-word" not in told


def test_a_proxy_is_not_asked_for_this_machine(
    service: Service, time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    service.script("/a", body(GOOD))
    assert client(service, time).get_json("a") == GOOD
