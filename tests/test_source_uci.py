"""The UCI Movie tables: told apart without headers, straightened where certain, every row accounted for."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import split
from bookfilm_nb.movies.sources import recognise, uci
from bookfilm_nb.movies.sources.uci_codes import country, genres_of
from bookfilm_nb.movies.table import COLUMNS

MAIN = ["QQ10", "The Tin Garden", "1951", "D:Quill", "PN:R. Moss", "St:Ealing, SD:*", "bnw", "Dram, Myst", "aw"]
OTHERS = [[f"QQ{n}", f"Filler {n}", "1950", "D:Quill", "PN:", "SU:", "prc", "Ctxx", "aw"] for n in range(900, 940)]


def text(*rows):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return made.getvalue()


def load(tmp_path, *rows):
    """The rows amid forty ordinary ones, as a file under another name; the films of the rows, and the report."""
    file = tmp_path / "films of a course.csv"
    file.write_text(text(*OTHERS[:20], *rows, *OTHERS[20:]), encoding="utf-8")
    loaded = uci.load(file)
    films = loaded.table[~loaded.table["title"].str.startswith("Filler")].reset_index(drop=True)
    (report,) = loaded.report.tables
    assert report.rows_in == 40 + len(rows)
    assert report.rows_out == len(loaded.table)
    return films, report


def changed(**cells):
    names = ("id", "title", "year", "director", "producer", "studio", "process", "category", "awards")
    return list((dict(zip(names, MAIN, strict=True)) | cells).values())


def test_a_film_and_what_the_source_cannot_say(tmp_path):
    films, report = load(tmp_path, MAIN)
    assert {name: str(dtype) for name, dtype in films.dtypes.items()} == COLUMNS
    assert films.iloc[0].dropna().to_dict() == {
        "title": "The Tin Garden", "year": 1951, "genres": "drama|mystery", "source": "uci", "source_id": "QQ10",
    }  # fmt: skip
    assert report.unknown == {"genres": 40}


@pytest.mark.parametrize("year", ["19xx", "199x", "194e", "965", "19428", "1969x", "td"])
def test_a_year_that_is_none_is_unknown_and_counted(tmp_path, year):
    films, report = load(tmp_path, changed(year=year))
    assert films["year"].isna().all()
    assert report.unknown["year"] == 1
    assert report.repaired == {}


@pytest.mark.parametrize(
    ("row", "mended"),
    [
        (["QQ10", "The Tin Garden", "D:1951", *MAIN[3:]], "a director's mark before the year"),
        (["QQ10", "The Tin Garden", "1951?", *MAIN[3:]], "a year with a question mark"),
        (["Fig.2", *MAIN[:8]], "a cell too many before the id"),
        (["QQ10", "The Tin Garden", "", *MAIN[2:8]], "an empty cell too many before the year"),
        (["QQ10", "", "The Tin Garden", "1951", *MAIN[4:], ""][:9], "title and year one column aside"),
        (["QQ10td> T:The Tin Garden", *MAIN[2:], ""], "id and title in one cell"),
        (["QQ10<d> T:The Tin Garden", "1951", "D:UnYear51", *MAIN[4:], ""], "id and title in one cell"),
        (["QQ10", "The Tin Gardentd> 1951", *MAIN[3:], ""], "title and year in one cell"),
        (["QQ10", "The Tin Garden", "1951 Quill", *MAIN[4:], ""], "year and director in one column"),
        (["QQ10", "QQ1<QQ10td> T:The Tin Garden", *MAIN[2:]], "markup in the title"),
    ],
)
def test_a_row_with_one_possible_reading_is_straightened(tmp_path, row, mended):
    films, report = load(tmp_path, row)
    assert report.repaired == {mended: 1}
    whole = films.loc[0, ["title", "year", "source_id", "genres"]].tolist()
    assert whole == ["The Tin Garden", 1951, "QQ10", "drama|mystery"]


def test_a_row_without_its_id_and_one_without_its_year(tmp_path):
    films, report = load(tmp_path, ["T:No Name", *MAIN[2:], ""], ["QQ11", "No Year", "H.Quill", *MAIN[4:], ""])
    assert report.repaired == {"the id is missing": 1, "year and director in one column": 1}
    assert films["title"].tolist() == ["No Name", "No Year"]
    assert films["source_id"].isna().tolist() == [True, False]
    assert films["year"].isna().tolist() == [False, True]
    assert films["genres"].tolist() == ["drama|mystery"] * 2


@pytest.mark.parametrize("mark", ["T:", "Tm:", "Tn:", "TZ:", "TS: "])
def test_marks_before_titles_are_no_titles(tmp_path, mark):
    films, _ = load(tmp_path, changed(title=f"{mark}The Tin Garden"))
    assert films["title"].tolist() == ["The Tin Garden"]


def test_rows_of_other_tables_and_rows_without_a_title_are_set_aside(tmp_path):
    films, report = load(
        tmp_path,
        ["Quill", "D", "QQu", "@1949-1954", "Quill", "Una", "", "1912", "Br"],
        ["QQ10", "USA", "The Tin Yard", "France", "QQ10", "The Tin Garden", "", "", ""],
        changed(title=""),
        changed(title="title"),
    )
    assert films.empty
    assert report.set_aside == {"a row of the people table": 1, "a row of the synonyms table": 1, "no title": 2}


def test_one_id_for_copies_titles_and_films(tmp_path):
    films, report = load(
        tmp_path,
        MAIN,
        MAIN,
        changed(year="1952"),
        changed(title="Le Jardin", producer="The Tin Garden"),
        changed(title="The Iron Pond"),
        changed(title="The Iron Pond"),
        changed(title="The Last Gate"),
    )
    assert dict(zip(films["source_id"], films["title"], strict=True)) == {
        "QQ10": "The Tin Garden", "QQ10/2": "The Iron Pond", "QQ10/3": "The Last Gate",
    }  # fmt: skip
    assert report.set_aside == {
        "exact copy of another row": 2, "id and title again": 1, "another title of the film with this id": 1,
    }  # fmt: skip
    assert report.repaired == {"id shared with another film": 2}


@pytest.mark.parametrize(
    ("cell", "genres", "mended"),
    [
        ("Romt,Comd", ["romance", "comedy"], False), ("Romt Comd", ["romance", "comedy"], False),
        ("S.F.", ["sci-fi"], False), ("SciF", ["sci-fi"], True), ("DRam", ["drama"], False),
        ("Ducu", ["documentary"], True),
        ("Comdx", ["comedy"], True), ("RomtAdvt", ["romance", "adventure"], True), ("CnR", ["crime"], False),
        ("TV, BioP", ["biography"], False), ("Ctxx", [], False), ("CTxx", [], False), ("", [], False),
        ("aw", [], False),
        ("H**", [], False), ("IO; West; T(1929)", [], False), ("Noir", ["film-noir"], False),
    ],
)  # fmt: skip
def test_category_codes(cell, genres, mended):
    assert genres_of(cell) == (genres, mended)


def test_a_category_one_column_aside_is_found(tmp_path):
    films, report = load(
        tmp_path,
        changed(category="prc", awards="Dram"),
        changed(id="QQ11", title="Other", process="Comd", category="aw"),
        changed(id="QQ12", title="Third", category="aw", awards="H**"),
        changed(id="QQ13", title="Fourth", category="aw", awards="Com"),
    )
    assert films["genres"].fillna("").tolist() == ["drama", "comedy", "", ""]
    assert report.repaired == {"category one column aside": 2}
    assert report.unknown == {"genres": 42}


@pytest.mark.parametrize(
    ("studio", "where"),
    [
        ("SL:Fr", "France"),
        ("SL: G.B.", "United Kingdom"),
        ("St:Pathe, SL:Italy", "Italy"),
        ("SL:London", None),
        ("St:Fox", None),
    ],
)
def test_a_place_in_the_studio_cell(studio, where):
    assert country(studio) == where


PAGE = """<HTML><HEAD><TITLE>Movies</TITLE></HEAD><BODY><TABLE>
<tr><th>QQu <th> @1949 <th> Quill<th> notes of this director|
<tr><td> QQ10 <td> T:The Tin Garden <td> 1951 <td> D:Quill <td> PN:R. Moss <td> St:Ealing <td> bnw
 <td> Dram <td> H** <td> garden, GB <td> B(Una Quill:"Tin") W(Moss)|
