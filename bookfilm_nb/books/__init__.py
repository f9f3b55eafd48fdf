"""Books: one reader a format, behind :func:`read_book`.

    from bookfilm_nb.books import bundled, read_book
    book = read_book(bundled("en"))
    print(book.title, len(book.chapters), book.coverage())

Every file is taken as hostile: sizes are checked before anything is unpacked, XML is read without entities and
without network, and what cannot be read is a :class:`bookfilm_nb.errors.BookError` that says where and why.
"""

from __future__ import annotations

from .charset import decode, guess
from .language import detect_language
from .reader import bundled, read_book

__all__ = ["bundled", "decode", "detect_language", "guess", "read_book"]
