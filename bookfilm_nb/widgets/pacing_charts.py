"""Charts of pacing: shot lengths by period and decade, their law, the acts, and one's own film beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .plot import BLUE, COLOURS, GREEN, GREY, ORANGE, RED, canvas
from .template_charts import sources_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

    from bookfilm_nb.model import GenreTemplate
    from bookfilm_nb.movies.pacing import ActCurve, LognormalFit, Prediction

__all__ = [
    "acts_chart",
    "curve_chart",
    "decades_chart",
    "fit_chart",
    "law_chart",
    "own_film_chart",
    "periods_chart",
    "prediction_chart",
    "sigma_chart",
]

_SHORTEST_S, _LONGEST_S = 0.2, 120.0


def periods_chart(templates: Sequence[GenreTemplate]) -> Figure:
    """Average shot length by genre and period; ``templates`` are those of several genres, each in several periods."""
    periods = sorted({t.period for t in templates})
    lengths = {(t.genre, t.period): t.shot_length_s for t in templates}
    last = periods[-1]
    genres = sorted({t.genre for t in templates}, key=lambda genre: lengths[genre, last].value)
    faster = sum(lengths[g, last].value < lengths[g, periods[0]].value for g in genres)
    ratio = float(np.median([lengths[g, periods[0]].value / lengths[g, last].value for g in genres]))
    claim = (
        f"{faster} of {len(genres)} genres are cut faster than in {periods[0]}: "
        f"in the middle, a shot then lasted {ratio:.1f} times as long"
    )
    figure, axes = canvas(claim, source=sources_of(list(lengths.values())), size=(10, 2.4 + 0.34 * len(genres)))
    for number, period in enumerate(periods):
        colour, marker = COLOURS[number], "osD"[number % 3]
        values = [lengths[genre, period].value for genre in genres]
        films = sum(lengths[genre, period].rows for genre in genres)
        axes.plot(values, range(len(genres)), marker, color=colour, markersize=9, label=f"{period} ({films:,})")
    for place, genre in enumerate(genres):
        values = [lengths[genre, period].value for period in periods]
        axes.hlines(place, min(values), max(values), color=GREY, linewidth=1, zorder=0)
    axes.set_yticks(range(len(genres)), genres)
    axes.set_xlim(left=0)
    axes.set_xlabel("average shot length, s: median over films")
    axes.legend(frameon=False, fontsize=11, title="period (rows)", loc="lower right")
    axes.grid(axis="x", alpha=0.3)
    return figure


def decades_chart(films: pd.DataFrame, *, source: str, least: int = 20) -> Figure:
    """Average shot length through the decades: median and interquartile range over films.

    ``films`` has ``year`` and ``asl_s`` (seconds), one film a row; decades of fewer films than ``least`` are left out.
    """
    known = films[films["year"].notna() & films["asl_s"].notna()]
    decades = (known["year"].astype("int64") // 10 * 10).to_numpy()
    lengths = known["asl_s"].to_numpy(dtype="float64")
    starts = [int(d) for d in np.unique(decades) if (decades == d).sum() >= least]
    quarters = np.array([np.quantile(lengths[decades == d], (0.25, 0.5, 0.75)) for d in starts])
    slow = int(quarters[:, 1].argmax())
    claim = (
        f"From {quarters[slow, 1]:.1f} s a shot in the {starts[slow]}s to {quarters[-1, 1]:.1f} s in the {starts[-1]}s"
    )
    figure, axes = canvas(claim, source=f"{source}, {len(known):,} films")
    places = [d + 5 for d in starts]
    axes.fill_between(places, quarters[:, 0], quarters[:, 2], color=BLUE, alpha=0.2, linewidth=0)
    axes.plot(places, quarters[:, 1], "o-", color=BLUE, linewidth=2.5, markersize=8)
    for place, start, middle in zip(places, starts, quarters[:, 1], strict=True):
        axes.annotate(f"{middle:.1f}", (place, middle), (0, 9), textcoords="offset points", ha="center", fontsize=11)
        axes.annotate(
            f"{(decades == start).sum():,}", (place, 0), (0, 4), textcoords="offset points", ha="center", color=GREY
        )
    axes.set_xticks(places, [f"{d}s" for d in starts])
    axes.set_ylim(0, quarters[:, 2].max() * 1.08)
    axes.set_xlabel("decade of release; below: films")
    axes.set_ylabel("average shot length, s")
    return figure


def acts_chart(template: GenreTemplate) -> Figure:
    """How shot length changes through the film, act by act, against the film's own average."""
    fastest = min(template.acts, key=lambda act: act.shot_length.value)
    off = (1 - fastest.shot_length.value) * 100
    claim = f"Shots are shortest in the {fastest.name}: {off:.0f} % below the film's average"
    laws = [act.shot_length for act in template.acts]
    source = f"{sources_of(laws)[:-1]}, {max(law.rows for law in laws)} films of {template.period}."
    figure, axes = canvas(claim, source=source, size=(10, 4.6))
    for act, law in zip(template.acts, laws, strict=True):
        axes.fill_between([act.starts, act.ends], law.low, law.high, color=BLUE, alpha=0.2, linewidth=0)
        axes.hlines(law.value, act.starts, act.ends, color=BLUE, linewidth=4)
        axes.annotate(
            f"{act.name}\n{law.value:.2f}", ((act.starts + act.ends) / 2, law.high), (0, 6),
            textcoords="offset points", ha="center", fontsize=12,
        )  # fmt: skip
    axes.set_ylim(min(law.low for law in laws) - 0.08, max(law.high for law in laws) + 0.2)
    _over_the_film(axes)
    return figure


