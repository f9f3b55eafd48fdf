"""Where people speak: quotations in marks and dialogue after a dash, in English and in Russian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .said import is_authors_clause, is_said, is_said_verb
from .words import words_of

if TYPE_CHECKING:
    from bookfilm_nb.model import Book

__all__ = ["Block", "Piece", "find_quotes"]

_DASH = re.compile(r"(?:[—–―]|--?-?)(?=\s|[^\W\d_]|[«“\"…])")
_TURN = re.compile(r"(?<=[,.!?…:;»”\")*])\s*(?:[—–―]|--?-?)\s+|\s(?:[—–―]|--?-?)\s+")
_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "'": "'"}
_ENDS = ".!?…,;:—–-"
_ELISIONS = re.compile(
    r"(?:tis|twas|twere|twill|em|im|er|un|bout|cause|cos|til|till|round|neath|way|ere|d|s|ll|re|ve)\b", re.IGNORECASE
)


_LABEL = re.compile(
    r"\b(?:надпис|подпис|вывеск|заглави|названи|слов[оа]|inscription|the words?|label|entitled|marked)\w*\W*$",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A stretch of a paragraph that is either spoken or told."""

    start: int
    end: int
    spoken: bool


class Block(NamedTuple):
    """A paragraph cut into pieces, in order."""

    chapter: int
    paragraph: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    continues: bool = False
    """Whether its first quotation goes on from the paragraph before."""
    verse: bool = False
    scene_break: bool = False


