"""Google Translate's voice: few calls, patient ones, and none of them twice."""

from __future__ import annotations

import base64
import json
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import numpy as np
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from bookfilm_nb.errors import ChoiceError, ProviderError
from bookfilm_nb.providers import VoiceStyle
from bookfilm_nb.testing import Fail, FakeServer, Script, things
from bookfilm_nb.voices.gtts_voice import LONGEST, GttsVoice
from bookfilm_nb.voices.parts import Unfinished, parts_of
from bookfilm_nb.voices.phrases import words_of

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

OWN = VoiceStyle()
LONG = (
    "Nobody answered. The old clock struck seven. She counted the money twice, put it back in the drawer, locked the"
    " drawer, and went down to the shore with the key in her hand. Then it snowed."
)
PATH = "/_/TranslateWebserverUi/data/batchexecute"


def asked(server: FakeServer) -> list[str]:
    """The texts that the server was asked to say."""
    calls = [json.loads(parse_qs(seen.body.decode())["f.req"][0])[0][0] for seen in server.seen]
    return [json.loads(call[1])[0] for call in calls]


def voice_of(server: FakeServer, waits: list[float] | None = None) -> GttsVoice:
    return GttsVoice(url=server.url, sleep=([] if waits is None else waits).append)


def test_it_is_the_version_that_the_facts_are_of() -> None:
    assert version("gTTS") == "2.5.4"


def test_a_long_line_goes_in_few_parts_that_end_where_one_breathes() -> None:
    with FakeServer() as server:
        speech = voice_of(server).speak(LONG, language="en", style=OWN)
        assert asked(server) == [
            "Nobody answered. The old clock struck seven. She counted the money twice, put it back in the drawer,",
            "locked the drawer, and went down to the shore with the key in her hand. Then it snowed.",
        ]
    assert [LONG[w.start : w.end] for w in speech.words] == [LONG[a:b] for a, b in words_of(LONG)]
    assert speech.receipt is not None
    assert speech.receipt.cost == 0


def test_no_part_keeps_the_padding_of_its_mp3() -> None:
    text = (
        "Nobody answered at the door of the house by the sea that night in the end. Then the old clock struck seven,"
        " and the lamp went out."
    )
    with FakeServer() as server:
        speech = voice_of(server).speak(text, language="en", style=OWN)
        assert len(server.seen) == 2
    loud = np.abs(speech.samples) > np.abs(speech.samples).max() * 0.01
    edges = np.flatnonzero(np.diff(loud.astype(np.int8)))
    longest = np.diff(edges).max() / speech.sample_rate
    # The pause after a sentence, and 30 ms of silence on both sides of it
    assert 0.40 < longest < 0.40 + 2 * 0.030 + 0.03


def test_parts_that_came_are_not_fetched_again() -> None:
    with FakeServer(script=Script([None, *[Fail(500)] * 4])) as server:
        voice = voice_of(server)
        with pytest.raises(ProviderError):
            voice.speak(LONG, language="en", style=OWN)
        assert len(server.seen) == 5
        voice.speak(LONG, language="en", style=OWN)
        assert len(server.seen) == 5 + 1
        assert len(set(asked(server))) == 2
        # The line is complete, and the production keeps it: here it is forgotten
        voice.speak(LONG, language="en", style=OWN)
        assert len(server.seen) == 6 + 2


def test_it_waits_as_long_as_it_is_asked_to_and_gives_up_in_time() -> None:
    waits: list[float] = []
    with FakeServer(script=Script([Fail(429, headers={"Retry-After": "17"})])) as server:
        voice_of(server, waits).speak("Nobody answered.", language="en", style=OWN)
    assert waits == [17.0]
    waits.clear()
    busy = Script(rate=1.0, kinds=[Fail(429)])
    with FakeServer(script=busy) as server, pytest.raises(ProviderError, match="run it again later"):
        voice_of(server, waits).speak("Nobody answered.", language="en", style=OWN)
    assert 200 < sum(waits) <= 300
    assert waits == sorted(waits) or max(waits) <= 60


