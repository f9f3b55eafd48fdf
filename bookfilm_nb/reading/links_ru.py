"""Which role or nickname belongs to which name, as a Russian text tells it."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from .mentions import Link, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CALLED", "links"]

CALLED = re.compile(
    r"(?:зва[лн]\w*|прозва[лн]\w*|прозыва\w+|называ\w+|назва[лн]\w*|кли[кч]а?л\w*|по имени|по прозвищу|по прозванию)"
    r"\s+(?:(?:его|ее|её|еще|ещё|просто|все|за глаза)\s+)*$"
)

_APPOSED = re.compile(r"\s*(?:,|—|–|--|(?:был|была)\b)\s*(?:[а-яё]+(?:ая|ый|ий|ой|яя)\s+){0,2}")
_NEAR = 60
"""Characters between two mentions that may speak of one another."""


def links(text: str, mentions: Sequence[Mention]) -> list[Link]:
    """Which role or nickname is whose: «мельник Прохор», «звали её Варежкой»."""
    found: list[Link] = []
    seen: set[tuple[str, ...]] = set()
    by_block: dict[int, list[Mention]] = defaultdict(list)
    for a, b in pairwise(mentions):
        if not a.spoken:
            by_block[a.block].append(a)
        found.extend(_nickname(text, by_block[b.block], b))
        if b.start - a.end <= _NEAR and a.spoken == b.spoken:
            found.extend(_side_by_side(text, a, b, new=b.key not in seen))
        if b.kind == "name" and b.start - a.end <= _NEAR and a.spoken == b.spoken:
            seen.add(b.key)
    return found


def _nickname(text: str, before: Sequence[Mention], b: Mention) -> list[Link]:
    """«Звали его Жерновом»."""
    if b.kind != "name" or b.spoken or not CALLED.search(text[max(0, b.start - 40) : b.start]):
        return []
    earlier = [m for m in before if m.kind == "name" and m.key != b.key and m.start < b.start]
    own = "по имени" in text[max(0, b.start - 12) : b.start]
    return [Link(b.key, earlier[-1].key, 3.0)] if earlier and not own else []


def _side_by_side(text: str, a: Mention, b: Mention, *, new: bool) -> list[Link]:
    """What two neighbouring mentions say of one another; ``new``: the second was not met before."""
    gap = text[a.end : b.start]
    if a.kind == "role" and b.kind == "name" and a.subject == b.subject:
        if not gap.strip():
            return [Link(a.key, b.key, 0.8 if a.spoken else 2.0)]
        if gap.strip() == "," and not a.spoken:
            return [Link(a.key, b.key, 0.8)]
    if a.spoken or not b.subject:
        return []
    if a.kind == "name" and b.kind == "role" and _APPOSED.fullmatch(gap):
        return [Link(b.key, a.key, 2.0)]
    if a.kind == "role" and b.kind == "name" and new and len(b.key) > 1 and re.fullmatch(r"\s*\.\s+", gap):
        return [Link(a.key, b.key, 1.2)]
    return []
