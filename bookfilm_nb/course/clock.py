"""How long each step takes."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Clock"]


class Clock:
    """Seconds by step: ``with clock("speech"): ...``. A step that is run again counts anew, not twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Measure what happens inside the ``with`` block, also where it fails."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = time.perf_counter() - begun

    @property
    def total(self) -> float:
        """Seconds of all steps together."""
        return sum(self.seconds.values())
