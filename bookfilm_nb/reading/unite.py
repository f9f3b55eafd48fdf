"""Descriptions that turn out to be somebody with a name, because others call him so in the same talk."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from . import en, ru
from .speakers import addressed
from .turns import surely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cast_types import Cast
    from .cues import Index
    from .mentions import Mention
    from .turns import Turn

__all__ = ["unite"]

_SHARE = 0.6
"""How many of the calls must go to the same person."""


def unite(text: str, turns: Sequence[Turn], index: Index, cast: Cast) -> None:
    """Gives descriptions to the people they describe.

    Whoever answers a speech that calls "Small" is Small: where the author writes "snarled the ex-convict", the
    ex-convict is Small too. Likewise the speaker whom the next speech calls by name. Words that fit anybody
    ("the man") and words for kin are left alone.
    """
    for turn in turns:
        _learn_sex(turn, cast)
    votes: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
    for before, after in pairwise(turns):
        if after.gap or before.continues or after.continues:
            continue
        for one, other in ((before, after), (after, before)):
            called = addressed(text, one, index, cast)[0]
            role = _describes(other, cast)
            if role is not None and len(called) == 1:
                votes[role.key][next(iter(called))] += 1
    for key in sorted(votes):
        number, count = max(votes[key].items(), key=lambda v: (v[1], -v[0]))
        if count >= _SHARE * sum(votes[key].values()):
            _give(cast, key, number)


def _learn_sex(turn: Turn, cast: Cast) -> None:
    """One speech, "said the cook" before it and "she added" in it: the cook is a woman."""
    told = [c for c in turn.cues if c.said and c.subject is not None and not c.crowd]
    numbers = {cast.who(c.subject) for c in told if c.subject is not None and c.subject.kind in ("name", "role")}
    sexes = {c.sex for c in told if c.subject is not None and c.subject.kind == "pronoun"} - {"unknown"}
    if len(numbers) == 1 and len(sexes) == 1:
        number = next(iter(numbers))
        if number is not None and cast.people[number].sex == "unknown":
            cast.people[number].sexes[next(iter(sexes))] += 1


def _describes(turn: Turn, cast: Cast) -> Mention | None:
    """The description that alone tells who speaks."""
    subjects = [c.subject for c in turn.cues if c.said and c.subject is not None]
    if len(subjects) != 1 or subjects[0].kind != "role" or subjects[0].indefinite or subjects[0].reflexive:
        return None
    number = surely(subjects[0], cast)
    kin = en.KIN if cast.language == "en" else ru.KIN
    if number is None or cast.people[number].named or subjects[0].key[-1] in kin | {"voice", "голос"}:
        return None
    return subjects[0]


def _give(cast: Cast, key: tuple[str, ...], number: int) -> None:
    nameless, named = cast.people[cast.by_role[key]], cast.people[number]
    if {nameless.sex, named.sex} == {"male", "female"}:
        return
    named.roles.add(key)
    named.forms += nameless.forms
    named.sexes += nameless.sexes
    named.told += nameless.told
    nameless.told = 0
    cast.by_role[key] = number
    for start in sorted(cast.at):
        if cast.at[start] == nameless.number:
            cast.at[start] = number
