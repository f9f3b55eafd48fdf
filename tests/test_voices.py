"""The embedded voices: what is heard, when each word is heard, and who speaks how."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.model import Character
from bookfilm_nb.providers import Capabilities, Speech, Voice, VoiceStyle, load_voice
from bookfilm_nb.voices import available, best_voice, cast, choosing, read_wav, restyle, speak_element, wav_bytes
from bookfilm_nb.voices.casting import distance
from bookfilm_nb.voices.pitch import median_f0
from bookfilm_nb.voices.speaking import GATE_DB

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language

EN = "That night the wind came from the north, and it brought 12 inches of snow."
RU = "В ту ночь ветер пришёл с севера и принёс 12 вершков снега."
OWN = VoiceStyle()
RUSSIAN_VOICE = pytest.mark.skipif(
    shutil.which("festival") is None or not Path("/usr/share/festival/voices/russian").is_dir(),
    reason="festival and festvox-ru are not installed",
)
ENGINES = [
    pytest.param("hibari", "en", EN, id="hibari"),
    pytest.param("festival", "ru", RU, id="festival", marks=RUSSIAN_VOICE),
    pytest.param("espeak", "en", EN, id="espeak-en"),
    pytest.param("espeak", "ru", RU, id="espeak-ru"),
]


@cache
def voice_named(name: str) -> Voice:
    return load_voice(name)


@cache
def spoken(name: str, text: str, language: Language, style: VoiceStyle = OWN) -> Speech:
    return speak_element(voice_named(name), text, language=language, style=style)


def said(speech: Speech, text: str) -> list[str]:
    return [text[word.start : word.end] for word in speech.words]


def hum(hz: float = 120.0, seconds: float = 1.0, rate: int = 16_000) -> np.ndarray:
    """A vowel of sorts: 20 harmonics that fall off, with a swelling of loudness."""
    t = np.arange(round(seconds * rate)) / rate
    wave = sum(np.cos(2 * np.pi * hz * n * t) / n**1.3 for n in range(1, 20))
    return np.asarray(0.1 * wave * (1 + 0.3 * np.sin(2 * np.pi * 3 * t)), np.float32)


@pytest.mark.parametrize(("name", "language", "text"), ENGINES)
def test_every_word_has_its_time_in_order(name: str, language: Language, text: str) -> None:
    speech = spoken(name, text, language)
    assert said(speech, text) == [w.strip(",.") for w in text.split()]
    length = len(speech.samples) / speech.sample_rate
    times = [(word.start_s, word.end_s) for word in speech.words]
    assert all(0 <= start < end <= length for start, end in times)
    assert all(a[1] <= b[0] + 0.03 for a, b in itertools.pairwise(times))
    assert times[0][0] < 0.1
    assert length - times[-1][1] < 0.1


@pytest.mark.parametrize(("name", "language", "text"), ENGINES)
def test_borders_lie_where_the_sound_is_weaker_than_inside_words(name: str, language: Language, text: str) -> None:
    speech = spoken(name, text, language)
    rate = speech.sample_rate
    power = np.convolve(speech.samples.astype(float) ** 2, np.ones(rate // 50) * 50 / rate, "same")
    inside = [power[int(w.start_s * rate) : int(w.end_s * rate)].max() for w in speech.words]
    borders = [w.end_s for w in speech.words[:-1]]
    at = [power[int((b - 0.04) * rate) : int((b + 0.04) * rate)].min() for b in borders]
    assert 10 * np.log10(np.median(inside) / np.median(at)) > 6


@pytest.mark.parametrize(("name", "language", "text"), ENGINES)
@pytest.mark.parametrize("style", [OWN, VoiceStyle(pitch=-5, rate=0.9), VoiceStyle(pitch=4, rate=1.08)], ids=str)
def test_ends_are_trimmed_loudness_is_even_and_nothing_clips(
    name: str, language: Language, text: str, style: VoiceStyle
) -> None:
    speech = spoken(name, text, language, style)
    samples, step = speech.samples.astype(float), speech.sample_rate // 50
    assert np.abs(samples).max() <= 0.9
    power = (samples[: len(samples) // step * step].reshape(-1, step) ** 2).mean(axis=1)
    loud = power[power > power.max() * 10 ** (GATE_DB / 10)]
    assert -23 < 10 * np.log10(loud.mean()) < -19
    heard = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 0.01)
    assert heard[0] / speech.sample_rate < 0.06
    assert (len(samples) - heard[-1]) / speech.sample_rate < 0.12


@pytest.mark.parametrize(("name", "language", "text"), ENGINES)
def test_a_style_moves_pitch_and_pace_as_asked(name: str, language: str, text: str) -> None:
    voice = voice_named(name)
    plain = voice.speak(text, language=language, style=OWN)
    styled = voice.speak(text, language=language, style=VoiceStyle(pitch=-4, rate=0.9))
    moved = 12 * np.log2(median_f0(styled.samples, styled.sample_rate) / median_f0(plain.samples, plain.sample_rate))
    assert moved == pytest.approx(-4, abs=0.5)
    assert len(styled.samples) / len(plain.samples) == pytest.approx(1 / 0.9, abs=0.02)
    for one, other in zip(plain.words, styled.words, strict=True):
        assert other.start_s == pytest.approx(one.start_s / 0.9, abs=0.04)


_PRINT_DIGESTS = """
import hashlib
from bookfilm_nb.providers import VoiceStyle, load_voice
from bookfilm_nb.voices import speak_element, wav_bytes
for name, language, text in {cases!r}:
    speech = speak_element(load_voice(name), text, language=language, style=VoiceStyle(pitch=-3.0, rate=0.95))
    print(hashlib.sha256(wav_bytes(speech.samples, speech.sample_rate)).hexdigest())
