"""OMDb: texts for numbers, errors in an HTTP 200, and the client that counts the day's requests."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_files import PLANTED, FakeTime, Service, body, cut, drop, files_tell, hang, page, told_by

from bookfilm_nb.errors import ChoiceError, DataError, MissingPartError, ProviderError
from bookfilm_nb.movies.sources import omdb, tmdb
from bookfilm_nb.movies.sources.omdb_records import minutes, money, written_from_book
from bookfilm_nb.settings import Secret

if TYPE_CHECKING:
    from pathlib import Path

FILM = {
    "Title": "The Glass Lighthouse", "Year": "1979", "Rated": "PG", "Released": "25 May 1979", "Runtime": "121 min",
    "Genre": "Drama, Sci-Fi, Film-Noir", "Director": "A. Maker", "Writer": "A. Maker (screenplay), B. Teller (novel)",
    "Actors": "A. Player", "Plot": "A keeper waits.", "Language": "Russian, English", "Country": "Soviet Union, France",
    "Awards": "N/A", "Poster": "N/A", "Ratings": [{"Source": "Internet Movie Database", "Value": "7.5/10"}],
    "Metascore": "N/A", "imdbRating": "7.5", "imdbVotes": "12,345", "imdbID": "tt0070010", "Type": "movie",
    "DVD": "N/A", "BoxOffice": "$1,234,567", "Production": "N/A", "Website": "N/A", "Response": "True",
}  # fmt: skip
ITEM = {"Title": "The Glass Lighthouse", "Year": "1979", "imdbID": "tt0070010", "Type": "movie", "Poster": "N/A"}


def write(folder: Path, **files: object) -> Path:
    for name, data in files.items():
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return folder


def one(folder: Path, **changed: object) -> dict[str, Any]:
    loaded = omdb.load(write(folder, film={**FILM, **changed}))
    return {name: None if pd.isna(value) else value for name, value in loaded.table.iloc[0].items()}


def test_texts_become_numbers(tmp_path: Path) -> None:
    film = one(tmp_path)
    assert film == {
        "title": "The Glass Lighthouse", "year": 1979, "runtime_min": 121.0, "genres": "drama|sci-fi|film-noir",
        "rating": 7.5, "votes": 12345, "budget": None, "revenue": 1234567.0, "language": "Russian",
        "countries": "Soviet Union|France", "adapted_from_book": True, "overview": "A keeper waits.", "keywords": None,
        "source": "omdb", "source_id": "tt0070010",
    }  # fmt: skip


def test_what_is_not_available_is_unknown_and_counted(tmp_path: Path) -> None:
    columns = (
        "Year", "Runtime", "Genre", "imdbRating", "imdbVotes", "BoxOffice", "Language", "Country", "Plot", "Writer",
    )  # fmt: skip
    film = one(tmp_path, **dict.fromkeys(columns, "N/A"), Ratings=[])
    assert {name for name, value in film.items() if value is not None} == {"title", "source", "source_id"}
    loaded = omdb.load(tmp_path)
    assert loaded.report.tables[0].unknown == dict.fromkeys(
        ("year", "runtime_min", "genres", "rating", "votes", "revenue", "language", "countries", "overview"), 1
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("136 min", 136), ("1,440 min", 1440), ("1 h 30 min", 90), ("2 h", 120), ("1h 5m", 65), ("1 hr 5 mins", 65),
     ("90", 90), ("58 minutes", 58), ("0 min", None), ("", None), ("N/A", None), ("S min", None), ("-5 min", None),
     ("12 sec", None), ("2:05", None), ("1 h 30 min extra", None)],
)  # fmt: skip
def test_minutes(text: str, value: int | None) -> None:
    assert minutes(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("$389,804,217", 389804217), ("$1", 1), ("US$5,000", 5000), ("$1,000.50", 1000.5), ("$0", None), ("£5,000", None),
     ("N/A", None), ("", None), ("$", None), ("$,", None), ("5000", None)],
)  # fmt: skip
def test_money(text: str, value: float | None) -> None:
    assert money(text) == value


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_number_or_unknown(text: str) -> None:
    for read in (minutes, money):
        value = read(text)
        assert value is None or 0 < value < float("inf")


@settings(deadline=None)
@given(st.integers(1, 10**9))
def test_every_sum_and_length_is_read_back(number: int) -> None:
    assert money(f"${number:,}") == number
    if number < 100_000:
        assert minutes(f"{number:,} min") == minutes(f"{number} min") == number


@pytest.mark.parametrize(
    ("writers", "book"),
    [("A (novel)", True), ("A (screenplay), B (based on the book by)", True), ("A (short story \"X\")", True),
     ("A (from the novella by)", True), ("A (memoir)", True), ("A (NOVEL)", True), ("A (Novelist)", False),
     ("A (story)", False), ("A (screenplay)", False), ("A (comic book)", False), ("A (graphic novel)", False),
     ("A (based on the Marvel comics by)", False), ("A (musical book)", False), ("Book Novel", False), ("", False),
     ("A (graphic novel), B (novel)", True), ("A (characters from the novels)", True)],
)  # fmt: skip
def test_which_notes_tell_of_a_book(writers: str, book: bool) -> None:
    assert written_from_book(writers) is book


def test_no_note_is_not_no_book(tmp_path: Path) -> None:
    assert one(tmp_path, Writer="A. Maker (screenplay)")["adapted_from_book"] is None


@pytest.mark.parametrize("year", ["1992–1995", "1992-1995", "1992–", "1992â€“1995", 1992])
def test_years_of_any_shape(tmp_path: Path, year: object) -> None:
    assert one(tmp_path, Year=year)["year"] == 1992
    repaired = omdb.load(tmp_path).report.tables[0].repaired
    assert dict(repaired) == ({} if year == 1992 else {"a range of years, its first taken": 1})


def test_the_rating_is_found_in_the_list_of_ratings_too(tmp_path: Path) -> None:
    assert one(tmp_path, imdbRating="N/A")["rating"] == 7.5
    assert one(tmp_path, imdbRating="N/A", Ratings=[{"Source": "Rotten Tomatoes", "Value": "90%"}])["rating"] is None
    assert one(tmp_path, imdbRating="85", Ratings="none")["rating"] is None


def test_a_copy_that_went_through_a_database(tmp_path: Path) -> None:
    fields = {
        "title": "The Glass Lighthouse", "year": 1979, "runtime": "121 min", "genre": ["Drama", "War"],
        "imdb_rating": "7.5", "imdb_votes": 12345, "imdb_id": "tt0070010", "box_office": "N/A", "writer": "B (novel)",
        "rated": None, "plot": None,
    }  # fmt: skip
    loaded = omdb.load(write(tmp_path, dump=[{"model": "m.film", "pk": 1, "fields": fields}]))
    film = loaded.table.iloc[0]
    assert (film["year"], film["runtime_min"], film["votes"], film["genres"]) == (1979, 121, 12345, "drama|war")
    assert bool(film["adapted_from_book"])
    assert dict(loaded.report.tables[0].unknown) == {"revenue": 1}


def test_a_search_page_and_a_title_are_one_film(tmp_path: Path) -> None:
    search = {
        "Search": [
            ITEM, {**ITEM, "imdbID": "tt0070011", "Year": "1992–1995", "Type": "series"},
            {**ITEM, "imdbID": "tt0070012", "Type": "game"}, {**ITEM, "imdbID": "tt0070013", "Type": "episode"},
            {key: value for key, value in {**ITEM, "imdbID": "tt0070014"}.items() if key != "Type"},
            {**ITEM, "imdbID": "tt0070015", "Title": "N/A"}, {**ITEM, "imdbID": "tt0070016", "Title": "None"},
        ],
        "totalResults": "7", "Response": "True",
    }  # fmt: skip
    loaded = omdb.load(
        write(tmp_path, a_search=search, b_title=FILM, c_again={**search, "totalResults": 7, "Search": [ITEM]})
    )
    assert loaded.table["source_id"].to_list() == ["tt0070010", "tt0070014", "tt0070016"]
    assert loaded.table["runtime_min"].notna().to_list() == [True, False, False]
    assert [(t.rows_in, t.rows_out) for t in loaded.report.tables] == [(7, 2), (1, 1), (1, 0)]
    assert dict(loaded.report.tables[0].set_aside) == {
        "a series": 1, "a game": 1, "an episode": 1, "a film without a title": 1,
        "the same film again, put together with it": 1,
    }  # fmt: skip


@pytest.mark.parametrize("response", [{"Response": "False"}, {}, {"Response": False}])
def test_an_error_in_a_file_is_no_film(tmp_path: Path, response: dict[str, object]) -> None:
    loaded = omdb.load(write(tmp_path, e={**response, "Error": "Movie not found!"}))
    assert dict(loaded.report.tables[0].set_aside) == {"an error reply: Movie not found!": 1}


def test_the_schema_of_a_reply_is_no_film(tmp_path: Path) -> None:
    schema = {"properties": {"Title": {"type": "string"}, "imdbID": {"type": "string"}, "Response": {"type": "string"}}}
    assert dict(omdb.load(write(tmp_path, s=schema)).report.tables[0].set_aside) == {"a reply without films": 1}


def test_xml_replies(tmp_path: Path) -> None:
    (tmp_path / "film.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><root response="True"><movie title="Маяк &amp; море" year="1979" '
        'runtime="121 min" genre="Drama" imdbRating="7.5" imdbVotes="12,345" imdbID="tt0070010" type="movie" '
        'writer="B (novel)" plot="N/A"/></root>', "utf-8",
    )  # fmt: skip
    (tmp_path / "search.xml").write_text(
        '<root totalResults="2" response="True"><result title="X" year="2001" imdbID="tt0070011" type="movie"/>'
        '<result title="Y" year="2001–" imdbID="tt0070012" type="series"/></root>', "utf-8",
    )  # fmt: skip
    (tmp_path / "error.xml").write_text('<root response="False"><error>Movie not found!</error></root>', "utf-8")
    (tmp_path / "private.txt").write_text("not for others", "utf-8")
    (tmp_path / "evil.xml").write_text(
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{tmp_path}/private.txt">]><root response="False">'
        '<error>no &x;</error><movie title="T" year="2001" imdbID="tt0070013" type="movie"/></root>', "utf-8",
    )  # fmt: skip
    (tmp_path / "cut.xml").write_text('<root response="True"><movie title="T', "utf-8")
    loaded = omdb.load(tmp_path)
    assert loaded.table["title"].to_list() == ["T", "Маяк & море", "X"]
    assert loaded.table["runtime_min"].to_list()[1] == 121
    aside = {table.file: list(table.set_aside) for table in loaded.report.tables if table.set_aside}
    assert aside["error.xml"] == ["an error reply: Movie not found!"]
    assert "not for others" not in str(aside["evil.xml"])
    assert aside["search.xml"] == ["a series"]
    assert aside["cut.xml"][0].startswith("a file that cannot be read: no XML")
    assert omdb.recognises(tmp_path / "film.xml")
    with pytest.raises(DataError, match="no XML"):
        omdb.load(tmp_path / "cut.xml")


def test_replies_written_into_programs(tmp_path: Path) -> None:
    """Nothing of them is run: the call in the Python file would raise."""
    python = f"import nowhere\nnowhere.call()\nREPLY = {FILM!r}\nOTHER = [REPLY, call()]\n"
    (tmp_path / "fixtures.py").write_text(python, "utf-8")
    script = f"export const a = {json.dumps({**FILM, 'imdbID': 'tt0070011'})};\nexport const b = {{ x: 1 }};\n"
    (tmp_path / "mock.ts").write_text(script, "utf-8")
    (tmp_path / "other.js").write_text("const a = { genre: 1 };", "utf-8")
    (tmp_path / "broken.py").write_text('"imdbID": = (', "utf-8")
    loaded = omdb.load(tmp_path)
    assert loaded.table["source_id"].to_list() == ["tt0070010", "tt0070011"]
    assert [(t.file, t.rows_in, t.rows_out) for t in loaded.report.tables] == [
        ("broken.py", 1, 0), ("fixtures.py", 1, 1), ("mock.ts", 1, 1),
    ]  # fmt: skip


def test_packed_files_and_identifiers_of_others(tmp_path: Path) -> None:
    (tmp_path / "f.json.gz").write_bytes(gzip.compress(json.dumps([{**FILM, "imdbID": "70010"}, FILM]).encode()))
    loaded = omdb.load(tmp_path)
    assert loaded.table["source_id"].isna().to_list() == [True, False]
    assert loaded.report.tables[0].repaired == {"an identifier that is not IMDb's, dropped": 1}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*FILM, "imdb_id", "Search", "Error", "error"]), inner, max_size=8)
    ),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("omdb")


@settings(max_examples=60, deadline=None)
@given(data=JSON)
def test_any_json_is_read_with_every_row_accounted_for(scratch: Path, data: object) -> None:
    (scratch / "any.json").write_text(json.dumps(data), "utf-8")
    loaded = omdb.load(scratch / "any.json")
    assert loaded.report.rows_out == len(loaded.table)
    assert loaded.report.rows_in >= 1


def test_it_is_recognised_by_what_is_in_it(tmp_path: Path) -> None:
    for name, data in {"a": FILM, "b": {"imdb_id": "tt1", "box_office": "N/A"}, "c": {"Response": "False"}}.items():
        assert omdb.recognises(write(tmp_path, **{name: data}) / f"{name}.json")
        assert not tmdb.recognises(tmp_path / f"{name}.json")
    assert omdb.recognises(tmp_path)
    assert not omdb.recognises(write(tmp_path, t={"genre_ids": [1], "imdb_id": "tt1"}) / "t.json")


@pytest.mark.shared_data
def test_the_sample_loads_with_every_record_accounted_for(shared_data: Path) -> None:
    folder = shared_data / "sources" / "05_omdb"
    assert omdb.recognises(folder)
    loaded = omdb.load(folder)
    assert loaded.report.rows_out == len(loaded.table) >= 9
    assert loaded.table["adapted_from_book"].sum() >= 4
    assert loaded.table["runtime_min"].max() == 185


# The client


def client(service: Service, folder: Path | None = None, **options: Any) -> omdb.Omdb:
    options = {**FakeTime().options, "timeout_s": 5.0, **options}
    return omdb.Omdb(folder, key=Secret(PLANTED), base_url=service.url, **options)


def searched(numbers: range, total: object) -> dict[str, object]:
    items = [{**ITEM, "imdbID": f"tt{n:07}"} for n in numbers]
    return {"Search": items, "totalResults": total, "Response": "True"}


def test_a_title_by_number_and_by_name(service: Service) -> None:
    service.script("/", body(FILM))
    assert client(service).title("tt0070010")["Runtime"] == "121 min"
    client(service).title(name="Маяк", year=1979)
    assert [asked[1] for asked in service.asked] == [
        {"i": "tt0070010", "plot": "full", "r": "json", "apikey": PLANTED},
        {"t": "Маяк", "y": "1979", "type": "movie", "plot": "full", "r": "json", "apikey": PLANTED},
    ]
    for wrong in ({}, {"imdb_id": "tt0070010", "name": "x"}, {"imdb_id": "70010"}, {"imdb_id": "tt0070010&apikey=x"}):
        with pytest.raises(ChoiceError):
            client(service).title(**wrong)
    assert len(service.asked) == 2


@pytest.mark.parametrize("total", ["25", 25])
def test_a_search_goes_to_its_last_page(service: Service, total: object) -> None:
    pages = [searched(range(n, n + 10), total) for n in (0, 10)] + [searched(range(20, 25), total)]
    service.script("/", *map(body, pages))
    assert len(client(service).search("lighthouse", pages=9)) == 25
    assert [asked[1]["page"] for asked in service.asked] == ["1", "2", "3"]
    with pytest.raises(ChoiceError, match="pages 1 to 100"):
        client(service).search("x", pages=101)


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [(200, "Movie not found!", "title and year"), (200, "Incorrect IMDb ID.", "tt0000000"),
     (200, "Too many results.", "more of the title"), (401, "Invalid API key!", "OMDB_API_KEY"),
     (401, "No API key provided.", "OMDB_API_KEY"), (401, "Request limit reached!", "midnight UTC")],
)  # fmt: skip
def test_an_error_is_one_whatever_its_status(
    service: Service, tmp_path: Path, status: int, said: str, hint: str
) -> None:
    service.script("/", body({"Response": "False", "Error": said}, status))
    with pytest.raises(ProviderError, match=f"{said}.*{hint}") as caught:
        client(service, tmp_path).title("tt0070010")
    told = told_by(caught.value)
    assert PLANTED not in told
    assert caught.value.data["status"] == status
    assert list(tmp_path.glob("*.json")) == []
    assert len(service.asked) == 1


@pytest.mark.parametrize("reply", [[], {"Search": "x"}, {"Search": [1], "totalResults": 1}])
def test_a_reply_of_another_shape_is_an_error(service: Service, reply: object) -> None:
    service.script("/", body(reply))
    with pytest.raises(DataError, match="OMDb gave"):
        client(service).search("x")


def test_what_get_fetches_is_what_load_reads(service: Service, tmp_path: Path) -> None:
    service.script(
        "/",
        drop, body(FILM),
        page("502 Bad Gateway", 502), hang, body(searched(range(3), "3")),
        body({}, 429, Retry_After="1"), cut(FILM), body({**FILM, "imdbID": "tt0000000"}),
        body({"Response": "False", "Error": "Movie not found!"}),
        body({**FILM, "imdbID": "tt0000002"}),
    )  # fmt: skip
    asking = client(service, tmp_path, timeout_s=0.2)
    omdb.get(tmp_path, ids=["tt0070010"], query="lighthouse", client=asking)
    assert len(service.asked) == 10
    assert asking.requests_today == 10
    loaded = omdb.load(tmp_path)
    films = loaded.table.set_index("source_id")["runtime_min"]
    assert films.dropna().to_dict() == {"tt0070010": 121, "tt0000000": 121, "tt0000002": 121}
    # Of the film that was not found there is what the search said
    assert pd.isna(films["tt0000001"])
    assert omdb.recognises(tmp_path)
    assert PLANTED not in files_tell(tmp_path)


def test_what_is_there_is_not_asked_for_again(service: Service, tmp_path: Path) -> None:
    service.script("/", body(FILM))
    for _ in range(2):
        omdb.get(tmp_path, ids=["tt0070010", "tt0070010"], client=client(service, tmp_path))
    assert len(service.asked) == 1
    with pytest.raises(ChoiceError, match="Nothing is asked for"):
        omdb.get(tmp_path, client=client(service, tmp_path))


def test_the_day_ends_before_the_service_refuses(service: Service, tmp_path: Path) -> None:
    service.script("/", body(searched(range(10), "10")), *(body({**FILM, "imdbID": f"tt{n:07}"}) for n in range(10)))
    with pytest.raises(ProviderError, match="Today's 4 requests to OMDb are used up"):
        omdb.get(tmp_path, query="lighthouse", client=client(service, tmp_path, daily_limit=4))
    assert len(service.asked) == 4
    assert omdb.load(tmp_path).table["runtime_min"].notna().sum() == 3
    # The next day goes on where this one stopped
    tomorrow = FakeTime()
    tomorrow.at += 86400
    omdb.get(tmp_path, query="lighthouse", client=client(service, tmp_path, **tomorrow.options))
    assert len(service.asked) == 11


def test_without_a_key_it_is_said_where_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OMDB_API_KEY", raising=False)
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    with pytest.raises(MissingPartError, match=r"OMDB_API_KEY.*omdbapi\.com/apikey"):
        omdb.Omdb()


def test_the_sheet_says_what_the_licence_allows() -> None:
    assert "CC BY-NC" in omdb.SHEET.licence
    assert (omdb.SHEET.commercial_film, omdb.SHEET.key) == ("no", "OMDB_API_KEY")
