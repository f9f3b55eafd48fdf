"""Charts of models: is it enough, what is taken for what, whether a probability is one, which words decided."""

from __future__ import annotations

from textwrap import fill, shorten
from typing import TYPE_CHECKING

import numpy as np

from .plot import BLUE, COLOURS, GREY, ORANGE, RED, canvas

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from bookfilm_nb.movies.genre_model import Proposal

__all__ = ["confusion_chart", "enough_chart", "f1_chart", "learning_chart", "proposal_chart", "reliability_chart"]


def confusion_chart(table: pd.DataFrame, *, source: str) -> Figure:
    """Of the films that are of the row's genre, the share that was said to be of the column's.

    ``table`` is what :func:`bookfilm_nb.movies.genre_model.evaluate.confusion` gives; shares from 0 to 1.
    """
    shares = table.to_numpy(dtype="float64")
    off = shares - 2 * np.eye(len(shares))
    row, column = np.unravel_index(int(off.argmax()), off.shape)
    said, truly = str(table.columns[int(column)]), str(table.index[int(row)])
    claim = f"{said.capitalize()} is said of {shares[row, column] * 100:.0f} % of the films of {truly}"
    side = 3.0 + 0.5 * len(table)
    figure, axes = canvas(claim, source=source, size=(max(side + 1, 7), side))
    axes.imshow(shares, cmap="cividis", vmin=0, vmax=1)
    for (at, to), share in np.ndenumerate(shares):
        ink = "white" if share < 0.55 else "black"
        axes.text(to, at, f"{share * 100:.0f}", ha="center", va="center", fontsize=9, color=ink)
    axes.set_xticks(range(len(table.columns)), list(table.columns), rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(table)), list(table.index))
    axes.set_xlabel("genre that was said")
    axes.set_ylabel("true genre, % of its films")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def reliability_chart(table: pd.DataFrame, *, source: str) -> Figure:
    """Whether "30 %" comes true three times of ten.

    ``table`` has a bin a row: probability and true (shares from 0 to 1) and the number of decisions.
    """
    said, true = (table[name].to_numpy(dtype="float64") for name in ("probability", "true"))
    weight = table["decisions"].to_numpy(dtype="float64")
    gap = float(np.average(np.abs(said - true), weights=weight))
    worst = float(np.abs(said - true).max())
    claim = f"A probability is off by {gap * 100:.1f} points on average, by {worst * 100:.0f} at worst"
    figure, axes = canvas(claim, source=f"{source}; {int(weight.sum()):,} decisions", size=(7.5, 6))
    axes.plot([0, 100], [0, 100], color=GREY, linestyle="dashed", linewidth=1, label="what it says")
    axes.plot(said * 100, true * 100, "-", color=BLUE, linewidth=2)
    axes.scatter(said * 100, true * 100, s=30 + 300 * np.sqrt(weight / weight.max()), color=BLUE, alpha=0.8)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_xlabel("probability that was said, %")
    axes.set_ylabel("share that was true, %  (area: decisions)")
    axes.legend(frameon=False, fontsize=12)
    return figure


def f1_chart(genres: Mapping[str, float], *, baseline: Mapping[str, float] | None = None, source: str) -> Figure:
    """How well each genre is recognised: F1 of the model, and of a baseline where it is given."""
    ordered = sorted(genres, key=lambda name: genres[name])
    best, worst = ordered[-1], ordered[0]
    claim = f"{best.capitalize()} is recognised best (F1 {genres[best]:.2f}), {worst} worst ({genres[worst]:.2f})"
    figure, axes = canvas(claim, source=source, size=(10, 2.4 + 0.34 * len(ordered)))
    places = range(len(ordered))
    if baseline:
        below = [baseline.get(name, 0.0) for name in ordered]
        axes.hlines(places, below, [genres[name] for name in ordered], color=GREY, linewidth=1, zorder=0)
        axes.plot(below, places, "s", color=ORANGE, markersize=8, label="baseline")
    axes.plot([genres[name] for name in ordered], places, "o", color=BLUE, markersize=9, label="model")
    axes.set_yticks(places, ordered)
    axes.set_xlim(0, 1)
    axes.set_xlabel("F1: 0 none found, 1 all found and nothing else")
    axes.grid(axis="x", alpha=0.3)
    if baseline:
        axes.legend(frameon=False, fontsize=12, loc="lower right")
    return figure


def proposal_chart(proposal: Proposal, *, title: str) -> Figure:
    """Which words of a book decided for its template, and by how much each."""
    reasons = proposal.reasons[::-1]
    genres = list(dict.fromkeys(reason.genre for reason in proposal.reasons))
    claim = f"{title}: {proposal.template}"
    figure, axes = canvas(claim, source=f"genre model of {proposal.rows:,} plots. {proposal.caution}", size=(10, 5.4))
    for number, genre in enumerate(genres):
        places = [place for place, reason in enumerate(reasons) if reason.genre == genre]
        widths = [reasons[place].weight for place in places]
        axes.barh(places, widths, color=COLOURS[number % len(COLOURS)], label=genre, height=0.7)
    axes.set_yticks(range(len(reasons)), [reason.word for reason in reasons])
    axes.set_xlabel("how far the word raises the genre's score (log-odds)")
    if genres:
        axes.legend(frameon=False, fontsize=12, loc="lower right")
    return figure


