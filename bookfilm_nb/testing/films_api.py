"""TMDB's and OMDb's endpoints, with one made-up film."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .exchange import Made, Request, json_made

if TYPE_CHECKING:
    from .server import FakeServer

__all__ = ["reply"]

_FILM = {
    "adult": False,
    "budget": 0,
    "genre_ids": [18],
    "id": 7,
    "original_language": "en",
    "original_title": "The Lamp on Gull Rock",
    "overview": "A keeper loses the light and finds a friend.",
    "popularity": 1.5,
    "release_date": "2024-05-01",
    "title": "The Lamp on Gull Rock",
    "video": False,
    "vote_average": 7.5,
    "vote_count": 12,
}
_OMDB = {
    "Title": "The Lamp on Gull Rock",
    "Year": "2024",
    "Runtime": "92 min",
    "Genre": "Drama",
    "Writer": "A. Keeper (novel)",
    "Plot": "A keeper loses the light and finds a friend.",
    "imdbRating": "7.5",
    "imdbVotes": "1,234",
    "imdbID": "tt0000007",
    "Type": "movie",
    "BoxOffice": "N/A",
    "Response": "True",
}


def reply(fake: FakeServer, request: Request) -> Made | None:
    """A reply of TMDB (below ``/3``) or OMDb (the root); None for other paths."""
    if request.path.startswith("/3/"):
        return _tmdb(fake, request)
    return _omdb(fake, request) if request.path == "/" else None


def _tmdb(fake: FakeServer, request: Request) -> Made:
    given = request.query.get("api_key") or request.headers.get("authorization", "").removeprefix("Bearer ")
    if not given or (fake.key and given != fake.key):
        told = {
            "status_code": 7,
            "status_message": "Invalid API key: You must be granted a valid key.",
            "success": False,
        }
        return json_made(told, status=401)
    path = request.path.removeprefix("/3")
    if path == "/genre/movie/list":
        return json_made({"genres": [{"id": 18, "name": "Drama"}, {"id": 27, "name": "Horror"}]})
    if path == "/search/movie":
        if not request.query.get("query"):
            return json_made({"errors": ["query must be provided"]}, status=422)
        return json_made({"page": 1, "results": [_FILM], "total_pages": 1, "total_results": 1})
    if (found := re.fullmatch(r"/movie/(\d+)", path)) and found[1] == "7":
        whole = {name: value for name, value in _FILM.items() if name != "genre_ids"}
        novel = [{"id": 818, "name": "based on novel or book"}]
        whole |= {"genres": [{"id": 18, "name": "Drama"}], "runtime": 92, "revenue": 0, "keywords": {"keywords": novel}}
        return json_made(whole)
    return json_made(
        {"status_code": 34, "status_message": "The resource you requested could not be found."}, status=404
    )


def _omdb(fake: FakeServer, request: Request) -> Made:
    given = request.query.get("apikey", "")
    if not given or (fake.key and given != fake.key):
        return json_made({"Response": "False", "Error": "Invalid API key!"}, status=401)
    if request.query.get("i") == _OMDB["imdbID"] or request.query.get("t"):
        return json_made(_OMDB)
    if request.query.get("s"):
        short = {name: _OMDB[name] for name in ("Title", "Year", "imdbID", "Type")}
        return json_made({"Search": [short], "totalResults": "1", "Response": "True"})
    return json_made({"Response": "False", "Error": "Movie not found!"})
