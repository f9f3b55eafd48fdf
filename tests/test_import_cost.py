"""What is loaded when: the package alone loads nothing heavy, a film loads no service."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from film_files import ENGLISH

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "moviepy", "openai", "pandas", "matplotlib", "cv2", "skia", "ipywidgets", "numpy", "pydantic", "onnxruntime", "av",
}  # fmt: skip
SERVICES = {
    "openai", "gtts", "google", "runwayml", "httpx", "httpx2", "httpcore", "httpcore2", "requests", "moviepy", "torch",
    "diffusers", "tensorflow", "transformers", "pandas", "polars", "sklearn", "matplotlib", "ipywidgets",
}  # fmt: skip
ENGINES = {"av", "cv2", "skia", "onnxruntime", "onnx", "dicebear", "pretty_midi", "natasha"}


def _loaded(script: str, *arguments: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after the script."""
    code = f"{script}\nimport json, sys\nsys.stderr.write('LOADED ' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in json.loads(done.stderr.rpartition("LOADED ")[2])}


def test_the_package_alone_is_light() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import bookfilm_nb"], capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "bookfilm_nb" in loaded
    assert loaded & HEAVY == set()


def test_the_command_line_alone_is_light() -> None:
    assert _loaded("import bookfilm_nb.cli") & HEAVY == set()


@pytest.mark.parametrize("verb", ["read", "analyse"])
def test_reading_loads_no_pictures_and_no_sound(verb: str) -> None:
    script = f"from bookfilm_nb.cli import main; main(['{verb}', 'en', '--json'])"
    assert _loaded(script) & {*SERVICES, "cv2", "skia", "onnxruntime", "av"} == set()


@pytest.mark.slow
def test_a_film_loads_no_service_and_a_finished_one_no_engine(tmp_path: Path) -> None:
    (tmp_path / "clock.txt").write_text(ENGLISH, "utf-8")
    options = ["film", str(tmp_path / "clock.txt"), "--out", str(tmp_path / "film"), "--minutes", "0.25"]
    script = f"from bookfilm_nb.cli import main; assert main({[*options, '--size', '480p']!r}) == 0"
    loaded = _loaded(script)
    assert loaded & SERVICES == set()
    assert {"av", "cv2"} <= loaded
    assert _loaded(script) & (SERVICES | ENGINES) == set()


def test_naming_every_engine_that_is_on_offer_loads_no_client() -> None:
    script = (
        "from bookfilm_nb.providers import registry as r\n"
        "for names, load in ((r.texts, r.load_text_model), (r.images, r.load_image_model)):\n"
        "    for name in names():\n"
        "        if name in {'openai', 'paste', 'illustrator'}: load(name)\n"
        "r.load_voice('openai', ended=True), r.load_video_model('openai', ended=True)"
    )
    assert _loaded(script) & {"openai", "httpx2", "google", "runwayml", "torch", "diffusers", "requests"} == set()


def test_an_estimate_calls_nobody(tmp_path: Path) -> None:
    (tmp_path / "clock.txt").write_text(ENGLISH, "utf-8")
    options = ["estimate", str(tmp_path / "clock.txt"), "--out", str(tmp_path / "film"), "--minutes", "0.25"]
    hired = ["--text", "openai", "--images", "openai", "--voice", "openai"]
    # On a day on which all three of these models live
    day = "import datetime; from bookfilm_nb.providers import catalogue; "
    day += "catalogue.this_day = lambda: datetime.date(2026, 11, 22); "
    script = f"{day}from bookfilm_nb.cli import main; assert main({[*options, *hired]!r}) == 0"
    assert _loaded(script) & {"openai", "httpx", "httpx2", "torch", "google", "cv2", "onnxruntime"} == set()
