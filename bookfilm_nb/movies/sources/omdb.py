"""OMDb, the Open Movie Database: recorded replies into the tidy table, and a client that records them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from bookfilm_nb.errors import ChoiceError, DataError, ProviderError
from bookfilm_nb.movies.datasheet import DataSheet
from bookfilm_nb.movies.web import Fault, Key, WebClient
from bookfilm_nb.settings import required

from .csv_rows import whole
from .omdb_records import records
from .recorded import gathered, read_folder, recorded_files, shows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bookfilm_nb.movies.table import Loaded
    from bookfilm_nb.movies.web import Json
    from bookfilm_nb.settings import Secret

__all__ = ["DAILY_LIMIT", "KEY_NAME", "MAX_PAGE", "SHEET", "Omdb", "get", "load", "recognises"]

KEY_NAME = "OMDB_API_KEY"
DAILY_LIMIT = 1000
"""Requests a day (UTC) with a free key."""
MAX_PAGE = 100
"""The last page of a search, 10 titles a page."""

_SUFFIXES = (".json", ".json.gz", ".jsonl", ".ndjson", ".xml")
_CODE = (".py", ".js", ".ts")
"""Files of programs are looked into only where they show a reply: people record them in their tests."""
_SIGNS = re.compile(
    r"""["']imdbID["']\s*:|["']imdb_id["']\s*:[^{}]*["']box_?office["']|["']box_?office["']\s*:[^{}]*["']imdb_id["']"""
    r"""|["']Response["']\s*:\s*["'](?:False|True)["']|<root\b[^>]*\bresponse="(?:True|False)\"""",
    re.IGNORECASE,
)

SHEET = DataSheet(
    name="omdb",
    title="OMDb API",
    link="https://www.omdbapi.com",
    owner="Brian Fritz; the facts come from IMDb and others",
    licence="CC BY-NC 4.0",
    research="yes",
    commercial_film="no",
    redistribution="unclear",
    attribution="Data from the OMDb API (https://www.omdbapi.com), CC BY-NC 4.0.",
    cost="free key with 1,000 requests a day; more for patrons (about 100,000 a day), posters for patrons only",
    key=KEY_NAME,
    rate_limit="1,000 requests a day with a free key, then HTTP 401; none a second is published: we send 1.5",
    geography="no limit known; not tried from every country",
    freshness="live; no age limit of copies is published, this client keeps them for 180 days",
    size="not published; asked for one title at a time, or in lists of 10 up to page 100",
    columns={
        "Title": "text",
        "Year": "year, or a range of years with an en dash for series",
        "Runtime": "text with its unit: 136 min",
        "Genre": "names joined by commas",
        "Writer": "names, in older records with notes in brackets: (novel), (screenplay)",
        "Plot": "a sentence, or a paragraph with plot=full",
        "Language, Country": "English names joined by commas; the first language is taken",
        "imdbRating, imdbVotes": "rating 1 to 10; votes with thousands separators",
        "BoxOffice": "US dollars, the United States and Canada only",
        "Metascore, Ratings": "other critics' scores: not used",
        "imdbID": "IMDb's identifier",
        "Type": "movie, series, episode or game",
    },
    faults=(
        "every value is a text, with units, commas and N/A for unknown",
        "an error comes as HTTP 200 with Response False",
        "years of series are ranges with an en dash",
        "totalResults is a text in some replies and a number in others",
        "BoxOffice is not the revenue of the world",
        "notes of books stand in older records only, so no note does not mean no book",
        "series, episodes and games stand among the films",
    ),
    answers=(
        "running time, genre, rating and plot of a given film by its IMDb number",
        "some films that come from a book",
    ),
    cannot_answer=("which films do not come from a book", "lists of films by genre or year", "keywords", "budgets"),
    getting="bookfilm data get omdb (needs OMDB_API_KEY, free at https://www.omdbapi.com/apikey.aspx)",
    checked="2026-11-22",
)


def recognises(path: Path) -> bool:
    """Whether this JSON or XML file, or one in this folder, looks like a reply of OMDb."""
    return shows(path, _SIGNS, *_SUFFIXES)


def load(path: Path) -> Loaded:
    """The films in recorded replies: one file, or all JSON and XML files below a folder (JSON also packed).

    Replies written into Python, JavaScript or TypeScript as literals are read too; no code is run. A row of the report
    is a film, series, game or error found in a file; a film found several times gives one row. ``adapted_from_book``
    is True where the writers' notes name a book and else unknown, never False. ``revenue`` is the US box office in
    dollars. Raises DataError.
    """
    code = [file for file in recorded_files(path, *_CODE) if path.is_dir() and shows(file, _SIGNS, *_CODE)]
    files = sorted([*recorded_files(path, *_SUFFIXES), *code])
    return gathered(read_folder(path, files, records, "OMDb"), "omdb")