"""


@pytest.mark.slow
def test_another_process_makes_the_same_bytes() -> None:
    names = [offer.name for offer in available("ru") if offer.ready and not offer.network]
    cases = [("hibari", "en", EN), *[(name, "ru", RU) for name in names], ("espeak", "en", EN)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _PRINT_DIGESTS.format(cases=cases)],
        capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "5", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    here = []
    for name, language, text in cases:
        speech = speak_element(
            voice_named(name),
            text,
            language=language,
            style=VoiceStyle(pitch=-3.0, rate=0.95),  # type: ignore[arg-type]
        )
        here.append(hashlib.sha256(wav_bytes(speech.samples, speech.sample_rate)).hexdigest())
    assert done.stdout.split() == here


@RUSSIAN_VOICE
@pytest.mark.parametrize(
    "trick",
    [
        """") (system "touch {file}") (\"""",
        r"""\\") (system \"touch {file}\") (\"""",
        """(system "touch {file}")\n(quit)""",
        "`touch {file}` $(touch {file})",
    ],
    ids=["quote", "backslash", "newline", "shell"],
)  # fmt: skip
def test_a_book_cannot_give_festival_orders(trick: str, tmp_path: Path) -> None:
    file = tmp_path / "made"
    text = "Привет " + trick.format(file=file) + " мир."
    for speech in (
        voice_named("festival").speak(text, language="ru", style=OWN),
        speak_element(voice_named("festival"), text, language="ru", style=OWN),
    ):
        assert said(speech, text)[0] == "Привет"
    assert not file.exists()
    assert said(voice_named("festival").speak(RU, language="ru", style=OWN), RU)[2] == "ночь"


@RUSSIAN_VOICE
def test_festival_says_stress_marks_latin_words_and_yo() -> None:
    text = "За́мок, Whist и ёлка."
    speech = speak_element(voice_named("festival"), text, language="ru", style=OWN)
    assert said(speech, text) == ["За́мок", "Whist", "и", "ёлка"]
    early, late = (voice_named("festival").speak(word, language="ru", style=OWN).samples for word in ("за́мок", "замо́к"))
    assert len(early) != len(late)


@RUSSIAN_VOICE
def test_festival_starts_again_after_it_was_stopped() -> None:
    voice = load_voice("festival")
    first = voice.speak("Снег идёт.", language="ru", style=OWN)
    voice.close()  # type: ignore[attr-defined]
    again = voice.speak("Снег идёт.", language="ru", style=OWN)
    assert np.array_equal(first.samples, again.samples)


