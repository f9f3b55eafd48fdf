"""What a loader of measurements gives back, and how it opens a text file that may hold anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import Figure

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike

    from bookfilm_nb.movies.table import TableReport

__all__ = ["Measured", "read_text", "spread"]

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Measured:
    """A table of measurements and what became of the rows it was made from."""

    table: pd.DataFrame
    report: TableReport


def read_text(path: Path, what: str) -> str:
    r"""The file's text with ``\n`` line ends: UTF-8 (with or without BOM), UTF-16 with BOM, else cp1252.

    Raises DataError, naming ``what`` was wanted, for a file that is not there, cannot be read, is empty or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"{path} cannot be read as {what}: {error.strerror or error}.", hint="Check the path.", path=str(path)
        ) from error
    try:
        text = data.decode("utf-16") if data.startswith(_UTF16) else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if not text.strip() or "\0" in text:
        state = "is empty" if not text.strip() else "is not a text file"
        raise DataError(
            f"{path} cannot be read as {what}: it {state}.", hint="Give the file as it was published.", path=str(path)
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def spread(values: ArrayLike, source: str, *, digits: int = 3) -> Figure | None:
    """The median of the values as a figure, with their interquartile range; None where no value is known.

    ``values`` is one-dimensional and of any unit; NaN is unknown and not counted in ``rows``. Quantiles are
    interpolated linearly and rounded to ``digits`` decimals.
    """
    import numpy as np

    known: np.ndarray = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if not known.size:
        return None
    low, middle, high = (round(float(q), digits) for q in np.quantile(known, (0.25, 0.5, 0.75)))
    return Figure(value=middle, low=low, high=high, source=source, rows=int(known.size))
