"""Recorded replies of a web service: the records in each file, the same film put together from several of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.table import Loaded, LoadReport, tidy

from .packed_files import head_of, walk
from .tally import Tally

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["AGAIN", "Record", "gathered", "read_folder", "recorded_files", "shows"]

AGAIN = "the same film again, put together with it"
_LOOKED_AT = 80


@dataclass
class Record:
    """One record of a file: a film, a part of one that another record tells more of, or something else."""

    aside: str = ""
    """Why it gives no row of its own; empty for a film."""
    key: str | None = None
    """The film's identifier in the source."""
    row: dict[str, object] = field(default_factory=dict)
    """What it says, by column of the tidy table; only what is known."""
    full: bool = False
    """Whether it is the source's full record of the film rather than an item of a list."""
    extra: dict[str, object] = field(default_factory=dict)
    """What it says beside the tidy table."""
    unknown: list[str] = field(default_factory=list)
    """Columns where the record has something that stands for unknown."""
    repaired: list[str] = field(default_factory=list)


def recorded_files(path: Path, *suffixes: str) -> list[Path]:
    """The file itself, or every file below the folder with one of the endings, in the order of their paths."""
    return list(walk(path, *suffixes, most=2_000_000)) if path.is_dir() else [path]


def shows(path: Path, signs: re.Pattern[str], *suffixes: str) -> bool:
    """Whether a file, or one of the first files of a folder, has the signs of a source in its first 64 KiB."""
    if path.is_file():
        return path.name.casefold().endswith(suffixes) and signs.search(head_of(path, 1 << 16)) is not None
    files = list(walk(path, *suffixes))[:_LOOKED_AT]
    return any(signs.search(head_of(file, 1 << 16)) for file in files)


def read_folder(
    path: Path, files: Sequence[Path], read: Callable[[Path], list[Record]], source: str
) -> list[tuple[str, list[Record]]]:
    """The records of every file, by its name in the folder; a file of a folder that cannot be read is one record aside.

    Raises DataError where there is no file, and for a single file that cannot be read.
    """
    if not files:
        raise DataError(
            f"There is no recorded reply of {source} in {path}.", hint="Give the folder of its files.", path=str(path)
        )
    found = []
    for file in files:
        try:
            records = read(file)
        except DataError as unreadable:
            if not path.is_dir():
                raise
            records = [Record(aside=f"a file that cannot be read: {_reason(unreadable)}")]
        found.append((file.relative_to(path).as_posix() if path.is_dir() else file.name, records))
    return found


def _reason(unreadable: DataError) -> str:
    return unreadable.problem.partition(": ")[2].rstrip(".")[:120] or "damaged"


def gathered(found: Sequence[tuple[str, list[Record]]], source: str, extra: Sequence[str] = ()) -> Loaded:
    """One row a film in the order of first sight: full records first, gaps filled from the others.

    ``extra`` names columns for a further table ``ids`` (dtype string) beside ``source_id``.
    """
    import pandas as pd

    films: dict[str, list[tuple[int, Record]]] = {}
    tallies = [Tally(name) for name, _ in found]
    for number, (_, records) in enumerate(found):
        for place, record in enumerate(records):
            _count(tallies[number], record)
            if record.key is not None or not record.aside:
                films.setdefault(record.key or f"\0{number}:{place}", []).append((number, record))
    rows, extras = [], []
    for key, sightings in films.items():
        ordered = sorted(sightings, key=lambda sighting: (bool(sighting[1].aside), not sighting[1].full))
        if ordered[0][1].aside:
            continue
        for number, record in ordered[1:]:
            if not record.aside:
                tallies[number].set_aside[AGAIN] += 1
        records = [record for _, record in ordered]
        rows.append({**_together([r.row for r in records]), "source_id": None if key[0] == "\0" else key})
        extras.append(_together([r.extra for r in records]) | {"source_id": rows[-1]["source_id"]})
    others = {"ids": pd.DataFrame(extras, columns=["source_id", *extra], dtype="string")} if extra else {}
    table = tidy(pd.DataFrame(rows), source) if rows else tidy(pd.DataFrame(index=range(0)), source)
    report = LoadReport(source=source, tables=tuple(tally.report() for tally in tallies))
    return Loaded(table=table, report=report, others=others)


def _count(tally: Tally, record: Record) -> None:
    tally.rows_in += 1
    tally.unknown.update(record.unknown)
    tally.repaired.update(record.repaired)
    if record.aside:
        tally.set_aside[record.aside] += 1


def _together(parts: Sequence[dict[str, object]]) -> dict[str, object]:
    whole: dict[str, object] = {}
    for part in parts:
        whole.update({name: value for name, value in part.items() if name not in whole and value is not None})
    return whole
