"""What data and engines say in English, shown in the language of the panels; what is stored stays as it is.

term("size", "close-up")         "крупный план"
blend("mystery 0.7 + romance 0.3")  "детектив 0,7 + мелодрама 0,3"
told("at most 2")                "не больше 2"
decimal(2.5)                     "2,5"
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from .terms_ru import RUSSIAN_SENTENCES, RUSSIAN_TERMS
from .words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["blend", "count", "decimal", "figure", "options", "point", "term", "told"]

_TERMS: dict[str, Mapping[str, Mapping[str, str]]] = {"ru": RUSSIAN_TERMS}
_SENTENCES: dict[str, Mapping[str, str]] = {"ru": RUSSIAN_SENTENCES}
_HOLE = re.compile(r"\\\{(\w+)\\\}")
_ONE, _SEVERAL = r"\S+", r".+?"
_FIGURE = re.compile(r"[-+−±<]? ?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_MARKS = str.maketrans({",": "\u00a0", ".": ","})


def term(kind: str, word: str) -> str:
    """A word of this kind ("genre", "size", "move", ...) as it is shown; a word that nobody translated, as it is."""
    return _TERMS.get(language(), {}).get(kind, {}).get(word, word)


def options(kind: str, words: Iterable[str]) -> list[tuple[str, str]]:
    """Words to choose from: what is shown, and the word itself."""
    return [(term(kind, word), word) for word in words]


def blend(template: str) -> str:
    """A genre or a blend (``mystery 0.7 + romance 0.3``) as it is shown; a genre alone needs no share."""
    parts = [part.rpartition(" ") if part[-1:].isdigit() else (part, "", "") for part in template.split(" + ")]
    if len(parts) == 1:
        return term("genre", parts[0][0])
    return " + ".join(f"{term('genre', genre)}{space}{figure(share)}" for genre, space, share in parts)


def count(number: int) -> str:
    """A number of many digits in groups of three: ``7,053``, or in Russian with a space that does not break."""
    return figure(f"{number:,}")


def decimal(number: float, form: str = "g") -> str:
    """A number in this format: ``2.5``, or in Russian ``2,5``."""
    return figure(format(number, form))


def point() -> str:
    """What stands between ones and tenths."""
    return decimal(0.5)[1]


def figure(text: str) -> str:
    """A number that data or an engine wrote, ``2.5`` or ``7,053.5``, as it is shown; other text as it is."""
    return text if language() == "en" or not _FIGURE.fullmatch(text) else text.translate(_MARKS)


def told(text: str) -> str:
    """Sentences of an engine as they are shown, each figure and name in its place; others as they are."""
    for sentence, shown in _known(language()):
        text = sentence.sub(partial(_filled, shown), text)
    return text


def _filled(shown: str, found: re.Match[str]) -> str:
    return shown.format(**{hole: figure(value) for hole, value in found.groupdict().items()})


@cache
def _known(tongue: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence as a pattern. What stands in braces is one word, or several where its name ends in an s."""
    return tuple((_pattern(sentence), shown) for sentence, shown in _SENTENCES.get(tongue, {}).items())


def _pattern(sentence: str) -> re.Pattern[str]:
    """Matches the sentence after another one; what ends without a full stop, only as a whole or between commas."""
    words = _HOLE.sub(_figures, re.escape(sentence))
    if sentence.endswith("."):
        return re.compile(rf"(?:^|(?<=[.] )){words}(?=\s|$)")
    return re.compile(rf"(?:^|(?<=, )){words}(?=, |$)")


def _figures(hole: re.Match[str]) -> str:
    many = hole[1].endswith("s")
    return f"(?P<{hole[1]}>{_SEVERAL if many else _ONE})"
