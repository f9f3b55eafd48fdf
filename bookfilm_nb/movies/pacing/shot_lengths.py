"""Films whose every shot is known: a wide table, one film a column, brought to one shot a row.

Source of the public file: J. E. Cutting, J. E. DeLong and C. E. Nothelfer (2010), "Attention and the evolution of
Hollywood film", Psychological Science 21; as published by N. Redfern (2023), Journal of Data Science 21 (1).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import canonical_genre
from bookfilm_nb.movies.table import TableReport

from .listed import read_csv
from .measured import Measured, read_text
from .titles import title_key

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pandas as pd

__all__ = ["lengths_by_film", "load_shots"]

_HEAD = re.compile(r"(.*?)[\s.]*[(.\s](\d{4})[).]*\s*", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,7}(?:[.,]\d{1,7})?", re.ASCII)
_WHAT = "a table of shot lengths, one film a column"


def load_shots(path: Path, genres: Path | None = None) -> Measured:
    """Every shot of every film: one row a shot, in the order of the films and of their shots.

    ``path`` is a CSV (comma, semicolon or tab) with title and year of a film in each header cell and its shot lengths
    in seconds below; columns may end early. ``genres`` is a CSV with the columns title and genre.
    Columns: film (string, "Title (year)"), title (string), year (Int16), genre (string, canonical, ``<NA>`` where the
    genre table is not given or does not name the film), shot (Int32, from 1), length_s (float64, above 0).
    The report counts shots: cells that hold something. Set aside are cells that are no positive number, cells beyond
    the header, a film listed twice, and a column that only numbers the rows.
    Raises DataError for files that are not these, and for one without years that has fewer numbers than other cells.
    """
    header, rows = _cells(path)
    named = _genres(genres) if genres else {}
    set_aside: Counter[str] = Counter()
    repaired: Counter[str] = Counter()
    columns: dict[str, tuple[str, int | None, list[float]]] = {}
    shots_in = sum(bool(cell.strip()) for row in rows for cell in row[len(header) :])
    set_aside["beyond the header"] += shots_in
    for at, head in enumerate(header):
        cells = [row[at].strip() if at < len(row) else "" for row in rows]
        told = [cell for cell in cells if cell]
        shots_in += len(told)
        title, year = _film(head)
        film = f"{title} ({year})" if year else title
        if not title or _numbers_rows(told, year):
            set_aside["column without a film"] += len(told)
        elif film in columns:
            set_aside["film listed twice"] += len(told)
        else:
            while cells and not cells[-1]:
                cells.pop()
            repaired["gap between shots"] += "" in cells
            lengths = [value for cell in told if (value := _length(cell)) is not None]
            set_aside["no positive number"] += len(told) - len(lengths)
            if lengths:
                columns[film] = (title, year, lengths)
    kept = sum(len(lengths) for _, _, lengths in columns.values())
    dated = any(year for _, year, _ in columns.values())
    if not kept or (not dated and kept < set_aside["no positive number"]):
        raise DataError(
            f"{path} holds no shot lengths: of {shots_in} cells {kept} are a number of seconds.",
            hint="Each column should be a film, with seconds below.",
            path=str(path),
        )
    report = TableReport(
        file=path.name,
        rows_in=shots_in,
        rows_out=shots_in - set_aside.total(),
        repaired=+repaired,
        set_aside=+set_aside,
    )
    return Measured(_long(columns, named), report)


def lengths_by_film(shots: pd.DataFrame) -> dict[str, np.ndarray]:
    """The shot lengths of each film of :func:`load_shots`'s table: float64 seconds, in the order of the shots."""
    return {str(film): rows["length_s"].to_numpy(dtype="float64") for film, rows in shots.groupby("film", sort=False)}


def _cells(path: Path) -> tuple[list[str], list[list[str]]]:
    text = read_text(path, _WHAT)
    first = text.split("\n", 1)[0]
    try:
        header, *rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    except csv.Error as error:
        raise DataError(f"{path} is no CSV: {error}.", hint=f"Give {_WHAT}.", path=str(path)) from error
    return header, rows


def _film(head: str) -> tuple[str, int | None]:
    """Title and year of a header cell; the year may stand in brackets or between the dots of R's column names."""
    found = _HEAD.fullmatch(head)
    title, year = (found[1], int(found[2])) if found and found[1].strip() else (head, None)
    if "." in title and " " not in title.strip():
        title = title.replace(".", " ")
    return " ".join(title.split()), year


def _numbers_rows(cells: list[str], year: int | None) -> bool:
    """Whether a column without a year counts 0, 1, 2 or 1, 2, 3 instead of measuring."""
    counted = [[str(i + first) for i in range(len(cells))] for first in (0, 1)]
    return year is None and len(cells) > 2 and cells in counted


def _length(cell: str) -> float | None:
    seconds = float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else 0.0
    return seconds if seconds > 0 else None


def _genres(path: Path) -> dict[str, str]:
    rows = read_csv(path, "the genres of films whose shots are known", ("title", "genre"))
    return {title_key(_film(row["title"])[0]): canonical_genre(row["genre"]) for row in rows if row["genre"]}


def _long(columns: dict[str, tuple[str, int | None, list[float]]], genres: dict[str, str]) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    counts = [len(lengths) for _, _, lengths in columns.values()]
    heads = pd.DataFrame(
        {
            "film": pd.array(list(columns), dtype="string"),
            "title": pd.array([title for title, _, _ in columns.values()], dtype="string"),
            "year": pd.array([year for _, year, _ in columns.values()], dtype="Int16"),
            "genre": pd.array([genres.get(title_key(title)) for title, _, _ in columns.values()], dtype="string"),
        }
    )
    table = heads.loc[np.repeat(heads.index.to_numpy(), counts)].reset_index(drop=True)
    table["shot"] = np.concatenate([np.arange(1, count + 1) for count in counts]).astype("int32")
    table["shot"] = table["shot"].astype("Int32")
    table["length_s"] = np.concatenate([lengths for _, _, lengths in columns.values()]).astype("float64")
    return table
