"""Weather before the set: tiles of light that drift and wrap: rain, snow, fog."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from .planes import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .planes import SceneWords


__all__ = ["weather_plane"]


def weather_plane(words: SceneWords, *, width: int, height: int, seed: int) -> Plane | None:
    """The falling or drifting weather of an exterior as a grey tile of the canvas size; None when there is none.

    The tile repeats without a seam in both directions. Drifts are px a frame at 24 frames a second.
    """
    rng = Random(f"{seed}/weather/{words.weather}")
    unit = 0.75 * (width * height) ** 0.5 / 720
    dim = {"day": 1.0, "dawn": 0.85, "dusk": 0.7, "night": 0.5}[words.time]
    if words.weather in ("rain", "storm"):
        hard = words.weather == "storm"
        slant = 0.42 if hard else 0.16
        image = _rain(rng, width, height, unit, slant, count=760 if hard else 480, strength=(78 if hard else 66) * dim)
        speed = (44 if hard else 34) * unit
        return Plane(
            "rain", "weather", image, depth=1.15, blend="add", drift_x=-slant * speed, drift_y=speed, wraps=True
        )
    if words.weather == "snow":
        image = _snow(rng, width, height, unit, strength=205 * max(dim, 0.6))
        return Plane(
            "snow", "weather", image, depth=1.15, blend="add", drift_x=-0.8 * unit, drift_y=3.2 * unit, wraps=True
        )
    if words.weather == "fog":
        image = _fog(rng, width, height, strength=46 * max(dim, 0.5))
        return Plane("fog", "weather", image, depth=0.9, blend="add", drift_x=0.7 * unit, drift_y=0.0, wraps=True)
    return None


def _add_wrapped(tile: NDArray[np.float32], x: int, y: int, mark: NDArray[np.float32]) -> None:
    """Lay a small mark on the tile, going round its edges."""
    height, width = tile.shape
    rows, columns = mark.shape
    if y + rows <= height and x + columns <= width:
        tile[y : y + rows, x : x + columns] += mark
    else:
        tile[np.ix_((np.arange(rows) + y) % height, (np.arange(columns) + x) % width)] += mark


def _rain(
    rng: Random, width: int, height: int, unit: float, slant: float, *, count: int, strength: float
) -> NDArray[np.uint8]:
    tile = np.zeros((height, width), np.float32)
    marks = []
    for k in range(10):
        length = round((22 + 7 * k) * unit)
        thick = 1 + (k > 6)
        box = np.zeros((length + 2, int(slant * length) + thick + 3), np.float32)
        for row in range(length):
            # Falls to the left: the upper end is on the right. It fades at both ends.
            x = slant * (length - row)
            left, part = int(x), x - int(x)
            fade = min(1.0, 3.2 * row / length, 2.2 * (length - row) / length)
            box[row, left : left + thick] += fade * (1 - part)
            box[row, left + 1 : left + 1 + thick] += fade * part
        marks.append(box * strength * (0.32 + 0.075 * k))
    for _ in range(count):
        mark = marks[min(9, int(10 * rng.random() ** 1.6))]
        _add_wrapped(tile, rng.randrange(width), rng.randrange(height), mark)
    return np.clip(np.rint(tile), 0, 150).astype(np.uint8)


def _snow(rng: Random, width: int, height: int, unit: float, *, strength: float) -> NDArray[np.uint8]:
    tile = np.zeros((height, width), np.float32)
    for radius, count, bright, soft in ((1.5, 520, 0.62, 0.9), (2.9, 170, 0.85, 1.3), (6.5, 26, 0.45, 3.6)):
        r = max(0.9, radius * unit)
        reach = int(r + 2 * soft * unit) + 2
        grid = np.arange(-reach, reach + 1, dtype=np.float32)
        distance = np.sqrt(grid[:, None] ** 2 + grid[None, :] ** 2)
        flake = np.clip((r + soft * unit - distance) / (2 * soft * unit), 0, 1)
        flake = flake * flake * (3 - 2 * flake) * strength * bright
        for _ in range(count):
            _add_wrapped(tile, rng.randrange(width), rng.randrange(height), flake * rng.uniform(0.6, 1.0))
    return np.clip(np.rint(tile), 0, 215).astype(np.uint8)


def _fog(rng: Random, width: int, height: int, *, strength: float) -> NDArray[np.uint8]:
    """Bands made of waves with whole numbers of periods across, gone at the top and the bottom of the tile."""
    x = np.linspace(0, 2 * np.pi, width, endpoint=False, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    field = np.zeros((height, width), np.float32)
    for k in range(1, 8):
        for _ in range(2):
            phase, tall, bend = rng.uniform(0, 6.28), rng.uniform(3, 11), rng.uniform(0.3, 1.3)
            field += np.sin(k * x + tall * y * (1 + 0.25 * k) + bend * np.sin(x + 5 * y + phase) + phase) / k**0.8
    field = np.clip(0.5 + field / 4.2, 0, 1)
    shape = np.clip(1 - np.abs(y - 0.62) / 0.38, 0, 1) ** 0.8
    shape = shape * np.clip(y / 0.2, 0, 1) * np.clip((1 - y) / 0.1, 0, 1)
    # A little ordered noise, so that the slow gradients do not step.
    noise = np.random.Generator(np.random.PCG64(rng.getrandbits(32))).random((height, width), dtype=np.float32)
    haze = np.clip(field * shape * strength + noise * np.minimum(shape, 0.99), 0, 255)
    return np.asarray(haze, np.uint8)
