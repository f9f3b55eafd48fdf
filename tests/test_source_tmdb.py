"""TMDB: what its replies hold, with every quirk in a record of our own, and the client that records them."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_files import PLANTED, FakeTime, Service, body, cut, files_tell, hang, page, told_by

from bookfilm_nb.errors import ChoiceError, DataError, MissingPartError, ProviderError
from bookfilm_nb.movies.sources import tmdb
from bookfilm_nb.movies.sources.tmdb_records import records
from bookfilm_nb.settings import Secret

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.movies.table import Loaded

ITEM = {
    "id": 7001, "title": "The Glass Lighthouse", "original_title": "Стеклянный маяк", "genre_ids": [18, 9648, 878],
    "release_date": "1979-05-25", "vote_average": 7.5, "vote_count": 120, "overview": "A keeper waits.",
    "original_language": "ru", "popularity": 3.1, "video": False, "adult": False, "poster_path": None,
}  # fmt: skip
DETAILS = {
    "id": 7001, "title": "The Glass Lighthouse", "runtime": 121, "budget": 1000000, "revenue": 2500000,
    "genres": [{"id": 18, "name": "драма"}, {"id": 878, "name": "фантастика"}], "imdb_id": "tt0070010",
    "release_date": "1979-05-25", "vote_average": 7.6, "vote_count": 130, "overview": "A keeper waits for a ship.",
    "original_language": "ru", "production_countries": [{"iso_3166_1": "SU", "name": "Soviet Union"}],
    "production_companies": [{"id": 3, "name": "A studio", "logo_path": None, "origin_country": "SU"}],
    "keywords": {"keywords": [{"id": 818, "name": "based on novel or book"}, {"id": 5, "name": "lighthouse"}]},
    "credits": {"cast": [{"id": 1, "name": "A. Player", "profile_path": None}], "crew": []},
    "recommendations": {"page": 1, "results": [{**ITEM, "id": 7002, "title": "Another"}], "total_pages": 1},
}  # fmt: skip
GENRES = {"genres": [{"id": 18, "name": "Drama"}, {"id": 77777, "name": "Fairy Tale"}]}


def write(folder: Path, **files: object) -> Path:
    for name, data in files.items():
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return folder


def load_one(folder: Path, **changed: object) -> tuple[Loaded, dict[str, Any]]:
    loaded = tmdb.load(write(folder, film={**DETAILS, **changed}))
    return loaded, loaded.table.iloc[0].to_dict()


def test_the_details_of_a_film(tmp_path: Path) -> None:
    loaded, film = load_one(tmp_path)
    assert {name: film[name] for name in ("title", "year", "runtime_min", "genres", "votes", "budget", "revenue")} == {
        "title": "The Glass Lighthouse", "year": 1979, "runtime_min": 121.0, "genres": "drama|sci-fi", "votes": 130,
        "budget": 1e6, "revenue": 2.5e6,
    }  # fmt: skip
    assert film["rating"] == pytest.approx(7.6)
    assert (film["language"], film["countries"], film["source_id"]) == ("ru", "Soviet Union", "7001")
    assert film["adapted_from_book"] is True
    assert film["keywords"] == "based on novel or book|lighthouse"
    assert loaded.others["ids"].to_dict("records")[0] == {"source_id": "7001", "imdb_id": "tt0070010"}
    # The recommended film is a film too, the cast and the studio are none
    assert loaded.table["title"].to_list() == ["The Glass Lighthouse", "Another"]
    assert (loaded.report.rows_in, loaded.report.rows_out) == (2, 2)


def test_unknown_stays_unknown_and_is_counted(tmp_path: Path) -> None:
    loaded, film = load_one(
        tmp_path, runtime=0, budget=0, revenue=0, release_date="", vote_average=0, vote_count=0, overview="", genres=[],
        original_language="xx", production_countries=[], keywords={"keywords": []}, recommendations={},
    )  # fmt: skip
    known = {name for name, value in film.items() if not pd.isna(value)}
    assert known == {"title", "votes", "source", "source_id"}
    assert loaded.report.tables[0].unknown == dict.fromkeys(
        ("year", "runtime_min", "budget", "revenue", "rating", "overview", "genres", "language"), 1
    )
    assert pd.isna(load_one(tmp_path, vote_average=5.0, vote_count=0)[1]["rating"])
    film = load_one(tmp_path, runtime=None, release_date=None)[1]
    assert pd.isna(film["runtime_min"])
    assert pd.isna(film["year"])


@pytest.mark.parametrize(
    ("keywords", "adapted"),
    [([{"id": 818, "name": "по роману"}], True), ([{"id": 1, "name": "Based on Short Story"}], True),
     ([{"id": 1, "name": "based on young adult novel"}], True), ([{"id": 1, "name": "based on comic book"}], False),
     ([{"id": 1, "name": "based on graphic novel"}], False), ([{"id": 1, "name": "novelist"}], False), ([], None),
     ([{"id": 818}], None), ("none", None)],
)  # fmt: skip
def test_which_keywords_tell_of_a_book(tmp_path: Path, keywords: object, adapted: bool | None) -> None:
    film = load_one(tmp_path, keywords={"keywords": keywords})[1]
    told = film["adapted_from_book"]
    assert (None if pd.isna(told) else told) is adapted


def test_numbers_of_genres_are_named_by_any_list_in_the_folder(tmp_path: Path) -> None:
    odd = {**ITEM, "genre_ids": [18, 77777, 99999]}
    loaded = tmdb.load(write(tmp_path, page={"page": 1, "results": [odd]}))
    assert loaded.table["genres"].to_list() == ["drama"]
    assert loaded.report.tables[0].unknown == {"genres": 1}
    loaded = tmdb.load(write(tmp_path, zz_any_name=GENRES))
    assert loaded.table["genres"].to_list() == ["drama|family"]
    # A list in another language does not change the names that are known
    loaded = tmdb.load(write(tmp_path, zz_any_name={"genres": [{"id": 18, "name": "драма"}]}))
    assert loaded.table["genres"].to_list() == ["drama"]


def test_the_genres_of_series_are_not_those_of_films(tmp_path: Path) -> None:
    series = {"genres": [{"id": 10759, "name": "Action & Adventure"}, {"id": 77777, "name": "Soap"}]}
    loaded = tmdb.load(write(tmp_path, tv=series, page={"results": [{**ITEM, "genre_ids": [77777]}]}))
    assert loaded.table["genres"].isna().all()


def test_one_film_in_many_replies_is_one_row_its_details_first(tmp_path: Path) -> None:
    loaded = tmdb.load(
        write(
            tmp_path,
            a_search={
                "page": 1,
                "results": [{**ITEM, "vote_count": 1, "title": "An older title"}, {**ITEM, "id": 7003}],
            },
            b_details={**DETAILS, "overview": "", "keywords": None, "recommendations": {}},
            c_keywords={"id": 7001, "keywords": [{"id": 818, "name": "based on novel or book"}]},
            d_keywords={"id": 9999, "keywords": [{"id": 818, "name": "based on novel or book"}]},
        )
    )
    film = loaded.table.set_index("source_id").loc["7001"]
    assert (film["title"], film["votes"], film["overview"]) == ("The Glass Lighthouse", 130, "A keeper waits.")
    assert bool(film["adapted_from_book"])
    assert len(loaded.table) == 2
    assert [(t.file, t.rows_in, t.rows_out) for t in loaded.report.tables] == [
        ("a_search.json", 2, 1), ("b_details.json", 1, 1), ("c_keywords.json", 1, 0), ("d_keywords.json", 1, 0),
    ]  # fmt: skip


def test_what_is_no_film_is_set_aside_by_reason(tmp_path: Path) -> None:
    mixed = {
        "results": [
            ITEM, {"id": 1, "media_type": "tv", "name": "A series", "genre_ids": [18]},
            {"id": 2, "name": "Series too", "first_air_date": "2001-01-01", "overview": ""},
            {"id": 3, "media_type": "person", "name": "P", "known_for": [{**ITEM, "id": 7004, "media_type": "movie"}]},
            {**ITEM, "id": 7005, "title": " ", "original_title": None},
        ]
    }  # fmt: skip
    loaded = tmdb.load(write(tmp_path, mixed=mixed))
    assert dict(loaded.report.tables[0].set_aside) == {"a series": 2, "a person": 1, "a film without a title": 1}
    assert loaded.report.rows_in == 6
    assert loaded.table["source_id"].to_list() == ["7001", "7004"]


@pytest.mark.parametrize(
    "error",
    [{"status_code": 34, "status_message": "The resource you requested could not be found."},
     {"status_code": 7, "status_message": "Invalid API key", "success": False}, {"errors": ["query must be provided"]}],
)  # fmt: skip
def test_the_three_shapes_of_errors_are_no_films(tmp_path: Path, error: object) -> None:
    assert dict(tmdb.load(write(tmp_path, e=error)).report.tables[0].set_aside) == {"an error reply": 1}


def test_a_thing_done_is_no_error(tmp_path: Path) -> None:
    done = tmdb.load(write(tmp_path, rated={"status_code": 1, "status_message": "Success.", "success": True}))
    assert dict(done.report.tables[0].set_aside) == {"a reply without films": 1}


def test_damaged_files_are_reported_and_the_others_read(tmp_path: Path) -> None:
    write(tmp_path, good=DETAILS, empty={}, text="words", images={"id": 7001, "posters": [{"height": 5}]})
    (tmp_path / "broken.json").write_text('{"id": 1, "title": "x', "utf-8")
    (tmp_path / "deep.json").write_text("[" * 100_000, "utf-8")
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(json.dumps({**ITEM, "id": 7009}).encode()))
    lines = [
        {"adult": False, "id": 8000 + n, "original_title": f"T{n}", "popularity": 1.0, "video": False} for n in range(3)
    ]
    (tmp_path / "export.json").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    loaded = tmdb.load(tmp_path)
    assert len(loaded.table) == 6
    aside = {table.file: list(table.set_aside) for table in loaded.report.tables if table.set_aside}
    assert aside["empty.json"] == aside["text.json"] == aside["images.json"] == ["a reply without films"]
    assert aside["broken.json"][0].startswith("a file that cannot be read: no JSON from line 1")
    assert "nested too deeply" in aside["deep.json"][0]
    with pytest.raises(DataError, match="broken"):
        tmdb.load(tmp_path / "broken.json")
    with pytest.raises(DataError):
        tmdb.load(tmp_path / "nothing.json")
    with pytest.raises(DataError, match="no recorded reply"):
        tmdb.load((tmp_path / "sub").mkdir() or tmp_path / "sub")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*DETAILS, "genre_ids", "results", "media_type", "first_air_date", "status_message", "errors", "name"]
            ),
            inner,
            max_size=8,
        )
    ),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tmdb")


@settings(max_examples=60, deadline=None)
@given(data=JSON)
def test_any_json_is_read_with_every_row_accounted_for(scratch: Path, data: object) -> None:
    (scratch / "any.json").write_text(json.dumps(data), "utf-8")
    loaded = tmdb.load(scratch / "any.json")
    assert loaded.report.rows_out == len(loaded.table)
    assert loaded.report.rows_in >= 1
    assert loaded.table["runtime_min"].dropna().gt(0).all()


def test_it_is_recognised_by_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "a", renamed={"results": [ITEM]})
    write(tmp_path / "b", omdb={"Title": "X", "imdbID": "tt0000001", "Response": "True"})
    assert tmdb.recognises(tmp_path / "a")
    assert tmdb.recognises(tmp_path / "a" / "renamed.json")
    assert not tmdb.recognises(tmp_path / "b")
    assert not tmdb.recognises(tmp_path / "none")


@pytest.mark.shared_data
def test_the_sample_loads_with_every_record_accounted_for(shared_data: Path) -> None:
    folder = shared_data / "sources" / "04_tmdb"
    assert tmdb.recognises(folder)
    loaded = tmdb.load(folder)
    assert loaded.report.rows_out == len(loaded.table) == loaded.table["source_id"].nunique()
    assert len(loaded.table) > 150
    assert loaded.table["genres"].notna().mean() > 0.9
    assert {table.file for table in loaded.report.tables} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*.json")
    }


# The client


def client(service: Service, folder: Path | None = None, key: str = PLANTED, **options: Any) -> tmdb.Tmdb:
    return tmdb.Tmdb(
        folder, key=Secret(key), base_url=service.url, **{**FakeTime().options, "timeout_s": 5.0, **options}
    )


def found(numbers: list[int], number: int, pages: int) -> dict[str, object]:
    return {"page": number, "results": [{**ITEM, "id": n} for n in numbers], "total_pages": pages, "total_results": 9}


def test_pages_are_asked_for_until_the_last(service: Service) -> None:
    service.script("/search/movie", *(body(found([n], n, 3)) for n in (1, 2, 3)))
    assert [item["id"] for item in client(service).search("lighthouse", year=1979, pages=9)] == [1, 2, 3]
    assert [asked[1]["page"] for asked in service.asked] == ["1", "2", "3"]
    assert service.asked[0][1] == {
        "query": "lighthouse", "year": "1979", "page": "1", "language": "en-US", "api_key": PLANTED,
    }  # fmt: skip
    service.script("/discover/movie", body(found([1], 1, 10**9)))
    assert len(client(service).discover(pages=2, vote_count__gte=100)) == 2
    assert service.asked[-1][1]["vote_count.gte"] == "100"
    for pages in (0, 501):
        with pytest.raises(ChoiceError, match="pages 1 to 500"):
            client(service).discover(pages=pages)
    with pytest.raises(ChoiceError, match="needs words"):
        client(service).search(" ")


def test_a_v4_token_goes_into_the_header(service: Service) -> None:
    service.script("/movie/7001", body(DETAILS))
    assert client(service, key="eyJh.eyJz.s1gn").movie(7001)["runtime"] == 121
    assert service.asked[0][1] == {"append_to_response": "keywords", "language": "en-US"}
    assert service.asked[0][2]["Authorization"] == "Bearer eyJh.eyJz.s1gn"


def test_the_three_shapes_of_errors_are_said(service: Service) -> None:
    service.script("/movie/1", body({"status_code": 7, "status_message": "Invalid API key", "success": False}, 401))
    with pytest.raises(ProviderError, match=r"Invalid API key \(code 7\).*Check TMDB_API_KEY") as caught:
        client(service).movie(1)
    told = told_by(caught.value)
    assert PLANTED not in told
    service.script("/movie/2", body({"status_code": 34, "status_message": "could not be found"}, 404))
    with pytest.raises(ProviderError, match=r"could not be found \(code 34\).*nothing with this number"):
        client(service).movie(2)
    service.script("/search/movie", body({"errors": ["query must be provided", "page must be less than 501"]}, 422))
    with pytest.raises(ProviderError, match="query must be provided; page must be less than 501"):
        client(service).search("x")
    service.script("/movie/3", body({"success": False, "status_message": "Denied"}))
    with pytest.raises(ProviderError, match="Denied"):
        client(service).movie(3)
    assert [path for path, _, _ in service.asked] == ["/movie/1", "/movie/2", "/search/movie", "/movie/3"]


@pytest.mark.parametrize("reply", [[], {"results": None}, {"results": [1]}, {"results": {}}])
def test_a_reply_of_another_shape_is_an_error(service: Service, reply: object) -> None:
    service.script("/search/movie", body(reply))
    with pytest.raises(DataError, match="TMDB gave"):
        client(service).search("x")


def test_genres_by_number(service: Service) -> None:
    service.script("/genre/movie/list", body(GENRES), body({"genres": []}))
    assert client(service).genres() == {18: "Drama", 77777: "Fairy Tale"}
    with pytest.raises(DataError, match="without a genre"):
        client(service).genres()


def test_what_get_fetches_is_what_load_reads(service: Service, tmp_path: Path) -> None:
    service.script("/discover/movie", hang, body({"m": 1}, 429, Retry_After="2"), body(found([7001, 7002, 7001], 1, 1)))
    service.script("/movie/7001", cut(DETAILS), body({**DETAILS, "recommendations": {}, "keywords": {"keywords": []}}))
    service.script("/movie/7002", page("Bad gateway", 502), body({**ITEM, "id": 7002, "runtime": 90, "title": "Two"}))
    for _ in range(2):
        tmdb.get(tmp_path, adapted=True, client=client(service, tmp_path, timeout_s=1.0))
    assert len(service.asked) == 3 + 2 + 2
    assert {"with_keywords": "818"}.items() <= service.asked[0][1].items()
    loaded = tmdb.load(tmp_path)
    films = loaded.table.set_index("source_id")
    assert films["runtime_min"].to_dict() == {"7001": 121.0, "7002": 90.0}
    # The details know no keywords, but the list that was asked for is of films with this one
    assert films["adapted_from_book"].all()
    assert tmdb.recognises(tmp_path)
    assert PLANTED not in files_tell(tmp_path)
    assert loaded.report.rows_in == loaded.report.rows_out + sum(
        sum(t.set_aside.values()) for t in loaded.report.tables
    )


def test_get_takes_what_it_is_asked_for(service: Service, tmp_path: Path) -> None:
    for path in ("/search/movie", "/discover/movie"):
        service.script(path, body(found([], 1, 1)))
    service.script("/movie/7001", body(DETAILS))
    tmdb.get(tmp_path, query="lighthouse", year=1979, client=client(service, tmp_path))
    tmdb.get(tmp_path, year=1979, adapted=False, client=client(service, tmp_path))
    tmdb.get(tmp_path, numbers=[7001], client=client(service, tmp_path))
    tmdb.get(tmp_path, client=client(service, tmp_path))
    asked = [(path, {k: v for k, v in sent.items() if "year" in k or "key" in k}) for path, sent, _ in service.asked]
    key = {"api_key": PLANTED}
    assert asked == [
        ("/search/movie", {**key, "year": "1979"}),
        ("/discover/movie", {**key, "primary_release_year": "1979", "without_keywords": "818"}),
        ("/movie/7001", key),
        ("/discover/movie", key),
    ]
    with pytest.raises(ChoiceError, match="filter at once"):
        tmdb.get(tmp_path, query="lighthouse", adapted=True, client=client(service, tmp_path))


def test_replies_are_kept_for_half_a_year(service: Service, tmp_path: Path) -> None:
    service.script("/movie/7001", body(DETAILS))
    time = FakeTime()
    for days in (0, 179, 2):
        time.at += days * 86400
        client(service, tmp_path, **time.options).movie(7001)
    assert len(service.asked) == 2


def test_without_a_key_it_is_said_where_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TMDB_API_KEY", raising=False)
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    with pytest.raises(MissingPartError, match=r"TMDB_API_KEY.*themoviedb\.org/settings/api"):
        tmdb.Tmdb()
    monkeypatch.setenv("TMDB_API_KEY", "from-the-environment")
    assert "from-the-environment" not in repr(vars(tmdb.Tmdb()))


def test_the_notice_and_the_sheet_say_what_the_terms_ask() -> None:
    assert "not endorsed or certified by TMDB" in tmdb.notice()
    assert tmdb.SHEET.attribution == tmdb.notice()
    assert tmdb.SHEET.key == "TMDB_API_KEY"
    assert tmdb.SHEET.commercial_film == "ask the owner"


def test_only_our_own_question_tells_of_a_filter(tmp_path: Path) -> None:
    recorded = {"id": 818, "page": 1, "results": [ITEM]}
    write(tmp_path, recorded=recorded)
    (record,) = records(tmp_path / "recorded.json", {})
    assert "adapted_from_book" not in record.row
    kept = {"bookfilm_reply": 1, "question": {"path": "keyword/818/movies", "params": {}}, "body": recorded}
    write(tmp_path, kept=kept)
    (record,) = records(tmp_path / "kept.json", {})
    assert record.row["adapted_from_book"] is True
