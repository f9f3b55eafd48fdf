"""From the words of a scene to its planes: picks the painter, the light and the weather."""

from __future__ import annotations

from typing import TYPE_CHECKING

import skia

from .brush import paint, radial
from .deck import deck
from .details import add_details
from .hilltops import church_hill, tower_hill
from .indoors import INDOORS, light_of_room
from .names import indoor_set, outdoor_set
from .palette import palette_for
from .planes import Light
from .ruins import graveyard, ruin
from .sets import SETS_INDOORS, SETS_OUTDOORS
from .shores import open_sea, river, shore
from .sky import sun_place
from .stage import FIGURES, Stage
from .streets import city, village
from .weather import weather_plane
from .wild import field, mountains, road_view
from .woods import forest
from .yards import garden

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model.vocabulary import Angle, PlaceKind, ShotSize

    from .planes import Plane, SceneWords


__all__ = ["draw"]

_OUTDOORS: dict[PlaceKind, Callable[[Stage], None]] = {
    "forest": forest, "field": field, "mountains": mountains, "sea shore": shore, "open sea": open_sea,
    "river": river, "village street": village, "city street": city, "road": road_view, "garden": garden,
    "graveyard": graveyard, "ruin": ruin, "ship": deck, "church": church_hill, "tower": tower_hill,
}  # fmt: skip


def is_interior(words: SceneWords) -> bool:
    """Whether a room is drawn: said so, or a kind of place that has no outside here."""
    if indoor_set(words) == "cave":
        return False
    if words.place in _OUTDOORS:
        return words.interior and (words.place in INDOORS or bool(indoor_set(words)))
    return True


def _painter(words: SceneWords) -> Callable[[Stage], None]:
    """Who paints this place: by its name where that means a particular set, else by its kind."""
    if is_interior(words):
        return SETS_INDOORS.get(indoor_set(words)) or INDOORS[words.place]
    return SETS_OUTDOORS.get(outdoor_set(words)) or _OUTDOORS[words.place]


def draw(
    words: SceneWords, *, size: ShotSize, angle: Angle, width: int, height: int, seed: int
) -> tuple[list[Plane], Light]:
    """See :func:`bookfilm_nb.illustrator.backdrops.draw_backdrop`."""
    stage = Stage(words, size=size, angle=angle, width=width, height=height, seed=seed)
    if is_interior(words):
        _painter(words)(stage)
        light = light_of_room(stage)
        # The room holds the stage and the stage the room: without this the canvases wait for the collector.
        stage.box = None
        return stage.planes(far=0.45, middle=0.85), light
    _painter(words)(stage)
    add_details(stage)
    _moon_pool(stage)
    planes = stage.planes(far=0.15, middle=0.75)
    # A cave is open country seen from within: no rain falls inside it.
    if words.interior:
        return planes, _daylight(stage)
    falling = weather_plane(words, width=width, height=height, seed=seed)
    return (planes if falling is None else [*planes, falling]), _daylight(stage)


def _moon_pool(stage: Stage) -> None:
    """At night a pale pool of light where the figures stand: the eye must find them."""
    if not stage.pal.night or not stage.has_middle:
        return
    x, y, reach = 0.5 * stage.w, 0.84 * stage.h, 0.62 * stage.u
    c = stage.pal.low
    soft = radial((x, y), reach, [(0, c, 0.26), (0.5, c, 0.13), (1, c, 0)], squash=0.30)
    box = skia.Rect.MakeLTRB(x - reach, y - 0.3 * reach, x + reach, y + 0.3 * reach)
    stage.mid.drawOval(box, paint(shader=soft, add=True))


def _daylight(stage: Stage) -> Light:
    """The light of an exterior on a figure."""
    pal = palette_for(stage.words)
    x, _ = sun_place(stage)
    side = max(-1.0, min(1.0, (x / stage.w - 0.5) * 3.2)) * (-1 if stage.mirrored else 1)
    high = max(pal.light)
    # Figures stay a little lighter than the set: the eye must find them first.
    lift = 0.22 if high < 0.6 else 0.16 if high < 0.75 else 0.05
    red, green, blue = (min(1.0, c + lift) for c in pal.light)
    feet, tall = FIGURES[stage.size]
    return Light((red, green, blue), pal.sun, side, pal.key, feet + stage.tilt * 0.25, tall)
