"""What a reply of OMDb holds: every value a text, an error in an HTTP 200, and in some copies other names and types."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import canonical_genre, joined
from bookfilm_nb.movies.web import unwrapped

from .csv_rows import number, whole, year_in
from .packed_files import clean, read_json, read_text
from .recorded import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["minutes", "money", "records", "written_from_book"]

_MOST_NESTED = 60
_MINUTES = re.compile(
    r"(?:(?P<hours>\d{1,3})\s*h(?:(?:ou)?rs?)?\.?,?\s*)?(?:(?P<minutes>\d{1,2},\d{3}|\d{1,5})\s*(?:m(?:in(?:ute)?s?)?\.?)?)?"
)
_MONEY = re.compile(r"(?:US)?\$\s*([\d,]+(?:\.\d\d)?)")
_OTHER_KINDS = {"series": "a series", "episode": "an episode", "game": "a game"}
_BOOK = re.compile(
    r"\b(?:novels?|novellas?|novelettes?|books?|short[- ]stor(?:y|ies)|memoirs?|(?:auto)?biograph(?:y|ies)"
    r"|diar(?:y|ies))\b"
)
_NO_BOOK = re.compile(
    r"\b(?:comic[- ]books?|graphic[- ]novels?|visual[- ]novels?|light novels?|musical books?|books? of the musical|"
    r"novelization|book and lyrics)\b"
)


def records(path: Path) -> list[Record]:
    """Every film, series, game and error of a file of JSON, XML or code; a file with none is one record aside.

    Raises DataError for a file that cannot be read.
    """
    readers = {".xml": _xml, ".py": _python, ".js": _script, ".ts": _script}
    data = readers.get(path.suffix.casefold(), read_json)(path)
    return list(_walk(unwrapped(data))) or [Record(aside="a reply without films")]  # type: ignore[arg-type]


def _xml(path: Path) -> list[dict[str, str]]:
    """The elements of an ``r=xml`` reply as records: their attributes, and of an error its text."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", read_text(path))
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise DataError(
            f"{path.name} cannot be read: no XML ({str(wrong)[:120]}).", hint="Get the file again.", path=str(path)
        ) from None
    found = [{**element.attrib} for element in root.iter("movie", "result")]
    return found + [{"Response": "False", "Error": element.text or ""} for element in root.iter("error")]


def _python(path: Path) -> list[object]:
    """The literals that a Python file gives names to: replies recorded for somebody's tests. Nothing is run."""
    try:
        named = [node.value for node in ast.walk(ast.parse(read_text(path))) if isinstance(node, ast.Assign)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise DataError(f"{path.name} cannot be read: no Python.", hint="Give JSON.", path=str(path)) from None
    found: list[object] = []
    for value in named:
        try:
            found.append(ast.literal_eval(value))
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            continue
    return found


def _script(path: Path) -> list[object]:
    """The JSON objects that a JavaScript or TypeScript file gives names to."""
    text = read_text(path)
    found: list[object] = []
    for start in re.finditer(r"=\s*(?=[{\[])", text):
        try:
            found.append(json.JSONDecoder().raw_decode(text, start.end())[0])
        except (ValueError, RecursionError):
            continue
    return found


def _walk(data: object, depth: int = 0) -> Iterator[Record]:
    if depth > _MOST_NESTED:
        return
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, depth + 1)
    elif isinstance(data, dict):
        # Copies that went through a database write imdb_id for imdbID, and box_office for BoxOffice
        plain = {str(name).casefold().replace("_", ""): value for name, value in data.items()}
        if (_told(plain.get("response")) or "").casefold() == "false" or (
            set(plain) <= {"response", "error"} and "error" in plain
        ):
            yield Record(aside=f"an error reply: {(_told(plain.get('error')) or 'without a reason')[:80]}")
        elif _is_title(plain):
            yield _record(plain)
        else:
            for item in data.values():
                yield from _walk(item, depth + 1)


def _is_error(plain: Mapping[str, Any]) -> bool:
    failed = (_told(plain.get("response")) or "").casefold() == "false"
    return failed or ("error" in plain and plain.keys() <= {"response", "error"})


def _is_title(plain: Mapping[str, Any]) -> bool:
    title = plain.get("title", {})
    named = "imdbid" in plain or {"year", "runtime"} <= plain.keys()
    # The schema of a reply has the names too, each with an object
    return named and not isinstance(title, dict | list)


