"""What a reply of TMDB's API v3 holds: films, in full or as items of a list, and all the rest."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from bookfilm_nb.movies.genres import canonical_genre, joined
from bookfilm_nb.movies.web import unwrapped

from .kaggle_tables import BOOK_JOBS
from .packed_files import clean, read_json
from .recorded import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["BOOK_KEYWORD", "GENRE_IDS", "genre_list", "kept_question", "records"]

GENRE_IDS: dict[int, str] = {
    28: "Action", 12: "Adventure", 16: "Animation", 35: "Comedy", 80: "Crime", 99: "Documentary", 18: "Drama",
    10751: "Family", 14: "Fantasy", 36: "History", 27: "Horror", 10402: "Music", 9648: "Mystery", 10749: "Romance",
    878: "Science Fiction", 10770: "TV Movie", 53: "Thriller", 10752: "War", 37: "Western",
}  # fmt: skip
"""TMDB's genre numbers of films, as recorded replies of ``genre/movie/list`` have them; names in English."""

BOOK_KEYWORD = 818
"""The keyword "based on novel or book"."""

_BOOK_WORDS = re.compile(
    r"^based on (?!.*\b(?:comic|graphic|manga|light novel)\b).*\b(?:novel|novella|book|short story)s?\b"
)
_FILM_SIGNS = {
    "release_date", "genre_ids", "genres", "runtime", "vote_average", "overview", "video", "popularity", "imdb_id",
}  # fmt: skip
_FILM_LISTS = ("recommendations", "similar")
_MOST_NESTED = 60
_DONE = (1, 12, 13)
"""TMDB's codes for "Success.", "updated" and "deleted"."""


def records(path: Path, genres: Mapping[int, str]) -> list[Record]:
    """Every film, series, person and error of one file; a file with none of them is one record aside.

    Raises DataError for a file that cannot be read as JSON.
    """
    data = read_json(path)
    question = kept_question(data)
    chosen = question.get("params") or {}
    # Only what we asked ourselves tells: a recorded list says nothing of the filter that it came from
    about_books = question.get("path") == f"keyword/{BOOK_KEYWORD}/movies" or (
        question.get("path") == "discover/movie" and chosen.get("with_keywords") == str(BOOK_KEYWORD)
    )
    found = list(_walk(unwrapped(data), genres))  # type: ignore[arg-type]
    if about_books:
        for record in found:
            record.row.setdefault("adapted_from_book", True)
    return found or [Record(aside="a reply without films")]


def kept_question(data: object) -> Mapping[str, Any]:
    """The question of a reply that our own client kept; nothing for others."""
    asked = data.get("question") if isinstance(data, dict) else None
    return asked if isinstance(asked, dict) and isinstance(asked.get("params"), dict) else {}


def genre_list(data: object) -> dict[int, str]:
    """The genre numbers of a ``genre/movie/list`` reply; nothing for other replies, and for the list of series."""
    body = unwrapped(data)  # type: ignore[arg-type]
    items = body.get("genres") if isinstance(body, dict) and len(body) == 1 else None
    if not isinstance(items, list):
        return {}
    named = {item["id"]: item["name"] for item in items if _is_named(item)}
    # 10759 "Action & Adventure" stands in the list of series only
    return {} if 10759 in named else named


def _is_named(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("id"), int) and isinstance(item.get("name"), str)


def _walk(data: object, genres: Mapping[int, str], depth: int = 0) -> Iterator[Record]:
    if depth > _MOST_NESTED:
        return
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, genres, depth + 1)
    elif isinstance(data, dict):
        if _is_film(data):
            yield _film(data, genres)
            data = {name: data[name] for name in _FILM_LISTS if name in data}
        elif record := _other(data):
            yield record
        for item in data.values():
            yield from _walk(item, genres, depth + 1)


def _other(data: Mapping[str, Any]) -> Record | None:
    """The record that is no film; None for a plain bracket around others."""
    kind = str(data.get("media_type"))
    if _is_error(data):
        return Record(aside="an error reply")
    if set(data) == {"id", "keywords"} and isinstance(data["keywords"], list):
        return _keywords(data)
    if kind in {"tv", "season", "episode"} or _has(data, "first_air_date", "episode_number"):
        return Record(aside="a series")
    if kind == "person" or _has(data, "profile_path", "known_for_department"):
        return Record(aside="a person")
    return None


def _has(data: Mapping[str, Any], *names: str) -> bool:
    return "id" in data and any(name in data for name in names)


def _is_error(data: Mapping[str, Any]) -> bool:
    if "id" in data or data.get("success") is True or data.get("status_code") in _DONE:
        return False
    return data.get("success") is False or "status_message" in data or isinstance(data.get("errors"), list)


def _is_film(data: Mapping[str, Any]) -> bool:
    titled = "title" in data or "original_title" in data
    kind = data.get("media_type", "movie")
    return titled and _number(data.get("id")) is not None and kind == "movie" and bool(_FILM_SIGNS & data.keys())


