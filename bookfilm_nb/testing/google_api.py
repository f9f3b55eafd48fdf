"""The endpoint behind Google Translate's speech, as the package gTTS asks for it."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from . import things
from .exchange import Made, Request

if TYPE_CHECKING:
    from .server import FakeServer

__all__ = ["reply"]

LONGEST = 100
"""Characters a request, as the real one has it."""


def reply(_fake: FakeServer, request: Request) -> Made | None:
    """Speech for one part of a text; None for other paths."""
    if request.path != "/_/TranslateWebserverUi/data/batchexecute":
        return None
    try:
        call = json.loads(parse_qs(request.body.decode())["f.req"][0])[0][0]
        text, _language, slow, _ = json.loads(call[1])
    except (ValueError, LookupError, TypeError):
        return Made(400, b")]}'\n\n", kind="text/plain")
    if not 0 < len(text) <= LONGEST:
        return Made(400, b")]}'\n\n", kind="text/plain")
    sound = base64.b64encode(things.mp3(things.speech(text, speed=0.6 if slow else 1.0))).decode()
    row = ["wrb.fr", "jQ1olc", json.dumps([sound]), None, None, None, "generic"]
    told = json.dumps([row], separators=(",", ":"))
    return Made(200, f")]}}'\n\n{told}\n".encode(), kind="text/plain", door="gtts")
