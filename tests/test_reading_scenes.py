from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_books import book_of, told

from bookfilm_nb.model import Character, Quote
from bookfilm_nb.reading.scenes import find_scenes


def scenes_of(text, language="en"):
    book = book_of(text, language)
    places, scenes = find_scenes(book, told(book), [], [])
    known = {p.id: p for p in places}
    return [(known[s.place], s) for s in scenes]


def only(text, language="en"):
    found = scenes_of(text, language)
    assert len(found) == 1, [(p.name, s.time) for p, s in found]
    return found[0]


def names(text, language="en"):
    return [p.name for p, _ in scenes_of(text, language)]


PLACES = [
    ("en", "Tom walked into the forest and listened to the leaves.", "The forest", "forest", False),
    ("en", "They sat among the trees and ate their bread.", "The forest", "forest", False),
    ("en", "The boys ran across the meadow with their kite.", "The meadow", "field", False),
    ("en", "He wandered over the moor and counted the sheep.", "The moor", "field", False),
    ("en", "They climbed into the mountains with two mules.", "The mountains", "mountains", False),
    ("en", "In the churchyard Anna stood and read the stones.", "The churchyard", "graveyard", False),
    ("en", "She walked along the beach and gathered shells.", "The beach", "sea shore", False),
    ("en", "On the quay the fishermen were mending nets.", "The quay", "sea shore", False),
    ("en", "Tom came down to the water’s edge and waited.", "The water's edge", "sea shore", False),
    ("en", "Far out at sea the men rowed without a word.", "The sea", "open sea", False),
    ("en", "They stood on the bank of the river and fished.", "The river", "river", False),
    ("en", "He stopped on the bridge and looked about him.", "The bridge", "river", False),
    ("en", "She hurried down the village street with her basket.", "The village street", "village street", False),
    ("en", "They crossed the market square, where cabs were waiting.", "The market square", "city street", False),
    ("en", "He rode along the high road all alone.", "The high road", "road", False),
    ("en", "She went into the garden and cut two roses.", "The garden", "garden", False),
    ("en", "They spent an hour among the ruins with a lamp.", "The ruins", "ruin", False),
    ("en", "In the cottage an old woman was sewing.", "The cottage", "room", True),
    ("en", "He entered the drawing room and bowed.", "The drawing room", "room", True),
    ("en", "In Anna’s bedroom the doctor sat and waited.", "Anna’s bedroom", "room", True),
    ("en", "In the lighthouse kitchen Tobias was frying fish.", "The lighthouse kitchen", "kitchen", True),
    ("en", "The prince came into the great hall with his dogs.", "The great hall", "hall", True),
    ("en", "They went into the church and sat down.", "The church", "church", True),
    ("en", "The inn was crowded and smelled of beer.", "The inn", "tavern", True),
    ("en", "He went down into the cellar with a jug.", "The cellar", "cellar", True),
    ("en", "She climbed the tower and rang for help.", "The tower", "tower", True),
    ("en", "The captain stood on the deck of the Heron and smoked.", "The deck of the Heron", "ship", False),
    ("ru", "Том вошёл в лес и прислушался.", "Лес", "forest", False),
    ("ru", "Мальчики бежали через луг.", "Луг", "field", False),
    ("ru", "Всадник ехал по степи.", "Степь", "field", False),
    ("ru", "Они поднялись на гору и сели отдыхать.", "Гора", "mountains", False),
    ("ru", "На берегу моря девочка собирала камни.", "Берег моря", "sea shore", False),
    ("ru", "На пристани рыбаки чинили сети.", "Пристань", "sea shore", False),
    ("ru", "У реки они нашли старую лодку.", "Река", "river", False),
    ("ru", "Он остановился на мосту.", "Мост", "river", False),
    ("ru", "На деревенской улице дети играли в снежки.", "Деревенская улица", "village street", False),
    ("ru", "В деревне Сосновка старики сидели у ворот.", "Деревня Сосновка", "village street", False),
    ("ru", "По улице ехали кареты, и он пошёл по тротуару в город.", "Улица", "city street", False),
    ("ru", "Она вышла в сад и села на скамью.", "Сад", "garden", False),
    ("ru", "На кладбище учитель снял шапку.", "Кладбище", "graveyard", False),
    ("ru", "Они шли по дороге и молчали.", "Дорога", "road", False),
    ("ru", "В избе старуха пряла шерсть.", "Изба", "room", True),
    ("ru", "Он вошёл в комнату графини и поклонился.", "Комната графини", "room", True),
    ("ru", "В горнице Анна накрывала на стол.", "Горница", "room", True),
    ("ru", "В кухне бабушка месила тесто.", "Кухня", "kitchen", True),
    ("ru", "Гости вошли в залу.", "Зала", "hall", True),
    ("ru", "Они вступили в церковь и зажгли свечи.", "Церковь", "church", True),
    ("ru", "В трактире мужики пили чай.", "Трактир", "tavern", True),
    ("ru", "Мельник спустился в погреб.", "Погреб", "cellar", True),
    ("ru", "Смотритель поднялся на башню.", "Башня", "tower", True),
    ("ru", "На палубе матросы тянули канат.", "Палуба", "ship", False),
    ("ru", "На развалинах сидел сторож.", "Развалины", "ruin", False),
]


