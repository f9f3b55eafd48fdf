from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookfilm_nb.model import Span
from bookfilm_nb.reading.sentences import split_sentences


def cut(text, language):
    return [text[s.start : s.end] for s in split_sentences(text, Span(start=0, end=len(text)), language)]


ENGLISH = [
    ["Mr. Pell met Dr. Ann B. Lee at St. Mary's.", "They spoke."],
    ["He came late, e.g. at noon, i.e. after us.", "Nobody minded."],
    ["The ship left at 5 p.m. on Monday.", "It was No. 7 of its class."],
    ["It was I.", "She knew."],
    ["She waited... and waited… and slept.", "Then…", "The bell rang."],
    ["“Run!” she cried.", "“Where?” asked Tom.", "Nobody knew."],
    ["“Is it you?” Anna asked.", "It was."],
    ["He laughed (nobody saw it.)", "She went on."],
    ["A line\nwraps here.", "Another\r\nfollows."],
    ["What?! said the old man.", "Nothing!"],
    ["No.", "Not today."],
    ["The price was 3.50 in all.", "We paid."],
]
RUSSIAN = [
    ["Он жил в г. Твери, на ул. Садовой, т. е. далеко.", "Потом уехал."],
    ["Там были лодки, сети и т. д.", "Мы шли мимо."],
    ["А. С. Орлов писал письмо.", "Никто не мешал."],
    ["— Беги! — закричал он.", "— Скорее!"],
    ["«Кто там?» — спросила она.", "Никто не ответил."],
    ["Шёл 1830 г.", "Зима стояла тёплая."],
    ["Он думал… и молчал.", "Что?! удивился он..."],
    ["Это был я.", "Она узнала."],
    ["Он стоял у театра им. Островского.", "Он отдал им.", "Потом ушёл."],
    ["Длинная\nстрока.", "Другая."],
]


@pytest.mark.parametrize("sentences", ENGLISH, ids=lambda s: s[0][:20])
def test_english_sentences(sentences):
    assert cut(" ".join(sentences), "en") == sentences


@pytest.mark.parametrize("sentences", RUSSIAN, ids=lambda s: s[0][:20])
def test_russian_sentences(sentences):
    assert cut(" ".join(sentences), "ru") == sentences


def test_an_empty_line_ends_a_sentence():
    assert cut("A line without a stop\n\n and another", "en") == ["A line without a stop", "and another"]


def test_offsets_are_those_of_the_whole_text():
    text = "Before. One here. Two there. After."
    assert [(s.start, s.end) for s in split_sentences(text, Span(start=8, end=28), "en")] == [(8, 17), (18, 28)]


@given(
    st.text(st.sampled_from('aБб I.Mr.!?…"”»—-\n\r\t\u00a0()г1,'), max_size=120),
    st.sampled_from(["en", "ru"]),
    st.integers(0, 20),
)
def test_spans_cover_every_character_once(text, language, start):
    span = Span(start=min(start, len(text)), end=len(text))
    spans = split_sentences(text, span, language)
    covered = [i for s in spans for i in range(s.start, s.end)]
    assert covered == sorted(set(covered))
    assert {i for i in range(span.start, span.end) if not text[i].isspace()} <= set(covered)
    for s in spans:
        assert not text[s.start].isspace()
        assert not text[s.end - 1].isspace()
