"""What an English sentence tells about looks, and about whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .look_words import COLOURS, HAIR_COLOURS, PERSON_ADJECTIVES, SHAPES, THINGS, Trait, traits_of
from .words import Word, plain, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .mentions import Mention

__all__ = ["clause_subject", "read_english"]

_THINGS = THINGS["en"]
_WEARS = word_set("had has have wore wears wearing with in under beneath donned sporting")
_BESIDE = word_set("with in under beneath")
_ARTICLES = word_set("a an the this that some two no")
_OWNERS = word_set("his her my")
_FUNCTION = word_set("""
    of to at on for from by into onto over about round around through against like than as and or but not never if
    that which who whom whose is was were be been are being did does do will would could can should may might must
    he she it they we you i him them us said so too then when while where there here very quite rather up off down out
    took put pulled saw see get got gave give made make set held hold kept keep drew
""") | _WEARS | _ARTICLES  # fmt: skip
_DENIALS = word_set("no not never without neither nor hardly")
_BODY = word_set("head face eyes chin lips mouth cheeks brow forehead shoulders back neck figure body features skin")
_STARTS_CLAUSE = re.compile(
    r"(?:[;,:]|[—–]|--|\b(?:and|but|while|when|as|that|so|then|who|where|because|for)\b)[\s,]*"
    r"(?:(?:then|the|old|poor|young|little|there|was|came|stood|sat)\s+)*$"
)
_NOT_SUBJECT = re.compile(
    r"\b(?:than|like|to|at|for|from|of|by|on|upon|towards?|behind|beside|near|over|after|before|about|with|into|"
    r"against|past|without|round|under|between|as)\s+(?:(?:the|a|an|old|poor|young|little|dear)\s+)*$"
)
_COMPARED = re.compile(r"\b(?:than|like|as if|such as|as|resembl\w+)\s+(?:(?:the|a|an|some|old)\s+)*$")
_OF_YEARS = re.compile(
    r"[,\s]*(?:(?:of|about|aged|over|under)\s+[\w-]+(?:\s+[\w-]+)?)?[,\s]*(?:dressed|clad|clothed|all)?\s*"
)
_COMPOUND = re.compile(r"(?:(\w+)-)?(\w+)-(haired|headed|bearded|whiskered|moustached|mustached|moustachioed)")


def read_english(text: str, start: int, end: int, here: Sequence[Mention]) -> list[Trait]:
    """Everything that the sentence tells about looks, each with the mention it belongs to."""
    words = words_of(text, start, end)
    told: list[Trait] = []
    owners: dict[int, Mention | None] = {}
    for i, word in enumerate(words):
        low = plain(word.text)
        if low in _THINGS:
            owner, marks = _worn(text, words, i, here, owners)
            owners[i] = owner
            if owner is not None:
                told.extend(Trait(f, w, owner.start) for f, w in traits_of(low, marks, "en"))
            continue
        traits = PERSON_ADJECTIVES["en"].get(low) or _compound(low)
        if traits:
            owner = _described(text, words, i, here)
            if owner is not None:
                told.extend(Trait(f, w, owner.start) for f, w in traits)
    return told


def _compound(word: str) -> tuple[tuple[str, str], ...]:
    """What a compound tells: "grey-haired", "black-bearded", "curly-haired"."""
    match = _COMPOUND.fullmatch(word)
    if not match:
        return ()
    marks = [m for m in match.groups()[:2] if m]
    traits = [("beard", "full" if match[3] in ("bearded", "whiskered") else "moustache")]
    traits = [] if match[3] in ("haired", "headed") else traits
    for mark in marks:
        if COLOURS["en"].get(mark) in HAIR_COLOURS:
            traits.append(("hair_colour", COLOURS["en"][mark]))
        elif mark in SHAPES["en"]:
            traits.append(("hair", SHAPES["en"][mark]))
    return tuple(traits)


def _worn(
    text: str, words: Sequence[Word], i: int, here: Sequence[Mention], owners: dict[int, Mention | None]
) -> tuple[Mention | None, list[str]]:
    """Who wears or has the thing at ``i``, None for nobody; and its adjectives."""
    if i + 1 < len(words) and _goes_on(text, words, i):
        return None, []
    at, marks = _adjectives(text, words, i)
    marks += _predicate(text, words, i)
    head = words[at] if at >= 0 else None
    if head is None:
        return None, marks
    low = plain(head.text)
    possessive = low in _OWNERS or head.text.lower().endswith(("'s", "’s"))
    if possessive:
        return (None if plain(words[i].text) == "hood" else _mention_over(here, head)), marks
    if low in _ARTICLES:
        if low == "no":
            return None, marks
        at -= 1
    anchor = _anchor(text, words, at, words[i].start, here)
    if anchor is None or _denied(words, anchor):
        return None, marks
    return _bearer(text, words, anchor, here, owners), marks


def _goes_on(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether the noun only begins another: "coat of paint", "frock coat", "dress suit"."""
    after = plain(words[i + 1].text)
    if after == "of":
        return _THINGS[plain(words[i].text)][0] != "hair"
    return after in _THINGS and not text[words[i].end : words[i + 1].start].strip()


