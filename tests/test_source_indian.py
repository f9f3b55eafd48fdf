"""The Indian movies in every encoding and spelling that they go by; every row accounted for."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.sources import indian, recognise
from bookfilm_nb.movies.table import COLUMNS

HEADER = ["Name", "Year", "Duration", "Genre", "Rating", "Votes", "Director", "Actor 1", "Actor 2", "Actor 3"]
RIVER = ["The Slow River", "-1994", "121 min", "Drama, Musical", "7.4", "1,086", "A. Sen", "B. Rao", "C. Das", ""]


def table(*rows, header=HEADER, ends="\n", delimiter=",", quoting=csv.QUOTE_MINIMAL):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows([header, *rows])
    return text.getvalue()


def film(tmp_path, **cells):
    row = dict(zip(HEADER, RIVER, strict=True)) | cells
    file = tmp_path / "some.csv"
    file.write_text(table(list(row.values())), encoding="utf-8")
    loaded = indian.load(file)
    return loaded.table.iloc[0], loaded.report.tables[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_encoding_gives_the_same_films(tmp_path, encoding, ends):
    file = tmp_path / "renamed by someone.csv"
    file.write_bytes(table(["Café à Bombay – II", *RIVER[1:]], RIVER, ends=ends).encode(encoding))
    assert recognise(file) == "indian"
    loaded = indian.load(file)
    assert list(loaded.table["title"]) == ["Café à Bombay – II", "The Slow River"]
    assert {name: str(dtype) for name, dtype in loaded.table.dtypes.items()} == COLUMNS


@pytest.mark.parametrize("cell", ["-2019", "(2019)", "|-2019|", "2019", "-2019.0", "(I) (2019)", "2019.0"])
def test_a_year_however_it_is_written(tmp_path, cell):
    assert film(tmp_path, Year=cell)[0]["year"] == 2019


@pytest.mark.parametrize(("cell", "minutes"), [("109 min", 109), ("109", 109), ("109.0", 109), ("1h 49min", 109)])
def test_minutes_however_they_are_written(tmp_path, cell, minutes):
    assert film(tmp_path, Duration=cell)[0]["runtime_min"] == minutes


@pytest.mark.parametrize("cell", ["[Drama, Music]", "Drama, Music", "['Drama', 'Music']", "Drama,Music"])
def test_genres_have_their_canonical_names(tmp_path, cell):
    assert film(tmp_path, Genre=cell)[0]["genres"] == "drama|musical"


@pytest.mark.parametrize(
    ("column", "cell", "tidy_column"),
    [
        ("Votes", "$5.16M", "votes"),
        ("Year", "soon", "year"),
        ("Duration", "0 min", "runtime_min"),
        ("Rating", "74", "rating"),
        ("Rating", "nan", "rating"),
    ],
)
def test_what_cannot_be_read_is_unknown_and_counted(tmp_path, column, cell, tidy_column):
    row, report = film(tmp_path, **{column: cell})
    assert row.isna()[tidy_column]
    assert report.unknown == {tidy_column: 1}


def test_votes_with_separators_and_what_the_source_cannot_say(tmp_path):
    row, report = film(tmp_path, Votes="5,91,417")
    assert row["votes"] == 591417
    assert row["countries"] == "India"
    assert row[["language", "adapted_from_book", "overview", "source_id", "budget"]].isna().all()
    assert report.unknown == {}


def test_rows_without_a_title_and_exact_copies_are_set_aside_and_near_copies_kept(tmp_path):
    version = [*RIVER[:2], "117 min", *RIVER[3:]]
    file = tmp_path / "movies.csv"
    file.write_text(table([" ", *RIVER[1:]], RIVER, RIVER, version, [""] * 10, [*RIVER, "", ""], [*RIVER, "x"]))
    (report,) = indian.load(file).report.tables
    assert report.rows_in == 7
    assert report.rows_out == 2
    assert report.set_aside == {
        "exact copy of another row": 2,
        "no title": 1,
        "empty row": 1,
        "more cells than columns": 1,
    }


def test_the_same_table_twice_in_a_folder_counts_once(tmp_path):
    (tmp_path / "a.csv").write_text(table(RIVER))
    (tmp_path / "b.csv").write_text(table([RIVER[0], "(1994)", *RIVER[2:]]))
    loaded = indian.load(tmp_path)
    assert [report.rows_out for report in loaded.report.tables] == [1, 0]
    assert len(loaded.others["people"]) == len(loaded.table) == 1
    assert loaded.others["people"]["actor_1"][0] == "B. Rao"


def test_names_of_columns_with_and_without_spaces(tmp_path):
    file = tmp_path / "movies.csv"
    file.write_text(table(RIVER, header=[" name", "YEAR", *HEADER[2:7], "Actor_1", "Actor2", "actor 3"]))
    assert indian.load(file).others["people"].loc[0, ["actor_1", "actor_2"]].tolist() == ["B. Rao", "C. Das"]


def test_other_columns_orders_separators_and_short_rows(tmp_path):
    file = tmp_path / "cut.csv"
    file.write_text(table(["7", *RIVER[::-1]], ["8", "", "", "", "X"], header=["", *HEADER[::-1]], delimiter=";"))
    loaded = indian.load(file)
    assert loaded.table["title"][0] == "The Slow River"
    assert loaded.report.tables[0].set_aside == {"no title": 1}


def test_a_header_alone_is_an_empty_table(tmp_path):
    file = tmp_path / "empty.csv"
    file.write_text(table())
    loaded = indian.load(file)
    assert len(loaded.table) == loaded.report.rows_in == 0
    assert list(loaded.table) == list(COLUMNS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PK\x03\x04",
        table(RIVER).encode() + b"\0,\0\n",
        table(RIVER).encode() + b'"never closed, 2001\na,b,c,d,e,f,g,h,i,j\n',
        b"Title,Year\nx,2000\n",
    ],
)
def test_what_is_not_the_table_says_so_with_a_hint(tmp_path, content):
    file = tmp_path / "odd.csv"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"odd\.csv") as caught:
        indian.load(file)
    assert caught.value.hint


def test_a_line_of_twenty_mebibytes_is_refused(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text(table() + "x" * (20 << 20))
    with pytest.raises(DataError, match=r"long\.csv has a line of more than 16 MiB"):
        indian.load(file)


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=12)))
def test_any_cells_at_all_are_accounted_for(tmp_path_factory, rows):
    file = tmp_path_factory.mktemp("any") / "any.csv"
    file.write_text(table(*rows, quoting=csv.QUOTE_ALL), encoding="utf-8", newline="")
    loaded = indian.load(file)
    (report,) = loaded.report.tables
    assert report.rows_in == sum(bool(row) for row in rows)
    assert report.rows_out == len(loaded.table) == len(loaded.others["people"])


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["IMDb Movies India.csv", "variant_float_year_latin1.csv"])
def test_the_real_table(shared_data, name):
    loaded = indian.load(shared_data / "sources" / "06_indian" / name)
    (report,) = loaded.report.tables
    assert (report.rows_in, report.rows_out) == (15509, 15502)
    assert report.set_aside == {"exact copy of another row": 6, "no title": 1}
    assert loaded.table["year"].between(1913, 2022).sum() == 14976
    assert loaded.table["title"].str.contains("Haré Rama").sum() == 1
