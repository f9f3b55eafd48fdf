"""From a book to a film, every step of which you can see, change, measure and repeat.

    >>> import bookfilm_nb
    >>> film = bookfilm_nb.make_film("story.txt", "films/story", minutes=2)  # doctest: +SKIP
    >>> film.film  # doctest: +SKIP
    '.../films/story/film/film.mp4'

Everything is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .books import bundled, read_book
    from .reading import analyse
    from .studio import Film, Studio, make_film, open_studio

__all__ = ["Film", "Studio", "__version__", "analyse", "bundled", "make_film", "open_studio", "read_book"]

__version__ = "0.2.0"

_HOMES = {
    "bundled": "books",
    "read_book": "books",
    "analyse": "reading",
    "Film": "studio",
    "Studio": "studio",
    "make_film": "studio",
    "open_studio": "studio",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home when it is first asked for."""
    if name in _HOMES:
        from importlib import import_module

        found: object = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
