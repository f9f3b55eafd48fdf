"""Films from books beside others: the test, the effect and its interval, and what is never concluded."""

from __future__ import annotations

import itertools
import math
import os
import statistics
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.adaptation import adaptation_view, with_shot_lengths
from bookfilm_nb.movies.pacing import title_key
from bookfilm_nb.movies.rank_tests import difference
from bookfilm_nb.movies.table import tidy

SHARED = Path(os.environ.get("BOOKFILM_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data")) / "sources"


def table(rows: list[tuple[bool | None, str, float | None]]) -> pd.DataFrame:
    """A tidy table of films: adapted or not, genres, minutes."""
    frame = pd.DataFrame(
        {
            "title": [f"Film {i}" for i in range(len(rows))],
            "year": [2000] * len(rows),
            "adapted_from_book": [a for a, _, _ in rows],
            "genres": [g for _, g, _ in rows],
            "runtime_min": [m for _, _, m in rows],
        }
    )
    return tidy(frame, "here")


def minutes(first: float, count: int) -> list[float]:
    return [first + i for i in range(count)]


GROUP = st.lists(st.integers(60, 200).map(float), min_size=8, max_size=30)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(GROUP, GROUP)
def test_effect_and_shift_are_what_their_definitions_say(adapted, other):
    found = difference(np.array(adapted), np.array(other), "here")
    pairs = [a - b for a, b in itertools.product(adapted, other)]
    delta = (sum(p > 0 for p in pairs) - sum(p < 0 for p in pairs)) / len(pairs)
    assert found.cliffs_delta == pytest.approx(delta, abs=1e-4)
    assert found.shift == pytest.approx(statistics.median(pairs), abs=0.01)
    assert found.shift_low <= found.shift <= found.shift_high
    assert found.delta_low - 0.02 <= found.cliffs_delta <= found.delta_high + 0.02
    assert 0 <= found.p_value <= 1
    back = difference(np.array(other), np.array(adapted), "here")
    assert back.cliffs_delta == pytest.approx(-found.cliffs_delta, abs=2e-4)
    assert back.p_value == pytest.approx(found.p_value)


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(GROUP, GROUP)
def test_the_p_value_is_scipys(adapted, other):
    stats = pytest.importorskip("scipy.stats")
    if len({*adapted, *other}) == 1:
        return
    expected = stats.mannwhitneyu(adapted, other, method="asymptotic").pvalue
    assert difference(np.array(adapted), np.array(other), "here").p_value == pytest.approx(expected, abs=1e-9)


def test_groups_that_are_all_alike_do_not_differ():
    same = np.full(20, 100.0)
    found = difference(same, same, "here")
    assert (found.p_value, found.cliffs_delta, found.shift) == (1.0, 0.0, 0.0)


@pytest.mark.slow
def test_an_interval_covers_the_truth_about_as_often_as_it_says():
    generator = np.random.default_rng(3)
    truth = math.erf(0.5 / 2)  # Cliff's delta of two normal groups half a deviation apart
    hits = 0
    for _ in range(40):
        found = difference(generator.normal(0.5, 1, 60), generator.normal(0, 1, 80), "here")
        hits += found.delta_low <= truth <= found.delta_high
    assert hits >= 35


def test_the_same_table_gives_the_same_result():
    rows = [(i % 2 == 0, "drama", float(m)) for i, m in enumerate(minutes(90, 40))]
    assert adaptation_view(table(rows)).digest() == adaptation_view(table(rows)).digest()


def test_unknown_is_not_no():
    known = [(True, "drama", m) for m in minutes(110, 10)] + [(False, "drama", m) for m in minutes(90, 12)]
    unknown = [(None, "drama", 500.0)] * 7
    view = adaptation_view(table([*known, *unknown]))
    assert (view.adapted, view.other, view.unknown) == (10, 12, 7)
    measured = view.measures[0]
    assert measured.measure == "runtime_min"
    assert (measured.overall.adapted.rows, measured.overall.other.rows) == (10, 12)
    assert measured.overall.other.value < 110
    assert "7 of 29 films are left out" in view.text()
    assert "unknown is not no" in view.text()


