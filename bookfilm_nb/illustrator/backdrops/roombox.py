"""The box of a room: walls, floor and ceiling in one-point perspective, its light map, its windows and flames."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import skia

from .brush import blob, dab_strokes, fill, gradient, mix, paint, polygon, rgb, shade
from .landmarks import stone_wall
from .palette import LAMP

if TYPE_CHECKING:
    from .brush import RGB, Path
    from .palette import Palette
    from .stage import Stage


__all__ = ["Box", "Floor", "Lamp", "Wall", "light_room", "paint_box"]


@dataclass
class Lamp:
    """A source: place (px), reach (px), colour, strength at its middle."""

    x: float
    y: float
    reach: float
    c: RGB = LAMP
    strength: float = 0.9
    squash: float = 1.0


@dataclass
class Box:
    """A room: the back wall's edges (px) and the vanishing point; ``lamps`` collects what shines."""

    stage: Stage
    left: float
    right: float
    top: float
    floor: float
    lamps: list[Lamp] = field(default_factory=list)
    ambient: RGB = (0.5, 0.5, 0.5)
    reach: float = 3.2
    """How many times nearer than the back wall the side walls end: beyond the frame."""

    @property
    def vanishing(self) -> tuple[float, float]:
        """Where all lines into the depth meet."""
        return (self.left + self.right) / 2, self.top + 0.62 * (self.floor - self.top)

    def out(self, x: float, y: float, k: float) -> tuple[float, float]:
        """A point of the back wall's plane brought nearer: k = 1 on the wall, 2 twice as near."""
        vx, vy = self.vanishing
        return vx + (x - vx) * k, vy + (y - vy) * k

    @property
    def pal(self) -> Palette:
        """Local colours, unlit: the light comes later as a map."""
        return replace(
            self.stage.pal,
            light=(1.0, 1.0, 1.0),
            thickness=0.0,
            air=0.0,
            sun=rgb("#fff0d0"),
            key=0.35,
            snowy=False,
            wet=False,
            top=(0.25, 0.27, 0.36),
            night=False,
        )


Floor = Literal["planks", "tiles", "flags"]
Wall = Literal["paper", "plaster", "boards", "stone", "panel"]


def paint_box(
    box: Box, *, wall: RGB, wall_kind: Wall, floor: RGB, floor_kind: Floor, ceiling: RGB, beams: bool
) -> None:
    """The empty room."""
    s, k = box.stage, box.reach
    b = s.back
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.floor), (box.left, box.floor)]
    near = [box.out(x, y, k) for x, y in corners]
    lid = polygon([corners[0], corners[1], near[1], near[0]])
    b.drawPath(
        lid,
        paint(
            shader=gradient(
                (0, box.top),
                (0, near[0][1]),
                [(0, shade(ceiling, 0.85), 1), (0.5, shade(ceiling, 0.6), 1), (1, shade(ceiling, 0.45), 1)],
            )
        ),
    )
    back = polygon(corners)
    b.drawPath(
        back,
        paint(
            shader=gradient(
                (0, box.top), (0, box.floor), [(0, shade(wall, 0.9), 1), (0.4, wall, 1), (1, shade(wall, 0.82), 1)]
            )
        ),
    )
    _wall_marks(box, back, (box.left, box.right), wall, wall_kind)
    for side in (0, 1):
        a, c = corners[side], corners[3 - side]
        na, nc = near[side], near[3 - side]
        path = polygon([a, c, nc, na])
        b.drawPath(
            path,
            paint(
                shader=gradient(
                    (a[0], 0),
                    (na[0], 0),
                    [(0, shade(wall, 0.72), 1), (0.4, shade(wall, 0.66), 1), (1, shade(wall, 0.4), 1)],
                )
            ),
        )
        _side_marks(box, path, side, wall, wall_kind)
    ground = polygon([corners[3], corners[2], near[2], near[3]])
    b.drawPath(
        ground,
        paint(
            shader=gradient(
                (0, box.floor),
                (0, s.h * 1.05),
                [(0, shade(floor, 0.78), 1), (0.4, floor, 1), (1, shade(floor, 0.7), 1)],
            )
        ),
    )
    _floor_marks(box, ground, floor, floor_kind)
    soft = paint(
        shader=gradient(
            (0, box.floor - 0.05 * s.u),
            (0, box.floor + 0.05 * s.u),
            [(0, (0, 0, 0), 0), (0.5, (0, 0, 0), 0.42), (1, (0, 0, 0), 0)],
        )
    )
    b.drawRect(
        skia.Rect.MakeLTRB(box.left - 2 * s.w, box.floor - 0.05 * s.u, box.right + 2 * s.w, box.floor + 0.05 * s.u),
        soft,
    )
    for x in (box.left, box.right):
        edge = gradient(
            (x - 0.05 * s.u, 0), (x + 0.05 * s.u, 0), [(0, (0, 0, 0), 0), (0.5, (0, 0, 0), 0.35), (1, (0, 0, 0), 0)]
        )
        b.drawRect(skia.Rect.MakeLTRB(x - 0.05 * s.u, box.top, x + 0.05 * s.u, box.floor), paint(shader=edge))
    if beams:
        _beams(box, rgb("#5f4431"))


