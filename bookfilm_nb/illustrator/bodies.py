"""Bodies in ink: legs, garments and arms in a pose, drawn to fit the heads' line and proportions.

Units are those of the heads: a head is 425 high, its chin at (430, 560); an adult's soles are at y 2400.
"""

from __future__ import annotations

from math import asin, atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from .collars import draw_collar
from .garments import MIDDLE, Build, build_of, draw_apron, draw_garment, draw_shawl

if TYPE_CHECKING:
    from collections.abc import Sequence

    import skia

    from .cast import Appearance
    from .pen import Pen

__all__ = ["POSES", "SOLES_Y", "Pose", "draw_body", "draw_raised_arm"]

SOLES_Y = 2400.0


class Pose(NamedTuple):
    """Elbow and wrist of the left and the right arm; ``over`` names the arm that is drawn before the face."""

    left: tuple[tuple[float, float], tuple[float, float]]
    right: tuple[tuple[float, float], tuple[float, float]]
    over: str = ""


_LEFT_DOWN = ((126.0, 985.0), (146.0, 1270.0))
_RIGHT_DOWN = ((656.0, 985.0), (636.0, 1270.0))
POSES: dict[str, Pose] = {
    "down": Pose(_LEFT_DOWN, _RIGHT_DOWN),
    "telling": Pose(_LEFT_DOWN, ((690.0, 985.0), (810.0, 810.0))),
    "clasped": Pose(((104.0, 980.0), (352.0, 1132.0)), ((680.0, 980.0), (440.0, 1126.0))),
    "hip": Pose(((30.0, 960.0), (222.0, 1130.0)), _RIGHT_DOWN),
    "crossed": Pose(((112.0, 950.0), (500.0, 930.0)), ((672.0, 950.0), (290.0, 980.0))),
    "chin": Pose(((112.0, 965.0), (520.0, 1010.0)), ((640.0, 1000.0), (508.0, 640.0)), "right"),
    "open": Pose(((60.0, 950.0), (-30.0, 770.0)), ((722.0, 950.0), (814.0, 770.0))),
    "heart": Pose(_LEFT_DOWN, ((672.0, 970.0), (440.0, 850.0))),
    "fists": Pose(((84.0, 990.0), (120.0, 1240.0)), ((698.0, 990.0), (740.0, 820.0))),
}


def draw_body(pen: Pen, look: Appearance, pose: Pose, *, down_to: float = SOLES_Y) -> None:
    """Everything below the head, from far to near; parts wholly below ``down_to`` are left out."""
    build = build_of(look)
    if down_to > 1250:
        _draw_legs(pen, look, build)
    _draw_neck(pen, look)
    draw_garment(pen, look, build)
    if look.over == "apron":
        draw_apron(pen, build)
    _draw_arms(pen, look, build, pose)
    draw_collar(pen, look, build)
    if look.over == "shawl":
        draw_shawl(pen, look, build)


def draw_raised_arm(pen: Pen, look: Appearance, pose: Pose) -> None:
    """The arm whose hand is before the face or the chest."""
    if pose.over == "right":
        _draw_arm(pen, look, build_of(look), 1, *pose.right)


# Limbs ------------------------------------------------------------------------------------------------


def _limb(points: Sequence[tuple[float, float]], radii: Sequence[float]) -> skia.Path:
    """A limb through three points: two tapered pieces as one outline, round at its ends and at the joint."""
    import skia

    upper = _tapered(points[0], points[1], radii[0], radii[1])
    lower = _tapered(points[1], points[2], radii[1], radii[2])
    joined: skia.Path = skia.Op(upper, lower, skia.PathOp.kUnion_PathOp)
    return joined


def _tapered(start: tuple[float, float], end: tuple[float, float], r0: float, r1: float) -> skia.Path:
    """The hull of two circles."""
    import skia

    dx, dy = end[0] - start[0], end[1] - start[1]
    angle, lean = atan2(dy, dx), asin(max(-1.0, min(1.0, (r0 - r1) / max(hypot(dx, dy), 1.0))))
    hull = skia.Path()
    corners = []
    for sign in (1, -1):
        turn = angle + sign * (pi / 2 - lean)
        for (x, y), r in ((start, r0), (end, r1)):
            corners.append((x + r * cos(turn), y + r * sin(turn)))
    hull.addPoly([skia.Point(*corners[i]) for i in (0, 1, 3, 2)], True)
    for (x, y), r in ((start, r0), (end, r1)):
        disc = skia.Path()
        disc.addCircle(x, y, r)
        hull = skia.Op(hull, disc, skia.PathOp.kUnion_PathOp)
    return hull


def _draw_arms(pen: Pen, look: Appearance, build: Build, pose: Pose) -> None:
    _draw_arm(pen, look, build, -1, *pose.left)
    if pose.over != "right":
        _draw_arm(pen, look, build, 1, *pose.right)


