"""Word times for engines that tell none: against engines that do, for texts that fit and texts that do not."""

from __future__ import annotations

import io
import shutil
import wave
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import MissingPartError
from bookfilm_nb.providers import VoiceStyle, load_voice
from bookfilm_nb.providers.faults import ShortReplyError
from bookfilm_nb.testing import things
from bookfilm_nb.voices import align
from bookfilm_nb.voices.align import word_times
from bookfilm_nb.voices.decode import decoded
from bookfilm_nb.voices.phonemes import Sound, timed_words
from bookfilm_nb.voices.phrases import words_of
from bookfilm_nb.voices.shares import letters, shared_out
from bookfilm_nb.voices.spectra import cepstra
from bookfilm_nb.voices.warp import warp

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language
    from bookfilm_nb.providers import Speech

OWN = VoiceStyle()
TEXTS = {
    "en": (
        "The keeper went down to the shore, and the wind took his hat.",
        "Nobody answered; the old clock struck seven, and the road to the village was white with snow.",
        "Where did you find this letter? She counted the money twice, and put it back in the drawer.",
    ),
    "ru": (
        "Смотритель сошёл к берегу, и ветер сорвал с него шапку.",
        "Никто не ответил; старые часы пробили семь, и дорога в деревню побелела от снега.",
        "Где ты нашёл это письмо? Она дважды пересчитала деньги и убрала их в ящик.",
    ),
}
RUSSIAN_VOICE = pytest.mark.skipif(
    shutil.which("festival") is None or not Path("/usr/share/festival/voices/russian").is_dir(),
    reason="festival and festvox-ru are not installed",
)
ENGINES = [
    pytest.param("hibari", "en", id="hibari"),
    pytest.param("festival", "ru", id="festival", marks=RUSSIAN_VOICE),
]


voice_named = cache(load_voice)


@cache
def spoken(name: str, text: str, language: Language) -> Speech:
    return voice_named(name).speak(text, language=language, style=OWN)


def errors_ms(name: str, language: Language) -> np.ndarray:
    """How far the begin of each word is from where the engine itself has it."""
    apart = []
    for text in TEXTS[language]:
        speech = spoken(name, text, language)
        known = {word.start: word.start_s for word in speech.words}
        timed = word_times(text, speech.samples, speech.sample_rate, language=language)
        apart += [abs(word.start_s - known[word.start]) * 1000 for word in timed.words if word.start in known]
    return np.array(apart)


@pytest.mark.parametrize(("name", "language"), ENGINES)
def test_aligned_words_lie_where_the_engine_has_them(name: str, language: str) -> None:
    apart = errors_ms(name, language)
    assert len(apart) > 35
    assert np.median(apart) < 30
    assert np.percentile(apart, 90) < 150


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), ENGINES)
def test_an_estimate_is_near_enough_for_a_caption(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "_likely", lambda *_: False)
    assert np.median(errors_ms(name, language)) < 110
    monkeypatch.setattr(align, "_espeak", lambda *_: None)
    assert np.median(errors_ms(name, language)) < 160


