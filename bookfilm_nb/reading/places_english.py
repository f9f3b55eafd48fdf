"""Reads places in English narration: preposition, place noun, and the verb that puts somebody there."""

from __future__ import annotations

from . import places_en as en
from .places import Manner, Mention, Noun, gazetteer
from .places_english_clauses import (
    STOPS,
    Token,
    coordinated,
    earlier,
    fronted,
    hindered,
    knocked,
    subject_of,
    tokenise,
    verb_before,
)
from .places_english_phrases import RENAMED, phrase_at
from .places_words import word_set

__all__ = ["read_places"]

_POSSESSIVE = word_set("his her their its my our your")

_INTO = word_set("into onto to through across along down up over inside toward-in past-in")

_AT = word_set("in at on inside within by beside near under among amongst amid upon aboard along about around")

_NAMING = word_set("left filled off between")
_OUTSIDE = word_set("outside behind")

_TREES = frozenset({"forest"})

_TABLE_PREPOSITIONS = word_set("at by beside on in")


def read_places(text: str, start: int, end: int, *, opens: bool) -> list[Mention]:
    """The places that an English sentence of narration names, in order."""
    tokens = tokenise(text, start, end)
    found: list[Mention] = []
    used = -1
    for i, token in enumerate(tokens):
        if i < used:
            continue
        mention, until = _mention_at(text, tokens, i)
        if mention is None and opens and i <= 1 and token.low == "the":
            mention, until = _subject_place(text, tokens, i)
        if mention:
            found.append(mention)
            used = until
    return found


def _mention_at(text: str, tokens: list[Token], i: int) -> tuple[Mention | None, int]:
    """The mention that begins with token ``i`` (a preposition, a verb or a set phrase)."""
    low = tokens[i].low
    pair = f"{low} {tokens[i + 1].low}" if i + 1 < len(tokens) else low
    for adverb in (pair, low):
        if adverb in en.ADVERB_PLACES:
            return _adverb(tokens, i, adverb)
    if low in en.ARRIVE or low in en.CLIMB:
        return _entered(text, tokens, i)
    if low in _NAMING:
        return _by_verb(text, tokens, i)
    if low == "out" and i + 1 < len(tokens):
        return _out(text, tokens, i)
    if low in ("outside", "outdoors") and verb_before(tokens, i, en.MOTION) == i - 1 and not hindered(tokens, i):
        return (None, i) if subject_of(tokens, i - 1) == "thing" else (_open_air(tokens[i].start), i + 1)
    if low == "in" and pair == "in front" and i + 2 < len(tokens) and tokens[i + 2].low == "of":
        return _beside(text, tokens, i + 3, i)
    if low in _OUTSIDE:
        return _beside(text, tokens, i + 1, i)
    return _prepositional(text, tokens, i) if low in _INTO or low in _AT else (None, i)


def _by_verb(text: str, tokens: list[Token], i: int) -> tuple[Mention | None, int]:
    """A place left behind ("left the house"), or named by what fills it ("fog filled the street")."""
    phrase = phrase_at(text, tokens, i + 1)
    if not phrase or phrase.attached:
        return None, i
    leaves = tokens[i].low == "left"
    if leaves and (subject_of(tokens, i) == "thing" or hindered(tokens, i)):
        return None, i
    manner: Manner = "leave" if leaves else "bare"
    return Mention(tokens[i].start, manner, phrase.noun, phrase.name, phrase.special), phrase.end


def _open_air(start: int) -> Mention:
    return Mention(start, "arrive", Noun("outdoors", "road", "open air"), "")


def _adverb(tokens: list[Token], i: int, phrase: str) -> tuple[Mention | None, int]:
    if hindered(tokens, i):
        return None, i
    noun = gazetteer("en")[en.ADVERB_PLACES[phrase]]
    length = len(phrase.split())
    verb = verb_before(tokens, i, en.MOTION | en.POSTURE)
    manner: Manner = "bare"
    if verb is not None and subject_of(tokens, verb) == "person":
        manner = "arrive" if tokens[verb].low in en.MOTION else "there"
    elif fronted(tokens, i):
        manner = "there"
    name = f"The {RENAMED.get(noun.word, noun.word)}"
    special = False
    after = tokens[i + length : i + length + 4]
    if noun.group == "ship" and after and after[0].low in ("of", "the"):
        names = [t for t in after if t.low not in ("of", "the")]
        if names and names[0].text[0].isupper():
            name, special = f"The {names[0].text}", True
    if phrase in ("upstairs", "in bed", "ashore") and manner == "bare":
        return None, i
    return Mention(tokens[i].start, manner, noun, name, special), i + length


def _entered(text: str, tokens: list[Token], i: int) -> tuple[Mention | None, int]:
    phrase = phrase_at(text, tokens, i + 1)
    if not phrase or phrase.attached or hindered(tokens, i) or subject_of(tokens, i) == "thing":
        return None, i
    if i and tokens[i - 1].low in ("had", "have", "be", "to", "never"):
        return None, i
    manner: Manner = "bare" if tokens[i].low in ("approached", "gained") and phrase.noun.kind == "room" else "arrive"
    return Mention(tokens[i].start, manner, phrase.noun, phrase.name, phrase.special), phrase.end


