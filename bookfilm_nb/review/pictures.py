"""Pictures for the report, taken from the finished film: one frame a shot, and the loudness over time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bookfilm_nb.model import Timeline

__all__ = ["loudness_curve", "middle_frames", "shot_pictures"]

MOST_SHOTS = 120


def middle_frames(timeline: Timeline) -> dict[str, int]:
    """The frame in the middle of each shot, by shot id; of a very long film an even choice of 120 shots."""
    clips = timeline.shots
    step = max(1, -(-len(clips) // MOST_SHOTS))
    return {clip.shot: clip.start + clip.length // 2 for clip in clips[::step]}


def shot_pictures(film: Path, frames: Sequence[int], *, width: int = 320) -> dict[int, bytes]:
    """JPEG bytes of these frames of the film, by frame number: each the frame itself or one of the next few.

    Only what leads to a wanted frame is decoded, and of that only the frames that others build on: a sixth of the work.
    """
    import av
    from PIL import Image

    made = {}
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "BIDIR"
        if stream.time_base is None or stream.average_rate is None:
            return {}
        tick = 1 / (stream.average_rate * stream.time_base)
        for wanted in sorted(frames):
            container.seek(round(wanted * tick), stream=stream)
            frame = next((f for f in container.decode(stream) if f.pts is not None and f.pts >= wanted * tick), None)
            if frame is None:
                continue
            height = round(width * frame.height / frame.width / 2) * 2
            picture = Image.fromarray(frame.to_ndarray(width=width, height=height, format="rgb24"))
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=80)
            made[wanted] = out.getvalue()
    return made


def loudness_curve(film: Path, *, step_s: float = 0.5) -> list[float]:
    """Level of the film's sound in dBFS (RMS of both channels), one figure every ``step_s``."""
    import av

    levels, rest = [], np.zeros(0, np.float32)
    with av.open(str(film)) as container:
        stream = container.streams.audio[0]
        size = round(stream.rate * step_s)
        for frame in container.decode(stream):
            rest = np.concatenate([rest, frame.to_ndarray().astype(np.float32).mean(axis=0)])
            while len(rest) >= size:
                part, rest = rest[:size], rest[size:]
                levels.append(float(10 * np.log10(np.mean(part.astype(np.float64) ** 2) + 1e-9)))
    return levels
