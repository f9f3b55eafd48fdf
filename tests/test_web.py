"""The client for web services: patient with bad answers, quick with replies that it has kept."""

from __future__ import annotations

import json
import re
import socket
from email.utils import formatdate
from typing import TYPE_CHECKING

import httpx
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_files import (
    GOOD,
    PLANTED,
    FakeTime,
    Service,
    body,
    bomb,
    client,
    cut,
    drop,
    failed,
    half,
    hang,
    in_header,
    in_parameter,
    packed,
    page,
    text,
)

from bookfilm_nb import settings
from bookfilm_nb.errors import ChoiceError, MissingPartError, OutputError, ProviderError
from bookfilm_nb.movies._pace import Bucket, asked_wait_s, back_off_s
from bookfilm_nb.movies.web import Fault, Key, WebClient, unwrapped
from bookfilm_nb.settings import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from web_files import Answer


@pytest.fixture(autouse=True)
def _no_keys_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_known", {})
    monkeypatch.setattr(settings, "_compiled", [])


# What is sent


def test_the_key_goes_where_the_service_wants_it(service: Service, time: FakeTime) -> None:
    service.script("/a/b", body(GOOD))
    assert (
        client(service, time, key=in_parameter()).get_json("a/b", {"q": "это & то", "page": 2, "adult": False}) == GOOD
    )
    assert client(service, time, key=in_header()).get_json("/a/b", {}) == GOOD
    assert client(service, time).get_json("a/b") == GOOD
    (first, second, third) = service.asked
    assert first[1] == {"q": "это & то", "page": "2", "adult": "false", "api_key": PLANTED}
    assert second[1] == {}
    assert second[2]["Authorization"] == f"Bearer {PLANTED}"
    assert "Authorization" not in third[2]
    assert third[2]["User-Agent"].startswith("bookfilm-nb/")


def test_a_path_cannot_lead_elsewhere(service: Service, time: FakeTime) -> None:
    service.script("/m/ü?x=1#y", body(GOOD))
    assert client(service, time).get_json("m/ü?x=1#y") == GOOD


@pytest.mark.parametrize("address", ["http://a.example", "ftp://a.example", "https://", "https://me:pw@a.example", "a"])
def test_a_key_goes_only_over_https_or_to_this_machine(address: str) -> None:
    with pytest.raises(ChoiceError, match="https://"):
        WebClient(address, service="Test", key=in_parameter())


# What comes back


@pytest.mark.parametrize(
    "bad",
    [drop, cut(GOOD), half(GOOD), text(""), text("busy", 503), body({"m": 1}, 500), page("502 Bad Gateway", 502),
     packed(b"not gzip"), text("slow down", 429)],
    ids=["dropped", "cut", "half", "empty", "503", "500", "502 page", "no gzip", "429"],
)  # fmt: skip
def test_what_passes_is_tried_again(service: Service, time: FakeTime, bad: Answer) -> None:
    service.script("/a", bad, bad, body(GOOD))
    assert client(service, time, key=in_parameter()).get_json("a") == GOOD
    assert service.times("/a") == 3
    assert time.slept == [back_off_s(["a", {}], 0), back_off_s(["a", {}], 1)]


def test_a_time_out_is_tried_again(service: Service, time: FakeTime) -> None:
    service.script("/a", hang, body(GOOD))
    assert client(service, time, timeout_s=0.05).get_json("a") == GOOD
    assert len(time.slept) == 1


def test_what_stays_bad_is_given_up_with_its_reason(service: Service, time: FakeTime) -> None:
    for bad, reason in (
        (drop, "broke off"),
        (cut(GOOD), "broke off"),
        (half(GOOD), "no JSON"),
        (text("x", 503), "503"),
    ):
        service.script("/a", bad)
        error = failed(lambda: client(service, time, retries=2).get_json("a"))
        assert isinstance(error, ProviderError)
        assert reason in error.problem
        assert "3 attempts" in error.problem
        assert error.data["attempts"] == 3


