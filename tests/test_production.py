"""The store, the ledger and the folder: nothing is made twice, nothing is half-written."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookfilm_nb.errors import Cancelled, ChoiceError, OutputError, ProviderError, StoreError
from bookfilm_nb.model import Span, blob_digest
from bookfilm_nb.production import (
    Choices,
    Job,
    Production,
    choices_from_toml,
    choices_to_toml,
    spread,
    write_atomically,
)
from bookfilm_nb.studio import start


def production(folder: Path) -> Production:
    return Production.create(folder, Choices(book="b.txt"))


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    p = production(tmp_path / "film")
    calls = []

    def maker() -> tuple[Span, dict[str, bytes]]:
        calls.append(1)
        return Span(start=1, end=2), {blob_digest(b"x"): b"x"}

    for _ in range(3):
        assert p.make("read", "a", Span, {"text": "x"}, maker) == Span(start=1, end=2)
    assert p.make("read", "a", Span, {"text": "y"}, maker) == Span(start=1, end=2)
    assert len(calls) == 2
    assert [row.outcome for row in p.store.ledger()] == ["made", "made"]


def test_an_artefact_that_lost_its_blob_is_made_again(tmp_path: Path) -> None:
    p = production(tmp_path / "film")
    digest = blob_digest(b"sound")
    made = lambda: (Span(start=0, end=1), {digest: b"sound"})  # noqa: E731
    p.make("voice", "a", Span, {"n": 1}, made)
    p.store.path(digest).unlink()
    p.make("voice", "a", Span, {"n": 1}, made)
    assert p.store.read(digest) == b"sound"
    assert len(p.store.ledger()) == 2


def test_a_failure_is_in_the_ledger_and_leaves_no_artefact(tmp_path: Path) -> None:
    p = production(tmp_path / "film")

    def fails() -> tuple[Span, dict[str, bytes]]:
        raise ProviderError("The engine is out of order.")

    with pytest.raises(ProviderError):
        p.make("voice", "a", Span, {"n": 1}, fails)
    (row,) = p.store.ledger()
    assert row.outcome == "failed"
    assert p.store.find(p.key("voice", {"n": 1})) is None


def test_two_processes_do_not_fight(tmp_path: Path) -> None:
    p = production(tmp_path / "film")
    with p.locked():
        other = Production.open(tmp_path / "film")
        with pytest.raises(StoreError, match=f"process {os.getpid()}"), other.locked():
            pass
    with Production.open(tmp_path / "film").locked():
        pass


def test_a_killed_process_leaves_whole_artefacts_only(tmp_path: Path) -> None:
    folder = tmp_path / "film"
    production(folder).store.close()
    script = textwrap.dedent(f"""
        from pathlib import Path
        from bookfilm_nb.model import Span, blob_digest
        from bookfilm_nb.production import Production
        p = Production.open(Path({str(folder)!r}))
        for i in range(100000):
            data = bytes([i % 251]) * 50000 + str(i).encode()
            p.make("voice", str(i), Span, {{"i": i}}, lambda: (Span(start=i, end=i), {{blob_digest(data): data}}))
    """)
    process = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 60
    p = Production.open(folder)
    while len(p.store.ledger()) < 20 and time.monotonic() < deadline:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    rows = p.store.ledger()
    assert len(rows) >= 20
    for row in rows:
        found = p.store.find(row.key)
        assert found is not None
        for blob in found.blobs:
            assert blob_digest(p.store.read(blob)) == blob


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(OutputError, match="no production"):
        production(tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_way_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "film").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        production(tmp_path / "film")
    with pytest.raises(OutputError):
        write_atomically(tmp_path / "film" / "inside", "x")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "screenplay.fountain"
    write_atomically(target, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="disk is full"):
        write_atomically(target, "new")
    assert target.read_text() == "old"
    assert [f.name for f in tmp_path.iterdir()] == ["screenplay.fountain"]


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    production(tmp_path / "film").store.close()
    for name in ("index.sqlite", "index.sqlite-wal", "index.sqlite-shm"):
        (tmp_path / "film" / ".store" / name).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        Production.open(tmp_path / "film")


@given(
    book=st.text(min_size=1).filter(lambda t: "\x00" not in t and t.isprintable()),
    rights=st.text().filter(str.isprintable),
    minutes=st.floats(0.1, 600),
    seed=st.integers(0, 2**31 - 1),
    burn=st.booleans(),
)
def test_choices_survive_their_file(book: str, rights: str, minutes: float, seed: int, burn: bool) -> None:
    choices = Choices(book=book, rights=rights, minutes=minutes, seed=seed, burn_captions=burn)
    assert choices_from_toml(choices_to_toml(choices)) == choices


@pytest.mark.parametrize("text", ["book = ", 'book = "x"\nminutes = 0', 'book = "x"\nminuets = 2', 'size = "720p"'])
def test_a_spoiled_choices_file_is_a_clear_error(text: str) -> None:
    with pytest.raises(ChoiceError):
        choices_from_toml(text)


def test_work_is_spread_and_every_piece_comes_back() -> None:
    found = spread(math.factorial, list(range(20)), job=Job(), workers=2)
    assert dict(found) == {n: math.factorial(n) for n in range(20)}


def test_a_cancelled_job_stops_spreading() -> None:
    job = Job()
    results = spread(math.factorial, list(range(50)), job=job, workers=2)
    next(results)
    job.cancel()
    with pytest.raises(Cancelled):
        list(results)


def test_choices_of_an_earlier_run_or_an_edited_file_hold(tmp_path: Path) -> None:
    book = tmp_path / "story.txt"
    book.write_text("The Mill\n\nAnna went to the mill. It was dark. She called, and nobody answered.\n", "utf-8")
    folder = tmp_path / "film"
    start(book, folder, minutes=0.5, size="480p").store.close()
    again = start(book, folder, seed=9)
    assert (again.choices.minutes, again.choices.size, again.choices.seed) == (0.5, "480p", 9)
    again.store.close()
    file = folder / "production.toml"
    file.write_text(file.read_text("utf-8").replace("minutes = 0.5", "minutes = 0.75"), "utf-8")
    assert start(book, folder).choices.minutes == 0.75
    other = tmp_path / "other.txt"
    other.write_text(book.read_text("utf-8"), "utf-8")
    assert start(other, folder).choices.minutes == Choices(book="x").minutes


def test_a_plain_script_may_spread_work(tmp_path: Path) -> None:
    script = tmp_path / "plain.py"
    script.write_text(
        "import math\nprint('begun')\nfrom bookfilm_nb.production import Job, spread\n"
        "print(sorted(root for _, root in spread(math.sqrt, [1, 4, 9], job=Job(), workers=2)))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == ["begun", "[1.0, 2.0, 3.0]"]
