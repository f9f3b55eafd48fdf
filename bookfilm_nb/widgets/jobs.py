"""A film made beside the notebook: the kernel stays free, and Stop stops.

    from bookfilm_nb.widgets.jobs import FilmJob
    job = FilmJob("../films/mine", until="review").start()
    await job                     # in a cell that must wait, as in Run All; elsewhere job.wait()

The work is done in a process of its own (:mod:`bookfilm_nb.studio.apart`); a thread here listens to it. What it made
is in the production: :func:`bookfilm_nb.studio.looking.look` shows it, in this kernel or in another.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bookfilm_nb.errors import BookfilmError, Cancelled, ProviderError
from bookfilm_nb.production import Production
from bookfilm_nb.settings import redact
from bookfilm_nb.studio import STAGES
from bookfilm_nb.studio.apart import command

from .errors_told import told_error
from .remaining import Pace, pace_of
from .words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["FilmJob", "State", "running_job"]

State = Literal["ready", "running", "stopping", "stopped", "failed", "done"]

KEPT_LINES = 400
_RUNNING: dict[Path, FilmJob] = {}


def running_job(out: str | Path) -> FilmJob | None:
    """The job of this kernel that works on the production now, if there is one."""
    return _RUNNING.get(Path(out).resolve())


class FilmJob:
    """One run of a production's stages up to ``until``.

    ``listen`` is called, from any thread, whenever something changed; ``listeners`` are more of them. Begin with
    :meth:`start`; a job that ended may be started again, and goes on where it was.
    """

    def __init__(
        self, out: str | Path, until: str = "review", *, listen: Callable[[FilmJob], None] | None = None
    ) -> None:
        """``out`` is the production's folder. Raises ChoiceError for a stage that there is not."""
        self.folder = Path(out)
        self.until = until
        self.state: State = "ready"
        self.stage, self.done, self.total = "", 0, 0
        self.lines: deque[str] = deque(maxlen=KEPT_LINES)
        """What happened, a sentence a line."""
        self.notices: tuple[str, ...] = ()
        self.error: BookfilmError | None = None
        self.trace = ""
        """The traceback of what failed, keys taken out."""
        self.stop_answered_s: float | None = None
        """Seconds between the last :meth:`stop` and the end of the work."""
        self._command = command(self.folder.resolve(), until)
        self.listeners: list[Callable[[FilmJob], None]] = [listen] if listen is not None else []
        self._process: subprocess.Popen[str] | None = None
        self._ended = threading.Event()
        self._ended.set()
        self._changing = threading.Lock()
        self._asked = 0.0
        self._begun = 0.0
        self._pace = Pace({}, {})

    @property
    def running(self) -> bool:
        """Whether work is being done now."""
        return self.state in {"running", "stopping"}

    @property
    def remaining_s(self) -> float | None:
        """Seconds that the work will still take, as far as the ledger tells; None where nothing is known."""
        if not self.running:
            return None
        return self._pace.remaining_s(self.until, self.stage, self.done, self.total, time.monotonic() - self._begun)

    def start(self) -> FilmJob:
        """Begin, or go on. Raises OutputError where there is no production; one that runs is left as it is."""
        with self._changing:
            if self.running:
                return self
            production = Production.open(self.folder)
            try:
                self._pace = pace_of(production)
            finally:
                production.store.close()
            self.error, self.trace, self.notices, self.stop_answered_s = None, "", (), None
            self.stage, self.done, self.total, self._asked = "", 0, 0, 0.0
            self._begun = time.monotonic()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
            self._ended.clear()
            self.state = "running"
            _RUNNING[self.folder.resolve()] = self
            threading.Thread(target=self._follow, args=(self._process,), daemon=True).start()
        self._tell()
        return self

    def stop(self) -> None:
        """Ask the work to end; returns at once. It ends within a second, later only where a paid call is under way."""
        with self._changing:
            if self.state != "running" or self._process is None or self._process.stdin is None:
                return
            self.state, self._asked = "stopping", time.monotonic()
            with contextlib.suppress(OSError, ValueError):  # it has ended just now
                self._process.stdin.write("stop\n")
                self._process.stdin.flush()
        self._tell()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait, in a script or a test, until the work has ended; whether it has."""
        return self._ended.wait(timeout_s)

    def result(self) -> State:
        """The state of a job that has ended. Raises Cancelled where it was stopped, and whatever made it fail."""
        if self.state == "stopped":
            raise Cancelled("Stopped.", hint="Start the job again to go on from here.")
        if self.error is not None:
            raise self.error
        return self.state

    def __await__(self) -> Generator[object, None, State]:
        """Wait in a cell, the kernel free: ``await job``. Raises as :meth:`result`; an interrupt is a stop."""
        return self._awaited().__await__()

    async def _awaited(self) -> State:
        try:
            while not self._ended.is_set():
                await asyncio.sleep(0.1)
        except (asyncio.CancelledError, KeyboardInterrupt):
            self.stop()
            raise
        return self.result()

    def _tell(self) -> None:
        for listener in list(self.listeners):
            listener(self)

    def _follow(self, process: subprocess.Popen[str]) -> None:
        """Listen to the process until it ends; the only place that ends a run."""
        told: dict[str, object] = {}
        assert process.stdout is not None  # noqa: S101 - asked for above
        for line in process.stdout:
            said = _said(line)
            if said is None:
                self.lines.append(redact(line.rstrip()))
            elif "ended" in said:
                told = said
            else:
                self._heard(said)
            self._tell()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._finish(told, code)
        try:
            self._tell()
        finally:
            self._ended.set()

    def _heard(self, said: dict[str, object]) -> None:
        if "waiting" in said:
            self.lines.append(say("job.waiting", n=said["waiting"]))
        if "stage" in said:
            stage, done, total = str(said["stage"]), int(str(said["done"])), int(str(said["total"]))
            if self._over(stage) and done == total:
                return  # a later stage looked whether an earlier one is done
            if total and (done == total or stage != self.stage):
                self.lines.append(f"{time.strftime('%H:%M:%S')} {_pieces(stage, done, total)}")
            self.stage, self.done, self.total = stage, done, total

    def _over(self, stage: str) -> bool:
        known = stage in STAGES and self.stage in STAGES
        return known and STAGES.index(stage) < STAGES.index(self.stage)

    def _finish(self, told: dict[str, object], code: int) -> None:
        with self._changing:
            asked = self._asked
            if asked:
                self.stop_answered_s = time.monotonic() - asked
            end = told.get("ended", "stopped" if asked else "failed")
            if end == "failed":
                self.trace = str(told.get("trace", "\n".join(self.lines)))
                self.error = _error(told, code)
                self.lines.append(f"{told_error(self.error.problem)} {told_error(self.error.hint)}".strip())
            notices = told.get("notices", ())
            self.notices = tuple(map(str, notices)) if isinstance(notices, list) else ()
            self.lines.extend(map(told_error, self.notices))
            self._process = None
            _RUNNING.pop(self.folder.resolve(), None)
            self.state = "stopped" if end == "stopped" else "failed" if end == "failed" else "done"
            if self.state == "done":
                self.stage, self.done, self.total = STAGES[STAGES.index(self.until)], 1, 1


def _pieces(stage: str, done: int, total: int) -> str:
    name = say(f"stage.{stage}") if stage in STAGES else stage
    return say("job.pieces", stage=name, done=done, total=total)


def _said(line: str) -> dict[str, object] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) and set(said) & {"held", "stage", "ended", "waiting"} else None


def _error(told: dict[str, object], code: int) -> BookfilmError:
    from bookfilm_nb import errors

    if not told:
        return ProviderError(
            f"The work ended by itself ({code}).",
            hint="Is there memory left? Start it again: what was finished is kept.",
        )
    kind = getattr(errors, str(told["kind"]), BookfilmError)
    return kind(str(told["problem"]), hint=str(told["hint"]))
