"""A worker process seen from its parent: one slot in, one encoded segment out."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from bookfilm_nb.errors import RenderError

if TYPE_CHECKING:
    from pathlib import Path

    from .slot import Slot

__all__ = ["Worker", "available_cores"]


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Worker:
    """One process, started at once. A pipe to its standard input is its life line: closed, it ends."""

    def __init__(self, blobs: Path) -> None:
        # Threaded linear algebra is never used here; its thread pool would cost a tenth of a second.
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bookfilm_nb.render.worker", str(blobs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            # Ctrl-C in a terminal reaches the parent only, which then ends its workers.
            start_new_session=True,
        )

    def run(self, slot: Slot) -> tuple[bytes, float]:
        """The slot as an MP4, and the CPU seconds it took. Raises RenderError."""
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(slot.to_json().encode() + b"\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RenderError(
                f"A render worker ended before shot {slot.clip.shot} was done.",
                hint="Is there memory left? Run it again: finished shots are kept.",
                shot=slot.clip.shot,
                status=self._process.wait(),
            )
        answer = json.loads(line)
        if "problem" in answer:
            raise RenderError(answer["problem"], hint=answer["hint"], shot=slot.clip.shot)
        return self._process.stdout.read(answer["bytes"]), float(answer["seconds"])

    def finish(self) -> None:
        """No more jobs: close its input and wait for its end."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._process.wait()

    def end(self) -> None:
        """Stop it at once, whatever it does, and wait for its end."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
