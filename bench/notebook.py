"""From an opened notebook to a film: ``python bench/notebook.py [--runs 1]``.

Runs ``notebooks/00_start_here.ipynb`` cell by cell in a fresh folder and kernel, as "Run All" does. The last line is
one JSON object; seconds are medians over the runs:

- ``kernel_s``: until the kernel answers (before the clock starts)
- ``first_picture_s``: from the kernel's answer until the first output with a picture is there
- ``first_frame_s``: until the first frame of the film is seen
- ``film_s``: until the film can be played; ``film_seconds`` is how long it runs
- ``all_s``: until the last cell is done
- ``cores``, ``load_before``: what the machine had to spare (load average of the last minute)
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "00_start_here.ipynb"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=1)
    load = os.getloadavg()[0]
    runs = [measured() for _ in range(options.parse_args().runs)]
    facts = {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}
    print(
        json.dumps({**facts, "cores": len(os.sched_getaffinity(0)), "load_before": round(load, 2), "runs": len(runs)})
    )


def measured() -> dict[str, float]:
    """One run."""
    notebook = nbformat.read(NOTEBOOK, 4)
    with tempfile.TemporaryDirectory(prefix="bookfilm-bench-") as temporary:
        place = Path(temporary) / "notebooks"
        place.mkdir()
        client = NotebookClient(
            notebook, timeout=600, store_widget_state=False, resources={"metadata": {"path": str(place)}}
        )
        opened = time.perf_counter()
        with client.setup_kernel():
            client.execute_cell(nbformat.v4.new_code_cell("1"), 0, store_history=False)
            begun = time.perf_counter()
            found = {"kernel_s": begun - opened}
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type != "code":
                    continue
                client.execute_cell(cell, index)
                now = time.perf_counter() - begun
                shown = "".join(str(output.get("data", "")) for output in cell.outputs)
                if "image/png" in shown or "data:image/" in shown:
                    found.setdefault("first_picture_s", now)
                if 'alt="s0' in shown:
                    found.setdefault("first_frame_s", now)
                if "<video" in shown:
                    found.setdefault("film_s", now)
            found["all_s"] = time.perf_counter() - begun
        (film,) = Path(temporary).glob("films/*/film/film.mp4")
        return {**found, "film_seconds": seconds_of(film)}


def seconds_of(film: Path) -> float:
    from bookfilm_nb.render.probe import probe

    return probe(film).duration_s


if __name__ == "__main__":
    main()
