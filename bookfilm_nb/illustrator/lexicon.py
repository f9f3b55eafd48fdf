"""The words of a shot prompt that mean something, in English and Russian; ``words.toml`` lists them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any, NamedTuple

__all__ = ["Meaning", "Word", "colour_of", "read_words", "silent"]

_LONGEST = 4
"""Words in the longest phrase."""


class Meaning(NamedTuple):
    """What a word says: which field, and the value."""

    field: str
    value: str


class Word(NamedTuple):
    """A word or phrase of the text, and its meanings (none: not known)."""

    text: str
    meanings: tuple[Meaning, ...]

    def get(self, field: str) -> str:
        """What it says about this field, or nothing."""
        return next((m.value for m in self.meanings if m.field == field), "")


def colour_of(word: str) -> str:
    """A colour word as #rrggbb, in tones that sit together; a word that is no colour is a neutral grey."""
    tones: dict[str, str] = _file()["tones"]
    return tones.get(word, tones["grey"])


def silent(word: str) -> bool:
    """Whether a word carries no meaning of its own."""
    return len(word) == 1 or word.isdigit() or word in _silent()


def read_words(text: str) -> list[Word]:
    """The words of ``text``, lower case, joined into the longest phrases that mean something."""
    tokens = re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", text.lower())
    words = []
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length])
            meanings = _meanings(phrase)
            if meanings or length == 1:
                words.append(Word(phrase, meanings))
                at += length
                break
    return words


def _meanings(phrase: str) -> tuple[Meaning, ...]:
    exact, stems = _index()
    if phrase in exact:
        return exact[phrase]
    if " " in phrase:
        return ()
    for length in range(len(phrase), 1, -1):
        if phrase[:length] in stems:
            return stems[phrase[:length]]
    if "-" in phrase:
        return tuple(meaning for piece in phrase.split("-") for meaning in _meanings(piece))
    return ()


@cache
def _index() -> tuple[dict[str, tuple[Meaning, ...]], dict[str, tuple[Meaning, ...]]]:
    """Whole words and stems, each with everything it can mean."""
    exact: dict[str, tuple[Meaning, ...]] = {}
    stems: dict[str, tuple[Meaning, ...]] = {}
    for field, values in _file().items():
        if field in {"tones", "silent"}:
            continue
        for value, words in values.items():
            for word in _listed(words):
                table, key = (stems, word[:-1]) if word.endswith("*") else (exact, word)
                table[key] = (*table.get(key, ()), Meaning(field, value))
    return exact, stems


@cache
def _silent() -> frozenset[str]:
    return frozenset(_listed(_file()["silent"]["words"]))


def _listed(words: str) -> list[str]:
    return [" ".join(word.split()) for word in words.split(",")]


@cache
def _file() -> dict[str, Any]:
    from importlib.resources import files

    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
