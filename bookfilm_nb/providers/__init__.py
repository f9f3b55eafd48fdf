"""The doors to the outside world: what an engine must be able to do, and where to find one by name."""

from __future__ import annotations

from .protocols import (
    Capabilities,
    Composer,
    Drawing,
    ImageModel,
    Music,
    Speech,
    Voice,
    VoiceStyle,
)
from .registry import composers, images, load_composer, load_image_model, load_voice, voices

__all__ = [
    "Capabilities",
    "Composer",
    "Drawing",
    "ImageModel",
    "Music",
    "Speech",
    "Voice",
    "VoiceStyle",
    "composers",
    "images",
    "load_composer",
    "load_image_model",
    "load_voice",
    "voices",
]
