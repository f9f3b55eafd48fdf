"""From picture files that others made to takes: opened as hostile input, fitted to the canvas, kept as PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import Layer, PictureTake, Receipt, blob_digest

from .protocols import Drawing

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from bookfilm_nb.model import Shot

__all__ = ["CANVAS", "flat_drawing", "opened", "png_of"]

CANVAS = 1.15
"""The canvas is so much larger than the frame, so that the camera has room (as the illustrator's)."""
_MOST_PIXELS = 64_000_000
_MOST_BYTES = 128 << 20


def opened(data: bytes, *, engine: str) -> Picture:
    """The picture in RGB. Raises ProviderError for what is no picture, is cut off, or is larger than 64 megapixels."""
    from PIL import Image, UnidentifiedImageError

    if not data or len(data) > _MOST_BYTES:
        raise ProviderError(f"{engine} sent a picture of {len(data)} bytes.", hint="Run it again.", billed="yes")
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ProviderError(
                    f"{engine} sent a picture of {picture.width} × {picture.height} px.",
                    hint="Ask for a smaller one.",
                    billed="yes",
                )
            rgb: Picture = picture.convert("RGB")
            return rgb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise ProviderError(
            f"{engine} sent a picture that cannot be opened.", hint="Run it again.", billed="yes"
        ) from fault


def png_of(picture: Picture) -> bytes:
    """The picture as PNG bytes; the same pixels are the same bytes."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def flat_drawing(
    shot: Shot, data: bytes, *, width: int, height: int, engine: str, receipt: Receipt | None = None
) -> Drawing:
    """A take of one plane: the picture fills a canvas for a frame of ``width`` × ``height`` px, its edges cropped."""
    from PIL import Image, ImageOps

    size = round(width * CANVAS / 2) * 2, round(height * CANVAS / 2) * 2
    fitted = ImageOps.fit(opened(data, engine=engine), size, Image.Resampling.LANCZOS)
    blob = png_of(fitted)
    layer = Layer(name="picture", role="backdrop", blob=blob_digest(blob), width=size[0], height=size[1], depth=1.0)
    take = PictureTake(shot=shot.id, width=size[0], height=size[1], layers=(layer,))
    return Drawing(take, {layer.blob: blob}, receipt)
