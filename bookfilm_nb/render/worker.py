"""The worker process: slots from standard input, segments to standard output.

A job is a line of JSON (slot.py). The answer is a line of JSON with the number of bytes, then the bytes.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from bookfilm_nb.errors import BookfilmError

from .blobs import reader
from .encode import encode
from .slot import Painter, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .yuv import Plane

__all__ = ["main", "render_slot"]


def render_slot(slot: Slot, read: Callable[[str], bytes]) -> bytes:
    """The slot composited and encoded, as an MP4."""

    def pictures() -> Iterator[Plane]:
        painter = Painter(slot, read)
        for k in range(slot.clip.length):
            yield painter.paint(k).i420

    return encode(pictures(), width=slot.width, height=slot.height, fps=slot.fps)


def main() -> None:
    """Answer jobs until standard input ends."""
    cv2.setNumThreads(1)
    read = reader(Path(sys.argv[1]))
    inbox = _Inbox()
    threading.Thread(target=inbox.listen, daemon=True).start()
    out = sys.stdout.buffer
    while line := inbox.jobs.get():
        began = time.process_time()
        try:
            data = render_slot(Slot.from_json(line), read)
        except BookfilmError as failed:
            answer: dict[str, object] = {"problem": failed.problem, "hint": failed.hint}
            data = b""
        except Exception as broken:
            answer = {"problem": f"A shot could not be rendered: {broken!r}.", "hint": "Please report this."}
            data = b""
        else:
            answer = {"bytes": len(data), "seconds": time.process_time() - began}
        inbox.answered += 1
        out.write(json.dumps(answer).encode() + b"\n" + data)
        out.flush()


class _Inbox:
    """Jobs as they come. When the input ends during a job, the parent is gone: so is the reason to go on."""

    def __init__(self) -> None:
        self.jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.answered = 0
        self._asked = 0

    def listen(self) -> None:
        while line := sys.stdin.buffer.readline():
            self._asked += 1
            self.jobs.put(line)
        if self.answered < self._asked:
            os._exit(1)
        self.jobs.put(b"")


if __name__ == "__main__":
    main()
