"""The step notebooks 04 to 11, the index and the page of panels: their shape, their order, and that they run."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
NUMBERED = sorted(FOLDER.glob("[01][0-9]_*.ipynb"))
STEPS = [path for path in NUMBERED if "04" <= path.stem[:2] <= "10"]
WHOLE, TOOLS, INDEX = FOLDER / "11_whole_film.ipynb", FOLDER / "tools_widgets.ipynb", FOLDER / "index.ipynb"
BUDGET_S = 300
"""What notebooks 04 to 10 and the page of panels may take together; with 00 to 03 and 11 it is eight minutes."""
WHOLE_BUDGET_S = 90
PLANTED = "sk-planted0must1never2be3seen4"


def cells(path: Path) -> list[nbformat.NotebookNode]:
    return list(nbformat.read(path, 4).cells)


def code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in cells(path) if cell.cell_type == "code"]


def tagged(cell: nbformat.NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


def executed(path: Path, folder: Path, *injected: str, timeout: int = 240) -> nbformat.NotebookNode:
    """The notebook run in this folder; lines are injected as papermill does, in a cell after the parameters."""
    notebook = nbformat.read(path, 4)
    if injected:
        place = next(n for n, cell in enumerate(notebook.cells) if tagged(cell, "parameters"))
        source = "\n".join(["# Parameters", *injected])
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]})
        notebook.cells.insert(place + 1, cell)
    folder.mkdir(parents=True, exist_ok=True)
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=timeout, store_widget_state=False, resources=where).execute()
    return notebook


def outputs(notebook: nbformat.NotebookNode) -> Iterable[Any]:
    return (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)


def check_shown(notebook: nbformat.NotebookNode, *, charts: int) -> None:
    """Right answers to all exercises, charts, no complaint, nothing large, no state of widgets, no key."""
    page = nbformat.writes(notebook)
    kinds = [kind for output in outputs(notebook) for kind in output.get("data", {})]
    told = [o.text for o in outputs(notebook) if o.output_type == "stream" and o.name == "stderr"]
    solutions = [cell for cell in notebook.cells if tagged(cell, "solution")]
    assert not told
    assert kinds.count("image/png") >= charts
    assert page.count(": right.") == len(solutions)
    assert "not yet." not in page
    assert len(page) < 5_000_000
    assert "widgets" not in notebook.metadata
    assert PLANTED not in page


def test_every_step_has_a_notebook() -> None:
    assert [path.stem for path in STEPS] == [
        "04_read_a_book",
        "05_adapt_to_script",
        "06_storyboard",
        "07_voices_and_score",
        "08_pictures_and_clips",
        "09_cut_and_render",
        "10_deliver_and_review",
    ]
    assert all(path.is_file() for path in (WHOLE, TOOLS, INDEX))


@pytest.mark.parametrize("path", [*STEPS, WHOLE, TOOLS], ids=lambda p: p.stem)
def test_a_step_notebook_is_thin_and_stripped(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    first, second, *others = code(path)
    assert tagged(first, "parameters")
    assert len(second.source.splitlines()) <= 6
    assert all(sum(map(bool, map(str.strip, cell.source.splitlines()))) <= 5 for cell in others)
    assert len(first.source.splitlines()) <= 15
    assert all(len(line) <= 105 for cell in code(path) for line in cell.source.splitlines())  # as wide as a page
    for cell in code(path):
        assert not cell.outputs
        assert cell.execution_count is None
    assert "widgets" not in notebook.metadata


@pytest.mark.parametrize("path", [*STEPS, WHOLE], ids=lambda p: p.stem)
def test_a_step_notebook_leads_to_its_neighbours(path: Path) -> None:
    words = "\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")
    links = re.findall(r"\]\(([^)]+\.ipynb)\)", words)
    here = NUMBERED.index(path)
    after = NUMBERED[here + 1] if here + 1 < len(NUMBERED) else INDEX
    assert all((FOLDER / link).is_file() for link in links)
    assert {NUMBERED[here - 1].name, after.name} == set(links)


@pytest.mark.parametrize("path", [*STEPS, WHOLE], ids=lambda p: p.stem)
def test_exercises_can_be_checked_and_solutions_be_taken_out(path: Path) -> None:
    written = code(path)
    asked = [n for n, cell in enumerate(written) if tagged(cell, "exercise")]
    assert 3 <= len(asked) <= 5
    for n in asked:
        question, solution = written[n], written[n + 1]
        assert tagged(solution, "solution")
        assert question.source.startswith("answer = None\n")
        assert question.source.splitlines()[-1] == solution.source.splitlines()[-1]
    assert not any("check_film" in cell.source for cell in written if not cell.metadata.get("tags"))


@pytest.mark.parametrize("path", [*STEPS, WHOLE, TOOLS], ids=lambda p: p.stem)
def test_a_panel_has_its_twin_in_plain_code_right_after_it(path: Path) -> None:
    written = code(path)
    for n, cell in enumerate(written):
        if re.search(r"\w+Panel\(", cell.source) and path is not WHOLE:
            assert not re.search(r"\w+Panel\(", written[n + 1].source)
            assert not written[n + 1].metadata.get("tags")


def test_the_page_of_panels_has_all_of_them() -> None:
    from bookfilm_nb.widgets import panels

    shown = re.findall(r"panels\.(\w+Panel)\(", "\n".join(cell.source for cell in code(TOOLS)))
    assert sorted(shown) == sorted(name for name in panels.__all__ if name.endswith("Panel"))


def _index_maker() -> Any:
    spec = importlib.util.spec_from_file_location("notebook_index", ROOT / ".ci" / "notebook_index.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_index_is_made_from_the_notebooks_first_cells() -> None:
    maker = _index_maker()
    assert maker.main(["--check"]) == 0
    words = "\n".join(cell.source for cell in cells(INDEX))
    for path in FOLDER.glob("*.ipynb"):
        assert path == INDEX or f"]({path.name})" in words


def test_an_index_that_is_stale_is_told_and_a_first_cell_that_says_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    maker = _index_maker()
    shutil.copytree(FOLDER, tmp_path / "notebooks")
    monkeypatch.setattr(maker, "FOLDER", tmp_path / "notebooks")
    monkeypatch.setattr(maker, "TARGET", tmp_path / "notebooks" / "index.ipynb")
    (tmp_path / "notebooks" / STEPS[0].name).unlink()
    assert maker.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
    assert maker.main(["--write"]) == 0
    assert maker.main(["--check"]) == 0
    silent = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 12 · Nothing")])
    nbformat.write(silent, tmp_path / "notebooks" / "12_nothing.ipynb")
    with pytest.raises(SystemExit, match="12_nothing"):
        maker.main(["--check"])


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_notebooks_go_on_where_the_last_one_ended_within_their_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", PLANTED)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there: whoever calls a network fails
    least = {"04": 4, "05": 2, "06": 2, "07": 4, "08": 1, "09": 4, "10": 1}
    begun = time.monotonic()
    for path in STEPS:
        check_shown(executed(path, tmp_path / "notebooks"), charts=least[path.stem[:2]])
    check_shown(executed(TOOLS, tmp_path / "notebooks"), charts=1)
    assert time.monotonic() - begun < BUDGET_S
    film = tmp_path / "films" / "course"
    assert (film / "film" / "film.mp4").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["films", "notebooks"]
    assert [path.name for path in (tmp_path / "films").iterdir()] == ["course"]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("stem", ["05_adapt_to_script", "08_pictures_and_clips"])
def test_a_notebook_starts_alone_and_in_russian(tmp_path: Path, stem: str) -> None:
    notebook = executed(FOLDER / f"{stem}.ipynb", tmp_path / "notebooks", 'book = "ru"')
    check_shown(notebook, charts=1)
    assert "КОЛОКОЛ ПОДО ЛЬДОМ" in (tmp_path / "films" / "course" / "screenplay.fountain").read_text("utf-8").upper()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_papermill_makes_a_film_with_other_parameters(tmp_path: Path) -> None:
    pytest.importorskip("papermill", reason="no papermill; pip install 'bookfilm-nb[app]'")
    (tmp_path / "notebooks").mkdir()
    given = {"book": "ru", "out": "../films/mine", "minutes": "0.5", "genre": "mystery", "rights": "Mine"}
    words = [word for name, value in given.items() for word in ("-p", name, value)]
    command = [sys.executable, "-m", "papermill", str(WHOLE), "made.ipynb", "--no-progress-bar", *words]
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=tmp_path / "notebooks",
        env={**os.environ, "OPENAI_API_KEY": PLANTED},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert time.monotonic() - begun < WHOLE_BUDGET_S
    notebook = nbformat.read(tmp_path / "notebooks" / "made.ipynb", 4)
    page = nbformat.writes(notebook)  # with the state of its widgets, which papermill stores
    assert PLANTED not in page
    assert PLANTED not in done.stdout + done.stderr
    notebook.metadata.pop("widgets", None)
    check_shown(notebook, charts=0)
    folder = tmp_path / "films" / "mine"
    assert (folder / "film" / "film.mp4").is_file()
    assert (folder / "film" / "report.html").is_file()
    toml = (folder / "production.toml").read_text("utf-8")
    assert 'genre = "mystery"' in toml
    assert 'rights = "Mine"' in toml


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("where", ["run = False", "voila"])
def test_nothing_is_made_before_a_button_is_pressed(
    tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "voila":
        monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    notebook = executed(WHOLE, tmp_path / "notebooks", *([where] if "=" in where else []))
    assert "no answer yet" in nbformat.writes(notebook)
    assert ": right." not in nbformat.writes(notebook)
    folder = tmp_path / "films" / "whole-film"
    assert (folder / "production.toml").is_file()
    assert not (folder / "film").exists()
    assert not (folder / "screenplay.fountain").exists()
