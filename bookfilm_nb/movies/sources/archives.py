"""Archives and packed files, unpacked with every entry looked at before anything of it is written."""

from __future__ import annotations

import gzip
import stat
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.download import written

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_packed", "unpack", "unpacked"]

_MOST_FILES = 1000
_MOST_BYTES = 2 << 30
_INNER = (".zip", ".tar", ".tar.gz", ".tgz")
_MAGIC = (b"PK\x03\x04", b"\x1f\x8b")


def is_packed(path: Path) -> bool:
    """Whether this is a zip, gzip or tar file, by its first bytes and not by its name."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(512)
    return start.startswith(_MAGIC) or start[257:262] == b"ustar"


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder of an archive's files, or of the one file that gzip has packed; it is gone afterwards.

    Raises DataError as :func:`unpack`, of 2 GiB at most, and for a damaged gzip file.
    """
    with TemporaryDirectory(prefix="bookfilm-") as scratch:
        folder = Path(scratch)
        if _is_archive(path):
            unpack(path, folder, most_bytes=_MOST_BYTES)
        else:
            _gunzip(path, folder / (path.stem if path.suffix.casefold() == ".gz" else path.name))
        yield folder


def _is_archive(path: Path) -> bool:
    try:
        return zipfile.is_zipfile(path) or tarfile.is_tarfile(path)
    except (EOFError, zlib.error):
        # A gzip file that ends early: what is wrong with it is told where it is unpacked
        return False


def _gunzip(path: Path, plain: Path) -> None:
    room = _MOST_BYTES
    try:
        with gzip.open(path) as packed, plain.open("xb") as file:
            while chunk := packed.read(1 << 20):
                room -= len(chunk)
                if room < 0:
                    raise _refused(path, f"it unpacks to more than the {_MOST_BYTES >> 20} MiB that it may have here")
                file.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _refused(path, "it is damaged or cut short") from error


def unpack(archive: Path, folder: Path, *, most_bytes: int = 500 << 20) -> list[Path]:
    """Unpack a zip or tar file, and such files directly inside it, flat into the folder; the files, by name.

    Nothing is written unless all of it is sound: a name that leads outside, a link, an encrypted entry, more than a
    thousand files or ``most_bytes`` bytes, or two files of one name raise DataError.
    """
    with written(folder), TemporaryDirectory(prefix=".unpack-", dir=folder) as scratch:
        made = _spread(archive, Path(scratch) / "outer", most_bytes)
        for inner in [path for path in made if path.name.lower().endswith(_INNER)]:
            others = [path for path in made if path != inner]
            room = most_bytes - sum(path.stat().st_size for path in others)
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
    allowed = room
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
                        raise _refused(
                            archive, f"it unpacks to more than the {allowed >> 20} MiB that it may have here"
                        )
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
        f"{archive.name} is not unpacked: {reason}.",
        hint="Fetch it again, or unpack it yourself and give the folder.",
        path=str(archive),
    )
