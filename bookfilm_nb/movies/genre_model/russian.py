"""Russian words as English stems, through a lexicon of the words that decide most.

No translation model is at hand, so this is a guess: a few hundred Russian words, chosen because their English
counterparts weigh much in the model, stand for the whole language. Pairs of words are not looked up.
"""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from functools import cache
from importlib.resources import files

from .features import stem

__all__ = ["in_english", "lexicon", "translated"]

_OTHER_WORDS = frozenset({"горе", "другом", "кладу", "ране", "суде", "попу"})
"""Forms that more often belong to a word that is not in the lexicon (grief, other, I put ...)."""
_WORD = re.compile(r"[а-яё]+", re.IGNORECASE)


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """English words and the Russian lemmas that stand for each."""
    table: dict[str, str] = json.loads((files(__package__) / "lexicon_ru.json").read_text("utf-8"))
    return {english: tuple(lemmas.split()) for english, lemmas in table.items()}


@cache
def _forms() -> dict[str, str]:
    """Every form of every lemma of the lexicon and the English stem it counts as; the first lemma of equals."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from natasha import MorphVocab  # it repairs pymorphy2 for the Pythons that lost inspect.getargspec

        vocabulary = MorphVocab()
    forms: dict[str, str] = {}
    for english, lemmas in lexicon().items():
        for lemma in lemmas:
            parse = vocabulary.parse(lemma)[0]
            for word in {lemma, *(form.word for form in parse.lexeme)}:
                forms.setdefault(word.replace("ё", "е"), stem(english))
    return {word: english for word, english in forms.items() if word not in _OTHER_WORDS}


def translated(text: str) -> list[tuple[str, str]]:
    """(English stem, Russian word as it stands, in lower case) of the words that the lexicon knows, in order."""
    forms = _forms()
    low = text.lower().replace("ё", "е")
    return [(forms[word], word) for word in _WORD.findall(low) if word in forms]


def in_english(text: str) -> Counter[str]:
    """The English stems of the Russian words that the lexicon knows, and how often each occurs."""
    return Counter(root for root, _ in translated(text))
