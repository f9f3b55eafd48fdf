"""Which capitals of an English text name people, and not places, ships and days."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from . import en
from .said import is_said_verb
from .words import plain, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .mentions import Mention

__all__ = ["IRREGULAR", "only_people"]

_INTO_PLACE = word_set("in at into near towards toward through across above below beyond within leaving reach reached")
_PAST = re.compile(r"\s+(?:\w+ly\s+)?(\w+)")
IRREGULAR = word_set("""
    was had could did would went came took gave made saw knew got felt stood sat ran fell held kept left found turned
    looked sent rose drew spoke began led shook put set let read wrote heard seemed told thought understood
    is has does goes comes takes looks stands sits runs
""")
"""Verbs that often follow a subject, besides those in -ed."""


def only_people(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without the capitals that name no people; roles and pronouns stay."""
    score: Counter[tuple[str, ...]] = Counter()
    count: Counter[tuple[str, ...]] = Counter()
    for m in mentions:
        if m.kind == "name":
            count[m.key] += 1
            score[m.key] += _by_words(m) + _by_company(text, m)
    heads = {plain(k[-1]) for k, s in score.items() if s >= 25 and s > 2 * count[k] and k[0] != "the"}
    return [m for m in mentions if m.kind != "name" or _good(m.key, score[m.key], count[m.key], heads)]


def _good(key: tuple[str, ...], score: int, count: int, heads: set[str]) -> bool:
    if key[0] == "the":
        other = plain(key[-1]) in heads and plain(key[-1]) not in en.PEOPLE
        return score >= 20 and score > 1.2 * count and not other
    return (score >= 12 and score > 2 * count) or (score > 0 and plain(key[-1]) in heads)


def _by_words(m: Mention) -> int:
    """What the name itself says: a title, a given name, a person noun."""
    score = 60 if m.title or m.sex != "unknown" else 0
    if m.key[0] != "the" and plain(m.key[0]) in en.FEMALE_NAMES | en.MALE_NAMES and len(m.key) <= 3:
        score += 25
    if "the" in {plain(k) for k in m.key} and m.key[-1].lower() in en.PEOPLE:
        score += 20
    return score + (2 if m.owner else 0)


def _by_company(text: str, m: Mention) -> int:
    """What stands around it: verbs of speaking, calls, prepositions of place."""
    left = text[max(0, m.start - 24) : m.start].lower().split()
    last = left[-1] if left else ""
    after = _PAST.match(text, m.end)
    following = plain(after.group(1)) if after else ""
    definite = m.key[0] == "the"
    score = 0
    if not m.spoken:
        says = bool(last.strip(",")) and is_said_verb(last.strip(",."), "en", plainly=True)
        the_says = definite and len(left) > 1 and last == "the" and is_said_verb(left[-2], "en", plainly=True)
        score += 30 if says or the_says else 0
    if not m.spoken and is_said_verb(following, "en", plainly=True):
        score += 30
    elif following in IRREGULAR or (following.endswith("ed") and len(following) > 4):
        score += 2 if definite else 6
    if m.spoken and _called(text, m):
        score += 10
    if last in _INTO_PLACE:
        score -= 14
    elif last in ("from", "of", "the") and not definite:
        score -= 2
    return score


def _called(text: str, m: Mention) -> bool:
    return bool(
        re.match(r"\s*[!?.,]", text[m.end : m.end + 2] or ".")
        and re.search(r"(?:^|[,“\"‘'])\s*$", text[max(0, m.start - 3) : m.start])
    )
