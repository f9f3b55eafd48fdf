"""Where something is heard: sound files decoded, and a line found inside a film by its samples."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np

from bookfilm_nb.errors import RenderError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = ["RATE", "audible", "found_at", "samples_of"]

RATE = 24_000
"""Samples a second in which everything is compared; gTTS speaks at this rate."""
_QUIET = 0.01
"""-40 dB of the loudest: quieter than this nobody takes for the beginning of a word."""
_BLOCK_S = 0.005


def samples_of(sound: Path | bytes) -> Samples:
    """The first sound track, mono float32 at :data:`RATE`, from the moment 0 of the file.

    Raises RenderError for a file that has none or cannot be opened.
    """
    import av

    source: Any = io.BytesIO(sound) if isinstance(sound, bytes) else str(sound)
    name = "the sound" if isinstance(sound, bytes) else sound.name
    blocks: list[Samples] = []
    try:
        with av.open(source) as opened:
            container: Any = opened
            stream = container.streams.audio[0]
            to_mono = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            begins = None
            for frame in container.decode(stream):
                begins = float(frame.time or 0.0) if begins is None else begins
                blocks += [mono.to_ndarray()[0] for mono in to_mono.resample(frame)]
            blocks += [mono.to_ndarray()[0] for mono in to_mono.resample(None)]
    except (av.FFmpegError, IndexError, OSError) as broken:
        raise RenderError(f"{name} cannot be opened as sound: {broken}.", hint="Make it again.") from broken
    whole = np.concatenate([np.zeros(0, np.float32), *blocks])
    shift = round((begins or 0.0) * RATE)
    return np.concatenate([np.zeros(max(0, shift), np.float32), whole[max(0, -shift) :]])


def audible(samples: Samples) -> tuple[float, float]:
    """Seconds at which something begins and ends to be heard. Raises RenderError for silence."""
    block = round(_BLOCK_S * RATE)
    count = -(-len(samples) // block)
    loud = np.abs(np.pad(samples, (0, count * block - len(samples)))).reshape(count, block).max(axis=1, initial=0.0)
    heard = np.flatnonzero(loud > _QUIET * loud.max(initial=0.0))
    if not heard.size:
        raise RenderError("There is nothing to hear.", hint="Make the speech again.")
    return float(heard[0] * _BLOCK_S), float((heard[-1] + 1) * _BLOCK_S)


def found_at(film: Samples, line: Samples, *, after_s: float = 0.0) -> float:
    """Second of the film at which this line begins to be heard, at the earliest ``after_s``.

    The line is found by correlation, so music under it does not matter. Raises RenderError where it is not there.
    """
    begins, ends = audible(line)
    wanted = line[round(begins * RATE) : round(ends * RATE)].astype(np.float64)
    field = film[round(after_s * RATE) :].astype(np.float64)
    if len(field) < len(wanted):
        raise RenderError("The film ends before this line.", hint="Put it together again.")
    size = 1 << (len(field) + len(wanted) - 2).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(field, size) * np.conj(np.fft.rfft(wanted, size)), size)
    places = likeness[: len(field) - len(wanted) + 1]
    energy = np.concatenate([[0.0], np.cumsum(field**2)])
    here = energy[len(wanted) :] - energy[: len(places)]
    share = places / np.sqrt(np.maximum(here, 1e-9) * float(wanted @ wanted))
    best = int(share.argmax())
    if share[best] < 0.5:
        raise RenderError("This line is not heard in the film.", hint="Put it together again.")
    return after_s + best / RATE
