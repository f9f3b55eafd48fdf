"""Who speaks how, and every line to hear."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from bookfilm_nb.model import VoiceTake
from bookfilm_nb.production import Production
from bookfilm_nb.studio.looking import look
from bookfilm_nb.widgets.terms import decimal
from bookfilm_nb.widgets.words import say

from .base import Panel
from .players import Sound, Sounds

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.model import Element
    from bookfilm_nb.providers import VoiceStyle

__all__ = ["CastingPanel"]


class CastingPanel(Panel):
    """A style for every character, and a button for every line. Another engine is chosen in EnginePanel."""

    title = "casting.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self.lines = Sounds(self._read, self.attempt)
        self._who = ipywidgets.HTML()
        super().__init__(out, [self._who, self.lines])

    @property
    def code(self) -> str:
        """Hearing a line."""
        folder = repr(str(self.folder))
        return (
            "from bookfilm_nb.studio.looking import look\n"
            "from bookfilm_nb.widgets import line_player\n"
            f"with look({folder}) as studio:\n"
            "    take = next(iter(studio.voices.values()))\n"
            "    player = line_player(take, studio.production.store)\n"
            "player"
        )

    def show(self) -> None:
        """Voices, people and lines as they stand."""
        with look(self.folder) as studio:
            screenplay = studio.screenplay
            lines = studio.lines(screenplay)
            names = {person.id: person.name for person in screenplay.characters}
            spoken = [element for element in screenplay.elements() if element.spoken]
            found = {e.id: studio.production.store.find(lines[e.id].key) for e in spoken}
        who = {e.id: _speaker(e, names) for e in spoken}
        self._who.value = _table(Counter(who.values()), {who[e.id]: lines[e.id].style for e in reversed(spoken)})
        self.lines.fill(
            [
                Sound(who[e.id], e.text if made else f"{e.text} ({say('casting.silent')})", _blob(made and made.value))
                for e in spoken
                for made in [found[e.id]]
            ]
        )
        missing = sum(made is None for made in found.values())
        self.says(say("casting.missing", n=missing, total=len(spoken)) if missing else "")

    def _read(self, blob: str) -> bytes:
        production = Production.open(self.folder)
        try:
            return production.store.read(blob)
        finally:
            production.store.close()


def _blob(take: str | None) -> str:
    return VoiceTake.from_json(take).blob if take else ""


def _speaker(element: Element, names: dict[str, str]) -> str:
    if element.kind == "dialogue" and element.character is not None:
        return names.get(element.character, element.character)
    return say("casting.narrator")


def _table(counts: Counter[str], styles: dict[str, VoiceStyle]) -> str:
    heads = "".join(f'<th scope="col">{escape(say(f"casting.{k}"))}</th>' for k in ("who", "style", "lines"))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(_style(styles[name]))}</td><td>{count}</td></tr>'
        for name, count in counts.most_common()
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _style(style: VoiceStyle) -> str:
    if not style.pitch and style.rate == 1.0:
        return say("casting.own")
    return say("casting.pitch", pitch=decimal(style.pitch, "+.1f"), rate=decimal(style.rate, ".2f"))
