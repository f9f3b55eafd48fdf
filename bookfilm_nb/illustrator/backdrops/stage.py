"""The stage a set is painted on: three canvases, one camera, and how they become planes."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import skia

from .names import named_details
from .palette import grade_matrix, palette_for
from .planes import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bookfilm_nb.model.vocabulary import Angle, ShotSize

    from .palette import Palette
    from .planes import Pixels, SceneWords


__all__ = ["FIGURES", "Stage"]

_LENSES: dict[ShotSize, tuple[float, float, float]] = {
    # enlargement of the set, height of the horizon in the picture, blur (share of the unit)
    "extreme wide": (1.0, 0.52, 0.0),
    "wide": (1.16, 0.50, 0.0),
    "full": (1.36, 0.48, 0.0012),
    "medium": (1.85, 0.46, 0.0045),
    "close-up": (2.5, 0.46, 0.010),
    "extreme close-up": (3.1, 0.46, 0.015),
}
FIGURES: dict[ShotSize, tuple[float, float]] = {
    # feet and height of a standing adult, shares of the canvas height
    "extreme wide": (0.86, 0.26),
    "wide": (0.90, 0.45),
    "full": (0.94, 0.70),
    "medium": (1.50, 1.30),
    "close-up": (2.40, 2.25),
    "extreme close-up": (3.30, 3.20),
}
_TILTS: dict[Angle, float] = {"eye level": 0.0, "low angle": 0.12, "high angle": -0.12}


class Stage:
    """A set in the making.

    Painters think in set coordinates: the canvas of an extreme wide shot, ``w`` × ``h`` px, horizon at ``hz``,
    and the unit ``u`` (the height of a landscape canvas). The camera is already in ``back`` and ``mid``;
    ``fore`` is fixed to the frame. Paint up to 0.4 h beyond every edge: angles show it.
    """

    def __init__(self, words: SceneWords, *, size: ShotSize, angle: Angle, width: int, height: int, seed: int) -> None:
        self.words, self.size, self.seed = words, size, seed
        self.w, self.h = float(width), float(height)
        self.u = 0.75 * (width * height) ** 0.5
        self.hz = 0.52 * height
        self.pal: Palette = palette_for(words)
        self.details = _asked(words)
        self.has_middle = size not in ("close-up", "extreme close-up")
        self.has_front = size in ("extreme wide", "wide", "full")
        self._pixels = {k: np.zeros((height, width, 4), np.uint8) for k in self._names()}
        self._surfaces = {k: skia.Surface(v) for k, v in self._pixels.items()}
        self.mirrored = Random(f"{seed}/mirror").random() < 0.5
        zoom, horizon, self._blur = _LENSES[size]
        self.tilt = _TILTS[angle]
        camera = skia.Matrix()
        camera.preTranslate(0.5 * width, (horizon + self.tilt) * height)
        camera.preScale(-zoom if self.mirrored else zoom, zoom)
        camera.preTranslate(-0.5 * width, -self.hz)
        self.back: Any = self._surfaces["back"].getCanvas()
        self.mid: Any = self._surfaces["mid"].getCanvas() if self.has_middle else self.back
        self.back.concat(camera)
        if self.has_middle:
            self.mid.concat(camera)
        self.fore: Any = self._surfaces["fore"].getCanvas() if self.has_front else skia.Surface(2, 2).getCanvas()
        if self.mirrored:
            self.fore.translate(width, 0)
            self.fore.scale(-1, 1)
        self.box: Any = None
        """The room's box, once an interior was painted."""

    def _names(self) -> list[str]:
        return ["back"] + ["mid"] * self.has_middle + ["fore"] * self.has_front

    def rng(self, part: str) -> Random:
        """Chance for one part of this place: the same in every shot of it."""
        return Random(f"{self.seed}/{part}")

    def variant(self, part: str, count: int) -> int:
        """Which of ``count`` compositions this place has: 0 to count - 1, by its seed."""
        return Random(f"{self.seed}/variant {part}").randrange(count)

    def wants(self, *words: str) -> bool:
        """Whether the prompt asks for one of these details."""
        return any(w in self.details for w in words)

    def near(self, y: float) -> float:
        """Size of things that stand at ``y`` on the ground: 0 on the horizon, 1 where figures stand."""
        return max(0.0, (y - self.hz) / (0.86 * self.h - self.hz))

    def distance(self, y: float) -> float:
        """Haze distance of the ground at ``y``: 1 on the horizon, 0 at the viewer's feet."""
        return float(max(0.0, min(1.0, 1 - self.near(y))) ** 1.6)

    def multiply(self, pixels: NDArray[np.uint8]) -> None:
        """Lay a small opaque RGBA light map over everything painted so far, in set coordinates."""
        picture = skia.Image.fromarray(np.ascontiguousarray(pixels), colorType=skia.kRGBA_8888_ColorType)
        box = skia.Rect.MakeLTRB(-0.5 * self.w, -0.5 * self.h, 1.5 * self.w, 1.5 * self.h)
        p = skia.Paint(BlendMode=skia.BlendMode.kModulate)
        for canvas in (self.back, self.mid) if self.has_middle else (self.back,):
            canvas.drawImageRect(picture, box, skia.SamplingOptions(skia.FilterMode.kLinear), p)

    def planes(self, *, far: float, middle: float) -> list[Plane]:
        """The finished planes: opaque backdrop at depth ``far``, then what stands before it, cropped."""
        done = [Plane("backdrop", "backdrop", self._develop("back", self._blur * self.u), depth=far)]
        if self.has_middle:
            done += _cropped(self._develop("mid", 0.5 * self._blur * self.u), "midground", middle)
        if self.has_front:
            soft = {"extreme wide": 0.0022, "wide": 0.004}.get(self.size, 0.007)
            done += _cropped(self._develop("fore", soft * self.u), "foreground", 1.3)
        return done

    def _develop(self, name: str, blur: float) -> Pixels:
        """A canvas graded, put out of focus and given the paper's tooth; straight alpha."""
        picture = self._surfaces[name].makeImageSnapshot()
        p = skia.Paint(ColorFilter=skia.ColorFilters.Matrix(grade_matrix(self.words.mood)))
        if blur >= 0.3:
            p.setImageFilter(skia.ImageFilters.Blur(blur, blur, skia.TileMode.kClamp))
        self._pixels[name] = np.zeros_like(self._pixels[name])
        sheet = skia.Surface(self._pixels[name])
        sheet.getCanvas().drawImage(picture, 0, 0, skia.SamplingOptions(), p)
        height, width = self._pixels[name].shape[:2]
        out = np.empty((height, width, 4), np.uint8)
        info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
        sheet.readPixels(info, out, width * 4, 0, 0)
        if name == "back":
            out[:, :, 3] = 255
        _roughen(out)
        return out


