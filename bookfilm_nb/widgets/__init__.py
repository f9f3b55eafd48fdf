"""What a notebook shows: tables, charts, previews and progress, over values and stores; no logic of the film."""

from __future__ import annotations

from .charts import pacing_chart, words_chart
from .progress import ProgressPanel
from .shows import film_player, frames, line_player, script
from .tables import gates_table, people_table, scenes_table, shots_table

__all__ = [
    "ProgressPanel",
    "film_player",
    "frames",
    "gates_table",
    "line_player",
    "pacing_chart",
    "people_table",
    "scenes_table",
    "script",
    "shots_table",
    "words_chart",
]
