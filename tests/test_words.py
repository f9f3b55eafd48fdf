"""The table of interface texts: whole in both languages, used, with the same values, and heard by every panel."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.widgets import words
from bookfilm_nb.widgets.words_en import ENGLISH
from bookfilm_nb.widgets.words_ru import RUSSIAN

PACKAGE = Path(words.__file__).parents[1]
SAME = {"template.none", "screenplay.text"}
"""What is the same in both languages."""


@pytest.fixture(autouse=True)
def unchosen(monkeypatch):
    monkeypatch.delenv(words.VARIABLE, raising=False)
    words.set_language("")
    yield
    words.set_language("")


def values(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_every_text_with_the_same_values():
    assert ENGLISH.keys() == RUSSIAN.keys()
    assert not {key for key in ENGLISH if values(ENGLISH[key]) != values(RUSSIAN[key])}
    assert all(text.strip() == text and text for table in (ENGLISH, RUSSIAN) for text in table.values())


def test_russian_is_russian_and_english_is_english():
    assert not {key for key, text in RUSSIAN.items() if key not in SAME and not re.search("[а-яё]", text.casefold())}
    cyrillic = {key for key, text in ENGLISH.items() if re.search("[а-яё]", text.casefold())}
    assert cyrillic <= {"book.ru"}


def test_every_text_that_is_asked_for_is_there_and_none_is_left_over():
    said, beginnings = set(), set()
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if not path.name.startswith("words_")]
    for source in sources:
        said |= set(re.findall(r"""["']([a-z]+(?:\.[a-z]+)*)["']""", source))
        beginnings |= set(re.findall(r"""["']([a-z]+\.(?:[a-z]+\.)*)["'{]""", source))
    buttons = {key.removesuffix(".tip") for key in ENGLISH if key.endswith(".tip")}
    left = {
        key
        for key in ENGLISH
        if key not in said and not key.startswith(tuple(beginnings)) and key.removesuffix(".tip") not in said & buttons
    }
    assert not left, "texts that nobody says"
    asked = set()
    for source in sources:
        asked |= set(re.findall(r"""\bsay\(\s*["']([^"'{]+)["']""", source))
        asked |= {tip for key in re.findall(r"""\bbutton\(["']([^"']+)["']""", source) for tip in (key, f"{key}.tip")}
    assert asked <= ENGLISH.keys()


def test_the_language_is_chosen_by_call_or_by_environment(monkeypatch):
    assert words.say("job.stop") == ENGLISH["job.stop"]
    monkeypatch.setenv(words.VARIABLE, "ru_RU.UTF-8")
    assert words.say("job.stop") == RUSSIAN["job.stop"]
    words.set_language("en")
    assert words.language() == "en"
    monkeypatch.setenv(words.VARIABLE, "eo")
    words.set_language("")
    assert words.language() == "en"
    with pytest.raises(ChoiceError):
        words.set_language("eo")


def test_values_stand_in_their_places():
    assert "3" in words.say("seconds", n=3)
    with pytest.raises(KeyError):
        words.say("no.such.text")
