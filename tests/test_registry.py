"""Engines by name."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from typing import TYPE_CHECKING

import pytest

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError, RetiredError
from bookfilm_nb.providers import Capabilities, registry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts these (name, value) pairs in the place of the installed voices."""

    def put(*pairs: tuple[str, str]) -> None:
        points = EntryPoints(EntryPoint(name, value, "bookfilm.voices") for name, value in pairs)
        monkeypatch.setattr(registry, "entry_points", lambda group: points.select(group=group))

    return put


def test_the_embedded_engines_are_on_offer() -> None:
    assert {"hibari", "festival", "espeak"} <= set(registry.voices())
    assert "illustrator" in registry.images()
    assert "composer" in registry.composers()


def test_an_unknown_name_lists_those_that_exist() -> None:
    with pytest.raises(ChoiceError) as caught:
        registry.load_voice("caruso")
    assert "hibari" in caught.value.hint
    assert set(caught.value.data["choices"]) == set(registry.voices())  # type: ignore[call-overload]


def test_a_missing_package_is_named_with_the_command(offers: Callable[..., None]) -> None:
    offers(("far", "no_such_package.far:Voice"))
    with pytest.raises(MissingPartError) as caught:
        registry.load_voice("far")
    assert caught.value.hint == "pip install no_such_package"


def test_a_broken_engine_is_a_provider_error(offers: Callable[..., None]) -> None:
    offers(("odd", "json:loads"))
    with pytest.raises(ProviderError, match="odd"):
        registry.load_voice("odd")


def test_one_of_two_offers_of_a_name_wins_whatever_their_order(offers: Callable[..., None]) -> None:
    pairs = [("twin", "builtins:list"), ("twin", "builtins:dict")]
    for order in (pairs, pairs[::-1]):
        offers(*order)
        assert registry.load_voice("twin") == {}


def test_nothing_is_imported_before_it_is_used() -> None:
    code = (
        "import sys; from bookfilm_nb.providers import registry; registry.voices(); "
        "bad = {'hibari', 'onnx', 'onnxruntime', 'espeakng_loader', 'numpy'} & set(sys.modules); "
        "sys.exit(', '.join(bad) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_engines_load_after_keyring_has_replaced_the_finder_of_packages():
    """On Python 3.11 keyring brings importlib_metadata, which gives entry points of another class."""
    code = "import keyring; from bookfilm_nb.providers import load_text_model; print(load_text_model('paste').name)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "paste\n", done.stderr


def test_a_package_installed_meanwhile_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    assert "newcomer" not in registry.voices()
    about = tmp_path / "newcomer-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: newcomer\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[bookfilm.voices]\nnewcomer = builtins:dict\n", "utf-8")
    assert "newcomer" in registry.voices()


class _Mine:
    """An engine of a notebook."""

    def __init__(self, model: str = "small") -> None:
        self.model = model
        self.capabilities = Capabilities(licence="CC0-1.0", parallel=1)


class _MineInOtherProcesses(_Mine):
    def __init__(self) -> None:
        self.capabilities = Capabilities(licence="CC0-1.0")


class _Broken(_Mine):
    def __init__(self) -> None:
        raise ValueError("Bearer a-key-that-nobody-should-see")


@pytest.fixture
def _nothing_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_offered", {})


@pytest.mark.usefixtures("_nothing_offered")
def test_an_engine_may_be_offered_for_the_running_process() -> None:
    registry.offer("video", "mine", _Mine)
    assert "mine" in registry.videos()
    assert registry.load_video_model("mine:large").model == "large"  # type: ignore[attr-defined]
    registry.offer("images", "illustrator", _Mine)  # goes before the installed one
    assert isinstance(registry.load_image_model("illustrator"), _Mine)
    assert "mine" not in registry.voices()


@pytest.mark.usefixtures("_nothing_offered")
def test_an_offered_engine_cannot_work_where_nobody_knows_it() -> None:
    registry.offer("images", "mine", _MineInOtherProcesses)
    with pytest.raises(ChoiceError, match="parallel=1"):
        registry.load_image_model("mine")
    for door, name in (("music", "mine"), ("images", "mi:ne"), ("images", "")):
        with pytest.raises(ChoiceError):
            registry.offer(door, name, _Mine)  # type: ignore[arg-type]


@pytest.mark.usefixtures("_nothing_offered")
def test_an_engine_that_breaks_is_told_with_its_line_and_without_a_key() -> None:
    registry.offer("text", "broken", _Broken)
    with pytest.raises(ProviderError, match=r"ValueError \(test_registry.py, line \d+\)") as caught:
        registry.load_text_model("broken")
    assert "nobody-should-see" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_model_that_has_ended_is_let_pass_for_what_it_has_made() -> None:
    with pytest.raises(RetiredError):
        registry.load_image_model("openai:dall-e-3")
    engine = registry.load_image_model("openai:dall-e-3", ended=True)
    assert "ended on 2026-05-12" in engine.capabilities.notice
    with pytest.raises(RetiredError):
        registry.load_image_model("openai:dall-e-3")
