"""The main UCI table in its first form: HTML whose cells are never closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError

from .csv_rows import plain

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["html_rows", "is_main_html"]

_HEAD_BYTES = 1 << 20
_SIZE_LIMIT = 64 << 20
_FILM = re.compile(rb"<td>\s*T\w?:[^<]{1,300}<td>\s*\d{4}\s*<td>", re.IGNORECASE)


def is_main_html(path: Path) -> bool:
    """Whether the first MiB of a file has a film in the form of main.html."""
    try:
        with path.open("rb") as file:
            return _FILM.search(file.read(_HEAD_BYTES)) is not None
    except OSError:
        return False


def html_rows(path: Path) -> list[list[str]]:
    """The rows of all tables of the file that have data cells, at least nine cells each; rows of headings are not rows.

    The last cell of a row ends in a bar, which is left out. Nothing that the file refers to is fetched.
    Raises DataError for a file of more than 64 MiB or one that is no HTML.
    """
    from lxml import etree

    try:
        data = path.read_bytes() if path.stat().st_size <= _SIZE_LIMIT else b""
        parser = etree.HTMLParser(encoding=_encoding(data), no_network=True, remove_comments=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except (OSError, etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise DataError(
            f"{path.name} cannot be read as the HTML form of the UCI main table.",
            hint="Get main.html again, or the CSV form; files of more than 64 MiB are not read.",
            file=path.name,
        )
    rows = []
    for line in root.iter("tr"):
        cells = [plain("".join(map(str, cell.itertext()))) for cell in line.iterchildren("td")]
        if cells:
            cells[-1] = cells[-1].removesuffix("|").rstrip()
            rows.append(cells + [""] * (9 - len(cells)))
    return rows


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
