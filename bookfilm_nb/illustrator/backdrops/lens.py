"""What hangs before the lens outdoors: grass, branches, shafts of light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .brush import gradient, mix, paint, polygon, rgb, shade
from .land import tufts
from .shrubs import leaf_frame
from .sky import sun_place

if TYPE_CHECKING:
    from .brush import Canvas
    from .stage import Stage


__all__ = ["fore_grass", "fore_leaves", "light_shafts"]


def fore_grass(stage: Stage, part: str = "foregrass", *, height: float = 0.15, gap: float = 0.42) -> None:
    """Tall grass before the lens at both lower corners, with a calm gap in the middle."""
    rng, w, h, u, pal = stage.rng(part), stage.w, stage.h, stage.u, stage.pal
    base = mix(pal.grass[1], (0.1, 0.14, 0.1), 0.5) if not pal.snowy else rgb("#8a8272")
    tones = [shade(pal.dark(base), k) for k in (0.55, 0.75, 0.95)]
    for _ in range(34):
        x = rng.uniform(-0.03, 1.03)
        edge = abs(x - 0.5) / 0.5
        if edge < gap:
            continue
        tufts(
            stage.fore,
            rng,
            x * w,
            1.04 * h,
            u * height * (0.3 + 1.35 * edge**2) * rng.uniform(0.7, 1.25),
            tones,
            blades=13,
        )


def fore_leaves(stage: Stage, part: str = "foreleaves", *, size: float = 0.42) -> None:
    """A branch into one upper corner, or both."""
    rng, w, u, pal = stage.rng(part), stage.w, stage.u, stage.pal
    c = shade(pal.dark(pal.leaves[0] if not pal.bare else rgb("#55463a")), 0.6)
    leaf_frame(stage.fore, rng, c, -0.02 * w, -0.01 * stage.h, size * u, side=-1, bare=pal.bare)
    if rng.random() < 0.7:
        leaf_frame(stage.fore, rng, c, 1.02 * w, -0.03 * stage.h, 0.7 * size * u, side=1, bare=pal.bare)


def light_shafts(stage: Stage, canvas: Canvas, *, alpha: float = 0.2) -> None:
    """Beams that slant down between trunks from the sun's side."""
    pal, w, h, rng = stage.pal, stage.w, stage.h, stage.rng("shafts")
    if pal.key < 0.25:
        return
    x0, _ = sun_place(stage)
    for _ in range(6):
        x, wide = x0 + rng.uniform(-0.2, 0.55) * w, w * rng.uniform(0.02, 0.07)
        lean = 0.34 * h * (1 if stage.words.time != "night" else -1)
        beam = gradient(
            (x, -0.1 * h), (x + lean, 0.88 * h), [(0, pal.sun, alpha), (0.6, pal.sun, alpha * 0.55), (1, pal.sun, 0)]
        )
        shaft = polygon([(x, -0.2 * h), (x + wide, -0.2 * h), (x + lean + 2.4 * wide, 0.9 * h), (x + lean, 0.9 * h)])
        p = paint(shader=beam, add=True, blur=0.012 * stage.u)
        canvas.drawPath(shaft, p)
