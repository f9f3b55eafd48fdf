"""The score: exact lengths, the same every time, in its key, and different by mood."""

from __future__ import annotations

import io
import wave

import numpy as np
import pretty_midi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.composer import EmbeddedComposer, stereo_wav_bytes
from bookfilm_nb.composer.arrange import midi_bytes
from bookfilm_nb.composer.palette import PALETTES, SCALES
from bookfilm_nb.model import MusicCue
from bookfilm_nb.model.vocabulary import MOODS


def cue(**changes: object) -> MusicCue:
    facts = {"id": "m01", "mood": "calm", "mode": "major", "bpm": 80.0, "length_s": 20.0, "seed": 7000}
    return MusicCue.model_validate({**facts, **changes})


def notes(order: MusicCue) -> list[pretty_midi.Note]:
    midi = pretty_midi.PrettyMIDI(io.BytesIO(midi_bytes(order)))
    return [note for part in midi.instruments for note in part.notes]


def test_every_mood_has_a_palette() -> None:
    assert set(PALETTES) == set(MOODS)


@given(
    mood=st.sampled_from(MOODS),
    mode=st.sampled_from(["major", "minor"]),
    bpm=st.floats(50, 160),
    length_s=st.floats(2, 95),
    seed=st.integers(0, 10**9),
    opening=st.booleans(),
    closing=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_notes_stay_in_the_key_and_in_the_cue(**facts: object) -> None:
    order = cue(**facts)
    played = notes(order)
    assert played
    palette = PALETTES[order.mood]
    scale = SCALES[palette.major if order.mode == "major" else palette.minor]
    classes = {note.pitch % 12 for note in played}
    assert any(classes <= {(tonic + step) % 12 for step in scale} for tonic in range(12))
    assert max(note.start for note in played) < max(order.length_s, 4.0) + 0.1
    assert all(note.end > note.start for note in played)


def test_the_same_cue_is_the_same_music_and_another_seed_is_not() -> None:
    assert midi_bytes(cue()) == midi_bytes(cue())
    assert midi_bytes(cue()) != midi_bytes(cue(seed=8000))
    assert midi_bytes(cue()) != midi_bytes(cue(mood="tense"))


@pytest.mark.parametrize("length_s", [7.3, 20.0])
def test_the_sound_is_exactly_as_long_as_ordered(length_s: float) -> None:
    music = EmbeddedComposer().compose(cue(length_s=length_s, closing=True))
    assert music.samples.shape == (round(length_s * music.sample_rate), 2)
    assert music.samples.dtype == np.float32
    second = music.sample_rate
    assert all(
        np.abs(music.samples[i : i + 2 * second]).max() > 0.003
        for i in range(0, len(music.samples) - 2 * second, second)
    )


def test_a_wav_never_clips() -> None:
    loud = np.full((1000, 2), 3.0, np.float32)
    with wave.open(io.BytesIO(stereo_wav_bytes(loud, 48000))) as file:
        data = np.frombuffer(file.readframes(1000), "<i2")
    assert 0.95 * 32767 < data.max() < 32767
