"""OpenAI's speech: a voice for everybody in the cast, long lines in parts, money told before and after."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookfilm_nb.errors import MissingPartError, ProviderError, QuotaError, RefusedError, RetiredError
from bookfilm_nb.model import FREE, Character
from bookfilm_nb.providers import VoiceStyle, catalogue
from bookfilm_nb.providers.openai_client import OFFICIAL
from bookfilm_nb.testing import Fail, FakeServer, Script, Truncate
from bookfilm_nb.voices import cast, openai_speech
from bookfilm_nb.voices.casting import distance
from bookfilm_nb.voices.openai_speech import FARTHEST, LADDER, OpenAISpeech, part_for
from bookfilm_nb.voices.phrases import words_of

OWN = VoiceStyle()
TEXT = "Nobody answered. The old clock struck seven."
ALL = openai_speech._OF_ALL
styles = st.builds(VoiceStyle, pitch=st.floats(-9, 10).map(lambda x: round(x, 2)), rate=st.floats(0.85, 1.1))


@pytest.fixture(autouse=True)
def _planted_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-key-0123456789")


def voice_of(server: FakeServer, model: str = "") -> OpenAISpeech:
    return OpenAISpeech(model, url=server.openai_url, sleep=lambda _: None)


def asked(server: FakeServer) -> list[dict[str, str]]:
    return [json.loads(seen.body) for seen in server.seen]


def test_what_is_asked_for() -> None:
    with FakeServer() as server:
        for model in ("", "tts-1"):
            voice_of(server, model).speak(TEXT, language="en", style=OWN)
        new, old = asked(server)
    assert (new["model"], new["voice"], new["response_format"]) == ("gpt-4o-mini-tts", "alloy", "wav")
    assert "same voice" in new["instructions"]
    assert (old["model"], old["voice"]) == ("tts-1", "alloy")
    assert "instructions" not in old


def test_lines_longer_than_a_call_go_in_parts_and_are_one_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_speech, "LONGEST", 60)
    text = f"{TEXT} She counted the money twice. {TEXT}"
    with FakeServer() as server:
        speech = voice_of(server, "tts-1").speak(text, language="en", style=OWN)
        inputs = [call["input"] for call in asked(server)]
    assert inputs == [TEXT, "She counted the money twice. Nobody answered.", "The old clock struck seven."]
    assert len(speech.words) == len(words_of(text))
    assert speech.receipt is not None
    assert speech.receipt.usage == {"characters": sum(map(len, inputs))}


@pytest.mark.slow
def test_the_longest_line_there_is() -> None:
    text = (f"{TEXT} " * 110).strip()
    assert len(text) > 4096
    with FakeServer() as server:
        speech = voice_of(server).speak(text, language="en", style=OWN)
        lengths = [len(call["input"]) for call in asked(server)]
    assert len(lengths) == 2
    assert max(lengths) <= 4096
    assert len(speech.words) == len(words_of(text))


def test_a_part_that_was_paid_is_not_bought_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_speech, "LONGEST", 30)
    with FakeServer(script=Script([None, *[Fail(500)] * 4])) as server:
        voice = voice_of(server, "tts-1")
        with pytest.raises(ProviderError) as caught:
            voice.speak(TEXT, language="en", style=OWN)
        assert caught.value.data["billed"] == "yes"
        speech = voice.speak(TEXT, language="en", style=OWN)
        assert server.bought["voice"] == 2
    assert speech.receipt is not None
    assert speech.receipt.usage == {"characters": len("The old clock struck seven.")}


def test_refused_without_credit_and_with_a_wrong_key() -> None:
    with (
        FakeServer(key="sk-another-key-9876543210") as server,
        pytest.raises(MissingPartError, match="OPENAI_API_KEY"),
    ):
        voice_of(server).speak(TEXT, language="en", style=OWN)
    with FakeServer() as server:
        server.refuses = "clock"
        with pytest.raises(RefusedError):
            voice_of(server).speak(TEXT, language="en", style=OWN)
    with FakeServer(script=Script([Fail(429, "insufficient_quota")])) as server:
        with pytest.raises(QuotaError):
            voice_of(server).speak(TEXT, language="en", style=OWN)
        assert len(server.seen) == 1


def test_a_short_reply_is_sent_for_again_under_the_same_key() -> None:
    with FakeServer(script=Script([Truncate()])) as server:
        voice_of(server).speak(TEXT, language="en", style=OWN)
        first, second = (seen.headers["idempotency-key"] for seen in server.seen)
    assert first == second


def test_what_a_line_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "check_alive", lambda _: "")
    line = "a" * 900  # a minute
    new, old, unknown = (OpenAISpeech(m, url=OFFICIAL) for m in ("", "tts-1", "tts-1-hd"))
    minute = new.estimate(line, language="en", style=OWN)
    assert minute.low < 0.015 < minute.high  # type: ignore[operator]
    assert minute.likely == pytest.approx(0.015, rel=0.05)
    assert old.estimate(line, language="en", style=OWN).high == pytest.approx(900 * 15e-6)
    assert not unknown.estimate(line, language="en", style=OWN).known
    with FakeServer() as server:
        assert voice_of(server).estimate(line, language="en", style=OWN) == FREE


def test_what_was_heard_is_what_the_receipt_tells() -> None:
    with FakeServer() as server:
        slow, quick = (voice_of(server).speak(TEXT, language="en", style=VoiceStyle(rate=rate)) for rate in (0.8, 1.25))
    assert slow.receipt is not None
    assert quick.receipt is not None
    # Another pace is made here: what was bought is the same
    assert slow.receipt.usage == quick.receipt.usage
    assert slow.receipt.cost == 0
    seconds = len(quick.samples) * 1.25 / quick.sample_rate
    assert slow.receipt.usage["audio_tokens"] == pytest.approx(seconds * 1250 / 60, rel=0.1)


def test_the_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    check = catalogue.check_alive
    monkeypatch.setattr(catalogue, "check_alive", lambda model: check(model, today=date(2026, 11, 22)))
    for model in ("gpt-4o-mini-tts", "tts-1", "tts-1-hd"):
        assert "ends on 2027-01-06" in OpenAISpeech(model, url=OFFICIAL).capabilities.notice
    monkeypatch.setattr(catalogue, "check_alive", lambda model: check(model, today=date(2027, 1, 6)))
    with pytest.raises(RetiredError):
        OpenAISpeech(url=OFFICIAL)
    assert OpenAISpeech("kokoro", url="http://127.0.0.1:8880/v1").capabilities.notice == ""


def person(number: int, sex: str, age: str) -> Character:
    return Character(id=f"c{number}", name="P", names=("P",), sex=sex, age=age, quotes=9 - number, mentions=9)  # type: ignore[arg-type]


def test_a_cast_gets_voices_of_its_own() -> None:
    kinds = [("male", "adult"), ("female", "adult"), ("female", "child"), ("male", "old"), ("male", "young")]
    people = [person(i, *kind) for i, kind in enumerate(kinds)]
    with FakeServer() as server:
        voice = voice_of(server)
        found = cast(people, voice, language="en", narrator=None, seed=7)
        parts = {who: part_for(style, ALL) for who, style in found.items()}
    assert parts[None] == ("alloy", OWN)
    names = [part.voice for part in parts.values()]
    assert len(set(names)) == len(names)
    man, woman, child = (LADDER[parts[f"c{i}"].voice] for i in range(3))
    assert man < 150 < woman
    assert child == max(LADDER.values())
    assert parts["c2"].style.pitch > 1


@given(styles, styles)
def test_who_is_cast_apart_is_heard_apart(one: VoiceStyle, other: VoiceStyle) -> None:
    mine, theirs = part_for(one, ALL), part_for(other, ALL)
    assert mine == part_for(one, ALL)
    assert abs(mine.style.pitch) <= FARTHEST
    assert mine.style.rate == one.rate
    heard = [LADDER[p.voice] * 2 ** (p.style.pitch / 12) for p in (mine, theirs)]
    if mine.voice == theirs.voice and abs(one.pitch - other.pitch) > 1.2 and max(one.pitch, other.pitch) < 5:
        assert abs(12 * np.log2(heard[0] / heard[1])) > 1.1
    assert distance(mine.style, theirs.style) >= 0


def test_everybody_but_the_narrator_has_another_voice() -> None:
    assert {part_for(VoiceStyle(pitch=p / 10), ALL).voice for p in range(-140, 60) if p} == set(ALL) - {"alloy"}
    assert part_for(VoiceStyle(rate=0.9), ALL).voice == "alloy"


@pytest.mark.parametrize("model", ["tts-1", "gpt-4o-mini-tts"])
def test_a_film_is_spoken_by_the_model_that_was_chosen(tmp_path, monkeypatch, model):
    from bookfilm_nb.books import bundled
    from bookfilm_nb.studio import Studio, start
    from bookfilm_nb.studio.workers import speak

    monkeypatch.setenv("OPENAI_API_KEY", "sk-local")
    with FakeServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        production = start(bundled("en"), tmp_path / "film", minutes=0.3, voice=f"openai:{model}")
        with production.locked():
            studio = Studio(production)
            line = next(iter(studio.lines(studio.screenplay).values()))
            speak(line)
        assert [json.loads(request.body)["model"] for request in server.seen] == [model]
    production.store.close()
