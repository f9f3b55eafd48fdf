"""Films as Wikipedia's lists of American films tell them: the JSON files of wikipedia-movie-data."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import canonical_genre, joined

from .based_on import spoken_language, tells_of_book
from .packed_files import clean, head_of, read_json
from .tally import Tally

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from bookfilm_nb.movies.table import TableReport

__all__ = ["Listed", "is_wikipedia_json", "read_wikipedia"]

_GENRES = {"animated": "animation", "noir": "film-noir", "sports": "sport", "martial arts": "martial-arts"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|\{\\displaystyle[^{}]*\}|\[\d+\]")
_OF_A_FILM = re.compile(
    r"\b(?:films?|movies?|documentar|motion picture|features?|shorts?|comed|dramas?|thriller|biopic|romances?|western|"
    r"musical|horror|serials?|cartoon)",
    re.IGNORECASE,
)
"""One of these stands in every text about a film; where a film has no page, its link leads to a series or a firm."""
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|h\d)\b", re.IGNORECASE)
_LANGUAGE_MARK = re.compile(r"\s*\[[a-z]{2,3}(?:-[a-z]+)?\]$")
_FIRST_FILM, _LAST_FILM = 1870, 2100


@dataclass
class Listed:
    """Rows of the tidy table, their casts, and what has been seen: shared by the files of one load."""

    films: list[dict[str, Any]] = field(default_factory=list)
    cast: list[dict[str, Any]] = field(default_factory=list)
    seen: set[tuple[str, int | None, str | None]] = field(default_factory=set)


def is_wikipedia_json(path: Path) -> bool:
    """Whether a file begins like a list of films with title, year and cast."""
    head = head_of(path, 1 << 16).lstrip()
    return head.startswith(("[", "{")) and all(f'"{name}"' in head for name in ("title", "year", "cast"))


def read_wikipedia(path: Path, listed: Listed) -> TableReport:
    """Adds the films of one file to ``listed`` and reports on it; a film that an earlier file had is set aside.

    Raises DataError for a file that is not a list of films.
    """
    records = read_json(path)
    if isinstance(records, dict) and "title" not in records:
        lists = [value for value in records.values() if isinstance(value, list)]
        records = lists[0] if len(lists) == 1 else None
    if not isinstance(records, list) or not _looks_right(records):
        raise DataError(
            f"{path.name} is no list of films with a title, a year and a cast.",
            hint="Give movies.json of wikipedia-movie-data, one of its decades, or a folder with them.",
            path=str(path),
        )
    tally = Tally(path.name, rows_in=len(records))
    for record in records:
        if not isinstance(record, dict):
            tally.set_aside["not a record"] += 1
        elif (raw := clean(record.get("title"))) is None:
            tally.set_aside["no title"] += 1
        else:
            title = _LANGUAGE_MARK.sub("", raw) or raw
            year, href = _year(record.get("year")), clean(record.get("href"))
            if (title, year, href) in listed.seen:
                tally.set_aside["title, year and page of a film before it"] += 1
                continue
            listed.seen.add((title, year, href))
            mended = _add(record, title, year, href, listed, tally.unknown)
            tally.repaired.update(mended | ({"title ends in a language mark"} if title != raw else set()))
    return tally.report()


def _looks_right(records: list[Any]) -> bool:
    """Whether most records have what a film of this list has; an empty list may be of anything."""
    known = sum(isinstance(record, dict) and "title" in record and "year" in record for record in records)
    return known > 0 and 2 * known >= len(records)


def _add(
    record: dict[str, Any], title: str, year: int | None, href: str | None, listed: Listed, unknown: Counter[str]
) -> set[str]:
    """Adds one film; what had to be mended in it."""
    mended = set()
    extract, changed = _plain(record.get("extract"))
    if changed:
        mended.add("extract held markup, escapes or line breaks")
    people = [name for raw in _list(record.get("cast")) if (name := clean(raw))]
    cast = [name for name in dict.fromkeys(people) if any(sign.isalnum() for sign in name)]
    if len(cast) < len(people):
        mended.add("cast held signs or repetitions")
    genres = [
        _GENRES.get(name, name)
        # The list of before 2018 has one text, "genre"
        for raw in _list(record.get("genres", record.get("genre")))
        if (name := canonical_genre(clean(raw) or ""))
    ]
    page = f"wikipedia:{href}" if href else None
    if year is None and record.get("year") not in (None, ""):
        unknown["year"] += 1
    if record.get("genres") == []:
        unknown["genres"] += 1
    if record.get("extract") == "" or (extract and not _OF_A_FILM.search(extract)):
        extract = None
        unknown["overview"] += 1
    listed.films.append(
        {
            "title": title,
            "year": year,
            "genres": joined(genres),
            "language": spoken_language(extract),
            "adapted_from_book": True if tells_of_book(extract) else None,
            "overview": extract,
            "source_id": page,
        }
    )
    listed.cast.extend(
        {"source_id": page, "title": title, "year": year, "order": place, "person": person}
        for place, person in enumerate(cast, 1)
    )
    return mended


def _plain(extract: object) -> tuple[str | None, bool]:
    """The extract without markup, and whether anything but white space at its ends was taken away."""
    if not isinstance(extract, str):
        return None, False
    text = clean(_MARKUP.sub(_instead, html.unescape(_MARKUP.sub(_instead, extract))))
    return text, text != (extract.strip() or None)


def _instead(markup: re.Match[str]) -> str:
    return " " if _BREAK.match(markup[0]) else ""


def _year(value: object) -> int | None:
    """A year of film history, from a number or a text that begins with one."""
    if isinstance(value, str) and (found := re.match(r"\s*(\d{4})\b", value)):
        value = int(found[1])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plausible = isinstance(value, int) and not isinstance(value, bool) and _FIRST_FILM <= value <= _LAST_FILM
    return value if plausible and isinstance(value, int) else None


def _list(value: object) -> list[Any]:
    """The names in a cell: a list as it is, a text with commas taken apart."""
    if isinstance(value, str):
        return value.split(",")
    return value if isinstance(value, list) else []
