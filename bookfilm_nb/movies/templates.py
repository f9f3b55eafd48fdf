"""Genre templates from ``templates.json``: every figure with its source, its rows and its spread."""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import Figure, GenreTemplate

__all__ = ["GENRES", "template_for"]


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((files(__package__) / "templates.json").read_text("utf-8"))
    return table


GENRES: tuple[str, ...] = tuple(sorted(_table()["genres"]))
"""The genres there is a template for, in alphabetical order."""

_ALIASES = {
    "family": "children",
    "fairy tale": "children",
    "science fiction": "sci-fi",
    "scifi": "sci-fi",
    "sf": "sci-fi",
    "detective": "mystery",
    "melodrama": "romance",
    "love": "romance",
}


def template_for(genre: str) -> GenreTemplate:
    """What this genre asks of a film: shot lengths, pauses, share of dialogue, music.

    Letter case and spaces around do not matter, and a few common names lead to the genre that was measured
    ("science fiction" to "sci-fi"). Figures with ``rows`` 0 are choices of this project and say so.
    Raises ChoiceError for a genre without a template; it names the nearest ones and lists all.
    """
    wanted = " ".join(genre.casefold().replace("_", " ").split())
    wanted = _ALIASES.get(wanted, wanted)
    if wanted not in GENRES:
        near = get_close_matches(wanted, [*GENRES, *_ALIASES], n=3, cutoff=0.5)
        nearest = list(dict.fromkeys(_ALIASES.get(name, name) for name in near))
        guess = f"Did you mean {' or '.join(nearest)}? " if nearest else ""
        raise ChoiceError(
            f"There is no template for the genre {genre.strip()!r}.",
            hint=f"{guess}Choose one of: {', '.join(GENRES)}.",
            choices=list(GENRES),
            nearest=nearest,
        )
    table = _table()
    sources = table["sources"]
    row = table["genres"][wanted]
    return GenreTemplate(
        genre=wanted,
        shot_length_s=Figure(**row["shot_length_s"], source=sources["shot_length_s"]),
        shot_sigma=Figure(**table["shot_sigma"], source=sources["shot_sigma"]),
        dialogue_share=Figure(**table["dialogue_share"], source=sources["dialogue_share"]),
        pause_s=_choice(row["pause_s"], sources["pause_s"]),
        music_mode=row["music_mode"],
        music_bpm=_choice(row["music_bpm"], sources["music"]),
    )


def _choice(value: float, source: str) -> Figure:
    """A figure that nobody measured: no spread and no rows."""
    return Figure(value=value, low=value, high=value, source=source, rows=0)
