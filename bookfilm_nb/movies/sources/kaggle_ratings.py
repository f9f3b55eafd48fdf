"""Ratings of The Movies Dataset, read a chunk at a time, and the one right way to join them to films."""

from __future__ import annotations

import csv
import warnings
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError

from .csv_rows import encoding_of
from .kaggle_films import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from bookfilm_nb.movies.table import Loaded

    from .csv_rows import Head
    from .tally import Tally

__all__ = ["rating_table", "ratings_by_film"]

_COLUMNS = {
    "userid": ("user_id", "int32"),
    "movieid": ("movielens_id", "int32"),
    "movielensid": ("movielens_id", "int32"),
    "id": ("tmdb_id", "int32"),
    "rating": ("rating", "float32"),
    "timestamp": ("timestamp", "int64"),
}
_CHUNK_ROWS = 1_000_000


def rating_table(file: Path, first: Head, tally: Tally, *, chunk_rows: int = _CHUNK_ROWS) -> pd.DataFrame:
    """Ratings: user_id and movielens_id int32, rating float32 (0.5 to 5 stars), timestamp int64 (seconds since 1970).

    26 million rows take 20 bytes each, and one column again while they are put together. A row with a cell that is not
    a number in its range, or a rating outside 0.5 to 5, is set aside. Copies whose ratings carry a TMDB id have the
    column tmdb_id (int32) too. Raises DataError for a file that cannot be read, one with a row too long among them.
    """
    import numpy as np
    import pandas as pd

    wanted = {name: _COLUMNS[name] for name in columns_of(first) if name in _COLUMNS}
    parts: dict[str, list[np.ndarray]] = {column: [] for column, _ in wanted.values()}
    for chunk in _chunks(file, first, chunk_rows):
        tally.rows_in += len(chunk)
        numbers = chunk[list(wanted)].apply(pd.to_numeric, errors="coerce").astype("float64")
        readable = numbers.notna().all(axis=1)
        for name, (_, dtype) in wanted.items():
            readable &= numbers[name].abs() < (2**53 if dtype == "int64" else 2**31)
        in_scale = numbers["rating"].between(0.5, 5)
        for reason, rows in (("a cell is not a number", ~readable), ("no rating from 0.5 to 5", readable & ~in_scale)):
            if count := int(rows.sum()):
                tally.set_aside[reason] += count
        good = numbers[readable & in_scale]
        for name, (column, dtype) in wanted.items():
            parts[column].append(good[name].to_numpy(dtype))
    made = {}
    for column, dtype in wanted.values():
        made[column] = np.concatenate([np.empty(0, dtype), *parts.pop(column)])
    return pd.DataFrame(made, copy=False)


def _chunks(file: Path, first: Head, rows: int) -> Iterator[pd.DataFrame]:
    import pandas as pd

    try:
        with pd.read_csv(
            file,
            sep=first.delimiter,
            encoding=encoding_of(file),
            encoding_errors="replace",
            index_col=False,
            quoting=csv.QUOTE_MINIMAL,
            chunksize=rows,
            low_memory=False,
        ) as chunks:
            while True:
                # Pandas only warns when it leaves out the cells of a first row that is too long.
                with warnings.catch_warnings():
                    warnings.simplefilter("error", pd.errors.ParserWarning)
                    chunk = next(chunks, None)
                if chunk is None:
                    return
                yield chunk.set_axis(columns_of(first), axis=1)
    except (ValueError, pd.errors.ParserError, pd.errors.ParserWarning) as error:
        raise DataError(
            f"{file.name} cannot be read as a table of ratings.",
            hint="A row has cells too many or a quote is never closed: get the file again.",
            file=file.name,
            detail=str(error)[:200],
        ) from None


def ratings_by_film(loaded: Loaded) -> pd.DataFrame:
    """How MovieLens users rate each film: source_id, title (string), ratings (Int64), mean_rating (Float32, 0 to 10).

    One row a film of the tidy table, in its order; ``<NA>`` where nobody rated it. Ratings know films by their
    MovieLens id, the tidy table by their TMDB id, and the two are different numbers that look alike: this goes through
    the table of links, where several MovieLens ids may lead to one film. Stars (0.5 to 5) are doubled.
    Raises DataError where the ratings or the links were not among the files.
    """
    import pandas as pd

    ratings = _first(loaded, ("ratings", "ratings_small"), "ratings.csv")
    by = "tmdb_id" if "tmdb_id" in ratings else "movielens_id"
    sums = pd.DataFrame(ratings.groupby(by)["rating"].agg(["size", "sum"])).astype("float64")
    if by == "movielens_id":
        links = _first(loaded, ("links", "links_small"), "links.csv").dropna(subset=["tmdb_id"])
        links = links.astype({"movielens_id": "int64", "tmdb_id": "int64"}).drop_duplicates(["movielens_id", "tmdb_id"])
        tmdb_ids = links.set_index("movielens_id")["tmdb_id"]
        sums = pd.DataFrame(sums.join(tmdb_ids, how="inner").groupby("tmdb_id").agg("sum"))
    sums.index = sums.index.astype("int64").astype("str").astype("string")
    films = loaded.table[["source_id", "title"]]
    found = films.join(sums, on="source_id")
    return films.assign(
        ratings=found["size"].astype("Int64"), mean_rating=(found["sum"] / found["size"] * 2).astype("Float32")
    )


def _first(loaded: Loaded, names: tuple[str, ...], file: str) -> pd.DataFrame:
    for name in names:
        if name in loaded.others:
            return loaded.others[name]
    raise DataError(
        f"The ratings cannot be joined to films: {file} was not there.",
        hint=f"Put {file} (or its _small form) beside movies_metadata.csv and load the folder.",
        file=file,
    )
