"""``bookfilm data``: which sources there are, what they allow, how one gets them, what is in a file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bookfilm_nb.cli import main
from bookfilm_nb.errors import DataError
from bookfilm_nb.movies import sources
from bookfilm_nb.movies.datasheet import DataSheet, comparison
from bookfilm_nb.movies.sources import SOURCES, found_in, imdb, indian, load_found, packaged, recognised, sheets, source
from bookfilm_nb.widgets import loaded_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.movies.table import Loaded

    Run = Callable[..., tuple[int, dict[str, Any]]]

KEYS = ("TMDB_API_KEY", "OMDB_API_KEY", "KAGGLE_API_TOKEN", "GITHUB_TOKEN")
PLANTED = "planted0key1that2nobody3may4see5"
INDIAN = (
    "Name,Year,Duration,Genre,Rating,Votes,Director,Actor 1,Actor 2,Actor 3\n"
    "Chaand,(1999),102 min,Drama,6.5,12,A. Rao,B. Rao,,\n"
    'Tara,-2004,90 min,"Comedy, Drama",7,"1,200",C. Sen,,,\n'
    ",(2010),80 min,Drama,5,10,D. Das,,,\n"
)
OMDB = {
    "Title": "The Clock", "Year": "2004", "Runtime": "96 min", "Genre": "Mystery", "imdbRating": "7.0",
    "imdbVotes": "1,234", "imdbID": "tt0300001", "Type": "movie", "Response": "True", "Plot": "N/A",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobodys_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without .env, and an environment without keys."""
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@cache
def packaged_once() -> Loaded:
    return packaged.load()


@pytest.fixture
def quick_packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packaged tables, read once for all tests that ask for them."""
    tables = packaged_once()
    monkeypatch.setattr(packaged, "load", lambda: tables)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """A task run with --json: its exit code and the one object that it printed."""

    def told(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
        code = main(["data", *map(str, arguments), "--json"])
        out = capsys.readouterr().out
        assert out.endswith("\n")
        assert out.count("\n") == 1
        found: dict[str, Any] = json.loads(out)
        return code, found

    return told


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """A folder with a table of India's films, and replies of OMDb one folder down."""
    folder = tmp_path / "downloads"
    (folder / "replies" / "omdb").mkdir(parents=True)
    (folder / "bollywood.csv").write_text(INDIAN, "utf-8")
    for n, title in enumerate(("The Clock", "The Mill")):
        reply = {**OMDB, "Title": title, "imdbID": f"tt030000{n}"}
        (folder / "replies" / "omdb" / f"{n}.json").write_text(json.dumps(reply), "utf-8")
    return folder


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_keeps_the_contract(name: str) -> None:
    module = source(name)
    assert isinstance(module.SHEET, DataSheet)
    assert module.SHEET.name == name
    assert callable(module.recognises)
    assert callable(module.load)
    assert module.SHEET.faults
    assert module.SHEET.answers
    assert module.SHEET.link.startswith("https://")


def test_the_comparison_has_every_source_once() -> None:
    table = comparison(sheets())
    assert list(table.index) == list(SOURCES)
    assert table[["licence", "cost", "geography", "freshness"]].notna().all(axis=None)


def test_list_says_what_works_now_and_what_the_rest_needs(run: Run) -> None:
    code, told = run("list")
    rows = {row["source"]: row for row in told["sources"]}
    assert code == 0
    assert list(rows) == list(SOURCES)
    assert rows["packaged"]["ready"]
    assert not rows["tmdb"]["ready"]
    assert "TMDB_API_KEY" in rows["tmdb"]["needs"]
    assert "bookfilm data get imdb" in rows["imdb"]["needs"]
    assert rows["imdb"]["redistribution"] == "no"


def test_a_key_is_seen_but_never_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMDB_API_KEY", PLANTED)
    _, told = run("list")
    tmdb = next(row for row in told["sources"] if row["source"] == "tmdb")
    assert tmdb["ready"]
    assert "environment" in tmdb["needs"]
    assert PLANTED not in json.dumps(told)
    for arguments in (["list"], ["sheet"], ["sheet", "tmdb"], ["get", "tmdb", "--id", "x"]):
        main(["data", *arguments])
        shown = capsys.readouterr()
        assert PLANTED not in shown.out + shown.err


