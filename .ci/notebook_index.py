"""notebooks/index.ipynb from the notebooks' first cells: ``--write`` makes it, ``--check`` fails where it is stale."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
TARGET = FOLDER / "index.ipynb"

GROUPS = {
    "Begin here": r"00_",
    "Movie data and templates": r"0[1-3]_",
    "From a book to a film, step by step": r"0[4-9]_|10_",
    "All at once": r"1[1-9]_",
    "Further": r"\D",
}
"""Headings, and the beginnings of the names of the notebooks below them."""


_HEAD = """# Index

**You will** find every notebook here, in order. Each can start alone: what it needs is made if it is missing.

**You need** nothing but BookFilm: no key, no graphics card, no network.

**It takes** no time, and costs nothing."""


def first_cell(path: Path) -> str:
    """The words of the notebook's first cell."""
    return "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])


def row(path: Path) -> str:
    """One line of the index: name, what you will do, how long it takes. Raises SystemExit where a cell says neither."""
    words = first_cell(path)
    title = re.search(r"^# (.+)$", words, re.MULTILINE)
    will = re.search(r"\*\*You will\*\* (.+)", words)
    takes = re.search(r"\*\*It takes\*\* ([^,.]+)", words)
    if not (title and will and takes):
        raise SystemExit(f"{path.name}: its first cell must have a title, **You will** and **It takes**.")
    # Links inside a sentence would break the table's own
    sentence = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", will[1]).replace("|", "/")
    return f"| [{title[1]}]({path.name}) | {sentence[0].upper()}{sentence[1:]} | {takes[1]} |"


def index() -> str:
    """The notebook as text."""
    paths = [path for path in sorted(FOLDER.glob("*.ipynb")) if path != TARGET]
    parts = [_HEAD]
    for heading, pattern in GROUPS.items():
        rows = [row(path) for path in paths if re.match(pattern, path.name)]
        if rows:
            parts.append("\n".join([f"## {heading}\n", "| notebook | you will | it takes |", "|---|---|---|", *rows]))
    cells = [
        {"cell_type": "markdown", "id": str(n), "metadata": {}, "source": part.splitlines(keepends=True)}
        for n, part in enumerate(parts)
    ]
    about = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    """0 where all is well."""
    made = index()
    if arguments == ["--write"]:
        TARGET.write_text(made, "utf-8")
        return 0
    if arguments == ["--check"]:
        if TARGET.is_file() and TARGET.read_text("utf-8") == made:
            return 0
        sys.stderr.write("notebooks/index.ipynb is stale: python .ci/notebook_index.py --write\n")
        return 1
    sys.stderr.write(f"{__doc__}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
