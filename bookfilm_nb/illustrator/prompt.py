"""Shot prompts read back: from the words of a prompt to what is drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, cast

from bookfilm_nb.model import Value, tidy
from bookfilm_nb.model.vocabulary import INTERIORS, Angle, PlaceKind, ShotSize

from .backdrops import SceneWords
from .lexicon import Word, read_words, silent
from .people import FigureWords, PersonReader

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MOST_FIGURES", "FigureWords", "ShotWords", "parse_prompt"]

MOST_FIGURES = 4
"""People that fit in one picture; who is named after them is listed as unknown."""
_BRACKET = re.compile(r"\[([^\[\]]*)\]?")
_CLAUSE = re.compile(r"[.;:,!?()\n]+")
_NAME = re.compile(r"[\"“«„]([^\"“”«»„\[\]]*)[\"”»“]")
_MOOD = re.compile(r"(?:mood|настроение)\s*:?\s*([^.,;\[\]]+)", re.IGNORECASE)
_SetField = Literal["size", "angle", "setting", "place", "time", "weather", "season"]
_BEFORE_A_PERSON = ("age", "emotion", "hair", "haircolour", "skincolour")
_SET_FIELDS: tuple[_SetField, ...] = ("size", "angle", "setting", "place", "time", "weather", "season")


class ShotWords(Value):
    """What the prompt says, as values; ``unknown`` lists the words that will not be drawn."""

    size: ShotSize = "medium"
    angle: Angle = "eye level"
    scene: SceneWords
    figures: tuple[FigureWords, ...] = ()
    unknown: tuple[str, ...] = ()


def parse_prompt(text: str) -> ShotWords:
    """What is to be drawn, from the words of a prompt.

    The grammar is that of :class:`bookfilm_nb.model.Shot`; any order will do, English and Russian words are
    understood, words in quotation marks are the place's own name; what is missing takes a default (medium
    shot, eye level, day, clear, summer, calm), and a prompt without brackets may describe its people in plain words.
    No text raises.
    """
    brackets = [inside for inside in _BRACKET.findall(text) if inside.strip()]
    outside = _BRACKET.sub(" . ", text)
    name = next((tidy(inside) for inside in _NAME.findall(outside) if inside.strip()), "")
    outside = _NAME.sub(" , ", outside)
    said: dict[str, str] = {}
    details: list[str] = []
    rest: list[Word] = []
    for clause in _CLAUSE.split(outside):
        _read_set(read_words(clause), said, details, rest)
    _read_name(name, said)
    unknown: list[str] = []
    figures = [_bracket(inside, unknown) for inside in brackets] or _plain_people(outside)
    unknown += [figure.name or "person" for figure in figures[MOST_FIGURES:]]
    _read_mood(outside, rest if not figures else [], said)
    unknown = [w.text for w in rest if not w.meanings and w.text not in details] + unknown
    return ShotWords(
        size=cast("ShotSize", said.get("size", "medium")),
        angle=cast("Angle", said.get("angle", "eye level")),
        scene=_scene(said, details),
        figures=tuple(figures[:MOST_FIGURES]),
        unknown=tuple(dict.fromkeys(unknown)),
    )


# The set ----------------------------------------------------------------------------------------------


def _read_set(words: list[Word], said: dict[str, str], details: list[str], rest: list[Word]) -> None:
    """Size, angle and set from one clause; the first word for a field decides, what is left goes to ``rest``."""
    drawable = _drawable_details()
    for word in words:
        field = next((f for f in _SET_FIELDS if word.get(f)), None)
        if word.text in drawable:
            details.append(word.text)
        if field == "place":
            details.extend([word.text] if "place" in said and word.text not in details else [])
            said.setdefault("name", word.text)
        if field:
            said.setdefault(field, word.get(field))
        elif not silent(word.text):
            rest.append(word)


def _read_name(name: str, said: dict[str, str]) -> None:
    """The place's own name marks the set off from others of its kind; alone it tells the kind too."""
    if name:
        said["name"] = name
        kinds = [word.get("place") for word in read_words(name) if word.get("place")]
        said.update({"place": said.get("place", kinds[0])} if kinds else {})


def _read_mood(outside: str, rest: Iterable[Word], said: dict[str, str]) -> None:
    """The mood after "Mood:", else the first word of the set's clauses that tells one."""
    after = [word for clause in _MOOD.findall(outside) for word in read_words(clause)]
    for word in (*after, *rest):
        if word.get("mood"):
            said.setdefault("mood", word.get("mood"))


def _scene(said: dict[str, str], details: list[str]) -> SceneWords:
    place = cast("PlaceKind", said.get("place", "room" if said.get("setting") == "interior" else "field"))
    inside = said["setting"] == "interior" if "setting" in said else place in INTERIORS
    fields: dict[str, Any] = {key: said[key] for key in ("time", "weather", "season", "mood", "name") if key in said}
    return SceneWords(place=place, interior=inside, details=tuple(dict.fromkeys(details)), **fields)


def _drawable_details() -> frozenset[str]:
    from . import backdrops

    return frozenset(getattr(backdrops, "DRAWABLE_DETAILS", ()))


# People -----------------------------------------------------------------------------------------------


def _bracket(inside: str, unknown: list[str]) -> FigureWords:
    """One bracket: ``NAME: looks; emotion; position; speaking``, any part of it missing."""
    name, colon, rest = inside.partition(":")
    if not colon:
        first = re.split(r"[;,]", inside, maxsplit=1)[0]
        name, rest = ("", inside) if any(w.meanings for w in read_words(first)) else (first, inside[len(first) :])
    person = PersonReader(name)
    for clause in _CLAUSE.split(rest):
        unknown += person.read(read_words(clause))
    return person.done()


def _plain_people(text: str) -> list[FigureWords]:
    """People told in plain words: each from the adjectives before its noun to those before the next."""
    people: list[PersonReader] = []
    for clause in _CLAUSE.split(text):
        words = [word for word in read_words(clause) if not any(word.get(f) for f in ("size", "angle", "setting"))]
        begin = 0
        for index, word in enumerate(words):
            if not word.get("person"):
                continue
            start = index
            while start > begin and any(words[start - 1].get(f) for f in _BEFORE_A_PERSON):
                start -= 1
            if people:
                people[-1].read(words[begin:start])
            people.append(PersonReader(""))
            begin = start
        if people:
            people[-1].read(words[begin:])
    return [person.done() for person in people]
