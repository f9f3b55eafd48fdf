"""The six smaller UCI Movie tables, and which table a file without a header is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .csv_rows import fitted, number, plain
from .uci_films import is_main_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from .tally import Tally

__all__ = ["KINDS", "kind_of", "side_table"]

_ROLE = re.compile(r"R[SZUN]{0,3} ?(?::|$)|Und$")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)", re.ASCII)
_IDENT = re.compile(r"[A-Za-z]+\d+")


@dataclass(frozen=True)
class Kind:
    """A table: its width, its columns here and what each is made of, and what one of its rows looks like."""

    width: int
    columns: dict[str, tuple[int, str]]
    """Name here: place in the record, and how it is read (text, year, until, role, fraction)."""
    looks: Callable[[list[str]], bool]
    mend: Callable[[list[str]], list[str] | None] = lambda row: None  # noqa: ARG005
    """The row with its cells in their columns, or None where nothing is to be mended."""


def _remake_without_year(row: list[str]) -> list[str] | None:
    """The row with an empty year put in where it is missing and the fraction stands in its place."""
    slipped = not row[6] and _fraction(row[2]) is not None and bool(_IDENT.fullmatch(row[3]))
    return [*row[:2], "", *row[2:6]] if slipped else None


KINDS: dict[str, Kind] = {
    "main": Kind(9, {}, is_main_row),
    "casts": Kind(
        5,
        {
            "film_id": (0, "text"), "title": (1, "title"), "actor": (2, "text"), "role_type": (3, "text"),
            "role": (4, "role"),
        },
        lambda row: bool(_ROLE.match(row[4])),
    ),
    "actors": Kind(
        9,
        {
            "stage_name": (0, "text"), "works_from": (1, "year"), "works_until": (1, "until"), "family": (2, "text"),
            "first": (3, "text"), "gender": (4, "text"), "born": (5, "year"), "died": (6, "year"),
            "role_types": (7, "role"), "origin": (8, "origin"),
        },
        lambda row: row[4] in {"M", "F", "X", "G", "A", ""} and bool(_ROLE.match(row[7]) or not row[7]),
    ),
    "people": Kind(
        8,
        {
            "name": (0, "text"), "codes": (1, "text"), "director_id": (2, "text"), "works_from": (3, "year"),
            "works_until": (3, "until"), "family": (4, "text"), "first": (5, "text"), "born": (6, "year"),
            "origin": (7, "origin"),
        },
        lambda row: bool(re.fullmatch(r"[A-Z]{1,5}", row[1])) and (not row[3] or _year(row[3]) is not None),
    ),
    "remakes": Kind(
        7,
        {
            "film_id": (0, "text"), "title": (1, "title"), "year": (2, "year"), "fraction": (3, "fraction"),
            "prior_id": (4, "text"), "prior_title": (5, "title"), "prior_year": (6, "year"),
        },
        lambda row: all(_IDENT.match(cell) for cell in (row[0], row[4] if _year(row[2]) else row[3])),
        _remake_without_year,
    ),
    "studios": Kind(
        6,
        {
            "name": (0, "text"), "company": (1, "text"), "city": (2, "text"), "country": (3, "text"),
            "founded": (4, "year"), "ended": (5, "year"),
        },
        lambda row: not row[4] or _year(row[4]) is not None or bool(re.match(r"\d{2,3}[\dx?]", row[4])),
    ),
    "synonyms": Kind(
        5,
        {
            "film_id": (0, "text"), "title": (1, "title"), "country": (2, "place"), "primary_country": (3, "place"),
            "primary_title": (4, "title"),
        },
        lambda row: any(cell.startswith("WAS") for cell in row[2:4]),
    ),
}  # fmt: skip
"""The tables by name; the columns of the main table are those of the tidy table."""


def kind_of(rows: list[list[str]]) -> str | None:
    """The table that these records (say, the first 200) are of, by their width and what stands where; or None."""
    if not rows:
        return None
    for name, kind in KINDS.items():
        fitting = [row for row in rows if len(row) == kind.width]
        if len(fitting) * 10 >= len(rows) * 9 and sum(map(kind.looks, fitting)) * 10 >= len(rows) * 7:
            return name
    return None


def side_table(kind: Kind, rows: Iterable[list[str]], tally: Tally) -> pd.DataFrame:
    """One of the smaller tables: years Int16, fractions Float32, everything else string; exact copies set aside."""
    import pandas as pd

    seen: dict[tuple[str, ...], None] = {}
    for raw in rows:
        tally.rows_in += 1
        cells = fitted(raw, kind.width)
        if cells is None:
            tally.set_aside[f"not {kind.width} cells"] += 1
            continue
        straight = list(map(plain, cells))
        mended = kind.mend(straight)
        row = tuple(mended or straight)
        if not row[0]:
            tally.set_aside["no name or id"] += 1
        elif row in seen:
            tally.set_aside["exact copy of another row"] += 1
        else:
            seen[row] = None
            if mended:
                tally.repaired["year missing, the cells after it one column aside"] += 1
    made = {}
    for name, (place, how) in kind.columns.items():
        read, dtype = _READERS[how]
        values = [read(row[place]) for row in seen]
        lost = sum(value is None and row[place] != "" for value, row in zip(values, seen, strict=True))
        if lost and how in {"year", "fraction"}:
            tally.unknown[name] = lost
        made[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(made)


def _text(cell: str) -> str | None:
    return cell or None


def _title(cell: str) -> str | None:
    return re.sub(r"^T[a-zZS0-9]?:\s*", "", cell) or None


def _place(cell: str) -> str | None:
    """A country without the mark of the first title's."""
    return re.sub(r"^WAS:\s*", "", cell) or None


def _origin(cell: str) -> str | None:
    return None if cell.casefold() in {"", "un"} else cell


def _role(cell: str) -> str | None:
    return _ROLE.sub("", cell, count=1).strip() or None


def _year(cell: str) -> int | None:
    """The first year from 1500 on in a cell: births and deaths of authors are among them."""
    found = _YEAR.search(cell)
    return int(found[1]) if found else None


def _until(cell: str) -> int | None:
    """The second year of ``1939-1956``, or the only one."""
    return _year(cell.rpartition("-")[2])


def _fraction(cell: str) -> float | None:
    value = number(cell.rstrip(">. "))
    return value if value is not None and 0 <= value <= 1 else None


_READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "text": (_text, "string"),
    "title": (_title, "string"),
    "place": (_place, "string"),
    "origin": (_origin, "string"),
    "role": (_role, "string"),
    "year": (_year, "Int16"),
    "until": (_until, "Int16"),
    "fraction": (_fraction, "Float32"),
}
