"""What measured films say about a genre: the templates that shape ours, and their evidence.

``load(PATH)`` reads any file, folder or archive of the data sources into one tidy table with a report of every row::

    from bookfilm_nb.movies import load

    loaded = load("movies_metadata.csv")  # or load(), the tables that are packaged
    loaded.table  # a pandas frame with the columns of bookfilm_nb.movies.table.COLUMNS
    loaded.report  # what became of every row, file by file
"""

from __future__ import annotations

from .genres import GENRES
from .sources import SOURCES, load, recognise
from .templates import template_for, weights_of

__all__ = ["GENRES", "SOURCES", "load", "recognise", "template_for", "weights_of"]
