"""Text and JSON from files that may be packed, cut short, or something else altogether."""

from __future__ import annotations

import json
import os
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_BYTES", "clean", "head_of", "lfs_pointer", "read_json", "read_text", "walk"]

MAX_BYTES = 512 << 20
"""Unpacked size beyond which a file is refused; the largest of these sources has some 40 MiB."""
MAX_RATIO = 200
"""Unpacked to packed size beyond which a gzip file over 16 MiB is refused; JSON texts pack about 4 to 20 times."""

_LFS = re.compile(rb"version https://git-lfs\.github\.com/spec/\S+\s.*?\bsize (\d{1,15})\b", re.DOTALL)
_GZIP = b"\x1f\x8b"
_STEP = 1 << 20


def lfs_pointer(path: Path) -> int | None:
    """The size in bytes of the file that this git-LFS pointer stands for, or None where it is no pointer."""
    with path.open("rb") as file:
        found = _LFS.match(file.read(1024))
    return int(found[1]) if found else None


def head_of(path: Path, characters: int = 4096) -> str:
    """The first characters of a text file, unpacked if need be; "" where there are none to be read."""
    try:
        with path.open("rb") as file:
            data = file.read(characters)
        if data.startswith(_GZIP):
            data = zlib.decompressobj(wbits=31).decompress(data, characters)
        return _decoded(data, errors="replace")
    except (OSError, zlib.error, UnicodeError):
        return ""


def read_text(path: Path) -> str:
    """The text of a file, plain or gzip: UTF-8 or UTF-16 by its byte order mark, UTF-8 without one, else cp1252.

    Raises DataError for a git-LFS pointer, a damaged or cut gzip file, one that unpacks to more than 512 MiB or more
    than 200 times its size, a file that is no text, and one that cannot be read.
    """
    try:
        if (size := lfs_pointer(path)) is not None:
            raise DataError(
                f"{path.name} is a git-LFS pointer, not the file: the real one has {size:,} bytes.",
                hint="Run `git lfs pull` in the repository that it comes from, or download the real file.",
                path=str(path),
                size=size,
            )
        if path.stat().st_size > MAX_BYTES:
            raise _unreadable(path, f"it is larger than {MAX_BYTES >> 20} MiB")
        data = path.read_bytes()
    except OSError as refused:
        raise DataError(
            f"{path} cannot be read ({refused.strerror}).", hint="Check the path.", path=str(path)
        ) from refused
    if data.startswith(_GZIP):
        data = _unpacked(path, data)
    if b"\0" in data[:_STEP] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(path, "it is no text")
    try:
        return _decoded(data)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _decoded(data: bytes, errors: str = "strict") -> str:
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", errors)


def _unpacked(path: Path, data: bytes) -> bytes:
    limit = min(MAX_BYTES, max(16 * _STEP, MAX_RATIO * len(data)))
    parts: list[bytes] = []
    room = limit
    while data:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(data, room + 1)
        except zlib.error as broken:
            raise _unreadable(path, f"its gzip data are damaged: {broken}") from broken
        room -= len(part)
        if room < 0:
            raise _unreadable(path, f"it unpacks to more than {limit >> 20} MiB from {path.stat().st_size:,} bytes")
        if not unpacker.eof:
            raise _unreadable(path, "its gzip data are cut short")
        parts.append(part)
        data = unpacker.unused_data.lstrip(b"\0")
    return b"".join(parts)


def read_json(path: Path) -> object:
    """What a JSON file holds; lines of JSON (one value a line) come as a list. Raises DataError as :func:`read_text`.

    Also for JSON that is cut short or wrong, with the line and column, and for JSON nested too deeply to be a table.
    """
    text = read_text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        if wrong.msg.startswith("Extra data") and (lines := _json_lines(text)) is not None:
            return lines
        raise _unreadable(path, f"no JSON from line {wrong.lineno}, column {wrong.colno}: {wrong.msg}") from wrong
    except RecursionError as deep:
        raise _unreadable(path, "its JSON is nested too deeply") from deep
    except ValueError as wrong:
        raise _unreadable(path, f"its JSON holds a number of too many digits ({str(wrong)[:60]})") from wrong


def _json_lines(text: str) -> list[object] | None:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _unreadable(path: Path, why: str) -> DataError:
    return DataError(
        f"{path.name} cannot be read: {why}.", hint="Get the file again; it may be cut or not the one meant.",
        path=str(path),
    )  # fmt: skip


def clean(text: object) -> str | None:
    """A text cell without what does not belong: ends trimmed, white space single, lone surrogates and NULs gone."""
    if not isinstance(text, str):
        return None
    plain = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return " ".join(plain.split()) or None


def walk(folder: Path, *suffixes: str, most: int = 2000) -> Iterator[Path]:
    """The files below a folder with one of these endings: those of each folder by name, then its folders by name.

    Hidden files and folders are passed over, links to folders not followed; after ``most`` files it ends.
    """
    count = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            count += 1
            if count > most:
                return
            if name.casefold().endswith(suffixes) and not name.startswith("."):
                yield Path(root, name)
