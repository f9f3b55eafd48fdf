"""A local server that answers as told, once well and once badly, and the looks for keys where none may be."""

from __future__ import annotations

import base64
import gzip
import json
import pickle
import socket
import threading
import traceback
import urllib.parse
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from bookfilm_nb.errors import BookfilmError
from bookfilm_nb.movies.web import Key, WebClient
from bookfilm_nb.settings import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from werkzeug import Request

    Answer = Callable[["Service", Request], Response]

PLANTED = "pl4nted/K3y+of=a&service"


@dataclass
class Service:
    """A service on this machine: each path has its answers, one a request, the last one for ever."""

    server: HTTPServer
    scripts: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list, repr=False)
    """Path, parameters and headers of every request; not shown, since keys are among them."""
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return self.server.url_for("").rstrip("/")

    def script(self, path: str, *answers: Answer) -> None:
        self.scripts[path] = list(answers)

    def times(self, path: str) -> int:
        return sum(asked[0] == path for asked in self.asked)

    def answer(self, request: Request) -> Response:
        self.asked.append((request.path, dict(request.args), dict(request.headers)))
        answers = self.scripts.get(request.path, [text("no such path", 404)])
        return (answers.pop(0) if len(answers) > 1 else answers[0])(self, request)


@contextmanager
def serving() -> Iterator[Service]:
    server = HTTPServer(host="127.0.0.1", threaded=True)
    service = Service(server)
    server.expect_request(_Any()).respond_with_handler(service.answer)
    server.start()
    try:
        yield service
    finally:
        service.over.set()
        server.clear()
        server.stop()


class _Any(str):
    """A path that equals every path."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    def __ne__(self, other: object) -> bool:
        return not self == other


def body(data: Any, status: int = 200, **headers: str) -> Answer:
    return text(json.dumps(data), status, "application/json", **headers)


def text(said: str, status: int = 200, kind: str = "text/plain", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _service, _request: Response(said, status, named, content_type=kind)


def page(said: str, status: int = 200) -> Answer:
    whole = f"<!doctype html><html><head><title>t</title><style>p{{}}</style></head><body><p>{said}</p></body></html>"
    return text(whole, status, "text/html; charset=utf-8")


def echo(status: int = 200, kind: str = "application/json") -> Answer:
    """Says again what it was sent, key and all, in the body and in a header."""

    def answer(_service: Service, request: Request) -> Response:
        said = {"message": f"you sent {request.url} and {request.headers.get('Authorization')}", "args": request.args}
        return Response(json.dumps(said), status, {"X-Echo": request.url, "Retry-After": "1"}, content_type=kind)

    return answer


def cut(data: Any) -> Answer:
    """Promises more than it sends."""
    whole = json.dumps(data)

    def answer(_service: Service, _request: Request) -> Response:
        response = Response(whole[: len(whole) // 2], content_type="application/json")
        response.automatically_set_content_length = False
        response.headers["Content-Length"] = str(len(whole))
        return response

    return answer


def half(data: Any) -> Answer:
    """Sends half of its JSON as if it were all."""
    whole = json.dumps(data)
    return text(whole[: len(whole) // 2], kind="application/json")


def drop(_service: Service, request: Request) -> Response:
    """Hangs up without a word."""
    request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    return Response("")


def hang(service: Service, _request: Request) -> Response:
    """Says nothing until the test is over."""
    service.over.wait(10)
    return Response("")


def packed(data: bytes) -> Answer:
    return lambda _service, _request: Response(
        data, headers={"Content-Encoding": "gzip"}, content_type="application/json"
    )


def bomb(size: int) -> Answer:
    return packed(gzip.compress(b'"' + b" " * size + b'"'))


@dataclass
class FakeTime:
    """Time that passes only by being slept through."""

    at: float = 1_800_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def now(self) -> float:
        return self.at

    @property
    def options(self) -> dict[str, Any]:
        return {"sleep": self.sleep, "clock": self.now, "now": self.now}


def forms(key: str) -> list[str]:
    """The ways a key may be written, each computed here by itself."""
    percent = "".join(f"%{byte:02X}" for byte in key.encode())
    quoted = urllib.parse.quote(key, safe="")
    return [
        key,
        quoted,
        quoted.lower(),
        percent,
        base64.b64encode(key.encode()).decode().rstrip("="),
        repr(key.encode()),
    ]


def told_by(error: BaseException) -> str:
    """Everything an error and those behind it could tell: words, data, frames with their locals, the pickle."""
    lines = list(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    behind: BaseException | None = error
    while behind is not None:
        lines += [str(behind), repr(behind), repr(vars(behind)), repr(behind.args)]
        behind = behind.__cause__ or behind.__context__
    return "\n".join([*lines, pickle.dumps(error).decode("latin-1")])


def files_tell(folder: Path) -> str:
    """All names and contents below a folder."""
    return "\n".join(
        f"{path}\n{path.read_bytes().decode('latin-1') if path.is_file() else ''}" for path in folder.rglob("*")
    )


GOOD = {"films": ["Солярис", "Stalker"], "of": 2}


def client(service: Service, time: FakeTime, **options: Any) -> WebClient:
    return WebClient(service.url, **{"service": "Test", "timeout_s": 5.0, **time.options, **options})


def in_parameter() -> Key:
    return Key(Secret(PLANTED), "api_key")


def in_header() -> Key:
    return Key(Secret(PLANTED))


def failed(call: Callable[[], object]) -> BookfilmError:
    with pytest.raises(BookfilmError) as caught:
        call()
    return caught.value
