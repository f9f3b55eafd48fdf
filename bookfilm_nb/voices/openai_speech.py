"""OpenAI's speech, or that of a server which speaks the same protocol (``/v1/audio/speech``).

Thirteen named voices are there for a whole cast. Where each lies on the scale of pitch is stated here, by this project:
the owner publishes no figures. A character gets the voice that lies nearest to the pitch it was cast at, moved by the
little that is left, so two characters who were cast apart are heard apart.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Any, NamedTuple

from bookfilm_nb.errors import ChoiceError, ProviderError
from bookfilm_nb.model import FREE, Estimate, Receipt, digest_of
from bookfilm_nb.providers import catalogue
from bookfilm_nb.providers.faults import pause, request_key
from bookfilm_nb.providers.openai_client import KEY, OFFICIAL, base_url, call, client, is_local
from bookfilm_nb.providers.protocols import Capabilities, VoiceStyle

from .decode import decoded
from .parts import Unfinished, parts_of, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bookfilm_nb.providers.protocols import Speech

__all__ = ["LADDER", "OpenAISpeech", "Part", "part_for"]

DEFAULT = "gpt-4o-mini-tts"
LANGUAGES = ("en", "ru")
LONGEST = 4096
"""Characters a call (openai 3.54.0, SpeechCreateParams)."""
LADDER: Mapping[str, float] = {
    "onyx": 98, "cedar": 104, "ash": 110, "echo": 116, "verse": 122, "ballad": 130, "fable": 142, "alloy": 165,
    "sage": 182, "coral": 192, "marin": 202, "nova": 214, "shimmer": 228,
}  # fmt: skip
"""Named voices and where they lie in Hz: stated, so that a cast can be spread over them."""
_OF_ALL = ("alloy", *(voice for voice in LADDER if voice != "alloy"))
_OF_TTS_1 = ("alloy", "onyx", "ash", "echo", "fable", "sage", "coral", "nova", "shimmer")
"""Voices of a family of models; the first is the narrator's. It lies in the middle, so that men and children are within
reach of a cast (:data:`.casting.LOWEST_SHIFT`)."""
FARTHEST = 4.0
"""Semitones a voice is moved at most."""
STEADY = (
    "You read one line of an audio drama that is put together from many lines. Speak clearly, at an even pace and"
    " loudness, warm but unhurried, in the same voice and at the same distance from the microphone in every line. Read"
    " the words exactly as they are written and nothing else."
)
"""Goes along with every line of a model that takes instructions; part of what a take is made from."""
_CHARACTERS_A_TOKEN = {"en": 4.0, "ru": 2.5}
_AUDIO_TOKENS_A_SECOND = 1250 / 60
"""By the owner's own figures: 0.015 USD a minute at 12 USD a million tokens."""


class Part(NamedTuple):
    """Which named voice speaks for a character, and how it is moved."""

    voice: str
    style: VoiceStyle