def _roughen(pixels: Pixels) -> None:
    """Add paper tooth and grain of a few levels in place: it also hides the steps of the gradients."""
    height, width = pixels.shape[:2]
    tooth = _tooth(height, width)
    for channel in range(3):
        plane = pixels[:, :, channel].astype(np.int16)
        # Less where it is nearly black: grain in the shadows reads as noise, not as paper.
        plane += (tooth * (24 + np.minimum(plane, 104))) >> 10
        pixels[:, :, channel] = np.clip(plane, 0, 255).astype(np.uint8)


@lru_cache(maxsize=2)
def _tooth(height: int, width: int) -> NDArray[np.int16]:
    """Paper: soft blotches and fine grain, about ±50."""
    import cv2

    numbers = np.random.Generator(np.random.PCG64(20_11))
    total = numbers.normal(0.0, 14.0, (height, width)).astype(np.float32)
    for cell, strength in ((4, 9.0), (24, 8.0), (110, 8.0)):
        small = numbers.normal(0.0, strength, (height // cell + 2, width // cell + 2)).astype(np.float32)
        total += cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(np.rint(total), -70, 70).astype(np.int16)


def _cropped(image: Pixels, role: Literal["midground", "foreground"], depth: float) -> list[Plane]:
    """The plane cut to what is not clear; nothing if it is empty."""
    solid = image[:, :, 3] > 2
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not len(rows):
        return []
    # Even edges keep a plane on the grid of subsampled chroma.
    y, x = int(rows[0]) & ~1, int(columns[0]) & ~1
    part = np.ascontiguousarray(image[y : rows[-1] + 1, x : columns[-1] + 1])
    return [Plane(role, role, part, x=x, y=y, depth=depth)]


def _asked(words: SceneWords) -> frozenset[str]:
    """The details, and those that the place's name implies."""
    return frozenset({d.lower() for d in words.details} | named_details(words.name))