def test_films_of_which_nothing_is_told_stand_for_no_only_when_asked():
    rows = [(True, "drama", m) for m in minutes(110, 10)] + [(None, "drama", m) for m in minutes(90, 12)]
    with pytest.raises(DataError, match="10 films as from a book and 0 as not") as caught:
        adaptation_view(table(rows))
    assert "untold_as_no" in caught.value.hint
    view = adaptation_view(table(rows), untold_as_no=True)
    assert (view.adapted, view.other, view.unknown) == (10, 12, 12)
    assert "some of them are from books" in view.text()


def test_what_is_the_genres_doing_goes_within_genres():
    # Books become histories, and histories are long; within a genre adapted films are as long as others.
    rows = [(True, "history", m) for m in minutes(130, 21)] + [(True, "comedy", m) for m in minutes(90, 9)]
    rows += [(False, "history", m) for m in minutes(136, 9)] + [(False, "comedy", m) for m in minutes(84, 21)]
    measured = adaptation_view(table(rows)).measures[0]
    assert measured.overall.cliffs_delta > 0.3
    assert measured.overall.p_value < 0.05
    assert measured.within_genres == pytest.approx(0, abs=0.05)
    assert measured.p_within > 0.5
    assert set(measured.by_genre) == {"comedy", "history"}
    assert abs(measured.by_genre["comedy"].cliffs_delta) < 0.05


def test_many_measures_are_corrected():
    rows = table([(i % 2 == 0, "drama", float(m)) for i, m in enumerate(minutes(90, 60))])
    rows["rating"] = pd.array([5 + (i % 2) * 0.2 + i / 50 for i in range(60)], dtype="Float32")
    view = adaptation_view(rows)
    assert [m.measure for m in view.measures] == ["runtime_min", "rating"]
    least = min(view.measures, key=lambda m: m.overall.p_value)
    assert least.p_holm == pytest.approx(2 * least.overall.p_value)
    assert all(m.p_holm >= m.overall.p_value for m in view.measures)


def test_too_few_films_are_not_compared():
    rows = [(True, "drama", m) for m in minutes(110, 7)] + [(False, "drama", m) for m in minutes(90, 30)]
    with pytest.raises(DataError, match="too few"):
        adaptation_view(table(rows))
    rows = [(True, "drama", None)] * 9 + [(False, "drama", 90.0)] * 9
    with pytest.raises(DataError, match="None of the measures"):
        adaptation_view(table(rows))
    with pytest.raises(DataError, match="too few"):
        difference(np.arange(7.0), np.arange(9.0), "here")


def test_shot_lengths_come_from_films_of_the_same_title_and_year():
    rows = table([(True, "drama", 100.0), (False, "drama", 90.0)])
    measured = pd.DataFrame(
        {
            "key": [title_key("Film 0"), title_key("Film 1")],
            "year": [2000, 1999],
            "asl_s": [4.5, 9.0],
            "msl_s": [3.0, 6.0],
        }
    )
    joined = with_shot_lengths(rows, measured)
    assert joined["asl_s"].dtype == "Float64"
    assert joined["asl_s"][0] == 4.5
    assert joined[["asl_s", "msl_s"]].iloc[1].isna().all()


@pytest.mark.shared_data
def test_the_kaggle_sample_is_compared():
    folder = SHARED / "01_kaggle"
    if not folder.is_dir():
        pytest.skip(f"no sources at {SHARED}")
    from bookfilm_nb.movies.sources import source

    view = adaptation_view(source("kaggle").load(folder).table)
    assert view.adapted >= 8
    assert {"runtime_min", "rating"} <= {m.measure for m in view.measures}
    assert all(m.overall.adapted.rows + m.overall.other.rows <= view.adapted + view.other for m in view.measures)
