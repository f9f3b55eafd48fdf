"""Any book file: told by its bytes first, by its name second."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookError, ChoiceError

from .archive import Archive
from .docx import read_docx
from .epub import read_epub
from .fb2 import read_fb2
from .text import read_text

if TYPE_CHECKING:
    from bookfilm_nb.model import Book
    from bookfilm_nb.model.vocabulary import Language

__all__ = ["MAX_FILE", "bundled", "read_book"]

MAX_FILE = 64 * 2**20
"""Bytes."""
FORMATS = "BookFilm reads txt, epub, fb2, fb2.zip and docx."
SIGNATURES = (
    (rb"\x89PNG\r\n", "a PNG picture"),
    (rb"\xff\xd8\xff", "a JPEG picture"),
    (rb"GIF8[79]a", "a GIF picture"),
    (rb"RIFF....WEBP", "a WebP picture"),
    (rb"RIFF....(?:WAVE|AVI )", "a sound or video file"),
    (rb"BM.{4}\0\0\0\0", "a BMP picture"),
    (rb"(?:II\*\0|MM\0\*)", "a TIFF picture"),
    (rb".{4}ftyp", "a video file"),
    (rb"(?:ID3|OggS|fLaC)", "a sound file"),
    (rb"%PDF-", "a PDF"),
    (rb"AT&TFORM", "a DjVu scan"),
    (rb"\{\\rtf", "a rich text (RTF) file"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word (doc) file"),
    (rb".{60}(?:BOOKMOBI|TEXtREAd)", "a Mobipocket (Kindle) book"),
    (rb"(?:Rar!\x1a|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ)", "a packed archive"),
    (rb"(?:\x7fELF|MZ.{58})", "a program"),
    (rb"\s*<(?:!doctype html|html[\s>])", "a web page (HTML)"),
)
KNOWN = tuple((re.compile(pattern, re.DOTALL | re.IGNORECASE), what) for pattern, what in SIGNATURES)
FB2 = re.compile(rb"<(?:\w+:)?FictionBook[\s>]")


def read_book(path: str | Path, *, language: Language | None = None, encoding: str | None = None) -> Book:
    """Read a book file: txt, epub 2 or 3, fb2, fb2.zip or docx.

    ``language`` ("en", "ru") and ``encoding`` (of txt and fb2) override what is found; the book says which
    encoding was used and how it was known. Raises :class:`BookError` for what cannot be read: a missing, empty,
    damaged, locked or overlarge file, one that is no book, a wrong encoding, text without a sentence;
    :class:`ChoiceError` for a language that is neither.
    """
    if language not in {None, "en", "ru"}:
        raise ChoiceError(
            f"BookFilm does not read the language “{language}”.", hint="Give en or ru.", choices=["en", "ru"]
        )
    path = Path(path)
    data, name = _bytes_of(path), path.name
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_archive(data, name, language, encoding)
    if what := next((what for pattern, what in KNOWN if pattern.match(data)), None):
        raise BookError(
            f"{name} is {what}, not a book that can be read.",
            hint=f"{FORMATS} Convert it first, for example with Calibre.",
        )
    suffix = path.suffix.lower()
    if suffix in {".epub", ".docx", ".zip"}:
        raise BookError(
            f"{name} is called {suffix} but is no zip file, as every {suffix[1:]} is.",
            hint="It is damaged or has the wrong name; get it again.",
        )
    if suffix == ".fb2" or FB2.search(data[:4096].replace(b"\0", b"")):
        return read_fb2(data, name, language=language, encoding=encoding)
    return read_text(data, name, language=language, encoding=encoding)


def bundled(language: str) -> Path:
    """The story that comes with BookFilm in this language ("en" or "ru"); ChoiceError for any other."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "data" / "books", here.parent / "data" / "books"):
        if language in {"en", "ru"} and (found := sorted(folder.glob(f"{language}_*.txt"))):
            return found[0]
    raise ChoiceError(
        f"No story in the language “{language}” comes with BookFilm.",
        hint="There is one in en and one in ru.",
        choices=["en", "ru"],
    )


def _bytes_of(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise BookError(f"{name} is a folder, not a book file.", hint=f"Give the path of one file. {FORMATS}")
        if not path.exists():
            raise BookError(
                f"There is no file {path}.",
                hint="Check the path; in a notebook it is relative to the notebook's folder.",
            )
        if not path.is_file():
            raise BookError(f"{name} is not an ordinary file.", hint="Copy the book into a file first.")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise BookError(
                f"{name} has {size >> 20} MiB; books up to {MAX_FILE >> 20} MiB are read.",
                hint="A book of a million words is about 6 MiB of text; take the pictures out.",
                size=size,
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BookError(
            f"{name} cannot be opened: {reason}.", hint="Check the path and the file's permissions."
        ) from error
    if not data.strip(b" \t\r\n\f\xef\xbb\xbf"):
        raise BookError(f"{name} is empty.", hint="Perhaps it was not downloaded completely.")
    return data


def _read_archive(data: bytes, name: str, language: Language | None, encoding: str | None) -> Book:
    archive = Archive(data, name)
    if "word/document.xml" in archive:
        return read_docx(archive, name, language=language)
    if "META-INF/container.xml" in archive:
        return read_epub(archive, name, language=language)
    books = [m for m in archive.names if m.lower().endswith(".fb2")]
    if len(books) == 1:
        return read_fb2(archive.read(books[0]), name, language=language, encoding=encoding)
    inside = ", ".join(archive.names[:5]) or "nothing"
    problem = (
        f"{name} has {len(books)} books in it (inside: {inside})."
        if books
        else f"{name} is a zip file without a book that can be read (inside: {inside})."
    )
    raise BookError(problem, hint=f"{FORMATS} Unpack it and give one book.")
