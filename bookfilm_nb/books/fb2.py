"""FictionBook 2: sections, verse, epigraphs and a body of notes, all named by the format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookError
from bookfilm_nb.model import Book

from .blocks import Builder
from .charset import decode
from .language import detect_language
from .structure import arrange
from .text import title_from_name
from .xml import local_name, parse_decoded, words_in

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bookfilm_nb.model.vocabulary import Language

    from .blocks import Role

__all__ = ["read_fb2"]

STARS = re.compile(r"[\s*•·#~=_—–-]+")


def read_fb2(data: bytes, name: str, *, language: Language | None, encoding: str | None) -> Book:
    """A FictionBook file as a book; raises :class:`BookError` that names the line where the file breaks.

    Marks that point to notes ("[1]") are left out of the text; the notes themselves are set aside.
    """
    decoded = decode(data, name, given=encoding)
    root = parse_decoded(decoded, name)
    if local_name(root) != "FictionBook":
        raise BookError(
            f"{name} is XML, but not a FictionBook: its root is <{local_name(root)}>.",
            hint="BookFilm reads txt, epub, fb2 and docx.",
        )
    info = next((e for e in root.iter() if local_name(e) == "title-info"), None)
    title = _text(info, "book-title")
    author = ", ".join(_person(e) for e in _children(info, "author"))
    builder = Builder()
    for body in _children(root, "body"):
        notes = (body.get("name") or "").lower() in {"notes", "comments", "footnotes"}
        _section(builder, body, 1, "note" if notes else None)
    text = builder.text
    structure = arrange(text, builder.blocks, name, title=title, author=author)
    publish = next((e for e in root.iter() if local_name(e) == "publish-info"), None)
    return Book(
        title=title or title_from_name(name),
        author=author,
        language=language or detect_language(text, name),
        format="fb2",
        encoding=decoded.encoding,
        encoding_from=decoded.origin,
        rights=_text(publish, "rights") or structure.front.rights,
        source=name,
        text=text,
        chapters=structure.chapters,
        set_aside=structure.set_aside,
    )


def _section(  # noqa: C901 - one case an element of the format
    builder: Builder,
    section: _Element,
    depth: int,
    role: Role | None,
) -> None:
    """One section or body: its parts in order. A section without a title is a break, not a chapter."""
    for part in section:
        match local_name(part):
            case "title":
                words = "\n".join(filter(None, (words_of(p) for p in part)))
                builder.add(words, role or "heading", level=None if role else depth)
            case "section":
                if not _children(part, "title"):
                    builder.scene_break()
                _section(builder, part, depth + 1, role)
            case "epigraph":
                _plain(builder, part, role or "epigraph")
            case "annotation":
                _plain(builder, part, role or "boilerplate")
            case "poem":
                _poem(builder, part, role)
            case "cite":
                _plain(builder, part, role or "prose")
            case "subtitle":
                words = words_of(part)
                builder.add(words, role or ("separator" if STARS.fullmatch(words) else "heading"))
            case "empty-line":
                builder.scene_break()
            case "table":
                for row in part:
                    builder.add(" ".join(words_of(cell) for cell in row), role or "prose")
            case "p" | "text-author":
                builder.add(words_of(part), role or "prose")


def _poem(builder: Builder, poem: _Element, role: Role | None) -> None:
    """A poem: each stanza is one paragraph of verse, one line a verse."""
    for part in poem:
        match local_name(part):
            case "stanza":
                builder.add(
                    "\n".join(filter(None, (words_of(v) for v in part if local_name(v) == "v"))), role or "verse"
                )
            case "epigraph":
                _plain(builder, part, role or "epigraph")
            case "title" | "subtitle":
                builder.add(words_in(part), role or "heading")
            case "v":
                builder.add(words_of(part), role or "verse")
            case "text-author" | "date":
                builder.add(words_of(part), role or "note")


def _plain(builder: Builder, element: _Element, role: Role) -> None:
    for part in element:
        if local_name(part) == "poem":
            _poem(builder, part, None if role == "prose" else role)
        else:
            builder.add(words_of(part), role)


def words_of(element: _Element) -> str:
    """The words of a paragraph without the marks that point to notes; white space tidied."""
    pieces: list[str] = []

    def collect(node: _Element) -> None:
        if node is not element and local_name(node) == "a" and node.get("type") == "note":
            return
        pieces.append(node.text or "")
        for child in node:
            collect(child)
            pieces.append(child.tail or "")

    collect(element)
    return " ".join("".join(pieces).split())


def _children(element: _Element | None, tag: str) -> list[_Element]:
    return [e for e in element if local_name(e) == tag] if element is not None else []


def _text(element: _Element | None, tag: str) -> str:
    return next((words_in(e) for e in _children(element, tag)), "")


def _person(author: _Element) -> str:
    names = [_text(author, tag) for tag in ("first-name", "middle-name", "last-name")]
    return " ".join(filter(None, names)) or _text(author, "nickname")
