"""English clauses: who does what before a place is named, and what keeps it from being here and now."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import places_en as en
from .en import PEOPLE
from .places import gazetteer
from .places_words import word_set

__all__ = [
    "BREAKERS",
    "DETERMINERS",
    "STOPS",
    "Token",
    "coordinated",
    "earlier",
    "fronted",
    "hindered",
    "knocked",
    "subject_of",
    "tokenise",
    "verb_before",
]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?|\d+|[^\w\s]")

STOPS = frozenset(',;:.!?—–()"“”«»…-')

DETERMINERS = word_set("the a an his her their its my our your this that these those one another both all no")

BREAKERS = DETERMINERS | word_set(
    "of in at on to from with by for into onto upon through under over and or but as who whom which that it he she they"
    " we i you him them us me was were is are had has have been be not there then when where while till until so if"
    " than before behind after up down out off away back again together alone too also still now here did do"
)

_PRONOUNS = word_set("he she they we i you who everybody everyone somebody someone both all")

_FRONT_OPENERS = word_set(
    "then but and so now meanwhile far high low down up out back away there here still once at last all again just deep"
    " only even also that yet suddenly later below above long"
)

_MERGED = {
    ("water's", "edge"), ("public", "house"), ("drawing", "room"), ("dining", "room"), ("sitting", "room"),
    ("living", "room"), ("market", "place"), ("lamp", "room"), ("lantern", "room"), ("sand", "pits"), ("sand", "pit"),
    ("school", "room"), ("court", "room"), ("throne", "room"), ("burial", "ground"), ("rowing", "boat"),
    ("flower", "beds"), ("coffee", "room"), ("observatory", "dome"),
}  # fmt: skip

_SOON = word_set("soon at last once presently again quickly straight so now")

_NEGATIVE = word_set("not never no nobody none neither nor without cannot")


class Token(NamedTuple):
    """A word or a mark; ``low`` is lower case with straight apostrophes."""

    start: int
    text: str
    low: str


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of a sentence; set compounds ("dining room") are one word."""
    raw = [
        Token(m.start(), m.group(), m.group().lower().replace("’", "'"))
        for m in _TOKEN.finditer(text, start, end)
        if m.group() not in ("_", "*")
    ]
    merged: list[Token] = []
    for token in raw:
        if merged and (merged[-1].low, token.low) in _MERGED:
            last = merged.pop()
            merged.append(Token(last.start, f"{last.text} {token.text}", f"{last.low}-{token.low}"))
        else:
            merged.append(token)
    return merged


def earlier(tokens: list[Token], verb: int) -> bool:
    """Whether the verb tells of an earlier time: "had long ago gone"."""
    return any(
        t.low in ("had", "have", "has", "having", "he'd", "she'd", "they'd") for t in tokens[max(0, verb - 3) : verb]
    )


def verb_before(tokens: list[Token], i: int, verbs: frozenset[str]) -> int | None:
    """The nearest verb of the set before token ``i`` in its clause, at most nine words back."""
    for j in range(i - 1, max(-1, i - 10), -1):
        if tokens[j].low in STOPS and tokens[j].low != ",":
            return None
        if tokens[j].low == "," and i - j > 5:
            return None
        if tokens[j].low in verbs:
            return j
    return None


def coordinated(tokens: list[Token], verb: int) -> bool:
    """Whether the verb goes on with the subject of the one before ("and went ...", ", climbed ...")."""
    while verb > 1 and tokens[verb - 1].low in _SOON:
        verb -= 1
    before = tokens[verb - 1].low if verb else ""
    return before in ("and", "then", ",", ";", "but") or before.endswith("ly")


def subject_of(tokens: list[Token], verb: int) -> str:
    """Who or what stands before the verb: "person", "thing" or "" (not told)."""
    for j in range(verb - 1, max(-1, verb - 9), -1):
        token = tokens[j]
        if token.low in STOPS and token.low not in ",—–":
            return ""
        if token.low in ("and", "but", "then") and j == verb - 1:
            continue
        if token.low in _PRONOUNS or token.low in PEOPLE or token.low.removesuffix("s") in PEOPLE:
            return "person"
        if token.low in (
            "people",
            "men",
            "women",
            "children",
            "fishermen",
            "sailors",
            "soldiers",
            "crowd",
            "two",
            "three",
        ):
            return "person"
        if token.low in en.INANIMATE and not _governed(tokens, j):
            return "thing"
        if token.text[0].isupper() and token.low not in BREAKERS and (j > 0 or len(token.text) > 1):
            if token.low in gazetteer("en"):
                return "thing"
            if not token.low.endswith("ly") and token.low not in _FRONT_OPENERS:
                return "person"
    return ""


def _governed(tokens: list[Token], j: int) -> bool:
    """Whether a noun stands after a preposition, and so is no subject."""
    for k in range(j - 1, max(-1, j - 4), -1):
        if tokens[k].low in (
            "of",
            "in",
            "at",
            "on",
            "to",
            "from",
            "with",
            "by",
            "for",
            "into",
            "through",
            "down",
            "up",
        ):
            return True
        if tokens[k].low in STOPS:
            return False
    return False


def fronted(tokens: list[Token], i: int) -> bool:
    """Whether only light words stand before token ``i`` in its sentence."""
    before = [t.low for t in tokens[:i] if t.low not in STOPS]
    return len(before) <= 4 and all(w in _FRONT_OPENERS or w.endswith("ly") for w in before)


def hindered(tokens: list[Token], i: int) -> bool:
    """Whether the clause before token ``i`` denies, wishes, remembers, compares or only perceives."""
    for j in range(i - 1, -1, -1):
        low = tokens[j].low
        if low in STOPS - {","}:
            break
        if low == "," and not (j and tokens[j - 1].low in en.HABIT):
            break
        if low in ("and", "but", "then") and tokens[j + 1].low in en.MOTION | en.POSTURE | _SOON:
            break
        if low in en.FIGURATIVE and i - j <= 5:
            return not (low == "as" and _continues(tokens, j))
        if low in _NEGATIVE or low.endswith("n't"):
            return i - j <= 8
        if low in en.MODAL or low in en.PERCEIVED or low in en.REMEMBERED:
            return not (low in ("about", "above", "from", "can") and i - j > 3)
    habits = [t.low for t in tokens[:i] if t.low in en.HABIT]
    return bool(habits)


def _continues(tokens: list[Token], j: int) -> bool:
    """Whether "as" tells time ("as he went into the hall") rather than likeness."""
    return j + 1 < len(tokens) and (tokens[j + 1].low in _PRONOUNS or tokens[j + 1].text[0].isupper())


def knocked(tokens: list[Token], i: int) -> bool:
    """Whether somebody knocks or waits just before token ``i``."""
    return any(
        t.low in ("knocked", "knocking", "beat", "beating", "hammered", "stood", "waited")
        for t in tokens[max(0, i - 6) : i]
    )
