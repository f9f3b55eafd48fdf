"""Files fetched over HTTP: with progress, taken up again where they were cut off, checked, and moved into place whole.

pooch decides whether a file must be fetched and checks its digest; the fetching is done here over httpx, because pooch
neither resumes nor waits as a server asks.
"""

from __future__ import annotations

import errno
import hashlib
import re
import time
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError, MissingPartError, OutputError

from .transfer import DownloadProgress, Holds, Transfer, check_opens, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

__all__ = ["DownloadProgress", "Holds", "download", "written"]


def download(
    url: str,
    folder: Path,
    *,
    name: str = "",
    sha256: str = "",
    holds: Holds = "anything",
    largest: int = 8 << 30,
    refresh: bool = False,
    progress: DownloadProgress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Fetch one file into the folder and give its path back; what is there already and unchanged is kept.

    ``sha256`` is the digest that the source publishes. Where it publishes none, the digest of the first download is
    kept in ``NAME.sha256`` (as ``sha256sum -c`` reads it) and the file is held against it from then on. ``refresh``
    fetches again whatever is there. A transfer that was cut off leaves ``NAME.part`` and is taken up there, if the
    server says that the file is still the same. The finished body is opened before it counts: its length, and the
    checksums inside gzip and zip (``holds``). Waits between tries as long as the server asks (Retry-After), up to five
    minutes, else 1, 2, 4, 8 seconds; ``sleep`` does the waiting. ``largest`` is the most bytes taken.

    Raises DataError where what comes is not the file (an error page, another digest, too large, gone), where a kept
    file has changed since it was fetched; ProviderError where the server does not deliver in five tries; OutputError
    where the folder cannot be written or the disk is full; MissingPartError without pooch or httpx.
    """
    pooch = _part("pooch")
    _part("httpx")
    name = name or url.rstrip("/").rpartition("/")[2]
    target, record = folder / name, folder / f"{name}.sha256"
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if target.exists() and not refresh:
            _hold_against(target, sha256 or _recorded(record))
            if sha256 or record.exists():
                return target
            check_opens(target, holds)
        else:
            fetch = Transfer(folder / f"{name}.part", holds, largest, progress, sleep)
            _retrieve(pooch, url, target, sha256, fetch)
        _move_in(record, f"{_digest(target)}  {name}\n")
    return target


def _part(module: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingPartError(
            f"Downloading needs {module}, which is not installed.", hint="pip install 'bookfilm-nb[data]'"
        ) from error


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Turn what the file system says no to into OutputError."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise OutputError(
            f"The disk of {folder} is full." if full else f"{folder} cannot be written: {error.strerror or error}.",
            hint="Make room; what was fetched is kept and taken up again." if full else "Choose another folder.",
            path=str(folder),
        ) from error


def _move_in(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.new")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _recorded(record: Path) -> str:
    """The digest kept from the first download; nothing where there is none."""
    if not record.exists():
        return ""
    digest = record.read_text(encoding="utf-8", errors="replace").partition(" ")[0].strip()
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise DataError(f"{record} is no record of a digest.", hint="Delete it.", path=str(record))
    return digest


def _hold_against(target: Path, digest: str) -> None:
    if digest and _digest(target) != digest:
        raise DataError(
            f"{target} is not the file that was fetched: its digest has changed.",
            hint="Fetch it again with refresh, or delete it.",
            path=str(target),
            expected=digest,
        )


def _retrieve(pooch: ModuleType, url: str, target: Path, sha256: str, fetch: Transfer) -> None:
    fresh = target.with_name(f"{target.name}.fresh")
    fresh.unlink(missing_ok=True)
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("WARNING")
    try:
        pooch.retrieve(
            url, known_hash=f"sha256:{sha256}" if sha256 else None, fname=fresh.name, path=target.parent,
            downloader=fetch,
        )  # fmt: skip
    except ValueError as error:
        raise DataError(
            f"{target.name} is not the file that its source describes: the SHA-256 digest is another one.",
            hint="Try again; if it stays so, the source has changed it.",
            url=plain(url),
            expected=sha256,
        ) from error
    finally:
        logger.setLevel(level)
    fresh.replace(target)