def _keywords(data: Mapping[str, Any]) -> Record:
    key = _number(data["id"])
    row = _keyword_columns(data["keywords"])
    return Record(aside="keywords of a film, put together with it", key=None if key is None else str(int(key)), row=row)


def _film(data: Mapping[str, Any], genres: Mapping[int, str]) -> Record:
    title = clean(data.get("title")) or clean(data.get("original_title"))
    if title is None:
        return Record(aside="a film without a title")
    key = str(int(_number(data["id"]) or 0))
    record = Record(key=key, full="runtime" in data or "genres" in data, extra={"imdb_id": _imdb_id(data)})
    votes = _number(data.get("vote_count"))
    record.row = {
        "title": title,
        "year": _year(data.get("release_date")),
        "runtime_min": _positive(data.get("runtime")),
        "genres": _genres(data, genres, record),
        "rating": None if votes == 0 else _rating(data.get("vote_average")),
        "votes": None if votes is None or votes < 0 else int(votes),
        "budget": _positive(data.get("budget")),
        "revenue": _positive(data.get("revenue")),
        "language": _language(data.get("original_language")),
        "countries": _countries(data),
        "overview": clean(data.get("overview")),
        **_keyword_columns(_keyword_list(data.get("keywords"))),
    }
    if _by_an_author(data.get("credits")):
        record.row["adapted_from_book"] = True
    asked = {
        "year": "release_date",
        "runtime_min": "runtime",
        "rating": "vote_average",
        "language": "original_language",
    }
    for column in ("year", "runtime_min", "rating", "budget", "revenue", "language", "overview"):
        if data.get(asked.get(column, column)) is not None and record.row[column] is None:
            record.unknown.append(column)
    record.row = {name: value for name, value in record.row.items() if value is not None}
    return record


def _number(value: object) -> float | None:
    """A finite number, also one that a copy wrote as text."""
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", value.strip()):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        return None
    return float(value)


def _positive(value: object) -> float | None:
    number = _number(value)
    return number if number is not None and number > 0 else None


def _rating(value: object) -> float | None:
    number = _positive(value)
    return number if number is not None and number <= 10 else None


def _year(value: object) -> int | None:
    try:
        year = date.fromisoformat(str(value)[:10]).year
    except ValueError:
        return None
    return year if 1870 <= year < 2100 else None


def _language(value: object) -> str | None:
    """The code of the original language; ``xx`` is TMDB's "no language"."""
    return code if (code := clean(value)) and code != "xx" else None


def _genres(data: Mapping[str, Any], genres: Mapping[int, str], record: Record) -> str | None:
    told: list[str] = []
    lost = any(data.get(name) == [] for name in ("genres", "genre_ids"))
    for item in _items(data.get("genres")) or _items(data.get("genre_ids")):
        number, name = (item.get("id"), item.get("name")) if isinstance(item, dict) else (item, None)
        known = genres.get(number) if isinstance(number, int) else None
        if isinstance(known or name, str):
            told.append(canonical_genre(str(known or name)))
        else:
            lost = True
    if lost:
        record.unknown.append("genres")
    return joined(told)


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _countries(data: Mapping[str, Any]) -> str | None:
    made = [item for item in _items(data.get("production_countries")) if isinstance(item, dict)]
    names = [clean(item.get("name")) or clean(item.get("iso_3166_1")) for item in made]
    names = names or [clean(code) for code in _items(data.get("origin_country"))]
    return joined(name for name in names if name)


def _imdb_id(data: Mapping[str, Any]) -> str | None:
    further = data.get("external_ids")
    told = data.get("imdb_id") or (further.get("imdb_id") if isinstance(further, dict) else None)
    return told if isinstance(told, str) and re.fullmatch(r"tt\d{7,9}", told) else None


def _keyword_list(value: object) -> list[Any]:
    """Appended keywords: ``{"keywords": [...]}``, in some copies ``{"results": [...]}`` or the bare list."""
    if isinstance(value, dict):
        value = value.get("keywords", value.get("results"))
    return _items(value)


def _by_an_author(told: object) -> bool:
    """Whether appended told name the author of the book behind the film."""
    crew = _items(told.get("crew")) if isinstance(told, dict) else []
    return any(isinstance(person, dict) and person.get("job") in BOOK_JOBS for person in crew)


def _keyword_columns(keywords: list[Any]) -> dict[str, object]:
    """The keywords, and whether one of them is of a book; an empty list is one that nobody has filled in yet."""
    items = [item for item in keywords if isinstance(item, dict)]
    names = [name for item in items if (name := clean(item.get("name")))]
    if not names:
        return {}
    book = any(item.get("id") == BOOK_KEYWORD for item in items) or any(_BOOK_WORDS.search(n.casefold()) for n in names)
    return {"keywords": joined(names), "adapted_from_book": book}
