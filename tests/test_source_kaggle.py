"""The Movies Dataset: its literals, its split records, and its three kinds of id."""

from __future__ import annotations

import csv
import io
import json
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import split
from bookfilm_nb.movies.sources import kaggle, recognise
from bookfilm_nb.movies.sources.kaggle_literals import entries
from bookfilm_nb.movies.sources.kaggle_ratings import rating_table
from bookfilm_nb.movies.sources.kaggle_repair import ORIGINAL
from bookfilm_nb.movies.sources.kaggle_tables import is_book_keyword
from bookfilm_nb.movies.table import COLUMNS

GENRES = "[{'id': 18, 'name': 'Drama'}, {'id': 878, 'name': 'Science Fiction'}]"
LANTERN = {
    "adult": "False", "belongs_to_collection": "", "budget": "1500000", "genres": GENRES, "homepage": "", "id": "901",
    "imdb_id": "tt0000901", "original_language": "fr", "original_title": "La Lanterne",
    "overview": 'A lamp\nand a "keeper".', "popularity": "3.1", "poster_path": "/a.jpg", "production_companies": "[]",
    "production_countries": "[{'iso_3166_1': 'FR', 'name': 'France'}, {'iso_3166_1': 'CI', 'name': \"Côte d'Ivoire\"}]",
    "release_date": "1987-03-09", "revenue": "0", "runtime": "94.0", "spoken_languages": "[]", "status": "Released",
    "tagline": "", "title": "The Lantern", "video": "False", "vote_average": "6.4", "vote_count": "25",
}  # fmt: skip


def film(**cells):
    return LANTERN | cells


def halves(ident="77", title="Night Ferry", rest=" - written by the crew", **cells):
    """A record as the line break splits it: ten cells, then fifteen."""
    row = film(id=ident, title=title, original_title=title, overview="A ferry in fog", **cells)
    values = [row[name] for name in ORIGINAL]
    return values[:10], [rest, *values[10:]]


def table(*rows, header=ORIGINAL):
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row[name] for name in header] if isinstance(row, dict) else row for row in rows)
    return text.getvalue()


def load(tmp_path, *rows, header=ORIGINAL, name="movies_metadata.first1000.csv"):
    (tmp_path / name).write_text(table(*rows, header=header), encoding="utf-8")
    return kaggle.load(tmp_path)


def test_a_film_with_everything_known(tmp_path):
    loaded = load(tmp_path, film())
    assert {name: str(dtype) for name, dtype in loaded.table.dtypes.items()} == COLUMNS
    row = loaded.table.iloc[0].dropna().to_dict()
    assert row.pop("rating") == pytest.approx(6.4)
    assert row == {
        "title": "The Lantern", "year": 1987, "runtime_min": 94, "genres": "drama|sci-fi", "votes": 25,
        "budget": 1.5e6, "language": "fr", "countries": "France|Côte d'Ivoire", "overview": 'A lamp\nand a "keeper".',
        "source": "kaggle", "source_id": "901",
    }  # fmt: skip
    assert loaded.report.tables[0].unknown == {"revenue": 1}


def test_zero_and_empty_lists_are_unknown_and_counted(tmp_path):
    nothing = film(
        budget="0", revenue="0", runtime="0.0", genres="[]", production_countries="[]", release_date="",
        overview="No overview found.", vote_average="0.0", vote_count="0", original_language="104.0",
    )  # fmt: skip
    loaded = load(tmp_path, nothing)
    row = loaded.table.iloc[0]
    unknown = ["budget", "revenue", "runtime_min", "genres", "countries", "overview", "rating", "language"]
    assert row[[*unknown, "year"]].isna().all()
    assert row["votes"] == 0
    assert loaded.report.tables[0].unknown == dict.fromkeys(unknown, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "[{'id': 18, 'name': 'Drama'", "not a list", "[" * 100_000, "[{'a': " * 5000, "[1, 2]", "{'name': 'Drama'}",
        "[__import__('os').getcwd()]", "[{'name': 3}]", "[" + "-" * 100_000 + "1]", "[1" + "+1" * 50_000 + "]",
        "[{'name': 'x" + "y" * (5 << 20) + "'}]", "[{'name': '\\N{no such letter}'}]", "[{[]: 1}]",
        "[9" + "9" * 5000 + "]", "[{'name': '\\ud800'}]", '[{"name": "\\ud800"}]',
    ],
    ids=range(16),
)  # fmt: skip
def test_a_hostile_list_cell_is_unknown_and_counted(tmp_path, cell):
    loaded = load(tmp_path, film(genres=cell))
    assert loaded.table["genres"].isna().all()
    assert loaded.report.tables[0].unknown["genres"] == 1


