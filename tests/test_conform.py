"""Clips from elsewhere become takes: exact frames, right pictures and colours, whatever they were; and their sound."""

from __future__ import annotations

import io
import subprocess
import sys
import wave

import av
import numpy as np
import pytest
from foreign_clips import STEP, as_a_player_shows, clip, numbered, patches, turned
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import RATE, wav
from render_helpers import Studio
from test_sound import decoded, speech, store, take, timeline  # noqa: F401 - a fixture

from bookfilm_nb.cutting import Heard, clip_sounds
from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import ClipTake, MusicClip, MusicTake, ShotClip, VoiceClip
from bookfilm_nb.providers import footage
from bookfilm_nb.render import FilmFrames, conform, own_sound, probe
from bookfilm_nb.render.sound import CLIP_RMS_DBFS, measure_loudness, mix, sound_key
from bookfilm_nb.render.yuv import Frame, to_rgb
from bookfilm_nb.testing import things

FILM = {"width": 192, "height": 108, "fps": 24}


def planes(data: bytes) -> list[np.ndarray]:
    with av.open(io.BytesIO(data)) as file:
        return [frame.to_ndarray(format="yuv420p") for frame in file.decode(video=0)]


def rgb(plane: np.ndarray) -> np.ndarray:
    return to_rgb(Frame.over(np.ascontiguousarray(plane)))


def numbers(data: bytes) -> list[int]:
    """Which numbered picture each frame shows."""
    return [round((float(rgb(p)[20:80, 40:150].mean()) - 20) / STEP) for p in planes(data)]


def test_every_frame_shows_the_picture_of_its_moment():
    made = conform(clip(numbered(24), fps=24), seconds=1.0, **FILM)
    assert numbers(made.data) == list(range(24))
    assert (made.frames, made.slowed, made.held, made.said) == (24, 1.0, 0, "")


@pytest.mark.parametrize(("fps", "count"), [(8, 8), (12, 12), (16, 16), (25, 25), (30, 30), (60, 50)])
def test_any_rate_becomes_the_films(fps, count):
    made = conform(clip(numbered(count), fps=fps), seconds=count / fps, **FILM)
    shown = numbers(made.data)
    assert len(shown) == made.frames == round(count / fps * 24)
    assert shown == [min(count - 1, int(k / 24 * fps + 1e-3)) for k in range(made.frames)]


def test_a_clip_that_is_too_long_loses_its_end():
    made = conform(clip(numbered(48)), seconds=1.0, **FILM)
    assert numbers(made.data) == list(range(24))
    assert made.cut_s == pytest.approx(1.0, abs=0.01)
    assert "left out" in made.said


def test_a_clip_that_is_a_little_short_is_slowed_down():
    made = conform(clip(numbered(24)), seconds=1.25, **FILM)
    shown = numbers(made.data)
    assert len(shown) == 30
    assert made.slowed == pytest.approx(1.25)
    assert made.held == 0
    assert shown[0] == 0
    assert shown[-1] == 23
    assert max(np.diff(shown)) == 1
    assert "80 per cent" in made.said


def test_a_clip_that_is_much_too_short_holds_its_last_picture():
    made = conform(clip(numbered(24)), seconds=3.0, **FILM)
    shown = numbers(made.data)
    assert len(shown) == 72
    assert made.held == 42
    assert shown[30:] == [23] * 42
    assert "held for 42 frames" in made.said


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.sampled_from([8, 16, 24, 30]), st.floats(0.05, 4.0), st.sampled_from([12, 24, 25, 50]))
def test_the_length_is_always_what_was_asked(count, rate, seconds, fps):
    made = conform(clip(numbered(count), fps=rate), seconds=seconds, width=64, height=36, fps=fps)
    shown = numbers(conform(clip(numbered(count), fps=rate), seconds=seconds, width=192, height=108, fps=fps).data)
    assert made.frames == len(shown) == len(planes(made.data)) == max(1, round(seconds * fps))
    assert 1.0 <= made.slowed <= 1.25
    assert shown == sorted(shown)
    assert shown[0] == 0
    if made.held:
        assert shown[-made.held :] == [count - 1] * made.held


def test_pictures_at_uneven_times_are_shown_when_they_should_be():
    moments = [0, 40, 50, 400, 410, 800]
    data = clip(numbered(6), times=lambda n: moments[n])
    shown = numbers(conform(data, seconds=0.8, **FILM).data)
    assert shown == [max(n for n, ms in enumerate(moments) if ms <= k / 24 * 1000 + 0.5) for k in range(19)]


