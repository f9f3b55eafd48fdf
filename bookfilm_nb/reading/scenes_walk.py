"""Goes through the story paragraph by paragraph and notes where place or time changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from bookfilm_nb.model.vocabulary import TIMES_OF_DAY

from .places import Mention, Noun, contains, is_general
from .scenes_times import indoors

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language, TimeOfDay

    from .scenes_pages import Page

__all__ = ["Draft", "Walk", "same_place"]

_AHEAD = 4
"""Paragraphs in which a scene that has just begun may say where and when it is."""

_EARLY = 0.5
"""A change in this part of a paragraph counts for all of it, a later one from the next paragraph."""

_DEFAULTS: dict[Language, dict[str, tuple[Noun, str]]] = {
    "en": {
        "inside": (Noun("room", "room", "room"), "The room"),
        "outside": (Noun("road", "road", "road"), "The road"),
        "yard": (Noun("yard", "village street", "yard"), "The yard"),
    },
    "ru": {
        "inside": (Noun("комната", "room", "room"), "Комната"),
        "outside": (Noun("дорога", "road", "road"), "Дорога"),
        "yard": (Noun("двор", "village street", "yard"), "Двор"),
    },
}

_ROOMS = frozenset(
    {"room", "svetlitsa", "bedroom", "parlour", "dining-room", "study", "attic", "corridor", "kitchen", "cellar"}
)

_HOMELY = frozenset({"room", "kitchen", "hall", "cellar"})

_WILD = frozenset({"forest", "open sea", "mountains", "river", "ship", "field"})


@dataclass(frozen=True)
class Draft:
    """A scene in the making: from page ``first`` on."""

    first: int
    place: Mention
    time: TimeOfDay
    forced: bool = False
    new_day: bool = False
    moment: bool = False
    """Whether it begins with a change of time."""


class Walk:
    """Goes through the pages once and notes where scenes begin."""

    def __init__(self, pages: list[Page], language: Language) -> None:
        self.pages = pages
        self.language: Language = language
        self.found: list[Draft] = []
        self.visited: list[Mention] = []
        self.pending: Mention | None = None

    def drafts(self) -> list[Draft]:
        """The scenes, short ones included."""
        for i, page in enumerate(self.pages):
            early, late = self._moves(page)
            arrived, self.pending = self.pending, late
            moment = self._moment(page)
            here = early or arrived or (late if moment else None)
            if page.forced or not self.found:
                self._begin(i, here or self._search(i), forced=True, moment=moment)
            elif here or moment:
                self._begin(i, here or self._search(i, carries=True), moment=moment)
            else:
                self._passing_time(i, page)
        return self.found

    @property
    def place(self) -> Mention | None:
        """Where the current scene is."""
        return self.found[-1].place if self.found else None

    def _begin(self, i: int, place: Mention, *, forced: bool = False, moment: str = "") -> None:
        before = self.found[-1].time if self.found else None
        time = self._time(i, forced=forced, moment=moment)
        turned = before in ("night", "dusk") and time in ("dawn", "day")
        self.visited.append(place)
        self.found.append(Draft(i, place, time, forced=forced, new_day=moment == "next" or turned, moment=bool(moment)))

    def _moves(self, page: Page) -> tuple[Mention | None, Mention | None]:
        """Where the people come to in the first and in the second half of the paragraph."""
        here = None if page.forced and not self.pending else (self.pending or self.place)
        early: Mention | None = None
        late: Mention | None = None
        for mention in page.mentions:
            goal = self._goal(mention, here)
            if goal is None:
                continue
            here = goal
            if page.part(mention.start) <= _EARLY:
                early = goal
            else:
                late = goal
        return early, late

    def _goal(self, mention: Mention, here: Mention | None) -> Mention | None:
        """The new place, if the mention tells of one."""
        if mention.manner == "bare":
            return None
        if mention.manner == "leave":
            inside = here is not None and here.interior
            if not inside or (mention.group in _ROOMS and not is_general(mention, self.language)):
                return None
            return self._open_air(mention)
        if not mention.name:
            return self._open_air(mention) if here is None or here.interior else None
        if here is None:
            return mention
        if here.kind in _HOMELY and is_general(mention, self.language):
            return None
        if contains(mention.group, here) and not (mention.manner == "arrive" and here.interior != mention.interior):
            return None
        if mention.group == here.group and mention.kind == here.kind:
            return mention if mention.special and here.special and mention.name != here.name else None
        if mention.group == "bank" and here.kind in ("river", "sea shore", "open sea"):
            return None
        return mention

    def _open_air(self, mention: Mention) -> Mention:
        """The nearest outdoor place known, or the yard."""
        outdoors = [m for m in reversed(self.visited) if not m.interior]
        near = [m for m in outdoors if m.kind not in _WILD] or outdoors
        if near:
            return near[0]._replace(start=mention.start, manner="arrive")
        noun, name = _DEFAULTS[self.language]["yard"]
        return Mention(mention.start, "arrive", noun, name)

    def _ahead(self, i: int) -> list[Page]:
        """The pages with narration that may tell about a scene that begins at page ``i``."""
        reach = [self.pages[i]]
        for page in self.pages[i + 1 : i + 3 * _AHEAD]:
            if page.forced or self._moment(page) or sum(bool(p.narration) for p in reach) >= _AHEAD:
                break
            reach.append(page)
        return reach

    def _search(self, i: int, *, carries: bool = False) -> Mention:
        """The place of a scene whose first words name none; one that ``carries`` stays where people were."""
        reach = self._ahead(i)
        named = [m for p in reach for m in p.mentions if m.name and m.manner != "leave"]
        told = indoors([s for p in reach for s in p.narration], self.language)
        before = self.place
        for mention in named:
            if mention.manner == "there":
                if carries and (contains(mention.group, before) or (before and same_place(before, mention))):
                    return before or mention
                return mention
            if mention.manner == "arrive":
                break
            stays = carries and told in (None, before.interior if before else None)
            if mention.outside:
                return mention
            if not stays and not is_general(mention, self.language) and told in (None, mention.interior):
                return mention
        if before and (told is None or told == before.interior):
            return before
        known = [m for m in reversed(self.visited) if m.interior == told]
        if known:
            return known[0]
        if named:
            return named[0]
        noun, name = _DEFAULTS[self.language]["inside" if told is not False else "outside"]
        return Mention(self.pages[i].span.start, "there", noun, name)

    def _moment(self, page: Page) -> str:
        """The day, "next" or "same", where the paragraph begins with a change of time; else empty."""
        now = self.found[-1].time if self.found else None
        for start, cue in page.cues:
            if cue.what != "jump" or start + cue.start > page.span.start + 60:
                continue
            if cue.value == "next":
                return "next"
            time = next((c.value for s, c in page.cues if s == start and c.what == "time" and c.strong), None)
            if time is None or time != now:
                return "same"
        return ""

    def _time(self, i: int, *, forced: bool, moment: str) -> TimeOfDay:
        """The time of day of a scene that begins at page ``i``."""
        now: TimeOfDay = self.found[-1].time if self.found else "day"
        reach = self._ahead(i)[: None if forced or moment else 3]
        cues = [c for p in reach for _, c in p.cues if c.what == "time"]
        for cue in cues:
            if cue.strong and (forced or moment or _follows(now, cue.value)):
                return cast("TimeOfDay", cue.value)
        for cue in cues:
            if forced or _follows(now, cue.value):
                return cast("TimeOfDay", cue.value)
        return "day" if moment == "next" else now

    def _passing_time(self, i: int, page: Page) -> None:
        """Time that moves on in the middle of a scene begins a new one in the same place."""
        scene = self.found[-1]
        for start, cue in page.cues:
            if cue.what == "time" and cue.strong and _follows(scene.time, cue.value):
                late = page.part(start + cue.start) > _EARLY
                first = i + 1 if late else i
                if first < len(self.pages) and not self.pages[first].forced:
                    new_day = scene.time == "night"
                    self.found.append(
                        replace(
                            scene,
                            first=first,
                            place=self._search(first, carries=True),
                            time=cast("TimeOfDay", cue.value),
                            forced=False,
                            new_day=new_day,
                            moment=False,
                        )
                    )
                return


def _follows(now: TimeOfDay, then: str) -> bool:
    """Whether a time of day comes right after another."""
    order = TIMES_OF_DAY.index(now)
    return then == TIMES_OF_DAY[(order + 1) % len(TIMES_OF_DAY)] or (now == "night" and then == "day")


def same_place(one: Mention, other: Mention) -> bool:
    """Whether two mentions mean one place."""
    return one.group == other.group and one.kind == other.kind and (one.name == other.name or not other.special)
