"""EPUB 2 and 3: the files of the spine in order, cut into chapters by the table of contents, not by file."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from bookfilm_nb.errors import BookError
from bookfilm_nb.model import Book

from .blocks import Builder
from .headings import normalised
from .language import detect_language
from .structure import arrange
from .text import title_from_name
from .xhtml import write_document
from .xml import local_name, parse_xml, words_in

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bookfilm_nb.model.vocabulary import Language

    from .archive import Archive
    from .blocks import Block, Role

__all__ = ["read_epub"]

FONT_ALGORITHMS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Obfuscated fonts are not locked books; EPUB 3.3, section 4.3, and Adobe's variant."""


class _Entry(NamedTuple):
    """A line of the table of contents."""

    label: str
    member: str
    anchor: str
    depth: int


def read_epub(archive: Archive, name: str, *, language: Language | None) -> Book:
    """An epub as a book; raises :class:`BookError` where it is locked, incomplete or damaged."""
    _refuse_locked(archive, name)
    package_path = _package_path(archive, name)
    package = _parse(archive, package_path, name)
    folder = posixpath.dirname(package_path)
    items = {
        str(e.get("id")): (_resolve(folder, str(e.get("href") or ""), name)[0], str(e.get("properties") or ""))
        for e in _named(package, "item")
    }
    builder = Builder()
    anchors: dict[tuple[str, str], int] = {}
    for reference in _named(package, "itemref"):
        member, properties = items.get(str(reference.get("idref")), ("", ""))
        if not member:
            raise BookError(
                f"{name} lists a chapter “{reference.get('idref')}” that its manifest does not have.",
                hint="The epub is damaged; get it again.",
            )
        outside: Role | None = "note" if reference.get("linear") == "no" else None
        role: Role | None = "contents" if "nav" in properties.split() else outside
        anchors[member, ""] = builder.position
        for anchor, position in write_document(builder, _parse(archive, member, name), role).items():
            anchors[member, anchor] = position
    _follow_contents(builder, _contents(archive, package, items, name), anchors)
    metadata = next(iter(_named(package, "metadata")), None)
    title, rights = (_metadata(metadata, tag)[:1] for tag in ("title", "rights"))
    author = ", ".join(_metadata(metadata, "creator"))
    text = builder.text
    structure = arrange(text, builder.blocks, name, title="".join(title), author=author)
    return Book(
        title="".join(title) or title_from_name(name),
        author=author,
        language=language or detect_language(text, name),
        format="epub",
        rights="".join(rights) or structure.front.rights,
        source=name,
        text=text,
        chapters=structure.chapters,
        set_aside=structure.set_aside,
    )


def _refuse_locked(archive: Archive, name: str) -> None:
    if "META-INF/encryption.xml" not in archive:
        return
    root = _parse(archive, "META-INF/encryption.xml", name)
    methods = [str(e.get("Algorithm")) for e in _named(root, "EncryptionMethod")]
    locked = [m for m in methods if m not in FONT_ALGORITHMS]
    if locked or "META-INF/rights.xml" in archive or "META-INF/sinf.xml" in archive:
        raise BookError(
            f"{name} is locked with DRM, so its chapters cannot be read.",
            hint="Ask the shop or the publisher for a copy without DRM, or give a plain text of it.",
            algorithms=sorted(set(locked)),
        )


def _package_path(archive: Archive, name: str) -> str:
    root = _parse(archive, "META-INF/container.xml", name)
    for element in _named(root, "rootfile"):
        if path := element.get("full-path"):
            return _resolve("", str(path), name)[0]
    raise BookError(f"{name} does not say where its package is (META-INF/container.xml).", hint="The epub is damaged.")


