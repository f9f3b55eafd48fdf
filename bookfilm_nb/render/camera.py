"""Camera moves as functions of the shot's own frame number.

A camera never leaves the canvas that the shot was drawn on, for no layer and no frame. A move is made of
three parts: *zoom*; *turn*, which shifts every layer alike (the camera pans on its tripod); and *travel*,
which shifts near layers more than far ones (the camera moves sideways). A slow float at constant speed is
always added, so that no picture stands still.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bookfilm_nb.model.vocabulary import CameraMove

__all__ = ["Camera", "Pose", "View", "camera_path"]

FLOAT_SPEED = 0.46
"""Canvas pixels a frame of the float, at a frame 1280 px wide: some 10 px a second, felt rather than seen."""
FLOAT_SIZE = (13.0, 8.0)
"""Half axes of the float's ellipse in canvas pixels, at a frame 1280 px wide."""
FLOAT_TRAVEL = 0.15
"""Share of the float that is travel: the little parallax that tells planes apart in a still shot."""
REST = 1.045
"""Zoom of a camera at rest: the room that the float needs."""
ROOM = 1.12
"""Zoom of a camera that pans, tilts or tracks."""
ZOOM_RATE = (0.0003, 0.0011)
"""Least and most growth of the zoom a frame; a push in of 3 s grows by the upper, one of 10 s less."""
ZOOM_GROWTH = 0.08
SPEED = 2.2
"""Fastest pan, in canvas pixels a frame at a frame 1280 px wide (an eighth of a frame width in 3 s)."""
OVERSHOOT = 0.06
"""How far a move goes on past its end while the next shot dissolves in, as a share of the move."""
FAR_ZOOM = 0.6
"""Share of the zoom that an infinitely far layer follows: a push in is part lens, part dolly."""


class View(NamedTuple):
    """What a layer's plane shows: the frame's top left corner on the canvas, and canvas pixels a frame pixel."""

    x: float
    y: float
    scale: float


class Pose(NamedTuple):
    """Where the camera is at one frame; offsets in canvas pixels from the canvas's centre."""

    zoom: float
    turn_x: float
    turn_y: float
    travel_x: float
    travel_y: float


def camera_path(
    move: CameraMove,
    length: int,
    *,
    canvas: tuple[int, int],
    frame: tuple[int, int],
    depths: Iterable[float] = (1.0,),
    seed: int = 0,
) -> Camera:
    """The camera of a shot of ``length`` frames.

    ``canvas`` and ``frame`` are (width, height) in pixels; the canvas is as large as the frame or larger.
    ``depths`` are the depths of the layers: the path keeps the view of each inside the canvas.
    """
    return Camera(move, length, canvas, frame, tuple(sorted(set(depths))) or (1.0,), seed)


