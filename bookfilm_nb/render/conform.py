"""Clips from elsewhere made to fit the film: length, rate, size, shape and colour, and the sound that they bring.

The picture is scaled to fill the frame and cropped evenly; colours become BT.709, limited range (what a file does not
say is guessed as players do: BT.601 below 720 lines, BT.709 from there on; limited, unless the pixel format is full).
Each film frame shows the clip's picture of that moment: no pictures are blended or invented. A clip that is too long
loses its end; one that is too short is slowed down, to at most 1.25 times its length, and then its last picture stays.
All files are opened as hostile; memory holds a few pictures, never the whole clip.
"""

from __future__ import annotations

import io
import wave
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bookfilm_nb.errors import RenderError
from bookfilm_nb.providers.footage import MOST_PIXELS, container_of, measured

from .encode import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from .yuv import Plane

__all__ = ["SLOWEST", "Conformed", "OwnSound", "conform", "own_sound"]

SLOWEST = 1.25
"""Walking and water still look natural at four fifths of their speed; slower looks like slow motion."""
CRF = 12
"""Quality of a take that will be encoded once more, as for moviepy's clips."""
LONGEST_S = 120.0
SOUND_RATE = 48_000
SILENCE = 10 ** (-60 / 20)
"""A track whose peak is below -60 dBFS counts as silent."""
_CROPPED_MOST = 12.0
"""A picture scaled to more than so many times the frame's area before cropping has proportions of no film."""
_HD_LINES = 720
_MPEG, _JPEG = 1, 2
_BT709, _BT601 = 1, 5
_HDR = {16: "PQ", 18: "HLG"}


class Conformed(NamedTuple):
    """A clip that fits: the bytes of an MP4 without sound, its frames, and what was done."""

    data: bytes
    frames: int
    slowed: float
    """How many times longer the clip was made: 1.0 to 1.25. Its sound has to be slowed as much."""
    held: int
    """Frames at the end for which its last picture stays."""
    cut_s: float
    """Seconds of its end that are not used."""

    @property
    def said(self) -> str:
        """What was done to its length, in words; empty where it fitted."""
        told = []
        if self.slowed > 1.001:
            told.append(f"slowed down to {100 / self.slowed:.0f} per cent of its speed")
        if self.held:
            told.append(f"its last picture held for {self.held} frames")
        if self.cut_s > 0.1:
            told.append(f"{self.cut_s:.1f} s of its end left out")
        return ", ".join(told)


class OwnSound(NamedTuple):
    """A clip's own sound: a 16-bit stereo WAV at 48 kHz, as long as the picture it goes with."""

    wav: bytes
    samples: int


def conform(data: bytes, *, seconds: float, width: int, height: int, fps: int) -> Conformed:
    """The clip as exactly ``round(seconds * fps)`` frames of ``width`` × ``height`` px (multiples of 4).

    Raises RenderError where the bytes are no clip, hold no picture, or one too large or too narrow to be used.
    """
    frames = max(1, round(min(seconds, LONGEST_S) * fps))
    try:
        length_s = measured(data).seconds
        first_s, last_s = _span(data)
    except ValueError as fault:
        raise _unusable(str(fault)) from fault
    length_s = min(length_s, last_s) - first_s
    wanted_s = frames / fps
    slowed = min(SLOWEST, max(1.0, wanted_s / length_s)) if length_s > 0 else 1.0
    if length_s >= wanted_s - 0.5 / fps:
        slowed = 1.0
    pictures = _Pictures(data, first_s, (width, height))
    at = (k / fps / slowed for k in range(frames))
    made = encode(pictures.at(at), width=width, height=height, fps=fps, crf=CRF)
    reached = round(length_s * slowed * fps)
    return Conformed(made, frames, slowed, max(0, frames - max(1, reached)), max(0.0, length_s - wanted_s))


def own_sound(data: bytes, *, seconds: float, slowed: float = 1.0) -> OwnSound | None:
    """The clip's sound, from its first picture on, ``seconds`` long at most; None where it has none or it is silent.

    ``slowed`` is what :func:`conform` did to the picture; the pitch stays. Raises RenderError where the bytes are no
    clip, or its sound cannot be decoded.
    """
    most = round(min(seconds, LONGEST_S) * SOUND_RATE)
    try:
        first_s, _ = _span(data)
        heard = _heard(data, first_s, slowed, most)
    except ValueError as fault:
        raise _unusable(str(fault)) from fault
    if heard is None or not len(heard) or int(np.abs(heard.astype(np.int32)).max()) < SILENCE * 32768:
        return None
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(SOUND_RATE)
        sound.writeframes(heard.astype("<i2").tobytes())
    return OwnSound(file.getvalue(), len(heard))


