"""A production as it stands: to be looked at, without making anything and without holding it.

    from bookfilm_nb.studio.looking import look
    with look("films/mine") as studio:
        print(studio.screenplay.title)

Somebody else may be working on it meanwhile.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bookfilm_nb.errors import StoreError
from bookfilm_nb.model import Value
from bookfilm_nb.production import Job, Production, Store

from .studio import STAGES, Studio

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bookfilm_nb.production import Choices

__all__ = ["NotYetError", "holder", "look"]

V = TypeVar("V", bound=Value)


class NotYetError(StoreError):
    """Something that was not made yet, or not since the choices changed; ``data["stage"]`` makes it."""


def _not_yet(made: str) -> NotYetError:
    stage = made if made in STAGES else "cut"  # clips are made and fitted for it
    return NotYetError(
        f"The stage {stage} has not been done for what was chosen.",
        hint=f"Run the film up to {stage}.",
        stage=stage,
    )


class _LookedStore(Store):
    """A store in which nothing changes."""

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Raises NotYetError: whoever wants to write would begin work, such as a paid call."""
        raise _not_yet("shoot")
        yield  # a generator all the same


class _Looked(Production):
    """A production that gives what it has and takes nothing."""

    writable = False

    def __init__(self, folder: Path, choices: Choices) -> None:
        self.folder = folder
        self.choices = choices
        self.store = _LookedStore(folder / ".store")

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
        """What was made from these inputs. Raises NotYetError."""
        del name, maker, engine, parents
        found = self.store.find(self.key(kind, inputs))
        if found is None:
            raise _not_yet(kind)
        return shape.from_json(found.value)

    def keep(self, *_: object, **__: object) -> None:
        """What was only laid out to be looked at is not kept."""


class _NoJob(Job):
    """Raises NotYetError where work would begin."""

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage in {"voice", "shoot", "clip", "score", "render"} and done < total:
            raise _not_yet(stage)


@contextlib.contextmanager
def look(folder: str | Path) -> Iterator[Studio]:
    """The production's studio, to look at: its properties give what is there and current.

    They raise NotYetError for what is not there yet. Raises OutputError where the folder is no production, and what
    the edited files raise (ScreenplayError).
    """
    production = _Looked.open(Path(folder))
    studio = Studio(production, _NoJob())
    studio.__dict__["tape"] = None  # nothing is recorded by looking
    try:
        yield studio
    finally:
        production.store.close()


def holder(folder: str | Path) -> str:
    """Who works on the production now ("process 4711"), or "" where nobody does."""
    path = Path(folder) / ".store" / "lock"
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.read(handle, 200).decode("utf-8", "replace") or "another process"
    else:
        return ""
    finally:
        os.close(handle)
