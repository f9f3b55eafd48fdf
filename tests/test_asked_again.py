"""A call that comes back at once: sent again under its own key while its reply may be had, anew once that was no good.

The server honours idempotency keys: a request that it knows gets the reply that it got before, good or bad.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_clip_orders import SHOT, _Killing, keys, ledger

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import FREE, Value
from bookfilm_nb.production import Choices, Job, Production, Till
from bookfilm_nb.providers import Prompt, VoiceStyle
from bookfilm_nb.providers.openai_images import OpenAIImages
from bookfilm_nb.providers.openai_text import OpenAIText
from bookfilm_nb.studio import Studio, open_studio, start
from bookfilm_nb.studio.buying import Bought, Purchase, buy
from bookfilm_nb.studio.replies import replies_of
from bookfilm_nb.testing import Drop, Empty, FakeServer, Script
from bookfilm_nb.voices.openai_speech import OpenAISpeech

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import Screenplay
    from bookfilm_nb.testing.exchange import Made, Request

pytestmark = pytest.mark.usefixtures("no_keys")

KEY = "sk-asked-again-planted-0123456789"
CHILD = """
import sys
from pathlib import Path
from test_asked_again import screenplay
screenplay(Path(sys.argv[1]))
"""


class Words(Value):
    words: str


class Thing(Value):
    door: str


ENGINES: dict[str, Callable[[str], Any]] = {
    "text": lambda url: OpenAIText(url=url).write(Prompt(name="p", instructions="i", material="m"), Words),
    "images": lambda url: OpenAIImages(url=url).draw(SHOT, width=640, height=360),
    "voice": lambda url: OpenAISpeech(url=url).speak("A word.", language="en", style=VoiceStyle()),
}
SPOIL: dict[str, Callable[[bytes], bytes]] = {
    "text": lambda body: body.replace(b"words", b"sword"),
    "images": lambda body: body.replace(b'"b64_json": "', b'"b64_json": "!'),
    "voice": lambda _: b"no sound",
}


class Spoiling(FakeServer):
    """What it sells first cannot be used."""

    def __init__(self, spoiled: int, **more: Any) -> None:
        """So many requests get a reply that cannot be used, however often they come."""
        super().__init__(**more)
        self.spoiled = spoiled
        self.known: list[str] = []

    def reply_to(self, request: Request) -> Made:
        made = super().reply_to(request)
        key = request.headers["idempotency-key"]
        with self.lock:
            self.known = list(dict.fromkeys([*self.known, key]))
            spoil = self.known.index(key) < self.spoiled
        return made._replace(body=SPOIL[made.door](made.body)) if spoil else made


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookfilm_nb.studio.buying._wait", lambda job, _: job.check())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Production.create(tmp_path / "film", Choices(book="b.txt")).store.close()
    return tmp_path / "film"


def bought(folder: Path, url: str, door: str) -> bool:
    """What one run does to get the thing; whether it is there."""

    def work(_: str) -> Bought[Thing]:
        return Bought(Thing(door=door), {}, ENGINES[door](url).receipt)

    production = Production.open(folder)
    try:
        Till(production.store).after_a_crash()
        buy(production, [Purchase("shoot", door, "key", "openai", "", FREE, work)], Job(), parallel=1)
        return production.store.find("key") is not None
    finally:
        production.store.close()


@pytest.mark.parametrize(("door", "spoiled"), [("text", 2), ("images", 1), ("voice", 1)])
def test_a_reply_that_cannot_be_used_is_asked_for_anew_by_the_next_run(folder: Path, door: str, spoiled: int) -> None:
    with Spoiling(spoiled, answer=lambda *_: '{"words": "good"}') as server:
        with pytest.raises(ProviderError):
            bought(folder, server.openai_url, door)
        assert server.bought[door] == spoiled
        assert bought(folder, server.openai_url, door)
        assert server.bought[door] == spoiled + 1
        assert len(set(keys(server))) == spoiled + 1
    assert [state for state, _ in ledger(folder)] == ["wasted", "settled"]


@pytest.mark.parametrize("door", ENGINES)
def test_a_reply_that_was_lost_is_sent_for_again_and_paid_once(folder: Path, door: str) -> None:
    with FakeServer(answer=lambda *_: '{"words": "good"}', script=Script([Empty(), *[Drop()] * 3])) as server:
        with pytest.raises(ProviderError):
            bought(folder, server.openai_url, door)
        assert bought(folder, server.openai_url, door)
        assert server.bought[door] == len(set(keys(server))) == 1
    assert [state for state, _ in ledger(folder)] == ["unsure", "settled"]


def test_a_repair_that_is_lost_is_sent_for_again_after_the_reply_that_is_known(folder: Path) -> None:
    with Spoiling(1, answer=lambda *_: '{"words": "good"}', script=Script([None, *[Drop()] * 4])) as server:
        with pytest.raises(ProviderError) as caught:
            bought(folder, server.openai_url, "text")
        assert "sword" in Path(str(caught.value.data["reply_file"])).read_text("utf-8")
        assert bought(folder, server.openai_url, "text")
        assert server.bought["text"] == len(set(keys(server))) == 2
    assert [state for state, _ in ledger(folder)] == ["unsure", "settled"]


# The film's own text


def picks(prompt: str) -> str:
    """Every second sentence."""
    numbers = re.findall(r"^\[(\d+)\]", prompt, re.MULTILINE)
    return json.dumps({"picks": [{"sentence": int(number), "worth": 5} for number in numbers[::2]]})


def screenplay(out: Path) -> Screenplay:
    """What one run does for the screenplay."""
    production = Production.open(out)
    try:
        with production.locked():
            return Studio(production).screenplay
    finally:
        production.store.close()


@pytest.fixture
def hired(out: Path) -> Path:
    """A film for which a text model chooses."""
    start(Production.open(out).choices.book, out, text="openai").store.close()
    return out


def serving(answers: list[str], monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    """A server that answers so, one after the other, and then well."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    left = iter(answers)
    return FakeServer(answer=lambda prompt, _: next(left, None) or picks(prompt))