def test_no_service_at_all_is_said_with_what_to_check(time: FakeTime) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    nobody = WebClient(
        f"http://127.0.0.1:{port}", service="Test", retries=1, unreachable_hint="Try a proxy.", **time.options
    )
    with pytest.raises(ProviderError, match=r"no connection .*refused.*Try a proxy") as caught:
        nobody.get_json("a")
    assert caught.value.data["attempts"] == 2
    # What no service has seen does not count for its limit of the day
    assert nobody.requests_today == 0


@pytest.mark.parametrize("status", [200, 403, 404])
def test_a_page_for_people_is_shown_in_short_and_not_asked_again(service: Service, time: FakeTime, status: int) -> None:
    service.script("/a", page("Access&nbsp;denied\x1b[2J by <b>your</b> provider. " + "x" * 500, status))
    with pytest.raises(ProviderError, match=r'"Access denied \[2J by your provider\. x+…"') as caught:
        client(service, time).get_json("a")
    assert len(str(caught.value)) < 320
    assert caught.value.data["status"] == status
    assert service.times("/a") == 1


def test_a_complaint_is_given_on_and_not_asked_again(service: Service, time: FakeTime) -> None:
    service.script("/a", body({"message": "Validation Failed"}, 422))
    with pytest.raises(ProviderError, match="HTTP 422: Validation Failed"):
        client(service, time).get_json("a")
    service.script("/a", body({"ok": False}))
    with pytest.raises(ProviderError, match=r"said no\. Ask nicely"):
        client(service, time, fault=lambda _status, _body: Fault("said no", "Ask nicely.")).get_json("a")
    assert service.times("/a") == 2


@pytest.mark.parametrize("big", [body("x" * 3000), bomb(3_000_000)], ids=["plain", "packed"])
def test_an_answer_that_is_too_large_is_left(service: Service, time: FakeTime, big: Answer) -> None:
    service.script("/a", big)
    with pytest.raises(ProviderError, match="larger than 2,000 bytes"):
        client(service, time, max_bytes=2000).get_json("a")
    assert service.times("/a") == 1


def test_json_nested_too_deeply_is_no_crash(service: Service, time: FakeTime) -> None:
    service.script("/a", text("[" * 100_000, kind="application/json"))
    with pytest.raises(ProviderError, match="no JSON"):
        client(service, time, retries=0).get_json("a")


def test_a_trickle_ends() -> None:
    time = FakeTime()

    def trickle() -> Iterator[bytes]:
        for _ in range(1000):
            time.at += 1
            yield b" "

    slow = httpx.MockTransport(lambda _request: httpx.Response(200, content=trickle()))
    asking = WebClient("https://a.example", service="Test", transport=slow, timeout_s=10, retries=0, **time.options)
    with pytest.raises(ProviderError, match="longer than 40 s"):
        asking.get_json("a")


# How long is waited


def test_retry_after_is_obeyed_in_seconds_and_as_a_date(service: Service, time: FakeTime) -> None:
    seconds = body({}, 429, Retry_After="17")
    service.script("/a", seconds, body({}, 503, Retry_After=formatdate(time.at + 17 + 30, usegmt=True)), body(GOOD))
    assert client(service, time).get_json("a") == GOOD
    assert time.slept == [17.0, 30.0]


def test_a_reset_time_is_obeyed(service: Service, time: FakeTime) -> None:
    limited = body(
        {"message": "API rate limit exceeded"}, 403, X_RateLimit_Remaining="0", X_RateLimit_Reset=f"{int(time.at) + 50}"
    )
    service.script("/a", limited, body(GOOD))
    assert client(service, time).get_json("a") == GOOD
    assert time.slept == [50.0]
    service.script("/a", body({"message": "Forbidden"}, 403))
    assert failed(lambda: client(service, time).get_json("a")).data["attempts"] == 1


def test_too_long_a_wait_is_an_error_that_names_it(service: Service, time: FakeTime) -> None:
    service.script("/a", body({}, 429, Retry_After="7200"))
    with pytest.raises(ProviderError, match="asks to wait 7,200 s") as caught:
        client(service, time).get_json("a")
    assert caught.value.data["retry_after_s"] == 7200
    assert time.slept == []


