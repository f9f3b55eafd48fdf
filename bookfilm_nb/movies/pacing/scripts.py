"""Scene length and share of dialogue, from counts over produced screenplays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import Figure, Value
from bookfilm_nb.movies.table import TableReport

from .listed import read_csv
from .measured import Measured, spread

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["ScriptPacing", "load_scripts", "script_pacing"]

_COUNTS = {
    "headings": "location", "speeches": "speech", "direction_words": "w_direction", "dialogue_words": "w_speech",
    "characters": "chars",
}  # fmt: skip
_COUNT = re.compile(r"\d{1,7}(?:\.0+)?", re.ASCII)
_MINUTES = re.compile(r"\d{1,3}(?:\.\d{1,3})?", re.ASCII)
FEWEST_HEADINGS = 20
"""A feature with fewer scene headings than this is one whose headings were not recognised."""


class ScriptPacing(Value):
    """What the counts say: medians over screenplays with interquartile range."""

    scene_length_s: Figure
    """Running time divided by the number of scene headings, seconds."""
    dialogue_share: Figure
    """Words of dialogue divided by words of dialogue and direction."""
    spoken_words_min: Figure
    """Words of dialogue divided by the running time, a minute of film."""
    headings: Figure


def load_scripts(path: Path) -> Measured:
    """Counts over screenplays, one a row: CSV with film, LOCATION (headings), SPEECH, w_DIRECTION, w_SPEECH, runtime.

    Columns: title (string), headings, speeches, direction_words, dialogue_words, characters (Int64), runtime_min
    (Float64), scene_length_s and dialogue_share (Float64). Unknown is ``<NA>``: a missing count or running time, and
    the scene length where fewer than 20 headings were recognised in a whole film (counted as unknown ``headings``).
    Set aside: rows without a title, and without words of dialogue and direction. Raises DataError for another file.
    """
    rows = read_csv(path, "counts over screenplays", ("film", "location", "w_direction", "w_speech", "runtime"))
    import pandas as pd

    set_aside = {"without a title": 0, "without words": 0}
    kept: list[dict[str, object]] = []
    for row in rows:
        counts = {name: _number(row.get(column, ""), _COUNT) for name, column in _COUNTS.items()}
        if not row["film"]:
            set_aside["without a title"] += 1
        elif not (counts["direction_words"] or 0) + (counts["dialogue_words"] or 0):
            set_aside["without words"] += 1
        else:
            kept.append({"title": row["film"], **counts, "runtime_min": _number(row["runtime"], _MINUTES) or None})
    if not kept:
        raise DataError(f"{path} counts no screenplay.", hint="Give the file as it was published.", path=str(path))
    kinds = {"title": "string", **dict.fromkeys(_COUNTS, "Int64"), "runtime_min": "Float64"}
    table = pd.DataFrame({name: pd.array([row[name] for row in kept], dtype=kind) for name, kind in kinds.items()})  # type: ignore[call-overload]
    recognised = table["headings"].ge(FEWEST_HEADINGS).fillna(value=False)
    table["scene_length_s"] = (table["runtime_min"] * 60 / table["headings"].where(recognised)).astype("Float64")
    words = table["dialogue_words"] + table["direction_words"]
    table["dialogue_share"] = (table["dialogue_words"] / words).astype("Float64")
    few = int((~recognised & table["headings"].notna()).sum())
    report = TableReport(
        file=path.name,
        rows_in=len(rows),
        rows_out=len(kept),
        set_aside={reason: count for reason, count in set_aside.items() if count},
        unknown={"headings": few} if few else {},
    )
    return Measured(table, report)


def script_pacing(scripts: pd.DataFrame, source: str) -> ScriptPacing:
    """Scene length and share of dialogue over the table of :func:`load_scripts`; ``source`` goes into the figures.

    The headings over-count scenes (INSIDE and ANGLE lines pass for headings), so a scene is rather longer than told.
    Raises DataError where no film has both headings and a running time.
    """
    spoken = scripts["dialogue_words"] / scripts["runtime_min"]
    found = {
        "scene_length_s": spread(_floats(scripts["scene_length_s"]), source),
        "dialogue_share": spread(_floats(scripts["dialogue_share"]), source),
        "spoken_words_min": spread(_floats(spoken), source),
        "headings": spread(_floats(scripts["headings"].where(scripts["headings"] >= FEWEST_HEADINGS)), source),
    }
    if None in found.values():
        raise DataError("No screenplay has headings and a running time.", hint="Give a table with both.")
    return ScriptPacing.model_validate(found)


def _floats(column: pd.Series) -> list[float]:
    numbers: list[float] = column.to_numpy(dtype="float64", na_value=float("nan")).tolist()
    return numbers


def _number(cell: str, pattern: re.Pattern[str]) -> float | None:
    return float(cell) if pattern.fullmatch(cell) else None
