"""Russian word forms, from pymorphy2's dictionary, each looked up once."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any, NamedTuple

__all__ = ["Form", "forms_of", "is_past", "lemmas_of", "past_gender"]

NOUNS = ("NOUN",)


class Form(NamedTuple):
    """One way to understand a word: its lemma, part of speech and grammemes (OpenCorpora's names)."""

    lemma: str
    pos: str
    gender: str
    case: str
    number: str
    tense: str
    person: str
    animate: bool
    labels: frozenset[str]
    score: float
    known: bool


@lru_cache(maxsize=1)
def _vocabulary() -> Any:  # noqa: ANN401 - natasha has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # natasha repairs pymorphy2 for the Pythons that lost inspect.getargspec
        from natasha import MorphVocab

        return MorphVocab()


@lru_cache(maxsize=200_000)
def forms_of(word: str) -> tuple[Form, ...]:
    """Every way to understand the word, the likeliest first."""
    vocabulary = _vocabulary()
    found = []
    for parse in vocabulary.parse(word.lower()):
        tag = parse.tag
        found.append(
            Form(
                lemma=parse.normal_form.replace("ё", "е"),
                pos=str(tag.POS or ""),
                gender=str(tag.gender or ""),
                case=str(tag.case or ""),
                number=str(tag.number or ""),
                tense=str(tag.tense or ""),
                person=str(tag.person or ""),
                animate=tag.animacy == "anim",
                labels=frozenset(str(g) for g in tag.grammemes if g in _LABELS),
                score=float(parse.score),
                known=bool(vocabulary.word_is_known(word.lower())),
            )
        )
    return tuple(found)


_LABELS = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Apro", "Infr"})


@lru_cache(maxsize=200_000)
def lemmas_of(word: str, pos: tuple[str, ...] = NOUNS) -> tuple[str, ...]:
    """The lemmas the word can have as one of these parts of speech, the likeliest first."""
    return tuple(dict.fromkeys(f.lemma for f in forms_of(word) if f.pos in pos))


@lru_cache(maxsize=50_000)
def is_past(word: str) -> bool:
    """Whether the word is, first of all, a verb in the past tense."""
    forms = forms_of(word)
    return bool(forms) and forms[0].pos == "VERB" and forms[0].tense == "past"


def past_gender(word: str) -> str:
    """Gender: "masc", "femn", "neut" or "plur" of a verb in the past tense; "" for any other word."""
    for form in forms_of(word):
        if form.pos == "VERB" and form.tense == "past":
            return form.gender if form.number == "sing" else "plur"
    return ""