def test_speech_of_another_text_is_only_an_estimate() -> None:
    speech = spoken("hibari", TEXTS["en"][1], "en")
    right = word_times(TEXTS["en"][1], speech.samples, speech.sample_rate, language="en")
    cut = word_times(TEXTS["en"][1], speech.samples[: len(speech.samples) // 2], speech.sample_rate, language="en")
    assert right.timing == "aligned"
    assert cut.timing == "estimated"


def test_pauses_other_than_espeaks_do_not_matter() -> None:
    one, two = TEXTS["en"][0], TEXTS["en"][1]
    first, second = (spoken("hibari", text, "en") for text in (one, two))
    rate = first.sample_rate
    gap = round(1.3 * rate)
    sound = np.concatenate([np.zeros(rate // 2), first.samples, np.zeros(gap), second.samples]).astype(np.float32)
    timed = word_times(f"{one} {two}", sound, rate, language="en")
    begins = [word.start_s + 0.5 for word in first.words]
    begins += [word.start_s + 0.5 + (len(first.samples) + gap) / rate for word in second.words]
    apart = np.abs(np.array([word.start_s for word in timed.words]) - begins)
    assert timed.timing == "aligned"
    assert np.median(apart) < 0.03
    assert apart.max() < 0.4


def test_without_espeak_there_is_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_self: object) -> None:
        raise MissingPartError("It is not installed.")

    monkeypatch.setattr("bookfilm_nb.voices.espeak.EspeakVoice.__init__", absent)
    timed = word_times(TEXTS["en"][0], things.speech(TEXTS["en"][0]), things.SPEECH_RATE, language="en")
    assert timed.timing == "estimated"
    assert len(timed.words) == 13


@settings(max_examples=25, deadline=None)
@given(
    text=st.text(st.sampled_from("abв где? o'k-1,.!  —\u0301"), max_size=60),
    seconds=st.floats(0, 3),
    seed=st.integers(0, 9),
    language=st.sampled_from(["en", "ru"]),
)
def test_any_text_over_any_sound_has_every_word_in_order(text: str, seconds: float, seed: int, language: str) -> None:
    rate = 8_000
    noise = np.random.default_rng(seed).normal(0, 0.1, round(seconds * rate)).astype(np.float32)
    noise *= np.repeat(np.random.default_rng(seed).integers(0, 2, len(noise) // 800 + 1), 800)[: len(noise)]
    timed = word_times(text, noise, rate, language=language, offset=7)
    if not len(noise):
        assert timed.words == ()
        return
    assert [(word.start - 7, word.end - 7) for word in timed.words] == words_of(text)
    moments = [moment for word in timed.words for moment in (word.start_s, word.end_s)]
    assert moments == sorted(moments)
    assert all(0 <= moment <= len(noise) / rate for moment in moments)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 99), st.lists(st.integers(1, 4), min_size=2, max_size=60))
def test_a_recording_laid_over_a_stretched_copy(seed: int, times: list[int]) -> None:
    a = np.random.default_rng(seed).normal(size=(len(times), 26)).astype(np.float32)
    places = warp(a, np.repeat(a, times, axis=0))
    ends = np.cumsum(times)
    assert (np.diff(places) > 0).all()
    np.testing.assert_allclose(places, ends - (np.array(times) + 1) / 2)


def test_a_long_recording_keeps_to_its_band() -> None:
    a = np.random.default_rng(1).normal(size=(3_000, 26)).astype(np.float32)
    places = warp(a, np.concatenate([a[:1_000], np.repeat(a[1_000:1_001], 400, axis=0), a[1_000:]]))
    assert places[900] == 900
    assert places[2_500] == 2_900


def test_cepstra_of_silence_are_all_alike() -> None:
    found = cepstra(np.zeros(8_000, np.float32), 16_000)
    assert found.shape == (51, 26)
    assert (found == found[0]).all()


def test_shares_put_pauses_where_the_marks_are() -> None:
    rate = 10_000
    tone = np.sin(np.arange(rate) * 0.3).astype(np.float32)
    gap = np.zeros(rate // 2, np.float32)
    # Two words, a pause at the comma, two words
    sound = np.concatenate([gap, tone, gap, tone, gap])
    times = shared_out([letters(w) for w in ("lamps", "burnt", "house", "slept")], [False, True, False], sound, rate)
    assert [begin for begin, _ in times] == pytest.approx([0.5, 1.0, 2.0, 2.5], abs=0.1)
    assert all(a[1] <= b[0] + 1e-9 for a, b in pairwise(times))


def test_melted_words_are_parted_where_their_sounds_change() -> None:
    alone = {"end": "ɛnd", "of": "ʌv", "the": "ðə", "sea": "siː"}
    heard = [
        ("ɛ", 2), ("n", 1), ("d", 1), (" ", 1), ("ə", 1), ("v", 1), ("ð", 1), ("ə", 2), (" ", 1), ("ˈ", 1), ("s", 2),
        ("i", 3), ("ː", 1), (".", 4),
    ]  # fmt: skip
    sounds, place = [], 0
    for phoneme, length in heard:
        sounds.append(Sound(phoneme, place, place + length))
        place += length
    words = timed_words("end of the sea", sounds, alone.__getitem__, 1, offset=3)
    assert [(w.start - 3, w.end - 3) for w in words] == words_of("end of the sea")
    assert [(w.start_s, w.end_s) for w in words] == [(0, 4), (4, 7), (7, 10), (10, 17 + 1)]


def _wav(samples: np.ndarray, *, told: int | None = None) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(24_000)
        sound.writeframes((samples * 32767).astype("<i2").tobytes())
    data = bytearray(file.getvalue())
    if told is not None:
        data[4:8] = data[40:44] = told.to_bytes(4, "little")
    return bytes(data)


def test_a_wav_that_was_sent_before_its_length_was_known() -> None:
    tone = things.speech("Nobody answered")
    for told in (None, 0xFFFFFFFF):
        samples, rate = decoded(_wav(tone, told=told), "wav", "Nobody answered")
        assert rate == 24_000
        np.testing.assert_allclose(samples, tone, atol=1e-4)


def test_an_mp3_is_longer_by_its_padding_only() -> None:
    tone = things.speech("Nobody answered")
    samples, rate = decoded(things.mp3(tone), "mp3", "Nobody answered")
    assert rate == 24_000
    assert 0 < (len(samples) - len(tone)) / rate < 0.12


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"<html>no</html>", "cannot be opened"),
        (_wav(things.speech("one two"))[:-500], "lost its end"),
        (_wav(np.zeros(24_000)), "silent"),
        (_wav(things.speech("a")), "too short"),
    ],
)
def test_what_is_no_speech_of_the_text(data: bytes, says: str) -> None:
    with pytest.raises(ShortReplyError, match=says):
        decoded(data, "wav", "Nobody answered; the old clock struck seven, and the road was white with snow.")