def _adjectives(text: str, words: Sequence[Word], i: int) -> tuple[int, list[str]]:
    """Index of the word that governs the noun at ``i`` (an article, a possessive, a verb), and the adjectives."""
    marks: list[str] = []
    j = i - 1
    while j >= 0 and i - j <= 7:
        gap = text[words[j].end : words[j + 1].start].strip()
        low = plain(words[j].text)
        known = low in COLOURS["en"] or low in SHAPES["en"]
        if gap not in ("", ",") or (gap == "," and not marks):
            break
        if low in _OWNERS or words[j].text.lower().endswith(("'s", "’s")):
            return j, marks
        if low == "and" and marks and j and (plain(words[j - 1].text) in COLOURS["en"].keys() | SHAPES["en"].keys()):
            j -= 1
            continue
        if low in _FUNCTION or (words[j].text[0].isupper() and not known):
            break
        marks.extend(part for part in [low, *low.split("-")] if part not in marks)
        j -= 1
    return j, marks


def _predicate(text: str, words: Sequence[Word], i: int) -> list[str]:
    """What is said of the noun at ``i``: "her hair was long and red"."""
    if i + 2 >= len(words) or plain(words[i + 1].text) not in ("was", "were", "is"):
        return []
    found = []
    for word in words[i + 2 : i + 6]:
        low = plain(word.text)
        if low in _DENIALS or re.search(r"[;.:]", text[words[i].end : word.start]):
            break
        found.append(low)
    return found


def _mention_over(here: Sequence[Mention], word: Word) -> Mention | None:
    return next((m for m in here if m.start <= word.start and word.end <= m.end), None) or next(
        (m for m in here if m.start == word.start), None
    )


def _anchor(text: str, words: Sequence[Word], at: int, place: int, here: Sequence[Mention]) -> int | None:
    """The word of having or wearing that governs a noun phrase: right before it, or at the head of its list."""
    if at < 0:
        return None
    low = plain(words[at].text)
    if low in _WEARS or (low == "on" and at and plain(words[at - 1].text) in ("put", "pulled", "had")):
        return at
    listed = low in ("and", "or") or "," in text[words[at].end : words[at + 1].start]
    if not listed:
        return None
    for j in range(at, max(-1, at - 26), -1):
        if re.search(r"[;:.!?]", text[words[j].end : words[j + 1].start]):
            return None
        subject = next((m for m in here if m.start == words[j].start and m.subject and not m.owner), None)
        if subject is not None and not _NOT_SUBJECT.search(text[max(0, subject.start - 40) : subject.start]):
            relative = re.search(r"\b(?:that|which|whom)\s+$", text[max(0, subject.start - 8) : subject.start])
            if not relative:
                return None
        if plain(words[j].text) in _WEARS and _leads_to_thing(words, j, place):
            return j
    return None


def _leads_to_thing(words: Sequence[Word], j: int, place: int) -> bool:
    """Whether the verb or preposition at ``j`` has another thing of looks for its first object."""
    return any(plain(w.text) in _THINGS and w.start < place for w in words[j + 1 : j + 7])


def _denied(words: Sequence[Word], anchor: int) -> bool:
    near = [plain(w.text) for w in words[max(0, anchor - 2) : anchor + 2]]
    return any(w in _DENIALS or w.endswith("n't") for w in near)


def _bearer(
    text: str, words: Sequence[Word], anchor: int, here: Sequence[Mention], owners: dict[int, Mention | None]
) -> Mention | None:
    """Whom the word at ``anchor`` gives something: the noun before a preposition, the subject of a verb."""
    place = words[anchor].start
    if anchor and plain(words[anchor].text) in _BESIDE:
        if anchor - 1 in owners:
            return owners[anchor - 1]
        near = [m for m in here if m.start < place]
        if near and _OF_YEARS.fullmatch(text, min(near[-1].end, place), place) and not near[-1].owner:
            if near[-1].kind == "crowd" or _COMPARED.search(text[max(0, near[-1].start - 40) : near[-1].start]):
                return None
            return near[-1]
    return clause_subject(text, place, here)


def clause_subject(text: str, place: int, here: Sequence[Mention]) -> Mention | None:
    """The mention that is the subject of the clause at ``place``; None where it is nobody of the people met."""
    found: Mention | None = None
    for m in here:
        if m.start >= place:
            break
        if re.search(r"[;:]", text[m.end : place]) and found is None:
            continue
        body = m.owner and (after := words_of(text, m.end, min(place, m.end + 24))) and _any_body(after[:2])
        if m.owner and not body:
            continue
        if (not m.subject and not body) or _NOT_SUBJECT.search(text[max(0, m.start - 40) : m.start]):
            continue
        if found is None or _STARTS_CLAUSE.search(text[max(0, m.start - 40) : m.start]):
            found = m
    return None if found is not None and found.kind == "crowd" else found


def _any_body(words: Sequence[Word]) -> bool:
    return any(plain(w.text) in _BODY for w in words)


def _described(text: str, words: Sequence[Word], i: int, here: Sequence[Mention]) -> Mention | None:
    """Whom an adjective describes: the noun that it stands with, or the subject of "was"."""
    place = words[i].start
    around = next((m for m in here if m.start <= place < m.end and m.kind == "role"), None)
    if around is not None:
        return None if _COMPARED.search(text[max(0, around.start - 40) : around.start]) else around
    before = [plain(w.text) for w in words[max(0, i - 3) : i]]
    if any(b in ("was", "were", "is", "being", "and") for b in before) and not any(b in _DENIALS for b in before):
        after = words[i + 1] if i + 1 < len(words) else None
        gap = text[words[i].end : after.start].strip() if after else "."
        if gap or (after and plain(after.text) in ("and", "but", "as", "with")):
            return clause_subject(text, place, here)
    return None
