"""Clients of services, one for each address and key, however many threads ask at once."""

from __future__ import annotations

import threading
from functools import cache, wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["kept"]

C = TypeVar("C")


def kept(build: Callable[[str, str], C]) -> Callable[[str, str], C]:
    """``build(url, key)``, called once for each pair: a second client would be dropped with its connections open."""
    lock, once = threading.Lock(), cache(build)

    @wraps(build)
    def one(url: str, key: str) -> C:
        with lock:
            return once(url, key)

    return one
