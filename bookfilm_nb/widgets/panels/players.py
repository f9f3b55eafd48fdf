"""A list of sounds with a button each, and one player: nothing is sent to the page before it is asked for."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING, NamedTuple

import ipywidgets

from bookfilm_nb.studio.previewing import small_sound
from bookfilm_nb.widgets.terms import decimal
from bookfilm_nb.widgets.words import say

from .base import wide
from .drawings import wave_svg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Sound", "Sounds", "player_html"]

PAGE = 12


class Sound(NamedTuple):
    """Something to hear: what it is called, and its blob ("" where it was not made yet)."""

    name: str
    text: str
    blob: str


class Sounds(ipywidgets.VBox):  # type: ignore[misc]
    """Sounds a dozen at a time, each with a button; ``read`` gives the WAV of a blob."""

    def __init__(self, read: Callable[[str], bytes], told: Callable[[Callable[[], object]], object]) -> None:
        self._read, self._told = read, told
        self._sounds: Sequence[Sound] = ()
        self.page = ipywidgets.Dropdown(options=[("1", 0)], description=say("storyboard.page"), **wide("200px"))
        self.buttons: list[ipywidgets.Button] = []
        """A button for each sound of the page."""
        self.player = ipywidgets.HTML()
        self._rows = ipywidgets.VBox()
        super().__init__([self.page, self._rows, self.player])
        self.page.observe(lambda _: self._show(), "value")

    def fill(self, sounds: Sequence[Sound]) -> None:
        """Show these; what is heard goes on where they are the same as before."""
        if self.buttons and list(sounds) == list(self._sounds):
            return
        self._sounds = sounds
        self.player.value = ""
        pages = [(f"{n + 1}–{min(n + PAGE, len(sounds))}", n) for n in range(0, max(1, len(sounds)), PAGE)]
        self.page.layout.display = "" if len(pages) > 1 else "none"
        if list(self.page.options) != pages:
            self.page.options = pages
        self._show()

    def play(self, sound: Sound) -> None:
        """Put the sound into the player, and begin."""
        self.player.value = player_html(sound.name, self._read(sound.blob), begin=True)

    def _show(self) -> None:
        rows, self.buttons = [], []
        for sound in self._sounds[self.page.value : self.page.value + PAGE]:
            press = ipywidgets.Button(
                description=say("play"),
                tooltip=say("play.tip", name=sound.name),
                icon="play",
                disabled=not sound.blob,
                layout=ipywidgets.Layout(width="auto", min_width="84px", flex="0 0 auto"),
            )
            press.on_click(lambda _, sound=sound: self._told(lambda: self.play(sound)))
            self.buttons.append(press)
            text = ipywidgets.HTML(f"<b>{escape(sound.name)}</b> {escape(sound.text)}")
            rows.append(ipywidgets.HBox([press, text], layout=ipywidgets.Layout(align_items="center", grid_gap="8px")))
        self._rows.children = tuple(rows)


def player_html(name: str, wav: bytes, *, begin: bool = False) -> str:
    """A player for a sound, its waveform before it; it begins by itself where somebody has asked for it."""
    data = small_sound(wav)
    seconds = (len(wav) - 44) / max(1, int.from_bytes(wav[28:32], "little"))
    label = escape(say("play.tip", name=name))
    size = escape(say("casting.words", seconds=decimal(seconds, ".1f"), kb=round(len(data) / 1000)))
    return (
        f'<div>{wave_svg(wav)} <audio controls {"autoplay " if begin else ""}aria-label="{label}" '
        f'src="data:audio/mpeg;base64,{base64.b64encode(data).decode("ascii")}"></audio> '
        f"{escape(name)}: {size}</div>"
    )
