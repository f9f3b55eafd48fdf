"""The film's picture as segments, one a shot, each made once, many at a time.

Workers are processes of their own (``python -m bookfilm_nb.render.worker``) that get a job as a line of
JSON and give back the encoded bytes, so they work the same from a shell, a notebook kernel and a test; a
worker whose parent is gone ends by itself.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from bookfilm_nb.errors import Cancelled, RenderError
from bookfilm_nb.model import digest_of

from .encode import ENCODER
from .slot import Slot, slot_of
from .workers import Worker, available_cores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bookfilm_nb.model import Timeline

__all__ = ["RENDER_REVISION", "Progress", "render_segments", "segment_key"]

RENDER_REVISION = "1"
"""Changes whenever the same slot would give other pixels: part of every segment's key."""


class Progress(Protocol):
    """Told after every segment: frames that are ready, and frames of the film."""

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` frames are ready."""
        ...


class _Job(NamedTuple):
    key: str
    slot: Slot


class _Done(NamedTuple):
    job: _Job
    data: bytes
    seconds: float


def segment_key(timeline: Timeline, index: int, *, burn: bool = False) -> str:
    """The name of shot ``index``'s segment: a digest of all that decides its pixels.

    That is its own clip wherever it stands in the film, the earlier clip where it dissolves, the size and
    rate, the encoder's settings, and with ``burn`` the captions heard over it. One changed shot changes at
    most two keys.
    """
    return _key(slot_of(timeline, index, burn=burn))


def render_segments(
    timeline: Timeline,
    blobs: Path,
    have: Callable[[str], bool],
    put: Callable[[str, bytes, float], None],
    *,
    workers: int | None = None,
    burn: bool = False,
    cancel: threading.Event | None = None,
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Make every segment that ``have(key)`` does not know; give the keys of all, in the film's order.

    ``blobs`` is the folder of blobs, ``<first two hex>/<digest>``. Each finished segment (an MP4) goes to
    ``put(key, bytes, CPU seconds)`` at once, in the caller's thread. ``workers`` is the number of processes, at most
    one a core. Raises Cancelled within a second of ``cancel`` being set, RenderError where a shot cannot
    be made; what was put is kept.
    """
    slots = [slot_of(timeline, index, burn=burn) for index in range(len(timeline.shots))]
    keys = tuple(_key(slot) for slot in slots)
    missing = {key: _Job(key, slot) for key, slot in zip(keys, slots, strict=True) if not have(key)}
    total = sum(slot.clip.length for slot in slots)
    done = sum(slot.clip.length for key, slot in zip(keys, slots, strict=True) if key not in missing)
    if progress:
        progress(done, total)
    # The longest first, so that no long one is left alone at the end.
    jobs = sorted(missing.values(), key=lambda job: (-_work(job.slot), job.key))
    if not jobs:
        return keys
    with _Pool(jobs, blobs, min(workers or available_cores(), len(jobs))) as pool:
        for _ in jobs:
            finished = pool.next(cancel)
            put(finished.job.key, finished.data, finished.seconds)
            done += sum(s.clip.length for k, s in zip(keys, slots, strict=True) if k == finished.job.key)
            if progress:
                progress(done, total)
    return keys


def _key(slot: Slot) -> str:
    data = slot.model_dump(mode="json")
    for clip in (data["clip"], data["before"] or {}):
        # Names say where a picture belongs, not what it looks like.
        clip.pop("shot", None)
        clip.get("take", {}).pop("shot", None)
    return digest_of({"revision": RENDER_REVISION, "encoder": ENCODER, "slot": data})


def _work(slot: Slot) -> int:
    return slot.clip.length + (slot.clip.dissolve if slot.before else 0)


class _Pool:
    """Threads that each feed one worker process; results are taken by the caller's thread."""

    def __init__(self, jobs: list[_Job], blobs: Path, size: int) -> None:
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        for job in jobs:
            self._jobs.put(job)
        self._results: queue.SimpleQueue[_Done | BaseException] = queue.SimpleQueue()
        self._workers = [Worker(blobs) for _ in range(size)]
        self._threads = [threading.Thread(target=self._feed, args=(w,), daemon=True) for w in self._workers]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers, whatever they are doing, and wait for them."""
        for worker in self._workers:
            worker.end()
        for thread in self._threads:
            thread.join()

    def next(self, cancel: threading.Event | None) -> _Done:
        """The next finished segment; raises what went wrong in a worker, or Cancelled."""
        while True:
            if cancel is not None and cancel.is_set():
                raise Cancelled("Rendering was stopped.", hint="Finished shots are kept; run it again to go on.")
            try:
                result = self._results.get(timeout=0.1)
            except queue.Empty:
                continue
            if isinstance(result, BaseException):
                raise result
            return result

    def _feed(self, worker: Worker) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                worker.finish()
                return
            try:
                data, seconds = worker.run(job.slot)
            except (RenderError, OSError, ValueError) as failed:
                self._results.put(failed)
                return
            self._results.put(_Done(job, data, seconds))
