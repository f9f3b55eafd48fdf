"""Captions drawn into the picture: white letters with a dark outline, blended on their own rectangle only."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .planes import cel_of
from .yuv import FROM_BGR

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from .yuv import Frame, Plane


__all__ = ["Patch", "caption_patch"]

LETTER = 0.050
"""Letter height (em) as a share of the frame's shorter side: 36 px at 720p."""
FOOT = 0.060
"""Free space below, as a share of the frame's height."""
WIDEST = 0.90
"""Widest line, as a share of the frame's width; a longer one is set smaller."""
OUTLINE = 0.075
"""Outline width, in ems."""


class Patch(NamedTuple):
    """A caption as premultiplied YUV with its rest planes, at its place on the frame."""

    planes: tuple[Plane, Plane, Plane]
    rests: tuple[Plane, Plane, Plane]
    left: int
    top: int

    def lay(self, frame: Frame) -> None:
        """Blend the caption over the frame."""
        import cv2

        for plane, rest, target, step in zip(self.planes, self.rests, frame[1:], (1, 2, 2), strict=True):
            rows, columns = plane.shape
            top, left = self.top // step, self.left // step
            part = target[top : top + rows, left : left + columns]
            cv2.multiply(part, rest, dst=part, scale=1 / 255)
            cv2.add(part, plane, dst=part)


def caption_patch(lines: tuple[str, ...], width: int, height: int) -> Patch:
    """The lines, centred at the foot of a frame of ``width`` × ``height`` px."""
    import cv2
    from PIL import Image, ImageDraw

    size = max(10, round(min(width, height) * LETTER))
    font = _font(size)
    text = "\n".join(lines)
    canvas = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pen = ImageDraw.Draw(canvas)
    widest = pen.textbbox((0, 0), text, font=font)[2]
    if widest > width * WIDEST:
        size = max(8, int(size * width * WIDEST / widest))
        font = _font(size)
    pen.text(
        (width / 2, height * (1 - FOOT)), text, font=font, anchor="md", align="center", spacing=size * 0.2,
        fill=(255, 255, 255, 255), stroke_width=max(1, round(size * OUTLINE)), stroke_fill=(16, 16, 16, 230),
    )  # fmt: skip
    image = cv2.cvtColor(np.asarray(canvas), cv2.COLOR_RGBA2BGRA)
    top, bottom, left, right = _even_box(image[..., 3])
    cel = cel_of(image[top:bottom, left:right], left, top, crop=False)
    half = cv2.resize(cel.image, (cel.image.shape[1] // 2, cel.image.shape[0] // 2), interpolation=cv2.INTER_AREA)
    matrix = FROM_BGR * [1, 1, 1, 1 / 255]
    images = (cel.image, half, half)
    planes = tuple(cv2.transform(i, matrix[k : k + 1]) for k, i in enumerate(images))
    rests = tuple(255 - cv2.extractChannel(i, 3) for i in images)
    return Patch(planes, rests, cel.left, cel.top)  # type: ignore[arg-type]


def _even_box(alpha: Plane) -> tuple[int, int, int, int]:
    """The box of what is visible, widened to the chroma grid: top, bottom, left, right."""
    import cv2

    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(alpha))
    bottom, right = y + max(1, height), x + max(1, width)
    return y - y % 2, bottom + bottom % 2, x - x % 2, right + right % 2


@lru_cache(maxsize=4)
def _font(size: int) -> FreeTypeFont:
    import fontpkg_noto_sans
    from PIL import ImageFont

    font = ImageFont.truetype(str(fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf"), size)
    font.set_variation_by_name("Medium")
    return font
