"""A book's text as words."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.voices import normalise
from bookfilm_nb.voices.aligned import aligned
from bookfilm_nb.voices.phrases import phrases, words_of
from bookfilm_nb.voices.roman import roman_value

ENGLISH = {
    "He paid 12 men.": "He paid twelve men.",
    "It was 1847.": "It was eighteen forty-seven.",
    "In 1066 and in 1905": "In ten sixty-six and in nineteen oh five",
    "in the 1840s": "in the eighteen forties",
    "1500 horses": "one thousand five hundred horses",
    "1,250,000 men": "one million two hundred and fifty thousand men",
    "Chapter IV": "Chapter four",
    "Louis XIV danced": "Louis the Fourteenth danced",
    "World War II": "World War two",
    "the XIX century": "the nineteenth century",
    "I am here.": "I am here.",
    "the 21st man": "the twenty-first man",
    "March 3, 1905": "March third, nineteen oh five",
    "on 3 March": "on the third of March",
    "at 7:30": "at seven thirty",
    "at 7:05 p.m. sharp": "at seven oh five P M sharp",
    "at 10:00": "at ten o'clock",
    "$3.50": "three dollars and fifty cents",
    "£1": "one pound",
    "$5 million": "five million dollars",
    "5% of it": "five per cent of it",
    "3 1/2 miles": "three and a half miles",
    "½ mile": "one half mile",
    "10-12 miles": "ten to twelve miles",
    "3.14": "three point one four",
    "007": "zero zero seven",
    "Mr. and Mrs. Bell saw Dr. Fox": "Mister and Missis Bell saw Doctor Fox",
    "St. James went to Baker St.": "Saint James went to Baker Street.",
    "No. 5": "number five",
    "cats, dogs, etc.": "cats, dogs, et cetera.",
    "“Go,” he said — “now…”": "Go, he said, now…",
    "It's the dogs' bowl, o'clock": "It's the dogs bowl, o'clock",
    "'Tis late, 'she said'": "'Tis late, she said",
    "a man (old) sat": "a man, old, sat",
    "Smith & Co. sold it": "Smith and Company sold it",
}
RUSSIAN = {
    "В 1847 году": "В тысяча восемьсот сорок седьмом году",
    "1847 года": "тысяча восемьсот сорок седьмого года",
    "1905 год": "тысяча девятьсот пятый год",
    "в 1847 г. он": "в тысяча восемьсот сорок седьмом году он",
    "1840-е годы": "тысяча восемьсот сороковые годы",
    "3 марта": "третьего марта",
    "Глава IV": "Глава четвёртая",
    "в главе 12": "в главе двенадцатой",
    "том 2": "том второй",
    "Николай II": "Николай Второй",
    "Екатерины II": "Екатерины Второй",
    "XIX век": "девятнадцатый век",
    "в XIX веке": "в девятнадцатом веке",
    "начало XX века": "начало двадцатого века",
    "5-й день": "пятый день",
    "1-го мая": "первого мая",
    "20-х годов": "двадцатых годов",
    "2 книги": "две книги",
    "2 дома": "два дома",
    "22 окна": "двадцать два окна",
    "с 5 солдатами": "с пятью солдатами",
    "от 5 солдат": "от пяти солдат",
    "за 1 неделю": "за одну неделю",
    "2 старые лошади": "две старые лошади",
    "3 руб. 50 коп. за фунт": "три рубля пятьдесят копеек за фунт",
    "1 коп.": "одна копейка.",
    "5% людей": "пять процентов людей",
    "10 000 рублей": "десять тысяч рублей",
    "3,5 км": "три целых пять десятых километра",
    "в 7:30": "в семь тридцать",
    "в 9:00": "в девять часов",
    "½": "половина",
    "т. е. много": "то есть много",
    "и т.д.": "и так далее.",
    "ул. Садовая": "улица Садовая",
    "на ул. Садовой": "на улице Садовой",
    "в г. Твери": "в городе Твери",
    "им. Горького": "имени Горького",
    "А. С. Пушкин": "А Эс Пушкин",
    "№ 5": "номер пять",
    "— Кто там? — спросил он.": "Кто там? спросил он.",
    "«Это я…» — сказал он": "Это я… сказал он",
    "клуб Whist": "клуб Уист",
    "СССР": "эс эс эс эр",
    "за́мок": "за́мок",
}


@pytest.mark.parametrize(("text", "said"), ENGLISH.items())
def test_english_as_words(text: str, said: str) -> None:
    assert normalise(text, "en").text.strip() == said


@pytest.mark.parametrize(("text", "said"), RUSSIAN.items())
def test_russian_as_words(text: str, said: str) -> None:
    assert normalise(text, "ru").text.strip() == said


def test_the_words_of_a_number_lead_back_to_its_digits() -> None:
    text = "In 1847 Mr. Smith came."
    spoken = normalise(text, "en")
    behind = {spoken.text[a:b]: text[slice(*spoken.origin(a, b))] for a, b in words_of(spoken.text)}
    assert behind["eighteen"] == behind["forty-seven"] == "1847"
    assert behind["Smith"] == "Smith"
    assert behind["came"] == "came"


HARD = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789IVXLCM .,:;-–—'\"«»()$£%№№abНгткв/½²\u0301\u00a0+", max_size=60),
    st.lists(
        st.sampled_from(
            [*ENGLISH, *RUSSIAN, "99999999999999999999", "\0", "💥", "…", "г.", "IV", "1/0", "٣٤", "Ⅳ", "①"]
        ),
        max_size=5,
    ).map(" ".join),
)


@settings(deadline=None, max_examples=250)
@given(HARD, st.sampled_from(["en", "ru"]))
def test_any_text_becomes_words_without_digits_that_lead_back_in_order(text: str, language: str) -> None:
    spoken = normalise(text, language)  # type: ignore[arg-type]
    assert not [c for c in spoken.text if c.isdigit()]
    assert len(spoken.starts) == len(spoken.ends) == len(spoken.text)
    assert list(spoken.starts) == sorted(spoken.starts)
    assert list(spoken.ends) == sorted(spoken.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(spoken.starts, spoken.ends, strict=True))
    if language == "ru":
        assert not re.search("[A-Za-z]", spoken.text)


@given(st.text(alphabet="ab 12", max_size=30))
def test_rewriting_keeps_the_way_back(text: str) -> None:
    new = aligned(text).sub(re.compile(r"\d+"), lambda m: "n" * (3 * len(m[0])))
    for index, char in enumerate(new.text):
        behind = text[new.starts[index] : new.ends[index]]
        assert behind == char or (char == "n" and behind.isdigit())


@given(st.text(alphabet="аб. ,!x—", max_size=400), st.integers(1, 50))
def test_phrases_hold_every_word_in_order_and_are_short(text: str, longest: int) -> None:
    cut = phrases(text, longest=longest)
    assert all(p.end - p.start <= longest for p in cut)
    assert all(a.end <= b.start for a, b in itertools.pairwise(cut))
    said = "".join(text[p.start : p.end] for p in cut)
    assert [c for c in said if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    ("numeral", "value"), [("XIV", 14), ("MCMXCIX", 1999), ("IIII", None), ("", None), ("IC", None)]
)
def test_roman_numerals(numeral: str, value: int | None) -> None:
    assert roman_value(numeral) == value
