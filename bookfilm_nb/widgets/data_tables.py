"""Tables of movie data for a notebook: which sources are here, what became of their rows, what is wrong with them."""

from __future__ import annotations

from numbers import Integral, Real
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import HTML

from bookfilm_nb.movies.sources import SOURCES, source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.movies.datasheet import DataSheet
    from bookfilm_nb.movies.table import Loaded, LoadReport

__all__ = ["faults_table", "in_full", "loaded_table", "notices", "report_table"]


def loaded_table(loaded: Mapping[str, Loaded], problems: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Every source, one a row: what it holds if it is here, why it cannot be read, or how one gets it if it is not."""
    broken = problems or {}
    rows = [
        {
            "source": name,
            "rows in": one.report.rows_in,
            "kept": one.report.rows_out,
            "tidy table": len(one.table),
            "also": ", ".join(f"{len(table):,} {what}" for what, table in one.others.items()),
        }
        for name, one in loaded.items()
    ]
    rows += [{"source": name, "also": problem} for name, problem in broken.items()]
    here = {name.partition(" (")[0] for name in (*loaded, *broken)}
    rows += [
        {"source": name, "also": f"not here; to get it: {source(name).SHEET.getting}"}
        for name in SOURCES
        if name not in here
    ]
    table = pd.DataFrame(rows, columns=["source", "rows in", "kept", "tidy table", "also"]).set_index("source")
    return table.astype({"rows in": "Int64", "kept": "Int64", "tidy table": "Int64", "also": "string"})


def report_table(report: LoadReport) -> pd.DataFrame:
    """A load report as a table: file, what happened, why, and to how many rows (or values, where read as unknown)."""
    rows: list[dict[str, object]] = []
    for table in report.tables:
        rows.append({"file": table.file, "what": "rows in", "why": "", "count": table.rows_in})
        for what, counts in (
            ("repaired and kept", table.repaired),
            ("set aside", table.set_aside),
            ("read as unknown", table.unknown),
        ):
            rows += [{"file": table.file, "what": what, "why": why, "count": count} for why, count in counts.items()]
        rows.append({"file": table.file, "what": "rows out", "why": "", "count": table.rows_out})
    return pd.DataFrame(rows, columns=["file", "what", "why", "count"])


def faults_table(sheet: DataSheet) -> pd.DataFrame:
    """What is wrong with a source, and what it can and cannot answer, a sentence a row."""
    told = [("fault", f) for f in sheet.faults]
    told += [("answers", a) for a in sheet.answers] + [("cannot answer", c) for c in sheet.cannot_answer]
    return pd.DataFrame(told, columns=["", sheet.title])


def notices(loaded: Mapping[str, Loaded]) -> str:
    """The notices that the owners of the sources ask to be shown wherever their data is; a line each."""
    names = dict.fromkeys(one.report.source for one in loaded.values())
    return "\n".join(dict.fromkeys(filter(None, (source(name).SHEET.attribution for name in names))))


def in_full(table: pd.DataFrame) -> HTML:
    """A table for the page with nothing cut short: long cells wrap, unknown is empty, numbers have separators."""
    cells = table.reset_index() if table.index.name else table
    told = pd.DataFrame({name: [_cell(value) for value in cells[name]] for name in cells.columns}, dtype="object")
    with pd.option_context("display.max_colwidth", None):
        shown = told.to_html(index=False, border=0, justify="left")
    style = "<style scoped>td, th {text-align: left !important; vertical-align: top; white-space: normal}</style>"
    return HTML(f'<div style="max-height:640px;overflow:auto">{style}{shown}</div>')


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return ""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return f"{int(value):,}"
    return f"{float(value):,.4g}" if isinstance(value, Real) and not isinstance(value, bool) else str(value)
