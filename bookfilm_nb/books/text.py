"""Plain text: the decoded file is the book's text, character for character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookError
from bookfilm_nb.model import Book

from .charset import decode
from .language import detect_language
from .lines import split_blocks
from .structure import arrange

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language

    from .matter import FrontMatter

__all__ = ["names_on_title_page", "read_text", "title_from_name"]

FIELD = r"^[ \t]*{}:[ \t]*(\S.*?)[ \t]*\r?$"
TITLE, AUTHOR = (re.compile(FIELD.format(word), re.MULTILINE) for word in ("Title", "Author"))
GUTENBERG = re.compile(r"Project Gutenberg", re.IGNORECASE)
LICENCE = re.compile(r"This e-?book is for the use of anyone[^.]*\.", re.IGNORECASE)
BY = re.compile(r"(?:written )?by[ :]+(\S.*)|автор[ы]?\s*:?\s+(\S.*)", re.IGNORECASE)
PATRONYMIC = re.compile(r"\b\w+(?:ович|евич|ьич|овна|евна|ична)\b|\b[А-ЯЁA-Z]\.", re.UNICODE)


def read_text(data: bytes, name: str, *, language: Language | None, encoding: str | None) -> Book:
    """A plain text file as a book; raises :class:`BookError`."""
    text, found, origin = decode(data, name, given=encoding)
    refuse_noise(text, name)
    head = text[:6000] if GUTENBERG.search(text[:1500]) else ""
    title, author = (m[1] if (m := p.search(head)) else "" for p in (TITLE, AUTHOR))
    blocks, dense = split_blocks(text)
    structure = arrange(text, blocks, name, title=title, author=author, dense=dense)
    licence = LICENCE.search(head)
    if not head:
        title, author = names_on_title_page(structure.front)
    return Book(
        title=title or title_from_name(name),
        author=author,
        language=language or detect_language(text, name),
        format="txt",
        encoding=found,
        encoding_from=origin,
        rights=" ".join(licence[0].split()) if licence else structure.front.rights,
        source=name,
        text=text,
        chapters=structure.chapters,
        set_aside=structure.set_aside,
    )


def refuse_noise(text: str, name: str) -> None:
    """Raise :class:`BookError` for what decodes but is no writing: control characters, or hardly a letter."""
    sample = text[:100_000]
    control = sum((c < " " and c not in "\t\n\r\f\v\x1a") or c == "\ufffd" for c in sample)
    if control > 0.005 * len(sample):
        raise BookError(
            f"{name} is not text: {control} of its first {len(sample)} characters are control characters.",
            hint="Perhaps it is a picture or a program with the wrong name. BookFilm reads txt, epub, fb2 and docx.",
        )
    letters = sum(c.isalpha() for c in sample)
    if letters < 0.3 * sum(not c.isspace() for c in sample) or not letters:
        raise BookError(
            f"{name} has hardly any letters in it, so there is no story to tell.",
            hint="BookFilm needs a story in English or Russian.",
        )


def title_from_name(name: str) -> str:
    """A title made from a file name: "my_book.fb2.zip" gives "my book"."""
    stem = re.sub(
        r"(?:\.(?:txt|text|md|epub|fb2|docx|zip|utf-?8|cp125[12]|cp866|koi8-?r))+$", "", name, flags=re.IGNORECASE
    )
    return " ".join(stem.replace("_", " ").split()) or name


def names_on_title_page(front: FrontMatter) -> tuple[str, str]:
    """Title and author from the first lines: "Title / by Author", "Автор / Название", or "Title" alone."""
    lines = [line for line in front.lines[:3] if len(line) <= 90]
    if not lines:
        return "", ""
    if len(lines) == 1:
        return lines[0], ""
    for index, line in enumerate(lines):
        if match := BY.fullmatch(line):
            title = next((x for x in lines if x != line), "")
            named = match[1] or match[2]
            return title, line if line.lower().startswith("авторы") else named if index or match[1] else line
    first, second = lines[:2]
    if PATRONYMIC.search(first) and not PATRONYMIC.search(second):
        return second, first
    if PATRONYMIC.search(second) or _is_name(second):
        return first, second
    return first, ""


def _is_name(line: str) -> bool:
    words = line.split()
    return (
        2 <= len(words) <= 4 and all(w[:1].isupper() and w.strip(".,").isalpha() for w in words) and not line.isupper()
    )
