"""Voilà set up for the page: what it serves and what it does not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from bookfilm_nb.errors import ChoiceError, MissingPartError
from bookfilm_nb.widgets.links import ROOT_VARIABLE
from bookfilm_nb.widgets.words import language

from .page import for_an_author

__all__ = ["serve", "settings_for"]

SERVED = "mp4|vtt|srt|jpg|png|html|fountain|csv"
"""Kinds of files in the films' folder that the page may link to; what is hidden and ``production.toml`` are not."""


def settings_for(notebook: Path, films: Path, *, port: int = 8866, open_browser: bool = True) -> dict[str, Any]:
    """The settings of Voilà, by the name of the class they belong to. Raises ChoiceError where there is no notebook."""
    if not notebook.is_file():
        raise ChoiceError(f"There is no notebook at {notebook}.", hint="Start it from the folder of the project.")
    root, films = Path(os.path.commonpath([notebook.resolve(), films.resolve()])), films.resolve()
    below = films.relative_to(root).as_posix()

    def prelaunch(_request: object, notebook: Any, cwd: str) -> Any:  # noqa: ANN401, ARG001 - Voilà's own names
        return for_an_author(notebook, films)

    return {
        "Voila": {"root_dir": str(root), "port": port, "open_browser": open_browser, "ip": "127.0.0.1"},
        "VoilaConfiguration": {
            "template": "bookfilm",
            "strip_sources": True,
            "show_tracebacks": False,
            "file_allowlist": [rf"{below}/(?!\.)(?:[^/.][^/]*/)*[^/.][^/]*\.(?:{SERVED})"],
            "prelaunch_hook": prelaunch,
            # Kernels must not wait for a page: a film may be under way in one that was left
            "http_keep_alive_timeout": 10,
        },
        "VoilaExporter": {"language_code": language()},
    }


def serve(notebook: Path, films: Path, *, port: int = 8866, open_browser: bool = True) -> None:
    """Serve the page until it is interrupted. Raises MissingPartError without Voilà, ChoiceError without notebook."""
    found = settings_for(notebook, films, port=port, open_browser=open_browser)
    try:
        from traitlets.config import Config
        from voila.app import Voila
    except ImportError as missing:
        raise MissingPartError(
            "Voilà is not installed.", hint="pip install 'bookfilm-nb[app]'", part="app"
        ) from missing
    films.mkdir(parents=True, exist_ok=True)
    templates = str(Path(__file__).parent / "jupyter")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [templates, os.environ.get("JUPYTER_PATH")]))
    os.environ[ROOT_VARIABLE] = found["Voila"]["root_dir"]
    Voila.launch_instance(argv=[str(notebook)], config=Config(found))
