"""Shot prompts read back: the grammar, plain words, Russian, and what is not understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookfilm_nb.illustrator import FigureWords, parse_prompt
from bookfilm_nb.model import Looks
from bookfilm_nb.model.vocabulary import EMOTIONS, MOODS, PLACE_KINDS, SEASONS, SHOT_SIZES, TIMES_OF_DAY, WEATHERS

GRAMMAR = (
    "Wide shot, low angle. Exterior, sea shore, dusk, storm, autumn. Mood: tense. "
    "[Mara: old woman, grey hair in a bun, shawl, blue coat; worried; left] "
    "[Tom: boy, brown curly hair, cap, red jersey; afraid; right; speaking]"
)


def test_the_grammar_of_a_shot():
    words = parse_prompt(GRAMMAR)
    assert (words.size, words.angle) == ("wide", "low angle")
    scene = words.scene
    assert (scene.place, scene.interior, scene.time, scene.weather) == ("sea shore", False, "dusk", "storm")
    assert (scene.season, scene.mood) == ("autumn", "tense")
    assert words.figures == (
        FigureWords(
            name="Mara",
            sex="female",
            age="old",
            looks=Looks(hair="bun", hair_colour="grey", clothes="coat", clothes_colour="blue"),
            over="shawl",
            emotion="worried",
            position="left",
        ),
        FigureWords(
            name="Tom",
            sex="male",
            age="child",
            looks=Looks(hair="curly", hair_colour="brown", hat="cap", clothes="jersey", clothes_colour="red"),
            emotion="afraid",
            position="right",
            speaking=True,
        ),
    )
    assert words.unknown == ()


@given(
    st.sampled_from(SHOT_SIZES), st.sampled_from(PLACE_KINDS), st.sampled_from(TIMES_OF_DAY), st.sampled_from(WEATHERS),
    st.sampled_from(SEASONS), st.sampled_from(MOODS), st.sampled_from(EMOTIONS),
    st.sampled_from(("left", "centre", "right")), st.booleans(), st.booleans(),
)  # fmt: skip
def test_every_word_of_the_vocabulary_comes_back(
    size, place, time, weather, season, mood, emotion, position, speaking, inside
):
    words = parse_prompt(
        f"{size.capitalize()} shot, eye level. "
        f"{'Interior' if inside else 'Exterior'}, {place}, {time}, {weather}, {season}. "
        f"Mood: {mood}. [Ann: woman; {emotion}; {position}{'; speaking' if speaking else ''}]"
    )
    scene = words.scene
    assert (words.size, scene.place, scene.time, scene.weather, scene.season, scene.mood, scene.interior) == (
        size, place, time, weather, season, mood, inside,
    )  # fmt: skip
    figure = words.figures[0]
    assert (figure.emotion, figure.position, figure.speaking) == (emotion, position, speaking)
    assert words.unknown == ()


def test_order_is_free():
    turned = parse_prompt(
        "[Tom: afraid; red jersey, cap, brown curly hair, boy; speaking; right] Mood: tense. "
        "[Mara: left; old woman, grey hair in a bun, shawl, blue coat; worried] "
        "autumn, storm, dusk, sea shore, exterior. Low angle. Wide shot."
    )
    straight = parse_prompt(GRAMMAR)
    assert set(turned.figures) == set(straight.figures)
    assert turned.scene == straight.scene
    assert (turned.size, turned.angle) == (straight.size, straight.angle)


def test_a_person_in_plain_words():
    words = parse_prompt("an old man with a white beard, worried, at night in the forest")
    assert words.scene.place == "forest"
    assert words.scene.time == "night"
    (man,) = words.figures
    assert (man.sex, man.age, man.looks.beard, man.beard_colour, man.emotion) == (
        "male", "old", "full", "white", "worried",
    )  # fmt: skip


def test_two_people_in_plain_words_keep_their_own_looks():
    words = parse_prompt(
        "A worried young woman in a blue dress and an angry soldier with a black moustache, city street"
    )
    woman, soldier = words.figures
    assert (woman.age, woman.looks.clothes_colour, woman.emotion) == ("young", "blue", "worried")
    assert (soldier.looks.beard, soldier.beard_colour, soldier.looks.clothes, soldier.emotion) == (
        "moustache", "black", "uniform", "angry",
    )  # fmt: skip


def test_russian_words():
    words = parse_prompt(
        "Крупный план. Ночь, лес, дождь, осень. [Ася: девочка, рыжие косы, синее платье; испугана; слева; говорит] "
        "[Дед: старик, белая борода, чёрная шапка; задумчив; справа]"
    )
    assert words.size == "close-up"
    assert (words.scene.place, words.scene.time, words.scene.weather, words.scene.season) == (
        "forest", "night", "rain", "autumn",
    )  # fmt: skip
    girl, old = words.figures
    assert (girl.name, girl.sex, girl.age, girl.emotion, girl.position, girl.speaking) == (
        "Ася", "female", "child", "afraid", "left", True,
    )  # fmt: skip
    assert girl.looks == Looks(hair="braids", hair_colour="red", clothes="dress", clothes_colour="blue")
    assert (old.age, old.looks.beard, old.beard_colour, old.looks.hat, old.hat_colour) == (
        "old", "full", "white", "cap", "black",
    )  # fmt: skip
    assert words.unknown == ()


def test_unknown_words_are_told():
    words = parse_prompt("Kitchen with a dragonfly. [Ann: woman, wings; happy]")
    assert set(words.unknown) == {"dragonfly", "wings"}


def test_people_beyond_four_are_told():
    words = parse_prompt(" ".join(f"[{name}: man]" for name in ("Abe", "Ben", "Cal", "Dan", "Eli")))
    assert [figure.name for figure in words.figures] == ["Abe", "Ben", "Cal", "Dan"]
    assert words.unknown == ("Eli",)


@pytest.mark.parametrize(
    ("words", "hair", "clothes"),
    [("black hair, red coat", "black", "red"), ("red coat, black hair", "black", "red"), ("ginger, coat", "red", "")],
)
def test_a_colour_goes_to_its_noun(words, hair, clothes):
    (figure,) = parse_prompt(f"[Ann: woman, {words}]").figures
    assert (figure.looks.hair_colour, figure.looks.clothes_colour) == (hair, clothes)


@given(st.text(max_size=120))
def test_no_text_raises(text):
    words = parse_prompt(text)
    assert words.size in SHOT_SIZES
    assert words.scene.place in PLACE_KINDS


@pytest.mark.parametrize("marks", ['"{}"', "“{}”", "«{}»"])
@pytest.mark.parametrize("name", ["The kitchen at the foot of the tower", "Амбар мельницы", "Wren's room, upstairs."])
def test_words_in_quotation_marks_are_the_places_own_name(marks, name):
    words = parse_prompt(f"Wide shot. Interior, room {marks.format(name)}, dusk, fog, autumn. Mood: sad. [Ann: woman]")
    assert words.scene.name == name
    assert (words.scene.place, words.scene.interior, words.scene.time) == ("room", True, "dusk")
    assert (words.scene.weather, words.scene.season, words.scene.mood) == ("fog", "autumn", "sad")
    assert words.unknown == ()


def test_a_name_alone_tells_the_kind_of_place():
    assert parse_prompt('Interior, "The old church", night.').scene.place == "church"
    assert parse_prompt('Interior, tower "The old church", night.').scene.place == "tower"
    assert parse_prompt('Interior, hall "", night.').scene.name == "hall"
