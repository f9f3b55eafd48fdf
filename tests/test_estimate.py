"""What a film will cost: stage by stage, before anything is bought, and never 0 for what nobody knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from film_files import ENGLISH

from bookfilm_nb.cli import main
from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import FREE, Estimate
from bookfilm_nb.production import Production, Till
from bookfilm_nb.providers import Capabilities, registry
from bookfilm_nb.providers.registry import offer
from bookfilm_nb.studio import Studio
from bookfilm_nb.studio.estimate import estimate_film
from bookfilm_nb.studio.making import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bookfilm_nb.studio.estimate import FilmEstimate


class _Priced:
    """An engine that has a price, and must not be called."""

    name = "priced"
    rate_cps = 14.0
    each: Estimate = Estimate(low=0.01, likely=0.02, high=0.04, basis="a list of prices")
    asked: tuple[str, ...] = ()
    capabilities = Capabilities(languages=("en", "ru"), licence="CC0-1.0", model="test/priced", parallel=1)

    def estimate(self, *_: object, **asked: object) -> Estimate:
        type(self).asked += (str(asked.get("text", "")),)
        return self.each

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "f0_hz":
            raise AttributeError(name)
        raise AssertionError(f"{name} was called")


class _Unpriced(_Priced):
    each = Estimate(basis="nobody knows")
    capabilities = Capabilities(licence="CC0-1.0", model="test/unpriced", parallel=1, lengths_s=(4.0, 8.0))


@pytest.fixture
def estimated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., FilmEstimate]:
    monkeypatch.setattr(registry, "_offered", {})
    offer("voice", "priced", _Priced)
    offer("images", "priced", _Priced)
    offer("video", "unpriced", _Unpriced)
    monkeypatch.setattr(_Priced, "asked", ())
    (tmp_path / "clock.txt").write_text(ENGLISH.replace("a boy of nine", "a boy of 9"), "utf-8")

    def made(**choices: object) -> FilmEstimate:
        production = start(tmp_path / "clock.txt", tmp_path / "film", minutes=0.5, **choices)
        found = estimate_film(Studio(production))
        assert Till(production.store).calls() == ()
        production.store.close()
        return found

    return made


def test_the_total_is_the_sum_of_the_stages(estimated: Callable[..., FilmEstimate]) -> None:
    found = estimated(voice="priced", images="priced")
    assert [stage.stage for stage in found.stages] == ["voice", "shoot"]
    for figure, each in (("low", 0.01), ("likely", 0.02), ("high", 0.04)):
        assert getattr(found.total, figure) == pytest.approx(each * sum(stage.calls for stage in found.stages))
    assert found.exact
    assert found.stages[0].calls >= 2


def test_numbers_are_paid_as_the_words_that_they_are_spoken_as(estimated: Callable[..., FilmEstimate]) -> None:
    estimated(voice="priced", images="priced")
    assert not [text for text in _Priced.asked if any(letter.isdigit() for letter in text)]


def test_what_nobody_knows_is_null_and_the_total_too(estimated: Callable[..., FilmEstimate]) -> None:
    found = estimated(voice="priced", images="priced", video="unpriced", video_shots="all")
    assert found.stages[-1].estimate.high is None
    assert (found.total.low, found.total.likely, found.total.high) == (None, None, None)
    assert found.stages[0].estimate.known


def test_embedded_engines_cost_nothing_and_are_said_to_be_near(estimated: Callable[..., FilmEstimate]) -> None:
    found = estimated()
    assert (found.total.low, found.total.high) == (FREE.low, FREE.high)
    assert not found.exact  # the voice is yet to be measured


def test_a_hand_edited_screenplay_is_not_reckoned_as_exact(
    estimated: Callable[..., FilmEstimate], tmp_path: Path
) -> None:
    assert estimated(voice="priced", images="priced").exact
    production = Production.open(tmp_path / "film")
    assert Studio(production).screenplay.elements()
    production.store.close()
    assert estimated().exact
    file = tmp_path / "film" / "screenplay.fountain"
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    assert not estimated().exact


def test_a_shot_that_is_not_there_is_named(estimated: Callable[..., FilmEstimate]) -> None:
    with pytest.raises(ChoiceError, match="s99h99"):
        estimated(voice="priced", images="priced", video="unpriced", video_shots="s99h99")


def test_the_command_tells_it_as_json_and_as_a_table(
    estimated: Callable[..., FilmEstimate], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = estimated(voice="priced", images="priced")
    line = ["estimate", str(tmp_path / "clock.txt"), "--out", str(tmp_path / "film")]
    assert main([*line, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found.model_dump(mode="json")
    assert main(line) == 0
    table = capsys.readouterr().out.splitlines()
    assert "at least" in table[0]
    assert "a list of prices" in table[1]
    assert table[3].split()[:3] == ["total", f"{found.total.low:.4f}", "USD"]
    assert main([*line, "--video", "unpriced", "--video-shots", "all"]) == 0
    told = capsys.readouterr().out
    assert told.count("not known") >= 6
    assert "is not 0" in told
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == [".store", "production.toml"]
