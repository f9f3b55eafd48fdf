"""Films made from books beside films that are not: what differs, by how much, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import Document, Value

from .genres import split
from .pacing import title_key
from .rank_tests import FEWEST, Difference, difference, mann_whitney, two_sided

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["MEASURES", "AdaptationView", "Measured", "adaptation_view", "with_shot_lengths"]

MEASURES = ("runtime_min", "rating", "votes", "budget", "revenue", "asl_s", "msl_s")
"""Columns that are compared where a table has them; shot lengths come with a table joined to Cinemetrics."""


class Measured(Value):
    """One measure: all films together, and the same within genres."""

    measure: str
    overall: Difference
    p_holm: float
    """The p-value after Holm's correction for the number of measures compared."""
    within_genres: float | None
    """Cliff's delta within first-named genres, weighted by n m / (n + m); None where no genre has enough films."""
    p_within: float | None
    """Van Elteren's test: Mann-Whitney stratified by first-named genre."""
    by_genre: Mapping[str, Difference]
    """Each genre with enough films on both sides; a film counts in all of its genres."""


class AdaptationView(Document):
    """How adapted films differ from others in one table, with what to keep in mind."""

    source: str
    adapted: int
    other: int
    unknown: int
    """Films of which the source does not say: left out, since unknown is not "no"."""
    measures: tuple[Measured, ...]
    caveats: tuple[str, ...]

    def text(self) -> str:
        """The result in sentences, caveats last."""
        lines = [
            f"{self.source}: {self.adapted:,} films from books, {self.other:,} others, {self.unknown:,} unknown.",
            *(_sentence(m) for m in self.measures),
            *self.caveats,
        ]
        return "\n".join(lines)


def adaptation_view(
    table: pd.DataFrame, *, measures: Sequence[str] = MEASURES, untold_as_no: bool = False
) -> AdaptationView:
    """Adapted films against originals in a tidy table, by each of the measures that it has.

    ``table`` needs ``adapted_from_book`` (boolean with <NA> for unknown), ``genres``, ``source`` and numeric columns
    named as in ``measures``. A measure is left out where fewer than eight films on either side have it. Most sources
    tell of books but never deny one: with ``untold_as_no`` films of which nothing is said stand for originals, and the
    caveats say so. Raises DataError where fewer than eight films are known to be adapted or not to be, and where no
    measure is left.
    """
    flag = table["adapted_from_book"].astype("boolean")
    sides = [side.fillna(value=untold).to_numpy(dtype=bool) for side, untold in ((flag, False), (~flag, untold_as_no))]
    counts = (int(sides[0].sum()), int(sides[1].sum()))
    sources = ", ".join(sorted(set(table["source"].dropna()))) or "the table"
    if min(counts) < FEWEST:
        raise DataError(
            f"{sources} names {counts[0]} films as from a book and {counts[1]} as not: too few to compare.",
            hint="Use a source that tells both, or count films of which nothing is told as not (untold_as_no=True).",
            adapted=counts[0],
            other=counts[1],
        )
    genres = [split(cell) if isinstance(cell, str) else () for cell in table["genres"]]
    found: list[Measured] = []
    for name in measures:
        if name in table:
            values = table[name].to_numpy(dtype=np.float64, na_value=np.nan)
            measured = _measure(name, values, sides, genres, sources)
            found += [measured] if measured else []
    if not found:
        raise DataError(
            f"None of the measures is known for {FEWEST} films on both sides of {sources}.",
            hint=f"The table needs one of the columns {', '.join(measures)}.",
        )
    unknown = int(flag.isna().sum())
    return AdaptationView(
        source=sources,
        adapted=counts[0],
        other=counts[1],
        unknown=unknown,
        measures=_holm(found),
        caveats=_caveats(unknown, len(table), untold=untold_as_no),
    )


