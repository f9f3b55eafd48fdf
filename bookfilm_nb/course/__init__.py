"""The course project's own recipe, measured: what each of its libraries does, and what it does not say.

Used by ``notebooks/extra_course_pipeline.ipynb``. The recipe's library calls stand in the notebook; here is what goes
around them: the doors to the models (or to a stand-in on this machine), the story to ask for, and the measures, all of
which open the finished files.
"""

from __future__ import annotations

from .charts import jitter_chart, late_chart
from .clock import Clock
from .compare import FilmFacts, comparison, recipe_facts, workbench_facts
from .doors import Doors, open_doors
from .exercises import Measured, check
from .hidden import cropped_table, joins_table, lengths_table, rounding_table
from .story import Scene, Story, as_book, ask

__all__ = [
    "Clock",
    "Doors",
    "FilmFacts",
    "Measured",
    "Scene",
    "Story",
    "as_book",
    "ask",
    "check",
    "comparison",
    "cropped_table",
    "jitter_chart",
    "joins_table",
    "late_chart",
    "lengths_table",
    "open_doors",
    "recipe_facts",
    "rounding_table",
    "workbench_facts",
]
