"""From the timeline to pictures: camera, compositing, segments, joining, previews and measuring."""

from __future__ import annotations

from .camera import camera_path
from .conform import Conformed, OwnSound, conform, own_sound
from .join import join
from .moviepy_clip import clip_take, to_moviepy
from .preview import FilmFrames, contact_sheet, preview_frame, preview_shot
from .probe import Probe, Stretch, black_or_still, probe
from .segments import RENDER_REVISION, render_segments, segment_key

__all__ = [
    "RENDER_REVISION",
    "Conformed",
    "FilmFrames",
    "OwnSound",
    "Probe",
    "Stretch",
    "black_or_still",
    "camera_path",
    "clip_take",
    "conform",
    "contact_sheet",
    "join",
    "own_sound",
    "preview_frame",
    "preview_shot",
    "probe",
    "render_segments",
    "segment_key",
    "to_moviepy",
]
