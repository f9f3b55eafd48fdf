"""Where a picture is seen: films decoded, pictures found in them, and how unsteadily a slow zoom moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bookfilm_nb.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    Floats = NDArray[np.float64]

__all__ = ["Unsteadiness", "begins", "luma", "small", "thumbnails", "unsteadiness"]

_SMALL = (64, 36)
_STEPS = 12
_CLOSE_PX = 0.002


class Unsteadiness(NamedTuple):
    """How a corner of the picture moves: ``path`` px off its smooth path, one a frame; ``rms`` from frame to frame."""

    path: Floats
    rms: float


def _frames(film: Path) -> Iterator[Any]:
    import av

    try:
        with av.open(str(film)) as container:
            container.streams.video[0].thread_type = "AUTO"
            yield from container.decode(video=0)
    except (av.FFmpegError, IndexError, OSError) as broken:
        raise RenderError(f"{film.name} cannot be opened as a film: {broken}.", hint="Make it again.") from broken


def small(rgb: Picture) -> Floats:
    """A picture of shape (height, width, 3) as a thumbnail to compare, flat."""
    import cv2

    return cv2.resize(rgb, _SMALL, interpolation=cv2.INTER_AREA).astype(np.float64).ravel()


def thumbnails(film: Path) -> tuple[Floats, Floats]:
    """Second at which each frame is shown, and the frames as thumbnails, one a row."""
    shown = [(float(frame.time or 0.0), _shrunk(frame)) for frame in _frames(film)]
    if not shown:
        raise RenderError(f"{film.name} has no pictures.", hint="Make it again.")
    return np.array([second for second, _ in shown]), np.array([thumbnail for _, thumbnail in shown])


def _shrunk(frame: Any) -> Floats:  # noqa: ANN401 - av's own type
    rgb = frame.reformat(*_SMALL, format="rgb24", interpolation="AREA").to_ndarray()
    return np.asarray(rgb, np.float64).ravel()


def begins(frames: Floats, pictures: Sequence[Floats]) -> list[int]:
    """Number of the frame with which each picture begins, given that they are seen in this order, none left out.

    The division of the frames whose sum of squared differences is the least.
    """
    count = len(pictures)
    if not 0 < count <= len(frames):
        raise RenderError("There are more pictures than frames.", hint="Make the film again.")
    cost = np.stack([((frames - picture) ** 2).mean(axis=1) for picture in pictures], axis=1)
    total = np.full(count, np.inf)
    total[0] = 0.0
    came = np.zeros((len(frames), count), bool)
    for number in range(len(frames)):
        moved = np.concatenate([[np.inf], total[:-1]])
        came[number] = moved < total
        came[number, 0] = False
        # Before the first frame nothing was seen, so nothing can be moved on from
        total = (np.where(came[number], moved, total) if number else total) + cost[number]
    starts = [0] * count
    picture = count - 1
    for number in range(len(frames) - 1, 0, -1):
        if picture and came[number, picture]:
            starts[picture] = number
            picture -= 1
    return starts


def luma(film: Path, first: int, count: int) -> NDArray[np.float32]:
    """Brightness of ``count`` frames from frame ``first`` on, shape (frames, height, width)."""
    import cv2

    planes = []
    for number, frame in enumerate(_frames(film)):
        if number >= first + count:
            break
        if number >= first:
            planes.append(cv2.GaussianBlur(frame.to_ndarray(format="gray").astype(np.float32), (0, 0), 1.0))
    if len(planes) < count:
        raise RenderError(f"{film.name} has no {count} frames from frame {first} on.", hint="Measure fewer.")
    return np.stack(planes)


def unsteadiness(frames: NDArray[np.float32]) -> Unsteadiness:
    """How unsteadily the picture of one shot zooms or pans.

    Each frame is laid over the middle one by scale and shift, to a few thousandths of a pixel (inverse compositional
    alignment: Baker and Matthews, IJCV 2004). A corner's path should be smooth: what remains beside the best
    polynomial of third degree is jitter. ``rms`` is of its change from frame to frame, in pixels; below 0.05 nothing is
    told, because OpenCV looks between pixels in steps of 1/32.
    """
    count, height, width = frames.shape
    align = _Alignment(frames[count // 2])
    middle = count // 2
    moves = np.zeros((count, 3))
    for order in (range(middle + 1, count), range(middle - 1, -1, -1)):
        known = np.zeros(3)
        for number in order:
            known = moves[number] = align(frames[number], known)
    corner = np.array([width / 2, height / 2])
    at = corner * moves[:, :1] + moves[:, 1:]
    times = np.linspace(-1, 1, count)
    smooth = np.stack([np.polyval(np.polyfit(times, at[:, axis], 3), times) for axis in (0, 1)], axis=1)
    off = at - smooth
    steps = np.diff(off, axis=0)
    return Unsteadiness(off[:, 0], float(np.sqrt((steps**2).sum(axis=1).mean())))


class _Alignment:
    """Scale (less 1) and shift that lay a frame over the one given here."""

    def __init__(self, still: NDArray[np.float32]) -> None:
        self.still = still
        height, width = still.shape
        rows, columns = np.mgrid[:height, :width].astype(np.float32)
        self.x, self.y = columns - (width - 1) / 2, rows - (height - 1) / 2
        down, across = np.gradient(still)
        edge = max(height, width) // 12
        self.inside = (slice(edge, height - edge), slice(edge, width - edge))
        slopes = np.stack([across * self.x + down * self.y, across, down])
        self.slopes = slopes[:, *self.inside].reshape(3, -1).astype(np.float64)
        self.inverse = np.linalg.pinv(self.slopes @ self.slopes.T)

    def __call__(self, frame: NDArray[np.float32], guess: Floats) -> Floats:
        import cv2

        height, width = frame.shape
        scale, right, down = guess
        for _ in range(_STEPS):
            grown = 1 + scale
            map_x = grown * self.x + right + (width - 1) / 2
            map_y = grown * self.y + down + (height - 1) / 2
            warped = cv2.remap(frame, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_CUBIC)
            error = (warped - self.still)[self.inside].ravel().astype(np.float64)
            step = self.inverse @ (self.slopes @ error)
            scale = grown / (1 + step[0]) - 1
            right -= (1 + scale) * step[1]
            down -= (1 + scale) * step[2]
            if abs(step[0]) * width / 2 + abs(step[1]) + abs(step[2]) < _CLOSE_PX:
                break
        return np.array([scale, right, down])
