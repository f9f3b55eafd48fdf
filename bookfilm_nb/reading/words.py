"""Words with their places in the text, and the small questions one asks of them."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["SENTENCE_END", "Word", "is_capital", "plain", "starts_sentence", "word_list", "word_set", "words_of"]

SENTENCE_END = ".!?…:"
"""After these marks a capital letter says nothing about a word."""

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‐‑-][^\W\d_]+)*")
_LEAVE_BACK = re.compile(r"[\s\"“”‘’«»„'_*()\[\]—–-]+$")


class Word(NamedTuple):
    """One word: its characters ``start`` to ``end`` of the book's text."""

    start: int
    end: int
    text: str


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words between two offsets; inner apostrophes and hyphens belong to the word."""
    return [Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, start, end)]


def is_capital(word: str) -> bool:
    """Whether the word begins with a capital and is not shouted whole."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def plain(word: str) -> str:
    """Lower case, straight apostrophes, no possessive ending, ё as е: the form in which words are compared."""
    low = word.lower().replace("’", "'").replace("ё", "е").replace("‑", "-").replace("‐", "-")
    return low.removesuffix("'s")


def starts_sentence(text: str, start: int, floor: int) -> bool:
    """Whether a word at ``start`` opens a sentence, a quotation or the stretch that begins at ``floor``."""
    before = text[max(floor, start - 12) : start]
    if before and not before[-1].isspace() and before[-1] not in "-—–":
        return True
    left = _LEAVE_BACK.sub("", before)
    if not left:
        return start - 12 <= floor or bool(before.strip())
    return left[-1] in SENTENCE_END or (len(left) < len(before.rstrip()) and before.rstrip()[-1] in '"“‘«„—–-')


def word_list(text: str) -> list[str]:
    """The words of a text table, in order."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words of a text table."""
    return frozenset(word_list(text))
