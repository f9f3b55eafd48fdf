"""The lognormal law of shot lengths: its fit to a film, and how well it fits."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import Value

from .shot_lengths import lengths_by_film

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

__all__ = ["LognormalFit", "fit_lognormal", "fits_table"]

_NORMAL = NormalDist()


class LognormalFit(Value):
    """A lognormal law fitted to the shot lengths of one film, with its goodness.

    The logarithm of a shot length in seconds is taken to be normal with mean ``mu`` and standard deviation ``sigma``.
    """

    mu: float
    sigma: float
    shots: int
    ks_distance: float
    """Kolmogorov-Smirnov: the largest gap between the share of shots up to a length, counted and by the law."""
    quantile_correlation: float
    """Pearson correlation of the sorted logarithms with the quantiles of a normal law; 1 for a straight plot."""

    @property
    def median_s(self) -> float:
        """Median shot length by the law: ``exp(mu)``."""
        return self.quantile_s(0.5)

    @property
    def mean_s(self) -> float:
        """Average shot length by the law: ``exp(mu + sigma² / 2)``."""
        from math import exp

        return exp(self.mu + self.sigma**2 / 2)

    @property
    def ks_critical(self) -> float:
        """The distance that one film in twenty exceeds if its law is exactly lognormal.

        Lilliefors' bound for fitted parameters in Stephens' approximation (1974): ``0.895 / (√n - 0.01 + 0.85 / √n)``.
        """
        root: float = self.shots**0.5
        return 0.895 / (root - 0.01 + 0.85 / root)

    def quantile_s(self, share: float) -> float:
        """The length (seconds) that this share of the shots, above 0 and below 1, does not exceed, by the law."""
        from math import exp

        return exp(self.mu + self.sigma * _NORMAL.inv_cdf(share))


def fit_lognormal(lengths_s: ArrayLike) -> LognormalFit:
    """The lognormal law of a film's shot lengths (one-dimensional, seconds, above 0) by the moments of their logs.

    ``sigma`` divides by n - 1. Raises DataError for fewer than three shots, for lengths that are not positive and
    finite, and for shots that are all equally long.
    """
    import numpy as np

    lengths = np.asarray(lengths_s, dtype=np.float64)
    if lengths.ndim != 1 or lengths.size < 3 or not np.all(np.isfinite(lengths) & (lengths > 0)):
        raise DataError(
            "A lognormal law needs at least three shot lengths, each positive and finite.",
            hint="Set aside empty cells and zeros first, as load_shots does.",
            shots=int(lengths.size),
        )
    logs = np.sort(np.log(lengths))
    mu, sigma, count = float(logs.mean()), float(logs.std(ddof=1)), logs.size
    if sigma < 1e-9:
        raise DataError(
            f"All {count} shots are equally long: there is no law to fit.", hint="Check the file.", shots=int(count)
        )
    law = np.array([_NORMAL.cdf(z) for z in (logs - mu) / sigma])
    steps = np.arange(count + 1) / count
    distance = max(float(np.max(steps[1:] - law)), float(np.max(law - steps[:-1])))
    # Blom's plotting positions: the expected place of the i-th of n values of a normal law.
    quantiles = np.array([_NORMAL.inv_cdf((i - 0.375) / (count + 0.25)) for i in range(1, count + 1)])
    return LognormalFit(
        mu=mu,
        sigma=sigma,
        shots=int(count),
        ks_distance=distance,
        quantile_correlation=float(np.corrcoef(logs, quantiles)[0, 1]),
    )


def fits_table(shots: pd.DataFrame) -> pd.DataFrame:
    """The fit of every film of the table of :func:`load_shots`, one a row, in its order.

    Columns: film, title, year, genre as there, shots (Int32), and Float64 asl_s, median_s, p95_s (measured, seconds),
    mu, sigma, ks_distance, ks_critical, quantile_correlation. Films of fewer than three shots are left out.
    """
    import numpy as np
    import pandas as pd

    heads = shots.drop_duplicates("film")[["film", "title", "year", "genre"]].reset_index(drop=True)
    rows: list[dict[str, float]] = []
    kept: list[bool] = []
    for lengths in lengths_by_film(shots).values():
        kept.append(lengths.size >= 3)
        if not kept[-1]:
            continue
        fit = fit_lognormal(lengths)
        rows.append(
            {
                "shots": fit.shots,
                "asl_s": float(lengths.mean()),
                "median_s": float(np.median(lengths)),
                "p95_s": float(np.quantile(lengths, 0.95)),
                "mu": fit.mu,
                "sigma": fit.sigma,
                "ks_distance": fit.ks_distance,
                "ks_critical": fit.ks_critical,
                "quantile_correlation": fit.quantile_correlation,
            }
        )
    figures = pd.DataFrame(rows, columns=["shots", "asl_s", "median_s", "p95_s", "mu", "sigma", "ks_distance",
                                          "ks_critical", "quantile_correlation"])  # fmt: skip
    kinds = {name: "Int32" if name == "shots" else "Float64" for name in figures}
    return pd.concat([heads[kept].reset_index(drop=True), figures.astype(kinds)], axis=1)
