"""How each person is drawn: one phrase, the same words in every shot."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bookfilm_nb.model import Character
    from bookfilm_nb.model.vocabulary import Age

__all__ = ["cast_looks", "looks_words"]

_NOUNS: dict[str, dict[Age, str]] = {
    "female": {"child": "girl", "young": "young woman", "adult": "woman", "old": "old woman"},
    "male": {"child": "boy", "young": "young man", "adult": "man", "old": "old man"},
}
_HAIR: dict[str, tuple[str, ...]] = {
    "girl": ("braids", "long", "bangs", "curly"),
    "young woman": ("long", "bun", "curly", "bangs"),
    "woman": ("bun", "long", "curly", "short"),
    "old woman": ("bun", "short", "curly"),
    "boy": ("short", "curly", "bangs"),
    "young man": ("short", "curly", "short"),
    "man": ("short", "curly", "short"),
    "old man": ("short", "bald", "short"),
}
_CLOTHES: dict[str, tuple[str, ...]] = {
    "female": ("dress", "coat", "jersey", "shawl"),
    "male": ("coat", "jersey", "coat"),
}
_OVER = ("shawl", "apron")
_UNDER = {"female": "dress", "male": "jersey"}
_COLOURS = ("blue", "green", "red", "brown", "grey", "purple", "yellow", "black", "orange", "white")
_QUIET = {"female": _COLOURS, "male": ("blue", "green", "brown", "grey", "red", "black")}
"""What most people of older books wear; a large cast goes on to the other colours."""
_HAIR_COLOURS = ("brown", "black", "blond", "red", "brown", "black")
_OLD_HAIR = ("grey", "white")
_BEARDS = ("", "", "moustache", "full", "stubble")
_TRIES = 80


def looks_words(character: Character, *, variant: int = 0) -> str:
    """What the person looks like, as prompt words: "old woman, grey hair in a bun, scarf, blue coat".

    What the text tells comes first; the rest is chosen by a digest of the person's id, so it never changes for one
    person. ``variant`` gives another choice of what the text leaves open.
    """
    looks = character.looks
    sex = character.sex if character.sex != "unknown" else _pick(("female", "male"), character.id, "sex", 0)
    noun = _NOUNS[sex][character.age]

    def pick(options: tuple[str, ...], what: str) -> str:
        return _pick(options, character.id, what, variant)

    colours = _QUIET[sex] if variant < _TRIES // 2 else _COLOURS
    old = character.age == "old"
    hair = looks.hair or pick(_HAIR[noun], "hair")
    colour = looks.hair_colour or pick(_OLD_HAIR if old else _HAIR_COLOURS, "hair colour")
    beard = looks.beard
    if not beard and sex == "male" and character.age in ("adult", "old") and looks == type(looks)():
        beard = pick(_BEARDS, "beard")
    clothes = looks.clothes or pick(_CLOTHES[sex], "clothes")
    clothes_colour = looks.clothes_colour or pick(colours, "clothes colour")
    parts = [
        noun,
        _hair(hair, colour),
        _beard(beard, colour if looks.hair_colour or old else ""),
        "glasses" if looks.glasses else "",
        looks.hat,
        f"{clothes_colour} {clothes}",
        f"{pick(colours, 'under')} {_UNDER[sex]}" if clothes in _OVER else "",
    ]
    return ", ".join(p for p in parts if p)


def cast_looks(characters: Iterable[Character]) -> dict[str, str]:
    """The looks of every person by id, so that no two of one film look the same where the text leaves it open.

    The first of two keeps the looks, the second gets the first free variant that differs in clothes and hair.
    """
    found: dict[str, str] = {}
    for person in characters:
        choices = [looks_words(person, variant=v) for v in range(_TRIES)]
        found[person.id] = min(choices, key=lambda words: (_likeness(words, found.values()), choices.index(words)))
    return found


def _likeness(words: str, others: Iterable[str]) -> int:
    mine = words.split(", ")
    return max((_alike(mine, other.split(", ")) for other in others), default=0)


def _alike(mine: list[str], other: list[str]) -> int:
    """0 where the clothes and the hair differ, more the more is the same."""
    clothes = mine[-1].split()[0] == other[-1].split()[0]
    return 3 * clothes + (mine[1] == other[1]) + (mine[:2] == other[:2])


def _hair(hair: str, colour: str) -> str:
    if hair == "bald":
        return "bald"
    with_it = {"bun": "hair in a bun", "braids": "hair in braids", "bangs": "hair with bangs", "curly": "curly hair"}
    return f"long {colour} hair" if hair == "long" else f"{colour} {with_it.get(hair, f'{hair} hair')}"


def _beard(beard: str, colour: str) -> str:
    words = "full beard" if beard == "full" else beard
    return f"{colour} {words}" if colour and words and beard != "stubble" else words


def _pick(options: tuple[str, ...], identity: str, what: str, variant: int) -> str:
    digest = hashlib.sha256(f"{identity}\n{what}\n{variant}".encode()).digest()
    return options[int.from_bytes(digest[:4], "big") % len(options)]
