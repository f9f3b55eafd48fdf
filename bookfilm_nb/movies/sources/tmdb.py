"""The Movie Database (TMDB), API version 3: recorded replies into the tidy table, and a client that records them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from bookfilm_nb.errors import ChoiceError, DataError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.web import Fault, Key, WebClient
from bookfilm_nb.settings import required

from .packed_files import head_of, read_json
from .recorded import gathered, read_folder, recorded_files, shows
from .tmdb_records import BOOK_KEYWORD, GENRE_IDS, genre_list, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from bookfilm_nb.movies.table import Loaded
    from bookfilm_nb.movies.web import Json
    from bookfilm_nb.settings import Secret

__all__ = ["ATTRIBUTION", "KEY_NAME", "MAX_PAGE", "SHEET", "Tmdb", "get", "load", "notice", "recognises"]

ATTRIBUTION = "This product uses the TMDB API but is not endorsed or certified by TMDB."
"""The notice that TMDB's terms ask for wherever its data is shown."""
KEY_NAME = "TMDB_API_KEY"
MAX_PAGE = 500
"""The last page of a list that the service gives."""
CACHE_DAYS = 180
"""Replies are kept for six months at most, as the terms were understood; older ones are deleted when met."""

_SUFFIXES = (".json", ".json.gz", ".jsonl", ".ndjson")
_SIGNS = re.compile(
    r'"(?:genre_ids|vote_average|iso_639_1|iso_3166_1|known_for_department|status_message|spoken_languages|'
    r'(?:poster|backdrop|profile|logo)_path|total_results|certifications)"\s*:'
    r'|"id"\s*:\s*\d+\s*,\s*"original_title"\s*:'
    # Replies with little in them: the list of genres, the keywords of one film, an error
    r'|\A\s*\{\s*(?:"genres"\s*:\s*\[\s*\{\s*"id"|"id"\s*:\s*\d+\s*,\s*"keywords"\s*:|"errors"\s*:\s*\[\s*")'
)

SHEET = DataSheet(
    name="tmdb",
    title="The Movie Database, API v3",
    link="https://developer.themoviedb.org/docs",
    owner="TMDB (The Movie Database), written by its community",
    licence="TMDB API terms of use: free for non-commercial use with attribution; commercial use by written agreement",
    research="yes",
    commercial_film="ask the owner",
    redistribution="no",
    attribution=ATTRIBUTION,
    cost="free for non-commercial use; commercial use by agreement",
    key=KEY_NAME,
    rate_limit="about 40 requests a second, then HTTP 429; this client sends 20. Lists end at page 500 (10,000 films)",
    geography="blocked by networks of some countries (reports from Russia and India, not tried); set https_proxy there",
    freshness="live; replies may be kept for six months (as the terms were read; they may have a clause on training)",
    size="about a million films, asked for one by one or by lists of 20",
    columns={
        "id": "TMDB's number of the film",
        "imdb_id": "IMDb's identifier (tt0000000)",
        "title, original_title": "text",
        "release_date": "first release, ISO 8601; empty where unknown",
        "runtime": "minutes; 0 or null where unknown",
        "genres, genre_ids": "names with numbers in a film's details, numbers alone in lists",
        "vote_average, vote_count": "mean rating 0 to 10, number of ratings",
        "budget, revenue": "US dollars, as members typed them in; 0 where unknown",
        "original_language": "ISO 639-1 code",
        "production_countries": "ISO 3166-1 codes and names",
        "overview, tagline": "text in the language asked for",
        "keywords": "names with numbers, if appended; 818 is 'based on novel or book'",
        "popularity": "a score of visits to the site, whose scale has changed over the years: not used",
    },
    faults=(
        "lists give numbers of genres, whose names stand in another reply",
        "running time, budget and revenue are 0 where unknown, the release date is an empty text",
        "errors come in three shapes, one of them without a status",
        "a rating without a vote is 0",
        "films, series and people stand mixed in search results and credits",
        "the same film stands in many replies, each telling a part",
        "an empty list of keywords means that nobody filled it in",
        "pages beyond 500 are refused",
    ),
    answers=(
        "which films come from a book (keyword 818), and how they differ",
        "plots and keywords by genre",
        "running times by genre and decade",
    ),
    cannot_answer=("shot lengths", "whether a film without keywords comes from a book"),
    getting="bookfilm data get tmdb (needs TMDB_API_KEY, free at https://www.themoviedb.org/settings/api)",
    checked="2026-11-22",
)


