"""Papers with Code, datasets of the modality "Texts"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import pwc
from .pwc_modalities import sheet

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.movies.table import Loaded

__all__ = ["SHEET", "load", "recognises"]

SHEET = sheet(pwc.TEXT)


def recognises(path: Path) -> bool:
    """Whether this is the dump, or a table of this modality, or a folder with one (see :func:`.pwc.recognises`)."""
    return pwc.recognises(path, pwc.TEXT)


def load(path: Path) -> Loaded:
    """The datasets of this modality, one a row; what ``path`` may be and what comes, :func:`.pwc.load` tells."""
    return pwc.load(path, pwc.TEXT)
