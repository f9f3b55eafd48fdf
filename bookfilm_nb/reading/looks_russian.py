"""What a Russian sentence tells about looks, and about whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .look_words import COLOURS, PERSON_ADJECTIVES, SHAPES, THINGS, Trait, traits_of
from .morph import forms_of
from .words import Word, plain, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .mentions import Mention
    from .morph import Form

__all__ = ["read_russian"]

_THINGS = THINGS["ru"]
_CARRIES = {
    "с": (("ablt",), ("hair", "beard")), "со": (("ablt",), ("hair", "beard")),
    "в": (("loct",), ("hat", "clothes", "glasses")), "во": (("loct",), ("hat", "clothes", "glasses")),
    "без": (("gent",), ("hat", "clothes", "glasses")),
}  # fmt: skip
"""Prepositions that give somebody a thing: its cases and fields. Who is "without his cap" has one."""
_WEARING = word_set("""
    носить надеть надевать накинуть накидывать натянуть натягивать снять снимать повязать повязывать одеть нахлобучить
    надвинуть сдвинуть поправить поправлять гладить погладить разгладить разглаживать теребить крутить закрутить
    покручивать потерять терять сбросить скинуть сорвать застегнуть расстегнуть распустить заплести заплетать
    отпустить отрастить отращивать иметь
""")
_POSSESSORS = word_set("его ее мой моя мое мои моего моей моем моих моими моим")
_ADJECTIVES = ("ADJF", "PRTF", "ADJS", "PRTS", "NUMR", "ADVB")
_HALT = re.compile(r"[;:.!?…—–]")


def read_russian(text: str, start: int, end: int, here: Sequence[Mention]) -> list[Trait]:
    """Everything that the sentence tells about looks, each with the mention it belongs to."""
    words = words_of(text, start, end)
    told: list[Trait] = []
    for i, word in enumerate(words):
        form = _thing(word.text)
        if form is not None:
            at, marks = _adjectives(text, words, i)
            owner = _worn(text, words, i, at, form, here, marks)
            if owner is not None:
                told.extend(Trait(f, w, owner.start) for f, w in traits_of(form.lemma, marks, "ru"))
            continue
        described = _described(text, words, i, here)
        if described is not None:
            owner, traits = described
            told.extend(Trait(f, w, owner.start) for f, w in traits)
    return told


def _thing(word: str) -> Form | None:
    forms = forms_of(word)
    if not forms or (word[0].isupper() and len(word) > 1 and "Surn" in forms[0].labels):
        return None
    return next((f for f in forms[:4] if f.pos == "NOUN" and f.lemma in _THINGS), None)


def _cases(word: str, lemma: str) -> frozenset[str]:
    return frozenset(f.case for f in forms_of(word) if f.lemma == lemma)


def _marks(word: str) -> list[str]:
    """The adjective's lemmas that tell a colour or a shape, else its first."""
    lemmas = [f.lemma for f in forms_of(word) if f.pos in _ADJECTIVES]
    known = [x for x in lemmas if x in COLOURS["ru"] or x in SHAPES["ru"] or x in PERSON_ADJECTIVES["ru"]]
    return known[:1] or lemmas[:1]


def _adjectives(text: str, words: Sequence[Word], i: int) -> tuple[int, list[str]]:
    """Index of the word before the noun phrase at ``i``, and the adjectives of the phrase."""
    marks: list[str] = []
    j = i - 1
    while j >= 0 and i - j <= 6:
        gap = text[words[j].end : words[j + 1].start].strip()
        low = plain(words[j].text)
        if gap not in ("", ",") or (gap == "," and not marks) or low in _POSSESSORS or low in _CARRIES:
            break
        if (
            low == "и"
            and marks
            and j
            and any(m in COLOURS["ru"] or m in SHAPES["ru"] for m in _marks(words[j - 1].text))
        ):
            j -= 1
            continue
        found = _marks(words[j].text)
        if not found or low == "и":
            break
        marks.extend(found)
        j -= 1
    after = words[i + 1 : i + 5]
    if after and plain(after[0].text) in ("был", "была", "было", "были", "у"):
        tail = [w for w in after if not _HALT.search(text[words[i].end : w.start])]
        marks.extend(m for w in tail for m in _marks(w.text) if m in COLOURS["ru"] or m in SHAPES["ru"])
    return j, marks


