"""README's tables of engines: what the code knows, the same on every day; and engines whose day has come."""

from __future__ import annotations

import json
import os
import runpy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bookfilm_nb.cli import main
from bookfilm_nb.errors import RetiredError
from bookfilm_nb.providers import (
    catalogue,
    diffusers_images,
    diffusers_video,
    listing,
    load_text_model,
    load_voice,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
CHECKED = date(2026, 11, 22)
"""The day of the catalogue."""
LATER = date(2027, 3, 15)
"""By then all of OpenAI's speech models have ended, gpt-5 and gpt-4o too."""


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Makes it a day of one's choice."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_VIDEOS_BASE_URL"):
        monkeypatch.delenv(name, raising=False)

    def make(day: date) -> None:
        for module in (catalogue, listing):
            monkeypatch.setattr(module, "this_day", lambda: day)

    return make


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], str]]:
    """The functions that make README's tables; what they take out of the environment comes back."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    made: dict[str, Any] = runpy.run_path(str(ROOT / ".ci" / "provider_table.py"))["TABLES"]
    return made


def _in_readme(name: str) -> str:
    return (ROOT / "README.md").read_text("utf-8").partition(f"<!-- {name} -->\n")[2].partition("<!-- end")[0]


@pytest.mark.parametrize("day", [CHECKED, date(2026, 12, 1), LATER, date(2031, 1, 1)])
def test_the_tables_in_readme_are_the_same_on_every_day(
    day: date, on: Callable[[date], None], tables: dict[str, Callable[[], str]]
) -> None:
    on(day)
    for name, table in tables.items():
        assert table() == _in_readme(name)


def test_every_local_family_is_in_the_table_with_its_memory_and_who_tells_it(
    tables: dict[str, Callable[[], str]],
) -> None:
    rows = {
        cells[2].strip(" `"): cells for line in tables["local models"]().splitlines()[2:] if (cells := line.split("|"))
    }
    known = {**diffusers_video.FAMILIES, **diffusers_images.FAMILIES}
    assert set(rows) == set(known)
    for kind, family in known.items():
        told = f"{family.gpu_gb:g} GB ({family.source})" if family.source else "not told"
        assert rows[kind][6].strip() == told


def test_models_that_have_ended_are_listed_as_ended_even_where_they_are_the_default(
    on: Callable[[date], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def speech() -> dict[str, dict[str, Any]]:
        assert main(["providers", "--json"]) == 0
        offers = json.loads(capsys.readouterr().out)["providers"]
        return {o["name"]: o for o in offers if o["door"] == "voice" and o["name"].startswith("openai")}

    on(CHECKED)
    before = speech()
    on(LATER)
    after = speech()
    assert before.keys() == after.keys() >= {"openai:gpt-4o-mini-tts", "openai:tts-1", "openai:tts-1-hd"}
    assert {offer["state"] for offer in before.values()} == {"needs something"}
    assert {offer["state"] for offer in after.values()} == {"has ended"}


def test_a_voice_that_has_ended_is_listed_with_what_to_do(
    on: Callable[[date], None], capsys: pytest.CaptureFixture[str]
) -> None:
    on(LATER)
    assert main(["voices", "list", "--json"]) == 0
    for offers in json.loads(capsys.readouterr().out)["voices"].values():
        (speech,) = [offer for offer in offers if offer["name"] == "openai"]
        assert not speech["ready"]
        assert "ended on 2027-01-06" in speech["notice"]


def test_only_a_model_that_can_be_chosen_is_advised(on: Callable[[date], None]) -> None:
    on(LATER)
    with pytest.raises(RetiredError) as text:
        load_text_model("openai:gpt-4o")
    assert text.value.hint == "Use openai:gpt-6-luna instead."
    assert load_text_model("openai:gpt-6-luna").capabilities.model == text.value.data["replacement"]
    with pytest.raises(RetiredError, match="ended on 2027-01-06") as voice:
        load_voice("openai")
    assert "which BookFilm cannot call" in voice.value.hint
    assert "bookfilm providers" in voice.value.hint


def test_every_advice_in_the_catalogue_can_be_followed(on: Callable[[date], None]) -> None:
    on(CHECKED)
    names = {offer.name for offer in listing.offers(today=CHECKED)}
    for model in catalogue.catalogue().values():
        advice = catalogue.instead_of(model)
        if model.ends and advice.startswith("Use "):
            assert advice.removeprefix("Use ").removesuffix(" instead.") in names
