"""The frames of one shot, composited in planar YUV from its layers."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from bookfilm_nb.model import ClipTake, PictureTake

from .camera import camera_path
from .parts import Weather, parts_of, repeats
from .planes import PAD
from .sampling import Sampler, Window, fit

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import ShotClip

    from .parts import Cover
    from .planes import Plate
    from .yuv import Frame, Plane


__all__ = ["PictureShot", "Shot", "open_shot"]

BREATH_S = 3.6
"""A calm adult breathes 12 to 20 times a minute (about 3 to 5 s a breath)."""
BREATH = 0.0022
"""How much taller a figure is at the top of a breath: about a pixel of a figure 500 px high."""
NOD = 0.0045
"""How much taller at the middle of an opening of the mouth."""
WHITE = 235
"""Luma of white in limited range: added light goes no higher."""


class Shot(Protocol):
    """What gives the frames of a shot."""

    def draw(self, n: int, frame: Frame) -> None:
        """Draw frame ``n`` of the shot, counted from its start; ``n`` may pass its end."""
        ...


def open_shot(clip: ShotClip, read: Callable[[str], bytes], *, size: tuple[int, int], fps: int) -> Shot:
    """The shot of a timeline clip. ``read`` gives a blob's bytes by digest; ``size`` is (width, height) in px."""
    if isinstance(clip.take, ClipTake):
        from .clips import ClipShot

        return ClipShot(clip, read(clip.take.blob), size=size)
    return PictureShot(clip, clip.take, read, size=size, fps=fps)


class Place(NamedTuple):
    """Where a plate falls on the frame: columns and rows (even), and the plate pixels under their first edges."""

    columns: tuple[int, int]
    rows: tuple[int, int]
    x: tuple[float, float]
    y: tuple[float, float]
    solid: int
    """Frame row from which on nothing below is seen."""