@pytest.mark.parametrize("text", ["—", "***", "", " \n", "«…»", "?!"])
@pytest.mark.parametrize("name", ["hibari", "espeak"])
def test_nothing_to_say_is_said_so(name: str, text: str) -> None:
    with pytest.raises(ProviderError, match="nothing to say") as caught:
        speak_element(voice_named(name), text, language="en", style=OWN)
    assert caught.value.hint


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "language", "sentence"),
    [
        ("hibari", "en", "the rope that the old man held was wet and cold and heavy and "),
        pytest.param("festival", "ru", "верёвка у старика была мокрая и холодная и тяжёлая и ", marks=RUSSIAN_VOICE),
    ],
)
def test_five_thousand_characters_without_a_full_stop(name: str, language: str, sentence: str) -> None:
    text = (sentence * 100)[:5000]
    speech = speak_element(voice_named(name), text, language=language, style=OWN)  # type: ignore[arg-type]
    assert len(speech.words) == len(text.split())
    assert len(speech.samples) / speech.sample_rate == pytest.approx(5000 / voice_named(name).rate_cps, rel=0.35)


@settings(deadline=None, max_examples=25)
@given(st.text(alphabet="abcdeé \n.,!?—'’\"0123IV$%日本💥\u0301", min_size=1, max_size=40))
def test_hibari_survives_any_text(text: str) -> None:
    try:
        speech = speak_element(voice_named("hibari"), text, language="en", style=OWN)
    except ProviderError:
        return
    places = [(word.start, word.end) for word in speech.words]
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))


def test_a_voice_refuses_a_language_it_does_not_speak() -> None:
    with pytest.raises(ChoiceError):
        voice_named("hibari").speak("Привет", language="ru", style=OWN)


def test_hibari_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(load_voice("hibari").speak("Hello there.", language="en", style=OWN).words) == 2


@pytest.mark.parametrize("semitones", [-8.0, -4.0, 3.0, 7.0])
def test_shifted_pitch_is_where_it_was_asked_to_be(semitones: float) -> None:
    sound = hum(140.0)
    shifted = restyle(sound, 16_000, VoiceStyle(pitch=semitones))
    assert len(shifted) == len(sound)
    assert 12 * np.log2(median_f0(shifted, 16_000) / 140.0) == pytest.approx(semitones, abs=0.25)
    assert np.abs(shifted).max() < 1.5 * np.abs(sound).max()


@pytest.mark.parametrize("rate", [0.85, 1.1])
def test_shifted_pace_keeps_the_pitch_and_moves_events_exactly(rate: float) -> None:
    sound = np.concatenate([hum(), np.zeros(8000, np.float32), hum()])
    paced = restyle(sound, 16_000, VoiceStyle(rate=rate))
    assert len(paced) == round(len(sound) / rate)
    assert median_f0(paced, 16_000) == pytest.approx(120, rel=0.02)
    quiet = np.flatnonzero(np.convolve(np.abs(paced), np.ones(400) / 400, "same") < 1e-3)
    assert quiet.mean() / 16_000 == pytest.approx(1.25 / rate, abs=0.01)


@given(st.integers(0, 4000), st.floats(-9, 9), st.floats(0.8, 1.2), st.integers(0, 3))
@settings(deadline=None, max_examples=40)
def test_any_sound_can_be_restyled(size: int, pitch: float, rate: float, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.1, size).astype(np.float32)
    out = restyle(noise * (seed > 0), 16_000, VoiceStyle(pitch=pitch, rate=rate))
    assert out.dtype == np.float32
    assert np.isfinite(out).all()
    assert abs(len(out) - size / rate) <= 1


@given(st.lists(st.floats(-1.25, 1.25, width=32), max_size=200), st.sampled_from([16_000, 24_000]))
def test_wav_round_trip(values: list[float], rate: int) -> None:
    samples = np.array(values, np.float32)
    back, heard_rate = read_wav(wav_bytes(samples, rate))
    assert heard_rate == rate
    assert np.abs(back - samples.clip(-1, 1)).max(initial=0) <= 0.5001 / 32767
    assert wav_bytes(back, rate) == wav_bytes(samples, rate)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"no sound at all", wav_bytes(hum(), 16_000)[:30]])
