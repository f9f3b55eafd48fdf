"""Collars and what else lies over the sleeves at the neck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .garments import MIDDLE, Build
from .pen import mixed

if TYPE_CHECKING:
    from .cast import Appearance
    from .pen import Pen

__all__ = ["draw_collar"]


def draw_collar(pen: Pen, look: Appearance, build: Build) -> None:
    """The collar of this person's garment; a coat's lapels are part of the coat."""
    if look.garment in _COLLARS:
        _COLLARS[look.garment](pen, look, build)


def _jersey(pen: Pen, look: Appearance, build: Build) -> None:
    del build
    pen.shape(
        "M256 610 C276 706 336 748 400 748 C476 748 530 704 540 606 L522 600 C512 668 464 706 400 706 "
        "C340 706 296 668 284 604 Z",
        mixed(look.main, "#ffffff", 0.14),
        line=13,
    )


def _shirt(pen: Pen, look: Appearance, build: Build) -> None:
    del build
    pen.shape("M262 612 C300 690 344 730 398 736 L352 806 C300 780 262 716 246 624 Z", look.main, line=13)
    pen.shape("M532 606 C510 690 466 728 398 736 L448 806 C506 772 540 710 552 616 Z", look.main, line=13)


def _dress(pen: Pen, look: Appearance, build: Build) -> None:
    del build
    pen.shape(
        "M258 606 C290 690 340 726 398 732 C390 770 366 800 330 806 C280 774 246 700 246 622 Z", look.trim, line=12
    )
    pen.shape(
        "M536 602 C510 690 462 728 398 732 C410 772 436 800 470 804 C520 766 552 700 552 616 Z", look.trim, line=12
    )


def _uniform(pen: Pen, look: Appearance, build: Build) -> None:
    pen.shape(
        "M268 570 C300 640 350 672 404 674 C460 674 500 640 522 566 L540 616 C526 690 470 744 400 744 "
        "C330 744 270 694 256 618 Z",
        mixed(look.main, "#a33a34", 0.6),
        line=13,
    )
    for side in (-1, 1):
        x = MIDDLE + side * (build.shoulder - 74)
        pen.shape(f"M{x - 66} 668 q66 -40 132 0 l-8 34 q-58 -26 -116 0 Z", "#d8b45c", line=11)


def _cassock(pen: Pen, look: Appearance, build: Build) -> None:
    del build
    pen.shape(
        "M262 586 C296 652 346 684 402 686 C460 686 506 648 528 582 L540 616 C526 690 470 740 400 740 "
        "C330 740 274 694 256 616 Z",
        look.main,
        line=12,
    )
    pen.shape("M372 690 h56 v44 h-56 Z", "#f2ede2", line=10)


_COLLARS = {
    "jersey": _jersey, "shirt": _shirt, "dress": _dress, "skirt": _dress, "uniform": _uniform, "cassock": _cassock,
}  # fmt: skip
