"""Papers with Code: the archived dump by modality, the site's tables of tasks, and lists of datasets."""

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
from bookfilm_nb.movies.sources import pwc_audio, pwc_text, pwc_video
from bookfilm_nb.movies.table import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SOURCES = (pwc_video, pwc_audio, pwc_text)


def record(name: str, modalities: list[str] | None, **more: object) -> dict[str, Any]:
    return {
        "url": f"https://paperswithcode.com/dataset/{name.lower()}",
        "name": name,
        "full_name": None,
        "homepage": "https://example.org",
        "description": f"{name} holds\n things.",
        "paper": {"title": f"On {name}", "url": "https://paperswithcode.com/paper/x"},
        "introduced_date": "2019-05-01",
        "warning": None,
        "modalities": modalities,
        "tasks": [{"task": "Scene Detection", "url": "https://paperswithcode.com/task/s"}],
        "languages": ["English", "French"],
        "variants": [name, f"{name}-2"],
        "num_papers": 12,
        "data_loaders": [{"url": "https://example.org/l", "repo": "r", "frameworks": ["none"]}],
        "license_name": "CC BY 4.0",
        "license_url": "https://example.org/licence",
        **more,
    }


DUMP: list[Any] = [
    record("Reels", ["Videos", "Audio", "Texts"], full_name="A Hundred Reels"),
    record("Clips", ["Videos"], introduced_date="unknown", tasks=[], languages=[], license_name=None),
    record("Voices", ["Audio"]),
    record("Stills", ["Images"]),
    record("Bare", []),
    record("Reels", ["Videos", "Audio", "Texts"], tasks=[{"task": "Captioning"}]),
    {"name": "Thin", "full_name": "Thin", "homepage": "", "modalities": ["Texts"]},
    {"full_name": None, "name": " "},
    "not a record",
]
TASKS = (
    "Task Name,Dataset Count,Common Datasets (Top 10),Benchmarks,SOTA Metrics,Subtasks,Categories,"
    "Description (First 200 chars)\n"
    'Scene Detection,12,Reels; Clips,; Reels test,F1; "mAP",N/A,Computer Vision; Audio,"Finds\nscenes..."\n'
    "Plot Questions,3,N/A,N/A,N/A,N/A,N/A,N/A\n"
    ",1,,,,,,\n"
)
TREE = {
    "domain": "cv",
    "hierarchical_tasks": [
        {
            "name": "Scenes",
            "dataset_count": 5,
            "benchmarks": ["B"],
            "metrics": [],
            "description": "",
            "children": [{"name": "Cuts", "children": [{"name": "Dissolves", "children": []}]}, {"children": []}, 7],
        }
    ],
    "standalone_tasks": [{"name": "Alone", "dataset_count": -1}],
}
LIST = """# A list

* Contributions are welcome

## Movies
* **Reels**: A Hundred Reels (ABCD 2018) </br>
[[Paper](https://example.org/a_(b).pdf)][[Homepage](https://example.org/reels)]</br>
*100 films, 2,000 scenes*

*  **Strips & Bits**: Untold </br>
[[Paper]()][[Homepage](https://example.org/strips)] </br>

## Audiovisual Learning
* **Hum** </br> [[Paper](https://example.org/hum.pdf)]
*9 hours*

* **Reels**: A Hundred Reels (ABCD 2018) </br>
"""
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:6ef9\nsize 8418281\n"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "any name.json.gz"
    path.write_bytes(gzip.compress(json.dumps(DUMP).encode()))
    return path


def titles(source: ModuleType, path: Path) -> list[str]:
    return list(source.load(path).table["title"])


def test_each_source_takes_its_modality(dump: Path) -> None:
    assert titles(pwc_video, dump) == ["Reels", "Clips"]
    assert titles(pwc_audio, dump) == ["Reels", "Voices"]
    assert titles(pwc_text, dump) == ["Reels", "Thin"]
    assert all(source.recognises(dump) for source in SOURCES)


