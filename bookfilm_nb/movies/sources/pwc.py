"""What remains of Papers with Code, which closed on 24 July 2025: its datasets by modality.

Three sources are made of this: :mod:`.pwc_video`, :mod:`.pwc_audio` and :mod:`.pwc_text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import DataError
from bookfilm_nb.movies.genres import joined
from bookfilm_nb.movies.table import Loaded, LoadReport, TableReport, tidy

from .packed_files import lfs_pointer, walk
from .pwc_datasets import is_dump, is_list, read_dump, read_list
from .pwc_modalities import AUDIO, TEXT, VIDEO, Modality
from .pwc_tasks import domain_of, is_task_table, is_task_tree, read_task_table, read_task_tree
from .tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

__all__ = ["AUDIO", "TEXT", "VIDEO", "Modality", "load", "recognises"]


_ARCHIVE = "huggingface.co/datasets/pwc-archive/datasets"
_DATASETS = {
    "name": "string", "full_name": "string", "year": "Int16", "introduced": "string", "modalities": "string",
    "tasks": "string", "languages": "string", "variants": "string", "licence": "string", "licence_address": "string",
    "papers": "Int64", "paper": "string", "paper_address": "string", "homepage": "string", "loaders": "Int64",
    "warning": "string", "source_id": "string",
}  # fmt: skip
_TASKS = {
    "task": "string", "dataset_count": "Int64", "datasets": "string", "benchmarks": "string", "metrics": "string",
    "subtasks": "string", "areas": "string", "description": "string",
}  # fmt: skip
_TREE = {
    "task": "string", "parent": "string", "depth": "Int16", "dataset_count": "Int64", "benchmarks": "string",
    "metrics": "string", "description": "string",
}  # fmt: skip


@dataclass
class _Gathered:
    """What the files of one load gave so far."""

    modality: Modality
    datasets: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    tree: list[dict[str, Any]] = field(default_factory=list)
    reports: list[TableReport] = field(default_factory=list)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, dict[str, Any]] = field(default_factory=dict)


def recognises(path: Path, modality: Modality) -> bool:
    """Whether this is the dump, a curated list, or a table of tasks of this modality's domain; or a folder with one."""
    return any(_kind(file, modality) is not None for file in _files(path))


def load(path: Path, modality: Modality) -> Loaded:
    """The datasets of one modality, one a row; a dataset of several is in each of the three sources.

    ``path`` is the dump (``datasets.json``, ``.json.gz``, JSON lines, or Parquet where polars is installed), one of the
    site's tables of tasks, a curated list in Markdown, or a folder with any of them. title is the dataset's name, year
    that of its introduction, overview its full name and description, keywords its tasks, source_id the last part of its
    page's address.

    ``others["datasets"]``: the same datasets with modalities, licence, papers, homepage and so on. ``others["tasks"]``:
    one task a row with its datasets, benchmarks and metrics. ``others["hierarchy"]``: the tree of tasks, one place in
    it a row: task, parent, depth. Each is there only if a file has it.

    Raises DataError for a file that is none of these, is damaged, or is a git-LFS pointer in place of the dump.
    In a folder that has other files, a pointer is set aside in the report.
    """
    gathered = _Gathered(modality)
    kinds = [(file, kind) for file in _files(path) if (kind := _kind(file, None))]
    if path.is_file() and not kinds:
        kinds = [(path, "dump")]
    if kinds and all(kind == "pointer" for _, kind in kinds):
        raise _only_a_pointer(kinds[0][0])
    if not kinds:
        raise DataError(
            f"There is nothing of Papers with Code in {path}.",
            hint=f"Give datasets.json.gz from {_ARCHIVE}, or a folder with it.",
            path=str(path),
        )
    # The dump before the lists, which tell less of the same datasets
    for file, kind in sorted(kinds, key=lambda found: list(_READERS).index(found[1])):
        _READERS[kind](file, gathered)
    others = {
        name: _frame(rows, types)
        for name, rows, types, wanted in (
            ("datasets", gathered.datasets, _DATASETS, {"dump", "list"}),
            ("tasks", gathered.tasks, _TASKS, {"table"}),
            ("hierarchy", gathered.tree, _TREE, {"tree"}),
        )
        if wanted & {kind for _, kind in kinds}
    }
    report = LoadReport(source=modality.source, tables=tuple(gathered.reports))
    return Loaded(tidy(_films(gathered.datasets), modality.source), report, others)


def _only_a_pointer(path: Path) -> DataError:
    size = lfs_pointer(path) or 0
    return DataError(
        f"{path.name} is a git-LFS pointer, not the dump itself, which has {size:,} bytes.",
        hint=f"Download the real file from {_ARCHIVE}, or run `git lfs pull` in the repository that it comes from.",
        path=str(path),
        size=size,
    )


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return walk(path, ".json", ".json.gz", ".jsonl", ".parquet", ".csv", ".md") if path.is_dir() else []


