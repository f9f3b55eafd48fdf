"""Papers with Code's tables of tasks: a CSV file with one task a row, and a JSON tree of tasks and their subtasks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import DataError

from .csv_rows import header_of, records_of
from .packed_files import clean, head_of, read_json, read_text
from .tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["domain_of", "is_task_table", "is_task_tree", "read_task_table", "read_task_tree"]

_DOMAIN = re.compile(r"(?:^|[^a-z])(cv|nlp|audio|other)(?:[^a-z]|$)", re.IGNORECASE)
_LISTS = {
    "datasets": "common datasets",
    "benchmarks": "benchmarks",
    "metrics": "sota metrics",
    "subtasks": "subtasks",
    "areas": "categories",
}


def is_task_table(path: Path) -> bool:
    """Whether a file is CSV that begins with the columns of a table of tasks."""
    header = set(_names(header_of(head_of(path, 2000))))
    return "dataset count" in header and bool({"task name", "task"} & header)


def _names(header: list[str]) -> list[str]:
    """Columns without what stands in brackets: those numbers differ between tables."""
    return [name.partition("(")[0].strip().casefold() for name in header]


def is_task_tree(path: Path) -> bool:
    """Whether a file is JSON that begins with a tree of tasks."""
    head = head_of(path)
    return head.lstrip().startswith("{") and ('"hierarchical_tasks"' in head or '"standalone_tasks"' in head)


def domain_of(path: Path) -> str | None:
    """The domain that a file's name tells: cv, nlp, audio or other."""
    found = _DOMAIN.search(path.name)
    return found[1].lower() if found else None


def read_task_table(path: Path) -> Iterator[dict[str, Any] | str]:
    """The tasks of a table one by one: task, dataset_count, description and tuples of names; or why a row is none."""
    text, cut = read_text(path), Tally(path.name)
    rows = list(records_of(text, path.name, cut))
    names = _names(header_of(text))
    yield from cut.set_aside
    for told in rows:
        row = dict(zip(names, told, strict=False))
        task, count = _told(row.get("task name", row.get("task"))), clean(row.get("dataset count")) or ""
        if task is None:
            yield "no name"
            continue
        yield {
            "task": task,
            "dataset_count": int(count) if count.isascii() and count.isdigit() and len(count) < 10 else None,
            "description": _told(row.get("description")),
            **{name: _parts(row.get(column)) for name, column in _LISTS.items()},
        }


def _told(cell: object) -> str | None:
    text = clean(cell)
    return None if text == "N/A" else text


def _parts(cell: object) -> tuple[str, ...]:
    return tuple(part for raw in (_told(cell) or "").split("; ") if (part := raw.strip(" ;")))


def read_task_tree(path: Path) -> tuple[str | None, list[dict[str, Any] | str]]:
    """The domain of a tree, and its tasks one by one from the root: task, parent, depth (1 at a root), and so on.

    A task that stands under several parents comes once for each. Raises DataError for a file of another shape.
    """
    tree = read_json(path)
    if not isinstance(tree, dict) or not all(isinstance(tree.get(name, []), list) for name in _BRANCHES):
        raise DataError(
            f"{path.name} is no tree of tasks.",
            hint="Give a file such as cv_hierarchy.json.",
            path=str(path),
        )
    tasks: list[dict[str, Any] | str] = []
    waiting: list[tuple[Any, str | None, int]] = [
        (node, None, 1) for name in reversed(_BRANCHES) for node in reversed(tree.get(name, []))
    ]
    while waiting:
        node, parent, depth = waiting.pop()
        name = clean(node.get("name")) if isinstance(node, dict) else None
        if name is None:
            tasks.append("no name" if isinstance(node, dict) else "not a record")
            continue
        tasks.append(_task(node, name, parent, depth))
        children = node.get("children")
        waiting += [(child, name, depth + 1) for child in reversed(children if isinstance(children, list) else [])]
    domain = tree.get("domain")
    return (domain.casefold() if isinstance(domain, str) else domain_of(path)), tasks


_BRANCHES = ("hierarchical_tasks", "standalone_tasks")


def _task(node: dict[str, Any], name: str, parent: str | None, depth: int) -> dict[str, Any]:
    count = node.get("dataset_count")
    return {
        "task": name,
        "parent": parent,
        "depth": depth,
        "dataset_count": count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None,
        "description": clean(node.get("description")),
        "benchmarks": _strings(node.get("benchmarks")),
        "metrics": _strings(node.get("metrics")),
    }


def _strings(value: object) -> tuple[str, ...]:
    return tuple(text for item in value if (text := clean(item))) if isinstance(value, list) else ()
