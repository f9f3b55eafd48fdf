"""Recorded runs: what a paid engine made, kept in a file that others can replay without a network or a key.

One JSON object a line: the artefact's key (the digest of the request), its kind and name, the value, the blobs in
base64 and the receipt. There is no key to any service in it, because no request holds one.
"""

from __future__ import annotations

import base64
import json
import threading
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import InputError, ProviderError
from bookfilm_nb.model import Receipt, blob_digest

from .store import writing

if TYPE_CHECKING:
    from collections.abc import Mapping
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
        self._lock = threading.Lock()
        self._lines: dict[str, str] = {}
        if replay and not path.is_file():
            raise InputError(f"There is no recorded run {path}.", hint="Check the path.", path=str(path))
        if path.is_file():
            self._read()

    def _read(self) -> None:
        for number, line in enumerate(self.path.read_text("utf-8", errors="replace").splitlines(), 1):
            try:
                entry = json.loads(line)
                self._lines[{_SHAPE: str(entry["key"])}[entry["tape"]]] = line
            except (ValueError, KeyError, TypeError) as fault:
                raise InputError(
                    f"Line {number} of {self.path} is no part of a recorded run.",
                    hint="Record it again, or take that line out.",
                    path=str(self.path),
                ) from fault

    def find(self, key: str, *, name: str) -> Recorded | None:
        """The reply to a request, marked as replayed; None where this tape is being recorded and does not have it.

        Raises ProviderError where the tape is replayed and does not have it, InputError where a blob was changed.
        """
        with self._lock:
            line = self._lines.get(key)
        if line is None:
            if self.replay:
                raise ProviderError(
                    f"The recorded run {self.path.name} has no reply for {name}.",
                    hint="Replay it with the choices that it was recorded with, or go on without --replay.",
                    name=name,
                )
            return None
        entry = json.loads(line)
        blobs = {digest: base64.b64decode(data) for digest, data in entry["blobs"].items()}
        if any(blob_digest(data) != digest for digest, data in blobs.items()):
            raise InputError(f"The reply for {name} in {self.path} was changed.", hint="Record it again.", name=name)
        receipt = Receipt.model_validate(entry["receipt"]).model_copy(update={"replayed": True})
        return Recorded(json.dumps(entry["value"]), blobs, receipt)

    def add(self, key: str, kind: str, name: str, value: str, blobs: Mapping[str, bytes], receipt: Receipt) -> None:
        """Write down a reply, unless this run is itself a replay or has it already."""
        entry = {
            "tape": _SHAPE,
            "key": key,
            "kind": kind,
            "name": name,
            "value": json.loads(value),
            "blobs": {digest: base64.b64encode(data).decode() for digest, data in sorted(blobs.items())},
            "receipt": receipt.model_dump(mode="json"),
        }
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True)
        with self._lock:
            if self.replay or key in self._lines:
                return
            with writing(self.path):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")
            self._lines[key] = line
