"""Charts of movie data and templates: true claims, axes with units, the same picture twice."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from bookfilm_nb.model import ActPace, Figure, GenreTemplate, Palette, Period
from bookfilm_nb.movies.adaptation import adaptation_view
from bookfilm_nb.movies.genre_model import GenreChance, Proposal, Reason
from bookfilm_nb.movies.pacing import act_curve, fit_lognormal
from bookfilm_nb.movies.pacing.predict import Prediction
from bookfilm_nb.movies.sufficiency import rule_of_ten
from bookfilm_nb.movies.table import LoadReport, TableReport, tidy
from bookfilm_nb.widgets import data_charts, data_tables, model_charts, pacing_charts, plot, template_charts
from bookfilm_nb.widgets.exercises import EXERCISES, check

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawn


def films(count: int, minutes: float, genre: str, *, rating: float | None = 6.0, year: int = 1990) -> pd.DataFrame:
    rows = {
        "title": [f"Film {n}" for n in range(count)],
        "year": [year + n % 10 for n in range(count)],
        "runtime_min": [minutes + n % 5 for n in range(count)],
        "genres": [genre] * count,
        "rating": [rating] * count,
        "source_id": [str(n) for n in range(count)],
    }
    return tidy(pd.DataFrame(rows), "made")


def both(*tables: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


def figure_of(value: float, rows: int = 12) -> Figure:
    return Figure(value=value, low=value * 0.8, high=value * 1.3, source="made figures", rows=rows)


def template(
    genre: str, pace: float, *, brightness: float = 30, fear: float = 0.1, period: Period = "1990-2020"
) -> GenreTemplate:
    names = ("setup", "complication", "development", "climax")
    acts = tuple(
        ActPace(name=name, starts=n / 4, ends=(n + 1) / 4, shot_length=figure_of(1.1 - 0.1 * n))  # type: ignore[arg-type]
        for n, name in enumerate(names)
    )
    return GenreTemplate(
        genre=genre,
        period=period,
        weights={genre: 1.0},
        runtime_min=figure_of(100 + pace),
        acts=acts,
        scene_length_s=figure_of(60),
        shot_length_s=figure_of(pace),
        median_shot_s=figure_of(pace * 0.7),
        shot_sigma=figure_of(0.86),
        dialogue_share=figure_of(0.4),
        narration_wpm={"en": figure_of(157), "ru": figure_of(120)},
        tone={"fear": figure_of(fear), "joy": figure_of(0.12)},
        palette=Palette(brightness=figure_of(brightness), saturation=figure_of(35)),
        pause_s=figure_of(0.6, rows=0),
        music_mode="minor",
        music_bpm=figure_of(90, rows=0),
    )


ACTION, ROMANCE = template("action", 3.0, fear=0.2), template("romance", 6.0, brightness=52)
TABLE = both(films(20, 90, "animation|family"), films(30, 120, "drama"), films(3, 200, "western"))
REPORT = LoadReport(
    source="made",
    tables=(
        TableReport(file="a.csv", rows_in=1000, rows_out=997, repaired={"split rows": 3}, set_aside={"no title": 3}),
        TableReport(file="b.csv", rows_in=10, rows_out=8, set_aside={"no title": 2}),
    ),
)
OLD = template("action", 6.0, period="1930-1969"), template("romance", 9.0, period="1930-1969")
SHOTS = np.exp(np.random.default_rng(3).normal(1.2, 0.8, 400))
FILMS = pd.DataFrame({"year": [1975] * 30 + [1995] * 25 + [2015] * 3, "asl_s": [8.0] * 30 + [5.0] * 25 + [4.0] * 3})
FITS = pd.DataFrame({"sigma": [0.8, 0.9, 1.0], "ks_distance": [0.1, 0.01, 0.1], "ks_critical": [0.05] * 3})
CONFUSION = pd.DataFrame([[0.9, 0.6], [0.2, 0.4]], index=["crime", "drama"], columns=["crime", "drama"])
CALIBRATION = pd.DataFrame({"probability": [0.1, 0.5], "true": [0.12, 0.48], "decisions": [900, 100]})
PROPOSAL = Proposal(
    genres=(GenreChance(genre="mystery", probability=0.5, usual=0.1),),
    template="mystery 0.6 + romance 0.4",
    reasons=(Reason(word="murder", genre="mystery", weight=0.9), Reason(word="kiss", genre="romance", weight=0.4)),
    caution="A guess.",
    rows=100,
    known_words=99,
)
ENOUGH = pd.DataFrame(
    [
        row.model_dump()
        for row in (rule_of_ten(400, 20, model="pace: war"), rule_of_ten(40, 20, model="pace: sea", source="made"))
    ]
)
CURVE = pd.DataFrame(
    {"examples": [10, 100], "macro_f1": [0.3, 0.5], "low": [0.2, 0.4], "high": [0.4, 0.6], "train_f1": [1.0, 0.8]}
)
TOLD = both(
    films(40, 100, "drama").assign(adapted_from_book=False), films(40, 130, "drama").assign(adapted_from_book=True)
)

DRAWN = {
    "known": lambda: data_charts.known_chart({"made": TABLE, "other": films(5, 80, "war", rating=None)}),
    "rows": lambda: data_charts.rows_chart(REPORT),
    "runtimes": lambda: data_charts.runtime_chart(TABLE, source="made"),
    "ratings": lambda: data_charts.ratings_chart({"made": TABLE}),
    "years": lambda: data_charts.years_chart({"made": TABLE, "later": films(5, 80, "war", year=2010)}),
    "adapted": lambda: data_charts.adaptation_chart(adaptation_view(TOLD)),
    "templates": lambda: template_charts.templates_chart([ROMANCE, ACTION]),
    "compare": lambda: template_charts.compare_chart([ACTION, ROMANCE]),
    "palettes": lambda: template_charts.palette_chart([ACTION, ROMANCE]),
    "tone": lambda: template_charts.tone_chart([ACTION, ROMANCE]),
    "periods": lambda: pacing_charts.periods_chart([ACTION, ROMANCE, *OLD]),
    "decades": lambda: pacing_charts.decades_chart(FILMS, source="made"),
    "acts": lambda: pacing_charts.acts_chart(ACTION),
    "curve": lambda: pacing_charts.curve_chart(act_curve([SHOTS, SHOTS[:200]], "made", parts=8), source="made"),
    "law": lambda: pacing_charts.law_chart([ACTION, ROMANCE]),
    "fit": lambda: pacing_charts.fit_chart(SHOTS, fit_lognormal(SHOTS), film="Film (1990)", source="made"),
    "sigma": lambda: pacing_charts.sigma_chart(FITS, source="made"),
    "expected": lambda: pacing_charts.prediction_chart(
        {1950: Prediction(9.0, 6.0, 14.0), 2000: Prediction(5.0, 3.0, 8.0)}, what="Mystery, 100 min", rows=1000
    ),
    "own": lambda: pacing_charts.own_film_chart(SHOTS[:30], ACTION, film="My film"),
    "confusion": lambda: model_charts.confusion_chart(CONFUSION, source="made"),
    "calibration": lambda: model_charts.reliability_chart(CALIBRATION, source="made"),
    "f1": lambda: model_charts.f1_chart({"war": 0.2, "crime": 0.7}, baseline={"war": 0.1}, source="made"),
    "enough": lambda: model_charts.enough_chart(ENOUGH),
    "learning": lambda: model_charts.learning_chart(CURVE, source="made", rule=50),
    "proposal": lambda: model_charts.proposal_chart(PROPOSAL, title="My book"),
}


@cache
def drawn(name: str) -> Drawn:
    return DRAWN[name]()


def claim(figure: Drawn) -> str:
    return " ".join(figure.get_suptitle().split())


def png(figure: Drawn) -> bytes:
    data = io.BytesIO()
    figure.savefig(data, format="png")
    return data.getvalue()


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_has_a_claim_and_units_and_nothing_is_cut_off(name: str) -> None:
    figure = drawn(name)
    figure.draw_without_rendering()
    assert len(claim(figure)) > 15
    page, title = figure.bbox, figure._suptitle.get_window_extent()  # type: ignore[attr-defined]
    assert title.x1 <= page.x1
    assert figure._supxlabel.get_window_extent().x0 >= page.x0  # type: ignore[attr-defined]
    for axes in figure.axes:
        if not axes.get_visible():
            continue
        assert axes.get_xlabel()
        (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
        ticks = [t for t in axes.get_xticklabels() if left <= t.get_position()[0] <= right]
        ticks += [t for t in axes.get_yticklabels() if low <= t.get_position()[1] <= high]
        for text in [*axes.texts, axes.xaxis.label, axes.yaxis.label, *ticks]:
            box = text.get_window_extent()
            if not text.get_text() or not text.get_visible() or box.width == 0:
                continue
            assert page.x0 - 1 <= box.x0 <= box.x1 <= page.x1 + 1, text
            assert not title.overlaps(box), text


TWICE = ("known", "compare", "curve", "confusion")
"""One chart of each module; the others are drawn twice among the slow tests."""


@pytest.mark.parametrize("name", [n if n in TWICE else pytest.param(n, marks=pytest.mark.slow) for n in DRAWN])
def test_a_chart_is_the_same_twice(name: str) -> None:
    assert png(DRAWN[name]()) == png(drawn(name))


def test_the_claims_follow_the_data() -> None:
    told = {name: claim(drawn(name)) for name in DRAWN}
    assert told["runtimes"] == "Drama films run longest (122 min in the middle), animation shortest (92 min)"
    assert told["rows"] == "1,005 of 1,010 rows of made are kept, 5 set aside"
    assert told["adapted"] == "Films from books have more runtime (min): 132 against 102 in the middle"
    assert told["templates"] == "Average shot length: 3.0 s in action, 6.0 s in romance"
    assert told["compare"] == "Average shot length tells them apart most: 3.0 s in action, 6.0 s in romance"
    assert told["tone"] == "Fear tells genres apart best: 20 % of the emotion words of action, 10 % of romance"
    assert told["palettes"] == "Posters of action are darkest (brightness 30 of 100), of romance lightest (52)"
    assert told["periods"].startswith("2 of 2 genres are cut faster than in 1930-1969")
    assert told["periods"].endswith("1.8 times as long")
    assert told["decades"] == "From 8.0 s a shot in the 1970s to 5.0 s in the 1990s"
    assert told["acts"] == "Shots are shortest in the climax: 20 % below the film's average"
    assert told["own"].startswith("My film: ")
    assert "middle half of action (2.4 to 3.9 s)" in told["own"]
    assert told["sigma"] == "Sigma hardly differs between films: half of 3 lie between 0.85 and 0.95"
    assert told["expected"] == "Mystery, 100 min: 9.0 s a shot expected in 1950, 5.0 s in 2000 (3.0 to 8.0)"
    assert told["confusion"] == "Drama is said of 60 % of the films of crime"
    assert told["calibration"] == "A probability is off by 2.0 points on average, by 2 at worst"
    assert told["f1"] == "Crime is recognised best (F1 0.70), war worst (0.20)"
    assert told["enough"] == "1 of 2 answers have ten examples for each thing that is learnt for them"
    assert told["learning"] == "From 10 to 100 examples, F1 on unseen films goes from 0.30 to 0.50"
    assert told["proposal"] == "My book: mystery 0.6 + romance 0.4"


def test_a_film_counts_in_each_of_its_genres_and_rare_genres_are_left_out() -> None:
    found = data_charts.by_genre(TABLE, "runtime_min")
    assert dict(found["films"]) == {"animation": 20, "family": 20, "drama": 30}
    assert found.loc["drama", "median"] == 122
    assert data_charts.by_genre(TABLE, "runtime_min", least=3).loc["western", "films"] == 3
    assert "short" not in data_charts.by_genre(both(TABLE, films(50, 7, "short")), "runtime_min").index


def test_shorts_and_endless_films_are_no_features() -> None:
    with_shorts = both(TABLE, films(50, 7, "animation"), films(50, 900, "drama"))
    assert claim(data_charts.runtime_chart(with_shorts, source="made")) == claim(drawn("runtimes"))


def test_unknown_is_not_known() -> None:
    shares = data_charts.known_shares({"made": TABLE, "none": TABLE.iloc[:0]})
    assert shares.loc["title", "made"] == 1
    assert shares.loc["budget", "made"] == 0
    assert (shares["none"] == 0).all()


@pytest.mark.parametrize("draw", [data_charts.known_chart, data_charts.ratings_chart, data_charts.years_chart])
def test_a_source_without_films_is_drawn_too(draw: object) -> None:
    png(draw({"empty": TABLE.iloc[:0]}))  # type: ignore[operator]


def test_a_report_without_losses_says_so() -> None:
    report = LoadReport(source="made", tables=(TableReport(file="a.csv", rows_in=4, rows_out=4),))
    assert claim(data_charts.rows_chart(report)) == "All 4 rows of made are kept"


def test_only_sources_that_tell_films_from_books_apart_are_compared() -> None:
    assert set(data_charts.adaptation_charts({"told": TOLD, "silent": TABLE})) == {"told"}


def test_a_figure_with_a_note_is_drawn_hollow() -> None:
    plain, noted = figure_of(3), figure_of(4).model_copy(update={"source": "made figures; no film of this genre"})
    assert template_charts.hollow([plain, noted]) == [False, True]
    assert template_charts.hollow([plain, plain]) == []
    blend = figure_of(5).model_copy(update={"source": "weighted mean of war (0.5) [made figures: median; a note]"})
    assert template_charts.sources_of([plain, noted, blend]) == "made figures."


def test_a_templates_table_has_every_figure_with_its_evidence() -> None:
    table = template_charts.template_table(ACTION)
    assert {"figure", "value", "low", "high", "unit", "rows", "source"} == set(table.columns)
    assert set(table.loc[table["rows"] == 0, "figure"]) == {"pause between sentences", "music tempo"}
    assert len(table) == 8 + 2 + 2 + 4 + 2


def test_a_table_in_full_cuts_nothing_and_shows_unknown_as_nothing() -> None:
    long = "a title <b>of many words</b> " * 20
    table = pd.DataFrame({"title": [long, "short"], "votes": pd.array([1234567, None], dtype="Int64")})
    page = data_tables.in_full(table).data
    assert page.count("of many words") == 20
    assert "<b>" not in page
    assert "1,234,567" in page
    assert "NA" not in page


def test_the_report_as_a_table_has_every_count() -> None:
    table = data_tables.report_table(REPORT)
    assert table.loc[table["what"] == "rows in", "count"].sum() == REPORT.rows_in
    kept, aside = (table.loc[table["what"] == what, "count"].sum() for what in ("rows out", "set aside"))
    assert kept + aside == REPORT.rows_in
    assert table.loc[table["what"] == "repaired and kept", "why"].tolist() == ["split rows"]


def test_the_colours_are_told_apart_by_everyone() -> None:
    okabe_ito = {"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"}
    assert okabe_ito | {"#8c8c00"} == set(plot.COLOURS)
    assert to_hex(drawn("ratings").axes[0].lines[0].get_color()) in okabe_ito


@pytest.mark.parametrize("name", ["darkest posters", "shot of a blend", "mean by the law", "changed most"])
def test_an_exercise_knows_right_from_wrong(name: str) -> None:
    right = EXERCISES[name].solution()
    assert check(name, right) == f"{name}: right."
    assert check(name, None) == f"{name}: no answer yet."
    for wrong in ("nothing", -1, True, float("nan"), object()):
        assert check(name, wrong) == f"{name}: not yet. {EXERCISES[name].hint}"
    if isinstance(right, float):
        assert check(name, right * 1.005) == f"{name}: right."
