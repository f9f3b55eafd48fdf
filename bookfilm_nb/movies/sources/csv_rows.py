"""Records of a delimited text file of unknown encoding, opened as hostile input."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .tally import Tally

__all__ = [
    "Head",
    "encoding_of",
    "fitted",
    "head",
    "header_of",
    "number",
    "plain",
    "records",
    "records_of",
    "whole",
    "year_in",
]

_BLOCK = 1 << 20
_LINE_LIMIT = 16 << 20
_HEAD_BYTES = 1 << 18
_UNDEFINED_IN_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_END = "\x00end of file\x00"
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(18[7-9]\d|19\d\d|20\d\d)(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Head:
    """The first record of a file: its cells in lower case, and what separates them."""

    columns: tuple[str, ...]
    delimiter: str


def head(path: Path) -> Head | None:
    """The header of a delimited text file; None for a folder, an empty file, or one that is not such text.

    Reads at most 256 KiB. The separator (comma, semicolon or tab) is the one that makes the most columns.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD_BYTES)
    except OSError:
        return None
    if start.startswith(_PACKED):
        return None
    if start.startswith(_UTF16):
        text = start.decode("utf-16", errors="replace")
    elif b"\0" in start:
        return None
    else:
        text = start.decode("utf-8-sig", errors="replace")
    rows = [
        Head(tuple(cell.strip().casefold() for cell in first), delimiter)
        for delimiter in ",;\t"
        if (first := _first_record(text, delimiter))
    ]
    return max(rows, key=lambda row: len(row.columns), default=None)


def _first_record(text: str, delimiter: str) -> list[str]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return next((row for row in rows if row and not _names_separator(row)), [])
    except csv.Error:
        return []


def _names_separator(row: list[str]) -> bool:
    """Whether this is the line ``sep=;`` that spreadsheets write before the header."""
    return row[0].casefold().startswith("sep=") and not any(row[1:])


def encoding_of(path: Path) -> str:
    """The encoding of a text file, by its byte order mark or by reading all of it: UTF-8, else cp1252, else latin-1.

    Raises DataError for a file that cannot be opened, is packed or binary, or has a line of more than 16 MiB.
    """
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    cp1252, utf16 = True, False
    for place, block in enumerate(_blocks(path)):
        utf16 = utf16 or (place == 0 and block.startswith(_UTF16))
        cp1252 = cp1252 and not any(byte in block for byte in _UNDEFINED_IN_CP1252)
        try:
            if utf8 is not None:
                utf8.decode(block)
        except UnicodeDecodeError:
            utf8 = None
    if utf16:
        return "utf-16"
    if utf8 is not None:
        return "utf-8-sig"
    return "cp1252" if cp1252 else "latin-1"


def _blocks(path: Path) -> Iterator[bytes]:
    """The file in pieces of 1 MiB, as long as it looks like lines of text."""
    line = 0
    utf16 = False
    try:
        with path.open("rb") as file:
            for place, block in enumerate(iter(lambda: file.read(_BLOCK), b"")):
                if place == 0 and block.startswith(_PACKED):
                    raise _unreadable(path, "is packed.", "Unpack it first, or give it to bookfilm_nb.movies.load.")
                utf16 = utf16 or (place == 0 and block.startswith(_UTF16))
                if b"\0" in block and not utf16:
                    raise _unreadable(path, "is not text: it has zero bytes.", "Get the file again as CSV.")
                last = max(block.rfind(b"\n"), block.rfind(b"\r"))
                line = line + len(block) if last < 0 else len(block) - last - 1
                if line > _LINE_LIMIT:
                    raise _unreadable(path, "has a line of more than 16 MiB.", "Get the file again as CSV.")
                yield block
    except OSError as error:
        raise _unreadable(path, f"cannot be read ({error.strerror}).", "Check the path and its permissions.") from None


