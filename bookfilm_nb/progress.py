"""Progress in a terminal: one bar a stage."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bookfilm_nb.production import Progress

__all__ = ["told"]


@contextlib.contextmanager
def told(*, quiet: bool) -> Iterator[Progress]:
    """A listener that draws bars on standard error, or writes a line a stage where that is no terminal."""
    if quiet:
        yield _lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<11}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, object] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or 1)
            bars.update(tasks[stage], completed=done if total else 1, total=total or 1)  # type: ignore[arg-type]

        yield tell


def _lines(stage: str, done: int, total: int) -> None:
    if done == total:
        sys.stderr.write(f"{stage}: {total} done\n")
