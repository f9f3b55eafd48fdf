"""From a reading to a screenplay: the adaptation, its length, and screenplay.fountain."""

from __future__ import annotations

from .adapt import adapt
from .timing import estimate_s, pause_after, speech_s

__all__ = ["adapt", "estimate_s", "pause_after", "speech_s"]
