"""Google Translate's voice, through the package gTTS: free, unofficial, and patient only with the patient.

The package splits texts and writes the requests; they are sent here, because it does not verify the server's
certificate, does not wait when it is asked to, and fetches a whole text again where its last part failed.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import ChoiceError, MissingPartError
from bookfilm_nb.model import Estimate, Receipt, digest_of
from bookfilm_nb.providers import catalogue
from bookfilm_nb.providers.faults import Fault, ShortReplyError, fault_of_status, patiently, pause
from bookfilm_nb.providers.protocols import Capabilities
from bookfilm_nb.settings import option, redact

from .decode import decoded
from .parts import Unfinished, parts_of, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.providers.protocols import Speech, VoiceStyle

__all__ = ["URL_SETTING", "GttsVoice"]

URL_SETTING = "BOOKFILM_GTTS_URL"
OFFICIAL = "https://translate.google.com"
MODEL = "translate-tts"
LANGUAGES = ("en", "ru")
LONGEST = 100
"""Characters a request (gTTS 2.5.4, ``GOOGLE_TTS_MAX_CHARS``)."""
TIMEOUT_S = (10.0, 60.0)
_LARGEST = 8 << 20
_CALL = "jQ1olc"
"""The service's name for speech (gTTS 2.5.4, ``GOOGLE_TTS_RPC``)."""
_BLOCKED = "/sorry"


class _NothingSaidError(Exception):
    """The service answers, and has no sound for these words."""


class GttsVoice:
    """A woman's voice in English and Russian, 24 kHz; word times are aligned. ``BOOKFILM_GTTS_URL`` says where."""

    name = "gtts"
    rate_cps = 14.0
    """Stated, not measured: the take itself is measured, and the film is written again where they differ much."""
    f0_hz = 200.0
    """Stated: a woman's voice in both languages."""

    def __init__(self, model: str = "", *, url: str = "", sleep: Callable[[float], None] = pause) -> None:
        """Raises ChoiceError for another model than ``translate-tts``, MissingPartError without the package."""
        if model not in {"", MODEL}:
            raise ChoiceError(f"gTTS has no model {model!r}.", hint=f"Choose gtts or gtts:{MODEL}.", choices=[MODEL])
        known = catalogue.facts(f"google/{MODEL}")
        self._url = (url or option(URL_SETTING, OFFICIAL).value).rstrip("/")
        self._sleep = sleep
        self._unfinished = Unfinished()
        self.capabilities = Capabilities(
            languages=LANGUAGES,
            licence=known.licence if known else "Google Translate's own terms",
            needs=("network",),
            revision="gTTS 2.5.4, parts 1, align 1, psola 1",
            notice="The voice is Google Translate's, through an unofficial door that may close any day; every line is"
            " sent to Google. No licence for a film that is sold is given.",
            model=f"google/{MODEL}",
            parallel=1,
            max_characters=LONGEST,
        )

    def estimate(self, text: str, *, language: str, style: VoiceStyle) -> Estimate:  # noqa: ARG002 - all cost the same
        """Nothing: the service asks for no money."""
        usage = {"characters": float(len(text))}
        return catalogue.estimate(f"google/{MODEL}", usage, usage, usage)

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """English or Russian text as speech.

        Raises ChoiceError for another language, QuotaError or ProviderError where the service does not deliver; parts
        of the text that came are not fetched again by this engine.
        """
        if language not in LANGUAGES:
            raise ChoiceError(f"gTTS is not set up for {language!r} here.", hint="Choose en or ru.")
        sounds, keys = [], []
        for part in parts_of(text, LONGEST):
            said = text[part.start : part.end]
            body = _body(said, language)
            key = digest_of({"url": self._url, "body": body})
            keys.append(key)
            data = self._unfinished.find(key)
            if data is None:
                data = self._fetched(said, body, key)
                self._unfinished.keep(key, data)
            sounds.append((part, *decoded(data, "mp3", said)))
        speech = spoken(text, sounds, language=language, style=style, engine="gTTS")
        self._unfinished.drop(keys)
        receipt = Receipt(model=self.capabilities.model, usage={"characters": float(len(text))}, cost=0.0)
        return speech._replace(receipt=receipt)

    def _fetched(self, said: str, body: str, request: str) -> bytes:
        def send() -> bytes:
            data = _sound(_replied(self._url, body))
            decoded(data, "mp3", said)
            return data

        return patiently(send, _told_apart, engine="gTTS", request=request, sleep=self._sleep)


def _body(text: str, language: str) -> str:
    """The request as gTTS writes it, for a text of at most 100 characters, unchanged."""
    try:
        from gtts import gTTS
    except ImportError as error:
        raise MissingPartError("gTTS is not installed.", hint="pip install 'gTTS>=2.5.4'", part="gtts") from error
    (body,) = gTTS(text, lang=language, lang_check=False, pre_processor_funcs=[]).get_bodies()
    return str(body)


def _replied(url: str, body: str) -> str:
    import requests
    from gtts import gTTS

    with requests.post(
        f"{url}/_/TranslateWebserverUi/data/batchexecute",
        data=body,
        headers=gTTS.GOOGLE_TTS_HEADERS,
        timeout=TIMEOUT_S,
        allow_redirects=False,
        stream=True,
    ) as reply:
        if reply.status_code >= 300:
            raise requests.HTTPError(response=reply)
        data = b""
        for block in reply.iter_content(1 << 16):
            data += block
            if len(data) > _LARGEST:
                raise ShortReplyError("the reply is larger than 8 MiB")
    return data.decode("utf-8", "replace")


def _sound(reply: str) -> bytes:
    """The MP3 inside a reply: lines of JSON, one of which holds the call's result, which is JSON once more."""
    for line in reply.splitlines():
        try:
            rows = json.loads(line)
        except ValueError:
            continue
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, list) and len(row) > 2 and row[1] == _CALL:
                return _result(row[2])
    raise ShortReplyError("there is no speech in the reply")


def _result(held: Any) -> bytes:  # noqa: ANN401 - what JSON holds
    if not isinstance(held, str):
        raise _NothingSaidError("it has no speech for these words")
    try:
        return base64.b64decode(json.loads(held)[0], validate=True)
    except (ValueError, LookupError, TypeError, binascii.Error) as fault:
        raise ShortReplyError("the speech in the reply is not whole") from fault


def _told_apart(caught: Exception) -> Fault | None:
    import requests

    if isinstance(caught, _NothingSaidError):
        return Fault("wrong", str(caught))
    if isinstance(caught, requests.HTTPError) and caught.response is not None:
        reply = caught.response
        if reply.is_redirect and _BLOCKED in reply.headers.get("location", ""):
            return Fault("busy", "it takes us for a robot", status=reply.status_code)
        fault = fault_of_status(reply.status_code, reply.headers, reply.text)
        # There is no key that could be wrong: it does not want this caller, now or any more
        return fault._replace(kind="wrong") if fault.kind == "key" else fault
    if isinstance(caught, requests.RequestException):
        return Fault("broken", redact(f"{type(caught).__name__}: {caught}"))
    return None
