"""From a scene's elements to the stretches of words that one shot holds."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.screenwriting.clauses import clause_starts
from bookfilm_nb.screenwriting.timing import followed, pause_after, speech_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Element, GenreTemplate, Scene

__all__ = ["LONGEST_S", "SHORTEST_S", "Line", "chance", "group", "lines_of"]

SHORTEST_S = 1.5
"""No shot is planned shorter."""
LONGEST_S = 9.0
"""No shot of the story is planned longer, unless a clause is."""
_MIN_WORDS = 4
_LONGER = 1.4
"""Every change of speaker cuts a shot short: the others aim so much higher, so that the average comes out."""
_TWO_SHOT_S = 4.8
"""Two people who both speak stay in one shot for so long; a longer exchange is cut between them."""


class Line(NamedTuple):
    """Words of one element that stay in one shot, with the seconds they take."""

    element: Element
    start: int
    end: int
    seconds: float
    """Speech, and the pause after it where the element ends."""

    @property
    def text(self) -> str:
        """The words."""
        return self.element.text[self.start : self.end]


def lines_of(scene: Scene, language: str, rate_cps: float, pause_s: float, longest_s: float) -> list[Line]:
    """The spoken words of a scene, long sentences cut at clause borders into stretches of up to ``longest_s``.

    Together the lines cover every spoken element completely, in order.
    """
    max_words = max(_MIN_WORDS * 2, round(longest_s * rate_cps / 6))
    found = []
    for element, following in followed(scene.elements):
        whole = len(element.text.split())
        short = whole <= max_words
        cuts = [0] if short else clause_starts(element.text, language, min_words=_MIN_WORDS, max_words=max_words)
        cuts = _halved(element.text, cuts, rate_cps)
        for start, end in zip(cuts, [*cuts[1:], len(element.text)], strict=True):
            pause = pause_after(element, following, pause_s) if end == len(element.text) else 0.0
            found.append(Line(element, start, end, speech_s(element.text[start:end], rate_cps) + pause))
    return found


def _halved(text: str, cuts: list[int], rate_cps: float) -> list[int]:
    """More cuts, at word borders, where a clause alone would outlast the longest shot."""
    found = []
    most = max(1, int((LONGEST_S - 1.5) * rate_cps))
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        at = start
        found.append(at)
        while end - at > most:
            part = math.ceil((end - at) / math.ceil((end - at) / most))
            cut = text.rfind(" ", at, at + part) + 1 or text.find(" ", at + part, end) + 1
            if not at < cut < end:
                break
            at = cut
            found.append(at)
    return found


def group(lines: Sequence[Line], template: GenreTemplate, key: str) -> list[list[Line]]:
    """The lines, gathered into shots.

    Each shot draws a target length from the template's law: lognormal, its mean the average shot length, sigma as
    measured; between ``SHORTEST_S`` and ``LONGEST_S``. Lines join a shot while that brings it nearer to the target.
    Narration leads into the words of whom it tells of. Another speaker opens a new shot, unless both lines are short
    enough for one two-shot, and never a third turn.
    """
    shots: list[list[Line]] = []
    target = 0.0
    for number, line in enumerate(lines):
        shot = shots[-1] if shots else []
        length = sum(x.seconds for x in shot)
        if shot and _joins(shot, line, length, target):
            shot.append(line)
        else:
            shots.append([line])
            target = _target(template, f"{key}:{number}")
    return _no_splinters(shots)


def _joins(shot: list[Line], line: Line, length: float, target: float) -> bool:
    together = length + line.seconds
    if together > LONGEST_S:
        return False
    if length < SHORTEST_S:
        return True
    last = shot[-1].element
    if (last.kind, last.character) != (line.element.kind, line.element.character):
        if last.kind != "dialogue" or line.element.kind != "dialogue":
            told = line.element.character in last.characters
            return line.seconds < SHORTEST_S or (told and together <= target)
        one = len({x.element.character for x in shot}) == 1
        return one and (line.seconds < SHORTEST_S or together <= _TWO_SHOT_S)
    return abs(together - target) < abs(length - target)


def _no_splinters(shots: list[list[Line]]) -> list[list[Line]]:
    """A last shot that is too short joins the one before it."""
    if len(shots) > 1 and sum(x.seconds for x in shots[-1]) < SHORTEST_S:
        return [*shots[:-2], [*shots[-2], *shots[-1]]]
    return shots


def _target(template: GenreTemplate, key: str) -> float:
    sigma = template.shot_sigma.value
    median = template.shot_length_s.value * math.exp(-(sigma**2) / 2)
    drawn = median * math.exp(sigma * _normal(key))
    return min(LONGEST_S, max(SHORTEST_S, _LONGER * drawn))


def _normal(key: str) -> float:
    """A standard normal number that depends on nothing but the key (Box and Muller 1958)."""
    u, v = chance(key, "u"), chance(key, "v")
    return math.sqrt(-2 * math.log(1 - u)) * math.cos(2 * math.pi * v)


def chance(key: str, what: str = "") -> float:
    """A number in [0, 1) that depends on nothing but the key."""
    digest = hashlib.sha256(f"{key}\n{what}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
