"""Films of movies_metadata.csv: one clean row a film."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bookfilm_nb.movies.genres import canonical_genre, joined

from .csv_rows import fitted, number, plain, records, whole, year_in
from .kaggle_literals import names
from .kaggle_repair import Row, mend_split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .csv_rows import Head
    from .tally import Tally

__all__ = ["Known", "columns_of", "film_rows", "rows_of"]

_ID_NAMES = ("id", "tmdb_id", "tmdbid", "movie_id")
_NO_OVERVIEW = frozenset({"no overview found.", "no overview found", "no overview", "n/a"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")


@dataclass(frozen=True)
class Known:
    """What the other files say about films, by TMDB id."""

    keywords: Mapping[int, tuple[str, ...]]
    """Only films with at least one keyword."""
    from_book: frozenset[int]
    """Films whose keywords or credits name a book."""


def columns_of(first: Head) -> tuple[str, ...]:
    """The names of a header, with ``id`` for the TMDB id, which copies call ``tmdb_id`` too."""
    ident = next((name for name in _ID_NAMES if name in first.columns), "id")
    return tuple("id" if name == ident else name for name in first.columns)


def rows_of(file: Path, first: Head, tally: Tally) -> Iterator[Row]:
    """The data records of a file by column name; counts them, and sets aside those with cells too many."""
    columns = columns_of(first)
    lines = records(file, first.delimiter, tally)
    next(lines)
    for line in lines:
        tally.rows_in += 1
        cells = fitted(line, len(columns))
        if cells is None:
            tally.set_aside["more cells than columns"] += 1
        elif not any(cell.strip() for cell in cells):
            tally.set_aside["empty row"] += 1
        else:
            yield dict(zip(columns, cells, strict=True))


def film_rows(files: list[tuple[Path, Head]], tallies: list[Tally], known: Known) -> list[dict[str, object]]:
    """The films of all metadata files as columns of the tidy table, each film once.

    Of several rows with one id, an exact copy is set aside, and where they differ the one with more votes (then with
    more that is known) is kept.
    """
    kept: dict[object, tuple[Row, Tally]] = {}
    for (file, first), tally in zip(files, tallies, strict=True):
        for row in mend_split(rows_of(file, first, tally), tally):
            if not _title(row):
                tally.set_aside["no title"] += 1
                continue
            key: object = whole(row.get("id", ""))
            if key is None:
                key = _fingerprint(row)
            if key not in kept:
                kept[key] = (row, tally)
                continue
            earlier, its_tally = kept[key]
            if _fingerprint(row) == _fingerprint(earlier):
                tally.set_aside["exact copy of another row"] += 1
            elif _weight(row) > _weight(earlier):
                its_tally.set_aside["id again, the other row has more votes"] += 1
                kept[key] = (row, tally)
            else:
                tally.set_aside["id again, the other row has more votes"] += 1
    return [_film(row, tally, known) for row, tally in kept.values()]


def _title(row: Row) -> str:
    return plain(row.get("title", "")) or plain(row.get("original_title", ""))


def _fingerprint(row: Row) -> bytes:
    return hashlib.sha256("\x1f".join(f"{name}\x1e{cell}" for name, cell in sorted(row.items())).encode()).digest()


def _weight(row: Row) -> tuple[float, int]:
    known = sum(cell.strip() not in {"", "0", "0.0", "[]"} for cell in row.values())
    return number(row.get("vote_count", "")) or 0.0, known


def _film(row: Row, tally: Tally, known: Known) -> dict[str, object]:
    if not plain(row.get("title", "")):
        tally.repaired["title taken from the original title"] += 1
    ident, votes = whole(row.get("id", "")), whole(row.get("vote_count", ""))
    overview = row.get("overview", "").strip()
    genres, countries = names(row.get("genres", "")), names(row.get("production_countries", ""))
    language = row.get("original_language", "").strip()
    rating = number(row.get("vote_average", ""))
    film: dict[str, object] = {
        "year": year_in(row.get("release_date", "")),
        "runtime_min": _amount(row, "runtime", 1e5),
        "genres": joined(map(canonical_genre, genres or ())),
        # A mean of 0 votes is written 0.0 and is no rating.
        "rating": rating if rating is not None and votes != 0 and 0 < rating <= 10 else None,
        "votes": votes if votes is not None and votes >= 0 else None,
        "budget": _amount(row, "budget"),
        "revenue": _amount(row, "revenue"),
        "language": language if _LANGUAGE.fullmatch(language) else None,
        "countries": joined(countries or ()),
        "overview": overview if overview.casefold() not in _NO_OVERVIEW and overview else None,
        "source_id": str(ident) if ident is not None else None,
    }
    for column, cell in _CELLS.items():
        if film[column] is None and row.get(cell, "").strip():
            tally.unknown[column] += 1
    keywords = known.keywords.get(ident) if ident is not None else None
    return {
        "title": _title(row),
        **film,
        "keywords": joined(keywords or ()),
        "adapted_from_book": True if ident in known.from_book else False if keywords else None,
    }


_CELLS = {
    "year": "release_date", "runtime_min": "runtime", "genres": "genres", "rating": "vote_average",
    "votes": "vote_count", "budget": "budget", "revenue": "revenue", "language": "original_language",
    "countries": "production_countries", "overview": "overview", "source_id": "id",
}  # fmt: skip


def _amount(row: Row, column: str, most: float = 1e15) -> float | None:
    """The number, or None for 0, which means unknown in this dataset, and for what cannot be an amount."""
    value = number(row.get(column, ""))
    return value if value is not None and 0 < value < most else None
