"""Genre templates: complete, measured, and honest about what was not."""

from __future__ import annotations

import pytest

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import GenreTemplate
from bookfilm_nb.movies import GENRES, template_for


def test_sixteen_genres_or_more_each_with_a_template():
    assert len(GENRES) >= 16
    assert list(GENRES) == sorted(set(GENRES))
    for genre in GENRES:
        template = template_for(genre)
        assert template.genre == genre
        assert GenreTemplate.from_json(template.to_json()) == template


@pytest.mark.parametrize("genre", GENRES)
def test_every_measured_figure_has_source_rows_and_spread(genre):
    template = template_for(genre)
    for figure in (template.shot_length_s, template.shot_sigma, template.dialogue_share):
        assert figure.rows > 0
        assert figure.low < figure.value < figure.high
        assert figure.source
    for figure in (template.pause_s, template.music_bpm):
        assert figure.rows == 0
        assert "choice of this project" in figure.source


def test_known_figures():
    assert template_for("horror").shot_length_s.value == 4.3
    assert template_for("drama").shot_length_s.rows == 538
    assert template_for("drama").shot_sigma.value == 0.86


def test_case_spaces_and_common_names_do_not_matter():
    assert template_for(" Drama ") == template_for("drama")
    assert template_for("Science Fiction").genre == "sci-fi"
    assert template_for("fairy_tale").genre == "children"


@pytest.mark.parametrize(("wrong", "near"), [("horor", "horror"), ("mistery", "mystery"), ("sciencefiction", "sci-fi")])
def test_an_unknown_genre_names_the_nearest_and_lists_all(wrong, near):
    with pytest.raises(ChoiceError) as caught:
        template_for(wrong)
    assert near in caught.value.data["nearest"]
    assert near in caught.value.hint
    assert all(genre in caught.value.hint for genre in GENRES)
    assert caught.value.data["choices"] == list(GENRES)


def test_a_genre_like_no_other_still_lists_all():
    with pytest.raises(ChoiceError) as caught:
        template_for("zzz\n%s")
    assert caught.value.data["nearest"] == []
    assert "drama" in caught.value.hint
