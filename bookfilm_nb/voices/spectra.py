"""What a sound is like every 10 ms, in figures that two speakers of the same words share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bookfilm_nb.providers.protocols import Samples

    Frames = NDArray[np.float32]

__all__ = ["HOP_S", "cepstra", "frame_loudness"]

HOP_S = 0.01
_RATE = 16_000
_HOP, _WINDOW, _FFT = 160, 400, 512
_BANDS, _KEPT = 30, 13
_LOWEST_HZ, _HIGHEST_HZ = 80.0, 7600.0
_FLOOR = 1e-6
"""Of the loudest band: what is softer counts as this."""
_QUIET_DB = -50.0
"""Below the loudest frame by this much is silence, and one silence is like any other."""
_SILENCE = -3.0
"""Where silence lies, in spreads of the first coefficient (loudness) below its mean in speech."""
_SLOPES = 0.7
"""Weight of how the coefficients change, beside what they are."""


def cepstra(samples: Samples, rate: int) -> Frames:
    """Mel cepstra of a sound and their slopes, float32 of shape (n, 26): frame i is the sound around i x 10 ms.

    As in Davis and Mermelstein 1980, "Comparison of parametric representations for monosyllabic word recognition", each
    coefficient centred and scaled over what is not silent: so that voice and microphone matter less.
    """
    sound = _at_16k(samples, rate)
    sound = np.append(sound[:1], sound[1:] - 0.97 * sound[:-1])
    count = 1 + len(sound) // _HOP
    sound = np.pad(sound, (_WINDOW // 2, _WINDOW))
    windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP][:count]
    power = np.abs(np.fft.rfft(windows * np.hamming(_WINDOW), _FFT)) ** 2 @ _bank()
    bands = np.log(power + max(float(power.max(initial=0.0)) * _FLOOR, 1e-30))
    found = bands @ np.cos(np.pi / _BANDS * np.outer(np.arange(_BANDS) + 0.5, np.arange(_KEPT)))
    loud = frame_loudness(samples, rate, count)
    quiet = loud <= loud.max(initial=0.0) * 10 ** (_QUIET_DB / 20)
    heard = found[~quiet] if not quiet.all() else found
    found = (found - heard.mean(0)) / (heard.std(0) + 1e-6)
    wide = np.pad(found, ((2, 2), (0, 0)), mode="edge")
    slopes = (2 * (wide[4:] - wide[:-4]) + wide[3:-1] - wide[1:-3]) / 10
    both = np.hstack([found, slopes / (slopes.std(0) + 1e-6) * _SLOPES])
    both[quiet] = 0.0
    both[quiet, 0] = _SILENCE
    return both.astype(np.float32)


def frame_loudness(samples: Samples, rate: int, count: int) -> NDArray[np.float64]:
    """Root mean square of the 10 ms around each of ``count`` frames."""
    power = np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])
    middles = np.arange(count) * HOP_S * rate
    low = np.clip(np.rint(middles - HOP_S * rate / 2), 0, len(samples)).astype(np.int64)
    high = np.clip(np.rint(middles + HOP_S * rate / 2), 0, len(samples)).astype(np.int64)
    result: NDArray[np.float64] = np.sqrt(np.maximum(0.0, power[high] - power[low]) / np.maximum(1, high - low))
    return result


def _at_16k(samples: Samples, rate: int) -> NDArray[np.float64]:
    """The sound at 16 kHz, through its spectrum."""
    whole = -(-len(samples) // rate) * rate
    sound = np.pad(samples.astype(np.float64), (0, whole - len(samples)))
    count = whole * _RATE // rate
    spectrum = np.fft.rfft(sound)[: count // 2 + 1]
    result: NDArray[np.float64] = np.fft.irfft(spectrum, count) * (count / max(1, whole))
    return result[: round(len(samples) * _RATE / rate)]


@cache
def _bank() -> NDArray[np.float64]:
    """Triangles, evenly spaced in mel, of shape (257, 30)."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    edges = 700 * (10 ** (np.linspace(low, high, _BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(_FFT, 1 / _RATE)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    bank: NDArray[np.float64] = np.maximum(0, np.minimum(rising, falling))
    return bank
