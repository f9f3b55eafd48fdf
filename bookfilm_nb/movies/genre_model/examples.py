"""What the genre model learns from: plots with their genres, from the tidy tables of any sources that have plots."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import GENRES, canonical_genre, split

from .features import features, masked, ordinary, stem, surfaces
from .word_lists import KEPT_CAPITALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["FEWEST", "SHORTEST", "Examples", "examples", "folds", "held_out"]

FEWEST = 50
"""Films of a genre below which it is left out: ten a fold in a five-fold validation."""
SHORTEST = 6
"""Words that count in a plot, below which it tells nothing: an encyclopaedia's line on who directed whom."""
_ALSO = {"animated": "animation", "anime": "animation", "biographical film": "biography", "superhero": "action"}
_LETTERS = re.compile(r"[\W_]+")
_NO_PLOT = frozenset({"add a plot", "no overview found.", "no overview found", "no overview", "n/a", "none", ""})


@dataclass(frozen=True)
class Examples:
    """N plots, and which of G genres each has."""

    texts: tuple[str, ...]
    labels: np.ndarray
    """(N, G) bool."""
    genres: tuple[str, ...]
    films: tuple[str, ...]
    """What film a plot is of: the same film told by two sources must not be in training and test."""
    sources: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def counts(self) -> tuple[Counter[str], ...]:
        """The features of each plot, genre words masked where a sentence speaks of the film."""
        return tuple(features(masked(text)) for text in self.texts)

    @cached_property
    def raw_counts(self) -> tuple[Counter[str], ...]:
        """The features with the genre words left in: what a careless model would learn from."""
        return tuple(features(text) for text in self.texts)

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Stems that some plot has without a capital; a word that never has is a name at the head of a sentence."""
        kept = {stem(word) for word in KEPT_CAPITALS}
        return frozenset(kept.union(*(ordinary(text) for text in self.texts)))

    def take(self, chosen: np.ndarray) -> Examples:
        """The examples at these places (bool mask or indices)."""
        places = np.arange(len(self))[chosen]
        taken = Examples(
            tuple(self.texts[i] for i in places), self.labels[places], self.genres,
            tuple(self.films[i] for i in places), tuple(self.sources[i] for i in places),
        )  # fmt: skip
        for name in ("counts", "raw_counts"):
            if name in self.__dict__:  # already worked out for the whole
                taken.__dict__[name] = tuple(getattr(self, name)[i] for i in places)
        return taken

    def digest(self) -> str:
        """SHA-256 over texts, labels and films, as 64 hex digits: whether data is the same as the card's."""
        sha = hashlib.sha256("|".join(self.genres).encode())
        for film, text, labels in sorted(zip(self.films, self.texts, self.labels.tolist(), strict=True)):
            sha.update(f"{film}\0{text}\0{labels}\n".encode())
        return sha.hexdigest()


def examples(tables: Sequence[pd.DataFrame], *, fewest: int = FEWEST) -> Examples:
    """The films of tidy tables that have both a plot (``overview``) and a genre that there is a template for.

    Plots of fewer than six words that count are left out, genres with fewer than ``fewest`` films, and films that have
    only such genres. Order: by film, so that
    the order of the tables does not matter. Raises DataError where nothing, or only one genre, is left.
    """
    rows: dict[tuple[str, str, str], set[str]] = {}
    for table in tables:
        for title, year, overview, genres, source in table[
            ["title", "year", "overview", "genres", "source"]
        ].itertuples(index=False, name=None):
            plot = overview.strip() if isinstance(overview, str) else ""
            names = {_ALSO.get(g, g) for g in map(canonical_genre, split(genres))} & set(GENRES)
            if plot.casefold() in _NO_PLOT or not names or len(surfaces(masked(plot))) < SHORTEST:
                continue
            # without the year: sources differ by one about it, and a remake told twice must not leak either
            film = _LETTERS.sub("", str(title).casefold()) or f"{title} {year}"
            rows.setdefault((film, plot, str(source)), set()).update(names)
    many = Counter(name for names in rows.values() for name in names)
    kept = tuple(name for name in GENRES if many[name] >= fewest)
    usable = sorted((key, names) for key, names in rows.items() if names & set(kept))
    if len(kept) < 2:
        raise DataError(
            f"There are not enough films with plots and genres: {len(rows)} films, {len(kept)} genres with {fewest}.",
            hint="Add a source that has plots: kaggle, tmdb or github.",
            rows=len(rows),
        )
    labels = np.array([[name in names for name in kept] for _, names in usable], dtype=bool)
    films, texts, sources = (tuple(key[i] for key, _ in usable) for i in range(3))
    return Examples(texts, labels, kept, films, sources)


def folds(data: Examples, number: int = 5, *, salt: str = "bookfilm") -> np.ndarray:
    """(N,) int64: the fold of each example, 0 to number-1, by a digest of the film: no seed, no order, no leak."""
    return np.array([_lot(film, salt) % number for film in data.films], dtype=np.int64)


def held_out(data: Examples) -> np.ndarray:
    """(N,) bool: the fifth of the films that the shipped weights never saw."""
    return np.asarray(folds(data, 5, salt="held out") == 0)


def _lot(film: str, salt: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{salt}\0{film}".encode()).digest()[:8], "big")
