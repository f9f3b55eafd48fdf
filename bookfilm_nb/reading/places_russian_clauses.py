"""Russian clauses: the verb and the subject around a preposition, and what keeps a place from being here and now."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import places_ru as ru
from .morph import Form, forms_of
from .places_words import word_set

__all__ = [
    "CASES",
    "IN",
    "STOPS",
    "TOKEN",
    "WAY",
    "Token",
    "fronted",
    "hindered",
    "knocks",
    "person_acts",
    "thing_moves",
    "verb_of",
]

TOKEN = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*|\d+|[^\w\s]")

STOPS = frozenset(',;:.!?—–()"“”«»…-')

IN = {"в": ("loct", "loc2", "accs"), "во": ("loct", "loc2", "accs"), "на": ("loct", "loc2", "accs")}

CASES: dict[str, tuple[str, ...]] = IN | {
    "к": ("datv",), "ко": ("datv",), "из": ("gent",), "с": ("gent",), "со": ("gent",), "изо": ("gent",),
    "по": ("datv",), "через": ("accs",), "сквозь": ("accs",), "у": ("gent",), "возле": ("gent",), "около": ("gent",),
    "подле": ("gent",), "перед": ("ablt",), "за": ("ablt", "accs"), "под": ("ablt",), "среди": ("gent",),
    "посреди": ("gent",), "вдоль": ("gent",), "до": ("gent",), "внутри": ("gent",), "мимо": ("gent",),
    "напротив": ("gent",), "внутрь": ("gent",), "средь": ("gent",), "вокруг": ("gent",),
}  # fmt: skip

WAY = frozenset({"по", "через", "сквозь", "вдоль", "среди", "посреди", "средь"})

_OPENERS = word_set(
    "а и но да уже еще теперь тут там вдруг потом затем наконец снова опять внизу вверху далеко высоко глубоко тем"
    " временем между тогда только вот здесь скоро вскоре однажды наверху же"
)

_TIMES = re.compile(
    r"(?:утр|вечер|ноч|дн|рассвет|полдень|полноч|сумерк|зим|лет|весн|осен|пор|час|недел|месяц|год|раз|день|воскресень)"
)

_BEGINNING = word_set("начать стать приняться успеть")


_LONGEST = 40
"""Letters of the longest word that is looked up."""


class Token(NamedTuple):
    """A word or a mark; ``low`` is lower case with е for ё."""

    start: int
    text: str
    low: str

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every way to understand the word."""
        return forms_of(self.text) if self.text[0].isalpha() and len(self.text) < _LONGEST else ()

    def lemma(self, *pos: str) -> str:
        """The likeliest lemma, of these parts of speech if any are given."""
        return next((f.lemma for f in self.forms if not pos or f.pos in pos), self.low)


def _clause(tokens: list[Token], i: int) -> tuple[int, int]:
    low = i
    while low > 0 and tokens[low - 1].low not in STOPS:
        low -= 1
    high = i
    while high < len(tokens) and tokens[high].low not in STOPS:
        high += 1
    return low, high


def verb_of(tokens: list[Token], i: int) -> Form | None:
    """The verb that governs the preposition at ``i``: the nearest before it in its clause, else after it."""
    low, high = _clause(tokens, i)
    for j in [*range(i - 1, max(low - 1, i - 9), -1), *range(i + 1, min(high, i + 9))]:
        forms: tuple[Form, ...] = tokens[j].forms
        if not forms or forms[0].pos not in ("VERB", "GRND", "INFN", "PRTS"):
            continue
        if forms[0].pos == "INFN" and any(t.lemma("VERB") in _BEGINNING for t in tokens[max(low, j - 2) : j]):
            return forms[0]._replace(pos="VERB")
        return forms[0]
    return None


def person_acts(tokens: list[Token], i: int) -> bool:
    """Whether the clause has a person as its subject (or a first-person or dropped one)."""
    low, high = _clause(tokens, i)
    for token in tokens[low:high]:
        for form in token.forms[:2]:
            if form.pos == "NPRO" and form.case == "nomn" and token.low not in ("это", "оно", "что", "то"):
                return True
            if (
                form.pos == "NOUN"
                and form.case == "nomn"
                and (form.animate or "Name" in form.labels or "Surn" in form.labels)
            ):
                return True
    return False


def thing_moves(tokens: list[Token], i: int) -> bool:
    """Whether the clause tells of a thing (a road, a smell, a sound) and of nobody."""
    if person_acts(tokens, i):
        return False
    low, high = _clause(tokens, i)
    return any(
        f.lemma in ru.INANIMATE and f.case == "nomn" for t in tokens[low:high] for f in t.forms[:2] if f.pos == "NOUN"
    )


def fronted(tokens: list[Token], i: int) -> bool:
    """Whether only light words and times stand before token ``i`` in its sentence."""
    words = [t for t in tokens[:i] if t.low not in STOPS]
    return len(words) <= 5 and all(
        t.low in _OPENERS or t.low in CASES or _TIMES.match(t.low) or (t.forms and t.forms[0].pos in ("CONJ", "PRCL"))
        for t in words
    )


def knocks(tokens: list[Token], i: int) -> bool:
    """Whether somebody knocks at a door that the preposition at ``i`` names."""
    if i + 1 >= len(tokens) or tokens[i + 1].lemma("NOUN") not in ("дверь", "ворота", "калитка", "окно"):
        return False
    return any(
        t.lemma("VERB", "GRND").startswith(("стуч", "постуч", "застуч", "колот")) for t in tokens[max(0, i - 4) : i]
    )


def hindered(tokens: list[Token], i: int) -> bool:
    """Whether the clause denies, wishes, remembers, compares or only perceives the place."""
    low, high = _clause(tokens, i)
    if i - 1 >= low and tokens[i - 1].low == "не":
        return True
    for j in range(low, i):
        lemmas = {f.lemma for f in tokens[j].forms[:2]} | {tokens[j].low}
        if lemmas & ru.FIGURATIVE and i - j <= 4 and not (tokens[j].low == "как" and _as_time(tokens, j)):
            return True
        if lemmas & (ru.MODAL | ru.REMEMBERED | ru.HABIT):
            return True
        if lemmas & ru.PERCEIVED and not (tokens[i].low in WAY and i - j > 3):
            return True
        if (
            tokens[j].low == "не"
            and j + 1 < len(tokens)
            and tokens[j + 1].forms
            and tokens[j + 1].forms[0].pos in ("VERB", "INFN", "GRND")
        ):
            return True
    if low >= 1 and tokens[low - 1].low == "," and low < len(tokens) and tokens[low].low in ru.FIGURATIVE:
        return True
    if any(t.low in ("каждый", "каждую", "каждое", "бывало", "обыкновенно", "всегда", "обычно") for t in tokens[:i]):
        return True
    verb = verb_of(tokens, i)
    after = range(i + 1, high)
    return verb is not None and (
        verb.lemma in ru.REMEMBERED
        or (
            verb.lemma in ru.PERCEIVED
            and any(tokens[j].lemma() == verb.lemma for j in after)
            and not fronted(tokens, i)
        )
        or verb.tense == "futr"
    )


def _as_time(tokens: list[Token], j: int) -> bool:
    return j > 0 and tokens[j - 1].low in ("так", "после", "того", "тем", "перед", "только")
