"""Films whose every shot is known: the loader, the lognormal law, and the curve over four acts."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.pacing import (
    act_curve,
    act_paces,
    fit_lognormal,
    fits_table,
    lengths_by_film,
    load_shots,
    parts_test,
    relative_lengths,
)

WIDE = 'Oak Lane (1935),Elm  (1940),"Ash, the Tree (1980)"\n2.5,1,4\n3.5,0.5,5\n4,,6\n5,,\n'


@pytest.fixture
def load(tmp_path):
    def loaded(text: str | bytes, genres: str | None = None):
        path = tmp_path / "wide.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        if genres is None:
            return load_shots(path)
        (tmp_path / "genres.csv").write_text(genres, "utf-8")
        return load_shots(path, tmp_path / "genres.csv")

    return loaded


def test_a_wide_ragged_table_becomes_one_shot_a_row(load):
    measured = load(WIDE, "title,genre\r\noak lane,Drama\r\nElm,Science Fiction\r\n")
    table = measured.table
    assert table["film"].unique().tolist() == ["Oak Lane (1935)", "Elm (1940)", "Ash, the Tree (1980)"]
    assert table.groupby("film", sort=False)["shot"].max().tolist() == [4, 2, 3]
    assert table["length_s"].tolist() == [2.5, 3.5, 4, 5, 1, 0.5, 4, 5, 6]
    assert table.drop_duplicates("film")["year"].tolist() == [1935, 1940, 1980]
    assert table.drop_duplicates("film")["genre"].tolist() == ["drama", "sci-fi", pd.NA]
    assert (measured.report.rows_in, measured.report.rows_out) == (9, 9)
    assert {k: list(v) for k, v in lengths_by_film(table).items()}["Elm (1940)"] == [1, 0.5]


def test_cells_that_are_no_shot_are_set_aside_by_their_reason(load):
    text = ",Oak (1935),Oak (1935),Elm (1940)\n1,2,9,3,7\n2,0,9,x\n3,-1,9,\n4,nan,9,1e9\n5,3,9,2\n"
    measured = load(text)
    assert measured.table["length_s"].tolist() == [2, 3, 3, 2]
    assert measured.report.set_aside == {
        "beyond the header": 1, "column without a film": 5, "film listed twice": 5, "no positive number": 5,
    }  # fmt: skip
    assert measured.report.repaired == {"gap between shots": 1}
    assert measured.report.rows_in == measured.report.rows_out + 16


@pytest.mark.parametrize(
    "data", [WIDE.replace(",", ";").replace("Ash;", "Ash,"), WIDE.encode("utf-16"), "\ufeff" + WIDE]
)
def test_other_separators_and_encodings_give_the_same(load, data):
    pd.testing.assert_frame_equal(load(data).table, load(WIDE).table)


def test_names_mangled_by_r_and_row_numbers_are_understood(load):
    table = load("n,Oak.Lane..1935.,Elm.1940\n1,2,3\n2,3,4\n3,4,5\n").table
    assert table["film"].unique().tolist() == ["Oak Lane (1935)", "Elm (1940)"]


@pytest.mark.parametrize("data", [b"", b"\0\0", b"Oak (1935)\n", b"Oak (1935)\nx\n", b'"Oak\n' * 3, b",\n1,2\n"])
def test_files_without_shots_are_refused(load, data):
    with pytest.raises(DataError):
        load(data)


def test_a_genre_table_of_another_shape_is_refused(load):
    with pytest.raises(DataError, match="columns"):
        load(WIDE, "name;kind\nOak;Drama\n")


@settings(deadline=None)
@given(st.lists(st.lists(st.text("0123456789.,x- ;\t\"'", max_size=5), max_size=4), max_size=6))
def test_whatever_the_cells_hold_they_are_counted_once(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("wide") / "wide.csv"
    path.write_text("Oak (1935),Elm (1940)\n2,3\n" + "\n".join(",".join(row) for row in rows), "utf-8")
    try:
        measured = load_shots(path)
    except DataError:
        return
    assert measured.report.rows_out == len(measured.table)
    assert (measured.table["length_s"] > 0).all()
    assert np.isfinite(measured.table["length_s"]).all()


def test_the_fit_finds_the_law_that_the_shots_were_drawn_from():
    draws = np.random.default_rng(5).lognormal(math.log(3), 0.8, 20_000)
    fit = fit_lognormal(draws)
    assert fit.mu == pytest.approx(math.log(3), abs=0.02)
    assert fit.sigma == pytest.approx(0.8, abs=0.02)
    assert fit.median_s == pytest.approx(3, abs=0.06)
    assert fit.mean_s == pytest.approx(draws.mean(), rel=0.02)
    assert fit.quantile_s(0.95) == pytest.approx(np.quantile(draws, 0.95), rel=0.03)
    assert fit.ks_distance < fit.ks_critical
    assert fit.quantile_correlation > 0.999


@pytest.mark.parametrize("logs", [(0, 0, 3), (0, 3, 3)])
def test_a_fit_by_hand(logs):
    fit = fit_lognormal(np.exp(logs))
    assert fit.mu == pytest.approx(sum(logs) / 3)
    assert fit.sigma == pytest.approx(math.sqrt(3))
    assert fit.ks_distance == pytest.approx(2 / 3 - 0.28185, abs=1e-4)


def test_shots_of_another_law_are_told_by_the_goodness():
    fit = fit_lognormal(np.random.default_rng(5).uniform(1, 2, 2000))
    assert fit.ks_distance > fit.ks_critical
    assert fit.quantile_correlation < 0.98


@pytest.mark.slow
def test_goodness_is_scipys():
    stats = pytest.importorskip("scipy.stats")
    draws = np.random.default_rng(6).gamma(2, 2, 300).round(1) + 0.1
    fit, logs = fit_lognormal(draws), np.log(draws)
    assert fit.ks_distance == pytest.approx(stats.kstest(logs, "norm", (logs.mean(), logs.std(ddof=1))).statistic)
    assert fit.quantile_correlation == pytest.approx(stats.probplot(logs)[1][2], abs=2e-3)


def test_one_law_in_twenty_exceeds_the_critical_distance():
    source = np.random.default_rng(7)
    fits = [fit_lognormal(source.lognormal(1, 0.9, 200)) for _ in range(400)]
    assert 0.02 < np.mean([fit.ks_distance > fit.ks_critical for fit in fits]) < 0.09


@pytest.mark.parametrize("lengths", [[], [1, 2], [1, 0, 2], [1, -1, 2], [1, math.nan, 2], [1, math.inf, 3], [2, 2, 2]])
def test_shots_without_a_law_are_refused(lengths):
    with pytest.raises(DataError):
        fit_lognormal(lengths)


def test_the_table_of_fits_has_a_row_for_each_film_with_enough_shots(load):
    fits = fits_table(load(WIDE).table)
    assert fits["film"].tolist() == ["Oak Lane (1935)", "Ash, the Tree (1980)"]
    assert fits["shots"].tolist() == [4, 3]
    assert fits["asl_s"].tolist() == [3.75, 5]


def test_relative_lengths_follow_the_running_time_not_the_shot_number():
    # Half of the film is two shots of 30 s, half is twelve of 5 s: 60 s with 2 shots, 60 s with 12.
    assert relative_lengths([30, 30, *[5] * 12], 2).tolist() == pytest.approx([7 / 2, 7 / 12])


def test_a_shot_over_the_border_counts_in_both_parts():
    assert relative_lengths([1, 2, 1], 2).tolist() == [1, 1]
    assert relative_lengths([10], 4).tolist() == [1, 1, 1, 1]


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=60), st.integers(1, 12))
def test_the_parts_make_up_the_whole_film(lengths, parts):
    relative = relative_lengths(lengths, parts)
    assert relative.shape == (parts,)
    assert np.mean(1 / relative) == pytest.approx(1)


def simulated(films, factors, seed=3):
    source = np.random.default_rng(seed)
    return [
        np.concatenate([source.lognormal(1 + math.log(f), 0.9, 300) for f in factors]) * source.uniform(0.5, 2)
        for _ in range(films)
    ]


def test_the_curve_finds_a_slow_setup_and_a_quick_climax():
    curve = act_curve(simulated(60, (1.25, 1, 1, 0.8)), "simulated")
    assert [f.rows for f in curve.parts] == [60] * 4
    assert curve.parts[0].low > 1 > curve.parts[3].high
    assert curve.test.p_value < 1e-6
    assert curve.test.kendall_w > 0.3
    assert curve.mean_low[0] < curve.means[0] < curve.mean_high[0]


def test_films_without_acts_differ_by_chance_only():
    levels = [act_curve(simulated(30, (1, 1, 1, 1), seed), "simulated").test.p_value for seed in range(60)]
    assert np.mean([p < 0.05 for p in levels]) < 0.15
    assert 0.3 < np.mean(levels) < 0.7


@pytest.mark.slow
def test_the_test_is_friedmans_as_scipy_computes_it():
    stats = pytest.importorskip("scipy.stats")
    for parts in (3, 4, 7, 12):
        table = np.random.default_rng(parts).normal(size=(25, parts)).round(1) + np.linspace(0, 0.5, parts)
        ours, theirs = parts_test(table), stats.friedmanchisquare(*table.T)
        assert ours.statistic == pytest.approx(theirs.statistic)
        assert ours.p_value == pytest.approx(theirs.pvalue, rel=1e-9)


def test_full_agreement_is_a_w_of_one_and_flat_films_are_refused():
    assert parts_test([[1, 2, 3]] * 8).kendall_w == pytest.approx(1)
    for table in ([[1, 2, 3]], [[1], [2]], [[1, 1], [2, 2]]):
        with pytest.raises(DataError):
            parts_test(table)
    with pytest.raises(DataError):
        act_curve([[1, 2, 3]], "one film")
    with pytest.raises(DataError):
        relative_lengths([1, 0], 4)


def test_the_acts_of_a_template_are_quarters_in_order():
    acts = act_paces(simulated(12, (1.2, 1, 1, 0.8)), "simulated")
    assert [act.name for act in acts] == ["setup", "complication", "development", "climax"]
    assert [(act.starts, act.ends) for act in acts] == [(0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1)]
    assert all(act.shot_length.source == "simulated" for act in acts)


@pytest.mark.shared_data
def test_the_134_films_have_a_median_sigma_of_086(shared_data):
    folder = shared_data / "pacing" / "cutting_redfern"
    measured = load_shots(folder / "cutting.csv", folder / "film_genre.csv")
    fits = fits_table(measured.table)
    assert len(fits) == 134
    assert fits["genre"].notna().all()
    assert fits["sigma"].median() == pytest.approx(0.86, abs=0.02)
    assert fits["quantile_correlation"].median() > 0.99
    curve = act_curve(lengths_by_film(measured.table).values(), "Cutting")
    assert curve.parts[3].value == min(figure.value for figure in curve.parts)
    assert curve.test.p_value < 0.001
    assert curve.test.kendall_w < 0.1


def test_a_table_of_something_else_is_not_taken_for_shots(load):
    with pytest.raises(DataError, match="holds no shot lengths: of 9 cells 3"):
        load("year,title,plot\n1970,Oak,An oak.\n1971,Elm,An elm.\n1972,Ash,An ash.\n")
