"""The tables that the templates are made from, as single films with a number each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.movies.genres import canonical_genre, split
from bookfilm_nb.movies.pacing import (
    films,
    ggplot2_runtimes,
    join_genres,
    load_cinemetrics,
    load_top_grossing,
    movielens_films,
    title_key,
)
from bookfilm_nb.movies.pacing.listed import read_csv

from .pooling import Film

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["LATE_GENRES", "emotions", "lengths", "poster_films", "runtimes"]

LATE_GENRES = frozenset({"biography", "history"})
"""Genres that MovieLens does not know: only the table of top-grossing films 1970-2019 names them."""
_FIRST_TOP_YEAR = 1970
_FEATURE_MIN = 40
"""The Academy's border between a short film and a feature."""


def lengths(cinemetrics: Path, genres: Path, column: str) -> list[Film]:
    """A column (``asl_s``, ``msl_s``) of every measured film whose genres are known.

    Genres are MovieLens's; the two that it lacks are added from the table of top-grossing films, as films of their own
    with no other genre, so that they do not count twice among all films of a period.
    """
    measured = films(load_cinemetrics(cinemetrics).table).table
    top = load_top_grossing(genres).table
    return [*_films(join_genres(measured, movielens_films()), column), *_late(join_genres(measured, top), column)]


def runtimes(table: Path, genres: Path) -> list[Film]:
    """Minutes of feature films: the top-grossing of 1970-2019, and films of MovieLens before, and documentaries.

    Runtimes of the older films and of documentaries (which the other table has none of) are ggplot2movies's.
    """
    top = load_top_grossing(genres, table).table
    listed = movielens_films()
    keyed = listed[["title", "year"]].assign(key=listed["title"].map(title_key).astype("string"))
    other = _films(join_genres(keyed, listed, ggplot2_runtimes()), "runtime_min")
    old = [f for f in other if f.year < _FIRST_TOP_YEAR]
    told = [f._replace(among_all=False) for f in other if f.year >= _FIRST_TOP_YEAR and "documentary" in f.genres]
    only = [f._replace(genres=frozenset({"documentary"})) for f in told]
    return [f for f in (*_films(top, "runtime_min"), *old, *only) if f.value >= _FEATURE_MIN]


def poster_films(table: Path, genres: Path, column: str) -> list[Film]:
    """``poster_brightness`` or ``poster_saturation`` (0 to 100) of the top-grossing films of 1970-2019."""
    top = load_top_grossing(genres).table
    named = {(t, int(y)): frozenset(split(g)) for t, y, g in zip(top["title"], top["year"], top["genres"], strict=True)}
    found = []
    for row in read_csv(table, "the table of top-grossing films", ("year", "title", column)):
        film = (row["title"].strip(), int(row["year"]))
        value = _number(row[column])
        if film in named and value is not None:
            found.append(Film(film[1], named[film], value))
    return found


def emotions(path: Path) -> list[tuple[str, dict[str, float]]]:
    """Genre and share of each emotion, film by film, from counts of emotion words in subtitles (N. Redfern).

    A word under a negation ("not happy") counts among the words but not for the emotion, so shares sum to less
    than 1. Raises DataError for another table.
    """
    counts: dict[tuple[str, str], dict[str, float]] = {}
    for row in read_csv(path, "counts of emotion words", ("genre", "film", "emotion_type", "count")):
        counts.setdefault((row["genre"], row["film"]), {})[row["emotion_type"].casefold()] = float(row["count"])
    return [
        (canonical_genre(genre), {e: n / sum(words.values()) for e, n in words.items() if not e.endswith(" negated")})
        for (genre, _), words in counts.items()
    ]


def _films(table: pd.DataFrame, column: str) -> list[Film]:
    known = table.dropna(subset=[column, "genres"])
    rows = zip(known["year"], known["genres"], known[column], strict=True)
    return [Film(int(year), frozenset(split(genres)), float(value)) for year, genres, value in rows]


def _late(table: pd.DataFrame, column: str) -> list[Film]:
    return [
        Film(f.year, f.genres & LATE_GENRES, f.value, among_all=False)
        for f in _films(table, column)
        if f.genres & LATE_GENRES
    ]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