def find_quotes(book: Book) -> tuple[Block, ...]:
    """Every paragraph of the story, cut into what is spoken and what is told.

    Spoken pieces leave out quotation marks and the dash; a nested quotation stays in the outer one; a
    quotation that runs over paragraphs is one piece in each of them. Titles, scare quotes and single
    words in marks are told, not spoken.
    """
    text, language = book.text, book.language
    marks = _primary_marks(book)
    blocks: list[Block] = []
    open_mark = ""
    for c, chapter in enumerate(book.chapters):
        for p, paragraph in enumerate(chapter.paragraphs):
            start, end = _trim(text, paragraph.span.start, paragraph.span.end)
            continues = False
            dash = _DASH.match(text, start) if paragraph.kind == "prose" else None
            if start >= end:
                spoken: list[Piece] = []
            elif dash and dash.end() < end:
                spoken, open_mark = _after_dash(text, dash.end(), end, language), ""
            else:
                first = text[start]
                continues = bool(open_mark) and first in open_mark
                spoken, open_mark = _in_marks(text, start, end, marks, language, continues=continues)
            pieces = _fill(text, start, end, spoken)
            blocks.append(Block(c, p, start, end, pieces, continues, paragraph.kind == "verse", paragraph.scene_break))
    return tuple(blocks)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _fill(text: str, start: int, end: int, spoken: list[Piece]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    for piece in spoken:
        _told(text, at, piece.start, pieces)
        pieces.append(piece)
        at = piece.end
    _told(text, at, end, pieces)
    return tuple(pieces)


_EDGE = '“”„«»"—–―-'


def _told(text: str, start: int, end: int, pieces: list[Piece]) -> None:
    while start < end and (text[start].isspace() or text[start] in _EDGE + "’'‘"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    if any(ch.isalnum() for ch in text[start:end]):
        pieces.append(Piece(start, end, spoken=False))


def _after_dash(text: str, start: int, end: int, language: str) -> list[Piece]:
    """The spoken parts of a paragraph that opens with a dash."""
    spoken: list[Piece] = []
    at, speaking = start, True
    for match in _TURN.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else ""
        if match.end() >= end:
            continue
        if speaking:
            stop = _next_turn(text, match.end(), end)
            if before in ',.!?…»”":;' and is_authors_clause(text, match.end(), stop, before, language):
                _say(text, at, match.start(), spoken)
                at, speaking = match.end(), False
        elif before in ",.:;!?…":
            at, speaking = match.end(), True
    if speaking:
        _say(text, at, end, spoken)
    return spoken


def _next_turn(text: str, start: int, end: int) -> int:
    found = _TURN.search(text, start, end)
    return found.start() if found else end


def _say(text: str, start: int, end: int, spoken: list[Piece]) -> None:
    start, end = _trim(text, start, end)
    # A speech that is wholly in marks loses them: – «Да», – or – "Да"
    if (
        end - start > 2
        and text[end - 1] == _PAIRS.get(text[start], "\0")[0]
        and text[start] not in text[start + 1 : end - 1]
    ):
        start, end = start + 1, end - 1
    if (
        any(ch.isalnum() for ch in text[start:end])
        or "?" in text[start:end]
        or "!" in text[start:end]
        or "…" in text[start:end]
    ):
        spoken.append(Piece(start, end, spoken=True))


def _primary_marks(book: Book) -> str:
    """The opening marks that hold speech in this book."""
    opens = dict.fromkeys(_PAIRS, 0)
    for chapter in book.chapters:
        for paragraph in chapter.paragraphs:
            start, end = paragraph.span.start, paragraph.span.end
            for match in re.finditer(r"(?<![^\s(—–\-\[_*])[“«„‘\"'](?=[^\s])", book.text[start:end]):
                opens[match.group()] += 3 if not match.start() else 1
    if book.language == "ru":
        return '«„“"'
    double = opens["“"] + opens['"'] + opens["«"]
    single = opens["‘"] + opens["'"]
    if single > 2 * double:
        return "‘'"
    return '“"«„'


def _opens(text: str, at: int, start: int, mark: str) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    if mark in "“«„":
        return True
    if mark == '"':
        return bool(after.strip()) and (not before.isalnum()) and (before not in ".,!?;" or before.isspace())
    if before.isalnum() or not after.strip():
        return False
    return not _ELISIONS.match(text, at + 1)


def _closes(text: str, at: int, end: int, mark: str) -> bool:
    """Whether the mark at ``at`` can close a quotation that ``mark`` opened."""
    if text[at] not in _PAIRS[mark]:
        return False
    if mark not in "‘'":
        return True
    after = text[at + 1] if at + 1 < end else " "
    before = text[at - 1]
    if after.isalnum():
        return False
    # After a letter it may be a dropped letter or a plural's apostrophe: closing needs punctuation
    return not before.isalnum() or at + 1 >= end or _ends_speech(text, at, end)


def _ends_speech(text: str, at: int, end: int) -> bool:
    follow = text[at + 1 : min(end, at + 60)]
    return bool(re.match(r"\s*[—–(]|\s+(?:he|she|I|they|said|asked|cried)\b", follow))


def _in_marks(
    text: str, start: int, end: int, marks: str, language: str, *, continues: bool
) -> tuple[list[Piece], str]:
    """Quotations of a paragraph, and the marks that would reopen one that was not closed."""
    spoken: list[Piece] = []
    at = start
    while at < end:
        mark = text[at]
        if mark not in marks or not _opens(text, at, start, mark):
            at += 1
            continue
        close = _find_close(text, at + 1, end, mark)
        stop = end if close < 0 else close
        lo, hi = _trim(text, at + 1, stop)
        if lo < hi and _is_speech(text, start, at, lo, hi, stop, end, language, first=continues and at == start):
            if language == "ru":
                _with_asides(text, lo, hi, spoken)
            else:
                spoken.append(Piece(lo, hi, spoken=True))
        if close < 0:
            return spoken, mark + ("“" if mark == '"' else "")
        at = stop + 1
    return spoken, ""


def _with_asides(text: str, start: int, end: int, spoken: list[Piece]) -> None:
    """A quotation in one pair of marks that a said-clause between dashes interrupts: «Да, – подумал он, – так»."""
    parts = _after_dash(text, start, end, "ru")
    first = text[parts[0].end : parts[1].start if len(parts) > 1 else end] if parts else ""
    if (
        parts
        and parts[-1].end < end
        and not any(is_said_verb(w.text, "ru", plainly=True) for w in words_of(first, 0, len(first)))
    ):
        parts = [Piece(start, end, spoken=True)]
    spoken.extend(parts)


def _find_close(text: str, at: int, end: int, mark: str) -> int:
    depth = 0
    for i in range(at, end):
        ch = text[i]
        if mark in "«„“" and ch == mark:
            depth += 1
        elif ch in _PAIRS[mark] and _closes(text, i, end, mark):
            if (
                mark == '"'
                and i + 1 < end
                and text[i + 1].isalnum()
                and not text[i - 1].isalnum()
                and text[i - 1] in " \n(—-"
            ):
                continue
            if not depth:
                return i
            depth -= 1
    if depth and mark in "«„“":
        for i in range(end - 1, at, -1):
            if text[i] in _PAIRS[mark]:
                return i
    return -1


def _is_speech(  # noqa: C901 - one question after another, the surest first
    text: str, start: int, mark: int, lo: int, hi: int, stop: int, end: int, language: str, *, first: bool
) -> bool:
    """Whether the words in marks are said by somebody, not a title or a word held with tongs."""
    if first:
        return True
    body = text[lo:hi]
    words = words_of(text, lo, hi)
    if not words and not re.search(r"[?!…]", body):
        return False
    before = text[start:mark].rstrip()
    after = text[stop + 1 : min(end, stop + 160)]
    if _LABEL.search(before):
        return False
    introduced = before.endswith(":") or (before.endswith((",", "—", "–", "--")) and language == "en")
    followed = bool(re.match(r"[,.!?…]?\s*(?:[—–―]|--?)\s", after)) if language == "ru" else False
    closing = body[-1] in ".!?…" or body.endswith(("--", "—", "–"))
    alone = not before and not words_of(text, min(stop + 1, end), end)
    if language == "ru":
        outside = after[:1] in "!?."
        if followed and is_said(text, stop + 1, min(end, stop + 120), language):
            return True
        if introduced:
            return body[0].isupper() or closing or outside or not body[0].isalpha()
        if not before:
            return alone or (closing and len(words) > 1) or followed
        return closing and before[-1] in ".!?…" and len(words) > 2
    clause = is_said(text, stop + 1, min(end, stop + 60), language) or is_said(
        text, max(start, mark - 60), mark, language, plainly=True
    )
    inside = bool(before) and before[-1] not in '"”’,:—–-.!?)'
    if inside and not clause and len(words) <= 4 and body[-1] in ",.;" + body[-1] * body[-1].isalnum():
        return False
    if closing or body[-1] in ",;" or stop >= end:
        return len(words) > 1 or introduced or clause or not before or not inside or body[-1] in "?!"
    if alone or introduced:
        return True
    return (
        clause and (body[0].isupper() or len(words) > 3) and not before.endswith(("the", "a", "of", "word", "called"))
    )
