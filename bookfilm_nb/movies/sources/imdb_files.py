"""IMDb's tables as files: which is which by its header line, and their rows in blocks, every line accounted for.

The tables are too long for memory (title.principals has some 97 million rows), so a file passes through in blocks of
whole lines. Lines are counted and their fields checked on the bytes themselves, before any parser sees them: a parser
that reads only some columns does not notice a line that has too many.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import islice
from typing import IO, TYPE_CHECKING, cast

from bookfilm_nb.errors import DataError, MissingPartError
from bookfilm_nb.movies.table import TableReport

from .csv_rows import plain, records

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = [
    "KINDS",
    "NULL",
    "TABLES",
    "Progress",
    "TableFile",
    "Tally",
    "find",
    "frames",
    "known",
    "need_polars",
    "pass_over",
]

Progress = Callable[[str, int, int], None]
"""Called now and then with a file's name, the bytes read so far and its size in bytes."""

NULL = "\\N"
KINDS = (
    "movie", "short", "tvEpisode", "tvMiniSeries", "tvMovie", "tvPilot", "tvSeries", "tvShort", "tvSpecial", "video",
    "videoGame",
)  # fmt: skip
"""What title.basics calls its titles."""
TABLES: Mapping[str, tuple[str, ...]] = {
    "title.basics": (
        "tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "endYear", "runtimeMinutes",
        "genres",
    ),
    "title.ratings": ("tconst", "averageRating", "numVotes"),
    "title.principals": ("tconst", "ordering", "nconst", "category", "job", "characters"),
    "title.crew": ("tconst", "directors", "writers"),
    "title.akas": (
        "titleId", "ordering", "title", "region", "language", "types", "attributes", "isOriginalTitle",
    ),
    "title.episode": ("tconst", "parentTconst", "seasonNumber", "episodeNumber"),
    "name.basics": ("nconst", "primaryName", "birthYear", "deathYear", "primaryProfession", "knownForTitles"),
}  # fmt: skip
"""The seven tables and their columns as published."""

_TELLING: Mapping[str, frozenset[str]] = {
    "title.basics": frozenset({"tconst", "titleType", "primaryTitle"}),
    "title.ratings": frozenset({"tconst", "averageRating", "numVotes"}),
    "title.principals": frozenset({"tconst", "nconst", "category"}),
    "title.crew": frozenset({"tconst", "directors", "writers"}),
    "title.akas": frozenset({"titleId", "title", "region"}),
    "title.episode": frozenset({"tconst", "parentTconst"}),
    "name.basics": frozenset({"nconst", "primaryName"}),
}
_BLOCK = 16 << 20
_LONGEST_LINE = 64 << 20
_LONGEST_HEADER = 4096
_ROWS_OF_CSV = 100_000
_UNFINISHED = frozenset({".part", ".fresh"})
_NOT_SEPARATORS = bytes(code for code in range(256) if code not in b"\t\n")


@dataclass(frozen=True)
class TableFile:
    """A file that holds one of the seven tables, plain or gzipped, whole or a slice of it."""

    path: Path
    name: str
    """As the report calls it: relative to the folder that was asked for."""
    table: str
    columns: tuple[str, ...]
    """In the order of the file's own header."""
    header: bytes
    separator: str = "\t"
    """A comma or semicolon where somebody has saved the table again as CSV."""

    def has(self, *columns: str) -> bool:
        """Whether the file has all these columns."""
        return set(columns) <= set(self.columns)


@dataclass
class Tally:
    """What has become of the lines of one file so far."""

    rows_in: int = 0
    repaired: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def report(self, file: TableFile) -> TableReport:
        """The tally as a report; every row that was not set aside came out."""
        return TableReport(
            file=file.name,
            rows_in=self.rows_in,
            rows_out=self.rows_in - self.set_aside.total(),
            repaired=_known_counts(self.repaired),
            set_aside=_known_counts(self.set_aside),
            unknown=_known_counts(self.unknown),
        )


def _known_counts(counts: Counter[str]) -> dict[str, int]:
    return {reason: counts[reason] for reason in sorted(counts) if counts[reason]}


def need_polars() -> None:
    """Raise MissingPartError where polars is not installed."""
    if find_spec("polars") is None:
        raise MissingPartError(
            "Reading IMDb's tables needs polars, which is not installed.", hint="pip install 'bookfilm-nb[data]'"
        )


def known(column: str) -> pl.Expr:
    r"""The column with ``\N`` and the empty text as null; "None", "NA" and "nan" are titles and stay."""
    import polars as pl

    return pl.when(pl.col(column).is_in([NULL, ""])).then(None).otherwise(pl.col(column)).alias(column)


def find(path: Path) -> tuple[TableFile, ...]:
    """The tables in a file, or in a folder and the folders directly in it, in the order of their names.

    A table is told by its header line, so files may be renamed, cut to a slice, or have columns in another order. Of a
    file and its gzipped twin (``x.tsv`` and ``x.tsv.gz``) only the first is taken, of a download only a finished one.
    """
    if path.is_file():
        found = _recognised(path, path.name)
        return (found,) if found else ()
    files = sorted(p for pattern in ("*", "*/*") for p in path.glob(pattern) if p.suffix not in _UNFINISHED)
    unpacked = {file.with_name(f"{file.name}.gz") for file in files}
    tables = (_recognised(p, p.relative_to(path).as_posix()) for p in files if p not in unpacked and p.is_file())
    return tuple(table for table in tables if table)


