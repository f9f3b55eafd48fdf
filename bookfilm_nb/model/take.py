"""Takes: what was made for a shot or a line. Sound and pictures are blobs, named by their digest."""

from __future__ import annotations

from typing import Literal

from .base import Value
from .vocabulary import Mood

__all__ = ["ClipTake", "Layer", "MusicCue", "MusicTake", "PictureTake", "VoiceTake", "WordTime"]


class WordTime(Value):
    """When a word is heard: characters of the element's text, seconds from the take's first sample."""

    start: int
    end: int
    start_s: float
    end_s: float


class VoiceTake(Value):
    """A spoken element. The blob is a 16-bit mono WAV without leading or trailing silence beyond 30 ms."""

    element: str
    voice: str
    blob: str
    sample_rate: int
    samples: int
    words: tuple[WordTime, ...]
    timing: Literal["exact", "aligned", "estimated"]

    @property
    def length_s(self) -> float:
        """Seconds, from the count of samples."""
        return self.samples / self.sample_rate


class Layer(Value):
    """One plane of a picture, laid over the ones before it.

    ``blob`` is a PNG: RGBA for "over" layers, 8-bit grey for "add" layers (light added to the luma:
    rain, snow, fog). ``x`` and ``y`` place its top left corner on the canvas, in pixels.
    """

    name: str
    role: Literal["backdrop", "midground", "figure", "foreground", "weather"]
    blob: str
    x: int = 0
    y: int = 0
    width: int
    height: int
    depth: float
    """0 is infinitely far (does not shift with the camera), 1 is the plane of the figures, above 1 nearer."""
    blend: Literal["over", "add"] = "over"
    drift_x: float = 0.0
    """Own movement, pixels a frame. A layer that drifts and ``wraps`` repeats endlessly."""
    drift_y: float = 0.0
    wraps: bool = False
    character: str | None = None
    talk_blob: str | None = None
    """The same figure with an open mouth; same size."""
    blink_blob: str | None = None
    """The same figure with closed eyes; same size."""


class PictureTake(Value):
    """A drawn shot: a canvas larger than the frame, so that the camera has room, and its layers."""

    shot: str
    width: int
    height: int
    layers: tuple[Layer, ...]


class ClipTake(Value):
    """A moving picture for a shot (from a video model, or a moviepy clip), already at the film's size and rate."""

    shot: str
    blob: str
    frames: int


class MusicCue(Value):
    """What a music bed should be: the order to a composer."""

    id: str
    mood: Mood
    mode: Literal["major", "minor"]
    bpm: float
    length_s: float
    seed: int
    opening: bool = False
    """Under the title: may stand alone, before any voice."""
    closing: bool = False
    """Ends the film: comes to a cadence at its end."""


class MusicTake(Value):
    """A music bed. The blob is a 16-bit stereo WAV."""

    cue: str
    blob: str
    sample_rate: int
    samples: int
