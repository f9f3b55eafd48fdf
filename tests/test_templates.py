"""Genre templates: complete, measured, and honest about what was not."""

from __future__ import annotations

import json
import math
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import PERIODS, Figure, GenreTemplate
from bookfilm_nb.movies import GENRES, template_for, weights_of

EVERY = [(genre, period) for genre in GENRES for period in PERIODS]


def figures(template: GenreTemplate) -> dict[str, Figure]:
    """Every figure of a template, by a name."""
    found = {name: value for name, value in template if isinstance(value, Figure)}
    found |= {f"act {act.name}": act.shot_length for act in template.acts}
    found |= {f"narration {language}": figure for language, figure in template.narration_wpm.items()}
    found |= {f"tone {emotion}": figure for emotion, figure in template.tone.items()}
    found |= {"brightness": template.palette.brightness, "saturation": template.palette.saturation}
    return found


def test_nineteen_genres_and_three_periods_each_with_a_template():
    assert len(GENRES) == 19
    for genre, period in EVERY:
        template = template_for(genre, period)
        assert (template.genre, template.period, template.weights) == (genre, period, {genre: 1.0})
        assert GenreTemplate.from_json(template.to_json()) == template


@pytest.mark.parametrize(("genre", "period"), EVERY)
def test_every_figure_has_source_rows_and_spread(genre, period):
    found = figures(template_for(genre, period))
    assert len(found) == 8 + 1 + 4 + 2 + 8 + 2 - 1
    for name, figure in found.items():
        assert figure.source, name
        assert figure.low <= figure.value <= figure.high, name
        if name in ("pause_s", "music_bpm"):
            assert figure.rows == 0
            assert "choice of this project" in figure.source
        else:
            assert figure.rows > 0, name
            assert figure.low < figure.high, name


@pytest.mark.parametrize(("genre", "period"), EVERY)
def test_a_figure_of_few_films_says_what_it_was_drawn_to(genre, period):
    template = template_for(genre, period)
    for name in ("shot_length_s", "median_shot_s", "runtime_min"):
        figure = getattr(template, name)
        if figure.rows < 10:
            assert f"{figure.rows} films of this genre and period" in figure.source, name
            assert "drawn with weight" in figure.source


@pytest.mark.parametrize(
    ("genre", "average", "films"),
    [
        ("action", 3.3, 256),
        ("sci-fi", 3.9, 151),
        ("thriller", 4.1, 295),
        ("comedy", 4.6, 251),
        ("drama", 5.6, 538),
        ("romance", 5.7, 164),
        ("horror", 4.3, 87),
        ("documentary", 7.8, 20),
    ],
)
def test_known_figures(genre, average, films):
    figure = template_for(genre).shot_length_s
    assert figure.value == pytest.approx(average, abs=0.15)
    assert abs(figure.rows - films) <= max(1, 0.03 * films)


def test_films_were_cut_slower_before():
    for genre in GENRES:
        old, middle, new = (template_for(genre, period).shot_length_s.value for period in PERIODS)
        assert old > middle > new, genre


def test_acts_follow_each_other_and_the_last_is_the_quickest():
    for period in PERIODS:
        acts = template_for("drama", period).acts
        assert [a.name for a in acts] == ["setup", "complication", "development", "climax"]
        assert [(a.starts, a.ends) for a in acts] == [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)]
        assert min(acts, key=lambda a: a.shot_length.value).name == "climax"
        assert max(acts, key=lambda a: a.shot_length.value).name == "setup"


def test_tones_are_shares_and_posters_are_called_posters():
    for genre in GENRES:
        template = template_for(genre)
        assert 0.5 < sum(f.value for f in template.tone.values()) < 1
        assert "Posters" in template.palette.brightness.source
    assert template_for("action").tone["fear"].value > template_for("drama").tone["fear"].value
    assert template_for("horror").palette.brightness.value < template_for("comedy").palette.brightness.value
    assert template_for("western").tone["joy"].rows == 60
    assert "this genre was not counted" in template_for("western").tone["joy"].source


def test_case_spaces_and_common_names_do_not_matter():
    assert template_for(" Drama ") == template_for("drama")
    assert template_for("Science Fiction").genre == "sci-fi"
    assert template_for("fairy_tale").genre == "family"


@pytest.mark.parametrize(("wrong", "near"), [("horor", "horror"), ("mistery", "mystery"), ("sciencefiction", "sci-fi")])
def test_an_unknown_genre_names_the_nearest_and_lists_all(wrong, near):
    for asked in (wrong, f"drama 0.5 + {wrong} 0.5"):
        with pytest.raises(ChoiceError) as caught:
            template_for(asked)
        assert near in caught.value.data["nearest"]
        assert near in caught.value.hint
        assert all(genre in caught.value.hint for genre in GENRES)
        assert caught.value.data["choices"] == list(GENRES)


def test_a_genre_like_no_other_still_lists_all():
    with pytest.raises(ChoiceError) as caught:
        template_for("zzz\n%s")
    assert caught.value.data["nearest"] == []
    assert "drama" in caught.value.hint