def records(path: Path, delimiter: str, tally: Tally | None = None) -> Iterator[list[str]]:
    """Every record of the file, the header too, as cells of text; blank lines are no records.

    With a ``tally``, a last record that the end of the file cuts off inside a quote is set aside in it.
    Raises DataError for what :func:`encoding_of` refuses, a quote that is never closed, and a cell of more than 16 MiB.
    """
    # A UTF-8 file cut off in the middle of a letter ends in one replacement mark instead of failing as a whole.
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        yield from _records(file, delimiter, path.name, tally)


def header_of(text: str) -> list[str]:
    """The header of a delimited text in memory, whose first lines may be empty, or ``sep=;``; empty if there is none.

    The separator (comma, semicolon or tab) is the one that is most frequent in it.
    """
    first = _header_line(text)
    return next(csv.reader([first], delimiter=_separator(first)), []) if len(first) < _LINE_LIMIT else []


def records_of(text: str, name: str, tally: Tally | None = None) -> Iterator[list[str]]:
    """The records after the header of a text that was the file ``name``; as :func:`records`, and its errors."""
    rows = _records(io.StringIO(text, newline=""), _separator(_header_line(text)), name, tally)
    next((row for row in rows if any(cell.strip() for cell in row)), None)
    return rows


def _header_line(text: str) -> str:
    lines = (line.rstrip("\n") for line in io.StringIO(text, newline=None))
    return next((line for line in lines if line.strip(" ,;\t") and not line.startswith("sep=")), "")


def _separator(header: str) -> str:
    return max(",;\t", key=header.count)


def _records(file: Iterable[str], delimiter: str, name: str, tally: Tally | None) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), _LINE_LIMIT))
    at_end = False

    def lines() -> Iterator[str]:
        nonlocal at_end
        yield from file
        at_end = True
        yield _END

    reader = csv.reader(lines(), delimiter=delimiter)
    starts_at, width = 1, 0
    try:
        for row in reader:
            if at_end:
                if row == [_END]:
                    return
                if tally is None or not width or _holds_records(row[-1], delimiter, width):
                    raise _unclosed(name, starts_at)
                tally.rows_in += 1
                tally.set_aside["cut off: the file ends inside this row"] += 1
                return
            starts_at = reader.line_num + 1
            if row and (width or not _names_separator(row)):
                width = width or len(row)
                yield row
    except csv.Error:
        raise _unclosed(name, starts_at) from None


def _holds_records(cell: str, delimiter: str, width: int) -> bool:
    """Whether a quote that was never closed has swallowed whole lines of the table, and not just the end of one."""
    return any(line.count(delimiter) >= width - 1 for line in cell.splitlines()[1:])


def _unclosed(name: str, line: int) -> DataError:
    return DataError(
        f"{name} cannot be read: a quote opened in or after line {line} is never closed.",
        hint="The file was probably cut off or edited: get it again, or mend that line.",
        file=name,
        line=line,
    )


def _unreadable(path: Path, what: str, hint: str) -> DataError:
    return DataError(f"{path.name} {what}", hint=hint, file=path.name)


def fitted(row: list[str], width: int) -> list[str] | None:
    """The record with exactly ``width`` cells: missing ones are empty, empty ones too many are dropped.

    None where cells too many hold something: one cannot tell which column they belong to.
    """
    if len(row) > width:
        return row[:width] if not any(cell.strip() for cell in row[width:]) else None
    return row + [""] * (width - len(row))


def plain(cell: str) -> str:
    """The text of a cell in one line, without spaces around it."""
    return " ".join(cell.split())


def number(cell: str) -> float | None:
    """The finite number a cell holds, or None."""
    text = cell.strip()
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) < 1e15 else None


def whole(cell: str) -> int | None:
    """The whole number a cell holds (``862`` or ``862.0``), or None."""
    value = number(cell)
    return int(value) if value is not None and value.is_integer() else None


def year_in(cell: str) -> int | None:
    """The first year from 1870 to 2099 in a cell, whatever stands around it, or None."""
    found = _YEAR.search(cell)
    return int(found[1]) if found else None
