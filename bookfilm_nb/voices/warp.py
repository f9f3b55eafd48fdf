"""Two recordings of the same words laid over each other: dynamic time warping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .spectra import Frames

__all__ = ["warp"]

_DIAGONAL = 1.4
"""Cost of a step along both recordings, where one along a single one costs 1: about the square root of 2."""
_WHOLE = 2_000
"""Frames up to which every path is tried; longer recordings are laid over each other coarsely first."""
_COARSER = 4
_SLACK = 150
"""Frames to both sides of the coarse path that are tried: 1.5 s."""
_BOTH, _ONLY_A, _ONLY_B = 0, 1, 2


def warp(a: Frames, b: Frames) -> NDArray[np.float64]:
    """For each frame of ``a`` (shape (n, k)) the place in ``b`` (shape (m, k)) that sounds like it; rises, shape (n,).

    The path of least cost from both beginnings to both ends (Sakoe and Chiba 1978, "Dynamic programming algorithm
    optimization for spoken word recognition"), one diagonal after the other, so that numpy does the work; for long
    recordings near the path of their means only (Salvador and Chan 2007, "FastDTW").
    """
    n, m = len(a), len(b)
    middles, slack = _around(a, b)
    moves: list[tuple[int, NDArray[np.int8]]] = []
    before = np.full(n + 1, np.inf, np.float32)
    earlier = before.copy()
    for diagonal in range(n + m - 1):
        low = max(0, diagonal - m + 1, int(middles[diagonal]) - slack)
        high = min(n, diagonal + 1, int(middles[diagonal]) + slack + 2)
        rows = np.arange(low, high)
        apart = a[rows] - b[diagonal - rows]
        cost = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        # Row i lies at place i + 1, so that place 0 stands for "before the beginning"
        both = earlier[low:high] + _DIAGONAL * cost
        ways = np.stack([both, before[low:high] + cost, before[low + 1 : high + 1] + cost])
        if diagonal == 0:
            ways[_BOTH] = 0.0
        move = ways.argmin(axis=0).astype(np.int8)
        moves.append((low, move))
        now = np.full(n + 1, np.inf, np.float32)
        now[low + 1 : high + 1] = ways[move, np.arange(len(rows))]
        earlier, before = before, now
    return _places(moves, n, m)


def _around(a: Frames, b: Frames) -> tuple[NDArray[np.float64], int]:
    """The row about which to search on every diagonal, and how far to both sides."""
    n, m = len(a), len(b)
    diagonals = np.arange(n + m - 1)
    if max(n, m) <= _WHOLE or min(n, m) < _COARSER:
        return (diagonals * (n / (n + m))).astype(np.float64), max(n, m)
    coarse = np.interp(np.arange(n) / _COARSER, np.arange(n // _COARSER), warp(_coarser(a), _coarser(b))) * _COARSER
    coarse[0], coarse[-1] = 0, m - 1
    middles = np.interp(diagonals, np.arange(n) + np.maximum.accumulate(coarse), np.arange(n))
    return middles.astype(np.float64), _SLACK


def _coarser(frames: Frames) -> Frames:
    """Means of four frames each."""
    count = len(frames) // _COARSER
    means: Frames = frames[: count * _COARSER].reshape(count, _COARSER, -1).mean(axis=1)
    return means


def _places(moves: list[tuple[int, NDArray[np.int8]]], n: int, m: int) -> NDArray[np.float64]:
    """The path walked back; where a frame of ``a`` lasts for several of ``b``, their middle."""
    first, last = np.zeros(n), np.zeros(n)
    i, j = n - 1, m - 1
    last[i] = j
    while True:
        first[i] = j
        if i == 0 and j == 0:
            return (first + last) / 2
        low, row = moves[i + j]
        move = row[i - low]
        if move != _ONLY_B:
            i -= 1
        if move != _ONLY_A:
            j -= 1
        if move != _ONLY_B:
            last[i] = j
