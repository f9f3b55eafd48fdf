"""People without a name, told apart: "a man" in another scene is another man."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import en, ru
from .cast_types import Person
from .meaning import compared, is_predicate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cast_types import Cast
    from .mentions import Mention

__all__ = ["tell_apart"]

_ANEW = 12
"""Paragraphs after which "a soldier" is another soldier."""
_FORGOTTEN = 40
"""Paragraphs after which "the man" no longer means the one who was brought in so."""


_ONE = en.KIN | ru.KIN | {"voice", "голос"}
"""Words that say whose they are, not who."""


class _Last(NamedTuple):
    number: int
    block: int


def tell_apart(text: str, cast: Cast, mentions: Sequence[Mention]) -> None:
    """Gives each newly introduced nameless person a place of their own in the cast.

    The first "a man" is the noun's first bearer; a general word ("a man", "one of the cossacks") brings somebody
    new every time it comes with an indefinite article in another paragraph, a trade ("a soldier") only after a
    while. "The man" is the last one brought in, and nobody in particular where that was long ago.
    """
    latest: dict[tuple[str, ...], _Last] = {}
    previous: Mention | None = None
    for m in mentions:
        if m.spoken:
            continue
        number = _nameless(cast, m)
        if number is not None and not (
            is_predicate(text, previous, m, cast.language) or compared(text, m, cast.language)
        ):
            _place(cast, m, number, latest)
        if m.kind != "crowd" and m.subject and not m.owner:
            previous = m


def _nameless(cast: Cast, mention: Mention) -> int | None:
    """The first bearer of a noun that belongs to nobody with a name."""
    if mention.kind != "role" or mention.reflexive or mention.key[-1] in _ONE:
        return None
    number = cast.by_role.get(mention.key)
    return number if number is not None and not cast.people[number].named else None


def _place(cast: Cast, mention: Mention, first: int, latest: dict[tuple[str, ...], _Last]) -> None:
    last = latest.get(mention.key)
    general = cast.vague(mention)
    number = last.number if last is not None else first
    if mention.indefinite and last is not None:
        if mention.block - last.block > (0 if general else _ANEW):
            number = _another(cast, mention)
    elif last is not None and general and mention.block - last.block > _FORGOTTEN:
        cast.at[mention.start] = None
        return
    cast.at[mention.start] = number
    latest[mention.key] = _Last(number, mention.block)


def _another(cast: Cast, mention: Mention) -> int:
    sex, age = (en.PEOPLE if cast.language == "en" else ru.PEOPLE).get(mention.key[-1], ("unknown", "adult"))
    person = Person(len(cast.people), named=False, keys={mention.key}, first=mention.start, weight=1)
    if sex != "unknown":
        person.sexes[sex] += 2
    if age != "adult":
        person.ages[age] += 1
    cast.people.append(person)
    return person.number
