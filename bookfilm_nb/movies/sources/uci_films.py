"""Films of the UCI main table: rows straightened where that is certain, one row a film."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.movies.genres import joined

from .csv_rows import plain
from .uci_codes import country, genres_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .tally import Tally

__all__ = ["film_rows", "is_main_row"]

ID, TITLE, YEAR, DIRECTOR, PRODUCER, STUDIO, PROCESS, CATEGORY, AWARDS = range(9)
NOTES = 10

_YEAR = re.compile(r"(?:18[7-9]|19\d|20\d)\d", re.ASCII)
_DIRECTOR = re.compile(r"D[NU]?:")
_PRODUCER = re.compile(r"P[NUZ]?:")
_IDENT = re.compile(r"[A-Za-z]+\d+\w*")
_TITLE_MARK = re.compile(r"T[a-zZS0-9]?:\s*")
_MARKUP_TITLE = re.compile(r"^.*?<?t?d>\s*T[a-zZS0-9]?:\s*")
_MARKUP_ID = re.compile(r"(\w+?)<?t?d>\s*(T[a-zZS0-9]?:.+)")
_MARKUP_YEAR = re.compile(r"(.+?)<?t?d>\s*(\d{4})")
_BOOK_AUTHOR = re.compile(r"\bB\(\s*[A-Z]")

Row = list[str]


def is_main_row(row: Row) -> bool:
    """Whether a record looks like one of the main table: a year in its place, and a director or a producer."""
    return len(row) > PRODUCER and bool(_YEAR.fullmatch(row[YEAR].strip()) and _DIRECTOR.match(row[DIRECTOR].strip()))


def film_rows(rows: Iterable[Row], tally: Tally, kept: dict[str, Row]) -> list[dict[str, object]]:
    """The films of one file as columns of the tidy table; ``kept`` holds the rows of the files before, by source id.

    Rows of one id: exact copies and the same title again are set aside; another title is another film, and its
    ``source_id`` gets a number after a stroke (``CC80/2``).
    """
    films = []
    for raw in rows:
        tally.rows_in += 1
        cells = [plain(cell) for cell in raw]
        if reason := _foreign(cells):
            tally.set_aside[reason] += 1
            continue
        row, mended = _straight(cells)
        row[TITLE] = _TITLE_MARK.sub("", row[TITLE], count=1).strip()
        if not row[TITLE] or row[TITLE] == "title":
            tally.set_aside["no title"] += 1
            continue
        name = row[ID]
        if name and (reason := _twice(row, [kept[known] for known in _names(name, kept)])):
            tally.set_aside[reason] += 1
            continue
        if name:
            shared = len(_names(name, kept))
            if shared:
                name = f"{name}/{shared + 1}"
                tally.repaired["id shared with another film"] += 1
            kept[name] = row
        if mended:
            tally.repaired[mended] += 1
        films.append(_film(row, name, tally))
    return films


def _names(ident: str, kept: dict[str, Row]) -> list[str]:
    names = [ident] if ident in kept else []
    while names and f"{ident}/{len(names) + 1}" in kept:
        names.append(f"{ident}/{len(names) + 1}")
    return names


def _foreign(row: Row) -> str | None:
    if re.fullmatch(r"[PDWACGV]{1,4}", row[TITLE]) and row[DIRECTOR].startswith("@"):
        return "a row of the people table"
    if row[ID] and row[PRODUCER] == row[ID]:
        return "a row of the synonyms table"
    return None


def _twice(row: Row, earlier: list[Row]) -> str | None:
    """Why a row is no further film beside the earlier ones of its id."""
    title = row[TITLE].casefold()
    for other in earlier:
        if row == other:
            return "exact copy of another row"
        if title == other[TITLE].casefold():
            return "id and title again"
        if title == other[PRODUCER].casefold() or row[PRODUCER].casefold() == other[TITLE].casefold():
            return "another title of the film with this id"
    return None


def _straight(row: Row) -> tuple[Row, str | None]:
    """The row with every cell in its column, and what was mended; only shifts with one possible reading are mended."""
    return _parted(row) or _moved(row) or _with_clean_year(row) or (row, None)


def _parted(row: Row) -> tuple[Row, str] | None:
    """Rows whose first cells have run together, with a piece of markup between them, or whose id is missing."""
    if found := _MARKUP_ID.fullmatch(row[ID]):
        return _sized([found[1], found[2], *row[1:]]), "id and title in one cell"
    if found := _MARKUP_YEAR.fullmatch(row[TITLE]):
        return _sized([row[ID], found[1], found[2], *row[YEAR:]]), "title and year in one cell"
    if found := _MARKUP_TITLE.match(row[TITLE]):
        return [row[ID], row[TITLE][found.end() :], *row[YEAR:]], "markup in the title"
    if _TITLE_MARK.match(row[ID]) and _YEAR.fullmatch(row[TITLE]):
        return _sized(["", *row]), "the id is missing"
    return None


def _moved(row: Row) -> tuple[Row, str] | None:
    """Rows with a cell too many or too few at their beginning."""
    if _YEAR.fullmatch(row[DIRECTOR]) and _DIRECTOR.match(row[PRODUCER]):
        if _IDENT.fullmatch(row[TITLE]):
            return _sized(row[1:]), "a cell too many before the id"
        if not row[YEAR]:
            return _sized([*row[:YEAR], *row[DIRECTOR:]]), "an empty cell too many before the year"
    if not row[TITLE] and _YEAR.fullmatch(row[DIRECTOR]) and _PRODUCER.match(row[PRODUCER]):
        return _sized([row[ID], row[YEAR], row[DIRECTOR], "", *row[PRODUCER:]]), "title and year one column aside"
    if _PRODUCER.match(row[DIRECTOR]) and not _YEAR.fullmatch(row[YEAR]):
        year, director = found.groups() if (found := re.fullmatch(r"(\d{4}) (\D+)", row[YEAR])) else ("", row[YEAR])
        return _sized([row[ID], row[TITLE], year, director, *row[DIRECTOR:]]), "year and director in one column"
    return None


def _with_clean_year(row: Row) -> tuple[Row, str] | None:
    year = row[YEAR]
    if year.startswith("D:") and _YEAR.fullmatch(year[2:]):
        return [*row[:YEAR], year[2:], *row[DIRECTOR:]], "a director's mark before the year"
    if year.endswith("?") and _YEAR.fullmatch(year[:-1]):
        return [*row[:YEAR], year[:-1], *row[DIRECTOR:]], "a year with a question mark"
    return None


def _sized(row: Row) -> Row:
    return (row + [""] * 9)[: max(9, len(row))]


def _film(row: Row, name: str, tally: Tally) -> dict[str, object]:
    genres = _genres(row, tally)
    year = int(row[YEAR]) if _YEAR.fullmatch(row[YEAR]) else None
    if year is None and row[YEAR]:
        tally.unknown["year"] += 1
    return {
        "title": row[TITLE],
        "year": year,
        "genres": joined(genres),
        "countries": country(row[STUDIO]),
        # The compiler's code for the author of the book behind a film. Nobody noted that there was none.
        "adapted_from_book": True if any(_BOOK_AUTHOR.search(cell) for cell in row[NOTES:]) else None,
        "source_id": name or None,
    }


def _genres(row: Row, tally: Tally) -> list[str]:
    """Genres of the category cell, or of the one beside it where the cells of a row have slipped."""
    cell = row[CATEGORY]
    found, mended = genres_of(cell)
    if not found:
        for aside in (row[AWARDS], row[PROCESS]):
            slipped, unsure = genres_of(aside)
            if slipped and not unsure and len(slipped) == len(re.findall(r"\w+", aside)) and "animation" not in slipped:
                tally.repaired["category one column aside"] += 1
                return slipped
        if cell:
            tally.unknown["genres"] += 1
    elif mended:
        tally.repaired["category code misspelt"] += 1
    return found
