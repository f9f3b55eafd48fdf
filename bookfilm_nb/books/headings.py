"""Which lines of a plain text are headings: keywords, numerals and capitals, in English and Russian."""

from __future__ import annotations

import re
from itertools import pairwise

from .blocks import Block, lines_of

__all__ = ["BARE", "heading_words", "is_heading_line", "join_title", "mark_headings", "normalised", "title_like"]

PART, CHAPTER = 1, 2

ROMAN = r"[IVXLC]+"
EN_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|(?:twenty|thirty|forty|fifty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    "(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
)
RU_STEMS = (
    "перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат|тринадцат|четырнадцат|"
    "пятнадцат|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат|тридцат|сороков|последн"
)
RU_WORDS = rf"(?:(?:двадцать|тридцать|сорок) )?(?:{RU_STEMS})(?:ая|яя|ый|ий|ой|ье|ья|ое|ее)"
NUMBER = rf"(?:\d{{1,3}}|{ROMAN}|{EN_WORDS}|{RU_WORDS})"
TITLE = r"(?:\s*[.:—–-]+\s*(?P<title>\S.*)?|\s+(?P<plain>\S.*))?"

KEYWORDS = (
    (PART, re.compile(rf"(?:book|part|volume|act|часть|том|книга|действие)\s+{NUMBER}{TITLE}", re.IGNORECASE)),
    (
        CHAPTER,
        re.compile(rf"(?:chapter|chap\.|stave|letter|scene|глава|гл\.|письмо|сцена)\s+{NUMBER}{TITLE}", re.IGNORECASE),
    ),
)
ALONE = re.compile(
    r"(?:prologue|epilogue|the epilogue|preface|introduction|foreword|afterword|interlude|conclusion|postscript|"
    r"пролог|эпилог|предисловие|введение|вступление|заключение|послесловие|вместо предисловия|интерлюдия|"
    r"от автора)[.:]?",
    re.IGNORECASE,
)
BARE = re.compile(rf"(?P<roman>{ROMAN})\.?|(?P<arabic>\d{{1,3}})[.)]?")
NUMBERED = re.compile(rf"(?:(?P<roman>{ROMAN})|(?P<arabic>\d{{1,3}}))[.:)]\s*[—–-]?\s+(?P<title>\S.{{0,78}})")
MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
ORNAMENT = "*_=~#• \t"
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
LONGEST = 90


def is_heading_line(line: str) -> bool:
    """Whether a line by itself is surely a heading: a keyword with a number, or a word like "Prologue"."""
    return _keyword(line) is not None


def join_title(first: str, second: str) -> str:
    """Two lines of one heading as one line: "CHAPTER ONE" and "The Sea" give "CHAPTER ONE. The Sea"."""
    return f"{first} {second}" if first.endswith((".", ":", "!", "?", "…", "—", "–", "-")) else f"{first}. {second}"


def heading_words(text: str, block: Block) -> str:
    """A heading as one line; a number that has a line of its own is set off from the title below it."""
    if block.title:
        return " ".join(block.title.split())
    lines = [" ".join(line.split()) for line in lines_of(text, block)]
    if len(lines) > 1 and (BARE.fullmatch(lines[0]) or is_heading_line(lines[0])):
        return join_title(lines[0], " ".join(lines[1:]))
    return " ".join(lines)


def normalised(line: str) -> str:
    """Letters and digits only, folded: to compare titles."""
    return "".join(c for c in line.casefold() if c.isalnum())


def mark_headings(text: str, blocks: list[Block]) -> None:
    """Find the headings among blocks that nobody has judged yet, and give them their levels.

    Where a document's own marks already say what its chapters are, nothing is looked for.
    """
    if any(b.role == "heading" and b.level is not None for b in blocks):
        return
    for block in blocks:
        lines = lines_of(text, block) if block.role is None else []
        if lines and len(lines) <= 3 and (found := _keyword(lines[0])):
            if len(lines) == 1 or all(title_like(line) for line in lines[1:]):
                block.role, block.level = "heading", found
        elif len(lines) == 1 and (mark := MARKDOWN.fullmatch(lines[0])):
            block.role, block.level, block.title = "heading", len(mark[1]), mark[2]
    _mark_numerals(text, blocks)
    if not any(b.level is not None for b in blocks):
        _mark_capitals(text, blocks)
    _mark_titles(text, blocks)


def _keyword(line: str) -> int | None:
    line = line.strip(ORNAMENT)
    if len(line) > LONGEST:
        return None
    if ALONE.fullmatch(line):
        return CHAPTER
    for level, pattern in KEYWORDS:
        if match := pattern.fullmatch(line):
            plain = match["plain"]
            if (
                plain is None
                or plain.isupper()
                or (plain[:1].isupper() and not plain.endswith((".", "!", "?", "…", ",")))
            ):
                return level
    return None


