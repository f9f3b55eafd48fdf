"""Killed at any moment and run again: the same film, nothing made twice, nobody left working in the dark."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import psutil
import pytest
from film_files import ENGLISH, bookfilm, command, opened

from bookfilm_nb.production import Production

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KILLS = 10
SMALL = ("--minutes", "0.3", "--size", "480p")


class Undisturbed(NamedTuple):
    book: Path
    folder: Path
    film: str
    rows: int


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    book = folder / "clock.txt"
    book.write_text(ENGLISH, "utf-8")
    done = bookfilm("film", book, "--out", folder / "film", *SMALL, "--json")
    assert done.returncode == 0, done.stderr
    rows = len(Production.open(folder / "film").store.ledger())
    return Undisturbed(book, folder / "film", json.loads(done.stdout)["film"], rows)


def _started(undisturbed: Undisturbed, out: Path) -> subprocess.Popen[bytes]:
    line = command("film", undisturbed.book, "--out", out, *SMALL)
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _rows(out: Path) -> int:
    """Lines in the ledger, 0 while there is none."""
    if not (out / "production.toml").is_file():
        return 0
    store = Production.open(out).store
    try:
        return len(store.ledger())
    finally:
        store.close()


def _until(process: subprocess.Popen[bytes], out: Path, rows: int, more_s: float) -> None:
    """Wait until the ledger is this long, and that much longer, or the process has ended."""
    deadline = time.monotonic() + 120
    while process.poll() is None and _rows(out) < rows:
        assert time.monotonic() < deadline
    process_ended = _waited(process, more_s)
    assert process_ended or process.poll() is None


def _waited(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def test_killed_at_ten_points_it_is_the_same_film(undisturbed: Undisturbed, tmp_path: Path) -> None:
    lot = random.Random(2026)
    out = tmp_path / "film"
    killed, workers_seen = 0, 0
    for part in range(KILLS):
        process = _started(undisturbed, out)
        _until(process, out, round((part + lot.random()) / KILLS * undisturbed.rows), lot.uniform(0, 0.4))
        below = [psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else [[]]
        killed += process.poll() is None
        workers_seen += len(below[0])
        process.send_signal(signal.SIGKILL)
        process.wait()
        _, left = psutil.wait_procs(below[0], timeout=5)
        assert [p.pid for p in left] == []
    assert killed >= KILLS - 1
    assert workers_seen > 0
    done = bookfilm("film", undisturbed.book, "--out", out, *SMALL, "--json")
    assert done.returncode == 0, done.stderr
    assert opened(json.loads(done.stdout)["film"]) == opened(undisturbed.film)
    rows = Production.open(out).store.ledger()
    assert {row.outcome for row in rows} == {"made"}
    assert {key: times for key, times in Counter(row.key for row in rows).items() if times > 1} == {}
    other = Production.open(undisturbed.folder).store.ledger()
    same = {"adapt", "storyboard", "voice", "shoot", "score", "cut", "render"}
    assert {r.key for r in rows if r.kind in same} == {r.key for r in other if r.kind in same}
    assert list((out / "film").glob(".*")) == []


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_stopped_with_ctrl_c_it_ends_at_once_and_goes_on_later(
    undisturbed: Undisturbed, tmp_path: Path, share: float
) -> None:
    out = tmp_path / "film"
    process = _started(undisturbed, out)
    _until(process, out, round(share * undisturbed.rows), 0.05)
    below = psutil.Process(process.pid).children(recursive=True)
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert time.monotonic() - asked < 2
    _, left = psutil.wait_procs(below, timeout=5)
    assert [p.pid for p in left] == []
    before = {row.key for row in Production.open(out).store.ledger()}
    done = bookfilm("film", undisturbed.book, "--out", out, *SMALL, "--json")
    assert done.returncode == 0, done.stderr
    rows = Production.open(out).store.ledger()
    assert before <= {row.key for row in rows}
    assert max(Counter(row.key for row in rows).values()) == 1
    assert opened(json.loads(done.stdout)["film"]) == opened(undisturbed.film)
