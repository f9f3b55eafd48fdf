"""A shot made small before it is painted: a preview computes no pixel that it does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import ClipTake, Layer, PictureTake

from .planes import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import ShotClip

    from .slot import Slot
    from .yuv import Plane

__all__ = ["shrunk"]


class _Small(NamedTuple):
    """A layer's picture as it is stored, and the size at which it is wanted."""

    blob: str
    layer: Layer
    size: tuple[int, int]


def shrunk(slot: Slot, read: Callable[[str], bytes], *, width: int) -> tuple[Slot, Callable[[str], bytes]] | None:
    """The slot at ``width`` px (even), and what reads its layers made as small; None where there is nothing to gain.

    A camera moves in shares of the frame's width, so the small shot moves as the large one does.
    """
    clips = [clip for clip in (slot.clip, slot.before) if clip is not None]
    if width >= slot.width or any(isinstance(clip.take, ClipTake) for clip in clips):
        return None
    share = width / slot.width
    pictures: dict[str, _Small] = {}
    own = _clip(slot.clip, share, pictures)
    before = None if slot.before is None else _clip(slot.before, share, pictures)
    small = slot.model_copy(
        update={"width": width, "height": _even(slot.height * share), "clip": own, "before": before}
    )
    return small, lambda name: _picture(pictures[name], read)


def _clip(clip: ShotClip, share: float, pictures: dict[str, _Small]) -> ShotClip:
    take = clip.take
    if isinstance(take, ClipTake):
        return clip
    width, height = _even(take.width * share), _even(take.height * share)
    layers = tuple(_layer(layer, width / take.width, height / take.height, pictures) for layer in take.layers)
    return clip.model_copy(
        update={"take": PictureTake(shot=take.shot, width=width, height=height, layers=layers)},
    )


def _layer(layer: Layer, across: float, down: float, pictures: dict[str, _Small]) -> Layer:
    """The layer between the same edges, each on a whole pixel: what fills the canvas still does."""
    left, right = round(layer.x * across), round((layer.x + layer.width) * across)
    top, foot = round(layer.y * down), round((layer.y + layer.height) * down)
    size = (max(1, right - left), max(1, foot - top))
    names: dict[str, str | None] = {}
    for field in ("blob", "talk_blob", "blink_blob"):
        blob: str | None = getattr(layer, field)
        names[field] = None if blob is None else f"{blob} {size[0]} {size[1]}"
        if blob is not None:
            pictures[f"{blob} {size[0]} {size[1]}"] = _Small(blob, layer, size)
    return layer.model_copy(
        update={
            **names, "x": left, "y": top, "width": size[0], "height": size[1],
            "drift_x": layer.drift_x * across, "drift_y": layer.drift_y * down,
        }
    )  # fmt: skip


def _picture(small: _Small, read: Callable[[str], bytes]) -> bytes:
    """The layer's PNG made small. Colours are weighed by their alpha, or edges would turn dark."""
    import cv2

    image: Plane = decode(read(small.blob), small.layer)
    cut_out = image.ndim == 3
    if cut_out:
        image = cv2.cvtColor(image, cv2.COLOR_RGBA2mRGBA)
    image = cv2.resize(image, small.size, interpolation=cv2.INTER_AREA)
    if cut_out:
        image = cv2.cvtColor(image, cv2.COLOR_mRGBA2RGBA)
    how = [cv2.IMWRITE_PNG_COMPRESSION, 0, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE]
    return bytes(cv2.imencode(".png", image, how)[1])


def _even(size: float) -> int:
    return max(2, round(size / 2) * 2)
