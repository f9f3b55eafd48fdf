"""How films are cut: shot lengths by genre, period and place in the film, speech and scenes, each with its evidence.

From files to figures::

    measured = films(load_cinemetrics(path).table).table          # one row a film: average and median shot length
    known = join_genres(measured, movielens_films())              # those whose genres are known
    genre_pacing(known, "drama", years_of("1990-2020"), "...")    # figures with rows and spread
    shots = load_shots(wide_csv, genre_csv).table                 # every shot of the films whose shots are all known
    fits_table(shots), act_paces(lengths_by_film(shots).values(), "...")
    script_pacing(load_scripts(csv).table, "..."), PUBLISHED_EN, predict_asl(["drama"], "1990-2020", 110)
"""

from __future__ import annotations

from .acts import ActCurve, PartsTest, act_curve, act_paces, parts_test, relative_lengths
from .by_genre import GenrePacing, genre_pacing, join_genres, of_genre, pacing_table, years_of
from .cinemetrics import load_cinemetrics
from .films import PLAUSIBLE_ASL_S, films
from .listed import ggplot2_runtimes, load_top_grossing, movielens_films
from .lognormal import LognormalFit, fit_lognormal, fits_table
from .measured import Measured, spread
from .predict import AslModel, Prediction, asl_model, predict_asl
from .scripts import ScriptPacing, load_scripts, script_pacing
from .shot_lengths import lengths_by_film, load_shots
from .speech import PUBLISHED_EN, speech_rate, spoken
from .titles import other_title_keys, title_key

__all__ = [
    "PLAUSIBLE_ASL_S",
    "PUBLISHED_EN",
    "ActCurve",
    "AslModel",
    "GenrePacing",
    "LognormalFit",
    "Measured",
    "PartsTest",
    "Prediction",
    "ScriptPacing",
    "act_curve",
    "act_paces",
    "asl_model",
    "films",
    "fit_lognormal",
    "fits_table",
    "genre_pacing",
    "ggplot2_runtimes",
    "join_genres",
    "lengths_by_film",
    "load_cinemetrics",
    "load_scripts",
    "load_shots",
    "load_top_grossing",
    "movielens_films",
    "of_genre",
    "other_title_keys",
    "pacing_table",
    "parts_test",
    "predict_asl",
    "relative_lengths",
    "script_pacing",
    "speech_rate",
    "spoken",
    "spread",
    "title_key",
    "years_of",
]
