"""Finding people in Russian: capital letters and cases, person nouns, pronouns."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from . import ru
from .links_ru import CALLED, links
from .mentions import Found, Mention
from .morph import Form, forms_of, is_past, past_gender
from .name_forms_ru import NameForm, Spot, fold, nominative, read_names
from .said import is_said_verb
from .words import starts_sentence, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Sex

    from .quotes import Block

__all__ = ["NEUTRAL", "SEXES", "find"]

SEXES: dict[str, Sex] = {"masc": "male", "femn": "female"}
NEUTRAL = frozenset({"ребенок", "дитя", "голос", "сирота", "человек", "малыш"})
"""Nouns whose grammatical gender says nothing about the person."""
_PRONOUNS: dict[str, tuple[Sex, bool]] = {
    "он": ("male", True), "она": ("female", True), "ему": ("male", False), "нему": ("male", False),
    "его": ("male", False), "него": ("male", False), "ним": ("male", False), "нем": ("male", False),
    "ее": ("female", False), "нее": ("female", False), "ей": ("female", False), "ней": ("female", False),
    "ею": ("female", False), "нею": ("female", False),
}  # fmt: skip
_PLACE_PREPOSITIONS = word_set("в во на из под над через близ около до")
_MARKING = word_set("""
    старый молодой седой толстый рыжий высокий маленький другой первый второй третий прежний бородатый худой чужой
    незнакомый пожилой юный важный лысый женский мужской детский тонкий
""")
_AGED = {"старый": "old", "седой": "old", "пожилой": "old", "дряхлый": "old", "молодой": "young", "юный": "young",
         "маленький": "child"}  # fmt: skip


def find(text: str, blocks: Sequence[Block]) -> Found:
    """Every mention of a person in the story, in order, and which roles belong to which names."""
    pieces = [
        [
            Spot(w, starts_sentence(text, w.start, piece.start), number, piece.spoken)
            for w in words_of(text, piece.start, piece.end)
        ]
        for number, block in enumerate(blocks)
        for piece in block.pieces
    ]
    names = read_names(pieces)
    roles, classes = _speaking_roles(text, pieces)
    mentions: list[Mention] = []
    for spots in pieces:
        mentions.extend(_in_piece(text, spots, names, roles, classes))
    mentions.sort(key=lambda m: m.start)
    kept = _only_people(text, mentions, names)
    return Found(tuple(kept), tuple(links(text, kept)), classes)


def _speaking_roles(text: str, pieces: Sequence[Sequence[Spot]]) -> tuple[frozenset[str], frozenset[str]]:
    """Nouns that stand where a speaker stands, and those of them that are a whole class of people here."""
    roles: Counter[str] = Counter()
    plural: Counter[str] = Counter()
    for spots in pieces:
        for i, spot in enumerate(spots):
            top = _noun(spot.word.text)
            if top and top.number == "plur" and top.animate:
                plural[top.lemma] += 1
            if spot.spoken or i > 4 or not is_said_verb(spot.word.text, "ru", plainly=True):
                continue
            gender = past_gender(spot.word.text)
            for follow in spots[i + 1 : i + 5]:
                gap = text[spot.word.end : follow.word.start]
                noun = _noun(follow.word.text)
                if any(mark in gap for mark in ".;:!?"):
                    break
                if (
                    noun
                    and noun.case == "nomn"
                    and noun.animate
                    and noun.number == "sing"
                    and follow.word.text[0].islower()
                    and (not gender or noun.gender == gender)
                ):
                    roles[noun.lemma] += 1
                    break
    return frozenset(roles), frozenset(w for w, n in plural.items() if n > 1)


def _noun(word: str) -> Form | None:
    """The word as a noun, if it is one first of all (nominative preferred where the form allows it)."""
    forms = [f for f in forms_of(word) if not (word[0].islower() and "Surn" in f.labels)]
    if not forms or forms[0].pos != "NOUN":
        return None
    lemma = forms[0].lemma
    return next(
        (f for f in forms if f.pos == "NOUN" and f.case == "nomn" and f.lemma == lemma and f.number == "sing"), forms[0]
    )


def _in_piece(
    text: str, spots: Sequence[Spot], names: Mapping[str, NameForm], roles: frozenset[str], classes: frozenset[str]
) -> list[Mention]:
    found: list[Mention] = []
    i = 0
    while i < len(spots):
        word, _, block, spoken = spots[i]
        folded = fold(word.text)
        if word.text[0].isupper() and folded in names and not _common(spots, i, names):
            stop = _run(text, spots, i, names)
            found.append(_name(spots, i, stop, names))
            i = stop
            continue
        if folded in _PRONOUNS:
            sex, subject = _PRONOUNS[folded]
            found.append(
                Mention(word.start, word.end, "pronoun", (folded,), sex, None, subject, spoken=spoken, block=block)
            )
        elif folded == "я":
            found.append(Mention(word.start, word.end, "self", ("я",), spoken=spoken, block=block))
        elif folded in ("один", "одна") and (one := _one_of(text, spots, i)):
            found.append(one)
            i += 3
            continue
        elif folded in ("они", "некоторые", "другие", "все"):
            found.append(Mention(word.start, word.end, "crowd", (folded,), spoken=spoken, block=block))
        else:
            role = _role(text, spots, i, roles, classes)
            if role:
                found.append(role)
        i += 1
    return found


def _one_of(text: str, spots: Sequence[Spot], i: int) -> Mention | None:
    """Somebody new: "one of the cossacks"."""
    if (
        i + 2 >= len(spots)
        or spots[i + 1].word.text != "из"
        or text[spots[i].word.end : spots[i + 1].word.start].strip()
    ):
        return None
    form = _noun(spots[i + 2].word.text)
    if form is None or not form.animate or form.number != "plur":
        return None
    sex: Sex = "male" if fold(spots[i].word.text) == "один" else "female"
    return Mention(spots[i].word.start, spots[i + 2].word.end, "role", ("один", form.lemma), sex, None, True,
                   False, "", True, spots[i].spoken, spots[i].block)  # fmt: skip


def _common(spots: Sequence[Spot], i: int, names: Mapping[str, NameForm]) -> bool:
    """Whether a sentence's first word is only a person noun or title before a name, or an ordinary word."""
    reading = names[fold(spots[i].word.text)]
    return spots[i].initial and (reading.lemma in ru.PEOPLE or reading.lemma in ru.TITLES) and not reading.label