def answers(server: HTTPServer, *replies: Response) -> GttsVoice:
    left = list(replies)
    server.expect_request(PATH).respond_with_handler(lambda _: left.pop(0) if len(left) > 1 else left[0])
    return GttsVoice(url=server.url_for("/").rstrip("/"), sleep=lambda _: None)


def told(held: object) -> Response:
    row = ["wrb.fr", "jQ1olc", held, None, None, None, "generic"]
    return Response(f")]}}'\n\n123\n{json.dumps([row, ['di', 27]])}\n25\n{json.dumps([['e', 4]])}\n")


def test_words_it_has_no_sound_for_are_asked_for_once(httpserver: HTTPServer) -> None:
    with pytest.raises(ProviderError, match="no speech for these words"):
        answers(httpserver, told(None)).speak("Nobody answered.", language="en", style=OWN)
    assert len(httpserver.log) == 1


def test_a_reply_as_google_writes_it(httpserver: HTTPServer) -> None:
    sound = base64.b64encode(things.mp3(things.speech("Nobody answered."))).decode()
    escaped = told(json.dumps([sound]).replace("=", "\\u003d"))
    speech = answers(httpserver, escaped).speak("Nobody answered.", language="en", style=OWN)
    assert len(speech.words) == 2


@pytest.mark.parametrize(
    "strange",
    [
        Response("<html>Before you continue</html>"),
        Response(b"\xff\xfe\x00"),
        told("not JSON"),
        told("[]"),
        told('["!!!"]'),
        told('["QUJD"]'),
        Response(status=302, headers={"Location": "https://www.google.com/sorry/index?continue=x"}),
    ],
)
def test_strange_replies_are_tried_again(httpserver: HTTPServer, strange: Response) -> None:
    sound = base64.b64encode(things.mp3(things.speech("Nobody answered."))).decode()
    voice = answers(httpserver, strange, told(json.dumps([sound])))
    assert len(voice.speak("Nobody answered.", language="en", style=OWN).words) == 2
    assert len(httpserver.log) == 2


def test_a_redirect_elsewhere_and_a_closed_door_end_it(httpserver: HTTPServer) -> None:
    for reply in (Response(status=302, headers={"Location": "http://127.0.0.1:9/x"}), Response(status=403)):
        httpserver.clear()
        with pytest.raises(ProviderError) as caught:
            answers(httpserver, reply).speak("Nobody answered.", language="en", style=OWN)
        assert caught.value.data["billed"] == "no"
        assert len(httpserver.log) == 1


def test_the_servers_certificate_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def send(_self: object, _request: object, **given: object) -> None:
        seen.append(given["verify"])
        raise requests.ConnectionError("no network in a test")

    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    with pytest.raises(ProviderError):
        GttsVoice(sleep=lambda _: None).speak("Nobody answered.", language="en", style=OWN)
    assert seen == [True] * 4


def test_the_address_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeServer() as server:
        monkeypatch.setenv("BOOKFILM_GTTS_URL", server.url)
        GttsVoice().speak("Nobody answered.", language="en", style=OWN)
        assert len(server.seen) == 1


def test_what_a_user_must_know() -> None:
    voice = GttsVoice("translate-tts")
    assert "unofficial" in voice.capabilities.notice
    assert "sent to Google" in voice.capabilities.notice
    assert voice.estimate(LONG, language="en", style=OWN).high == 0
    with pytest.raises(ChoiceError, match="wavenet"):
        GttsVoice("wavenet")


@given(st.text(st.sampled_from("ab. ,—!\nй"), max_size=400), st.sampled_from([20, LONGEST]))
def test_parts_hold_every_word_and_are_short_enough(text: str, longest: int) -> None:
    parts = parts_of(text, longest)
    assert all(part.end - part.start <= longest for part in parts)
    covered = {i for part in parts for i in range(part.start, part.end)}
    assert all(set(range(*span)) <= covered for span in words_of(text))


def test_what_is_unfinished_is_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookfilm_nb.voices.parts._MOST_KEPT", 10)
    kept = Unfinished()
    kept.keep("a", b"12345")
    kept.keep("b", b"12345")
    kept.keep("c", b"1")
    assert kept.find("a") is None
    assert kept.find("b") == b"12345"
    kept.drop(["b", "unknown"])
    assert kept.find("b") is None
