"""Addresses of a film's files as the page can open them: in JupyterLab and in the page that `make app` serves."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

__all__ = ["ROOT_VARIABLE", "link_to"]

ROOT_VARIABLE = "BOOKFILM_APP_ROOT"
"""Set by `make app` to the folder whose files Voilà serves."""


def link_to(file: str | Path) -> str:
    """The address of a file, changed whenever the file is, so that no old one is shown.

    In JupyterLab relative to the notebook, for what a cell displays (an HTML *widget* does not follow such a link);
    in the app from the server's root.
    """
    path = Path(file)
    version = f"?v={path.stat().st_mtime_ns}" if path.exists() else ""
    root = os.environ.get(ROOT_VARIABLE)
    link = os.path.relpath(path.resolve(), Path(root).resolve()) if root else os.path.relpath(path)
    return ("/voila/files/" if root else "") + quote(link.replace(os.sep, "/")) + version