def test_sheet_tells_one_source_in_full_and_all_side_by_side(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run("sheet", "omdb")
    assert code == 0
    assert DataSheet.model_validate(told) == source("omdb").SHEET
    assert [s["name"] for s in run("sheet")[1]["sheets"]] == list(SOURCES)
    assert main(["data", "sheet", "omdb"]) == 0
    text = capsys.readouterr().out
    assert all(fault in text for fault in source("omdb").SHEET.faults)


def test_tables_for_people_name_every_source(capsys: pytest.CaptureFixture[str]) -> None:
    for task in ("list", "sheet"):
        assert main(["data", task]) == 0
        first = {line.split(" ")[0] for line in capsys.readouterr().out.splitlines()}
        assert set(SOURCES) <= first


def test_check_recognises_a_renamed_file_and_tells_every_row(run: Run, downloads: Path) -> None:
    code, told = run("check", downloads / "bollywood.csv")
    assert code == 0
    assert told["source"] == "indian"
    (table,) = told["tables"]
    assert (table["rows_in"], table["rows_out"], sum(table["set_aside"].values())) == (3, 2, 1)
    assert told["rows_in"] == told["rows_out"] + 1
    assert told["years"] == [1999, 2004]
    assert told["films"] == 2
    assert told["known"]["title"] == 1
    assert told["known"]["budget"] == 0


def test_check_prints_the_report_for_people(downloads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(downloads / "bollywood.csv")]) == 0
    text = capsys.readouterr().out
    assert "bollywood.csv: 3 rows in, 2 out" in text
    assert "set aside: 1 (no title)" in text
    assert "tidy table: 2 rows, years 1999 to 2004" in text


def test_check_shows_the_notice_that_a_source_asks_for(downloads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", str(downloads / "replies")]) == 0
    assert source("omdb").SHEET.attribution in capsys.readouterr().out


@pytest.mark.usefixtures("quick_packaged")
def test_check_packaged_needs_no_path(run: Run) -> None:
    code, told = run("check", "packaged")
    assert code == 0
    assert told["films"] > 58_788
    assert told["others"]["ratings"] == 100_004
    assert told["years"][0] < 1900


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("check", "nowhere"), 2, "nowhere"),
        (("check", "notes.txt"), 2, "notes.txt"),
        (("check", "notes.txt", "--source", "indian"), 2, "notes.txt"),
        (("check", "notes.txt", "--source", "netflix"), 2, "netflix"),
        (("sheet", "netflix"), 2, "netflix"),
        (("get", "netflix"), 2, "netflix"),
        (("get", "indian"), 2, "By hand"),
        (("get", "pwc_video"), 2, "datasets.json"),
        (("get", "tmdb", "--query", "clock"), 3, "TMDB_API_KEY"),
        (("get", "omdb", "--query", "clock"), 3, "OMDB_API_KEY"),
        (("get", "tmdb", "--id", "tt12"), 2, "tt12"),
        (("get", "tmdb", "--table", "title.basics"), 2, "--table"),
        (("get", "imdb", "--table", "title.nothing"), 2, "title.nothing"),
        (("get", "imdb", "--pages", "two"), 2, "two"),
        (("harvest",), 2, "harvest"),
        ((), 2, "TASK"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, word: str
) -> None:
    (tmp_path / "notes.txt").write_text("Nothing here is a table.\n", "utf-8")
    found, told = run(*arguments)
    assert found == code
    assert word in f"{told['problem']} {told['hint']}"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_get_packaged_has_nothing_to_fetch(run: Run) -> None:
    code, told = run("get", "packaged")
    assert code == 0
    assert told["source"] == "packaged"