def _kind(path: Path, modality: Modality | None) -> str | None:
    """What a file is, of any modality where None is given; None for a file of another domain or of another source."""
    mine = modality is None or domain_of(path) in {modality.domain, None}
    try:
        if "datasets" in path.name.casefold() and lfs_pointer(path) is not None:
            return "pointer"
    except OSError:
        return None
    if is_dump(path):
        return "dump"
    if is_task_table(path):
        return "table" if mine else None
    if is_task_tree(path):
        return "tree" if mine else None
    return "list" if is_list(path) and (modality is None or modality is VIDEO) else None


def _read_pointer(path: Path, gathered: _Gathered) -> None:
    size = lfs_pointer(path) or 0
    tally = Tally(path.name, rows_in=1)
    tally.set_aside[f"a git-LFS pointer, not the file, which has {size:,} bytes: run git lfs pull"] += 1
    gathered.reports.append(tally.report())


def _read_dump(path: Path, gathered: _Gathered) -> None:
    _take(path, read_dump(path), gathered)


def _read_list(path: Path, gathered: _Gathered) -> None:
    _take(path, read_list(path), gathered)


def _take(path: Path, datasets: Iterable[dict[str, Any] | str], gathered: _Gathered) -> None:
    tally = Tally(path.name)
    for dataset in datasets:
        tally.rows_in += 1
        if isinstance(dataset, str):
            tally.set_aside[dataset] += 1
        elif not dataset["modalities"]:
            tally.set_aside["no modality told"] += 1
        elif not gathered.modality.names & {name.casefold() for name in dataset["modalities"]}:
            tally.set_aside["of other modalities"] += 1
        elif (first := _known(dataset, gathered)) is not None:
            for names in ("tasks", "modalities"):
                first[names] = tuple(dict.fromkeys((*first[names], *dataset[names])))
            tally.set_aside["the same dataset again: its tasks are joined to the first"] += 1
        else:
            gathered.datasets.append(dataset)
            gathered.names.setdefault(dataset["name"].casefold(), dataset)
            if dataset["source_id"]:
                gathered.pages[dataset["source_id"]] = dataset
            if dataset["introduced"] and dataset["year"] is None:
                tally.unknown["year"] += 1
    gathered.reports.append(tally.report())


def _known(dataset: dict[str, Any], gathered: _Gathered) -> dict[str, Any] | None:
    """The dataset as an earlier record told it: by its page in the dump, by its name in a list without pages."""
    page = dataset["source_id"]
    if page is None or page.startswith("list:"):
        return gathered.names.get(dataset["name"].casefold())
    return gathered.pages.get(page)


def _read_table(path: Path, gathered: _Gathered) -> None:
    tally, mine = Tally(path.name), domain_of(path) == gathered.modality.domain
    for task in read_task_table(path):
        tally.rows_in += 1
        if isinstance(task, str):
            tally.set_aside[task] += 1
        elif mine or gathered.modality.areas & set(task["areas"]):
            gathered.tasks.append(task)
            tally.unknown.update(name for name in ("description", "areas") if not task[name])
        else:
            tally.set_aside["a task of other areas"] += 1
    gathered.reports.append(tally.report())


def _read_tree(path: Path, gathered: _Gathered) -> None:
    domain, tasks = read_task_tree(path)
    tally = Tally(path.name, rows_in=len(tasks))
    for task in tasks:
        if isinstance(task, str):
            tally.set_aside[task] += 1
        elif domain in {gathered.modality.domain, None}:
            gathered.tree.append(task)
        else:
            tally.set_aside[f"a task of the domain {domain}"] += 1
    gathered.reports.append(tally.report())


_READERS = {
    "pointer": _read_pointer,
    "dump": _read_dump,
    "list": _read_list,
    "table": _read_table,
    "tree": _read_tree,
}


def _films(datasets: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "title": dataset["name"],
            "year": dataset["year"],
            "overview": _overview(dataset),
            "keywords": joined(dataset["tasks"]),
            "language": joined(dataset["languages"]),
            "source_id": dataset["source_id"],
        }
        for dataset in datasets
    ]
    return pd.DataFrame(rows, columns=["title", "year", "overview", "keywords", "language", "source_id"])


def _overview(dataset: dict[str, Any]) -> str | None:
    full, description = dataset["full_name"], dataset["description"]
    named = full if full and full.casefold() != dataset["name"].casefold() else None
    return ": ".join(part for part in (named, description) if part) or None


def _frame(rows: list[dict[str, Any]], types: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    cells = [{name: joined(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()} for row in rows]
    return pd.DataFrame(cells, columns=list(types)).astype(types)
