"""Title and end cards: type that fits, in both alphabets, whatever its length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.illustrator import cards, fonts
from bookfilm_nb.illustrator.backdrops import SceneWords
from bookfilm_nb.illustrator.composition import Canvas

FRAMES = [(1280, 720), (1080, 1920), (854, 480)]


def inside(lines, canvas):
    for line in lines:
        assert canvas.left + 0.09 * canvas.frame_width <= line.x
        assert line.x + line.width <= canvas.left + 0.91 * canvas.frame_width
        assert canvas.top <= line.y - line.size
        assert line.y + line.size * 0.3 <= canvas.top + canvas.frame_height


@given(st.sampled_from(FRAMES), st.lists(st.text("абвгд жAЩ-ёWi", min_size=1, max_size=60), min_size=1, max_size=9))
@settings(max_examples=40, deadline=None)
def test_no_type_is_cut(frame, texts):
    canvas = Canvas.around(*frame)
    blocks = [(texts[0], "serif", 0.118, 0.0, 1.16), *((text, "sans", 0.036, 0.0, 1.42) for text in texts[1:])]
    inside(cards.laid_out(blocks, canvas), canvas)


@pytest.mark.parametrize("frame", FRAMES)
def test_long_titles_break_into_lines_that_say_everything(frame):
    canvas = Canvas.around(*frame)
    title = "Повесть о том, как старый паромщик и его внучка переждали большую воду на чужом берегу"
    lines = cards.laid_out([(title, "serif", 0.118, 0.0, 1.16)], canvas)
    assert " ".join(line.text for line in lines) == title
    assert 2 <= len(lines) <= 4
    inside(lines, canvas)


def test_a_word_wider_than_the_frame_is_broken():
    canvas = Canvas.around(640, 360)
    lines = cards.laid_out([("Щ" * 300, "serif", 0.118, 0.0, 1.16)], canvas)
    assert "".join(line.text for line in lines) == "Щ" * 300
    inside(lines, canvas)


def test_both_alphabets_have_glyphs():
    for face in ("serif", "sans", "sans italic"):
        glyphs = fonts.font(face, 20).textToGlyphs("AzАяЁё№«»—…")
        assert all(glyphs)


def test_the_title_card():
    scene = SceneWords(place="sea shore", time="dusk")
    drawing = cards.draw_title_card("The Last Ferry", "A. Writer", ["A film"], width=320, height=180, scene=scene)
    assert drawing.take.shot == "title"
    assert (drawing.take.width, drawing.take.height) == (368, 208)
    kind = drawing.take.layers[-1]
    assert (kind.name, kind.depth) == ("type", 0.0)
    assert {layer.blob for layer in drawing.take.layers} == set(drawing.blobs)
    again = cards.draw_title_card("The Last Ferry", "A. Writer", ["A film"], width=320, height=180, scene=scene)
    assert again == drawing


def test_the_end_card_holds_eight_lines_in_two_sizes():
    canvas = Canvas.around(1280, 720)
    lines = [f"Voice of person {n}: somebody with a long name" for n in range(8)]
    drawing = cards.draw_end_card(lines, heading="The Last Ferry", width=1280, height=720)
    assert drawing.take.shot == "end"
    kind = drawing.take.layers[-1]
    assert canvas.top < kind.y
    assert kind.y + kind.height < canvas.top + canvas.frame_height
    sizes = {
        line.size
        for line in cards.laid_out([("The Last Ferry", "serif", 0.074, 0, 1.2), ("A", "sans", 0.036, 0, 1.4)], canvas)
    }
    assert len(sizes) == 2


def test_an_empty_card_is_the_set_alone():
    drawing = cards.draw_end_card([], width=320, height=180)
    assert all(layer.name != "type" for layer in drawing.take.layers)
    assert np.all([layer.width > 0 for layer in drawing.take.layers])
