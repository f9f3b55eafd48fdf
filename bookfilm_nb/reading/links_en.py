"""Which role or nickname belongs to which name, as an English text tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import en
from .mentions import Link, Mention
from .words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["links"]

CALLED = re.compile(
    r"\b(?:called|nicknamed|named|christened|dubbed|knew|known)\s+(?:him|her|me|as|\w+)?\s*(?:as\s+)?(?:[Tt]he\s+|[“\"‘'])?$"
)


def links(text: str, mentions: Sequence[Mention]) -> list[Link]:
    """Which role or nickname is whose: "Tom, the ferryman", "they called her Wren"."""
    found: list[Link] = []
    seen: set[tuple[str, ...]] = set()
    names: list[Mention] = []
    for a, b in zip((None, *mentions), mentions, strict=False):
        if b.title and b.title in en.PEOPLE and b.title not in en.KIN | en.GENERIC:
            found.append(Link((b.title,), b.key, 1.5))
        if b.kind == "name" and not b.spoken:
            found.extend(_nickname(text, names, b))
            names.append(b)
        if a is None:
            continue
        found.extend(_side_by_side(text, a, b))
        if b.kind == "name" and len(b.key) > 1 and b.key[0] != "the" and b.key not in seen and not b.spoken:
            role = _just_before(text, mentions, b)
            if role:
                found.append(Link(role.key, b.key, 1.2))
        if b.kind == "name":
            seen.add(b.key)
    return found


def _nickname(text: str, names: Sequence[Mention], name: Mention) -> list[Link]:
    called = CALLED.search(text, max(0, name.start - 40), name.start)
    nearest = _antecedent(names, name, called.group()) if called else None
    return [Link(name.key, nearest.key, 3.0)] if nearest else []


def _side_by_side(text: str, a: Mention, b: Mention) -> list[Link]:
    """What two neighbouring mentions say of one another."""
    gap = text[a.end : b.start]
    tight = gap.strip()
    if a.kind == "name" and b.kind == "role" and a.spoken and b.spoken:
        return [Link(b.key, a.key, 1.5)] if gap == ", " and _closed(text, b) else []
    if len(gap) > 40 or a.spoken or b.spoken or a.owner:
        return []
    if a.kind == "role" and b.kind == "name" and tight in ("", ","):
        return [Link(a.key, b.key, 0.8 if tight else 2.0)]
    if a.kind == "name" and b.kind == "role" and tight == "," and not b.reflexive:
        return [Link(b.key, a.key, 2.0)]
    if a.kind == "name" and b.kind == "role" and re.fullmatch(r"\s+(?:was|is)\s+(?:also\s+)?", gap):
        return [Link(b.key, a.key, 1.5)]
    return []


def _closed(text: str, role: Mention) -> bool:
    """Whether a description is over with its noun: "Mr. Jones, the detective, is here"."""
    definite = text[role.start : role.start + 4].lower() == "the "
    return definite and not role.reflexive and text[role.end : role.end + 1] in (",", ".", ";")


def _antecedent(names: Sequence[Mention], nickname: Mention, called: str) -> Mention | None:
    """Who is called so: the nearest name before, in the same paragraph, of the pronoun's sex."""
    want = "female" if re.search(r"\bher\b", called) else "male" if re.search(r"\bhim\b", called) else ""
    for m in reversed(names):
        if m.block != nickname.block:
            return None
        first = plain(m.key[0])
        sex = "female" if first in en.FEMALE_NAMES else "male" if first in en.MALE_NAMES else m.sex
        if m.key != nickname.key and (not want or sex in (want, "unknown")):
            return m
    return None


def _just_before(text: str, mentions: Sequence[Mention], name: Mention) -> Mention | None:
    """The role that the sentence before brings in, where this one tells the name: "A man came. Tom Lee was ..."."""
    if not re.match(r"\s+(?:was|had|is|wore)\b", text[name.end : name.end + 8]):
        return None
    earlier = [m for m in mentions if m.block == name.block and m.start < name.start and m.kind in ("role", "name")]
    only = [m for m in earlier if m.kind == "role" and not m.reflexive]
    return only[-1] if only and len({m.key for m in earlier}) == 1 else None
