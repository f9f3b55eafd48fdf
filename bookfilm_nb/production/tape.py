"""Recorded runs: what a paid engine made, kept in a file that others can replay without a network or a key.

One JSON object a line: the artefact's key (the digest of the request), its kind and name, the value, the blobs in
base64 and the receipt. There is no key to any service in it, because no request holds one. A line is written whole or
cut off where the process was killed; what was cut off counts as not recorded. A tape of somebody else is hostile input.
"""

from __future__ import annotations

import base64
import json
import threading
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from bookfilm_nb.errors import InputError, ProviderError
from bookfilm_nb.model import Receipt, blob_digest

from .store import writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Recorded", "Tape"]

_SHAPE = "bookfilm-tape-1"


class Recorded(NamedTuple):
    """One reply on a tape."""

    value: str
    """The artefact's value as JSON."""
    blobs: Mapping[str, bytes]
    receipt: Receipt


class Tape:
    """A file of replies. Open one to add to it, or to replay it; threads may share it."""

    def __init__(self, path: Path, *, replay: bool) -> None:
        """Raises InputError for a file to be replayed that is not there or is no tape."""
        self.path = path
        self.replay = replay
        self.taken = 0
        """How many replies were taken from it."""
        self._lock = threading.Lock()
        self._at: dict[str, int] = {}
        self._end = 0
        if replay and not path.is_file():
            raise InputError(f"There is no recorded run {path}.", hint="Check the path.", path=str(path))
        if path.exists():
            self._read()

    def __contains__(self, key: str) -> bool:
        """Whether the reply to the request with this key is recorded."""
        return key in self._at

    def _read(self) -> None:
        with writing(self.path), self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    break  # cut off in the middle by a kill: the next reply is written over it
                self._at[self._key_of(line, number)] = self._end
                self._end += len(line)

    def _key_of(self, line: bytes, number: int) -> str:
        try:
            entry = json.loads(line)
            return {_SHAPE: str(entry["key"])}[entry["tape"]]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputError(
                f"Line {number} of {self.path} is no part of a recorded run.",
                hint="Record it again, or take that line out.",
                path=str(self.path),
            ) from None

    def find(self, key: str, *, name: str) -> Recorded | None:
        """The reply to a request, marked as replayed; None where this tape is being recorded and does not have it.

        Raises ProviderError where the tape is replayed and does not have it, InputError where a reply was changed.
        """
        with self._lock:
            at = self._at.get(key)
            if at is None and self.replay:
                raise ProviderError(
                    f"The recorded run {self.path.name} has no reply for {name}.",
                    hint="Replay it with the choices that it was recorded with, or go on without --replay.",
                    name=name,
                )
            if at is None:
                return None
            with writing(self.path), self.path.open("rb") as file:
                file.seek(at)
                line = file.readline()
        try:
            found = _recorded(line)
        except (ValueError, KeyError, TypeError, AttributeError, ValidationError):
            raise InputError(
                f"The reply for {name} in {self.path} was changed.", hint="Record it again.", name=name
            ) from None
        with self._lock:
            self.taken += 1
        return found

    def add(self, key: str, kind: str, name: str, value: str, blobs: Mapping[str, bytes], receipt: Receipt) -> None:
        """Write down a reply, unless this run is itself a replay or has it already. Raises OutputError."""
        entry = {
            "tape": _SHAPE,
            "key": key,
            "kind": kind,
            "name": name,
            "value": json.loads(value),
            "blobs": {digest: base64.b64encode(data).decode() for digest, data in sorted(blobs.items())},
            "receipt": receipt.model_dump(mode="json"),
        }
        line = (json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
        with self._lock:
            if self.replay or key in self._at:
                return
            with writing(self.path):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with self.path.open("r+b" if self.path.exists() else "wb") as file:
                    file.seek(self._end)
                    file.truncate()
                    file.write(line)
            self._at[key] = self._end
            self._end += len(line)


def _recorded(line: bytes) -> Recorded:
    entry = json.loads(line)
    blobs = {str(digest): base64.b64decode(data, validate=True) for digest, data in entry["blobs"].items()}
    if any(blob_digest(data) != digest for digest, data in blobs.items()):
        raise ValueError("a blob is not what its name says")
    if not set(_blobs_named(entry["value"])) <= set(blobs):
        raise ValueError("the value names a blob that is not on the tape")
    receipt = Receipt.model_validate(entry["receipt"]).model_copy(update={"replayed": True})
    return Recorded(json.dumps(entry["value"]), blobs, receipt)


def _blobs_named(value: object) -> Iterator[str]:
    """Names of blobs inside a value: they become paths."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        if isinstance(part, str) and "blob" in str(name):
            yield part
        yield from _blobs_named(part)
