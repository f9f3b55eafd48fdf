"""The cast: the same parts for a person whatever they feel, natural parts only, and three faces that match."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.illustrator import parse_prompt
from bookfilm_nb.illustrator.backdrops import Light
from bookfilm_nb.illustrator.cast import appearance
from bookfilm_nb.illustrator.faces import FACE_BOX
from bookfilm_nb.illustrator.figures import MIDDLE_X, Placing, draw_figure, height_units, stature
from bookfilm_nb.model.vocabulary import EMOTIONS

LIGHT = Light((0.9, 0.85, 0.8), (1.0, 0.8, 0.6), 1.0, 0.5, 0.9, 0.7)
UNASKED = {"bear", "hijab", "turban", "mohawk", "mohawk2", "hatHip", "hatBeanie", "afro", "longAfro", "bantuKnots"}

SEXES = ("man", "woman", "boy", "girl", "old man", "old woman", "young man", "young woman", "person", "child")
HAIR = ("", "long hair", "short hair", "bun", "curly hair", "braids", "bald", "fringe", "red hair", "grey hair")
WORN = ("", "coat", "dress", "shawl", "uniform", "cassock", "apron", "jersey", "blue coat", "beard", "moustache",
        "cap", "hat", "hood", "scarf", "glasses", "goatee", "stubble", "turban")  # fmt: skip


def look_of(words: str):
    return appearance(parse_prompt(f"[{words}]").figures[0])


def busts(words: str, emotion="neutral", mirrored=False):
    return draw_figure(look_of(words), emotion, "down", Placing(110, -10, 0.3, mirrored), LIGHT, width=220, height=220)


@given(
    st.text("abcdefghikлмнопр ", min_size=1, max_size=8), st.sampled_from(SEXES), st.sampled_from(HAIR),
    st.sampled_from(WORN), st.sampled_from(EMOTIONS), st.sampled_from(EMOTIONS),
)  # fmt: skip
@settings(max_examples=150)
def test_parts_hang_on_name_and_looks_alone(name, person, hair, worn, one, other):
    first = look_of(f"{name}: {person}, {hair}, {worn}; {one}; left; speaking")
    again = look_of(f"{name}: {person}, {hair}, {worn}; {other}; right")
    assert first == again
    assert first.head not in UNASKED - ({"turban"} if worn == "turban" else set())
    assert bool(first.glasses) == (worn == "glasses")
    assert not first.glasses.startswith(("sun", "eye"))
    if first.age == "child" or worn not in {"beard", "moustache", "goatee", "stubble"}:
        assert not first.beard


def test_people_differ():
    looks = {look_of(f"{name}: woman") for name in ("Anna", "Vera", "Olga", "Nina", "Maria", "Lucy")}
    assert len(looks) == 6


def test_told_looks_are_drawn():
    look = look_of("Mara: old woman, red hair, glasses, green dress")
    plain = look_of("Mara: old woman")
    assert look.hair_colour != plain.hair_colour
    assert look.glasses
    assert look.garment == "dress"


def test_age_shows():
    child, man, old = (look_of(f"Sam: {who}") for who in ("boy", "man", "old man"))
    assert height_units(child) * stature(child) < 0.75 * height_units(man) * stature(man)
    assert old.hair_colour != man.hair_colour
    assert max(int(old.hair_colour[i : i + 2], 16) for i in (1, 3, 5)) > 140


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("emotion", ["neutral", "laughing", "afraid"])
def test_three_states_differ_in_the_face_alone(emotion, mirrored):
    images = busts("Ivan: man, full beard, coat", emotion, mirrored)
    assert images.rest.shape == images.talk.shape == images.blink.shape
    left, top, right, bottom = FACE_BOX
    sign = -1 if mirrored else 1
    edges = sorted(110 + sign * (edge - MIDDLE_X) * 0.3 - images.x for edge in (left, right))
    outside = np.ones(images.rest.shape[:2], bool)
    outside[
        int(top * 0.3 - 10) - images.y - 1 : int(bottom * 0.3 - 10) - images.y + 2,
        int(edges[0]) - 1 : int(edges[1]) + 2,
    ] = False
    for state in (images.talk, images.blink):
        assert not np.array_equal(state, images.rest)
        assert np.array_equal(state[outside], images.rest[outside])


def test_hair_and_clothes_stay_while_feelings_change():
    one, other = busts("Anna: woman, long hair, dress", "happy"), busts("Anna: woman, long hair, dress", "angry")
    assert one.rest.shape == other.rest.shape
    same = (one.rest == other.rest).all(axis=2)
    assert same[:40].all()
    assert same[-30:].all()
    assert not same.all()


def test_every_feeling_has_its_own_face():
    faces = {busts("Anna: woman", emotion).rest.tobytes() for emotion in EMOTIONS}
    assert len(faces) == len(EMOTIONS)


def test_black_hair_is_drawn_in_its_colour():
    def reddish(words: str) -> float:
        top = busts(words).rest[:60].reshape(-1, 4).astype(float)
        top = top[top[:, 3] > 250]
        return float((top[:, 0] - top[:, 2]).mean())

    assert reddish("Ann: woman, long red hair") > reddish("Ann: woman, long black hair") + 40