def _fault(status: int, body: Json) -> Fault | None:
    """OMDb's errors: ``Response`` is False, whatever the status."""
    told = body if isinstance(body, dict) else {}
    if status < 400 and str(told.get("Response", "True")) != "False" and "Error" not in told:
        return None
    said = str(told.get("Error") or f"HTTP {status}")
    if "limit" in said.casefold():
        return Fault(said, "The limit of the day is reached; it begins anew at midnight UTC. What was fetched is kept.")
    if "key" in said.casefold():
        return Fault(said, f"Check {KEY_NAME}; a new key must be activated from the e-mail that it came with.")
    if "not found" in said.casefold() or "imdb id" in said.casefold():
        return Fault(said, "Check the title and year, or give the IMDb number (tt0000000).")
    if "too many" in said.casefold():
        return Fault(said, "Give more of the title, or a year.")
    return Fault(said)


class Omdb:
    """A client for titles and searches; good replies are kept in ``folder``, where :func:`load` finds them.

    The key comes from the setting OMDB_API_KEY unless it is given. Requests are counted by day (UTC) in the folder
    and stop at ``daily_limit`` before the service refuses. ``web`` are further options of :class:`WebClient`.
    Errors: ProviderError for what the service refuses ("Movie not found!"), DataError for a reply that is not what it
    promises, MissingPartError without a key.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        key: Secret | None = None,
        daily_limit: int = DAILY_LIMIT,
        base_url: str = "https://www.omdbapi.com",
        **web: Any,  # noqa: ANN401 - handed on
    ) -> None:
        secret = key or required(KEY_NAME, get_it_at="https://www.omdbapi.com/apikey.aspx").value
        self._web = WebClient(
            base_url,
            **{
                "service": "OMDb",
                "key": Key(secret, "apikey"),
                "requests_per_s": 1.5,
                "daily_limit": daily_limit,
                "cache_folder": folder,
                "cache_days": 180,
                "fault": _fault,
                **web,
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._web.close()

    @property
    def requests_today(self) -> int:
        """Requests sent today (UTC), earlier runs into the same folder included."""
        return self._web.requests_today

    def title(self, imdb_id: str = "", *, name: str = "", year: int | None = None) -> dict[str, Any]:
        """One film with its full plot, by its IMDb number or by name and year."""
        if bool(imdb_id) == bool(name):
            raise ChoiceError("OMDb is asked by number or by name.", hint='Give imdb_id="tt0000000" or name="...".')
        if imdb_id and not re.fullmatch(r"tt\d{7,9}", imdb_id):
            raise ChoiceError(f"{imdb_id[:40]!r} is no IMDb number.", hint="It looks like tt0066921.")
        wanted = {"i": imdb_id} if imdb_id else {"t": name, "type": "movie", **({"y": str(year)} if year else {})}
        return _object(self._web.get_json("", {**wanted, "plot": "full", "r": "json"}))

    def search(self, words: str, *, year: int | None = None, pages: int = 1) -> list[dict[str, Any]]:
        """Films whose title matches, 10 a page: Title, Year, imdbID, Type."""
        if not 1 <= pages <= MAX_PAGE:
            raise ChoiceError(f"OMDb gives pages 1 to {MAX_PAGE}.", hint=f"Ask for {MAX_PAGE} at most.", pages=pages)
        found: list[dict[str, Any]] = []
        wanted = {"s": words, "type": "movie", "r": "json", **({"y": str(year)} if year else {})}
        for page in range(1, pages + 1):
            reply = _object(self._web.get_json("", {**wanted, "page": page}))
            items, total = reply.get("Search"), whole(str(reply.get("totalResults", "")))
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise DataError("OMDb gave a page of a search without titles.", hint="Run it again later.", page=page)
            found += items
            if not items or total is None or 10 * page >= total:
                break
        return found


def _object(reply: Json) -> dict[str, Any]:
    if not isinstance(reply, dict):
        raise DataError("OMDb gave a reply that is no object.", hint="Run it again later.")
    return reply


def get(
    folder: Path,
    *,
    query: str = "",
    ids: Iterable[str] = (),
    year: int | None = None,
    pages: int = 1,
    client: Omdb | None = None,
) -> Path:
    """Fetch films into a folder for :func:`load`, by IMDb numbers or by a search; what is there is not asked for again.

    A page of a search costs a request, and each of its ten films one more. A number that OMDb does not know is passed
    over where it came from a search: of that film there is what the search said. Errors as :class:`Omdb`;
    ChoiceError where nothing is asked for.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted and not query:
        raise ChoiceError("Nothing is asked for.", hint="Give words to search for, or IMDb numbers.")
    with client or Omdb(folder) as omdb:
        for imdb_id in wanted:
            omdb.title(imdb_id)
        items = omdb.search(query, year=year, pages=pages) if query else []
        listed = dict.fromkeys(str(item.get("imdbID")) for item in items)
        for imdb_id in listed:
            if not re.fullmatch(r"tt\d{7,9}", imdb_id) or imdb_id in wanted:
                continue
            try:
                omdb.title(imdb_id)
            except ProviderError as refused:
                # A search may list what the titles do not have; everything else goes wrong for the next one too
                if refused.data.get("status") != 200:
                    raise
    return folder
