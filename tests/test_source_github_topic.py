"""The listing of a GitHub topic, against replies of the recorded shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from bookfilm_nb.errors import ChoiceError, ProviderError
from bookfilm_nb.movies.sources import github
from bookfilm_nb.movies.web import WebClient

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def repository(number: int, **more: object) -> dict[str, object]:
    return {
        "full_name": f"someone/films-{number}", "description": "Films\n of mine", "stargazers_count": 500 - number,
        "language": "Python", "license": {"spdx_id": "MIT"}, "topics": ["movies-dataset", "films"], "size": 12,
        "pushed_at": "2026-01-02T03:04:05Z", "html_url": f"https://github.com/someone/films-{number}", **more,
    }  # fmt: skip


def client(answer: Callable[[httpx.Request], httpx.Response], slept: list[float] | None = None) -> WebClient:
    waits = slept if slept is not None else []
    return WebClient(
        "http://127.0.0.1:1",
        service="GitHub",
        transport=httpx.MockTransport(answer),
        sleep=waits.append,
        clock=lambda: 0.0,
        now=lambda: 1_800_000_000.0,
        burst=100,
    )


def pages(total: int, per_page: int = 100, *, incomplete: bool = False) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        query = request.url.params
        assert request.url.path == "/search/repositories"
        assert query["q"] == "topic:movies-dataset"
        assert int(query["per_page"]) == per_page
        page = int(query["page"])
        if page > 10:
            return httpx.Response(422, json={"message": "Only the first 1000 search results are available"})
        numbers = range((page - 1) * per_page, min(total, page * per_page))
        items = [repository(number) for number in numbers]
        return httpx.Response(200, json={"total_count": total, "incomplete_results": incomplete, "items": items})

    return answer


def test_a_topic_is_listed_page_by_page() -> None:
    listing = github.list_topic(client=client(pages(230)))
    assert (len(listing.repositories), listing.total, listing.complete) == (230, 230, True)
    first = listing.repositories.iloc[0]
    assert first["repository"] == "someone/films-0"
    assert (first["stars"], first["licence"], first["topics"]) == (500, "MIT", "movies-dataset|films")
    assert first["description"] == "Films of mine"


def test_more_than_a_thousand_are_said_to_be_incomplete() -> None:
    listing = github.list_topic(client=client(pages(1234)))
    assert (len(listing.repositories), listing.total, listing.complete) == (1000, 1234, False)
    assert len(github.list_topic(most=5000, client=client(pages(1234))).repositories) == 1000
    assert len(github.list_topic(most=150, client=client(pages(230))).repositories) == 150


def test_a_search_that_ran_out_of_time_is_said_to_be_incomplete() -> None:
    assert not github.list_topic(client=client(pages(3, incomplete=True))).complete


def test_no_repositories() -> None:
    listing = github.list_topic(client=client(pages(0)))
    assert (len(listing.repositories), listing.complete) == (0, True)
    assert listing.repositories["stars"].dtype == "Int64"


def test_repositories_that_come_twice_or_are_none() -> None:
    items = [
        repository(1),
        repository(1),
        {"full_name": 5},
        None,
        repository(2, license=None, description=None, topics=3),
    ]
    body = {"total_count": 5, "incomplete_results": False, "items": items}
    listing = github.list_topic(client=client(lambda _: httpx.Response(200, json=body)))
    assert listing.repositories["repository"].tolist() == ["someone/films-1", "someone/films-2"]
    assert listing.repositories["licence"].isna().tolist() == [False, True]
    assert not listing.complete


def test_the_rate_limit_is_waited_for() -> None:
    asked: list[int] = []
    slept: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(1)
        if len(asked) == 1:
            headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000042"}
            return httpx.Response(403, json={"message": "API rate limit exceeded"}, headers=headers)
        if len(asked) == 2:
            return httpx.Response(429, json={"message": "secondary rate limit"}, headers={"retry-after": "7"})
        return pages(1)(request)

    assert len(github.list_topic(client=client(answer, slept)).repositories) == 1
    assert [round(wait) for wait in slept] == [42, 7]


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (422, {"message": "Validation Failed", "documentation_url": "https://docs.github.com"}, "Validation Failed"),
        (401, {"message": "Bad credentials", "documentation_url": "https://docs.github.com"}, "Bad credentials"),
        (200, {"items": "none"}, "no list of repositories"),
        (200, [], "no list of repositories"),
    ],
)
def test_errors_of_github(status: int, body: object, words: str) -> None:
    with pytest.raises(ProviderError, match=words):
        github.list_topic(client=client(lambda _: httpx.Response(status, json=body)))


@pytest.mark.parametrize("topic", ["", "a b", "x" * 60, "topic:a+user:b", "-a", "Ä"])
def test_what_is_no_topic(topic: str) -> None:
    with pytest.raises(ChoiceError, match="no topic"):
        github.list_topic(topic, client=client(pages(0)))


def test_the_clients_pace_and_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_notARealTokenAtAll")
    made = github.github_client()
    assert made.service == "GitHub"
    assert "ghp_notARealTokenAtAll" not in repr(vars(made))
