"""A whole film, cold and again: ``python bench/film.py [--book en] [--minutes 2] [--size 720p]``.

Makes the film in a fresh folder with the installed command, on all cores, then again with nothing changed, then
again with one prompt of storyboard.csv changed. The last line is one JSON object:

- ``seconds_of_film``, ``wall_s``, ``wall_per_film_second`` (below 1: made in less time than it runs), ``cpu_s``
- ``peak_tree_mib``: the most memory that the process and all its workers held at one time (PSS where the system tells
  it, so that shared pages count once; else RSS), sampled 5 times a second (more would slow the film down)
- ``nothing_changed_s``: wall time of the whole command run again, the best of three; ``nothing_changed_cpu_s`` its CPU
- ``one_shot_changed_share``: CPU of the run after one changed prompt, as a share of the cold run's
- ``stages_s``: seconds of work of each stage, from the ledger (work done in parallel is added up)
- ``passed``: whether every gate of the review passed
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

import psutil

SAMPLES_A_SECOND = 5
AGAIN = 3


class Run(NamedTuple):
    """One command: wall and CPU seconds, the most memory of its tree in bytes, and what it printed."""

    wall_s: float
    cpu_s: float
    peak: int
    facts: dict[str, object]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--book", default="en")
    options.add_argument("--minutes", type=float, default=2.0)
    options.add_argument("--size", default="720p")
    options.add_argument("--keep", metavar="DIR", help="make the film here and keep it")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bookfilm-bench-") as temporary:
        folder = Path(chosen.keep or temporary) / "film"
        if folder.exists():
            sys.exit(f"{folder} is there already: the film must be made cold.")
        arguments = ["film", chosen.book, "--out", str(folder), "--minutes", str(chosen.minutes), "--size", chosen.size]
        print(json.dumps(measured(arguments, folder)))


def measured(arguments: list[str], folder: Path) -> dict[str, object]:
    """All figures of one film."""
    cold = run(arguments)
    stages = stage_seconds(folder)
    again = [run(arguments) for _ in range(AGAIN)]
    change_one_prompt(folder / "storyboard.csv")
    before = ledger_rows(folder)
    changed = run(arguments)
    seconds = float(str(cold.facts["seconds"]))
    gates = cold.facts["gates"]
    assert isinstance(gates, list)
    return {
        "seconds_of_film": seconds,
        "wall_s": round(cold.wall_s, 2),
        "wall_per_film_second": round(cold.wall_s / seconds, 3),
        "cpu_s": round(cold.cpu_s, 2),
        "cores": len(psutil.Process().cpu_affinity()),
        "peak_tree_mib": round(cold.peak / 2**20),
        "nothing_changed_s": round(min(r.wall_s for r in again), 3),
        "nothing_changed_cpu_s": round(min(r.cpu_s for r in again), 3),
        "one_shot_changed_share": round(changed.cpu_s / cold.cpu_s, 3),
        "one_shot_changed_s": round(changed.wall_s, 2),
        "one_shot_changed_made": ledger_rows(folder) - before,
        "stages_s": stages,
        "shots": cold.facts["shots"],
        "passed": all(gate["passed"] for gate in gates),
    }


def run(arguments: list[str]) -> Run:
    """The command with --json, watched."""
    code = "import sys; from bookfilm_nb.cli import main; sys.exit(main())"
    cpu, begun = children_cpu(), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    peak, over = [0], threading.Event()
    watcher = threading.Thread(target=watch, args=(process.pid, peak, over))
    watcher.start()
    out, err = process.communicate()
    wall_s = time.perf_counter() - begun
    over.set()
    watcher.join()
    if process.returncode:
        sys.exit(err)
    return Run(wall_s, children_cpu() - cpu, peak[0], json.loads(out))


def watch(pid: int, peak: list[int], over: threading.Event) -> None:
    """Keep the most memory that the tree below ``pid`` held at one time."""
    while not over.wait(1 / SAMPLES_A_SECOND):
        try:
            root = psutil.Process(pid)
            tree = [root, *root.children(recursive=True)]
        except psutil.Error:
            return
        peak[0] = max(peak[0], sum(map(memory, tree)))


def memory(process: psutil.Process) -> int:
    """Bytes that the process holds, its share of shared pages included."""
    try:
        held = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(held, "pss", 0) or held.rss)


def children_cpu() -> float:
    """CPU seconds of all processes that were started here and have ended, their own children included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def change_one_prompt(path: Path) -> None:
    """Make it night, or day, in the shot in the middle."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    column, row = rows[0].index("prompt"), rows[1 + len(rows) // 2]
    times = {", day,": ", night,", ", dusk,": ", night,", ", dawn,": ", night,", ", night,": ", day,"}
    old = next(word for word in times if word in row[column])
    row[column] = row[column].replace(old, times[old])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


def ledger_rows(folder: Path) -> int:
    from bookfilm_nb.production import Production

    return len(Production.open(folder).store.ledger())


def stage_seconds(folder: Path) -> dict[str, float]:
    """Seconds of work by stage."""
    from bookfilm_nb.production import Production

    seconds: dict[str, float] = {}
    for row in Production.open(folder).store.ledger():
        seconds[row.kind] = seconds.get(row.kind, 0.0) + row.seconds
    return {stage: round(spent, 2) for stage, spent in seconds.items()}


if __name__ == "__main__":
    main()
