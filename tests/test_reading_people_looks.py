"""Looks, ages, presence and nameless people, in English and in Russian."""

from pathlib import Path

import pytest
from test_reading_people import ROOT, book, speakers

from bookfilm_nb.books import read_book
from bookfilm_nb.model import Character, Reading
from bookfilm_nb.reading import analyse


def told(character: Character) -> dict[str, object]:
    """The fields of somebody's looks that the text filled."""
    return {field: word for field, word in character.looks.model_dump().items() if word}


def person(reading: Reading, name: str) -> Character:
    return next(c for c in reading.characters if name in c.names or c.name == name)


TOM_AND_ANN = "Tom Lee came in. Ann Grey followed him. Tom sat down. Ann laughed.\n\n{}\n"


@pytest.mark.parametrize(
    ("sentence", "tom", "ann"),
    [
        ("Tom had a red beard, a green coat that was older than Ann, and a cap.",
         {"hair_colour": "red", "beard": "full", "hat": "cap", "clothes": "coat", "clothes_colour": "green"}, {}),
        ("Ann stood at the gate in a long blue cloak, a tall woman of fifty with grey hair in a bun.", {},
         {"hair": "bun", "hair_colour": "grey", "clothes": "coat", "clothes_colour": "blue"}),
        ("Tom put his old brown coat round Ann.", {"clothes": "coat", "clothes_colour": "brown"}, {}),
        ("Tom came without his glasses.", {"glasses": True}, {}),
        ("Tom had no beard.", {}, {}),
        ("Tom never wore a hat.", {}, {}),
        ("Ann sang like a man with a black beard.", {}, {}),
        ("Tom climbed a hill with a cap of snow.", {}, {}),
        ("Tom looked at Ann, and her hair was long and black.", {}, {"hair": "long", "hair_colour": "black"}),
        ("Tom was a bald, grey-bearded man.", {"hair": "bald", "beard": "full", "hair_colour": "grey"}, {}),
        ("Tom wore evening dress.", {}, {}),
        ("The fishermen in their blue jerseys looked at Tom.", {}, {}),
    ],
)  # fmt: skip
def test_looks_belong_to_their_subject(sentence: str, tom: dict[str, object], ann: dict[str, object]) -> None:
    reading = analyse(book(TOM_AND_ANN.format(sentence)))
    assert told(person(reading, "Tom")) == tom
    assert told(person(reading, "Ann")) == ann


IVAN_AND_ANNA = (
    "Иван Петрович вошёл. Анна Ильинична вошла за ним. Иван Петрович сел. Анна Ильинична засмеялась.\n\n{}\n"
)


@pytest.mark.parametrize(
    ("sentence", "ivan", "anna"),
    [
        ("Иван Петрович был человек рослый, с чёрной бородой и в серой шляпе.",
         {"beard": "full", "hair_colour": "black", "hat": "hat"}, {}),
        ("Анна Ильинична, полная старуха в белом платке, молчала.", {}, {"hat": "scarf"}),
        ("Иван Петрович снял очки.", {"glasses": True}, {}),
        ("У Анны Ильиничны были седые косы и синее платье.", {},
         {"hair": "braids", "hair_colour": "grey", "clothes": "dress", "clothes_colour": "blue"}),
        ("Иван Петрович не носил бороды.", {}, {}),
        ("Анна Ильинична пела, как старик с бородой.", {}, {}),
        ("Иван Петрович увидел на столе шапку.", {}, {}),
    ],
)  # fmt: skip
def test_russian_looks_belong_to_their_subject(sentence: str, ivan: dict[str, object], anna: dict[str, object]) -> None:
    reading = analyse(book(IVAN_AND_ANNA.format(sentence), "ru"))
    assert told(person(reading, "Иван Петрович")) == ivan
    assert told(person(reading, "Анна Ильинична")) == anna


@pytest.mark.parametrize(
    ("sentence", "age"),
    [
        ("Ann was a girl of nine.", "child"),
        ("Ann was sixteen, and quick.", "young"),
        ("Ann, a tall woman of seventy, nodded.", "old"),
        ("Ann was still young, and knew it.", "young"),
        ("It was twelve, and Ann nodded.", "adult"),
    ],
)
def test_ages(sentence: str, age: str) -> None:
    assert person(analyse(book(TOM_AND_ANN.format(sentence))), "Ann").age == age


def test_a_described_stranger_is_recognised_by_her_looks() -> None:
    text = TOM_AND_ANN.format("Ann wore a green cloak.") + "\nIt rained.\n\nNight fell.\n\nThe wind blew.\n\n"
    reading = analyse(book(text + "The woman in the green cloak opened the gate.\n"))
    assert reading.sentences[-1].characters == (person(reading, "Ann").id,)


