"""The plots to learn from, wherever they lie below a folder: tables of the sources, and a table of plot lines.

The table of plot lines is no source of its own: 5,000 top-grossing films 1970-2019 with IMDb's one-sentence plots, made
by T. Arnold for teaching (``movies_50_years.csv`` and ``movies_50_years_genre.csv``, under any names).
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookfilmError, DataError
from bookfilm_nb.movies.genres import canonical_genre, joined
from bookfilm_nb.movies.sources import source
from bookfilm_nb.movies.table import tidy

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["PLOT_LINES", "plot_lines", "tables_below"]

PLOT_LINES = "plot lines"
_FILMS = {"year", "title", "runtime", "description"}
_GENRES = ["year", "title", "genre"]
_CUT_OFF = ("See full summary", "Add a Plot", "Add full plot")
_UNREADABLE = 64_000_000
"""Bytes beyond which no file of plots that we know goes."""


def tables_below(folder: Path, names: tuple[str, ...] = ("github", "kaggle")) -> dict[str, pd.DataFrame]:
    """The tidy tables with plots below a folder: of each source by its name, and the plot lines.

    Files that a source claims but cannot load by themselves (a list of casts) are passed over. Raises DataError where
    nothing is found.
    """
    import pandas as pd

    found: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".csv", ".json"} and path.is_file()):
        if path.stat().st_size > _UNREADABLE:
            continue
        for name in names:
            if not source(name).recognises(path):
                continue
            try:
                table = source(name).load(path).table
            except BookfilmError:
                break
            if table["overview"].notna().any():
                found.setdefault(name, []).append(table)
            break
    lines = plot_lines(folder)
    if lines is not None:
        found[PLOT_LINES] = [lines]
    if not found:
        raise DataError(f"There are no plots below {folder}.", hint="Give the folder of a source that has plots.")
    return {name: pd.concat(tables, ignore_index=True) for name, tables in found.items()}


def plot_lines(folder: Path) -> pd.DataFrame | None:
    """The table of plot lines below a folder as a tidy table, or None; recognised by the columns of its two files."""
    import pandas as pd

    films: pd.DataFrame | None = None
    genres: pd.DataFrame | None = None
    for path in sorted(folder.rglob("*.csv")):
        header = _header(path)
        if set(header) >= _FILMS:
            films = _read(path)
        elif header == _GENRES:
            genres = _read(path)
    if films is None or genres is None:
        return None
    names = genres.groupby(["year", "title"])["genre"].agg(lambda cells: joined(map(canonical_genre, cells)) or "")
    rows = films.join(names.rename("genres"), on=["year", "title"])
    plots = rows["description"]
    for mark in _CUT_OFF:
        plots = plots.str.split(mark).str[0]
    return tidy(
        pd.DataFrame({
            "title": rows["title"], "year": pd.to_numeric(rows["year"], errors="coerce"),
            "runtime_min": pd.to_numeric(rows["runtime"], errors="coerce"),
            "genres": rows["genres"].mask(lambda cells: cells == ""),
            "overview": plots.str.strip().mask(lambda cells: cells == ""),
        }),
        PLOT_LINES,
    )  # fmt: skip


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError) as error:  # pandas' parser errors are ValueErrors
        raise DataError(f"{path.name} is not a table of plot lines.", hint="Fetch it again.", path=str(path)) from error


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader([file.readline(10_000)]), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
