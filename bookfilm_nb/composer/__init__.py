"""The embedded Composer: music written from mood and tempo, and played with sampled instruments."""

from __future__ import annotations

from .embedded import EmbeddedComposer, stereo_wav_bytes

__all__ = ["EmbeddedComposer", "stereo_wav_bytes"]