def test_a_dataset_in_the_tidy_table(dump: Path) -> None:
    loaded = pwc_video.load(dump)
    assert {name: str(dtype) for name, dtype in loaded.table.dtypes.items()} == COLUMNS
    reels, clips = loaded.table.iloc[0], loaded.table.iloc[1]
    assert (reels["year"], reels["source"], reels["source_id"]) == (2019, "pwc_video", "reels")
    assert reels["overview"] == "A Hundred Reels: Reels holds things."
    assert reels["keywords"] == "Scene Detection|Captioning"
    assert reels["language"] == "English|French"
    assert clips["overview"] == "Clips holds things."
    assert pd.isna(clips["year"])
    assert pd.isna(clips["keywords"])
    assert loaded.table[["genres", "countries", "runtime_min"]].isna().all(axis=None)


def test_every_record_is_accounted_for(dump: Path) -> None:
    report = pwc_video.load(dump).report.tables[0]
    assert (report.rows_in, report.rows_out) == (9, 2)
    assert report.set_aside == {
        "no modality told": 1,
        "no name": 1,
        "not a record": 1,
        "of other modalities": 3,
        "the same dataset again: its tasks are joined to the first": 1,
    }
    assert report.unknown == {"year": 1}


def test_licence_papers_and_homepage(dump: Path) -> None:
    datasets = pwc_video.load(dump).others["datasets"].set_index("name")
    reels = datasets.loc["Reels"]
    assert (reels["licence"], reels["papers"], reels["homepage"]) == ("CC BY 4.0", 12, "https://example.org")
    assert (reels["modalities"], reels["variants"], reels["loaders"]) == ("Videos|Audio|Texts", "Reels|Reels-2", 1)
    assert (reels["paper"], reels["introduced"]) == ("On Reels", "2019-05-01")
    assert pd.isna(datasets.loc["Clips", "licence"])


def test_the_dump_in_other_wrappings(tmp_path: Path, dump: Path) -> None:
    good = [item for item in DUMP if isinstance(item, dict)]
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, good)), "utf-8")
    (tmp_path / "page.json").write_text(json.dumps({"count": 8, "results": good}), "utf-8-sig")
    expected = pwc_text.load(dump).table
    for name in ("lines.jsonl", "page.json"):
        pd.testing.assert_frame_equal(pwc_text.load(tmp_path / name).table, expected)