def _worn(
    text: str, words: Sequence[Word], i: int, at: int, form: Form, here: Sequence[Mention], marks: Sequence[str]
) -> Mention | None:
    """Who wears or has the thing at ``i``; None for nobody."""
    field = _THINGS[form.lemma][0]
    after = words[i + 1] if i + 1 < len(words) else None
    gap_after = text[words[i].end : after.start].strip() if after else "."
    if at >= 0 and plain(words[at].text) in _POSSESSORS:
        return _starting(here, words[at])
    if after and not gap_after:
        beside = _starting(here, after)
        if beside is not None and (plain(after.text) in _POSSESSORS or _genitive(after.text)) and not _past(after.text):
            return beside
        if plain(after.text) == "у" and i + 2 < len(words):
            return _starting(here, words[i + 2])
    scythe = form.lemma == "коса" and not marks and form.number == "sing"
    anchor = _anchor(text, words, at, field, _cases(words[i].text, form.lemma))
    if anchor is not None and not scythe:
        return _bearer(text, words, anchor, i, here)
    if "nomn" in _cases(words[i].text, form.lemma):
        holder = _holder(text, words, i, here)
        if holder is not None:
            return holder
    if "accs" in _cases(words[i].text, form.lemma) and _wearing_verb(text, words, i):
        return _subject(text, words[i].start, here)
    return None


def _starting(here: Sequence[Mention], word: Word) -> Mention | None:
    return next((m for m in here if m.start == word.start), None)


def _genitive(word: str) -> bool:
    return any(f.case == "gent" for f in forms_of(word)[:3])


def _past(word: str) -> bool:
    forms = forms_of(word)
    return bool(forms) and forms[0].pos == "VERB"


def _anchor(text: str, words: Sequence[Word], at: int, field: str, cases: frozenset[str]) -> int | None:
    """The preposition that gives the thing to somebody: right before it, or at the head of its list."""
    for j in range(at, max(-1, at - 9), -1):
        gap = text[words[j].end : words[j + 1].start].strip()
        if _HALT.search(gap) or gap not in ("", ","):
            return None
        rule = _CARRIES.get(plain(words[j].text))
        if rule is not None:
            listed = any(_thing(w.text) is not None for w in words[j + 1 : at + 1])
            fits = set(rule[0]) & cases and field in rule[1]
            return j if fits and (j == at or listed) else None
        if j == at and plain(words[j].text) not in ("и", "да") and "," not in gap:
            return None
        if _past(words[j].text):
            return None
    return None


def _bearer(text: str, words: Sequence[Word], anchor: int, i: int, here: Sequence[Mention]) -> Mention | None:
    """Who stands before "with" or "in"; else the subject of the clause."""
    place = words[anchor].start
    j = anchor - 1
    while j >= 0 and anchor - j < 9:
        near = _starting(here, words[j])
        if (near is not None and near.end == words[j].end) or (near is not None and near.kind == "name"):
            bound = near.kind == "pronoun" and not near.subject
            return None if near.kind == "crowd" or bound or _compared(text, near.start) else near
        gap = text[words[j].end : words[j + 1].start].strip()
        if gap not in ("", ",") or not (_marks(words[j].text) or plain(words[j].text) == "и" or _in_list(words, j)):
            break
        j -= 1
    subject = _subject(text, place, here)
    if subject is not None and text[subject.end : place].count(",") > 2:
        return None
    return subject or (_next_subject(text, words[i].end, here) if anchor < 2 or j < 0 else None)


def _in_list(words: Sequence[Word], j: int) -> bool:
    """Whether the word belongs to another thing of looks, with its preposition: "с бородой (и в шапке)"."""
    return plain(words[j].text) in _CARRIES or _thing(words[j].text) is not None


