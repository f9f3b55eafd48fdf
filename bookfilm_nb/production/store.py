"""A content-addressed store: blobs named by their digest, and an index of what was made from what.

Layout: ``blobs/<first two hex>/<sha256>`` and ``index.sqlite`` (WAL). JSON and bytes only: nothing is
unpickled. An artefact is *finished* when its row is in the index, and its row is written only after its
blobs are in place, so a process may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import BookfilmError, OutputError, StoreError
from bookfilm_nb.model import blob_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Artefact", "LedgerRow", "Store", "blob_path", "write_atomically", "writing"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS artefacts (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    blobs TEXT NOT NULL, parents TEXT NOT NULL, made_at REAL NOT NULL, seconds REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS artefacts_by_name ON artefacts (kind, name);
CREATE TABLE IF NOT EXISTS ledger (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
    engine TEXT NOT NULL, outcome TEXT NOT NULL, seconds REAL NOT NULL, money REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Artefact(NamedTuple):
    """Something finished: its value as JSON, and the blobs that the value names."""

    key: str
    kind: str
    name: str
    value: str
    blobs: tuple[str, ...]
    parents: tuple[str, ...]
    made_at: float
    seconds: float


class LedgerRow(NamedTuple):
    """One piece of work, paid or not."""

    at: float
    kind: str
    name: str
    key: str
    engine: str
    outcome: str
    """"made" or "failed"."""
    seconds: float
    money: float


def blob_path(blobs: Path, digest: str) -> Path:
    """Where a blob lies below the folder of blobs."""
    return blobs / digest[:2] / digest


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn the operating system's refusals into an OutputError that says what to try."""
    try:
        yield
    except OSError as refusal:
        if refusal.errno in {errno.ENOSPC, errno.EDQUOT}:
            problem, hint = f"The disk is full: {target} could not be written.", "Free some space and run it again."
        elif refusal.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            problem, hint = f"{target} cannot be written: no permission.", "Choose another folder with --out."
        elif refusal.errno in {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
            problem, hint = (
                f"{target} is in the way: a file where a folder should be, or the reverse.",
                "Choose another folder with --out.",
            )
        else:
            problem, hint = f"{target} could not be written: {refusal.strerror}.", "Choose another folder with --out."
        raise OutputError(problem, hint=hint, path=str(target)) from refusal


def write_atomically(target: Path, data: bytes | str) -> None:
    """Write the whole file or nothing: a temporary name first, then a move. Raises OutputError."""
    payload = data.encode("utf-8") if isinstance(data, str) else data
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(payload)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


class Store:
    """The store of one production; several threads of one process may use it, each through its own Store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.blobs = folder / "blobs"
        with writing(folder):
            self.blobs.mkdir(parents=True, exist_ok=True)
        try:
            self._index = sqlite3.connect(folder / "index.sqlite", isolation_level=None, timeout=30)
            self._index.execute("PRAGMA journal_mode=WAL")
            self._index.execute("PRAGMA synchronous=NORMAL")
            self._index.executescript(_SCHEMA)
        except sqlite3.Error as fault:
            raise self._fault(fault) from fault

    def _fault(self, fault: sqlite3.Error) -> BookfilmError:
        if any(sign in str(fault) for sign in ("full", "readonly", "unable to open", "disk I/O")):
            return OutputError(
                f"The index of {self.folder} cannot be written: {fault}.",
                hint="Free some space, or choose another folder with --out.",
                path=str(self.folder),
            )
        return StoreError(
            f"The index of {self.folder} is damaged: {fault}.",
            hint="Move the .store folder away; everything in it can be made again.",
            path=str(self.folder),
        )

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def put(self, data: bytes | Path) -> str:
        """Keep bytes, or a file (which is moved in), and return the digest that names them."""
        if isinstance(data, bytes):
            digest = blob_digest(data)
            target = blob_path(self.blobs, digest)
            if not target.exists():
                write_atomically(target, data)
            return digest
        with data.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        target = blob_path(self.blobs, digest)
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(data, target)
        return digest

    def path(self, digest: str) -> Path:
        """Where the blob lies; raises StoreError where it does not."""
        path = blob_path(self.blobs, digest)
        if not path.exists():
            raise StoreError(
                f"The store has lost the blob {digest[:12]}.", hint="Run the stage again to make it.", digest=digest
            )
        return path

    def read(self, digest: str) -> bytes:
        """The bytes of a blob."""
        return self.path(digest).read_bytes()

    def find(self, key: str) -> Artefact | None:
        """The finished artefact with this key, or None; one whose blobs were removed is not finished."""
        row = self._one("SELECT * FROM artefacts WHERE key = ?", (key,))
        if row is None:
            return None
        artefact = _artefact(row)
        return artefact if all(blob_path(self.blobs, b).exists() for b in artefact.blobs) else None

    def latest(self, kind: str, name: str) -> Artefact | None:
        """The artefact of this kind and name that was made last, whatever it was made from."""
        row = self._one(
            "SELECT * FROM artefacts WHERE kind = ? AND name = ? ORDER BY made_at DESC, rowid DESC LIMIT 1",
            (kind, name),
        )
        return None if row is None else _artefact(row)

    def versions(self, kind: str, name: str) -> tuple[Artefact, ...]:
        """Every finished artefact of this kind and name, the oldest first."""
        rows = self._index.execute(
            "SELECT * FROM artefacts WHERE kind = ? AND name = ? ORDER BY made_at, rowid", (kind, name)
        )
        found = [_artefact(row) for row in rows]
        return tuple(a for a in found if all(blob_path(self.blobs, b).exists() for b in a.blobs))

    def count(self, kind: str) -> tuple[int, int]:
        """How many different pieces of a kind are finished, and in how many versions altogether."""
        row = self._one("SELECT COUNT(DISTINCT name), COUNT(*) FROM artefacts WHERE kind = ?", (kind,))
        return (0, 0) if row is None else (int(str(row[0])), int(str(row[1])))

    def record(
        self,
        key: str,
        kind: str,
        name: str,
        value: str,
        *,
        blobs: Sequence[str] = (),
        parents: Sequence[str] = (),
        engine: str = "",
        seconds: float = 0.0,
        money: float = 0.0,
    ) -> None:
        """Enter a finished artefact and its line in the ledger, both or neither."""
        now = time.time()
        with self.transaction() as index:
            index.execute(
                "INSERT OR REPLACE INTO artefacts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (key, kind, name, value, json.dumps(list(blobs)), json.dumps(list(parents)), now, seconds),
            )
            self._enter(now, kind, name, key, engine, "made", seconds, money)

    def record_failure(self, key: str, kind: str, name: str, *, engine: str, seconds: float) -> None:
        """Enter work that failed in the ledger."""
        try:
            self._enter(time.time(), kind, name, key, engine, "failed", seconds, 0.0)
        except sqlite3.Error as fault:
            raise self._fault(fault) from fault

    def _enter(
        self, at: float, kind: str, name: str, key: str, engine: str, outcome: str, seconds: float, money: float
    ) -> None:
        self._index.execute(
            "INSERT INTO ledger (at, kind, name, key, engine, outcome, seconds, money) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (at, kind, name, key, engine, outcome, seconds, money),
        )

    def ledger(self) -> tuple[LedgerRow, ...]:
        """Every piece of work, oldest first."""
        rows = self._index.execute(
            "SELECT at, kind, name, key, engine, outcome, seconds, money FROM ledger ORDER BY id"
        )
        return tuple(LedgerRow(*row) for row in rows)

    def note(self, name: str) -> str | None:
        """A small fact kept by name, such as the digest of a file as it was last written."""
        row = self._one("SELECT value FROM notes WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def set_note(self, name: str, value: str) -> None:
        """Keep a small fact by name."""
        try:
            self._index.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))
        except sqlite3.Error as fault:
            raise self._fault(fault) from fault

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Several statements, all or none; nobody else writes meanwhile. One inside another is part of it.

        Raises StoreError, OutputError.
        """
        if self._index.in_transaction:
            yield self._index
            return
        try:
            self._index.execute("BEGIN IMMEDIATE")
            try:
                yield self._index
            except BaseException:
                self._index.execute("ROLLBACK")
                raise
            self._index.execute("COMMIT")
        except sqlite3.Error as fault:
            raise self._fault(fault) from fault

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the index answers to a question; for reading only."""
        try:
            return self._index.execute(query).fetchall()
        except sqlite3.Error as fault:
            raise self._fault(fault) from fault

    def _one(self, query: str, values: tuple[object, ...]) -> tuple[object, ...] | None:
        try:
            row: tuple[object, ...] | None = self._index.execute(query, values).fetchone()
        except sqlite3.Error as fault:
            raise self._fault(fault) from fault
        return row


def _artefact(row: tuple[object, ...]) -> Artefact:
    key, kind, name, value, blobs, parents, made_at, seconds = row
    return Artefact(
        str(key),
        str(kind),
        str(name),
        str(value),
        tuple(json.loads(str(blobs))),
        tuple(json.loads(str(parents))),
        float(str(made_at)),
        float(str(seconds)),
    )
