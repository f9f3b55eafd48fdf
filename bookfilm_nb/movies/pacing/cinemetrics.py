"""Cinemetrics: average shot lengths that anybody may submit, as a table of measurements.

The list is tab separated without quoting, and people typed tabs and line breaks into it, so a record is found by what
nobody types: the mode (Simple or Advanced), a date and three numbers that follow each other.
Source: cinemetrics.lv (Y. Tsivian, G. Civjans), submitted measurements.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.table import TableReport

from .measured import Measured, read_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load_cinemetrics"]

_ANCHOR = re.compile(r"\t(Simple|Advanced)\t(\d{4}-\d\d-\d\d)\t([^\t]*)\t([^\t]*)\t([^\t]*)", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,7}(?:[.,]\d{1,7})?", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)", re.ASCII)
_DAY = re.compile(r"(?<!\d)(\d{4})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]+")
_LOST_LEAD = re.compile("\\?([\u0080-\u00af\u00b2-\u00bf])")
_BEFORE_ANCHOR = 5
"""Title, year, director, country, submitted by."""
_MOST_LINES = 20
"""Lines without an anchor that can belong to one record."""
_FIRST_FILM = 1888

_DTYPES = {
    "title": "string", "year": "Int16", "director": "string", "country": "string", "submitted": "string",
    "mode": "string", "date": "string", "asl_s": "Float64", "msl_s": "Float64", "sd_s": "Float64", "comments": "string",
}  # fmt: skip


def load_cinemetrics(path: Path) -> Measured:
    """Every measurement of a Cinemetrics list, one a row; the same film may have several (see :func:`films`).

    Columns: title, director, country, submitted, mode ("simple", "advanced"), comments (string), year (Int16), date of
    submission (string, ISO 8601), asl_s, msl_s, sd_s (Float64: average and median shot length and their standard
    deviation, seconds). Unknown is ``<NA>``: a length of 0 and a year that names none ("?", "20016", "2012-2014").
    A year inside other text ("(1970)", "20110501", "2005-06") is taken out of it and counted as repaired.
    The header may be missing, and a copy that was saved again with commas and quotes is read too. Rows in the report
    are records, not lines.
    Raises DataError for a file that cannot be read or holds no measurement.
    """
    lines = _lines(read_text(path, "a Cinemetrics list"))
    repaired: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    records, broken = _records(lines, repaired)
    rows = [_row(fields, found, rest, repaired, unknown) for fields, found, rest in records]
    if not rows:
        raise DataError(
            f"{path} holds no Cinemetrics measurement.",
            hint="It should be tab separated: title, year, director, country, submitted, mode, date, asl, msl, sd.",
            path=str(path),
        )
    import pandas as pd

    table = pd.DataFrame({name: pd.array([row[name] for row in rows], dtype=kind) for name, kind in _DTYPES.items()})  # type: ignore[call-overload]
    report = TableReport(
        file=path.name,
        rows_in=len(rows) + broken,
        rows_out=len(rows),
        repaired=dict(sorted((+repaired).items())),
        set_aside={"without mode, date and lengths": broken} if broken else {},
        unknown=dict(sorted((+unknown).items())),
    )
    return Measured(table, report)


def _lines(text: str) -> list[str]:
    """Lines without the header, tab separated; one a record where the file keeps its fields apart by quotes."""
    header = text[: text.index("\n")].casefold() if "\n" in text else text
    if "\t" not in header and "title" in (names := [name.strip(' "') for name in header.split(",")]):
        first = names.index("title")
        try:
            rows = list(csv.reader(io.StringIO(text)))[1:]
        except csv.Error:
            return []
        return ["\t".join(" ".join(cell.split()) for cell in row[first:]) for row in rows]
    lines = text.split("\n")
    return lines[1:] if header.startswith("title\t") else lines


def _records(lines: list[str], repaired: Counter[str]) -> tuple[list[tuple[list[str], re.Match[str], list[str]]], int]:
    """Records as (fields before the anchor, anchor, fields after it), and the number of broken ones."""
    records = []
    broken = 0
    pending: list[str] = []
    for line in lines:
        found = _ANCHOR.search(line)
        if not found:
            if line.strip():
                pending.append(line)
            if len(pending) > _MOST_LINES:
                broken += 1
                pending = []
            continue
        whole = line[: found.start()].count("\t") >= _BEFORE_ANCHOR - 1
        if whole:
            broken += bool(pending)
        elif pending:
            repaired["record over several lines"] += 1
        parts = [line[: found.start()]] if whole else [*pending, line[: found.start()]]
        pending = []
        fields = [" ".join(field.split()) for field in " ".join(part.strip(" ") for part in parts).split("\t")]
        records.append((fields, found, line[found.end() :].split("\t")))
    return records, broken + bool(pending)


def _row(
    fields: list[str], found: re.Match[str], rest: list[str], repaired: Counter[str], unknown: Counter[str]
) -> dict[str, Any]:
    """One measurement; the film's year tells a tab inside the title from one inside the director's name."""
    if len(fields) > _BEFORE_ANCHOR:
        repaired["tab inside a field"] += 1
    at = next((i for i, field in enumerate(fields[1:-1], 1) if _YEAR.fullmatch(field)), 1)
    title, people = " ".join(filter(None, fields[:at])), fields[at + 1 :]
    told = fields[at] if at < len(fields) else ""
    submitted = people.pop() if people else ""
    country = people.pop() if len(people) > 1 else ""
    texts = {
        "title": title,
        "director": " ".join(filter(None, people)),
        "country": country,
        "submitted": submitted,
        "comments": " ".join(filter(None, (field.strip() for field in rest))),
    }
    mended = {name: _mended(text) for name, text in texts.items()}
    if mended != texts:
        repaired["letters of a wrong encoding"] += 1
    year = _year(told, latest=int(found[2][:4]) + 1)
    if year is None:
        unknown["year"] += bool(told)
    elif told != str(year):
        repaired["year inside other text"] += 1
    row: dict[str, Any] = {name: text or None for name, text in mended.items()}
    row |= {"year": year, "mode": found[1].lower(), "date": found[2]}
    for name, cell in zip(("asl_s", "msl_s", "sd_s"), found.groups()[2:], strict=True):
        row[name] = _length(cell)
        unknown[name] += row[name] is None and bool(cell.strip())
    return row


def _year(text: str, *, latest: int) -> int | None:
    """The one year that the text names, between the first film and the year after the measurement."""
    named = {int(year) for pattern in (_YEAR, _DAY) for year in pattern.findall(text)}
    return named.pop() if len(named) == 1 and _FIRST_FILM <= min(named) <= latest else None


def _length(cell: str) -> float | None:
    """Seconds, or None for 0 and for what is no plain number; a decimal comma is a point."""
    text = cell.strip()
    return (float(text.replace(",", ".")) or None) if _NUMBER.fullmatch(text) else None


def _mended(text: str) -> str:
    """UTF-8 that was read as Latin-1 put right; where only the lead byte is lost ("?\u00e9" typed as "?\u00a9"), the
    Latin letter it most likely was. The Turkish dotless i shares its second byte with n tilde and is left alone.
    """  # noqa: D205

    def decoded(found: re.Match[str]) -> str:
        try:
            return found[0].encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return found[0]

    return _LOST_LEAD.sub(lambda m: ("\u00c3" + m[1]).encode("latin-1").decode("utf-8"), _MOJIBAKE.sub(decoded, text))
