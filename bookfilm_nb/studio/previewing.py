"""Small pictures and small sounds of a production, for a page: made in tens of milliseconds, a few kilobytes each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bookfilm_nb.model import ShotClip, blob_digest
from bookfilm_nb.production import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from bookfilm_nb.model import ClipTake, PictureTake, Shot
    from bookfilm_nb.production import Production

__all__ = ["picture_of", "small_sound", "thumbnail"]

_MIDDLE, _LENGTH = 24, 48
_QUALITIES = (82, 70, 55, 40, 25)
_RATE, _QUICK = 32_000, {"compression_level": "7"}
"""At 48 kbit a second LAME keeps nothing above 11 kHz, and of its levels 7 is the first that takes half the time."""
LARGEST_THUMBNAIL = 30_000
"""Bytes of a picture that is shown in a page."""


def picture_of(shot: Shot, *, width: int, height: int, within: int = 480) -> bytes:
    """The middle frame of the shot as its prompt now says, as JPEG, at most ``within`` px wide; nothing is kept.

    Drawn by the embedded illustrator whatever the film's image model is: a sketch, not a take. Raises ProviderError.
    """
    from bookfilm_nb.illustrator import Illustrator

    share = min(1.0, within / width)
    size = (_even(width * share), _even(height * share))
    drawing = Illustrator().sketch(shot, width=size[0], height=size[1])
    return _frame(drawing.take, drawing.blobs.__getitem__, size, within, move=shot.move)


def thumbnail(production: Production, take: PictureTake | ClipTake, *, width: int = 240) -> bytes:
    """The take's middle frame as JPEG of at most 30 kB, kept beside the store so that it is painted once."""
    wide, high = production.choices.frame
    file = production.store.folder / "thumbnails" / f"{blob_digest(f'{take.to_json()} {width}'.encode())[:40]}.jpg"
    if file.is_file():
        return file.read_bytes()
    data = _frame(take, production.store.read, (wide, high), width, move="static")
    write_atomically(file, data)
    return data


def small_sound(wav: bytes, *, kbit: int = 48) -> bytes:
    """A WAV as MP3, mono or stereo as it is: a line of four seconds is about 24 kB."""
    import av

    out = io.BytesIO()
    with av.open(io.BytesIO(wav), "r") as source, av.open(out, "w", format="mp3") as target:
        sound = source.streams.audio[0]
        stream = target.add_stream("libmp3lame", rate=_RATE, options=_QUICK)
        stream.bit_rate, stream.layout = kbit * 1000, "stereo" if sound.channels > 1 else "mono"
        resampler = av.AudioResampler(format="s16p", layout=stream.layout, rate=_RATE)
        for frame in source.decode(sound):
            for part in resampler.resample(frame):
                target.mux(stream.encode(part))
        for part in resampler.resample(None):
            target.mux(stream.encode(part))
        target.mux(stream.encode(None))
    return out.getvalue()


def _frame(
    take: PictureTake | ClipTake, read: Callable[[str], bytes], size: tuple[int, int], width: int, *, move: str
) -> bytes:
    import cv2

    from bookfilm_nb.render.frames import open_shot
    from bookfilm_nb.render.yuv import blank, to_rgb

    clip = ShotClip(shot=take.shot, take=take, start=0, length=_LENGTH, move=move)  # type: ignore[arg-type]
    frame = blank(_even(size[0]), _even(size[1]))
    open_shot(clip, read, size=(_even(size[0]), _even(size[1])), fps=24).draw(_MIDDLE, frame)
    rgb = to_rgb(frame)
    if width < rgb.shape[1]:
        rgb = cv2.resize(rgb, (width, round(rgb.shape[0] * width / rgb.shape[1])), interpolation=cv2.INTER_AREA)
    return _jpeg(rgb)


def _jpeg(rgb: NDArray[np.uint8]) -> bytes:
    """As good as fits into 30 kB."""
    import cv2

    picture, data = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), b""
    for quality in _QUALITIES:
        packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])[1]
        data = bytes(packed)
        if len(data) <= LARGEST_THUMBNAIL:
            break
    return data


def _even(size: float) -> int:
    return max(2, round(size / 2) * 2)
