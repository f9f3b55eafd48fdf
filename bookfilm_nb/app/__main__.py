"""``python -m bookfilm_nb.app notebooks/11_whole_film.ipynb``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from bookfilm_nb.app import serve
from bookfilm_nb.errors import BookfilmError
from bookfilm_nb.widgets.words import LANGUAGES, VARIABLE


def main() -> int:
    """Serve the page; 2 where it cannot be, with the reason on standard error."""
    options = argparse.ArgumentParser(
        prog="python -m bookfilm_nb.app", description="The workbench as a page without code."
    )
    options.add_argument("notebook", type=Path)
    options.add_argument("--films", type=Path, default=Path("films"), help="where the films are made")
    options.add_argument("--port", type=int, default=8866)
    options.add_argument("--language", choices=list(LANGUAGES), help="of the page; else $BOOKFILM_UI_LANGUAGE, else en")
    options.add_argument("--no-browser", action="store_true")
    chosen = options.parse_args()
    try:
        if chosen.language:
            os.environ[VARIABLE] = chosen.language
        serve(chosen.notebook, chosen.films, port=chosen.port, open_browser=not chosen.no_browser)
    except BookfilmError as error:
        sys.stderr.write(f"{error.problem} {error.hint}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
