"""The model card: what the weights are made from, what they can do, measured, and what they cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib import metadata
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.model import Document, Value
from bookfilm_nb.model.base import blob_digest

from .evaluate import (
    Between,
    Outcome,
    Scores,
    better_by,
    cross_validate,
    judge,
    majority,
    nearest_centroid,
    reliability,
    scores,
)  # fmt: skip
from .examples import FEWEST, SHORTEST, Examples, examples, held_out
from .fit import SEEN, WORDS, C, matrix

if TYPE_CHECKING:
    import pandas as pd

    from .weights import Weights

__all__ = ["Card", "Data", "Validation", "card_text", "foreign", "make_card", "shipped_card"]

_MODEL = (
    f"One logistic regression a genre (L2, C = {C:g}) over tf-idf of stems and pairs of stems ({WORDS} at most, in at "
    f"least {SEEN} plots each), the mean of five inner folds; Platt's calibration and an F1-optimal threshold a genre, "
    "from the same folds. Proper names, stop words, words about film-making, and genre words in sentences that speak "
    f"of the film are left out; so are plots with fewer than {SHORTEST} words that count, and genres with fewer than "
    f"{FEWEST} films."
)
_LICENCE = (
    "github: text of Wikipedia, CC BY-SA 4.0 (table prust/wikipedia-movie-data, MIT). plot lines: one-sentence plots "
    "of IMDb in a teaching table by T. Arnold, no licence stated; IMDb's own data is for personal and non-commercial "
    "use. The weights hold statistics of single words and pairs, from which no sentence can be read back. Whether such "
    "numbers are derived works is not settled; whoever needs a model of freely licensed text alone trains one with "
    "`--sources github`. Plots of TMDB (kaggle, tmdb) are not learnt from: its terms are said not to allow that."
)
_USE = (
    "To propose a genre template for a book, with reasons, to a person who decides; to show in a course how such a "
    "model is made and judged. Not for filtering, ranking or rating books or people."
)
_DOMAIN = (
    "A book is not a plot: the proposals are not measured on a labelled set of books; a mean of a few novels is taken "
    "away to bring the two nearer."
)
_CHOSEN = (
    "The penalty and the lists of words were chosen with these folds in view, so the figures are a little too good; "
    "the table not trained on is the soberest of them."
)
_LIMITS = (
    _DOMAIN,
    _CHOSEN,
    "Russian goes through a lexicon of a few hundred words, without translation: a guess.",
    "Genres with few films (see the table) are said badly: documentary, war, history and western most of all.",
    "Genre labels are what the sources say: Wikipedia and IMDb disagree, and both forget genres.",
    "The films are from 1970 to 2019, mostly American, and top-grossing: what sold, not what was told.",
    "Animation and documentary are ways of making a film; they are never proposed for a book.",
)


class Data(Value):
    """Plots and where they come from."""

    rows: int
    films: int
    sources: Mapping[str, int]
    genres: Mapping[str, int]
    text_digest: str


class Validation(Value):
    """Figures of five-fold cross-validation on the same folds."""

    model: Scores
    genre_words_left_in: Scores
    """What the leak would seem to be worth."""
    majority: Scores
    nearest_centroid: Scores
    nearest_centroid_tuned: Scores
    better_than_centroid: tuple[Between, Between]
    """Macro-F1 and micro-F1, paired."""
    better_than_tuned_centroid: tuple[Between, Between]


class Card(Document):
    """What one must know of the weights beside it."""

    model: str
    weights_sha256: str
    weights_bytes: int
    vocabulary: int
    made_with: Mapping[str, str]
    data: Data
    """All plots, of which the held-out fifth was not learnt from."""
    trained_rows: int
    held_out: Scores
    """The shipped weights on the fifth of the films that they never saw."""
    cross_validation: Mapping[str, Validation]
    """On all plots together (``all``) and on each table alone."""
    foreign: Scores | None
    """The shipped weights on films of a table that they were not trained on."""
    calibration: tuple[tuple[float, float, int], ...]
    """Mean probability, share that was true, decisions; held-out plots."""
    freedom: Mapping[str, float]
    """Effective degrees of freedom of each genre's penalised regression."""
    novels: Mapping[str, tuple[str, ...]]
    licence: str
    intended_use: str
    limits: tuple[str, ...]


