"""A shot as one still picture: what a video model gets as its first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.model import ShotClip

from .blobs import reader
from .frames import open_shot
from .yuv import blank, to_rgb

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.model import ClipTake, PictureTake

__all__ = ["still_png"]


def still_png(take: PictureTake | ClipTake, blobs: Path, *, width: int, height: int) -> bytes:
    """The take's first frame with a resting camera, ``width`` × ``height`` px (even), as PNG; always the same bytes."""
    import cv2

    clip = ShotClip(shot=take.shot, take=take, start=0, length=1, move="static")
    frame = blank(width, height)
    open_shot(clip, reader(blobs), size=(width, height), fps=24).draw(0, frame)
    pixels = np.ascontiguousarray(to_rgb(frame)[:, :, ::-1])
    _, packed = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return bytes(packed)