@pytest.mark.parametrize(("votes", "known"), [("0", False), ("", True), ("1", True)])
def test_a_mean_of_no_votes_is_no_rating(tmp_path, votes, known):
    assert load(tmp_path, film(vote_average="7.0", vote_count=votes)).table["rating"].notna().tolist() == [known]


def test_a_list_nested_deeply_is_not_read():
    assert entries("[{'a': [[[1]]]}]") == [{"a": [[[1]]]}]
    assert entries("[{'a': [[[[[1]]]]]}]") is None


def test_json_lists_of_some_copies_are_read_too(tmp_path):
    loaded = load(tmp_path, film(genres='[{"id": null, "name": "Drama"}]'))
    assert loaded.table["genres"][0] == "drama"


names = st.text(st.characters(exclude_categories=["Cs"]))


@settings(deadline=None)
@given(st.lists(st.dictionaries(names, names | st.integers() | st.booleans() | st.none(), max_size=4), max_size=5))
def test_every_list_that_python_writes_is_read_back(value):
    assert entries(repr(value)) == value
    assert entries(json.dumps(value)) == value


@settings(deadline=None)
@given(st.text(alphabet="[]{}'\":,\\ -+0an", max_size=60))
def test_no_text_breaks_the_reader_of_lists(text):
    assert entries("[" + text) is None or isinstance(entries("[" + text), list)


@pytest.mark.parametrize("padded", [True, False], ids=["padded", "short"])
def test_a_split_record_amid_others_is_put_together(tmp_path, padded):
    first, second = halves()
    if padded:
        first, second = first + [""] * 14, second + [""] * 9
    others = [film(id=str(n), title=f"Film {n}") for n in range(1, 60)]
    loaded = load(tmp_path, *others[:30], first, second, *others[30:])
    (report,) = loaded.report.tables
    assert (report.rows_in, report.rows_out, len(loaded.table)) == (61, 60, 60)
    assert report.repaired == {"record split over two rows": 1}
    assert report.set_aside == {"second half of a split record, joined to the first": 1}
    row = loaded.table[loaded.table["source_id"] == "77"].iloc[0]
    whole = load(tmp_path, film()).table.iloc[0]
    assert row["title"] == "Night Ferry"
    assert row["overview"] == "A ferry in fog - written by the crew"
    same = ["year", "runtime_min", "genres", "rating", "votes", "budget", "language", "countries"]
    assert row[same].to_dict() == whole[same].to_dict()


def test_halves_that_have_lost_their_other_half(tmp_path):
    first, second = halves()
    lone_first, _ = halves(ident="78", title="Left Alone")
    loaded = load(tmp_path, second, film(), lone_first, film(id="902"), first)
    (report,) = loaded.report.tables
    assert (report.rows_in, report.rows_out) == (5, 4)
    assert report.set_aside == {"second half of a split record, its first half is not there": 1}
    assert report.repaired == {
        "first half of a split record, its second half is not there": 2,
        "title taken from the original title": 2,
    }
    row = loaded.table[loaded.table["source_id"] == "78"].iloc[0]
    assert (row["title"], row["genres"]) == ("Left Alone", "drama|sci-fi")
    assert row[["year", "runtime_min", "rating"]].isna().all()


def test_two_split_records_one_after_the_other(tmp_path):
    loaded = load(tmp_path, *halves("77"), *halves("78", title="Day Ferry"))
    assert loaded.report.tables[0].repaired == {"record split over two rows": 2}
    assert list(loaded.table["title"]) == ["Night Ferry", "Day Ferry"]


