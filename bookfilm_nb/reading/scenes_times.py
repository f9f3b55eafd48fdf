"""Time of day, weather and season as narration tells them: patterns for both languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from . import scenes_en, scenes_ru

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model.vocabulary import Language

__all__ = ["Cue", "cues_of", "indoors"]

What = Literal["time", "weather", "season", "jump"]


class Cue(NamedTuple):
    """What a sentence tells. ``strong`` says it outright ("at dawn"); otherwise it only follows ("the moon")."""

    start: int
    """Characters from the start of the sentence."""
    what: What
    value: str
    strong: bool


class _Rule(NamedTuple):
    what: What
    value: str
    strong: bool
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def _rules(language: Language) -> tuple[tuple[_Rule, ...], re.Pattern[str]]:
    lists = scenes_en if language == "en" else scenes_ru
    rules = []
    for line in lists.RULES.strip().splitlines():
        what, value, strength, pattern = (part.strip() for part in line.split("|", 3))
        rules.append(_Rule(what, value, strength == "strong", re.compile(rf"\b(?:{pattern})")))
    return tuple(rules), re.compile(lists.NOT_NOW)


def cues_of(sentence: str, language: Language) -> list[Cue]:
    """The cues of one sentence of narration, in order; habits, likenesses and other days are left out."""
    rules, not_now = _rules(language)
    low = sentence.lower().replace("’", "'").replace("ё", "е")
    # Blanked, not cut, so that positions stay those of the sentence.
    low = not_now.sub(lambda m: "·" * len(m.group()), low)
    found: dict[tuple[int, str], Cue] = {}
    for rule in rules:
        for match in rule.pattern.finditer(low):
            key = (match.start(), rule.what)
            found.setdefault(key, Cue(match.start(), rule.what, rule.value, rule.strong))
    return sorted(found.values(), key=lambda c: (c.start, c.what))


@lru_cache(maxsize=4)
def _surroundings(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = scenes_en if language == "en" else scenes_ru
    return re.compile(rf"\b(?:{lists.INDOORS})"), re.compile(rf"\b(?:{lists.OUTDOORS})")


def indoors(sentences: Sequence[str], language: Language) -> bool | None:
    """Whether things around (a table, a lamp; trees, horses) say indoors; None where they do not tell."""
    within, without = _surroundings(language)
    text = " ".join(sentences).lower().replace("ё", "е")
    inside, outside = len(within.findall(text)), len(without.findall(text))
    if inside == outside:
        return None
    return inside > outside
