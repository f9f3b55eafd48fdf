"""Where a long sentence may be cut: at the borders of its clauses, never inside a word."""

from __future__ import annotations

import re

from .lexicon import WORDS

__all__ = ["clause_starts", "joints"]

_BORDER = re.compile(r"(?P<mark>[,;:.!?…—–]+|--)[\"'»”’)]*\s+[\"'«“‘(]*(?=(?P<word>[^\W_]+))")
_STRONG = frozenset(";:.!?…—–-")


def joints(text: str, language: str) -> list[tuple[int, bool]]:
    """Offsets where a clause begins after a border, and whether the border is a strong one.

    Strong borders are marks other than the comma, and commas before a word that opens a clause ("and", "when",
    "который"). The offset is that of the clause's first character, opening quotation marks included.
    """
    openers = WORDS[language].joints
    found = []
    for match in _BORDER.finditer(text):
        mark = match["mark"]
        gap = re.search(r"\s+", match.group())
        start = match.start() + (gap.end() if gap else 0)
        strong = any(c in _STRONG for c in mark) or match["word"].casefold() in openers
        found.append((start, strong))
    return found


def clause_starts(text: str, language: str, *, min_words: int, max_words: int) -> list[int]:
    """Offsets where the text may be cut into pieces of ``min_words`` to about ``max_words`` words; 0 is the first.

    Cuts at strong borders where they serve, at other commas only where a piece would otherwise be longer than
    ``max_words``. A text without such borders stays whole.
    """
    starts = [0]
    borders = joints(text, language)
    for position, (offset, strong) in enumerate(borders):
        before = len(text[starts[-1] : offset].split())
        after = len(text[offset:].split())
        if before < min_words or after < min_words:
            continue
        end = next((o for o, s in borders[position + 1 :] if s), len(text))
        would_be = len(text[starts[-1] : end].split())
        if would_be > max_words and (strong or before >= max_words * 0.6):
            starts.append(offset)
    return starts
