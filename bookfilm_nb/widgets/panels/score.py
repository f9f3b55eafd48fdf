"""The pieces of music, each to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.production import Production
from bookfilm_nb.studio.looking import look
from bookfilm_nb.widgets.terms import decimal, term
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row
from .players import Sound, Sounds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ScorePanel"]


class ScorePanel(Panel):
    """Which music, where, and a button to hear each piece."""

    title = "score.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self.again = button("refresh", self.refresh)
        self.pieces = Sounds(self._read, self.attempt)
        super().__init__(out, [self.pieces, row(self.again)])

    @property
    def code(self) -> str:
        """The cues, and hearing the first."""
        return (
            "from IPython.display import Audio\n"
            "from bookfilm_nb.studio.looking import look\n"
            f"with look({str(self.folder)!r}) as studio:\n"
            "    placed, music = studio.score\n"
            "    first = studio.production.store.read(music[placed[0].cue.id].blob)\n"
            "Audio(data=first)"
        )

    def show(self) -> None:
        """The pieces as they stand."""
        with look(self.folder) as studio:
            placed, music = studio.score
            rate = studio.timeline.sample_rate
        sounds = []
        for cue, start in placed:
            name = say(
                "score.cue",
                id=cue.id,
                mood=term("mood", cue.mood),
                mode=term("mode", cue.mode),
                bpm=f"{cue.bpm:.0f}",
                seconds=f"{cue.length_s:.0f}",
                at=f"{int(start / rate // 60)}:{decimal(start / rate % 60, '04.1f')}",
            )
            sounds.append(Sound(name, "", music[cue.id].blob))
        self.pieces.fill(sounds)
        self.says("" if sounds else say("score.empty"))

    def _read(self, blob: str) -> bytes:
        production = Production.open(self.folder)
        try:
            return production.store.read(blob)
        finally:
            production.store.close()
