"""Who is seen while a line is heard: two-shots, shot and reverse shot, reactions, and who was told of last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .pace import chance

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from .lines import Line

__all__ = ["Seen", "cover"]

_MOST_FIGURES = 3
_REACTION = 0.35
"""How often the second half of a long line is seen on the listener's face."""
_SHOULDER = 0.45
"""How often an answer is seen over the shoulder of the one it is given to."""


class Seen(NamedTuple):
    """Who is in a shot, from left to right."""

    people: tuple[str, ...] = ()
    speaking: str | None = None
    side: str = ""
    """Where a single person stands in a talk: on their own side, so that eyelines meet across the cut."""

    @property
    def pair(self) -> frozenset[str]:
        """The people, in any order."""
        return frozenset(self.people)


def cover(lines: Sequence[Line], drawn: Container[str], before: Sequence[Seen], key: str, *, vast: bool) -> Seen:
    """Who is seen. ``before`` are the earlier shots of the scene, ``drawn`` everybody who can be drawn.

    A talk opens on both, then the camera goes from one to the other; each keeps a side of the picture for the
    whole scene. ``vast``: the narration tells of land, sea or sky, and the picture may do without people.
    """
    speakers = list(dict.fromkeys(x.element.character for x in lines if x.element.kind == "dialogue"))
    known = [s for s in speakers if s is not None and s in drawn]
    if len(known) >= 2:
        return Seen(tuple(sorted(known)[:_MOST_FIGURES]), known[0])
    if known:
        return _talk(lines, known[0], drawn, before, key)
    named = list(dict.fromkeys(c for x in lines for c in x.element.characters if c in drawn))
    if named or vast or any(x.element.kind == "dialogue" for x in lines):
        return Seen(tuple(named[:_MOST_FIGURES]))
    # Nobody is named: whoever was last seen is still there.
    return Seen(next((s.people for s in reversed(before) if s.people), ())[:2])


def _talk(lines: Sequence[Line], speaker: str, drawn: Container[str], before: Sequence[Seen], key: str) -> Seen:
    spoken = next(x.element for x in lines if x.element.character == speaker)
    other = next((c for c in spoken.characters if c != speaker and c in drawn), None)
    if other is None:
        return Seen((speaker,), speaker)
    both = Seen(tuple(sorted((speaker, other))), speaker)
    met = [s for s in before if s.pair == both.pair]
    draw = chance(key, "coverage")
    if lines[0].start > 0 and lines[0].element.kind == "dialogue" and draw < _REACTION:
        return Seen((other,), None, _side(other, speaker))
    if not met or (draw > 1 - _SHOULDER and before[-1].pair != both.pair):
        return both
    return Seen((speaker,), speaker, _side(speaker, other))


def _side(person: str, other: str) -> str:
    return "left" if person < other else "right"
