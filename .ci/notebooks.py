"""Copies of the notebooks for a course: ``student`` (without solutions) and ``executed`` (as pages, with outputs).

    python .ci/notebooks.py student student/
    python .ci/notebooks.py executed executed/ [--only 00 03] [--timeout 600]

Neither stores the state of widgets, in which what was typed into a field would lie; ``executed`` runs a copy of each
notebook in the order of their names, all in one folder, so that each goes on where the last one ended, and writes an
index.html, with the films beside them. A page in which a key of this machine would stand is not written.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
SOLUTION = "solution"
KEY_WORDS = ("KEY", "TOKEN", "SECRET", "PASSWORD")
SHORTEST_KEY = 8


def chosen(folder: Path, only: Iterable[str] = ()) -> list[Path]:
    """The notebooks of a folder whose names begin with one of ``only``, or all."""
    starts = tuple(only) or ("",)
    return sorted(path for path in folder.glob("*.ipynb") if path.name.startswith(starts))


def for_students(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without solutions, outputs and the state of widgets."""
    notebook.cells = [cell for cell in notebook.cells if SOLUTION not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata.pop("widgets", None)
    return notebook


def student(folder: Path, into: Path, only: Iterable[str] = ()) -> list[Path]:
    """Copies for students; a folder that holds other files than notebooks is not written into."""
    if into.is_dir() and any(path.suffix != ".ipynb" for path in into.iterdir()):
        raise SystemExit(f"{into} holds other files than notebooks: choose another folder.")
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for path in chosen(folder, only):
        written.append(into / path.name)
        nbformat.write(for_students(nbformat.read(path, 4)), written[-1])
    return written


def planted() -> list[str]:
    """Values of this machine's environment that look like keys."""
    names = [name for name in os.environ if any(word in name.upper() for word in KEY_WORDS)]
    return [os.environ[name] for name in names if len(os.environ[name]) >= SHORTEST_KEY]


def run(path: Path, workplace: Path, timeout_s: int) -> nbformat.NotebookNode:
    """The notebook, executed in ``workplace``, its widgets' state not stored."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, 4)
    resources = {"metadata": {"path": str(workplace)}}
    NotebookClient(notebook, timeout=timeout_s, store_widget_state=False, resources=resources).execute()
    notebook.metadata.pop("widgets", None)
    return notebook


VIEW = "application/vnd.jupyter.widget-view+json"


def without_widgets(notebook: nbformat.NotebookNode) -> None:
    """Say in words where a panel stands: a page without a kernel can show none."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if VIEW in data:
                name = data.get("text/plain", "").partition("(")[0]
                output["data"] = {"text/plain": f"{name}: a panel. Open the notebook to use it."}


def as_page(notebook: nbformat.NotebookNode, name: str) -> str:
    """The notebook as one HTML page that fetches nothing from elsewhere; links lead to pages and films beside it."""
    from nbconvert import HTMLExporter

    without_widgets(notebook)
    exporter = HTMLExporter(embed_images=True)
    notebook.metadata["title"] = name
    page, _ = exporter.from_notebook_node(notebook)
    page = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)  # formulas and diagrams, from other machines
    return page.replace('.ipynb"', '.html"').replace('="../films/', '="films/')


def executed(folder: Path, into: Path, only: Iterable[str] = (), timeout_s: int = 600) -> list[Path]:
    """Pages of all notebooks with their outputs. Raises SystemExit where a key would stand in one."""
    into.mkdir(parents=True, exist_ok=True)
    keys = planted()
    written, rows = [], []
    with tempfile.TemporaryDirectory(prefix="bookfilm-executed-") as temporary:
        workplace = Path(temporary) / "notebooks"
        shutil.copytree(folder, workplace)
        for path in chosen(workplace, only):
            begun = time.monotonic()
            page = as_page(run(path, workplace, timeout_s), path.stem)
            if any(key in page for key in keys):
                raise SystemExit(
                    f"{path.name}: a key of this machine would stand in its page. Nothing more is written."
                )
            target = into / f"{path.stem}.html"
            target.write_text(page, "utf-8")
            written.append(target)
            rows.append((target.name, time.monotonic() - begun))
            sys.stdout.write(f"{target}: {rows[-1][1]:.0f} s\n")
        for film in Path(temporary).glob("films/**/film.*"):
            shutil.copytree(film.parent, into / film.parent.relative_to(temporary), dirs_exist_ok=True)
    (into / "index.html").write_text(_contents(rows), "utf-8")
    return written


def _contents(rows: Sequence[tuple[str, float]]) -> str:
    items = "".join(
        f'<li><a href="{html.escape(name)}">{html.escape(name[:-5])}</a>, {took:.0f} s</li>' for name, took in rows
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>BookFilm, executed notebooks</title></head>'
        f"<body><main><h1>Executed notebooks</h1><ol>{items}</ol></main></body></html>\n"
    )


def main() -> None:
    """One of the two."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=["student", "executed"])
    options.add_argument("into", type=Path)
    options.add_argument("--from", dest="folder", type=Path, default=NOTEBOOKS)
    options.add_argument("--only", nargs="*", default=[], help="beginnings of names")
    options.add_argument("--timeout", type=int, default=600, help="seconds that one cell may take")
    given = options.parse_args()
    if given.what == "student":
        sys.stdout.write("".join(f"{path}\n" for path in student(given.folder, given.into, given.only)))
    else:
        executed(given.folder, given.into, given.only, given.timeout)


if __name__ == "__main__":
    main()
