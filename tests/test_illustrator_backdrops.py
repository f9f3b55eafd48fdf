"""The sets: what every picture of a place must be, whatever the words."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import numpy as np
import pytest
from backdrop_pictures import H, W, difference, draw, picture, signature

from bookfilm_nb.illustrator.backdrops import DRAWABLE_DETAILS
from bookfilm_nb.model.vocabulary import PLACE_KINDS, SHOT_SIZES


def test_planes_are_cropped_to_what_is_on_them():
    planes, _ = draw("field")
    for plane in planes[1:]:
        solid = plane.image[:, :, 3] > 0
        assert solid[-1].any()
        assert solid[:, -1].any()
        assert solid[:2].any()
        assert solid[:, :2].any()


def test_same_words_same_bytes_in_another_process():
    places = ("forest", "room")
    script = (
        "import sys; sys.path.insert(0, 'tests');"
        "from backdrop_pictures import draw, signature;"
        f"print([signature(draw(place, weather='rain')[0]) for place in {places}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "77", "PATH": ""},
    )  # fmt: skip
    assert done.stdout.strip() == str([signature(draw(place, weather="rain")[0]) for place in places])


def test_another_seed_is_another_set_of_the_same_place():
    assert difference(picture("village street", seed=1), picture("village street", seed=2)) > 6


def test_places_do_not_look_like_each_other():
    pictures = {place: picture(place, time="day") for place in PLACE_KINDS}
    close = [
        (a, b, round(difference(pictures[a], pictures[b]), 1))
        for i, a in enumerate(PLACE_KINDS)
        for b in PLACE_KINDS[i + 1 :]
        if difference(pictures[a], pictures[b]) < 7
    ]
    assert close == []


@pytest.mark.parametrize("place", ["village street", "room"])
def test_sizes_show_parts_of_one_set(place):
    import cv2

    widths = {size: picture(place, size=size) for size in SHOT_SIZES}
    # The wide shot holds the medium one's middle at 1.85 / 1.16 of its scale.
    wide = widths["wide"][:, :, :]
    scale = 1.85 / 1.16
    matrix = np.array([[scale, 0, W / 2 * (1 - scale)], [0, scale, 0.46 * H - scale * 0.50 * H]], np.float32)
    enlarged = cv2.GaussianBlur(cv2.warpAffine(wide, matrix, (W, H)), (0, 0), 2)
    middle = np.s_[20 : H - 50, 30 : W - 30]
    same = np.abs(enlarged[middle] - cv2.GaussianBlur(widths["medium"], (0, 0), 2)[middle]).mean()
    other = np.abs(enlarged[middle] - cv2.GaussianBlur(picture(place, size="medium", seed=9), (0, 0), 2)[middle]).mean()
    assert same < 0.6 * other
    assert len(draw(place, size="close-up")[0]) == 1


def test_near_sizes_are_softer():
    def sharpness(size):
        image = draw("village street", size=size, width=960, height=540)[0][0].image[:, :, 1].astype(np.float32)
        return float(np.abs(np.diff(image, axis=1)).mean())

    assert sharpness("wide") > 1.3 * sharpness("close-up")


def test_angles_move_the_horizon():
    def sky_rows(angle):
        image = draw("open sea", angle=angle, size="wide")[0][0].image[:, W // 2, :3].astype(int)
        return int(np.argmax(np.abs(np.diff(image.sum(axis=1)))))

    assert sky_rows("low angle") > sky_rows("eye level") > sky_rows("high angle")


@pytest.mark.parametrize(("width", "height"), [(180, 320), (246, 138), (427, 240), (331, 187)])
def test_any_frame_shape(width, height):
    for place in ("city street", "church", "ship"):
        planes, _ = draw(place, width=width, height=height, weather="rain")
        assert planes[0].image.shape == (height, width, 4)
        assert (planes[0].image[:, :, 3] == 255).all()


def test_a_place_keeps_its_colours_in_another_frame_size():
    small, large = picture("village street"), picture("village street", width=2 * W, height=2 * H)
    assert difference(small, large[::2, ::2]) < 5


def test_feet_stand_in_the_frame_only_where_they_are_seen():
    for size in ("extreme wide", "wide", "full"):
        assert 0.8 < draw("field", size=size)[1].ground_y < 1.0
    assert draw("field", size="medium")[1].ground_y > 1.0
    heights = [draw("field", size=size)[1].adult_height for size in SHOT_SIZES]
    assert heights == sorted(heights)


@pytest.mark.parametrize(
    ("place", "details"),
    [
        ("sea shore", "lighthouse boat pier"),
        ("open sea", "island"),
        ("river", "bridge flowers"),
        ("field", "windmill house bird"),
        ("road", "horse cart"),
        ("village street", "well lamp"),
        ("room", "bed letter door candle"),
        ("forest", "cross fire"),
        ("garden", "gate"),
        ("ruin", "tree"),
        ("tower", "bed"),
    ],
)
def test_details_appear(place, details):
    without = picture(place, size="extreme wide")
    for detail in details.split():
        assert detail in DRAWABLE_DETAILS
        changed = np.abs(picture(place, size="extreme wide", details=(detail,)) - without).max(axis=2) > 12
        assert changed.sum() > 25, detail
        assert changed.mean() < 0.6, detail  # the place is still there


def test_outside_and_inside_of_a_church_and_a_ship():
    for place in ("church", "tower", "ship"):
        assert difference(picture(place, interior=True), picture(place, interior=False)) > 10


@pytest.mark.parametrize("place", ["room", "field"])
def test_a_drawn_set_leaves_no_canvas_behind(place, monkeypatch):
    """Without waiting for the garbage collector: a film draws hundreds of sets in one process."""
    from bookfilm_nb.illustrator.backdrops.stage import Stage

    stages, begin = [], Stage.__init__

    def remembered(stage, *words, **lens):
        stages.append(weakref.ref(stage))
        begin(stage, *words, **lens)

    monkeypatch.setattr(Stage, "__init__", remembered)
    gc.disable()
    try:
        draw.__wrapped__(place)
        assert [stage() for stage in stages] == [None]
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "place", ["room", "kitchen", "hall", "village street", "city street", "forest", "field", "road", "sea shore"]
)
def test_seeds_give_other_compositions_not_only_the_mirror_image(place):
    first = picture(place, seed=0)
    others = (picture(place, seed=seed) for seed in range(1, 5))
    assert any(min(difference(first, other), difference(first[:, ::-1], other)) > 5 for other in others)
