"""Average and median shot length by genre and period, each with its rows and spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.model import PERIODS, Figure, Period, Value
from bookfilm_nb.movies.genres import GENRES

from .measured import spread
from .titles import other_title_keys, title_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["GenrePacing", "genre_pacing", "join_genres", "of_genre", "pacing_table", "years_of"]


class GenrePacing(Value):
    """How fast the films of one genre and of some years are cut: medians over films, with interquartile range."""

    genre: str
    first_year: int
    last_year: int
    shot_length_s: Figure
    """Average shot length (ASL)."""
    median_shot_s: Figure | None
    shot_sigma: Figure | None
    """Sigma of the lognormal law with a film's average and median: ``sqrt(2 ln(average / median))``."""


def years_of(period: Period) -> tuple[int, int]:
    """First and last year of a period, both included: ``(1970, 1989)``."""
    first, last = period.split("-")
    return int(first), int(last)


def join_genres(films: pd.DataFrame, *listed: pd.DataFrame, aliases: bool = False) -> pd.DataFrame:
    """Measured films with their genres: those of :func:`films` that a list names with the same title and year.

    ``listed`` are tables with title, year, genres (canonical, joined by a bar) and perhaps runtime_min, such as
    :func:`movielens_films` or any tidy table; where several name a film, its genres are taken from the first that does
    and its running time from the first that tells it. Returned: the columns of ``films``, genres (string) and
    runtime_min (Float32), one row a film, in the order of ``films``.

    Titles are compared by :func:`title_key`, years must be equal. With ``aliases`` the names in brackets count too
    ("Amelie (Fabuleux destin d'Amelie Poulain, Le)"). That finds two fifths more films of MovieLens, most of the
    further ones not English-speaking and cut slower (drama 1990-2016: 6.0 s of 738 films, not 5.6 s of 538), so a
    genre's figure would tell how many of those the lists spell with two names; it is off unless asked for. A year that
    may differ by one adds a twentieth and moves no genre's median by more than 0.25 s; it is not offered, because
    remakes of a neighbouring year would be taken for each other.
    """
    import pandas as pd

    genres: dict[tuple[str, int], str] = {}
    runtimes: dict[tuple[str, int], float] = {}
    for table in listed:
        usable = table[table["title"].notna() & table["year"].notna()]
        cells = usable["genres"] if "genres" in usable else pd.Series(pd.NA, index=usable.index)
        minutes = usable["runtime_min"] if "runtime_min" in usable else pd.Series(pd.NA, index=usable.index)
        exact: set[tuple[str, int]] = set()
        for step in (0, 1) if aliases else (0,):
            for title, year, cell, runtime in zip(usable["title"], usable["year"], cells, minutes, strict=True):
                keys = other_title_keys(title) if step else (title_key(title),)
                for film in ((key, int(year)) for key in keys):
                    if step and film in exact:
                        continue
                    exact |= {film} if not step else set()
                    if not pd.isna(cell):
                        genres.setdefault(film, cell)
                    if not pd.isna(runtime):
                        runtimes.setdefault(film, float(runtime))
    found = []
    for key, title, year in zip(films["key"], films["title"], films["year"], strict=True):
        spelled = (key, *other_title_keys(title)) if aliases else (key,)
        found.append(next(((k, int(year)) for k in spelled if (k, int(year)) in genres), None))
    rows = films[[film is not None for film in found]].reset_index(drop=True)
    named = [film for film in found if film is not None]
    rows["genres"] = pd.array([genres[film] for film in named], dtype="string")
    rows["runtime_min"] = pd.array([runtimes.get(film) for film in named], dtype="Float32")
    return rows


def of_genre(films: pd.DataFrame, genre: str, years: tuple[int, int]) -> pd.DataFrame:
    """The films of one genre (canonical name) and of the years first to last, both included."""
    has = films["genres"].str.split("|").map(lambda names: genre in names, na_action="ignore").fillna(value=False)
    return films[has.astype(bool) & films["year"].between(*years)]


def genre_pacing(films: pd.DataFrame, genre: str, years: tuple[int, int], source: str) -> GenrePacing | None:
    """The pacing of one genre over the years first to last, from joined films; None where no film is left.

    ``source`` names where the films come from and goes into each figure.
    """
    rows = of_genre(films, genre, years)
    average = spread(_numbers(rows["asl_s"]), source)
    if average is None:
        return None
    return GenrePacing(
        genre=genre,
        first_year=years[0],
        last_year=years[1],
        shot_length_s=average,
        median_shot_s=spread(_numbers(rows["msl_s"]), source),
        shot_sigma=spread(_numbers(rows["sigma"]), f"{source}; from average and median"),
    )


def pacing_table(
    films: pd.DataFrame, *, years: Iterable[tuple[int, int]] | None = None, genres: Iterable[str] = GENRES
) -> pd.DataFrame:
    """All genres and periods at once: one row a genre and span of years that has a film.

    Columns: genre (string), years (string, "1990-2020"), films (Int64), and Float64 seconds asl_s, asl_low_s,
    asl_high_s, median_shot_s, median_shot_low_s, median_shot_high_s (low and high are the quartiles), sigma.
    ``years`` defaults to :data:`PERIODS`.
    """
    import pandas as pd

    names = tuple(genres)
    spans = tuple(years) if years is not None else tuple(years_of(period) for period in PERIODS)
    rows: list[dict[str, object]] = []
    for span in spans:
        for genre in names:
            pacing = genre_pacing(films, genre, span, "")
            if pacing is None:
                continue
            average, middle, sigma = pacing.shot_length_s, pacing.median_shot_s, pacing.shot_sigma
            rows.append(
                {
                    "genre": genre,
                    "years": f"{span[0]}-{span[1]}",
                    "films": average.rows,
                    "asl_s": average.value,
                    "asl_low_s": average.low,
                    "asl_high_s": average.high,
                    "median_shot_s": middle.value if middle else None,
                    "median_shot_low_s": middle.low if middle else None,
                    "median_shot_high_s": middle.high if middle else None,
                    "sigma": sigma.value if sigma else None,
                }
            )
    columns = ["genre", "years", "films", "asl_s", "asl_low_s", "asl_high_s", "median_shot_s", "median_shot_low_s",
               "median_shot_high_s", "sigma"]  # fmt: skip
    kinds = {name: "string" if name in {"genre", "years"} else "Int64" if name == "films" else "Float64"
             for name in columns}  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(kinds)


def _numbers(column: pd.Series) -> list[float]:
    numbers: list[float] = column.to_numpy(dtype="float64", na_value=float("nan")).tolist()
    return numbers
