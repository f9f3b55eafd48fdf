"""What measured films say about a genre: the templates that shape ours, and their evidence."""

from __future__ import annotations

from .templates import GENRES, template_for

__all__ = ["GENRES", "template_for"]
