"""What all video models share: the words for a shot, the first frame, and clips opened before they are believed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import ProviderError

from .pictures import opened, png_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bookfilm_nb.model import Shot

__all__ = [
    "MOST_BYTES",
    "MOST_PIXELS",
    "STYLE",
    "Footage",
    "container_of",
    "directed",
    "frame_png",
    "measured",
    "nearest",
]

STYLE = (
    "One unbroken shot of an animated film for a general audience, drawn in ink and gouache. No lettering, no "
    "captions, no cuts. What stands in square brackets are the people: name, looks, expression, place in the frame."
)
"""Goes before every prompt; part of what a clip is made from."""
MOST_BYTES = 512 << 20
MOST_PIXELS = 7680 * 4320
_MOST_PACKETS = 200_000
_SHORT = 0.75
"""A file that holds less than this share of the length its head promises is cut off."""
_MOVES = {
    "static": "The camera stands still.",
    "push in": "The camera slowly moves in.",
    "pull out": "The camera slowly moves back.",
}


class Footage(NamedTuple):
    """What a clip holds, as measured."""

    seconds: float
    frames: int
    width: int
    height: int
    sound: bool


def directed(shot: Shot, *, style: str = STYLE) -> str:
    """The whole text for a video model: style, the shot's prompt, and what the camera does."""
    move = _MOVES.get(shot.move, f"The camera slowly {shot.move.replace('pan ', 'pans ').replace('tilt ', 'tilts ')}.")
    return f"{style} {shot.prompt} {move.replace('slowly track ', 'slowly moves to the ')}"


def frame_png(data: bytes, *, width: int, height: int, engine: str) -> bytes:
    """The picture as a PNG of exactly this size, its edges cropped. Raises ProviderError; nothing was paid."""
    from PIL import Image, ImageOps

    try:
        picture = opened(data, engine="This shot")
    except ProviderError as fault:
        raise ProviderError(
            f"The first frame for {engine} cannot be opened.", hint="Draw the shot again.", billed="no"
        ) from fault
    return png_of(ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS))


def nearest(sizes: Sequence[str], width: int, height: int) -> tuple[int, int]:
    """The size, of those that an engine makes, whose shape (to a tenth), then whose area is nearest the film's."""

    def distance(size: str) -> tuple[float, float]:
        w, h = (int(side) for side in size.split("x"))
        return round(abs(w / h - width / height), 1), abs(w * h - width * height)

    w, h = min(sizes, key=distance).split("x")
    return int(w), int(h)


def container_of(data: bytes) -> str:
    """The container a clip is in, by its first bytes: "mov" (also MP4) or "matroska" (also WebM).

    Nothing else is opened: a playlist would make the demuxer open files and addresses that it names. Raises ValueError.
    """
    if data[4:8] in {b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"}:
        return "mov"
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    raise ValueError("it is neither MP4 nor WebM")


def measured(data: bytes) -> Footage:
    """Open the clip, count its pictures and decode the first. Raises ValueError for what is no whole clip."""
    import av

    if not 0 < len(data) <= MOST_BYTES:
        raise ValueError(f"it has {len(data)} bytes")
    try:
        with av.open(io.BytesIO(data), "r", format=container_of(data)) as container:
            stream = container.streams.video[0]
            context = _decoder(stream)
            frames, last_s, promised_s = 0, 0.0, float(container.duration or 0) / 1e6
            decoded = False
            for packet in container.demux(stream):
                if not packet.size:
                    continue
                frames += 1
                last_s = max(last_s, _end_s(packet))
                decoded = decoded or bool(packet.decode())
                if frames > _MOST_PACKETS:
                    raise ValueError("it has no end")
            if not decoded:
                # Decoders may hold pictures back until they are told that no more will come
                decoded = bool(context.decode(None))
            sound = bool(container.streams.audio)
    except (av.FFmpegError, IndexError, OSError) as fault:
        raise ValueError(f"it cannot be opened: {fault}") from fault
    if not frames or not decoded:
        raise ValueError("it has no pictures")
    if last_s < promised_s * _SHORT and not sound:
        raise ValueError(f"it is cut off after {last_s:.1f} of {promised_s:.1f} s")
    return Footage(last_s, frames, context.width, context.height, sound)


def _decoder(stream: Any) -> Any:  # noqa: ANN401 - PyAV's own types
    """The stream's decoder, for pictures of a believable size."""
    context = stream.codec_context
    if context is None:
        raise ValueError("its codec is not known")
    if not 0 < context.width * context.height <= MOST_PIXELS:
        raise ValueError(f"it has {context.width} × {context.height} px")
    return context


def _end_s(packet: Any) -> float:  # noqa: ANN401 - PyAV's own type
    pts = packet.pts if packet.pts is not None else packet.dts
    return float((pts or 0) * packet.time_base + (packet.duration or 0) * packet.time_base) if packet.time_base else 0.0