def _wall_marks(box: Box, path: Path, xs: tuple[float, float], c: RGB, kind: Wall) -> None:
    """What the back wall between ``xs`` is made of."""
    b = box.stage.back
    b.save()
    b.clipPath(path, doAntiAlias=True)
    {"stone": _masonry, "boards": _boards, "paper": _wallpaper, "panel": _panels, "plaster": _plaster}[kind](box, xs, c)
    b.restore()


def _masonry(box: Box, xs: tuple[float, float], c: RGB) -> None:
    s = box.stage
    wall = polygon([(xs[0], box.top), (xs[1], box.top), (xs[1], box.floor), (xs[0], box.floor)])
    frame = (xs[0], box.top, xs[1], box.floor)
    stone_wall(s.back, s.rng("wallmarks"), wall, frame, c, shade(c, 0.62), shade(c, 1.2), 0.045 * s.u)


def _boards(box: Box, xs: tuple[float, float], c: RGB) -> None:
    b, rng, u = box.stage.back, box.stage.rng("wallmarks"), box.stage.u
    x = xs[0]
    while x < xs[1]:
        wide = u * rng.uniform(0.035, 0.055)
        plank = skia.Rect.MakeLTRB(x, box.top, x + wide, box.floor)
        b.drawRect(plank, paint(shade(c, rng.uniform(0.8, 1.15)), 0.5))
        b.drawLine(x, box.top, x, box.floor, paint(shade(c, 0.5), 0.8, stroke=0.003 * u))
        for _ in range(5):
            gy, gx = rng.uniform(box.top, box.floor), x + wide * rng.random()
            grain = paint(shade(c, 0.65), 0.4, stroke=0.0015 * u)
            b.drawLine(gx, gy, gx + rng.uniform(-0.003, 0.003) * u, gy + 0.08 * u, grain)
        x += wide


def _wallpaper(box: Box, xs: tuple[float, float], c: RGB) -> None:
    b, rng, u = box.stage.back, box.stage.rng("wallmarks"), box.stage.u
    x, step = xs[0], 0.052 * u
    while x < xs[1]:
        b.drawRect(skia.Rect.MakeLTRB(x, box.top, x + 0.4 * step, box.floor), paint(shade(c, 1.1), 0.45))
        y = box.top + 0.02 * u
        while y < box.floor - 0.13 * u:
            fill(b, blob(rng, x + 0.7 * step, y, 0.008 * u, 0.012 * u, wobble=0.3, n=6), shade(c, 0.78), 0.6)
            y += 0.058 * u
        x += step
    _dado(box, xs, mix(c, (0.93, 0.9, 0.84), 0.65))


def _panels(box: Box, xs: tuple[float, float], c: RGB) -> None:
    b, u = box.stage.back, box.stage.u
    x, step = xs[0], (xs[1] - xs[0]) / 8
    for k in range(8):
        for y0, y1 in ((box.top + 0.05 * u, box.floor - 0.22 * u), (box.floor - 0.18 * u, box.floor - 0.04 * u)):
            r = skia.Rect.MakeLTRB(x + (k + 0.1) * step, y0, x + (k + 0.9) * step, y1)
            b.drawRect(r, paint(shade(c, 0.72), 0.8, stroke=0.006 * u))
            r.offset(0.003 * u, 0.004 * u)
            b.drawRect(r, paint(shade(c, 1.25), 0.6, stroke=0.003 * u))


