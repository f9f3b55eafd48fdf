"""The doors to OpenAI's models and to gTTS: the real ones with a key, a server on this machine without."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from bookfilm_nb.settings import option, setting

from .story import LONGEST, STAND_IN

if TYPE_CHECKING:
    from openai import OpenAI

    from bookfilm_nb.testing import FakeServer

__all__ = ["Doors", "open_doors"]


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


def open_doors(language: str = "en", scenes: int = LONGEST) -> Doors:
    """The doors for a story in this language.

    With ``OPENAI_API_KEY`` or ``OPENAI_BASE_URL`` set they lead there, and gTTS to Google. Without, all lead to a
    server on this machine that speaks the same protocols: its story was written beforehand, its pictures are colours
    and its voice is tones, so nothing is paid and the same comes out each time. Raises ChoiceError for a key that
    cannot be one.
    """
    from bookfilm_nb.providers.openai_client import base_url, client

    held = ExitStack()
    if setting("OPENAI_API_KEY") or option("OPENAI_BASE_URL", "").value:
        return Doors(client(), f"Models: {base_url()}. Speech: Google, through gTTS. Calls may be charged.", None, held)
    server = held.enter_context(_stand_in(language, scenes))
    held.enter_context(patch.dict(os.environ, {"OPENAI_BASE_URL": server.openai_url, "BOOKFILM_GTTS_URL": server.url}))
    # gTTS has no setting for its address
    held.enter_context(patch("gtts.tts._translate_url", lambda tld, path: f"{server.url}/{path}"))  # noqa: ARG005
    says = "No key is set: a stand-in on this machine answers for OpenAI and for Google. Nothing is paid."
    return Doors(client(server.openai_url), says, server, held)


def _stand_in(language: str, scenes: int) -> FakeServer:
    from bookfilm_nb.testing import FakeServer

    def answer(_prompt: str, _schema: dict[str, Any] | None) -> str:
        story = STAND_IN.get(language, STAND_IN["en"])
        return story.model_copy(update={"scenes": story.scenes[: max(1, scenes)]}).model_dump_json()

    return FakeServer(answer=answer)
