"""Charts of movie tables: what is known, what became of the rows, how long films run, how they are rated."""

from __future__ import annotations

import contextlib
from collections import Counter
from textwrap import fill, shorten
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.adaptation import adaptation_view
from bookfilm_nb.movies.genres import GENRES
from bookfilm_nb.movies.table import COLUMNS

from .plot import BLUE, COLOURS, GREY, ORANGE, RED, canvas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bookfilm_nb.movies.adaptation import AdaptationView
    from bookfilm_nb.movies.table import LoadReport

__all__ = [
    "adaptation_chart",
    "adaptation_charts",
    "by_genre",
    "known_chart",
    "known_shares",
    "ratings_chart",
    "rows_chart",
    "runtime_chart",
    "years_chart",
]

FEATURE_MIN = 40
"""Shorter films are shorts, by the definition of the American Academy."""
_LONGEST_MIN = 300
_LEAST_FILMS = 10


def known_shares(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How much each source knows: one tidy column a row, one source a column, shares from 0 to 1.

    ``tables`` are tidy tables by source. The columns ``source`` and ``source_id`` are left out.
    """
    names = [name for name in COLUMNS if name not in {"source", "source_id"}]
    shares = {name: table[names].notna().mean() if len(table) else 0.0 for name, table in tables.items()}
    return pd.DataFrame(shares, index=names).astype("float64")


def known_chart(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """What is known per column and source, in per cent of the source's films."""
    shares = known_shares(tables)
    full = int((shares.max(axis=1) >= 0.995).sum())
    empty = [name.replace("_", " ") for name in shares.index[shares.max(axis=1) == 0]]
    claim = f"{full} of {len(shares)} columns are known for every film of some source"
    if empty:
        claim += f"; nobody here knows {_and(empty)}" if len(empty) <= 3 else f"; {len(empty)} are in none"
    films = sum(len(table) for table in tables.values())
    width = max(7.0, 3.4 + 0.95 * len(tables))
    figure, axes = canvas(claim, source=f"{films:,} films of {_and(list(tables))}", size=(width, 6.6))
    axes.imshow(shares.to_numpy(), cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for (row, column), share in np.ndenumerate(shares.to_numpy()):
        told = "·" if share == 0 else "<1" if share < 0.005 else f"{share * 100:.0f}"
        axes.text(column, row, told, ha="center", va="center", fontsize=11, color="white" if share < 0.55 else "black")
    labels = [f"{name}\n{len(table):,}" for name, table in tables.items()]
    axes.set_xticks(range(len(labels)), labels, fontsize=10)
    axes.set_yticks(range(len(shares)), [name.replace("_", " ") for name in shares.index])
    axes.set_xlabel("source, and its films")
    axes.set_ylabel("% of films with a value")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def rows_chart(report: LoadReport) -> Figure:
    """What became of every row of a source: kept, repaired and kept, set aside by reason (log scale, all files)."""
    repaired: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    for table in report.tables:
        repaired.update(table.repaired)
        aside.update(table.set_aside)
    bars = [("rows kept", report.rows_out, BLUE)]
    bars += [(f"mended: {reason}", count, ORANGE) for reason, count in repaired.most_common()]
    bars += [(f"set aside: {reason}", count, RED) for reason, count in aside.most_common()]
    lost = report.rows_in - report.rows_out
    claim = (
        f"All {report.rows_in:,} rows of {report.source} are kept"
        if not lost
        else f"{report.rows_out:,} of {report.rows_in:,} rows of {report.source} are kept, {lost:,} set aside"
    )
    source = f"load report of {report.source}, {len(report.tables)} files; a mended row may count twice"
    figure, axes = canvas(claim, source=source, size=(10, 1.9 + 0.48 * len(bars)))
    _dots(axes, bars)
    axes.set_xscale("log")
    axes.set_xlim(0.8, max(report.rows_in, 10) * 4)
    axes.set_xlabel("rows, log scale")
    return figure


def _dots(axes: Axes, bars: list[tuple[str, int, str]]) -> None:
    places = range(len(bars))[::-1]
    for place, (_, count, colour) in zip(places, bars, strict=True):
        axes.plot(max(count, 0.8), place, "o", color=colour, markersize=11)
        axes.annotate(f"{count:,}", (max(count, 0.8), place), (12, 0), textcoords="offset points", va="center")
    axes.set_yticks(places, [fill(shorten(label, 84, placeholder=" …"), 42) for label, _, _ in bars], fontsize=11)
    axes.set_ylim(-0.6, len(bars) - 0.4)
    axes.grid(axis="x", alpha=0.3)


def by_genre(table: pd.DataFrame, column: str, *, least: int = _LEAST_FILMS) -> pd.DataFrame:
    """A numeric column of a tidy table by genre: median, quartiles ``low`` and ``high``, ``films``; by median.

    A film of three genres counts in all three; genres with fewer films than ``least`` are left out, and so is what has
    no template ("short").
    """
    rows = table.loc[table[column].notna() & table["genres"].notna(), ["genres", column]]
    rows = rows.assign(genre=rows["genres"].str.split("|")).explode("genre")
    groups = rows.astype({column: "float64"}).groupby("genre")[column]
    found = pd.DataFrame(
        {
            "median": groups.median(),
            "low": groups.quantile(0.25),
            "high": groups.quantile(0.75),
            "films": groups.size(),
        }
    )
    return found[(found["films"] >= least) & found.index.isin(GENRES)].sort_values(["median", "films"])


def runtime_chart(table: pd.DataFrame, *, source: str) -> Figure:
    """How long films of each genre run: median and interquartile range of features."""
    minutes = table["runtime_min"]
    features = table[(minutes >= FEATURE_MIN) & (minutes <= _LONGEST_MIN)]
    found = by_genre(features, "runtime_min")
    if found.empty:
        claim = f"{source} has no genre with {_LEAST_FILMS} films of known length"
    else:
        short, long = found.index[0], found.index[-1]
        claim = (
            f"{long.capitalize()} films run longest ({found['median'].iloc[-1]:.0f} min in the middle), "
            f"{short} shortest ({found['median'].iloc[0]:.0f} min)"
        )
    what = (
        f"{source}; {len(features):,} features of {FEATURE_MIN} to {_LONGEST_MIN} min; genres of {_LEAST_FILMS}+ films"
    )
    figure, axes = canvas(claim, source=what, size=(10, 2.2 + 0.34 * max(len(found), 4)))
    spread(axes, found)
    axes.set_xlabel("running time, minutes: median and middle half of films")
    return figure


def spread(axes: Axes, found: pd.DataFrame) -> None:
    """Rows of ``median``, ``low``, ``high``, ``films`` as dots on their interquartile range, counts at the right."""
    places = np.arange(len(found))
    axes.hlines(places, found["low"], found["high"], color=BLUE, linewidth=5, alpha=0.35)
    axes.plot(found["median"], places, "o", color=BLUE, markersize=9)
    axes.set_yticks(places, [str(name) for name in found.index])
    axes.set_ylim(-0.6, len(found) - 0.4)
    for place, films in zip(places, found["films"], strict=True):
        count(axes, float(place), f"{films:,} films")
    axes.grid(axis="x", alpha=0.3)


def count(axes: Axes, place: float, words: str) -> None:
    """How many rows a figure stands on, right of the panel."""
    axes.annotate(
        words, (1, place), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
        ha="left", va="center", fontsize=10, color=GREY,
    )  # fmt: skip


def ratings_chart(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """How films are rated, source by source, on the common scale of 0 to 10."""
    known = {name: table["rating"].dropna().astype("float64") for name, table in tables.items()}
    known = {name: ratings for name, ratings in known.items() if len(ratings) >= _LEAST_FILMS}
    middles = {name: float(ratings.median()) for name, ratings in known.items()}
    if len(middles) > 1:
        low, high = min(middles, key=middles.__getitem__), max(middles, key=middles.__getitem__)
        claim = (
            f"A rating is not a rating: the middle film has {middles[low]:.1f} in {low}, {middles[high]:.1f} in {high}"
        )
    elif middles:
        name, ratings = next(iter(known.items()))
        lower, upper = ratings.quantile([0.25, 0.75])
        claim = f"Half of the films of {name} are rated between {lower:.1f} and {upper:.1f} of 10"
    else:
        claim = "No source here has ratings"
    total = sum(len(ratings) for ratings in known.values())
    figure, axes = canvas(claim, source=f"{total:,} rated films of {_and(list(known)) or 'no source'}")
    steps = np.arange(0, 10.25, 0.5)
    for number, (name, ratings) in enumerate(known.items()):
        shares = np.histogram(ratings, steps)[0] / len(ratings) * 100
        style = "o-" if number < len(COLOURS) else "s--"
        colour = COLOURS[number % len(COLOURS)]
        axes.plot(steps[:-1] + 0.25, shares, style, color=colour, linewidth=2, label=f"{name} ({len(ratings):,})")
    axes.set_xlim(0, 10)
    axes.set_xlabel("rating, 0 to 10")
    axes.set_ylabel("% of rated films, by half points")
    if known:
        axes.legend(frameon=False, fontsize=11, loc="upper left")
    return figure


def years_chart(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """Which years each source covers: the first, the last and the middle half of its films."""
    known = {name: table["year"].dropna().astype("int64") for name, table in tables.items()}
    known = {name: years for name, years in known.items() if len(years)}
    rows = {
        name: [years.median(), years.quantile(0.25), years.quantile(0.75), len(years)] for name, years in known.items()
    }
    columns = ["median", "low", "high", "films"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns).sort_values("median")
    if len(found) > 1:
        first, last = found.iloc[0], found.iloc[-1]
        claim = f"The middle film is of {first['median']:.0f} in {first.name}, of {last['median']:.0f} in {last.name}"
    elif len(found):
        claim = f"Half of the films are from {found['low'].iloc[0]:.0f} to {found['high'].iloc[0]:.0f}"
    else:
        claim = "No source here tells the years of its films"
    size = (10, 2.2 + 0.42 * max(len(found), 2))
    figure, axes = canvas(claim, source=f"{found['films'].sum():,} films of {_and(list(known))}", size=size)
    for place, name in enumerate(found.index):
        axes.hlines(place, known[name].min(), known[name].max(), color=GREY, linewidth=1)
    spread(axes, found.astype({"films": "int64"}))
    axes.set_xlabel("year of release: first to last, middle half, median")
    return figure


def adaptation_charts(tables: Mapping[str, pd.DataFrame]) -> dict[str, Figure]:
    """A chart for each source that tells films from books apart, by source; sources that do not are left out."""
    drawn = {}
    for name, table in tables.items():
        for untold_as_no in (False, True):
            with contextlib.suppress(DataError):
                drawn[name] = adaptation_chart(adaptation_view(table, untold_as_no=untold_as_no))
                break
    return drawn


def adaptation_chart(view: AdaptationView) -> Figure:
    """How films from books differ from others: Cliff's delta by measure with its 95 % interval, and within genres."""
    measures = view.measures[::-1]
    surest = min(view.measures, key=lambda m: m.p_holm)
    words = surest.measure.replace("_min", " (min)").replace("_s", " (s)").replace("_", " ")
    if surest.p_holm < 0.05:
        way = "more" if surest.overall.cliffs_delta > 0 else "less"
        medians = f"{surest.overall.adapted.value:,.4g} against {surest.overall.other.value:,.4g} in the middle"
        claim = f"Films from books have {way} {words}: {medians}"
    else:
        claim = f"{view.adapted:,} films from books do not differ surely from {view.other:,} others"
    source = f"{view.source}, {view.unknown:,} films unknown. {view.caveats[0]}"
    figure, axes = canvas(claim, source=source, size=(10, 2.8 + 0.5 * len(measures)))
    for place, measure in enumerate(measures):
        axes.hlines(place, measure.overall.delta_low, measure.overall.delta_high, color=BLUE, linewidth=5, alpha=0.35)
        label = "all films, 95 % interval" if not place else None
        axes.plot(measure.overall.cliffs_delta, place, "o", color=BLUE, markersize=9, label=label)
        if measure.within_genres is not None:
            label = "within genres" if not place else None
            axes.plot(measure.within_genres, place, "D", color=ORANGE, markersize=8, label=label)
        count(axes, place, f"{measure.overall.adapted.rows:,} and {measure.overall.other.rows:,} films")
    axes.axvline(0, color=GREY, linewidth=1, linestyle="dashed")
    axes.set_yticks(range(len(measures)), [m.measure.replace("_", " ") for m in measures])
    axes.set_xlim(-1, 1)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
    axes.set_ylim(-0.6, len(measures) - 0.4)
    axes.set_xlabel("Cliff's delta: −1 films from books always less, +1 always more")
    figure.legend(frameon=False, fontsize=11, loc="outside right upper")
    axes.grid(axis="x", alpha=0.3)
    return figure


def _and(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
