"""One look for all data charts: a claim as the title, axes with units, the source in a corner, colours all can see."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["BLUE", "COLOURS", "GREEN", "GREY", "ORANGE", "RED", "SKY", "canvas", "grid"]

BLUE, ORANGE, GREEN, RED, SKY = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9"
COLOURS = (BLUE, ORANGE, GREEN, "#cc79a7", RED, SKY, "#8c8c00")
"""The colour-blind-safe set of Okabe and Ito (2008); their yellow is darkened, so that it is seen on white."""
GREY = "#666666"

_TITLE, _LABEL, _SMALL = 16, 13, 10
_CHARACTERS_AN_INCH = 7.5


def grid(
    claim: str, *, source: str = "", size: tuple[float, float] = (10, 5), rows: int = 1, columns: int = 1
) -> tuple[Figure, list[Axes]]:
    """A figure of several panels under one claim; ``size`` in inches, panels row by row.

    Made without pyplot's global state, so any thread may draw one.
    """
    figure = Figure(figsize=size, layout="constrained")
    figure.suptitle(
        _balanced(claim, int(size[0] * _CHARACTERS_AN_INCH)), x=0.01, ha="left", fontsize=_TITLE, fontweight="bold"
    )
    if source:
        small = fill(f"Source: {source}", int(size[0] * _CHARACTERS_AN_INCH * 1.7))
        figure.supxlabel(small, x=0.99, ha="right", fontsize=_SMALL, color=GREY)
    panels = [figure.add_subplot(rows, columns, number + 1) for number in range(rows * columns)]
    for axes in panels:
        axes.tick_params(labelsize=_LABEL - 1)
        axes.xaxis.label.set_fontsize(_LABEL)
        axes.yaxis.label.set_fontsize(_LABEL)
        axes.spines[["top", "right"]].set_visible(False)
    return figure, panels


def canvas(claim: str, *, source: str = "", size: tuple[float, float] = (10, 5)) -> tuple[Figure, Axes]:
    """A figure of one panel under its claim; ``size`` in inches."""
    figure, (axes,) = grid(claim, source=source, size=size)
    return figure, axes


def _balanced(text: str, width: int) -> str:
    """The text in as few lines as it needs, none of them much shorter than the others."""
    lines = fill(text, width).count("\n") + 1
    narrow = next(w for w in range(max(len(text) // lines, 1), width + 1) if fill(text, w).count("\n") < lines)
    return fill(text, narrow)
