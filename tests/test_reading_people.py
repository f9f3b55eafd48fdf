"""People, quotations and speakers, in English and in Russian."""

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.model import Book, Chapter, Paragraph, Reading, SetAside, Span
from bookfilm_nb.reading import analyse
from bookfilm_nb.reading.people import slug
from bookfilm_nb.reading.quotes import find_quotes

ROOT = Path(__file__).resolve().parents[1]


def book(text: str, language: str = "en") -> Book:
    """A book with one paragraph a block of lines."""
    paragraphs, aside, at = [], [], 0
    for match in re.finditer(r"(?:[^\n]*\S[^\n]*\n?)+", text):
        if match.start() > at:
            aside.append(SetAside(span=Span(start=at, end=match.start()), reason="blank"))
        paragraphs.append(Paragraph(span=Span(start=match.start(), end=match.end())))
        at = match.end()
    chapter = Chapter(title="", span=Span(start=0, end=len(text)), paragraphs=tuple(paragraphs))
    return Book(
        title="", author="", language=language, format="txt", text=text, chapters=(chapter,), set_aside=tuple(aside)
    )


def spoken(text: str, language: str = "en") -> list[str]:
    b = book(text, language)
    return [b.words(Span(start=p.start, end=p.end)) for block in find_quotes(b) for p in block.pieces if p.spoken]


def speakers(reading: Reading) -> list[str | None]:
    return [q.speaker for q in reading.quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Come in,” said Ann. “It is late.”", ["Come in,", "It is late."]),
        ('"Come in," said Ann. "It is late."', ["Come in,", "It is late."]),
        ("‘Come in,’ said Ann. ‘It’s the dogs’ dinner.’", ["Come in,", "It’s the dogs’ dinner."]),
        ("'Come in,' said Ann. 'It isn't late, 'tis early.'", ["Come in,", "It isn't late, 'tis early."]),
        ("“He said ‘no’ to me,” said Ann.", ["He said ‘no’ to me,"]),
        ("“A wrapped\nline,” said Ann.", ["A wrapped line,"]),
        ("“One.\n\n“Two.”\n\nAnn left.", ["One.", "Two."]),
        ("She called it a “grand hotel” and a “palace,” as people do.", []),
        ("The dogs' bowl and the cats' plate stood in Tom's room.", []),
    ],
)
def test_english_marks(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize("dash", ["—", "–", "-", "--"])
def test_russian_dashes_of_every_kind(dash: str) -> None:
    text = f"{dash} Да, {dash} сказал он. {dash} Пойдём.\n\n{dash} Куда? {dash} спросила Анна.\n\n{dash} Домой!"
    assert spoken(text, "ru") == ["Да,", "Пойдём.", "Куда?", "Домой!"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Он сказал: «Иди домой».", ["Иди домой"]),
        ("«Иди домой», — сказал он.", ["Иди домой"]),
        ("Он сказал: „Иди домой“.", ["Иди домой"]),
        ("«Как странно, — подумал он, — никого нет».", ["Как странно,", "никого нет"]),
        ("Он читал роман «Дубровский» и газету «Голос».", []),
        ("Это был так называемый «скорый» поезд.", []),
        ("— Жизнь — это река, — сказал дед.", ["Жизнь — это река,"]),
        ("— Да. — Анна встала и вышла. — Иду.", ["Да.", "Иду."]),
        ("— Он сказал: «Нет», — вздохнула Анна.", ["Он сказал: «Нет»,"]),
    ],
)
def test_russian_marks_and_asides(text: str, expected: list[str]) -> None:
    assert spoken(text, "ru") == expected


ENGLISH = """Old Peter Grange, the miller, stood at the door. He had a grey beard and a brown coat.

His daughter Lucy Grange was nine years old and wore a red dress. They called her Linnet.

“Where is Tommy?” asked Peter.

“By the river, Father,” said Lucy.

“Then fetch him.”

Thomas Reed came in at that moment, a tall lad with curly black hair.

“Here I am, Mr. Grange,” said Tommy.

“You are late,” the old man said.

“I’m sorry, sir.”

“Lucy, give him some bread,” said Peter.

“Yes,” she said. “Here it is, Tom.”

A stranger knocked. “Is this the mill?” asked the stranger.

“It is,” said Linnet.
"""


def test_english_speakers_and_people() -> None:
    reading = analyse(book(ENGLISH))
    assert speakers(reading) == [
        "peter-grange", "lucy-grange", "peter-grange", "thomas-reed", "peter-grange", "thomas-reed", "peter-grange",
        "lucy-grange", "lucy-grange", "stranger", "lucy-grange",
    ]  # fmt: skip
    peter, lucy, tom = (reading.character(i) for i in ("peter-grange", "lucy-grange", "thomas-reed"))
    assert (peter.sex, lucy.sex, tom.sex) == ("male", "female", "male")
    assert (peter.age, lucy.age) == ("old", "child")
    assert {"Lucy Grange", "Lucy", "Linnet"} <= set(lucy.names)
    assert {"Thomas Reed", "Tommy", "Tom"} <= set(tom.names)
    assert (peter.looks.beard, peter.looks.hair_colour, peter.looks.clothes_colour) == ("full", "grey", "brown")
    assert (lucy.looks.clothes, lucy.looks.clothes_colour) == ("dress", "red")
    assert (tom.looks.hair, tom.looks.hair_colour) == ("curly", "black")
    assert peter.quotes == 4


def test_kinds_and_confidence_are_honest() -> None:
    reading = analyse(book(ENGLISH))
    by_text = {q.text: q for q in reading.quotes}
    assert by_text["Where is Tommy?"].kind == "explicit"
    assert by_text["Yes,"].kind == "anaphoric"
    assert by_text["Then fetch him."].kind == "implicit"
    assert by_text["Then fetch him."].confidence < by_text["Where is Tommy?"].confidence
    assert all(0 <= q.confidence <= 1 for q in reading.quotes)


