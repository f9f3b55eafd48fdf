"""A film opened and measured: what is in the file, not what was meant to be."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Probe", "Stretch", "black_or_still", "probe"]

BLACK_LEVEL = 24
"""Luma below which a pixel counts as black: limited range begins at 16, plus coding noise."""
BLACK_SHARE = 0.98
STILL_DIFFERENCE = 0.10
"""Mean luma difference (levels) to the picture a quarter of a second before, below which nothing moves.

A coded still differs from itself by 0.01 to 0.05; a drift of a quarter pixel a frame over the plainest
drawn picture by 0.2 and more."""
_SMALL_WIDTH = 320


class Probe(Value):
    """What a film file holds."""

    frames: int
    fps: float
    width: int
    height: int
    duration_s: float
    """Of the picture: frames a rate."""
    on_grid: bool
    """Whether every frame is shown at a whole multiple of 1/fps, none missing, none twice."""
    codec: str
    pix_fmt: str
    colour: dict[str, str]
    """primaries, transfer, matrix and range, by their ISO/IEC 23091-2 names ("bt709", "limited")."""
    square_pixels: bool
    audio_s: float | None = None
    """Length of the first sound track: decoded samples a rate."""
    audio_rate: int | None = None
    subtitles: int = 0
    """Number of subtitle tracks."""


class Stretch(Value):
    """Frames ``start`` to ``end`` that are black or still."""

    kind: str
    """"black" or "still"."""
    start: int
    end: int


_NAMES = {1: "bt709", 2: "unspecified", 5: "bt470bg", 6: "smpte170m", 9: "bt2020"}
_RANGES = {0: "unspecified", 1: "limited", 2: "full"}


def probe(path: Path) -> Probe:
    """Open the film, count its frames and decode its sound. Raises RenderError where it cannot be read."""
    import av

    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            base, rate = stream.time_base or Fraction(1, 90_000), stream.average_rate or Fraction(0)
            shown = sorted(p.pts for p in container.demux(stream) if p.size and p.pts is not None)
            context = stream.codec_context
            ratio = stream.sample_aspect_ratio
            grid = [pts * base * rate for pts in shown]
            audio = _audio(path)
            return Probe(
                frames=len(shown),
                fps=float(rate),
                width=context.width,
                height=context.height,
                duration_s=float(len(shown) / rate) if rate else 0.0,
                on_grid=grid == list(range(len(grid))),
                codec=context.name,
                pix_fmt=str(context.pix_fmt),
                colour={
                    "primaries": _NAMES.get(int(context.color_primaries), "other"),
                    "transfer": _NAMES.get(int(context.color_trc), "other"),
                    "matrix": _NAMES.get(int(context.colorspace), "other"),
                    "range": _RANGES.get(int(context.color_range), "other"),
                },
                square_pixels=ratio in {None, 1},
                audio_s=audio[0],
                audio_rate=audio[1],
                subtitles=len(container.streams.subtitles),
            )
    except (av.FFmpegError, IndexError, OSError) as broken:
        raise RenderError(f"{path.name} cannot be opened as a film: {broken}.", hint="Render it again.") from broken


def black_or_still(path: Path, *, longest_s: float = 2.0) -> list[Stretch]:
    """Stretches longer than ``longest_s`` in which the picture is black, or nothing moves.

    Looks at every frame that others lean on (with x264's defaults every second to fourth), which takes a third of
    the time that all would.
    """
    black: list[tuple[int, bool]] = []
    still: list[tuple[int, bool]] = []
    recent: list[tuple[int, NDArray[np.float32]]] = []
    fps = 24.0
    for fps, number, luma in _luma(path):
        black.append((number, bool((luma < BLACK_LEVEL).mean() >= BLACK_SHARE)))
        lag = max(1, round(fps / 4))
        while len(recent) > 1 and recent[1][0] <= number - lag:
            recent.pop(0)
        before = recent[0] if recent and recent[0][0] <= number - lag else None
        same = before is not None and float(np.abs(luma - before[1]).mean()) < STILL_DIFFERENCE
        still.append((number, same))
        recent.append((number, luma))
    least = longest_s * fps
    lag = max(1, round(fps / 4))
    found = [Stretch(kind="black", start=a, end=b) for a, b in _runs(black) if b - a > least]
    # A frame is still when it equals the one a quarter second before: the run began that much earlier.
    found += [Stretch(kind="still", start=max(0, a - lag), end=b) for a, b in _runs(still) if b - a + lag > least]
    return sorted(found, key=lambda s: (s.start, s.kind))


def _audio(path: Path) -> tuple[float | None, int | None]:
    import av

    with av.open(str(path)) as container:
        if not container.streams.audio:
            return None, None
        stream = container.streams.audio[0]
        samples = sum(frame.samples for frame in container.decode(stream))
        return samples / stream.rate, int(stream.rate)


def _luma(path: Path) -> Iterator[tuple[float, int, NDArray[np.float32]]]:
    """Rate, number and small luma picture, float32, of every frame that is a reference for others."""
    import av
    import cv2

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.skip_frame = "NONREF"
        fps = float(stream.average_rate or 24)
        base = stream.time_base or Fraction(1, 90_000)
        for picture in container.decode(stream):
            plane = picture.planes[0]
            data: Any = plane
            rows = np.frombuffer(data, np.uint8).reshape(-1, plane.line_size)[: picture.height, : picture.width]
            height = max(2, round(_SMALL_WIDTH * picture.height / picture.width))
            small = cv2.resize(rows, (_SMALL_WIDTH, height), interpolation=cv2.INTER_AREA).astype(np.float32)
            yield fps, round(float((picture.pts or 0) * base) * fps), small


def _runs(flags: list[tuple[int, bool]]) -> list[tuple[int, int]]:
    """First frame and end of each run of true flags; a run reaches to the frame before the next false one."""
    runs: list[tuple[int, int]] = []
    begun: int | None = None
    for number, flag in flags:
        if flag and begun is None:
            begun = number
        elif not flag and begun is not None:
            runs.append((begun, number))
            begun = None
    if begun is not None:
        runs.append((begun, flags[-1][0] + 1))
    return runs