def _mark_numerals(text: str, blocks: list[Block]) -> None:
    """Bare numerals ("IV.") and numbered titles ("IV. The Sea"), where they count up from one.

    Arabic numerals that break sentences apart are page numbers.
    """
    found: list[tuple[Block, int, bool]] = []
    for block in blocks:
        lines = lines_of(text, block) if block.role is None else []
        if not 1 <= len(lines) <= 3:
            continue
        line = lines[0].strip(ORNAMENT)
        match = BARE.fullmatch(line)
        if match is None and (match := NUMBERED.fullmatch(line)) and not title_like(match["title"]):
            match = None
        if match and (len(lines) == 1 or all(title_like(x) for x in lines[1:])):
            found.append((block, _value(match), match["arabic"] is not None))
    if len(found) < 2 or found[0][1] != 1 or not _mostly_rising([value for _, value, _ in found]):
        return
    if found[0][2] and _are_pages(text, blocks, [b for b, _, _ in found]):
        for block, _, _ in found:
            block.role = "boilerplate"
        return
    inside = sum(b.level == CHAPTER for b in blocks) >= 2 and not any(
        b.level == CHAPTER and ALONE.fullmatch(text[b.start : b.end]) for b in blocks
    )
    for block, _, _ in found:
        block.role, block.level = "heading", None if inside else CHAPTER


def _value(match: re.Match[str]) -> int:
    if match["arabic"]:
        return int(match["arabic"])
    values = [ROMAN_VALUES[c] for c in match["roman"]]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _mostly_rising(values: list[int]) -> bool:
    """Each is one more than the one before, or 1 again; one in five may be a misprint."""
    steps = sum(b == a + 1 or b == 1 for a, b in pairwise(values))
    return steps >= 0.6 * (len(values) - 1)


def _are_pages(text: str, blocks: list[Block], numerals: list[Block]) -> bool:
    numbers = {id(b) for b in numerals}
    cut = sum(
        id(block) in numbers and text[before.end - 1] not in ".!?…:»”\"'’)*—-"
        for before, block in pairwise(blocks)
        if before.end > before.start
    )
    return cut > 0.2 * len(numerals)


def _mark_capitals(text: str, blocks: list[Block]) -> None:
    """Where nothing is numbered: lines in capitals, standing apart, at least two, with some story between."""
    found = [
        b
        for b in blocks
        if b.role is None
        and b.gap > 0
        and b.end - b.start <= 60
        and "\n" not in text[b.start : b.end]
        and text[b.start : b.end].isupper()
        and sum(c.isalpha() for c in text[b.start : b.end]) >= 4
        and text[b.start] not in "—–-\"“«'‘"
    ]
    found = [b for b in found if b is not blocks[0]]
    if len(found) >= 2 and (found[-1].start - found[0].start) >= 800 * (len(found) - 1):
        for block in found:
            block.role, block.level = "heading", CHAPTER


def _mark_titles(text: str, blocks: list[Block]) -> None:
    """The short line under a heading is its title."""
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if before.role != "heading" or before.level is None or block.role is not None:
            continue
        lines = lines_of(text, block)
        own = lines_of(text, before)
        names_itself = len(own) > 1 or _has_title(own[0]) if own else True
        if len(lines) > 2 or names_itself or (after.role == "heading" and after.gap < 2):
            continue
        if all(title_like(line) for line in lines):
            block.role, block.level = "heading", before.level


def _has_title(line: str) -> bool:
    line = line.strip(ORNAMENT)
    if NUMBERED.fullmatch(line):
        return True
    matches = (pattern.fullmatch(line) for _, pattern in KEYWORDS)
    return any(m and (m["title"] or m["plain"]) for m in matches)


def title_like(line: str) -> bool:
    """Whether a short line could be a title: capitals, or no end of sentence, or every long word capitalised."""
    words = line.split()
    if not words or len(line) > 75 or len(words) > 13 or line[0] in "—–-*[(":
        return False
    if line.isupper():
        return True
    if line[-1] in ",;:" or not (line[0].isupper() or line[0] in "\"“«'‘_" or line[0].isdigit()):
        return False
    if line.rstrip("\"”»'’_")[-1:] in {".", "!", "?", "…"}:
        long = [w for w in words if len(w) > 4]
        return (
            len(words) >= 2 and bool(long) and all(w.lstrip("\"“«'‘_(")[:1].isupper() for w in long) and line.isascii()
        )
    return True