def notice() -> str:
    """The attribution to print wherever data of TMDB is shown."""
    return ATTRIBUTION


def recognises(path: Path) -> bool:
    """Whether this JSON file, or one in this folder, looks like a reply of TMDB."""
    return shows(path, _SIGNS, *_SUFFIXES)


def load(path: Path) -> Loaded:
    """The films in recorded replies: one file, or all JSON files below a folder (also packed, also one JSON a line).

    A row of the report is a film, series, person or error found in a file. A film found several times gives one row:
    its details go before items of lists. ``adapted_from_book`` is True with the keyword 818 (or another "based on ...
    novel, book, short story"; comics do not count), False where a film has keywords and none of these, else unknown.
    ``others["ids"]`` has source_id and imdb_id. Money is in US dollars. Raises DataError.
    """
    files = recorded_files(path, *_SUFFIXES)
    genres = dict(GENRE_IDS)
    for file in files:
        genres = {**_genres_in(file), **genres}
    return gathered(read_folder(path, files, lambda file: records(file, genres), "TMDB"), "tmdb", ["imdb_id"])


def _genres_in(file: Path) -> dict[int, str]:
    if '"genres"' not in head_of(file, 400):
        return {}
    try:
        return genre_list(read_json(file))
    except DataError:
        # Reported when its records are read
        return {}


def _fault(status: int, body: Json) -> Fault | None:
    """TMDB's three shapes of an error."""
    if not isinstance(body, dict):
        return None if status < 400 else Fault(f"HTTP {status}")
    errors, said = body.get("errors"), body.get("status_message")
    if status < 400 and body.get("success") is not False and not (errors and "id" not in body):
        return None
    if isinstance(errors, list) and errors:
        said = "; ".join(map(str, errors))
    code = body.get("status_code")
    hint = {
        401: f"Check {KEY_NAME}: the v3 API key (32 letters and digits) or the v4 read access token.",
        404: "There is nothing with this number; films, series and people are numbered apart.",
        429: "Wait a while and run it again: what was fetched is kept.",
    }.get(status, "")
    return Fault(f"{said or f'HTTP {status}'}{f' (code {code})' if code else ''}", hint)


