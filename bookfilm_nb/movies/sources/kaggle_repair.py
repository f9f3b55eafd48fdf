"""Records of movies_metadata.csv that a line break has split over two rows, put together again.

A line break inside an overview, not quoted, ended three records early (the films 82663, 122662 and 249260). The first
half keeps its columns up to the overview; the second half begins with the rest of the overview in the first column, so
that everything in it stands nine columns too far left.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .csv_rows import number, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .tally import Tally

__all__ = ["ORIGINAL", "mend_split"]

ORIGINAL = (
    "adult", "belongs_to_collection", "budget", "genres", "homepage", "id", "imdb_id", "original_language",
    "original_title", "overview", "popularity", "poster_path", "production_companies", "production_countries",
    "release_date", "revenue", "runtime", "spoken_languages", "status", "tagline", "title", "video", "vote_average",
    "vote_count",
)  # fmt: skip
"""The columns in the order of the original file: a second half is shifted by their number before ``overview``."""

_SHIFT = ORIGINAL.index("overview")
_AFTER = ORIGINAL[_SHIFT + 1 :]
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4}", re.ASCII)
_STATES = frozenset({"released", "rumored", "post production", "in production", "planned", "canceled"})

Row = dict[str, str]
"""A record by column name; copies of the dataset leave columns out or have them in another order."""


def mend_split(rows: Iterable[Row], tally: Tally) -> Iterator[Row]:
    """The records, each first half joined to the second half that follows it.

    A second half with no first half before it is set aside: it has no identifier. A first half with no second half
    after it is kept as it is, with what it says.
    """
    first: Row | None = None
    for row in rows:
        if _is_second_half(row):
            if first is None:
                tally.set_aside["second half of a split record, its first half is not there"] += 1
                continue
            tally.set_aside["second half of a split record, joined to the first"] += 1
            tally.repaired["record split over two rows"] += 1
            yield _joined(first, row)
            first = None
            continue
        if first is not None:
            tally.repaired["first half of a split record, its second half is not there"] += 1
            yield first
        first = row if _is_first_half(row) else None
        if first is None:
            yield row
    if first is not None:
        tally.repaired["first half of a split record, its second half is not there"] += 1
        yield first


def _is_first_half(row: Row) -> bool:
    """An identifier, and nothing in any of the columns after the overview."""
    after = [row[name].strip() for name in _AFTER if name in row]
    return whole(row.get("id", "")) is not None and len(after) >= 4 and not any(after)


def _is_second_half(row: Row) -> bool:
    """What stands in each column is what belongs nine columns to its right, and no identifier is there."""
    if whole(row.get("id", "")) is not None:
        return False
    signs = [check(cell) for name, check in _SIGNS if (cell := row.get(name, "").strip())]
    return len(signs) >= 3 and all(signs)


def _is_number(cell: str) -> bool:
    return number(cell) is not None


_SIGNS = (
    ("adult", lambda cell: cell not in {"True", "False"}),
    ("belongs_to_collection", _is_number),  # popularity
    ("id", lambda cell: bool(_DATE.fullmatch(cell))),  # release date
    ("imdb_id", _is_number),  # revenue
    ("original_language", _is_number),  # runtime
    ("overview", lambda cell: cell.casefold() in _STATES),  # status
    ("production_companies", lambda cell: cell in {"True", "False"}),  # video
    ("production_countries", _is_number),  # mean vote
    ("release_date", _is_number),  # votes
)


def _joined(first: Row, second: Row) -> Row:
    whole_row = dict(first)
    for place, name in enumerate(ORIGINAL[: len(ORIGINAL) - _SHIFT]):
        target = ORIGINAL[place + _SHIFT]
        if name in second and target in whole_row and target != "overview":
            whole_row[target] = second[name]
    if "overview" in whole_row:
        whole_row["overview"] = f"{first['overview'].strip()} {second.get('adult', '').strip()}".strip()
    return whole_row