@pytest.mark.parametrize(("matrix", "full"), [(0, False), (1, False), (5, False), (1, True), (5, True)])
@pytest.mark.parametrize("size", [(160, 96), (1280, 768)])
def test_colours_stay_what_they_were(matrix, full, size):
    declared = matrix or (1 if size[1] >= 720 else 5)
    picture = patches(*size)
    data = clip([picture] * 3, matrix=declared, full=full)
    if not matrix:
        data = clip([picture] * 3, matrix=0, full=full) if size[1] < 720 else data
    made = conform(data, seconds=0.1, width=size[0], height=size[1], fps=24)
    shown = rgb(planes(made.data)[0])
    rows, columns = size[1], size[0]
    for y in (rows // 4, rows * 3 // 4):
        for x in (columns // 4, columns * 3 // 4):
            assert np.abs(shown[y, x].astype(int) - picture[y, x].astype(int)).max() <= 4


def test_the_take_is_tagged_as_the_film_is(tmp_path):
    path = tmp_path / "take.mp4"
    path.write_bytes(conform(clip(numbered(10), fps=16, pix_fmt="yuv420p"), seconds=0.5, **FILM).data)
    found = probe(path)
    assert (found.width, found.height, found.fps, found.frames, found.on_grid) == (192, 108, 24.0, 12, True)
    assert found.pix_fmt == "yuv420p"
    assert found.colour == {"primaries": "bt709", "transfer": "bt709", "matrix": "bt709", "range": "limited"}
    assert found.audio_s is None


@pytest.mark.parametrize("size", [(64, 36), (90, 160), (200, 200), (333, 185), (1920, 800)])
def test_any_shape_fills_the_frame(size):
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    picture[:] = 180, 90, 60
    middle = (size[1] // 2, size[0] // 2)
    mark = max(5, size[1] // 20)
    picture[middle[0] - mark : middle[0] + mark, middle[1] - mark : middle[1] + mark] = 255
    made = conform(clip([picture] * 2), seconds=0.1, **FILM)
    shown = rgb(planes(made.data)[0]).astype(int)
    for y, x in ((3, 3), (3, 188), (104, 3), (104, 188)):
        assert np.abs(shown[y, x] - (180, 90, 60)).max() < 12
    assert shown[54, 96].min() > 200


@pytest.mark.parametrize("degrees", [90, 180, -90])
def test_a_turned_clip_stands_upright(degrees, tmp_path):
    data = turned(clip([patches()] * 2, pix_fmt="yuv420p"), degrees, tmp_path)
    expected = as_a_player_shows(data, tmp_path)
    height, width = expected.shape[:2]
    made = conform(data, seconds=0.1, width=width, height=height, fps=24)
    shown = rgb(planes(made.data)[0]).astype(int)
    assert np.abs(shown - expected)[4:-4, 4:-4].mean() < 4


@pytest.mark.parametrize(
    ("codec", "container", "pix_fmt"),
    [
        ("libvpx-vp9", "webm", "yuv420p"),
        ("mpeg4", "mp4", "yuv420p"),
        ("libx264", "mov", "yuv422p"),
        ("mjpeg", "mov", "yuvj420p"),
        ("prores_ks", "mov", "yuv422p10le"),
        ("ffv1", "matroska", "bgr0"),
    ],
)
def test_containers_and_codecs(codec, container, pix_fmt):
    full = pix_fmt in {"yuvj420p", "bgr0"}
    picture = patches(320, 192)
    data = clip([picture] * 12, codec=codec, container=container, pix_fmt=pix_fmt, full=full)
    made = conform(data, seconds=0.5, width=320, height=192, fps=24)
    assert made.frames == 12
    shown = rgb(planes(made.data)[5]).astype(int)
    for y, x in ((48, 80), (48, 240), (144, 80), (144, 240)):
        assert np.abs(shown[y, x] - picture[y, x]).max() <= 10


def test_the_same_clip_gives_the_same_bytes():
    data = things.video("steady", 320, 180, 1.0)
    one, two = (conform(data, seconds=1.2, width=320, height=180, fps=24) for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 64, b"#EXTM3U\nfile:///etc/passwd\n", b"\0\0\0\x18ftypisom" + b"\0" * 40, b"\x1a\x45\xdf\xa3" * 20],
)
def test_what_is_no_clip_is_refused(data):
    with pytest.raises(RenderError, match="cannot be used"):
        conform(data, seconds=1.0, **FILM)
    with pytest.raises(RenderError, match="cannot be used"):
        own_sound(data, seconds=1.0)


def test_sound_without_pictures_is_refused():
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=48000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with pytest.raises(RenderError, match="cannot be used"):
        conform(file.getvalue(), seconds=1.0, **FILM)


def test_pictures_too_large_or_too_narrow_are_refused(monkeypatch):
    narrow = clip([np.full((8, 1200, 3), 90, np.uint8)] * 2)
    with pytest.raises(RenderError, match="too narrow"):
        conform(narrow, seconds=0.1, **FILM)
    monkeypatch.setattr(footage, "MOST_PIXELS", 64 * 36 - 1)
    with pytest.raises(RenderError, match="64 × 36"):
        conform(clip(numbered(2)), seconds=0.1, **FILM)


def test_hdr_is_refused_rather_than_shown_pale():
    data = clip(numbered(3), pix_fmt="yuv420p10le", **{"x264-params": "colorprim=bt2020:transfer=smpte2084"})
    with pytest.raises(RenderError, match="HDR"):
        conform(data, seconds=0.1, **FILM)


WHOLE = things.video("fuzz", 64, 36, 0.5)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_clip_is_a_take_or_an_error(data):
    hurt = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(0, 12))):
        hurt[data.draw(st.integers(0, len(hurt) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(hurt[: data.draw(st.integers(0, len(hurt)))]) if data.draw(st.booleans()) else bytes(hurt)
    try:
        made = conform(cut, seconds=0.5, width=64, height=36, fps=24)
    except RenderError:
        return
    assert made.frames == len(planes(made.data)) == 12
    try:
        heard = own_sound(cut, seconds=0.5)
    except RenderError:
        return
    assert heard is None or heard.samples <= 24_000


@pytest.mark.slow
def test_memory_does_not_grow_with_the_clip(tmp_path):
    path = tmp_path / "long.mp4"
    path.write_bytes(clip((np.full((360, 640, 3), n % 200, np.uint8) for n in range(60 * 24)), pix_fmt="yuv420p"))
    code = (
        "import resource, sys; from pathlib import Path; from bookfilm_nb.render import conform\n"
        "data = Path(sys.argv[1]).read_bytes(); peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "conform(data, seconds=1, width=640, height=360, fps=24); first = peak()\n"
        "conform(data, seconds=60, width=640, height=360, fps=24); print((peak() - first) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100  # MiB; the pictures themselves are 475


def test_a_conformed_clip_is_a_shots_take(tmp_path):
    studio = Studio(tmp_path, width=192, height=108)
    made = conform(clip(numbered(24)), seconds=1.0, **FILM)
    found = ClipTake(shot="s01h01", blob=studio.keep(made.data), frames=made.frames)
    film = FilmFrames(studio.timeline(ShotClip(shot="", take=found, start=0, length=30, move="static")), tmp_path)
    # The cut made the shot longer than the clip: the last picture stays
    assert np.array_equal(film.frame(23).i420.copy(), film.frame(29).i420)


def samples_of(data: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48000, 2, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)


def pitch(samples: np.ndarray) -> float:
    middle = samples[len(samples) // 4 : -len(samples) // 4, 0].astype(float)
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    return float(spectrum.argmax()) * 48000 / len(middle)


def test_the_clips_own_sound_keeps_its_pitch_when_it_is_slowed():
    data = clip(numbered(48), tone=0.3)
    plain = own_sound(data, seconds=2.0)
    slow = own_sound(data, seconds=2.5, slowed=1.25)
    for heard, length in ((plain, 2.0), (slow, 2.5)):
        samples = samples_of(heard.wav)
        assert len(samples) == heard.samples
        assert heard.samples / 48000 == pytest.approx(length, abs=0.06)
        assert pitch(samples) == pytest.approx(440, abs=2)
        assert np.abs(samples[4800:24000]).max() == pytest.approx(0.3 * 32768, rel=0.1)


def test_the_sound_is_no_longer_than_asked_and_silence_is_none():
    assert own_sound(clip(numbered(48), tone=0.3), seconds=0.5).samples == 24_000
    assert own_sound(clip(numbered(12)), seconds=0.5) is None
    assert own_sound(clip(numbered(12), tone=1e-5), seconds=0.5) is None
    opus = clip(numbered(24), codec="libvpx-vp9", container="webm", pix_fmt="yuv420p", tone=0.3)
    assert pitch(samples_of(own_sound(opus, seconds=1.0).wav)) == pytest.approx(440, abs=2)


def _film_with_clip(store, mode, *, level=0.2, spoken=True):  # noqa: F811 - the fixture of test_sound
    """24 s: a clip with a tone from 4 s to 20 s, somebody speaks from 10 s to 14 s."""
    tone = level * np.sin(2 * np.pi * 440 * np.arange(16 * 48000) / 48000)
    blob = store.put(wav(np.stack([tone, tone], axis=1), 48000))
    voice = take(store, np.full(RATE * 4, 1e-4), "e")
    voices = [VoiceClip(element="e", character=None, take=voice, start=48000 * 10)] if spoken else []
    film = timeline(voices, [])
    spans = (("title", 0, 96), ("s01h01", 96, 384), ("end", 480, 96))
    none = ClipTake(shot="s01h01", blob="0", frames=384)
    shots = tuple(ShotClip(shot=n, take=none, start=s, length=length, move="static") for n, s, length in spans)
    film = film.model_copy(update={"shots": shots})
    heard = {"s01h01": Heard(blob, 48000, 16 * 48000)}
    return film.model_copy(update={"clip_sounds": clip_sounds(film, heard, mode)})


def _level(sound: np.ndarray, first: float, last: float) -> float:
    part = sound[:, round(first * 48000) : round(last * 48000)].astype(float)
    return 20 * np.log10(np.sqrt(np.mean(part**2)) + 1e-12)


@pytest.mark.slow
def test_own_sound_is_muted_kept_or_ducked(store, tmp_path):  # noqa: F811
    muted, kept, ducked = (_film_with_clip(store, mode) for mode in ("mute", "keep", "duck"))
    assert muted.clip_sounds == ()
    assert len({sound_key(film) for film in (muted, kept, ducked)}) == 3
    assert sound_key(muted) == sound_key(muted.model_copy(update={"clip_sounds": ()}))
    heard = {}
    for name, film in (("mute", muted), ("keep", kept), ("duck", ducked)):
        out = mix(film, store.blobs, tmp_path / f"{name}.m4a")
        heard[name] = decoded(out)
        if name != "mute":
            assert -17 <= measure_loudness(out).integrated_lufs <= -15
    assert _level(heard["keep"], 5, 9) == pytest.approx(_level(heard["keep"], 11, 13), abs=0.5)
    assert _level(heard["duck"], 5, 9) - _level(heard["duck"], 11, 13) == pytest.approx(12, abs=0.7)
    assert _level(heard["duck"], 16, 19) == pytest.approx(_level(heard["duck"], 5, 9), abs=0.5)
    for name in ("keep", "duck"):
        assert _level(heard[name], 0, 3.9) < -60
        assert _level(heard[name], 20.1, 24) < -60


def test_own_sound_lies_under_the_voices(store, tmp_path):  # noqa: F811
    film = _film_with_clip(store, "keep")
    loud = take(store, speech(4.0, 0.1 / 0.4), "e")
    voice = VoiceClip(element="e", character=None, take=loud, start=48000 * 10)
    both = decoded(mix(film.model_copy(update={"voices": (voice,)}), store.blobs, tmp_path / "both.m4a"))
    spoken = speech(4.0, 0.1 / 0.4)
    voice_db = 20 * np.log10(np.sqrt(np.mean(spoken**2)))
    # Voices lose 3 dB to each side when they stand in the middle
    expected = voice_db - 3 - CLIP_RMS_DBFS
    assert _level(both, 10.1, 13.9) - _level(both, 5, 9) == pytest.approx(expected, abs=1.5)


@pytest.mark.slow
@pytest.mark.parametrize(("level", "rise"), [(0.9, 2.5), (0.03, 2.5), (0.001, 0.0)])
def test_loud_clips_are_lowered_and_noise_is_not_raised_to_the_roof(level, rise, store, tmp_path):  # noqa: F811
    film = _film_with_clip(store, "keep", level=level, spoken=False)
    tone = 0.05 * np.sin(2 * np.pi * 700 * np.arange(24 * 48000) / 48000)
    blob = store.put(wav(np.stack([tone, tone], axis=1), 48000))
    bed = MusicClip(take=MusicTake(cue="m", blob=blob, sample_rate=48000, samples=len(tone)), start=0)
    heard = decoded(mix(film.model_copy(update={"music": (bed,)}), store.blobs, tmp_path / "x.m4a"))
    # The music alone is at -25 dBFS; a clip at -26 dBFS adds 2.5 dB, one that stays below -50 dBFS next to nothing
    assert _level(heard, 5, 19) - _level(heard, 0.5, 3.5) == pytest.approx(rise, abs=0.4)


def test_sounds_cross_where_pictures_dissolve(store):  # noqa: F811
    film = _film_with_clip(store, "keep")
    last = film.shots[-1].model_copy(update={"transition": "dissolve", "dissolve": 12})
    film = film.model_copy(update={"shots": (*film.shots[:-1], last)})
    heard = {"s01h01": Heard("b", 48000, 48000 * 30), "end": Heard("c", 48000, 48000)}
    first, second = clip_sounds(film, heard, "duck")
    assert (first.start, first.length) == (4 * 48000, round(16.5 * 48000))
    assert first.fade_out == second.fade_in == 24_000
    assert (second.start, second.duck) == (20 * 48000, True)
