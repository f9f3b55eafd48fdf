"""English or Russian: told from the letters, and from the small words that every text has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookError

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language

__all__ = ["detect_language"]

WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "a",
        "in",
        "was",
        "he",
        "that",
        "it",
        "his",
        "her",
        "i",
        "with",
        "she",
        "had",
        "as",
        "you",
        "for",
        "on",
        "at",
        "is",
        "not",
        "but",
        "be",
        "him",
        "they",
        "said",
    ],
)
SAMPLE = 200_000


def detect_language(text: str, name: str) -> Language:
    """The language of a text: "ru" where most letters are Cyrillic, else "en".

    Raises :class:`BookError` for text that is plainly in another language: Latin script with hardly any
    English function words (they make up about 30 % of running English; the bar is 8 %), Cyrillic with the
    letters of Ukrainian, Belarusian or Serbian and none that are only Russian, or another script.
    """
    sample = text[:SAMPLE]
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in sample)
    letters = sum(c.isalpha() for c in sample)
    latin = sum(c.isalpha() and c < "\u0250" for c in sample)
    if cyrillic + latin < 0.5 * letters:
        raise _foreign(name, "a script that is neither Latin nor Cyrillic")
    if cyrillic > latin:
        foreign = sum(c in "іїєґўјљњћђІЇЄҐЎ" for c in sample)
        russian = sum(c in "ыэЫЭ" for c in sample)
        if foreign > 0.01 * cyrillic and russian < 0.002 * cyrillic:
            raise _foreign(name, "Cyrillic, but not in Russian")
        return "ru"
    words = WORD.findall(sample.lower())
    if len(words) >= 100 and sum(w in ENGLISH for w in words) < 0.08 * len(words):
        raise _foreign(name, "Latin letters, but not in English")
    return "en"


def _foreign(name: str, what: str) -> BookError:
    return BookError(
        f"{name} is in {what}; BookFilm reads English and Russian.",
        hint="Give language=en or language=ru if it is one of them all the same.",
    )