def test_get_hands_on_the_options_and_keeps_the_noise_apart(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: dict[str, object] = {}

    def fetch(folder: Path, *, tables: object = (), refresh: bool = False, progress: Any = None) -> Path:
        asked.update(folder=folder, tables=tables, refresh=refresh)
        print("a library that talks")  # noqa: T201
        progress("title.basics.tsv.gz", 1 << 20, 1 << 20)
        return folder

    monkeypatch.setattr(imdb, "get", fetch)
    code, told = run("get", "imdb", "--table", "title.basics", "--refresh")
    assert code == 0
    assert asked == {"folder": Path("movie-data/imdb"), "tables": ["title.basics"], "refresh": True}
    assert told["folder"] == str(tmp_path / "movie-data" / "imdb")
    run("get", "imdb", "--to", "elsewhere")
    assert asked["folder"] == Path("elsewhere")


def test_progress_goes_to_standard_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fetch(folder: Path, *, progress: Any = None) -> Path:
        for done in (1, 2, 3):
            progress("names.gz", done << 20, 3 << 20)
        return folder

    monkeypatch.setattr(imdb, "get", fetch)
    assert main(["data", "get", "imdb"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "names.gz: 3.0 MiB\n"
    assert "bookfilm data check" in shown.out


def test_stopping_keeps_what_was_fetched(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(folder: Path) -> Path:
        folder.mkdir(parents=True)
        (folder / "title.basics.tsv.gz.part").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(imdb, "get", fetch)
    code, told = run("get", "imdb")
    assert code == 130
    assert "again" in told["hint"]
    assert Path("movie-data/imdb/title.basics.tsv.gz.part").read_bytes() == b"half"


def test_a_folder_of_downloads_is_sorted_out(downloads: Path) -> None:
    found = found_in(downloads)
    assert found == (("omdb", downloads / "replies" / "omdb"), ("indian", downloads))
    loaded = {name: sources.load(place, name) for name, place in found}
    assert sorted(loaded["omdb"].table["title"]) == ["The Clock", "The Mill"]
    assert loaded["indian"].table["title"].tolist() == ["Chaand", "Tara"]


@pytest.mark.usefixtures("quick_packaged")
def test_what_is_found_is_loaded_beside_the_packaged_tables(downloads: Path) -> None:
    (downloads / "replies" / "omdb" / "1.json").rename(downloads / "replies" / "1.json")
    loaded, problems = load_found(downloads)
    assert list(loaded) == ["packaged", "omdb", "indian"]
    assert not problems
    assert sorted(loaded["omdb"].table["title"]) == ["The Clock", "The Mill"]
    assert list(load_found(downloads / "none").loaded) == list(load_found().loaded) == ["packaged"]


@pytest.mark.usefixtures("quick_packaged")
def test_a_source_that_cannot_be_read_does_not_hide_the_others(
    downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> None:
        raise DataError("The table is torn.", hint="Mend it.")

    monkeypatch.setattr(indian, "load", broken)
    loaded, problems = load_found(downloads)
    assert list(loaded) == ["packaged", "omdb"]
    assert problems == {"indian": "The table is torn. Mend it."}
    told = loaded_table(loaded, problems)
    assert told.loc["indian", "also"] == "The table is torn. Mend it."
    assert "bookfilm data get imdb" in told.loc["imdb", "also"]
    assert set(told.index) == set(SOURCES)


def test_hidden_folders_and_links_are_not_entered(downloads: Path, tmp_path: Path) -> None:
    (downloads / "replies").rename(tmp_path / "elsewhere")
    (downloads / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "omdb").rename(downloads / ".omdb")
    assert [name for name, _ in found_in(downloads)] == ["indian"]
    with pytest.raises(DataError, match="no folder"):
        found_in(downloads / "bollywood.csv")


def test_nothing_known_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing here is a table.\n", "utf-8")
    assert found_in(tmp_path) == ()
    with pytest.raises(DataError, match="No source knows"):
        recognised(tmp_path)


@pytest.mark.shared_data
def test_every_sample_is_found_where_it_lies(shared_data: Path) -> None:
    found = dict(found_in(shared_data / "sources"))
    assert set(found) == set(SOURCES) - {"packaged"}
    assert found["kaggle"].name == "01_kaggle"
    assert found["tmdb"].name == "04_tmdb"


def test_a_folder_of_several_sources_names_those_that_were_not_read(tmp_path, capsys):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "ratings.tsv").write_text("tconst\taverageRating\tnumVotes\ntt1\t7.0\t9\n", "utf-8")
    head = "Name,Year,Duration,Genre,Rating,Votes,Director,Actor 1,Actor 2,Actor 3\n"
    (tmp_path / "b" / "films.csv").write_text(head + "Lamp,-2019,90 min,Drama,7,12,A,B,C,D\n", "utf-8")
    assert main(["data", "check", str(tmp_path), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    both = {facts["source"], *facts["also_here"], *facts["also_read_as"]}
    assert {"imdb", "indian"} <= both