def test_the_dump_as_parquet(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    rows = [item for item in DUMP[:6] if item["modalities"]]
    polars.DataFrame(rows, strict=False).write_parquet(tmp_path / "datasets.parquet")
    assert titles(pwc_video, tmp_path) == ["Reels", "Clips"]
    (tmp_path / "datasets.parquet").write_bytes(b"PAR1" + bytes(50) + b"PAR1")
    with pytest.raises(DataError, match=r"datasets\.parquet cannot be read as Parquet"):
        pwc_video.load(tmp_path / "datasets.parquet")


def test_tables_of_tasks(tmp_path: Path) -> None:
    path = tmp_path / "cv_tasks_detailed.csv"
    path.write_text(TASKS, "utf-8-sig")
    assert pwc_video.recognises(path)
    assert not pwc_audio.recognises(path)
    loaded = pwc_video.load(path)
    tasks = loaded.others["tasks"]
    assert tasks["task"].tolist() == ["Scene Detection", "Plot Questions"]
    first = tasks.iloc[0]
    assert (first["dataset_count"], first["datasets"], first["benchmarks"]) == (12, "Reels|Clips", "Reels test")
    assert first["description"] == "Finds scenes..."
    assert pd.isna(first["subtasks"])
    assert tasks.iloc[1].drop(["task", "dataset_count"]).isna().all()
    assert loaded.report.tables[0].set_aside == {"no name": 1}
    assert len(loaded.table) == 0
    assert pwc_audio.load(path).others["tasks"]["task"].tolist() == ["Scene Detection"]
    assert len(pwc_text.load(path).others["tasks"]) == 0


def test_a_shorter_table_of_tasks(tmp_path: Path) -> None:
    (tmp_path / "audio_tasks.csv").write_text("Task,Dataset Count\nBeat Tracking,4\n", "utf-8")
    tasks = pwc_audio.load(tmp_path).others["tasks"]
    assert tasks[["task", "dataset_count"]].to_numpy().tolist() == [["Beat Tracking", 4]]


def test_the_tree_of_tasks(tmp_path: Path) -> None:
    (tmp_path / "tree.json").write_text(json.dumps(TREE), "utf-8")
    loaded = pwc_video.load(tmp_path)
    tree = loaded.others["hierarchy"]
    assert tree["task"].tolist() == ["Scenes", "Cuts", "Dissolves", "Alone"]
    assert tree["parent"].fillna("-").tolist() == ["-", "Scenes", "Cuts", "-"]
    assert tree["depth"].tolist() == [1, 2, 3, 1]
    report = loaded.report.tables[0]
    assert (report.rows_in, report.rows_out) == (6, 4)
    assert report.set_aside == {"no name": 1, "not a record": 1}
    assert pwc_text.load(tmp_path).report.tables[0].set_aside["a task of the domain cv"] == 4


def test_a_list_of_datasets(tmp_path: Path) -> None:
    (tmp_path / "videos.md").write_text(LIST, "utf-8")
    datasets = pwc_video.load(tmp_path).others["datasets"].set_index("name")
    assert list(datasets.index) == ["Reels", "Strips & Bits", "Hum"]
    reels = datasets.loc["Reels"]
    assert (reels["full_name"], reels["year"]) == ("A Hundred Reels", 2018)
    assert reels["paper_address"] == "https://example.org/a_(b).pdf"
    assert reels["homepage"] == "https://example.org/reels"
    assert reels["tasks"] == "Movies|Audiovisual Learning"
    assert datasets.loc["Strips & Bits", "homepage"] == "https://example.org/strips"
    assert pd.isna(datasets.loc["Strips & Bits", "paper_address"])
    assert titles(pwc_audio, tmp_path) == ["Hum", "Reels"]
    assert titles(pwc_text, tmp_path) == []
    overview = pwc_video.load(tmp_path).table["overview"]
    assert overview[0] == "A Hundred Reels: 100 films, 2,000 scenes"


def test_a_list_beside_the_dump_adds_only_what_is_new(tmp_path: Path, dump: Path) -> None:
    (tmp_path / "a list.md").write_text(LIST, "utf-8")
    loaded = pwc_video.load(tmp_path)
    assert loaded.table["title"].tolist() == ["Reels", "Clips", "Strips & Bits", "Hum"]
    assert loaded.table["source_id"][0] == "reels"
    assert loaded.report.tables[1].set_aside["the same dataset again: its tasks are joined to the first"] == 2
    assert dump.exists()


@pytest.mark.parametrize("source", SOURCES)
def test_a_pointer_says_where_the_real_file_is(tmp_path: Path, source: ModuleType) -> None:
    path = tmp_path / "datasets.json.gz"
    path.write_bytes(POINTER)
    assert source.recognises(path)
    for place in (path, tmp_path):
        with pytest.raises(DataError, match=r"git-LFS pointer.*8,418,281 bytes.*huggingface\.co/datasets/pwc-archive"):
            source.load(place)


def test_a_pointer_beside_other_files_stands_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "datasets.json.gz").write_bytes(POINTER)
    (tmp_path / "list.md").write_text(LIST, "utf-8")
    pointer, listed = pwc_video.load(tmp_path).report.tables
    assert pointer.rows_out == 0
    assert any("git-LFS pointer" in reason for reason in pointer.set_aside)
    assert listed.rows_out == 3