@pytest.mark.parametrize(("language", "text", "name", "kind", "interior"), PLACES, ids=lambda v: str(v)[:24])
def test_place_of_one_sentence(language, text, name, kind, interior):
    place, _ = only(text, language)
    assert (place.name, place.kind, place.interior) == (name, kind, interior)


STAYS = [
    ("en", "He did not go into the forest."),
    ("en", "He never went into the forest."),
    ("en", "If they walked into the forest, they sang."),
    ("en", "She dreamed she walked into the forest."),
    ("en", "In the house nobody else was awake."),
    ("en", "She wanted to run into the forest."),
    ("en", "She remembered the walks in the forest."),
    ("en", "From the window he saw a man in the forest."),
    ("en", "It was as dark as in a forest."),
    ("en", "A smell came in from the forest."),
    ("en", "The road ran down to the harbour."),
    ("en", "Every summer they went to the harbour."),
    ("en", "“We walked into the forest,” he said."),
    ("en", "Tom would go to the harbour one day."),
    ("en", "He had gone to the harbour twice."),
    ("en", "A bird flew against the church bell."),
    ("en", "She crossed the room to the window."),
    ("ru", "Он не пошёл в лес."),
    ("ru", "Она хотела пойти в лес."),
    ("ru", "Она вспомнила прогулки в лесу."),
    ("ru", "Из окна она увидела человека в лесу."),
    ("ru", "Было темно, как в лесу."),
    ("ru", "Дорога шла в лес."),
    ("ru", "Тропа спустилась к реке."),
    ("ru", "В деревне все давно спали."),
    ("ru", "Каждое лето они ходили в лес."),
    ("ru", "— Мы ходили в лес, — сказал он."),
    ("ru", "Запах дыма доносился из леса."),
    ("ru", "Он прошёл по комнате."),
]


@pytest.mark.parametrize(("language", "sentence"), STAYS)
def test_a_place_only_mentioned_changes_nothing(language, sentence):
    opening = {
        "en": "In the kitchen Anna was making soup, and her brother sat at the table and read a long letter to her.",
        "ru": "В кухне Анна варила суп, а брат сидел у стола и читал ей вслух длинное письмо от тётки.",
    }[language]
    more = {"en": FILL_EN, "ru": FILL_RU}[language]
    expected = {"en": ["The kitchen"], "ru": ["Кухня"]}[language]
    assert names(f"{opening}\n{sentence}\n{more}", language) == expected


FILL_EN = (
    "They talked for a long time about the price of butter and eggs, and about the hens, the weather and the new"
    " curate, and nobody was in a hurry."
)
FILL_RU = (
    "Они долго говорили о ценах на масло и на яйца, о курах, о новом учителе и о том, что никто никуда не спешит,"
    " потому что спешить больше незачем."
)


def test_people_move_and_come_back_to_the_same_set():
    text = "\n".join(
        [
            f"In the kitchen Anna was making soup. {FILL_EN}",
            f"They went down to the harbour. {FILL_EN}",
            f"Anna came back into the kitchen. {FILL_EN}",
        ]
    )
    found = scenes_of(text)
    assert [p.name for p, _ in found] == ["The kitchen", "The harbour", "The kitchen"]
    assert found[0][0] == found[2][0]


def test_a_move_at_the_end_counts_from_the_next_paragraph():
    text = f"In the kitchen Anna was making soup. {FILL_EN} Then they walked into the forest.\n{FILL_EN} {FILL_EN}"
    found = scenes_of(text)
    assert [p.name for p, _ in found] == ["The kitchen", "The forest"]
    assert found[1][1].span.start == text.index("\n") + 1


def test_a_place_only_passed_through_is_no_scene():
    text = f"In the kitchen Anna cooked. {FILL_EN}\nShe crossed the bridge.\nShe went into the church. {FILL_EN}"
    assert names(text) == ["The kitchen", "The church"]