def test_who_is_only_named_is_not_there() -> None:
    text = (
        "Anna Reed walked home. Anna asked herself whether Robin Hood was late. Anna was older than Mary Stone.\n\n"
        "“Martin Reed died long ago,” said Anna. “Martin Reed built this.”\n\nAnna passed Mary Stone's house.\n"
    )
    reading = analyse(book(text))
    assert {i for s in reading.sentences for i in s.characters} == {"anna-reed"}
    assert {"martin-reed", "mary-stone"} <= {c.id for c in reading.characters}


def test_a_man_in_another_scene_is_another_man() -> None:
    text = "A man came to the gate.\n\n“Who is there?” asked the man.\n\n" + "It rained all day.\n\n" * 20
    text += "A man sat in the train.\n\n“Tickets!” shouted the man.\n"
    one, other = speakers(analyse(book(text)))
    assert one is not None
    assert other is not None
    assert one != other


def test_a_description_belongs_to_the_name_that_the_talk_gives_it() -> None:
    text = (
        "Henry Cole and Sam Pike sat in the cell. Henry smoked. Sam waited.\n\n"
        "“You should have told us, Pike,” said Henry.\n\n“Never!” growled the smuggler.\n\n"
        "“It is too late,” said the smuggler.\n"
    )
    assert speakers(analyse(book(text))) == ["henry-cole", "sam-pike", "sam-pike"]


def test_a_voice_keeps_its_own_sex() -> None:
    text = (
        "Князь Андрей стоял у окна и слушал.\n\n— Пойдём спать, — сказал сверху женский голос.\n\n"
        "— Не хочу, — отвечал другой голос.\n\nАндрей молчал.\n"
    )
    reading = analyse(book(text, "ru"))
    assert reading.character(speakers(reading)[0] or "").sex == "female"
    assert "andrey" not in speakers(reading)


def test_a_long_speech_has_one_speaker() -> None:
    story = "".join(f"“I walked on, and on the day {n} I saw the sea.\n\n" for n in range(12))
    text = (
        "Rose Hill and Paul Marsh sat down. Rose listened.\n\n“Tell me, Paul,” said Rose.\n\n"
        + story
        + "“That is all.”\n"
    )
    assert set(speakers(analyse(book(text)))[1:]) == {"paul-marsh"}


STORIES = {
    "en_the_lamp_on_gull_rock": (
        {"t": "tobias-marrow", "w": "wren", "e": "edwin-strake", "p": "martha-pell", "m": "mate", "r": "ruth-calloway",
         "v": "vicar", "j": "jem-carter"},
        "twwteetettetwppwwppwpeemmrmrrwweewwwvvttwweettrtrtjw",
    ),
    "ru_kolokol_podo_ldom": (
        {"v": "varya", "a": "agafya-petrovna", "i": "ilya-sergeevich-voronov", "p": "prokhor-kuzmich-dronov"},
        "vvavaavaavaiivivviippppipvviviivivviiaaappppaaiivvavaappaaaa",
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", sorted(STORIES))
def test_every_speaker_of_the_bundled_stories(story: str) -> None:
    letters, lines = STORIES[story]
    reading = analyse(read_book(ROOT / "data" / "books" / f"{story}.txt"))
    short = {identity: letter for letter, identity in letters.items()}
    assert "".join(short.get(s or "", "?") for s in speakers(reading)) == lines


@pytest.mark.parametrize(
    ("story", "name", "expected"),
    [
        ("en_the_lamp_on_gull_rock", "Tobias",
         {"hair_colour": "white", "beard": "full", "hat": "cap", "clothes": "coat", "clothes_colour": "blue"}),
        ("en_the_lamp_on_gull_rock", "Wren",
         {"hair": "braids", "hair_colour": "brown", "clothes": "jersey", "clothes_colour": "red"}),
        ("en_the_lamp_on_gull_rock", "Ruth",
         {"hair": "bun", "hair_colour": "red", "clothes": "coat", "clothes_colour": "black"}),
        ("en_the_lamp_on_gull_rock", "Jem", {}),
        ("ru_kolokol_podo_ldom", "Прохор", {"hair_colour": "grey", "beard": "full", "hat": "cap"}),
        ("ru_kolokol_podo_ldom", "Агафья", {"hat": "scarf"}),
    ],
)  # fmt: skip
def test_looks_of_the_bundled_stories(story: str, name: str, expected: dict[str, object]) -> None:
    reading = analyse(read_book(Path(ROOT / "data" / "books" / f"{story}.txt")))
    assert told(person(reading, name)) == expected


def test_nobody_is_brought_to_a_scene_by_a_mere_name() -> None:
    reading = analyse(read_book(ROOT / "data" / "books" / "ru_kolokol_podo_ldom.txt"))
    there = {i for scene in reading.scenes for i in scene.characters}
    assert there == {"varya", "agafya-petrovna", "ilya-sergeevich-voronov", "prokhor-kuzmich-dronov"}
