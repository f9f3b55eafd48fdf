"""When everything happens: bars of shots, voices and music, and the film beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets

from bookfilm_nb.studio.looking import look
from bookfilm_nb.widgets.controls import Bars
from bookfilm_nb.widgets.shows import film_player
from bookfilm_nb.widgets.terms import decimal, term
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.model import Timeline

__all__ = ["TimelinePanel"]


class TimelinePanel(Panel):
    """Bars to choose from; the film goes to the bar chosen, and its mark goes with the film."""

    title = "timeline.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self.bars = Bars(description=say("timeline.bars"))
        self.film = ipywidgets.Output()
        self.again = button("refresh", self.refresh)
        super().__init__(out, [self.film, self.bars, row(self.again)])

    @property
    def code(self) -> str:
        """The timeline, and the film."""
        folder = str(self.folder)
        return (
            "from bookfilm_nb.studio.looking import look\n"
            "from bookfilm_nb.widgets import film_player\n"
            f"with look({folder!r}) as studio:\n"
            "    timeline = studio.timeline\n"
            f"film_player({str(self.folder / 'film' / 'film.mp4')!r})"
        )

    def show(self) -> None:
        """The timeline as it stands, and the film where there is one."""
        self.film.outputs = ()
        with look(self.folder) as studio:
            timeline = studio.timeline
            speakers = {person.id: person.name for person in studio.screenplay.characters}
            lines = {element.id: element.text for element in studio.screenplay.elements()}
        self.bars.length = timeline.length / timeline.fps
        self.bars.tracks = _tracks(timeline, speakers, lines)
        film = self.folder / "film" / "film.mp4"
        if film.is_file():
            self.film.append_display_data(film_player(film, width_px=640))
        sums = say(
            "timeline.length",
            seconds=decimal(self.bars.length, ".1f"),
            shots=len(timeline.shots),
            lines=len(timeline.voices),
            pieces=len(timeline.music),
        )
        self.says(sums if film.is_file() else f"{sums} {say('timeline.nofilm')}")


def _tracks(timeline: Timeline, speakers: dict[str, str], lines: dict[str, str]) -> list[dict[str, object]]:
    rate = timeline.sample_rate
    names = [term("card", clip.shot) for clip in timeline.shots]
    shots = [
        _bar(c.start / timeline.fps, c.length / timeline.fps, name, name)
        for c, name in zip(timeline.shots, names, strict=True)
    ]
    voices = []
    for clip in timeline.voices:
        who = speakers.get(clip.character or "", say("casting.narrator"))
        voices.append(_bar(clip.start / rate, clip.take.length_s, f"{who}: {lines.get(clip.element, '')}", who))
    music = []
    for n, piece in enumerate(timeline.music, 1):
        seconds = piece.take.samples / piece.take.sample_rate
        music.append(_bar(piece.start / rate, seconds, f"{say('timeline.music')} {n}", piece.take.cue))
    parts = (("shots", shots), ("voices", voices), ("music", music))
    return [{"name": say(f"timeline.{name}"), "bars": bars} for name, bars in parts]


def _bar(start: float, length: float, name: str, text: str) -> dict[str, object]:
    return {
        "start": round(start, 3),
        "length": round(length, 3),
        "name": f"{int(start // 60)}:{decimal(start % 60, '04.1f')} {name}",
        "text": text,
    }