BAD = f"I would rather <b>not</b>. {KEY}"
NOTHING = '{"picks": [{"sentence": 99999, "worth": 5}]}'


@pytest.mark.parametrize("answers", [[BAD, BAD], [NOTHING]])
def test_a_bad_reply_ends_the_run_and_the_next_one_makes_the_film(
    hired: Path, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    with serving(answers, monkeypatch) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        with pytest.raises(ProviderError) as caught:
            screenplay(hired)
        (reply,) = replies_of(hired)
        assert (reply.part, reply.of, reply.used, reply.repaired) == (1, 1, False, False)
        assert reply.text == answers[0].replace(KEY, "***") == Path(str(caught.value.data["reply_file"])).read_text()
        studio = open_studio(Production.open(hired).choices.book, hired)
        assert studio.screenplay.scenes
        studio.close()
        assert server.bought["text"] == len(set(keys(server))) == len(answers) + 1
    assert [state for state, _ in ledger(hired)] == ["wasted", "settled"]
    (reply,) = replies_of(hired)
    assert reply.used
    assert json.loads(reply.text)["picks"]


@pytest.mark.slow
def test_a_process_killed_during_the_call_pays_for_the_reply_once(hired: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _Killing(answer=lambda prompt, _: picks(prompt)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
        with server.lock:
            server.victim = subprocess.Popen([sys.executable, "-c", CHILD, str(hired)], env=environment)
        assert server.victim.wait(120) == -signal.SIGKILL
        server.victim = None
        assert screenplay(hired).scenes
        assert server.bought["text"] == len(set(keys(server))) == 1
        assert len(keys(server)) == 2
    assert [state for state, _ in ledger(hired)] == ["unsure", "settled"]


def test_a_reply_that_was_repaired_says_so_and_no_model_has_no_reply(
    hired: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving([BAD], monkeypatch) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        assert replies_of(hired) == ()
        screenplay(hired)
    (reply,) = replies_of(hired)
    assert (reply.used, reply.repaired) == (True, True)
    start(Production.open(hired).choices.book, hired, text="").store.close()
    assert replies_of(hired) == ()
    assert replies_of(hired, "openai") == (reply,)


def test_a_choice_that_was_kept_before_replies_were_named_is_still_the_films(
    hired: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving([], monkeypatch) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        play = screenplay(hired)
        store = Production.open(hired).store
        (call,) = Till(store).calls()
        made = store.find(call.key)
        assert made is not None
        (reply,) = replies_of(hired)
        older = json.dumps({"picks": json.loads(made.value)["picks"]})
        store.record(call.key, "adapt", made.name, older, blobs=made.blobs)
        store.close()
        assert replies_of(hired) == (reply,)
        assert screenplay(hired) == play
        assert server.bought["text"] == 1
