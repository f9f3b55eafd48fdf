"""Makes the shipped weights and their card: ``python -m bookfilm_nb.movies.genre_model.train --data FOLDER``.

The folder is searched for the tables that the card names and for novels (txt, fb2), whose mean is what a book is
compared with. The same folder gives the same ``weights.npz``, byte for byte, with the same numpy and scikit-learn.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookfilmError, DataError

from .card import card_text, make_card
from .examples import Examples, examples, held_out
from .fit import fit, train
from .plot_lines import PLOT_LINES, tables_below
from .prose import novels, prose_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from .weights import Weights

__all__ = ["TESTED_ON", "TRAINED_ON", "main", "train", "train_shipped"]

TRAINED_ON = ("github", PLOT_LINES)
TESTED_ON = "kaggle"
"""Its plots are TMDB's, whose terms are said not to allow training; a table that the model never saw is a good test."""


def train_shipped(
    tables: Mapping[str, pd.DataFrame], books: Mapping[str, Mapping[str, str]], sources: Sequence[str] = TRAINED_ON
) -> tuple[Weights, Examples]:
    """The weights, learnt from four fifths of the films, and all examples. Raises DataError for a missing source."""
    missing = [name for name in sources if name not in tables]
    if missing:
        raise DataError(f"The folder has no plots of {', '.join(missing)}.", hint="Choose others with --sources.")
    data = examples([tables[name] for name in sources])
    learnt = fit(data.take(~held_out(data)))
    texts = {language: [found[name] for name in sorted(found)] for language, found in books.items()}
    prose = prose_mean(texts, learnt)
    made = dataclasses.replace(learnt, prose=prose)
    return type(made).from_bytes(made.to_bytes()), data


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, measures, and writes ``weights.npz``, ``card.json`` and ``CARD.md``."""
    parser = argparse.ArgumentParser(prog="python -m bookfilm_nb.movies.genre_model.train", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="where tables and novels lie")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="FOLDER", help="where to write")
    parser.add_argument("--sources", nargs="+", default=list(TRAINED_ON), help=f"default: {', '.join(TRAINED_ON)}")
    args = parser.parse_args(arguments)
    try:
        tables = tables_below(args.data)
        books = novels(args.data)
        weights, data = train_shipped(tables, books, args.sources)
        card = make_card(weights, data, tables.get(TESTED_ON), books)
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "weights.npz").write_bytes(weights.to_bytes())
        (args.out / "card.json").write_text(card.to_json(indent=1) + "\n", "utf-8")
        (args.out / "CARD.md").write_text(card_text(card), "utf-8")
    except BookfilmError as error:
        print(f"{error.problem}\n  {error.hint}", file=sys.stderr)  # noqa: T201 - a script
        return error.exit_code
    print(card_text(card))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