def test_a_split_record_in_a_copy_that_renamed_and_dropped_columns(tmp_path):
    first, second = (dict(zip(ORIGINAL, half + [""] * 15, strict=False)) for half in halves())
    kept = [name for name in ORIGINAL if name not in {"adult", "homepage", "tagline"}]
    renamed = ["tmdb_id" if name == "id" else name for name in kept]
    rows = [[row[name] for name in kept] for row in (film(), first, second)]
    loaded = load(tmp_path, *rows, header=renamed)
    assert list(loaded.table["source_id"]) == ["901", "77"]
    assert loaded.table["title"][1] == "Night Ferry"
    assert loaded.table["runtime_min"][1] == 94


def test_an_ordinary_film_is_never_taken_for_half_of_one(tmp_path):
    poor = film(id="5", overview="", popularity="", poster_path="", production_companies="", production_countries="",
                release_date="", revenue="", runtime="", spoken_languages="", status="", video="", vote_average="",
                vote_count="")  # fmt: skip
    nameless = film(id="", imdb_id="0", belongs_to_collection="3.2", original_language="7")
    loaded = load(tmp_path, poor, film(), poor | {"id": "6"}, nameless)
    assert loaded.report.tables[0].repaired == {}
    assert loaded.report.tables[0].set_aside == {}
    assert len(loaded.table) == 4


def test_of_rows_with_one_id_the_one_with_more_votes_stays_whatever_their_order(tmp_path):
    rows = film(vote_count="3"), film(vote_count="9", title="The Lantern II"), film(vote_count="3")
    for order in permutations(rows):
        loaded = load(tmp_path, *order)
        (report,) = loaded.report.tables
        assert list(loaded.table["title"]) == ["The Lantern II"]
        assert (report.rows_in, report.rows_out) == (3, 1)


def test_exact_copies_are_told_from_rows_that_differ(tmp_path):
    report = load(tmp_path, film(), film(), film(vote_count="9")).report.tables[0]
    assert report.set_aside == {"exact copy of another row": 1, "id again, the other row has more votes": 1}


def test_rows_that_are_no_films(tmp_path):
    blank, long = [""] * 24, [*table(film()).splitlines()[1].split(",")[:1], *["x"] * 30]
    loaded = load(tmp_path, film(title=" ", original_title=""), blank, long, film(id="not a number"))
    (report,) = loaded.report.tables
    assert report.set_aside == {"no title": 1, "empty row": 1, "more cells than columns": 1}
    assert loaded.table["source_id"].isna().all()
    assert report.unknown["source_id"] == 1


def test_two_slices_in_one_folder_are_one_table(tmp_path):
    load(tmp_path, film(), film(id="902"), name="a.csv")
    loaded = load(tmp_path, film(id="902"), film(id="903"), name="b.csv")
    assert list(loaded.table["source_id"]) == ["901", "902", "903"]
    assert [report.rows_out for report in loaded.report.tables] == [2, 1]


@pytest.mark.parametrize(
    ("keyword", "book"),
    [
        ("based on novel", True), ("based on novel or book", True), ("based on a Novel", True),
        ("based on short story", True), ("based on novella", True), ("based on memoir or autobiography", True),
        ("based on children's book", True), ("based on young adult novel", True), ("based on comic book", False),
        ("based on graphic novel", False), ("based on play or musical", False), ("based on true story", False),
        ("based on video game", False), ("book", False), ("novelist", False), ("bookshop", False),
    ],
)  # fmt: skip
def test_which_keywords_mean_a_book(keyword, book):
    assert is_book_keyword(keyword) is book


