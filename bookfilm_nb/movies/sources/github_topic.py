"""The repositories of a GitHub topic, through GitHub's search API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import ChoiceError, DataError, ProviderError
from bookfilm_nb.movies.web import Json, Key, WebClient, unwrapped
from bookfilm_nb.settings import setting

from .packed_files import head_of, read_json
from .tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from bookfilm_nb.movies.table import TableReport

__all__ = [
    "API",
    "TopicListing",
    "github_client",
    "is_topic_reply",
    "list_topic",
    "read_topic_reply",
    "repository_table",
]

API = "https://api.github.com"
PER_PAGE = 100
MOST_RESULTS = 1000
"""GitHub's search shows no more than this many results, whatever the total."""

_COLUMNS = {
    "repository": "string", "description": "string", "stars": "Int64", "language": "string", "licence": "string",
    "topics": "string", "size_kib": "Int64", "pushed": "string", "address": "string",
}  # fmt: skip


@dataclass(frozen=True)
class TopicListing:
    """What the search found."""

    repositories: pd.DataFrame
    """One repository a row, most stars first: repository (owner/name), description, stars, language, licence (SPDX),
    topics (joined by a bar), size_kib, pushed (ISO 8601), address. Unknown is ``<NA>``."""
    total: int
    """Repositories that GitHub counts; more than rows where the search shows no more, or ended early."""
    complete: bool
    """Whether all of them are here: false over 1,000, and where GitHub says that its search ran out of time."""


def github_client(*, cache_folder: Path | None = None, base_url: str = API) -> WebClient:
    """A client that keeps to the search API's limits: 10 requests a minute, or 30 with a token in GITHUB_TOKEN."""
    token = setting("GITHUB_TOKEN")
    return WebClient(
        base_url,
        service="GitHub",
        key=Key(token.value) if token else None,
        headers={"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
        requests_per_s=(30 if token else 10) / 60,
        burst=10,
        cache_folder=cache_folder,
        cache_days=1.0,
    )


def list_topic(
    topic: str = "movies-dataset", *, most: int = MOST_RESULTS, client: WebClient | None = None
) -> TopicListing:
    """The repositories of a topic, most stars first, at most ``most`` of them (GitHub shows 1,000).

    Asks ``GET /search/repositories`` page by page, 100 a page, and waits as GitHub asks. Raises ChoiceError for what is
    no topic, and ProviderError for an error of GitHub's or a reply of another shape.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,49}", topic):
        raise ChoiceError(
            f"{topic!r} is no topic of GitHub.", hint="Topics have lower-case letters, digits and hyphens.", topic=topic
        )
    if most < 1:
        raise ChoiceError(f"{most} repositories cannot be listed.", hint="Ask for one or more.", most=most)
    wanted = min(most, MOST_RESULTS)
    found: dict[str, dict[str, Any]] = {}
    total, early, seen = 0, False, 0
    own = client or github_client()
    try:
        for page in range(1, -(-wanted // PER_PAGE) + 1):
            query: dict[str, str | float | bool] = {
                "q": f"topic:{topic}", "sort": "stars", "order": "desc", "per_page": PER_PAGE, "page": page,
            }  # fmt: skip
            body = own.get_json("search/repositories", query)
            items, total, cut = _page(body, page)
            early |= cut
            seen += len(items)
            # Stars change between pages, so a repository may come twice
            found |= {row["repository"]: row for item in items if (row := _row(item))}
            if not items or seen >= total:
                break
    finally:
        if client is None:
            own.close()
    rows = list(found.values())[:wanted]
    return TopicListing(repository_table(rows), total, complete=not early and len(rows) >= total)


def is_topic_reply(path: Path) -> bool:
    """Whether a file begins like a reply of GitHub's search for repositories."""
    head = head_of(path, 1 << 14)
    return head.lstrip().startswith("{") and '"total_count"' in head and ('"full_name"' in head or '"items"' in head)


def read_topic_reply(path: Path, found: dict[str, dict[str, Any]]) -> TableReport:
    """Adds the repositories of a reply that was saved as JSON to ``found``, by name, and reports on it.

    Raises DataError for a file of another shape.
    """
    body = unwrapped(read_json(path))  # type: ignore[arg-type]
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list):
        raise DataError(
            f"{path.name} is no reply of GitHub's search for repositories.",
            hint="Save the answer of api.github.com/search/repositories?q=topic:movies-dataset.",
            path=str(path),
        )
    tally = Tally(path.name, rows_in=len(items))
    for item in items:
        if (row := _row(item)) is None:
            tally.set_aside["no repository"] += 1
        elif row["repository"] in found:
            tally.set_aside["a repository that was listed before"] += 1
        else:
            found[row["repository"]] = row
    return tally.report()


def _page(body: Json, page: int) -> tuple[list[Any], int, bool]:
    if isinstance(body, dict):
        items, total = body.get("items"), body.get("total_count")
        if isinstance(items, list) and isinstance(total, int):
            return items, total, bool(body.get("incomplete_results"))
    raise ProviderError(
        f"GitHub's answer to the search has no list of repositories (page {page}).",
        hint="Try again later; the address of the API may have changed.",
        service="GitHub",
        page=page,
    )


def _row(item: object) -> dict[str, Any] | None:
    if not isinstance(item, dict) or not isinstance(item.get("full_name"), str):
        return None
    licence, topics = item.get("license"), item.get("topics")
    return {
        "repository": item["full_name"],
        "description": _text(item.get("description")),
        "stars": _count(item.get("stargazers_count")),
        "language": _text(item.get("language")),
        "licence": _text(licence.get("spdx_id")) if isinstance(licence, dict) else None,
        "topics": "|".join(str(name) for name in topics) or None if isinstance(topics, list) else None,
        "size_kib": _count(item.get("size")),
        "pushed": _text(item.get("pushed_at")),
        "address": _text(item.get("html_url")),
    }


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None


def repository_table(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """These repositories as :attr:`TopicListing.repositories` has them."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(_COLUMNS)).astype(_COLUMNS)