PACKED = gzip.compress(json.dumps(DUMP).encode())
HOSTILE: dict[str, bytes] = {
    "empty.json": b"",
    "empty.json.gz": b"",
    "binary.json": bytes(range(256)) * 30,
    "cut.json": json.dumps(DUMP).encode()[:-30],
    "cut.json.gz": PACKED[: len(PACKED) // 2],
    "damaged.json.gz": PACKED[:30] + b"\xff" * 40 + PACKED[70:],
    "deep.json": b'[{"full_name":"a","homepage":' + b"[" * 300_000,
    "list.json": b"[]",
    "page.json": b'{"results": []}',
    "names.json": b'[{"name": "Drama", "id": 18}]',
    "word.json": b'"full_name homepage"',
    "numbers.json": b"[1, 2, 3]",
    "others.json": b'[{"full": 1, "homepage": 2}, {"x": "full_name"}]',
    "tree.json": b'{"hierarchical_tasks": 5}',
    "tasks.csv": b"Task Name,Dataset Count\n" + b'"' + b"x" * 200_000 + b"\nBeat Tracking,4\n",
    "word.csv": b"a,b\n1,2\n",
    "note.md": b"# Nothing here\n",
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", HOSTILE)
def test_damaged_and_foreign_files_are_named(tmp_path: Path, name: str, source: ModuleType) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    with pytest.raises(DataError) as caught:
        source.load(path)
    assert path.name in caught.value.problem
    assert caught.value.hint


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    start = json.dumps(DUMP)[:-1].encode()
    bomb = packer.compress(start) + packer.compress(b" " * (40 << 20)) + packer.flush()
    (tmp_path / "datasets.json.gz").write_bytes(bomb)
    with pytest.raises(DataError, match="unpacks to more than"):
        pwc_video.load(tmp_path)


def test_missing_and_empty_folders(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        assert not pwc_video.recognises(path)
        with pytest.raises(DataError, match="nothing of Papers with Code"):
            pwc_video.load(path)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = (
    "url",
    "full_name",
    "homepage",
    "paper",
    "introduced_date",
    "tasks",
    "languages",
    "num_papers",
    "data_loaders",
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        values
        | st.fixed_dictionaries(
            {"name": values, "modalities": values | st.just(["Videos"])}, optional=dict.fromkeys(FIELDS, values)
        ),
        max_size=5,
    )
)
def test_any_records_load_with_every_row_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("pwc") / "d.json"
    path.write_text(json.dumps(rows), "utf-8")
    try:
        loaded = pwc_video.load(path)
    except DataError:
        return
    assert len(loaded.table) == loaded.report.rows_out
    assert loaded.report.rows_in == len(rows)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="*# :[](x)h19\n20-A", max_size=200))
def test_any_list_loads(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("pwc") / "l.md"
    path.write_text(f"{LIST}\n{text}", "utf-8")
    loaded = pwc_video.load(path)
    assert loaded.table["title"].notna().all()
    assert len(loaded.table) == loaded.report.rows_out >= 3


def test_sheets_differ_in_what_they_take() -> None:
    assert [source.SHEET.name for source in SOURCES] == ["pwc_video", "pwc_audio", "pwc_text"]
    assert len({source.SHEET.answers[0] for source in SOURCES}) == 3
    assert all("8,418,281" in source.SHEET.size for source in SOURCES)


@pytest.mark.shared_data
def test_the_samples_load(shared_data: Path) -> None:
    folder = shared_data / "sources" / "08_10_paperswithcode"
    rows = {}
    for source in SOURCES:
        loaded = source.load(folder)
        assert any("git-LFS pointer" in reason for table in loaded.report.tables for reason in table.set_aside)
        rows[source.SHEET.name] = len(loaded.table)
        assert loaded.table["title"].notna().all()
    assert rows == {"pwc_video": 220, "pwc_audio": 24, "pwc_text": 36}
    video = pwc_video.load(folder)
    assert len(video.others["tasks"]) == 2275
    assert len(video.others["hierarchy"]) == 3038
