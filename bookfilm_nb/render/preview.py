"""Looking at a film before it is rendered: one frame, one shot, a contact sheet."""

from __future__ import annotations

import io
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import ChoiceError

from .blobs import reader
from .shrink import shrunk
from .slot import Painter, slot_of
from .yuv import to_rgb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Literal

    from bookfilm_nb.model import Timeline

    from .yuv import Frame, Plane


__all__ = ["FilmFrames", "contact_sheet", "preview_frame", "preview_shot"]


class FilmFrames:
    """Any frame of a film, painted on demand. Keeps the shots that were last asked for."""

    def __init__(self, timeline: Timeline, blobs: Path, *, burn: bool = False, keep: int = 2) -> None:
        self.timeline = timeline
        self._read = reader(blobs)
        self._burn = burn
        self._keep = keep
        self._starts = [shot.start for shot in timeline.shots]
        self._painters: dict[int, Painter] = {}

    def shot_at(self, frame: int) -> int:
        """Index of the shot that frame ``frame`` of the film belongs to. Raises ChoiceError beyond the film."""
        index = bisect_right(self._starts, frame) - 1
        if index < 0 or frame >= self._starts[index] + self.timeline.shots[index].length:
            raise ChoiceError(f"The film has no frame {frame}.", hint=f"It has frames 0 to {self.timeline.length - 1}.")
        return index

    def painter(self, index: int, *, width: int | None = None) -> Painter:
        """Who paints shot ``index``, at the film's size or, where its pictures were drawn, only ``width`` px wide."""
        slot = slot_of(self.timeline, index, burn=self._burn)
        small = None if width is None else shrunk(slot, self._read, width=width)
        return Painter(*small) if small else Painter(slot, self._read)

    def frame(self, number: int) -> Frame:
        """Frame ``number`` of the film; its memory is reused by the next call."""
        index = self.shot_at(number)
        painter = self._painters.pop(index, None)
        if painter is None:
            painter = self.painter(index)
        while len(self._painters) >= self._keep:
            self._painters.pop(next(iter(self._painters)))
        self._painters[index] = painter
        return painter.paint(number - self._starts[index])


def preview_frame(film: FilmFrames, frame: int, *, width: int = 640, kind: Literal["jpeg", "png"] = "jpeg") -> bytes:
    """One frame of the film, ``width`` px wide, as JPEG or PNG bytes."""
    return _encoded(_shrunk(to_rgb(film.frame(frame)), width), kind)


def preview_shot(film: FilmFrames, index: int, *, width: int = 480, seconds: float | None = None) -> bytes:
    """A shot of the film, or its first ``seconds``, as a small silent MP4."""
    from .encode import encode

    clip = film.timeline.shots[index]
    length = clip.length if seconds is None else min(clip.length, max(1, round(seconds * film.timeline.fps)))
    height = _even(width * film.timeline.height / film.timeline.width)
    width = _even(width)
    painter = film.painter(index, width=width)

    def pictures() -> Iterator[Plane]:
        for k in range(length):
            yield _small(painter.paint(k), width, height)

    return encode(pictures(), width=width, height=height, fps=film.timeline.fps, preset="superfast", crf=26)


def contact_sheet(
    film: FilmFrames, frames: Sequence[int] | None = None, *, columns: int = 4, width: int = 320
) -> bytes:
    """Frames of the film side by side, as PNG bytes; by default the middle of every shot."""
    if frames is None:
        frames = [shot.start + shot.length // 2 for shot in film.timeline.shots]
    pictures = [_shrunk(to_rgb(film.frame(number)), width) for number in frames]
    if not pictures:
        raise ChoiceError("A contact sheet needs at least one frame.", hint="Give frame numbers.")
    gap, height = 6, pictures[0].shape[0]
    columns = max(1, min(columns, len(pictures)))
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * (height + gap) + gap, columns * (width + gap) + gap, 3), 24, np.uint8)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        top, left = gap + row * (height + gap), gap + column * (width + gap)
        sheet[top : top + height, left : left + width] = picture
    return _encoded(sheet, "png")


def _small(frame: Frame, width: int, height: int) -> Plane:
    import cv2

    if frame.y.shape == (height, width):
        return frame.i420
    sizes = ((width, height), (width // 2, height // 2), (width // 2, height // 2))
    planes = zip(frame[1:], sizes, strict=True)
    small = [cv2.resize(plane, size, interpolation=cv2.INTER_AREA).reshape(-1) for plane, size in planes]
    return np.concatenate(small).reshape(height * 3 // 2, width)


def _shrunk(rgb: Plane, width: int) -> Plane:
    import cv2

    if width >= rgb.shape[1]:
        return rgb
    height = max(1, round(rgb.shape[0] * width / rgb.shape[1]))
    small: Plane = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA)
    return small


def _encoded(rgb: Plane, kind: Literal["jpeg", "png"]) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    if kind == "png":
        Image.fromarray(rgb).save(buffer, "PNG", compress_level=3)
    else:
        Image.fromarray(rgb).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _even(size: float) -> int:
    return max(2, round(size / 2) * 2)
