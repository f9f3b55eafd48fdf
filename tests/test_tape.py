"""Recorded runs: whole lines only, replies that were not changed, and a recording that is complete."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import InputError, ProviderError
from bookfilm_nb.model import Receipt, blob_digest
from bookfilm_nb.production.tape import Tape

if TYPE_CHECKING:
    from pathlib import Path

RECEIPT = Receipt(model="shop/m", usage={"pictures": 1}, cost=0.04)


def recorded(path: Path, *names: str) -> Tape:
    tape = Tape(path, replay=False)
    for name in names:
        data = f"thing {name}".encode()
        value = json.dumps({"name": name, "blob": blob_digest(data)})
        tape.add(f"key {name}", "shoot", name, value, {blob_digest(data): data}, RECEIPT)
    return tape


def test_what_was_recorded_is_replayed_and_says_so(tmp_path: Path) -> None:
    recorded(tmp_path / "deep" / "run.jsonl", "a", "b", "a")
    tape = Tape(tmp_path / "deep" / "run.jsonl", replay=True)
    found = tape.find("key b", name="b")
    assert found is not None
    assert list(found.blobs.values()) == [b"thing b"]
    assert found.receipt.replayed
    assert found.receipt.cost == 0.04
    assert ("key a" in tape, "key c" in tape) == (True, False)
    assert len((tmp_path / "deep" / "run.jsonl").read_text().splitlines()) == 2


def test_a_line_that_a_kill_cut_off_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    recorded(path, "a", "b")
    whole = path.read_bytes()
    for cut in range(1, len(whole) - whole.index(b"\n") - 1, 37):
        path.write_bytes(whole[:-cut])
        with pytest.raises(ProviderError, match="no reply for b"):
            Tape(path, replay=True).find("key b", name="b")
        recorded(path, "b")
        assert path.read_bytes() == whole


def test_a_replay_never_writes(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    recorded(path, "a")
    before = path.read_bytes()
    Tape(path, replay=True).add("key x", "shoot", "x", "{}", {}, RECEIPT)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        {"blobs": {}},
        {"blobs": {"../../../../etc/passwd": "eA=="}},
        {"blobs": {"00": "!"}},
        {"blobs": []},
        {"value": {"layers": [{"blob": "../../../../etc/passwd"}]}},
        {"value": {"talk_blob": "0" * 64}},
        {"receipt": {"model": "m", "cost": "free"}},
        {"receipt": None},
    ],
)
def test_a_changed_reply_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "run.jsonl"
    recorded(path, "a")
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}) + "\n")
    with pytest.raises(InputError, match="was changed"):
        Tape(path, replay=True).find("key a", name="a")


@given(text=st.binary(max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_is_no_tape_is_said_to_be_none(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(text + b"\n")
    with pytest.raises(InputError, match="no part of a recorded run"):
        Tape(path, replay=True)
