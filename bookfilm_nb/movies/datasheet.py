"""Datasheets: what a source is, who owns it, what one may do with it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from bookfilm_nb.model import Document

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Allowed", "DataSheet", "comparison"]

Allowed = Literal["yes", "no", "ask the owner", "unclear"]


class DataSheet(Document):
    """One data source, as a person who must decide about it wants to know it."""

    name: str
    """The source's name here: ``imdb``."""
    title: str
    link: str
    owner: str
    licence: str
    research: Allowed
    commercial_film: Allowed
    """Whether figures from it may shape a film that is sold."""
    redistribution: Allowed
    attribution: str = ""
    """A notice that must be shown wherever the data is."""
    cost: str
    key: str = ""
    """The setting that holds the key (``TMDB_API_KEY``), or nothing."""
    rate_limit: str
    geography: str
    """Where it cannot be reached from, as far as known."""
    freshness: str
    size: str
    columns: Mapping[str, str]
    """Its own columns and what they hold, units included."""
    faults: tuple[str, ...]
    """Known faults; each is handled by the loader and has a test."""
    answers: tuple[str, ...]
    """Which questions of ours it can answer."""
    cannot_answer: tuple[str, ...] = ()
    getting: str
    """How one gets it, as one sentence or one command."""
    checked: str
    """The day on which this sheet was last compared with the source, ISO 8601."""
    citation: str = ""


def comparison(sheets: tuple[DataSheet, ...]) -> pd.DataFrame:
    """All sheets side by side: one source a row, for the notebook. Text columns, dtype ``string``."""
    import pandas as pd

    fields = (
        "title", "licence", "research", "commercial_film", "redistribution", "cost", "key", "rate_limit", "geography",
        "freshness", "size", "link",
    )  # fmt: skip
    rows = {sheet.name: {name: getattr(sheet, name) for name in fields} for sheet in sheets}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(fields)).astype("string")
    table["faults"] = pd.Series({s.name: len(s.faults) for s in sheets}, dtype="Int16")
    table["answers"] = pd.Series({s.name: "; ".join(s.answers) for s in sheets}, dtype="string")
    return table.rename_axis("source")
