"""Faults of services: each kind has its rule, and a fault never costs more than it must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookfilm_nb.errors import MissingPartError, ProviderError, QuotaError, RefusedError
from bookfilm_nb.model import digest_of
from bookfilm_nb.providers import openai_client
from bookfilm_nb.providers.faults import PATIENCE_S, TRIES, Fault, attempting, fault_of_status, patiently, request_key
from bookfilm_nb.testing import Drop, Empty, Fail, FakeServer, Html, Script, Truncate


class _ServiceError(Exception):
    def __init__(self, fault):
        super().__init__(fault.says)
        self.fault = fault


def _run(faults, **further):
    """What comes of a call that fails with these faults and then works, the waits, and the tries."""
    waits, left, tries = [], list(faults), []

    def call():
        tries.append(1)
        if left:
            raise _ServiceError(left.pop(0))
        return "done"

    def told(caught):
        return caught.fault if isinstance(caught, _ServiceError) else None

    try:
        result = patiently(call, told, engine="fake", request="r1", sleep=waits.append, **further)
    except ProviderError as error:
        result = error
    return result, waits, len(tries)


def test_a_busy_service_is_given_the_time_it_asks_for():
    assert _run([Fault("busy", "429", 7.0), Fault("busy", "429", 11.0)]) == ("done", [7.0, 11.0], 3)


def test_patience_ends():
    error, waits, _ = _run([Fault("busy", "429")] * 99)
    assert isinstance(error, ProviderError)
    assert sum(waits) <= PATIENCE_S
    assert error.data["billed"] == "no"
    error, waits, _ = _run([Fault("busy", "429", PATIENCE_S + 1)])
    assert waits == []
    assert isinstance(error, ProviderError)


def test_waits_double_with_jitter_and_are_the_same_again():
    _, waits, tries = _run([Fault("broken", "500")] * 9)
    assert tries == TRIES
    assert all(2**i / 2 <= wait <= 2**i for i, wait in enumerate(waits))
    assert waits == _run([Fault("broken", "500")] * 9)[1]


@pytest.mark.parametrize(("kind", "billed"), [("broken", "unknown"), ("short", "yes")])
def test_what_may_have_been_charged_is_said(kind, billed):
    error, _, _ = _run([Fault(kind, "x")] * 9)
    assert error.data["billed"] == billed


@pytest.mark.parametrize(
    ("kinds", "lost"), [(["short"] * 4, False), (["broken"] * 4, True), (["short", "broken", "short", "short"], True)]
)
def test_a_reply_may_still_be_had_unless_every_one_was_short(kinds, lost):
    error, _, _ = _run([Fault(kind, "x") for kind in kinds])
    assert error.data["lost"] is lost


def test_the_first_attempt_is_the_request_and_a_later_one_is_another():
    asked = {"prompt": "A lamp."}
    first = request_key(asked)
    assert first == digest_of(asked)
    with attempting(2):
        second = request_key(asked)
    assert len({first, second}) == 2
    assert request_key(asked) == first


def test_a_charge_is_not_forgotten_by_a_later_fault():
    error, _, _ = _run([Fault("short", "x"), Fault("busy", "429", PATIENCE_S + 1)])
    assert error.data["billed"] == "yes"


@pytest.mark.parametrize(
    ("kind", "error"), [("refused", RefusedError), ("quota", QuotaError), ("wrong", ProviderError)]
)
def test_what_would_fail_again_is_not_tried_again(kind, error):
    raised, waits, tries = _run([Fault(kind, "x")])
    assert type(raised) is error
    assert (waits, tries) == ([], 1)


def test_a_wrong_key_names_the_setting():
    with pytest.raises(MissingPartError, match="OPENAI_API_KEY"):
        _run([Fault("key", "401")], key_name="OPENAI_API_KEY")


def test_an_error_of_ours_passes_through():
    with pytest.raises(ZeroDivisionError):
        patiently(lambda: 1 / 0, lambda _: None, engine="fake", request="r")


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind"),
    [
        (429, {}, "slow down", "busy"),
        (429, {}, '{"error": {"code": "insufficient_quota"}}', "quota"),
        (503, {"retry-after": "3"}, "", "busy"),
        (500, {}, "<html>", "broken"),
        (502, {}, "", "broken"),
        (408, {}, "", "broken"),
        (400, {}, '{"error": {"code": "moderation_blocked"}}', "refused"),
        (400, {}, '{"error": {"code": "invalid_size"}}', "wrong"),
        (401, {}, "", "key"),
        (403, {}, "", "key"),
        (402, {}, "", "quota"),
        (404, {}, "", "wrong"),
    ],
)
def test_faults_told_apart(status, headers, body, kind):
    assert fault_of_status(status, headers, body).kind == kind


def test_retry_after_as_seconds_and_as_a_date():
    assert fault_of_status(429, {"Retry-After": "12"}, "").wait_s == 12
    date = "Sun, 22 Nov 2026 10:00:30 GMT"
    assert fault_of_status(429, {"RETRY-AFTER": date}, "", clock=lambda: 1795341600.0).wait_s == 30


@given(st.text(max_size=40), st.integers(400, 599))
def test_no_header_breaks_it(header, status):
    fault = fault_of_status(status, {"Retry-After": header}, header)
    assert fault.wait_s is None or fault.wait_s >= 0


@pytest.fixture
def _planted_key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-0123456789abcdef")


@pytest.mark.parametrize(
    "fault", [Drop(), Truncate(), Empty(), Html(), Fail(500), Fail(429, headers={"Retry-After": "0"})]
)
@pytest.mark.usefixtures("_planted_key")
def test_a_picture_is_bought_once_whatever_goes_wrong(fault):
    waits = []
    with FakeServer(script=Script([fault, fault])) as server:
        images = openai_client.client(server.openai_url).images

        def send(headers):
            return images.generate(model="m", prompt="a lamp", size="256x256", extra_headers=headers, timeout=5)

        made = openai_client.call(send, engine="openai", request="digest", sleep=waits.append)
        assert made.data[0].b64_json
        assert server.bought["images"] == 1
        assert len(server.seen) == 3
    assert len(waits) == 2


@pytest.mark.usefixtures("_planted_key")
def test_the_key_is_in_no_error():
    with FakeServer(key="another") as server:
        images = openai_client.client(server.openai_url).images
        with pytest.raises(MissingPartError) as caught:
            openai_client.call(
                lambda headers: images.generate(model="m", prompt="x", extra_headers=headers),
                engine="openai",
                request="d",
            )
    assert "planted" not in f"{caught.value} {caught.value!r} {caught.value.data}"


def test_a_service_that_is_busy_for_ever_is_not_asked_for_ever():
    waits = []
    with pytest.raises(ProviderError, match="busy"):
        patiently(
            _fails, lambda _: Fault("busy", "429", wait_s=0.0, status=429), engine="e", request="r", sleep=waits.append
        )
    assert waits[:3] == [0, 0, 0]
    assert len(waits) < 30
    assert sum(waits) <= 300


def _fails():
    raise OSError("busy")
