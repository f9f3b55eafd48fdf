"""Film titles as catalogues write them: articles at the end, other titles in brackets; which films are the same."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["other_titles", "same_films", "title_key", "upright"]

ARTICLES = (
    "The", "A", "An", "La", "Le", "Les", "L'", "Un", "Une", "Un'", "Una", "Uno", "Il", "Lo", "Gli", "I", "El", "Los",
    "Las", "Der", "Die", "Das", "Den", "Dem", "Det", "Ein", "Eine", "De", "Het", "Een", "En", "Ett", "O", "Os", "As",
    "Um", "Uma", "To", "Ta", "Oi", "Ha", "Ha-", "Al", "al-", "Ang", "Az",
)  # fmt: skip
"""Articles that were seen at the end of titles in ggplot2movies and MovieLens: English, French, Italian, Spanish,
German, Scandinavian, Dutch, Portuguese, Greek, Hebrew, Arabic, Filipino, Hungarian."""

_ENDING = re.compile(rf"^(?P<rest>.+), (?P<article>{'|'.join(map(re.escape, ARTICLES))})$")
_INSIDE = re.compile(r"^(?P<rest>[^:]+), (?P<article>The|A|An)(?P<tail>: .+| \([^()]*\).*)$")
_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*$")
_ALSO = re.compile(r"^(?:a\.?k\.?a\.?:?\s+|also known as\s+)", re.IGNORECASE)
_NO_SPACE = ("'", "-")


def upright(title: str) -> str:
    """The title as it is spoken: "Matrix, The" becomes "The Matrix", "Avventura, L'" becomes "L'Avventura".

    An article before a colon or a bracket is put in front too ("Mask, The: The Beginning").
    White space becomes single spaces.
    """
    plain = " ".join(title.split())
    if found := _ENDING.match(plain):
        return _put_in_front(found)
    if found := _INSIDE.match(plain):
        return _put_in_front(found) + found["tail"]
    return plain


def _put_in_front(found: re.Match[str]) -> str:
    article = found["article"]
    return f"{article}{'' if article.endswith(_NO_SPACE) else ' '}{found['rest']}"


def other_titles(title: str) -> tuple[str, tuple[str, ...]]:
    """A MovieLens title without its brackets, and the other titles that stood in them, all upright.

    "Seven Samurai (Shichinin no samurai)" gives ("Seven Samurai", ("Shichinin no samurai",)). A title that is nothing
    but a bracket, or begins with one, keeps it.
    """
    rest = " ".join(title.split())
    others: list[str] = []
    while (found := _BRACKETS.search(rest)) and found.start() > 0:
        others.insert(0, upright(_ALSO.sub("", found[1])))
        rest = rest[: found.start()]
    return upright(rest), tuple(others)


def title_key(title: str) -> str:
    """What is left of a title to compare by: no case, accents, articles in front, or punctuation; "&" is "and".

    A title in which nothing is left by this (one of signs only, such as "$") is its own key.
    """
    spoken = upright(title)
    plain = spoken.casefold().replace("&", " and ")
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    words = re.findall(r"\w+", plain.replace("'", ""))
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        del words[0]
    return " ".join(words) or spoken


def same_films(
    base: Iterable[tuple[Any, str, int]], films: Iterable[tuple[Any, Iterable[str], int]]
) -> dict[Any, tuple[Any, int]]:
    """Which film of ``base`` each of ``films`` is, and by how many years the two are dated apart (-1, 0 or 1).

    ``base`` has (id, title, year), ``films`` has (id, its titles, year). Two are the same film where a title of one has
    the key of the other's and the years are equal or, where no such film is left, one apart: catalogues differ in
    dating. A key that fits several films of one year fits none of them. Each film is used once.
    """
    rows: dict[tuple[str, int], list[Any]] = {}
    for row, title, year in base:
        rows.setdefault((title_key(title), year), []).append(row)
    asked = [(film, sorted({title_key(title) for title in titles}), year) for film, titles, year in films]
    found: dict[Any, tuple[Any, int]] = {}
    taken: set[Any] = set()
    for shift in (0, 1, -1):
        wanted: dict[Any, list[Any]] = {}
        for film, keys, year in asked:
            if film not in found:
                fitting = {row for key in keys for row in rows.get((key, year + shift), ())} - taken
                if len(fitting) == 1:
                    wanted.setdefault(fitting.pop(), []).append(film)
        for row, claimants in wanted.items():
            if len(claimants) == 1:
                found[claimants[0]] = (row, shift)
                taken.add(row)
    return found