def write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def test_keywords_and_credits_tell_yes_from_no_from_unknown(tmp_path):
    write(tmp_path, "k.csv", table(
        ["1", "[{'id': 818, 'name': 'based on novel'}, {'id': 9, 'name': 'sea'}]"], ["2", "[{'id': 9, 'name': 'sea'}]"],
        ["3", "[]"], ["4", "[{'id': 9, 'name': 'sea'}]"], ["4", "[{'id': 9, 'name': 'sea'}]"],
        ["2", "[{'id': 9, 'name': 'sea'}, {'id': 7, 'name': 'storm'}]"], ["x", "[]"], ["5", "[{'name'"],
        header=["id", "keywords"],
    ))  # fmt: skip
    author = "[{'department': 'Writing', 'id': 3, 'job': 'Novel', 'name': 'A. Writer'}]"
    actor = "[{'cast_id': 1, 'character': 'Keeper', 'gender': 0, 'id': 2, 'name': 'B. Player', 'order': 0}]"
    write(tmp_path, "c.csv", table([actor, author, "4"], ["[]", "[]", "3"], header=["cast", "crew", "id"]))
    loaded = load(tmp_path, *(film(id=str(n)) for n in range(1, 7)))
    flags = loaded.table.set_index("source_id")["adapted_from_book"]
    assert flags.dropna().to_dict() == {"1": True, "2": False, "4": True}
    assert split(loaded.table["keywords"][1]) == ("sea", "storm")
    reports = {report.file: report for report in loaded.report.tables}
    assert reports["k.csv"].set_aside == {
        "exact copy of another row": 1, "id again, the other row has more entries": 1, "no film id": 1,
    }  # fmt: skip
    assert reports["k.csv"].unknown == {"keywords": 2}
    assert loaded.others["cast"].dropna(axis="columns").iloc[0].to_dict() == {
        "source_id": "4", "billing": 0, "person_id": 2, "name": "B. Player", "character": "Keeper",
    }  # fmt: skip
    assert loaded.others["crew"]["job"].tolist() == ["Novel"]


RATINGS = ["userId", "movieId", "rating", "timestamp"]
LINKS = ["movieId", "imdbId", "tmdbId"]


def test_ratings_reach_films_through_the_links_only(tmp_path):
    write(tmp_path, "links.csv", table(
        ["1", "0114709", "862.0"], ["862", "0000901", "901.0"], ["9", "0000902", "901"], ["9", "", "901"],
        ["5", "3", ""],
        ["5", "3", ""], ["", "1", "1"], ["6", "4", "soon"], header=LINKS,
    ))  # fmt: skip
    write(tmp_path, "ratings.csv", table(
        ["1", "862", "4.5", "1200000000"], ["2", "9", "2.5", "1200000001"], ["3", "1", "1.0", "1200000002"],
        ["3", "5", "1.0", "1200000002"], header=RATINGS,
    ))  # fmt: skip
    loaded = load(tmp_path, film(id="901"), film(id="862", title="Other"), film(id="5", title="Nobody's"))
    found = kaggle.ratings_by_film(loaded).set_index("source_id")
    assert found.loc["901", ["ratings", "mean_rating"]].tolist() == [2, 7.0]
    assert found.loc["862", ["ratings", "mean_rating"]].tolist() == [1, 2.0]
    assert found.loc["5"].isna()[["ratings", "mean_rating"]].all()
    links = loaded.others["links"]
    assert links["imdb_id"][0] == "tt0114709"
    report = next(report for report in loaded.report.tables if report.file == "links.csv")
    assert report.set_aside == {"exact copy of another row": 1, "no MovieLens id": 1}
    assert report.unknown == {"tmdb_id": 1}


def test_ratings_without_links_say_what_is_missing(tmp_path):
    write(tmp_path, "ratings_small.csv", table(["1", "2", "4.5", "12"], header=RATINGS))
    loaded = load(tmp_path, film())
    assert len(loaded.others["ratings_small"]) == 1
    with pytest.raises(DataError, match=r"links\.csv was not there"):
        kaggle.ratings_by_film(loaded)


def test_ratings_are_typed_and_bad_rows_counted_over_all_chunks(tmp_path):
    bad = [["x", "1", "3", "1"], ["1", "", "3", "1"], ["1", "1", "7", "1"], ["99999999999", "1", "3", "1"],
           ["1", "1", "3"]]  # fmt: skip
    good = [[str(n), "1", "3.5", "1200000000"] for n in range(1, 50)]
    file = tmp_path / "ratings.csv"
    file.write_text(table(*good[:20], *bad, *good[20:], header=RATINGS))
    (found,) = kaggle._files(file)["ratings"]
    tally = kaggle.Tally("ratings.csv")
    frame = rating_table(*found, tally, chunk_rows=7)
    assert frame.dtypes.astype(str).to_dict() == {
        "user_id": "int32", "movielens_id": "int32", "rating": "float32", "timestamp": "int64",
    }  # fmt: skip
    assert frame["user_id"].tolist() == list(range(1, 50))
    report = tally.report()
    assert (report.rows_in, report.rows_out) == (54, 49)
    assert report.set_aside == {"a cell is not a number": 4, "no rating from 0.5 to 5": 1}


