"""The mix: loudness, length, ducking, absolute positions, memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from makers import RATE, wav

from bookfilm_nb.model import MusicClip, MusicTake, Timeline, VoiceClip, VoiceTake
from bookfilm_nb.production import Store
from bookfilm_nb.render.sound import measure_loudness, mix, sound_key

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 24


def take(store: Store, samples: np.ndarray, element: str) -> VoiceTake:
    return VoiceTake(
        element=element,
        voice="test",
        blob=store.put(wav(samples, RATE)),
        sample_rate=RATE,
        samples=len(samples),
        words=(),
        timing="exact",
    )


def timeline(voices: list[VoiceClip], music: list[MusicClip], seconds: int = SECONDS) -> Timeline:
    return Timeline(
        title="x",
        language="en",
        length=seconds * 24,
        shots=(),
        voices=tuple(voices),
        music=tuple(music),
        captions=(),
        chapters=(),
    )


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as file:
        return np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".store")


def speech(seconds: float, level: float = 0.1) -> np.ndarray:
    noise = np.random.default_rng(1).standard_normal(round(seconds * RATE)) * level
    return noise * np.abs(np.sin(np.arange(len(noise)) / 3000))


def music(store: Store, seconds: int = SECONDS) -> MusicClip:
    samples = np.random.default_rng(2).standard_normal((seconds * 48000, 2)) * 0.05
    blob = store.put(wav(samples, 48000))
    return MusicClip(take=MusicTake(cue="m01", blob=blob, sample_rate=48000, samples=len(samples)), start=0)


def test_the_mix_is_as_loud_as_asked_and_as_long_as_the_picture(store: Store, tmp_path: Path) -> None:
    clips = [
        VoiceClip(element=f"e{i}", character=None, take=take(store, speech(3.0), f"e{i}"), start=48000 * (2 + 5 * i))
        for i in range(4)
    ]
    film = timeline(clips, [music(store)])
    out = mix(film, store.blobs, tmp_path / "sound.m4a")
    loudness = measure_loudness(out)
    assert -17 <= loudness.integrated_lufs <= -15
    assert loudness.true_peak_dbtp <= -1
    assert 0 <= decoded(out).shape[1] - film.samples < 48000 / 24


def test_peaks_are_held_however_hot_the_takes_are(store: Store, tmp_path: Path) -> None:
    hot = speech(3.0, 0.02)
    hot[::7001] = 1.0
    clips = [VoiceClip(element="e", character=None, take=take(store, hot, "e"), start=48000 * 2)]
    out = mix(timeline(clips, []), store.blobs, tmp_path / "sound.m4a")
    assert measure_loudness(out).true_peak_dbtp <= -1


def test_a_take_sounds_at_its_sample(store: Store, tmp_path: Path) -> None:
    click = np.zeros(RATE)
    click[0] = 1.0
    starts = [48000 * 3 + 17, 48000 * 11 + 5003, 48000 * 20 + 1]
    clips = [VoiceClip(element=f"e{s}", character=None, take=take(store, click, "e"), start=s) for s in starts]
    heard = np.abs(decoded(mix(timeline(clips, []), store.blobs, tmp_path / "sound.m4a"))).max(axis=0)
    for start in starts:
        window = heard[start - 2000 : start + 2000]
        assert abs(int(window.argmax()) - 2000) <= 48  # a millisecond


def test_music_steps_back_under_speech(store: Store, tmp_path: Path) -> None:
    quiet = take(store, np.full(RATE * 6, 1e-4), "e")
    clips = [VoiceClip(element="e", character=None, take=quiet, start=48000 * 9)]
    sound = decoded(mix(timeline(clips, [music(store)]), store.blobs, tmp_path / "sound.m4a"))
    level = lambda a, b: float(np.sqrt(np.mean(sound[:, a * 48000 : b * 48000] ** 2)))  # noqa: E731
    assert level(10, 14) < 0.4 * level(3, 8)
    assert level(18, 23) == pytest.approx(level(3, 8), rel=0.1)


def test_silence_is_no_error(store: Store, tmp_path: Path) -> None:
    out = mix(timeline([], []), store.blobs, tmp_path / "sound.m4a")
    assert measure_loudness(out).integrated_lufs <= -69


def test_the_mix_is_the_same_every_time_and_knows_nothing_of_the_picture(store: Store, tmp_path: Path) -> None:
    film = timeline(
        [VoiceClip(element="e", character=None, take=take(store, speech(2), "e"), start=500)], [music(store)]
    )
    one, two = mix(film, store.blobs, tmp_path / "1.m4a"), mix(film, store.blobs, tmp_path / "2.m4a")
    assert one.read_bytes() == two.read_bytes()
    assert sound_key(film) == sound_key(film.model_copy(update={"title": "y", "width": 1920}))
    assert sound_key(film) != sound_key(film.model_copy(update={"music": ()}))
