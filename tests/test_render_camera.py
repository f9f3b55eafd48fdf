"""The camera: on the canvas, never at rest, never a jump."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookfilm_nb.model.vocabulary import CameraMove
from bookfilm_nb.render import camera_path

MOVES = get_args(CameraMove)
CANVAS, FRAME = (1472, 828), (1280, 720)


def path(move, length, depths=(0.0, 1.0), seed=0, canvas=CANVAS, frame=FRAME):
    return camera_path(move, length, canvas=canvas, frame=frame, depths=depths, seed=seed)


@given(
    move=st.sampled_from(MOVES),
    length=st.integers(1, 2000),
    after=st.integers(0, 48),
    depths=st.lists(st.floats(0, 2.5), min_size=1, max_size=4),
    seed=st.integers(0, 2**31),
    size=st.sampled_from([(1280, 720), (1920, 1080), (1080, 1920), (854, 480)]),
    room=st.floats(1.0, 1.3),
)
def test_no_layer_sees_beyond_the_canvas(move, length, after, depths, seed, size, room):
    canvas = (int(size[0] * room), int(size[1] * room))
    camera = path(move, length, tuple(depths), seed, canvas, size)
    for n in {0, length // 3, length - 1, length + after}:
        for depth in depths:
            x, y, scale = camera.view(n, depth)
            assert x >= -1e-6
            assert y >= -1e-6
            assert x + scale * size[0] <= canvas[0] + 1e-6
            assert y + scale * size[1] <= canvas[1] + 1e-6


def steps(camera, depth, length):
    """Mean shift of the picture from each frame to the next, over a grid of points, in frame pixels."""
    points = np.array([(x, y) for x in np.linspace(0, 1280, 9) for y in np.linspace(0, 720, 5)])
    shifts = []
    for a, b in pairwise(camera.view(n, depth) for n in range(length)):
        on_canvas = np.array([a.x, a.y]) + a.scale * points
        shifts.append(np.linalg.norm((on_canvas - [b.x, b.y]) / b.scale - points, axis=1).mean())
    return np.array(shifts)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("length", [48, 120, 480])
@pytest.mark.parametrize("depth", [0.0, 1.0])
def test_the_picture_always_moves_a_little(move, length, depth):
    shifts = steps(path(move, length, seed=11), depth, length)
    assert shifts.mean() >= 0.25
    two_seconds = np.convolve(shifts, np.ones(min(48, length - 1)), "valid")
    assert two_seconds.min() > 5


@pytest.mark.parametrize("move", MOVES)
def test_moves_are_smooth_and_slow_also_past_the_end(move):
    shifts = steps(path(move, 60, seed=4), 1.0, 84)
    assert shifts.max() < 3.5
    assert np.abs(np.diff(shifts)).max() < 0.15


@pytest.mark.parametrize(
    ("move", "axis", "sign"),
    [("pan right", 0, 1), ("track left", 0, -1), ("tilt down", 1, 1), ("tilt up", 1, -1)],
)
def test_pans_tilts_and_tracks_go_where_they_say(move, axis, sign):
    camera = path(move, 96)
    assert sign * (camera.view(95, 1.0)[axis] - camera.view(0, 1.0)[axis]) > 30


def test_a_push_in_shows_less_at_its_end_and_a_pull_out_more():
    closer, wider = path("push in", 72), path("pull out", 72)
    assert 1.05 < closer.view(0, 1).scale / closer.view(71, 1).scale < 1.12
    assert 1.05 < wider.view(71, 1).scale / wider.view(0, 1).scale < 1.12


def test_near_layers_travel_more_than_far_ones():
    camera = path("track right", 96, depths=(0.0, 1.0, 1.5))
    middles = [
        [camera.view(n, depth).x + camera.view(n, depth).scale * 640 for n in (0, 95)] for depth in (0.0, 1.0, 1.5)
    ]
    far, near, nearest = (b - a for a, b in middles)
    assert 0 < far < near / 2
    assert near < nearest


def test_one_path_for_one_seed():
    assert path("static", 50, seed=3).view(20, 1) == path("static", 50, seed=3).view(20, 1)
    assert path("static", 50, seed=3).view(20, 1) != path("static", 50, seed=4).view(20, 1)
