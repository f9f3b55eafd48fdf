"""A film made beside the notebook: it stops when it is told to, leaves nothing broken, and goes on."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

import psutil
import pytest
from film_files import ENGLISH

from bookfilm_nb.errors import BookError, Cancelled, ChoiceError, OutputError, StoreError
from bookfilm_nb.production import Production, Store, blob_path
from bookfilm_nb.studio import start, status
from bookfilm_nb.studio.looking import NotYetError, holder, look
from bookfilm_nb.widgets.jobs import FilmJob, running_job
from bookfilm_nb.widgets.panels import JobPanel
from bookfilm_nb.widgets.remaining import Pace, pace_of

if TYPE_CHECKING:
    from pathlib import Path

SMALL = {"minutes": 0.25, "size": "480p", "voice": "espeak"}
"""A voice without a network: quick to start."""


def begun(folder: Path, text: str = ENGLISH, **choices: object) -> Path:
    """A production of a small story, of which nothing is made yet."""
    book = folder / "clock.txt"
    book.write_text(text, "utf-8")
    start(book, folder / "film", **{**SMALL, **choices}).store.close()
    return folder / "film"


def broken(out: Path) -> list[str]:
    """Names of artefacts whose blobs are not all there, or are not what their names say."""
    from bookfilm_nb.model import blob_digest

    store = Store(out / ".store")
    try:
        rows = store._index.execute("SELECT name, blobs FROM artefacts").fetchall()
        wrong = []
        for name, blobs in rows:
            for blob in json.loads(blobs):
                path = blob_path(store.blobs, blob)
                if not path.is_file() or blob_digest(path.read_bytes()) != blob:
                    wrong.append(name)
        return wrong
    finally:
        store.close()


def twice(out: Path) -> list[str]:
    """Keys that were made more than once."""
    store = Store(out / ".store")
    try:
        made = Counter(row.key for row in store.ledger() if row.outcome == "made")
    finally:
        store.close()
    return [key for key, times in made.items() if times > 1]


def stopped_at(out: Path, seconds: float, until: str = "review") -> FilmJob:
    """A job stopped after so many seconds; it must answer within one."""
    job = FilmJob(out, until).start()
    time.sleep(seconds)
    below = psutil.Process(job._process.pid).children(recursive=True) if job._process else []
    job.stop()
    assert job.wait(10)
    assert job.state in {"stopped", "done"}
    if job.stop_answered_s is not None:
        assert job.stop_answered_s <= 1.0
    _, left = psutil.wait_procs(below, timeout=3)
    assert left == []
    assert holder(out) == ""
    assert broken(out) == []
    return job


@pytest.mark.slow
def test_stop_answers_and_the_rerun_completes(tmp_path: Path) -> None:
    out, lot = begun(tmp_path), random.Random(2026)
    for _ in range(3):
        stopped_at(out, lot.uniform(0.0, 1.2), "storyboard")
    job = FilmJob(out, "storyboard").start()
    assert job.wait(60)
    assert job.result() == "done"
    assert twice(out) == []
    with look(out) as studio:
        assert studio.storyboard.shots


@pytest.mark.slow
def test_stopped_at_thirty_random_moments_the_film_is_whole(tmp_path: Path) -> None:
    out, lot, stops = begun(tmp_path), random.Random(30), 0
    while stops < 30:
        seconds = lot.uniform(0.0, 3.5)
        job = stopped_at(out, seconds)
        stops += 1
        if job.state == "done":
            out = begun(_fresh(tmp_path, stops))
    job = FilmJob(out).start()
    assert job.wait(120)
    assert job.result() == "done"
    assert broken(out) == twice(out) == []
    assert (out / "film" / "film.mp4").is_file()


def _fresh(folder: Path, number: int) -> Path:
    fresh = folder / str(number)
    fresh.mkdir()
    return fresh


def test_a_long_computation_is_stopped_as_well(tmp_path: Path) -> None:
    out = begun(tmp_path, ENGLISH * 300)
    job = FilmJob(out, "analyse").start()
    deadline = time.monotonic() + 30
    while job.stage != "analyse" and time.monotonic() < deadline and job.running:
        time.sleep(0.02)
    assert job.stage == "analyse"
    job.stop()
    assert job.wait(10)
    assert job.state == "stopped"
    assert job.stop_answered_s is not None
    assert job.stop_answered_s <= 1.0
    assert holder(out) == ""


def test_a_cell_can_wait_and_the_loop_stays_free(tmp_path: Path) -> None:
    out, ticks = begun(tmp_path), []

    async def cell() -> str:
        async def clock() -> None:
            while True:
                ticks.append(time.monotonic())
                await asyncio.sleep(0.02)

        ticking = asyncio.create_task(clock())
        state = await FilmJob(out, "analyse").start()
        ticking.cancel()
        return state

    assert asyncio.run(cell()) == "done"
    assert len(ticks) > 10


def test_an_interrupted_cell_stops_the_work(tmp_path: Path) -> None:
    job = FilmJob(begun(tmp_path), "review")

    async def cell() -> None:
        waiting = asyncio.ensure_future(job.start()._awaited())
        await asyncio.sleep(0.4)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(cell())
    assert job.wait(5)
    assert job.state == "stopped"
    with pytest.raises(Cancelled):
        job.result()


def test_what_fails_is_told_with_its_hint(tmp_path: Path) -> None:
    out = begun(tmp_path)
    (tmp_path / "clock.txt").unlink()
    job = FilmJob(out, "read").start()
    assert job.wait(20)
    assert job.state == "failed"
    assert isinstance(job.error, BookError)
    assert job.error.hint == "Check the path."
    assert "Traceback" in job.trace


def test_a_worker_killed_from_outside_is_told_and_goes_on(tmp_path: Path) -> None:
    out = begun(tmp_path)
    job = FilmJob(out, "analyse").start()
    os.killpg(job._process.pid, signal.SIGKILL)  # type: ignore[union-attr]
    assert job.wait(10)
    assert job.state == "failed"
    assert "ended by itself" in str(job.error)
    assert job.start().wait(60)
    assert job.result() == "done"


def test_no_production_and_no_stage_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ChoiceError):
        FilmJob(tmp_path, "dance")
    with pytest.raises(OutputError):
        FilmJob(tmp_path / "nothing").start()


@pytest.mark.slow
def test_the_work_ends_when_the_kernel_is_gone(tmp_path: Path) -> None:
    out = begun(tmp_path)
    script = (
        "import os, time; from bookfilm_nb.widgets.jobs import FilmJob\n"
        f"job = FilmJob({str(out)!r}).start()\n"
        "while not job.stage: time.sleep(0.05)\n"
        "os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, timeout=60)
    assert done.returncode == 9
    deadline = time.monotonic() + 3
    while holder(out) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert holder(out) == ""
    assert broken(out) == []


def test_looking_makes_nothing_and_says_what_is_missing(tmp_path: Path) -> None:
    out = begun(tmp_path)
    before = sorted(path.name for path in out.iterdir())
    with look(out) as studio:
        for part, stage in (("book", "read"), ("screenplay", "read"), ("pictures", "read"), ("timeline", "read")):
            with pytest.raises(NotYetError) as missing:
                getattr(studio, part)
            assert missing.value.data["stage"] == stage
    assert sorted(path.name for path in out.iterdir()) == before
    production = Production.open(out)
    assert production.store.ledger() == ()
    assert not any(stage.finished for stage in status(production).stages)


def test_looking_is_free_while_somebody_works(tmp_path: Path) -> None:
    out = begun(tmp_path)
    with Production.open(out).locked(), look(out) as studio:
        assert studio.choices.minutes == 0.25
        assert holder(out) == f"process {os.getpid()}"
    assert holder(out) == ""


def test_the_panel_runs_stops_and_goes_on(tmp_path: Path) -> None:
    panel = JobPanel(begun(tmp_path), "analyse")
    assert not panel.begin.disabled
    assert panel.halt.disabled
    panel.begin.click()
    assert panel.begin.disabled
    assert not panel.halt.disabled
    assert 'role="progressbar"' in panel._bar.value
    panel.halt.click()
    assert panel.settled(5)
    assert panel.job is not None
    assert panel.job.state == "stopped"
    assert panel.begin.description == "Resume"
    panel.begin.click()
    assert panel.settled(60)
    assert panel.job.state == "done"
    assert 'aria-valuenow="100"' in panel._bar.value
    assert "Finished: analyse." in panel._says.value


@pytest.mark.slow
def test_a_panel_opened_again_finds_how_far_it_is(tmp_path: Path) -> None:
    out = begun(tmp_path)
    first = JobPanel(out, "review")
    first.begin.click()
    second = JobPanel(out)
    assert second.job is first.job is running_job(out)
    assert second.begin.disabled
    second.halt.click()
    assert first.settled(5)
    assert second.settled(5)
    assert FilmJob(out, "adapt").start().wait(60)
    third = JobPanel(out)
    assert third.job is None
    assert third.begin.description == "Resume"
    assert "Next: storyboard." in third._says.value


def test_start_is_not_forgotten_where_another_panel_refreshes_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, begin = JobPanel(begun(tmp_path), "read"), FilmJob.start
    refreshing = threading.Thread(target=panel.refresh)

    def meanwhile(job: FilmJob) -> FilmJob:
        refreshing.start()
        refreshing.join(0.3)  # it may not get through before the job is known
        return begin(job)

    monkeypatch.setattr(FilmJob, "start", meanwhile)
    panel.begin.click()
    refreshing.join()
    assert panel.job is not None
    assert panel.settled(60)
    assert panel.job.state == "done"


def test_start_waits_a_moment_for_what_another_panel_does(tmp_path: Path) -> None:
    out = begun(tmp_path)
    panel, held, go = JobPanel(out, "read"), threading.Event(), threading.Event()

    def other() -> None:
        with Production.open(out).locked():
            held.set()
            go.wait(20)

    working = threading.Thread(target=other)
    working.start()
    assert held.wait(20)
    threading.Timer(0.2, go.set).start()
    panel.begin.click()
    working.join()
    assert panel.problem == ""
    assert panel.job is not None
    assert panel.settled(60)
    assert panel.job.state == "done"


def test_a_second_panel_names_who_holds_the_production(tmp_path: Path) -> None:
    out = begun(tmp_path)
    script = (
        "import sys, time; from pathlib import Path; from bookfilm_nb.production import Production\n"
        f"with Production.open(Path({str(out)!r})).locked():\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        panel = JobPanel(out)
        assert panel.problem == f"{out} is being worked on by process {other.pid}."
        panel.begin.click()
        assert f"process {other.pid}" in panel.problem
        assert panel.job is None
    finally:
        other.communicate()
    panel.refresh()
    assert panel.problem == ""


@pytest.mark.slow
def test_a_job_that_finds_the_production_held_fails_with_its_holder(tmp_path: Path) -> None:
    out = begun(tmp_path)
    with Production.open(out).locked():
        job = FilmJob(out, "read").start()
        assert job.wait(20)
        panel = JobPanel(out)
        panel.begin.click()
        assert "This notebook itself" in panel._error.value or "this notebook itself" in panel._error.value
    assert isinstance(job.error, StoreError)
    assert f"process {os.getpid()}" in str(job.error)


def test_remaining_time_falls_and_follows_the_ledger(tmp_path: Path) -> None:
    usual = Pace({"adapt": 2.0, "voice": 10.0, "render": 20.0, "review": 1.0}, {})
    times = [usual.remaining_s("review", "render", done, 10, 12.0 + 2 * done) for done in range(11)]
    assert times == sorted(set(times), reverse=True)  # type: ignore[type-var]
    slow = Pace(usual.usual_s, {"render": 40.0})
    assert slow.remaining_s("review", "render", 0, 10, 1.0) > usual.remaining_s("review", "render", 0, 10, 1.0)  # type: ignore[operator]
    assert usual.remaining_s("review", "", 0, 0, 0.0) is None
    production = Production.open(begun(tmp_path))
    production.store.record("k", "render", "s1", "{}", seconds=3.0)
    production.store.record("l", "render", "s2", "{}", seconds=5.0)
    assert pace_of(production).piece_s == {"render": 4.0}