def _plaster(box: Box, xs: tuple[float, float], c: RGB) -> None:
    b, rng, u = box.stage.back, box.stage.rng("wallmarks"), box.stage.u
    for _ in range(46):
        tone = shade(c, 0.85) if rng.random() < 0.6 else shade(c, 1.1)
        x, y = rng.uniform(*xs), rng.uniform(box.top, box.floor)
        fill(b, blob(rng, x, y, u * rng.uniform(0.02, 0.09), u * rng.uniform(0.01, 0.05), wobble=0.4), tone, 0.16)
    cracks = []
    for _ in range(4):
        cx, cy = rng.uniform(*xs), rng.uniform(box.top, box.floor)
        for _ in range(5):
            nx, ny = cx + rng.uniform(-0.02, 0.02) * u, cy + rng.uniform(0.005, 0.03) * u
            cracks.append(((cx, cy), (nx, ny)))
            cx, cy = nx, ny
    dab_strokes(b, cracks, shade(c, 0.7), 0.0018 * u, 0.5)


def _dado(box: Box, xs: tuple[float, float], c: RGB) -> None:
    b, u = box.stage.back, box.stage.u
    top = box.floor - 0.13 * u
    b.drawRect(
        skia.Rect.MakeLTRB(xs[0], top, xs[1], box.floor),
        paint(shader=gradient((0, top), (0, box.floor), [(0, c, 1), (1, shade(c, 0.8), 1)])),
    )
    for y, tone in ((top, shade(c, 1.15)), (top + 0.012 * u, shade(c, 0.7)), (box.floor - 0.022 * u, shade(c, 0.75))):
        b.drawLine(xs[0], y, xs[1], y, paint(tone, stroke=0.006 * u))


def _side_marks(box: Box, path: Path, side: int, c: RGB, kind: Wall) -> None:
    s, b, u = box.stage, box.stage.back, box.stage.u
    x = box.left if side == 0 else box.right
    b.save()
    b.clipPath(path, doAntiAlias=True)
    tone = shade(c, 0.45)
    if kind == "stone":
        rng = s.rng(f"side{side}")
        y = box.top
        while y < box.floor:
            b.drawLine(x, y, *box.out(x, y, 3.2), paint(tone, 0.5, stroke=0.003 * u))
            for k in range(7):
                q = 1 + (k + rng.random()) * 0.2
                b.drawLine(*box.out(x, y, q), *box.out(x, y + 0.045 * u, q), paint(tone, 0.45, stroke=0.003 * u))
            y += 0.045 * u
    else:
        q = 1.05
        while q < 3:
            b.drawLine(
                *box.out(x, box.top, q),
                *box.out(x, box.floor, q),
                paint(tone, 0.5 if kind in ("boards", "panel") else 0.16, stroke=0.003 * u * q),
            )
            q *= 1.08 if kind == "boards" else 1.14
        if kind in ("paper", "panel"):
            b.drawLine(
                x,
                box.floor - 0.13 * u,
                *box.out(x, box.floor - 0.13 * u, 3.2),
                paint(shade(c, 0.95), 0.7, stroke=0.006 * u),
            )
    b.restore()


def _floor_marks(box: Box, path: Path, c: RGB, kind: Floor) -> None:
    s, b, rng = box.stage, box.stage.back, box.stage.rng("floor")
    u = s.u
    b.save()
    b.clipPath(path, doAntiAlias=True)
    count = 26 if kind == "planks" else 14
    span = box.right - box.left
    rows = [1.0]
    while rows[-1] < 3.3:
        rows.append(rows[-1] * (1.16 if kind == "planks" else 1.10))
    for i in range(-count, count * 2):
        x0, x1 = box.left + span * i / count, box.left + span * (i + 1) / count
        if kind == "planks":
            start = rng.randrange(3)
            for a, z in zip(rows[start::3], rows[start + 3 :: 3], strict=False):
                quad = polygon(
                    [
                        box.out(x0, box.floor, a),
                        box.out(x1, box.floor, a),
                        box.out(x1, box.floor, z),
                        box.out(x0, box.floor, z),
                    ]
                )
                b.drawPath(quad, paint(shade(c, rng.uniform(0.72, 1.25)), 0.35))
                b.drawLine(
                    *box.out(x0, box.floor, z), *box.out(x1, box.floor, z), paint(shade(c, 0.5), 0.8, stroke=0.003 * u)
                )
            b.drawLine(
                *box.out(x0, box.floor, 1), *box.out(x0, box.floor, 3.3), paint(shade(c, 0.5), 0.75, stroke=0.003 * u)
            )
            continue
        for j, (a, z) in enumerate(pairwise(rows)):
            quad = polygon(
                [
                    box.out(x0, box.floor, a),
                    box.out(x1, box.floor, a),
                    box.out(x1, box.floor, z),
                    box.out(x0, box.floor, z),
                ]
            )
            if kind == "tiles":
                b.drawPath(quad, paint(shade(c, 0.48) if (i + j) % 2 else shade(c, 1.15), 0.75))
            else:
                b.drawPath(quad, paint(shade(c, rng.uniform(0.68, 1.22)), 0.5))
            b.drawPath(quad, paint(shade(c, 0.45), 0.55, stroke=0.0025 * u * a))
    b.restore()


