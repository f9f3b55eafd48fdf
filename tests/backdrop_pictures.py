"""Sets drawn small for tests, laid flat, and how far two pictures are apart."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np

from bookfilm_nb.illustrator.backdrops import Plane, SceneWords, draw_backdrop
from bookfilm_nb.model.vocabulary import INTERIORS

W, H = 320, 180


@cache
def draw(place="field", size="wide", angle="eye level", width=W, height=H, seed=5, **words):
    words.setdefault("interior", place in INTERIORS)
    scene = SceneWords(place=place, **words)
    return draw_backdrop(scene, size=size, angle=angle, width=width, height=height, seed=seed)


def flatten(planes: list[Plane], width=W, height=H) -> np.ndarray:
    """The planes laid over each other, float RGB."""
    out = np.zeros((height, width, 3), np.float32)
    for plane in planes:
        rows, columns = plane.image.shape[:2]
        part = out[plane.y : plane.y + rows, plane.x : plane.x + columns]
        if plane.blend == "add":
            part += plane.image[:, :, None]
        else:
            alpha = plane.image[:, :, 3:].astype(np.float32) / 255
            part[:] = part * (1 - alpha) + plane.image[:, :, :3] * alpha
    return np.clip(out, 0, 255)


def picture(*args, width=W, height=H, **words) -> np.ndarray:
    return flatten(draw(*args, width=width, height=height, **words)[0], width, height)


def thumbnail(image: np.ndarray) -> np.ndarray:
    """Means of 20 × 20 px cells."""
    rows, columns = image.shape[0] // 20, image.shape[1] // 20
    return image[: rows * 20, : columns * 20].reshape(rows, 20, columns, 20, 3).mean(axis=(1, 3))


def difference(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(thumbnail(a) - thumbnail(b)).mean())


def signature(planes: list[Plane]) -> str:
    digest = hashlib.sha256()
    for plane in planes:
        digest.update(repr(plane._replace(image=plane.image.shape)).encode())
        digest.update(plane.image.tobytes())
    return digest.hexdigest()