<tr><td> QQ11 <td> Tn:L'&eacute;t&eacute; <td> 19xx <td> D:Quill <td> PU: <td> SL:Fr <td> prc
 <td> Ctxx<td> <td> lc <td> Alt(T:Summer) C(<a href="x.html">Bell</a>)|
<tr><td> QQ12 <td> T:Short Row|
</TABLE></BODY></HTML>
"""


def page(tmp_path, content=PAGE):
    file = tmp_path / "main.html"
    file.write_bytes(content.encode("cp1252"))
    return file


def test_the_html_form_with_cells_that_are_never_closed(tmp_path):
    file = page(tmp_path, PAGE.replace("&eacute;", "é"))
    assert recognise(file) == "uci"
    loaded = uci.load(file)
    assert loaded.table["title"].tolist() == ["The Tin Garden", "L'été", "Short Row"]
    assert loaded.table["year"].isna().tolist() == [False, True, True]
    assert loaded.table["genres"].fillna("").tolist() == ["drama", "", ""]
    assert loaded.table["countries"].fillna("").tolist() == ["", "France", ""]
    assert loaded.table["adapted_from_book"].fillna(False).tolist() == [True, False, False]
    assert loaded.table["adapted_from_book"].isna().tolist() == [False, True, True]
    assert loaded.report.tables[0].rows_in == 3


def test_both_forms_in_one_folder_make_each_film_once(tmp_path):
    page(tmp_path)
    (tmp_path / "main.csv").write_text(text(MAIN, *OTHERS))
    loaded = uci.load(tmp_path)
    assert loaded.table["source_id"].is_unique
    assert loaded.table["adapted_from_book"][0]
    reports = {report.file: report for report in loaded.report.tables}
    assert reports["main.csv"].set_aside == {"id and title again": 1}


def test_a_page_that_refers_to_files_opens_none(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + PAGE.replace("Short Row", "Short &x; Row")
    assert not uci.load(page(tmp_path, entity)).table["title"].str.contains("SECRET").any()


TABLES = {
    "casts": [
        ["QQ10", "The Tin Garden", "A. Player", "Sci", 'R:smug "Moss"'],
        ["QQ10", "The Tin Garden", "B. Player", "Und", "RU:"],
    ],
    "actors": [
        ["A. Player", "1939-1956", "Player", "Anna", "F", "1911", "199x", "R:heroine", "Br"],
        ["B. Player", "1983", "", "", "M", "[1][23]", "1987", "RU:", "Un"],
    ],
    "people": [
        ["Quill", "DPW", "QQu", "@1949-1954", "Quill", "Una", "19xx", "Br"],
        ["Moss", "P", "", "1951", "Moss", "R.", "1898", "Un"],
    ],
    "remakes": [
        ["QQ10", "The Tin Garden", "1951", "0.9", "ZZ1", "The Garden", "1931"],
        ["QQ11", "Summer", "0.3", "ZZ2", "Spring", "1934", ""],
        ["QQ12", "Gate", "1950", "9.", "ZZ3", "Door", "19xx"],
    ],
    "studios": [
        ["Ealing", "Ealing Ltd", "London", "GB", "1929", ""],
        ["Old Lantern", "", "Paris", "France", "1832", "1840+"],
    ],
    "synonyms": [
        ["QQ10", "The Tin Yard", "USA", "WAS: GB", "The Tin Garden"],
        ["QQ11", "L'été", "WAS:Fr", "USA", "Summer"],
    ],
}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_known_without_a_header_or_a_name(tmp_path, name):
    file = tmp_path / "part.txt"
    file.write_text(text(*TABLES[name], TABLES[name][0]), encoding="utf-8")
    assert recognise(file) == "uci"
    loaded = uci.load(file)
    assert list(loaded.others) == [name]
    assert loaded.table.empty
    assert list(loaded.table) == list(COLUMNS)
    (report,) = loaded.report.tables
    assert (report.rows_in, report.rows_out) == (len(TABLES[name]) + 1, len(TABLES[name]))
    assert report.set_aside == {"exact copy of another row": 1}


def test_the_smaller_tables_are_typed(tmp_path):
    for name, rows in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text(*rows), encoding="utf-8")
    (tmp_path / "main.csv").write_text(text(MAIN), encoding="utf-8")
    loaded = uci.load(tmp_path)
    others = loaded.others
    assert others["casts"]["role"].fillna("").tolist() == ['smug "Moss"', ""]
    assert others["actors"].loc[0, ["works_from", "works_until", "born"]].tolist() == [1939, 1956, 1911]
    assert others["actors"]["died"].isna().tolist() == [True, False]
    assert others["actors"]["origin"].isna().tolist() == [False, True]
    assert others["people"]["works_from"].tolist() == [1949, 1951]
    assert others["remakes"]["fraction"].astype("float").round(2).fillna(-1).tolist() == [0.9, 0.3, -1]
    assert others["remakes"]["prior_id"].tolist() == ["ZZ1", "ZZ2", "ZZ3"]
    assert others["remakes"]["prior_year"].fillna(0).tolist() == [1931, 1934, 0]
    assert others["studios"]["founded"].tolist() == [1929, 1832]
    assert others["synonyms"]["country"].tolist() == ["USA", "Fr"]
    assert {str(dtype) for table in others.values() for dtype in table.dtypes} == {"string", "Int16", "Float32"}
    remakes = next(report for report in loaded.report.tables if report.file == "remakes.csv")
    assert remakes.repaired == {"year missing, the cells after it one column aside": 1}
    assert remakes.unknown == {"fraction": 1, "prior_year": 1}


def test_a_remake_of_the_same_story_is_not_called_an_adaptation(tmp_path):
    (tmp_path / "main.csv").write_text(text(MAIN))
    (tmp_path / "remakes.csv").write_text(text(*TABLES["remakes"]))
    assert uci.load(tmp_path).table["adapted_from_book"].isna().all()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\0\0",
        b"<html><body>moved</body></html>",
        text(MAIN).encode() + b"\0",
        text(*[MAIN] * 900).encode() + b'"QQ13";"open;1950\na;b;c;d;e;f;g;h;i\n',
        text(*[MAIN] * 900).encode() + b"x" * (17 << 20),
        text(["a", "b"]).encode(),
    ],
    ids=["empty", "binary", "page", "zero", "quote", "line", "narrow"],
)
def test_what_cannot_be_read_says_so_with_a_hint(tmp_path, content):
    file = tmp_path / "main.csv"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"main\.csv") as caught:
        uci.load(file)
    assert caught.value.hint


def test_a_page_too_large_is_refused(tmp_path):
    file = page(tmp_path, PAGE + " " * (65 << 20))
    with pytest.raises(DataError, match=r"main\.html"):
        uci.load(file)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
odd = st.sampled_from(
    ["", "1951", "19xx", "D:Quill", "D:1938", "PN:", "Dram", "QQ10", "T:x", "QQ1td> T:y", "@1950", "DP"]
)


@given(st.lists(st.lists(cells | odd, min_size=1, max_size=12), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_cells_at_all_are_accounted_for(tmp_path_factory, rows):
    films, report = load(tmp_path_factory.mktemp("any"), *rows)
    assert len(films) <= len(rows)
    assert films["title"].notna().all()
    assert report.rows_out + sum(report.set_aside.values()) == 40 + len(rows)


@pytest.mark.shared_data
def test_the_real_set(shared_data):
    loaded = uci.load(shared_data / "sources" / "03_uci")
    counts = {report.file: (report.rows_in, report.rows_out) for report in loaded.report.tables}
    assert counts == {
        "actors.csv": (6828, 6827), "casts.csv": (46233, 46155), "main.csv": (11467, 11435), "people.csv": (3313, 3310),
        "remakes.csv": (1278, 1269), "studios.csv": (194, 194), "synonyms.csv": (388, 376),
    }  # fmt: skip
    films = loaded.table.set_index("title")
    assert films.loc["Frenzy", "source_id"] == "H83"
    assert films.loc["Showgirls", "year"] == 1996
    assert films.loc["Calendar Girl", "year"] == 1996
    assert sorted(films.loc["1984", "year"]) == [1955, 1984]
    assert split(films.loc["Lorenzo's Oil", "genres"]) == ("documentary", "thriller", "drama")
    assert loaded.table["source_id"].dropna().is_unique
    assert loaded.table["adapted_from_book"].isna().all()
    assert loaded.table["year"].notna().sum() >= 11413
