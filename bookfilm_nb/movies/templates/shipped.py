"""The shipped figures: read from the JSON files beside this module, and put together as a template."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from bookfilm_nb.model import ActPace, Figure, GenreTemplate, Palette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bookfilm_nb.model import Period

__all__ = ["ACTS", "ANY", "SUBJECTS", "shipped"]

ANY = "any"
"""Stands for every genre, or every period, in a shipped table."""
SUBJECTS = ("runtime", "shots", "acts", "words", "tone", "posters", "choices")
"""The shipped files, ``choices`` by hand and the others made by ``python -m bookfilm_nb.movies.templates.make``."""
ACTS: tuple[Literal["setup", "complication", "development", "climax"], ...] = (
    "setup", "complication", "development", "climax",
)  # fmt: skip


@cache
def _file(subject: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((files(__package__) / f"{subject}.json").read_text("utf-8"))
    return table


@cache
def shipped(genre: str, period: Period) -> GenreTemplate:
    """The template of one genre, by its canonical name, in one period. Raises KeyError for a genre without one."""
    words = "narration_wpm "
    tone = "tone "
    return GenreTemplate(
        genre=genre,
        period=period,
        weights={genre: 1.0},
        runtime_min=_figure("runtime", "runtime_min", genre, period),
        acts=tuple(
            ActPace(
                name=name, starts=i / 4, ends=(i + 1) / 4, shot_length=_figure("acts", f"act {name}", genre, period)
            )
            for i, name in enumerate(ACTS)
        ),
        scene_length_s=_figure("words", "scene_length_s", genre, period),
        shot_length_s=_figure("shots", "shot_length_s", genre, period),
        median_shot_s=_figure("shots", "median_shot_s", genre, period),
        shot_sigma=_figure("shots", "shot_sigma", genre, period),
        dialogue_share=_figure("words", "dialogue_share", genre, period),
        narration_wpm={n.removeprefix(words): _figure("words", n, genre, period) for n in _names("words", words)},
        tone={n.removeprefix(tone): _figure("tone", n, genre, period) for n in _names("tone", tone)},
        palette=Palette(
            brightness=_figure("posters", "poster brightness", genre, period),
            saturation=_figure("posters", "poster saturation", genre, period),
        ),
        pause_s=_figure("choices", "pause_s", genre, period),
        music_mode=_file("choices")["music_mode"][genre],
        music_bpm=_figure("choices", "music_bpm", genre, period),
    )


def _names(subject: str, begins: str) -> Iterator[str]:
    return (name for name in _file(subject)["figures"] if name.startswith(begins))


def _figure(subject: str, name: str, genre: str, period: Period) -> Figure:
    """The figure of this genre and period; where the table does not tell genres or periods apart, the common one."""
    table = _file(subject)
    figures = table["figures"][name]
    periods = [figures[p] for p in (period, ANY) if p in figures]
    row = next(rows[g] for g in (genre, ANY) for rows in periods if g in rows)
    source = table["sources"][row["source"]]
    if row.get("note"):
        source = f"{source}; {row['note']}"
    return Figure(value=row["value"], low=row["low"], high=row["high"], rows=row["rows"], source=source)