def _contents(
    archive: Archive,
    package: _Element,
    items: dict[str, tuple[str, str]],
    name: str,
) -> list[_Entry]:
    """The table of contents: the navigation document (EPUB 3), else the NCX (EPUB 2); empty where there is none."""
    navigation = next((m for m, properties in items.values() if "nav" in properties.split()), None)
    if navigation and navigation in archive:
        root = _parse(archive, navigation, name)
        navs = [e for e in _named(root, "nav") if any(str(v).split() == ["toc"] for v in e.attrib.values())]
        found: list[_Entry] = []
        for nav in navs[:1] or _named(root, "nav")[:1]:
            for link in _named(nav, "a"):
                depth = sum(local_name(e) == "ol" for e in link.iterancestors())
                found.append(
                    _entry(words_in(link), str(link.get("href") or ""), posixpath.dirname(navigation), depth, name)
                )
        if found:
            return found
    spine = next(iter(_named(package, "spine")), None)
    ncx = items.get(str(spine.get("toc")), ("", ""))[0] if spine is not None else ""
    ncx = ncx or next((m for m, _ in items.values() if m.endswith(".ncx")), "")
    if not ncx or ncx not in archive:
        return []
    found = []
    for point in _named(_parse(archive, ncx, name), "navPoint"):
        label = next((words_in(e) for e in point if local_name(e) == "navLabel"), "")
        target = next((str(e.get("src") or "") for e in point if local_name(e) == "content"), "")
        depth = 1 + sum(local_name(e) == "navPoint" for e in point.iterancestors())
        found.append(_entry(label, target, posixpath.dirname(ncx), depth, name))
    return found


def _entry(label: str, target: str, folder: str, depth: int, name: str) -> _Entry:
    member, anchor = _resolve(folder, target, name)
    return _Entry(label, member, anchor, depth)


def _follow_contents(builder: Builder, entries: list[_Entry], anchors: dict[tuple[str, str], int]) -> None:
    """Let the table of contents say which headings begin chapters, if it points to two places or more.

    A heading that it does not list stays a heading inside its chapter. An entry where no heading stands
    begins a chapter under the entry's own name.
    """
    places = [(anchors.get((e.member, e.anchor), anchors.get((e.member, ""))), e) for e in entries]
    known = [(place, e) for place, e in places if place is not None]
    if len({place for place, _ in known}) < 2:
        return
    listed: set[int] = set()
    marks: dict[int, _Entry] = {}
    for place, entry in known:
        block = next((b for b in builder.blocks if b.start >= place), None)
        if block is None or block.role in {"boilerplate", "contents", "note", "caption"}:
            continue
        if _take_heading(builder.text, block, entry):
            listed.add(id(block))
        else:
            marks.setdefault(block.start, entry)
    for block in builder.blocks:
        if block.role == "heading" and id(block) not in listed:
            block.level = None
    for at, entry in marks.items():
        builder.mark(entry.depth, entry.label, at)


def _take_heading(text: str, block: Block, entry: _Entry) -> bool:
    """Make the block the heading of the entry's chapter, if it is a heading or has the entry's words."""
    words, label = normalised(text[block.start : block.end]), normalised(entry.label)
    if block.role != "heading" and (block.role is not None or not words or words != label):
        return False
    block.role, block.level = "heading", entry.depth
    if words in label:
        block.title = entry.label
    return True


def _parse(archive: Archive, member: str, name: str) -> _Element:
    return parse_xml(archive.read(member), f"{name} ({member})")


def _resolve(folder: str, target: str, name: str) -> tuple[str, str]:
    """A link's archive member and anchor; :class:`BookError` where it leads out of the archive."""
    path, _, anchor = target.partition("#")
    member = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else folder
    if member.startswith(("../", "/")) or member == "..":
        raise BookError(
            f"{name} has a link that leads out of it: “{target}”.",
            hint="No book needs that; do not trust this file.",
        )
    return member, unquote(anchor)


def _named(root: _Element, tag: str) -> list[_Element]:
    return [e for e in root.iter() if local_name(e) == tag]


def _metadata(metadata: _Element | None, tag: str) -> list[str]:
    return [words_in(e) for e in metadata if local_name(e) == tag and words_in(e)] if metadata is not None else []