class Camera:
    """A path: :meth:`pose` at any frame, and the :meth:`view` of a layer. Made by :func:`camera_path`."""

    def __init__(
        self,
        move: CameraMove,
        length: int,
        canvas: tuple[int, int],
        frame: tuple[int, int],
        depths: tuple[float, ...],
        seed: int,
    ) -> None:
        self.move = move
        self.length = max(1, length)
        self.canvas = canvas
        self.frame = frame
        self.depths = depths
        self.full = min(canvas[0] / frame[0], canvas[1] / frame[1])
        """Canvas pixels a frame pixel when the whole canvas is seen."""
        self.unit = frame[0] / 1280
        self.phase = (seed % 360) * math.pi / 180
        self.spin = -1.0 if seed % 2 else 1.0

    def pose(self, n: int) -> Pose:
        """The camera at frame ``n`` of the shot; ``n`` may pass the shot's length."""
        done = progress(n / self.length)
        angle = self.phase + self.spin * n * self._float_step
        float_x, float_y = self._float_axes[0] * math.cos(angle), self._float_axes[1] * math.sin(angle)
        turn, travel = 1 - FLOAT_TRAVEL, FLOAT_TRAVEL
        pose = Pose(self._zoom(done), turn * float_x, turn * float_y, travel * float_x, travel * float_y)
        if self._swept is None:
            return pose
        sign = 1 if self.move.endswith(("right", "down")) else -1
        along = sign * (2 * done - 1) * self._sweep
        share = _travel_share(self.move)
        turn, travel = (1 - share) * along, share * along
        if self._swept == 0:
            return pose._replace(turn_x=turn, travel_x=travel)
        return pose._replace(turn_y=turn, travel_y=travel)

    def view(self, n: int, depth: float) -> View:
        """The part of the canvas that a layer of this depth shows at frame ``n``."""
        pose = self.pose(n)
        scale = self._scale(pose.zoom, depth)
        centre_x = self.canvas[0] / 2 + pose.turn_x + depth * pose.travel_x
        centre_y = self.canvas[1] / 2 + pose.turn_y + depth * pose.travel_y
        return View(centre_x - scale * self.frame[0] / 2, centre_y - scale * self.frame[1] / 2, scale)

    @cached_property
    def _swept(self) -> int | None:
        """The axis along which the move sweeps: 0 across, 1 up or down, None for a static shot or a zoom."""
        return {"pan": 0, "track": 0, "tilt": 1}.get(self.move.partition(" ")[0])

    def _zoom(self, done: float) -> float:
        if self.move in {"push in", "pull out"}:
            at = done if self.move == "push in" else 1 + OVERSHOOT - done
            return REST * (1 + self._growth * at)
        return REST if self._swept is None else ROOM

    def _scale(self, zoom: float, depth: float) -> float:
        return float(self.full / zoom ** (FAR_ZOOM + (1 - FAR_ZOOM) * depth))

    @cached_property
    def _growth(self) -> float:
        low, high = ZOOM_RATE
        return min(max(ZOOM_GROWTH, low * self.length), high * self.length, 0.14)

    def _room(self, zoom: float, depth: float) -> tuple[float, float]:
        scale = self._scale(zoom, depth)
        width, height = self.frame
        return (self.canvas[0] - scale * width) / 2, (self.canvas[1] - scale * height) / 2

    @cached_property
    def _float_axes(self) -> tuple[float, float]:
        """The float's half axes, made smaller where a layer has less room; none along a sweep, which it would slow."""
        zoom = REST if self._swept is None else ROOM
        axes = []
        for axis in (0, 1):
            size = 0.0 if axis == self._swept else FLOAT_SIZE[axis] * self.unit
            for depth in self.depths:
                weight = 1 - FLOAT_TRAVEL + FLOAT_TRAVEL * depth
                size = min(size, self._room(zoom, depth)[axis] / weight)
            axes.append(max(0.0, size))
        return axes[0], axes[1]

    @cached_property
    def _float_step(self) -> float:
        """Radians a frame that give the float its speed."""
        around = math.tau * math.sqrt((self._float_axes[0] ** 2 + self._float_axes[1] ** 2) / 2)
        return math.tau * FLOAT_SPEED * self.unit / around if around else 0.0

    @cached_property
    def _sweep(self) -> float:
        """Half the way of a pan, tilt or track: all the room that every layer leaves, at no more than the top speed."""
        share = _travel_share(self.move)
        reach = SPEED * self.unit * self.length / 2
        for depth in self.depths:
            room = self._room(ROOM, depth)[self._swept or 0]
            weight = 1 - share + share * depth
            reach = min(reach, room / weight / (1 + 2 * OVERSHOOT))
        return max(0.0, reach)


def progress(t: float) -> float:
    """How much of a move is done at time ``t`` (0 at the shot's start, 1 at its end).

    Slow at both ends, never at rest: half linear, half smoothstep. Past 1 it goes on at the same speed and
    runs out at ``1 + OVERSHOOT``.
    """
    if t > 1:
        return 1 + OVERSHOOT * (1 - math.exp(-(t - 1) / 2 / OVERSHOOT))
    return 0.5 * t + 0.5 * t * t * (3 - 2 * t)


def _travel_share(move: CameraMove) -> float:
    """How much of a move is travel: a pan turns, a track travels."""
    return 0.8 if move.startswith("track") else 0.2
