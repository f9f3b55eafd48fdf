"""Small books built by hand for the tests of reading: a paragraph a line, "***" for a break, "# " for a chapter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.model import Book, Chapter, Paragraph, Sentence, SetAside, Span
from bookfilm_nb.reading.sentences import split_sentences

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language

SPOKEN = re.compile(r"“[^”]*”|«[^»]*»|— [^—]*(?:—|$)")


def book_of(text: str, language: Language) -> Book:
    chapters: list[tuple[str, list[Paragraph]]] = [("", [])]
    aside: list[SetAside] = []
    at = 0
    broken = False
    for line in text.splitlines(keepends=True):
        span = Span(start=at, end=at + len(line))
        at += len(line)
        bare = line.strip()
        if not bare:
            aside.append(SetAside(span=span, reason="blank"))
        elif bare == "***":
            aside.append(SetAside(span=span, reason="separator"))
            broken = True
        elif bare.startswith("# "):
            aside.append(SetAside(span=span, reason="heading"))
            chapters.append((bare[2:], []))
        else:
            chapters[-1][1].append(Paragraph(span=span, scene_break=broken))
            broken = False
    kept = [(title, ps) for title, ps in chapters if ps]
    return Book(
        title="A book",
        author="",
        language=language,
        format="txt",
        text=text,
        chapters=tuple(
            Chapter(title=t, span=Span(start=ps[0].span.start, end=ps[-1].span.end), paragraphs=tuple(ps))
            for t, ps in kept
        ),
        set_aside=tuple(aside),
    )


def told(book: Book) -> list[Sentence]:
    """The sentences outside quotations."""
    found = []
    for c, chapter in enumerate(book.chapters):
        for p, paragraph in enumerate(chapter.paragraphs):
            text = book.raw(paragraph.span)
            at = 0
            for hole in [*(m.span() for m in SPOKEN.finditer(text)), (len(text), len(text))]:
                part = Span(start=paragraph.span.start + at, end=paragraph.span.start + hole[0])
                found += [
                    Sentence(span=s, chapter=c, paragraph=p) for s in split_sentences(book.text, part, book.language)
                ]
                at = hole[1]
    return found