def _run(text: str, spots: Sequence[Spot], i: int, names: Mapping[str, NameForm]) -> int:
    cases = names[fold(spots[i].word.text)].cases
    j = i + 1
    while j < len(spots) and j < i + 4:
        word = spots[j].word.text
        reading = names.get(fold(word))
        if text[spots[j - 1].word.end : spots[j].word.start].strip() or not word[0].isupper() or not reading:
            break
        shared = cases & reading.cases
        if not shared:
            break
        cases = shared
        j += 1
    return j


def _name(spots: Sequence[Spot], i: int, stop: int, names: Mapping[str, NameForm]) -> Mention:
    readings = [names[fold(s.word.text)] for s in spots[i:stop]]
    cases = frozenset.intersection(*(r.cases for r in readings))
    key = tuple(nominative(r) for r in readings)
    labelled = [r.gender for r in readings if r.label in ("Name", "Patr")] or [
        r.gender for r in readings if r.label == "Surn"
    ]
    sex = SEXES.get(labelled[0], "unknown") if labelled else "unknown"
    return Mention(spots[i].word.start, spots[stop - 1].word.end, "name", key, sex, None, "nomn" in cases,
                   False, "", False, spots[i].spoken, spots[i].block)  # fmt: skip


def _role(text: str, spots: Sequence[Spot], i: int, roles: frozenset[str], classes: frozenset[str]) -> Mention | None:
    word, _, block, spoken = spots[i]
    form = _noun(word.text)
    if form is None or not (form.lemma in ru.PEOPLE or form.lemma in roles or form.lemma in ru.CROWD):
        options = [f for f in forms_of(word.text) if f.pos == "NOUN" and f.lemma in ru.PEOPLE and f.score > 0.1]
        if not options:
            return None
        form = next((f for f in options if f.case == "nomn"), options[0])
    if form.number == "plur" or form.lemma in ru.CROWD:
        return Mention(
            word.start,
            word.end,
            "crowd",
            (form.lemma,),
            "unknown",
            None,
            _is_nominative(word.text),
            spoken=spoken,
            block=block,
        )
    sex, age = ru.PEOPLE.get(form.lemma, (SEXES.get(form.gender, "unknown"), "adult"))
    if sex == "unknown" and form.lemma not in NEUTRAL:
        sex = SEXES.get(form.gender, "unknown")
    marks = _adjectives(text, spots, i, form.gender)
    if form.lemma == "голос":
        sex = "female" if {"женский", "девичий"} & set(marks) else "male" if "мужской" in marks else "unknown"
    for mark in marks:
        if mark in _AGED and age == "adult":
            age = _AGED[mark]  # type: ignore[assignment]
    marking = [m for m in marks if m in _MARKING]
    key = (marking[0], form.lemma) if marking and (form.lemma in classes or form.lemma == "голос") else (form.lemma,)
    previous = fold(spots[i - 1].word.text) if i else ""
    indefinite = previous in ("один", "одна", "какой-то", "какая-то", "некий") or any(
        m in ("один", "какой-то", "некий") for m in marks
    )
    owner = next(
        (
            w
            for w in (fold(s.word.text) for s in spots[max(0, i - 2) : i + 2])
            if w in ("ее", "его", "мой", "моя", "твой", "твоя")
        ),
        "",
    )
    return Mention(word.start, word.end, "role", key, sex, age if age != "adult" else None, _is_nominative(word.text),
                   False, "", indefinite, spoken, block, owner)  # fmt: skip