def shipped_card() -> Card:
    """The card of the shipped weights."""
    return Card.from_json((files(__package__) / "card.json").read_text("utf-8"))


def make_card(
    weights: Weights, data: Examples, other: pd.DataFrame | None, books: Mapping[str, Mapping[str, str]]
) -> Card:
    """The card of these weights, every figure measured here; ``other`` is a table they were not trained on."""
    shipped = judge(weights, data.take(held_out(data)))
    names = sorted(set(data.sources))
    validated = {"all": data} | {name: _alone(data, name) for name in names if len(names) > 1}
    bytes_ = weights.to_bytes()
    seen = Counter(data.sources)
    return Card(
        model=_MODEL,
        weights_sha256=blob_digest(bytes_),
        weights_bytes=len(bytes_),
        vocabulary=len(weights.vocabulary),
        made_with={name: metadata.version(name) for name in ("numpy", "scikit-learn", "scipy")},
        data=Data(
            rows=len(data), films=len(set(data.films)), sources=dict(sorted(seen.items())), text_digest=data.digest(),
            genres={name: int(many) for name, many in zip(data.genres, data.labels.sum(axis=0), strict=True)},
        ),
        trained_rows=weights.rows,
        held_out=scores(shipped),
        cross_validation={name: _validation(part) for name, part in validated.items()},
        foreign=None if other is None else scores(foreign(weights, other, data)),
        calibration=tuple(
            (round(float(p), 4), round(float(t), 4), int(n)) for p, t, n in reliability(shipped).itertuples(index=False)
        ),
        freedom=_freedom(weights, data.take(~held_out(data))),
        novels={language: tuple(sorted(found)) for language, found in books.items()},
        licence=_LICENCE,
        intended_use=_USE,
        limits=_LIMITS,
    )  # fmt: skip


def foreign(weights: Weights, table: pd.DataFrame, seen: Examples) -> Outcome:
    """The weights on the films of another table that are not among those seen, on the genres that both have."""
    others = examples([table], fewest=1)
    unseen = others.take(~np.isin(np.array(others.films), np.array(seen.films)))
    labels = np.zeros((len(unseen), len(weights.genres)), dtype=bool)
    for j, name in enumerate(weights.genres):
        if name in unseen.genres:
            labels[:, j] = unseen.labels[:, unseen.genres.index(name)]
    outcome = judge(weights, Examples(unseen.texts, labels, weights.genres, unseen.films, unseen.sources))
    many = labels.sum(axis=0) >= 10
    genres = tuple(name for name, enough in zip(weights.genres, many, strict=True) if enough)
    return Outcome(
        genres, outcome.films, outcome.sources, labels[:, many], outcome.said[:, many], outcome.probability[:, many]
    )


def _alone(data: Examples, source: str) -> Examples:
    part = data.take(np.array([name == source for name in data.sources]))
    many = np.asarray(part.labels.sum(axis=0) >= FEWEST)
    kept = Examples(
        part.texts, part.labels[:, many], tuple(n for n, m in zip(part.genres, many, strict=True) if m), part.films,
        part.sources,
    )  # fmt: skip
    return kept.take(np.asarray(kept.labels.any(axis=1)))


def _freedom(weights: Weights, learnt: Examples) -> dict[str, float]:
    """Trace of the hat matrix of each regression at its solution, every plot weighing p (1 - p), p the genre's share.

    A logistic regression is a weighted ridge regression there (Hastie, Tibshirani, Friedman 2009, 3.50 and 4.4.1).
    """
    x = matrix(learnt.counts, weights.vocabulary, weights.idf)
    eigen = np.clip(np.linalg.eigvalsh((x.T @ x).toarray()), 0.0, None)
    weight = {g: float(p * (1 - p)) for g, p in zip(weights.genres, weights.usual.astype(np.float64), strict=True)}
    return {name: round(1.0 + float((eigen / (eigen + 1.0 / (C * w))).sum()), 1) for name, w in weight.items()}


