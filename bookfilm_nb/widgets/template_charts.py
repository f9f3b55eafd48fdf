"""Charts of genre templates: lengths, blends, colours and tone, each figure with its spread and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .data_charts import count
from .plot import BLUE, COLOURS, canvas, grid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bookfilm_nb.model import Figure as Measured
    from bookfilm_nb.model import GenreTemplate

__all__ = ["compare_chart", "palette_chart", "template_table", "templates_chart", "tone_chart"]

UNITS = {
    "runtime_min": ("running time", "min"),
    "scene_length_s": ("scene length", "s"),
    "shot_length_s": ("average shot length", "s"),
    "median_shot_s": ("median shot length", "s"),
    "shot_sigma": ("sigma of shot lengths", ""),
    "dialogue_share": ("dialogue, share of words", ""),
    "pause_s": ("pause between sentences", "s"),
    "music_bpm": ("music tempo", "beats/min"),
}


def template_table(template: GenreTemplate) -> pd.DataFrame:
    """Every figure of a template: value, middle half, rows and source; rows 0 is a choice, not a measurement."""
    told = [(words, unit, getattr(template, name)) for name, (words, unit) in UNITS.items()]
    told += [(f"narration, {language}", "words/min", f) for language, f in template.narration_wpm.items()]
    told += [(f"tone: {emotion}", "share", figure) for emotion, figure in template.tone.items()]
    told += [(f"act: {act.name}", "of the average shot", act.shot_length) for act in template.acts]
    told += [("posters: brightness", "0-100", template.palette.brightness)]
    told += [("posters: saturation", "0-100", template.palette.saturation)]
    rows = [
        {
            "figure": words,
            "value": f.value,
            "low": f.low,
            "high": f.high,
            "unit": unit,
            "rows": f.rows,
            "source": f.source,
        }
        for words, unit, f in told
    ]
    return pd.DataFrame(rows)


def templates_chart(templates: Sequence[GenreTemplate], figure: str = "shot_length_s") -> Figure:
    """One figure of several templates in order: median and interquartile range, with its rows.

    ``figure`` is the name of a template's field: ``shot_length_s``, ``runtime_min`` ... A hollow dot is a figure with a
    note: too few films of the genre were measured in the period, and it is drawn towards all films.
    """
    words, unit = UNITS[figure]
    ordered = sorted(templates, key=lambda t: (getattr(t, figure).value, t.genre))
    measured = {t.genre: getattr(t, figure) for t in ordered}
    first, last = ordered[0].genre, ordered[-1].genre
    claim = (
        f"{words.capitalize()}: {told(measured[first].value, unit)} in {first}, "
        f"{told(measured[last].value, unit)} in {last}"
    )
    source = sources_of(list(measured.values()))
    if hollow(list(measured.values())):
        source += " Hollow: too few films, drawn towards all of the period."
    drawn, axes = canvas(claim, source=source, size=(10, 2.4 + 0.34 * len(ordered)))
    dots(axes, measured)
    axes.set_xlim(left=0)
    axes.set_xlabel(f"{words}{f', {unit}' if unit else ''}: median and middle half")
    return drawn


def sources_of(figures: Sequence[Measured]) -> str:
    """Where figures come from, each source once and without the notes on single figures."""
    # A blend's source says how it was blended, and of what in square brackets
    told = (f.source.partition("[")[2].partition("]")[0] or f.source for f in figures)
    names = dict.fromkeys(source.partition("; ")[0].partition(": median")[0] for source in told)
    return ". ".join(names) + "."


def hollow(figures: Sequence[Measured]) -> list[bool]:
    """Which figures are chosen (no rows), or carry a note after the source that the others have; [] for none."""
    plain = min((f.source for f in figures), key=len)
    marked = [not f.rows or f.source != plain for f in figures]
    return marked if any(marked) else []


def dots(axes: Axes, measured: Mapping[str, Measured], *, marks: bool = True) -> None:
    """A row a name, from below: the figure as a dot on its interquartile range, and its rows at the right."""
    noted = hollow(list(measured.values())) or [False] * len(measured)
    for place, (figure, empty) in enumerate(zip(measured.values(), noted, strict=True)):
        axes.hlines(place, figure.low, figure.high, color=BLUE, linewidth=5, alpha=0.35)
        if marks:
            style = "white" if empty else BLUE
            axes.plot(figure.value, place, "o", color=BLUE, markersize=9, markerfacecolor=style, markeredgewidth=2)
            count(axes, place, f"{figure.rows:,} rows")
    axes.set_yticks(range(len(measured)), list(measured))
    axes.set_ylim(-0.6, len(measured) - 0.4)
    axes.grid(axis="x", alpha=0.3)


def compare_chart(
    templates: Sequence[GenreTemplate],
    figures: Sequence[str] = (
        "shot_length_s",
        "runtime_min",
        "scene_length_s",
        "dialogue_share",
        "music_bpm",
        "pause_s",
    ),
) -> Figure:
    """Two or more templates side by side, a panel a figure; a hollow dot is a choice, not a measurement."""
    ordered = {name: sorted(templates, key=lambda t: getattr(t, name).value) for name in figures}
    widest = max(figures, key=lambda name: _ratio([getattr(t, name) for t in ordered[name]]))
    words, unit = UNITS[widest]
    low, high = ordered[widest][0], ordered[widest][-1]
    claim = (
        f"{words.capitalize()} tells them apart most: {told(getattr(low, widest).value, unit)} in {low.genre}, "
        f"{told(getattr(high, widest).value, unit)} in {high.genre}"
    )
    rows = -(-len(figures) // 2)
    size = (11, 1.3 + rows * (0.75 + 0.36 * len(templates)))
    drawn, panels = grid(claim, source="the templates; hollow: chosen, not measured", size=size, rows=rows, columns=2)
    for axes, name in zip(panels, figures, strict=False):
        words, unit = UNITS[name]
        _side_by_side(axes, [getattr(t, name) for t in templates])
        axes.set_yticks(range(len(templates)), [t.genre for t in templates], fontsize=11)
        axes.set_xlabel(f"{words}{f', {unit}' if unit else ''}", fontsize=12)
    for axes in panels[len(figures) :]:
        axes.set_visible(False)
    for number, axes in enumerate(panels):
        if number % 2:
            axes.tick_params(axis="y", labelleft=False)
    return drawn


def _ratio(measured: Sequence[Measured]) -> float:
    """How many times the last figure is the first; 0 where one is a choice and says nothing of the films."""
    return measured[-1].value / measured[0].value if all(f.rows for f in measured) else 0.0


def _side_by_side(axes: Axes, measured: Sequence[Measured]) -> None:
    for place, figure in enumerate(measured):
        colour = COLOURS[place % len(COLOURS)]
        axes.hlines(place, figure.low, figure.high, color=colour, linewidth=5, alpha=0.35)
        axes.plot(figure.value, place, "o", color=colour, markersize=10, fillstyle="full" if figure.rows else "none")
        axes.annotate(f"{figure.value:.3g}", (figure.value, place), (0, 8), textcoords="offset points", ha="center")
    axes.set_ylim(len(measured) - 0.4, -0.7)
    axes.margins(x=0.15)
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="x", alpha=0.3)


def palette_chart(templates: Sequence[GenreTemplate]) -> Figure:
    """How bright and how saturated the posters of each genre are, with a swatch of just that (its hue is arbitrary).

    Genres of which no poster was measured are left out.
    """
    from matplotlib.colors import hsv_to_rgb

    noted = hollow([t.palette.brightness for t in templates]) or [False] * len(templates)
    counted = [t for t, without in zip(templates, noted, strict=True) if not without]
    ordered = sorted(counted, key=lambda t: (t.palette.brightness.value, t.genre), reverse=True)
    dark, light = ordered[-1], ordered[0]
    claim = (
        f"Posters of {dark.genre} are darkest (brightness {dark.palette.brightness.value:.0f} of 100), "
        f"of {light.genre} lightest ({light.palette.brightness.value:.0f})"
    )
    source = f"{sources_of([t.palette.brightness for t in ordered])} The hue of the swatches is not measured."
    figure, panels = grid(claim, source=source, size=(11, 2.4 + 0.36 * len(ordered)), columns=2)
    for axes, name in zip(panels, ("brightness", "saturation"), strict=True):
        measured = {t.genre: getattr(t.palette, name) for t in ordered}
        dots(axes, measured, marks=False)
        axes.set_xlim(0, 100)
        axes.set_xlabel(f"{name} of posters, 0 to 100")
        for place, template in enumerate(ordered):
            colours = template.palette
            paint = hsv_to_rgb((0.58, colours.saturation.value / 100, colours.brightness.value / 100))
            axes.plot(measured[template.genre].value, place, "s", color=paint, markersize=13, markeredgecolor="white")
    panels[0].tick_params(axis="y", length=0)
    panels[1].tick_params(axis="y", labelleft=False, length=0)
    for place, template in enumerate(ordered):
        count(panels[1], place, f"{template.palette.brightness.rows:,} posters")
    return figure


def tone_chart(templates: Sequence[GenreTemplate]) -> Figure:
    """Which emotions the subtitles of each genre speak of: shares of all emotion words, with their spread."""
    emotions = list(dict.fromkeys(name for t in templates for name in t.tone))
    widest = max(
        emotions, key=lambda e: max(t.tone[e].value for t in templates) - min(t.tone[e].value for t in templates)
    )
    high = max(templates, key=lambda t: t.tone[widest].value)
    low = min(templates, key=lambda t: t.tone[widest].value)
    claim = (
        f"{widest.capitalize()} tells genres apart best: {high.tone[widest].value * 100:.0f} % of the emotion words "
        f"of {high.genre}, {low.tone[widest].value * 100:.0f} % of {low.genre}"
    )
    sources = sources_of([f for t in templates for f in t.tone.values()])
    figure, axes = canvas(claim, source=sources, size=(10, 2.4 + 0.5 * len(emotions)))
    for number, template in enumerate(templates):
        places = np.arange(len(emotions)) + (number - (len(templates) - 1) / 2) * 0.7 / len(templates)
        colour = COLOURS[number % len(COLOURS)]
        values = [template.tone[e] for e in emotions]
        axes.hlines(places, [f.low * 100 for f in values], [f.high * 100 for f in values], color=colour, alpha=0.4)
        shown = [f.value * 100 for f in values]
        axes.plot(shown, places, "o", color=colour, markersize=7, label=f"{template.genre} ({values[0].rows})")
    axes.set_yticks(range(len(emotions)), emotions)
    axes.invert_yaxis()
    axes.set_xlim(left=0)
    axes.set_xlabel("% of emotion words in subtitles: median and middle half of films")
    figure.legend(frameon=False, fontsize=11, title="genre (films)", loc="outside right upper")
    axes.grid(axis="x", alpha=0.3)
    return figure


def told(value: float, unit: str) -> str:
    """A value and its unit, with as many digits as a reader wants."""
    digits = 0 if value >= 20 else 1 if value >= 1 else 2
    return f"{value:.{digits}f} {unit}".strip()
