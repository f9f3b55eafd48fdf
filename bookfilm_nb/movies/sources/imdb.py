r"""IMDb's non-commercial tables: seven files, up to 97 million rows, as one tidy table of films.

The files are read as they are published: separated by tabs, no quoting at all, ``\N`` for null and nothing else, so a
film called "None", "NA" or "nan" keeps its name and an unbalanced quote stays where it is.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bookfilm_nb.errors import ChoiceError, DataError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.download import DownloadProgress, download
from bookfilm_nb.movies.table import Loaded, LoadReport

from .imdb_files import KINDS, TABLES, Progress, TableFile, Tally, find, need_polars, pass_over
from .imdb_films import add_adapted, add_ratings, films, to_tidy
from .imdb_tables import Tables, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pandas as pd

__all__ = ["BASE_URL", "FILM_KINDS", "KINDS", "SHEET", "get", "load", "read", "recognises"]

FILM_KINDS = ("movie", "tvMovie")
"""The kinds of title that are films here: made for cinemas, or for television at a film's length."""
BASE_URL = "https://datasets.imdbws.com/"
_LARGEST = 8 << 30

SHEET = DataSheet(
    name="imdb",
    title="IMDb non-commercial datasets",
    link="https://developer.imdb.com/non-commercial-datasets/",
    owner="IMDb.com, Inc. (Amazon)",
    licence="IMDb non-commercial licence: personal and non-commercial use, no republishing",
    research="yes",
    commercial_film="ask the owner",
    redistribution="no",
    attribution="Information courtesy of IMDb (https://www.imdb.com). Used with permission.",
    cost="free for personal and non-commercial use; the commercial data set is sold by contract",
    rate_limit="none stated: seven files, made anew every day",
    geography="none known",
    freshness="daily",
    size="about 12 M titles, 1.6 M ratings, 97 M principals, 54 M alternative titles, 15 M names; 1.8 GB gzipped",
    columns={
        "title.basics": "tconst, titleType, primaryTitle, originalTitle, isAdult (0/1), startYear, endYear, "
        "runtimeMinutes (minutes), genres (up to three, by commas)",
        "title.ratings": "tconst, averageRating (1 to 10, weighted by IMDb), numVotes",
        "title.principals": "tconst, ordering, nconst, category, job (says where a writer's work comes from), "
        "characters (a JSON array)",
        "title.crew": "tconst, directors, writers (person ids, by commas)",
        "title.akas": "titleId, ordering, title, region, language, types, attributes, isOriginalTitle (0/1)",
        "title.episode": "tconst, parentTconst, seasonNumber, episodeNumber",
        "name.basics": "nconst, primaryName, birthYear, deathYear, primaryProfession, knownForTitles",
    },
    faults=(
        r"null is \N alone: films are called None, NA, Null and nan",
        "no quoting: a quote may open in a title and never close",
        "lines with more or fewer fields than the header are set aside and counted",
        "runtimes and years that are no number, or a runtime of 0, are unknown",
        "characters is JSON inside TSV; lists elsewhere are joined by commas, in title.akas by the character \\x02",
        "title.principals names about ten people a film: that no book is named there does not mean that there is none",
        "a play, a comic book, a true story or mere characters in a credit are not counted as a book",
        "language and country of a film are not told: title.akas says where a title was used, not where it comes from",
        "most titles are episodes; films made for television count as films, videos and shorts do not",
        "isAdult may be 1 where the genre Adult is missing: the genre is added",
        "a slice refers to titles and people that are not in it",
    ),
    answers=(
        "how long films of a genre and a period are",
        "how films of a genre are rated, and by how many",
        "which films are made from books, where their credits say so",
    ),
    cannot_answer=("what a film is about", "what it cost and earned", "in which language and country it was made"),
    getting="bookfilm data get imdb (seven gzipped files, 1.8 GB; title.basics, ratings, principals and crew suffice)",
    checked="2026-11-22",
)


def recognises(path: Path) -> bool:
    """Whether this is one of IMDb's tables, or a folder with some, told by their header lines."""
    return bool(find(path))


