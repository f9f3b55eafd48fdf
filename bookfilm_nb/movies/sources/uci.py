"""UCI Movie (132): Gio Wiederhold's films of 1891 to 1999, with casts, people, studios and remakes."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.table import Loaded, LoadReport, tidy

from .csv_rows import encoding_of, fitted, records
from .tally import Tally
from .uci_films import film_rows
from .uci_get import fetch_uci as get
from .uci_html import html_rows, is_main_html
from .uci_tables import KINDS, kind_of, side_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

__all__ = ["SHEET", "get", "load", "recognises"]

SHEET = DataSheet(
    name="uci",
    title="Movie (UCI 132)",
    link="https://archive.ics.uci.edu/dataset/132/movie",
    owner="Gio Wiederhold, Stanford University",
    licence="no usage restrictions, other than for commercial resale",
    research="yes",
    commercial_film="yes",
    redistribution="yes",
    attribution="Please acknowledge the source: Gio Wiederhold, Stanford University.",
    cost="free",
    rate_limit="none stated",
    geography="no limit known; not tried from every country",
    freshness="entered by hand until 1999; never updated since",
    size="11,467 films, 46,233 roles, 6,828 actors, 3,313 people, 1,278 remakes, 194 studios, 388 synonyms; 4.9 MB",
    columns={
        "main": "film id, title, year, director (D:), producer (P:), studio (St:, SD: distributor, SL: place), process"
        " code, category codes, awards; in the HTML form also location and notes",
        "casts": "film id, title, actor, role type, role (R:)",
        "actors": "stage name, years of work, family and first name, gender, years of birth and death, role types,"
        " origin",
        "people": "name, codes (D director, P producer, W writer ...), director id, years of work, family and first"
        " name, year of birth, origin",
        "remakes": "film id, title, year, how much of it is the same (0 to 1), prior film's id, title, year",
        "studios": "name, company, city, country, year of foundation, last year",
        "synonyms": "film id, other title, its country, country of the first title, first title",
    },
    faults=(
        "no header line; the tables are told apart by their width and what stands where",
        "54 film ids are used more than once (109 rows): for copies, for other titles, and for other films",
        "years such as 19xx, 199x, 194e, 19428; 14 with a director's mark (D:1938); 2 with a question mark",
        "rows with a cell too many, too few, or two cells in one, and rows of two other tables among the films",
        "2,579 films are marked as uncategorised (Ctxx, CTxx) and 584 have no category",
        "category codes are misspelt, run together, or stand one column aside",
        "titles carry marks of the editor (Tm:)",
        "the CSV copies have lost the notes, which the HTML form keeps; its cells are never closed",
        "exact copies: 78 roles, 16 films, 12 synonyms, 9 remakes, 3 people, 1 actor",
    ),
    answers=("genres of older films", "which film remakes which, and how closely", "who worked with whom"),
    cannot_answer=(
        "running times, ratings, budgets, plots",
        "which films come from a book: only the notes of the HTML form name authors, of plays too",
        "whether a remake is of a book: a fraction of 0.9 says the same book or story",
    ),
    getting="bookfilm data get uci",
    checked="2026-11-22",
    citation="Wiederhold, G. (1999). Movie. UCI Machine Learning Repository.",
)

_TRIED_ROWS = 200


def recognises(path: Path) -> bool:
    """Whether this file is one of the seven tables (without a header), or the folder has one."""
    return bool(_files(path))


def load(path: Path) -> Loaded:
    """The tidy table of the films of main (CSV or HTML), and the other tables under their names in ``others``.

    See :data:`.uci_tables.KINDS` for their columns. ``source_id`` is the film id; where the file uses one id for
    several films the later ones get a number after a stroke (``CC80/2``). ``adapted_from_book`` is True where the
    notes name the author of a book, and else ``<NA>``.
    Raises DataError for files that are none of the tables or cannot be read.
    """
    import pandas as pd

    files = _files(path)
    if not files:
        if not path.is_dir():
            encoding_of(path)  # says why where it is not even text
        raise DataError(
            f"{path.name} has none of the UCI Movie tables.",
            hint="Give main.csv or main.html, or the folder with them: cells in quotes, separated by semicolons.",
            path=str(path),
        )
    films: list[dict[str, object]] = []
    kept: dict[str, list[str]] = {}
    others: dict[str, list[pd.DataFrame]] = {}
    reports = []
    for file, name, delimiter in files:
        tally = Tally(file.name)
        if name == "main":
            rows = html_rows(file) if not delimiter else _main_rows(file, delimiter, tally)
            films += film_rows(rows, tally, kept)
        else:
            others.setdefault(name, []).append(side_table(KINDS[name], records(file, delimiter, tally), tally))
        reports.append(tally.report())
    return Loaded(
        table=tidy(pd.DataFrame(films), "uci"),
        report=LoadReport(source="uci", tables=tuple(reports)),
        others={name: pd.concat(tables, ignore_index=True) for name, tables in others.items()},
    )


def _main_rows(file: Path, delimiter: str, tally: Tally) -> Iterator[list[str]]:
    for row in records(file, delimiter, tally):
        cells = fitted(row, KINDS["main"].width)
        if cells is None:
            tally.rows_in += 1
            tally.set_aside["not 9 cells"] += 1
        else:
            yield cells


def _files(path: Path) -> list[tuple[Path, str, str]]:
    """The files of the set, the table that each is, and what separates its cells; HTML first: it has the notes."""
    candidates = [*sorted(path.glob("*.htm*")), *sorted(path.glob("*.csv"))] if path.is_dir() else [path]
    return [(file, *kind) for file in candidates if (kind := _kind(file))]


def _kind(file: Path) -> tuple[str, str] | None:
    """The table that a file is and what separates its cells, "" for HTML; None for a file of another source."""
    try:
        with file.open("rb") as opened:
            start = opened.read(1 << 16).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return None
    if b"\0" in start:
        return None
    if b"<" in start and is_main_html(file):
        return "main", ""
    if start.startswith(b'"') and b'";"' in start:
        name = kind_of(_first_rows(start, ";"))
        return (name, ";") if name else None
    # Saved again by a spreadsheet: only tables with marks of their own can be told from others' then
    for delimiter in ";,\t":
        if (name := kind_of(_first_rows(start, delimiter))) in _MARKED:
            return name, delimiter
    return None


_MARKED = ("main", "casts", "remakes", "synonyms")


def _first_rows(start: bytes, delimiter: str) -> list[list[str]]:
    # The last of the lines is probably cut off.
    lines = start.decode("utf-8", errors="replace").splitlines()[: _TRIED_ROWS + 1]
    lines = lines[:-1] if len(lines) > 1 else lines
    try:
        return list(islice((row for row in csv.reader(lines, delimiter=delimiter) if row), _TRIED_ROWS))
    except csv.Error:
        return []