def test_a_copy_whose_ratings_carry_the_tmdb_id(tmp_path):
    write(
        tmp_path, "ratings.csv", table(["1", "33", "4.0", "901"], header=["userId", "movieLensId", "rating", "tmdbId"])
    )
    loaded = load(tmp_path, film())
    assert kaggle.ratings_by_film(loaded)["mean_rating"].tolist() == [8.0]


def test_a_header_alone_is_an_empty_table(tmp_path):
    write(tmp_path, "ratings.csv", table(header=RATINGS))
    write(tmp_path, "credits.csv", table(header=["cast", "crew", "id"]))
    write(tmp_path, "keywords.csv", table(header=["id", "keywords"]))
    write(tmp_path, "links.csv", table(header=LINKS))
    loaded = load(tmp_path)
    assert list(loaded.table) == list(COLUMNS)
    assert loaded.report.rows_in == len(loaded.table) == 0
    assert len(kaggle.ratings_by_film(loaded)) == 0


@pytest.mark.parametrize("header", [ORIGINAL, RATINGS, LINKS, ["id", "keywords"], ["cast", "crew", "id"]])
def test_each_file_is_known_by_its_header_alone(tmp_path, header):
    file = tmp_path / "renamed.txt"
    file.write_text(table(header=header), encoding="utf-8-sig")
    assert recognise(file) == "kaggle"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "none of the tables"),
        (b"\x89PNG\0\0", "zero bytes"),
        (b"PK\x03\x04", "packed"),
        (table(film()).encode() + b'1,"open\n' + b"x," * 23 + b"x\n", "never closed"),
        (table(film()).encode() + b"\0", "zero bytes"),
        (table(*[film()] * 900).encode() + b"\0", "zero bytes"),
        (table(film()).encode() + b"y" * (17 << 20), "more than 16 MiB"),
        (b"userId,movieId,rating\n1,2,3,4,5,6\n", "ratings"),
        (b"userId,movieId,rating\n1,2,3\n1,2,3,4\n", "ratings"),
        (b'userId,movieId,rating\n1,2,"3\n', "ratings"),
    ],
    ids=["empty", "binary", "packed", "quote", "zero", "late zero", "line", "cells", "later cells", "open rating"],
)
def test_what_cannot_be_read_says_so_with_a_hint(tmp_path, content, problem):
    file = tmp_path / "odd.csv"
    file.write_bytes(content)
    with pytest.raises(DataError, match=problem) as caught:
        kaggle.load(file)
    assert "odd.csv" in caught.value.problem
    assert caught.value.hint


@pytest.mark.shared_data
def test_the_real_samples(shared_data):
    loaded = kaggle.load(shared_data / "sources" / "01_kaggle")
    counts = {report.file: (report.rows_in, report.rows_out) for report in loaded.report.tables}
    assert counts == {
        "bad_rows_RECONSTRUCTED.csv": (6, 3),
        "movies_metadata.first1000.csv": (1005, 1005),
        "credits.first98.csv": (99, 99),
        "keywords.first98.csv": (99, 99),
    }
    mended = loaded.table.set_index("source_id").loc[["82663", "122662", "249260"]]
    assert mended["title"].tolist() == ["Midnight Man", "Mardock Scramble: The Third Exhaust", "Avalanche Sharks"]
    assert mended["year"].tolist() == [1997, 2012, 2014]
    assert mended["runtime_min"].tolist() == [104, 68, 82]
    assert loaded.report.tables[1].unknown["budget"] == 578
    assert loaded.report.tables[1].unknown["runtime_min"] == 15
    assert loaded.table["adapted_from_book"].value_counts().to_dict() == {False: 67, True: 22}
