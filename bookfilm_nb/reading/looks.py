"""How people look and how old they are, from the sentences that describe them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bookfilm_nb.model import Looks

from .look_words import AGE, AGE_WORDS, NUMBERS
from .looks_english import read_english
from .looks_russian import read_russian
from .morph import forms_of
from .words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Age, Language, Sex

    from .cast import Cast
    from .cues import Index
    from .look_words import Trait
    from .mentions import Mention

__all__ = ["age_told", "looks_of", "looks_told", "recognised", "settle"]


_LONG = 3000
"""Characters of a sentence that no longer describes anybody: a list, or a text without stops."""


def looks_told(text: str, start: int, end: int, here: Sequence[Mention], language: Language) -> list[Trait]:
    """Everything that a sentence tells about looks, each with the mention of the one who looks so.

    ``here`` are the sentence's mentions in order. A trait belongs to the possessor ("her braids"), else to the noun
    right before "with" or "in", else to the subject of its clause; what is only compared, denied or put on
    something that is no person belongs to nobody and is left out.
    """
    if end - start > _LONG:
        return []
    return read_english(text, start, end, here) if language == "en" else read_russian(text, start, end, here)


def age_told(text: str, start: int, end: int, language: Language) -> tuple[Age, int] | None:
    """The age that a stretch tells in years, as one of four ages, and where; None where it tells none."""
    plainly = AGE_WORDS[language].search(text, start, end)
    if plainly:
        return ("old" if plainly.group(1).lower().startswith(("old", "elderly", "стар")) else "young"), plainly.start()
    for match in AGE[language].finditer(text, start, end):
        for word in match.groups():
            years = _years(word, language) if word else None
            if years is not None:
                age: Age = "child" if years <= 13 else "young" if years <= 24 else "old" if years >= 60 else "adult"
                return age, match.start()
    return None


def _years(word: str, language: Language) -> int | None:
    if word.isdigit() and 2 < int(word) < 120:
        return int(word)
    if language == "en":
        return NUMBERS["en"].get(plain(word).split("-")[0])
    return next((NUMBERS["ru"][f.lemma] for f in forms_of(word) if f.lemma in NUMBERS["ru"]), None)


def settle(told: Iterable[tuple[str, str]]) -> Looks:
    """One look from everything told: for each field the word told most often, the first of equals."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for field, word in told:
        votes[field][word] += 1
    chosen = {field: counter.most_common(1)[0][0] for field, counter in votes.items()}
    if "clothes" in chosen:
        # A colour goes with the garment it was told of: "coat blue" is kept beside "coat"
        hues = {f: w for f, w in chosen.items() if f == f"clothes_colour:{chosen['clothes']}"}
        chosen["clothes_colour"] = next(iter(hues.values()), "")
    if "beard_colour" in chosen:
        chosen.setdefault("hair_colour", chosen["beard_colour"])
    glasses = chosen.pop("glasses", "") == "yes"
    fields = {f: w for f, w in chosen.items() if f in Looks.model_fields}
    return Looks(glasses=glasses, **fields)


def looks_of(traits: Sequence[Trait], cast: Cast, meant: Mapping[int, int]) -> dict[int, Looks]:
    """The looks of everybody of whom some are told."""
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for trait in traits:
        number = meant.get(trait.owner)
        if number is not None and not _unlikely(trait, cast.people[number].sex):
            told[number].append((trait.field, trait.word))
    return {number: settle(found) for number, found in told.items()}


def _unlikely(trait: Trait, sex: Sex) -> bool:
    """A man in "evening dress" wears no dress; a woman's "whiskers" are a figure of speech."""
    return (sex == "male" and trait.word == "dress") or (sex == "female" and trait.field.startswith("beard"))


def recognised(traits: Sequence[Trait], index: Index, cast: Cast, meant: Mapping[int, int]) -> dict[int, int]:
    """The descriptions that fit one known person only: "the tall woman in the black coat", by where they begin."""
    known = looks_of([t for t in traits if t.owner in meant], cast, meant)
    told: dict[int, list[Trait]] = defaultdict(list)
    for trait in traits:
        told[trait.owner].append(trait)
    found: dict[int, int] = {}
    for start, own in told.items():
        mention = index.between(start, start + 1)[0]
        if mention.kind != "role" or mention.indefinite or not cast.vague(mention):
            continue
        itself = cast.who(mention)
        fitting = [
            number
            for number, looks in known.items()
            if number != itself and cast.people[number].sex == mention.sex and _fits(own, looks)
        ]
        if len(fitting) == 1:
            found[start] = fitting[0]
    return found


def _fits(traits: Sequence[Trait], looks: Looks) -> bool:
    told = settle([(t.field, t.word) for t in traits]).model_dump()
    whole = looks.model_dump()
    return sum(bool(v) for v in told.values()) >= 2 and all(whole[f] == v for f, v in told.items() if v)
