"""From scenes to shots: the plan, its prompts, and storyboard.csv."""

from __future__ import annotations

from .looks import cast_looks, looks_words
from .plan import plan
from .table import read_csv, write_csv

__all__ = ["cast_looks", "looks_words", "plan", "read_csv", "write_csv"]
