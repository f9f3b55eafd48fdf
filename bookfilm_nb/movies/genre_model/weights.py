"""The trained numbers: what is in ``weights.npz``, read without pickle, and how a text is scored with them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from bookfilm_nb.errors import DataError

from .features import features, vector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Weights", "load", "shipped"]

_NAMES = ("vocabulary", "shown", "genres", "idf", "coef", "intercept", "platt", "threshold", "prose", "usual", "rows")


@dataclass(frozen=True)
class Weights:
    """One linear model a genre over the same vocabulary of V stems and pairs of stems, for G genres.

    All arrays are float32. ``prose`` is the mean vector of novels: what any novel has much of, and no film's plot.
    """

    vocabulary: tuple[str, ...]
    shown: tuple[str, ...]
    """How each entry is spelled most often, for people."""
    genres: tuple[str, ...]
    idf: np.ndarray
    """(V,) inverse document frequency."""
    coef: np.ndarray
    """(G, V) coefficients of the logistic regressions."""
    intercept: np.ndarray
    """(G,)"""
    platt: np.ndarray
    """(G, 2): a probability is ``1 / (1 + exp(-(a * score + b)))`` (Platt 1999)."""
    threshold: np.ndarray
    """(G,) probability from which a plot is said to be of the genre."""
    prose: np.ndarray
    """(2, V): English, Russian."""
    usual: np.ndarray
    """(G,) share of the training plots that are of the genre."""
    rows: int
    """Plots trained on."""

    def index(self) -> dict[str, int]:
        """Each entry of the vocabulary and its place."""
        return {name: place for place, name in enumerate(self.vocabulary)}

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """(N, G) scores before calibration, float64, of N plots."""
        places = self.index()
        rows = np.tile(self.intercept.astype(np.float64), (len(texts), 1))
        for place, text in enumerate(texts):
            known = ((places[name], count) for name, count in features(text).items() if name in places)
            index, value = vector(known, self.idf)
            rows[place] += self.coef[:, index] @ value
        return rows

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """(N, G) calibrated probabilities, float64, of N plots."""
        return self.calibrated(self.scores(texts))

    def calibrated(self, scores: np.ndarray) -> np.ndarray:
        """Probabilities for scores of any shape (..., G)."""
        logit = np.clip(self.platt[:, 0] * scores + self.platt[:, 1], -30.0, 30.0)
        return np.asarray(1.0 / (1.0 + np.exp(-logit)), dtype=np.float64)

    def to_bytes(self) -> bytes:
        """The npz file; coefficients as float16, words as UTF-8. The same numbers give the same bytes."""
        words = {name: "\n".join(getattr(self, name)) for name in ("vocabulary", "shown", "genres")}
        arrays = {name: np.frombuffer(text.encode(), dtype=np.uint8) for name, text in words.items()}
        small = {name: getattr(self, name).astype(np.float16) for name in ("idf", "coef", "prose")}
        exact = {name: getattr(self, name).astype(np.float32) for name in ("intercept", "platt", "threshold", "usual")}
        target = io.BytesIO()
        everything: dict[str, Any] = {**arrays, **small, **exact, "rows": np.int64(self.rows)}
        np.savez_compressed(target, **everything)
        return target.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Weights:
        """The weights back. Raises DataError for a file that is not theirs; nothing in it is ever executed."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                arrays: Mapping[str, np.ndarray] = {name: file[name] for name in _NAMES}
            lists = ("vocabulary", "shown", "genres")
            words: dict[str, Any] = {n: tuple(arrays[n].tobytes().decode().split("\n")) for n in lists}
            numbers: dict[str, Any] = {
                name: arrays[name].astype(np.float32) for name in _NAMES if name not in {*words, "rows"}
            }
            rows = int(arrays["rows"])
        except Exception as error:
            raise DataError(
                "These are not the weights of a genre model.", hint="Make them again with the training script."
            ) from error
        made = cls(**words, **numbers, rows=rows)
        made.check()
        return made

    def check(self) -> None:
        """Raises DataError where shapes do not fit each other or a number is not finite."""
        v, g = len(self.vocabulary), len(self.genres)
        shapes = {
            "idf": (v,), "coef": (g, v), "intercept": (g,), "platt": (g, 2), "threshold": (g,),
            "prose": (2, v),             "usual": (g,),
        }  # fmt: skip
        wrong = [n for n, s in shapes.items() if getattr(self, n).shape != s or not np.isfinite(getattr(self, n)).all()]
        if wrong or len(self.shown) != v:
            raise DataError(
                f"The genre model's {', '.join(wrong or ['words'])} do not fit together.",
                hint="Make the weights again with the training script.",
                wrong=wrong,
            )


def load(path: Path) -> Weights:
    """The weights in an npz file. Raises DataError for one that is damaged or missing."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"There are no weights at {path}.", hint="Check the path.", path=str(path)) from error
    return Weights.from_bytes(data)


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    return Weights.from_bytes((files(__package__) / "weights.npz").read_bytes())