def _compared(text: str, place: int) -> bool:
    return bool(re.search(r"\b(?:как|словно|будто|точно|чем)\s+(?:[а-яё]+\s+)?$", text[max(0, place - 30) : place]))


def _subject(text: str, place: int, here: Sequence[Mention]) -> Mention | None:
    """The nominative that rules the place: the last one of its sentence before it, else the first after it."""
    before = [m for m in here if m.start < place and m.subject and not _compared(text, m.start)]
    before = [m for m in before if not _HALT.search(text[m.end : place].replace("—", "").replace("–", ""))]
    found = before[-1] if before else _next_subject(text, place, here)
    return None if found is None or found.kind == "crowd" else found


def _next_subject(text: str, place: int, here: Sequence[Mention]) -> Mention | None:
    after = next((m for m in here if m.start > place and m.subject), None)
    if after is None or after.kind == "crowd" or re.search(r"[,;:.!?…]", text[place : after.start]):
        return None
    return after


def _holder(text: str, words: Sequence[Word], i: int, here: Sequence[Mention]) -> Mention | None:
    """Who has what stands in the nominative: «у неё были косы», «на нём был кафтан»."""
    for j in range(i - 1, max(-1, i - 14), -1):
        if _HALT.search(text[words[j].end : words[j + 1].start]):
            return None
        low = plain(words[j].text)
        if low in ("у", "на") and j + 1 < i:
            owner = next((m for m in here if words[j].end < m.start < words[i].start), None)
            if owner is None or re.search(r"[^\s]", text[words[j].end : owner.start].strip().replace("самого", "")):
                continue
            denied = re.search(r"\b(?:не|ни|нет)\b", text[owner.end : words[i].start])
            return None if denied or owner.kind == "crowd" else owner
        if low in ("не", "нет"):
            return None
    return None


def _wearing_verb(text: str, words: Sequence[Word], i: int) -> bool:
    for j in range(max(0, i - 9), min(len(words), i + 4)):
        lo, hi = sorted((i, j))
        if _HALT.search(text[words[lo].end : words[hi].start]) if hi > lo else True:
            continue
        forms = forms_of(words[j].text)
        if forms and forms[0].pos in ("VERB", "GRND") and forms[0].lemma in _WEARING:
            if j and plain(words[j - 1].text) == "не":
                return False
            between = text[words[lo].end : words[hi].start]
            return "," not in between or any(_thing(w.text) for w in words[lo + 1 : hi])
    return False


def _described(
    text: str, words: Sequence[Word], i: int, here: Sequence[Mention]
) -> tuple[Mention, tuple[tuple[str, str], ...]] | None:
    """Whom an adjective describes: the person noun after it, or the subject of «был»."""
    forms = [f for f in forms_of(words[i].text) if f.pos in ("ADJF", "ADJS") and f.lemma in PERSON_ADJECTIVES["ru"]]
    if not forms:
        return None
    traits = PERSON_ADJECTIVES["ru"][forms[0].lemma]
    for j in range(i + 1, min(len(words), i + 4)):
        if text[words[j - 1].end : words[j].start].strip() not in ("", ","):
            break
        owner = _starting(here, words[j])
        if owner is not None:
            fits = owner.kind in ("role", "name") and not _compared(text, words[i].start)
            return (owner, traits) if fits and _agree(forms, words[j].text) else None
        if not _marks(words[j].text) and plain(words[j].text) != "и":
            break
    before = [plain(w.text) for w in words[max(0, i - 2) : i]]
    if any(b in ("был", "была") for b in before) and "не" not in before:
        subject = _subject(text, words[i].start, here)
        return (subject, traits) if subject is not None else None
    return None


def _agree(adjectives: Sequence[Form], noun: str) -> bool:
    cases = {f.case for f in forms_of(noun) if f.pos == "NOUN"}
    return not cases or any(a.case in cases for a in adjectives)
