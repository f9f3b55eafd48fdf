"""The timeline: the only place that decides when things happen, in whole frames and samples."""

from __future__ import annotations

from .captions import captions, split_lines
from .clip_sounds import Heard, clip_sounds
from .layout import lay_out
from .score import PlacedCue, cues, music_clips

__all__ = ["Heard", "PlacedCue", "captions", "clip_sounds", "cues", "lay_out", "music_clips", "split_lines"]
