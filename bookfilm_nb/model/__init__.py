"""The values that stages pass to each other. They know nothing of files, engines or notebooks."""

from __future__ import annotations

from .base import Document, FieldFault, Span, Value, blob_digest, canonical_json, digest_of, first_fault
from .book import Book, Chapter, Coverage, Paragraph, SetAside, tidy
from .money import FREE, Estimate, Receipt
from .reading import Character, Looks, Place, Quote, Reading, SceneReading, Sentence
from .screenplay import Element, LeftOut, Scene, SceneHeading, Screenplay
from .storyboard import Portion, Shot, Storyboard
from .take import ClipTake, Layer, MusicCue, MusicTake, PictureTake, VoiceTake, WordTime
from .template import PERIODS, ActPace, Figure, GenreTemplate, Palette, Period
from .timeline import Act, Caption, ChapterMark, ClipSound, MusicClip, ShotClip, Timeline, VoiceClip

__all__ = [
    "FREE",
    "PERIODS",
    "Act",
    "ActPace",
    "Book",
    "Caption",
    "Chapter",
    "ChapterMark",
    "Character",
    "ClipSound",
    "ClipTake",
    "Coverage",
    "Document",
    "Element",
    "Estimate",
    "FieldFault",
    "Figure",
    "GenreTemplate",
    "Layer",
    "LeftOut",
    "Looks",
    "MusicClip",
    "MusicCue",
    "MusicTake",
    "Palette",
    "Paragraph",
    "Period",
    "PictureTake",
    "Place",
    "Portion",
    "Quote",
    "Reading",
    "Receipt",
    "Scene",
    "SceneHeading",
    "SceneReading",
    "Screenplay",
    "Sentence",
    "SetAside",
    "Shot",
    "ShotClip",
    "Span",
    "Storyboard",
    "Timeline",
    "Value",
    "VoiceClip",
    "VoiceTake",
    "WordTime",
    "blob_digest",
    "canonical_json",
    "digest_of",
    "first_fault",
    "tidy",
]
