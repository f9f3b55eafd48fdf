"""Blocks: stretches of a book's text on their way to becoming paragraphs, headings or things set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["LINE_END", "Block", "Builder", "Role", "lines_of", "trimmed"]

Role = Literal[
    "prose", "verse", "heading", "boilerplate", "contents", "note", "epigraph", "separator", "caption",
]  # fmt: skip

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Block:
    """Characters ``start`` to ``end`` of the text, without white space at either end.

    A heading may be empty (``start == end``): a chapter that begins there though no words say so.
    """

    start: int
    end: int
    role: Role | None = None
    """None while nobody has said what it is."""
    level: int | None = None
    """Of a heading: its rank, 1 the highest; None for a heading that begins no chapter."""
    title: str = ""
    """Of a heading: its words, where they are not those of the text."""
    gap: int = 0
    """Empty lines before it."""
    scene_break: bool = False


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty (at ``start``) where there is nothing else."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return (start + left, start + len(words.rstrip())) if left < len(words) else (start, start)


def lines_of(text: str, block: Block) -> list[str]:
    """The lines of a block, stripped; never empty ones."""
    return [line for part in LINE_END.split(text[block.start : block.end]) if (line := part.strip())]


@dataclass(slots=True)
class Builder:
    """Writes the text of a document that has no plain text of its own: one line a block, in reading order."""

    blocks: list[Block] = field(default_factory=list)
    position: int = 0
    _parts: list[str] = field(default_factory=list)
    _gap: int = 0
    _scene_break: bool = False

    def add(self, words: str, role: Role | None = None, *, level: int | None = None, title: str = "") -> None:
        """Append a block; words that are only white space count as an empty line."""
        words = words.strip()
        if not words:
            self._gap += 1
            return
        block = Block(self.position, self.position + len(words), role, level, title, self._gap, self._scene_break)
        self.blocks.append(block)
        self._parts += [words, "\n"]
        self.position += len(words) + 1
        self._gap, self._scene_break = 0, False

    def mark(self, level: int, title: str, at: int) -> None:
        """Say that a chapter begins before the block at or after ``at``, though no heading stands there."""
        index = next((i for i, b in enumerate(self.blocks) if b.start >= at), len(self.blocks))
        self.blocks.insert(index, Block(at, at, "heading", level, title))

    def scene_break(self) -> None:
        """The author set a break here that has no characters of its own."""
        self._scene_break = True

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._parts).removesuffix("\n")
