"""From blocks to chapters: every character ends up in one paragraph or is set aside, with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import BookError
from bookfilm_nb.model import Chapter, Paragraph, SetAside, Span

from .headings import heading_words, join_title, mark_headings
from .matter import (
    FrontMatter,
    mark_contents,
    mark_end,
    mark_epigraphs,
    mark_front,
    mark_gutenberg,
    mark_matter,
    mark_small,
)

if TYPE_CHECKING:
    from .blocks import Block

__all__ = ["Structure", "arrange"]

WIDE_BLANK = 3
"""Empty lines that a reader takes for a break."""
SENTENCE = re.compile(r"[^\W\d_]+\W+[^\W\d_]+.*?[.!?…]", re.DOTALL)


class Structure(NamedTuple):
    """A book's chapters, what was set aside, and its title page."""

    chapters: tuple[Chapter, ...]
    set_aside: tuple[SetAside, ...]
    front: FrontMatter


def arrange(
    text: str, blocks: list[Block], name: str, *, title: str = "", author: str = "", dense: bool = False
) -> Structure:
    """Say of every block what it is, and put the story's into chapters.

    ``dense`` text has no empty lines between paragraphs, so a single one is the author's break.
    Raises :class:`BookError` where no sentence of a story is left.
    """
    mark_gutenberg(text, blocks)
    mark_small(text, blocks)
    mark_contents(text, blocks)
    mark_headings(text, blocks)
    mark_matter(text, blocks, title, author)
    front = mark_front(text, blocks)
    mark_end(text, blocks)
    mark_epigraphs(text, blocks, dense=dense)
    for block in blocks:
        block.role = block.role or "prose"
    if not any(b.role in {"prose", "verse"} and SENTENCE.search(text[b.start : b.end]) for b in blocks):
        raise BookError(
            f"{name} has no sentence in it that could be told.",
            hint="A story needs words and full stops; if it has them, look whether the encoding was guessed right.",
        )
    return Structure(_chapters(text, blocks, 1 if dense else WIDE_BLANK), _set_aside(text, blocks), front)


def _chapters(text: str, blocks: list[Block], wide: int) -> tuple[Chapter, ...]:
    """A heading opens a chapter when its first paragraph comes; headings above it name its part."""
    chapters: list[Chapter] = []
    stack: list[tuple[int, str]] = []
    paragraphs: list[Paragraph] = []
    begin: int | None = None
    opened = 0
    scene_break = False

    def close() -> None:
        if paragraphs:
            names = [words for _, words in stack]
            chapters.append(
                Chapter(
                    title=_clean(names[-1]) if names else "",
                    part=_clean(_joined(names[:-1])),
                    span=Span(start=opened, end=paragraphs[-1].span.end),
                    paragraphs=tuple(paragraphs),
                ),
            )
            paragraphs.clear()

    for block in blocks:
        if block.role == "heading" and block.level is not None:
            close()
            words = heading_words(text, block)
            if begin is not None and stack and stack[-1][0] == block.level:
                stack[-1] = (block.level, join_title(stack[-1][1], words))
            else:
                stack = [*(s for s in stack if s[0] < block.level), (block.level, words)]
            begin = block.start if begin is None else begin
            scene_break = False
        elif block.role == "prose" or block.role == "verse":  # noqa: PLR1714 - narrows the type
            if not paragraphs:
                opened = block.start if begin is None else begin
                begin = None
            broken = bool(paragraphs) and (scene_break or block.scene_break or block.gap >= wide)
            span = Span(start=block.start, end=block.end)
            paragraphs.append(Paragraph(span=span, kind=block.role, scene_break=broken))
            scene_break = False
        else:
            scene_break = scene_break or block.role in {"separator", "heading"} or block.scene_break
    close()
    return tuple(chapters)


def _joined(names: list[str]) -> str:
    whole = ""
    for words in names:
        whole = join_title(whole, words) if whole else words
    return whole


def _clean(words: str) -> str:
    words = words.strip("_*=#~ ")
    return words if words.endswith("..") else words.removesuffix(".")


def _set_aside(text: str, blocks: list[Block]) -> tuple[SetAside, ...]:
    """What is no paragraph, and the white space between blocks."""
    parts: list[SetAside] = []
    position = 0
    for block in blocks:
        if block.end == block.start:
            continue
        if block.start > position:
            parts.append(SetAside(span=Span(start=position, end=block.start), reason="blank"))
        if block.role is not None and block.role != "prose" and block.role != "verse":  # noqa: PLR1714 - narrows
            parts.append(SetAside(span=Span(start=block.start, end=block.end), reason=block.role))
        position = block.end
    if position < len(text):
        parts.append(SetAside(span=Span(start=position, end=len(text)), reason="blank"))
    return tuple(parts)
