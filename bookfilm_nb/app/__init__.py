"""The workbench as one page without code, for an author: Voilà over ``notebooks/11_whole_film.ipynb``.

    python -m bookfilm_nb.app notebooks/11_whole_film.ipynb --films films

Needs the extra ``app``. The page is served to this machine alone.
"""

from __future__ import annotations

from .page import for_an_author
from .serving import serve, settings_for

__all__ = ["for_an_author", "serve", "settings_for"]
