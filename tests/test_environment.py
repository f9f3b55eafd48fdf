"""pyproject.toml, requirements.lock and environment.yml are in step, and what is installed is what was meant."""

from __future__ import annotations

import re
import runpy
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _name(requirement: str) -> str:
    return re.split(r"[=<>!~ ;\[]", requirement.strip())[0].lower().replace("_", "-").replace(".", "-")


def _locked() -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        requirement = line.partition("#")[0].strip()
        if requirement:
            rows.setdefault(_name(requirement), []).append(requirement)
    return rows


def _asked() -> list[str]:
    """What the lock must hold: the extras that the Makefile names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = re.findall(r"--extra (\w+)", (ROOT / "Makefile").read_text("utf-8"))
    assert {"dev", "data", "keys"} <= set(extras)
    return [*project["dependencies"], *(row for name in extras for row in project["optional-dependencies"][name])]


def test_the_lock_has_every_dependency_at_one_version_each() -> None:
    locked = _locked()
    asked = [_name(r) for r in _asked() if not r.startswith("bookfilm")]
    assert [name for name in asked if name not in locked] == []
    for rows in locked.values():
        for row in rows:
            assert re.fullmatch(r"[A-Za-z0-9_.-]+(\[[a-z,]+\])?==[^ ;]+( ; .+)?", row), row


def test_the_lock_keeps_to_what_pyproject_asks() -> None:
    from packaging.requirements import Requirement

    locked = _locked()
    for row in _asked():
        asked = Requirement(row)
        if asked.name.startswith("bookfilm"):
            continue
        for held in locked[_name(row)]:
            exact = next(iter(Requirement(held).specifier)).version
            assert asked.specifier.contains(exact, prereleases=True), f"{held} is not {row}"


def test_the_environment_is_made_from_the_lock() -> None:
    made = runpy.run_path(str(ROOT / ".ci" / "environment.py"))["environment"]()
    assert (ROOT / "environment.yml").read_text("utf-8") == made
    assert [line for line in made.splitlines() if line.lstrip().startswith("- ") and " # " not in line] == [
        "  - conda-forge",
        "  - pip:",
    ]
    held = {_name(line.strip().removeprefix("- ")) for line in made.splitlines() if line.startswith("    - ")}
    assert set(_locked()) <= held


def test_every_comment_tells_something() -> None:
    for line in (ROOT / "environment.yml").read_text("utf-8").splitlines():
        if line.startswith("    - "):
            assert len(line.partition(" # ")[2].strip()) > 3, line


def test_gtts_is_the_one_that_was_meant() -> None:
    """pip takes 2.2.4 without a word where another package wants a newer click."""
    assert version("gTTS").startswith("2.5.")
    assert any(row.startswith("gtts==2.5.") for row in (r.lower() for r in _locked()["gtts"]))


@pytest.mark.parametrize("name", ["README.md", "requirements.lock", "environment.yml", "pyproject.toml", "Makefile"])
def test_set_up_names_no_registry_and_no_machine(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("--no-emit-index-url", "")
    assert not re.search(r"--(extra-)?index-url|--find-links|/(root|home|work)/", text)
