"""Compositing: the fast planar way gives what a plain floating-point compositor gives."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_helpers import Studio, talking

from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import Act, ShotClip
from bookfilm_nb.render import camera_path
from bookfilm_nb.render.blobs import reader
from bookfilm_nb.render.frames import open_shot
from bookfilm_nb.render.sampling import TOLERANCE, Sampler, Window, fit
from bookfilm_nb.render.slot import Painter, slot_of
from bookfilm_nb.render.yuv import Frame, blank, from_rgb, to_rgb


def psnr(one, other):
    return 10 * math.log10(255**2 / max(1e-9, np.mean((one.astype(float) - other.astype(float)) ** 2)))


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    return Studio(tmp_path_factory.mktemp("blobs"))


def clip(take, length=48, move="push in", **more):
    return ShotClip(shot="a", take=take, start=0, length=length, move=move, seed=7, **more)


def painter(studio, *clips):
    film = studio.timeline(*clips)
    return Painter(slot_of(film, len(clips) - 1), reader(studio.folder))


def paint(studio, take, n=20, **more):
    return Frame.over(painter(studio, clip(take, **more)).paint(n).i420.copy())


# -- colour


@pytest.mark.parametrize(
    ("rgb", "yuv"),
    [
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),  # ITU-R BT.709 primaries at 8 bits, limited range
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_are_bt709_limited_range(rgb, yuv):
    frame = blank(16, 8)
    from_rgb(np.full((8, 16, 3), rgb, np.uint8), frame)
    assert np.abs(np.array([frame.y[0, 0], frame.u[0, 0], frame.v[0, 0]], int) - yuv).max() <= 1
    assert np.abs(to_rgb(frame)[4, 8].astype(int) - rgb).max() <= 2


def test_rgb_survives_the_way_there_and_back():
    picture = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 256, (120, 160, 3), np.uint8), (0, 0), 6)
    frame = blank(160, 120)
    from_rgb(picture, frame)
    assert psnr(to_rgb(frame), picture) > 45


# -- sampling


@given(
    start=st.floats(45, 200),
    step=st.floats(0.9, 1.15),
    count=st.integers(8, 640).map(lambda n: 2 * n),
)
def test_a_fit_maps_the_first_and_the_last_pixel_where_it_says(start, step, count):
    size = int(start + step * count) + 90
    (found,) = fit([Window(start, step, count, size)])
    ratio = found.source / found.into
    assert found.at + found.source <= size
    assert found.skip + count <= found.into
    if found.error < math.inf:
        for k in (0, count):
            assert abs(found.at + (found.skip + k) * ratio - (start + k * step)) <= found.error + 1e-6


def test_most_windows_of_a_zoom_are_fitted_closely():
    windows = [Window(60 + 0.37 * n, 1.11 - 0.0008 * n, 1280, 1632) for n in range(96)]
    assert np.mean([f.error <= TOLERANCE for f in fit(windows)]) > 0.7


@pytest.mark.parametrize("step", [1.0, 1.043, 1.0917])
def test_sampling_equals_an_affine_warp(step):
    plane = cv2.GaussianBlur(np.random.default_rng(2).integers(0, 256, (300, 400), np.uint8), (0, 0), 2)
    x, y = Window(50.3, step, 220, 400), Window(44.7, step, 160, 300)
    fits = fit([x, y])
    got = Sampler().sample(plane, (x, fits[0]), (y, fits[1]), 0)
    matrix = np.array([[step, 0, 50.3 + step / 2 - 0.5], [0, step, 44.7 + step / 2 - 0.5]])
    want = cv2.warpAffine(plane, matrix, (220, 160), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    assert np.abs(got.astype(int) - want).max() <= 2


# -- compositing


def plain(studio, take, n, move, length=48):
    """The same frame by floating-point arithmetic: every layer warped whole and laid over the last."""
    size = (studio.width, studio.height)
    depths = tuple(layer.depth for layer in take.layers if not layer.wraps)
    camera = camera_path(move, length, canvas=(take.width, take.height), frame=size, depths=depths, seed=7)
    picture = np.zeros((size[1], size[0], 3))
    read = reader(studio.folder)
    for layer in take.layers:
        pixels = cv2.imdecode(np.frombuffer(read(layer.blob), np.uint8), cv2.IMREAD_UNCHANGED)
        canvas = np.zeros((take.height, take.width, 4), np.float32)
        canvas[layer.y : layer.y + layer.height, layer.x : layer.x + layer.width] = pixels.astype(np.float32)
        canvas[..., :3] *= canvas[..., 3:] / 255
        view = camera.view(n, layer.depth)
        half = view.scale / 2 - 0.5
        matrix = np.array([[view.scale, 0, view.x + half], [0, view.scale, view.y + half]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        seen = cv2.warpAffine(canvas, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        picture = picture * (1 - seen[..., 3:] / 255) + seen[..., :3]
    frame = blank(*size)
    from_rgb(np.clip(picture[..., ::-1] + 0.5, 0, 255).astype(np.uint8), frame)
    return frame


@pytest.mark.parametrize("move", ["push in", "track right", "tilt up"])
def test_layers_are_laid_over_each_other_as_floating_point_would(studio, move):
    take = studio.take(
        studio.backdrop(1),
        studio.hills(2, 0.4, 0.5),
        studio.hills(3, 0.6, 0.9),
        studio.hills(5, 0.85, 1.5, "foreground"),
    )
    for n in (0, 20, 47):
        got, want = paint(studio, take, n, move=move), plain(studio, take, n, move)
        assert psnr(got.y, want.y) > 36
        assert psnr(got.u, want.u) > 33
        assert psnr(got.v, want.v) > 33


def test_a_figure_is_laid_where_it_stands(studio):
    take = studio.take(studio.backdrop(1), studio.figure("Mara", 3, 0.4))
    got, want = paint(studio, take, 0), plain(studio, take, 0, "push in")
    assert psnr(got.y, want.y) > 30  # breathing moves it by a fraction of a pixel


def test_layers_that_hardly_move_against_each_other_give_the_same_picture_as_one(studio):
    far, near = studio.backdrop(1, depth=0.5), studio.hills(2, 0.5, 0.52)
    apart = studio.take(far, near.model_copy(update={"drift_x": 1e-9}))
    got, want = paint(studio, studio.take(far, near)), paint(studio, apart)
    assert psnr(got.y, want.y) > 38


def test_a_picture_without_a_backdrop_stands_on_black(studio):
    frame = paint(studio, studio.take(studio.figure("Mara", 3, 0.5)))
    assert frame.y[0, 0] == 16
    assert frame.u[0, 0] == 128
    assert frame.y.max() > 60


def test_rain_is_added_to_the_luma_only_and_falls(studio):
    dry = paint(studio, studio.take(studio.backdrop(1)))
    rain = studio.rain(5)
    wet, later = (paint(studio, studio.take(studio.backdrop(1), rain), n) for n in (20, 21))
    assert (wet.y >= np.minimum(dry.y, 235)).all()
    assert (wet.y > dry.y).mean() > 0.01
    assert (wet.u == dry.u).all()
    falling = wet.y.astype(int) - np.minimum(dry.y, 235)
    before = paint(studio, studio.take(studio.backdrop(1)), 21)
    next_falling = later.y.astype(int) - np.minimum(before.y, 235)
    shifts = [np.abs(next_falling[40:, 40:-40] - np.roll(falling, dy, 0)[40:, 40:-40]).mean() for dy in range(30)]
    assert 13 <= int(np.argmin(shifts)) <= 15


def test_light_never_goes_beyond_white(studio):
    bright = studio.keep_image(np.full((studio.canvas[1], studio.canvas[0]), 200, np.uint8))
    lamp = studio.rain(5).model_copy(
        update={"blob": bright, "width": studio.canvas[0], "height": studio.canvas[1], "wraps": False}
    )
    frame = paint(studio, studio.take(studio.backdrop(1), lamp.model_copy(update={"drift_x": 0, "drift_y": 0})))
    assert frame.y.max() == 235


def test_clouds_that_wrap_drift_for_ever_without_an_edge(studio):
    width, height = studio.canvas[0] // 2, studio.canvas[1] // 3
    shade = (127 + 120 * np.sin(np.arange(width) / width * 2 * np.pi)).astype(np.uint8)
    strip = np.dstack([np.tile(shade, (height, 1))] * 3 + [np.full((height, width), 255, np.uint8)])
    base = studio.backdrop(1)
    cloud = base.model_copy(
        update={
            "name": "clouds", "role": "midground", "blob": studio.keep_image(strip), "width": width,
            "height": height, "drift_x": 0.4, "wraps": True,
        }
    )  # fmt: skip
    for n in (0, 40, 470, 1500):
        frame = paint(studio, studio.take(base, cloud), n, length=1501)
        row = frame.y[10].astype(int)
        assert np.abs(np.diff(row)).max() <= 6
        assert row.max() - row.min() > 150


def test_a_layer_that_drifts_out_uncovers_what_is_behind_it(studio):
    base, front = studio.backdrop(1), studio.backdrop(9).model_copy(update={"drift_x": 8.0, "role": "midground"})
    frame, alone = paint(studio, studio.take(base, front), 30), paint(studio, studio.take(base), 30)
    assert (frame.y[:, :200] == alone.y[:, :200]).all()
    assert (frame.y[:, -40:] != alone.y[:, -40:]).mean() > 0.5


# -- acting


def difference(studio, take, n, *acts):
    return np.abs(paint(studio, take, n, acts=acts).y.astype(int) - paint(studio, take, n).y.astype(int))


def test_mouths_open_and_eyes_close_for_their_frames_only(studio):
    take = studio.take(studio.backdrop(1), studio.figure("Mara", 3, 0.5))
    talk = Act(character="Mara", kind="talk", start=10, end=14)
    blink = Act(character="Mara", kind="blink", start=10, end=14)
    for act in (talk, blink):
        assert difference(studio, take, 9, act).max() == 0
        assert difference(studio, take, 14, act).max() == 0
        for n in (10, 13):
            assert difference(studio, take, n, act).max() > 30
    assert (difference(studio, take, 12, talk, blink) == difference(studio, take, 12, talk)).all()
    assert difference(studio, take, 12, talk.model_copy(update={"character": "Tom"})).max() == 0


def test_figures_breathe_from_their_feet_up(studio):
    tall = studio.figure("Mara", 3, 0.5)
    take = studio.take(studio.backdrop(1), tall)
    paint_now = painter(studio, clip(take, length=200, move="static"))
    shot = paint_now._own
    part, heights = shot._parts[1], []
    for n in range(0, 96, 4):
        place = shot._place(part, part.plates[""], n)
        heights.append(place.y[1])
    assert 0.001 < np.ptp(heights) / np.mean(heights) < 0.01


# -- slots


def test_a_dissolve_mixes_the_earlier_shot_as_it_goes_on(studio):
    one, two = studio.still(1), studio.still(2)
    first, second = clip(one, 30), clip(two, 30, transition="dissolve", dissolve=8)
    both, alone = painter(studio, first, second), painter(studio, clip(two, 30))
    going_on = open_shot(first, reader(studio.folder), size=(studio.width, studio.height), fps=24)
    for k in (0, 3, 7):
        mixed = both.paint(k).y.astype(float)
        under = blank(studio.width, studio.height)
        going_on.draw(30 + k, under)
        share = (k + 1) / 9
        assert np.abs(mixed - (alone.paint(k).y * share + under.y * (1 - share))).max() <= 1
    assert (both.paint(8).i420 == alone.paint(8).i420).all()


def test_fades_begin_and_end_in_black(studio):
    fading = painter(studio, clip(studio.still(1), 40, transition="fade", dissolve=10, fade_out=10))
    levels = [float(np.abs(fading.paint(k).y.astype(int) - 16).mean()) for k in range(40)]
    assert levels[39] == 0
    assert levels[0] < levels[4] < levels[9] < levels[12] * 1.05
    assert levels[31] > levels[35] > levels[39]


def test_a_painter_may_go_back(studio):
    shots = painter(studio, clip(studio.still(1), 30), clip(studio.scene(2), 30, transition="dissolve", dissolve=8))
    once = shots.paint(2).i420.copy()
    shots.paint(20)
    assert (shots.paint(2).i420 == once).all()


# -- hostile blobs


def test_blobs_that_are_not_what_the_layer_says_are_refused(studio):
    layer = studio.backdrop(1)
    wrong = [
        (layer.model_copy(update={"blob": studio.keep(b"GIF89a")}), "not a PNG"),
        (layer.model_copy(update={"width": layer.width + 1}), "px, not"),
        (layer.model_copy(update={"blob": studio.keep(reader(studio.folder)(layer.blob)[:60])}), "damaged"),
        (layer.model_copy(update={"blob": "00" * 32}), "missing"),
        (layer.model_copy(update={"blob": "../../etc/passwd"}), "no name"),
    ]
    for bad, says in wrong:
        with pytest.raises(RenderError, match=says) as caught:
            paint(studio, studio.take(bad))
        assert caught.value.hint


def test_a_scene_of_everything_is_the_same_twice(studio):
    take = studio.scene(40)
    one, two = (paint(studio, take, 33, acts=talking(48)).i420 for _ in range(2))
    assert (one == two).all()
