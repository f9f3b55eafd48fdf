"""A book as it was read: its text, its chapters, and what was set aside and why."""

from __future__ import annotations

from typing import Literal

from .base import Document, Span, Value
from .vocabulary import Language

__all__ = ["Book", "Chapter", "Coverage", "Paragraph", "Reason", "SetAside", "tidy"]

Reason = Literal[
    "blank", "heading", "boilerplate", "contents", "note", "epigraph", "separator", "caption",
]  # fmt: skip


def tidy(text: str) -> str:
    """The text with every run of white space, line ends included, as one space."""
    return " ".join(text.split())


class Paragraph(Value):
    """One paragraph of the story."""

    span: Span
    kind: Literal["prose", "verse"] = "prose"
    scene_break: bool = False
    """Whether the author set a break (a row of stars, a wide blank) just before this paragraph."""


class Chapter(Value):
    """A chapter, or the whole story where the author made none (then the title is empty)."""

    title: str
    part: str = ""
    """Title of the larger part of the book that it belongs to, where there is one ("Book Two. The Earth")."""
    span: Span
    """From its heading to the end of its last paragraph."""
    paragraphs: tuple[Paragraph, ...]


class SetAside(Value):
    """Characters of the file that are not the story."""

    span: Span
    reason: Reason


class Coverage(Value):
    """Where every character of the file went; ``file == book + sum(set_aside.values())``."""

    file: int
    book: int
    set_aside: dict[str, int]


class Book(Document):
    """A book: one decoded text, and spans into it.

    ``text`` is the file's text as decoded, before any normalisation (line ends kept). For epub, fb2 and
    docx it is the text of the document's parts in reading order, one line a block. Spans of paragraphs and
    of what was set aside do not overlap and together cover ``text`` completely.
    """

    title: str
    author: str
    language: Language
    format: Literal["txt", "epub", "fb2", "docx"]
    encoding: str = "utf-8"
    encoding_from: Literal["given", "mark", "declaration", "guess", "format"] = "format"
    rights: str = ""
    source: str = ""
    """File name, without folders."""
    text: str
    chapters: tuple[Chapter, ...]
    set_aside: tuple[SetAside, ...]

    def raw(self, span: Span) -> str:
        """The characters of the span as they stand in the file."""
        return self.text[span.start : span.end]

    def words(self, span: Span) -> str:
        """The text of the span with hard wraps and runs of space tidied to single spaces."""
        return tidy(self.raw(span))

    def coverage(self) -> Coverage:
        """How many characters are story, and how many were set aside, by reason."""
        aside: dict[str, int] = {}
        for part in self.set_aside:
            aside[part.reason] = aside.get(part.reason, 0) + len(part.span)
        story = sum(len(p.span) for c in self.chapters for p in c.paragraphs)
        return Coverage(file=len(self.text), book=story, set_aside=dict(sorted(aside.items())))
