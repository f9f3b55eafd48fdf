"""List cells of The Movies Dataset: Python literals, read without running anything."""

from __future__ import annotations

import ast
import json
import re
import warnings
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["entries", "names"]

_CELL_LIMIT = 4 << 20
_DEPTH_LIMIT = 6
_SHORT = 1000
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_SKELETON = re.compile(r"[\[\]{}:,\s\w.+-]*")


def entries(cell: str) -> list[dict[str, object]] | None:
    """The entries of a cell such as ``[{'id': 16, 'name': 'Animation'}]``; None where it is not such a list.

    Reads Python literals, as the dataset has them, and JSON, as some copies have them. A cell of more than 4 MiB
    or nested more than six deep is not read: the parser of Python is not safe on such text.
    """
    text = cell.strip()
    if len(text) > _CELL_LIMIT or not text.startswith("[") or not _is_flat(text):
        return None
    value = _value(text)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        return None
    return value


def _value(text: str) -> object:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an escape that Python does not know stands for itself
                value = ast.literal_eval(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None
    try:
        # Half a surrogate pair, written as an escape, is no letter and cannot be written to any file.
        if "\\u" in text.casefold():
            "".join(_strings(value)).encode()
    except UnicodeEncodeError:
        return None
    return value


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in chain(value, value.values()) if isinstance(value, dict) else value:
            yield from _strings(part)


def _is_flat(text: str) -> bool:
    """Whether the text, its quoted parts left out, is brackets and plain words nested only a little."""
    skeleton = _TEXT.sub("", text)
    if not _SKELETON.fullmatch(skeleton):
        return False
    depth = 0
    for mark in re.findall(r"[\[\]{}]", skeleton):
        depth += 1 if mark in "[{" else -1
        if depth > _DEPTH_LIMIT:
            return False
    return "--" not in skeleton and "++" not in skeleton


def names(cell: str) -> tuple[str, ...] | None:
    """The ``name`` of every entry, in order; None where the cell is not a list of named entries."""
    return _names_again(cell) if len(cell) < _SHORT else _names(cell)


def _names(cell: str) -> tuple[str, ...] | None:
    found = entries(cell)
    if found is None or not all(isinstance(entry.get("name"), str) for entry in found):
        return None
    return tuple(str(entry["name"]).strip() for entry in found)


# The same few thousand lists of genres and countries come again and again.
_names_again = lru_cache(maxsize=8192)(_names)
