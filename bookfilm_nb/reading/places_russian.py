"""Reads places in Russian narration: preposition, case, place noun, and the verb that puts somebody there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import places_ru as ru
from .places import Manner, Mention, Noun, gazetteer
from .places_russian_clauses import (
    CASES,
    IN,
    TOKEN,
    WAY,
    Token,
    fronted,
    hindered,
    knocks,
    person_acts,
    thing_moves,
    verb_of,
)
from .places_russian_phrases import ROOFED, TREES, Phrase, head_of, phrase_at
from .places_words import word_set

if TYPE_CHECKING:
    from .morph import Form

__all__ = ["read_places"]

_HERE = frozenset({"loct", "loc2", "ablt"})

_AWAY = ("вы", "уй", "уе", "уб", "ухо", "сой", "сбе", "спуст")
_LEAVING = frozenset({"из", "изо", "с", "со"})

_BESIDE = frozenset({"у", "возле", "около", "подле", "перед", "за", "напротив", "вокруг"})

_GOING_OUT = word_set("выйти выбежать выскочить выходить выбегать выехать")

_STAYING = word_set(
    "сидеть стоять лежать жить ждать остаться оставаться находиться спать работать собраться усесться"
    " устроиться расположиться стать"
)


def read_places(text: str, start: int, end: int, *, opens: bool) -> list[Mention]:
    """The places that a Russian sentence of narration names, in order."""
    tokens = [
        Token(m.start(), m.group(), m.group().lower().replace("ё", "е")) for m in TOKEN.finditer(text, start, end)
    ]
    found: list[Mention] = []
    used = -1
    for i, token in enumerate(tokens):
        if i < used:
            continue
        mention, until = (None, i)
        if token.low in CASES:
            mention, until = _prepositional(text, tokens, i)
        elif opens and i == 0:
            mention, until = _subject_place(tokens)
        elif token.low in ("наружу", "домой"):
            mention = _adverb(tokens, i)
        if mention:
            found.append(mention)
            used = until
    return found


def _subject_place(tokens: list[Token]) -> tuple[Mention | None, int]:
    """The first words of a paragraph set the scene, where they name an indoor place: "Изба была тесная"."""
    for j, token in enumerate(tokens[:4]):
        head = head_of(token, ("nomn",))
        if head and head[0].kind in ("room", "kitchen", "tavern", "church", "hall", "cellar"):
            verb = tokens[j + 1].lemma("VERB") if j + 1 < len(tokens) else ""
            if verb not in ("быть", "оказаться", "походить", "пахнуть", "состоять"):
                return None, 0
            if any(t.low in ("не", "далеко", "близко", "недалеко") for t in tokens[j + 1 : j + 5]):
                return None, 0
            noun = head[0]
            return Mention(tokens[0].start, "there", noun, noun.word[0].upper() + noun.word[1:]), j + 1
        if not token.forms or token.forms[0].pos not in ("ADJF", "PRTF"):
            return None, 0
    return None, 0


def _adverb(tokens: list[Token], i: int) -> Mention | None:
    verb = verb_of(tokens, i)
    if verb is None or verb.lemma not in ru.MOTION_DONE or hindered(tokens, i) or verb.pos == "INFN":
        return None
    if tokens[i].low == "наружу":
        return _open_air(tokens[i].start)
    if verb.lemma in ("прийти", "вернуться", "возвратиться", "воротиться", "приехать", "добраться", "прибежать"):
        return Mention(tokens[i].start, "arrive", gazetteer("ru")["дом"], "Дом")
    return None


def _open_air(start: int) -> Mention:
    return Mention(start, "arrive", Noun("outdoors", "road", "open air"), "")


def _prepositional(text: str, tokens: list[Token], i: int) -> tuple[Mention | None, int]:
    low = tokens[i].low
    verb = verb_of(tokens, i)
    goes_out = verb is not None and verb.lemma in _GOING_OUT and verb.pos != "INFN"
    if low in ("на", "в", "во") and goes_out and not hindered(tokens, i):
        ahead = next((t for t in tokens[i + 1 : i + 4] if t.lemma("NOUN") in ru.DARK_AIR), None)
        if ahead is not None:
            return _open_air(tokens[i].start), i + 2
    if low in ("в", "во") and knocks(tokens, i):
        door = i + 1
        phrase = phrase_at(text, tokens, door + 1, ("gent",))
        if phrase and phrase.noun.kind in ROOFED:
            name = f"У {text[tokens[door + 1].start : tokens[phrase.end - 1].start + len(tokens[phrase.end - 1].text)]}"
            return Mention(tokens[i].start, "there", phrase.noun, name, phrase.special, outside=True), phrase.end
    phrase = phrase_at(text, tokens, i + 1, CASES[low])
    if phrase is None or hindered(tokens, i):
        return None, i
    return _judge(text, tokens, i, phrase, verb)


def _judge(text: str, tokens: list[Token], i: int, phrase: Phrase, verb: Form | None) -> tuple[Mention | None, int]:
    """What the phrase after the preposition at ``i`` tells: somebody comes, is there, leaves, stands beside."""
    low, noun = tokens[i].low, phrase.noun
    manner = _manner(tokens, i, phrase, verb)
    tree = tokens[phrase.end - 1].lemma("NOUN") in TREES
    if not _fits(low, phrase, tree=tree, bare=manner == "bare"):
        return None, phrase.end
    if low in _LEAVING:
        if verb is None or verb.pos == "INFN" or not verb.lemma.startswith(_AWAY) or thing_moves(tokens, i):
            return None, phrase.end
        return Mention(tokens[i].start, "leave", noun, phrase.name, phrase.special), phrase.end
    if low in _BESIDE and noun.kind in ROOFED:
        moved = verb is not None and verb.lemma in ru.MOTION_DONE | _STAYING and not thing_moves(tokens, i)
        if manner == "bare" or tokens[i + 1].low == "порога" or not (moved or person_acts(tokens, i)):
            return None, phrase.end
        last = tokens[phrase.end - 1]
        name = tokens[i].text.capitalize() + " " + text[tokens[i + 1].start : last.start + len(last.text)]
        return Mention(tokens[i].start, "there", noun, " ".join(name.split()), phrase.special, outside=True), phrase.end
    if tree or low == "мимо":
        manner = "bare"
    return Mention(tokens[i].start, manner, noun, phrase.name, phrase.special), phrase.end


def _fits(low: str, phrase: Phrase, *, tree: bool, bare: bool) -> bool:
    """Whether the preposition and the noun can tell where one is."""
    noun = phrase.noun
    if low in ("на", "с", "со") and noun.word.lower().replace("ё", "е") not in ru.ON_PLACES:
        return False
    if tree:
        return low in ("под", "среди", "меж", "между")
    if noun.group in ("carriage", "boat"):
        return low in IN and not bare
    return low != "под" or noun.kind in ("forest", "ruin")


def _manner(tokens: list[Token], i: int, phrase: Phrase, verb: Form | None) -> Manner:
    low = tokens[i].low
    lemma = verb.lemma if verb and verb.pos != "INFN" and verb.tense != "futr" else ""
    thing = thing_moves(tokens, i)
    directed = (low in IN and phrase.case == "accs") or low in ("к", "ко", "до", "за") or low == "внутрь"
    if low == "за" and phrase.case == "ablt":
        directed = False
    if lemma in ru.MOTION_DONE and not thing:
        if directed or low in IN or low in WAY:
            return "arrive"
        if low in _BESIDE:
            return "there"
    if directed:
        return "bare"
    if low in WAY and lemma in ru.MOTION_GOING:
        return "bare" if thing else "arrive"
    if fronted(tokens, i):
        return "there"
    if lemma and not thing and (person_acts(tokens, i) or lemma in _STAYING):
        return "there"
    return "bare"
