"""A request to the fake server, and what it makes of it."""

from __future__ import annotations

import json
from email import message_from_bytes
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Made", "Request", "json_made"]


class Made(NamedTuple):
    """A reply before it is sent, and whether it is charged."""

    status: int
    body: bytes
    kind: str = "application/json"
    door: str = ""
    charged: bool = False
    headers: Mapping[str, str] = {}


class Request(NamedTuple):
    """A request that asks for a reply."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; an empty one where it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def form(self) -> dict[str, bytes]:
        """The parts of a multipart body by name, or of a JSON body as text."""
        kind = self.headers.get("content-type", "")
        if not kind.startswith("multipart/"):
            return {name: str(value).encode() for name, value in self.json().items()}
        message = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + self.body)
        parts: dict[str, bytes] = {}
        for part in message.get_payload():
            name = str(part.get_param("name", header="content-disposition"))  # type: ignore[union-attr]
            parts[name] = bytes(part.get_payload(decode=True) or b"")  # type: ignore[union-attr]
        return parts


def json_made(value: object, *, status: int = 200, door: str = "", charged: bool = False) -> Made:
    """A JSON reply."""
    return Made(status, json.dumps(value, ensure_ascii=False).encode(), door=door, charged=charged)
