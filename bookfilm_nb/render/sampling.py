"""A plane seen through a zoomed, shifted window, at sub-pixel accuracy and the least cost.

``cv2.warpAffine`` does it directly. ``cv2.resize`` interpolates the same way at a third of the cost, but
only maps whole rectangles to whole rectangles. So two whole lengths are searched whose ratio is the wanted
scale, and a whole offset at which the wanted phase occurs; the few extra pixels are thrown away. Where no
pair comes close enough (a scale of exactly 1, for example), warpAffine is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .yuv import Plane

__all__ = ["MARGIN", "TOLERANCE", "Fit", "Sampler", "Window", "fit"]

MARGIN = 40
"""Pixels beyond the window that a search may use: planes carry this much padding on every side."""
TOLERANCE = 0.04
"""Largest position error accepted from a fit, in plane pixels; the camera's goal is 0.10 rms."""
_EXTRA = np.arange(MARGIN)
_TRIES = 10
_COST_OF_EXTRA = 0.0004


class Window(NamedTuple):
    """A window along one axis of a plane."""

    start: float
    """Its first edge, in plane pixels."""
    step: float
    """Plane pixels from one of its pixels to the next."""
    pixels: int
    size: int
    """The plane's own length."""


class Fit(NamedTuple):
    """``into`` whole pixels made from ``source`` whole pixels beginning at ``at``; the first ``skip`` are dropped."""

    at: int
    source: int
    into: int
    skip: int
    error: float


def fit(windows: Sequence[Window]) -> list[Fit]:
    """Whole numbers that sample each window (all are searched at once, which is what makes it cheap).

    The error is the largest distance, in plane pixels, between where a pixel should be taken and where it
    is; it is infinite where nothing fits into the plane.
    """
    start, step, count, size = (column[:, None] for column in np.array(windows, float).T)
    into = count + _EXTRA
    source = np.rint(into * step)
    tilt = np.abs(source / into - step) * (count / 2)
    extra = np.argpartition(tilt, _TRIES)[:, :_TRIES]
    tilt, source = (np.take_along_axis(values, extra, 1)[:, :, None] for values in (tilt, source))
    extra = extra[:, :, None]
    half = count[:, :, None] / 2
    at = (start + count / 2 * step)[:, :, None] - (_EXTRA + half) * (source / (count[:, :, None] + extra))
    whole = np.rint(at)
    error = np.abs(at - whole) + tilt
    error[(extra < _EXTRA) | (whole < 0) | (whole + source > size[:, :, None])] = np.inf
    best = (error + _COST_OF_EXTRA * extra).reshape(len(windows), -1).argmin(axis=1)
    fits = []
    for i, window in enumerate(windows):
        row, skip = divmod(int(best[i]), MARGIN)
        more = int(extra[i, row, 0])
        at_pixel = max(int(whole[i, row, skip]), 0)
        fits.append(Fit(at_pixel, int(source[i, row, 0]), window.pixels + more, skip, float(error[i, row, skip])))
    return fits


class Sampler:
    """Samples planes into scratch memory that is reused: a view is valid until the same slot is used again."""

    def __init__(self) -> None:
        self._slots: dict[int, Plane] = {}

    def sample(self, plane: Plane, across: tuple[Window, Fit], down: tuple[Window, Fit], slot: int) -> Plane:
        """The plane (uint8, rows × columns) seen through two windows; outside the plane its edge is repeated.

        ``slot`` numbers the scratch memory.
        """
        import cv2

        (x, fit_x), (y, fit_y) = across, down
        if max(fit_x.error, fit_y.error) > TOLERANCE:
            matrix = np.array([[x.step, 0, x.start + 0.5 * x.step - 0.5], [0, y.step, y.start + 0.5 * y.step - 0.5]])
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            size = (x.pixels, y.pixels)
            warped: Plane = cv2.warpAffine(plane, matrix, size, self._slot(slot, size), flags, cv2.BORDER_REPLICATE)
            return warped
        source = plane[fit_y.at : fit_y.at + fit_y.source, fit_x.at : fit_x.at + fit_x.source]
        size = (fit_x.into, fit_y.into)
        whole: Plane = cv2.resize(source, size, self._slot(slot, size), interpolation=cv2.INTER_LINEAR)
        return whole[fit_y.skip : fit_y.skip + y.pixels, fit_x.skip : fit_x.skip + x.pixels]

    def _slot(self, index: int, size: tuple[int, int]) -> Plane:
        width, height = size
        slot = self._slots.get(index)
        if slot is None or slot.size < width * height:
            slot = self._slots[index] = np.empty((width + 16) * (height + 16), np.uint8)
        return slot[: width * height].reshape(height, width)
