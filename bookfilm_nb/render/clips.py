"""A moving-picture take as a shot: its own frames, decoded in order."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bookfilm_nb.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bookfilm_nb.model import ShotClip

    from .yuv import Frame, Plane


__all__ = ["ClipShot"]


class ClipShot:
    """Frames of a video blob that is at the film's size and rate already.

    Past its end the last frame stays: while the next shot dissolves in, and where the cut made the shot longer than
    the clip. Raises RenderError where the blob cannot be decoded, has another size, or no frames.
    """

    def __init__(self, clip: ShotClip, data: bytes, *, size: tuple[int, int]) -> None:
        self._name = clip.shot
        self._data = data
        self._size = size
        self._frames = self._decode()
        self._at = -1
        self._last: Plane | None = None

    def draw(self, n: int, frame: Frame) -> None:
        """Copy frame ``n`` of the clip into the frame."""
        if n < self._at:
            self._frames, self._at = self._decode(), -1
        while self._at < n:
            following = next(self._frames, None)
            if following is None:
                break
            self._last, self._at = following, self._at + 1
        if self._last is None:
            raise RenderError(
                f"The clip of shot {self._name} has no frames.", hint="Make the take again.", shot=self._name
            )
        frame.i420[:] = self._last

    def _decode(self) -> Iterator[Plane]:
        import av

        try:
            with av.open(io.BytesIO(self._data), "r") as container:
                stream = container.streams.video[0]
                stream.codec_context.thread_count = 1
                for picture in container.decode(stream):
                    if (picture.width, picture.height) != self._size:
                        raise RenderError(
                            f"The clip of shot {self._name} is {picture.width} × {picture.height} px,"
                            f" the film {self._size[0]} × {self._size[1]}.",
                            hint="Conform the clip to the film's size first (bookfilm_nb.render.conform).",
                            shot=self._name,
                        )
                    yield picture.to_ndarray(format="yuv420p")
        except (av.FFmpegError, IndexError) as broken:
            raise RenderError(
                f"The clip of shot {self._name} cannot be decoded: {broken}.",
                hint="Make the take again.",
                shot=self._name,
            ) from broken
