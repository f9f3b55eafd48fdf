"""Cinemetrics: what people typed is read as what they meant, and every row is accounted for."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.pacing import films, load_cinemetrics, title_key

HEADER = "title\tyear\tdirector\tcountry\tsubmitted\tmode\tdate\tasl\tmsl\tsd\tcomments\n"
GOOD = "Grey Harbour, The\t1996\tAnna Vale\tNorway\tK. Berg\tSimple\t2010-01-02\t5.5\t3.2\t7.2\n"


@pytest.fixture
def load(tmp_path):
    def loaded(text: str | bytes, name: str = "list.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load_cinemetrics(path)

    return loaded


def test_a_plain_record_is_read_with_units_and_types(load):
    measured = load(HEADER + GOOD)
    row = measured.table.iloc[0]
    assert (row["title"], row["year"], row["director"], row["country"]) == (
        "Grey Harbour, The", 1996, "Anna Vale", "Norway",
    )  # fmt: skip
    assert (row["submitted"], row["mode"], row["date"]) == ("K. Berg", "simple", "2010-01-02")
    assert (row["asl_s"], row["msl_s"], row["sd_s"]) == (5.5, 3.2, 7.2)
    assert row["comments"] is pd.NA
    assert measured.table.dtypes.astype(str).to_dict() == {
        "title": "string", "year": "Int16", "director": "string", "country": "string", "submitted": "string",
        "mode": "string", "date": "string", "asl_s": "Float64", "msl_s": "Float64", "sd_s": "Float64",
        "comments": "string",
    }  # fmt: skip
    assert (measured.report.rows_in, measured.report.rows_out) == (1, 1)


def test_a_list_without_header_or_with_bom_crlf_and_comments_reads_the_same(load):
    expected = load(HEADER + GOOD).table
    pd.testing.assert_frame_equal(load(GOOD).table, expected)
    pd.testing.assert_frame_equal(
        load(b"\xef\xbb\xbf" + (HEADER + GOOD).replace("\n", "\r\n").encode()).table, expected
    )
    pd.testing.assert_frame_equal(load((HEADER + GOOD).encode("utf-16")).table, expected)
    assert load(HEADER + GOOD.rstrip("\n") + "\tgood print\t \n").table["comments"][0] == "good print"


def test_a_copy_saved_with_commas_and_quotes_reads_the_same(load):
    header = "," + HEADER.replace("\t", ",")
    text = '0,"Grey Harbour, The",1996,"Anna\n Vale",Norway,K. Berg,Simple,2010-01-02,5.5,3.2,7.2,\n'
    pd.testing.assert_frame_equal(load(header + text).table, load(HEADER + GOOD).table)
    with pytest.raises(DataError):
        load(header + "0," + "x" * 200_000 + ",1\n")


def test_lines_that_go_on_for_ever_belong_to_no_record(load):
    measured = load(HEADER + "x\n" * 100 + "A. Vale\tNorway\t\tSimple\t2010-01-02\t6.9\t5.2\t6.2\n" + GOOD)
    assert max(map(len, measured.table["title"])) < 60
    assert measured.report.rows_in > measured.report.rows_out == 2


def test_tabs_inside_title_and_director_do_not_shift_the_year(load):
    text = (
        "Two\tNames\t1987\tDirk Moor\tBelgium\tK. Berg\tSimple\t2010-01-02\t6\t4\t5\n"
        "Oak\t1960\tRhoda\tMarsh\tIreland\tK. Berg\tAdvanced\t2010-01-02\t7\t5\t6\n"
        "Elm\t1961\tRhoda Marsh\t\tIreland\tK. Berg\tAdvanced\t2010-01-02\t8\t5\t6\n"
    )
    measured = load(HEADER + text)
    table = measured.table
    assert table["title"].tolist() == ["Two Names", "Oak", "Elm"]
    assert table["year"].tolist() == [1987, 1960, 1961]
    assert table["director"].tolist() == ["Dirk Moor", "Rhoda Marsh", "Rhoda Marsh"]
    assert table["country"].tolist() == ["Belgium", "Ireland", "Ireland"]
    assert measured.report.repaired == {"tab inside a field": 3}


def test_a_record_over_several_lines_is_one_record(load):
    broken = (
        "Twins\t1931\tOne Sister, \n        \n     Other Sister\tLatvia\tK. Berg\tSimple\t2010-01-02\t6.9\t5.2\t6.2\n"
    )
    measured = load(HEADER + GOOD + broken + GOOD)
    assert measured.table["director"][1] == "One Sister, Other Sister"
    assert measured.table["asl_s"].tolist() == [5.5, 6.9, 5.5]
    assert measured.report.repaired == {"record over several lines": 1}


def test_a_line_that_never_gets_a_measurement_is_set_aside_and_counted(load):
    measured = load(HEADER + "Half a record\t1999\tNobody\n" + GOOD + "tail without numbers\n")
    assert len(measured.table) == 1
    assert measured.report.set_aside == {"without mode, date and lengths": 2}
    assert measured.report.rows_in == 3


@pytest.mark.parametrize(
    ("told", "year"),
    [
        ("1996", 1996), ("(1970)", 1970), ("20110501", 2011), ("2005-06", 2005), ("1966. 06. 27.", 1966),
        ("May 3, 1965", 1965), ("?", None), ("test", None), ("2012-2014", None), ("20016", None), ("2918", None),
        ("1111", None), ("123", None), ("", None), ("\u0661\u0669\u0669\u0666", None),
    ],
)  # fmt: skip
def test_years_are_taken_out_of_what_was_typed_or_are_unknown(load, told, year):
    measured = load(HEADER + GOOD.replace("1996", told))
    assert measured.table["year"].tolist() == [year or pd.NA]
    assert measured.report.unknown == ({"year": 1} if told and not year else {})
    assert measured.report.repaired == ({"year inside other text": 1} if year and told != str(year) else {})


def test_a_year_after_the_measurement_is_unknown(load):
    assert load(HEADER + GOOD.replace("1996", "2011")).table["year"][0] == 2011
    assert load(HEADER + GOOD.replace("1996", "2012")).table["year"][0] is pd.NA


@pytest.mark.parametrize("cell", ["0", "", "n/a", "-3", "1e400", "nan", "inf", "9" * 5000, "٣"])
def test_a_length_that_is_no_number_is_unknown_and_never_zero(load, cell):
    measured = load(HEADER + GOOD.replace("\t5.5\t", f"\t{cell}\t"))
    assert measured.table["asl_s"][0] is pd.NA
    assert measured.report.unknown.get("asl_s", 0) == bool(cell)


def test_letters_of_a_wrong_encoding_are_put_right(load):
    text = GOOD.replace("Anna Vale", "Ren\u00c3\u00a9 Br?\u00bcck").replace("Norway", "K?\u00b1z")
    measured = load(HEADER + text)
    assert measured.table["director"][0] == "René Brück"
    assert measured.table["country"][0] == "K?\u00b1z"
    assert measured.report.repaired == {"letters of a wrong encoding": 1}
    assert load((HEADER + GOOD.replace("Anna", "René")).encode("cp1252")).table["director"][0] == "René Vale"


@pytest.mark.parametrize("data", [b"", b"  \n", b"\0\1\2\3", HEADER.encode(), b"a,b,c\n1,2,3\n", b"\xff\xfe\x00"])
def test_other_files_are_refused_with_a_hint(load, data):
    with pytest.raises(DataError) as error:
        load(data)
    assert error.value.hint


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DataError):
            load_cinemetrics(path)


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, st.booleans()), min_size=1, max_size=8))
def test_whatever_was_typed_rows_in_are_rows_out_and_rows_set_aside(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("typed") / "list.tsv"
    text = "".join(
        f"{title}\t1990\t{director}\t\t{who}\t" + ("Simple\t2010-01-02\t4.5\t3\t2\n" if whole else "\n")
        for title, director, who, whole in rows
    )
    path.write_text(HEADER + text + GOOD, "utf-8", newline="")
    measured = load_cinemetrics(path)
    report = measured.report
    assert report.rows_out == len(measured.table) == 1 + sum(whole for *_, whole in rows)
    assert report.rows_in == report.rows_out + sum(report.set_aside.values())
    assert films(measured.table).report.rows_in == report.rows_out


def row(title, asl, year="1996", msl=3.0):
    return f"{title}\t{year}\tA\tB\tC\tSimple\t2010-01-02\t{asl}\t{msl}\t2\n"


def test_several_measurers_of_a_film_become_their_median(load):
    text = row("Grey Harbour, The", 5) + row("the grey harbour", 6) + row("The Grey Harbour (2nd try)", 9)
    found = films(load(HEADER + text + row("Grey Harbour", 8, year=1950)).table)
    assert found.table[["year", "asl_s", "measurements"]].to_numpy().tolist() == [[1950, 8, 1], [1996, 6, 3]]
    assert found.report.rows_out == 4


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Grey Harbour trailer", "trailer"),
        ("Grey Harbour Official Teaser 2", "trailer"),
        ("Harbour Tales #1.4 - Fog", "television"),
        ("Harbour Tales S02E03", "television"),
        ("Harbour Tales Ep 12", "television"),
        ("Evening News at Ten", "television"),
        ('"Fog" (The Seals Music Video)', "music video or advertisement"),
        ("Soap commercial", "music video or advertisement"),
        ("Grey Harbour (opening sequence)", "clip or part of a film"),
        ("Grey Harbour (first 40 minutes)", "clip or part of a film"),
        ("Grey Harbour clip", "clip or part of a film"),
        ("Grey Harbour (short)", "short film"),
        ("test", "test"),
        ("", "no title"),
    ],
)
def test_what_is_no_feature_is_set_aside_by_its_reason(load, title, reason):
    found = films(load(HEADER + GOOD + row(title, 4)).table)
    assert found.report.set_aside == {reason: 1}
    assert found.table["title"].tolist() == ["Grey Harbour, The"]


@pytest.mark.parametrize(
    "title",
    ["Trailer Park Boys", "Star Wars: Episode IV", "Scenes from a Marriage", "Crime Scene Harbour", "The Test",
     "Short Cuts", "Trainspotting", "Part One of Us", "Mockingjay Part 1", "Extraction", "Ocean's 11"],
)  # fmt: skip
def test_features_whose_titles_sound_like_something_else_are_kept(load, title):
    assert films(load(HEADER + row(title, 4)).table).report.set_aside == {}


@pytest.mark.parametrize(("asl", "kept"), [(0.5, False), (0.6, True), (59.9, True), (60, False), (6946, False)])
def test_averages_that_no_feature_has_are_set_aside(load, asl, kept):
    report = films(load(HEADER + row("Oak", asl)).table).report
    assert report.set_aside == ({} if kept else {"average shot length not plausible": 1})
    assert films(load(HEADER + row("Oak", asl)).table, plausible=(0, 1e9)).report.rows_out == 1


def test_sigma_is_that_of_the_law_with_this_average_and_median(load):
    import math

    found = films(load(HEADER + row("Oak", 6, msl=4) + row("Elm", 3, msl=4)).table).table.set_index("key")["sigma"]
    assert found[title_key("Oak")] == pytest.approx(math.sqrt(2 * math.log(1.5)))
    assert found[title_key("Elm")] is pd.NA


@pytest.mark.shared_data
def test_the_whole_list_loads_with_every_record(shared_data):
    measured = load_cinemetrics(shared_data / "pacing" / "cinemetrics" / "cinemetrics.csv")
    assert measured.report.rows_out == 21_312
    assert measured.report.repaired["record over several lines"] == 9
    found = films(measured.table)
    assert 11_000 < len(found.table) < 12_500
    assert found.report.set_aside["trailer"] > 400
    assert found.table[["key", "year"]].drop_duplicates().shape[0] == len(found.table)
