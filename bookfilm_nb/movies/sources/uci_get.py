"""UCI's movie archive: fetched and unpacked, with every entry looked at before anything of it is written."""

from __future__ import annotations

import stat
import tarfile
import time
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.download import DownloadProgress, download, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["UCI_URL", "fetch_uci", "unpack"]

UCI_URL = "https://archive.ics.uci.edu/static/public/132/movie.zip"
_LARGEST = 200 << 20
_MOST_BYTES = 500 << 20
_MOST_FILES = 1000
_INNER = (".zip", ".tar", ".tar.gz", ".tgz")


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


def unpack(archive: Path, folder: Path) -> list[Path]:
    """Unpack a zip or tar file, and such files directly inside it, flat into the folder; the files, by name.

    Nothing is written unless all of it is sound: a name that leads outside, a link, an encrypted entry, more than a
    thousand files or 500 MiB, or two files of one name raise DataError.
    """
    with written(folder), TemporaryDirectory(prefix=".unpack-", dir=folder) as scratch:
        made = _spread(archive, Path(scratch) / "outer", _MOST_BYTES)
        for inner in [path for path in made if path.name.lower().endswith(_INNER)]:
            others = [path for path in made if path != inner]
            room = _MOST_BYTES - sum(path.stat().st_size for path in others)
            made = _merged(archive, others, _spread(inner, Path(scratch) / f"of {inner.name}", room))
        if any(path.name.startswith(archive.name) for path in made):
            raise _refused(archive, "one of its files has its own name")
        return sorted(path.replace(folder / path.name) for path in made)


def _merged(archive: Path, outer: list[Path], inner: list[Path]) -> list[Path]:
    both = [*outer, *inner]
    if len({path.name for path in both}) < len(both):
        raise _refused(archive, "two of its files have one name")
    return both


def _spread(archive: Path, folder: Path, room: int) -> list[Path]:
    """The archive's files, of ``room`` bytes at most, written flat into a new folder."""
    folder.mkdir()
    made: list[Path] = []
    try:
        for name, stream in _entries(archive):
            path = folder / _plain_name(archive, name)
            if path in made:
                raise _refused(archive, f"two of its files have one name, {path.name}")
            if len(made) == _MOST_FILES:
                raise _refused(archive, f"it holds more than {_MOST_FILES} files")
            with stream, path.open("xb") as file:
                while chunk := stream.read(1 << 18):
                    room -= len(chunk)
                    if room < 0:
                        raise _refused(archive, f"it unpacks to more than {_MOST_BYTES >> 20} MiB")
                    file.write(chunk)
            made.append(path)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise _refused(archive, "it is damaged or encrypted") from error
    return made


def _entries(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as zipped:
            for entry in zipped.infolist():
                if stat.S_ISLNK(entry.external_attr >> 16):
                    raise _refused(archive, f"{entry.filename} is a link")
                if not entry.is_dir():
                    yield entry.filename, zipped.open(entry)
    else:
        with tarfile.open(archive, "r:*") as tarred:
            for member in tarred:
                if member.isdir():
                    continue
                stream = tarred.extractfile(member) if member.isreg() else None
                if stream is None:
                    raise _refused(archive, f"{member.name} is no plain file")
                yield member.name, stream


def _plain_name(archive: Path, name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.name or any(sign in name for sign in "\\:\0"):
        raise _refused(archive, f"{name!r} leads outside")
    return path.name


def _refused(archive: Path, reason: str) -> DataError:
    return DataError(
        f"{archive.name} is not unpacked: {reason}.", hint="Delete it and fetch it again.", path=str(archive)
    )
