"""A package of a third party: installed, listed, used, paid for within its budget, with no change here."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest
from film_files import command
from test_keys import PLANTED
from test_notebooks import code, complaints, prose, run
from web_files import files_tell

from bookfilm_nb.production import Production, Till

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).parent / "example_provider"
NOTEBOOK = SOURCE.parents[1] / "notebooks" / "extra_own_provider.ipynb"
SMALL = ("--minutes", "0.5", "--size", "480p", "--voice", "beeps", "--images", "flat")


def wheel(folder: Path) -> Path:
    """The wheel that hatchling would build of the example, without asking for hatchling."""
    project = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))["project"]
    stem = f"{project['name'].replace('-', '_')}-{project['version']}"
    points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in offers.items())
        for group, offers in project["entry-points"].items()
    )
    files = {
        "bookfilm_beeps.py": (SOURCE / "bookfilm_beeps.py").read_text("utf-8"),
        f"{stem}.dist-info/METADATA": "Metadata-Version: 2.1\n"
        f"Name: {project['name']}\nVersion: {project['version']}\n",
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{stem}.dist-info/entry_points.txt": points,
    }
    record = ""
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(text.encode())}\n"
    files[f"{stem}.dist-info/RECORD"] = f"{record}{stem}.dist-info/RECORD,,\n"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example package in it, put there by pip without a network."""
    folder = tmp_path_factory.mktemp("site")
    line = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check", "--target"]
    subprocess.run([sys.executable, *line, folder / "packages", wheel(folder)], check=True)
    return folder / "packages"


def told(installed: Path, *arguments: str | Path, code: int = 0) -> dict[str, Any]:
    """The JSON that a command prints where the package is installed."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(command(*arguments, "--json"), capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_is_listed_with_what_works_now(installed: Path) -> None:
    offers = {(o["door"], o["name"]): o for o in told(installed, "providers")["providers"]}
    assert offers["voice", "beeps"]["state"] == offers["images", "flat"]["state"] == "works now"
    assert offers["voice", "beeps"]["languages"] == ["en", "ru"]
    assert offers["images", "flat"]["price"] == "as its estimate says"  # never "nothing"


def test_a_film_within_its_budget(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "film"
    estimate = told(installed, "estimate", "en", "--out", out, *SMALL)
    assert sorted(path.name for path in out.iterdir()) == [".store", "production.toml"]
    assert told(installed, "cost", out)["calls"] == []
    assert estimate["exact"]
    stages = {stage["stage"]: stage for stage in estimate["stages"]}
    assert set(stages) == {"voice", "shoot"}
    total = estimate["total"]["high"]
    assert total == pytest.approx(sum(stage["estimate"]["high"] for stage in stages.values()))

    stopped = told(installed, "film", "en", "--out", out, *SMALL, "--budget", "0.10", code=4)
    assert stopped["error"] == "BudgetError"
    cost = told(installed, "cost", out)
    assert (cost["held_usd"], cost["budget_usd"]) == (0, 0.1)
    assert 0.06 < cost["spent_usd"] <= 0.1
    first = [call["key"] for call in cost["calls"]]
    assert first

    film = told(installed, "film", "en", "--out", out, *SMALL, "--budget", "0.50")
    assert [gate["name"] for gate in film["gates"] if not gate["passed"]] == []
    cost = told(installed, "cost", out)
    assert {call["state"] for call in cost["calls"]} == {"settled"}
    assert cost["spent_usd"] == pytest.approx(total)
    assert [call["key"] for call in cost["calls"]][: len(first)] == first
    assert max(Counter(call["key"] for call in cost["calls"]).values()) == 1
    assert Counter(call["stage"] for call in cost["calls"]) == {n: s["calls"] for n, s in stages.items()}
    assert all(call["usage"] for call in cost["calls"])
    status = told(installed, "status", out)
    assert sum(stage["money"] for stage in status["stages"]) == pytest.approx(total)


def test_the_notebook_makes_a_film_with_engines_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PLANTED.items():
        monkeypatch.setenv(name, value)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there: whoever downloads fails
    notebook = run(NOTEBOOK, tmp_path / "notebooks")
    page = nbformat.writes(notebook)
    assert [value for value in PLANTED.values() if value in page] == []
    assert complaints(notebook) == []
    assert page.count(": right.") == 3
    assert "not yet." not in page
    assert "of the budget of 0.1000 USD, 0.0800 are spent or held" in page
    films = tmp_path / "films"
    assert (films / "own-provider" / "film" / "film.mp4").is_file()
    (counts,) = re.findall(r"'bought': (\d+), 'in our ledger': (\d+)", page)
    assert counts[0] == counts[1] != "0"
    calls = Till(Production.open(films / "own-provider-paid").store).calls()
    assert {call.state for call in calls} == {"settled"}
    assert max(Counter(call.key for call in calls).values()) == 1
    assert files_tell(films).count(PLANTED["OPENAI_API_KEY"]) == 0


def test_the_notebook_is_thin_and_stripped() -> None:
    notebook = nbformat.read(NOTEBOOK, 4)
    assert "parameters" in code(notebook)[0].metadata["tags"]
    assert all(not cell.outputs and len(cell.source.splitlines()) <= 15 for cell in code(notebook))
    texts = prose(notebook)
    for promise in ("You will", "You need", "You leave behind", "It takes", "costs nothing"):
        assert promise in texts[0]
    links = re.findall(r"\]\(([^)]+\.ipynb)\)", "\n".join(texts))
    assert links
    assert all((NOTEBOOK.parent / link).is_file() for link in links)
    exercises = "\n".join(texts[texts.index(next(text for text in texts if text.startswith("## Exercises"))) :])
    assert len(re.findall(r"^\d\. ", exercises, re.MULTILINE)) == 5
    assert (
        sum("check_film" in cell.source and "solution" in cell.metadata.get("tags", []) for cell in code(notebook)) == 3
    )
