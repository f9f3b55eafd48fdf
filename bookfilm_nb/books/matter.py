"""What in a book file is not the story: licences, title pages, contents, notes, epigraphs, separators."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .blocks import LINE_END, Block, lines_of
from .headings import is_heading_line, normalised, title_like

__all__ = [
    "FrontMatter",
    "mark_contents",
    "mark_end",
    "mark_epigraphs",
    "mark_front",
    "mark_gutenberg",
    "mark_matter",
    "mark_small",
]

START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG|\*END\*?THE SMALL PRINT", re.IGNORECASE)
END = re.compile(
    r"\*{3}\s*(?:END OF (?:THE|THIS) PROJECT GUTENBERG|START: FULL LICENSE)|^End of (?:the |this )?Project Gutenberg",
    re.IGNORECASE | re.MULTILINE,
)
CREDITS = re.compile(
    r"(?:\[?Transcriber.?s.? notes?|Produced by|E-?text prepared by|This e-?book was produced|Transcribed (?:from|by)|"
    r"Scanned (?:and|by)|OCR\b|Распознавание|Сканирование)",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"©|\(c\)\s*\d{4}|\bcopyright\b|\bCC0\b|Creative Commons|all rights reserved|public domain|общественн\w+ достояни|"
    r"авторск\w+ прав|все права|Project Gutenberg License",
    re.IGNORECASE,
)
IMPRINT = re.compile(
    r"\bISBN\b|https?://|www\.|\b(?:published|printed|edition|publisher|publishing|издательств\w*|издание|типография|"
    r"редактор|корректор|verlag)\b|work of fiction|any resemblance|^translated by|^illustrated by|"
    r"^перевод\b|^аннотация$|"
    r"^by\b|^автор[ы:]?\b|written for|рассказ написан|the text is that of|\beBook\b",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"[\s*•·#~=_\-—–+.⁂❦§☙❧◆◇○●]+")
CAPTION = re.compile(
    r"\[\s*(?:illustration|picture|image|plate|figure|иллюстрация|рисунок|картинка)\b.*\]?", re.IGNORECASE | re.DOTALL
)
NOTE = re.compile(
    r"\[\s*(?:foot)?note\b.*|\[\s*(?:сноска|примечание)\b.*|[\[{]\d{1,3}[\]}]\s.*", re.IGNORECASE | re.DOTALL
)
CONTENTS = re.compile(r"(?:table of )?contents[.:]?|содержание[.:]?|оглавление[.:]?", re.IGNORECASE)
NOTES = re.compile(r"(?:foot|end)?notes?[.:]?|примечания[.:]?|сноски[.:]?|комментарии[.:]?", re.IGNORECASE)
MATTER = re.compile(
    r"(?:the )?(?:full )?project gutenberg.*licen[cs]e.*|title ?page|cover|copyright(?: page)?|imprint|"
    r"colophon|dedication|"
    r"acknowledge?ments?|about the (?:author|publisher|translator|type)|also by .*|other books by .*|"
    r"index|bibliography|"
    r"обложка|титул\w*|титульный лист|посвящение|благодарности|об авторе|выходные данные|библиография|аннотация",
    re.IGNORECASE,
)
FINIS = re.compile(
    r"(?:the end|finis|fin|end of (?:the )?(?:book|story|novel)|конец(?: (?:книги|романа|повести))?)[.!]?",
    re.IGNORECASE,
)
SIGNED = re.compile(r"(?=.{2,60}$)(?!.*[!?»”\"]$).*\b(?:1[5-9]|20)\d\d\b.*")

OPEN = (None, "verse")
"""Roles that are still open to judgement."""
QUOTES = frozenset("‘“«\"'„")
LOOSE = 400
"""Characters before the first heading that are too few for a prologue."""


@dataclass(slots=True)
class FrontMatter:
    """What the title page says: its lines in order, and the line about rights."""

    lines: list[str] = field(default_factory=list)
    rights: str = ""


def mark_gutenberg(text: str, blocks: list[Block]) -> None:
    """Everything up to the START line, the credits after it, and everything from the END line on."""
    starts = [i for i, b in enumerate(blocks) if START.search(text, b.start, b.end)]
    ends = [i for i, b in enumerate(blocks) if END.search(text[b.start : b.end])]
    first = starts[-1] + 1 if starts and starts[-1] < 0.5 * len(blocks) else 0
    last = next((i for i in ends if i > first), len(blocks))
    for block in blocks[:first] + blocks[last:]:
        block.role, block.level = "boilerplate", None
    for block in blocks[first : first + 12]:
        if block.role is None and CREDITS.match(text, block.start, block.end):
            block.role = "boilerplate"


def mark_small(text: str, blocks: list[Block]) -> None:
    """Separators, captions and notes that a plain text writes out."""
    for block in blocks:
        words = text[block.start : block.end]
        if block.role not in {None, "verse"} and not (block.role == "heading" and block.level is None):
            continue
        if SEPARATOR.fullmatch(words) and (words.strip(".") or len(words) >= 5):
            block.role = "separator"
        elif CAPTION.fullmatch(words):
            block.role = "caption"
        elif NOTE.fullmatch(words):
            block.role = "note"


def mark_contents(text: str, blocks: list[Block]) -> None:
    """A list of contents: from the word "Contents" to the first entry that comes a second time, or to prose."""
    for index, block in enumerate(blocks):
        lines = lines_of(text, block) if block.role in {None, "heading", "verse"} else []
        if not lines or not CONTENTS.fullmatch(lines[0].strip("_*=# ")):
            continue
        block.role, block.level = "contents", None
        first = normalised(lines[1]) if len(lines) > 1 else ""
        for position in range(index + 1, len(blocks)):
            entry = blocks[position]
            words = lines_of(text, entry) if entry.role in {None, "heading", "verse"} else []
            if not words or not all(_entry_like(line) for line in words):
                break
            name = normalised(words[0])
            if first and name and (first.startswith(name) or name.startswith(first)) and len(words) <= 3:
                break
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            if first and len(words) <= 2 and following is not None and not _listed(text, following):
                break
            first = first or name
            entry.role, entry.level = "contents", None


def _entry_like(line: str) -> bool:
    return len(line) <= 100 and (
        line.isupper() or line.rstrip(" .")[-1:].isdigit() or not line.endswith(("!", "?", "…", ",", ";"))
    )


def _listed(text: str, block: Block) -> bool:
    return all(_entry_like(line) and len(line) <= 75 for line in lines_of(text, block))


def mark_matter(text: str, blocks: list[Block], title: str, author: str) -> None:
    """Headings that only repeat the book's title and author, and whole sections that are no story."""
    own = {normalised(x) for x in (title, author, f"{title} {author}", f"{author} {title}", f"by {author}") if x}
    reason = None
    for block in blocks:
        if block.role == "heading":
            words = " ".join((block.title or text[block.start : block.end]).split())
            plain = normalised(re.sub(r"\[?\d{4}\]?", "", words))
            if block.end > block.start and plain in own:
                block.role, block.level = "boilerplate", None
                continue
            bare = words.strip("_*=# .:")
            found = next(
                (r for p, r in ((MATTER, "boilerplate"), (NOTES, "note"), (CONTENTS, "contents")) if p.fullmatch(bare)),
                None,
            )
            if found or block.level is not None:
                reason = found
        if reason and block.role in {None, "verse", "heading"}:
            block.role, block.level = reason, None  # type: ignore[assignment]
    _mark_notes(text, blocks)


