"""The GitHub topic ``movies-dataset``: a list of its repositories, and two kinds of tables found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.table import Loaded, LoadReport, TableReport, tidy

from .books_to_movies import is_books_table, read_books_table
from .github_topic import (
    TopicListing,
    github_client,
    is_topic_reply,
    list_topic,
    read_topic_reply,
    repository_table,
)
from .packed_files import walk
from .titles import same_films
from .wikipedia import Listed, is_wikipedia_json, read_wikipedia

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["SHEET", "TopicListing", "github_client", "list_topic", "load", "recognises"]

SHEET = DataSheet(
    name="github",
    title="GitHub topic movies-dataset: wikipedia-movie-data and books-to-movies",
    link="https://github.com/topics/movies-dataset",
    owner="the owner of each repository; wikipedia-movie-data: Peter Rust and the authors of Wikipedia; "
    "books-to-movies: CoraSm",
    licence="wikipedia-movie-data: MIT for the repository, CC BY-SA for the text of Wikipedia; "
    "books-to-movies: none stated; others: each its own",
    research="yes",
    commercial_film="unclear",
    redistribution="unclear",
    attribution="Extracts are from Wikipedia, CC BY-SA: name the article wherever one is shown, "
    "and share adaptations of it alike.",
    cost="free",
    key="GITHUB_TOKEN",
    rate_limit="files: none to speak of; search API: 10 requests a minute, 30 with a token, 1,000 results a search",
    geography="wherever GitHub can be reached",
    freshness="wikipedia-movie-data: films of 1900 to 2023, renewed by hand; the topic changes daily",
    size="wikipedia-movie-data: 36,273 films (25 MB of JSON, or a file a decade); books-to-movies: 53 films",
    columns={
        "title": "title of the film",
        "year": "year of the list of American films that it stands in",
        "cast": "list of names",
        "genres": "list of names (Animated, Science Fiction, Sports ...)",
        "href": "name of the Wikipedia page, null for 1,733 films",
        "extract": "first paragraphs of that page, as plain text",
        "thumbnail, thumbnail_width, thumbnail_height": "address and size in pixels of a poster; not read",
        "Book Title, Author(s), Year Published": "the book, in books-to-movies",
        "Film Name, Release Year, Director": "the film, in books-to-movies",
    },
    faults=(
        "a film without a page links to a series or a firm: an extract in which no word tells of a film is unknown",
        "extracts hold line breaks, markup and escapes: taken out",
        "casts hold single signs from broken links: left out; casts and genres may be empty: unknown",
        "some titles end in a language mark of Wikipedia, as in \"[de]\": taken off",
        "a folder may hold the whole list and its decades: what was read before is set aside",
        "adapted_from_book is True where the extract tells of a novel, story or memoir as source, else unknown",
        "no extract denies a book, so adapted_from_book is never False; plays, comics, graphic novels do not count",
        "language is known only where the extract says it (\"a 2013 Indian Hindi-language film\")",
        "books-to-movies begins with a byte order mark",
        "in books-to-movies a row with no film continues the film above, one with no book is of the book above",
    ),
    answers=(
        "which words belong to which genre (extracts)",
        "how many films of a genre say that they are made from a book",
        "which book a film was made from, and how many years later (53 films)",
    ),
    cannot_answer=(
        "running time, ratings, budgets: there are none",
        "which films are not adaptations",
        "films that were not made in the United States, except some that were shown there",
    ),
    getting="git clone https://github.com/prust/wikipedia-movie-data, or download movies.json from it; "
    "bookfilm_nb.movies.sources.github.list_topic() lists the topic",
    checked="2026-11-22",
    citation="P. Rust, wikipedia-movie-data, https://github.com/prust/wikipedia-movie-data",
)  # fmt: skip


_COLUMNS = ["title", "year", "genres", "language", "adapted_from_book", "overview", "source_id"]


def recognises(path: Path) -> bool:
    """Whether this is a file of one of the kinds, by its first characters, or a folder that holds one."""
    return _kind(path) is not None if path.is_file() else any(_kind(file) for file in _files(path))


def load(path: Path) -> Loaded:
    """The films of wikipedia-movie-data and of books-to-movies, one a row, and the repositories of the topic.

    ``path`` is a file of one of these kinds (JSON also as ``.gz``), or a folder with any number of them. A film of
    books-to-movies that is in Wikipedia's list too is marked as an adaptation there; the others are rows of their own.

    ``others["cast"]``: one person a row: source_id, title, year, order (from 1), person. ``others["books"]``: one film
    of books-to-movies a row: film, year, book, authors, published (year), directors, source_id (its row in the tidy
    table). ``others["repositories"]``: the topic's repositories out of saved replies of GitHub's search (see
    :class:`.github_topic.TopicListing`). Each is there only if a file has it.

    Raises DataError for a file that is none of them, or damaged, and for a folder without one.
    """
    import pandas as pd

    files = [(file, kind) for file in ([path] if path.is_file() else _files(path)) if (kind := _kind(file))]
    if path.is_file() and not files:
        # Read as JSON or CSV for the error that says what is wrong with it
        files = [(path, "books" if path.suffix.casefold() == ".csv" else "wikipedia")]
    if not files:
        raise DataError(
            f"There is no file of wikipedia-movie-data or books-to-movies in {path}.",
            hint="Give movies.json, one of its decades, or the CSV of books-to-movies.",
            path=str(path),
        )
    listed, others = Listed(), {}
    reports = [read_wikipedia(file, listed) for file, kind in files if kind == "wikipedia"]
    films = pd.DataFrame(listed.films, columns=_COLUMNS)
    if reports:
        others["cast"] = _cast(listed)
    tables = [read_books_table(file) for file, kind in files if kind == "books"]
    if tables:
        books = []
        for table, report in tables:
            films, marked, changed = _joined(films, table, report)
            books.append(marked)
            reports.append(changed)
        others["books"] = pd.concat(books, ignore_index=True)
    repositories: dict[str, dict[str, object]] = {}
    replies = [read_topic_reply(file, repositories) for file, kind in files if kind == "topic"]
    if replies:
        others["repositories"] = repository_table(repositories.values())
        reports += replies
    return Loaded(tidy(films, "github"), LoadReport(source="github", tables=tuple(reports)), others)


def _files(folder: Path) -> list[Path]:
    return list(walk(folder, ".json", ".json.gz", ".csv")) if folder.is_dir() else []


def _kind(path: Path) -> str | None:
    if is_wikipedia_json(path):
        return "wikipedia"
    if is_topic_reply(path):
        return "topic"
    return "books" if is_books_table(path) else None


def _joined(
    films: pd.DataFrame, books: pd.DataFrame, report: TableReport
) -> tuple[pd.DataFrame, pd.DataFrame, TableReport]:
    """The films with those of the books table: marked where they are there already, appended where not."""
    import pandas as pd

    dated, wanted = films[films["year"].notna()], books[books["year"].notna()]
    found = same_films(
        zip(dated.index, dated["title"], dated["year"].astype(int), strict=True),
        zip(wanted.index, wanted["film"].map(lambda title: (title,)), wanted["year"].astype(int), strict=True),
    )
    films, books = films.copy(), books.copy()
    for book, (film, _) in found.items():
        films.loc[film, "adapted_from_book"] = True
        books.loc[book, "source_id"] = films.loc[film, "source_id"]
    new = books.drop(index=list(found))
    added = pd.DataFrame(
        {"title": new["film"], "year": new["year"], "adapted_from_book": True, "source_id": new["source_id"]},
        dtype="object",
    )
    joined = {"a film that another file has: marked as adapted there": len(found)} if found else {}
    changed = TableReport(
        file=report.file,
        rows_in=report.rows_in,
        rows_out=len(new),
        repaired=report.repaired,
        set_aside={**report.set_aside, **joined},
        unknown=report.unknown,
    )
    return pd.concat([films.astype("object"), added], ignore_index=True), books, changed


def _cast(listed: Listed) -> pd.DataFrame:
    import pandas as pd

    types = {"source_id": "string", "title": "string", "year": "Int16", "order": "Int16", "person": "string"}
    return pd.DataFrame(listed.cast, columns=list(types)).astype(types)
