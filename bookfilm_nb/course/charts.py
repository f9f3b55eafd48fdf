"""Two charts: where the voice is against its picture, and how a slow zoom moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.widgets.plot import BLUE, GREY, ORANGE, canvas

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .compare import FilmFacts

__all__ = ["jitter_chart", "late_chart"]

_SOURCE = "both films, opened and measured in this notebook"


def late_chart(recipe: FilmFacts, workbench: FilmFacts) -> Figure:
    """How much later than it was meant to each line is heard after its picture begins, in both films."""
    worst = [float(np.abs(film.late_ms).max()) for film in (recipe, workbench)]
    said = [f"{off:.0f} ms" if off >= 1 else "less than 1 ms" for off in worst]
    figure, axes = canvas(
        f"A line is up to {said[0]} off its picture in {recipe.name}, {said[1]} in {workbench.name}",
        source=_SOURCE,
        size=(10, 4.5),
    )
    axes.axhline(0, color=GREY, linewidth=1)
    for film, colour, mark in ((recipe, ORANGE, "o"), (workbench, BLUE, "s")):
        axes.plot(film.seen_s, film.late_ms, color=colour, marker=mark, label=film.name)
    axes.set_xlabel("picture begins, s of the film")
    axes.set_ylabel("heard later than meant, ms")
    axes.set_ylim(min(-30.0, float(recipe.late_ms.min()) * 1.2), max(worst) * 1.25)
    axes.legend(frameon=False)
    return figure


def jitter_chart(recipe: FilmFacts, workbench: FilmFacts) -> Figure:
    """How far a corner of the picture is from a smooth path, frame by frame, in both films."""
    quiet, loud = sorted((recipe, workbench), key=lambda film: film.jitter_px)
    times = loud.jitter_px / max(quiet.jitter_px, 1e-3)
    figure, axes = canvas(
        f"A slow zoom shakes {times:.0f} times as much in {loud.name} as in {quiet.name}",
        source=_SOURCE,
        size=(10, 4.5),
    )
    for film, colour in ((recipe, ORANGE), (workbench, BLUE)):
        axes.plot(np.arange(len(film.path)), film.path, color=colour, label=f"{film.name}: {film.jitter_px:.2f} px rms")
    axes.set_xlabel("frame of the shot")
    axes.set_ylabel("corner off its smooth path, px")
    axes.legend(frameon=False)
    return figure