def curve_chart(curve: ActCurve, *, source: str) -> Figure:
    """The finer curve of shot length over the film: mean over films with its 95 % interval, against the own average."""
    parts = len(curve.means)
    middles = (np.arange(parts) + 0.5) / parts
    fastest, slowest = int(np.argmin(curve.means)), int(np.argmax(curve.means))
    claim = (
        f"Shots last longest at {middles[slowest] * 100:.0f} % of the film "
        f"({(curve.means[slowest] - 1) * 100:+.0f} %), "
        f"shortest at {middles[fastest] * 100:.0f} % ({(curve.means[fastest] - 1) * 100:+.0f} %)"
    )
    test = curve.test
    how = f"Friedman's test over {test.parts} parts: Kendall's W {test.kendall_w:.2f}, p {_chance(test.p_value)}"
    figure, axes = canvas(claim, source=f"{source}, {test.films} films. {how}", size=(10, 4.6))
    axes.fill_between(middles, curve.mean_low, curve.mean_high, color=BLUE, alpha=0.2, linewidth=0)
    axes.plot(middles, curve.means, "o-", color=BLUE, linewidth=2.5)
    for border in (0.25, 0.5, 0.75):
        axes.axvline(border, color=GREY, linewidth=0.8, linestyle="dotted")
    _over_the_film(axes)
    return figure


def _over_the_film(axes: Axes) -> None:
    axes.axhline(1, color=GREY, linewidth=1, linestyle="dashed")
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    axes.set_xlabel("% of the running time")
    axes.set_ylabel("shot length ÷ film's average")


