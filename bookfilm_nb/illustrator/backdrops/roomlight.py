"""What every room begins with and what lies before its lens: the box, the daylight, a dark foreground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .brush import curve, gradient, line, mix, paint, polygon, rgb, shade
from .furniture import WOOD, barrel
from .roombox import Box, Lamp

if TYPE_CHECKING:
    from .brush import RGB
    from .stage import Stage


__all__ = ["evening", "fore_table", "new_box", "window_lamp"]


def new_box(stage: Stage, left: float, right: float, top: float, floor: float) -> Box:
    """A room whose back wall has these edges, in shares of the set's width and height."""
    box = Box(stage, left * stage.w, right * stage.w, top * stage.h, floor * stage.h)
    stage.box = box
    return box


def window_lamp(box: Box, x: float, y: float, reach: float, strength: float) -> None:
    """The light that a window at (x, y) px gives to the room: the sky by day, the moon by night."""
    s = box.stage
    if s.words.time == "night":
        box.lamps.append(Lamp(x, y, reach, (0.45, 0.58, 1.0), strength * (0.47 if s.words.weather == "clear" else 0.2)))
        return
    box.lamps.append(Lamp(x, y, reach, mix(s.pal.low, (1, 1, 1), 0.33), strength * (0.5 + 0.5 * s.pal.key)))


def evening(stage: Stage) -> bool:
    """Whether lamps are lit indoors."""
    return stage.words.time in ("night", "dusk") or stage.words.weather == "storm"


def fore_table(stage: Stage, box: Box, *, cloth: RGB | None, barrel_instead: bool = False) -> None:
    """Something dark and soft at the lower edge, close to the lens: a table's end, a chair's back or a cask."""
    if not stage.has_front:
        return
    w, h, u, f, rng = stage.w, stage.h, stage.u, stage.fore, stage.rng("fore")
    dim = 0.20 + 0.5 * max(box.ambient)
    kind = rng.random()
    if barrel_instead:
        barrel(
            f, lambda c: shade(c, 0.6 * dim), lambda c: shade(c, 0.35 * dim), lambda c: shade(c, 0.8 * dim),
            0.03 * w, 1.12 * h, 0.42 * u,
        )  # fmt: skip
        return
    if kind < 0.5 or cloth is not None:
        c = shade(cloth or WOOD, 0.62 * dim)
        top = polygon([(-0.05 * w, 0.925 * h), (0.235 * w, 0.945 * h), (0.30 * w, 1.05 * h), (-0.05 * w, 1.05 * h)])
        f.drawPath(
            top, paint(shader=gradient((0, 0.92 * h), (0, 1.0 * h), [(0, shade(c, 1.35), 1), (1, shade(c, 0.7), 1)]))
        )
        jug = curve(
            [
                (0.06 * w, 0.965 * h),
                (0.035 * w, 0.90 * h),
                (0.055 * w, 0.845 * h),
                (0.05 * w, 0.82 * h),
                (0.105 * w, 0.82 * h),
                (0.10 * w, 0.845 * h),
                (0.12 * w, 0.90 * h),
                (0.095 * w, 0.965 * h),
            ]
        )
        f.drawPath(
            jug,
            paint(
                shader=gradient(
                    (0.04 * w, 0),
                    (0.12 * w, 0),
                    [(0, shade(rgb("#8f6f52"), 1.1 * dim), 1), (1, shade(rgb("#5a4434"), 0.6 * dim), 1)],
                )
            ),
        )
        return
    c = shade(rgb("#5a3d2a"), 0.75 * dim)
    for x in (0.895, 0.985):
        line(f, [(x * w, 1.05 * h), ((x - 0.004) * w, 0.80 * h)], c, 0.026 * u)
    for y in (0.83, 0.90):
        line(f, [(0.892 * w, y * h), (0.983 * w, y * h)], shade(c, 1.2), 0.028 * u)