def _told(value: object) -> str | None:
    """The text of a value; None for one that says nothing ("N/A", "", null)."""
    text = clean(str(value) if isinstance(value, int | float) else value)
    return None if text is None or text.casefold() in {"n/a", "null", "none"} else text


def _record(data: Mapping[str, Any]) -> Record:
    kind = (_told(data.get("type")) or "movie").casefold()
    if kind not in {"movie", "film"}:
        return Record(
            aside={"series": "a series", "episode": "an episode", "game": "a game"}.get(kind, "of another type")
        )
    # A film may be called "None": in a title only what the service writes for unknown counts
    raw = data.get("title")
    title = clean(str(raw) if isinstance(raw, int | float) else raw)
    if title is None or title == "N/A":
        return Record(aside="a film without a title")
    key = _told(data.get("imdbid"))
    valid = key is not None and re.fullmatch(r"tt\d{5,9}", key) is not None
    record = Record(key=key if valid else None, full="runtime" in data or "plot" in data)
    found = {
        "year": year_in(_told(data.get("year")) or ""),
        "runtime_min": minutes(_told(data.get("runtime")) or ""),
        "genres": joined(canonical_genre(name) for name in _names(data.get("genre"))),
        "rating": _rating(data),
        "votes": _votes(data.get("imdbvotes")),
        "revenue": money(_told(data.get("boxoffice")) or ""),
        "language": next(iter(_names(data.get("language"))), None),
        "countries": joined(_names(data.get("country"))),
        "adapted_from_book": True if written_from_book(_told(data.get("writer")) or "") else None,
        "overview": _told(data.get("plot")),
    }
    record.row = {"title": title, **{name: value for name, value in found.items() if value is not None}}
    for column, name in _UNKNOWN_NAMES.items():
        if data.get(name) is not None and found[column] is None:
            record.unknown.append(column)
    if re.search(r"\d{4}\D+(?:\d{4})?$", str(data.get("year") or "").strip()):
        record.repaired.append("a range of years, its first taken")
    if key is not None and not valid:
        record.repaired.append("an identifier that is not IMDb's, dropped")
    return record


_UNKNOWN_NAMES = {
    "year": "year", "runtime_min": "runtime", "genres": "genre", "rating": "imdbrating", "votes": "imdbvotes",
    "revenue": "boxoffice", "language": "language", "countries": "country", "overview": "plot",
}  # fmt: skip


def _names(value: object) -> list[str]:
    """The names in a list of them ("UK, USA", or a real list in copies); none for an unknown one."""
    told = [_told(item) for item in value] if isinstance(value, list) else (_told(value) or "").split(",")
    return [name for item in told if item and (name := item.strip())]


def _rating(data: Mapping[str, Any]) -> float | None:
    """IMDb's rating, from its own field or from the list of ratings ("8.3/10")."""
    told = [data.get("imdbrating")]
    listed = data.get("ratings")
    for item in listed if isinstance(listed, list) else []:
        plain = {str(name).casefold(): value for name, value in item.items()} if isinstance(item, dict) else {}
        if plain.get("source") == "Internet Movie Database":
            told.append(str(plain.get("value")).removesuffix("/10"))
    values = (number(_told(value) or "") for value in told)
    return next((value for value in values if value is not None and 1 <= value <= 10), None)


def _votes(value: object) -> int | None:
    count = whole((_told(value) or "").replace(",", ""))
    return count if count is not None and count >= 0 else None


def minutes(text: str) -> float | None:
    """Minutes of "136 min", "1,440 min", "1 h 30 min", "2 h" or "90"; None for 0 and other text."""
    found = _MINUTES.fullmatch(text.casefold().strip())
    if not found or not (found["hours"] or found["minutes"]):
        return None
    value = 60 * int(found["hours"] or 0) + int((found["minutes"] or "0").replace(",", ""))
    return float(value) or None


def money(text: str) -> float | None:
    """Dollars of "$389,804,217"; None for 0, another currency and other text."""
    found = _MONEY.fullmatch(text.strip())
    value = number(found[1].replace(",", "")) if found else None
    return value or None


def written_from_book(writers: str) -> bool:
    """Whether a note in brackets behind a writer names a book: "(novel)", "(based on the book by)", "(short story)".

    Comic books, graphic novels and the books of musicals do not count, and "(story)" is the film's own. False means
    only that the notes do not say so: OMDb has dropped them from most of its records.
    """
    notes = re.findall(r"\(([^()]*)\)", writers.casefold())
    return any(_BOOK.search(_NO_BOOK.sub(" ", note)) for note in notes)
