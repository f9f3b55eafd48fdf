"""UCI's movie archive: fetched, and unpacked where it lies."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bookfilm_nb.movies.download import DownloadProgress, download

from .archives import unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["UCI_URL", "fetch_uci"]

UCI_URL = "https://archive.ics.uci.edu/static/public/132/movie.zip"
_LARGEST = 200 << 20


def fetch_uci(
    folder: Path,
    *,
    url: str = UCI_URL,
    refresh: bool = False,
    progress: DownloadProgress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Download UCI's Movie data set into the folder, unpack it there, and give the folder back.

    Raises as :func:`bookfilm_nb.movies.download.download`, and DataError for an archive that is not safe to unpack.
    """
    archive = download(
        url, folder, name="movie.zip", holds="zip", largest=_LARGEST, refresh=refresh, progress=progress, sleep=sleep
    )
    unpack(archive, folder)
    return folder
