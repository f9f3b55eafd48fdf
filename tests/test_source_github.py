"""Tables found under the topic movies-dataset: films of Wikipedia's lists, and books made into films."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.sources import github, packed_files
from bookfilm_nb.movies.sources.based_on import spoken_language, tells_of_book
from bookfilm_nb.movies.table import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

FILMS: list[Any] = [
    {
        "title": "The Quiet Harbour",
        "year": 2011,
        "cast": ["Ann Lee", ")", "Bo Ek", "Ann Lee"],
        "genres": ["Animated", "Science Fiction", "Noir"],
        "href": "The_Quiet_Harbour",
        "extract": "The Quiet Harbour is a 2011 French-language drama film.\n "
        "It is based on the 1999 novel Harbour by A. B. Cee.",
        "thumbnail": "https://example.org/a.jpg",
    },
    {
        "title": "Grey [de]",
        "year": "2012",
        "cast": [],
        "genres": [],
        "href": None,
        "extract": "A film: A &amp; B <i>met</i>.",
    },
    {"title": "Grey [de]", "year": 2012, "cast": [], "genres": [], "href": None},
    {"title": "Undated", "year": "19xx", "cast": ["Cy Dee"], "genres": ["Drama"], "href": "Undated", "extract": ""},
    {"title": "  ", "year": 2013, "cast": [], "genres": []},
    ["not a film"],
]
BOOKS = (
    "Book Title,Author(s),Year Published,Film Name,Release Year,Director\r\n"
    "Harbour,A. B. Cee,1999,Quiet Harbour,2011,Ida Frost\r\n"
    ",,,,,Jon Frost\r\n"
    "Long  Road,Kit Ash,1950,Long Road (part 1),1971,Mia Wolf\r\n"
    ",Rob Oak,,,,\r\n"
    ",,,Long Road (part 2),1972,Mia Wolf\r\n"
    ",,,,,\r\n"
    'Unfilmed,"Ash, Kit",1960,,,\r\n'
    "Torn,Kit Ash,n.d.,Torn,soon,Лев\r\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "some films.json").write_text(json.dumps(FILMS), "utf-8")
    (tmp_path / "books.csv").write_bytes(BOOKS.encode("utf-8-sig"))
    (tmp_path / "other.json").write_text('{"a": 1}', "utf-8")
    return tmp_path


def test_films_of_wikipedia(folder: Path) -> None:
    loaded = github.load(folder / "lists" / "some films.json")
    films = loaded.table
    assert {name: str(dtype) for name, dtype in films.dtypes.items()} == COLUMNS
    assert films["title"].tolist() == ["The Quiet Harbour", "Grey", "Undated"]
    assert films["year"].astype(object).tolist()[:2] == [2011, 2012]
    assert pd.isna(films["year"][2])
    first = films.iloc[0]
    assert (first["genres"], first["language"]) == ("animation|sci-fi|film-noir", "French")
    assert bool(first["adapted_from_book"])
    assert first["source_id"] == "wikipedia:The_Quiet_Harbour"
    assert "film. It is" in first["overview"]
    assert films["overview"][1] == "A film: A & B met."
    assert pd.isna(films["overview"][2])
    # A text without a book does not deny one
    assert films["adapted_from_book"].isna().tolist() == [False, True, True]
    report = loaded.report.tables[0]
    assert (report.rows_in, report.rows_out) == (6, 3)
    assert report.set_aside == {"title, year and page of a film before it": 1, "no title": 1, "not a record": 1}
    assert report.repaired == {
        "cast held signs or repetitions": 1,
        "extract held markup, escapes or line breaks": 2,
        "title ends in a language mark": 1,
    }
    assert report.unknown == {"year": 1, "genres": 1, "overview": 1}
    assert loaded.others["cast"]["person"].tolist() == ["Ann Lee", "Bo Ek", "Cy Dee"]


def test_books_and_their_continued_rows(folder: Path) -> None:
    loaded = github.load(folder / "books.csv")
    books = loaded.others["books"]
    assert books["film"].tolist() == ["Quiet Harbour", "Long Road (part 1)", "Long Road (part 2)", "Torn"]
    assert books["directors"].tolist() == ["Ida Frost|Jon Frost", "Mia Wolf", "Mia Wolf", "Лев"]
    assert books["book"].tolist() == ["Harbour", "Long Road", "Long Road", "Torn"]
    assert books["authors"].tolist() == ["A. B. Cee", "Kit Ash|Rob Oak", "Kit Ash|Rob Oak", "Kit Ash"]
    assert books["published"].astype(object).tolist()[:3] == [1999, 1950, 1950]
    assert loaded.table["adapted_from_book"].eq(other=True).all()
    report = loaded.report.tables[0]
    assert (report.rows_in, report.rows_out) == (8, 4)
    assert sum(report.set_aside.values()) == 4
    assert report.set_aside["a further author or director: joined to the row above"] == 2
    assert report.unknown == {"year": 1}


def test_a_film_of_both_is_one_row(folder: Path) -> None:
    with (folder / "books.csv").open("a", encoding="utf-8") as file:
        file.write("Greys,Kit Ash,1990,GREY,2013,Mia Wolf\r\n")
    assert github.load(folder / "lists").table["adapted_from_book"].isna()[1]
    loaded = github.load(folder)
    assert loaded.table["adapted_from_book"][1]
    assert loaded.table["title"].tolist() == [
        "The Quiet Harbour", "Grey", "Undated", "Long Road (part 1)", "Long Road (part 2)", "Torn",
    ]  # fmt: skip
    assert loaded.others["books"]["source_id"][0] == "wikipedia:The_Quiet_Harbour"
    assert len(loaded.table) == loaded.report.rows_out
    assert loaded.report.tables[1].set_aside["a film that another file has: marked as adapted there"] == 2


def test_the_whole_list_beside_its_decades_counts_once(folder: Path) -> None:
    (folder / "again.json.gz").write_bytes(gzip.compress(json.dumps(FILMS).encode("utf-16")))
    (folder / "lines.json").write_text("\n".join(json.dumps(film) for film in FILMS[:4]), "utf-8-sig")
    loaded = github.load(folder)
    assert len(loaded.table) == 6
    assert loaded.report.rows_in == 6 + 6 + 4 + 8


def test_an_extract_of_something_else_is_no_overview(tmp_path: Path) -> None:
    firm = "Harbour Workshop is a firm based on the novel idea of a book."
    short = "Harbour is a 1915 silent comedy."
    films = [{"title": str(n), "year": 2000, "cast": [], "extract": text} for n, text in enumerate((firm, short))]
    (tmp_path / "a.json").write_text(json.dumps(films), "utf-8")
    loaded = github.load(tmp_path / "a.json")
    assert loaded.table["overview"].isna().tolist() == [True, False]
    assert loaded.table["adapted_from_book"].isna().all()
    assert loaded.report.tables[0].unknown == {"overview": 1}


def test_films_kept_under_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"movies": FILMS, "count": 6}), "utf-8")
    assert github.recognises(tmp_path)
    assert len(github.load(tmp_path / "a.json").table) == 3


HOSTILE: dict[str, bytes] = {
    "empty.json": b"",
    "binary.json": bytes(range(256)) * 20,
    "cut.json": json.dumps(FILMS).encode()[:-40],
    "deep.json": b'[{"title":"a","year":1,"cast":' + b"[" * 200_000,
    "number.json": b'{"title": "x", "year": 1, "cast": [' + b"9" * 10_000 + b"]}",
    "list.json": b"[]",
    "word.json": b'"title year cast"',
    "object.json": b'{"title": "x", "year": 2000, "cast": []}',
    "others.json": b'[{"title": "x"}, {"year": 1}, {"cast": 2}]',
    "cut.json.gz": gzip.compress(json.dumps(FILMS).encode())[:-20],
    "damaged.json.gz": gzip.compress(json.dumps(FILMS).encode())[:60] + b"\0" * 60,
    "pointer.json": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 123456\n",
    "html.csv": b"<!DOCTYPE html><html>404</html>",
    "empty.csv": b"",
    "binary.csv": b"PK\3\4" + bytes(200),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_damaged_and_foreign_files_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    with pytest.raises(DataError) as caught:
        github.load(path)
    assert path.name in caught.value.problem
    assert caught.value.hint
    assert caught.value.data["path"] == str(path)


def test_a_cut_gzip_file_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "a.json.gz").write_bytes(HOSTILE["cut.json.gz"])
    with pytest.raises(DataError, match="cut short"):
        github.load(tmp_path / "a.json.gz")


def test_what_is_no_text_in_unicode_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"title": "A\\ud800B\\u0000", "year": 2000, "cast": []}]', "utf-8")
    assert github.load(tmp_path / "a.json").table["title"].tolist() == ["AB"]


def test_a_pointer_tells_the_size_of_the_real_file(tmp_path: Path) -> None:
    (tmp_path / "movies.json").write_bytes(HOSTILE["pointer.json"])
    with pytest.raises(DataError, match=r"git-LFS pointer.*123,456 bytes.*git lfs pull"):
        github.load(tmp_path / "movies.json")


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(b'[{"title":"a","year":2000,"cast":[]}') + packer.compress(bytes(64 << 20)) + packer.flush()
    (tmp_path / "bomb.json.gz").write_bytes(bomb)
    with pytest.raises(DataError, match="unpacks to more than 16 MiB"):
        github.load(tmp_path / "bomb.json.gz")


def test_missing_and_empty_folders(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        assert not github.recognises(path)
        with pytest.raises(DataError, match="no file of wikipedia-movie-data"):
            github.load(path)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
records = st.fixed_dictionaries(
    {"title": values, "year": values}, optional={"cast": values, "genres": values, "href": values, "extract": values}
)


@settings(max_examples=60, deadline=None)
@given(st.lists(records | values, max_size=6))
def test_any_records_load_with_every_row_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("films") / "f.json"
    path.write_text(json.dumps(rows), "utf-8")
    try:
        loaded = github.load(path)
    except DataError:
        return
    assert len(loaded.table) == loaded.report.rows_out
    assert loaded.report.rows_in == len(rows)
    assert loaded.table["title"].notna().all()


@pytest.mark.parametrize(
    "text",
    [
        "Ash is a 2011 film based on the 1999 novel of the same name by Kit Oak.",
        "It was written by Ann Lee, loosely based upon Kit Oak's memoir Ash.",
        "Ash is a film based on the J. K. Oak novel Ash.",
        "The screenplay was adapted by Ann Lee from the 1999 novella Ash.",
        "It is the second film adaptation of Kit Oak's 1899 short story.",
        "The film, based in part on the book Ash: A Life, stars Ann Lee.",
        "Ash is a sequel to Oak (2009) and is based on the 2010 novel Ash.",
        "It is based on the Ash series of children's books by Kit Oak.",
        "Written by Kit Oak, who adapted his own 1999 novel, it stars Ann Lee.",
        "Ash was directed by Ann Norton, based on the 1999 autobiography by Kit Oak.",
    ],
)
def test_a_book_is_told_of(text: str) -> None:
    assert tells_of_book(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ash is a 2011 film about a man who writes a novel.",
        "Ash is a film based on the comic book of the same name.",
        "Ash is a film based on the graphic novel by Kit Oak.",
        "It is based on the 2003 video game Ash, later retold in a novel.",
        "It is based on the 1980 stage play Ash by Kit Oak, author of several books.",
        "Ash is based on the true story of a boy, later told in the book Oak.",
        "Ash is not based on the novel of the same name.",
        "The film isn't an adaptation of the 1999 novel Ash.",
        "Ash is a remake of the 1971 film, itself based on the novel by Kit Oak.",
        "It is a sequel to the 2010 film Oak, based on Kit Oak's novel.",
        "An earlier adaptation of the novel was made in 1971.",
        "He tries to mount a Broadway adaptation of a short story.",
        "It is based on an original idea by Ann Lee. A novel followed.",
        "It was inspired by the 1850 novel Ash.",
        "She is the author of the novel Ash.",
    ],
)
def test_no_book_is_told_of(text: str) -> None:
    assert not tells_of_book(text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_asked(text: str) -> None:
    assert tells_of_book(text) in {True, False}
    assert spoken_language(text) is None or spoken_language(text)


def test_language_only_where_it_is_told() -> None:
    assert spoken_language("Ash is a 2013 Indian Hindi-language romantic film.") == "Hindi"
    assert spoken_language("Ash is a 2013 French drama film.") is None
    assert spoken_language("Ash is a 2013 English-language remake of a film.") is None
    assert spoken_language("Ash is a film. It is her first English-language film.") is None


def test_walk_stays_in_the_folder_and_passes_over_hidden_files(tmp_path: Path) -> None:
    for name in ("b.json", "a.JSON", ".git/c.json", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in packed_files.walk(tmp_path, ".json")] == ["a.JSON", "b.json"]


@pytest.mark.shared_data
def test_the_samples_load(shared_data: Path) -> None:
    folder = shared_data / "sources" / "07_github"
    assert github.recognises(folder)
    loaded = github.load(folder)
    films, books = loaded.report.tables
    assert (films.rows_in, films.rows_out) == (2512, 2512)
    assert (books.rows_in, len(loaded.others["books"])) == (55, 53)
    assert loaded.table["adapted_from_book"].sum() > 450
    assert len(loaded.table) == loaded.report.rows_out
