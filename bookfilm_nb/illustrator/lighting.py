"""Light on a figure: the set's colour over it, soft form shade, and a bright rim on the key's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .backdrops import Light

__all__ = ["LightMap", "ground_shadow", "light_map", "lit"]

_RIM_SHARE = 0.62
_EYE_ADAPTS = 0.35
"""Share of the set's tint that the eye takes away from skin and clothes: blue night leaves a face its warmth."""
_LEAST = 0.66
"""Least brightness of the light on a figure: by night as on a stage, the set may be dark, a face may not."""
_RIM_LEAST = 0.75
"""Strength of the rim that parts a figure from a dark set."""
_INK_WIDTH = 16.0
"""Units of ink round a figure, inside which the rim lies."""
_SHADE_SHARE = 0.29


class LightMap(NamedTuple):
    """What light does to each pixel of a figure: a gain and a sum, float32, shape (h, w, 3), colours in 0..1."""

    gain: NDArray[np.float32]
    rim: NDArray[np.float32]

    def part(self, x: int, y: int, width: int, height: int) -> LightMap:
        """The map of a rectangle."""
        return LightMap(self.gain[y : y + height, x : x + width], self.rim[y : y + height, x : x + width])


def light_map(alpha: NDArray[np.uint8], light: Light, *, unit: float, side: float) -> LightMap:
    """The light on a figure of this outline.

    ``alpha`` is uint8, shape (h, w); ``unit`` is px to one unit of the drawing; ``side`` is the key's side as
    the image shows it, -1 left to 1 right. The form is taken as a cushion over the outline.
    """
    import cv2

    height, width = alpha.shape
    small = (max(width // 4, 8), max(height // 4, 8))
    body = cv2.resize(alpha, small, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    cushion = cv2.GaussianBlur(body, (0, 0), max(unit * 95 / 4, 1.0), borderType=cv2.BORDER_REPLICATE)
    toward = side * cv2.Sobel(cushion, cv2.CV_32F, 1, 0, ksize=3, borderType=cv2.BORDER_REPLICATE)
    if side == 0:
        toward = cv2.Sobel(cushion, cv2.CV_32F, 0, 1, ksize=3, borderType=cv2.BORDER_REPLICATE) * -0.6
    slope = np.clip(-toward * unit * 95 / 4 * 0.9, -1, 1)
    slope = np.asarray(cv2.resize(slope, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    strength = float(np.clip(light.strength, 0, 1))
    tint = np.array(light.ambient, np.float32)
    ambient = tint + (tint.mean() - tint) * _EYE_ADAPTS
    dark = max(0.0, 1 - _bright(ambient) / _LEAST)
    if dark:
        ambient = np.minimum(ambient * (_LEAST / max(_bright(ambient), 0.05)), 1)
    key = np.array(light.key, np.float32)
    shade = 1 - _SHADE_SHARE * (0.35 + 0.65 * strength) * np.clip(-slope, 0, 1)
    glow = 0.20 * strength * np.clip(slope, 0, 1)
    gain = shade[..., None] * ambient + glow[..., None] * key
    edge = strength + max(0.0, _RIM_LEAST - strength) * min(1.0, 3 * dark)
    return LightMap(gain.astype(np.float32), _rim(alpha, side, unit, edge)[..., None] * key)


def _bright(colour: NDArray[np.float32]) -> float:
    """How bright a light is to the eye (luma weights of BT.709)."""
    return float(colour @ np.array((0.2126, 0.7152, 0.0722), np.float32))


def _rim(alpha: NDArray[np.uint8], side: float, unit: float, strength: float) -> NDArray[np.float32]:
    import cv2

    height, width = alpha.shape
    step = unit * 11 + 1.0
    gap = np.ones((max(int(unit * 34), 3),) * 2, np.uint8)
    outline = cv2.copyMakeBorder((alpha > 127).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    # Small gaps, as between hair and neck, are no edge that a light could catch.
    depth = cv2.distanceTransform(cv2.morphologyEx(outline, cv2.MORPH_CLOSE, gap), cv2.DIST_L2, 3)
    solid = np.clip(depth[1:-1, 1:-1] - unit * _INK_WIDTH + 0.5, 0, 1).astype(np.float32)
    directions = ((side, -0.45),) if side else ((0.7, -0.5), (-0.7, -0.5))
    rim = np.zeros((height, width), np.float32)
    for dx, dy in directions:
        move = np.array([[1, 0, -dx * step], [0, 1, -dy * step]], np.float32)
        shifted = cv2.warpAffine(solid, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
        rim = np.maximum(rim, solid - np.minimum(solid, shifted))
    softened = cv2.GaussianBlur(rim, (0, 0), max(unit * 4, 0.4))
    return np.asarray(np.minimum(softened, solid) * strength * _RIM_SHARE, dtype=np.float32)


def lit(pixels: NDArray[np.uint8], light: LightMap) -> NDArray[np.uint8]:
    """Premultiplied RGBA under the light, as straight RGBA; both uint8, shape (h, w, 4)."""
    alpha = pixels[..., 3:].astype(np.float32) / 255
    colour = pixels[..., :3].astype(np.float32) * light.gain
    colour += (255 - colour) * np.minimum(light.rim, 1) * alpha
    straight = np.empty_like(pixels)
    straight[..., :3] = np.clip(colour / np.maximum(alpha, 1 / 255), 0, 255)
    straight[..., 3] = pixels[..., 3]
    return straight


def ground_shadow(width: int, height: int, *, x: float, y: float, radius: float, side: float) -> NDArray[np.uint8]:
    """A soft shadow on the ground under (x, y) px, drawn away from the key: uint8 alpha, shape (h, w)."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = radius * (1 + 0.6 * abs(side))
    centre = x - side * radius * 0.5
    distance = ((columns - centre) / reach) ** 2 + ((rows - y) / (radius * 0.20)) ** 2
    return np.asarray(np.clip(np.exp(-1.4 * distance) * 150, 0, 255), dtype=np.uint8)
