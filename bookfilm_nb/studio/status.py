"""How far a production is: for each stage, what is current, stale or missing, and what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.model import Value
from bookfilm_nb.production import paid_by_stage

from .studio import STAGES

if TYPE_CHECKING:
    from bookfilm_nb.production import Production

__all__ = ["StageStatus", "Status", "status"]


class StageStatus(Value):
    """One stage: pieces finished so far (all versions), work done, and failures."""

    stage: str
    finished: int
    """Different pieces (a line, a shot, a segment) of which at least one version is in the store."""
    versions: int
    """Versions of them that are kept."""
    made: int
    """Times that work was done, from the ledger."""
    failed: int
    seconds: float
    money: float | None
    """US dollars paid; None where the price of a call is not known."""


class Status(Value):
    """A production at a glance."""

    folder: str
    book: str
    film: str
    """Path of the film, empty while there is none."""
    stages: tuple[StageStatus, ...]

    @property
    def next_stage(self) -> str:
        """The first stage of which nothing is finished, or "" where all are."""
        return next((s.stage for s in self.stages if not s.finished), "")


def status(production: Production) -> Status:
    """Read the store and the ledger; makes nothing."""
    ledger = production.store.ledger()
    paid = paid_by_stage(production.store)
    rows = []
    for stage in STAGES:
        work = [row for row in ledger if row.kind == stage]
        finished, versions = production.store.count(stage)
        rows.append(
            StageStatus(
                stage=stage,
                finished=finished,
                versions=versions,
                made=sum(row.outcome == "made" for row in work),
                failed=sum(row.outcome == "failed" for row in work),
                seconds=round(sum(row.seconds for row in work), 3),
                money=paid.get(stage, 0.0),
            )
        )
    film = production.film / "film.mp4"
    return Status(
        folder=str(production.folder),
        book=production.choices.book,
        film=str(film) if film.is_file() else "",
        stages=tuple(rows),
    )
