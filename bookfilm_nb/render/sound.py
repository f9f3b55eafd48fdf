"""The sound mix: voices and music at absolute samples, ducked, brought to one loudness, encoded once.

The film is mixed in chunks, so memory does not grow with its length. Loudness follows ITU-R BS.1770 / EBU R 128
as ffmpeg's ``ebur128`` filter measures it; one gain for the whole film, then a look-ahead limiter: a mix whose
gain moved would pump.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import digest_of
from bookfilm_nb.production import blob_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from bookfilm_nb.model import ClipSound, MusicClip, Timeline, VoiceClip

    Samples = NDArray[np.float32]

__all__ = ["SOUND_REVISION", "TARGET_LUFS", "Loudness", "duck_curve", "measure_loudness", "mix", "sound_key"]

SOUND_REVISION = 1
TARGET_LUFS = -16.0
CEILING_DBFS = -2.0
"""Sample peak; the true peak between samples, and the codec, add less than 1 dB."""
MUSIC_RMS_DBFS = -25.0
"""Level of the music alone; spoken takes come at about -20 dBFS."""
DUCK_DB = -11.0
"""The music steps back by this much under speech."""
DUCK_ATTACK_S = 0.35
DUCK_RELEASE_S = 0.9
DUCK_HOLD_S = 1.2
"""Pauses shorter than this do not bring the music back: it would breathe with every comma."""
CLIP_RMS_DBFS = -26.0
"""Level of a clip's own sound: 6 dB under the spoken takes."""
CLIP_BOOST_DB = 12.0
"""Quiet sound of a clip is raised by this much at most: what is left of silence is noise."""
CLIP_DUCK_DB = -12.0
BIT_RATE = 160_000
_CHUNK_S = 10


class Loudness(NamedTuple):
    """What a film's sound measures."""

    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float


def sound_key(timeline: Timeline) -> str:
    """Digest of everything that decides the sound, and of nothing that is only picture."""
    facts = {
        "revision": SOUND_REVISION,
        "samples": timeline.samples,
        "rate": timeline.sample_rate,
        "voices": [v.model_dump(mode="json") for v in timeline.voices],
        "music": [m.model_dump(mode="json") for m in timeline.music],
    }
    if timeline.clip_sounds:
        facts["clips"] = [c.model_dump(mode="json") for c in timeline.clip_sounds]
    return digest_of(facts)


def mix(timeline: Timeline, blobs: Path, out: Path) -> Path:
    """Mix the timeline's sound tracks into an AAC file (m4a) exactly as long as the picture.

    ``blobs`` is the store's folder of blobs. Raises RenderError where a take cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="bookfilm-mix-", dir=out.parent) as folder:
        raw = Path(folder) / "mix.f32"
        with raw.open("wb") as file:
            for chunk in _mixed(timeline, blobs):
                file.write(chunk.tobytes())
        measured = measure_loudness(raw, raw_rate=timeline.sample_rate, true_peak=False)
        gain = 1.0
        if np.isfinite(measured.integrated_lufs) and measured.integrated_lufs > -69:
            gain = float(10 ** ((TARGET_LUFS - measured.integrated_lufs) / 20))
        temporary = Path(folder) / "sound.m4a"
        _encode(_limited(raw, gain, timeline.sample_rate), temporary, timeline.sample_rate)
        temporary.replace(out)
    return out


def _mixed(timeline: Timeline, blobs: Path) -> Iterator[Samples]:
    """The sum of all tracks, float32 stereo, a chunk at a time, before the loudness gain."""
    rate, total = timeline.sample_rate, timeline.samples
    voices = _Voices(timeline, blobs)
    beds = [_Bed(clip, blobs, rate) for clip in timeline.music]
    clips = [_OwnSound(clip, blobs, rate) for clip in timeline.clip_sounds]
    times, gains = duck_curve(timeline, DUCK_DB)
    _, clip_gains = duck_curve(timeline, CLIP_DUCK_DB)
    for start in range(0, total, rate * _CHUNK_S):
        end = min(start + rate * _CHUNK_S, total)
        out = np.zeros((end - start, 2), np.float32)
        for bed in beds:
            bed.add_to(out, start)
        seconds = np.arange(start, end) / rate
        out *= np.interp(seconds, times, gains).astype(np.float32)[:, None]
        if clips:
            ducked = np.zeros_like(out)
            for clip in clips:
                clip.add_to(ducked if clip.ducks else out, start)
            out += ducked * np.interp(seconds, times, clip_gains).astype(np.float32)[:, None]
        voices.add_to(out, start)
        yield out


def duck_curve(timeline: Timeline, depth_db: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Break points (seconds, gain) of what steps back under speech: down before it begins, up after it ends."""
    rate = timeline.sample_rate
    spans: list[list[float]] = []
    for clip in timeline.voices:
        start, end = clip.start / rate, clip.start / rate + clip.take.length_s
        if spans and start - spans[-1][1] < DUCK_HOLD_S + DUCK_ATTACK_S:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    low = 10 ** (depth_db / 20)
    times, gains = [0.0], [1.0]
    for start, end in spans:
        times += [max(times[-1], start - DUCK_ATTACK_S), start, end, end + DUCK_RELEASE_S]
        gains += [1.0, low, low, 1.0]
    # np.interp needs rising times: a release that the next attack cuts short ends where that one begins
    order = np.maximum.accumulate(np.array(times))
    return order + np.arange(len(order)) * 1e-9, np.array(gains)