def test_going_out_leads_to_the_open_air():
    text = f"In the kitchen Anna was making soup. {FILL_EN}\nShe ran out into the rain. {FILL_EN}"
    assert [(p.name, p.kind) for p, _ in scenes_of(text)] == [
        ("The kitchen", "kitchen"),
        ("The yard", "village street"),
    ]
    text = f"В кухне Анна варила суп. {FILL_RU}\nАнна накинула платок и вышла в метель. {FILL_RU}"
    assert [(p.name, p.kind) for p, _ in scenes_of(text, "ru")] == [("Кухня", "kitchen"), ("Двор", "village street")]


def test_at_the_door_of_a_house_is_outside_it():
    place, _ = only("Старик стучал в дверь мельницы кулаком.", "ru")
    assert (place.name, place.interior) == ("У мельницы", False)
    place, _ = only("The old man stood outside the church and waited.")
    assert (place.name, place.interior) == ("Outside the church", False)


def test_a_named_ship_keeps_its_deck():
    text = (
        f"Ruth stood at the wheel. {FILL_EN}\n# Two\nIn the church Tom sat. {FILL_EN}\n"
        f"# Three\nAt the wheel of the Heron Ruth sang. {FILL_EN}"
    )
    found = scenes_of(text)
    assert found[0][0] == found[2][0]
    assert found[0][0].name == "The deck of the Heron"


def test_streets_are_a_village_s_or_a_city_s():
    assert only("Tom came out of the cottages of the village and ran along the street.")[0].kind == "village street"
    assert only("Cabs and an omnibus went by. Tom ran along the street of the town.")[0].kind == "city street"


DEFAULTS = [
    ("en", "“Who?” he asked. The lamp stood on the table, and the chair was empty.", True),
    ("en", "The horses were tired. The wind shook the trees, and the sky was low.", False),
    ("ru", "Лампа стояла на столе, и стул был пуст.", True),
    ("ru", "Лошади устали. Ветер качал деревья, и небо нахмурилось.", False),
]


@pytest.mark.parametrize(("language", "text", "interior"), DEFAULTS)
def test_where_nothing_is_told_the_things_around_decide(language, text, interior):
    place, _ = only(text, language)
    assert place.kind == ("room" if interior else "road")
    assert place.interior == interior


TIMES = [
    ("en", "At dawn Tom woke.", "dawn"),
    ("en", "The sun rose over the roofs.", "dawn"),
    ("en", "It was five o'clock in the morning.", "dawn"),
    ("en", "In the morning Tom woke.", "day"),
    ("en", "It was a cold afternoon.", "day"),
    ("en", "By dusk they were tired.", "dusk"),
    ("en", "That evening nobody spoke.", "dusk"),
    ("en", "The sun was setting behind the hill.", "dusk"),
    ("en", "It was midnight.", "night"),
    ("en", "The moon looked in.", "night"),
    ("en", "That night nobody slept.", "night"),
    ("en", "It was three o'clock in the morning.", "night"),
    ("en", "Every night he told the same joke.", "day"),
    ("en", "Her hair was black as night.", "day"),
    ("en", "She wore a nightgown.", "day"),
    ("en", "“Good night,” said Tom.", "day"),
    ("ru", "На рассвете Том проснулся.", "dawn"),
    ("ru", "Пропели петухи.", "dawn"),
    ("ru", "Ударили к заутрене.", "dawn"),
    ("ru", "Утром Том проснулся.", "day"),
    ("ru", "К вечеру все устали.", "dusk"),
    ("ru", "Солнце уже село.", "dusk"),
    ("ru", "В сумерках никто не говорил.", "dusk"),
    ("ru", "Была полночь.", "night"),
    ("ru", "Ночью никто не спал.", "night"),
    ("ru", "Луна глядела на них.", "night"),
    ("ru", "По ночам он рассказывал сказки.", "day"),
    ("ru", "Волосы её были чёрные, как ночь.", "day"),
]


@pytest.mark.parametrize(("language", "text", "time"), TIMES)
def test_time_of_day(language, text, time):
    assert only(text, language)[1].time == time


def test_time_goes_on_until_it_changes():
    text = (
        f"At dusk Tom came into the kitchen. {FILL_EN}\nThey went into the garden. {FILL_EN}\n"
        f"The next morning Tom woke. {FILL_EN}"
    )
    assert [s.time for _, s in scenes_of(text)] == ["dusk", "dusk", "day"]


def test_night_falls_in_the_middle_of_a_scene():
    text = f"At dusk Tom sat in the garden. {FILL_EN}\nNight fell. {FILL_EN}"
    found = scenes_of(text)
    assert [(p.name, s.time) for p, s in found] == [("The garden", "dusk"), ("The garden", "night")]


