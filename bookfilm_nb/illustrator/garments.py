"""Garments in ink: what the cast wears, cut to a person's build. Units are those of the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .pen import mixed

if TYPE_CHECKING:
    from .cast import Appearance
    from .pen import Pen

__all__ = ["MIDDLE", "Build", "build_of", "draw_apron", "draw_garment", "draw_shawl"]

MIDDLE = 392.0
"""Middle of the body."""


class Build(NamedTuple):
    """Half widths of a body, and the radius of its arm."""

    shoulder: float
    waist: float
    hip: float
    arm: float


def build_of(look: Appearance) -> Build:
    """The build of a person of this sex and age."""
    if look.age == "child":
        return Build(176, 152, 168, 58)
    if look.sex == "female":
        return Build(192, 142 if look.age != "old" else 178, 188, 54)
    return Build(232, 192 if look.age != "old" else 206, 196, 64)


def draw_garment(pen: Pen, look: Appearance, build: Build) -> None:
    """The garment of this person, without sleeves."""
    _GARMENTS[look.garment](pen, look, build)


def _trunk(build: Build, hem: float, hem_half: float, *, collar: float = 618.0) -> str:
    s, w, h = build.shoulder, build.waist, build.hip
    left, right = MIDDLE - s, MIDDLE + s
    waist = 1110.0
    low = max(hem, 1300.0)
    return (
        f"M262 {collar} C{left + 90} {collar + 12} {left + 12} {collar + 40} {left} 760 "
        f"C{left + 8} 880 {MIDDLE - w - 6} 980 {MIDDLE - w} {waist} C{MIDDLE - w - 8} 1190 "
        f"{MIDDLE - h - 6} 1240 {MIDDLE - h} {min(low, 1300)} "
        f"L{MIDDLE - hem_half} {hem} Q{MIDDLE} {hem + 34} {MIDDLE + hem_half} {hem} L{MIDDLE + h} {min(low, 1300)} "
        f"C{MIDDLE + h + 6} 1240 {MIDDLE + w + 8} 1190 {MIDDLE + w} {waist} C{MIDDLE + w + 6} 980 "
        f"{right - 8} 880 {right} 760 "
        f"C{right - 12} {collar + 40} {right - 90} {collar + 10} 530 {collar - 4} "
        f"C524 690 470 728 400 728 C336 728 282 694 262 {collar} Z"
    )


def _shaded_trunk(pen: Pen, colour: str, build: Build, hem: float, hem_half: float) -> str:
    trunk = _trunk(build, hem, hem_half)
    pen.shape(trunk, colour)
    with pen.inside(trunk):
        pen.tint(
            f"M-200 500 H{MIDDLE - build.waist * 0.55} Q{MIDDLE - build.waist * 0.9} 1000 "
            f"{MIDDLE - hem_half * 0.45} {hem + 60} H-400 Z",
            "ink",
            0.11,
        )
    pen.line(trunk)
    return trunk


def _jersey(pen: Pen, look: Appearance, build: Build) -> None:
    trunk = _shaded_trunk(pen, look.main, build, 1330, build.hip + 6)
    with pen.inside(trunk):
        pen.line(f"M{MIDDLE - 260} 1276 Q{MIDDLE} 1306 {MIDDLE + 260} 1276", width=11)
        for x in range(-240, 250, 34):
            pen.line(f"M{MIDDLE + x} 1290 v60", width=6)


def _shirt(pen: Pen, look: Appearance, build: Build) -> None:
    trunk = _shaded_trunk(pen, look.main, build, 1310, build.hip + 2)
    with pen.inside(trunk):
        pen.line(f"M400 740 Q404 1000 {MIDDLE + 4} 1330", width=9)
        for y in (840, 960, 1080, 1200):
            pen.line(f"M420 {y} h1", width=15)
        pen.shape(f"M{MIDDLE - 300} 1240 h600 v46 h-600 Z", mixed(look.second, "#000000", 0.25), line=11)


def _jacket(pen: Pen, look: Appearance, build: Build) -> None:
    _open_coat(pen, look, build, 1400, build.hip + 22)


def _coat(pen: Pen, look: Appearance, build: Build) -> None:
    if look.sex == "female":
        pen.shape(
            f"M{MIDDLE - 200} 1700 L{MIDDLE - 262} 2060 Q{MIDDLE} 2110 {MIDDLE + 262} 2060 L{MIDDLE + 200} 1700 Z",
            look.second,
        )
    _open_coat(pen, look, build, 1890, build.hip + 92)


def _open_coat(pen: Pen, look: Appearance, build: Build, hem: float, half: float) -> None:
    trunk = _shaded_trunk(pen, look.main, build, hem, half)
    with pen.inside(trunk):
        pen.shape("M300 600 L404 1010 L512 600 Z", look.trim, line=11)
        pen.line("M402 740 V960", width=7)
        pen.line(f"M404 1000 Q410 1300 {MIDDLE + 26} {hem + 40}", width=12)
        for y in (1070, 1190):
            pen.line(f"M446 {y} h1", width=22)
        pen.line(f"M{MIDDLE - 158} 1240 q60 14 96 6 M{MIDDLE + 74} 1246 q50 4 92 -8", width=10)
    dark = mixed(look.main, "#000000", 0.16)
    pen.shape(
        "M266 606 C290 700 330 840 404 1010 L318 880 L232 850 L268 800 L204 740 C214 690 236 640 266 606 Z",
        dark,
        line=13,
    )
    pen.shape(
        "M530 602 C512 700 476 840 404 1010 L488 880 L574 846 L540 796 L600 736 C590 680 566 636 530 602 Z",
        dark,
        line=13,
    )


def _dress(pen: Pen, look: Appearance, build: Build) -> None:
    skirt = (
        f"M{MIDDLE - build.waist} 1100 C{MIDDLE - build.waist - 50} 1300 {MIDDLE - 300} 1700 {MIDDLE - 318} 2050 "
        f"Q{MIDDLE - 150} 2096 {MIDDLE} 2084 Q{MIDDLE + 160} 2096 {MIDDLE + 318} 2050 C{MIDDLE + 300} "
        f"1700 {MIDDLE + build.waist + 50} 1300 {MIDDLE + build.waist} 1100 Z"
    )
    pen.shape(skirt, look.second if look.garment == "skirt" else look.main)
    with pen.inside(skirt):
        pen.tint(
            f"M{MIDDLE - 500} 1100 H{MIDDLE - 60} Q{MIDDLE - 150} 1600 {MIDDLE - 170} 2100 H{MIDDLE - 500} Z",
            "ink",
            0.11,
        )
        pen.line(
            f"M{MIDDLE - 90} 1150 Q{MIDDLE - 160} 1500 {MIDDLE - 176} 1900 M{MIDDLE + 40} 1150 "
            f"Q{MIDDLE + 60} 1600 {MIDDLE + 54} 1960 "
            f"M{MIDDLE + 110} 1150 Q{MIDDLE + 180} 1500 {MIDDLE + 204} 1860",
            width=8,
        )
        pen.line(f"M{MIDDLE - 330} 1990 Q{MIDDLE} 2040 {MIDDLE + 330} 1990", width=8)
    pen.shape(_bodice(build), look.main)
    pen.shape(
        f"M{MIDDLE - build.waist - 4} 1080 Q{MIDDLE} 1110 {MIDDLE + build.waist + 4} 1080 v52 Q{MIDDLE} "
        f"1162 {MIDDLE - build.waist - 4} 1132 Z",
        mixed(look.main, "#000000", 0.22),
        line=12,
    )


def _bodice(build: Build) -> str:
    s, w = build.shoulder, build.waist
    left, right = MIDDLE - s, MIDDLE + s
    return (
        f"M262 618 C{left + 90} 630 {left + 12} 658 {left} 760 C{left + 8} 880 {MIDDLE - w - 6} 960 "
        f"{MIDDLE - w} 1100 "
        f"Q{MIDDLE} 1130 {MIDDLE + w} 1100 C{MIDDLE + w + 6} 960 {right - 8} 880 {right} 760 "
        f"C{right - 12} 658 {right - 90} 628 530 614 "
        f"C524 690 470 728 400 728 C336 728 282 694 262 618 Z"
    )


def _uniform(pen: Pen, look: Appearance, build: Build) -> None:
    trunk = _shaded_trunk(pen, look.main, build, 1430, build.hip + 26)
    with pen.inside(trunk):
        pen.line(f"M398 740 Q404 1100 {MIDDLE + 6} 1460", width=10)
        for y in range(800, 1060, 84):
            for x in (340.0, 464.0):
                pen.shape(f"M{x - 13} {y} a13 13 0 1 0 26 0 a13 13 0 1 0 -26 0 Z", "#d8b45c", line=7)
        pen.shape(f"M{MIDDLE - 320} 1086 h640 v58 h-640 Z", "#4a3527", line=11)
        pen.shape("M366 1080 h70 v70 h-70 Z", "#d8b45c", line=10)


def _cassock(pen: Pen, look: Appearance, build: Build) -> None:
    trunk = _shaded_trunk(pen, look.main, build, 2330, 330)
    with pen.inside(trunk):
        pen.line("M398 740 Q406 1500 404 2380", width=10)
        for y in range(790, 2300, 110):
            pen.line(f"M420 {y} h1", width=15)
        pen.shape(f"M{MIDDLE - 330} 1090 h660 v54 h-660 Z", mixed(look.main, "#ffffff", 0.16), line=10)
        pen.line(
            f"M{MIDDLE - 110} 1200 Q{MIDDLE - 150} 1700 {MIDDLE - 186} 2330 M{MIDDLE + 130} 1200 "
            f"Q{MIDDLE + 170} 1700 {MIDDLE + 196} 2330",
            width=8,
        )


def draw_apron(pen: Pen, build: Build) -> None:
    """A bib apron over what is worn."""
    w = build.waist
    pen.shape(
        f"M{MIDDLE - w + 20} 1120 C{MIDDLE - w - 10} 1400 {MIDDLE - 210} 1700 {MIDDLE - 196} 1860 "
        f"Q{MIDDLE} 1910 {MIDDLE + 210} 1860 "
        f"C{MIDDLE + 220} 1700 {MIDDLE + w + 10} 1400 {MIDDLE + w - 20} 1120 Z",
        "#f1eadb",
        line=14,
    )
    pen.shape("M292 800 Q400 836 506 800 L528 1100 Q400 1126 268 1100 Z", "#f1eadb", line=14)
    pen.line("M296 800 Q270 720 262 640 M502 800 Q530 720 536 640", width=14)
    pen.shape(
        f"M{MIDDLE - w - 2} 1090 Q{MIDDLE} 1122 {MIDDLE + w + 2} 1090 v40 Q{MIDDLE} 1160 {MIDDLE - w - 2} 1130 Z",
        "#e2d8c4",
        line=12,
    )


def draw_shawl(pen: Pen, look: Appearance, build: Build) -> None:
    """A shawl about the shoulders, crossed in front."""
    left, right = MIDDLE - build.shoulder - 46, MIDDLE + build.shoulder + 46
    colour = look.shawl_colour
    for x in range(int(left) + 40, 420, 40):
        y = 990 + (x - left) * 0.62
        pen.line(f"M{x} {y:.0f} q-6 34 -16 58", width=9, colour=mixed(colour, "#000000", 0.25))
    pen.shape(
        f"M262 606 C{left + 100} 630 {left + 6} 690 {left} 800 C{left - 16} 900 {left - 10} 960 {left + 14} 1010 "
        f"C250 1110 340 1190 420 1240 C440 1120 420 980 398 850 C350 800 290 720 262 606 Z",
        colour,
    )
    pen.shape(
        f"M532 602 C{right - 100} 626 {right - 6} 690 {right} 800 C{right + 14} 900 {right + 6} 960 "
        f"{right - 16} 1004 "
        f"C560 1080 470 1130 372 1150 C360 1060 380 960 412 860 C470 800 516 710 532 602 Z",
        colour,
    )
    pen.line(
        f"M{left + 70} 760 Q230 960 330 1080 M{right - 70} 760 Q570 900 470 1040 M{right - 24} 880 Q600 980 520 1050",
        width=8,
    )


_GARMENTS = {
    "jersey": _jersey, "shirt": _shirt, "jacket": _jacket, "coat": _coat, "dress": _dress, "skirt": _dress,
    "uniform": _uniform, "cassock": _cassock,
}  # fmt: skip