def _validation(data: Examples) -> Validation:
    model, plain, tuned = cross_validate(data), nearest_centroid(data), nearest_centroid(data, tuned=True)
    return Validation(
        model=scores(model),
        genre_words_left_in=scores(cross_validate(data, raw=True)),
        majority=scores(majority(data)),
        nearest_centroid=scores(plain),
        nearest_centroid_tuned=scores(tuned),
        better_than_centroid=better_by(model, plain),
        better_than_tuned_centroid=better_by(model, tuned),
    )


def card_text(card: Card) -> str:
    """The card as Markdown."""
    genres = card.data.genres
    lines = [
        "# Genre model: from a plot to its genres", "", card.model, "",
        (f"Made by `python -m bookfilm_nb.movies.genre_model.train` with {_listed(card.made_with)}. "
        f"`weights.npz`: {card.weights_bytes:,} bytes, {card.vocabulary:,} entries, SHA-256 `{card.weights_sha256}`."),
        "", "## Data", "",
        (f"{card.data.rows:,} plots of {card.data.films:,} films ({_listed(card.data.sources)}); the weights learnt "
        f"from {card.trained_rows:,} of them, the others are the held-out fifth (by a digest of the title). "
        f"Digest of the data `{card.data.text_digest}`."),
        "", card.licence, "", "Novels whose mean is taken away: "
        + "; ".join(f"{language}: {', '.join(names) or 'none'}" for language, names in card.novels.items()) + ".",
        "", "## Figures", "", "F1 with 95 % bootstrap intervals over films.", "",
        "| plots | what | rows | macro-F1 | micro-F1 | Brier skill |", "|---|---|---|---|---|---|",
        _row("held-out fifth", "shipped weights", card.held_out),
    ]  # fmt: skip
    if card.foreign is not None:
        lines.append(_row("kaggle, not trained on; genres with 10 films or more", "shipped weights", card.foreign))
    for name, found in card.cross_validation.items():
        title = f"{name}, 5 folds"
        lines += [
            _row(title, "**model**", found.model),
            _row(title, "majority", found.majority),
            _row(title, "nearest centroid", found.nearest_centroid),
            _row(title, "nearest centroid, tuned", found.nearest_centroid_tuned),
            _row(title, "genre words left in (leak)", found.genre_words_left_in),
        ]
    better = card.cross_validation["all"]
    lines += [
        "",
        (f"Better than the nearest centroid by {_between(better.better_than_centroid[0])} macro and "
        f"{_between(better.better_than_centroid[1])} micro; than the tuned one by "
        f"{_between(better.better_than_tuned_centroid[0])} macro and "
        f"{_between(better.better_than_tuned_centroid[1])} micro (paired, all plots)."),
        "", "| genre | plots | F1, 5 folds | F1, held out |", "|---|---|---|---|",
        *(f"| {g} | {n:,} | {better.model.genres[g]:.2f} | {card.held_out.genres[g]:.2f} |" for g, n in genres.items()),
        "", "| mean probability | share true | decisions |", "|---|---|---|",
        *(f"| {p:.2f} | {t:.2f} | {n:,} |" for p, t, n in card.calibration),
        "", "## Use", "", card.intended_use, "", "## Limits", "", *(f"- {limit}" for limit in card.limits), "",
    ]  # fmt: skip
    return "\n".join(lines)


def _row(plots: str, what: str, found: Scores) -> str:
    return (
        f"| {plots} | {what} | {found.rows:,} | {_between(found.macro_f1)} | {_between(found.micro_f1)} "
        f"| {found.brier_skill:.3f} |"
    )


def _between(found: Between) -> str:
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"


def _listed(pairs: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {what}" for name, what in pairs.items())