def _mark_notes(text: str, blocks: list[Block]) -> None:
    """In a plain text: what follows the bare word "Notes" in the last part of the file, up to a heading."""
    inside = False
    for index, block in enumerate(blocks):
        if block.role == "heading" and block.level is not None:
            inside = False
        if block.role is None and index > 0.6 * len(blocks) and NOTES.fullmatch(text[block.start : block.end]):
            inside = True
        if inside and block.role in {None, "verse"}:
            block.role = "note"


def mark_front(text: str, blocks: list[Block]) -> FrontMatter:
    """The title page: what stands before the first heading, or before the first prose where there is none."""
    found = FrontMatter()
    heading = next((i for i, b in enumerate(blocks) if b.role == "heading" and b.level is not None), None)
    first = next((i for i, b in enumerate(blocks) if b.role not in {"boilerplate", "contents"}), 0)
    stop = heading if heading is not None else min(len(blocks), first + 8)
    for index in range(stop):
        block = blocks[index]
        if block.role not in {None, "verse", "heading"}:
            continue
        words = text[block.start : block.end]
        lines = lines_of(text, block)
        titled = _title_page(lines) and (heading is not None or (index - first < 3 and _apart(blocks, index)))
        if len(words) < 2000 and RIGHTS.search(words):
            found.rights = found.rights or " ".join(words.split())
            block.role = "boilerplate"
        elif titled or (len(words) < 600 and IMPRINT.search(words)):
            found.lines += lines
            block.role = "boilerplate"
        elif heading is None and block.role is None:
            break
    for block in blocks[-5:]:
        words = text[block.start : block.end]
        if block.role in {None, "prose"} and len(words) < 600 and RIGHTS.search(words) and len(blocks) > 8:
            found.rights = found.rights or " ".join(words.split())
            block.role = "boilerplate"
    return found


