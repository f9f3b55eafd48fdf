"""English noun phrases with a place at their head, and the name a heading gives it."""

from __future__ import annotations

from typing import NamedTuple

from . import places_en as en
from .places import Noun, gazetteer
from .places_english_clauses import BREAKERS, DETERMINERS, STOPS, Token

__all__ = ["RENAMED", "phrase_at"]

RENAMED = {
    "wheel": "ship", "helm": "ship", "tiller": "ship", "waves": "sea", "trees": "forest", "firs": "forest",
    "pines": "forest", "bank": "river bank", "banks": "river bank", "bedside": "bedroom", "graveside": "graveyard",
    "deckhouse": "deck", "houses": "house", "rooms": "room", "streets": "street", "stairs": "staircase",
    "undergrowth": "forest", "dwelling": "house",
}  # fmt: skip

_UP = frozenset({"up", "down", "back", "on", "in"})
_TO = frozenset({"on", "to", "at"})
_DEEPEST = 3
"""The edge of the end of the middle of a forest: nobody writes more of them."""
_ADJECTIVES = frozenset({"common", "main", "back", "square", "green", "plain"})


class _Phrase(NamedTuple):
    """A noun phrase with a place noun at its head; ``end`` is the token after it."""

    end: int
    noun: Noun
    name: str
    special: bool
    attached: str = ""


def phrase_at(text: str, tokens: list[Token], i: int, depth: int = 0) -> _Phrase | None:
    """The noun phrase that begins at token ``i``, where its head is a place."""
    first, article = _start(tokens, i)
    j = _head(tokens, first)
    if j is None or article in ("no", "another"):
        return None
    nouns = gazetteer("en")
    if _is_part(tokens, j):
        return _part(text, tokens, first, j, depth)
    while j + 1 < len(tokens) and tokens[j + 1].low in nouns and tokens[j + 1].start - tokens[j].start < 30:
        j += 1
    attached = ""
    end = j + 1
    if end < len(tokens) and tokens[end].low in en.ATTACHED:
        attached = tokens[end].low
        end += 1
    name, special = _named(tokens, first, j, article)
    tail = _tail(text, tokens, end + 1) if not attached and _of(tokens, end - 1) else None
    if tail:
        name = "The deck" if name == "The ship" else name
        name, special, end = f"{name} of {tail[0]}", True, tail[1]
    return _Phrase(end, nouns[tokens[j].low], name, special, attached)


def _start(tokens: list[Token], i: int) -> tuple[int, str]:
    """The first token after the article, and the article."""
    j = i
    if i and j < len(tokens) and tokens[j].low in _TO and tokens[i - 1].low in _UP:
        j += 1
    while j < len(tokens) and tokens[j].low in ("all", "both"):
        j += 1
    if j < len(tokens) and tokens[j].low in DETERMINERS:
        return j + 1, tokens[j].low
    return j, ""


def _head(tokens: list[Token], first: int) -> int | None:
    """The first place noun of the phrase; None where another phrase begins before it."""
    for j in range(first, min(first + 5, len(tokens))):
        low = tokens[j].low
        if low in gazetteer("en") or _is_part(tokens, j):
            return j
        if (low in BREAKERS and low != "and") or (low in STOPS and (low != "," or j == first)):
            return None
    return None


def _is_part(tokens: list[Token], j: int) -> bool:
    return tokens[j].low in en.PARTS and _of(tokens, j)


def _of(tokens: list[Token], j: int) -> bool:
    return j + 1 < len(tokens) and tokens[j + 1].low == "of"


def _part(text: str, tokens: list[Token], first: int, j: int, depth: int) -> _Phrase | None:
    """A part and its whole: "the edge of the forest" is the forest, "the bank of the river" the river."""
    inner = phrase_at(text, tokens, j + 2, depth + 1) if depth < _DEEPEST else None
    word = tokens[j].low
    if inner is None:
        nouns = gazetteer("en")
        if word not in nouns:
            return None
        name, special = _named(tokens, first, j, "the")
        tail = _tail(text, tokens, j + 2)
        if tail:
            return _Phrase(tail[1], nouns[word], f"{name} of {tail[0]}", True)
        return _Phrase(j + 1, nouns[word], name, special)
    if word in ("bank", "banks", "shore", "shores") and inner.noun.kind == "river":
        return inner
    if word == "deck":
        return inner
    if word in ("shore", "shores", "edge", "brink") and inner.noun.kind == "open sea":
        noun = gazetteer("en")["shore"]
        return _Phrase(inner.end, noun, "The shore", special=False)
    return inner


def _tail(text: str, tokens: list[Token], i: int) -> tuple[str, int] | None:
    """A proper name after "of": "the harbour of Saltby", "the deck of the Patience"."""
    article = ""
    if i < len(tokens) and tokens[i].low == "the":
        article = "the "
        i += 1
    names: list[str] = []
    while i < len(tokens) and tokens[i].text[0].isupper() and len(names) < 3 and tokens[i].low not in STOPS:
        # "At the wheel of the Heron Ruth sang": a second word must come with the first elsewhere too.
        if names and text.count(f"{names[-1]} {tokens[i].text}") < 2:
            break
        names.append(tokens[i].text)
        i += 1
    return (article + " ".join(names), i) if names else None


def _named(tokens: list[Token], first: int, head: int, article: str) -> tuple[str, bool]:
    """The heading's name, and whether it says more than the bare noun."""
    kept: list[str] = []
    for token in tokens[first:head]:
        proper = token.text[0].isupper() and token.start > tokens[0].start
        if (
            proper
            or token.low in en.KEPT_ADJECTIVES
            or (token.low in gazetteer("en") and token.low not in _ADJECTIVES)
            or token.low.endswith(("'s", "s'"))
        ):
            kept.append(token.text if proper else token.low)
    word = tokens[head].text
    if word[0].isupper() and kept and kept[0][0].isupper():
        bare = f"{' '.join(kept)} {word}"
        return (f"The {bare}" if article == "the" else bare), True
    low = word.lower().replace("’", "'")
    noun = " ".join([*kept, RENAMED.get(low, low)])
    if kept and kept[0][0].isupper() and (kept[0].endswith(("'s", "’s")) or article != "the"):
        return noun, True
    return f"The {noun}", bool(kept)