def _beams(box: Box, c: RGB) -> None:
    b, u = box.stage.back, box.stage.u
    for q in (1.0, 1.22, 1.52, 1.95):
        (x0, y0), (x1, _) = box.out(box.left, box.top, q), box.out(box.right, box.top, q)
        thick = 0.045 * u * q
        r = skia.Rect.MakeLTRB(x0 - 2, y0 - 0.35 * thick, x1 + 2, y0 + 0.65 * thick)
        b.drawRect(
            r,
            paint(
                shader=gradient(
                    (0, r.top()), (0, r.bottom()), [(0, shade(c, 0.6), 1), (0.6, c, 1), (1, shade(c, 0.5), 1)]
                )
            ),
        )
        b.drawLine(x0, r.bottom(), x1, r.bottom(), paint((0, 0, 0), 0.35, stroke=0.01 * u))


_AMBIENT: dict[str, RGB] = {
    "day": (0.60, 0.60, 0.62),
    "dawn": (0.52, 0.46, 0.50),
    "dusk": (0.40, 0.32, 0.40),
    "night": (0.19, 0.21, 0.32),
}


def _near_light(box: Box) -> list[Lamp]:
    """A little light where the figures stand, in the colour of what shines: the eye must find them at night."""
    s = box.stage
    if s.words.time in {"day", "dawn"}:
        return []
    c = (0.55, 0.66, 1.0)
    if box.lamps:
        c = max(box.lamps, key=lambda lamp: lamp.reach * lamp.strength).c
    return [Lamp(0.5 * s.w, 0.78 * s.h, 0.62 * s.u, c, 0.20 if s.words.time == "night" else 0.14, 0.8)]


def light_room(box: Box, *, dark: float = 1.0) -> None:
    """Multiply what was painted by the light: the ambient of the hour, then every lamp. Flames and panes come after."""
    s = box.stage
    grey = {"clear": 1.0, "cloudy": 0.92, "snow": 0.95}.get(s.words.weather, 0.82)
    ambient = shade(_AMBIENT[s.words.time], grey * dark)
    box.ambient = ambient
    cell = 8
    # The map covers half a canvas beyond each edge.
    columns, rows = int(2 * s.w / cell), int(2 * s.h / cell)
    x = (np.arange(columns, dtype=np.float32) + 0.5) * cell - 0.5 * s.w
    y = (np.arange(rows, dtype=np.float32) + 0.5) * cell - 0.5 * s.h
    total = np.empty((rows, columns, 3), np.float32)
    total[:] = ambient
    # By night lamps reach the walls less: night stays darker than day, whatever burns.
    spread = 0.80 if s.words.time == "night" else 1.0
    for lamp in (*box.lamps, *_near_light(box)):
        d2 = ((x[None, :] - lamp.x) ** 2 + ((y[:, None] - lamp.y) / lamp.squash) ** 2) / lamp.reach**2
        power = spread * lamp.strength * np.maximum(0.0, 1 / (1 + 4.5 * d2) - 0.06)
        total += power[:, :, None] * np.asarray(lamp.c, np.float32)
    out = np.full((rows, columns, 4), 255, np.uint8)
    out[:, :, :3] = np.clip(np.rint(np.minimum(total, 1.0) * 255), 0, 255)
    s.multiply(out)