@hypothesis.settings(deadline=None)
@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_or_nothing(said: str) -> None:
    for headers in ({"retry-after": said}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": said}):
        wait = asked_wait_s(headers, 1.8e9)
        assert wait is None or wait >= 0


@pytest.mark.parametrize(
    ("said", "wait"),
    [("120", 120.0), (" 5 ", 5.0), ("-5", None), ("soon", None), ("1.5", None), ("²", None), ("9" * 400, 1e9),
     ("Fri, 15 Jan 2027 08:00:30 GMT", 30.0), ("Fri, 15 Jan 2027 08:00:30", 30.0),
     ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Fri, 99 Jan 2027 08:00:30 GMT", None)],
)  # fmt: skip
def test_what_retry_after_may_hold(said: str, wait: float | None) -> None:
    assert asked_wait_s({"retry-after": said}, 1_800_000_000) == wait


@hypothesis.settings(deadline=None)
@given(st.integers(0, 40), st.text(max_size=5))
def test_the_back_off_grows_is_bounded_and_repeats(attempt: int, what: str) -> None:
    wait = back_off_s(what, attempt)
    assert min(30, 2**attempt) / 2 <= wait <= min(30, 2**attempt)
    assert wait == back_off_s(what, attempt)


def test_the_jitter_differs_between_questions() -> None:
    assert len({back_off_s(["a", {"page": page}], 0) for page in range(20)}) == 20


@hypothesis.settings(deadline=None)
@given(
    per_s=st.floats(0.2, 50),
    burst=st.integers(1, 6),
    pauses=st.lists(st.floats(0, 3), min_size=2, max_size=30),
)
def test_no_window_holds_more_than_the_bucket_allows(per_s: float, burst: int, pauses: list[float]) -> None:
    time = FakeTime(0.0)
    bucket = Bucket(per_s, burst, time.now, time.sleep)
    sent = []
    for pause in pauses:
        time.at += pause
        bucket.take()
        sent.append(time.at)
    for first in range(len(sent)):
        for last in range(first, len(sent)):
            assert last - first + 1 <= burst + per_s * (sent[last] - sent[first]) + 1e-6


def test_requests_are_paced(service: Service, time: FakeTime) -> None:
    service.script("/a", body(GOOD))
    asking = client(service, time, requests_per_s=2, burst=2)
    for number in range(6):
        asking.get_json("a", {"n": number})
    assert sum(time.slept) == pytest.approx(2.0)


# Redirects


def test_a_redirect_on_the_same_host_is_followed_with_the_key(service: Service, time: FakeTime) -> None:
    service.script("/old", text("", 301, Location="/new?x=1&api_key=%2A%2A%2A"))
    service.script("/new", body(GOOD))
    assert client(service, time, key=in_parameter()).get_json("old") == GOOD
    assert service.asked[-1][:2] == ("/new", {"x": "1", "api_key": PLANTED})


@pytest.mark.parametrize(
    "to",
    [
        "http://a.example/x",
        "https://evil.example/",
        "//evil.example/",
        "https://a.example:8443/",
        "https://[",
        "https://a:b",
        "",
    ],
)
def test_a_redirect_to_another_host_is_not_followed(time: FakeTime, to: str) -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(302, headers={"Location": to} if to else {})

    asking = WebClient(
        "https://a.example", service="Test", key=in_header(), transport=httpx.MockTransport(handle), **time.options
    )
    with pytest.raises(ProviderError, match="redirects to another site"):
        asking.get_json("old")
    assert asked == ["a.example"]


def test_a_circle_of_redirects_ends(service: Service, time: FakeTime) -> None:
    service.script("/old", text("", 302, Location="/old"))
    with pytest.raises(ProviderError, match="in a circle"):
        client(service, time).get_json("old")


# What is kept


def test_a_reply_is_kept_as_long_as_allowed(service: Service, time: FakeTime, tmp_path: Path) -> None:
    service.script("/a", body(GOOD), body({"new": 1}), body({"other": 1}))
    asking = client(service, time, cache_folder=tmp_path, cache_days=2)
    assert asking.get_json("a", {"q": "x"}) == GOOD
    time.at += 2 * 86400 - 60
    assert asking.get_json("a", {"q": "x"}) == GOOD
    assert len(service.asked) == 1
    time.at += 120
    assert asking.get_json("a", {"q": "x"}) == {"new": 1}
    assert asking.get_json("a", {"q": "y"}) == {"other": 1}
    (one, two) = sorted(tmp_path.glob("*.json"))
    bodies = [json.dumps(unwrapped(json.loads(path.read_text("utf-8")))) for path in (one, two)]
    assert sorted(bodies) == ['{"new": 1}', '{"other": 1}']
    time.at += 3 * 86400
    asking.close()
    assert list(tmp_path.glob("*.json")) == []


def test_a_kept_reply_is_the_same_with_another_key(service: Service, time: FakeTime, tmp_path: Path) -> None:
    service.script("/a", body(GOOD))
    client(service, time, cache_folder=tmp_path, key=in_parameter()).get_json("a")
    client(service, time, cache_folder=tmp_path, key=Key(Secret("another-key"), "api_key")).get_json("a")
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "damage",
    [(".+", ""), (".{40}$", ""), (".+", "[]"), (".+", "null"), (".+", "[" * 90_000), ('"path": "a"', '"path": "b"'),
     ("202", "209"), (r"\+00:00", ""), ('"bookfilm_reply": 1', '"bookfilm_reply": 2')],
)  # fmt: skip
def test_a_damaged_file_is_fetched_again(
    service: Service, time: FakeTime, tmp_path: Path, damage: tuple[str, str]
) -> None:
    service.script("/a", body(GOOD), body({"new": 1}))
    asking = client(service, time, cache_folder=tmp_path)
    asking.get_json("a")
    (kept,) = tmp_path.glob("*.json")
    before = kept.read_text("utf-8")
    kept.write_text(re.sub(damage[0], lambda _found: damage[1], before, count=1, flags=re.DOTALL), "utf-8")
    assert kept.read_text("utf-8") != before
    assert asking.get_json("a") == {"new": 1}
    assert asking.get_json("a") == {"new": 1}
    assert len(service.asked) == 2
    asking.close()


def test_errors_are_not_kept(service: Service, time: FakeTime, tmp_path: Path) -> None:
    service.script("/a", body({"message": "no"}, 404), body(GOOD))
    asking = client(service, time, cache_folder=tmp_path)
    failed(lambda: asking.get_json("a"))
    assert list(tmp_path.iterdir()) == []
    assert asking.get_json("a") == GOOD


def test_no_half_file_is_left_where_a_file_cannot_be_written(service: Service, time: FakeTime, tmp_path: Path) -> None:
    service.script("/a", body(GOOD))
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        client(service, time, cache_folder=tmp_path / "file", key=in_parameter()).get_json("a")


def test_the_requests_of_a_day_are_counted_over_runs(service: Service, time: FakeTime, tmp_path: Path) -> None:
    service.script("/a", body(GOOD))
    for start in (0, 2):
        asking = client(service, time, cache_folder=tmp_path, daily_limit=4)
        for number in range(2):
            asking.get_json("a", {"n": start + number})
        assert asking.requests_today == start + 2
    with pytest.raises(ProviderError, match=r"Today's 4 requests .* used up"):
        asking.get_json("a", {"n": 9})
    assert asking.get_json("a", {"n": 3}) == GOOD
    assert len(service.asked) == 4
    time.at += 86400
    assert asking.get_json("a", {"n": 9}) == GOOD
    (tmp_path / "requests-today.tally").write_text("{broken", "utf-8")
    assert client(service, time, cache_folder=tmp_path, daily_limit=4).requests_today == 0


def test_without_httpx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingPartError, match=r"pip install 'bookfilm-nb\[data\]'"):
        WebClient("https://a.example", service="Test")
