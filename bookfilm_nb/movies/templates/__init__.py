"""Genre templates: what a genre asks of a film in a period, every figure with its source, rows and spread.

:func:`template_for` reads the shipped figures (``*.json``) and blends them; ``make`` computes them from source files.
"""

from __future__ import annotations

from .blend import template_for, weights_of

__all__ = ["template_for", "weights_of"]
