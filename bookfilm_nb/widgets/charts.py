"""Charts, one claim each. Figures are made without pyplot's global state, so any thread may draw one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from bookfilm_nb.model import Element, GenreTemplate, Timeline, VoiceTake
    from bookfilm_nb.production import Store

__all__ = ["pacing_chart", "words_chart"]

_BLUE, _ORANGE = "#0072b2", "#d55e00"  # of the colour-blind-safe set of Okabe and Ito (2008)


def words_chart(element: Element, take: VoiceTake, store: Store) -> Figure:
    """The waveform of a spoken line, with a mark where each word begins."""
    from bookfilm_nb.voices import read_wav

    samples, rate = read_wav(store.read(take.blob))
    seconds = np.arange(len(samples)) / rate
    figure = Figure(figsize=(10, 2.2), layout="constrained")
    axes = figure.add_subplot()
    axes.plot(seconds, samples, linewidth=0.4, color=_BLUE)
    for word in take.words:
        axes.axvline(word.start_s, color=_ORANGE, linewidth=0.6)
        label = element.text[word.start : word.end]
        axes.text(word.start_s, 1.02, label, fontsize=7, rotation=35, transform=axes.get_xaxis_transform())
    axes.set_xlabel("seconds")
    axes.set_yticks([])
    axes.set_xlim(0, take.length_s)
    return figure


def pacing_chart(timeline: Timeline, template: GenreTemplate) -> Figure:
    """How long each shot lasts, beside the average of the genre's films and their interquartile range."""
    story = timeline.shots[1:-1]
    figure = Figure(figsize=(10, 2.6), layout="constrained")
    axes = figure.add_subplot()
    starts = [clip.start / timeline.fps for clip in story]
    lengths = [clip.length / timeline.fps for clip in story]
    axes.bar(starts, lengths, width=[n * 0.94 for n in lengths], align="edge", color=_BLUE)
    law = template.shot_length_s
    axes.axhline(law.value, color=_ORANGE, label=f"{template.genre}: {law.value:g} s, {law.rows:,} films")
    axes.axhspan(law.low, law.high, color=_ORANGE, alpha=0.12, linewidth=0, label="the middle half of them")
    axes.set_xlabel("seconds of film")
    axes.set_ylabel("shot length, s")
    axes.legend(frameon=False)
    return figure
