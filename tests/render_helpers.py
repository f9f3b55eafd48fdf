"""Drawn shots made on the spot: textured stills, hills with a soft edge, figures with a mouth, rain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from bookfilm_nb.model import Act, Caption, Layer, PictureTake, ShotClip, Timeline, blob_digest

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]


class Studio:
    """Draws synthetic takes and keeps their blobs in a folder, as a production does."""

    def __init__(self, folder: Path, *, width: int = 320, height: int = 180) -> None:
        self.folder = folder
        self.width, self.height = width, height
        self.canvas = (round(width * 1.15 / 2) * 2, round(height * 1.15 / 2) * 2)

    def keep(self, data: bytes) -> str:
        name = blob_digest(data)
        path = self.folder / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return name

    def keep_image(self, image: Plane) -> str:
        return self.keep(cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 3])[1].tobytes())

    def texture(self, seed: int, width: int, height: int, *, grain: float = 3.0) -> Plane:
        """Noise of many octaves, sharp lines and paper grain: BGR."""
        random = np.random.default_rng(seed)
        picture = np.full((height, width, 3), 128, np.float32)
        for octave in (4, 16, 64, 256):
            noise = random.normal(0, 1, (height // octave + 2, width // octave + 2, 3)).astype(np.float32)
            picture += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC) * octave**0.5 * 2.2
        picture = np.clip(picture, 0, 255).astype(np.uint8)
        for _ in range(60):
            x0, y0, x1, y1 = (int(v) for v in random.integers(0, [width, height, width, height]))
            colour = tuple(int(c) for c in random.integers(0, 256, 3))
            cv2.line(picture, (x0, y0), (x1, y1), colour, 2, cv2.LINE_AA)
        return np.clip(picture + random.normal(0, grain, picture.shape), 0, 255).astype(np.uint8)

    def backdrop(self, seed: int, depth: float = 0.0) -> Layer:
        width, height = self.canvas
        image = cv2.cvtColor(self.texture(seed, width, height), cv2.COLOR_BGR2BGRA)
        return Layer(name="sky", role="backdrop", blob=self.keep_image(image), width=width, height=height, depth=depth)

    def hills(self, seed: int, top: float, depth: float, role: str = "midground") -> Layer:
        """Ground with a wavy soft edge, opaque below it down to the canvas's foot."""
        width, canvas_height = self.canvas
        height = canvas_height - round(canvas_height * top)
        edge = height * 0.18 * (1 + np.sin(np.arange(width) / width * 9 + seed)) / 2
        alpha = np.clip((np.arange(height)[:, None] - edge[None, :]) * 60 + 128, 0, 255).astype(np.uint8)
        image = np.dstack([self.texture(seed, width, height), alpha])
        return Layer(
            name=f"hills {seed}", role=role, blob=self.keep_image(image), y=canvas_height - height, width=width,
            height=height, depth=depth,
        )  # fmt: skip

    def figure(self, name: str, seed: int, at: float, depth: float = 1.0) -> Layer:
        """An oval body with a head; its mouth opens and its eyes close."""
        height = round(self.canvas[1] * 0.64)
        width = round(height * 0.8)
        pictures = []
        for mouth, eyes in ((0.008, 0.02), (0.03, 0.02), (0.008, 0.003)):
            image = np.dstack([self.texture(seed, width, height, grain=1.5), np.zeros((height, width), np.uint8)])
            mask = np.zeros((height, width), np.uint8)
            cv2.ellipse(
                mask, (width // 2, height), (width * 4 // 10, height * 6 // 10), 0, 0, 360, 255, -1, cv2.LINE_AA
            )
            head = (width // 2, height // 4)
            cv2.circle(mask, head, height // 5, 255, -1, cv2.LINE_AA)
            image[..., 3] = mask
            face = (40, 30, 120, 255)
            for side, y, tall in ((-0.07, -0.03, eyes), (0.07, -0.03, eyes), (0.0, 0.09, mouth)):
                centre = (head[0] + round(side * height), head[1] + round(y * height))
                cv2.ellipse(image, centre, (max(1, height // 28), max(1, round(height * tall))), 0, 0, 360, face, -1)
            pictures.append(self.keep_image(image))
        x = round(self.canvas[0] * at - width / 2)
        return Layer(
            name=f"figure {name}", role="figure", blob=pictures[0], talk_blob=pictures[1], blink_blob=pictures[2],
            x=x, y=self.canvas[1] - height, width=width, height=height, depth=depth, character=name,
        )  # fmt: skip

    def rain(self, seed: int) -> Layer:
        random = np.random.default_rng(seed)
        width, height = self.width // 2, self.height // 2
        tile = np.zeros((height, width), np.uint8)
        for _ in range(40):
            x, y = (int(v) for v in random.integers(0, [width, height]))
            cv2.line(tile, (x, y), (x - 2, y + height // 18), int(random.integers(20, 60)), 1, cv2.LINE_AA)
        return Layer(
            name="rain", role="weather", blob=self.keep_image(tile), width=width, height=height, depth=1.4, blend="add",
            drift_x=-1.5, drift_y=14.0, wraps=True,
        )  # fmt: skip

    def still(self, seed: int) -> PictureTake:
        return self.take(self.backdrop(seed))

    def scene(self, seed: int) -> PictureTake:
        """Backdrop, two hills, two figures, a foreground and rain."""
        return self.take(
            self.backdrop(seed),
            self.hills(seed + 1, 0.42, 0.5),
            self.hills(seed + 2, 0.62, 0.85),
            self.figure("Mara", seed + 3, 0.32),
            self.figure("Tom", seed + 4, 0.68),
            self.hills(seed + 5, 0.84, 1.5, "foreground"),
            self.rain(seed + 6),
        )

    def take(self, *layers: Layer) -> PictureTake:
        return PictureTake(shot="s01h01", width=self.canvas[0], height=self.canvas[1], layers=layers)

    def timeline(self, *clips: ShotClip, captions: tuple[Caption, ...] = (), fps: int = 24) -> Timeline:
        """The clips one after another, starts put right."""
        start, placed = 0, []
        for number, clip in enumerate(clips, 1):
            placed.append(clip.model_copy(update={"start": start, "shot": f"s01h{number:02d}"}))
            start += clip.length
        return Timeline(
            title="Synthetic", language="en", fps=fps, width=self.width, height=self.height, length=start,
            shots=tuple(placed), voices=(), music=(), captions=captions, chapters=(),
        )  # fmt: skip


def talking(length: int) -> tuple[Act, ...]:
    """Mara talks, opening her mouth for 4 frames of 8; Tom blinks once."""
    mouths = [Act(character="Mara", kind="talk", start=n, end=n + 4) for n in range(4, length - 8, 8)]
    return (*mouths, Act(character="Tom", kind="blink", start=length // 2, end=length // 2 + 3))


class Memory:
    """Segments kept in a dictionary: the store of a test."""

    def __init__(self) -> None:
        self.segments: dict[str, bytes] = {}
        self.made: list[str] = []

    def have(self, key: str) -> bool:
        return key in self.segments

    def put(self, key: str, data: bytes, seconds: float) -> None:
        assert seconds >= 0
        self.segments[key] = data
        self.made.append(key)

    def write(self, folder: Path, keys: tuple[str, ...]) -> list[Path]:
        paths = []
        for key in keys:
            path = folder / f"{key}.mp4"
            path.write_bytes(self.segments[key])
            paths.append(path)
        return paths
