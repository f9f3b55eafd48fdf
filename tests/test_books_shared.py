"""Real books: languages, encodings, chapters, and what must not be taken for the story."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_books_text import aside, check_cover, story

from bookfilm_nb.books import read_book

SHARED = Path(os.environ.get("BOOKFILM_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not (SHARED / "books").is_dir(), reason="no sample books: set BOOKFILM_SHARED_DATA"),
]

BOOKS = [
    ("books/Gogol_Viy.txt", "ru", "utf-8", 1, 274),
    ("books/gogol_viy.cp1251.txt", "ru", "cp1251", 1, 274),
    ("books/gogol_viy.koi8-r.txt", "ru", "koi8-r", 1, 274),
    ("books/Pushkin_Pikovaya.txt", "ru", "utf-8", 7, 197),
    ("books/alice_epubjs.epub", "en", "utf-8", 10, 260),
    ("books/pg36_war_of_the_worlds.epub", "en", "utf-8", 27, 884),
    ("books/war_of_the_worlds_pg36-0_utf8.txt", "en", "utf-8", 27, 883),
    ("books/tolstoy_voina_i_mir_demo.fb2", "ru", "utf-8", 22, 48),
    ("annotated/AlicesAdventuresInWonderland/novel_text.txt", "en", "utf-8", 12, 789),
    ("annotated/DaisyMiller/novel_text.txt", "en", "utf-8", 2, 535),
    ("annotated/TheSignOfTheFour/novel_text.txt", "en", "utf-8", 12, 773),
]


@pytest.mark.parametrize(("path", "language", "encoding", "chapters", "paragraphs"), BOOKS)
def test_every_sample_reads_right(path: str, language: str, encoding: str, chapters: int, paragraphs: int) -> None:
    book = read_book(SHARED / path)
    check_cover(book)
    assert (book.language, book.encoding, len(book.chapters)) == (language, encoding, chapters)
    assert len(story(book)) == paragraphs
    assert not any("Gutenberg" in words or "©" in words for words in story(book))


def test_one_text_in_three_encodings_is_one_book() -> None:
    books = [read_book(SHARED / "books" / n) for n in ("Gogol_Viy.txt", "gogol_viy.cp1251.txt", "gogol_viy.koi8-r.txt")]
    assert len({b.text for b in books}) == 1
    assert len({b.chapters for b in books}) == 1


@pytest.mark.parametrize("name", ["war_of_the_worlds_pg36-0_utf8.txt", "pg36_war_of_the_worlds.epub"])
def test_a_novel_in_two_books_is_read_whole(name: str) -> None:
    book = read_book(SHARED / "books" / name)
    parts = [c.part for c in book.chapters]
    assert [parts.count(p) for p in dict.fromkeys(parts)] == [17, 10]
    assert (book.title, book.author) == ("The War of the Worlds", "H. G. Wells")
    assert story(book)[0].startswith("No one would have believed")
    assert story(book)[-1].endswith("among the dead.")


def test_a_text_without_empty_lines_gives_up_its_title_page_and_epigraphs() -> None:
    book = read_book(SHARED / "books" / "Pushkin_Pikovaya.txt")
    assert (book.title, book.author) == ("Пиковая Дама", "Александр Сергеевич Пушкин")
    assert [c.title for c in book.chapters] == ["I", "II", "III", "IV", "V", "VI", "Заключение"]
    assert len(aside(book, "epigraph")) == 15
