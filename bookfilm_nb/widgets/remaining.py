"""How long a film will still take, from the seconds in its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.production import cores
from bookfilm_nb.studio import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.production import Production

__all__ = ["Pace", "pace_of"]

USUAL_S = {
    "read": 0.1, "analyse": 0.3, "adapt": 2.0, "storyboard": 0.1, "voice": 2.0, "shoot": 3.0, "score": 2.5,
    "cut": 0.1, "render": 7.0, "deliver": 0.5, "review": 1.5,
}  # fmt: skip
"""Seconds a stage takes for a minute of film of 854 × 480 on 2 cores, measured on the story that ships."""
_USUAL_PIXELS = 854 * 480
_BY_PIXELS = {"shoot", "render", "review"}


class Pace(NamedTuple):
    """What stages usually take, and what they took here."""

    usual_s: Mapping[str, float]
    """For a film of this length and size."""
    piece_s: Mapping[str, float]
    """Seconds a piece of a stage took in this production, by its ledger, over all processors."""

    def remaining_s(self, until: str, stage: str, done: int, total: int, spent_s: float) -> float | None:
        """Seconds left until ``until`` is done, ``done`` of ``total`` pieces of ``stage`` being finished.

        What this run took so far tells how this machine compares with the usual.
        """
        if stage not in STAGES or until not in STAGES or not self.usual_s:
            return None
        here, last = STAGES.index(stage), STAGES.index(until)
        behind = sum(self.usual_s.get(s, 0.0) for s in STAGES[:here])
        share = done / total if total else 1.0
        now = self.usual_s.get(stage, 0.0)
        if stage in self.piece_s and total:
            now = self.piece_s[stage] * total / max(1, min(cores(), total))
        ahead = sum(self.usual_s.get(s, 0.0) for s in STAGES[here + 1 : last + 1])
        expected = behind + now * share
        slow = min(8.0, max(0.125, spent_s / expected)) if behind and spent_s > 2.0 else 1.0
        return max(0.0, now * (1 - share) + ahead) * slow


def pace_of(production: Production) -> Pace:
    """The pace of a production, from its choices and its ledger."""
    width, height = production.choices.frame
    pixels = width * height / _USUAL_PIXELS
    minutes = production.choices.minutes
    usual = {s: seconds * minutes * (pixels if s in _BY_PIXELS else 1.0) for s, seconds in USUAL_S.items()}
    spent: dict[str, list[float]] = {}
    for row in production.store.ledger():
        if row.outcome == "made":
            spent.setdefault(row.kind, []).append(row.seconds)
    return Pace(usual, {stage: sum(seconds) / len(seconds) for stage, seconds in spent.items()})
