"""The hour, the weather, the season and the mood in the sets, and the light that falls on figures."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from backdrop_pictures import H, W, difference, draw, picture

from bookfilm_nb.illustrator.backdrops import Light, SceneWords
from bookfilm_nb.model.vocabulary import MOODS, PLACE_KINDS, TIMES_OF_DAY

slowly = partial(pytest.param, marks=pytest.mark.slow)
QUICK = ("field", "room", "church", "open sea")
HOURS = [
    *((place, ("day", "night")) for place in PLACE_KINDS),
    *((place, TIMES_OF_DAY) for place in QUICK),
    *(slowly(place, TIMES_OF_DAY) for place in PLACE_KINDS if place not in QUICK),
]
"""Every place at two hours, and some at every hour; the whole walk is slow."""


@pytest.mark.parametrize(("place", "times"), HOURS)
def test_every_place_at_every_hour_gives_sound_planes(place, times):
    for time in times:
        planes, light = draw(place, time=time)
        back = planes[0]
        assert back.role == "backdrop"
        assert back.image.shape == (H, W, 4)
        assert back.image.dtype == np.uint8
        assert (back.image[:, :, 3] == 255).all()
        assert len(planes) <= 4
        assert [p.depth for p in planes] == sorted(p.depth for p in planes)
        for plane in planes:
            rows, columns = plane.image.shape[:2]
            assert plane.x >= 0
            assert plane.x + columns <= W
            assert plane.y >= 0
            assert plane.y + rows <= H
        assert isinstance(light, Light)
        assert all(0 < c <= 1 for c in (*light.ambient, *light.key))
        assert -1 <= light.key_side <= 1
        assert 0 <= light.strength <= 1
        assert picture(place, time=time).std() > 8  # never an empty sheet


@pytest.mark.parametrize(("place", "times"), HOURS)
def test_hours_differ_and_night_is_darkest(place, times):
    hours = {time: picture(place, time=time) for time in times}
    for i, a in enumerate(times):
        for b in times[i + 1 :]:
            assert difference(hours[a], hours[b]) > 3.5, (a, b)
    means = {time: image.mean() for time, image in hours.items()}
    assert means["night"] == min(means.values())
    assert means["day"] > 1.25 * means["night"] or place == "cellar"


@pytest.mark.parametrize("place", ["field", "sea shore", slowly("city street"), slowly("forest")])
def test_weathers_differ(place):
    weathers = ["clear", "rain", "snow", "fog", "storm", "cloudy"]
    pictures = [picture(place, weather=weather) for weather in weathers]
    for i in range(6):
        for k in range(i + 1, 6):
            assert difference(pictures[i], pictures[k]) > 2.5, (weathers[i], weathers[k])


def test_seasons_change_the_ground_and_snow_brightens_it():
    def ground(**words) -> np.ndarray:
        return picture("field", **words)[int(0.72 * H) : int(0.9 * H)].mean(axis=(0, 1))

    summer, winter, autumn = ground(season="summer"), ground(season="winter"), ground(season="autumn")
    assert winter.mean() > summer.mean() + 40
    assert summer[1] > summer[0]  # green
    assert autumn[0] > autumn[1]  # brown and gold
    assert ground(weather="snow").mean() > summer.mean() + 30


def test_moods_grade_the_picture():
    def colourfulness(mood):
        image = picture("garden", mood=mood)
        return float((image.max(axis=2) - image.min(axis=2)).mean())

    assert colourfulness("sad") < colourfulness("calm") < colourfulness("happy")
    graded = [picture("garden", mood=mood) for mood in MOODS]
    for i in range(len(MOODS)):
        for k in range(i + 1, len(MOODS)):
            assert difference(graded[i], graded[k]) > 0.5


@pytest.mark.parametrize("weather", ["rain", "snow", "storm", "fog"])
def test_weather_falls_outdoors_only_and_repeats_without_a_seam(weather):
    planes, _ = draw("field", weather=weather, width=640, height=360)
    tile = planes[-1]
    assert (tile.role, tile.blend, tile.wraps) == ("weather", "add", True)
    assert tile.image.shape == (360, 640)
    assert tile.image.dtype == np.uint8
    assert tile.image.max() > 25
    assert (tile.drift_x, tile.drift_y) != (0, 0)
    image = tile.image.astype(np.float32)
    for axis in (0, 1):
        steps = np.abs(np.diff(image, axis=axis)).mean(axis=1 - axis)
        seam = np.abs(np.take(image, 0, axis) - np.take(image, -1, axis)).mean()
        assert seam <= steps.max() + 1e-3
    assert all(p.role != "weather" for p in draw("kitchen", weather=weather)[0])


def test_rain_falls_the_way_its_streaks_lean():
    tile = draw("field", weather="storm", width=640, height=360)[0][-1]
    image = tile.image.astype(np.float32)
    slope = tile.drift_x / tile.drift_y
    assert slope < 0
    shift = 12

    def match(dx):
        return float((image[:-shift] * np.roll(image, dx, axis=1)[shift:]).mean())

    # Moved along the drift the picture is most like itself: the streak covers its own way.
    assert match(-round(slope * shift)) > 1.3 * match(round(slope * shift))


def test_clear_weather_adds_no_plane():
    assert all(p.role != "weather" for p in draw("field", weather="clear")[0])


def test_light_follows_the_hour_and_the_lamp():
    def brightness(**words):
        return sum(draw(**words)[1].ambient)

    assert brightness(place="field", time="day") > brightness(place="field", time="dusk")
    assert brightness(place="field", time="dusk") > brightness(place="field", time="night")
    night = draw("field", time="night")[1].ambient
    assert night[2] > night[0]  # blue
    indoors = draw("tavern", time="night")[1].ambient
    assert indoors[0] > indoors[2]  # warm
    assert draw("field", weather="storm")[1].strength < draw("field", weather="clear")[1].strength


def test_window_shows_the_weather():
    snow, clear = (picture("room", weather=weather, season="winter", size="full") for weather in ("snow", "clear"))
    changed = np.abs(snow - clear).max(axis=2)
    assert changed.max() > 45  # the pane
    assert np.median(changed) < 20  # not the room


def test_sky_details_need_their_sky():
    dry = picture("mountains", weather="cloudy", time="night", size="extreme wide")
    for detail in ("moon", "stars", "lightning"):
        lit = picture("mountains", weather="cloudy", time="night", size="extreme wide", details=(detail,))
        assert np.abs(lit - dry).max() > 40


@pytest.mark.parametrize("words", [{"time": "dusk"}, {"time": "night"}, {"time": "dawn"}, {"weather": "fog"},
                                   {"weather": "storm"}], ids=str)  # fmt: skip
def test_a_lighthouse_shows_its_beam_when_it_is_needed(words):
    from bookfilm_nb.illustrator.backdrops.sky import beacons_lit
    from bookfilm_nb.illustrator.backdrops.stage import Stage

    def lit(**said):
        scene = SceneWords(place="sea shore", **said)
        return beacons_lit(Stage(scene, size="wide", angle="eye level", width=W, height=H, seed=5))

    assert lit(**words)
    assert not lit()


@pytest.mark.parametrize("place", ["field", "forest", "village street", "sea shore"])
def test_at_night_the_ground_where_figures_stand_is_the_lighter_part(place):
    image = picture(place, time="night", size="extreme wide")
    ground = image[int(0.79 * H) : int(0.9 * H)].mean(axis=2)
    middle, edges = ground[:, int(0.4 * W) : int(0.6 * W)].mean(), ground[:, np.r_[0 : W // 8, -W // 8 : 0]].mean()
    assert middle > edges
