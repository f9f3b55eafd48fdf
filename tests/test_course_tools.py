"""Tools for courses: copies without solutions, pages without widget state or keys, hooks that need no network."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[1]
PLANTED = "sk-planted0must1never2be3seen"
FILM = """
from pathlib import Path
from IPython.display import HTML
Path("../films/a/film").mkdir(parents=True)
_ = Path("../films/a/film/film.mp4").write_bytes(b"film")
HTML("<video src='../films/a/film/film.mp4?v=1'></video>".replace("'", chr(34)))
"""
WIDGET = "import ipywidgets\nipywidgets.Password(value='typed-' + 'into-a-field')"


@pytest.fixture(scope="module")
def tools():
    spec = importlib.util.spec_from_file_location("notebook_tools", ROOT / ".ci" / "notebooks.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def notebook(*cells):
    return new_notebook(cells=list(cells), metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})


def solution(source):
    cell = new_code_cell(source)
    cell.metadata["tags"] = ["solution"]
    return cell


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "notebooks"
    made.mkdir()
    first = notebook(
        new_markdown_cell("# First\n\n[next](01_b.ipynb)"),
        new_code_cell("open('left.txt', 'w').write('6 × 7 =')"),
        new_code_cell(FILM),
        solution("6 * 7"),
    )
    nbformat.write(first, made / "00_a.ipynb")
    nbformat.write(
        notebook(new_code_cell("print(open('left.txt').read(), 42)"), new_code_cell(WIDGET)), made / "01_b.ipynb"
    )
    return made


def test_students_get_no_solutions_and_no_outputs(tools, folder, tmp_path):
    done = nbformat.read(folder / "00_a.ipynb", 4)
    done.cells[2].outputs = [nbformat.v4.new_output("stream", text="42")]
    done.metadata["widgets"] = {"state": "typed"}
    nbformat.write(done, folder / "00_a.ipynb")
    written = tools.student(folder, tmp_path / "student")
    assert [path.name for path in written] == ["00_a.ipynb", "01_b.ipynb"]
    copy = nbformat.read(written[0], 4)
    nbformat.validate(copy)
    assert [cell.cell_type for cell in copy.cells] == ["markdown", "code", "code"]
    assert "6 * 7" not in written[0].read_text("utf-8")
    assert "typed" not in written[0].read_text("utf-8")
    assert not copy.cells[1].outputs


def test_only_what_is_asked_for_and_nowhere_else(tools, folder, tmp_path):
    assert [path.name for path in tools.student(folder, tmp_path / "s", ["01"])] == ["01_b.ipynb"]
    (tmp_path / "s" / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(SystemExit, match="other files"):
        tools.student(folder, tmp_path / "s")


def test_every_solution_of_ours_is_left_out(tools, tmp_path):
    written = tools.student(ROOT / "notebooks", tmp_path / "student")
    assert len(written) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    taken = 0
    for path in written:
        whole, copy = nbformat.read(ROOT / "notebooks" / path.name, 4), nbformat.read(path, 4)
        assert not [cell for cell in copy.cells if "solution" in cell.metadata.get("tags", [])]
        taken += len(whole.cells) - len(copy.cells)
    assert taken >= 20


@pytest.mark.slow
def test_pages_follow_one_another_and_store_no_widget_state(tools, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", PLANTED)
    written = tools.executed(folder, tmp_path / "executed", timeout_s=60)
    pages = [path.read_text("utf-8") for path in written]
    assert "6 × 7 = 42" in pages[1]
    assert "Password: a panel. Open the notebook to use it." in pages[1]
    assert 'href="01_b.html"' in pages[0]
    assert not [page for page in pages if "typed-into-a-field" in page or PLANTED in page]
    assert not [page for page in pages if "<script" in page or "cdnjs" in page]
    assert 'src="films/a/film/film.mp4?v=1"' in pages[0]
    assert (tmp_path / "executed" / "films" / "a" / "film" / "film.mp4").read_bytes() == b"film"
    assert "01_b.html" in (tmp_path / "executed" / "index.html").read_text("utf-8")
    assert not (folder / "left.txt").exists(), "the notebooks are run in a copy"


@pytest.mark.slow
def test_a_page_with_a_key_is_not_written(tools, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", PLANTED)
    nbformat.write(notebook(new_code_cell("import os; print(os.environ['OPENAI_API_KEY'])")), folder / "02_c.ipynb")
    with pytest.raises(SystemExit, match="02_c"):
        tools.executed(folder, tmp_path / "executed", ["02"], timeout_s=60)
    assert not (tmp_path / "executed" / "02_c.html").exists()


def test_the_hooks_are_local_and_their_programs_are_ours():
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert text.count("repo:") == text.count("repo: local") == 1
    assert "http" not in text
    entries = [line.split()[1] for line in text.splitlines() if line.strip().startswith("entry:")]
    assert entries
    assert all((ROOT / entry).exists() for entry in entries if (ROOT / ".venv").is_dir())
