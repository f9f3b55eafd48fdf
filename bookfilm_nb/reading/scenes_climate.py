"""The weather and the season of every scene: they go on until something tells otherwise."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Season, Weather

    from .scenes_pages import Page
    from .scenes_walk import Draft

__all__ = ["seasons_of", "weathers_of"]

_OPENING = 150
"""Characters of a scene in which another season may be told; later ones are memories or plans."""


def weathers_of(drafts: list[Draft], pages: list[Page]) -> list[Weather]:
    """The weather of every scene; it goes on until it changes or another day comes."""
    found: list[Weather] = []
    now: Weather = "clear"
    ends = [d.first for d in drafts[1:]] + [len(pages)]
    for draft, end in zip(drafts, ends, strict=True):
        if draft.new_day:
            now = "clear"
        cues = [c.value for p in pages[draft.first : end] for _, c in p.cues if c.what == "weather"]
        shown: Weather = now
        if cues:
            counted = Counter(cues)
            shown = cast("Weather", max(cues, key=lambda v: (counted[v], -cues.index(v))))
            if shown == "rain" and (now == "storm" or "storm" in cues):
                shown = "storm"
            now = cast("Weather", cues[-1]) if cues[-1] != "rain" or shown != "storm" else shown
        found.append(shown)
    return found


def seasons_of(drafts: list[Draft], pages: list[Page]) -> list[Season]:
    """The season of every scene; before the first word about it, what that word will say."""
    told: list[Season | None] = []
    now: Season | None = None
    sure = False
    ends = [d.first for d in drafts[1:]] + [len(pages)]
    for draft, end in zip(drafts, ends, strict=True):
        cues = [c for p in pages[draft.first : end] for _, c in p.cues if c.what == "season"]
        opening = pages[draft.first].span.start + _OPENING
        strong = [
            c
            for p in pages[draft.first : end]
            for start, c in p.cues
            if c.what == "season" and c.strong and (not sure or start + c.start < opening)
        ]
        if strong:
            now, sure = cast("Season", strong[0].value), True
        elif not sure and (weak := Counter(c.value for c in cues).most_common(1)) and weak[0][1] > 1:
            now = cast("Season", weak[0][0])
        told.append(now)
    first: Season = next((s for s in told if s), "summer")
    return [s or first for s in told]
