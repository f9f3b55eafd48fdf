"""From IMDb's tables to the tidy table of films: filtered, joined and counted while the files stream past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bookfilm_nb.movies.genres import canonical_genre, joined
from bookfilm_nb.movies.table import tidy

from .imdb_credits import SOURCE_WORDS, origin
from .imdb_files import KINDS, NULL, Progress, TableFile, Tally, frames, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd
    import polars as pl

__all__ = ["add_adapted", "add_ratings", "films", "in_pandas", "number", "to_tidy"]

_BASICS = ("tconst", "titleType", "primaryTitle", "isAdult", "startYear", "runtimeMinutes", "genres")
_FIRST_YEAR, _LAST_YEAR = 1870, 2100
_ROWS_AT_ONCE = 1_000_000


def number(column: str, least: float, most: float) -> pl.Expr:
    """The column as Float64; null where it is no number between ``least`` and ``most``."""
    import polars as pl

    value = pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(value.is_between(least, most)).then(value).otherwise(None).alias(column)


def films(
    files: Iterable[TableFile], kinds: Sequence[str], tallies: dict[str, Tally], *, progress: Progress | None = None
) -> pl.DataFrame:
    """The titles of these kinds in title.basics, each once, as columns tconst, title, year, runtime, adult, genres.

    ``tallies`` (by file name) say why every other row was set aside.
    """
    import polars as pl

    parts: list[pl.DataFrame] = []
    for file in files:
        tally = tallies[file.name]
        for frame in frames(file, _BASICS, tally, progress=progress):
            missing = [pl.lit(NULL).alias(name) for name in _BASICS if name not in frame.columns]
            rows = frame.with_columns(missing)
            others = rows.filter(~pl.col("titleType").is_in(kinds))["titleType"]
            for kind, count in others.value_counts().iter_rows():
                tally.set_aside[f"not a film: {kind if kind in KINDS else 'of another kind'}"] += count
            kept = rows.filter(pl.col("titleType").is_in(kinds)).select(known(name) for name in _BASICS)
            parts.append(kept.with_columns(pl.lit(file.name).alias("file")))
    if not parts:
        return pl.DataFrame(schema=dict.fromkeys((*_BASICS, "file"), pl.String))
    every = pl.concat(parts)
    del parts
    nameless = every.filter(pl.col("tconst").is_null())
    named = every.filter(pl.col("tconst").is_not_null())
    once = named.unique("tconst", keep="first", maintain_order=True)
    _count(nameless, "no title id", tallies)
    if len(once) < len(named):
        again = named.filter(~pl.col("tconst").is_first_distinct())
        _count(again, "the same title again", tallies)
    return once


def _count(rows: pl.DataFrame, reason: str, tallies: dict[str, Tally]) -> None:
    for name, count in rows["file"].value_counts().iter_rows():
        tallies[name].set_aside[reason] += count


def add_ratings(
    table: pl.DataFrame, files: Iterable[TableFile], tallies: dict[str, Tally], *, progress: Progress | None = None
) -> pl.DataFrame:
    """The films with averageRating (1 to 10) and numVotes; of two ratings of one film the first counts."""
    import polars as pl

    ids = table.select("tconst")
    parts = [pl.DataFrame(schema={"tconst": pl.String, "averageRating": pl.Float64, "numVotes": pl.Float64})]
    for file in files:
        unknown = tallies[file.name].unknown
        blocks = frames(file, ("tconst", "averageRating", "numVotes"), tallies[file.name], progress=progress)
        for frame in _of_films(ids, blocks):
            rows = frame.select("tconst", known("averageRating"), known("numVotes"))
            read = rows.with_columns(number("averageRating", 1, 10), number("numVotes", 0, 2**53))
            for column, name in (("averageRating", "rating"), ("numVotes", "votes")):
                unknown[name] += read[column].null_count() - rows[column].null_count()
            parts.append(read)
    ratings = pl.concat(parts).unique("tconst", keep="first", maintain_order=True)
    return table.join(ratings, on="tconst", how="left", maintain_order="left")


def _of_films(ids: pl.DataFrame, blocks: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The rows with these ids, many blocks at a time: every join makes a table of all the ids anew."""
    import polars as pl

    waiting: list[pl.DataFrame] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) >= _ROWS_AT_ONCE:
            yield pl.concat(waiting).join(ids, on="tconst", how="semi", maintain_order="left")
            waiting = []
    if waiting:
        yield pl.concat(waiting).join(ids, on="tconst", how="semi", maintain_order="left")


