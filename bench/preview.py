"""How soon a page shows what was asked for: ``python bench/preview.py``.

Every shot of both bundled stories, and edits of its words (time, weather, place), drawn as the storyboard panel draws
them; then every shot of a film of half a minute as a small film, and every sound of it as its player. The last line is
one JSON object; ``_ms`` are milliseconds of the wall clock, a list is median, 95th percentile and worst:

- ``cold_ms``: the first picture in a fresh process, imports included
- ``shot_ms``, ``edit_ms``: a picture of the shot as it stands, and of one whose words were changed
- ``edit_share``: processor time of an edit's picture against that of the take (854 × 480) it stands for, median
- ``play_ms``: a shot as a small film; ``play_share``: its processor time against painting the film's own frames
- ``sound_ms``: a line or a piece of music with its waveform
- ``cores``, ``load_before``: what the machine had to spare (load average of the last minute)
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import Shot
    from bookfilm_nb.studio import Studio

FRAME = (854, 480)
EDITS = ("Night, rain.", "Snow, winter.", "Fog, dawn.", "Storm, evening.")
PLACES = ("Harbour", "Forest", "Street", "Kitchen", "Tavern", "Castle", "Beach", "Church", "Field", "Graveyard", "Ship")
COLD = """
import sys, time
from bookfilm_nb.model import Shot
from bookfilm_nb.studio.previewing import picture_of
shot = Shot.from_json(sys.stdin.read())
begun = time.perf_counter()
picture_of(shot, width=854, height=480)
print(1000 * (time.perf_counter() - begun))
"""


def main() -> None:
    load = os.getloadavg()[0]
    facts: dict[str, list[float]] = {
        name: [] for name in ("cold", "shot", "edit", "edit_share", "play", "play_share", "sound")
    }
    with tempfile.TemporaryDirectory(prefix="bookfilm-bench-") as folder:
        for book in ("en", "ru"):
            pictures(book, Path(folder) / book, facts)
            film(book, Path(folder) / f"{book}-half", facts)
    told: dict[str, object] = {
        "cold_ms": round(statistics.median(facts["cold"])),
        **{f"{name}_ms": spread(facts[name]) for name in ("shot", "edit", "play", "sound")},
        **{name: round(statistics.median(facts[name]), 2) for name in ("edit_share", "play_share")},
        "pictures": len(facts["shot"]) + len(facts["edit"]), "films": len(facts["play"]), "sounds": len(facts["sound"]),
        "cores": len(os.sched_getaffinity(0)), "load_before": round(load, 2),
    }  # fmt: skip
    print(json.dumps(told))


def pictures(book: str, out: Path, facts: dict[str, list[float]]) -> None:
    """Every shot, and edits of it."""
    from bookfilm_nb.illustrator import Illustrator
    from bookfilm_nb.studio.going_on import go_on
    from bookfilm_nb.studio.previewing import picture_of

    studio = go_on(book, out, until="storyboard")
    shots = studio.storyboard.shots
    studio.production.store.close()
    facts["cold"] += [cold(shots[0]) for _ in range(3)]
    picture_of(shots[0], width=FRAME[0], height=FRAME[1])
    for shot in shots:
        facts["shot"].append(timed(lambda: picture_of(shot, width=FRAME[0], height=FRAME[1]))[0])  # noqa: B023
    for number, shot in enumerate(shots):
        for words in (*EDITS, f"{PLACES[number % len(PLACES)]}."):
            edited = shot.model_copy(update={"prompt": f"{words} {shot.prompt}"})
            ms, spent = timed(lambda: picture_of(edited, width=FRAME[0], height=FRAME[1]))  # noqa: B023
            _, whole = timed(lambda: Illustrator().draw(edited, width=FRAME[0], height=FRAME[1]))  # noqa: B023
            facts["edit"].append(ms)
            facts["edit_share"].append(spent / whole)


def film(book: str, out: Path, facts: dict[str, list[float]]) -> None:
    """Every shot as a small film, and every sound."""
    from bookfilm_nb.render import FilmFrames
    from bookfilm_nb.studio.going_on import go_on
    from bookfilm_nb.widgets import shot_player
    from bookfilm_nb.widgets.panels.players import player_html

    studio: Studio = go_on(book, out, until="cut", minutes=0.5)
    timeline, store = studio.timeline, studio.production.store
    for clip in timeline.shots:
        ms, spent = timed(lambda: shot_player(timeline, store, clip.shot))  # noqa: B023
        painted = FilmFrames(timeline, store.blobs)
        _, whole = timed(lambda: [painted.frame(clip.start + k) for k in range(clip.length)])  # noqa: B023
        facts["play"].append(ms)
        facts["play_share"].append(spent / whole)
    for placed in (*timeline.voices, *timeline.music):
        data = store.read(placed.take.blob)
        facts["sound"].append(timed(lambda: player_html("", data))[0])  # noqa: B023
    store.close()


def cold(shot: Shot) -> float:
    """Milliseconds of the first picture in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", COLD], input=shot.to_json(), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of processor time."""
    begun, spent = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - spent)


def spread(values: list[float]) -> list[int]:
    """Median, 95th percentile and worst."""
    ordered = sorted(values)
    return [round(statistics.median(ordered)), round(ordered[int(0.95 * (len(ordered) - 1))]), round(ordered[-1])]


if __name__ == "__main__":
    main()
