"""Keywords, credits and links of The Movies Dataset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .csv_rows import whole
from .kaggle_films import rows_of
from .kaggle_literals import entries

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from .csv_rows import Head
    from .tally import Tally

__all__ = ["BOOK_JOBS", "credit_tables", "is_book_keyword", "keyword_table", "link_table"]

_BOOK = re.compile(
    r"based on\b.*\b(?:novels?|novell?as?|novelettes?|books?|short stor(?:y|ies)|memoirs?|(?:auto)?biograph(?:y|ies))\b"
)
_NO_BOOK = re.compile(r"\b(?:comics?|graphic|manga|games?|toys?|plays?|musicals?|tv|films?|movies?)\b")
BOOK_JOBS = frozenset({"Novel", "Book", "Short Story", "Novella", "Memoir"})
"""Jobs in the credits that only the author of the book behind a film has."""

Entries = list[dict[str, object]]


def is_book_keyword(name: str) -> bool:
    """Whether a TMDB keyword says that the film is made from a book.

    Novels, novellas, short stories, memoirs and (auto)biographies are books, and so are children's books and light
    novels; comics, graphic novels, manga, plays, games, poems, myths and true events are not.
    """
    plain = name.casefold()
    return bool(_BOOK.search(plain)) and not _NO_BOOK.search(plain)


def _once(
    files: list[tuple[Path, Head]], tallies: list[Tally], columns: tuple[str, ...]
) -> dict[int, dict[str, Entries]]:
    """The list cells of each film, by id: exact copies set aside, of differing rows the one with more entries kept."""
    kept: dict[int, tuple[dict[str, Entries], tuple[str, ...], Tally]] = {}
    for (file, first), tally in zip(files, tallies, strict=True):
        for row in rows_of(file, first, tally):
            ident = whole(row["id"])
            if ident is None:
                tally.set_aside["no film id"] += 1
                continue
            raw = tuple(row[column] for column in columns)
            if ident in kept and kept[ident][1] == raw:
                tally.set_aside["exact copy of another row"] += 1
                continue
            cells = {column: _cell(row, column, tally) for column in columns}
            if ident not in kept:
                kept[ident] = (cells, raw, tally)
            elif _entries_in(cells) > _entries_in(kept[ident][0]):
                kept[ident][2].set_aside["id again, the other row has more entries"] += 1
                kept[ident] = (cells, raw, tally)
            else:
                tally.set_aside["id again, the other row has more entries"] += 1
    return {ident: cells for ident, (cells, _, _) in kept.items()}


def _cell(row: dict[str, str], column: str, tally: Tally) -> Entries:
    found = entries(row[column])
    if not found and row[column].strip():
        tally.unknown[column] += 1
    return found or []


def _entries_in(cells: dict[str, Entries]) -> int:
    return sum(map(len, cells.values()))


def keyword_table(
    files: list[tuple[Path, Head]], tallies: list[Tally]
) -> tuple[pd.DataFrame, dict[int, tuple[str, ...]]]:
    """One row a keyword of a film (source_id string, keyword_id Int32, keyword string), and keywords by film id."""
    import pandas as pd

    films = _once(files, tallies, ("keywords",))
    rows = [
        (str(ident), _small(entry.get("id")), name)
        for ident, cells in films.items()
        for entry in cells["keywords"]
        if (name := _text(entry.get("name")))
    ]
    table = pd.DataFrame(rows, columns=["source_id", "keyword_id", "keyword"])
    by_film: dict[int, tuple[str, ...]] = {}
    for ident, cells in films.items():
        if found := tuple(name for entry in cells["keywords"] if (name := _text(entry.get("name")))):
            by_film[ident] = found
    return table.astype({"source_id": "string", "keyword_id": "Int32", "keyword": "string"}), by_film


def credit_tables(
    files: list[tuple[Path, Head]], tallies: list[Tally]
) -> tuple[pd.DataFrame, pd.DataFrame, frozenset[int]]:
    """Cast, crew, and the films with the author of a book among their credits.

    Cast: source_id string, billing Int32 (0 is first), person_id Int32, name string, character string, gender Int8
    (1 woman, 2 man). Crew: source_id, person_id, name, department, job.
    """
    import pandas as pd

    films = _once(files, tallies, ("cast", "crew"))
    cast = [
        (
            str(ident), _small(entry.get("order")), _small(entry.get("id")), _text(entry.get("name")),
            _text(entry.get("character")), gender if (gender := entry.get("gender")) in (1, 2) else None,
        )
        for ident, cells in films.items()
        for entry in cells["cast"]
    ]  # fmt: skip
    crew = [
        (
            str(ident), _small(entry.get("id")), _text(entry.get("name")), _text(entry.get("department")),
            _text(entry.get("job")),
        )
        for ident, cells in films.items()
        for entry in cells["crew"]
    ]  # fmt: skip
    from_book = frozenset(
        ident for ident, cells in films.items() if any(entry.get("job") in BOOK_JOBS for entry in cells["crew"])
    )
    cast_table = pd.DataFrame(cast, columns=["source_id", "billing", "person_id", "name", "character", "gender"])
    crew_table = pd.DataFrame(crew, columns=["source_id", "person_id", "name", "department", "job"])
    return (
        cast_table.astype(
            {"source_id": "string", "billing": "Int32", "person_id": "Int32", "name": "string", "character": "string",
             "gender": "Int8"}
        ),
        crew_table.astype({"person_id": "Int32"} | dict.fromkeys(("source_id", "name", "department", "job"), "string")),
        from_book,
    )  # fmt: skip


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _small(value: object) -> int | None:
    return value if isinstance(value, int) and abs(value) < 2**31 else None


def link_table(files: list[tuple[Path, Head]], tallies: list[Tally]) -> pd.DataFrame:
    """The three id systems side by side: movielens_id Int32, tmdb_id Int32, imdb_id string (``tt0114709``)."""
    import pandas as pd

    rows: dict[tuple[int, int | None, str | None], None] = {}
    for (file, first), tally in zip(files, tallies, strict=True):
        for row in rows_of(file, first, tally):
            movielens, tmdb, imdb = (_ident(row.get(name, "")) for name in ("movieid", "id", "imdbid"))
            if movielens is None:
                tally.set_aside["no MovieLens id"] += 1
                continue
            if tmdb is None and row.get("id", "").strip():
                tally.unknown["tmdb_id"] += 1
            link = (movielens, tmdb, f"tt{imdb:07d}" if imdb is not None else None)
            if link in rows:
                tally.set_aside["exact copy of another row"] += 1
            rows[link] = None
    table = pd.DataFrame(list(rows), columns=["movielens_id", "tmdb_id", "imdb_id"])
    return table.astype({"movielens_id": "Int32", "tmdb_id": "Int32", "imdb_id": "string"})


def _ident(cell: str) -> int | None:
    value = whole(cell.strip().removeprefix("tt"))
    return value if value is not None and 0 < value < 2**31 else None