def test_an_unknown_period_lists_all():
    with pytest.raises(ChoiceError) as caught:
        template_for("drama", "1999")  # type: ignore[arg-type]
    assert caught.value.data["choices"] == list(PERIODS)


# Blends -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "mystery 0.7 + romance 0.3",
        "0.7 mystery + 0.3 romance",
        "Romance 3 + Detective 7",
        "70% mystery+30 % love",
        "mystery 0,7 + romance 0,3",
        "mystery 0.5 + romance 0.3 + mystery 0.2",
    ],
)
def test_a_blend_may_be_written_in_many_ways(asked):
    assert weights_of(asked) == pytest.approx({"mystery": 0.7, "romance": 0.3})
    assert template_for(asked).genre == "mystery 0.7 + romance 0.3"


def test_without_weights_all_weigh_the_same():
    assert weights_of("mystery+romance") == {"mystery": 0.5, "romance": 0.5}
    assert template_for("drama 0.2") == template_for("drama")
    assert template_for("war + drama").digest() == template_for("drama + war").digest()


def test_figures_of_a_blend():
    mystery, romance = template_for("mystery"), template_for("romance")
    blend = template_for("mystery 0.7 + romance 0.3")
    expected = mystery.runtime_min.value**0.7 * romance.runtime_min.value**0.3
    assert blend.runtime_min.value == pytest.approx(expected, rel=0.005)
    expected = 0.7 * mystery.palette.brightness.value + 0.3 * romance.palette.brightness.value
    assert blend.palette.brightness.value == pytest.approx(expected, rel=0.005)
    assert blend.shot_length_s.rows == mystery.shot_length_s.rows + romance.shot_length_s.rows
    for part, template in (("mystery (0.7, ", mystery), ("romance (0.3, ", romance)):
        assert f"{part}{template.shot_length_s.rows} rows)" in blend.shot_length_s.source
    assert blend.dialogue_share == mystery.dialogue_share  # measured over all genres: not counted twice
    assert blend.music_mode == mystery.music_mode == "minor"
    assert template_for("mystery 0.3 + romance 0.7").music_mode == romance.music_mode == "major"
    assert blend.pause_s.rows == 0
    assert "choice of this project" in blend.pause_s.source


def test_the_law_of_a_blend_is_wider_than_its_parts_where_they_differ():
    quick, slow = template_for("action"), template_for("documentary")
    blend = template_for("action + documentary")
    mean = (quick.shot_sigma.value**2 + slow.shot_sigma.value**2) / 2
    apart = (math.log(slow.median_shot_s.value / quick.median_shot_s.value) / 2) ** 2
    assert blend.shot_sigma.value == pytest.approx(math.sqrt(mean + apart), rel=0.005)


NAMES = st.lists(st.sampled_from(GENRES), min_size=1, max_size=5, unique=True)


@settings(max_examples=80, deadline=None)
@given(NAMES, st.lists(st.floats(1e-3, 1e3), min_size=5, max_size=5), st.sampled_from(PERIODS))
def test_a_blend_lies_between_its_parts(names, weights, period):
    blend = template_for(" + ".join(f"{n} {w:.6f}" for n, w in zip(names, weights, strict=False)), period)
    assert sum(blend.weights.values()) == pytest.approx(1)
    assert list(blend.weights.values()) == sorted(blend.weights.values(), reverse=True)
    parts = [figures(template_for(name, period)) for name in names]
    for name, figure in figures(blend).items():
        assert figure.low <= figure.value <= figure.high, name
        values = [p[name].value for p in parts]
        assert figure.value >= min(values) * 0.99, name
        assert name == "shot_sigma" or figure.value <= max(values) * 1.01, name
    assert GenreTemplate.from_json(blend.to_json()) == blend


@pytest.mark.parametrize("weight", ["0", "-1", "nan", "inf", "-inf", "1e999", "0.0", "1e308"])
def test_a_weight_that_is_none(weight):
    with pytest.raises(ChoiceError, match="weight of drama"):
        template_for(f"drama {weight} + war 1")


@pytest.mark.parametrize("asked", ["", " ", "+", "drama +", "+ drama", "drama ++ war", "drama 0.5 + "])
def test_a_genre_that_is_missing(asked):
    with pytest.raises(ChoiceError, match="missing"):
        template_for(asked)


def test_more_than_five_genres_are_too_many():
    assert len(template_for("+".join(GENRES[:5])).weights) == 5
    with pytest.raises(ChoiceError, match="too many"):
        template_for("+".join(GENRES[:6]))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_template_or_a_choice_error(text):
    hint = "none was needed"
    try:
        assert template_for(text).weights
    except ChoiceError as error:
        hint = error.hint
    assert hint


def test_shipped_files_are_small_and_name_no_file_of_ours():
    shipped = [f for f in files("bookfilm_nb.movies.templates").iterdir() if f.name.endswith(".json")]
    assert {f.name for f in shipped} == {
        f"{name}.json" for name in ("runtime", "shots", "acts", "words", "tone", "posters", "choices")
    }
    assert sum(len(f.read_bytes()) for f in shipped) < 100_000
    for file in shipped:
        table = json.loads(file.read_text("utf-8"))
        assert table["about"]
        assert all(text.strip() for text in table["sources"].values())
