"""XML from strangers: strict, without entities of its own, without network, without a DTD."""

from __future__ import annotations

import html
import re
from html.entities import html5 as HTML_NAMES  # noqa: N812
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookError

from .charset import Decoded, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["local_name", "parse_decoded", "parse_xml", "words_in"]

DECLARATION = re.compile(r"\s*<\?xml\b.*?\?>", re.DOTALL)
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
XML_OWN = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def parse_xml(data: bytes, name: str, *, encoding: str | None = None) -> _Element:
    """The root element of an XML document, or :class:`BookError` that says in which line it breaks."""
    return parse_decoded(decode(data, name, given=encoding), name)


def parse_decoded(decoded: Decoded, name: str) -> _Element:
    """The root element of a decoded XML document.

    Refused with :class:`BookError`: entity declarations (the "billion laughs" and external files), what is
    not well-formed. HTML's named characters are understood, because epub chapters use them.
    """
    from lxml import etree

    text = decoded.text
    if declared := DECLARATION.match(text):
        text = "\n" * declared[0].count("\n") + text[declared.end() :]
    if "<!ENTITY" in text:
        raise BookError(
            f"{name} declares entities of its own, which can grow without end or fetch other files.",
            hint="Do not trust this file; if you do, save the book again with another program.",
        )
    text = NAMED.sub(_character, text)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or text.count("\n") + 1
        raise BookError(
            f"{name} breaks off or is damaged at line {line}: {(error.msg or 'it is empty').rstrip('.')}.",
            hint="It is not well-formed XML, often because it was cut short; get the file again.",
            line=line,
        ) from error


def local_name(element: _Element) -> str:
    """The tag without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_in(element: _Element | None) -> str:
    """All text inside an element, white space tidied."""
    return " ".join("".join(_pieces(element)).split()) if element is not None else ""


def _pieces(element: _Element) -> Iterator[str]:
    for piece in element.itertext():
        yield str(piece)


def _character(match: re.Match[str]) -> str:
    if match[1] in XML_OWN or match[1] not in HTML_NAMES:
        return match[0]
    return html.escape(HTML_NAMES[match[1]])
