"""Where a notebook is being shown."""

from __future__ import annotations

import os

__all__ = ["in_app"]


def in_app() -> bool:
    """Whether this kernel serves a page of Voilà (`make app`), where nothing may be made before a button is pressed."""
    return os.environ.get("SERVER_SOFTWARE", "").casefold().startswith("voila")
