"""The doors to OpenAI's models and to gTTS: the real ones with a key, a server on this machine without."""

from __future__ import annotations

import json
import os
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from bookfilm_nb.settings import option, setting

from .story import LONGEST, STAND_IN

if TYPE_CHECKING:
    from openai import OpenAI

    from bookfilm_nb.testing import FakeServer

__all__ = ["Doors", "open_doors"]

_PROXIES = {"http_proxy", "https_proxy", "all_proxy"}


class Doors:
    """Open doors: ``openai`` is the client, ``says`` a sentence on where they lead; close them when done."""

    def __init__(self, openai: OpenAI, says: str, server: FakeServer | None, held: ExitStack) -> None:
        self.openai = openai
        self.says = says
        self.server = server
        self._held = held

    def close(self) -> None:
        """Close them; the stand-in stops, and addresses are what they were before."""
        self._held.close()


def open_doors(language: str = "en", scenes: int = LONGEST, *, real: bool = True) -> Doors:
    """The doors for a story in this language.

    With ``OPENAI_API_KEY`` or ``OPENAI_BASE_URL`` set they lead there, and gTTS to Google. Without, or where ``real``
    is not wished, all lead to a server on this machine that speaks the same protocols: its story was written
    beforehand, of a book it chooses every third sentence, its pictures are colours, its clips a disc that crosses
    them and its voice is tones, so nothing is paid and the same comes out each time. Raises ChoiceError for a key
    that cannot be one.
    """
    from bookfilm_nb.providers.openai_client import base_url, client

    held = ExitStack()
    if real and (setting("OPENAI_API_KEY") or option("OPENAI_BASE_URL", "").value):
        return Doors(client(), f"Models: {base_url()}. Speech: Google, through gTTS. Calls may be charged.", None, held)
    server = held.enter_context(_stand_in(language, scenes))
    addresses = dict.fromkeys(("OPENAI_BASE_URL", "OPENAI_VIDEOS_BASE_URL"), server.openai_url)
    held.enter_context(patch.dict(os.environ, {**addresses, "BOOKFILM_GTTS_URL": server.url}))
    for name in [name for name in os.environ if name.casefold() in _PROXIES]:
        del os.environ[name]  # gTTS would ask the proxy for this machine, too
    # gTTS has no setting for its address
    held.enter_context(patch("gtts.tts._translate_url", lambda tld, path: f"{server.url}/{path}"))  # noqa: ARG005
    why = "No key is set" if real else "The real models are not asked"
    says = f"{why}: a stand-in on this machine answers for OpenAI and for Google, and costs nothing."
    return Doors(client(server.openai_url), says, server, held)


def _stand_in(language: str, scenes: int) -> FakeServer:
    from bookfilm_nb.testing import FakeServer

    def answer(prompt: str, schema: dict[str, Any] | None) -> str:
        if (schema or {}).get("title") == "Picks":
            numbers = re.findall(r"^\[(\d+)\]", prompt, re.MULTILINE)
            return json.dumps({"picks": [{"sentence": int(number), "worth": 3} for number in numbers[::3]]})
        story = STAND_IN.get(language, STAND_IN["en"])
        return story.model_copy(update={"scenes": story.scenes[: max(1, scenes)]}).model_dump_json()

    return FakeServer(answer=answer, polls=0)
