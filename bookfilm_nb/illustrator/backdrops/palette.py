"""Colours of a set: what the time of day, the weather, the season and the mood make of the local colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .brush import mix, rgb, shade, tint

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Mood, Season, TimeOfDay, Weather

    from .brush import RGB
    from .planes import SceneWords


__all__ = ["LAMP", "MOON", "Palette", "grade_matrix", "palette_for"]

LAMP: RGB = rgb("#ffc46b")
MOON: RGB = rgb("#e9f0ff")


@dataclass(frozen=True)
class Palette:
    """Every colour that a painter of exteriors asks for, before distance is put in."""

    top: RGB
    middle: RGB
    low: RGB
    """The sky from the zenith to the horizon."""
    sun: RGB
    light: RGB
    """Multiplies local colours."""
    haze: RGB
    thickness: float
    """Share of haze on the farthest ridge."""
    cloud: RGB
    cloud_shade: RGB
    grass: tuple[RGB, RGB, RGB]
    leaves: tuple[RGB, RGB, RGB]
    bare: bool
    snowy: bool
    wet: bool
    night: bool
    key: float
    """Strength of the direct light, 0..1."""
    air: float
    """Haze even on what is near, 0..1."""

    def lit(self, c: RGB, distance: float = 0.0) -> RGB:
        """A local colour as seen from ``distance`` (0 here, 1 on the horizon)."""
        return mix(tint(c, self.light), self.haze, self._veil(distance))

    def _veil(self, distance: float) -> float:
        return self.air + (1 - self.air) * self.thickness * float(distance**0.8)

    def dark(self, c: RGB, distance: float = 0.0) -> RGB:
        """The same colour on the side away from the light."""
        cool = mix(tint(c, (0.52, 0.56, 0.68)), self.top, 0.15)
        return mix(tint(cool, self.light), self.haze, self._veil(distance))

    def bright(self, c: RGB, distance: float = 0.0) -> RGB:
        """The same colour where the direct light strikes."""
        warm = mix(c, self.sun, 0.30 * self.key)
        return mix(shade(tint(warm, mix(self.light, self.sun, 0.35 * self.key)), 1.12), self.haze,
                   self._veil(distance))  # fmt: skip


_SKIES: dict[TimeOfDay, tuple[str, str, str]] = {
    "dawn": ("#6a8cc4", "#e8b3b5", "#ffe2ae"),
    "day": ("#3f8fd0", "#8cc8ea", "#e6f3ea"),
    "dusk": ("#2c2a63", "#a8527f", "#ff9d55"),
    "night": ("#070f2b", "#12264f", "#2f5383"),
}
_LIGHTS: dict[TimeOfDay, tuple[RGB, str, str, float]] = {
    "dawn": ((1.0, 0.87, 0.80), "#ffdf9e", "#f2c6b4", 0.8),
    "day": ((1.0, 0.99, 0.94), "#fff3cf", "#c9e2ea", 0.7),
    "dusk": ((0.80, 0.58, 0.58), "#ffb15e", "#d97f72", 1.0),
    "night": ((0.27, 0.36, 0.58), "#dbe8ff", "#2b4878", 0.45),
}
_GRASS: dict[Season, tuple[str, str, str]] = {
    "spring": ("#8fbf4d", "#76a844", "#b4d36a"),
    "summer": ("#789f3d", "#5c8a3a", "#9db851"),
    "autumn": ("#b39a48", "#94803a", "#cfae55"),
    "winter": ("#b7a877", "#9a8f6b", "#cbbd8d"),
}
_LEAVES: dict[Season, tuple[str, str, str]] = {
    "spring": ("#7fb24a", "#a3c95c", "#cfe08a"),
    "summer": ("#3f7a3f", "#5d9645", "#8db552"),
    "autumn": ("#b9522a", "#dd8a2e", "#efb948"),
    "winter": ("#7d6b57", "#8f7d68", "#a3937e"),
}
_SNOW: tuple[RGB, RGB, RGB] = (rgb("#e6edf5"), rgb("#cfdcea"), rgb("#f8fbff"))
_GREY: dict[Weather, float] = {"clear": 0.0, "cloudy": 0.55, "rain": 0.9, "snow": 0.62, "fog": 0.9, "storm": 0.85}
_DIM: dict[Weather, float] = {"clear": 1.0, "cloudy": 0.93, "rain": 0.72, "snow": 0.95, "fog": 0.9, "storm": 0.6}


def palette_for(words: SceneWords) -> Palette:
    """The palette of an exterior (or of what is seen through a window)."""
    time, weather, season = words.time, words.weather, words.season
    snowy = season == "winter" or weather == "snow"
    grey, dim = _GREY[weather], _DIM[weather]
    top, middle, low = (rgb(c) for c in _SKIES[time])
    light, sun_code, haze_code, key = _LIGHTS[time]
    sun, haze = rgb(sun_code), rgb(haze_code)
    overcast = _overcast(time, weather)
    top = shade(mix(top, overcast[0], grey), 0.55 + 0.45 * dim)
    middle = shade(mix(middle, overcast[1], grey), 0.7 + 0.3 * dim)
    low = mix(low, overcast[2], grey * 0.85)
    haze = mix(haze, mix(low, middle, 0.3), 0.25 + 0.65 * grey)
    grey_light = (light[0] + light[1] + light[2]) / 3
    light = shade(mix(light, (grey_light * 0.95, grey_light, grey_light * 1.06), grey * 0.8), 0.35 + 0.65 * dim)
    if snowy and time == "night":
        # Snow gives back what little light there is.
        light = shade(light, 1.45)
    cloud = mix(mix(low, (1.0, 1.0, 1.0), 0.45 if time == "day" else 0.16), overcast[1], grey * 0.8)
    if time == "night":
        cloud = shade(mix(middle, low, 0.55), 1.05)
    return Palette(
        top=top, middle=middle, low=low, sun=sun, light=light, haze=haze,
        thickness={"fog": 0.97, "rain": 0.88, "snow": 0.9, "storm": 0.84}.get(weather, 0.8),
        cloud=cloud, cloud_shade=mix(cloud, mix(top, middle, 0.4), 0.5),
        grass=_three(_GRASS[season]) if not snowy else _SNOW,
        leaves=_three(_LEAVES[season]),
        bare=season == "winter", snowy=snowy, wet=weather in ("rain", "storm"), night=time == "night",
        air={"fog": 0.26, "rain": 0.13, "snow": 0.08, "storm": 0.10}.get(weather, 0.0),
        key=key * (1 - grey * 0.85),
    )  # fmt: skip


def _three(codes: tuple[str, str, str]) -> tuple[RGB, RGB, RGB]:
    return rgb(codes[0]), rgb(codes[1]), rgb(codes[2])


def _overcast(time: TimeOfDay, weather: Weather) -> tuple[RGB, RGB, RGB]:
    """Zenith, middle and horizon of a covered sky."""
    day: tuple[RGB, RGB, RGB] = (rgb("#8497a8"), rgb("#a9b8c2"), rgb("#d3dadb"))
    if weather == "storm":
        day = (rgb("#2f3d50"), rgb("#4f6272"), rgb("#a9b7a8"))
    elif weather in ("fog", "snow"):
        day = (rgb("#b4c0c9"), rgb("#c6d0d5"), rgb("#dce2e2"))
    light: dict[TimeOfDay, RGB] = {
        "dawn": (1.0, 0.91, 0.90), "day": (1.0, 1.0, 1.0), "dusk": (0.58, 0.47, 0.58), "night": (0.18, 0.25, 0.40),
    }  # fmt: skip
    k = light[time]
    return tint(day[0], k), tint(day[1], k), tint(day[2], k)


_GRADES: dict[Mood, tuple[float, float, RGB]] = {
    # saturation, contrast, colour that the picture leans to
    "calm": (1.0, 1.0, (1.0, 1.0, 1.0)),
    "happy": (1.16, 1.02, (1.04, 1.01, 0.95)),
    "sad": (0.74, 0.95, (0.95, 0.99, 1.05)),
    "tense": (0.86, 1.14, (0.95, 1.0, 1.05)),
    "fearful": (0.72, 1.16, (0.92, 1.0, 1.03)),
    "angry": (1.05, 1.15, (1.08, 0.96, 0.92)),
    "mysterious": (0.86, 1.03, (0.90, 1.03, 1.04)),
    "tender": (1.03, 0.95, (1.04, 0.99, 0.98)),
    "triumphant": (1.14, 1.08, (1.05, 1.01, 0.94)),
}


def grade_matrix(mood: Mood) -> list[float]:
    """The mood's grade as a 4 × 5 colour matrix on straight RGB in 0..1 (luma weights of BT.709)."""
    saturation, contrast, lean = _GRADES[mood]
    weights = (0.2126, 0.7152, 0.0722)
    lift = 0.42 * (1 - contrast)
    rows: list[float] = []
    for channel in range(3):
        for source in range(3):
            own = 1.0 if channel == source else 0.0
            rows.append(contrast * lean[channel] * (weights[source] * (1 - saturation) + own * saturation))
        rows += [0.0, lift]
    return [*rows, 0.0, 0.0, 0.0, 1.0, 0.0]
