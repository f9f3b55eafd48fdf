"""Previews, and the ways to moviepy and back."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image
from render_helpers import Studio, talking
from test_render_frames import psnr

from bookfilm_nb.errors import ChoiceError, RenderError
from bookfilm_nb.model import Layer, PictureTake, ShotClip
from bookfilm_nb.render import FilmFrames, clip_take, contact_sheet, preview_frame, preview_shot, probe, to_moviepy
from bookfilm_nb.render.yuv import to_rgb


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    return Studio(tmp_path_factory.mktemp("blobs"))


@pytest.fixture(scope="module")
def timeline(studio):
    return studio.timeline(
        ShotClip(shot="", take=studio.scene(1), start=0, length=30, move="static", acts=talking(30)),
        ShotClip(shot="", take=studio.still(2), start=0, length=25, move="push in", transition="dissolve", dissolve=8),
        ShotClip(shot="", take=studio.still(3), start=0, length=24, move="pan left"),
    )


@pytest.fixture(scope="module")
def film(studio, timeline):
    return FilmFrames(timeline, studio.folder)


def test_one_frame_as_a_picture(film):
    for kind in ("jpeg", "png"):
        picture = Image.open(io.BytesIO(preview_frame(film, 40, width=160, kind=kind)))
        assert picture.format == kind.upper()
        assert picture.size == (160, 90)
    full = np.asarray(Image.open(io.BytesIO(preview_frame(film, 40, kind="png"))))
    assert (full == to_rgb(film.frame(40))).all()


def test_a_shot_as_a_small_film(film, tmp_path):
    path = tmp_path / "shot.mp4"
    path.write_bytes(preview_shot(film, 1, width=160))
    found = probe(path)
    assert (found.frames, found.width, found.height, found.on_grid) == (25, 160, 90, True)
    path.write_bytes(preview_shot(film, 1, width=160, seconds=0.5))
    assert probe(path).frames == 12


def test_a_small_shot_shows_what_the_film_will(studio):
    film = FilmFrames(
        studio.timeline(
            ShotClip(shot="", take=studio.still(2), start=0, length=20, move="static"),
            ShotClip(
                shot="", take=studio.scene(1), start=0, length=30, move="push in", acts=talking(30),
                transition="dissolve", dissolve=8,
            ),
        ),
        studio.folder,
    )  # fmt: skip
    moments = (0, 4, 15, 29)
    whole = {k: _soft(cv2.resize(to_rgb(film.frame(20 + k)), (160, 90), interpolation=cv2.INTER_AREA)) for k in moments}
    small = film.painter(1, width=160)
    for k in moments:
        seen = small.paint(k)
        assert seen.y.shape == (90, 160)
        like = {n: psnr(_soft(to_rgb(seen)), picture) for n, picture in whole.items()}
        assert max(like, key=like.__getitem__) == k
        assert like[k] > 40
    assert np.array_equal(film.painter(1, width=320).paint(9).i420, film.frame(29).i420)


def _soft(picture):
    """Without the texture, which lies a part of a pixel elsewhere."""
    return cv2.GaussianBlur(picture, (0, 0), 3)


def test_a_shrunk_cut_out_has_no_dark_edge(studio):
    """Clear pixels of a cut-out are black: at its edge they must not be mixed in."""
    image = np.zeros((104, 184, 4), np.uint8)
    image[:, :91] = (200, 200, 200, 255)
    white = studio.keep_image(np.full((208, 368, 4), 200, np.uint8) | np.array([0, 0, 0, 255], np.uint8))
    cut = studio.keep_image(image)
    layers = (
        Layer(name="wall", role="backdrop", blob=white, width=368, height=208, depth=0.0),
        Layer(name="card", role="figure", blob=cut, x=92, y=52, width=184, height=104, depth=0.0),
    )
    take = PictureTake(shot="", width=368, height=208, layers=layers)
    film = FilmFrames(studio.timeline(ShotClip(shot="", take=take, start=0, length=10, move="static")), studio.folder)
    luma = film.painter(0, width=106).paint(5).y
    assert int(luma.max()) - int(luma.min()) <= 2


def test_a_contact_sheet_shows_every_shot(film):
    sheet = Image.open(io.BytesIO(contact_sheet(film, columns=2, width=160)))
    assert sheet.size == (2 * 166 + 6, 2 * 96 + 6)
    with pytest.raises(ChoiceError):
        contact_sheet(film, [])


def test_a_frame_that_the_film_does_not_have(film):
    for number in (-1, 79):
        with pytest.raises(ChoiceError) as caught:
            preview_frame(film, number)
        assert "78" in caught.value.hint


def test_shots_find_their_frames(film, timeline):
    assert [film.shot_at(n) for n in (0, 29, 30, 54, 55, 78)] == [0, 0, 1, 1, 2, 2]
    assert timeline.length == 79


@pytest.mark.slow
def test_the_moviepy_clip_is_the_same_film(timeline, studio, film):
    pytest.importorskip("moviepy")
    clip = timeline.to_moviepy(studio.folder)
    assert clip.size == (320, 180)
    assert clip.duration == pytest.approx(79 / 24)
    for number in (0, 29, 30, 33, 78):
        assert psnr(clip.get_frame(number / 24), to_rgb(film.frame(number))) > 40


@pytest.mark.slow
def test_the_moviepy_clip_may_carry_the_sound(timeline, studio, tmp_path):
    pytest.importorskip("moviepy")
    import wave

    path = tmp_path / "sound.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(np.zeros(8000, np.int16).tobytes())
    clip = to_moviepy(timeline, studio.folder, path)
    assert clip.audio.duration == pytest.approx(1.0, abs=0.1)
    clip.audio.close()


@pytest.fixture(scope="module")
def moviepy_clip():
    moviepy = pytest.importorskip("moviepy")

    def picture(t):
        """A bright bar that walks 8 px a frame over a dark blue ground."""
        frame = np.full((180, 320, 3), (20, 30, 90), np.uint8)
        at = 8 * round(t * 24)
        frame[:, at : at + 16] = (230, 200, 120)
        return frame

    return moviepy.VideoClip(picture, duration=1.25).with_fps(24)


@pytest.mark.slow
def test_a_moviepy_clip_can_be_a_shots_take(studio, moviepy_clip):
    take, data = clip_take(moviepy_clip, "s01h01", width=320, height=180)
    assert take.blob == studio.keep(data)
    assert take.frames == 30
    film = FilmFrames(
        studio.timeline(
            ShotClip(shot="", take=studio.still(2), start=0, length=20, move="static"),
            ShotClip(shot="", take=take, start=0, length=25, move="static"),
            ShotClip(
                shot="", take=studio.still(3), start=0, length=20, move="static", transition="dissolve", dissolve=12
            ),
        ),
        studio.folder,
    )
    for k in (0, 1, 12, 24, 3):
        assert psnr(to_rgb(film.frame(20 + k)), moviepy_clip.get_frame(k / 24)) > 32
    dissolving = to_rgb(film.frame(45 + 3)).astype(int)
    assert dissolving[:, 8 * 28 + 8].mean() > dissolving[:, 8 * 20].mean() + 20


@pytest.mark.slow
def test_a_clip_is_conformed_to_the_films_size(moviepy_clip):
    take, data = clip_take(moviepy_clip, "s01h01", width=180, height=320)
    assert take.frames == 30
    with io.BytesIO(data) as file:
        import av

        with av.open(file) as container:
            assert (container.streams.video[0].width, container.streams.video[0].height) == (180, 320)


@pytest.mark.slow
def test_clips_that_cannot_be_the_take_are_refused_and_short_ones_hold_their_last_frame(studio, moviepy_clip):
    with pytest.raises(ChoiceError):
        clip_take(moviepy_clip.with_duration(0), "s01h01")
    take, data = clip_take(moviepy_clip.with_duration(0.25), "s01h01", width=160, height=90)
    studio.keep(data)
    short, data = clip_take(moviepy_clip.with_duration(0.25), "s01h01", width=320, height=180)
    studio.keep(data)
    noise = short.model_copy(update={"blob": studio.keep(b"nothing")})
    for bad, frame, says in ((take, 0, "160 × 90"), (noise, 0, "cannot be decoded")):
        clip = ShotClip(shot="", take=bad, start=0, length=24, move="static")
        with pytest.raises(RenderError, match=says):
            FilmFrames(studio.timeline(clip), studio.folder).frame(frame)
    clip = ShotClip(shot="", take=short, start=0, length=24, move="static")
    film = FilmFrames(studio.timeline(clip), studio.folder)
    held = film.frame(5).i420.copy()
    assert np.array_equal(film.frame(10).i420, held)
    assert np.array_equal(film.frame(23).i420, held)
