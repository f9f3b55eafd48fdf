"""A room for the music: without one, sampled instruments sound like a toy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = ["in_a_hall"]

DECAY_S = 1.9
WET = 0.22


def in_a_hall(samples: Samples, rate: int) -> Samples:
    """The sound (float32, shape (n, 2)) in a hall of 1.9 s reverberation; same length, tail cut off.

    A decaying noise is the usual model of a late reverberant field (Moorer 1979); left and right differ, which is
    what makes it wide. Convolved in blocks, so memory stays that of one block.
    """
    lot = np.random.default_rng(1979)
    n = int(rate * DECAY_S)
    decay = np.exp(-6.9 * np.arange(n) / n)
    rise = np.minimum(1.0, np.arange(n) / (0.012 * rate))
    noise = lot.standard_normal((n, 2)) * (decay * rise)[:, None]
    smooth = np.ones(12) / 12
    impulse = np.stack([np.convolve(noise[:, c], smooth, "same") for c in (0, 1)], axis=1)
    impulse /= np.sqrt((impulse**2).sum(axis=0))
    block = 1 << 17
    size = 1 << int(np.ceil(np.log2(block + n)))
    spectrum = np.fft.rfft(impulse, size, axis=0)
    wet = np.zeros((len(samples) + size, 2))
    for start in range(0, len(samples), block):
        part = np.fft.rfft(samples[start : start + block], size, axis=0)
        wet[start : start + size] += np.fft.irfft(part * spectrum, size, axis=0)
    mixed: Samples = (samples * (1 - WET) + wet[: len(samples)] * WET).astype(np.float32)
    return mixed
