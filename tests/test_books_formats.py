# ruff: noqa: E501 - tables of cases, one a line
"""epub, fb2 and docx: what the formats say themselves about chapters, notes and verse; and hostile files."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from books_files import CONTAINER, EN, RU, epub, fb2, xhtml, zipped
from test_books_text import aside, check_cover, story

from bookfilm_nb.books import archive as archive_module
from bookfilm_nb.books import read_book
from bookfilm_nb.errors import BookError

if TYPE_CHECKING:
    from bookfilm_nb.model import Book


def read(folder: Path, name: str, data: bytes, **choices: str) -> Book:
    path = folder / name
    path.write_bytes(data)
    book = read_book(path, **choices)  # type: ignore[arg-type]
    check_cover(book)
    return book


def refused(folder: Path, name: str, data: bytes, **choices: str) -> BookError:
    with pytest.raises(BookError) as error:
        read(folder, name, data, **choices)
    assert error.value.hint
    assert error.value.exit_code == 2
    return error.value


# ---- epub ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ncx", [False, True])
def test_epub_chapters_follow_the_contents_not_the_files(tmp_path: Path, ncx: bool) -> None:
    files = {
        "a.xhtml": f'<h2 id="one">One</h2><p>{EN}</p>',
        "b.xhtml": f'<p>{EN}</p><h2 id="two">Two</h2><p>{EN}</p><h3>A letter</h3><p>{EN}</p>',
        "c.xhtml": f"<p>{EN}</p>",
    }
    toc = [("One", "a.xhtml#one"), ("Two", "b.xhtml#two"), ("Three", "c.xhtml")]
    book = read(tmp_path, "b.epub", epub(files, toc=toc, ncx=ncx))
    assert [(c.title, len(c.paragraphs)) for c in book.chapters] == [("One", 2), ("Two", 2), ("Three", 1)]
    assert (book.title, book.author, book.rights, book.format) == ("The Lamp", "Ann Ray", "CC0", "epub")
    assert "A letter" in aside(book, "heading")


def test_epub_without_contents_goes_by_headings(tmp_path: Path) -> None:
    files = {"a.xhtml": f"<h1>The Lamp</h1><h2>I</h2><p>{EN}</p>", "b.xhtml": f"<p>{EN}</p><h2>II</h2><p>{EN}</p>"}
    book = read(tmp_path, "b.epub", epub(files))
    assert [(c.part, c.title, len(c.paragraphs)) for c in book.chapters] == [("", "I", 2), ("", "II", 1)]
    assert aside(book, "boilerplate") == ["The Lamp"]


def test_an_epub_heading_that_is_only_a_number_gets_its_title_from_the_contents(tmp_path: Path) -> None:
    files = {"a.xhtml": f"<h2>I</h2><p>{EN}</p>", "b.xhtml": f"<h2>II</h2><p>{EN}</p>"}
    book = read(tmp_path, "b.epub", epub(files, toc=[("I. The Letter", "a.xhtml"), ("II. The Sea", "b.xhtml")]))
    assert [c.title for c in book.chapters] == ["I. The Letter", "II. The Sea"]


def test_epub_keeps_text_around_pictures_and_leaves_marks_out(tmp_path: Path) -> None:
    body = (
        '<p>Before the picture.<img src="x.png" alt="alt"/> After it, a word<a epub:type="noteref" href="#n">1</a> and '
        'one<sup><a href="#n">[2]</a></sup> more.<span class="pagenum">[Pg 4]</span></p>'
        f'<figure><img src="y.png"/><figcaption>The tower</figcaption></figure><p>{EN}</p><hr/><p>“Ann&nbsp;Ray&mdash;”</p>'
        '<div class="poem"><span>The gulls fly low,<br/></span><span>the boats come home</span></div>'
        '<aside epub:type="footnote" id="n">A note.</aside>'
    )
    book = read(tmp_path, "b.epub", epub({"a.xhtml": body}))
    assert story(book) == [
        "Before the picture. After it, a word and one more.", EN, "“Ann Ray—”", "The gulls fly low, the boats come home",
    ]  # fmt: skip
    paragraphs = book.chapters[0].paragraphs
    assert [p.scene_break for p in paragraphs] == [False, False, True, False]
    assert paragraphs[-1].kind == "verse"
    assert (aside(book, "caption"), aside(book, "note")) == (["The tower"], ["A note."])


def test_epub_title_pages_and_back_matter_are_no_story(tmp_path: Path) -> None:
    files = {
        "t.xhtml": '<section epub:type="titlepage"><h1>The Lamp</h1><p>Some Press</p></section>',
        "c.xhtml": "<p>All rights reserved. No part of this book may be copied.</p>",
        "a.xhtml": f"<h2>One</h2><p>{EN}</p>",
        "z.xhtml": "<h2>About the Author</h2><p>Ann Ray lives by the sea. She has a boat.</p>",
    }
    toc = [("One", "a.xhtml"), ("About the Author", "z.xhtml")]
    book = read(tmp_path, "b.epub", epub(files, toc=toc))
    assert story(book) == [EN]
    assert [c.title for c in book.chapters] == ["One"]


def test_locked_epub_is_refused_but_hidden_fonts_are_not(tmp_path: Path) -> None:
    def encryption(algorithm: str) -> dict[str, bytes | str]:
        return {
            "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData>'
            f'<EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'
        }

    files = {"a.xhtml": f"<p>{EN}</p>"}
    locked = epub(files, extra=encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert "DRM" in refused(tmp_path, "b.epub", locked).problem
    assert story(read(tmp_path, "b.epub", epub(files, extra=encryption("http://www.idpf.org/2008/embedding")))) == [EN]


def test_epub_with_a_missing_chapter_says_which(tmp_path: Path) -> None:
    package = (
        '<package><manifest><item id="a" href="gone.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    error = refused(tmp_path, "b.epub", zipped({"META-INF/container.xml": CONTAINER, "OPS/package.opf": package}))
    assert "OPS/gone.xhtml" in error.problem


def test_epub_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    package = (
        '<package><manifest><item id="a" href="../../etc/x"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    error = refused(tmp_path, "b.epub", zipped({"META-INF/container.xml": CONTAINER, "OPS/package.opf": package}))
    assert "out of it" in error.problem


# ---- archives -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "a/../../evil", "..\\evil", "C:\\evil"])
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    data = epub({"a.xhtml": f"<p>{EN}</p>"}, extra={name: "x"})
    assert "leads out" in refused(tmp_path, "b.epub", data).problem


def test_a_zip_bomb_is_refused_by_its_ratio_before_it_is_unpacked(tmp_path: Path) -> None:
    data = epub({"a.xhtml": f"<p>{EN}</p>"}, extra={"OPS/bomb": b"\0" * (8 << 20)})
    assert len(data) < 100_000
    assert "zip bomb" in refused(tmp_path, "b.epub", data).problem


def test_too_large_and_too_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = epub({"a.xhtml": f"<p>{EN}</p>"})
    monkeypatch.setattr(archive_module, "MAX_UNPACKED", 100)
    assert "unpacks to" in refused(tmp_path, "b.epub", data).problem
    monkeypatch.setattr(archive_module, "MAX_MEMBERS", 2)
    assert "parts" in refused(tmp_path, "b.epub", data).problem


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(epub({"a.xhtml": f"<p>{EN * 50}</p>"}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"OPS/a.xhtml"))
    data[at + 24 : at + 28] = struct.pack("<I", 40)
    refused(tmp_path, "b.epub", bytes(data))


def test_truncated_and_protected_zips_are_refused(tmp_path: Path) -> None:
    data = epub({"a.xhtml": f"<p>{EN * 50}</p>"})
    assert "damaged zip" in refused(tmp_path, "b.epub", data[: len(data) // 2]).problem
    protected = bytearray(data)
    at = protected.find(b"PK\x01\x02")
    protected[at + 8] |= 1
    assert "password" in refused(tmp_path, "b.epub", bytes(protected)).problem


def test_zips_without_one_book_say_what_is_inside(tmp_path: Path) -> None:
    assert "inside: inner.zip" in refused(tmp_path, "b.zip", zipped({"inner.zip": zipped({"a.fb2": b"x"})})).problem
    assert "2 books" in refused(tmp_path, "b.zip", zipped({"a.fb2": b"x", "b.fb2": b"y"})).problem
    assert "no zip file" in refused(tmp_path, "b.epub", EN.encode()).problem


# ---- fb2 and xml --------------------------------------------------------------------------------

FB2_BODY = (
    "<title><p>Анна Рай</p><p>Лампа</p></title><epigraph><p>Свет — это слово.</p><text-author>Старый</text-author></epigraph>"
    f"<section><title><p>Часть первая</p></title><section><title><p>I</p></title><p>{RU}<a l:href='#n1' type='note'>[1]</a></p>"
    f"<subtitle>* * *</subtitle><p>{RU}</p><poem><stanza><v>Чайки летят,</v><v>лодки спешат</v></stanza></poem></section>"
    f"<section><title><p>II</p><p>Море</p></title><p>{RU}</p><empty-line/><p>{RU}</p></section></section>"
)


def test_fb2_says_what_everything_is(tmp_path: Path) -> None:
    book = read(
        tmp_path, "b.fb2", fb2(FB2_BODY, notes="<section id='n1'><title><p>1</p></title><p>Старое слово.</p></section>")
    )
    assert (book.title, book.author, book.language) == ("Лампа", "Анна Рай", "ru")
    assert (book.encoding, book.encoding_from) == ("utf-8", "declaration")
    assert [(c.part, c.title) for c in book.chapters] == [("Часть первая", "I"), ("Часть первая", "II. Море")]
    assert story(book) == [RU, RU, "Чайки летят, лодки спешат", RU, RU]
    assert [p.kind for p in book.chapters[0].paragraphs] == ["prose", "prose", "verse"]
    assert [p.scene_break for c in book.chapters for p in c.paragraphs] == [False, True, False, False, True]
    assert aside(book, "note") == ["1", "Старое слово."]
    assert len(aside(book, "epigraph")) == 2


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_fb2_in_other_encodings_and_zipped(tmp_path: Path, encoding: str) -> None:
    plain = read(tmp_path, "b.fb2", fb2(FB2_BODY))
    other = read(tmp_path, "b.fb2.zip", zipped({"dir/b.fb2": fb2(FB2_BODY, encoding=encoding)}))
    assert other.text == plain.text
    assert other.chapters == plain.chapters


@pytest.mark.parametrize("keep", [0.4, 0.7, 0.95])
def test_a_truncated_fb2_says_in_which_line_it_breaks(tmp_path: Path, keep: float) -> None:
    data = fb2(FB2_BODY.replace("<p>", "\n<p>"))
    text = data.decode()
    cut = text[: int(len(text) * keep)]
    error = refused(tmp_path, "b.fb2", cut.encode())
    assert "breaks off" in error.problem
    assert abs(int(str(error.data["line"])) - (cut.count("\n") + 1)) <= 1


def test_fb2_whose_declared_encoding_is_wrong_names_the_better_one(tmp_path: Path) -> None:
    data = fb2(FB2_BODY).decode().encode("cp1251")
    assert "cp1251" in refused(tmp_path, "b.fb2", data).hint
    assert story(read(tmp_path, "b.fb2", data, encoding="cp1251"))[0] == RU


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused_in_any_disguise(tmp_path: Path, codec: str) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE FictionBook [<!ENTITY a0 "ha">{levels}]><FictionBook><body><p>&a8;</p></body></FictionBook>'
    assert "entities" in refused(tmp_path, "b.fb2", bomb.encode(codec)).problem
    chapter = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xhtml(f"<p>&x; {EN}</p>").split("?>", 1)[1]
    data = epub({"a.xhtml": ""}, extra={"OPS/a.xhtml": chapter.encode(codec)})
    assert "entities" in refused(tmp_path, "b.epub", data).problem


def test_unknown_entities_and_other_xml_are_refused(tmp_path: Path) -> None:
    assert (
        "breaks off or is damaged"
        in refused(tmp_path, "b.fb2", fb2(f"<section><p>&unknown; {RU}</p></section>")).problem
    )
    assert "not a FictionBook" in refused(tmp_path, "b.fb2", b"<?xml version='1.0'?><svg/>").problem


# ---- docx ---------------------------------------------------------------------------------------


def test_docx_headings_breaks_notes_and_deleted_words(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml as make

    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "The Lamp", "Ann Ray"
    document.add_paragraph("The Lamp", style="Title")
    document.add_heading("Chapter One", level=1)
    document.add_paragraph(EN)
    document.add_paragraph("")
    document.add_paragraph("")
    paragraph = document.add_paragraph(EN)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(make(f"<w:del {space}><w:r><w:delText>deleted</w:delText></w:r></w:del>"))
    paragraph._p.append(make(f"<w:r {space}><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"))
    document.add_paragraph("* * *")
    document.add_paragraph(EN)
    document.add_heading("Chapter Two", level=1)
    document.add_paragraph(EN)
    document.save(str(tmp_path / "b.docx"))
    book = read_book(tmp_path / "b.docx")
    check_cover(book)
    assert (book.title, book.author, book.format) == ("The Lamp", "Ann Ray", "docx")
    assert [c.title for c in book.chapters] == ["Chapter One", "Chapter Two"]
    assert story(book) == [EN] * 4
    assert [p.scene_break for p in book.chapters[0].paragraphs] == [False, True, True]


def test_docx_without_styles_goes_by_its_words(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for words in ("The Lamp", "by Ann Ray", "Chapter 1", EN, EN, "Chapter 2", EN):
        document.add_paragraph(words)
    document.save(str(tmp_path / "b.docx"))
    book = read_book(tmp_path / "b.docx")
    check_cover(book)
    assert [c.title for c in book.chapters] == ["Chapter 1", "Chapter 2"]
    assert story(book) == [EN] * 3
    assert (book.title, book.author) == ("The Lamp", "Ann Ray")


# ---- files that are no books --------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"), (b" \n\t\r\n", "is empty"), (b"\xef\xbb\xbf", "is empty"), (PNG, "PNG picture"), (b"\xff\xd8\xff\xe0JFIF" + bytes(99), "JPEG picture"),
        (b"%PDF-1.7\n" + EN.encode(), "a PDF"), (b"{\\rtf1 x}", "rich text"), (b"<!DOCTYPE html><html></html>", "web page"),
        (bytes(range(1, 32)) * 50, "not text"), (b"\0" * 500, "not text"), (b"12345 67890 " * 20, "hardly any letters"),
        (b"word list without any stop at all", "no sentence"), (b"Hello.", "no sentence"),
    ],
)  # fmt: skip
def test_what_is_no_book_is_refused_with_its_own_words(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, "book.txt", data).problem


def test_missing_folders_and_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BookError, match="no file"):
        read_book(tmp_path / "gone.txt")
    with pytest.raises(BookError, match="is a folder"):
        read_book(tmp_path)
    with pytest.raises(BookError, match="cannot be opened"):
        read_book(tmp_path / ("x" * 5000))
    with pytest.raises(BookError):
        read_book("bad\0name")
    path = tmp_path / "b.txt"
    path.write_text(EN)
    monkeypatch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(BookError, match="Permission denied"):
        read_book(path)


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    with path.open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(BookError, match="64 MiB"):
        read_book(path)


def test_the_bytes_decide_not_the_name(tmp_path: Path) -> None:
    assert read(tmp_path, "b.txt", epub({"a.xhtml": f"<p>{EN}</p>"})).format == "epub"
    assert read(tmp_path, "b.txt", fb2(FB2_BODY)).format == "fb2"
    assert "PNG" in refused(tmp_path, "b.epub", PNG).problem
