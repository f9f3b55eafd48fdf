"""To moviepy and from it: the film as a moviepy clip, and a moviepy clip as a shot's take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import ChoiceError, MissingPartError
from bookfilm_nb.model import ClipTake, blob_digest

from .encode import encode
from .preview import FilmFrames
from .yuv import blank, from_rgb, to_rgb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from moviepy import VideoClip

    from bookfilm_nb.model import Timeline

    from .yuv import Plane

__all__ = ["clip_take", "to_moviepy"]

TAKE_CRF = 12
"""Quality of a take that will be encoded once more: losses below what the film's own encoding loses."""


def to_moviepy(timeline: Timeline, blobs: Path, audio: Path | None = None, *, burn: bool = False) -> VideoClip:
    """The film as a ``moviepy.VideoClip``: the same pictures, frame for frame, ready to be edited further.

    ``blobs`` is the folder of blobs, ``audio`` a sound file to go with it. Raises MissingPartError where
    moviepy is not installed.
    """
    try:
        from moviepy import AudioFileClip, VideoClip
    except ImportError as missing:
        raise MissingPartError("moviepy is not installed.", hint="pip install moviepy") from missing

    film = FilmFrames(timeline, blobs, burn=burn)
    fps, last = timeline.fps, timeline.length - 1

    def picture(t: float) -> Plane:
        # A frame is shown from k/fps on; the little more keeps a rounded time on its own frame.
        return to_rgb(film.frame(min(last, max(0, int(t * fps + 1e-6)))))

    clip = VideoClip(picture, duration=timeline.length / fps).with_fps(fps)
    clip.size = (timeline.width, timeline.height)
    return clip if audio is None else clip.with_audio(AudioFileClip(str(audio)))


def clip_take(
    clip: VideoClip, shot: str, *, width: int = 1280, height: int = 720, fps: int = 24
) -> tuple[ClipTake, bytes]:
    """A moviepy clip as the take of shot ``shot``, and the bytes of its blob.

    The clip is conformed: frames taken at k/fps, scaled to fill ``width`` × ``height`` px, what stands out
    cut off evenly. Its sound is not used. Raises ChoiceError where the clip has no length.
    """
    import cv2

    frames = round((clip.duration or 0) * fps)
    if frames < 1:
        raise ChoiceError("This clip has no length.", hint="Give it one with clip.with_duration(seconds).")

    def pictures() -> Iterator[Plane]:
        frame = blank(width, height)
        for k in range(frames):
            rgb = np.asarray(clip.get_frame(k / fps))
            rows, columns = rgb.shape[:2]
            scale = max(width / columns, height / rows)
            if scale != 1:
                size = (max(width, round(columns * scale)), max(height, round(rows * scale)))
                rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
            top, left = (rgb.shape[0] - height) // 2, (rgb.shape[1] - width) // 2
            rgb = rgb[top : top + height, left : left + width, :3]
            from_rgb(np.ascontiguousarray(rgb, np.uint8), frame)
            yield frame.i420

    data = encode(pictures(), width=width, height=height, fps=fps, crf=TAKE_CRF)
    return ClipTake(shot=shot, blob=blob_digest(data), frames=frames), data