class Tmdb:
    """A client for the parts of the API that we use; good replies are kept in ``folder`` for :func:`load`.

    The key comes from the setting TMDB_API_KEY unless it is given: a v3 key goes as a parameter, a v4 token
    (it has dots in it) as a bearer. ``web`` are further options of :class:`WebClient`. Errors: ProviderError for what
    the service refuses, DataError for a reply that is not what it promises, MissingPartError without a key.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        key: Secret | None = None,
        language: str = "en-US",
        base_url: str = "https://api.themoviedb.org/3",
        **web: Any,  # noqa: ANN401 - handed on
    ) -> None:
        secret = key or required(KEY_NAME, get_it_at="https://www.themoviedb.org/settings/api").value
        self.language = language
        self._web = WebClient(
            base_url,
            **{
                "service": "TMDB",
                "key": Key(secret, None if _is_token(secret) else "api_key"),
                "requests_per_s": 20.0,
                "cache_folder": folder,
                "cache_days": CACHE_DAYS,
                "fault": _fault,
                "unreachable_hint": "Check the connection; where TMDB is blocked, set https_proxy.",
                **web,
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._web.close()

    def search(self, query: str, *, year: int | None = None, pages: int = 1) -> list[dict[str, Any]]:
        """Films whose title matches, as items of a list, 20 a page, best match first."""
        if not query.strip():
            raise ChoiceError("A search needs words.", hint="Give a part of a title.")
        wanted: dict[str, str | float | bool] = {"query": query, **({"year": year} if year else {})}
        return list(self._items("search/movie", wanted, pages))

    def discover(self, *, pages: int = 1, **filters: str | float | bool) -> list[dict[str, Any]]:
        """Films by filters of ``discover/movie`` (``with_keywords="818"``, ``sort_by="vote_count.desc"``), 20 a page.

        A dot in a filter's name is written as two underscores: ``vote_count__gte=100``.
        """
        return list(self._items("discover/movie", {k.replace("__", "."): v for k, v in filters.items()}, pages))

    def movie(self, number: int, *, append: Iterable[str] = ("keywords",)) -> dict[str, Any]:
        """The details of one film, with the replies named in ``append`` put into it."""
        wanted = {"language": self.language, "append_to_response": ",".join(append)}
        return _object(self._web.get_json(f"movie/{int(number)}", {k: v for k, v in wanted.items() if v}))

    def genres(self) -> dict[int, str]:
        """The genre numbers of films and their names."""
        found = genre_list(self._web.get_json("genre/movie/list", {"language": self.language}))
        if not found:
            raise DataError("TMDB gave a list of genres without a genre.", hint="Run it again later.")
        return found

    def _items(self, path: str, wanted: Mapping[str, str | float | bool], pages: int) -> Iterator[dict[str, Any]]:
        if not 1 <= pages <= MAX_PAGE:
            raise ChoiceError(f"TMDB gives pages 1 to {MAX_PAGE}.", hint=f"Ask for {MAX_PAGE} at most.", pages=pages)
        for page in range(1, pages + 1):
            reply = _object(self._web.get_json(path, {"language": self.language, **wanted, "page": page}))
            items, last = reply.get("results"), reply.get("total_pages")
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise DataError(f"TMDB gave a page of {path} without results.", hint="Run it again later.", page=page)
            yield from items
            if not items or not isinstance(last, int) or page >= last:
                return


def _is_token(secret: Secret) -> bool:
    """Whether it is a v4 token: three parts with dots between; v3 keys have none."""
    return secret.reveal().count(".") == 2


def _object(reply: Json) -> dict[str, Any]:
    if not isinstance(reply, dict):
        raise DataError("TMDB gave a reply that is no object.", hint="Run it again later.")
    return reply


def get(
    folder: Path,
    *,
    query: str = "",
    numbers: Iterable[int] = (),
    year: int | None = None,
    adapted: bool | None = None,
    pages: int = 1,
    client: Tmdb | None = None,
    **filters: str | float | bool,
) -> Path:
    """Fetch films with their keywords into a folder for :func:`load`; what is there already is not asked for again.

    By ``numbers``, by ``query`` (of a ``year``), or by ``year`` and other ``filters`` of :meth:`Tmdb.discover`;
    ``adapted`` takes films with (True) or without (False) the keyword 818; with nothing, the most popular ones. Each
    list page costs a request, and each film one more. Errors as :class:`Tmdb`; ChoiceError for a query with filters,
    which the service cannot do.
    """
    if adapted is not None:
        filters["with_keywords" if adapted else "without_keywords"] = str(BOOK_KEYWORD)
    if query and filters:
        raise ChoiceError(
            "TMDB cannot search by words and filter at once.",
            hint="Give the words (and a year), or the filters without words.",
        )
    if year and not query:
        filters["primary_release_year"] = year
    with client or Tmdb(folder) as tmdb:
        wanted = [*numbers]
        if query:
            wanted += _numbers(tmdb.search(query, year=year, pages=pages))
        elif filters or not wanted:
            wanted += _numbers(tmdb.discover(pages=pages, **filters))
        for number in dict.fromkeys(wanted):
            tmdb.movie(number)
    return folder


def _numbers(items: Iterable[Mapping[str, Any]]) -> list[int]:
    return [item["id"] for item in items if isinstance(item.get("id"), int)]
