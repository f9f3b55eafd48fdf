"""What a drawn shot is made of once it is decoded: covers that are laid over each other, and weather."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .planes import Plate, cel_of, decode, light_of, merge, plate_of, tile_of
from .yuv import LUMA_SPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bookfilm_nb.model import Layer, PictureTake, ShotClip

    from .camera import Camera
    from .yuv import Plane

__all__ = ["Cover", "Weather", "parts_of", "repeats"]

STILL_PARALLAX = 0.5
"""Layers that move against each other by less than this (frame pixels, over the whole shot) are one plate."""


class Cover(NamedTuple):
    """An "over" layer, or a light that stays on the canvas: its plates by picture, and how it moves."""

    plates: dict[str, Plate]
    """"" and, for a figure that acts, "talk" and "blink"."""
    depth: float
    drift: tuple[float, float] = (0.0, 0.0)
    period: tuple[int, int] = (0, 0)
    """Width and height after which it repeats; 0 where it does not."""
    character: str | None = None
    breath: float | None = None
    """Phase of the breath in radians, for figures."""


class Weather(NamedTuple):
    """Light that repeats endlessly (rain, snow, fog): luma to add, scrolled by whole pixels."""

    luma: Plane
    """A period and a frame more on the axes that repeat."""
    period: tuple[int, int]
    at: tuple[int, int]
    depth: float
    drift: tuple[float, float]


def repeats(layer: Layer) -> bool:
    """Whether the layer is weather that fills the frame wherever the camera looks."""
    return layer.blend == "add" and layer.wraps


def parts_of(clip: ShotClip, take: PictureTake, camera: Camera, read: Callable[[str], bytes]) -> list[Cover | Weather]:
    """The take's layers decoded, from the farthest on; layers that move as one are one. Raises RenderError."""
    canvas = (take.width, take.height)
    parts: list[Cover | Weather] = []
    for group in _groups(take.layers, camera, clip.length):
        layer = group[-1]
        if repeats(layer):
            parts.append(_weather(decode(read(layer.blob), layer), layer, camera.frame))
        elif layer.blend == "add":
            light = light_of(decode(read(layer.blob), layer), layer.x, layer.y)
            parts.append(Cover({"": light}, layer.depth, (layer.drift_x, layer.drift_y)))
        elif layer.role == "figure":
            parts.append(_figure(layer, read, canvas, clip))
        else:
            parts.append(_scenery(group, read, canvas))
    return parts


def _scenery(group: Sequence[Layer], read: Callable[[str], bytes], canvas: tuple[int, int]) -> Cover:
    layer = group[-1]
    drift = (layer.drift_x, layer.drift_y)
    wraps = layer.wraps and any(drift)
    cels = [cel_of(decode(read(each.blob), each), each.x, each.y, crop=not wraps) for each in group]
    if not wraps:
        return Cover({"": plate_of(merge(cels), canvas)}, layer.depth, drift)
    across, down = bool(layer.drift_x), bool(layer.drift_y)
    rows, columns = cels[0].image.shape[:2]
    plate = plate_of(tile_of(cels[0], canvas, across=across, down=down), canvas)
    return Cover({"": plate}, layer.depth, drift, (columns * across, rows * down))


def _figure(layer: Layer, read: Callable[[str], bytes], canvas: tuple[int, int], clip: ShotClip) -> Cover:
    acts = {"", *(act.kind for act in clip.acts if act.character == layer.character)}
    pictures = (("", layer.blob), ("talk", layer.talk_blob), ("blink", layer.blink_blob))
    plates = {
        kind: plate_of(cel_of(decode(read(blob), layer), layer.x, layer.y), canvas)
        for kind, blob in pictures
        if blob and kind in acts
    }
    breath = zlib.crc32(f"{layer.character} {layer.name} {clip.seed}".encode()) % 628 / 100
    drift = (layer.drift_x, layer.drift_y)
    return Cover(plates, layer.depth, drift, character=layer.character, breath=breath)


def _weather(grey: Plane, layer: Layer, size: tuple[int, int]) -> Weather:
    """Weather repeated until any window of the frame's size can be cut from it."""
    import cv2

    luma = cv2.convertScaleAbs(grey, alpha=LUMA_SPAN)
    rows, columns = luma.shape
    whole = cv2.copyMakeBorder(luma, 0, size[1], 0, size[0], cv2.BORDER_WRAP)
    return Weather(whole, (columns, rows), (layer.x, layer.y), layer.depth, (layer.drift_x, layer.drift_y))


def _groups(layers: Sequence[Layer], camera: Camera, length: int) -> list[list[Layer]]:
    """Layers in order, those together that can be one plate: still, and hardly moving against each other."""
    groups: list[list[Layer]] = []
    for layer in layers:
        last = groups[-1] if groups else []
        together = last and all(map(_still, (*last, layer)))
        if together and all(_parallax(camera, length, layer.depth, o.depth) < STILL_PARALLAX for o in last):
            last.append(layer)
        else:
            groups.append([layer])
    return groups


def _still(layer: Layer) -> bool:
    return layer.blend == "over" and layer.role != "figure" and not (layer.drift_x or layer.drift_y)


def _parallax(camera: Camera, length: int, one: float, other: float) -> float:
    """How far two depths move against each other over the shot, in frame pixels, at the worst corner."""
    if one == other:
        return 0.0
    gaps = []
    for n in np.linspace(0, length, 9):
        a, b = camera.view(int(n), one), camera.view(int(n), other)
        gaps.append(
            [
                a.x - b.x,
                a.y - b.y,
                *(c + (a.scale - b.scale) * f for c, f in zip((a.x - b.x, a.y - b.y), camera.frame, strict=True)),
            ]
        )
    return float(np.ptp(np.array(gaps), axis=0).max())
