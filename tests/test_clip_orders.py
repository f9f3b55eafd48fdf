"""A clip's order: sent again under its own key while nobody knows what became of it, anew once it failed for good."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import FREE, Shot
from bookfilm_nb.production import Choices, Job, Production, Till
from bookfilm_nb.providers import ClipOrder
from bookfilm_nb.providers.openai_videos import OpenAIVideos
from bookfilm_nb.studio.buying import Bought, Purchase, buy
from bookfilm_nb.studio.clips import RawClip
from bookfilm_nb.testing import Drop, FakeServer, Script

if TYPE_CHECKING:
    from bookfilm_nb.testing.exchange import Made, Request

SHOT = Shot(
    id="s01h01", scene="s01", portions=(), size="wide", move="static", planned_s=1.0, seed=3,
    prompt='Wide shot, eye level. Exterior, sea shore "The shore", dusk, storm, autumn. Mood: tense.',
)  # fmt: skip
CHILD = """
import sys
from pathlib import Path
from test_clip_orders import bought
bought(Path(sys.argv[1]), sys.argv[2])
"""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between tries take no time."""
    monkeypatch.setattr("bookfilm_nb.studio.buying._wait", lambda job, _: job.check())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    production = Production.create(tmp_path / "film", Choices(book="b.txt"))
    production.store.close()
    return tmp_path / "film"


def bought(folder: Path, url: str, shot: Shot = SHOT) -> str:
    """What one run does to get the clip: its blob."""
    engine = OpenAIVideos(url=url)

    def order(attempt: int) -> str:
        return engine.submit(ClipOrder(shot, seconds=1.0, width=832, height=480, attempt=attempt))

    def work(job: str) -> Bought[RawClip]:
        clip = engine.collect(job)
        return Bought(RawClip(shot=shot.id, blob="clip"), {}, clip.receipt)

    production = Production.open(folder)
    try:
        Till(production.store).after_a_crash()
        buy(production, [Purchase("clip", shot.id, "key", "openai", "", FREE, work, order)], Job(), parallel=1)
        return production.kept("key", RawClip).blob
    finally:
        production.store.close()


def ledger(folder: Path) -> list[tuple[str, str]]:
    """The state and the job of every call, oldest first."""
    production = Production.open(folder)
    calls = [(call.state, call.job) for call in Till(production.store).calls()]
    production.store.close()
    return calls


def keys(server: FakeServer) -> list[str]:
    """The idempotency keys of the orders, as they came."""
    return [seen.headers["idempotency-key"] for seen in server.seen if seen.method == "POST"]


def test_a_clip_that_failed_is_ordered_anew_and_made_by_the_next_run(folder: Path) -> None:
    with FakeServer(failing=2) as server:
        for _ in range(2):
            with pytest.raises(ProviderError, match="the clip failed"):
                bought(folder, server.openai_url)
        assert bought(folder, server.openai_url) == "clip"
        assert ledger(folder) == [("released", "video_0001"), ("released", "video_0002"), ("settled", "video_0003")]
        assert server.bought["video"] == len(server.jobs) == 3
        assert len(set(keys(server))) == 3


def test_a_job_that_the_server_forgot_is_ordered_anew(folder: Path) -> None:
    with FakeServer(polls=10**9) as server:
        server.script = Script([Drop()] * 9, path=r"/videos/\w+$")
        with pytest.raises(ProviderError):
            bought(folder, server.openai_url)
        server.script, server.polls = Script(), 2
        server.jobs["video_0002"] = server.jobs.pop("video_0001")
        with pytest.raises(ProviderError, match="does not know the job"):
            bought(folder, server.openai_url)
        assert bought(folder, server.openai_url) == "clip"
        first, second = keys(server)
        assert first != second
    assert [state for state, _ in ledger(folder)] == ["unsure", "settled"]


def test_an_order_whose_reply_is_lost_keeps_its_key_and_is_bought_once(folder: Path) -> None:
    with FakeServer(script=Script([Drop()] * 4, path="/videos$")) as server:
        with pytest.raises(ProviderError):
            bought(folder, server.openai_url)
        assert bought(folder, server.openai_url) == "clip"
        assert len(keys(server)) == 5
        assert len(set(keys(server))) == 1
        assert server.bought["video"] == len(server.jobs) == 1
    assert ledger(folder) == [("unsure", ""), ("settled", "video_0001")]


class _Killing(FakeServer):
    """Takes the order, and kills whoever sent it before it hears of it."""

    victim: subprocess.Popen[bytes] | None = None

    def reply_to(self, request: Request) -> Made:
        made = super().reply_to(request)
        if made.charged and self.victim:
            self.victim.send_signal(signal.SIGKILL)
            self.victim.wait()
        return made


@pytest.mark.slow
@pytest.mark.parametrize("failing", [0, 1])
def test_a_process_killed_while_it_orders_buys_the_clip_once(folder: Path, failing: int) -> None:
    """Also where the clip had failed before: the second order is then the one that is kept to."""
    with _Killing(failing=failing) as server:
        if failing:
            with pytest.raises(ProviderError, match="the clip failed"):
                bought(folder, server.openai_url)
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
        with server.lock:
            server.victim = subprocess.Popen(
                [sys.executable, "-c", CHILD, str(folder), server.openai_url], env=environment
            )
        assert server.victim.wait(60) == -signal.SIGKILL
        server.victim = None
        assert bought(folder, server.openai_url) == "clip"
        assert server.bought["video"] == len(server.jobs) == 1 + failing
        assert len(set(keys(server)[failing:])) == 1
    assert [state for state, _ in ledger(folder)] == ["released"] * failing + ["unsure", "settled"]