def _unusable(why: str) -> RenderError:
    return RenderError(f"The clip cannot be used: {why}.", hint="Make the take again, or draw the shot.")


def _span(data: bytes) -> tuple[float, float]:
    """When the first picture is shown and the last one ends, in the clip's own seconds; reads no picture."""
    import av

    try:
        with av.open(io.BytesIO(data), "r", format=container_of(data)) as container:
            stream = container.streams.video[0]
            base = float(stream.time_base or 0)
            shown = [(p.pts, p.duration or 0) for p in container.demux(stream) if p.size and p.pts is not None]
            if not shown:
                count, rate = stream.frames or 1, float(stream.average_rate or 24)
                return 0.0, count / rate
            first, last = min(shown)[0], max(shown)
            # Some files give the last picture no length: it gets that of the others
            length = last[1] or (last[0] - first) / max(1, len(shown) - 1)
            return first * base, (last[0] + length) * base
    except (av.FFmpegError, IndexError, OSError) as fault:
        raise ValueError(f"it cannot be opened: {fault}") from fault


class _Pictures:
    """The clip's pictures, decoded in order, each converted once, when it is shown."""

    def __init__(self, data: bytes, first_s: float, size: tuple[int, int]) -> None:
        self._data = data
        self._first_s = first_s
        self._size = size

    def at(self, moments: Iterator[float]) -> Iterator[Plane]:
        """The picture shown at each of these seconds, which must rise: I420, the film's size."""
        decoded = self._decoded()
        shown = next(decoded, None)
        if shown is None:
            raise _unusable("it has no pictures")
        following = next(decoded, None)
        converted: Plane | None = None
        for moment in moments:
            while following is not None and following[0] <= moment + 1e-4:
                shown, following = following, next(decoded, None)
                converted = None
            if converted is None:
                converted = _fitted(shown[1], self._size)
            yield converted

    def _decoded(self) -> Iterator[tuple[float, Any]]:
        import av

        try:
            with av.open(io.BytesIO(self._data), "r", format=container_of(self._data)) as container:
                stream = container.streams.video[0]
                stream.thread_type = "AUTO"
                rate = float(stream.average_rate or 24)
                for number, frame in enumerate(container.decode(stream)):
                    if frame.width * frame.height > MOST_PIXELS:
                        raise _unusable(f"a picture of it has {frame.width} × {frame.height} px")
                    yield (frame.time - self._first_s if frame.time is not None else number / rate), frame
        except (av.FFmpegError, IndexError, OSError) as fault:
            raise _unusable(f"it cannot be decoded: {fault}") from fault


