"""Is it enough? The rule of ten, where it misleads, and the learning curve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_genre_model import plots

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genre_model.curves import genre_question, learning_curve, simple_curve
from bookfilm_nb.movies.sufficiency import effective_features, ridge_freedom, rule_of_ten, sufficiency_table
from bookfilm_nb.movies.table import LoadReport, TableReport, tidy


def test_the_rule_counts_the_rarer_answer():
    assert rule_of_ten(1000, 10).verdict == "enough"
    assert rule_of_ten(1000, 10, events=50).verdict == "scarce"
    assert rule_of_ten(1000, 10, events=980).counted == 20
    assert rule_of_ten(1000, 10, events=20).verdict == "too few"
    assert rule_of_ten(100, 10).ratio == 10.0


@pytest.mark.parametrize(
    "wrong", [{"examples": -1, "freedom": 1}, {"examples": 5, "freedom": 0}, {"examples": 5, "freedom": 1, "events": 6}]
)
def test_the_rule_refuses_what_cannot_be(wrong):
    with pytest.raises(ValueError, match="no such model"):
        rule_of_ten(**wrong)


@given(st.integers(2, 6), st.integers(1, 5))
def test_copies_of_a_feature_count_once(columns, copies):
    x = np.random.default_rng(columns).standard_normal((400, columns))
    once = effective_features(x)
    assert effective_features(np.hstack([x] * copies)) == pytest.approx(once)
    assert columns * 0.9 < once <= columns + 1e-9


def test_features_that_never_vary_count_for_nothing():
    x = np.random.default_rng(1).standard_normal((50, 2))
    assert effective_features(np.column_stack([x, np.ones(50)])) == pytest.approx(effective_features(x))
    assert effective_features(np.ones((5, 3))) == 0.0
    with pytest.raises(ValueError, match="two examples"):
        effective_features(x[:1])


def test_a_penalty_takes_degrees_of_freedom_away():
    x = np.random.default_rng(1).standard_normal((200, 8))
    free = [ridge_freedom(x, penalty) for penalty in (0.0, 10.0, 1000.0, 1e12)]
    assert free[0] == pytest.approx(9.0)
    assert free == sorted(free, reverse=True)
    assert free[-1] == pytest.approx(1.0, abs=1e-6)
    hat = np.column_stack([x - x.mean(axis=0)])
    exact = 1 + np.trace(hat @ np.linalg.solve(hat.T @ hat + 10 * np.eye(8), hat.T))
    assert free[1] == pytest.approx(exact)
    with pytest.raises(ValueError, match="penalty"):
        ridge_freedom(x, -1)


def test_the_table_has_every_model_and_every_source():
    report = LoadReport(source="somewhere", tables=(TableReport(file="a.csv", rows_in=99, rows_out=99),))
    table = sufficiency_table([report])
    models = set(table["model"])
    assert {"average shot length", "genre: drama", "genre: war", "template: war 1990-2020"} <= models
    assert table.loc[table["source"] == "somewhere", "examples"].tolist() == [99]
    by_model = table.set_index("model")
    assert by_model.loc["average shot length", "verdict"] == "enough"
    assert by_model.loc["genre: war", "verdict"] == "too few"
    assert (table["ratio"] - table["counted"] / table["freedom"]).abs().max() < 0.01 + table["ratio"].max() * 0.01
    assert table.notna().all().all()


@pytest.mark.slow
def test_more_plots_are_learnt_better_and_known_ones_less_by_heart():
    curve = learning_curve(plots(400), shares=(0.3, 1.0), folds=2)
    assert list(curve.columns) == ["examples", "macro_f1", "low", "high", "micro_f1", "train_f1"]
    assert curve["examples"].is_monotonic_increasing
    assert curve["macro_f1"].iloc[-1] > curve["macro_f1"].iloc[0]
    assert (curve["low"] <= curve["macro_f1"]).all()
    assert (curve["train_f1"] - curve["macro_f1"]).iloc[0] > (curve["train_f1"] - curve["macro_f1"]).iloc[-1] - 0.02


def films(number: int = 400) -> pd.DataFrame:
    """Long films are dramas, nearly always."""
    lot = np.random.default_rng(3)
    minutes = lot.normal(100, 15, number).clip(20)
    drama = minutes + lot.normal(0, 5, number) > 100
    return tidy(
        pd.DataFrame({
            "title": [f"Film {i}" for i in range(number)], "year": lot.integers(1950, 2000, number),
            "runtime_min": minutes, "rating": lot.uniform(1, 10, number), "votes": lot.integers(1, 9999, number),
            "genres": np.where(drama, "drama", "comedy"),
        }),
        "made up",
    )  # fmt: skip


@pytest.mark.slow
def test_a_table_without_plots_answers_a_question_too():
    table = films()
    table.loc[0, "rating"] = pd.NA
    x, y, names = genre_question(table)
    assert x.shape == (399, len(names))
    assert np.allclose(x.mean(axis=0), 0)
    curve = simple_curve(x, y)
    assert curve["examples"].tolist() == [10, 20, 40, 80, 160]
    assert curve["macro_f1"].iloc[-1] > 0.85
    assert simple_curve(x, y).equals(curve)
    with pytest.raises(DataError, match="western"):
        genre_question(table, "western")
