"""The Movies Dataset (Kaggle, rounakbanik): 45,466 films of TMDB with credits, keywords and MovieLens ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError, ProviderError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.table import Loaded, LoadReport, tidy

from .csv_rows import encoding_of, head
from .kaggle_films import Known, columns_of, film_rows
from .kaggle_get import HANDLE, download
from .kaggle_ratings import rating_table, ratings_by_film
from .kaggle_tables import credit_tables, is_book_keyword, keyword_table, link_table
from .tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from .csv_rows import Head

__all__ = ["SHEET", "get", "load", "ratings_by_film", "recognises"]

SHEET = DataSheet(
    name="kaggle",
    title="The Movies Dataset",
    link=f"https://www.kaggle.com/datasets/{HANDLE}",
    owner="Rounak Banik; the data are TMDB's (films, credits, keywords) and GroupLens' (ratings, links)",
    licence="CC0 on its page, but collected through the TMDB API and from MovieLens, whose terms bind all the same",
    research="yes",
    commercial_film="ask the owner",
    redistribution="unclear",
    attribution="This product uses the TMDB API but is not endorsed or certified by TMDB.",
    cost="free",
    key="KAGGLE_API_TOKEN",
    rate_limit="none stated for one download",
    geography="Kaggle asks for an account; no limit known, not tried from every country",
    freshness="a snapshot of mid-2017, not updated",
    size="45,466 films (34 MB), credits of 45,476, keywords of 46,419, 26,024,289 ratings",
    columns={
        "movies_metadata.csv": "24 columns: adult, belongs_to_collection, budget and revenue (US dollars), genres,"
        " homepage, id (TMDB), imdb_id, original_language (ISO 639-1), original_title, overview, popularity,"
        " poster_path, production_companies, production_countries, release_date, runtime (minutes), spoken_languages,"
        " status, tagline, title, video, vote_average (0 to 10), vote_count",
        "credits.csv": "cast, crew (lists of people), id (TMDB)",
        "keywords.csv": "id (TMDB), keywords (list)",
        "links.csv": "movieId (MovieLens), imdbId (no tt, no zeros), tmdbId (written as 862.0)",
        "ratings.csv": "userId, movieId (MovieLens), rating (0.5 to 5 stars), timestamp (seconds since 1970)",
    },
    faults=(
        "list columns are Python literals, not JSON: a JSON reader fails on 972 of 1,005 genre cells",
        "three records are split over two rows, the second half shifted nine columns to the left",
        "0 means unknown: 80.4 % of the budgets, 83.7 % of the revenues, 1,558 running times",
        "an empty list means unknown: genres of 2,442 films, keywords of 14,795, cast of 2,418",
        "some overviews say only that there is none",
        "29 films appear more than once: 17 exact copies, 13 that differ; keywords repeat 987 rows",
        "three id systems look alike: joining ratings.movieId to id gives 7,565 wrong matches without an error",
        "tmdbId is a decimal number in links.csv, 219 are missing, and 30 films have two MovieLens ids",
        "copies rename id to tmdb_id and movieId to movieLensId",
    ),
    answers=(
        "running time, budget, revenue and rating by genre and period",
        "which films are made from a book, by keywords and credits, as far as they were entered",
        "plot texts with genres, to train a genre model",
    ),
    cannot_answer=("anything after mid-2017", "shot lengths", "dialogue"),
    getting="bookfilm data get kaggle (with your own Kaggle credentials)",
    checked="2026-11-22",
)

_SIGNS_OF_METADATA = frozenset(
    {"adult", "belongs_to_collection", "imdb_id", "original_title", "popularity", "production_companies",
     "production_countries", "release_date", "vote_average", "vote_count"}
)  # fmt: skip
_ROLES = ("metadata", "credits", "keywords", "links", "ratings")

Files = list[tuple["Path", "Head"]]


def recognises(path: Path) -> bool:
    """Whether this file, or a file in this folder, has the header of one of the five tables."""
    return any(_files(path).values())


def load(path: Path) -> Loaded:
    """The tidy table of the films of all metadata files at a path, and the other tables that lie beside them.

    Under ``others``, where their files are there: ``keywords``, ``cast``, ``crew``, ``links``, ``ratings`` (and
    ``links_small``, ``ratings_small``); see :mod:`.kaggle_tables` and :mod:`.kaggle_ratings` for columns and dtypes,
    and :func:`ratings_by_film` for the join. Keywords and ``adapted_from_book`` need keywords.csv or credits.csv:
    True where a keyword or a job in the credits names a book, False where the film has keywords and nothing does (the
    keywords are entered by volunteers, so a few of these are books too), ``<NA>`` where it has none.
    Raises DataError for files that are none of these or cannot be read.
    """
    import pandas as pd

    files = _files(path)
    if not any(files.values()):
        if not path.is_dir():
            encoding_of(path)  # says why where it is not even text
        raise DataError(
            f"{path.name} has none of the tables of The Movies Dataset.",
            hint="Give movies_metadata.csv, or the folder that holds it with its header line.",
            path=str(path),
        )
    tallies = {role: [Tally(file.name) for file, _ in files[role]] for role in _ROLES}
    others: dict[str, pd.DataFrame] = {}
    keywords: dict[int, tuple[str, ...]] = {}
    from_book: frozenset[int] = frozenset()
    if files["keywords"]:
        others["keywords"], keywords = keyword_table(files["keywords"], tallies["keywords"])
    if files["credits"]:
        others["cast"], others["crew"], from_book = credit_tables(files["credits"], tallies["credits"])
    from_book |= {ident for ident, found in keywords.items() if any(map(is_book_keyword, found))}
    films = film_rows(files["metadata"], tallies["metadata"], Known(keywords, from_book))
    for name, chosen in _by_size(files["links"]).items():
        others[f"links{name}"] = link_table([files["links"][i] for i in chosen], [tallies["links"][i] for i in chosen])
    for name, chosen in _by_size(files["ratings"]).items():
        tables = [rating_table(*files["ratings"][i], tallies["ratings"][i]) for i in chosen]
        others[f"ratings{name}"] = tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
    reports = tuple(tally.report() for role in _ROLES for tally in tallies[role])
    return Loaded(tidy(pd.DataFrame(films), "kaggle"), LoadReport(source="kaggle", tables=reports), others)


def get(folder: Path) -> Path:
    """Download the dataset with the user's Kaggle credentials; gives the folder of its files (on Kaggle, another one).

    A folder that has movies_metadata.csv already is given back as it is.
    Raises MissingPartError, OutputError or ProviderError; see :func:`.kaggle_get.download`.
    """
    if _files(folder)["metadata"]:
        return folder
    arrived = download(folder)
    if not _files(arrived)["metadata"]:
        raise ProviderError(
            "What Kaggle sent is not The Movies Dataset: movies_metadata.csv is missing or has another header.",
            hint="Try again, or download it in a browser and load the folder.",
            path=str(arrived),
        )
    return arrived


def _files(path: Path) -> dict[str, Files]:
    """The files of each table, in the order of their names."""
    found: dict[str, Files] = {role: [] for role in _ROLES}
    for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        if (first := head(file)) is not None and (role := _role(set(columns_of(first)))):
            found[role].append((file, first))
    return found


def _role(columns: set[str]) -> str | None:
    if columns & {"title", "original_title"} and columns & {"id", "genres"}:
        least = 2 if columns >= {"id", "genres"} else 4
        return "metadata" if len(columns & _SIGNS_OF_METADATA) >= least else None
    if columns >= {"id", "cast", "crew"}:
        return "credits"
    if columns >= {"id", "keywords"} and "title" not in columns:
        return "keywords"
    if columns >= {"movieid", "imdbid", "id"}:
        return "links"
    if columns >= {"userid", "rating"} and columns & {"movieid", "movielensid", "id"}:
        return "ratings"
    return None


def _by_size(files: Files) -> dict[str, list[int]]:
    """Places of the full files under "", and of the small extracts, which hold other users, under "_small"."""
    found: dict[str, list[int]] = {}
    for place, (file, _) in enumerate(files):
        found.setdefault("_small" if "small" in file.name.casefold() else "", []).append(place)
    return found
