"""The two packaged tables, row by row: what is mended, what is unknown, and which films are in both."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import canonical_genre, joined, split
from bookfilm_nb.movies.table import TableReport

from .packed_files import clean
from .titles import other_titles, same_films, upright

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["one_row_a_film", "read_movielens", "read_movies"]

_FLAGS = ("Action", "Animation", "Comedy", "Drama", "Documentary", "Romance", "Short")
_NO_GENRE = "(no genres listed)"
_NOT_GENRES = {"imax"}


def read_movies(columns: Mapping[str, Any]) -> tuple[pd.DataFrame, TableReport]:
    """The films of ggplot2movies: tidy columns, one film a row, in the order of the file."""
    import pandas as pd

    raw = _texts(columns, "title")
    titles = raw.map(upright, na_action="ignore")
    numbers = {name: _numbers(columns, name) for name in ("year", "length", "budget", "rating", "votes", *_FLAGS)}
    flags = pd.DataFrame({canonical_genre(name): numbers[name] == 1 for name in _FLAGS})
    genres = [joined(compress(flags.columns, row)) for row in flags.to_numpy().tolist()]
    films = pd.DataFrame(
        {
            "title": titles,
            "year": numbers["year"],
            "runtime_min": numbers["length"].where(numbers["length"] > 0),
            "genres": pd.Series(genres, index=titles.index, dtype="string"),
            "rating": numbers["rating"].where(numbers["rating"].between(0, 10)),
            "votes": numbers["votes"],
            "budget": numbers["budget"].where(numbers["budget"] > 0),
            "source_id": [f"movies:{row}" for row in _row_names(columns, len(titles))],
        }
    )
    named = titles.notna() & (titles != "")
    turned = int((titles != raw.map(clean, na_action="ignore"))[named].sum())
    free = int((numbers["budget"] == 0)[named].sum())
    return films[named], TableReport(
        file="ggplot2movies::movies",
        rows_in=len(films),
        rows_out=int(named.sum()),
        repaired={"title with its article at the end": turned} if turned else {},
        set_aside=_counted({"no title": int((~named).sum())}),
        unknown=_counted({"budget": free, "genres": int(films.loc[named, "genres"].isna().sum())}),
    )


def read_movielens(columns: Mapping[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame, TableReport]:
    """The ratings of MovieLens, and its films in the order in which they are first rated."""
    import pandas as pd

    ratings = pd.DataFrame(
        {
            "movieId": _numbers(columns, "movieId").astype("Int64"),
            "raw": _texts(columns, "title"),
            "year": _numbers(columns, "year").astype("Int16"),
            "raw_genres": _texts(columns, "genres"),
            "userId": _numbers(columns, "userId").astype("Int64"),
            "rating": _numbers(columns, "rating").astype("Float32"),
            "timestamp": _numbers(columns, "timestamp").astype("Int64"),
        }
    )
    usable = ratings["movieId"].notna() & ratings["rating"].between(0.5, 5).fillna(value=False)
    kept = ratings[usable]
    films = kept.drop_duplicates("movieId").set_index("movieId")[["raw", "year", "raw_genres"]]
    names = [other_titles(raw) if isinstance(raw, str) else (None, ()) for raw in films["raw"].astype(object)]
    films["title"] = pd.Series([title for title, _ in names], index=films.index, dtype="string")
    films["other_titles"] = pd.Series([joined(more) for _, more in names], index=films.index, dtype="string")
    genres = [_movielens_genres(cell) for cell in films["raw_genres"].astype(object)]
    films["genres"] = pd.Series(genres, index=films.index, dtype="string")
    by_film = kept.groupby("movieId")["rating"]
    films["mean_rating"] = by_film.mean().astype("Float32")
    films["ratings"] = by_film.size().astype("Int64")
    ratings = kept.assign(title=kept["movieId"].map(films["title"]).astype("string"))
    mended = int((ratings["title"] != ratings["raw"]).sum())
    report = TableReport(
        file="dslabs::movielens",
        rows_in=len(usable),
        rows_out=len(kept),
        repaired=_counted({"title with its article at the end, or other titles in brackets": mended}),
        set_aside=_counted({"no film or no rating": int((~usable).sum())}),
        unknown=_counted({"genres": int((kept["raw_genres"] == _NO_GENRE).sum())}),
    )
    order = ["movieId", "title", "year", "userId", "rating", "timestamp"]
    return (
        ratings[order].reset_index(drop=True),
        films.drop(columns=["raw", "raw_genres"]).reset_index(),
        report,
    )


def one_row_a_film(base: pd.DataFrame, films: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, TableReport]:
    """Both tables as one: (films of ``base`` with MovieLens's genres joined, then the rest; ``films``; report).

    Which films are the same, :func:`.titles.same_films` tells; what it leaves open is a row of its own.
    """
    import pandas as pd

    found = _matches(base, films)
    ids = films["movieId"].map({movie: row for movie, (row, _) in found.items()})
    films = films.assign(source_id=ids.map(base["source_id"]).astype("string"))
    genres = base["genres"].astype("object")
    for row, cell in zip(ids, films["genres"], strict=True):
        if pd.notna(row):
            genres[row] = joined((*split(genres[row]), *split(cell)))
    named = films["title"].notna()
    new = films[named & ids.isna()]
    films.loc[new.index, "source_id"] = [f"movielens:{movie}" for movie in new["movieId"]]
    added = pd.DataFrame(
        {
            "title": new["title"],
            "year": new["year"],
            "genres": new["genres"],
            "rating": new["mean_rating"] * 2,
            "votes": new["ratings"],
            "source_id": films.loc[new.index, "source_id"],
        }
    )
    apart = sum(1 for _, years in found.values() if years)
    report = TableReport(
        file="dslabs::movielens, its films",
        rows_in=len(films),
        rows_out=len(new),
        set_aside=_counted(
            {
                "no title": int((~named).sum()),
                "in ggplot2movies, same year: genres joined there": len(found) - apart,
                "in ggplot2movies, a year apart: genres joined there": apart,
            }
        ),
        unknown=_counted({"genres": int(new["genres"].isna().sum())}),
    )
    return pd.concat([base.assign(genres=genres.astype("string")), added], ignore_index=True), films, report


def _matches(base: pd.DataFrame, films: pd.DataFrame) -> dict[int, tuple[Any, int]]:
    """For each MovieLens film that is in the base: the base's row, and by how many years the two differ."""
    dated = base[base["year"].notna()]
    known = films[films["title"].notna() & films["year"].notna()]
    titles = [
        (title, *split(more)) for title, more in zip(known["title"], known["other_titles"].astype(object), strict=True)
    ]
    return same_films(
        zip(dated.index, dated["title"], dated["year"].astype(int), strict=True),
        zip(known["movieId"], titles, known["year"].astype(int), strict=True),
    )


def _movielens_genres(cell: object) -> str | None:
    if not isinstance(cell, str) or cell == _NO_GENRE:
        return None
    return joined(name for raw in cell.split("|") if (name := canonical_genre(raw)) not in _NOT_GENRES)


def _texts(columns: Mapping[str, Any], name: str) -> pd.Series[str]:
    import pandas as pd

    return pd.Series(_column(columns, name), dtype="object").astype("string")


def _numbers(columns: Mapping[str, Any], name: str) -> pd.Series[float]:
    """A column as Float64; what is no number, and infinity, is unknown."""
    import pandas as pd

    values = pd.to_numeric(pd.Series(_column(columns, name)), errors="coerce").astype("Float64")
    return values.where(values.abs() < 2**53)


def _column(columns: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - whatever pandas takes as a column
    if name not in columns:
        raise DataError(f"The table has no column {name!r}.", hint="It has: " + ", ".join(sorted(columns)), column=name)
    return columns[name]


def _row_names(columns: Mapping[str, Any], rows: int) -> list[int]:
    import pandas as pd

    names = pd.to_numeric(pd.Series(columns.get("rownames", range(1, rows + 1))), errors="coerce")
    return [int(name) for name in names] if names.notna().all() else list(range(1, rows + 1))


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {reason: count for reason, count in counts.items() if count}
