"""Russian noun phrases with a place at their head, and the nominative name a heading gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import places_ru as ru
from .places import Noun, gazetteer
from .places_russian_clauses import CASES, STOPS, Token
from .places_words import word_set

if TYPE_CHECKING:
    from .morph import Form

__all__ = ["ROOFED", "TREES", "Phrase", "head_of", "phrase_at"]

ROOFED = frozenset({"room", "kitchen", "hall", "church", "tavern", "tower", "cellar"})

_DEEPEST = 3
_RARE = 0.01
_LIKELY = 0.5
"""Scores of pymorphy2: a reading rarer than the first is left out beside one likelier than the second."""
TREES = word_set("ель елка сосна береза дуб дерево куст")


class Phrase(NamedTuple):
    """A noun phrase with a place noun at its head; ``end`` is the token after it."""

    end: int
    noun: Noun
    name: str
    special: bool
    case: str


def phrase_at(text: str, tokens: list[Token], i: int, cases: tuple[str, ...], depth: int = 0) -> Phrase | None:
    """The noun phrase in one of the cases that begins at token ``i``, where its head is a place."""
    found = _head_after(tokens, i, cases)
    if found is None:
        return None
    j, noun, form = found
    kept = [w for t in tokens[i:j] if (w := _adjective(t, form.gender, form.number, noun))]
    if noun.word.lower().replace("ё", "е") in ru.PARTS and depth < _DEEPEST:
        inner = phrase_at(text, tokens, j + 1, ("gent",), depth + 1)
        if inner and inner.end - j <= 4:
            return _part(text, tokens, j, noun, inner, form.case)
    if noun.group == "part":
        return None
    if noun.word in TREES:
        noun = gazetteer("ru")["лес"]
    name = " ".join([*kept, noun.word])
    end = j + 1
    tail = _tail(tokens, end, noun)
    if tail:
        name, end = f"{name} {tail[0]}", tail[1]
    return Phrase(end, noun, name[0].upper() + name[1:], bool(kept or tail), form.case)


def _head_after(tokens: list[Token], i: int, cases: tuple[str, ...]) -> tuple[int, Noun, Form] | None:
    """The place noun after token ``i``, with nothing but its attributes between."""
    for j in range(i, min(i + 5, len(tokens))):
        if tokens[j].low in STOPS or tokens[j].low in CASES:
            return None
        head = head_of(tokens[j], cases)
        if head:
            return j, head[0], head[1]
        first = tokens[j].forms[:1]
        if not first or first[0].pos not in ("ADJF", "PRTF", "NUMR", "NPRO", "ADVB", "PRCL"):
            return None
    return None


def head_of(token: Token, cases: tuple[str, ...]) -> tuple[Noun, Form] | None:
    """The place noun that the word is, in one of the cases, and its form."""
    nouns = gazetteer("ru")
    best = token.forms[0].score if token.forms else 0.0
    for case in cases:
        form = next((f for f in token.forms if f.pos == "NOUN" and f.case == case and "Name" not in f.labels), None)
        if form is None or (form.score < _RARE and best > _LIKELY):
            continue
        if form.lemma in nouns:
            return nouns[form.lemma], form
        if form.lemma in ru.PARTS:
            return Noun(form.lemma, "road", "part"), form
    return None


def _part(text: str, tokens: list[Token], j: int, noun: Noun, inner: Phrase, case: str) -> Phrase | None:
    """A part and its whole: "берег моря" is the sea shore, "край леса" the forest."""
    words = text[tokens[j + 1].start : tokens[inner.end - 1].start + len(tokens[inner.end - 1].text)].lower()
    if noun.group == "bank":
        target = gazetteer("ru")["побережье"] if inner.noun.group == "sea" else inner.noun
        name = f"Берег {' '.join(words.split())}"
        return Phrase(inner.end, target, name, inner.noun.group != "river", case)
    if noun.group in ("part", "forest"):
        if noun.word == "опушка" or inner.noun.group == "forest":
            return Phrase(inner.end, inner.noun, inner.name, inner.special, case)
        return Phrase(inner.end, inner.noun, inner.name, inner.special, case)
    return Phrase(inner.end, noun, f"{noun.word.capitalize()} {' '.join(words.split())}", special=True, case=case)


def _adjective(token: Token, gender: str, number: str, noun: Noun) -> str:
    """The adjective as a heading has it, where it tells places apart; else empty."""
    lemma = token.lemma("ADJF")
    proper = token.text[0].isupper()
    if lemma not in ru.KEPT_ADJECTIVES and not proper:
        return ""
    if any("Apro" in f.labels for f in token.forms[:1]):
        return ""
    if (
        number == "plur"
        and noun.word.endswith(("ы", "и", "а"))
        and noun.word in ("сени", "развалины", "руины", "хоромы")
    ):
        word = re.sub(r"(?:ый|ой)$", "ые", re.sub(r"ий$", "ие", lemma))
    elif gender == "femn":
        word = re.sub(r"ний$", "няя", lemma) if lemma.endswith("ний") else re.sub(r"(?:ый|ой|ий)$", "ая", lemma)
    elif gender == "neut":
        word = re.sub(r"ний$", "нее", lemma) if lemma.endswith("ний") else re.sub(r"(?:ый|ой|ий)$", "ое", lemma)
    else:
        word = lemma
    return word.capitalize() if proper else word


def _tail(tokens: list[Token], i: int, noun: Noun) -> tuple[str, int] | None:
    """Whose or which: "комната графини", "кухня маяка", "деревня Ключи"."""
    if i >= len(tokens) or not tokens[i].forms:
        return None
    token = tokens[i]
    if (
        noun.kind in ("village street", "city street", "church", "river", "sea shore", "tavern")
        and token.text[0].isupper()
    ):
        form = token.forms[0]
        named = noun.group in ("village", "city", "river") and noun.word not in ("двор", "улица")
        if named and form.pos == "NOUN" and "Name" not in form.labels:
            nominative = any(f.case == "nomn" for f in token.forms)
            return (token.text if nominative else form.lemma.capitalize()), i + 1
    for form in token.forms[:3]:
        if form.pos != "NOUN" or form.case != "gent":
            continue
        person = form.animate and noun.kind in ROOFED
        place = form.lemma in gazetteer("ru") and noun.kind in (*ROOFED, "garden", "village street")
        if person or place:
            word = token.text
            if person and i + 1 < len(tokens) and token.text[0].islower() and tokens[i + 1].text[0].isupper():
                following = tokens[i + 1]
                if any(f.case == "gent" for f in following.forms):
                    return f"{word} {following.text}", i + 2
            return word, i + 1
    return None
