"""A production at work: the verbs in order, from a book's file to a film that was opened and measured."""

from __future__ import annotations

from .finishing import Delivered, deliver, render, reviewed
from .making import Film, film_of, make_film, open_studio, start
from .status import StageStatus, Status, status
from .studio import STAGES, Studio

__all__ = [
    "STAGES",
    "Delivered",
    "Film",
    "StageStatus",
    "Status",
    "Studio",
    "deliver",
    "film_of",
    "make_film",
    "open_studio",
    "render",
    "reviewed",
    "start",
    "status",
]
