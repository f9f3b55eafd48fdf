"""From a book to a film, every step of which you can see, change, measure and repeat."""

from __future__ import annotations

__version__ = "0.1.0"
