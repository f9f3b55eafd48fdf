"""Russian names in their cases: which forms are one name, and its nominative."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from . import ru
from .morph import forms_of
from .words import Word, is_capital

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NameForm", "Spot", "fold", "nominative", "read_names"]

_LITTLE_WORDS = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "ADVB"})
_CASES = {"": "nomn", "а": "gent", "у": "datv", "ом": "ablt", "е": "loct", "ем": "ablt", "я": "gent", "ю": "datv"}


class Spot(NamedTuple):
    """A word of a piece: whether it opens a sentence, its paragraph, and whether it is spoken."""

    word: Word
    initial: bool
    block: int
    spoken: bool


class NameForm(NamedTuple):
    """What a capital word may be: a name's lemma, its gender and the cases of this form."""

    lemma: str
    gender: str
    cases: frozenset[str]
    label: str


def fold(word: str) -> str:
    """Lower case, ё as е."""
    return word.lower().replace("ё", "е")


def _possible(form: str) -> list[NameForm]:
    """Every name that this form can be a case of, the likeliest first."""
    found: dict[tuple[str, str], tuple[set[str], str]] = {}
    known = False
    for f in forms_of(form):
        known = known or f.known
        if (
            f.pos not in ("NOUN", "ADJF")
            or f.number == "plur"
            or (f.pos == "ADJF" and "Surn" not in f.labels and f.gender == "neut")
        ):
            continue
        label = next((x for x in ("Name", "Patr", "Surn", "Geox") if x in f.labels), "")
        cases, old = found.setdefault((f.lemma, f.gender), (set(), label))
        cases.add("loct" if f.case == "loc2" else f.case)
        if label and not old:
            found[f.lemma, f.gender] = (cases, label)
    folded = fold(form)
    if not known:
        if folded[-1] not in "аеиоуыэюя":
            found.setdefault((folded, "masc"), (set(), ""))[0].add("nomn")
        for ending, case in _CASES.items():
            stem = folded[: len(folded) - len(ending)]
            if ending and folded.endswith(ending) and len(stem) > 2 and stem[-1] not in "аеиоуыэюяь":
                cases, _ = found.setdefault((stem, "masc"), (set(), ""))
                cases.add(case)
                if case == "gent":
                    cases.add("accs")
    return [NameForm(lemma, gender, frozenset(cases), label) for (lemma, gender), (cases, label) in found.items()]


def read_names(pieces: Sequence[Sequence[Spot]]) -> dict[str, NameForm]:  # noqa: C901 - one pass over the words, each kind of evidence in its turn
    """For each capital form that is a name in this book, what it is a form of."""
    low: Counter[str] = Counter()
    mid: Counter[str] = Counter()
    start: Counter[str] = Counter()
    for spots in pieces:
        for spot in spots:
            word = spot.word.text
            if word[0].islower():
                low[fold(word)] += 1
            elif is_capital(word) and len(word) > 1:
                (start if spot.initial else mid)[fold(word)] += 1
    lowered: Counter[str] = Counter()
    for word, count in low.items():
        for lemma in {f.lemma for f in forms_of(word) if f.pos in ("NOUN", "ADJF")}:
            lowered[lemma] += count
    forms = {w for w in mid if mid[w] > low[w] and forms_of(w)[0].pos not in _LITTLE_WORDS}
    for word in start:
        if word not in forms and not low[word]:
            top = forms_of(word)[:1]
            if (top and top[0].pos in ("NOUN", "ADJF") and top[0].labels & {"Name", "Surn", "Patr"}) or any(
                "Name" in f.labels and f.score > 0.2 for f in forms_of(word)
            ):
                forms.add(word)
    support: Counter[str] = Counter()
    readings = {form: _possible(form) for form in sorted(forms)}
    for form, options in readings.items():
        for option in options:
            support[option.lemma] += 2 * (mid[form] + start[form])
            if option.lemma == form and "nomn" in option.cases:
                support[option.lemma] += 3 * (mid[form] + start[form]) + 1
            if option.label in ("Name", "Patr", "Surn"):
                support[option.lemma] += 2
    chosen: dict[str, NameForm] = {}
    for form, options in readings.items():
        if options:
            best = max(
                options,
                key=lambda o: (support[o.lemma] * (2 if o.lemma in forms else 1), o.label != "", -options.index(o)),
            )
            if (
                best.lemma not in ru.NOT_NAMES
                and form not in ru.NOT_NAMES
                and not (mid[form] <= 1 and lowered[best.lemma] > 4 and not best.label)
            ):
                chosen[form] = best
    return chosen


def nominative(reading: NameForm) -> str:
    """The name in the nominative, in the woman's form where a woman bears it."""
    lemma = reading.lemma
    if reading.gender == "femn" and reading.label == "Patr" and lemma.endswith("ич"):
        lemma = lemma[:-2] + "на" if lemma.endswith(("ович", "евич")) else lemma + "на"
    elif reading.gender == "femn" and reading.label == "Surn":
        if lemma.endswith(("ов", "ев", "ин", "ын")):
            lemma += "а"
        elif lemma.endswith(("ский", "цкий", "ской")):
            lemma = lemma[:-2] + "ая"
    return "-".join(part.capitalize() for part in lemma.split("-"))