def _out(text: str, tokens: list[Token], i: int) -> tuple[Mention | None, int]:
    """What follows "out": "of the house", "into the rain", "of doors"."""
    moved = verb_before(tokens, i, en.MOTION)
    if moved is None or i - moved > 3 or hindered(tokens, i) or subject_of(tokens, moved) == "thing":
        return None, i
    following = tokens[i + 1].low
    if following == "of" and i + 2 < len(tokens):
        if tokens[i + 2].low in ("doors", "door"):
            return _open_air(tokens[i].start), i + 3
        phrase = phrase_at(text, tokens, i + 2)
        if phrase and not phrase.attached:
            return Mention(tokens[i].start, "leave", phrase.noun, phrase.name, phrase.special), phrase.end
    if following in ("into", "in", "to"):
        skip = i + 2
        while skip < len(tokens) and skip < i + 6 and tokens[skip].low not in en.OPEN_AIR:
            if tokens[skip].low in gazetteer("en") or tokens[skip].low in STOPS:
                return None, i
            skip += 1
        if skip < len(tokens) and tokens[skip].low in en.OPEN_AIR:
            return _open_air(tokens[i].start), skip + 1
    return None, i


def _beside(text: str, tokens: list[Token], i: int, preposition: int) -> tuple[Mention | None, int]:
    """Somebody before or behind a building."""
    phrase = phrase_at(text, tokens, i)
    if not phrase or phrase.attached or hindered(tokens, preposition):
        return None, i
    verb = verb_before(tokens, preposition, en.MOTION | en.POSTURE)
    acts = verb is not None and subject_of(tokens, verb) == "person"
    if phrase.noun.kind not in ("room", "kitchen", "hall", "church", "tavern", "tower", "cellar"):
        return None, phrase.end
    word = "Behind" if tokens[preposition].low == "behind" else "Outside"
    name = (
        f"{word} {phrase.name[0].lower()}{phrase.name[1:]}"
        if phrase.name.startswith("The ")
        else f"{word} {phrase.name}"
    )
    manner: Manner = "there" if acts else "bare"
    return Mention(tokens[preposition].start, manner, phrase.noun, name, phrase.special, outside=True), phrase.end


def _prepositional(text: str, tokens: list[Token], i: int) -> tuple[Mention | None, int]:
    low = tokens[i].low
    phrase = phrase_at(text, tokens, i + 1)
    if not phrase:
        return None, i
    noun = phrase.noun
    if phrase.attached and not (phrase.attached in en.STAYING_PARTS and low in _TABLE_PREPOSITIONS):
        if phrase.attached in ("door", "doors", "gate", "gates") and low == "at" and knocked(tokens, i):
            name = f"Outside {phrase.name[0].lower()}{phrase.name[1:]}"
            return Mention(tokens[i].start, "there", noun, name, phrase.special, outside=True), phrase.end
        return None, phrase.end
    if not _fits(low, noun) or hindered(tokens, i):
        return None, phrase.end
    verb = verb_before(tokens, i, en.MOTION)
    if verb is not None and earlier(tokens, verb):
        return None, phrase.end
    return Mention(tokens[i].start, _manner(tokens, i, noun), noun, phrase.name, phrase.special), phrase.end


def _fits(preposition: str, noun: Noun) -> bool:
    if preposition in ("on", "upon"):
        return noun.group in en.SURFACES and noun.word != "wood" and noun.group != "boat"
    if preposition in ("under", "among", "amongst", "amid"):
        return noun.group in _TREES or (noun.group in ("ruin", "graveyard", "bridge") and preposition != "under")
    if noun.group == "boat":
        return preposition in ("in", "into", "aboard")
    if preposition in ("by", "beside", "near", "about", "around", "over", "up"):
        return (
            noun.kind in ("river", "sea shore", "open sea", "tower", "mountains", "road", "forest")
            or (preposition in ("about", "around", "over") and noun.kind in ("garden", "field", "city street"))
            or (preposition == "up" and noun.group in ("corridor", "street", "path"))
        )
    if preposition == "at":
        return noun.group != "sea" or noun.word != "sea"
    return True


def _manner(tokens: list[Token], i: int, noun: Noun) -> Manner:
    low = tokens[i].low
    directed = low in _INTO
    verb = verb_before(tokens, i, en.MOTION | en.POSTURE)
    if verb is not None:
        who = subject_of(tokens, verb)
        moving = tokens[verb].low in en.MOTION
        if who == "thing" or earlier(tokens, verb):
            return "bare"
        if moving and (directed or low in ("in", "at", "on", "inside", "upon", "aboard")):
            if low == "to" and tokens[verb].low in ("turned", "walked", "ran") and noun.group == "ship":
                return "bare"
            return "arrive" if who == "person" or coordinated(tokens, verb) else "bare"
        if not directed or low in ("along", "through", "across", "down", "up", "over"):
            if who == "person":
                return "there"
            if coordinated(tokens, verb):
                return "there"
    if fronted(tokens, i) and not (directed and low not in ("along", "across", "through", "inside")):
        return "there"
    return "bare"


def _subject_place(text: str, tokens: list[Token], i: int) -> tuple[Mention | None, int]:
    """The first words of a paragraph set the scene: "The tavern was warm and loud"."""
    phrase = phrase_at(text, tokens, i)
    if not phrase or phrase.attached or phrase.end >= len(tokens):
        return None, i
    verb = tokens[phrase.end].low
    rest = {t.low for t in tokens[phrase.end : phrase.end + 6]}
    if verb not in ("was", "were", "smelled", "smelt", "lay", "had", "seemed"):
        return None, i
    if phrase.noun.kind in ("open sea", "mountains", "tower", "river") or rest & {
        "far",
        "behind",
        "near",
        "not",
        "been",
    }:
        return None, i
    return Mention(tokens[i].start, "there", phrase.noun, phrase.name, phrase.special), phrase.end
