"""Where a text speaks of people: names, roles and pronouns, with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Age, Sex

__all__ = ["Found", "Kind", "Link", "Mention"]

Kind = Literal["name", "role", "pronoun", "self", "crowd"]


class Mention(NamedTuple):
    """One mention. ``key`` is what is looked up in the cast: the words of a name, or the noun of a role."""

    start: int
    end: int
    kind: Kind
    key: tuple[str, ...]
    sex: Sex = "unknown"
    age: Age | None = None
    subject: bool = True
    """Whether its form allows it to be the subject of a sentence."""
    owner: bool = False
    """Whether it only says whose ("Anna's")."""
    title: str = ""
    indefinite: bool = False
    """Whether it brings somebody new: "an old man"."""
    spoken: bool = False
    block: int = 0
    reflexive: str = ""
    """The possessive word before a role: "his" wife."""


class Link(NamedTuple):
    """The text says that a role or a nickname and a name are one person."""

    role: tuple[str, ...]
    name: tuple[str, ...]
    weight: float


class Found(NamedTuple):
    """Everything that was found in a text, in its order."""

    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    classes: frozenset[str] = frozenset()
    """Person nouns that this book also uses for many at once ("the cossacks")."""