def test_vocative_is_not_the_speaker() -> None:
    reading = analyse(book("Anna and Mary sat down.\n\n“Mary, listen,” said Anna.\n\n“I hear you, Anna.”\n"))
    assert speakers(reading) == ["anna", "mary"]


def test_first_person_narrator_keeps_or_gets_a_name() -> None:
    told = "I walked to the house. I saw the light. I was tired and I sat down. I looked at Helen, and I was glad.\n\n"
    talk = "“You are late,” said Helen.\n\n“I am sorry,” I said.\n\n“Sit down, {0},” said Helen.\n\n“Thank you.”\n\n"
    named = analyse(book(told + talk.format("Edgar") + told + talk.format("Edgar") + talk.format("Edgar")))
    assert named.narrator == "edgar"
    assert named.quotes[1].speaker == "edgar"
    nameless = analyse(book(told + talk.format("sir")))
    assert nameless.narrator == "narrator"
    assert nameless.quotes[1].speaker == "narrator"


RUSSIAN = """Лесник Егор Ильич Туманов был старик с седой бородой. Деревня звала его Лешим.

Его внучка Маша сидела у печки. Маше было восемь лет, и у неё были русые косы.

— Дедушка, кто там? — спросила Маша.

— Это ветер, — сказал лесник.

— Нет, не ветер!

Дверь открылась, и вошла Вера Павловна, учительница в чёрном пальто.

— Здравствуйте, Егор Ильич, — сказала она. — Мария сегодня не была в школе.

Егор Ильич снял шапку.

— Виноват, — ответил он. — Метель.

— Я хотела пойти, — прошептала девочка.

— Завтра пойдём вместе с Машенькой, — сказал Туманов.
"""


def test_russian_speakers_and_people() -> None:
    reading = analyse(book(RUSSIAN, "ru"))
    egor, masha, vera = "egor-ilich-tumanov", "masha", "vera-pavlovna"
    assert speakers(reading) == [masha, egor, masha, vera, vera, egor, egor, masha, egor]
    assert reading.character(egor).sex == "male"
    assert reading.character(egor).age == "old"
    assert reading.character(egor).looks.beard == "full"
    assert (reading.character(masha).sex, reading.character(masha).age) == ("female", "child")
    assert {"Маша", "Мария", "Машенькой"} <= set(reading.character(masha).names)
    assert reading.character(masha).looks.hair == "braids"
    assert (reading.character(vera).sex, reading.character(vera).looks.clothes_colour) == ("female", "black")


def test_past_tense_tells_the_sex() -> None:
    text = "Саша и Женя шли домой.\n\n— Холодно, — сказала Женя.\n\n— Терпи, — ответил Саша.\n"
    reading = analyse(book(text, "ru"))
    assert {c.name: c.sex for c in reading.characters} == {"Женя": "female", "Саша": "male"}
    assert speakers(reading) == ["zhenya", "sasha"]


def test_a_crowd_is_nobody() -> None:
    assert speakers(analyse(book("— Ура! — закричали они все.\n\n— Ура! — закричала толпа.\n", "ru"))) == [None, None]


def test_sentences_and_quotes_share_the_text() -> None:
    for text, language in ((ENGLISH, "en"), (RUSSIAN, "ru")):
        reading = analyse(book(text, language))
        spans = sorted(
            [(q.span.start, q.span.end) for q in reading.quotes]
            + [(s.span.start, s.span.end) for s in reading.sentences]
        )
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        left = "".join(text[a[1] : b[0]] for a, b in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=False))
        assert not re.search(r"\w", left)
        ids = {c.id for c in reading.characters}
        assert all(q.speaker is None or q.speaker in ids for q in reading.quotes)
        assert all(set(s.characters) <= ids for s in reading.sentences)


def test_pure_said_clauses_are_cues() -> None:
    reading = analyse(
        book("“No,” said Ann.\n\n“Yes,” said Tom, and he went out into the garden to look for the dog.\n")
    )
    assert [s.cue for s in reading.sentences] == [True, False]


def test_pronouns_mean_the_last_person_of_their_sex() -> None:
    reading = analyse(book("Tom met Anna at the gate. She was angry. He laughed.\n"))
    assert [s.characters for s in reading.sentences] == [("tom", "anna"), ("anna",), ("tom",)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Хома Брут", "khoma-brut"), ("Щукин", "shchukin"), ("Zoë O’Hara", "zoe-ohara"), ("…", "somebody")],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_people_and_no_words(language: str) -> None:
    empty = analyse(book("It rained.\n" if language == "en" else "Шёл дождь.\n", language))
    assert empty.characters == ()
    assert empty.quotes == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="“”‘’«»„\"'—–- .,!?:\nАннаTom said сказал", max_size=120), st.sampled_from(["en", "ru"]))
def test_any_marks_are_read_without_overlap(text: str, language: str) -> None:
    b = book(text, language)
    for block in find_quotes(b):
        ends = [block.start, *[x for p in block.pieces for x in (p.start, p.end)], block.end]
        assert ends == sorted(ends)
        assert all(p.start < p.end for p in block.pieces)


@pytest.mark.slow
def test_same_reading_whatever_the_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); import warnings; warnings.simplefilter('ignore')\n"
        "import test_reading_people as t; from bookfilm_nb.reading import analyse\n"
        "print(analyse(t.book(t.ENGLISH)).digest(), analyse(t.book(t.RUSSIAN, 'ru')).digest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_round_trip() -> None:
    reading = analyse(book(ENGLISH))
    assert Reading.from_json(reading.to_json()) == reading
    assert json.loads(reading.to_json())["language"] == "en"
