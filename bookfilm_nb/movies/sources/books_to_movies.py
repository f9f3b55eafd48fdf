"""A table of books and the films made from them, with rows that continue the row above."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError

from .csv_rows import header_of, records_of, whole
from .packed_files import clean, head_of, read_text
from .tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from bookfilm_nb.movies.table import TableReport

__all__ = ["is_books_table", "read_books_table"]

_COLUMNS = ("book title", "author(s)", "year published", "film name", "release year", "director")
_NEEDED = {"book title", "film name"}


@dataclass
class _Film:
    """One film of the table, while its rows are gathered."""

    row: int
    title: str
    year: str | None
    book: str | None
    published: str | None
    authors: list[str] = field(default_factory=list)
    directors: list[str] = field(default_factory=list)


def is_books_table(path: Path) -> bool:
    """Whether a file begins with the header of the table, whatever its case, order or separator."""
    return set(_names(header_of(head_of(path)))) >= _NEEDED


def _names(header: list[str]) -> list[str]:
    return [" ".join(name.casefold().split()) for name in header]


def read_books_table(path: Path) -> tuple[pd.DataFrame, TableReport]:
    """The films of the table: film, year (Int16), book, authors, published (Int16), directors, source_id; one a row.

    A row that has only a director or an author continues the film above; one with a film but no book is another film
    of the book above. Several names are joined by a bar. Raises DataError for a file that is not this table.
    """
    text = read_text(path)
    names = _names(header_of(text))
    if not set(names) >= _NEEDED:
        raise DataError(
            f"{path.name} has no columns 'Book Title' and 'Film Name' in its first line.",
            hint="Give the CSV file of the books-to-movies table.",
            path=str(path),
        )
    tally = Tally(path.name)
    rows = list(records_of(text, path.name, tally))
    tally.rows_in += len(rows)
    films = _gathered(names, rows, tally)
    tally.unknown.update("year" for film in films if film.year is not None and _year(film.year) is None)
    return _frame(films), tally.report()


def _gathered(names: list[str], rows: list[list[str]], tally: Tally) -> list[_Film]:
    films: list[_Film] = []
    for number, row in enumerate(rows, 1):
        raw = dict(zip(names, row, strict=False))
        cells = {name: clean(raw.get(name)) for name in _COLUMNS}
        title, book, author, director = (cells[name] for name in ("film name", "book title", "author(s)", "director"))
        if title is None and not films:
            tally.set_aside["continues no film" if any(cells.values()) else "empty"] += 1
        elif title is None and book is None and (author or director):
            films[-1].authors += [author] if author else []
            films[-1].directors += [director] if director else []
            tally.set_aside["a further author or director: joined to the row above"] += 1
        elif title is None:
            tally.set_aside["a book without a film" if book else "empty"] += 1
        else:
            if book is None and films:
                tally.repaired["book of the row above"] += 1
                above = films[-1]
                film = _Film(number, title, cells["release year"], above.book, above.published, list(above.authors))
            else:
                film = _Film(number, title, cells["release year"], book, cells["year published"])
            film.authors += [author] if author and author not in film.authors else []
            film.directors += [director] if director else []
            if title != raw.get("film name", "").strip() or (book and book != raw.get("book title", "").strip()):
                tally.repaired["spaces inside a title"] += 1
            films.append(film)
    return films


def _year(cell: str | None) -> int | None:
    """The year in a cell: also ``1939.0``, as pandas writes a column with gaps."""
    year = whole(cell or "")
    return year if year is not None and 1000 <= year <= 9999 else None


def _frame(films: list[_Film]) -> pd.DataFrame:
    import pandas as pd

    columns = {
        "film": ([film.title for film in films], "string"),
        "year": ([_year(film.year) for film in films], "Int16"),
        "book": ([film.book for film in films], "string"),
        "authors": (["|".join(film.authors) or None for film in films], "string"),
        "published": ([_year(film.published) for film in films], "Int16"),
        "directors": (["|".join(film.directors) or None for film in films], "string"),
        "source_id": ([f"books_to_movies:{film.row}" for film in films], "string"),
    }
    return pd.DataFrame({name: pd.Series(values, dtype=dtype) for name, (values, dtype) in columns.items()})