def _is_nominative(word: str) -> bool:
    return any(f.pos == "NOUN" and f.case == "nomn" for f in forms_of(word))


def _adjectives(text: str, spots: Sequence[Spot], i: int, gender: str) -> list[str]:
    found: list[str] = []
    for j in range(i - 1, max(-1, i - 4), -1):
        if text[spots[j].word.end : spots[j + 1].word.start].strip() not in ("", ","):
            break
        options = [f for f in forms_of(spots[j].word.text) if f.pos in ("ADJF", "PRTF") and f.gender in ("", gender)]
        if not options:
            break
        found.append(options[0].lemma)
    return found


def _only_people(text: str, mentions: Sequence[Mention], names: Mapping[str, NameForm]) -> list[Mention]:
    """The mentions without the capitals that name places and things."""
    score: Counter[str] = Counter()
    count: Counter[str] = Counter()
    labels: dict[str, str] = {nominative(r): r.label for r in names.values()}
    for before, m in zip((None, *mentions), mentions, strict=False):
        if m.kind != "name":
            continue
        company = _by_company(text, m) + (15 if before is not None and _role_before(text, before, m) else 0)
        for part in m.key:
            count[part] += 1
            score[part] += company + _by_word(part, labels) + (4 if part != m.key[0] else 0)
    good = {part for part in score if score[part] >= 8 and score[part] >= 3 * count[part]}
    return [m for m in mentions if m.kind != "name" or any(part in good for part in m.key)]


def _by_word(part: str, labels: Mapping[str, str]) -> int:
    """What the dictionary says of one word of a name."""
    known = fold(part) in ru.DIMINUTIVES or fold(part) in ru.DIMINUTIVES.values()
    return {"Name": 14, "Patr": 20, "Surn": 10, "Geox": -6}.get(labels.get(part, ""), 0) + (12 if known else 0)


def _role_before(text: str, before: Mention, m: Mention) -> bool:
    return before.kind == "role" and before.subject == m.subject and not text[before.end : m.start].strip()


def _by_company(text: str, m: Mention) -> int:
    """What stands around a name: verbs, calls, prepositions of place."""
    left = text[max(0, m.start - 40) : m.start]
    last = fold(left.split()[-1]) if left.split() else ""
    right = words_of(text, m.end, min(len(text), m.end + 40))[:1]
    following = right[0].text if right and not text[m.end : right[0].start].strip() else ""
    score = 40 if CALLED.search(left) else 0
    says = is_said_verb(last, "ru", plainly=True) or is_said_verb(following, "ru", plainly=True)
    if not m.spoken and m.subject and says:
        score += 25
    elif m.subject and is_past(following) and past_gender(following) in ("masc", "femn"):
        score += 5
    if m.spoken and re.match(r"\s*[!?,.]", text[m.end : m.end + 2]) and re.search(r"[,!?.—–-]\s*$|^$", left[-3:]):
        score += 6
    if last in _PLACE_PREPOSITIONS and not m.subject:
        score -= 9
    return score
