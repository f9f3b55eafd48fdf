"""What a notebook shows: tables, charts, previews and progress, over values and stores; no logic of the film."""

from __future__ import annotations

from .charts import pacing_chart, words_chart
from .data_charts import adaptation_charts, by_genre, known_chart, ratings_chart, rows_chart, runtime_chart, years_chart
from .data_tables import faults_table, in_full, loaded_table, notices, report_table
from .exercises import check
from .model_charts import confusion_chart, enough_chart, f1_chart, learning_chart, proposal_chart, reliability_chart
from .pacing_charts import (
    acts_chart,
    curve_chart,
    decades_chart,
    fit_chart,
    law_chart,
    own_film_chart,
    periods_chart,
    prediction_chart,
    sigma_chart,
)
from .progress import ProgressPanel
from .shows import film_player, frames, line_player, script
from .tables import gates_table, people_table, scenes_table, shots_table
from .template_charts import compare_chart, palette_chart, template_table, templates_chart, tone_chart

__all__ = [
    "ProgressPanel",
    "acts_chart",
    "adaptation_charts",
    "by_genre",
    "check",
    "compare_chart",
    "confusion_chart",
    "curve_chart",
    "decades_chart",
    "enough_chart",
    "f1_chart",
    "faults_table",
    "film_player",
    "fit_chart",
    "frames",
    "gates_table",
    "in_full",
    "known_chart",
    "law_chart",
    "learning_chart",
    "line_player",
    "loaded_table",
    "notices",
    "own_film_chart",
    "pacing_chart",
    "palette_chart",
    "people_table",
    "periods_chart",
    "prediction_chart",
    "proposal_chart",
    "ratings_chart",
    "reliability_chart",
    "report_table",
    "rows_chart",
    "runtime_chart",
    "scenes_table",
    "script",
    "shots_table",
    "sigma_chart",
    "template_table",
    "templates_chart",
    "tone_chart",
    "words_chart",
    "years_chart",
]
