"""What a human reader notices in a book: people, who says what, places, scene breaks and mood."""

from __future__ import annotations

from .analyse import analyse

__all__ = ["analyse"]
