"""IMDb's tables: read as published, every line accounted for, films and what their credits say of their source."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import ChoiceError, DataError, MissingPartError
from bookfilm_nb.movies.sources import imdb, imdb_files, recognise
from bookfilm_nb.movies.table import COLUMNS, TableReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BASICS = ("tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "endYear", "runtimeMinutes",
          "genres")  # fmt: skip
RATINGS = ("tconst", "averageRating", "numVotes")
PRINCIPALS = ("tconst", "ordering", "nconst", "category", "job", "characters")
CREW = ("tconst", "directors", "writers")
AKAS = ("titleId", "ordering", "title", "region", "language", "types", "attributes", "isOriginalTitle")


def tsv(header: Sequence[str], *rows: Sequence[str]) -> bytes:
    return "".join("\t".join(row) + "\n" for row in (header, *rows)).encode()


def film(number: int, title: str = "A Film", **changes: str) -> list[str]:
    row = dict(zip(BASICS, (f"tt{number:07}", "movie", title, title, "0", "1999", r"\N", "90", "Drama"), strict=True))
    return [changes.get(name, value) for name, value in row.items()]


def write(folder: Path, **tables: bytes) -> Path:
    for name, data in tables.items():
        (folder / f"{name}.tsv").write_bytes(data)
    return folder


def report_of(loaded: imdb.Loaded, file: str) -> TableReport:
    return next(table for table in loaded.report.tables if table.file == file)


# The tidy table


def test_films_with_their_ratings_in_the_tidy_columns(tmp_path: Path) -> None:
    write(
        tmp_path,
        basics=tsv(BASICS, film(1, "First", genres="Drama,Sci-Fi,Music"), film(2, "Second", startYear=r"\N")),
        ratings=tsv(RATINGS, ("tt0000002", "7.5", "1200"), ("tt0000009", "1.0", "5")),
    )
    loaded = imdb.load(tmp_path)
    assert {name: str(dtype) for name, dtype in loaded.table.dtypes.items()} == COLUMNS
    first, second = loaded.table.to_dict("records")
    assert (first["title"], first["year"], first["runtime_min"]) == ("First", 1999, 90)
    assert first["genres"] == "drama|sci-fi|musical"
    assert (first["source"], first["source_id"]) == ("imdb", "tt0000001")
    assert pd.isna(first["rating"])
    assert pd.isna(second["year"])
    assert (second["rating"], second["votes"]) == (7.5, 1200)
    assert loaded.table[["language", "countries", "budget", "overview"]].isna().all(axis=None)


@pytest.mark.parametrize("title", ["None", "NA", "Null", "nan", "N/A", "-", "#1", "'71", '"Unbalanced', 'a "b', "0"])
def test_only_backslash_n_is_null_and_quotes_are_letters(tmp_path: Path, title: str) -> None:
    write(tmp_path, basics=tsv(BASICS, film(1, title), film(2, "Next")))
    kept = imdb.load(tmp_path).table["title"]
    assert kept.tolist() == [title, "Next"]
    write(tmp_path, basics=tsv(BASICS, film(1, r"\N")))
    assert imdb.load(tmp_path).table["title"].isna().all()


def test_other_kinds_are_set_aside_by_name(tmp_path: Path) -> None:
    rows = [film(1), film(2, titleType="tvMovie"), film(3, titleType="tvEpisode"), film(4, titleType="tvEpisode"),
            film(5, titleType="short"), film(6, titleType="hologram")]  # fmt: skip
    write(tmp_path, basics=tsv(BASICS, *rows))
    report = report_of(imdb.load(tmp_path), "basics.tsv")
    assert (report.rows_in, report.rows_out) == (6, 2)
    assert report.set_aside == {
        "not a film: of another kind": 1, "not a film: short": 1, "not a film: tvEpisode": 2,
    }  # fmt: skip
    shorts = imdb.load(tmp_path, kinds=("short", "tvEpisode"))
    assert list(shorts.table["source_id"]) == ["tt0000003", "tt0000004", "tt0000005"]
    with pytest.raises(ChoiceError, match="movei"):
        imdb.load(tmp_path, kinds=("movei",))


def test_values_that_are_none_are_unknown_and_counted(tmp_path: Path) -> None:
    rows = [film(1, runtimeMinutes="0"), film(2, runtimeMinutes="Reality-TV"), film(3, startYear="19xx"),
            film(4, runtimeMinutes="inf"), film(5, startYear="99999"), film(6, startYear="1999.0"),
            film(7, runtimeMinutes="6017")]  # fmt: skip
    write(tmp_path, basics=tsv(BASICS, *rows), ratings=tsv(RATINGS, ("tt0000001", "0", "-3"), ("tt0000002", "10", "5")))
    loaded = imdb.load(tmp_path)
    assert report_of(loaded, "basics.tsv").unknown == {"runtime_min": 3, "year": 2}
    assert report_of(loaded, "ratings.tsv").unknown == {"rating": 1, "votes": 1}
    assert loaded.table["runtime_min"].isna().tolist() == [True, True, False, True, False, False, False]
    assert loaded.table["year"].tolist()[5] == 1999
    assert loaded.table["runtime_min"].tolist()[6] == 6017


def test_a_film_marked_adult_has_the_genre(tmp_path: Path) -> None:
    rows = [film(1, isAdult="1"), film(2, isAdult="1", genres="Adult"), film(3, isAdult="1", genres=r"\N"),
            film(4, genres=r"\N")]  # fmt: skip
    write(tmp_path, basics=tsv(BASICS, *rows))
    loaded = imdb.load(tmp_path)
    assert loaded.table["genres"].fillna("?").tolist() == ["drama|adult", "adult", "adult", "?"]
    assert report_of(loaded, "basics.tsv").repaired == {"marked adult: genre added": 2}


def test_a_title_and_a_rating_count_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=tsv(BASICS, film(1, "One"), film(2, "Two"), film(1, "One again")),
        b=tsv(BASICS, film(2, "Two again"), film(3, "Three"), film(4, tconst=r"\N")),
        c=tsv(RATINGS, ("tt0000001", "5.0", "10"), ("tt0000001", "6.0", "20")),
    )
    loaded = imdb.load(tmp_path)
    assert loaded.table["title"].tolist() == ["One", "Two", "Three"]
    assert loaded.table["rating"].tolist()[0] == 5
    assert report_of(loaded, "a.tsv").set_aside == {"the same title again": 1}
    assert report_of(loaded, "b.tsv").set_aside == {"no title id": 1, "the same title again": 1}


# Files


def test_tables_are_told_by_their_header_line(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "data.txt").write_bytes(gzip.compress(tsv(BASICS, film(1))))
    (tmp_path / "inner" / "part-00001").write_bytes(b"\xef\xbb\xbf" + tsv(RATINGS, ("tt0000001", "8.1", "7")))
    (tmp_path / "title.basics.tsv").write_text("nothing of the kind\n")
    (tmp_path / "picture.gz").write_bytes(b"\x1f\x8b\x00broken")
    loaded = imdb.load(tmp_path)
    assert [table.file for table in loaded.report.tables] == ["data.txt", "inner/part-00001"]
    assert loaded.table["rating"].tolist() == pytest.approx([8.1])
    assert imdb.recognises(tmp_path / "data.txt")
    assert not imdb.recognises(tmp_path / "title.basics.tsv")
    assert not imdb.recognises(tmp_path / "picture.gz")
    assert not imdb.recognises(tmp_path / "not there")
    with pytest.raises(DataError, match="header"):
        imdb.load(tmp_path / "title.basics.tsv")
    with pytest.raises(DataError, match="no file"):
        imdb.load(tmp_path / "not there")


def test_a_gzipped_twin_and_an_unfinished_download_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, basics=tsv(BASICS, film(1)))
    (tmp_path / "basics.tsv.gz").write_bytes(gzip.compress(tsv(BASICS, film(1))))
    (tmp_path / "ratings.tsv.gz.part").write_bytes(gzip.compress(tsv(RATINGS))[:-4])
    assert [table.file for table in imdb.load(tmp_path).report.tables] == ["basics.tsv"]


def test_columns_may_be_in_another_order_missing_or_more(tmp_path: Path) -> None:
    header = ("genres", "primaryTitle", "extra", "titleType", "tconst")
    write(tmp_path, some=tsv(header, ("Drama", "Mixed", "x", "movie", "tt0000001")))
    row = imdb.load(tmp_path).table.iloc[0]
    assert (row["title"], row["genres"], row["source_id"]) == ("Mixed", "drama", "tt0000001")
    assert row["year"] is pd.NA


def test_windows_line_ends_leave_no_trace(tmp_path: Path) -> None:
    write(tmp_path, a=tsv(BASICS, film(1), film(2, genres=r"\N")).replace(b"\n", b"\r\n"))
    assert imdb.load(tmp_path).table["genres"].fillna("?").tolist() == ["drama", "?"]


def test_lines_that_are_no_rows_are_set_aside_by_reason(tmp_path: Path) -> None:
    good = tsv(BASICS, film(1), film(2))
    bad = b"tt0000003\tmovie\n" + b"\t".join(b"x" for _ in range(10)) + b"\n\n" + b"\t".join(f.encode() for f in BASICS)
    cut = b"\ntt0000004\tmovie\tCut of"
    write(tmp_path, basics=good + bad + cut)
    report = report_of(imdb.load(tmp_path), "basics.tsv")
    assert (report.rows_in, report.rows_out) == (7, 2)
    assert report.set_aside == {"an empty line": 1, "the header line again": 1, "wrong number of fields": 3}


def test_a_field_too_many_and_one_too_few_do_not_cancel_out(tmp_path: Path) -> None:
    rows = tsv(RATINGS, ("tt0000001", "5.0", "10"), ("tt0000002", "5.0", "10", "more"), ("tt0000003", "5.0"))
    write(tmp_path, basics=tsv(BASICS, film(1), film(2), film(3)), ratings=rows)
    loaded = imdb.load(tmp_path)
    assert report_of(loaded, "ratings.tsv").set_aside == {"wrong number of fields": 2}
    assert loaded.table["rating"].notna().tolist() == [True, False, False]


def test_bytes_that_are_not_utf8_are_replaced_and_counted(tmp_path: Path) -> None:
    write(tmp_path, basics=tsv(BASICS, film(1, "Fine é"), film(2, "BAD")).replace(b"BAD", b"Caf\xe9"))
    loaded = imdb.load(tmp_path)
    assert loaded.table["title"].tolist() == ["Fine é", "Caf�"]
    assert report_of(loaded, "basics.tsv").repaired == {"bytes that are not UTF-8 replaced": 1}


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: data[:-6] + b"\0\0" + data[-4:]])
def test_a_damaged_gzip_file_is_refused(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    (tmp_path / "basics.gz").write_bytes(harm(gzip.compress(tsv(BASICS, *(film(n) for n in range(500))))))
    with pytest.raises(DataError, match="damaged"):
        imdb.load(tmp_path)


def test_a_line_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imdb_files, "_BLOCK", 100)
    monkeypatch.setattr(imdb_files, "_LONGEST_LINE", 1000)
    write(tmp_path, basics=tsv(BASICS, film(1, "x" * 1500)))
    with pytest.raises(DataError, match="line of more than"):
        imdb.load(tmp_path)


def test_without_polars_the_command_that_gets_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imdb_files, "find_spec", lambda _: None)
    with pytest.raises(MissingPartError, match=r"bookfilm-nb\[data\]"):
        imdb.load(tmp_path)


TITLES = st.text(st.characters(exclude_characters="\t\n\r\0", exclude_categories=["Cs"]), max_size=30)
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(titles=st.lists(TITLES, min_size=1, max_size=12), block=st.integers(1, 400))
def test_every_title_comes_back_whatever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, titles: list[str], block: int
) -> None:
    monkeypatch.setattr(imdb_files, "_BLOCK", block)
    write(tmp_path, basics=tsv(BASICS, *(film(number, title) for number, title in enumerate(titles))))
    kept = imdb.load(tmp_path).table["title"]
    assert kept.fillna("").tolist() == [title if title != r"\N" else "" for title in titles]


@QUIET
@given(body=st.binary(max_size=80) | st.lists(st.sampled_from([b"tt1", b"\t", b"\n", b"\r\n", b"\xff"])).map(b"".join))
def test_no_line_is_lost_whatever_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setattr(imdb_files, "_BLOCK", 16)
    write(tmp_path, ratings=tsv(RATINGS) + body)
    report = report_of(imdb.load(tmp_path), "ratings.tsv")
    lines = body.split(b"\n")[: -1 if body.endswith(b"\n") or not body else None]
    assert report.rows_in == len(lines)
    assert report.rows_out == sum(line.count(b"\t") == 2 for line in lines)


def test_progress_is_told_and_may_stop_the_work(tmp_path: Path) -> None:
    write(tmp_path, basics=tsv(BASICS, film(1)))
    size = (tmp_path / "basics.tsv").stat().st_size
    seen: list[tuple[str, int, int]] = []
    imdb.load(tmp_path, progress=lambda *told: seen.append(told))
    assert seen[-1] == ("basics.tsv", size, size)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imdb.load(tmp_path, progress=stop)


# From a book, or not


def adapted(folder: Path, credit: Sequence[tuple[str, str, str]], writers: str | None) -> object:
    rows = [("tt0000001", str(n), person, kind, job, r"\N") for n, (person, kind, job) in enumerate(credit)]
    tables = {"basics": tsv(BASICS, film(1), film(2)), "principals": tsv(PRINCIPALS, *rows)}
    if writers is not None:
        tables["crew"] = tsv(CREW, ("tt0000001", r"\N", writers), ("tt0000002", r"\N", r"\N"))
    table = imdb.load(write(folder, **tables)).table
    assert table["adapted_from_book"].isna()[1]
    return table["adapted_from_book"].tolist()[0]


def test_a_book_in_the_credits_makes_an_adaptation(tmp_path: Path) -> None:
    credit = [("nm1", "writer", "screenplay"), ("nm2", "writer", 'based on the novel "X" by')]
    assert adapted(tmp_path, credit, None) is True
    assert adapted(tmp_path, [("nm1", "writer", "written by"), ("nm2", "writer", "novel")], "nm1") is True


def test_no_book_in_the_credits_proves_nothing(tmp_path: Path) -> None:
    assert adapted(tmp_path, [("nm1", "writer", "written by")], None) is pd.NA
    assert adapted(tmp_path, [("nm1", "writer", "screenplay")], "nm1") is pd.NA
    assert adapted(tmp_path, [("nm1", "writer", "written by")], "nm1,nm2") is pd.NA
    assert adapted(tmp_path, [("nm1", "writer", "written by"), ("nm2", "writer", "play")], "nm1") is pd.NA
    assert adapted(tmp_path, [("nm1", "actor", r"\N")], r"\N") is pd.NA


def test_all_writers_known_to_have_written_it_themselves_make_an_original(tmp_path: Path) -> None:
    credit = [
        ("nm1", "writer", "written by"),
        ("nm2", "writer", "original screenplay"),
        ("nm3", "producer", "producer"),
    ]
    assert adapted(tmp_path, credit, "nm1,nm2") is False


# The tables themselves


def test_tables_are_read_when_asked_for(tmp_path: Path) -> None:
    write(
        tmp_path,
        basics=tsv(BASICS, film(1, genres="Drama,War")),
        principals=tsv(
            PRINCIPALS,
            ("tt0000001", "1", "nm1", "actor", r"\N", '["Mary","Jane"]'),
            ("tt0000001", "2", "nm2", "actor", r"\N", '["Andrew \\"Drew\\" Frisbee, Jr."]'),
            ("tt0000002", "1", "nm2", "actor", r"\N", "[broken"),
        ),
        akas=tsv(AKAS, ("tt0000001", "1", "Ein Film", "DE", r"\N", "dvd\x02tv", r"\N", "0")),
    )
    others = imdb.load(tmp_path).others
    assert list(others) == ["title.basics", "title.principals", "title.akas"]
    assert others["title.akas"]["types"].tolist() == ["dvd|tv"]
    assert others["title.basics"]["genres"].tolist() == ["Drama|War"]
    people = imdb.read(tmp_path, "title.principals", columns=("characters", "ordering"))
    assert people["characters"].tolist() == ["Mary|Jane", 'Andrew "Drew" Frisbee, Jr.', "[broken"]
    assert {name: str(dtype) for name, dtype in people.dtypes.items()} == {"characters": "string", "ordering": "Int32"}
    assert imdb.read(tmp_path, "title.principals", ids=["tt0000002"])["nconst"].tolist() == ["nm2"]
    with pytest.raises(KeyError):
        others["title.crew"]
    with pytest.raises(DataError, match=r"title\.crew"):
        imdb.read(tmp_path, "title.crew")
    with pytest.raises(ChoiceError, match="nose"):
        imdb.read(tmp_path, "title.akas", columns=("nose",))
    with pytest.raises(ChoiceError, match="no table"):
        imdb.read(tmp_path, "title.noses")


def test_a_table_alone_has_no_films_but_its_rows(tmp_path: Path) -> None:
    write(tmp_path, ratings=tsv(RATINGS, ("tt0000001", "5.0", "10")))
    loaded = imdb.load(tmp_path / "ratings.tsv")
    assert len(loaded.table) == 0
    assert {name: str(dtype) for name, dtype in loaded.table.dtypes.items()} == COLUMNS
    assert loaded.others["title.ratings"]["numVotes"].tolist() == [10]


def test_loading_twice_gives_the_same(tmp_path: Path) -> None:
    rows = [film(n, f"Film {n}", genres="Drama,War") for n in range(300)]
    write(tmp_path, basics=tsv(BASICS, *rows), ratings=tsv(RATINGS, *((r[0], "5.5", "9") for r in reversed(rows))))
    first, second = imdb.load(tmp_path), imdb.load(tmp_path)
    pd.testing.assert_frame_equal(first.table, second.table)
    assert first.report.to_json() == second.report.to_json()
    assert first.table["source_id"].is_monotonic_increasing


def test_the_sheet_says_what_may_be_done() -> None:
    assert (imdb.SHEET.redistribution, imdb.SHEET.commercial_film) == ("no", "ask the owner")
    assert set(imdb.SHEET.columns) == set(imdb_files.TABLES)
    assert json.loads(imdb.SHEET.to_json())["name"] == "imdb"


# Real samples


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "films"), [("subset2017", 18_199), ("tiny7", 1), ("", 18_200)])
def test_the_real_samples_load_with_every_row(shared_data: Path, name: str, films: int) -> None:
    folder = shared_data / "sources" / "02_imdb" / name
    loaded = imdb.load(folder)
    assert recognise(folder) == "imdb"
    assert len(loaded.table) == films
    assert loaded.table["title"].notna().all()
    for table in loaded.report.tables:
        lines = (folder / table.file).read_bytes().count(b"\n") - 1
        assert table.rows_in == lines
    assert sum(len(frame) for frame in loaded.others.values()) >= loaded.report.rows_out


@pytest.mark.slow
def test_the_benchmark_counts_as_pandas_does(tmp_path: Path) -> None:
    principals = [
        ("tt0000001", "1", "nm1", "writer", "novel", r"\N"),
        ("tt0000003", "1", "nm1", "writer", "novel", r"\N"),
    ]
    for name, data in {
        "title.basics": tsv(BASICS, film(1), film(2), film(3, '"Short', titleType="short")),
        "title.ratings": tsv(RATINGS, ("tt0000002", "5.0", "10")),
        "title.principals": tsv(PRINCIPALS, *principals),
        "title.crew": tsv(CREW, ("tt0000001", r"\N", "nm1")),
    }.items():
        (tmp_path / f"{name}.tsv").write_bytes(data)
    bench = Path(__file__).resolve().parents[1] / "bench" / "imdb.py"
    done = subprocess.run(
        [sys.executable, str(bench), "--dump", str(tmp_path)], capture_output=True, text=True, check=True
    )
    result = json.loads(done.stdout.splitlines()[-1])
    assert (result["rows"], result["films"], result["same_counts"]) == (7, 2, True)
    assert {"cpu_vs_pandas", "memory_vs_pandas", "peak_mib"} <= set(result)
    absent = subprocess.run(
        [sys.executable, str(bench), "--generator", str(tmp_path / "none")], capture_output=True, text=True, check=False
    )
    assert "No generator" in absent.stderr