class _Voices:
    """Spoken takes, each decoded when the mix comes to it and let go when it has passed."""

    def __init__(self, timeline: Timeline, blobs: Path) -> None:
        self._clips = sorted(timeline.voices, key=lambda c: c.start)
        self._rate = timeline.sample_rate
        self._blobs = blobs
        self._open: dict[int, Samples] = {}

    def add_to(self, out: Samples, start: int) -> None:
        end = start + len(out)
        for i, clip in enumerate(self._clips):
            length = round(clip.take.length_s * self._rate)
            if clip.start >= end or clip.start + length + self._rate < start:
                self._open.pop(i, None)
                continue
            if i not in self._open:
                self._open[i] = self._decode(clip)
            _add(out, self._open[i], clip.start - start)

    def _decode(self, clip: VoiceClip) -> Samples:
        mono = _resampled(_read_wav(blob_path(self._blobs, clip.take.blob)), clip.take.sample_rate, self._rate)[:, 0]
        angle = (clip.pan + 1) * np.pi / 4
        return np.stack([mono * np.cos(angle), mono * np.sin(angle)], axis=1).astype(np.float32)


class _Bed:
    """One piece of music, decoded when the mix comes to it."""

    def __init__(self, clip: MusicClip, blobs: Path, rate: int) -> None:
        self._clip, self._blobs, self._rate = clip, blobs, rate
        self._length = round(clip.take.samples * rate / clip.take.sample_rate)
        self._samples: Samples | None = None

    def add_to(self, out: Samples, start: int) -> None:
        if self._clip.start >= start + len(out) or self._clip.start + self._length <= start:
            self._samples = None
            return
        if self._samples is None:
            self._samples = self._decode()
        _add(out, self._samples, self._clip.start - start)

    def _decode(self) -> Samples:
        samples = _resampled(
            _read_wav(blob_path(self._blobs, self._clip.take.blob)), self._clip.take.sample_rate, self._rate
        )
        rms = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) or 1.0
        samples *= np.float32(10 ** ((MUSIC_RMS_DBFS + self._clip.gain_db) / 20) / rms)
        _fade(samples, self._clip.fade_in, self._clip.fade_out)
        return samples


class _OwnSound:
    """What a moving picture brought along, decoded when the mix comes to it."""

    def __init__(self, clip: ClipSound, blobs: Path, rate: int) -> None:
        self._clip, self._blobs, self._rate = clip, blobs, rate
        self._length = min(clip.length, round(clip.samples * rate / clip.sample_rate))
        self._samples: Samples | None = None
        self.ducks = clip.duck

    def add_to(self, out: Samples, start: int) -> None:
        if self._clip.start >= start + len(out) or self._clip.start + self._length <= start:
            self._samples = None
            return
        if self._samples is None:
            self._samples = self._decode()
        _add(out, self._samples, self._clip.start - start)

    def _decode(self) -> Samples:
        samples = _resampled(_read_wav(blob_path(self._blobs, self._clip.blob)), self._clip.sample_rate, self._rate)
        samples = samples[: self._length]
        rms = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) if len(samples) else 0.0
        gain_db = min(CLIP_BOOST_DB, CLIP_RMS_DBFS - 20 * np.log10(max(rms, 1e-9)))
        samples *= np.float32(10 ** ((gain_db + self._clip.gain_db) / 20))
        _fade(samples, self._clip.fade_in, self._clip.fade_out)
        return samples


def _fade(samples: Samples, fade_in: int, fade_out: int) -> None:
    """Fade stereo samples in and out, in place, at equal power."""
    fade_in, fade_out = min(fade_in, len(samples)), min(fade_out, len(samples))
    if fade_in:
        samples[:fade_in] *= np.sin(np.linspace(0, np.pi / 2, fade_in, dtype=np.float32))[:, None]
    if fade_out:
        samples[-fade_out:] *= np.cos(np.linspace(0, np.pi / 2, fade_out, dtype=np.float32))[:, None]


