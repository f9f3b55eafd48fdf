"""One chapter file of an epub: its blocks in reading order, and where its anchors stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .xml import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .blocks import Builder, Role

__all__ = ["write_document"]

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ],
)
SKIPPED = frozenset(
    ["head", "script", "style", "svg", "math", "template", "audio", "video", "object", "iframe", "noscript", "rt", "rp"]
)
HEADING = re.compile(r"h([1-6])")
TYPES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("note", re.compile(r"\b(?:(?:foot|end|rear)notes?|doc-(?:foot|end)notes?|annotation)\b")),
    ("epigraph", re.compile(r"\b(?:doc-)?epigraph\b")),
    ("contents", re.compile(r"\b(?:doc-)?(?:toc|loi|lot|landmarks|page-list)\b")),
    (
        "boilerplate",
        re.compile(
            r"\b(?:titlepage|halftitlepage|copyright-page|colophon|imprint|cover|pgheader|pg-boilerplate|pgfooter)\b"
        ),
    ),
    ("verse", re.compile(r"\b(?:poem|verse|stanza|poetry|z3998:(?:poem|verse|song))\b")),
)
PAGE_MARK = re.compile(
    r"\b(?:pagenum|pageno|page-?number|pagebreak|doc-pagebreak|noteref|doc-noteref|fnanchor|footnote-ref)\b"
)
NOTE_MARK = re.compile(r"[\[({]?(?:\d{1,3}|[*†‡§])[\])}]?")


class _Writer:
    """Walks a document and writes its blocks; ``anchors`` gets the place of every id."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.anchors: dict[str, int] = {}
        self._words: list[str] = []

    def flush(self, role: Role | None, level: int | None) -> None:
        """End the block that is being written."""
        lines = ("".join(self._words)).split("\n")
        self._words.clear()
        words = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        if words:
            self.builder.add(words, role, level=level)

    def walk(self, element: _Element, role: Role | None, level: int | None) -> None:
        """Write an element and what is in it; text before and after pictures stays."""
        tag = local_name(element)
        if tag in SKIPPED or not tag or _is_mark(element):
            self._anchor(element)
            return
        block = tag in BLOCKS
        if block:
            self.flush(role, level)
        outer = (role, level)
        role, level = _role(element, tag, role, level)
        self._anchor(element)
        if tag == "hr":
            self.builder.scene_break()
        elif tag == "br":
            self._words.append("\n")
        elif tag == "td" and element.getprevious() is not None:
            self._words.append(" ")
        self._words.append(_spaced(element.text))
        for child in element:
            self.walk(child, role, level)
            self._words.append(_spaced(child.tail))
        if block:
            self.flush(role, level)
        role, level = outer

    def _anchor(self, element: _Element) -> None:
        for key in (element.get("id"), element.get("name")):
            if key:
                self.anchors.setdefault(key, self.builder.position)


def write_document(builder: Builder, root: _Element, role: Role | None) -> dict[str, int]:
    """Append a document's blocks; gives the place in the text of every anchor in it."""
    writer = _Writer(builder)
    body = next((e for e in root.iter() if local_name(e) == "body"), root)
    writer.walk(body, role, None)
    writer.flush(role, None)
    return writer.anchors


def _spaced(words: str | None) -> str:
    return words.replace("\r", " ").replace("\n", " ") if words else ""


def _kinds(element: _Element) -> str:
    epub_type = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}type")), "")
    return " ".join((epub_type, element.get("role") or "", element.get("class") or "", element.get("id") or "")).lower()


def _role(element: _Element, tag: str, role: Role | None, level: int | None) -> tuple[Role | None, int | None]:
    """What an element makes of its words; an outer note, title page or list of contents stays what it is."""
    if role in {"note", "boilerplate", "contents", "caption"}:
        return role, None
    if tag == "nav":
        return "contents", None
    if tag in {"figcaption", "caption"}:
        return "caption", None
    kinds = _kinds(element)
    found = next((r for r, pattern in TYPES if pattern.search(kinds)), None)
    if found:
        return found, None
    if (match := HEADING.fullmatch(tag)) and role is None:
        return "heading", int(match[1])
    return role, level


def _is_mark(element: _Element) -> bool:
    """Page numbers and the marks that point to notes: no words of the story."""
    tag = local_name(element)
    if PAGE_MARK.search(_kinds(element)) and tag in {"span", "a", "sup", "small", "i"}:
        return True
    words = "".join(str(t) for t in element.itertext()).strip() if tag in {"a", "sup"} else ""
    link = (
        element.get("href") if tag == "a" else next((str(a.get("href")) for a in element if local_name(a) == "a"), None)
    )
    return bool(link and "#" in link and NOTE_MARK.fullmatch(words))
