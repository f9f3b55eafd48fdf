"""Heads: hair, beard, glasses and hat over the drawings' own skulls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .peeps import part
from .pen import mixed

if TYPE_CHECKING:
    from .cast import Appearance
    from .pen import Pen

__all__ = ["BARE_BROWS", "draw_back_hair", "draw_beard", "draw_glasses", "draw_hat", "draw_head"]

BARE_BROWS = frozenset({"noHair1", "noHair2", "noHair3", "grayShort", "turban"})
"""Heads whose forehead is seen."""
_CAP_TOP = (
    "M206 226 C168 214 160 160 204 126 C262 84 350 74 420 78 C520 84 600 112 620 160 "
    "C628 194 604 214 578 220 C460 186 320 190 206 226 Z"
)
_CAP_BAND = "M210 218 C320 182 460 178 578 212 L582 262 C460 226 320 232 208 274 Z"
_CAP_PEAK = (
    "M398 244 C460 226 540 232 584 254 C624 268 650 290 640 306 C580 284 480 276 404 290 C390 280 386 256 398 244 Z"
)
_HAT_CROWN = (
    "M222 236 C214 130 250 40 322 34 C352 32 372 50 396 48 C424 46 440 28 474 34 C546 48 578 130 "
    "576 232 C470 198 330 200 222 236 Z"
)
_HAT_BAND = "M219 204 C330 166 470 164 575 200 L576 234 C470 200 330 202 222 238 Z"
_HAT_BRIM = (
    "M112 262 C96 236 140 224 214 226 C330 192 474 190 582 222 C652 220 706 236 692 262 C676 292 "
    "600 272 560 262 C470 244 330 246 244 272 C196 288 128 292 112 262 Z"
)
_SCARF = (
    "M394 84 C520 80 602 160 604 300 C606 400 602 480 566 540 C540 578 500 588 458 590 C404 600 330 590 284 548 "
    "C226 508 180 420 184 306 C186 180 270 88 394 84 Z "
    "M420 186 C340 194 292 262 292 366 C292 452 330 512 392 540 C440 556 520 552 552 514 C578 476 "
    "580 420 576 330 C570 236 520 176 420 186 Z"
)
_SCARF_TAIL = (
    "M440 578 C480 600 520 640 536 700 C500 706 462 690 436 660 C420 700 384 724 344 726 C352 668 384 610 424 578 Z"
)
_SCARF_KNOT = "M410 572 C424 556 462 556 472 574 C478 598 462 612 440 612 C416 610 402 592 410 572 Z"
_SCARF_FOLDS = "M250 190 Q300 130 380 116 M226 280 Q234 240 258 206 M246 430 Q262 490 306 528"
_HOOD = (
    "M380 52 C540 44 634 150 632 310 C632 430 620 520 566 604 C480 646 320 640 240 600 C170 540 130 420 150 300 "
    "C160 150 240 58 380 52 Z "
    "M430 168 C340 180 280 262 280 372 C280 462 322 534 392 566 C452 580 520 566 556 520 C588 470 "
    "592 410 586 330 C578 230 526 160 430 168 Z"
)
_HOOD_FOLDS = "M196 330 Q186 440 250 560 M240 170 Q210 220 204 262"
_BRAID_TIES = ((176.0, 850.0), (604.0, 830.0))


_FALLS_BEHIND = frozenset({"long", "longBangs", "longCurly", "medium2", "medium3", "mediumBangs"})


def draw_back_hair(pen: Pen, look: Appearance) -> None:
    """Hair behind the neck, of heads whose hair falls on both shoulders."""
    if look.head in _FALLS_BEHIND:
        dark = mixed(look.hair_colour, pen.colour("ink"), 0.45)
        pen.shape("M262 540 a128 118 0 1 0 256 0 a128 118 0 1 0 -256 0 Z", dark, line=0)


def draw_head(pen: Pen, look: Appearance) -> None:
    """The skull with its hair, without the face."""
    if look.braids:
        for side, (x, y) in zip((-1, 1), _BRAID_TIES, strict=True):
            _draw_braid(pen, look, side, x, y)
    for mark in part("head", look.head):
        if mark.role == "ink" and look.head not in {"noHair1", "noHair2"}:
            pen.mark(mark)
            pen.mass(mark, look.hair_colour)
        else:
            pen.mark(mark)


def _draw_braid(pen: Pen, look: Appearance, side: int, x: float, y: float) -> None:
    start_x = 236.0 if side < 0 else 566.0
    steps = 5
    for step in range(steps):
        share = step / steps
        cx, cy = start_x + (x - start_x) * share, 500 + (y - 500) * share
        wide = 44 - 12 * share
        for lean in (-1, 1):
            pen.shape(
                f"M{cx + lean * wide * 0.9} {cy - 38} C{cx + lean * wide * 1.3} {cy + 10} {cx + lean * 10} {cy + 46} "
                f"{cx - lean * 14} {cy + 60} C{cx - lean * 26} {cy + 20} {cx} {cy - 20} {cx + lean * wide * 0.9} "
                f"{cy - 38} Z",
                look.hair_colour,
                line=10,
            )
    pen.shape(
        f"M{x - 16} {y - 10} q16 -10 32 0 q22 60 -4 96 q-14 -12 -26 0 q-26 -40 -2 -96 Z", look.hair_colour, line=10
    )
    pen.shape(f"M{x - 22} {y - 16} h44 v22 h-44 Z", look.trim, line=9)


def draw_beard(pen: Pen, look: Appearance) -> None:
    """Beard or moustache; white under the nose never hides an open mouth, which is drawn after it."""
    if look.beard:
        for mark in part("facialHair", look.beard):
            if mark.role == "ink":
                pen.mark(mark)
                pen.mass(mark, look.beard_colour, line=8)
            else:
                pen.mark(mark, look.beard_colour if mark.role == "headContrast" else "")


def draw_glasses(pen: Pen, look: Appearance) -> None:
    """Spectacles over the eyes."""
    if look.glasses:
        for mark in part("accessories", look.glasses):
            pen.mark(mark)


def draw_hat(pen: Pen, look: Appearance) -> None:
    """What is worn on the head."""
    colour = look.hat_colour
    dark = mixed(colour, pen.colour("ink"), 0.35)
    if look.hat == "cap":
        pen.shape(_CAP_TOP, colour)
        pen.line("M268 120 Q250 160 262 196 M520 112 Q548 148 540 186", width=7)
        pen.shape(_CAP_BAND, dark, line=12)
        pen.shape(_CAP_PEAK, dark)
    elif look.hat == "hat":
        pen.shape(_HAT_CROWN, colour)
        pen.shape(_HAT_BAND, dark, line=8)
        pen.shape(_HAT_BRIM, colour)
    elif look.hat == "scarf":
        pen.shape(_SCARF_TAIL, colour)
        pen.shape(_SCARF, colour)
        pen.line(_SCARF_FOLDS, width=8)
        pen.shape(_SCARF_KNOT, colour)
    elif look.hat == "hood":
        pen.shape(_HOOD, colour)
        pen.line(_HOOD_FOLDS, width=9)