def _fitted(frame: Any, size: tuple[int, int]) -> Plane:  # noqa: ANN401 - PyAV's own type
    """The picture upright, scaled to fill the frame, cropped evenly, as BT.709 limited I420."""
    width, height = size
    if int(frame.color_trc) in _HDR:
        raise _unusable(f"it is HDR ({_HDR[int(frame.color_trc)]}), and its light is not converted")
    turns = round(float(frame.rotation or 0) / 90) % 4
    wide = frame.width * _pixel_shape(frame)
    tall = float(frame.height)
    aim = (height, width) if turns % 2 else (width, height)
    scale = max(aim[0] / wide, aim[1] / tall)
    across, down = (
        max(side, -(-round(length * scale) // 2) * 2) for side, length in zip(aim, (wide, tall), strict=True)
    )
    if across * down > _CROPPED_MOST * width * height:
        raise _unusable(f"its picture of {frame.width} × {frame.height} px is too narrow")
    small = frame.reformat(
        width=across,
        height=down,
        format="yuv420p",
        src_colorspace=_matrix(frame),
        dst_colorspace=_BT709,
        src_color_range=_range(frame),
        dst_color_range=_MPEG,
        interpolation="BICUBIC" if scale > 1 else "AREA",
    )
    planes = [_plane(small, i, (across, down) if i == 0 else (across // 2, down // 2)) for i in range(3)]
    turned = [np.rot90(plane, turns) for plane in planes]
    picture = np.empty((height * 3 // 2, width), np.uint8)
    flat, at = picture.reshape(-1), 0
    for plane, part in zip(turned, (1, 2, 2), strict=True):
        rows, columns = height // part, width // part
        top, left = (plane.shape[0] - rows) // 2, (plane.shape[1] - columns) // 2
        flat[at : at + rows * columns] = plane[top : top + rows, left : left + columns].reshape(-1)
        at += rows * columns
    return picture


def _plane(frame: Any, index: int, size: tuple[int, int]) -> Plane:  # noqa: ANN401 - PyAV's own type
    plane = frame.planes[index]
    columns, rows = size
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:rows, :columns]


def _pixel_shape(frame: Any) -> float:  # noqa: ANN401 - PyAV's own type
    """How wide a pixel is for its height: 1, unless the file says something believable."""
    ratio = getattr(frame, "sample_aspect_ratio", None)
    shape = float(ratio) if ratio else 1.0
    return shape if 0.25 <= shape <= 4 else 1.0


def _matrix(frame: Any) -> int:  # noqa: ANN401 - PyAV's own type
    told = int(frame.colorspace)
    if told in {1, 4, 5, 6, 7, 9}:
        return _BT601 if told == 6 else told
    return _BT709 if frame.height >= _HD_LINES else _BT601


def _range(frame: Any) -> int:  # noqa: ANN401 - PyAV's own type
    told = int(frame.color_range)
    if told in {_MPEG, _JPEG}:
        return told
    return _JPEG if frame.format.name.startswith(("yuvj", "rgb", "bgr", "gbr", "gray")) else _MPEG


def _heard(data: bytes, first_s: float, slowed: float, most: int) -> NDArray[np.int16] | None:
    """The first sound track as int16, shape (n, 2), ``most`` samples at most; None where there is none."""
    import av

    parts: list[NDArray[np.int16]] = []
    have = 0
    try:
        with av.open(io.BytesIO(data), "r", format=container_of(data)) as container:
            if not container.streams.audio:
                return None
            stream: Any = container.streams.audio[0]
            if stream.codec_context is None:
                raise ValueError("the codec of its sound is not known")
            resampler = av.AudioResampler(format="s16", layout="stereo", rate=SOUND_RATE)
            slower = _slower(slowed)
            for frame in container.decode(stream):
                if not parts and frame.time is not None:
                    silent = round((frame.time - first_s) * slowed * SOUND_RATE)
                    parts.append(np.zeros((max(0, min(silent, most)), 2), np.int16))
                    have = len(parts[0])
                for even in resampler.resample(frame):
                    for out in slower(even):
                        parts.append(out)
                        have += len(out)
                if have >= most:
                    break
            else:
                for last in [*resampler.resample(None), None]:
                    parts += slower(last)
    except (av.FFmpegError, IndexError, OSError) as fault:
        raise ValueError(f"its sound cannot be decoded: {fault}") from fault
    return np.concatenate(parts)[:most] if parts else None


def _slower(slowed: float) -> Any:  # noqa: ANN401 - a function from a frame (None at the end) to arrays
    """A function that makes sound longer at the same pitch, frame by frame."""
    import av

    def samples(frame: Any) -> NDArray[np.int16]:  # noqa: ANN401 - PyAV's own type
        whole: NDArray[np.int16] = frame.to_ndarray().reshape(-1, 2).astype(np.int16)
        return whole

    if slowed <= 1.001:
        return lambda frame: [] if frame is None else [samples(frame)]
    graph = av.filter.Graph()
    source = graph.add_abuffer(format="s16", layout="stereo", sample_rate=SOUND_RATE)
    tempo = graph.add("atempo", f"{1 / slowed:.6f}")
    even = graph.add("aformat", f"sample_fmts=s16:channel_layouts=stereo:sample_rates={SOUND_RATE}")
    sink = graph.add("abuffersink")
    graph.link_nodes(source, tempo, even, sink).configure()
    position = 0

    def slower(frame: Any) -> list[NDArray[np.int16]]:  # noqa: ANN401 - PyAV's own type
        nonlocal position
        if frame is not None:
            frame.pts, frame.time_base = position, Fraction(1, SOUND_RATE)
            position += frame.samples
        graph.push(frame)
        made = []
        while True:
            try:
                made.append(samples(graph.pull()))
            except (av.BlockingIOError, av.EOFError):
                return made

    return slower
