"""Notebooks: thin, stripped, linked, and they run from top to bottom."""

from __future__ import annotations

import re
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[01][0-9]_*.ipynb"))
DATA = [path for path in NOTEBOOKS if path.stem[:2] in {"01", "02", "03"}]
DATA_BUDGET_S = 240
"""What the three notebooks on movie data may take together."""
PLANTED = {
    name: f"planted0{n}1must2never3be4seen"
    for n, name in enumerate(("TMDB_API_KEY", "OMDB_API_KEY", "KAGGLE_API_TOKEN", "GITHUB_TOKEN"))
}


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def run(path: Path, folder: Path, **parameters: object) -> nbformat.NotebookNode:
    """The notebook, executed in this folder with these parameters after its own."""
    notebook = nbformat.read(path, 4)
    given = [f"{name} = {value!r}" for name, value in parameters.items()]
    code(notebook)[0].source = "\n".join([code(notebook)[0].source, *given])
    folder.mkdir(exist_ok=True)
    client = NotebookClient(
        notebook, timeout=240, store_widget_state=False, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    assert len(nbformat.writes(notebook)) < 5_000_000
    return notebook


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """The kinds of what the cells show, one for each output."""
    return [kind for cell in code(notebook) for output in cell.outputs for kind in output.get("data", {})]


def complaints(notebook: nbformat.NotebookNode) -> list[str]:
    """What was written to standard error."""
    return [
        output.text
        for cell in code(notebook)
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stderr"
    ]


def test_there_are_notebooks() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS][:4] == ["00", "01", "02", "03"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_thin_and_stripped(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    cells = code(notebook)
    assert "parameters" in cells[0].metadata.get("tags", [])
    for cell in cells:
        assert not cell.outputs
        assert cell.execution_count is None
        assert len(cell.source.splitlines()) <= 15
    assert len(cells[1].source.splitlines()) <= 6
    assert all(sum(map(bool, map(str.strip, cell.source.splitlines()))) <= 5 for cell in cells[2:])
    assert "widgets" not in notebook.metadata


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_says_what_it_takes_and_leaves_and_ends_with_exercises(path: Path) -> None:
    texts = prose(nbformat.read(path, 4))
    for promise in ("You will", "You need", "You leave behind", "It takes", "costs nothing"):
        assert promise in texts[0]
    assert texts[0].startswith(f"# {path.stem[:2]} · ")
    exercises = "\n".join(texts[next(n for n, text in enumerate(texts) if text.startswith("## Exercises")) :])
    assert len(re.findall(r"^\d\. ", exercises, re.MULTILINE)) >= 4


@pytest.mark.parametrize("path", DATA, ids=lambda p: p.stem)
def test_notebooks_lead_to_their_neighbours_and_exercises_can_be_checked(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    links = re.findall(r"\]\(([^)]+\.ipynb)\)", "\n".join(prose(notebook)))
    assert all((path.parent / link).is_file() for link in links)
    here = NOTEBOOKS.index(path)
    neighbours = {NOTEBOOKS[here - 1].name, NOTEBOOKS[here + 1].name}
    assert neighbours <= set(links)
    assert sum("widgets.check(" in cell.source for cell in code(notebook)) >= 3


@pytest.mark.slow
def test_the_first_notebook_makes_a_film(tmp_path: Path) -> None:
    notebook = run(NOTEBOOKS[0], tmp_path / "notebooks")
    assert (tmp_path / "films" / "start-here" / "film" / "film.mp4").is_file()
    assert {"text/html", "image/png"} <= set(shown(notebook))
    page = nbformat.writes(notebook)
    assert page.count(": right.") == 3
    assert "not yet." not in page


@pytest.mark.slow
def test_the_data_notebooks_need_no_download_no_key_and_little_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in PLANTED.items():
        monkeypatch.setenv(name, value)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there: whoever downloads fails
    begun = time.monotonic()
    for path in DATA:
        notebook = run(path, tmp_path / "notebooks")
        page = nbformat.writes(notebook)
        assert not [value for value in PLANTED.values() if value in page]
        assert shown(notebook).count("image/png") >= 5
        assert not complaints(notebook)
        assert page.count("no answer yet") == 3
    assert time.monotonic() - begun < DATA_BUDGET_S
    assert list(tmp_path.rglob("*.csv")) == []
    assert [path.name for path in tmp_path.iterdir()] == ["notebooks"]


@pytest.mark.slow
@pytest.mark.shared_data
def test_the_data_notebooks_show_every_further_source(tmp_path: Path, shared_data: Path) -> None:
    pacing = shared_data / "pacing"
    given = {
        "01": {"SOURCES_FOLDER": str(shared_data / "sources"), "LOOK_AT": "kaggle"},
        "02": {"SOURCES_FOLDER": str(shared_data / "sources")},
        "03": {
            "CINEMETRICS": str(pacing / "cinemetrics" / "cinemetrics.csv"),
            "CUTTING": str(pacing / "cutting_redfern" / "cutting.csv"),
            "CUTTING_GENRES": str(pacing / "cutting_redfern" / "film_genre.csv"),
        },
    }
    least = {"01": 6, "02": 9, "03": 10}
    for path in DATA:
        notebook = run(path, tmp_path / "notebooks", **given[path.stem[:2]])
        assert shown(notebook).count("image/png") >= least[path.stem[:2]]
        assert not complaints(notebook)
