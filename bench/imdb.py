"""What loading IMDb's tables costs, against pandas with its default settings reading the same columns.

    python bench/imdb.py [--titles 2000000] [--dump DIR] [--generator FILE] [--only-ours]

A synthetic dump of the four tables that the tidy table is made of (title.basics, ratings, principals, crew) is read
twice, each time in a process of its own: by ``imdb.load``, which counts, filters, joins and gives the tidy table back,
and by ``pandas.read_csv``, which only reads the columns (told of the tab, of no quoting and of the null, without which
it reads other rows). CPU is user + system time of the process, imports included; memory is its largest resident set.
Why polars, fed block by block: on one dump of 2 (12) million titles, filtering these four tables and keeping the films'
rows took 2.5 (19) CPU s and 537 (1,481) MiB with polars' own lazy scan, 3.2 (22) s and 589 (1,095) MiB with DuckDB (509
with its table of rejected lines), 2.8 s and 296 MiB with polars fed blocks of 16 MiB. On gzipped files, scan and DuckDB
took 3.8 and 5.4 s, 400 and 468 MiB. A lazy scan of some columns does not notice a line with too many fields, and DuckDB
refuses a file whose line ends are CR LF unless told so; blocks are checked before either would see them. (polars 2.1,
DuckDB 2.0, two cores, November 2026; all of imdb.load on 12 million titles: 25 CPU s, 857 MiB.)

The dump's generator is no part of this repository: it is looked for at ../shared/bench/imdb_dump.py, or given with
--generator; --dump reads a dump that is there already. The last line is one JSON object:

cpu_vs_pandas      CPU seconds of ours / of pandas
memory_vs_pandas   largest resident memory of ours / of pandas
peak_mib           largest resident memory of ours, MiB
rows               rows of the four tables together, as counted by ours
same_counts        whether rows of each table, films, rated films and films from books are as pandas counts them
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = ROOT.parent / "shared" / "bench" / "imdb_dump.py"
COLUMNS = {
    "title.basics": ["tconst", "titleType", "primaryTitle", "isAdult", "startYear", "runtimeMinutes", "genres"],
    "title.ratings": ["tconst", "averageRating", "numVotes"],
    "title.principals": ["tconst", "nconst", "category", "job"],
    "title.crew": ["tconst", "writers"],
}
OTHERS = ("title.akas", "title.episode", "name.basics")
BOOK_JOBS = ["novel", "based on the book by"]
"""The generator's credits that name a book, spelt out: the count of ours comes from its own rules."""


def used() -> dict[str, float]:
    """CPU seconds and the largest resident memory of this process so far."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu_s": spent.ru_utime + spent.ru_stime, "peak_mib": spent.ru_maxrss / 1024}


def run_ours(dump: Path) -> dict[str, object]:
    from bookfilm_nb.movies.sources import imdb

    began = time.monotonic()
    loaded = imdb.load(dump)
    wall_s = time.monotonic() - began
    cost = used()
    table = loaded.table
    counts = {Path(file.file).name.partition(".tsv")[0]: file.rows_in for file in loaded.report.tables}
    counts |= {"films": len(table), "rated": int(table["rating"].notna().sum())}
    counts["from books"] = int(table["adapted_from_book"].fillna(value=False).sum())
    return {"counts": counts, "wall_s": wall_s, **cost}


def run_pandas(dump: Path) -> dict[str, object]:
    import csv

    import pandas as pd

    began = time.monotonic()
    tables = {
        name: pd.read_csv(
            next(dump.glob(f"{name}.tsv*")), sep="\t", usecols=columns, quoting=csv.QUOTE_NONE, na_values=["\\N"],
            keep_default_na=False,
        )
        for name, columns in COLUMNS.items()
    }  # fmt: skip
    wall_s = time.monotonic() - began
    cost = used()
    basics, ratings, principals = tables["title.basics"], tables["title.ratings"], tables["title.principals"]
    films = basics.loc[basics["titleType"].isin(["movie", "tvMovie"]), "tconst"]
    books = principals.loc[principals["job"].isin(BOOK_JOBS), "tconst"]
    counts = {name: len(table) for name, table in tables.items()}
    counts |= {"films": len(films), "rated": int(films.isin(ratings["tconst"]).sum())}
    counts["from books"] = int(films.isin(books).sum())
    return {"counts": counts, "wall_s": wall_s, **cost}


def in_child(who: str, dump: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, __file__, "--run", who, "--dump", str(dump)], check=True, capture_output=True, text=True
    )
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    print(f"{who}: {json.dumps(result)}", flush=True)
    return result


def generated(folder: Path, titles: int, generator: Path) -> Path:
    if not generator.is_file():
        sys.exit(f"No generator of a dump at {generator}: give one with --generator, or a dump with --dump.")
    subprocess.run([sys.executable, str(generator), str(folder), str(titles)], check=True, stdout=sys.stderr)
    for name in OTHERS:
        (folder / f"{name}.tsv").unlink()
    return folder


def compare(dump: Path, *, only_ours: bool) -> dict[str, object]:
    missing = [name for name in COLUMNS if not list(dump.glob(f"{name}.tsv*"))]
    if missing:
        sys.exit(f"{dump} has no {', '.join(missing)}.")
    ours = in_child("ours", dump)
    counts = ours["counts"]
    assert isinstance(counts, dict)
    result: dict[str, object] = {
        "titles": counts["title.basics"],
        "films": counts["films"],
        "rows": sum(counts[name] for name in COLUMNS),
        "ours_cpu_s": ours["cpu_s"],
        "ours_wall_s": ours["wall_s"],
        "peak_mib": ours["peak_mib"],
    }
    if not only_ours:
        theirs = in_child("pandas", dump)
        result |= {
            "pandas_cpu_s": theirs["cpu_s"],
            "pandas_wall_s": theirs["wall_s"],
            "pandas_peak_mib": theirs["peak_mib"],
            "cpu_vs_pandas": ours["cpu_s"] / theirs["cpu_s"],  # type: ignore[operator]
            "memory_vs_pandas": ours["peak_mib"] / theirs["peak_mib"],  # type: ignore[operator]
            "same_counts": all(counts[name] == count for name, count in theirs["counts"].items()),  # type: ignore[attr-defined]
        }
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in result.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=2_000_000)
    parser.add_argument("--dump", type=Path, help="a folder with the four tables")
    parser.add_argument("--generator", type=Path, default=GENERATOR)
    parser.add_argument("--only-ours", action="store_true", help="without pandas, which needs some 15 GB for 12 M")
    parser.add_argument("--run", choices=("ours", "pandas"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(run_ours(asked.dump) if asked.run == "ours" else run_pandas(asked.dump)))
        return
    with tempfile.TemporaryDirectory(prefix="imdb-dump-") as scratch:
        dump = asked.dump or generated(Path(scratch), asked.titles, asked.generator)
        print(json.dumps(compare(dump, only_ours=asked.only_ours)))


if __name__ == "__main__":
    main()
