"""Clips as other people's tools make them: any rate, size, colour, container, with and without sound."""

from __future__ import annotations

import io
import subprocess
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from numpy.typing import NDArray

STEP = 4
"""Grey levels from one numbered picture to the next."""


def clip(
    pictures: Iterable[NDArray[np.uint8]],
    *,
    fps: int = 24,
    codec: str = "libx264",
    container: str = "mp4",
    pix_fmt: str = "yuv444p",
    tone: float = 0.0,
    seconds_of_tone: float | None = None,
    times: Callable[[int], int] | None = None,
    matrix: int = 0,
    full: bool = False,
    **options: str,
) -> bytes:
    """RGB pictures as a clip; ``times`` gives each picture's time in milliseconds."""
    made = list(pictures)
    rows, columns = made[0].shape[:2]
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        quality = {"crf": "8", "preset": "ultrafast"} if codec == "libx264" else {}
        stream: Any = out.add_stream(codec, rate=fps, options={**quality, **options})
        stream.width, stream.height, stream.pix_fmt = columns, rows, pix_fmt
        if times:
            stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        context = stream.codec_context
        if matrix:
            context.colorspace = context.color_primaries = context.color_trc = matrix
        if full:
            context.color_range = 2
        sound: Any = None
        if tone:
            sound = out.add_stream("aac" if container == "mp4" else "libopus", rate=48000, layout="mono")
        for number, picture in enumerate(made):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame = frame.reformat(
                format=pix_fmt,
                dst_colorspace=matrix or 5,
                src_color_range=2,
                dst_color_range=2 if full else 1,
            )
            frame.pts = times(number) if times else number
            if matrix:
                frame.colorspace = matrix
            frame.color_range = 2 if full else 1
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        if sound is not None:
            length = seconds_of_tone or len(made) / fps
            wave = tone * np.sin(2 * np.pi * 440 * np.arange(round(length * 48000)) / 48000)
            heard = av.AudioFrame.from_ndarray(wave.astype(np.float32)[None], format="flt", layout="mono")
            heard.sample_rate = 48000
            resampler = av.AudioResampler(format=sound.codec_context.format, layout="mono", rate=48000, frame_size=960)
            for part in [*resampler.resample(heard), *resampler.resample(None)]:
                out.mux(sound.encode(part))
            out.mux(sound.encode(None))
    return file.getvalue()


def numbered(count: int, *, width: int = 64, height: int = 36) -> list[NDArray[np.uint8]]:
    """Grey pictures, each ``STEP`` levels lighter than the one before, from 20 on."""
    return [np.full((height, width, 3), 20 + STEP * n, np.uint8) for n in range(count)]


def patches(width: int = 160, height: int = 96) -> NDArray[np.uint8]:
    """Red, green, blue and a skin colour, one a quarter."""
    picture = np.zeros((height, width, 3), np.uint8)
    half = (height // 2, width // 2)
    picture[: half[0], : half[1]] = 200, 30, 40
    picture[: half[0], half[1] :] = 30, 180, 60
    picture[half[0] :, : half[1]] = 40, 60, 210
    picture[half[0] :, half[1] :] = 224, 172, 140
    return picture


def turned(data: bytes, degrees: int, folder: Path) -> bytes:
    """The same MP4 with a note that players must turn it, as telephones write it."""
    import imageio_ffmpeg

    source, target = folder / "in.mp4", folder / "turned.mp4"
    source.write_bytes(data)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-display_rotation", str(degrees)]
    subprocess.run([*command, "-i", str(source), "-c", "copy", str(target)], check=True)
    return target.read_bytes()


def as_a_player_shows(data: bytes, folder: Path) -> NDArray[np.uint8]:
    """The first picture as ffmpeg shows it, upright, RGB."""
    import imageio_ffmpeg
    from PIL import Image

    source, target = folder / "shown.mp4", folder / "shown.png"
    source.write_bytes(data)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(source), "-frames:v", "1", str(target)]
    subprocess.run(command, check=True)
    return np.asarray(Image.open(target).convert("RGB"))
