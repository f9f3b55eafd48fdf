# ruff: noqa: E501 - tables of cases, one a line
"""Plain text: encodings, layouts, chapters, and every character accounted for."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path  # noqa: TC003 - pytest and hypothesis read annotations

import pytest
from books_files import EN, RU
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.books import bundled, detect_language, guess, read_book
from bookfilm_nb.errors import BookError, ChoiceError
from bookfilm_nb.model import Book  # noqa: TC001 - hypothesis reads annotations


def read(folder: Path, text: str | bytes, name: str = "book.txt", **choices: str) -> Book:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    book = read_book(path, **choices)  # type: ignore[arg-type]
    check_cover(book)
    return book


def check_cover(book: Book) -> None:
    spans = [p.span for c in book.chapters for p in c.paragraphs] + [s.span for s in book.set_aside]
    spans.sort(key=lambda s: s.start)
    assert spans[0].start == 0
    assert spans[-1].end == len(book.text)
    assert all(a.end == b.start for a, b in pairwise(spans))
    coverage = book.coverage()
    assert coverage.file == coverage.book + sum(coverage.set_aside.values())
    for chapter in book.chapters:
        assert chapter.paragraphs
        for paragraph in chapter.paragraphs:
            raw = book.raw(paragraph.span)
            assert raw
            assert raw == raw.strip()
            assert chapter.span.covers(paragraph.span)


def aside(book: Book, reason: str) -> list[str]:
    return [book.words(s.span) for s in book.set_aside if s.reason == reason]


def story(book: Book) -> list[str]:
    return [book.words(p.span) for c in book.chapters for p in c.paragraphs]


# ---- encodings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("text", [RU, RU[:28], RU * 40])
def test_russian_is_read_right_in_every_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    book = read(tmp_path, text.encode(encoding))
    assert book.text == text
    assert book.encoding == encoding
    assert book.encoding_from == "guess"
    assert book.language == "ru"


def test_western_quotes_and_accents_are_not_taken_for_cyrillic() -> None:
    text = "“It’s a café—” she said. " * 3
    assert guess(text.encode("cp1252")) == "cp1252"
    assert guess((EN * 1000 + text).encode("cp1252")) == "cp1252"


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_a_byte_order_mark_is_obeyed_and_only_it_is_dropped(tmp_path: Path, mark: bytes, encoding: str) -> None:
    book = read(tmp_path, mark + RU.encode(encoding))
    assert (book.text, book.encoding, book.encoding_from) == (RU, encoding, "mark")
    assert read(tmp_path, mark + RU.encode(encoding), encoding=encoding).text == RU


def test_line_ends_are_kept_so_that_spans_count_the_decoded_file(tmp_path: Path) -> None:
    text = f"\r\n  {EN}\r\n\r\n\t{EN}\r{EN}\n"
    book = read(tmp_path, text)
    assert book.text == text
    first = book.chapters[0].paragraphs[0].span
    assert (first.start, text[first.start : first.end]) == (4, EN)


@pytest.mark.parametrize(
    ("actual", "given_"),
    [
        ("cp1251", "koi8-r"),
        ("koi8-r", "cp1251"),
        ("cp1251", "utf-8"),
        ("utf-8", "cp1251"),
        ("cp866", "cp1252"),
        ("utf-8", "utf-16"),
    ],
)
def test_a_wrong_override_is_refused_and_the_better_guess_named(tmp_path: Path, actual: str, given_: str) -> None:
    with pytest.raises(BookError) as error:
        read(tmp_path, (RU * 3).encode(actual), encoding=given_)
    assert error.value.data["better"] == actual
    assert actual in error.value.hint


def test_the_right_override_is_said_to_be_given(tmp_path: Path) -> None:
    book = read(tmp_path, RU.encode("koi8-r"), encoding="KOI8-R")
    assert (book.text, book.encoding, book.encoding_from) == (RU, "koi8-r", "given")


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "zlib", "unicode_escape", "idna", ""])
def test_an_encoding_that_is_none_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(BookError, match="no text encoding"):
        read(tmp_path, EN, encoding=encoding)


# ---- language -----------------------------------------------------------------------------------


def test_language_is_found_and_can_be_given(tmp_path: Path) -> None:
    assert read(tmp_path, EN).language == "en"
    assert read(tmp_path, RU).language == "ru"
    assert read(tmp_path, EN, language="ru").language == "ru"
    with pytest.raises(ChoiceError):
        read(tmp_path, EN, language="fr")


def test_other_languages_are_refused_not_read_aloud_wrongly() -> None:
    french = (
        "Il était une fois une petite fille de village, la plus jolie que l'on eût su voir dans tout le pays. " * 10
    )
    with pytest.raises(BookError, match="not in English"):
        detect_language(french, "x")
    with pytest.raises(BookError, match="not in Russian"):
        detect_language("Жила собі бабуся, і був у неї козлик, її єдина втіха. " * 10, "x")
    with pytest.raises(BookError, match="neither Latin nor Cyrillic"):
        detect_language("昔々あるところにおじいさんがいました。" * 10, "x")


# ---- layout and structure -----------------------------------------------------------------------


def wrapped(paragraph: str, width: int = 72) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(paragraph, width))


LONG = f"{EN} She walked along the shore and did not look at the tower, although everybody else did so. " * 2


def test_hard_wrapped_lines_are_joined_to_paragraphs(tmp_path: Path) -> None:
    book = read(tmp_path, f"{wrapped(LONG)}\n\n{wrapped(LONG)}\n\n“Well?” said Ann.\n")
    assert len(story(book)) == 3
    assert story(book)[0] == LONG.strip()


def test_indents_without_empty_lines_begin_paragraphs(tmp_path: Path) -> None:
    book = read(tmp_path, "".join(f"     {wrapped(LONG)}\n" for _ in range(4)))
    assert len(story(book)) == 4


def test_one_line_can_be_one_paragraph(tmp_path: Path) -> None:
    book = read(tmp_path, "\n".join(["   " + RU * 3, "   — Пойдём, — сказала Анна.", "   — Куда?", RU * 3]))
    assert len(story(book)) == 4


@pytest.mark.parametrize(
    "heads",
    [
        ("CHAPTER I", "CHAPTER II"), ("Chapter 1", "Chapter 2"), ("Chapter One", "Chapter Two"), ("I", "II"), ("I.", "II."), ("1", "2"),
        ("I. The Letter", "II. The Sea"), ("Chapter 1: The Letter", "Chapter 2: The Sea"), ("PART ONE", "PART TWO"), ("Prologue", "Epilogue"),
        ("Глава 1", "Глава 2"), ("Глава первая", "Глава вторая"), ("ГЛАВА I", "ГЛАВА II"), ("Глава 1. Звон", "Глава 2. Метель"),
        ("Часть первая", "Часть вторая"), ("Пролог", "Заключение"), ("# One", "# Two"),
    ],
)  # fmt: skip
def test_headings_begin_chapters(tmp_path: Path, heads: tuple[str, str]) -> None:
    book = read(tmp_path, f"{heads[0]}\n\n{RU * 3}\n\n{RU}\n\n\n{heads[1]}\n\n{RU * 3}\n")
    assert [c.title for c in book.chapters] == [h.strip("#. ") for h in heads]
    assert [len(c.paragraphs) for c in book.chapters] == [2, 1]
    assert aside(book, "heading") == list(heads)


@pytest.mark.parametrize(
    "line",
    [
        "I",
        "Part of it was gone.",
        "Chapter one was the longest of them.",
        "Book two seats for me.",
        "— Глава 7 скучная, — сказал он.",
    ],
)
def test_ordinary_lines_are_no_headings(tmp_path: Path, line: str) -> None:
    book = read(tmp_path, f"{EN}\n\n{line}\n\n{EN}\n")
    assert len(book.chapters) == 1
    assert line in story(book)


def test_parts_and_titles_below_numbers_name_the_chapters(tmp_path: Path) -> None:
    text = f"BOOK ONE\n\nTHE SHORE\n\n\nI.\n\nTHE LAMP.\n\n{LONG}\n\n\nII.\n\nTHE BOAT.\n\n{LONG}\n\n\nBOOK TWO\n\nTHE SEA\n\n\nI.\n\nTHE STORM.\n\n{LONG}\n"
    book = read(tmp_path, text)
    assert [(c.part, c.title) for c in book.chapters] == [
        ("BOOK ONE. THE SHORE", "I. THE LAMP"),
        ("BOOK ONE. THE SHORE", "II. THE BOAT"),
        ("BOOK TWO. THE SEA", "I. THE STORM"),
    ]


def test_without_headings_there_is_one_chapter_without_a_title(tmp_path: Path) -> None:
    book = read(tmp_path, f"{EN}\n\n{EN}\n")
    assert [c.title for c in book.chapters] == [""]


def test_page_numbers_are_set_aside_and_make_no_chapters(tmp_path: Path) -> None:
    pages = "\n\n".join(f"{LONG} and so it went on without\n\n{n}\n\nan end, until it ended. {EN}" for n in range(1, 7))
    book = read(tmp_path, pages)
    assert len(book.chapters) == 1
    assert aside(book, "boilerplate") == [str(n) for n in range(1, 7)]


@pytest.mark.parametrize("stars", ["* * *", "***", "—", "#", "* * * * *", "------", "⁂"])
def test_separators_are_set_aside_and_break_the_scene(tmp_path: Path, stars: str) -> None:
    book = read(tmp_path, f"{EN}\n\n{EN}\n\n{stars}\n\n{EN}\n\n{EN}\n")
    assert [p.scene_break for p in book.chapters[0].paragraphs] == [False, False, True, False]
    assert aside(book, "separator") == [stars]


def test_a_wide_blank_breaks_the_scene(tmp_path: Path) -> None:
    book = read(tmp_path, f"{EN}\n\n{EN}\n\n\n\n{EN}\n\n\n{EN}\n")
    assert [p.scene_break for p in book.chapters[0].paragraphs] == [False, False, True, False]


def test_verse_is_kept_as_verse(tmp_path: Path) -> None:
    verse = "    The gulls fly low,\n    The boats come home,\n    And all the sea\n    Is white with foam;"
    book = read(tmp_path, f"{wrapped(LONG)}\n\n{verse}\n\n{wrapped(LONG)}\n")
    assert [p.kind for p in book.chapters[0].paragraphs] == ["prose", "verse", "prose"]


def test_short_speeches_are_no_verse(tmp_path: Path) -> None:
    book = read(tmp_path, f"{RU * 2}\n— Кто там?\n— Я.\n— Кто — ты?\n— Анна.\n{RU * 2}\n“Who?”\n“Me.”\n“Why?”\n")
    assert {p.kind for p in book.chapters[0].paragraphs} == {"prose"}


def test_gutenberg_wrapping_and_contents_are_no_story(tmp_path: Path) -> None:
    text = (
        "The Project Gutenberg eBook of The Lamp, by Ann Ray\n\nThis eBook is for the use of anyone anywhere.\n\n"
        "Title: The Lamp\n\nAuthor: Ann Ray\n\nLanguage: English\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***\n\nProduced by Somebody\n\n\nTHE LAMP\n\nby Ann Ray\n\n\n"
        f"CONTENTS\n\nCHAPTER I. The Letter\nCHAPTER II. The Sea\n\n\n\nCHAPTER I.\nThe Letter\n\n{wrapped(LONG)}\n\n{EN}\n\n\n"
        f"CHAPTER II.\nThe Sea\n\n{wrapped(LONG)}\n\nTHE END\n\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***\n\nYou may copy it. It is a licence. Read it with care.\n"
    )
    book = read(tmp_path, text)
    assert (book.title, book.author) == ("The Lamp", "Ann Ray")
    assert book.rights == "This eBook is for the use of anyone anywhere."
    assert [c.title for c in book.chapters] == ["CHAPTER I. The Letter", "CHAPTER II. The Sea"]
    assert story(book) == [LONG.strip(), EN, LONG.strip()]
    assert " ".join(aside(book, "contents")) == "CONTENTS CHAPTER I. The Letter CHAPTER II. The Sea"
    assert "THE END" in aside(book, "boilerplate")


def test_captions_notes_and_epigraphs_are_set_aside(tmp_path: Path) -> None:
    text = (
        f"CHAPTER I\n\n  The sea gives up\n  What the sea has taken,\n  But never twice.\n\n{wrapped(LONG)}\n\n[Illustration: The lamp]\n\n{EN}\n\n"
        f"[Footnote 1: An old word.]\n\n\nCHAPTER II\n\nEvery light is a promise.\n                    —Old Saying\n\n{wrapped(LONG)}\n"
    )
    book = read(tmp_path, text)
    assert story(book) == [LONG.strip(), EN, LONG.strip()]
    assert aside(book, "caption") == ["[Illustration: The lamp]"]
    assert aside(book, "note") == ["[Footnote 1: An old word.]"]
    assert aside(book, "epigraph")[1:] == ["Every light is a promise.", "—Old Saying"]


@pytest.mark.parametrize(
    ("top", "title", "author"),
    [
        ("The Lamp\nby Ann Ray", "The Lamp", "Ann Ray"),
        ("THE LAMP\n\nBy Ann Ray", "THE LAMP", "Ann Ray"),
        ("Анна Сергеевна Рай\nЛампа", "Лампа", "Анна Сергеевна Рай"),
        ("Лампа\nАнна Рай", "Лампа", "Анна Рай"),
        ("The Lamp", "The Lamp", ""),
    ],
)
def test_the_first_lines_name_title_and_author(tmp_path: Path, top: str, title: str, author: str) -> None:
    body = RU if top[0] > "z" else EN
    for head in ("", "I\n\n"):
        second = "II\n\n" if head else ""
        book = read(tmp_path, f"{top}\n\n\n{head}{body}\n\n{body}\n\n{second}{body}\n")
        assert (book.title, book.author) == (title, author)
        assert story(book) == [body] * 3


def test_a_prologue_without_a_heading_is_story(tmp_path: Path) -> None:
    book = read(tmp_path, f"The comet came in the spring.\n\nChapter 1\n\n{LONG * 9}\n\nChapter 2\n\n{LONG * 9}\n")
    assert [c.title for c in book.chapters] == ["", "Chapter 1", "Chapter 2"]


def test_speeches_of_equal_length_stay_paragraphs(tmp_path: Path) -> None:
    assert len(story(read(tmp_path, "— Кто там? — спросила Анна.\n— Это я пришёл, — сказал он.\n— Входи.\n"))) == 3


def test_a_title_comes_from_the_file_name_where_the_text_has_none(tmp_path: Path) -> None:
    assert read(tmp_path, EN, "old_lamp.cp1251.txt").title == "old lamp"
    assert read(tmp_path, EN, "story.unknown").format == "txt"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_bundled_story_reads_with_its_chapters(language: str) -> None:
    book = read_book(bundled(language))
    check_cover(book)
    assert book.language == language
    assert book.title
    assert book.author
    assert "CC0" in book.rights
    assert len(book.chapters) >= 3
    assert not any("CC0" in words for words in story(book))


def test_no_story_is_bundled_in_another_language() -> None:
    with pytest.raises(ChoiceError):
        bundled("../en")


PIECES = st.sampled_from(
    [EN, RU, "CHAPTER I", "I", "2", "* * *", "—", "", "  ", "\t", "\x0c", "Contents", "Title: x", "THE END", "© 2020", "Глава 2", "[1] x", "«", "\ufeff",
     "*** START OF THE PROJECT GUTENBERG EBOOK X ***", "*** END OF THE PROJECT GUTENBERG EBOOK X ***", "    short line", "by A B", "# x", "..."],
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(PIECES | st.text(max_size=30), st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\n\n\n"])), max_size=25
    )
)
def test_every_character_of_any_text_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str]]
) -> None:
    text = "".join(words + end for words, end in parts) + EN + " " + EN
    path = tmp_path_factory.mktemp("h") / "x.txt"
    data = text.encode("utf-8", "replace")
    path.write_bytes(data)
    try:
        book = read_book(path, language="en")
    except BookError:
        return
    assert book.text == data.decode().removeprefix("\ufeff") or book.encoding != "utf-8"
    check_cover(book)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["x.txt", "x.fb2", "x.epub", "x.docx", "x"]))
def test_any_bytes_give_a_book_or_a_book_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("h") / name
    path.write_bytes(data)
    try:
        check_cover(read_book(path))
    except BookError as error:
        assert error.problem and error.hint  # noqa: PT017, PT018 - either outcome is right


def test_a_wrapped_quotation_with_an_indent_is_no_verse(tmp_path: Path) -> None:
    quotation = "\n".join("  " + line.capitalize() for line in wrapped(LONG, 58).split("\n"))
    book = read(tmp_path, f"{wrapped(LONG, 60)}\n\n{quotation}\n\n{wrapped(LONG, 60)}\n")
    assert [p.kind for p in book.chapters[0].paragraphs] == ["prose"] * 3


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso-8859-5"])
def test_a_few_russian_words_are_enough_to_tell_the_encoding(encoding: str) -> None:
    for words in ("Пойдём домой, Анна", "— нет", "ГЛАВА I. Анна вышла", "сказал он"):
        data = words.replace("—", "-").encode(encoding)
        assert data.decode(guess(data)) == words.replace("—", "-")
