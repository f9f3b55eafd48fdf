"""From a scene's elements to the stretches of words that one shot holds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.screenwriting.clauses import clause_starts
from bookfilm_nb.screenwriting.timing import followed, pause_after, speech_s

from .pace import SHORTEST_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Element, Scene

    from .pace import Pace

__all__ = ["Line", "group", "lines_of"]

_MIN_WORDS = 4
_TWO_SHOT_S = 4.8
"""Two people who both speak stay in one shot for so long, or for its target while nothing is felt; a longer exchange
is cut between their faces."""


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


def lines_of(
    scene: Scene, language: str, rate_cps: float, pause_s: float, *, wanted_s: float, longest_s: float
) -> list[Line]:
    """The spoken words of a scene, long sentences cut at clause borders into stretches of up to ``wanted_s``.

    A clause that alone would outlast ``longest_s`` is cut between words. Together the lines cover every spoken element
    completely, in order.
    """
    max_words = max(_MIN_WORDS * 2, round(wanted_s * rate_cps / 6))
    found = []
    for element, following in followed(scene.elements):
        whole = len(element.text.split())
        short = whole <= max_words
        cuts = [0] if short else clause_starts(element.text, language, min_words=_MIN_WORDS, max_words=max_words)
        cuts = _halved(element.text, cuts, rate_cps, longest_s)
        for start, end in zip(cuts, [*cuts[1:], len(element.text)], strict=True):
            pause = pause_after(element, following, pause_s) if end == len(element.text) else 0.0
            found.append(Line(element, start, end, speech_s(element.text[start:end], rate_cps) + pause))
    return found


def _halved(text: str, cuts: list[int], rate_cps: float, longest_s: float) -> list[int]:
    """More cuts, at word borders, where a clause alone would outlast the longest shot."""
    found = []
    most = max(1, int((longest_s - 1.5) * rate_cps))
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


def group(
    lines: Sequence[Line], pace: Pace, key: str, starts: Sequence[float], *, lead_s: float = 0.0
) -> list[list[Line]]:
    """The lines, gathered into shots.

    Each shot draws a target length from the pace of the film where it stands (``starts``: for each line its share of
    the running time, 0 to 1); lines join a shot while that brings it nearer to the target. Narration leads into the
    words of whom it tells of. Another speaker opens a new shot, unless both lines are short enough for one two-shot,
    and never a third turn. ``lead_s``: seconds of silent picture at the head of the first shot, in which then nobody
    but the narrator is heard.
    """
    shots: list[list[Line]] = []
    target = 0.0
    for number, (line, at) in enumerate(zip(lines, starts, strict=True)):
        shot = shots[-1] if shots else []
        lead = lead_s if len(shots) == 1 else 0.0
        opening = lead > 0 and line.element.kind == "dialogue"
        if shot and not opening and _joins(shot, line, lead + sum(x.seconds for x in shot), target, pace.longest_s):
            shot.append(line)
        else:
            shots.append([line])
            target = pace.target(f"{key}:{number}", at)
    return _no_splinters(shots, lead_s)


def _joins(shot: list[Line], line: Line, length: float, target: float, longest_s: float) -> bool:
    together = length + line.seconds
    if together > longest_s:
        return False
    if length < SHORTEST_S:
        return True
    last = shot[-1].element
    if (last.kind, last.character) != (line.element.kind, line.element.character):
        if last.kind != "dialogue" or line.element.kind != "dialogue":
            told = line.element.character in last.characters
            return line.seconds < SHORTEST_S or (told and together <= target)
        one = len({x.element.character for x in shot}) == 1
        calm = all(x.element.emotion == "neutral" for x in (*shot, line))
        return one and (line.seconds < SHORTEST_S or together <= max(_TWO_SHOT_S, target * calm))
    return abs(together - target) < abs(length - target)


def _no_splinters(shots: list[list[Line]], lead_s: float) -> list[list[Line]]:
    """A last shot that is too short joins the one before it, unless that is a narrator's opening."""
    if len(shots) > (2 if lead_s else 1) and sum(x.seconds for x in shots[-1]) < SHORTEST_S:
        return [*shots[:-2], [*shots[-2], *shots[-1]]]
    return shots
