"""The recipe's film and the workbench's, opened and measured in the same way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from .listening import audible, found_at, samples_of
from .watching import begins, luma, small, thumbnails, unsteadiness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from bookfilm_nb.studio import Studio

    from .watching import Floats

__all__ = ["FilmFacts", "comparison", "recipe_facts", "workbench_facts"]

_EDGE_S = 0.6
"""What is left out at both ends of a shot where its zoom is measured: a dissolve may lie there."""
_LONGEST_S = 3.0
_FARTHEST = 12
"""Frames that a picture may be off its place and still be found."""


class _Lines(NamedTuple):
    """Seconds, a figure for each line: heard, its picture seen, how long after it the line was meant to be heard."""

    heard_s: tuple[float, ...]
    seen_s: tuple[float, ...]
    planned_s: tuple[float, ...]


@dataclass(frozen=True)
class FilmFacts:
    """What was measured on a finished film."""

    name: str
    seconds: float
    """Of film."""
    work_s: float
    """Seconds it took to make."""
    again_s: float
    """Seconds it took to make again, with nothing changed."""
    picture_bytes: int
    sound_bytes: int
    heard_s: tuple[float, ...]
    """When each line begins to be heard, for the lines that begin with a picture of their own."""
    seen_s: tuple[float, ...]
    """When the picture of each of these lines is first seen."""
    planned_s: tuple[float, ...]
    """How long after its picture each of these lines was meant to be heard."""
    path: Floats
    """Of the shot that was measured: pixels off a smooth path, a frame each."""
    jitter_px: float
    lufs: float
    peak_dbtp: float
    sound: str
    colour: str

    @property
    def late_ms(self) -> NDArray[np.float64]:
        """How much later after its picture than it was meant to be each line is heard."""
        late_s = np.array(self.heard_s) - np.array(self.seen_s) - np.array(self.planned_s)
        return np.asarray(late_s * 1000, np.float64)

    @property
    def drift_ms(self) -> float:
        """How much later the last line is than the first, by a straight line through all of them."""
        late = self.late_ms
        return float(np.polyfit(np.arange(len(late)), late, 1)[0] * (len(late) - 1)) if len(late) > 1 else 0.0


def recipe_facts(
    film: Path, sounds: Sequence[Path], pictures: Sequence[Path], *, work_s: float, name: str = "the recipe"
) -> FilmFacts:
    """The recipe's film: each line is meant to be heard from the first frame of its picture.

    It keeps nothing, so making it again takes as long as the first time. Raises RenderError where a line is not in it.
    """
    from PIL import Image

    stills = []
    for picture in pictures:
        with Image.open(picture) as opened:
            stills.append(small(np.asarray(opened.convert("RGB"))))
    times, frames = thumbnails(film)
    starts = begins(frames, stills)
    lines = _Lines(
        _heard(film, [samples_of(sound) for sound in sounds]),
        tuple(float(times[start]) for start in starts),
        (0.0,) * len(starts),
    )
    spans = list(zip(starts, [*starts[1:], len(times)], strict=True))
    return _facts(name, film, times, lines, spans, work_s=work_s, again_s=work_s)


def workbench_facts(
    studio: Studio, film: Path, *, work_s: float, again_s: float, name: str = "the workbench"
) -> FilmFacts:
    """The workbench's film: its timeline says what was meant, and the file is searched for it.

    Raises RenderError where a line or a picture is not where it could be found.
    """
    from bookfilm_nb.render import FilmFrames
    from bookfilm_nb.render.yuv import to_rgb

    timeline, store = studio.timeline, studio.production.store
    painted = FilmFrames(timeline, store.blobs)
    times, frames = thumbnails(film)
    takes = [samples_of(store.read(voice.take.blob)) for voice in timeline.voices]
    heard = _heard(film, takes)
    starts = {shot.shot: shot.start for shot in timeline.shots}
    opens = {
        shot.portions[0].element: starts[shot.id]
        for shot in studio.storyboard.shots
        if shot.portions and not shot.portions[0].start
    }
    found = []
    for voice, take, second in zip(timeline.voices, takes, heard, strict=True):
        if (start := opens.get(voice.element)) is None:
            continue
        place = _place(frames, lambda number: small(to_rgb(painted.frame(number))), start)
        meant_s = voice.start / timeline.sample_rate + audible(take)[0] - start / timeline.fps
        found.append((second, float(times[place]), meant_s))
    moving = [(shot.start, shot.start + shot.length) for shot in timeline.shots[1:-1] if shot.move != "static"]
    return _facts(name, film, times, _Lines(*zip(*found, strict=True)), moving, work_s=work_s, again_s=again_s)


def _place(frames: Floats, painted: Callable[[int], Floats], start: int) -> int:
    """The frame of the film at which the pictures painted from frame ``start`` on are found, dissolves and all."""
    first, last = max(0, start - 2), min(len(frames), start + _FARTHEST + 6)
    wanted = np.array([painted(number) for number in range(first, last)])
    shifts = range(-min(_FARTHEST, first), min(_FARTHEST, len(frames) - last) + 1)
    errors = {shift: float(((frames[first + shift : last + shift] - wanted) ** 2).mean()) for shift in shifts}
    return start + min(errors, key=lambda shift: (errors[shift], abs(shift)))


def _heard(film: Path, lines: Sequence[NDArray[np.float32]]) -> tuple[float, ...]:
    whole = samples_of(film)
    found: list[float] = []
    for line in lines:
        found.append(found_at(whole, line, after_s=found[-1] if found else 0.0))
    return tuple(found)


def _facts(
    name: str,
    film: Path,
    times: Floats,
    lines: _Lines,
    spans: list[tuple[int, int]],
    *,
    work_s: float,
    again_s: float,
) -> FilmFacts:
    from bookfilm_nb.render.probe import probe
    from bookfilm_nb.render.sound import measure_loudness

    fps = (len(times) - 1) / (times[-1] - times[0])
    edge, most = round(_EDGE_S * fps), round(_LONGEST_S * fps)
    first, last = max(spans, key=lambda span: span[1] - span[0])
    count = min(most, max(8, last - first - 2 * edge))
    measured = unsteadiness(luma(film, first + min(edge, (last - first - count) // 2), count))
    loudness, tracks = measure_loudness(film), _track_bytes(film)
    colours = set(probe(film).colour.values())
    return FilmFacts(
        name=name,
        seconds=len(times) / fps,
        work_s=work_s,
        again_s=again_s,
        picture_bytes=tracks["video"],
        sound_bytes=tracks["audio"],
        **lines._asdict(),
        path=measured.path,
        jitter_px=measured.rms,
        lufs=loudness.integrated_lufs,
        peak_dbtp=loudness.true_peak_dbtp,
        sound=_sound_codec(film),
        colour="not said" if "unspecified" in colours else "said (BT.709)",
    )


def _sound_codec(film: Path) -> str:
    import av

    with av.open(str(film)) as container:
        return str(container.streams.audio[0].codec_context.name)


def _track_bytes(film: Path) -> Counter[str]:
    """Bytes of the packets, by kind of track."""
    import av

    found: Counter[str] = Counter()
    with av.open(str(film)) as container:
        for packet in container.demux():
            found[packet.stream.type] += packet.size
    return found


def comparison(*films: FilmFacts) -> pd.DataFrame:
    """The measures of several films side by side, a row each."""
    rows = {
        "film, s": [round(f.seconds, 1) for f in films],
        "work, s": [round(f.work_s, 1) for f in films],
        "work for a second of film, s": [round(f.work_s / f.seconds, 2) for f in films],
        "made again, nothing changed, s": [round(f.again_s, 1) for f in films],
        "lines that begin with a picture": [len(f.heard_s) for f in films],
        "voice later than meant, first line, ms": [round(float(f.late_ms[0]), 1) for f in films],
        "voice later than meant, last line, ms": [round(float(f.late_ms[-1]), 1) for f in films],
        "voice later than meant, most and least, ms": [
            f"{f.late_ms.max():.1f} and {f.late_ms.min():.1f}" for f in films
        ],
        "drift from first to last line, ms": [round(f.drift_ms, 1) for f in films],
        "jitter of a slow zoom, px": [round(f.jitter_px, 2) for f in films],
        "picture, kB a second": [round(f.picture_bytes / f.seconds / 1000, 1) for f in films],
        "sound, kB a second": [round(f.sound_bytes / f.seconds / 1000, 1) for f in films],
        "loudness, LUFS": [round(f.lufs, 1) for f in films],
        "true peak, dBTP": [round(f.peak_dbtp, 1) for f in films],
        "sound in the MP4": [f.sound for f in films],
        "what its colours mean": [f.colour for f in films],
    }
    return pd.DataFrame(rows, index=[f.name for f in films]).T