def _recognised(path: Path, name: str) -> TableFile | None:
    try:
        with _opened(path) as stream:
            header = stream.readline(_LONGEST_HEADER).rstrip(b"\r\n")
        text = header.removeprefix(b"\xef\xbb\xbf").decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return None
    for separator in "\t,;":
        columns = tuple(text.split("\t") if separator == "\t" else _cells(text, separator))
        for table, telling in _TELLING.items():
            if telling <= set(columns) and len(set(columns)) == len(columns):
                return TableFile(path, name, table, columns, header, separator)
    return None


def _cells(header: str, separator: str) -> list[str]:
    return next(csv.reader(header.splitlines()[:1], delimiter=separator), [])


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if zipped:
            with gzip.GzipFile(fileobj=file) as stream:
                yield cast("IO[bytes]", stream)
        else:
            yield file


def _blocks(file: TableFile, progress: Progress | None) -> Iterator[bytes]:
    """The lines after the header, many at a time; every block ends with a newline."""
    if file.separator != "\t":
        yield from _blocks_of_csv(file)
        return
    try:
        size = file.path.stat().st_size
        with _opened(file.path) as stream:
            stream.readline(_LONGEST_HEADER)
            while block := stream.read(_BLOCK):
                if not block.endswith(b"\n"):
                    block += stream.readline(_LONGEST_LINE)
                if len(block) >= _BLOCK + _LONGEST_LINE:
                    raise DataError(
                        f"{file.name} has a line of more than {_LONGEST_LINE >> 20} MiB.",
                        hint="This is no table of IMDb's: download it again.",
                        path=str(file.path),
                    )
                if progress:
                    raw = getattr(stream, "fileobj", None) or stream
                    progress(file.name, raw.tell(), size)
                yield block if block.endswith(b"\n") else block + b"\n"
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(
            f"{file.name} is damaged: its compressed data ends early or does not add up.",
            hint="Delete it and download it again: bookfilm data get imdb.",
            path=str(file.path),
        ) from error
    except OSError as error:
        raise DataError(
            f"{file.name} cannot be read: {error.strerror}.", hint="Check the file.", path=str(file.path)
        ) from error


def _blocks_of_csv(file: TableFile) -> Iterator[bytes]:
    """The same of a table that was saved again as CSV, with its cells free of tabs and line breaks."""
    rows = records(file.path, file.separator)
    next(rows)
    while block := list(islice(rows, _ROWS_OF_CSV)):
        yield "".join("\t".join(map(plain, row)) + "\n" for row in block).encode()


def _sound(block: bytes, file: TableFile, tally: Tally) -> bytes:
    """The lines of the block that have as many fields as the header; the others are set aside in the tally."""
    width = len(file.columns)
    separators = block.translate(None, _NOT_SEPARATORS)
    lines = len(separators) // width
    if separators == (b"\t" * (width - 1) + b"\n") * lines and file.header not in block:
        tally.rows_in += lines
        return block
    kept = []
    for line in block.split(b"\n")[:-1]:
        tally.rows_in += 1
        if line.rstrip(b"\r") == file.header:
            tally.set_aside["the header line again"] += 1
        elif line.count(b"\t") == width - 1:
            kept.append(line)
        elif line.strip():
            tally.set_aside["wrong number of fields"] += 1
        else:
            tally.set_aside["an empty line"] += 1
    return b"".join(line + b"\n" for line in kept)


def _as_utf8(block: bytes, tally: Tally) -> bytes:
    lines = block.split(b"\n")
    for number, line in enumerate(lines):
        try:
            line.decode()
        except UnicodeDecodeError:
            tally.repaired["bytes that are not UTF-8 replaced"] += 1
            lines[number] = line.decode(errors="replace").encode()
    return b"\n".join(lines)


def frames(
    file: TableFile, columns: tuple[str, ...], tally: Tally, *, progress: Progress | None = None
) -> Iterator[pl.DataFrame]:
    r"""The file's rows, block by block, with those of the columns that it has; all text, null still ``\N``.

    Lines that cannot be rows are counted in the tally and left out. Raises DataError for a damaged file.
    """
    import polars as pl

    names = [name for name in file.columns if name in columns]
    wanted = [file.columns.index(name) for name in names]

    def parsed(block: bytes) -> pl.DataFrame:
        return pl.read_csv(
            block, separator="\t", quote_char=None, has_header=False, columns=wanted, infer_schema=False,
            empty_string_is_null=False,
        )  # fmt: skip

    for block in _blocks(file, progress):
        sound = _sound(block, file, tally)
        if not sound:
            continue
        try:
            frame = parsed(sound)
        except pl.exceptions.ComputeError:
            frame = parsed(_as_utf8(sound, tally))
        frame.columns = names
        yield frame


def pass_over(file: TableFile, tally: Tally, *, progress: Progress | None = None) -> None:
    """Count the file's lines, and those that cannot be rows, without reading what they say."""
    for block in _blocks(file, progress):
        _sound(block, file, tally)
