"""The people of a story while the evidence about them is being gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import en, ru

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Age, Language, Sex

    from .mentions import Mention

__all__ = ["Cast", "Person", "is_human", "name_key"]


@dataclass
class Person:
    """Somebody of the story, while the evidence is being gathered."""

    number: int
    named: bool
    parts: set[str] = field(default_factory=set)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    uses: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How often each name is used, with its title."""
    titles: Counter[str] = field(default_factory=Counter)
    sexes: Counter[Sex] = field(default_factory=Counter)
    ages: Counter[Age] = field(default_factory=Counter)
    roles: set[tuple[str, ...]] = field(default_factory=set)
    weight: int = 0
    first: int = 0
    told: int = 0
    """Mentions outside quotations."""

    @property
    def sex(self) -> Sex:
        """The sex for which there is more evidence."""
        if self.sexes["male"] == self.sexes["female"]:
            return "unknown"
        return "male" if self.sexes["male"] > self.sexes["female"] else "female"

    @property
    def age(self) -> Age | None:
        """The age the text tells, if it tells one."""
        return max(self.ages.items(), key=lambda a: (a[1], a[0]))[0] if self.ages else None


@dataclass
class Cast:
    """The people of a story and how to find them."""

    language: Language
    people: list[Person]
    by_name: dict[tuple[str, ...], int]
    by_role: dict[tuple[str, ...], int]
    narrator: int | None = None
    classes: frozenset[str] = frozenset()
    at: dict[int, int | None] = field(default_factory=dict)
    """Whom a single mention of a role means (by its first character), where the noun alone does not say it."""

    def who(self, mention: Mention) -> int | None:
        """Number of the person that a name or an unambiguous role means; None for pronouns and crowds."""
        if mention.kind == "name":
            return self.by_name.get(name_key(mention))
        if mention.kind == "role":
            return self.at.get(mention.start, self.by_role.get(mention.key))
        return None

    def vague(self, mention: Mention) -> bool:
        """Whether a role may just as well mean somebody who has a name."""
        if mention.kind != "role":
            return False
        number = self.by_role.get(mention.key)
        if number is not None and self.people[number].named:
            return False
        head = mention.key[-1]
        if head in self.classes and len(mention.key) == 1:
            return True
        return head in (en.GENERIC if self.language == "en" else ru.GENERIC)


def name_key(mention: Mention) -> tuple[str, ...]:
    """What names are told apart by: the words, and the title where it tells the sex."""
    return (mention.title, *mention.key) if mention.title else mention.key


def is_human(person: Person, language: Language) -> bool:
    """Whether a given name, a title or a noun for people says that this is no animal."""
    tables = (en.FEMALE_NAMES | en.MALE_NAMES, en.PEOPLE) if language == "en" else (frozenset(), ru.PEOPLE)
    words = {word.lower() for key in person.keys for word in key}
    return bool(words & (tables[0] | tables[1].keys()))
