"""Embedded voices: text to words, words to speech, and a voice for every character."""

from __future__ import annotations

from .casting import cast
from .choosing import VoiceOffer, available, best_voice
from .normalise import normalise
from .shift import restyle
from .speaking import speak_element
from .wav import read_wav, wav_bytes

__all__ = [
    "VoiceOffer",
    "available",
    "best_voice",
    "cast",
    "normalise",
    "read_wav",
    "restyle",
    "speak_element",
    "wav_bytes",
]