def _chance(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def law_chart(templates: Sequence[GenreTemplate]) -> Figure:
    """The lognormal law of shot lengths that each template asks for: how many shots are how long."""
    first, last = templates[0], templates[-1]
    shares = [_share_above(t, 10.0) for t in (first, last)]
    claim = f"{shares[0] * 100:.0f} % of the shots of {first.genre} last longer than ten seconds" + (
        f", {shares[1] * 100:.0f} % of {last.genre}" if len(templates) > 1 else ""
    )
    laws = [law for t in templates for law in (t.median_shot_s, t.shot_sigma)]
    figure, axes = canvas(claim, source=f"{sources_of(laws)} Lognormal law by median and sigma.")
    seconds = np.geomspace(0.3, 40, 300)
    for number, template in enumerate(templates):
        middle, sigma = template.median_shot_s.value, template.shot_sigma.value
        label = f"{template.genre}: median {middle:g} s, sigma {sigma:g}"
        colour = COLOURS[number % len(COLOURS)]
        axes.plot(seconds, _density(seconds, np.log(middle), sigma), color=colour, linewidth=2.5, label=label)
        axes.axvline(middle, color=colour, linewidth=1, linestyle="dotted")
    _log_seconds(axes, 0.3, 40)
    axes.set_ylim(0, axes.get_ylim()[1] * (1 + 0.1 * len(templates)))  # room for the legend
    axes.set_ylabel("share of shots per doubling")
    axes.legend(frameon=False, fontsize=11, loc="upper right")
    return figure


def _density(seconds: np.ndarray, mu: float, sigma: float) -> np.ndarray:
    """Of a lognormal law, per doubling of the length: the area over one doubling is a share of the shots."""
    bell: np.ndarray = np.exp(-((np.log(seconds) - mu) ** 2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))
    per_doubling: np.ndarray = bell * np.log(2)
    return per_doubling


def _share_above(template: GenreTemplate, seconds: float) -> float:
    from statistics import NormalDist

    law = NormalDist(float(np.log(template.median_shot_s.value)), template.shot_sigma.value)
    return 1 - law.cdf(float(np.log(seconds)))


def _log_seconds(axes: Axes, low: float, high: float) -> None:
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    ticks = [t for t in (0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if low <= t <= high]
    axes.set_xticks(ticks, [f"{t:g}" for t in ticks])
    axes.set_xticks([], minor=True)
    axes.set_xlabel("shot length, s, log scale")


def fit_chart(lengths_s: ArrayLike, fit: LognormalFit, *, film: str, source: str) -> Figure:
    """Every shot of one film, counted by length, and the lognormal law fitted to them."""
    lengths = np.asarray(lengths_s, dtype=np.float64)
    verdict = "follow" if fit.ks_distance <= fit.ks_critical else "nearly follow"
    claim = f"The {len(lengths):,} shots of {film} {verdict} a lognormal law (sigma {fit.sigma:.2f})"
    gap = f"largest gap {fit.ks_distance:.3f}, one lognormal film in twenty exceeds {fit.ks_critical:.3f}"
    figure, axes = canvas(claim, source=f"{source}; {gap}")
    _counted(axes, lengths, BLUE, f"{film}: shots counted")
    low, high = max(_SHORTEST_S, lengths.min() * 0.8), min(_LONGEST_S, lengths.max() * 1.2)
    seconds = np.geomspace(low, high, 300)
    law = f"law: median {fit.median_s:.1f} s, mean {fit.mean_s:.1f} s"
    axes.plot(seconds, _density(seconds, fit.mu, fit.sigma), color=RED, linewidth=2.5, label=law)
    _log_seconds(axes, low, high)
    axes.set_ylabel("share of shots per doubling")
    axes.legend(frameon=False, fontsize=11, loc="upper right")
    return figure


def _counted(axes: Axes, lengths: np.ndarray, colour: str, label: str) -> None:
    """A histogram in thirds of a doubling, as shares per doubling; fewer shots, wider bars."""
    a_doubling = 3 if len(lengths) >= 200 else 2
    low, high = np.floor(np.log2(lengths.min())), np.ceil(np.log2(lengths.max()) + 1e-9)
    edges = 2.0 ** np.linspace(low, high, max(int(high - low), 1) * a_doubling + 1)
    counts, _ = np.histogram(lengths, edges)
    axes.bar(
        edges[:-1], counts / len(lengths) * a_doubling, np.diff(edges), align="edge", color=colour, alpha=0.45,
        edgecolor="white", label=label,
    )  # fmt: skip


def sigma_chart(fits: pd.DataFrame, *, source: str) -> Figure:
    """How widely shot lengths vary inside a film: sigma of every film, and how many films the law fits."""
    sigma = fits["sigma"].to_numpy(dtype="float64")
    middle, low, high = np.quantile(sigma, (0.5, 0.25, 0.75))
    claim = f"Sigma hardly differs between films: half of {len(sigma)} lie between {low:.2f} and {high:.2f}"
    good = int((fits["ks_distance"] <= fits["ks_critical"]).sum())
    told = f"{source}. A test at 5 % lets {good} of {len(sigma)} films pass as exactly lognormal."
    figure, axes = canvas(claim, source=told)
    axes.hist(sigma, bins=list(np.arange(0.5, 1.45, 0.05)), color=BLUE, alpha=0.6, edgecolor="white")
    axes.axvline(middle, color=RED, linewidth=2.5, label=f"median {middle:.2f}")
    axes.set_xlabel("sigma of the lognormal law, one value a film")
    axes.set_ylabel("films")
    axes.legend(frameon=False, fontsize=12)
    return figure


def prediction_chart(predictions: Mapping[int, Prediction], *, what: str, rows: int, promised: float = 0.8) -> Figure:
    """The average shot length to expect of a film, year by year, with the interval that single films fall in."""
    years = sorted(predictions)
    first, last = predictions[years[0]], predictions[years[-1]]
    claim = (
        f"{what}: {first.value:.1f} s a shot expected in {years[0]}, {last.value:.1f} s in {years[-1]} "
        f"({last.low:.1f} to {last.high:.1f})"
    )
    figure, axes = canvas(claim, source=f"ridge regression on {rows:,} films of Cinemetrics and MovieLens")
    low, high = ([getattr(predictions[y], end) for y in years] for end in ("low", "high"))
    axes.fill_between(
        years, low, high, color=BLUE, alpha=0.2, linewidth=0, label=f"{promised * 100:.0f} % of films lie in here"
    )
    axes.plot(years, [predictions[y].value for y in years], color=BLUE, linewidth=3, label="expected")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("year of release")
    axes.set_ylabel("average shot length, s")
    axes.legend(frameon=False, fontsize=12)
    return figure


def own_film_chart(lengths_s: ArrayLike, template: GenreTemplate, *, film: str) -> Figure:
    """The shots of one's own film beside the law of its genre: counted, and as the template asks for."""
    lengths = np.asarray(lengths_s, dtype=np.float64)
    mean, asked = float(lengths.mean()), template.shot_length_s
    inside = asked.low <= mean <= asked.high
    claim = (
        f"{film}: {mean:.1f} s a shot, {'inside' if inside else 'outside'} the middle half of {template.genre} "
        f"({asked.low:g} to {asked.high:g} s)"
    )
    figure, axes = canvas(claim, source=f"{len(lengths)} planned shots. {sources_of([asked, template.shot_sigma])}")
    _counted(axes, lengths, GREEN, f"{film}: {len(lengths)} shots")
    seconds = np.geomspace(0.4, 60, 300)
    law = _density(seconds, np.log(template.median_shot_s.value), template.shot_sigma.value)
    axes.plot(seconds, law, color=RED, linewidth=2.5, label=f"{template.genre}: the template's law")
    axes.axvspan(asked.low, asked.high, color=ORANGE, alpha=0.18, linewidth=0, label="average shot, middle half")
    axes.axvline(mean, color=GREEN, linewidth=2.5, linestyle="dashed", label=f"{film}: average {mean:.1f} s")
    _log_seconds(axes, min(0.4, lengths.min() * 0.9), max(60.0, lengths.max() * 1.1))
    axes.set_ylabel("share of shots per doubling")
    axes.legend(frameon=False, fontsize=11)
    return figure
