"""The data sources, one module each; all give the same tidy table and the same kind of report.

Each module has ``SHEET`` (its :class:`DataSheet`), ``recognises(path) -> bool`` (cheap, by names and first bytes) and
``load(path) -> Loaded``, where ``path`` is a file of the source or a folder that holds its files under any of the names
they go by. Where the source can be fetched, ``get(folder, ...) -> Path`` does it.

:func:`load` takes any file, folder or archive of any source and finds out whose it is; :func:`source` gives the module
of one by its name: ``source("kaggle").load(folder)``.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from bookfilm_nb.errors import ChoiceError, DataError, MissingPartError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bookfilm_nb.movies.datasheet import DataSheet
    from bookfilm_nb.movies.table import Loaded

__all__ = [
    "SOURCES",
    "Found",
    "Source",
    "found_in",
    "load",
    "load_found",
    "recognise",
    "recognised",
    "sheets",
    "source",
]


class Source(Protocol):
    """What a module in this folder offers."""

    SHEET: DataSheet

    def recognises(self, path: Path) -> bool:
        """Whether this file, or this folder, looks like the source's."""
        ...

    def load(self, path: Path) -> Loaded:
        """Its tidy table and report. Raises DataError for a file that cannot be read as this source's."""
        ...


SOURCES: tuple[str, ...] = (
    "packaged", "kaggle", "imdb", "uci", "tmdb", "omdb", "indian", "github",
    "pwc_video", "pwc_audio", "pwc_text",
)  # fmt: skip
"""Every source by name; ``packaged`` comes with the extra ``data``, the ten others are fetched by their own terms."""

_ORDER = (*SOURCES[1:], SOURCES[0])


@cache
def source(name: str) -> Source:
    """The module of a source. Raises ChoiceError for a name that there is not."""
    if name not in SOURCES:
        raise ChoiceError(
            f"There is no data source {name!r}.", hint=f"Choose one of: {', '.join(SOURCES)}.", choices=list(SOURCES)
        )
    return cast("Source", import_module(f"{__name__}.{name}"))


def sheets() -> tuple[DataSheet, ...]:
    """The datasheets of all sources."""
    return tuple(source(name).SHEET for name in SOURCES)


def recognised(path: Path | str) -> tuple[str, ...]:
    """The sources whose files these are: one, or several that share a file, as those of Papers with Code do.

    Raises DataError where none knows them, no file is there, or an archive cannot be unpacked.
    """
    with _opened(Path(path)) as place:
        names = _known_by(place)
    if not names:
        raise DataError(
            f"No source knows the files of {path}.",
            hint=f"Say which it is with --source: {', '.join(SOURCES)}.",
            path=str(path),
        )
    return names


def recognise(path: Path | str) -> str:
    """The first of the sources whose files these are. Raises DataError as :func:`recognised`."""
    return recognised(path)[0]


def load(path: Path | str | None = None, name: str | None = None) -> Loaded:
    """The table and report of a file, folder or archive; its source is recognised where ``name`` does not say it.

    Without a path, the packaged tables. A zip, tar or gzip file that the source does not read itself is unpacked for
    the while. Raises DataError for what cannot be read as a source's, ChoiceError for a name that there is not,
    MissingPartError where the packaged tables are not installed.
    """
    if path is None:
        from .packaged import load as load_packaged

        return load_packaged()
    module = source(name or recognise(path))
    with _opened(Path(path)) as place:
        loaded = module.load(place)
        # Some tables are read only when they are asked for, and then the unpacked files are gone
        return loaded if place == Path(path) else replace(loaded, others=dict(loaded.others))


@contextmanager
def _opened(path: Path) -> Iterator[Path]:
    """The path itself, or for the while the unpacked files of one that no source reads as it is."""
    from .archives import is_packed, unpacked

    if not path.exists():
        raise DataError(f"There is no file or folder {path}.", hint="Check the path.", path=str(path))
    if is_packed(path) and not _known_by(path):
        with unpacked(path) as folder:
            yield folder
    else:
        yield path


def _known_by(path: Path) -> tuple[str, ...]:
    return tuple(name for name in _ORDER if source(name).recognises(path))


def found_in(folder: Path, *, depth: int = 3) -> tuple[tuple[str, Path], ...]:
    """What a folder of downloads holds, of any number of sources: each source's name and the place to load it from.

    A place is the innermost folder that holds all files of a source; whatever else lies there is the loader's to pass
    over. Looks ``depth`` folders deep; hidden folders and links are not entered. Nothing where nothing is known.
    Raises DataError where there is no such folder.
    """
    if not folder.is_dir():
        raise DataError(f"There is no folder {folder}.", hint="Check the path.", path=str(folder))
    return tuple((name, place) for name in _ORDER for place in _places(source(name), folder, depth))


class Found(NamedTuple):
    """The sources that were found and read, and those that were found and cannot be read: in one sentence, why."""

    loaded: dict[str, Loaded]
    problems: dict[str, str]


def load_found(folder: Path | str | None = None) -> Found:
    """The packaged tables and every source that a folder of downloads holds, by name, in the order of :data:`SOURCES`.

    Without a folder, or where there is none, the packaged tables alone. A source that lies in several places is told
    apart by the place: ``imdb (subset)``. A source that cannot be read does not keep the others from being read.
    """
    places: list[tuple[str, Path | None]] = [(SOURCES[0], None)]
    if folder and Path(folder).is_dir():
        places += found_in(Path(folder))
    found = Found({}, {})
    for name, place in places:
        alone = place is None or [other for other, _ in places].count(name) == 1
        told = name if alone else f"{name} ({place.name})"  # type: ignore[union-attr]
        try:
            found.loaded[told] = load(place, name)
        except (DataError, MissingPartError) as error:
            found.problems[told] = str(error)
    return found


def _places(module: Source, folder: Path, depth: int) -> Iterator[Path]:
    entries = sorted(e for e in folder.iterdir() if not e.name.startswith(".") and not e.is_symlink())
    files = [e for e in entries if e.is_file() and module.recognises(e)]
    within = [place for e in entries if depth and e.is_dir() for place in _places(module, e, depth - 1)]
    if module.recognises(folder) and (files or len(within) != 1):
        yield folder
    else:
        yield from [*files, *within]
