"""Layers made ready for compositing: decoded once a shot, cut to what is visible, converted once.

An "over" layer becomes a :class:`Plate`: colour premultiplied by alpha, in YUV, with the *rest* planes
(255 - alpha) that tell how much of the picture below shines through. An "add" layer becomes luma only.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bookfilm_nb.errors import RenderError

from .sampling import MARGIN
from .yuv import FROM_BGR, LUMA_SPAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Layer

    from .yuv import Plane

__all__ = ["PAD", "Cel", "Plate", "cel_of", "decode", "light_of", "merge", "plate_of", "tile_of"]

PAD = 2 * MARGIN
"""Padding of luma planes on every side; chroma has half of it."""
LARGEST = 64_000_000
"""Pixels of a layer that are still decoded: a 4K canvas is 13 million."""


class Cel(NamedTuple):
    """A cut-out: premultiplied BGRA, shape (height, width, 4), and where its corner lies on the canvas."""

    image: Plane
    left: int
    top: int


class Plate(NamedTuple):
    """A layer ready to be sampled. ``width`` and ``height`` are without padding, in canvas pixels.

    ``rest`` and ``rest_half`` are None where nothing shines through at all; ``solid`` is the first row
    (of the plate) from which on it is opaque from side to side.
    """

    y: Plane
    u: Plane | None
    v: Plane | None
    rest: Plane | None
    rest_half: Plane | None
    left: int
    top: int
    width: int
    height: int
    solid: int


def decode(data: bytes, layer: Layer) -> Plane:
    """The PNG's pixels: (height, width, 4) BGRA for an "over" layer, (height, width) grey for "add".

    Raises RenderError where the blob is no PNG, or is not what the layer says.
    """
    import cv2

    name = layer.name
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 33:
        raise RenderError(f"The picture of layer {name!r} is not a PNG.", hint="Shoot it again.", layer=name)
    width, height = struct.unpack(">II", data[16:24])
    if (width, height) != (layer.width, layer.height) or width * height > LARGEST or not width * height:
        raise RenderError(
            f"The picture of layer {name!r} is {width} × {height} px, not {layer.width} × {layer.height}.",
            hint="Shoot it again.",
            layer=name,
        )
    grey = layer.blend == "add"
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_UNCHANGED)
    if image is None:
        raise RenderError(f"The picture of layer {name!r} is damaged.", hint="Shoot it again.", layer=name)
    if image.dtype != np.uint8:
        image = np.right_shift(image.astype(np.uint16), 8).astype(np.uint8)
    if not grey and image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGRA)
    elif not grey and image.shape[2] == 3:
        image = cv2.cvtColor(image, cv2.COLOR_BGR2BGRA)
    pixels: Plane = image
    return pixels


def cel_of(image: Plane, left: int, top: int, *, crop: bool = True) -> Cel:
    """A straight-alpha BGRA picture as a cel, cut to the box of what is visible (even sides)."""
    import cv2

    if crop:
        x, y, width, height = cv2.boundingRect(np.ascontiguousarray(image[..., 3]))
        width, height = max(2, width + width % 2), max(2, height + height % 2)
        image, left, top = image[y : y + height, x : x + width], left + x, top + y
    odd_rows, odd_columns = image.shape[0] % 2, image.shape[1] % 2
    if odd_rows or odd_columns:
        image = cv2.copyMakeBorder(image, 0, odd_rows, 0, odd_columns, cv2.BORDER_REPLICATE)
    # COLOR_RGBA2mRGBA multiplies the first three channels by the fourth, whatever their order.
    return Cel(cv2.cvtColor(image, cv2.COLOR_RGBA2mRGBA), left, top)


def merge(cels: Sequence[Cel]) -> Cel:
    """Cels laid over each other, the first at the bottom, as one."""
    import cv2

    if len(cels) == 1:
        return cels[0]
    left, top = min(c.left for c in cels), min(c.top for c in cels)
    right = max(c.left + c.image.shape[1] for c in cels)
    bottom = max(c.top + c.image.shape[0] for c in cels)
    whole = np.zeros((bottom - top + (bottom - top) % 2, right - left + (right - left) % 2, 4), np.uint8)
    for cel in cels:
        height, width = cel.image.shape[:2]
        part = whole[cel.top - top : cel.top - top + height, cel.left - left : cel.left - left + width]
        rest = cv2.merge([255 - cel.image[..., 3]] * 4)
        part[:] = cv2.add(cv2.multiply(part, rest, scale=1 / 255), cel.image)
    return Cel(whole, left, top)


def tile_of(cel: Cel, canvas: tuple[int, int], *, across: bool, down: bool) -> Cel:
    """A cel that wraps, repeated so far that it covers the canvas wherever in its period it begins."""
    import cv2

    right, bottom = (canvas[0] if across else 0), (canvas[1] if down else 0)
    image = cv2.copyMakeBorder(cel.image, 0, bottom + bottom % 2, 0, right + right % 2, cv2.BORDER_WRAP)
    return cel._replace(image=image)


def plate_of(cel: Cel, canvas: tuple[int, int]) -> Plate:
    """The cel in premultiplied YUV with its padding.

    Sides that lie on the canvas's edge go on beyond it (their last pixels repeated); others end there.
    """
    import cv2

    height, width = cel.image.shape[:2]
    sides = (cel.top <= 0, cel.top + height >= canvas[1], cel.left <= 0, cel.left + width >= canvas[0])
    up, down, before, after = (PAD * side for side in sides)
    image = cv2.copyMakeBorder(cel.image, up, down, before, after, cv2.BORDER_REPLICATE)
    up, down, before, after = PAD - up, PAD - down, PAD - before, PAD - after
    image = cv2.copyMakeBorder(image, up, down, before, after, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    half = cv2.resize(image, (image.shape[1] // 2, image.shape[0] // 2), interpolation=cv2.INTER_AREA)
    alpha = cv2.extractChannel(image, 3)
    across = sides[2] and sides[3]
    inner = alpha[PAD : PAD + height, PAD : PAD + width]
    holes = np.flatnonzero(inner.min(axis=1) < 255)
    solid = (int(holes[-1]) + 1 if holes.size else 0) if across and sides[1] else height
    if across and not holes.size and sides[0] and sides[1]:
        y = cv2.extractChannel(cv2.transform(_colours(image), FROM_BGR), 0)
        chroma = cv2.transform(_colours(half), FROM_BGR)
        u, v = (cv2.extractChannel(chroma, i) for i in (1, 2))
        return Plate(y, u, v, None, None, cel.left, cel.top, width, height, 0)
    matrix = FROM_BGR * [1, 1, 1, 1 / 255]
    y = cv2.transform(image, matrix[:1])
    u, v = (cv2.transform(half, matrix[i : i + 1]) for i in (1, 2))
    rest_half = 255 - cv2.extractChannel(half, 3)
    return Plate(y, u, v, 255 - alpha, rest_half, cel.left, cel.top, width, height, solid)


def light_of(grey: Plane, left: int, top: int) -> Plate:
    """An "add" layer that stays on the canvas: luma only, ended by darkness on every side."""
    import cv2

    luma = cv2.convertScaleAbs(grey, alpha=LUMA_SPAN)
    odd_rows, odd_columns = grey.shape[0] % 2, grey.shape[1] % 2
    y = cv2.copyMakeBorder(luma, PAD, PAD + odd_rows, PAD, PAD + odd_columns, cv2.BORDER_CONSTANT, value=0)
    height, width = grey.shape[0] + odd_rows, grey.shape[1] + odd_columns
    return Plate(y, None, None, None, None, left, top, width, height, height)


def _colours(image: Plane) -> Plane:
    import cv2

    colours: Plane = cv2.cvtColor(image, cv2.COLOR_BGRA2BGR)
    return colours
