"""A book that came from somewhere else, kept in the production's own folder."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookError, OutputError
from bookfilm_nb.production import Store, write_atomically

if TYPE_CHECKING:
    from bookfilm_nb.model import Book

__all__ = ["KINDS", "take_book"]

KINDS = (".txt", ".epub", ".fb2", ".fb2.zip", ".docx")
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST_NAME = 120


def take_book(out: str | Path, name: str, data: bytes) -> tuple[Path, Book]:
    """Keep the file of a book in ``out/book``, whole or not at all; its path there, and the book as it was read.

    Nothing is written where it cannot be read. Raises BookError, OutputError.
    """
    from bookfilm_nb.books import read_book

    folder = Path(out)
    plain = _FORBIDDEN.sub("_", Path(name.replace("\\", "/")).name).lstrip(". ")[-_LONGEST_NAME:]
    if not plain.lower().endswith(KINDS):
        raise BookError(
            f"{name[:80]} is not a txt, epub, fb2 or docx file.",
            hint="Save the book in one of these formats.",
            name=plain,
        )
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ".store").is_dir():
        raise OutputError(
            f"{folder} holds other files and is no production.", hint="Choose a new folder.", path=str(folder)
        )
    with tempfile.TemporaryDirectory() as aside:
        tried = Path(aside) / plain
        tried.write_bytes(data)
        book = read_book(tried)
    absent = not folder.exists()
    target = folder / "book" / plain
    try:
        Store(folder / ".store").close()
        write_atomically(target, data)
    except OutputError:
        if absent:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return target, book
