"""Places in a text: what a mention says, and the atlas that gives one place one name and one id."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from bookfilm_nb.model import Place
from bookfilm_nb.model.vocabulary import INTERIORS, PLACE_KINDS

from . import places_en, places_ru

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.model.vocabulary import Language, PlaceKind

__all__ = ["Atlas", "Manner", "Mention", "Noun", "contains", "gazetteer", "is_general", "mentions_of"]

Manner = Literal["arrive", "there", "bare", "leave"]
"""Somebody gets there; somebody or something is there; it is only named; somebody goes out of it."""


class Noun(NamedTuple):
    """What a place noun means. Places of one ``group`` that nothing tells apart are one place."""

    word: str
    kind: PlaceKind
    group: str


class Mention(NamedTuple):
    """A place named in narration, at character ``start`` of the book's text."""

    start: int
    manner: Manner
    noun: Noun
    name: str
    """As a heading would have it; empty where the open air is meant, and no place is named."""
    special: bool = False
    """Whether more than the bare noun tells it from others of its group."""
    outside: bool = False
    """Before, behind or at the door of a building."""
    urban: bool = False
    """Whether the words around tell of a city; an outside is then a city street."""

    @property
    def kind(self) -> PlaceKind:
        """The kind of the set: a building seen from outside stands in a street or in the open."""
        if not self.outside:
            return self.noun.kind
        return "city street" if self.urban else "village street"

    @property
    def group(self) -> str:
        """The group, buildings seen from outside apart from their rooms."""
        return f"outside {self.noun.group}" if self.outside else self.noun.group

    @property
    def interior(self) -> bool:
        """Whether it is under a roof."""
        return not self.outside and self.noun.kind in INTERIORS


@lru_cache(maxsize=4)
def gazetteer(language: Language) -> Mapping[str, Noun]:
    """Every place noun: lower case, е for ё."""
    listed = places_en.PLACES if language == "en" else places_ru.PLACES
    found: dict[str, Noun] = {}
    for line in listed.strip().splitlines():
        kind, group, words = (part.strip() for part in line.split("|"))
        if kind not in PLACE_KINDS:
            raise ValueError(kind)
        for word in words.split():
            found.setdefault(word.lower().replace("ё", "е"), Noun(word, kind, group))
    return found


_INSIDE: Mapping[str, frozenset[str]] = {
    "village": frozenset({"street", "square", "yard", "porch", "well", "road"}),
    "city": frozenset({"street", "square", "bridge", "village"}),
    "sea": frozenset({"ship", "boat", "island", "shore", "harbour"}),
    "island": frozenset({"shore", "cliff", "harbour", "forest", "field"}),
    "shore": frozenset({"harbour", "causeway", "cliff"}),
    "river": frozenset({"bank", "bridge", "boat"}),
    "street": frozenset({"square", "porch"}),
}
_BUILDINGS = frozenset({"house", "hall", "hotel", "school", "tavern", "church", "tower", "prison"})
_SINGLE = frozenset(
    {"ship", "village", "city", "sea", "forest", "river", "lake", "harbour", "shore", "church", "island"}
)
_LONGEST = 4000
"""Characters of a sentence that are read: what is longer is no sentence, and would take long."""
_WIDE = frozenset({"village", "city", "island"})


def contains(outer: str, inner: Mention | None) -> bool:
    """Whether the group lies around the place: one who is there is also in the wider place."""
    if inner is None:
        return False
    if outer in _WIDE:
        return inner.interior or inner.outside or inner.group in _INSIDE[outer]
    if outer == "house" and inner.noun.kind in ("room", "kitchen", "hall", "cellar"):
        return True
    if outer in _BUILDINGS and inner.interior and inner.group in ("corridor", "kitchen", "room", "bedroom", "cellar"):
        return True
    return inner.group in _INSIDE.get(outer, frozenset())


def is_general(mention: Mention, language: Language) -> bool:
    """Whether the noun ("the room", "дом") names any indoor place again."""
    any_place = places_en.ANY_PLACE if language == "en" else places_ru.ANY_PLACE
    return mention.noun.word.lower().replace("ё", "е") in any_place and not mention.special and not mention.outside


def mentions_of(text: str, start: int, end: int, language: Language, *, opens: bool = False) -> list[Mention]:
    """The places that a sentence of narration (``text[start:end]``) names, in order.

    Places only remembered, imagined, denied, compared with or seen from afar are left out. ``opens`` says that
    the sentence begins a paragraph, where "The tavern was warm" tells where one is.
    """
    end = min(end, start + _LONGEST)
    if language == "en":
        from .places_english import read_places
    else:
        from .places_russian import read_places
    return read_places(text, start, end, opens=opens)


@dataclass
class Atlas:
    """All places of one book, while it is read: finds a known place again, or adds a new one."""

    language: Language
    places: list[Place] = field(default_factory=list)
    seen: list[Mention] = field(default_factory=list)

    def locate(self, mention: Mention) -> int:
        """The number of the place that is meant."""
        same = [i for i, m in enumerate(self.seen) if (m.group, m.kind) == (mention.group, mention.kind)]
        for i in reversed(same):
            if self.seen[i].name == mention.name or not mention.special:
                return i
        # "The ship" was the Patience all along: one of its kind, and now it has a name.
        if len(same) == 1 and mention.group in _SINGLE and not self.seen[same[0]].special:
            self.seen[same[0]] = mention
            self.places[same[0]] = self.places[same[0]].model_copy(update={"name": mention.name})
            return same[0]
        for i, place in enumerate(self.places):
            if place.name == mention.name and place.kind == mention.kind:
                return i
        return self._add(mention)

    def _add(self, mention: Mention) -> int:
        base = _slug(mention.name)
        taken = {p.id for p in self.places}
        identity = next(i for i in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if i not in taken)
        place = Place(id=identity, name=mention.name, kind=mention.kind, interior=mention.interior)
        self.places.append(place)
        self.seen.append(mention)
        return len(self.places) - 1


def _slug(name: str) -> str:
    low = name.lower().replace("’", "").replace("'", "")
    return re.sub(r"^the-", "", re.sub(r"[^\w]+", "-", low).strip("-")) or "place"
