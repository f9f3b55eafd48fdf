"""The same tables as other people have saved them: packed, cut off, with other separators or a column less."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies import load, recognise
from bookfilm_nb.movies.table import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

INDIAN = [
    ["Name", "Year", "Duration", "Genre", "Rating", "Votes", "Director", "Actor 1"],
    ["The Slow River", "-1994", "121 min", "Drama", "7.4", "1,086", "A. Sen", "B. Rao"],
    ["Salt, and Rain", "-2003", "98 min", "Comedy", "5.1", "40", "C. Das", "D. Nath"],
]
KAGGLE = [
    ["id", "title", "genres", "overview", "release_date", "runtime", "vote_average", "vote_count"],
    ["7", "The Lantern", "[{'id': 18, 'name': 'Drama'}]", "A lamp\nand a keeper.", "1987-03-09", "94.0", "6.4", "25"],
    ["8", "Night Ferry", "[]", "A ferry, in fog.", "1990-01-02", "0.0", "0.0", "0"],
]
IMDB = [
    ["tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "endYear", "runtimeMinutes",
     "genres"],
    ["tt0000007", "movie", "The Lantern", "La Lanterne", "0", "1987", r"\N", "94", "Drama,Mystery"],
    ["tt0000008", "movie", 'None, or "Null"', "None", "0", "1990", r"\N", r"\N", r"\N"],
]  # fmt: skip
UCI = [
    [f"QQ{n}", f"Garden {n}", "1951", "D:Quill", "PN:R. Moss", "St:Ealing", "bnw", "Dram", "aw"] for n in range(10, 30)
]
BOOKS = [
    ["Book Title", "Author(s)", "Year Published", "Film Name", "Release Year", "Director"],
    ["Harbour", "A. Cee", "1899.0", "Quiet Harbour", "1950.0", "I. Frost"],
]


def text(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)
    return made.getvalue()


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def titles(path: Path) -> list[str]:
    loaded = load(path)
    assert {name: str(dtype) for name, dtype in loaded.table.dtypes.items()} == COLUMNS
    return loaded.table["title"].tolist()


def test_a_path_may_be_a_text_and_the_source_named(tmp_path):
    file = saved(tmp_path, "some.csv", text(INDIAN))
    assert recognise(str(file)) == "indian"
    assert load(str(file), "indian").table["title"].tolist() == ["The Slow River", "Salt, and Rain"]


@pytest.mark.parametrize(("rows", "source"), [(INDIAN, "indian"), (KAGGLE, "kaggle"), (UCI, "uci")])
def test_a_packed_table_is_unpacked_for_the_while(tmp_path, rows, source):
    plain = text(rows, ";" if source == "uci" else ",", csv.QUOTE_ALL)
    packed = saved(tmp_path, "films.csv.gz", gzip.compress(plain.encode()))
    loaded = load(packed)
    assert recognise(packed) == source
    assert loaded.report.tables[0].file == "films.csv"
    assert loaded.report.rows_in == len(rows) - (source != "uci")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["films.csv.gz"]


def test_an_archive_is_read_like_a_folder(tmp_path):
    keywords = text([["id", "keywords"], ["7", "[{'id': 818, 'name': 'based on novel or book'}]"]])
    archive = saved(
        tmp_path, "archive.zip", zipped({"a/movies_metadata.csv": text(KAGGLE), "a/keywords.csv": keywords})
    )
    loaded = load(archive)
    assert loaded.report.source == "kaggle"
    assert loaded.table["adapted_from_book"].tolist()[0] is True
    with tarfile.open(tmp_path / "archive.tar", "w") as tar:
        tar.add(saved(tmp_path, "films.csv", text(INDIAN)), "films.csv")
    assert titles(tmp_path / "archive.tar") == ["The Slow River", "Salt, and Rain"]


def test_tables_of_an_archive_that_are_read_late_are_there(tmp_path):
    archive = saved(tmp_path, "imdb.zip", zipped({"title.basics.tsv": "\n".join(map("\t".join, IMDB))}))
    assert load(archive).others["title.basics"]["tconst"].tolist() == ["tt0000007", "tt0000008"]


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08 no gzip", zipped({"../out.csv": "x"}), b"PK\x03\x04 cut"])
def test_an_archive_that_is_not_sound_is_refused(tmp_path, content):
    with pytest.raises(DataError, match="not unpacked"):
        load(saved(tmp_path, "films.zip", content))


@pytest.mark.parametrize(("rows", "known"), [(KAGGLE, "The Lantern"), (INDIAN, "The Slow River")])
def test_a_last_row_that_the_end_of_the_file_cuts_off_is_set_aside(tmp_path, rows, known):
    whole = text(rows, quoting=csv.QUOTE_ALL)
    cut = saved(tmp_path, "cut.csv", whole[: whole.rindex("fog") if rows is KAGGLE else whole.rindex("Das")])
    loaded = load(cut)
    assert loaded.table["title"].tolist() == [known]
    (report,) = loaded.report.tables
    assert (report.rows_in, report.set_aside) == (2, {"cut off: the file ends inside this row": 1})


def test_a_quote_that_swallows_rows_is_no_cut(tmp_path):
    torn = text(INDIAN) + '"open\n' + text([["x"] * 8])
    with pytest.raises(DataError, match="never closed"):
        load(saved(tmp_path, "torn.csv", torn))


@pytest.mark.parametrize("rows", [INDIAN, KAGGLE, BOOKS], ids=["indian", "kaggle", "books"])
def test_a_spreadsheets_separator_line_is_no_header(tmp_path, rows):
    plain = titles(saved(tmp_path, "plain.csv", text(rows)))
    assert titles(saved(tmp_path, "sheet.csv", "sep=;\n" + text(rows, ";"))) == plain
    assert len(plain) == len(rows) - 1


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_imdbs_table_saved_as_csv(tmp_path, delimiter):
    published = load(saved(tmp_path, "title.basics.tsv", "\n".join(map("\t".join, IMDB)))).table
    table = load(saved(tmp_path, "basics.csv", text(IMDB, delimiter))).table
    assert table.equals(published)
    assert table["title"].tolist()[1] == 'None, or "Null"'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_ucis_main_table_saved_without_quotes(tmp_path, delimiter):
    original = load(saved(tmp_path, "main.csv", text(UCI, ";", csv.QUOTE_ALL))).table
    assert load(saved(tmp_path, "again.csv", text(UCI, delimiter))).table.equals(original)


def test_other_tables_are_not_taken_for_ucis(tmp_path):
    assert recognise(saved(tmp_path, "books.csv", text(BOOKS))) == "github"
    with pytest.raises(DataError, match="No source knows"):
        recognise(saved(tmp_path, "six.csv", text([["a", "b", "c", "d", "1950", "f"]] * 20)))


@pytest.mark.parametrize("missing", ["id", "genres", "overview", "runtime"])
def test_the_movies_dataset_without_a_column(tmp_path, missing):
    header = [*KAGGLE[0], "original_language", "popularity"]
    rows = [header, *([*row, "en", "1.2"] for row in KAGGLE[1:])]
    place = header.index(missing)
    file = saved(tmp_path, "less.csv", text([row[:place] + row[place + 1 :] for row in rows]))
    assert titles(file) == ["The Lantern", "Night Ferry"]


@pytest.mark.parametrize("missing", INDIAN[0][1:])
def test_the_indian_table_without_a_column(tmp_path, missing):
    place = INDIAN[0].index(missing)
    file = saved(tmp_path, "less.csv", text([row[:place] + row[place + 1 :] for row in INDIAN]))
    assert recognise(file) == "indian"
    assert titles(file) == ["The Slow River", "Salt, and Rain"]


def test_years_that_pandas_wrote_as_decimals(tmp_path):
    loaded = load(saved(tmp_path, "books.csv", "\n" + text(BOOKS)))
    assert loaded.table["year"].tolist() == [1950]
    assert loaded.others["books"]["published"].tolist() == [1899]


@pytest.mark.parametrize(
    "reply",
    [
        {"genres": [{"id": 18, "name": "Drama"}]},
        {"id": 550, "keywords": [{"id": 818, "name": "based on novel or book"}]},
        {"errors": ["query must be provided"]},
        {"page": 1, "results": [], "total_pages": 0, "total_results": 0},
        {"certifications": {"FR": []}},
    ],
    ids=lambda reply: next(iter(reply)),
)
def test_a_reply_of_tmdb_with_little_in_it_is_known(tmp_path, reply):
    file = saved(tmp_path, "reply.json", json.dumps(reply))
    assert recognise(file) == "tmdb"
    assert load(file).report.rows_in == 1


def test_the_author_among_tmdbs_credits_tells_of_a_book(tmp_path):
    film = {"id": 7, "title": "The Lantern", "release_date": "1987-03-09", "runtime": 94, "vote_average": 6.4}
    keywords = {"keywords": {"keywords": [{"id": 1, "name": "lighthouse"}]}}
    writers = [{"id": 2, "name": "A. Cee", "job": "Novel"}, {"id": 3, "name": "B. Dee", "job": "Screenplay"}]
    for crew, told in ((writers, True), (writers[1:], False)):
        file = saved(tmp_path, "film.json", json.dumps({**film, **keywords, "credits": {"cast": [], "crew": crew}}))
        assert load(file).table["adapted_from_book"].tolist() == [told]


def test_wikipedias_list_of_before_2018(tmp_path):
    old = [{"title": "The Tin Garden", "year": 1951, "director": "Quill", "cast": "R. Moss, S. Fen", "genre": "Comedy"}]
    loaded = load(saved(tmp_path, "movies.json", json.dumps(old)))
    assert loaded.table["genres"].tolist() == ["comedy"]
    assert loaded.others["cast"]["person"].tolist() == ["R. Moss", "S. Fen"]


def test_saved_replies_of_githubs_search(tmp_path):
    first = {"full_name": "a/films", "stargazers_count": 9, "license": {"spdx_id": "MIT"}, "topics": ["movies-dataset"]}
    page = {"total_count": 2, "incomplete_results": False, "items": [first, {"full_name": "b/more"}, {"id": 3}]}
    saved(tmp_path, "1.json", json.dumps(page))
    saved(tmp_path, "2.json", json.dumps({**page, "items": [first]}))
    loaded = load(tmp_path)
    assert loaded.report.source == "github"
    assert loaded.others["repositories"]["repository"].tolist() == ["a/films", "b/more"]
    assert [table.set_aside for table in loaded.report.tables] == [
        {"no repository": 1},
        {"a repository that was listed before": 1},
    ]
    with pytest.raises(DataError, match="no reply"):
        load(saved(tmp_path, "bad.json", '{"total_count": 1, "items": "full_name"}'))


def test_tables_read_as_text_may_be_cut_off_too(tmp_path):
    tasks = text(
        [["Task Name", "Dataset Count", "Description"], ["Lip Reading", "4", "Words, seen"], ["Cut", "5", "a,b"]]
    )
    loaded = load(saved(tmp_path, "cv_tasks.csv", tasks[: tasks.rindex(",b")]), "pwc_video")
    assert loaded.others["tasks"]["task"].tolist() == ["Lip Reading"]
    assert loaded.report.tables[0].set_aside == {"cut off: the file ends inside this row": 1}
    books = load(
        saved(tmp_path, "books.csv", text([*BOOKS, ["Road", "K. Ash, ed.", "1950", "Road", "1951", "M. Wolf"]])[:-40])
    )
    assert books.table["title"].tolist() == ["Quiet Harbour"]
    assert books.report.tables[0].rows_in == 2
