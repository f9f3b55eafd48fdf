"""IMDb's tables one by one in pandas: asked for by name, columns and titles, and read only then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bookfilm_nb.errors import ChoiceError, DataError

from .imdb_files import TABLES, TableFile, Tally, frames, known
from .imdb_films import in_pandas, number

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Tables", "read_table"]

_NUMBERS: Mapping[str, str] = {
    "isAdult": "Int8", "startYear": "Int16", "endYear": "Int16", "runtimeMinutes": "Int32", "averageRating": "Float32",
    "numVotes": "Int64", "ordering": "Int32", "isOriginalTitle": "Int8", "seasonNumber": "Int32",
    "episodeNumber": "Int32", "birthYear": "Int16", "deathYear": "Int16",
}  # fmt: skip
_MOST = {"Int8": 2**7 - 1, "Int16": 2**15 - 1, "Int32": 2**31 - 1, "Int64": 2**53, "Float32": 1e9}
_COMMA_LISTS = ("genres", "directors", "writers", "primaryProfession", "knownForTitles")
_CONTROL_LISTS = ("types", "attributes")


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables that were found, each read from its files when it is asked for and not kept."""

    def __init__(self, files: tuple[TableFile, ...]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in list(self):
            raise KeyError(name)
        return read_table(self._files, name)

    def __iter__(self) -> Iterator[str]:
        present = {file.table for file in self._files}
        return (name for name in TABLES if name in present)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __repr__(self) -> str:
        return f"Tables({', '.join(self)})"


def read_table(
    files: Iterable[TableFile],
    name: str,
    *,
    columns: tuple[str, ...] | None = None,
    ids: Iterable[str] | None = None,
) -> pd.DataFrame:
    """See :func:`bookfilm_nb.movies.sources.imdb.read`."""
    import pandas as pd
    import polars as pl

    if name not in TABLES:
        raise ChoiceError(f"IMDb has no table {name!r}.", hint=f"Choose: {', '.join(TABLES)}.", choices=list(TABLES))
    of_table = [file for file in files if file.table == name]
    if not of_table:
        raise DataError(f"{name} is not among the files.", hint="Get it: bookfilm data get imdb.", table=name)
    wanted = columns or tuple(dict.fromkeys(column for file in of_table for column in file.columns))
    further = set(wanted) - {column for file in of_table for column in file.columns}
    if further:
        raise ChoiceError(
            f"{name} has no column {min(further)!r}.",
            hint=f"Choose among: {', '.join(of_table[0].columns)}.",
            choices=list(of_table[0].columns),
        )
    key = TABLES[name][0]
    only = None if ids is None else pl.DataFrame({key: list(ids)}, schema={key: pl.String}).unique()
    parts = [pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))]
    for file in of_table:
        for frame in frames(file, tuple(dict.fromkeys((key, *wanted))), Tally()):
            rows = frame if only is None else frame.join(only, on=key, how="semi")
            parts.append(rows.select(known(column) for column in wanted if column in rows.columns))
    every = pl.concat(parts, how="diagonal")
    return pd.DataFrame({column: _as_pandas(every[column]) for column in wanted})


def _as_pandas(column: pl.Series) -> pd.Series:
    import pandas as pd

    name = column.name
    if name in _NUMBERS:
        dtype = _NUMBERS[name]
        value = column.to_frame().select(number(name, -_MOST[dtype], _MOST[dtype]))[name]
        if dtype != "Float32":
            value = value.set(value != value.round(), None)
        return in_pandas(value, dtype)
    if name in (*_COMMA_LISTS, *_CONTROL_LISTS):
        apart = "," if name in _COMMA_LISTS else "\x02"
        column = column.str.replace_all("|", "/", literal=True).str.replace_all(apart, "|", literal=True)
    elif name == "characters":
        cells = {cell: _characters(cell) for cell in column.unique().to_list()}
        return pd.Series([cells[cell] for cell in column.to_list()], dtype="string")
    return pd.Series(column.to_list(), dtype="string")


def _characters(cell: str | None) -> str | None:
    """The names in a JSON array, joined by a bar; a cell that is no such array stays as it is."""
    try:
        names = json.loads(cell or "null")
    except (ValueError, RecursionError):
        return cell
    if not isinstance(names, list):
        return cell
    return "|".join(str(name).replace("|", "/") for name in names) or None
