"""A film made half by a server that fails one time in five: whole, counted as the server counts, nothing paid twice.

The server speaks OpenAI's protocols (bookfilm_nb.testing) and makes text, pictures, speech and one moving shot. What it
charged for is compared with the ledger: undisturbed, and with the process killed in the middle again and again.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from film_files import opened
from web_files import files_tell, forms

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.production import Production, Till
from bookfilm_nb.studio import buying, make_film
from bookfilm_nb.testing import Drop, Empty, Fail, FakeServer, Html, Script, Slow, Truncate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bookfilm_nb.studio import Film

pytestmark = pytest.mark.slow

BOOK = Path(__file__).parents[1] / "data" / "books" / "en_the_lamp_on_gull_rock.txt"
HIRED = {"text": "openai", "voice": "openai", "images": "openai", "video": "openai", "clip_sound": "duck"}
CHOICES = {"minutes": 0.5, "size": "480p", "budget_usd": 1.0, "video_shots": "s01h02", **HIRED}
DOORS = {"adapt": "text", "voice": "voice", "shoot": "images", "clip": "video"}
FAULTS = (
    Fail(429, "rate_limit_exceeded", {"Retry-After": "0"}), Fail(500, "server_error"), Fail(503, "overloaded"),
    Drop(), Truncate(), Empty(), Html(), Slow(0.2),
)  # fmt: skip
KEY = "sk-hired-film-planted-0123456789"
RUNS = 5
"""So often a person would run the command again before they give up."""
PARALLEL = 4

CHILD = f"""
import sys
from bookfilm_nb.studio import buying, make_film
buying._wait = lambda job, seconds: (job.cancelled.wait(min(seconds, 0.01)), job.check())
make_film({str(BOOK)!r}, sys.argv[1], **{CHOICES!r})
"""


def answer(prompt: str, _schema: object) -> str:
    """Every fourth sentence is worth hearing."""
    numbers = [int(number) for number in re.findall(r"^\[(\d+)\]", prompt, re.MULTILINE)]
    return json.dumps({"picks": [{"sentence": number, "worth": 3} for number in numbers[::4]]})


def server(seed: int) -> FakeServer:
    return FakeServer(answer=answer, key=KEY, script=Script(rate=0.2, seed=seed, kinds=FAULTS))


def patiently_made(make: Callable[[], Film]) -> Film:
    """What a person gets who runs the command again where a service failed for good."""
    for _ in range(RUNS):
        try:
            return make()
        except ProviderError as error:
            last = error
    raise last


class Undisturbed(NamedTuple):
    film: Film
    folder: Path
    tape: Path
    bought: Counter[str]
    requests: int
    jobs: int


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Waits between tries take no time, and no service is called but the one that a test names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buying, "_wait", lambda job, _: job.check())
        for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_VIDEOS_BASE_URL"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, quick: None) -> Undisturbed:  # noqa: ARG001 - for its effect
    folder = tmp_path_factory.mktemp("hired")
    tape = folder / "run.jsonl"
    with server(11) as fake, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", fake.openai_url)
        patch.setenv("OPENAI_API_KEY", KEY)
        film = patiently_made(lambda: make_film(BOOK, folder / "film", **CHOICES, record=str(tape)))
        return Undisturbed(film, folder / "film", tape, fake.bought.copy(), len(fake.seen), len(fake.jobs))


def counted(folder: Path, bought: Counter[str]) -> list[str]:
    """Compare the ledger with what the server charged for; the states of all calls."""
    production = Production.open(folder)
    calls = Till(production.store).calls()
    settled = [call for call in calls if call.state == "settled"]
    assert max(Counter(call.key for call in settled).values()) == 1
    assert Counter(DOORS[call.stage] for call in settled) == bought
    made = {row.key for row in production.store.ledger() if row.engine == "openai" and row.outcome == "made"}
    assert made == {call.key for call in settled}
    production.store.close()
    return [call.state for call in calls]


def test_a_film_with_one_fault_in_five_is_whole_and_paid_once(undisturbed: Undisturbed) -> None:
    assert [gate.name for gate in undisturbed.film.review.gates if not gate.passed] == []
    assert set(undisturbed.bought) == set(DOORS.values())
    assert undisturbed.bought["video"] == undisturbed.jobs == 1
    assert undisturbed.bought["images"] >= 5
    assert undisturbed.requests > sum(undisturbed.bought.values()) + 2  # some were sent again
    states = counted(undisturbed.folder, undisturbed.bought)
    assert set(states) <= {"settled", "unsure", "released"}
    everything = files_tell(undisturbed.folder.parent)  # index and its log, choices, report, recording
    assert "run.jsonl" in everything
    assert [form for form in forms(KEY) if form in everything] == []


def test_a_second_run_of_a_finished_film_calls_nobody(undisturbed: Undisturbed) -> None:
    before = opened(undisturbed.film.film)
    again = make_film(BOOK, undisturbed.folder)  # no server, no key
    assert opened(again.film) == before
    counted(undisturbed.folder, undisturbed.bought)


def test_a_recorded_run_is_replayed_without_key_and_server(undisturbed: Undisturbed, tmp_path: Path) -> None:
    # Without OPENAI_BASE_URL the engines are OpenAI's own, whose video model has ended: a replay outlives it
    replayed = make_film(BOOK, tmp_path / "film", **CHOICES, replay=str(undisturbed.tape))
    assert opened(replayed.film) == opened(undisturbed.film.film)
    assert Path(replayed.screenplay).read_bytes() == Path(undisturbed.film.screenplay).read_bytes()
    assert any("replay of the recorded run run.jsonl" in notice for notice in replayed.notices)
    assert "replay of the recorded run" in Path(replayed.report).read_text("utf-8")
    assert Till(Production.open(tmp_path / "film").store).calls() == ()
    assert KEY not in undisturbed.tape.read_text("utf-8")
    again = make_film(BOOK, tmp_path / "film")
    assert any("replay of the recorded run" in notice for notice in again.notices)
    assert "replay of the recorded run" in Path(again.report).read_text("utf-8")


def _started(out: Path, fake: FakeServer) -> subprocess.Popen[bytes]:
    environment = {"OPENAI_BASE_URL": fake.openai_url, "OPENAI_API_KEY": KEY}
    return subprocess.Popen(
        ["env", *(f"{name}={value}" for name, value in environment.items()), sys.executable, "-c", CHILD, str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _killed_when(process: subprocess.Popen[bytes], reached: Callable[[], bool], more_s: float = 0.0) -> bool:
    """Kill the process when the moment has come, and so much later; whether it was still at work."""
    deadline = time.monotonic() + 120
    while process.poll() is None and not reached():
        assert time.monotonic() < deadline
        _waited(process, 0.002)
    _waited(process, more_s)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    return at_work


def _waited(process: subprocess.Popen[bytes], seconds: float) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def _asked_after_a_clip(fake: FakeServer) -> bool:
    return any(seen.path.startswith("/v1/videos/") for seen in fake.seen)


def test_killed_again_and_again_it_buys_nothing_twice(undisturbed: Undisturbed, tmp_path: Path) -> None:
    lot = random.Random(4)
    out = tmp_path / "film"
    kills = 0
    with server(12) as fake:
        for share in (0.05, 0.35, 0.65):
            wanted = len(fake.seen) + 1 + round(share * lot.random() * undisturbed.requests)
            process = _started(out, fake)
            kills += _killed_when(process, lambda wanted=wanted: len(fake.seen) >= wanted, lot.uniform(0, 0.03))
        fake.polls = 10**9  # the clip takes for ever while the process dies
        for _ in range(RUNS):
            process = _started(out, fake)
            kills += _killed_when(process, lambda: _asked_after_a_clip(fake))
            if _asked_after_a_clip(fake):
                break
        fake.polls = 2
        (job,) = [call for call in Till(Production.open(out).store).calls() if call.state == "submitted"]
        assert job.job in fake.jobs
        for _ in range(RUNS):
            done = _started(out, fake)
            if done.wait(120) == 0:
                break
        assert done.returncode == 0
        bought, jobs = fake.bought.copy(), len(fake.jobs)
    assert kills >= 3
    assert jobs == 1
    calls = Till(Production.open(out).store).calls()
    assert [(c.id, c.state) for c in calls if c.job] == [(job.id, "settled")]
    states = Counter(counted(out, bought))
    assert bought == undisturbed.bought
    assert states["reserved"] == states["submitted"] == 0
    ended = [call for call in calls if call.why == "the process ended during the call"]
    assert 1 <= len(ended) <= kills * PARALLEL
    assert opened(out / "film" / "film.mp4") == opened(undisturbed.film.film)