def load(path: Path, *, kinds: Sequence[str] = FILM_KINDS, progress: Progress | None = None) -> Loaded:
    """The films in IMDb's tables, from one file or from a folder with any of the seven, whole or sliced.

    Title, year, runtime and genres come from title.basics, rating and votes from title.ratings; ``adapted_from_book``
    is True where a credit in title.principals names a book, False where title.crew and title.principals together show
    that all its writers wrote it as a work of its own, else unknown (:func:`.imdb_films.add_adapted`). ``language`` and
    ``countries`` stay unknown: title.akas does not tell them. ``kinds`` are the values of titleType that count as
    films; other rows of title.basics are set aside and counted. All other tables are in ``others`` under their own
    names (``"title.akas"``), each read when it is asked for, with the rows that the report says came out.

    The files pass through in blocks, so that the full tables (12 million titles) need less than 1.5 GiB of memory.
    Raises DataError where no table is found or a file is damaged, ChoiceError for a kind that there is not,
    MissingPartError without polars, and whatever ``progress`` raises to stop the work.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise ChoiceError(f"IMDb has no titles of the kind {unknown[0]!r}.", hint=f"Choose: {', '.join(KINDS)}.")
    files = _found(path)
    tallies = {file.name: Tally() for file in files}
    by_table = {table: [file for file in files if file.table == table] for table in TABLES}
    table = films(by_table["title.basics"], kinds, tallies, progress=progress)
    table = add_ratings(table, by_table["title.ratings"], tallies, progress=progress)
    table = add_adapted(table, by_table["title.principals"], by_table["title.crew"], tallies, progress=progress)
    for file in (*by_table["title.akas"], *by_table["title.episode"], *by_table["name.basics"]):
        pass_over(file, tallies[file.name], progress=progress)
    rows = to_tidy(table, tallies)
    report = LoadReport(source="imdb", tables=tuple(tallies[file.name].report(file) for file in files))
    return Loaded(rows, report, Tables(files))


def read(
    path: Path, table: str, *, columns: Sequence[str] | None = None, ids: Iterable[str] | None = None
) -> pd.DataFrame:
    """One of the seven tables in pandas, as far as it is wanted: these columns, the rows of these titles (or people).

    ``ids`` are values of the table's first column (tconst, titleId or nconst). The file passes through in blocks, so a
    few films' rows of title.principals cost no memory. Numbers are nullable ints (ratings Float32), all else is
    ``string``; lists, and the JSON arrays of ``characters``, are joined by a bar. Raises DataError where the table is
    not there, ChoiceError for a table or a column that there is not.
    """
    return read_table(_found(path), table, columns=tuple(columns) if columns is not None else None, ids=ids)


def _found(path: Path) -> tuple[TableFile, ...]:
    need_polars()
    if not path.exists():
        raise DataError(f"There is no file or folder {path}.", hint="Check the path.", path=str(path))
    files = find(path)
    if not files:
        raise DataError(
            f"No table of IMDb's in {path}: a file's first line must be its header, separated by tabs.",
            hint="Get them with: bookfilm data get imdb.",
            path=str(path),
        )
    return files


def get(
    folder: Path,
    *,
    tables: Sequence[str] = tuple(TABLES),
    base_url: str = BASE_URL,
    refresh: bool = False,
    progress: DownloadProgress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Download IMDb's tables (all seven, or these) into the folder, and give the folder back.

    What is there already and unchanged is kept, unless ``refresh``: the tables are made anew every day. A download that
    was cut off goes on where it stopped. Raises as :func:`bookfilm_nb.movies.download.download`, and ChoiceError for a
    table that there is not.
    """
    for table in tables:
        if table not in TABLES:
            raise ChoiceError(
                f"IMDb has no table {table!r}.", hint=f"Choose: {', '.join(TABLES)}.", choices=list(TABLES)
            )
    for table in tables:
        name = f"{table}.tsv.gz"
        download(
            f"{base_url.rstrip('/')}/{name}", folder, name=name, holds="gzip", largest=_LARGEST, refresh=refresh,
            progress=progress, sleep=sleep,
        )  # fmt: skip
    return folder
