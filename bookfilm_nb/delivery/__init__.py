"""What leaves the house: the film file with captions, chapters and tags, and caption files beside it."""

from __future__ import annotations

from .mux import DELIVERY_REVISION, mux
from .subtitles import subtitle_text
from .tags import read_tags, write_tags

__all__ = ["DELIVERY_REVISION", "mux", "read_tags", "subtitle_text", "write_tags"]
