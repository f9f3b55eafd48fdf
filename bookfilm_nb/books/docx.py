"""Word documents: the paragraphs of the body with their styles; deleted and hidden words stay out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.model import Book

from .blocks import Builder
from .language import detect_language
from .structure import arrange
from .text import names_on_title_page, title_from_name
from .xml import local_name, parse_xml, words_in

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bookfilm_nb.model.vocabulary import Language

    from .archive import Archive
    from .blocks import Role

__all__ = ["read_docx"]

HEADING = re.compile(r"(?:heading|заголовок)\s*(\d)")
ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"title|subtitle|название|подзаголовок"), "boilerplate"),
    (re.compile(r"toc\b.*|table of contents.*|оглавление.*"), "contents"),
    (re.compile(r"caption|название объекта"), "caption"),
    (re.compile(r"(?:foot|end)note text|текст (?:концевой )?сноски"), "note"),
    (re.compile(r"epigraph|эпиграф"), "epigraph"),
    (re.compile(r"verse|poem|poetry|стихи|стихотворение"), "verse"),
)
TITLES = frozenset({"title", "название"})
PROGRAMS = frozenset({"python-docx", "Microsoft Office User", "User", "Пользователь"})
"""Names that programs write where an author should stand."""
SKIPPED = frozenset(
    {"del", "instrText", "delText", "pPr", "rPr", "Fallback", "sectPr", "moveFrom", "tblPr", "drawing", "pict"}
)


def read_docx(archive: Archive, name: str, *, language: Language | None) -> Book:
    """A Word document as a book; raises :class:`BookError`.

    Two empty paragraphs are a break. Footnotes and endnotes follow the body and are set aside.
    """
    styles = _styles(archive, name)
    builder = Builder()
    body = parse_xml(archive.read("word/document.xml"), f"{name} (word/document.xml)")
    empty = 0
    styled = ""
    for paragraph in _paragraphs(body):
        words = _words(paragraph)
        style, outline = _style(paragraph, styles)
        role, level = _role(style, outline)
        if style in TITLES:
            styled = styled or " ".join(words.split())
        builder.add(words, role, level=level)
        empty = 0 if words.strip() else empty + 1
        if empty >= 2:
            builder.scene_break()
    for member in ("word/footnotes.xml", "word/endnotes.xml"):
        if member in archive:
            for paragraph in _paragraphs(parse_xml(archive.read(member), f"{name} ({member})")):
                builder.add(_words(paragraph), "note")
    title, author, rights = _core(archive, name)
    text = builder.text
    structure = arrange(text, builder.blocks, name, title=title, author=author)
    written = names_on_title_page(structure.front)
    return Book(
        title=title or styled or written[0] or title_from_name(name),
        author=author or written[1],
        language=language or detect_language(text, name),
        format="docx",
        rights=rights or structure.front.rights,
        source=name,
        text=text,
        chapters=structure.chapters,
        set_aside=structure.set_aside,
    )


def _paragraphs(root: _Element) -> list[_Element]:
    """All paragraphs in reading order, those of tables included; a text box is told once."""
    return [
        e
        for e in root.iter()
        if local_name(e) == "p"
        and not any(local_name(a) in {"Fallback", "p", "del", "moveFrom"} for a in e.iterancestors())
    ]


def _words(paragraph: _Element) -> str:
    pieces: list[str] = []

    def collect(node: _Element) -> None:
        for child in node:
            tag = local_name(child)
            if tag in SKIPPED or (tag == "r" and _hidden(child)):
                continue
            if tag == "t":
                pieces.append(child.text or "")
            elif tag == "tab":
                pieces.append(" ")
            elif tag in {"br", "cr"}:
                pieces.append("\n")
            elif tag == "noBreakHyphen":
                pieces.append("\u2011")
            else:
                collect(child)

    collect(paragraph)
    return "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\n"))


def _hidden(run: _Element) -> bool:
    properties = next((e for e in run if local_name(e) == "rPr"), None)
    return properties is not None and any(
        local_name(e) == "vanish" and _attribute(e, "val") not in {"0", "false"} for e in properties
    )


def _style(paragraph: _Element, styles: dict[str, str]) -> tuple[str, str]:
    """The name of a paragraph's style, in small letters, and its outline level."""
    properties = next((e for e in paragraph if local_name(e) == "pPr"), None)
    marks = {local_name(e): _attribute(e, "val") for e in properties} if properties is not None else {}
    style = marks.get("pStyle", "")
    return styles.get(style, style).lower(), marks.get("outlineLvl", "")


def _role(style: str, outline: str) -> tuple[Role | None, int | None]:
    if match := HEADING.match(style):
        return "heading", int(match[1])
    if found := next((role for pattern, role in ROLES if pattern.fullmatch(style)), None):
        return found, None
    return ("heading", int(outline) + 1) if outline.isdigit() and int(outline) < 9 else (None, None)


def _styles(archive: Archive, name: str) -> dict[str, str]:
    """Names of styles by id: the ids differ between languages of Word, the names less."""
    if "word/styles.xml" not in archive:
        return {}
    root = parse_xml(archive.read("word/styles.xml"), f"{name} (word/styles.xml)")
    return {
        _attribute(style, "styleId"): next((_attribute(e, "val") for e in style if local_name(e) == "name"), "")
        for style in root.iter()
        if local_name(style) == "style"
    }


def _core(archive: Archive, name: str) -> tuple[str, str, str]:
    """Title, author and rights from the document's properties."""
    if "docProps/core.xml" not in archive:
        return "", "", ""
    root = parse_xml(archive.read("docProps/core.xml"), f"{name} (docProps/core.xml)")
    found = {local_name(e): words_in(e) for e in root}
    author = found.get("creator", "")
    return found.get("title", ""), "" if author in PROGRAMS else author, found.get("rights", "")


def _attribute(element: _Element, key: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == key), "")
