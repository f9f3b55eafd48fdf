"""The embedded Composer: a cue becomes notes, the notes are played, the sound is put into a hall."""

from __future__ import annotations

import functools
import io
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import MissingPartError
from bookfilm_nb.providers.protocols import Capabilities, Music

from .arrange import midi_bytes
from .hall import in_a_hall

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bookfilm_nb.model import MusicCue

    Samples = NDArray[np.float32]

__all__ = ["EmbeddedComposer", "stereo_wav_bytes"]


@functools.cache
def _soundfont() -> bytes:
    import pretty_midi

    path = Path(pretty_midi.__file__).with_name("TimGM6mb.sf2")
    if not path.is_file():
        raise MissingPartError(
            "The soundfont TimGM6mb.sf2 is not where pretty_midi keeps it.",
            hint="pip install --force-reinstall pretty_midi",
        )
    return path.read_bytes()


class EmbeddedComposer:
    """Writes music from mood, mode and tempo with a fixed seed, and plays it.

    All cues of a film share its theme and key. Played by midirenderer with the General MIDI soundfont TimGM6mb that
    comes with pretty_midi (GPL-2; it is not part of BookFilm, and the music made with it is not bound by it).
    """

    name = "composer"
    capabilities = Capabilities(licence="music by BookFilm, CC0; instruments TimGM6mb (GPL-2)", revision="1")

    def compose(self, cue: MusicCue) -> Music:
        """Music for the cue: float32 stereo, exactly ``cue.length_s`` long."""
        import midirenderer

        data = bytes(midirenderer.render_wave_from(_soundfont(), midi_bytes(cue)))
        samples, rate = _read(data)
        length = round(cue.length_s * rate)
        fitted = np.zeros((length, 2), np.float32)
        kept = min(length, len(samples))
        fitted[:kept] = samples[:kept]
        return Music(in_a_hall(fitted, rate), rate)


def _read(data: bytes) -> tuple[Samples, int]:
    with wave.open(io.BytesIO(data)) as file:
        rate, channels = file.getframerate(), file.getnchannels()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, channels)
    stereo = samples if channels == 2 else np.repeat(samples[:, :1], 2, axis=1)
    return stereo.astype(np.float32) / np.float32(32768), rate


def stereo_wav_bytes(samples: Samples, rate: int) -> bytes:
    """Samples as a 16-bit stereo WAV, scaled down where they would clip; the same samples give the same bytes."""
    peak = float(np.abs(samples).max(initial=0.0))
    scale = 0.98 / peak if peak > 0.98 else 1.0
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.round(samples * (scale * 32767)).astype("<i2").tobytes())
    return out.getvalue()
