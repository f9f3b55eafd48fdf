"""Whole shots: layers on a canvas, people where the shot size wants them, the same bytes every time."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.illustrator import Illustrator, parse_prompt
from bookfilm_nb.illustrator.backdrops import Light, SceneWords
from bookfilm_nb.illustrator.cast import appearance
from bookfilm_nb.illustrator.composition import Canvas, compose
from bookfilm_nb.illustrator.figures import CROWN_Y, EYES_Y, height_units, top_units
from bookfilm_nb.illustrator.illustrator import place_seed
from bookfilm_nb.illustrator.peeps import part
from bookfilm_nb.illustrator.svgpath import contours
from bookfilm_nb.model import Shot, blob_digest

LIGHT = Light((1, 1, 1), (1, 1, 1), 1.0, 0.5, 0.9, 0.4)
PAIR = "[Mara: old woman, grey hair; worried; left] [Tom: boy, cap; afraid; right; speaking]"


def shot_of(prompt: str, size: str = "medium", seed: int = 0) -> Shot:
    return Shot(id="s01h01", scene="s01", portions=(), size=size, move="static", prompt=prompt, planned_s=3, seed=seed)


def staged(prompt: str, frame: tuple[int, int] = (640, 360)):
    words = parse_prompt(prompt)
    canvas = Canvas.around(*frame)
    return canvas, compose(words, [appearance(f) for f in words.figures], LIGHT, canvas, seed=0)


def test_a_drawing_keeps_its_promises():
    drawing = Illustrator().draw(shot_of(f"Medium shot. Exterior, forest, dusk. {PAIR}"), width=320, height=180)
    take = drawing.take
    assert (take.shot, take.width, take.height) == ("s01h01", 368, 208)
    used = set()
    for layer in take.layers:
        for blob in filter(None, (layer.blob, layer.talk_blob, layer.blink_blob)):
            used.add(blob)
            image = cv2.imdecode(np.frombuffer(drawing.blobs[blob], np.uint8), cv2.IMREAD_UNCHANGED)
            assert image.shape[:2] == (layer.height, layer.width)
            assert image.ndim == (3 if layer.blend == "over" else 2)
            assert blob_digest(drawing.blobs[blob]) == blob
    assert used == set(drawing.blobs)
    people = [layer for layer in take.layers if layer.role == "figure"]
    assert {layer.character for layer in people} == {"Mara", "Tom"}
    for layer in people:
        assert layer.depth == 1.0
        assert not any(value % 2 for value in (layer.x, layer.y, layer.width, layer.height))
        assert 0 <= layer.x <= layer.x + layer.width <= take.width
        assert 0 <= layer.y <= layer.y + layer.height <= take.height
        assert layer.talk_blob != layer.blob != layer.blink_blob


@pytest.mark.parametrize(
    "prompt",
    [
        f"Medium shot. Exterior, forest, dusk, rain. {PAIR}",
        f"Close-up. Interior, room, night. {PAIR}",
        "Wide shot. Exterior, village street, day, snow. [Tom: boy, cap; happy; centre]",
    ],
)
def test_a_sketch_has_the_pixels_of_the_take_and_nobody_who_acts(prompt: str):
    shot = shot_of(prompt)
    take, sketch = (make(shot, width=320, height=180) for make in (Illustrator().draw, Illustrator().sketch))
    assert len(take.take.layers) == len(sketch.take.layers)
    for drawn, sketched in zip(take.take.layers, sketch.take.layers, strict=True):
        here, there = (
            cv2.imdecode(np.frombuffer(made.blobs[layer.blob], np.uint8), cv2.IMREAD_UNCHANGED)
            for made, layer in ((take, drawn), (sketch, sketched))
        )
        assert np.array_equal(here, there)
        assert (sketched.talk_blob, sketched.blink_blob) == (None, None)
        same = {"blob", "talk_blob", "blink_blob"}
        assert drawn.model_dump(exclude=same) == sketched.model_dump(exclude=same)
    assert any(layer.talk_blob for layer in take.take.layers)


def test_the_words_alone_decide():
    shot = shot_of(f"Close-up. Interior, room, night. {PAIR}")
    first = Illustrator().draw(shot, width=160, height=90)
    again = Illustrator().draw(shot.model_copy(update={"id": "other", "move": "push in"}), width=160, height=90)
    assert first.blobs == again.blobs
    assert first.take.layers == again.take.layers


def test_a_place_has_one_seed():
    place = SceneWords(place="forest", name="forest")
    assert place_seed(place) == place_seed(place.model_copy(update={"time": "night", "weather": "rain", "mood": "sad"}))
    assert place_seed(place) != place_seed(SceneWords(place="garden", name="garden"))


@pytest.mark.parametrize("size", ["extreme wide", "wide", "full"])
def test_feet_stand_on_the_ground(size):
    canvas, people = staged(f"{size} shot. {PAIR}")
    for person in people:
        soles = person.placing.y + person.placing.unit * (height_units(person.look) + CROWN_Y)
        assert soles == pytest.approx(0.9 * canvas.height, abs=1)
        assert canvas.top < soles < canvas.top + canvas.frame_height


@pytest.mark.parametrize("frame", [(640, 360), (360, 640), (480, 480)])
@pytest.mark.parametrize("size", ["wide", "full", "medium", "close-up"])
@pytest.mark.parametrize(
    "who", ["[A: man, hat; left][B: woman, bun; right]", "[A: man, hat]", "[A: boy][B: man, hood][C: girl]"]
)
def test_no_head_is_cut_and_no_faces_overlap(size, frame, who):
    canvas, people = staged(f"{size} shot. {who}", frame)
    spans = []
    for person in people:
        placing = person.placing
        assert placing.y + top_units(person.look) * placing.unit >= canvas.top
        assert canvas.left < placing.x < canvas.left + canvas.frame_width
        spans.append((placing.x - 180 * placing.unit, placing.x + 180 * placing.unit))
    spans.sort()
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_two_people_look_at_each_other():
    _, people = staged(f"Medium shot. {PAIR}")
    left, right = sorted(people, key=lambda p: p.placing.x)
    assert (left.figure.name, left.placing.mirrored) == ("Mara", False)
    assert (right.figure.name, right.placing.mirrored) == ("Tom", True)


def test_eyes_of_a_close_up_lie_in_the_upper_half():
    canvas, (person,) = staged("Close-up. [Ann: woman]")
    eyes = (person.placing.y + EYES_Y * person.placing.unit - canvas.top) / canvas.frame_height
    assert 0.3 < eyes < 0.5


def test_nearer_sizes_draw_larger():
    units = [
        staged(f"{size}. [Ann: woman]")[1][0].placing.unit
        for size in ("wide", "medium", "close-up", "extreme close-up")
    ]
    assert units == sorted(units)


def test_a_dialogue_close_up_looks_over_the_listener_s_shoulder():
    _, people = staged(f"Close-up. {PAIR}")
    assert [(p.figure.name, p.from_behind) for p in people] == [("Tom", False), ("Mara", True)]


@pytest.mark.parametrize("size", [(10, 10), (5000, 300)])
def test_sizes_that_cannot_be_drawn(size):
    with pytest.raises(ProviderError):
        Illustrator().draw(shot_of("Forest."), width=size[0], height=size[1])


def test_the_drawings_are_read_whole():
    skull = part("head", "noHair1")
    assert [mark.role for mark in skull] == ["skin", "ink"]
    box = skull[0].shape.computeTightBounds()
    assert (round(box.left()), round(box.bottom())) == (211, 557)


def test_path_data_of_every_kind_of_command():
    (shape,) = contours("M10 10h10v10l5,5q5 0 5 5t5 5c0 5 5 5 5 10s5 5 5 10a5 5 0 01-5 5L10 60z")
    box = shape.computeTightBounds()
    assert (box.left(), box.top(), round(box.right()), round(box.bottom())) == (10, 10, 45, 60)
    assert len(contours("m1 1 2 0 0 2z m5 5 1 0z")) == 2
    with pytest.raises(ValueError, match="path data"):
        contours("M 1 apple")
