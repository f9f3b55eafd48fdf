"""Which template suits a book, with the words that decided: the trained numbers applied with numpy alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import Value

from .features import surfaces
from .prose import LANGUAGES, book_vector, windows
from .russian import translated
from .weights import Weights, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["MEDIA", "GenreChance", "Proposal", "Reason", "plot_genres", "propose"]

MEDIA = frozenset({"animation", "documentary"})
"""How a film is made rather than what it tells: a novel does not say that, so it is never proposed."""
_MOST = 3
_SMALLEST_SHARE = 0.15
_LEAST = 0.2
"""Probability below which a genre is no part of a template, however rare it is."""
_REASONS = 12
_FEWEST_WORDS = 60
"""Known words below which nothing is proposed but the commonest genre."""
_FEW_WORDS = 1000


class GenreChance(Value):
    """A genre and how probable a film of this book is to be called by it."""

    genre: str
    probability: float
    usual: float
    """The share of the training films that are of this genre."""


class Reason(Value):
    """A word that spoke for a genre, and by how much it raised the score (log-odds before calibration)."""

    word: str
    genre: str
    weight: float


class Proposal(Value):
    """The template that a book's words speak for: an opinion with reasons, to be changed by whoever knows better."""

    genres: tuple[GenreChance, ...]
    """All genres of the model, the most probable first."""
    template: str
    """What to ask a template for: ``mystery 0.6 + horror 0.4``."""
    reasons: tuple[Reason, ...]
    """The words that decided for the template's genres, the weightiest first."""
    caution: str
    rows: int
    """Plots that the model was trained on."""
    known_words: int
    """Words of the book that the model knows, counted in the stretches that were read."""


def propose(text: str, language: str, *, weights: Weights | None = None) -> Proposal:
    """The template that suits a book: ``propose(book.text, book.language)``.

    The book is read in stretches as long as a plot; their mean is taken relative to the mean of novels
    (:mod:`.prose`), so that what counts is what this book has more of than books have. A genre enters the template by
    how far its probability exceeds its usual share, ``p ln(p / usual)``. Raises ChoiceError for a language other than
    ``en`` and ``ru``.
    """
    if language not in LANGUAGES:
        raise ChoiceError(
            f"The genre model does not read {language!r}.", hint="It reads en and ru.", choices=list(LANGUAGES)
        )
    model = weights or shipped()
    mean, known = book_vector(text, language, model)
    unusual = mean - model.prose[LANGUAGES.index(language)]
    length = float(np.linalg.norm(unusual))
    enough = known >= _FEWEST_WORDS and length > 0.0
    unit = unusual / length if enough else np.zeros_like(unusual)
    usual = model.usual.astype(np.float64)
    said = model.calibrated(model.coef @ unit + model.intercept) if enough else usual
    shares = _shares(model.genres, said, usual)
    order = sorted(range(len(said)), key=lambda i: (-round(float(said[i]), 3), model.genres[i]))
    return Proposal(
        genres=tuple(
            GenreChance(genre=model.genres[i], probability=round(float(said[i]), 3), usual=round(float(usual[i]), 3))
            for i in order
        ),
        template=" + ".join(f"{name} {share:.1f}" for name, share in shares),
        reasons=_reasons(model, unit, [name for name, _ in shares], _spellings(text, language)),
        caution=_caution(known, language),
        rows=model.rows,
        known_words=known,
    )


def plot_genres(plot: str, *, weights: Weights | None = None) -> dict[str, float]:
    """Probability of each genre for the plot of a film, in English: what the model was trained and measured on."""
    model = weights or shipped()
    return dict(zip(model.genres, (round(float(p), 4) for p in model.probabilities([plot])[0]), strict=True))


def _shares(genres: Sequence[str], said: np.ndarray, usual: np.ndarray) -> list[tuple[str, float]]:
    """The template: up to three genres and their shares in tenths, summing to 1, the largest first."""
    surplus = [
        (float(p * np.log(p / u)), name)
        for name, p, u in zip(genres, said, usual, strict=True)
        if name not in MEDIA and p > u > 0 and p >= _LEAST
    ]
    best = sorted(surplus, key=lambda pair: (-pair[0], pair[1]))[:_MOST]
    total = sum(gain for gain, _ in best)
    kept = [(gain, name) for gain, name in best if gain >= _SMALLEST_SHARE * total]
    if not kept:
        commonest = int(np.argmax(usual))
        return [(genres[commonest], 1.0)]
    total = sum(gain for gain, _ in kept)
    tenths = [max(1, int(10 * gain / total)) for gain, _ in kept]
    tenths[0] += 10 - sum(tenths)
    return [(name, tenth / 10) for (_, name), tenth in zip(kept, tenths, strict=True)]


def _reasons(model: Weights, unit: np.ndarray, genres: Sequence[str], spelled: Mapping[str, str]) -> tuple[Reason, ...]:
    found = []
    for name in genres:
        weight = np.where(unit > 0, model.coef[model.genres.index(name)] * unit, 0.0)
        for i in np.argsort(-weight, kind="stable")[:_REASONS]:
            if weight[i] > 0:
                word = " ".join(spelled.get(part, part) for part in model.vocabulary[i].split(" "))
                found.append(Reason(word=word, genre=name, weight=round(float(weight[i]), 3)))
    found.sort(key=lambda reason: (-reason.weight, reason.genre, reason.word))
    return tuple(found[:_REASONS])


def _spellings(text: str, language: str) -> dict[str, str]:
    """How the book itself spells each stem most often; the first in the alphabet of equals."""
    pairs = Counter(
        pair for part in windows(text) for pair in (surfaces(part) if language == "en" else translated(part))
    )
    best: dict[str, tuple[int, str]] = {}
    for (root, word), times in sorted(pairs.items()):
        if times > best.get(root, (0, ""))[0]:
            best[root] = (times, word)
    return {root: word for root, (_, word) in best.items()}


def _caution(known: int, language: str) -> str:
    if known < _FEWEST_WORDS:
        return "The text has too few words that the model knows; this is only the commonest genre of films."
    parts = ["A guess: the model learnt from short plots of films, and a book is not a plot."]
    if language == "ru":
        parts.append(
            "Russian is read through a lexicon of a few hundred words, without translation: a guess of a guess."
        )
    if known < _FEW_WORDS:
        parts.append(f"The text is short ({known} known words), so single words weigh much.")
    return " ".join(parts)
