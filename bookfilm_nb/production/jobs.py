"""Work that takes a while: how far it is, how to stop it, and how to spread it over the cores."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bookfilm_nb.errors import Cancelled, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Job", "Progress", "cores", "follow_parent", "spread"]

T = TypeVar("T")
R = TypeVar("R")


class Progress(Protocol):
    """Whoever wants to know how far the work is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """``done`` of ``total`` pieces of the stage are finished."""
        ...


class Job:
    """One run: its progress is told to a listener, and it stops soon after ``cancel``."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.cancelled = threading.Event()
        self._progress = progress

    def cancel(self) -> None:
        """Ask the work to stop; what is finished is kept."""
        self.cancelled.set()

    def tell(self, stage: str, done: int, total: int) -> None:
        """Report progress; raises Cancelled where somebody asked to stop."""
        if self._progress is not None:
            self._progress(stage, done, total)
        self.check()

    def check(self) -> None:
        """Raise Cancelled where somebody asked to stop."""
        if self.cancelled.is_set():
            raise Cancelled("Stopped.", hint="Run the same command again to go on from here.")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def follow_parent(parent: int) -> None:
    """Make a worker end when its parent, the process with this id, is gone, so that nothing goes on in the dark."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides

    def watch() -> None:
        while os.getppid() == parent:
            threading.Event().wait(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def _main_hidden() -> Iterator[None]:
    """Hide the main script from processes that are being started.

    They would otherwise run it again, and a plain script or notebook that makes a film has no guard against that.
    What they are to do lies in importable modules.
    """
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {
        name: main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in main.__dict__
    }
    main.__dict__["__spec__"] = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)


def spread(
    work: Callable[[T], R], items: Sequence[T], *, job: Job, workers: int | None = None
) -> Iterator[tuple[T, R]]:
    """Do the work for each item in processes of their own; yields (item, result) as they finish.

    ``work`` must be a module's function, and items and results picklable. The workers are spawned, not
    forked, because a notebook's kernel has threads. Stops within a quarter of a second of ``job.cancel``.
    Raises what ``work`` raises, and ProviderError where a worker was ended from outside.
    """
    count = min(workers or cores(), len(items))
    if count == 0:
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=follow_parent, initargs=(os.getpid(),))
    try:
        with _main_hidden():
            waiting: dict[Future[R], T] = {pool.submit(work, item): item for item in items}
        while waiting:
            job.check()
            finished, _ = wait(waiting, timeout=0.25, return_when=FIRST_COMPLETED)
            for future in finished:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool as ended:
        raise ProviderError(
            "A worker process ended before its work was done.",
            hint="Is there memory left? Run it again: what was finished is kept.",
        ) from ended
    finally:
        processes = list((pool._processes or {}).values())  # noqa: SLF001 - the pool has no public way to end running work
        pool.shutdown(wait=False, cancel_futures=True)
        if any(not f.done() for f in waiting):
            for process in processes:
                process.terminate()
