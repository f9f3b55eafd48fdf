"""One client for each address and key, also where threads ask for it at once."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from bookfilm_nb.providers.clients import kept


def test_threads_that_ask_at_once_get_one_client() -> None:
    both, built = threading.Barrier(2), []

    @kept
    def client(url: str, key: str) -> object:
        built.append((url, key))
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.2)  # a second builder would meet the first one here
        return object()

    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(lambda _: client("https://a", "k"), range(4)))
    assert len(found) == len(built) == 1
    assert client("https://a", "k") in found
    assert client("https://a", "other") not in found
    assert built == [("https://a", "k"), ("https://a", "other")]
