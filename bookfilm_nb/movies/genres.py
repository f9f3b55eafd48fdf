"""Genre names: the nineteen that there are templates for, and what other tables call them."""

from __future__ import annotations

__all__ = ["GENRES", "canonical_genre", "joined", "split"]

GENRES: tuple[str, ...] = (
    "action", "adventure", "animation", "biography", "comedy", "crime", "documentary", "drama", "family",
    "fantasy", "history", "horror", "musical", "mystery", "romance", "sci-fi", "thriller", "war", "western",
)  # fmt: skip
"""The genres there is a template for, in alphabetical order."""

_ALIASES = {
    "biopic": "biography",
    "biographical": "biography",
    "children": "family",
    "children's": "family",
    "fairy tale": "family",
    "detective": "mystery",
    "historical": "history",
    "love": "romance",
    "melodrama": "romance",
    "music": "musical",
    "romantic": "romance",
    "science fiction": "sci-fi",
    "science-fiction": "sci-fi",
    "scifi": "sci-fi",
    "sf": "sci-fi",
    "suspense": "thriller",
}


def canonical_genre(name: str) -> str:
    """One name for one genre: lower case, and "Science Fiction", "Sci-Fi" and "SF" are all ``sci-fi``.

    A genre that has no template ("film-noir", "sport") keeps its own name in lower case.
    """
    plain = " ".join(name.casefold().replace("_", " ").split())
    return _ALIASES.get(plain, plain)


def joined(names: object) -> str | None:
    """Several names as one cell: ``drama|romance``, each once, in the order given; None where there is none.

    ``names`` is an iterable of strings. A bar inside a name becomes a slash, so that the cell splits again.
    """
    kept = dict.fromkeys(name for raw in names if (name := str(raw).strip().replace("|", "/")))  # type: ignore[attr-defined]
    return "|".join(kept) or None


def split(cell: str | None) -> tuple[str, ...]:
    """The names in a cell that :func:`joined` made; nothing for an unknown one."""
    return tuple(cell.split("|")) if isinstance(cell, str) and cell else ()
