"""How a plain text is laid out: hard-wrapped, indented or one paragraph a line; and its blocks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from .blocks import Block
from .headings import BARE, is_heading_line

__all__ = ["Layout", "Line", "layout_of", "split_blocks", "split_lines"]

LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
OWN_LINE = re.compile(r"\*{3}\s*(?:START|END)\b.*|[\s*•·#~=_—–\-⁂❦§]+")
TERMINAL = ".!?…:\"”»'’)*_"
DASHES = ("-", "–", "—")
VERSE_LONGEST = 60


class Line(NamedTuple):
    """A line without the white space at its ends; empty where ``start == end``."""

    start: int
    end: int
    indent: int

    @property
    def length(self) -> int:
        """Characters, the indent included."""
        return self.indent + self.end - self.start


class Layout(NamedTuple):
    """How paragraphs are set. ``width`` is that of a full line; ``dense`` means no empty lines between paragraphs."""

    kind: Literal["wrapped", "indented", "lines"]
    width: int
    dense: bool


def split_lines(text: str) -> list[Line]:
    """The lines of a text; CR LF, LF and CR end a line."""
    lines = []
    for match in LINE.finditer(text):
        body = match[1]
        stripped = body.strip()
        indent = len(body) - len(body.lstrip()) if stripped else 0
        start = match.start() + indent
        lines.append(Line(start, start + len(stripped), indent))
    return lines


def layout_of(text: str, lines: list[Line]) -> Layout:
    """What kind of layout the lines have.

    Lines are wrapped where the next line's first word would not have fitted, or where lines go on in
    small letters. In an indented text a paragraph begins with an indent and needs no empty line.
    """
    filled = [line for line in lines if line.end > line.start]
    if not filled:
        return Layout("lines", 0, dense=False)
    lengths = sorted(line.length for line in filled)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    pairs = [(a, b) for a, b in pairwise(lines) if a.end > a.start and b.end > b.start]
    dense = len(filled) - len(pairs) < 0.34 * len(filled)
    if width > 120 or len(pairs) < 2:
        return Layout("lines", width, dense)
    full = sum(a.length + 1 + _first_word(text, b) > 0.93 * width for a, b in pairs)
    going_on = sum(text[b.start].islower() and text[a.end - 1] not in ".!?…" for a, b in pairs)
    open_ends = sum(text[a.end - 1] not in TERMINAL for a, b in pairs)
    if going_on < 0.25 * len(pairs) and (full < 0.4 * len(pairs) or open_ends < 0.3 * len(pairs)):
        return Layout("lines", width, dense)
    indented = [b for _, b in pairs if b.indent >= 2]
    after_end = sum(text[a.end - 1] in TERMINAL for a, b in pairs if b.indent >= 2)
    flush = [i for i, line in enumerate(lines) if line.end > line.start and line.indent < 2]
    inside = sum(i > 0 and lines[i - 1].end > lines[i - 1].start for i in flush)
    if len(indented) >= 0.03 * len(pairs) and after_end >= 0.8 * len(indented) and inside >= 0.9 * len(flush):
        return Layout("indented", width, dense)
    return Layout("wrapped", width, dense)


def split_blocks(text: str) -> tuple[list[Block], bool]:
    """The blocks of a plain text (paragraphs, single headings, stanzas), and whether the text is dense."""
    lines = split_lines(text)
    layout = layout_of(text, lines)
    blocks: list[Block] = []
    group: list[Line] = []
    gap = 0
    for line in lines:
        if line.end > line.start:
            group.append(line)
            continue
        if group:
            blocks += _blocks_of_group(text, group, gap, layout)
            group, gap = [], 0
        gap += 1
    if group:
        blocks += _blocks_of_group(text, group, gap, layout)
    return blocks, layout.dense and layout.kind == "lines"


def _blocks_of_group(text: str, group: list[Line], gap: int, layout: Layout) -> list[Block]:
    """Cut a run of lines without empty lines into blocks."""
    runs: list[list[Line]] = []
    open_run = False
    for index, line in enumerate(group):
        words = text[line.start : line.end]
        alone = (
            bool(OWN_LINE.fullmatch(words)) or is_heading_line(words) or (index == 0 and bool(BARE.fullmatch(words)))
        )
        begins = not open_run or alone or layout.kind == "lines"
        if not begins and layout.kind == "indented":
            begins = line.indent >= 2 and group[index - 1].indent < line.indent
        if not begins:
            begins = _dialogue_begins(text, group[index - 1], line, layout)
        if begins:
            runs.append([line])
        else:
            runs[-1].append(line)
        open_run = not alone
    if layout.kind == "lines":
        runs = _stanzas(text, runs)
    blocks = []
    for i, run in enumerate(runs):
        verse = len(run) > 1 and (layout.kind == "lines" or _is_verse(text, run, layout.width))
        blocks.append(Block(run[0].start, run[-1].end, "verse" if verse else None, gap=0 if i else gap))
    return blocks


def _dialogue_begins(text: str, before: Line, line: Line, layout: Layout) -> bool:
    """A dash that opens a speech: the line before ended a sentence, and was ended on purpose."""
    words = text[line.start : line.end]
    if not words.startswith(DASHES) or not words.lstrip("-–— \t\xa0")[:1].isupper():
        return False
    return text[before.end - 1] in TERMINAL and before.length + 1 + _first_word(text, line) <= layout.width


def _is_verse(text: str, run: list[Line], width: int) -> bool:
    """Short lines that were ended on purpose and mostly begin with a capital."""
    if len(run) < 3 and not any(line.indent >= 2 for line in run):
        return False
    if max(line.end - line.start for line in run) > VERSE_LONGEST:
        return False
    forced = all(a.length + 1 + _first_word(text, b) <= width for a, b in pairwise(run))
    capitals = sum(text[line.start : line.end].lstrip("\"“«'‘_—–- (")[:1].isupper() for line in run)
    return forced and capitals >= 0.6 * len(run)


def _stanzas(text: str, runs: list[list[Line]]) -> list[list[Line]]:
    """Join three or more short lines in a row, not speeches, most of which end no sentence."""
    joined: list[list[Line]] = []
    pending: list[Line] = []
    for run in [*runs, []]:
        if run and _could_be_verse(text, run[0]):
            pending += run
            continue
        ends = sum(text[line.start : line.end].rstrip("\"”»'’)")[-1:] in {".", "!", "?", "…"} for line in pending)
        if len(pending) >= 3 and ends <= 0.5 * len(pending):
            joined.append(pending)
        else:
            joined += [[line] for line in pending]
        pending = []
        if run:
            joined.append(run)
    return joined


def _could_be_verse(text: str, line: Line) -> bool:
    words = text[line.start : line.end]
    short = len(words) <= VERSE_LONGEST and not words.startswith(DASHES)
    return short and not OWN_LINE.fullmatch(words) and not is_heading_line(words) and not BARE.fullmatch(words)


def _first_word(text: str, line: Line) -> int:
    return len(text[line.start : line.end].split(None, 1)[0])