def _draw_arm(
    pen: Pen, look: Appearance, build: Build, side: int, elbow: tuple[float, float], wrist: tuple[float, float]
) -> None:
    shoulder = (MIDDLE + side * (build.shoulder - build.arm * 1.04), 742.0)
    slack = 235.0 - build.shoulder
    elbow = (elbow[0] - side * slack * 0.9, elbow[1])
    wrist = (wrist[0] - side * slack * (0.9 if abs(wrist[0] - MIDDLE) > 150 else 0.3), wrist[1])
    wide = 1.5 if look.garment == "cassock" else 1.0
    _draw_hand(pen, elbow, wrist, side)
    sleeve = _limb([shoulder, elbow, wrist], [build.arm * 0.93, build.arm * 0.98, build.arm * 0.78 * wide])
    pen.shape(sleeve, look.main, line=0)
    with pen.inside(sleeve):
        pen.tint(
            _limb(
                [(shoulder[0] - 26, shoulder[1]), (elbow[0] - 30, elbow[1] + 16), (wrist[0] - 20, wrist[1] + 20)],
                [build.arm * 0.5] * 3,
            ),
            "ink",
            0.10,
        )
    with pen.outside_disc(shoulder[0] - side * build.arm * 0.55, shoulder[1] - 26, build.arm * 1.42):
        pen.line(sleeve)
    dx, dy = wrist[0] - elbow[0], wrist[1] - elbow[1]
    length = hypot(dx, dy)
    ux, uy = dx / length, dy / length
    cuff = build.arm * 0.78 * wide
    cx, cy = wrist[0] - ux * 26, wrist[1] - uy * 26
    pen.line(
        f"M{cx - uy * cuff:.1f} {cy + ux * cuff:.1f} Q{cx + ux * 14:.1f} {cy + uy * 14:.1f} "
        f"{cx + uy * cuff:.1f} {cy - ux * cuff:.1f}",
        width=10,
    )


def _draw_hand(pen: Pen, elbow: tuple[float, float], wrist: tuple[float, float], side: int) -> None:
    angle = atan2(wrist[1] - elbow[1], wrist[0] - elbow[0]) * 180 / pi - 90
    with pen.moved(*wrist, degrees=angle):
        flip = -side
        pen.shape(
            f"M{-38 * flip} -30 C{-48 * flip} 20 {-50 * flip} 60 {-40 * flip} 92 C{-30 * flip} 116 "
            f"{22 * flip} 118 {34 * flip} 96 "
            f"C{42 * flip} 78 {42 * flip} 62 {44 * flip} 52 C{64 * flip} 60 {76 * flip} 48 {66 * flip} 34 "
            f"C{54 * flip} 16 {44 * flip} -4 {36 * flip} -30 Z",
            "skin",
            line=15,
        )
        pen.line(
            f"M{-14 * flip} 106 q{2 * flip} -16 {1 * flip} -30 M{10 * flip} 106 q{2 * flip} -14 {1 * flip} -26", width=7
        )


def _draw_legs(pen: Pen, look: Appearance, build: Build) -> None:
    bare = look.sex == "female" and look.garment != "uniform"
    shoe = look.shoes
    for side in (-1, 1):
        hip = (MIDDLE + side * build.hip * 0.46, 1260.0)
        knee = (MIDDLE + side * build.hip * 0.50, 1800.0)
        ankle = (MIDDLE + side * build.hip * 0.52, 2300.0)
        x = ankle[0]
        toe = 1
        if bare:
            pen.shape(_limb([hip, knee, ankle], [70, 56, 36]), look.stockings)
        pen.shape(
            f"M{x - 52} 2290 L{x + 50} 2290 C{x + 54} 2320 {x + 120 * toe} 2340 {x + 138 * toe} 2372 "
            f"C{x + 140} 2392 {x + 130} 2400 {x + 112} 2400 L{x - 52} 2400 C{x - 66} 2376 {x - 60} 2330 "
            f"{x - 52} 2290 Z",
            shoe,
        )
        if not bare:
            leg = _limb([hip, knee, (x, 2320.0)], [104, 84, 70])
            pen.shape(leg, look.second)
            with pen.inside(leg):
                pen.tint(f"M{x - 140} 1200 h96 L{x - 34} 2400 h-120 Z", "ink", 0.12)
            if look.boots:
                pen.shape(f"M{x - 78} 1960 Q{x} 1990 {x + 78} 1960 L{x + 66} 2330 Q{x} 2350 {x - 66} 2330 Z", shoe)


def _draw_neck(pen: Pen, look: Appearance) -> None:
    thin = 0 if look.sex == "male" and look.age != "child" else 14
    pen.shape(
        f"M{316 + thin} 500 C{322 + thin} 560 {300 + thin} 600 262 616 C280 690 340 730 400 730 "
        f"C470 730 520 690 532 612 C{508 - thin} 600 {490 - thin} 580 {482 - thin} 540 Z",
        "skin",
    )
    with pen.inside(f"M{316 + thin} 500 L{300 + thin} 640 L520 640 L{482 - thin} 500 Z"):
        pen.tint("M310 500 C360 600 430 610 500 560 L500 480 Z", "ink", 0.16)
