"""What any novel has much of: the mean of some books, taken away before a book is scored.

A model of plots meets "door", "said" and "evening" on every page of every novel, and each pulls a little towards some
genre. What matters is what *this* book has more of than books have: so its mean vector is taken relative to the mean of
other books (alignment of the first moment of two domains), and brought back to the length that a plot's vector has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from .features import features, vector
from .russian import in_english

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .weights import Weights

__all__ = ["LANGUAGES", "book_vector", "novels", "prose_mean", "windows"]

LANGUAGES = ("en", "ru")
WINDOW = 150
"""Words of a window: about as many as a long plot has."""
MOST = 600
"""Windows of a book that are read: beyond, they are taken evenly from the whole book."""
_LONG = 20_000
"""Characters from which a file is a novel rather than a story or a note."""
_WORDS = re.compile(r"\S+")
_NOTICE = re.compile(r"\*\*\* ?(?:START|END) OF [^\n]{0,200}", re.IGNORECASE)
_TAGS = re.compile(r"<binary.*|<[^<>]{0,500}>", re.DOTALL)


def windows(text: str) -> list[str]:
    """The text cut into stretches of 150 words, at most 600 of them, evenly from the whole."""
    starts = [found.start() for found in _WORDS.finditer(text)][::WINDOW]
    cuts = [*starts, len(text)]
    chosen = range(len(starts)) if len(starts) <= MOST else [round(i * len(starts) / MOST) for i in range(MOST)]
    return [text[cuts[i] : cuts[i + 1]] for i in chosen]


def book_vector(text: str, language: str, weights: Weights) -> tuple[np.ndarray, int]:
    """The mean (V,) tf-idf vector of the windows of a book, and how many known words there were."""
    places = weights.index()
    mean, known = np.zeros(len(places)), 0
    parts = windows(text)
    for part in parts:
        counts = in_english(part) if language == "ru" else features(part)
        pairs = [(places[name], count) for name, count in counts.items() if name in places]
        index, value = vector(pairs, weights.idf)
        mean[index] += value
        known += sum(count for _, count in pairs)
    return mean / max(len(parts), 1), known


def prose_mean(books: Mapping[str, Sequence[str]], weights: Weights) -> np.ndarray:
    """(2, V) float64: the mean vector of the books of each language, every book counting the same; 0 without books."""
    rows = [
        np.mean([book_vector(book, language, weights)[0] for book in books[language]], axis=0)
        if books.get(language)
        else np.zeros(len(weights.vocabulary))
        for language in LANGUAGES
    ]
    return np.array(rows)


def novels(folder: Path) -> dict[str, dict[str, str]]:
    """The UTF-8 novels (txt, fb2) below a folder, by language and file name, without Gutenberg's notices and tags.

    A book that lies there twice is taken once. Files that are short, or in another encoding, are passed over.
    """
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    starts = set()
    for path in sorted([*folder.rglob("*.txt"), *folder.rglob("*.fb2")]):
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            continue
        text = _TAGS.sub(" ", text) if path.suffix == ".fb2" else max(_NOTICE.split(text), key=len)
        words = _WORDS.findall(text)
        start = tuple(words[1000:1020])
        if len(text) < _LONG or start in starts:
            continue
        starts.add(start)
        cyrillic = sum("а" <= letter <= "я" for letter in text[:20_000])
        found["ru" if cyrillic > 5_000 else "en"][f"{path.parent.name}/{path.name}"] = text
    return found
