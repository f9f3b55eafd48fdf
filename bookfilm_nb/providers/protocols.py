"""The doors to everything that makes sound or pictures: one protocol a kind, one method a protocol.

An engine never touches a production: it gets values and gives back values and bytes. The caller keeps
them, counts them and decides whether they need to be made at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from bookfilm_nb.model import MusicCue, PictureTake, Shot, Value, WordTime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = [
    "Capabilities",
    "Composer",
    "Drawing",
    "ImageModel",
    "Music",
    "Speech",
    "Voice",
    "VoiceStyle",
]


class Capabilities(Value):
    """What an engine can do and what it needs."""

    languages: tuple[str, ...] = ()
    """Empty: the engine knows no language (pictures, music)."""
    licence: str
    """Licence of what it makes, and of the engine where that binds who redistributes."""
    needs: tuple[str, ...] = ()
    """"network", "key", "gpu", "apt: festival festvox-ru"."""
    revision: str = "1"
    """Changes whenever the same input would give another output: part of every key."""
    notice: str = ""
    """One sentence that the user must see when this engine is used."""


class VoiceStyle(Value):
    """How one speaker differs from the engine's own voice."""

    pitch: float = 0.0
    """Semitones, formants kept natural for that pitch."""
    rate: float = 1.0
    """1.1 is a tenth faster."""


class Speech(NamedTuple):
    """Spoken words. ``samples`` is float32 mono in [-1, 1], shape (n,); silence at both ends is trimmed to 30 ms."""

    samples: Samples
    sample_rate: int
    words: tuple[WordTime, ...]
    timing: Literal["exact", "aligned", "estimated"]


class Voice(Protocol):
    """Text to speech."""

    name: str
    capabilities: Capabilities
    rate_cps: float
    """Measured characters of text a second of speech, at rate 1: what an estimate of length rests on."""

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """The text as speech; word times refer to characters of ``text``. Raises ProviderError."""
        ...


class Drawing(NamedTuple):
    """A drawn shot: the take, and the PNG bytes of its blobs by digest."""

    take: PictureTake
    blobs: Mapping[str, bytes]


class ImageModel(Protocol):
    """Shot prompt to picture."""

    name: str
    capabilities: Capabilities

    def draw(self, shot: Shot, *, width: int, height: int) -> Drawing:
        """The shot drawn for a frame of ``width`` × ``height`` px, on a canvas with room for its move."""
        ...


class Music(NamedTuple):
    """A rendered piece. ``samples`` is float32 stereo, shape (n, 2)."""

    samples: Samples
    sample_rate: int


class Composer(Protocol):
    """Cue to music."""

    name: str
    capabilities: Capabilities

    def compose(self, cue: MusicCue) -> Music:
        """Music for the cue, exactly ``cue.length_s`` long; the same cue gives the same samples."""
        ...
