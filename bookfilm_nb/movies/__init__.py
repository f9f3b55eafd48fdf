"""What measured films say about a genre: the templates that shape ours, and their evidence."""

from __future__ import annotations

from .genres import GENRES
from .templates import template_for, weights_of

__all__ = ["GENRES", "template_for", "weights_of"]