class OpenAISpeech:
    """Speech models behind OpenAI's protocol, 24 kHz; word times are aligned. ``OPENAI_BASE_URL`` says where."""

    name = "openai"
    rate_cps = 15.0
    """Stated, not measured: a reader of audiobooks (LJ Speech: 1,308,678 characters in 86,117 s)."""

    def __init__(self, model: str = "", *, url: str = "", sleep: Callable[[float], None] = pause) -> None:
        """Raises RetiredError for a model that OpenAI has ended; another server may still have it."""
        self.model = model or DEFAULT
        self._url = (url or base_url()).rstrip("/")
        self._sleep = sleep
        self._unfinished = Unfinished()
        self._voices = _OF_TTS_1 if self.model.startswith("tts-1") else _OF_ALL
        self.f0_hz = LADDER[self._voices[0]]
        official, local = self._url == OFFICIAL, is_local(self._url)
        known = catalogue.facts(f"openai/{self.model}") if official else None
        self.capabilities = Capabilities(
            languages=LANGUAGES,
            licence=known.licence if known else "that of the model",
            needs=("network",) if local else ("network", "key"),
            revision=digest_of({"steady": STEADY, "ladder": LADDER, "voices": self._voices, "revision": 1})[:8],
            notice=catalogue.check_alive(f"openai/{self.model}") if official else "",
            model=f"openai/{self.model}" if official else self.model,
            key="" if local else KEY,
            parallel=4,
            max_characters=LONGEST,
        )

    def estimate(self, text: str, *, language: str, style: VoiceStyle) -> Estimate:  # noqa: ARG002 - all cost the same
        """By the characters, or by the seconds that they will likely take: from 0.7 to 1.6 times as many."""
        if is_local(self._url):
            return FREE
        seconds = len(text) / self.rate_cps
        low, likely, high = (self._usage(text, language, seconds * share) for share in (0.7, 1.0, 1.6))
        return catalogue.estimate(self.capabilities.model, low, likely, high)

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """English or Russian text as speech.

        The receipt's usage is reckoned, because this endpoint tells none: characters for tts-1; else tokens by the
        characters sent and the seconds heard. Raises ChoiceError for another language, RefusedError, QuotaError,
        ProviderError.
        """
        if language not in LANGUAGES:
            raise ChoiceError(f"OpenAI's voices are not set up for {language!r} here.", hint="Choose en or ru.")
        part_in_cast = part_for(style, self._voices)
        usage: dict[str, float] = {}
        sounds, keys = [], []
        for part in parts_of(text, LONGEST):
            said = text[part.start : part.end]
            asked = self._asked(said, part_in_cast.voice)
            whole = {**asked, "url": self._url}
            key = digest_of(whole)
            keys.append(key)
            data = self._unfinished.find(key)
            fresh = data is None
            if data is None:
                data = self._bought(asked, request_key(whole), paid_before=bool(usage))
                self._unfinished.keep(key, data)
            samples, rate = decoded(data, "wav", said)
            sounds.append((part, samples, rate))
            if fresh:
                for unit, count in self._usage(said, language, len(samples) / rate).items():
                    usage[unit] = usage.get(unit, 0.0) + count
        speech = spoken(text, sounds, language=language, style=part_in_cast.style, engine=self.model)
        self._unfinished.drop(keys)
        cost = 0.0 if is_local(self._url) else catalogue.cost(self.capabilities.model, usage)
        receipt = Receipt(model=self.capabilities.model, usage=usage, cost=cost, request=keys[0][:16])
        return speech._replace(receipt=receipt)

    def _asked(self, said: str, voice: str) -> dict[str, Any]:
        asked: dict[str, Any] = {"model": self.model, "voice": voice, "input": said, "response_format": "wav"}
        return asked if self.model.startswith("tts-1") else {**asked, "instructions": STEADY}

    def _bought(self, asked: dict[str, Any], request: str, *, paid_before: bool) -> bytes:
        def send(headers: dict[str, str]) -> bytes:
            data = client(self._url).audio.speech.create(extra_headers=headers, **asked).read()
            decoded(data, "wav", asked["input"])
            return data

        try:
            return call(send, engine=self.model, request=request, sleep=self._sleep)
        except ProviderError as error:
            if paid_before:
                error.data["billed"] = "yes"
            raise

    def _usage(self, text: str, language: str, seconds: float) -> dict[str, float]:
        if self.model.startswith("tts-1"):
            return {"characters": float(len(text))}
        sent = len(STEADY) / _CHARACTERS_A_TOKEN["en"] + len(text) / _CHARACTERS_A_TOKEN.get(language, 2.5)
        return {"input_tokens": round(sent), "audio_tokens": round(seconds * _AUDIO_TOKENS_A_SECOND)}


def part_for(style: VoiceStyle, voices: tuple[str, ...]) -> Part:
    """The named voice that lies nearest to where a character was cast, and what is left to move it by.

    ``voices``: the narrator's first, which the engine's own style gets untouched. Everybody else gets another voice,
    moved by 4 semitones at most (children are cast higher than any voice lies), at the pace they were cast at.
    """
    narrator, *others = voices
    if style.pitch == 0.0 or not others:
        return Part(narrator, style)
    wanted = LADDER[narrator] * 2 ** (style.pitch / 12)
    voice = min(others, key=lambda name: (abs(log2(LADDER[name] / wanted)), name))
    left = 12 * log2(wanted / LADDER[voice])
    return Part(voice, VoiceStyle(pitch=round(max(-FARTHEST, min(FARTHEST, left)), 2), rate=style.rate))
