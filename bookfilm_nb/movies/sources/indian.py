"""IMDb movies of India, by Adrian McMahon (data.world and Kaggle), in every encoding it goes by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.genres import canonical_genre, joined
from bookfilm_nb.movies.table import Loaded, LoadReport, tidy

from .csv_rows import Head, encoding_of, fitted, head, number, plain, records, whole, year_in
from .tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SHEET", "load", "recognises"]

SHEET = DataSheet(
    name="indian",
    title="IMDb movies of India",
    link="https://data.world/adrianmcmahon/imdb-indian-movies",
    owner="Adrian McMahon, who collected it from IMDb; the figures are IMDb's",
    licence="none of its own that binds IMDb: collected from IMDb, so IMDb's terms hold (personal and non-commercial)",
    research="yes",
    commercial_film="no",
    redistribution="no",
    attribution="Information courtesy of IMDb (https://www.imdb.com). Used with permission.",
    cost="free",
    key="",
    rate_limit="none: one file; data.world asks for an account",
    geography="no limit known; not tried from every country",
    freshness="collected in 2021 and not updated since",
    size="15,509 films, 1.4 MB; a cleaned copy of 7,558 films circulates too",
    columns={
        "Name": "title",
        "Year": "year of release, written -2019, (2019), |-2019| or 2019",
        "Duration": "running time in minutes, 109 min or 109",
        "Genre": "up to three genres, joined by commas, in some copies in square brackets",
        "Rating": "mean IMDb rating, 1 to 10",
        "Votes": "number of IMDb votes, with thousands separators",
        "Director": "first director",
        "Actor 1": "first actor",
        "Actor 2": "second actor",
        "Actor 3": "third actor",
    },
    faults=(
        "circulates as UTF-8 with a byte order mark and as cp1252",
        "years stand as -2019, (2019), |-2019| or 2019; 528 are missing",
        "running times are text (109 min); 8,269 of 15,509 are missing",
        "7,590 films have no rating and 7,589 no votes",
        "one vote count is a sum of money ($5.16M)",
        "one film has no name",
        "6 rows are exact copies; 18 more repeat a name and year and are kept: some are versions in two languages",
        "no identifier, so films can be joined to other tables by title and year only",
    ),
    answers=("running times and genres of Indian films", "ratings by genre and decade outside Hollywood"),
    cannot_answer=("which films come from a book", "budgets", "plots", "the language of a film"),
    getting="Download the CSV from the link (an account is needed) and give its path to `bookfilm data check`.",
    checked="2026-11-22",
)

_COLUMNS = ("name", "year", "duration", "genre", "rating", "votes", "director", "actor1", "actor2", "actor3")
_FIRST = frozenset(_COLUMNS[:7])
_LEAST = 5
"""So many of the first seven columns tell the table, if the name is one of them: copies drop a column or two."""
_MINUTES = re.compile(r"(?:(\d{1,2})\s*h(?:\s*(\d{1,2})\s*m(?:in)?)?|(\d{1,5}(?:\.\d+)?)\s*(?:m|min|mins|minutes)?\.?)")


def recognises(path: Path) -> bool:
    """Whether this file, or a file in this folder, has the header of the table."""
    return bool(_files(path))


def load(path: Path) -> Loaded:
    """The tidy table of the films, and under ``people`` their director and actors, row for row.

    ``people`` has the columns director, actor_1, actor_2, actor_3 (dtype string), rows as in the tidy table.
    Raises DataError for a file that is not this table or cannot be read.
    """
    import pandas as pd

    files = _files(path)
    if not files:
        if not path.is_dir():
            encoding_of(path)  # says why where it is not even text
        raise DataError(
            f"{path.name} is not the table of Indian movies.",
            hint=f"A CSV file is needed whose first line has the columns {', '.join(_COLUMNS[:7])}.",
            path=str(path),
        )
    seen: set[tuple[str, ...]] = set()
    films: list[dict[str, object]] = []
    people: list[tuple[str | None, ...]] = []
    reports = []
    for file, first in files:
        tally = Tally(file.name)
        for row in _rows(file, first, tally):
            cells = tuple(map(plain, row))
            # The spelling of the year is what differs between copies of the table.
            film = (cells[0], str(year_in(cells[1])), *cells[2:])
            if not cells[0]:
                tally.set_aside["no title"] += 1
            elif film in seen:
                tally.set_aside["exact copy of another row"] += 1
            else:
                seen.add(film)
                films.append(_film(cells, tally))
                people.append(tuple(cell or None for cell in cells[6:]))
        reports.append(tally.report())
    return Loaded(
        table=tidy(pd.DataFrame(films), "indian"),
        report=LoadReport(source="indian", tables=tuple(reports)),
        others={"people": pd.DataFrame(people, columns=["director", "actor_1", "actor_2", "actor_3"], dtype="string")},
    )


def _files(path: Path) -> list[tuple[Path, Head]]:
    candidates = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    heads = [(file, found) for file in candidates if (found := head(file)) is not None]
    # Copies write "Actor 1", "Actor_1" or "Actor1".
    plain_heads = [
        (file, Head(tuple(re.sub(r"[\s_]", "", name) for name in found.columns), found.delimiter))
        for file, found in heads
    ]
    return [(file, first) for file, first in plain_heads if _is_table(set(first.columns))]


def _is_table(columns: set[str]) -> bool:
    return "name" in columns and len(columns & _FIRST) >= _LEAST and bool(columns & {"duration", "actor1"})


def _rows(file: Path, first: Head, tally: Tally) -> list[list[str]]:
    """The ten columns of every record in their usual order, whatever order the file has them in."""
    places = [first.columns.index(name) if name in first.columns else -1 for name in _COLUMNS]
    rows = []
    lines = records(file, first.delimiter, tally)
    next(lines)
    for line in lines:
        tally.rows_in += 1
        row = fitted(line, len(first.columns))
        if row is None:
            tally.set_aside["more cells than columns"] += 1
        elif not any(cell.strip() for cell in row):
            tally.set_aside["empty row"] += 1
        else:
            if len(line) < len(first.columns):
                tally.repaired["cells missing at the end of the row"] += 1
            rows.append([row[place] if place >= 0 else "" for place in places])
    return rows


def _film(cells: tuple[str, ...], tally: Tally) -> dict[str, object]:
    name, year, duration, genre, rating, votes = cells[:6]
    film: dict[str, object] = {
        "year": year_in(year),
        "runtime_min": _minutes(duration),
        "genres": joined(canonical_genre(part) for part in genre.strip("[] ").replace("'", "").split(",")),
        "rating": score if (score := number(rating)) is not None and 1 <= score <= 10 else None,
        "votes": count if (count := whole(votes.replace(",", ""))) is not None and count >= 0 else None,
    }
    for column, cell in zip(film, cells[1:], strict=False):
        if cell and film[column] is None:
            tally.unknown[column] += 1
    return {"title": name, "countries": "India", **film}


def _minutes(cell: str) -> float | None:
    """Minutes in ``109 min``, ``109`` or ``1h 49min``; None for 0 and for other text."""
    found = _MINUTES.fullmatch(cell.casefold())
    if not found:
        return None
    hours, rest, minutes = found.groups()
    value = float(minutes) if minutes else int(hours) * 60 + int(rest or 0)
    return value or None