def enough_chart(table: pd.DataFrame) -> Figure:
    """The rule of ten: examples a degree of freedom, a row for each kind of model, a dot for each of its parts.

    ``table`` is what :func:`bookfilm_nb.movies.sufficiency.sufficiency_table` gives: parts are told from their model by
    a colon or a comma in its name, or by their source. The fewest and the most of each row are named.
    """
    names = table["model"].astype(str)
    kinds = names.str.split(r"[:,] ", regex=True, n=1).str[0]
    parts = names.str.split(r"[:,] ", regex=True, n=1).str[1]
    whole = parts.isna() & kinds.isin(kinds[parts.notna()])
    parts = parts.mask(whole, "all together").fillna(table["source"].astype(str))
    rows = {kind: place for place, kind in enumerate(dict.fromkeys(kinds[::-1]))}
    kept = int((table["verdict"] == "enough").sum())
    claim = f"{kept} of {len(table)} answers have ten examples for each thing that is learnt for them"
    source = ". ".join(shorten(s, 90, placeholder=" …") for s in dict.fromkeys(table["source"].astype(str)) if s)
    figure, axes = canvas(claim, source=source, size=(11, 2.6 + 1.0 * len(rows)))
    looks = {"enough": (BLUE, "o"), "scarce": (ORANGE, "s"), "too few": (RED, "X")}
    ratios = table["ratio"].clip(lower=0.1)
    for verdict, (colour, marker) in looks.items():
        chosen = table["verdict"] == verdict
        label = f"{verdict} ({chosen.sum()})"
        axes.plot(ratios[chosen], kinds[chosen].map(rows), marker, color=colour, markersize=9, alpha=0.75, label=label)
    for kind, place in rows.items():
        of_kind = ratios[kinds == kind].sort_values(kind="stable")
        for at in dict.fromkeys((of_kind.index[0], of_kind.index[-1])):
            told = f"{shorten(parts[at], 30, placeholder=' …')}: {table['counted'][at]:,} ÷ {table['freedom'][at]:,.0f}"
            fewest = at == of_kind.index[0] and len(of_kind) > 1
            away, side = ((0, -20), "left") if fewest else ((0, 11), "right" if ratios[at] > 10 else "left")
            axes.annotate(told, (ratios[at], place), away, textcoords="offset points", ha=side, fontsize=10)
    axes.axvline(10, color=GREY, linestyle="dashed", linewidth=1)
    axes.set_xscale("log")
    axes.set_xlim(min(0.3, float(ratios.min()) * 0.7), max(100.0, float(ratios.max()) * 2))
    axes.set_ylim(-0.5, len(rows) - 0.3)
    axes.set_yticks(list(rows.values()), [fill(shorten(kind, 44, placeholder=" …"), 22) for kind in rows])
    axes.set_xlabel("examples ÷ degrees of freedom, log scale; dashed: the rule of ten")
    figure.legend(frameon=False, fontsize=11, loc="outside right upper")
    return figure


def learning_chart(curve: pd.DataFrame, *, source: str, rule: float | None = None) -> Figure:
    """What more examples bring: F1 on unseen films and on those learnt from, by number of examples.

    ``curve`` has examples, macro_f1, low, high and train_f1, one training size a row; ``rule`` marks where the rule of
    ten would be content.
    """
    first, last = curve.iloc[0], curve.iloc[-1]
    claim = (
        f"From {first['examples']:,.0f} to {last['examples']:,.0f} examples, F1 on unseen films goes from "
        f"{first['macro_f1']:.2f} to {last['macro_f1']:.2f}"
    )
    figure, axes = canvas(claim, source=source)
    places = curve["examples"].to_numpy(dtype="float64")
    unseen, low, high, own = (curve[n].to_numpy(dtype="float64") for n in ("macro_f1", "low", "high", "train_f1"))
    axes.fill_between(places, low, high, color=BLUE, alpha=0.2, linewidth=0)
    axes.plot(places, unseen, "o-", color=BLUE, linewidth=2.5, markersize=8, label="unseen films, range over folds")
    axes.plot(places, own, "s--", color=ORANGE, linewidth=2, label="films it learnt from")
    if rule:
        axes.axvline(rule, color=GREY, linestyle="dashed", linewidth=1, label=f"the rule of ten: {rule:,.0f}")
    axes.set_xscale("log")
    axes.set_xticks(places, [f"{n:,.0f}" for n in places], rotation=0)
    axes.set_xticks([], minor=True)
    axes.set_ylim(0, 1)
    axes.set_xlabel("examples learnt from, log scale")
    axes.set_ylabel("macro-F1, 0 to 1")
    axes.legend(frameon=False, fontsize=12, loc="lower right")
    return figure