def _add(out: Samples, part: Samples, offset: int) -> None:
    """Add stereo samples to the chunk, their first at ``offset`` (which may lie outside)."""
    first, last = max(0, offset), min(len(out), offset + len(part))
    if first < last:
        out[first:last] += part[first - offset : last - offset]


def _read_wav(path: Path) -> Samples:
    """A 16-bit WAV as float32 stereo, shape (n, 2)."""
    try:
        with wave.open(io.BytesIO(path.read_bytes())) as file:
            data = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
    except (OSError, EOFError, wave.Error, ValueError) as fault:
        raise RenderError(
            f"A sound take cannot be read: {fault}.", hint="Run `bookfilm voice` again.", path=str(path)
        ) from fault
    samples: Samples = data.astype(np.float32) / np.float32(32768)
    return np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples[:, :2]


def _resampled(samples: Samples, rate: int, target: int) -> Samples:
    if rate == target:
        return samples.copy()
    import av

    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.reshape(1, -1)), format="flt", layout="stereo")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="flt", layout="stereo", rate=target)
    parts = [f.to_ndarray().reshape(-1, 2) for f in [*resampler.resample(frame), *resampler.resample(None)]]
    whole: Samples = np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)
    return whole


def _limited(raw: Path, gain: float, rate: int) -> Iterator[Samples]:
    """The mix with the gain applied and its peaks held below the ceiling, a chunk at a time.

    The gain reduction is the running minimum over 10 ms (look-ahead and hold), smoothed over the same time, so
    it is fully down when the peak arrives and never distorts by moving fast.
    """
    ceiling = np.float32(10 ** (CEILING_DBFS / 20))
    window = rate // 100
    size = rate * _CHUNK_S
    total = raw.stat().st_size // 8
    source = np.memmap(raw, np.float32, "r", shape=(total, 2)) if total else np.zeros((0, 2), np.float32)
    for start in range(0, total, size):
        end = min(start + size, total)
        first, last = max(0, start - 2 * window), min(total, end + 2 * window)
        part = np.asarray(source[first:last]) * np.float32(gain)
        peaks = np.abs(part).max(axis=1)
        if peaks.max(initial=0.0) > ceiling:
            need = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
            padded = np.pad(need, window, constant_values=1.0)
            held = np.lib.stride_tricks.sliding_window_view(padded, 2 * window + 1).min(axis=1)
            weights = np.hanning(window + 2)[1:-1]
            smooth = np.convolve(np.pad(held, window // 2, mode="edge"), weights / weights.sum(), "same")
            smooth = smooth[window // 2 : window // 2 + len(held)]
            part = part * smooth.astype(np.float32)[:, None]
            np.clip(part, -ceiling, ceiling, out=part)
        yield part[start - first : start - first + end - start].astype(np.float32)


def _encode(chunks: Iterator[Samples], out: Path, rate: int) -> None:
    import av

    with av.open(str(out), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=rate, layout="stereo", options={"aac_coder": "fast"})
        stream.bit_rate = BIT_RATE
        position = 0
        for chunk in chunks:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(chunk.T), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = rate, position
            position += len(chunk)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def measure_loudness(path: Path, *, raw_rate: int | None = None, true_peak: bool = True) -> Loudness:
    """Open a file and measure its loudness (EBU R 128) and true peak; silence measures -70 LUFS or less.

    With ``raw_rate`` the file is raw float32 stereo at that rate. ``true_peak`` False leaves the peak as NaN
    and is ten times quicker. Raises RenderError where there is no sound to read.
    """
    import imageio_ffmpeg

    source = ["-f", "f32le", "-ar", str(raw_rate), "-ac", "2"] if raw_rate else []
    peak = ":peak=true" if true_peak else ""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", *source, "-i", str(path), "-vn"]
    command += ["-af", f"ebur128=framelog=quiet{peak}", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)

    def figure(pattern: str) -> float:
        found = re.findall(pattern, done.stderr)
        return float(found[-1]) if found else float("nan")

    integrated = figure(r"I:\s+(-?[\d.]+|-inf) LUFS")
    if done.returncode != 0 or integrated != integrated:  # noqa: PLR0124 - NaN
        raise RenderError(
            "The loudness of the sound cannot be measured.",
            hint="Run `bookfilm render` again.",
            said=done.stderr[-300:],
        )
    return Loudness(integrated, figure(r"LRA:\s+(-?[\d.]+) LU"), figure(r"Peak:\s+(-?[\d.]+|-inf) dBFS"))
