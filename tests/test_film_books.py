"""A film of every sample book: English and Russian, in three charsets, epub and fb2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from film_files import opened

from bookfilm_nb import make_film, open_studio

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.shared_data, pytest.mark.slow]

BOOKS = [
    ("Gogol_Viy.txt", "ru", "utf-8", 1),
    ("gogol_viy.cp1251.txt", "ru", "cp1251", 1),
    ("gogol_viy.koi8-r.txt", "ru", "koi8-r", 1),
    ("Pushkin_Pikovaya.txt", "ru", "utf-8", 7),
    ("tolstoy_voina_i_mir_demo.fb2", "ru", "utf-8", 22),
    ("alice_epubjs.epub", "en", "utf-8", 10),
    ("pg36_war_of_the_worlds.epub", "en", "utf-8", 27),
    ("war_of_the_worlds_pg36-0_utf8.txt", "en", "utf-8", 27),
]


@pytest.mark.parametrize(("name", "language", "encoding", "chapters"), BOOKS)
def test_a_film_of_it(
    shared_data: Path, tmp_path: Path, name: str, language: str, encoding: str, chapters: int
) -> None:
    choices = {"minutes": 0.3, "size": "480p"}
    film = make_film(shared_data / "books" / name, tmp_path / "film", **choices)
    assert opened(film.film).picture_s == pytest.approx(18, rel=0.15)
    assert [gate for gate in film.review.gates if not gate.passed] == []
    studio = open_studio(shared_data / "books" / name, tmp_path / "film", **choices)
    try:
        book, play = studio.book, studio.screenplay
        assert (book.language, book.encoding, len(book.chapters)) == (language, encoding, chapters)
        spoken = [e for e in play.elements() if e.spoken]
        assert spoken
        letters = "[А-Яа-я]" if language == "ru" else "[A-Za-z]"
        assert all(re.search(letters, e.text) for e in spoken)
        assert all(" ".join(book.text[e.span.start : e.span.end].split()) == e.text for e in spoken)
        assert not any("Gutenberg" in e.text for e in spoken)
    finally:
        studio.close()


def test_one_book_in_three_charsets_is_one_film(shared_data: Path, tmp_path: Path) -> None:
    """Up to what is heard: the file's name is all that may differ."""
    said = set()
    for name in ("Gogol_Viy.txt", "gogol_viy.cp1251.txt", "gogol_viy.koi8-r.txt"):
        studio = open_studio(shared_data / "books" / name, tmp_path / name, minutes=0.3, size="480p")
        said.add(tuple(e.text for e in studio.screenplay.elements()))
        studio.close()
    assert len(said) == 1