def test_what_is_no_wav_is_refused(data: bytes) -> None:
    with pytest.raises(ProviderError):
        read_wav(data)


PEOPLE = tuple(
    Character(id=f"{sex}-{age}-{n}", name="x", names=("x",), sex=sex, age=age, quotes=9 - n)  # type: ignore[arg-type]
    for n in range(2)
    for sex in ("male", "female", "unknown")
    for age in ("child", "young", "adult", "old")
)


@pytest.mark.parametrize(("name", "language", "hz"), [("hibari", "en", 194), ("espeak", "ru", 101)])
def test_men_are_deeper_than_women_and_women_than_children(name: str, language: str, hz: float) -> None:
    styles = cast(PEOPLE, voice_named(name), language=language, narrator=None, seed=7)  # type: ignore[arg-type]
    pitch = {person.id: hz * 2 ** (styles[person.id].pitch / 12) for person in PEOPLE}
    for n in range(2):
        assert pitch[f"male-adult-{n}"] < 145
        assert 155 < pitch[f"female-adult-{n}"] < pitch[f"female-child-{n}"]
        assert pitch[f"male-adult-{n}"] < pitch[f"male-young-{n}"] < pitch[f"male-child-{n}"]
        assert styles[f"female-old-{n}"].rate < 0.93 < styles["female-adult-0"].rate
        assert styles[f"male-old-{n}"].rate < 0.95


def test_six_speakers_and_the_narrator_are_kept_apart() -> None:
    few = [
        p
        for p in PEOPLE
        if p.id in {"male-adult-0", "male-adult-1", "female-adult-0", "female-old-0", "male-child-0", "female-young-0"}
    ]
    styles = list(cast(few, voice_named("hibari"), language="en", narrator=None, seed=3).values())
    assert min(distance(a, b) for i, a in enumerate(styles) for b in styles[:i]) >= 1


def test_the_teller_of_the_story_is_the_narrator() -> None:
    styles = cast(PEOPLE, voice_named("hibari"), language="en", narrator="male-old-0", seed=1)
    assert styles[None] == styles["male-old-0"] == VoiceStyle()
    assert all(style != VoiceStyle() for key, style in styles.items() if key not in (None, "male-old-0"))


def test_casting_does_not_depend_on_the_order_of_people() -> None:
    one = cast(PEOPLE, voice_named("hibari"), language="en", narrator=None, seed=5)
    assert one == cast(PEOPLE[::-1], voice_named("hibari"), language="en", narrator=None, seed=5)
    assert set(one) == {None, *(person.id for person in PEOPLE)}


class _Absent:
    def __init__(self) -> None:
        raise MissingPartError("It is not installed.", hint="apt-get it")


def _only_espeak(name: str) -> object:
    return voice_named("espeak") if name == "espeak" else _Absent()


def test_russian_falls_back_to_espeak_with_its_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "load_voice", _only_espeak)
    assert best_voice("ru").name == "espeak"
    assert "last resort" in best_voice("ru").capabilities.notice
    offers = {offer.name: offer for offer in available("ru")}
    assert not offers["festival"].ready
    assert offers["festival"].hint == "apt-get it"
    assert "last resort" in offers["espeak"].notice


def test_no_voice_at_all_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "load_voice", lambda _: _Absent())
    with pytest.raises(MissingPartError) as caught:
        best_voice("ru")
    assert caught.value.hint == "apt-get it"


def test_festival_that_is_not_installed_names_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingPartError, match="festival") as caught:
        load_voice("festival")
    assert "festvox-ru" in caught.value.hint


def test_the_best_english_voice_is_hibari_and_says_what_it_is() -> None:
    voice = best_voice("en")
    assert voice.name == "hibari"
    assert isinstance(voice.capabilities, Capabilities)
    assert voice.capabilities.needs == ()
    assert voice.rate_cps > 10
