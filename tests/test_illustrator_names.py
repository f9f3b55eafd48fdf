"""What the name of a place makes of its set."""

from __future__ import annotations

import pytest
from backdrop_pictures import difference, draw, flatten, picture

from bookfilm_nb.illustrator.backdrops import SceneWords
from bookfilm_nb.illustrator.backdrops.names import indoor_set

REFINED_INDOORS = {
    "cottage": ("The old cottage", "a fisherman's hut", "Изба", "в избе", "Хата", "хижина лесника"),
    "barn": ("The barn", "the stable", "Амбар", "сарай"),
    "mill": ("inside the mill", "Амбар мельницы"),
    "school": ("The village school", "Школа", "в школе"),
    "bedroom": ("her bedroom", "Спальня"),
    "study": ("the library", "Кабинет отца"),
    "palace": ("The palace", "Дворец", "в усадьбе"),
    "castle": ("the castle", "замок"),
    "cell": ("a prison cell", "Тюрьма", "темница"),
    "shop": ("the shop", "Лавка"),
    "ward": ("The hospital", "Больница"),
    "lamp room": ("The lighthouse lamp room", "the lantern room", "фонарь маяка"),
    "cave": ("the cave", "Пещера"),
    "cabin": ("the ship's cabin", "Каюта"),
}
REFINED_OUTDOORS = {
    "sea shore": ("the old harbour", "Гавань", "the lighthouse", "Маяк"),
    "field": ("the mill", "Мельница", "the battlefield", "Поле боя", "the steppe", "Степь", "the desert", "в пустыне"),
    "river": ("the watermill", "Водяная мельница"),
    "city street": ("market square", "Рыночная площадь", "railway station", "Вокзал"),
    "village street": ("the square", "Ярмарка"),
    "forest": ("the swamp", "Болото"),
    "mountains": ("a cave", "в пещере"),
}


@pytest.mark.parametrize("names", REFINED_INDOORS.values(), ids=REFINED_INDOORS)
def test_a_named_interior_is_not_the_plain_room(names):
    assert difference(picture("room", name=names[0]), picture("room")) > 7
    # Said to be inside, it is one whatever kind the heading's other words gave.
    assert difference(picture("field", name=names[0], interior=True), picture("field")) > 7
    meant = {indoor_set(SceneWords(place="room", interior=True, name=name)) for name in names}
    assert len(meant - {""}) == len(meant) == 1


@pytest.mark.slow
@pytest.mark.parametrize("names", REFINED_INDOORS.values(), ids=REFINED_INDOORS)
def test_whatever_a_named_interior_is_called_it_is_not_the_plain_room(names):
    for name in names[1:]:
        assert difference(picture("room", name=name), picture("room")) > 7, name


def test_named_interiors_do_not_look_like_each_other():
    pictures = {kind: picture("room", name=names[0]) for kind, names in REFINED_INDOORS.items()}
    kinds = list(pictures)
    close = [(a, b) for i, a in enumerate(kinds) for b in kinds[i + 1 :] if difference(pictures[a], pictures[b]) < 5]
    assert close == []


@pytest.mark.parametrize("place", REFINED_OUTDOORS)
def test_a_named_exterior_is_not_the_plain_kind(place):
    for name in REFINED_OUTDOORS[place]:
        assert difference(picture(place, name=name), picture(place)) > 5, name


@pytest.mark.parametrize(
    "name", ["Марья Ивановна", "Mary", "подземелье", "the kitchen at the foot of the tower", "избыток"]
)
def test_other_names_refine_nothing(name):
    assert (picture("kitchen", name=name) == picture("kitchen")).all()
    assert (picture("garden", name=name) == picture("garden")).all()


@pytest.mark.parametrize("name", ["изба", "избы", "избе", "избу", "избой", "Изба Петра"])
def test_russian_cases_are_one_place(name):
    assert (picture("room", name=name) == picture("room", name="изба")).all()


@pytest.mark.parametrize(
    "name", ["The mill", "Школа", "The lamp room", "Тюрьма", "Изба", "Дворец", "hospital", "лавка"]
)
def test_named_sets_are_sound_planes_and_darker_at_night(name):
    size = "close-up" if name.isascii() else "wide"
    means = {}
    for time in ("day", "night"):
        planes, light = draw("room", name=name, time=time, size=size)
        assert (planes[0].image[:, :, 3] == 255).all()
        assert len(planes) <= 3
        assert all(0 < c <= 1 for c in light.ambient)
        means[time] = flatten(planes).mean()
    assert means["day"] > 1.15 * means["night"]


def test_name_refines_and_unknown_words_change_nothing():
    assert difference(picture("sea shore", name="old harbour"), picture("sea shore")) > 0.3
    assert (picture("field", details=("gramophone",)) == picture("field")).all()


def test_the_lamp_room_burns_only_when_a_light_is_asked_for():
    dark, burning = (picture("room", name="The lighthouse lamp room", time="night", details=d) for d in ((), ("lamp",)))
    assert burning.mean() > 1.3 * dark.mean()
    assert burning[:, :, 0].mean() > 1.5 * dark[:, :, 0].mean()  # warm
    assert dark[:, :, 2].mean() > dark[:, :, 0].mean()  # cold


def test_a_bell_hangs_in_the_barn_when_it_is_named():
    assert difference(picture("room", name="Амбар"), picture("room", name="Амбар", details=("bell",))) > 0.7
    assert difference(picture("room", name="Амбар"), picture("room", name="Амбар с колоколом")) > 0.7


def test_a_lamp_by_the_sea_is_a_lighthouse():
    for place in ("sea shore", "open sea"):
        lamp, tower = (picture(place, details=(d,), time="night") for d in ("lamp", "lighthouse"))
        assert (lamp == tower).all()
    assert (picture("field", details=("lamp",)) != picture("field", details=("lighthouse",))).any()
