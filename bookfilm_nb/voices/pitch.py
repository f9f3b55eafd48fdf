"""Where each period of a voice begins: the fundamental frequency and the pitch marks of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bookfilm_nb.providers.protocols import Samples

__all__ = ["Marks", "PitchTrack", "median_f0", "pitch_marks", "track_pitch"]

HOP_S = 0.005
LOWEST_HZ, HIGHEST_HZ = 60.0, 420.0
"""Deeper than a bass and higher than a child speaks."""
VOICED = 0.5
"""Normalised autocorrelation above which a frame counts as voiced."""
UNVOICED_PERIOD_S = 0.006


class PitchTrack(NamedTuple):
    """``f0`` in Hz every ``HOP_S`` seconds, 0 where the sound is not voiced; shape (frames,)."""

    f0: NDArray[np.float64]


class Marks(NamedTuple):
    """Pitch marks: sample positions, the period in samples at each, and whether it is voiced; shape (marks,)."""

    positions: NDArray[np.int64]
    periods: NDArray[np.float64]
    voiced: NDArray[np.bool_]


def track_pitch(samples: Samples, rate: int) -> PitchTrack:
    """The fundamental frequency by normalised autocorrelation, looked for again around its own median.

    The window's own autocorrelation is divided out (Boersma 1993, "Accurate short-term analysis of the
    fundamental frequency"), and the second pass leaves no room for jumps of an octave.
    """
    samples, rate = _coarser(samples, rate)
    wide = _autocorrelation_pitch(samples, rate, LOWEST_HZ, HIGHEST_HZ)
    found = wide[wide > 0]
    if not found.size:
        return PitchTrack(wide)
    middle = float(np.median(found))
    narrow = _autocorrelation_pitch(samples, rate, max(LOWEST_HZ, middle * 0.58), min(HIGHEST_HZ, middle * 1.75))
    return PitchTrack(_without_strays(narrow))


def median_f0(samples: Samples, rate: int) -> float:
    """Median fundamental frequency of the voiced frames, Hz; 0 where nothing is voiced."""
    f0 = track_pitch(samples, rate).f0
    return float(np.median(f0[f0 > 0])) if (f0 > 0).any() else 0.0


def pitch_marks(samples: Samples, rate: int, track: PitchTrack) -> Marks:
    """One mark a period in voiced stretches, on matching points of the wave; evenly spaced marks elsewhere."""
    f0 = track.f0
    hop = HOP_S * rate
    positions: list[int] = []
    periods: list[float] = []
    voiced: list[bool] = []
    place = 0
    size = len(samples)

    def rest_until(end: int) -> None:
        nonlocal place
        step = UNVOICED_PERIOD_S * rate
        while place < end:
            positions.append(place)
            periods.append(step)
            voiced.append(False)
            place += round(step)

    for first, last in _runs(f0 > 0):
        begin, stop = max(place, round(first * hop)), min(size, round(last * hop))
        marks = _marks_of_run(samples, begin, stop, f0, hop, rate)
        if not marks:
            continue
        rest_until(marks[0] - round(UNVOICED_PERIOD_S * rate / 2))
        for mark in marks:
            positions.append(mark)
            periods.append(rate / f0[min(len(f0) - 1, max(first, min(last - 1, round(mark / hop))))])
            voiced.append(True)
        place = marks[-1] + round(periods[-1])
    rest_until(size)
    return Marks(np.array(positions, np.int64), np.array(periods), np.array(voiced, bool))


def _coarser(samples: Samples, rate: int) -> tuple[Samples, int]:
    """The sound at about 8 kHz, which holds all that tells the pitch, for a third of the work."""
    step = max(1, rate // 8000)
    count = len(samples) // step
    return samples[: count * step].reshape(count, step).mean(axis=1), round(rate / step)


def _autocorrelation_pitch(samples: Samples, rate: int, lowest: float, highest: float) -> NDArray[np.float64]:
    width = int(rate * min(0.045, 2.8 / lowest))
    hop = HOP_S * rate
    count = max(1, int(len(samples) / hop))
    padded = np.concatenate([np.zeros(width // 2), samples.astype(np.float64), np.zeros(width)])
    starts = np.rint(np.arange(count) * hop).astype(np.int64)
    frames = np.lib.stride_tricks.sliding_window_view(padded, width)[starts]
    frames = frames - frames.mean(axis=1, keepdims=True)
    power = np.sqrt((frames**2).mean(axis=1))
    window = np.hanning(width)
    size = 1 << (2 * width - 1).bit_length()
    spectrum = np.fft.rfft(frames * window, size)
    correlation = np.fft.irfft(spectrum.real**2 + spectrum.imag**2)[:, :width]
    own = np.fft.irfft(np.abs(np.fft.rfft(window, size)) ** 2)[:width]
    correlation /= np.maximum(own, 1e-3 * own[0])
    correlation /= np.maximum(correlation[:, :1], 1e-12)
    shortest, longest = max(2, int(rate / highest)), min(int(rate / lowest) + 1, int(width * 0.8))
    lags = np.arange(shortest, longest)
    # A short lag is preferred a little: twice the period fits as well as the period does.
    best = shortest + np.argmax(
        correlation[:, lags] - 0.10 * np.log2(lags / shortest) / np.log2(longest / shortest), axis=1
    )
    rows = np.arange(count)
    left, centre, right = (correlation[rows, np.clip(best + d, 1, width - 1)] for d in (-1, 0, 1))
    bend = left - 2 * centre + right
    refined = best + np.where(np.abs(bend) > 1e-9, 0.5 * (left - right) / np.where(bend == 0, 1, bend), 0).clip(
        -0.5, 0.5
    )
    loud = power > 0.03 * (np.percentile(power, 95) + 1e-9)
    result: NDArray[np.float64] = np.where((centre > VOICED) & loud, rate / refined, 0.0)
    return result


def _without_strays(f0: NDArray[np.float64]) -> NDArray[np.float64]:
    """Voiced runs shorter than 20 ms dropped, and every frame the median of the five around it."""
    smooth = f0.copy()
    for first, last in _runs(f0 > 0):
        if last - first < 4:
            smooth[first:last] = 0.0
            continue
        run = np.pad(f0[first:last], 2, mode="edge")
        smooth[first:last] = np.median(np.lib.stride_tricks.sliding_window_view(run, 5), axis=1)
    return smooth


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _marks_of_run(samples: Samples, begin: int, stop: int, f0: NDArray[np.float64], hop: float, rate: int) -> list[int]:
    """Marks from the strongest peak of the run outwards, each where the wave looks most like at the last one."""
    if stop - begin < 8:
        return []
    stretch = samples[begin:stop]
    seed = begin + int(np.argmax(np.abs(stretch)))
    fallback = float(np.median(f0[f0 > 0]))

    def period_at(place: float) -> float:
        value = f0[min(len(f0) - 1, max(0, round(place / hop)))]
        return rate / (value if value > 0 else fallback)

    marks = [seed]
    for direction in (1, -1):
        mark = seed
        while True:
            period = period_at(mark + direction * 0.5 * period_at(mark))
            mark = _best_match(samples, mark, mark + direction * period, period)
            if not begin <= mark < stop or (direction > 0) != (mark > marks[-1 if direction > 0 else 0]):
                break
            marks.insert(0, mark) if direction < 0 else marks.append(mark)
    return marks


def _best_match(samples: Samples, mark: int, guess: float, period: float) -> int:
    """The sample near ``guess`` around which a period of the wave correlates best with that around ``mark``."""
    half, slack = int(period / 2), max(1, int(period * 0.15))
    aim = round(guess)
    low, high = aim - slack - half, aim + slack + half + 1
    if mark - half < 0 or mark + half + 1 > len(samples) or low < 0 or high > len(samples):
        return aim
    pattern = samples[mark - half : mark + half + 1]
    likeness = np.correlate(samples[low:high], pattern, mode="valid")
    return aim - slack + int(np.argmax(likeness))