def add_adapted(
    table: pl.DataFrame,
    principals: Iterable[TableFile],
    crew: Iterable[TableFile],
    tallies: dict[str, Tally],
    *,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """The films with ``adapted``: true, false or null where the credits do not say.

    True where a credit of title.principals names a book. False only where every writer in title.crew has a credit
    there, and all of them are of the kind that is given to work without a source ("written by"): title.principals
    lists some ten people a film, so that a book is not named in it proves nothing by itself.
    """
    import polars as pl

    ids = table.select("tconst")
    credits_, writers = _credits(ids, principals, tallies, progress), _writers(ids, crew, tallies, progress)
    jobs = credits_.select(pl.col("job").unique())
    said = jobs.with_columns(pl.Series("origin", [origin(job) for job in jobs["job"].to_list()], dtype=pl.String))
    credits_ = credits_.join(said, on="job", how="left").drop("job")
    books = credits_.filter(pl.col("origin") == "book").select("tconst").unique()
    wholly = credits_.group_by("tconst", "nconst").agg((pl.col("origin") == "original").all().alias("own"))
    own = (
        writers.join(wholly, on=("tconst", "nconst"), how="left")
        .group_by("tconst")
        .agg(pl.col("own").fill_null(value=False).all())
        .filter("own")
        .select("tconst")
    )
    own = own.join(credits_.filter(pl.col("origin") != "original"), on="tconst", how="anti")
    verdicts = pl.concat(
        [
            books.with_columns(pl.lit(value=True).alias("adapted")),
            own.join(books, on="tconst", how="anti").with_columns(pl.lit(value=False).alias("adapted")),
        ]
    )
    return table.join(verdicts, on="tconst", how="left", maintain_order="left")


def _credits(
    ids: pl.DataFrame, files: Iterable[TableFile], tallies: dict[str, Tally], progress: Progress | None
) -> pl.DataFrame:
    """Writers' credits of the films (tconst, nconst, job), and others' that may name a book."""
    import polars as pl

    columns = ("tconst", "nconst", "category", "job")
    parts = [pl.DataFrame(schema=dict.fromkeys(("tconst", "nconst", "job"), pl.String))]
    for file in files:
        blocks = frames(file, columns, tallies[file.name], progress=progress)
        parts += _of_films(ids, (_telling(block) for block in blocks if "job" in block.columns))
    return pl.concat(parts)


def _telling(block: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    said = block.filter(pl.col("job") != NULL)
    telling = (pl.col("category") == "writer") | pl.col("job").str.contains(SOURCE_WORDS)
    return said.filter(telling).select("tconst", "nconst", "job")


def _writers(
    ids: pl.DataFrame, files: Iterable[TableFile], tallies: dict[str, Tally], progress: Progress | None
) -> pl.DataFrame:
    """The writers of the films (tconst, nconst), one a row."""
    import polars as pl

    parts = [pl.DataFrame(schema=dict.fromkeys(("tconst", "writers"), pl.String))]
    for file in files:
        blocks = frames(file, ("tconst", "writers"), tallies[file.name], progress=progress)
        parts += _of_films(ids, (block.filter(pl.col("writers") != NULL) for block in blocks))
    rows = pl.concat(parts)
    return rows.select("tconst", pl.col("writers").str.split(",").alias("nconst")).explode("nconst")


def to_tidy(table: pl.DataFrame, tallies: dict[str, Tally]) -> pd.DataFrame:
    """The films as the tidy table; values that are there but are none (a runtime of 0) are counted as unknown."""
    import pandas as pd
    import polars as pl

    read = table.with_columns(number("startYear", _FIRST_YEAR, _LAST_YEAR), number("runtimeMinutes", 1, 2**24))
    for column, name in (("startYear", "year"), ("runtimeMinutes", "runtime_min")):
        lost = table.filter(table[column].is_not_null() & read[column].is_null())
        for file, count in lost["file"].value_counts().iter_rows():
            tallies[file].unknown[name] += count
    bare = read.filter((pl.col("isAdult") == "1") & ~pl.col("genres").fill_null("").str.contains(r"\bAdult\b"))
    for file, count in bare["file"].value_counts().iter_rows():
        tallies[file].repaired["marked adult: genre added"] += count
    adult = (read["isAdult"] == "1").fill_null(value=False).to_list()
    cells = {cell: _genres(cell, adult=False) for cell in read["genres"].unique().to_list()}
    rows = pd.DataFrame(index=range(len(read)))
    rows["title"] = read["primaryTitle"].to_list()
    rows["genres"] = [
        _genres(cell, adult=True) if marked else cells[cell]
        for cell, marked in zip(read["genres"].to_list(), adult, strict=True)
    ]
    rows["source_id"] = read["tconst"].to_list()
    for column, name, dtype in (
        ("startYear", "year", "Int16"),
        ("runtimeMinutes", "runtime_min", "Float32"),
        ("averageRating", "rating", "Float32"),
        ("numVotes", "votes", "Int64"),
    ):
        rows[name] = in_pandas(read[column], dtype)
    rows["adapted_from_book"] = in_pandas(read["adapted"].cast(pl.Float64), "boolean")
    return tidy(rows, "imdb")


def _genres(cell: str | None, *, adult: bool) -> str | None:
    names = [canonical_genre(name) for name in (cell or "").split(",")]
    return joined([*names, "adult"] if adult else names)


def in_pandas(column: pl.Series, dtype: str) -> pd.Series[Any]:
    """A column of Float64, null where unknown, as a nullable pandas column of whole numbers, floats or booleans."""
    import pandas as pd

    values = pd.Series(column.fill_null(float("nan")).to_numpy(), dtype="Float64")
    return values.astype(dtype)  # type: ignore[call-overload, no-any-return]