def with_shot_lengths(table: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """The tidy table with asl_s and msl_s (Float64, seconds) of the films of the same title and year, else <NA>.

    ``measured`` is the table of :func:`bookfilm_nb.movies.pacing.films`.
    """
    import pandas as pd

    rows = zip(measured["key"], measured["year"], measured["asl_s"], measured["msl_s"], strict=True)
    lengths = {(key, int(year)): (asl, msl) for key, year, asl, msl in rows}
    films = [
        None if pd.isna(title) or pd.isna(year) else (title_key(title), int(year))
        for title, year in zip(table["title"], table["year"], strict=True)
    ]
    found = [lengths.get(film, (pd.NA, pd.NA)) if film else (pd.NA, pd.NA) for film in films]
    columns = {name: pd.array([row[i] for row in found], dtype="Float64") for i, name in enumerate(("asl_s", "msl_s"))}
    return table.assign(**columns)


def _measure(
    name: str,
    values: NDArray[np.float64],
    sides: Sequence[NDArray[np.bool_]],
    genres: Sequence[tuple[str, ...]],
    source: str,
) -> Measured | None:
    known = np.isfinite(values)
    a, b = sides[0] & known, sides[1] & known
    if min(a.sum(), b.sum()) < FEWEST:
        return None
    by_genre: dict[str, Difference] = {}
    total = variance = weighted_delta = weight_sum = 0.0
    for genre in sorted({g for names in genres for g in names}):
        among = np.array([genre in names for names in genres])
        if min((a & among).sum(), (b & among).sum()) >= FEWEST:
            by_genre[genre] = difference(values[a & among], values[b & among], source)
        first = np.array([names[:1] == (genre,) for names in genres])
        n, m = int((a & first).sum()), int((b & first).sum())
        if n and m:
            above, var = mann_whitney(values[a & first], values[b & first])
            weight = 1 / (n + m + 1)
            total += weight * (above - n * m / 2)
            variance += weight**2 * var
            share = n * m / (n + m)
            weighted_delta += share * (2 * above / (n * m) - 1)
            weight_sum += share
    return Measured(
        measure=name,
        overall=difference(values[a], values[b], source),
        p_holm=1.0,
        within_genres=round(weighted_delta / weight_sum, 4) if weight_sum else None,
        p_within=two_sided(total, variance) if weight_sum else None,
        by_genre=by_genre,
    )


def _holm(measures: list[Measured]) -> tuple[Measured, ...]:
    order = sorted(range(len(measures)), key=lambda i: measures[i].overall.p_value)
    corrected = [1.0] * len(measures)
    worst = 0.0
    for rank, i in enumerate(order):
        worst = max(worst, min(1.0, measures[i].overall.p_value * (len(measures) - rank)))
        corrected[i] = worst
    return tuple(m.model_copy(update={"p_holm": p}) for m, p in zip(measures, corrected, strict=True))


def _caveats(unknown: int, rows: int, *, untold: bool) -> tuple[str, ...]:
    if untold:
        about_unknown = (
            "Films of which the source says nothing stand for those not from books, and some of them are from books: "
            "unknown is not no, and true differences are rather larger than these."
        )
    else:
        about_unknown = (
            f"{unknown:,} of {rows:,} films are left out, since the source does not say: unknown is not no, and the "
            "films of which it is known are the better-known ones."
        )
    confounded = (
        "Books are not adapted at random: genre, budget and decade go with it. The comparison within genres takes the "
        "first-named genre out, nothing else; no difference here is the effect of a book."
    )
    return about_unknown, confounded


def _sentence(m: Measured) -> str:
    d = m.overall
    told = (
        f"{m.measure}: median {d.adapted.value:g} ({d.adapted.low:g} to {d.adapted.high:g}, {d.adapted.rows:,} films) "
        f"against {d.other.value:g} ({d.other.low:g} to {d.other.high:g}, {d.other.rows:,}); shift {d.shift:+g} "
        f"({d.shift_low:+g} to {d.shift_high:+g}), Cliff's delta {d.cliffs_delta:+.2f} ({d.delta_low:+.2f} to "
        f"{d.delta_high:+.2f}), Mann-Whitney p {_p(d.p_value)}, {_p(m.p_holm)} after Holm"
    )
    if m.within_genres is None or m.p_within is None:
        return f"{told}; no genre has films on both sides."
    return f"{told}; within genres delta {m.within_genres:+.2f}, van Elteren p {_p(m.p_within)}."


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