def _title_page(lines: list[str]) -> bool:
    """Up to four short lines that are no sentences and no speech."""
    return (
        len(lines) <= 4
        and all(title_like(line) and len(line) <= 80 for line in lines)
        and not any(
            line.endswith((".", "!", "?", "…")) and not line.isupper() and len(line.split()) > 4 for line in lines
        )
    )


def _apart(blocks: list[Block], index: int) -> bool:
    """Whether more than the next line follows after an empty one: a title stands apart from the story."""
    return any(b.gap > 0 for b in blocks[index + 1 : index + 3])


def mark_end(text: str, blocks: list[Block]) -> None:
    """The words "The End", and a date or place under the last line."""
    for block in blocks:
        if block.role in {None, "heading"} and FINIS.fullmatch(text[block.start : block.end].strip("_* ")):
            block.role, block.level = "boilerplate", None
    story = [b for b in blocks if b.role in {None, "prose", "verse"}]
    if len(story) > 3 and story[-1].role is None and SIGNED.fullmatch(text[story[-1].start : story[-1].end]):
        story[-1].role = "boilerplate"


def mark_epigraphs(text: str, blocks: list[Block], *, dense: bool) -> None:
    """A few lines between a heading and the story: verse, a group that stands apart, or lines with a name below.

    So are the few quoted words of a long book that stand before its first heading and outside its title page.
    """
    heading = next((i for i, b in enumerate(blocks) if b.role == "heading" and b.level is not None), 0)
    loose = [b for b in blocks[:heading] if b.role in OPEN]
    size = sum(b.end - b.start for b in loose)
    if loose and size <= LOOSE and size * 50 < len(text) and _is_quoted(text, loose):
        for block in loose:
            block.role = "epigraph"
    for index, block in enumerate(blocks[:-1]):
        begins = block.role == "heading" and block.level is not None
        if begins or index == 0 or block.role == "boilerplate":
            group = _group(blocks, index + 1)
            if group and _is_epigraph(text, group, begins=begins, dense=dense):
                for b in group:
                    b.role = "epigraph"


def _is_quoted(text: str, group: list[Block]) -> bool:
    return text[group[0].start] in QUOTES or any(b.role == "verse" for b in group) or _attributed(text, group)


def _group(blocks: list[Block], index: int) -> list[Block]:
    """The blocks from ``index`` up to the next empty line, where story follows it; else none."""
    group: list[Block] = []
    for block in blocks[index : index + 9]:
        if block.role not in OPEN or (group and block.gap > 0):
            return group if block.gap > 0 and (block.role is None or block.role == "heading") else []
        group.append(block)
    return []


def _is_epigraph(text: str, group: list[Block], *, begins: bool, dense: bool) -> bool:
    """Whether the lines under a heading (``begins``) or under a title page are another's words."""
    size = group[-1].end - group[0].start
    if size > 1200:
        return False
    if begins and all(b.role == "verse" for b in group):
        return True
    if begins and dense and 2 <= len(group) <= 6 and size <= 700:
        return True
    return _attributed(text, group)


def _attributed(text: str, group: list[Block]) -> bool:
    """Two lines or more, the last a short name: after a dash, in capitals, far to the right, or a lone title."""
    lines = [line for block in group for line in lines_of(text, block)]
    if len(lines) < 2 or len(lines[-1]) > 60 or is_heading_line(lines[-1]):
        return False
    last = lines[-1]
    raw = LINE_END.split(text[group[0].start : group[-1].end])[-1]
    words = last.lstrip("—-– ").split()
    named = last.startswith(("—", "--", "–")) and len(words) <= 6 and words[:1] != [] and words[0][:1].isupper()
    return (
        (named and not lines[0].startswith(("—", "–", "-")))
        or last.split("(")[0].strip(" .,").isupper()
        or len(raw) - len(raw.lstrip()) >= 12
        or (len(group) >= 2 and len(words) <= 4 and last.endswith(".") and title_like(last.rstrip(".")))
    )