WEATHERS = [
    ("en", "A storm broke over the town.", "storm"),
    ("en", "Thunder rolled.", "storm"),
    ("en", "The rain beat on the roof.", "rain"),
    ("en", "Snow was falling on the roofs.", "snow"),
    ("en", "The fog was thick.", "fog"),
    ("en", "Heavy clouds hung over the roofs.", "cloudy"),
    ("en", "The sky was blue, a clear sky of June.", "clear"),
    ("en", "The rain had stopped.", "clear"),
    ("en", "There was no rain.", "clear"),
    ("en", "A storm of laughter filled the place.", "clear"),
    ("en", "He had a voice like thunder.", "clear"),
    ("ru", "Началась гроза.", "storm"),
    ("ru", "Шёл дождь.", "rain"),
    ("ru", "Повалил снег.", "snow"),
    ("ru", "За окном выла метель.", "snow"),
    ("ru", "Туман стоял над крышами.", "fog"),
    ("ru", "День был пасмурный.", "cloudy"),
    ("ru", "Светило солнце.", "clear"),
    ("ru", "Дождь перестал.", "clear"),
    ("ru", "Он получил град упрёков, и гром аплодисментов стих.", "clear"),
]


@pytest.mark.parametrize(("language", "text", "weather"), WEATHERS)
def test_weather(language, text, weather):
    assert only(text, language)[1].weather == weather


def test_weather_goes_on_indoors_and_ends_with_the_day():
    text = (
        f"In the evening Tom sat in the garden, and the rain fell. {FILL_EN}\nHe went into the kitchen. {FILL_EN}\n"
        f"The next morning Tom went into the garden. {FILL_EN}"
    )
    assert [s.weather for _, s in scenes_of(text)] == ["rain", "rain", "clear"]


SEASONS = [
    ("en", "One autumn morning Tom woke.", "autumn"),
    ("en", "It was in the winter, and the ice was thick.", "winter"),
    ("en", "In April they met.", "spring"),
    ("en", "They met.", "summer"),
    ("en", "He sprang up.", "summer"),
    ("ru", "Зимой темнело рано.", "winter"),
    ("ru", "Стояла осень.", "autumn"),
    ("ru", "Пришла весна.", "spring"),
    ("ru", "Они встретились.", "summer"),
]


@pytest.mark.parametrize(("language", "text", "season"), SEASONS)
def test_season(language, text, season):
    assert only(text, language)[1].season == season


def test_a_row_of_stars_and_a_chapter_begin_scenes():
    text = f"In the kitchen Anna cooked. {FILL_EN}\n***\n{FILL_EN}\n# Two\n{FILL_EN}"
    found = scenes_of(text)
    assert [s.id for _, s in found] == ["s01", "s02", "s03"]
    assert [s.chapter for _, s in found] == [0, 0, 1]


def test_who_is_there_most_present_first():
    text = "In the kitchen Anna and Tom sat. Tom spoke. “Yes,” said Anna."
    book = book_of(text, "en")
    sentences = told(book)
    marked = [
        s.model_copy(update={"characters": tuple(n for n in ("anna", "tom") if n.title() in book.raw(s.span))})
        for s in sentences
    ]
    at = text.index("Yes")
    quote = Quote(
        span=book.chapters[0].span.model_copy(update={"start": at, "end": at + 4}),
        text="Yes,",
        speaker="anna",
        kind="explicit",
        confidence=1.0,
    )
    people = [Character(id=n, name=n.title(), names=(n.title(),)) for n in ("tom", "anna")]
    _, scenes = find_scenes(book, marked, [quote], people)
    assert scenes[0].characters == ("anna", "tom")


def test_a_book_without_a_story_has_no_scenes():
    book = book_of("\n\n", "en")
    assert find_scenes(book, [], [], []) == ((), ())


PIECES = st.sampled_from(
    [t for _, t, *_ in PLACES]
    + [t for _, t in STAYS]
    + [t for _, t, _ in TIMES]
    + ["***", "# Next", "", "“Oh!”", FILL_EN, FILL_RU]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["en", "ru"]))
def test_scenes_cover_the_story_in_order(lines, language):
    book = book_of("\n".join(lines), language)
    places, scenes = find_scenes(book, told(book), [], [])
    paragraphs = [(c, p.span) for c, chapter in enumerate(book.chapters) for p in chapter.paragraphs]
    starts = {span.start for _, span in paragraphs}
    assert all(s.span.start in starts for s in scenes)
    assert [s.id for s in scenes] == [f"s{n + 1:02}" for n in range(len(scenes))]
    for chapter, span in paragraphs:
        homes = [s for s in scenes if s.span.covers(span)]
        assert len(homes) == 1
        assert homes[0].chapter == chapter
    assert all(a.span.end <= b.span.start for a, b in pairwise(scenes))
    assert {s.place for s in scenes} == {p.id for p in places}
    assert len({(p.name, p.kind) for p in places}) == len(places)
    assert find_scenes(book, told(book), [], []) == (places, scenes)
