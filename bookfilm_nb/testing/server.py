"""The fake server: its doors, its counts, and how it misbehaves."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from . import films_api, google_api, openai_api
from .exchange import Made, Request
from .script import Drop, Empty, Fail, Html, Misbehaviour, Script, Slow, Truncate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

__all__ = ["FakeServer", "Seen"]

_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True)
class Seen:
    """One request as it came in. ``headers`` have lower-case names; keys are in them, so do not print it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    door: str
    status: int
    charged: bool


class FakeServer:
    """A server on a free port of 127.0.0.1, for as long as the ``with`` block lasts.

    ``answer(prompt, schema)`` says what the text models reply (text; JSON where a schema is asked for); without it
    they reply the smallest value that fits the schema. ``key`` is the only key that is taken, any is without it.
    ``polls`` is how often a clip is asked for before it is ready; so many of the first clips fail as ``failing`` says,
    and each whose prompt holds ``[fail]``. ``seen`` holds every request, ``bought`` counts what
    was charged, by door: ``text``, ``images``, ``voice``, ``video``.
    """

    def __init__(
        self,
        *,
        script: Script | None = None,
        answer: Callable[[str, dict[str, Any] | None], str] | None = None,
        key: str = "",
        polls: int = 2,
        failing: int = 0,
    ) -> None:
        self.script = script or Script()
        self.answer = answer
        self.key = key
        self.polls = polls
        self.failing = failing
        self.seen: list[Seen] = []
        self.bought: Counter[str] = Counter()
        self.refuses: str = ""
        """A prompt that holds this word is refused by moderation."""
        self.jobs: dict[str, dict[str, Any]] = {}
        self.lock = threading.Lock()
        self._made: dict[str, Made] = {}
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT``."""
        if self._server is None:
            raise RuntimeError("the server runs inside its `with` block")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def openai_url(self) -> str:
        """What to set ``OPENAI_BASE_URL`` to."""
        return f"{self.url}/v1"

    def reply_to(self, request: Request) -> Made:
        """What is made for a request, charged once for an idempotency key however often it comes."""
        idempotency = request.headers.get("idempotency-key", "")
        with self.lock:
            if idempotency and idempotency in self._made:
                return self._made[idempotency]._replace(charged=False)
        made = _route(self, request)
        with self.lock:
            if idempotency and idempotency in self._made:
                return self._made[idempotency]._replace(charged=False)
            if made.charged:
                self.bought[made.door] += 1
                if idempotency:
                    self._made[idempotency] = made
        return made


def _route(fake: FakeServer, request: Request) -> Made:
    for door in (openai_api.reply, google_api.reply, films_api.reply):
        made = door(fake, request)
        if made is not None:
            return made
    return Made(404, json.dumps({"error": {"message": f"no such path: {request.path}", "code": "not_found"}}).encode())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: FakeServer

    def handle(self) -> None:
        """A client that was killed is no news."""
        with contextlib.suppress(ConnectionResetError):
            super().handle()

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def do_DELETE(self) -> None:
        self._reply()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: requests are in ``seen``."""

    def _reply(self) -> None:
        fake = self.fake
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        request = Request(self.command, parts.path, query, headers, body)
        fault = fake.script.fault_for(parts.path)
        made = _unmade(fault) or fake.reply_to(request)
        fake.seen.append(
            Seen(self.command, parts.path, query, headers, body, made.door, made.status, charged=made.charged)
        )
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._send(made, fault)

    def _send(self, made: Made, fault: Misbehaviour | None) -> None:
        if isinstance(fault, Slow):
            time.sleep(fault.seconds)
        if isinstance(fault, Drop):
            self.close_connection = True
            return
        body = b"" if isinstance(fault, Empty) else made.body
        self.send_response(made.status)
        for name, value in {"Content-Type": made.kind, "Content-Length": str(len(body)), **made.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if isinstance(fault, Truncate):
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
            return
        self.wfile.write(body)


def _unmade(fault: Misbehaviour | None) -> Made | None:
    """The reply to a request that goes wrong before anything is made."""
    if isinstance(fault, Fail):
        told = {"error": {"message": f"scripted: {fault.code or fault.status}", "type": fault.code, "code": fault.code}}
        return Made(fault.status, json.dumps(told).encode(), headers=fault.headers)
    if isinstance(fault, Html):
        return Made(502, _PAGE, kind="text/html")
    return None
