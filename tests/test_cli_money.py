"""What is on offer, and where the money went: `bookfilm providers` and `bookfilm cost`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bookfilm_nb.cli import main
from bookfilm_nb.model import Estimate, Receipt
from bookfilm_nb.production import Choices, Production, Till
from bookfilm_nb.providers.listing import DOORS
from bookfilm_nb.testing import FakeServer

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = Estimate(basis="nobody knows")


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_VIDEOS_BASE_URL",
        "GEMINI_API_KEY",
        "RUNWAYML_API_SECRET",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def spent(tmp_path: Path) -> Path:
    """A production in which calls ended in every way."""
    production = Production.create(tmp_path / "film", Choices(book="b.txt", budget_usd=2.0))
    till = Till(production.store)

    def call(stage: str, name: str, estimate: Estimate) -> int:
        return till.reserve(stage=stage, name=name, key=name, engine="shop", model="shop/m", estimate=estimate)

    for number in range(3):
        paid = call("shoot", f"s{number}", Estimate(low=0.01, likely=0.05, high=0.1, basis="test"))
        till.settle(paid, Receipt(model="shop/m", usage={"pictures": 1}, cost=0.04))
    till.release(call("shoot", "refused", Estimate(low=0, likely=0, high=0.1, basis="test")), "RefusedError")
    till.unsure(call("shoot", "lost", Estimate(low=0, likely=0, high=0.5, basis="test")), "ProviderError")
    till.settle(call("clip", "s9", UNKNOWN), Receipt(model="shop/m", usage={"seconds": 4}))
    production.store.close()
    return tmp_path / "film"


def test_cost_as_json(spent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cost", str(spent), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["spent_usd"] == pytest.approx(0.12)
    assert facts["held_usd"] == 0.5
    assert facts["calls_of_unknown_price"] == 1
    assert facts["budget_usd"] == 2.0
    assert [call["state"] for call in facts["calls"]].count("settled") == 4
    assert facts["calls"][-1]["cost"] is None
    assert facts["calls"][0]["usage"] == {"pictures": 1}


def test_cost_as_a_table(spent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cost", str(spent)]) == 0
    told = capsys.readouterr().out
    assert "0.1200 USD paid, 0.5000 USD held" in told
    assert "of a budget of 2.00 USD" in told
    assert "calls whose price nobody here knows: 1" in told
    rows = [line.split() for line in told.splitlines()]
    assert ["shoot", "shop/m", "settled", "3", "0.1200", "USD"] in rows
    assert ["shoot", "shop/m", "released", "1", "not", "charged"] in rows
    assert ["shoot", "shop/m", "unsure", "1", "0.5000", "USD", "held"] in rows
    assert ["clip", "shop/m", "settled", "1", "price", "not", "known"] in rows


def test_cost_of_what_is_no_production(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cost", str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "OutputError"


def test_providers_say_what_works_what_is_missing_and_when_it_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["providers", "--json"]) == 0
    offers = json.loads(capsys.readouterr().out)["providers"]
    assert {offer["door"] for offer in offers} == set(DOORS)
    by_name = {(offer["door"], offer["name"]): offer for offer in offers}
    assert by_name["images", "illustrator"]["state"] == "works now"
    flare = by_name["images", "openai:gpt-image-2.6-flare"]
    assert (flare["state"], "OPENAI_API_KEY" in flare["needs"]) == ("needs something", True)
    assert "USD" in flare["price"]
    ended = by_name["images", "openai:dall-e-3"]
    assert (ended["state"], ended["ends"]) == ("has ended", "2026-05-12")
    assert main(["providers"]) == 0
    told = capsys.readouterr().out
    assert all(f"{door}:" in told for door in DOORS)


def test_check_compares_the_days_with_the_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        assert main(["providers", "--check"]) == 0
        assert "agree" in capsys.readouterr().out
        monkeypatch.setattr("bookfilm_nb.testing.openai_api.MODELS", {"gpt-6-luna": "2027-03-01"})
        assert main(["providers", "--check", "--json"]) == 1
    (difference,) = json.loads(capsys.readouterr().out)["differences"]
    assert difference == {"model": "gpt-6-luna", "catalogue": None, "server": "2027-03-01"}
