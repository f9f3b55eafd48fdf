"""Work that is asked for faster than it is done: only the latest wish counts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Latest"]

T = TypeVar("T")


class Latest(Generic[T]):
    """Does ``work`` in a thread for the value asked for last; what was asked meanwhile is passed over."""

    def __init__(self, work: Callable[[T], object]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._wanted: list[T] = []
        self._idle = threading.Event()
        self._idle.set()

    def ask(self, value: T) -> None:
        """Want this done."""
        with self._lock:
            self._wanted[:] = [value]
            if not self._idle.is_set():
                return
            self._idle.clear()
        threading.Thread(target=self._run, daemon=True).start()

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is wanted; whether that is so."""
        return self._idle.wait(timeout_s)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._idle.set()
                    return
                value = self._wanted.pop()
            self._work(value)
