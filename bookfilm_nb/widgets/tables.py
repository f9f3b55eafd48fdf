"""Values as pandas tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from bookfilm_nb.model import Reading, Storyboard, Timeline
    from bookfilm_nb.review import Review

__all__ = ["gates_table", "people_table", "scenes_table", "shots_table"]


def people_table(reading: Reading) -> pd.DataFrame:
    """The people of the book: name, other names, sex, age, looks, and how often they speak."""
    rows = [
        {
            "name": c.name,
            "also": ", ".join(c.names[1:5]),
            "sex": c.sex,
            "age": c.age,
            "looks": ", ".join(str(v) for v in c.looks.model_dump(exclude_defaults=True).values() if v is not True),
            "lines": c.quotes,
        }
        for c in reading.characters
    ]
    return pd.DataFrame(rows, columns=["name", "also", "sex", "age", "looks", "lines"])


def scenes_table(reading: Reading) -> pd.DataFrame:
    """The scenes of the book: where, when, weather, mood, and who is there."""
    names = {c.id: c.name for c in reading.characters}
    rows = [
        {
            "scene": s.id,
            "place": reading.place(s.place).name,
            "time": s.time,
            "weather": s.weather,
            "mood": s.mood,
            "people": ", ".join(names[c] for c in s.characters),
        }
        for s in reading.scenes
    ]
    return pd.DataFrame(rows, columns=["scene", "place", "time", "weather", "mood", "people"])


def shots_table(storyboard: Storyboard, timeline: Timeline) -> pd.DataFrame:
    """The shots: size, move, seconds on the screen, and the prompt that each is drawn from."""
    seconds = {clip.shot: clip.length / timeline.fps for clip in timeline.shots}
    rows = [
        {"shot": s.id, "size": s.size, "move": s.move, "seconds": round(seconds[s.id], 2), "prompt": s.prompt}
        for s in storyboard.shots
    ]
    return pd.DataFrame(rows, columns=["shot", "size", "move", "seconds", "prompt"])


def gates_table(measured: Review) -> pd.DataFrame:
    """What was measured on the film, with its limit."""
    rows = [{"measure": g.name, "found": g.value, "limit": g.limit, "passed": g.passed} for g in measured.gates]
    return pd.DataFrame(rows, columns=["measure", "found", "limit", "passed"])
