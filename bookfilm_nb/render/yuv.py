"""BT.709 limited-range planar YUV 4:2:0, the form in which everything is composited.

A picture is one uint8 array in I420 order, shape (height * 3 // 2, width): luma, then both chroma planes at
half size. Chroma samples stand in the centre of their four pixels (what averaging 2 x 2 pixels gives).
Coefficients: ITU-R BT.709-6, section 3; 8-bit limited range: luma 16..235, chroma 16..240.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from numpy.typing import NDArray

    # Always uint8; OpenCV's stubs know no narrower type than an array of numbers.
    Plane: TypeAlias = NDArray[Any]

__all__ = ["BLACK", "FROM_BGR", "LUMA_SPAN", "Frame", "blank", "from_rgb", "to_rgb"]

BLACK = (16, 128, 128)
LUMA_SPAN = 219 / 255
_KR, _KB = 0.2126, 0.0722
_KG = 1 - _KR - _KB
_CHROMA_SPAN = 224 / 255

FROM_BGR = np.array(
    [
        [_KB * LUMA_SPAN, _KG * LUMA_SPAN, _KR * LUMA_SPAN, 16],
        [_CHROMA_SPAN / 2, -_KG / (1 - _KB) / 2 * _CHROMA_SPAN, -_KR / (1 - _KB) / 2 * _CHROMA_SPAN, 128],
        [-_KB / (1 - _KR) / 2 * _CHROMA_SPAN, -_KG / (1 - _KR) / 2 * _CHROMA_SPAN, _CHROMA_SPAN / 2, 128],
    ]
)
"""Rows Y, U, V; columns B, G, R and offset."""
_TO_RGB = np.linalg.inv(FROM_BGR[:, :3])[::-1].copy()


class Frame(NamedTuple):
    """One picture: ``i420`` owns the memory, the planes are views of it."""

    i420: Plane
    y: Plane
    u: Plane
    v: Plane

    @classmethod
    def over(cls, i420: Plane) -> Frame:
        """The planes of an I420 array."""
        rows, width = i420.shape
        height = rows * 2 // 3
        flat = i420.reshape(-1)
        luma, quarter = height * width, height * width // 4
        half = (height // 2, width // 2)
        return cls(
            i420,
            i420[:height],
            flat[luma : luma + quarter].reshape(half),
            flat[luma + quarter : luma + 2 * quarter].reshape(half),
        )

    def fill(self, colour: tuple[int, int, int] = BLACK) -> None:
        """Paint the whole picture in one colour (Y, U, V)."""
        for plane, level in zip(self[1:], colour, strict=True):
            plane[:] = level


def blank(width: int, height: int) -> Frame:
    """A black picture; width and height are even."""
    frame = Frame.over(np.empty((height * 3 // 2, width), np.uint8))
    frame.fill()
    return frame


def to_rgb(frame: Frame) -> Plane:
    """The picture as RGB, shape (height, width, 3), uint8."""
    import cv2

    height, width = frame.y.shape
    chroma = [cv2.resize(p, (width, height), interpolation=cv2.INTER_LINEAR) for p in (frame.u, frame.v)]
    matrix = np.hstack([_TO_RGB, -_TO_RGB @ FROM_BGR[:, 3:]])
    rgb: Plane = cv2.transform(cv2.merge([frame.y, *chroma]), matrix)
    return rgb


def from_rgb(rgb: Plane, frame: Frame) -> None:
    """Convert an RGB picture, shape (height, width, 3), uint8, into the frame."""
    import cv2

    matrix = FROM_BGR[:, [2, 1, 0, 3]]
    height, width = frame.y.shape
    frame.y[:] = cv2.transform(rgb, matrix)[..., 0]
    half = cv2.resize(rgb, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    small = cv2.transform(half, matrix)
    frame.u[:], frame.v[:] = small[..., 1], small[..., 2]
