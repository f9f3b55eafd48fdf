"""The tidy table that every source is brought to, and the report of what became of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from bookfilm_nb.model import Document, Value

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "LoadReport", "Loaded", "TableReport", "tidy"]

COLUMNS: dict[str, str] = {
    "title": "string",
    "year": "Int16",
    "runtime_min": "Float32",
    "genres": "string",
    "rating": "Float32",
    "votes": "Int64",
    "budget": "Float64",
    "revenue": "Float64",
    "language": "string",
    "countries": "string",
    "adapted_from_book": "boolean",
    "overview": "string",
    "keywords": "string",
    "source": "string",
    "source_id": "string",
}
"""Columns of the tidy table and their pandas dtypes; unknown is ``<NA>`` in every one of them, never 0 or "".

``genres``, ``countries`` and ``keywords`` hold several names joined by a bar (see :mod:`.genres`); genres have their
canonical names. ``rating`` is on a scale of 0 to 10, ``budget`` and ``revenue`` are in the source's currency (its
datasheet names it), ``language`` and ``countries`` are as the source tells them: a code or an English name.
``adapted_from_book`` is True, False, or ``<NA>`` where the source does not say.
"""


class TableReport(Value):
    """What became of the rows of one file: rows in = rows out + rows set aside, always."""

    file: str
    rows_in: int
    rows_out: int
    repaired: Mapping[str, int] = {}
    """Rows kept although something in them was wrong, by what was mended."""
    set_aside: Mapping[str, int] = {}
    """Rows not kept, by reason."""
    unknown: Mapping[str, int] = {}
    """Values read as unknown although the file has something there (0, "N/A", "19xx"), by column."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.rows_in != self.rows_out + sum(self.set_aside.values()):
            raise ValueError(f"{self.file}: {self.rows_in} rows in, {self.rows_out} out, set aside {self.set_aside}")
        return self


class LoadReport(Document):
    """What became of every row of a source, file by file."""

    source: str
    tables: tuple[TableReport, ...]

    @property
    def rows_in(self) -> int:
        """Rows in all files together."""
        return sum(table.rows_in for table in self.tables)

    @property
    def rows_out(self) -> int:
        """Rows kept in all files together."""
        return sum(table.rows_out for table in self.tables)


@dataclass(frozen=True)
class Loaded:
    """A source in memory: the tidy table of its films, its other tables, and the report."""

    table: pd.DataFrame
    report: LoadReport
    others: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Tables that are not about one film a row: ratings, people, remakes ... under the source's own names."""


def tidy(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """The frame with exactly the tidy columns and dtypes, in order, rows numbered from 0.

    Columns that the source does not have are filled with ``<NA>``; further columns raise ValueError, and so do values
    that do not fit the dtype: a loader decides what is unknown before it calls this.
    """
    import pandas as pd

    further = set(rows.columns) - set(COLUMNS)
    if further:
        raise ValueError(f"not columns of the tidy table: {sorted(further)}")
    made = {
        name: (rows[name] if name in rows else pd.Series(pd.NA, index=rows.index, dtype="object")).astype(dtype)  # type: ignore[call-overload]
        for name, dtype in COLUMNS.items()
    }
    made["source"] = pd.Series(source, index=rows.index, dtype="string")
    return pd.DataFrame(made).reset_index(drop=True)