class PictureShot:
    """A drawn shot: decoded once, then every frame is a sampling of its plates."""

    def __init__(
        self,
        clip: ShotClip,
        take: PictureTake,
        read: Callable[[str], bytes],
        *,
        size: tuple[int, int],
        fps: int,
    ) -> None:
        self._size = size
        self._fps = fps
        self._acts = clip.acts
        self._canvas = (take.width, take.height)
        depths = tuple(layer.depth for layer in take.layers if not repeats(layer)) or (1.0,)
        self._camera = camera_path(
            clip.move, clip.length, canvas=self._canvas, frame=size, depths=depths, seed=clip.seed
        )
        self._parts = parts_of(clip, take, self._camera, read)
        self._sampler = Sampler()

    def draw(self, n: int, frame: Frame) -> None:
        """Draw frame ``n`` of the shot over whatever the frame held."""
        limit = self._size[1]
        laid: list[Callable[[], None]] = []
        # From the nearest back, to know how far down each part is seen at all; then laid from the farthest on.
        for part in reversed(self._parts):
            if isinstance(part, Weather):
                laid.append(partial(self._rain, part, n, frame.y[:limit]))
                continue
            plate = part.plates[self._picture(part, n)]
            place = self._place(part, plate, n)
            laid.append(partial(self._lay, plate, place, limit, frame))
            limit = min(limit, place.solid)
        if limit > 0:
            frame.fill()
        for lay in reversed(laid):
            lay()

    def _picture(self, part: Cover, n: int) -> str:
        """Which of a figure's pictures is seen: an open mouth goes before closed eyes."""
        if part.character is None:
            return ""
        now = {a.kind for a in self._acts if a.character == part.character and a.start <= n < a.end}
        return next((kind for kind in ("talk", "blink") if kind in now and kind in part.plates), "")

    def _stretch(self, part: Cover, n: int) -> float:
        """How much taller a figure is at this frame, from its feet up."""
        if part.breath is None:
            return 1.0
        stretch = BREATH * math.sin(math.tau * n / (BREATH_S * self._fps) + part.breath)
        for act in self._acts:
            if act.character == part.character and act.kind == "talk" and act.start <= n < act.end:
                stretch += NOD * math.sin(math.pi * (n - act.start) / (act.end - act.start))
        return 1 + stretch

    def _place(self, part: Cover, plate: Plate, n: int) -> Place:
        width, height = self._size
        view = self._camera.view(n, part.depth)
        left = _drifted(plate.left, part.drift[0], n, part.period[0])
        top = _drifted(plate.top, part.drift[1], n, part.period[1])
        tall = self._stretch(part, n)
        foot = top + plate.height
        first_row, last_row = foot - plate.height * tall, foot
        columns = _even((left - view.x) / view.scale, (left + plate.width - view.x) / view.scale, width)
        rows = _even((first_row - view.y) / view.scale, (last_row - view.y) / view.scale, height)
        x = view.x + columns[0] * view.scale - left + PAD
        y = (view.y + rows[0] * view.scale - foot) / tall + plate.height + PAD
        solid = height
        if plate.solid < plate.height and (not any(part.drift) or any(part.period)):
            solid = math.ceil((top + plate.solid - view.y) / view.scale) + 1 if plate.solid else 0
            solid = min(height, max(0, solid + solid % 2))
        return Place(columns, rows, (x, view.scale), (y, view.scale / tall), solid)

    def _lay(self, plate: Plate, place: Place, below: int, frame: Frame) -> None:
        """Lay a plate over the frame, down to row ``below``: blended above its solid row, copied under it."""
        (left, right), (top, bottom) = place.columns, place.rows
        bottom = min(bottom, below)
        seam = min(max(place.solid, top), bottom) if plate.u is not None else bottom
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        luma = np.s_[top:bottom, left:right]
        half = np.s_[top // 2 : bottom // 2, left // 2 : right // 2]
        rows, columns = plate.y.shape
        take = self._sampler.sample
        windows = [Window(*place.x, size[0], columns), Window(*place.y, size[1], rows)]
        if plate.u is None or plate.v is None:
            x, y = zip(windows, fit(windows), strict=True)
            _add(frame.y[luma], take(plate.y, x, y, 0))
            return
        windows += [Window(w.start / 2, w.step, w.pixels // 2, w.size // 2) for w in windows]
        soft = seam - top
        if plate.rest is not None and 0 < soft < size[1]:
            windows += [windows[1]._replace(pixels=soft), windows[3]._replace(pixels=soft // 2)]
        x, y, half_x, half_y, *upper = zip(windows, fit(windows), strict=True)
        rest_y, rest_half_y = upper or (y, half_y)
        rest = take(plate.rest, x, rest_y, 1) if plate.rest is not None and soft else None
        _blend(frame.y[luma], take(plate.y, x, y, 0), rest)
        rest = take(plate.rest_half, half_x, rest_half_y, 1) if plate.rest_half is not None and soft else None
        _blend(frame.u[half], take(plate.u, half_x, half_y, 0), rest)
        _blend(frame.v[half], take(plate.v, half_x, half_y, 0), rest)

    def _rain(self, weather: Weather, n: int, target: Plane) -> None:
        """Add weather to the luma, shifted by whole pixels."""
        view = self._camera.view(n, weather.depth)
        starts = []
        for axis in (0, 1):
            # Rain is as large as it is drawn, however far the camera zooms: only where it looks at matters.
            looks_at = (view.x, view.y)[axis] + (view.scale - 1) * self._size[axis] / 2
            shift = looks_at - weather.at[axis] - weather.drift[axis] * n
            starts.append(math.floor(shift + 0.5) % weather.period[axis])
        rows, columns = target.shape
        _add(target, weather.luma[starts[1] : starts[1] + rows, starts[0] : starts[0] + columns])


def _blend(target: Plane, colour: Plane, rest: Plane | None) -> None:
    """Premultiplied colour over the target; rows beyond those of ``rest`` are copied."""
    import cv2

    rows = 0
    if rest is not None:
        rows = len(rest)
        upper = target[:rows]
        cv2.multiply(upper, rest, dst=upper, scale=1 / 255)
        cv2.add(upper, colour[:rows], dst=upper)
    if rows < len(target):
        target[rows:] = colour[rows:]


def _add(target: Plane, light: Plane) -> None:
    import cv2

    cv2.add(target, light, dst=target)
    np.minimum(target, WHITE, out=target)


def _drifted(start: int, speed: float, n: int, period: int) -> float:
    at = start + speed * n
    return at % period - period if period else at


def _even(low: float, high: float, size: int) -> tuple[int, int]:
    """The even whole numbers around an interval, inside 0..size."""
    return max(0, math.floor(low / 2) * 2), min(size, math.ceil(high / 2) * 2)
