"""One film's folder: the choices, the store, and the rule that nothing is made twice."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from pathlib import Path  # noqa: TC003 - kept importable for annotations read at run time
from typing import TYPE_CHECKING, TypeVar

from bookfilm_nb.errors import BookfilmError, Cancelled, OutputError, StoreError
from bookfilm_nb.model import Value, digest_of

from .choices import Choices, choices_from_toml, choices_to_toml
from .store import Store, write_atomically, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Production"]

V = TypeVar("V", bound=Value)


class Production:
    """A film in the making.

    ``folder`` holds production.toml, screenplay.fountain, storyboard.csv, film/ and .store/. Open it with
    :meth:`create` or :meth:`open`; work on it inside ``with production.locked():``.
    """

    writable = True
    """Whether files that a person may edit are written anew where what they show changed."""

    def __init__(self, folder: Path, choices: Choices) -> None:
        self.folder = folder
        self.choices = choices
        self.store = Store(folder / ".store")

    @classmethod
    def create(cls, folder: Path, choices: Choices) -> Production:
        """Make the folder, or go on in one that is there, with these choices.

        Raises OutputError; a folder that was not there before is then not there afterwards.
        """
        if folder.is_file():
            raise OutputError(f"{folder} is a file.", hint="Give a folder with --out.", path=str(folder))
        if folder.is_dir() and any(folder.iterdir()) and not (folder / ".store").is_dir():
            raise OutputError(
                f"{folder} holds other files and is no production.",
                hint="Give an empty or a new folder with --out.",
                path=str(folder),
            )
        absent = _first_absent(folder)
        try:
            production = cls(folder, choices)
            text = choices_to_toml(choices).encode("utf-8")
            file = folder / "production.toml"
            if not file.exists() or file.read_bytes() != text:
                write_atomically(file, text)
        except BookfilmError:
            if absent is not None:
                shutil.rmtree(absent, ignore_errors=True)
            raise
        return production

    @classmethod
    def open(cls, folder: Path) -> Production:
        """Open a folder that :meth:`create` made. Raises OutputError, ChoiceError."""
        file = folder / "production.toml"
        if not file.is_file():
            raise OutputError(
                f"{folder} is no production: it has no production.toml.",
                hint="Make one with `bookfilm film BOOK --out DIR`.",
                path=str(folder),
            )
        return cls(folder, choices_from_toml(file.read_text("utf-8", errors="replace")))

    @property
    def film(self) -> Path:
        """The folder of what is delivered."""
        return self.folder / "film"

    @contextlib.contextmanager
    def locked(self) -> Iterator[Production]:
        """Hold the production for one process; raises StoreError naming the process that holds it."""
        path = self.folder / ".store" / "lock"
        with writing(path):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(handle, 200).decode("utf-8", "replace") or "another process"
                raise StoreError(
                    f"{self.folder} is being worked on by {holder}.",
                    hint="Wait for it to end, or stop it.",
                    holder=holder,
                ) from None
            for left in self.store.blobs.glob("*/.writing-*"):
                left.unlink(missing_ok=True)  # of a process that was killed
            os.ftruncate(handle, 0)
            os.write(handle, f"process {os.getpid()}".encode())
            yield self
        finally:
            os.close(handle)

    def key(self, kind: str, inputs: Mapping[str, object]) -> str:
        """The digest of what an artefact is made from."""
        return digest_of({"kind": kind, **inputs})

    def make(
        self,
        kind: str,
        name: str,
        shape: type[V],
        inputs: Mapping[str, object],
        maker: Callable[[], tuple[V, Mapping[str, bytes]]],
        *,
        engine: str = "",
        parents: Sequence[str] = (),
    ) -> V:
        """The artefact made from these inputs: from the store, or made now and kept.

        ``inputs`` must say everything that decides the result, JSON types only. ``maker`` gives back the
        value and the bytes of its blobs by digest. A failure is entered in the ledger and raised again.
        """
        key = self.key(kind, inputs)
        found = self.store.find(key)
        if found is not None:
            return shape.from_json(found.value)
        begun = time.perf_counter()
        try:
            value, blobs = maker()
            self.keep(
                kind, name, key, value, blobs, engine=engine, parents=parents, seconds=time.perf_counter() - begun
            )
        except Cancelled:
            raise
        except BookfilmError:
            with contextlib.suppress(BookfilmError):
                self.store.record_failure(key, kind, name, engine=engine, seconds=time.perf_counter() - begun)
            raise
        return value

    def kept(self, key: str, shape: type[V]) -> V:
        """The finished artefact with this key. Raises StoreError where it is gone."""
        found = self.store.find(key)
        if found is None:
            raise StoreError(
                f"The production has lost an artefact ({key[:12]}).", hint="Run the stage again to make it.", key=key
            )
        return shape.from_json(found.value)

    def keep(
        self,
        kind: str,
        name: str,
        key: str,
        value: Value,
        blobs: Mapping[str, bytes],
        *,
        engine: str = "",
        parents: Sequence[str] = (),
        seconds: float = 0.0,
    ) -> None:
        """Enter something that was made elsewhere, such as in a worker process."""
        for data in blobs.values():
            self.store.put(data)
        self.store.record(
            key, kind, name, value.to_json(), blobs=tuple(blobs), parents=parents, engine=engine, seconds=seconds
        )


def _first_absent(folder: Path) -> Path | None:
    """The outermost folder that would have to be made, or None where all are there."""
    absent = [path for path in (folder, *folder.parents) if not path.exists()]
    return absent[-1] if absent else None
