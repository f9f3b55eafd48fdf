"""Counting what becomes of the rows of one file while it is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bookfilm_nb.movies.table import TableReport

__all__ = ["Tally"]


@dataclass
class Tally:
    """The counts of one file so far; :meth:`report` freezes them."""

    file: str
    rows_in: int = 0
    repaired: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def report(self) -> TableReport:
        """The report: rows out are the rows in that were not set aside; reasons in alphabetical order."""
        return TableReport(
            file=self.file,
            rows_in=self.rows_in,
            rows_out=self.rows_in - self.set_aside.total(),
            repaired=dict(sorted(self.repaired.items())),
            set_aside=dict(sorted(self.set_aside.items())),
            unknown=dict(sorted(self.unknown.items())),
        )
