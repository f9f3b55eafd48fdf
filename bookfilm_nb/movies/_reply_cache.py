"""Replies kept on disk for as long as a service's terms allow; the files are also what a source's ``load`` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bookfilm_nb.model import digest_of
from bookfilm_nb.production import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ._exchange import Json

__all__ = ["MARK", "ReplyCache", "unwrapped"]

MARK = "bookfilm_reply"
"""The field that tells a kept reply from a recorded one."""


def unwrapped(data: Json) -> Json:
    """The body of a reply that :class:`ReplyCache` kept; anything else as it is."""
    return data["body"] if isinstance(data, dict) and data.get(MARK) == 1 and "body" in data else data


@dataclass(frozen=True)
class ReplyCache:
    """One file a reply, named by the digest of the question without its key."""

    folder: Path
    days: float
    """How old a reply may be; older ones are deleted when met."""
    now: Callable[[], float]

    def path(self, question: Mapping[str, Any]) -> Path:
        """Where the reply to this question is kept."""
        return self.folder / f"{digest_of(question)[:40]}.json"

    def get(self, question: Mapping[str, Any]) -> tuple[Json] | None:
        """The reply, in a tuple of one (it may be null); None where there is none, it is damaged or too old."""
        path = self.path(question)
        try:
            kept = json.loads(path.read_text("utf-8"))
            if kept[MARK] != 1 or kept["question"] != question:
                return None
            if self._fresh(kept):
                return (kept["body"],)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        path.unlink(missing_ok=True)
        return None

    def put(self, question: Mapping[str, Any], body: Json) -> None:
        """Keep a reply. Raises OutputError where it cannot be written."""
        fetched = datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="seconds")
        kept = {MARK: 1, "question": question, "fetched": fetched, "body": body}
        write_atomically(self.path(question), json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")

    def forget_old(self) -> int:
        """Delete every reply of the folder that is older than allowed; how many there were."""
        gone = 0
        for path in sorted(self.folder.glob("*.json")):
            try:
                kept = json.loads(path.read_text("utf-8"))
                old = kept[MARK] == 1 and not self._fresh(kept)
            except (OSError, ValueError, KeyError, TypeError, RecursionError):
                continue
            if old:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _fresh(self, kept: Mapping[str, Any]) -> bool:
        """Whether its age is within the days; a date in the future is no age."""
        age = datetime.fromtimestamp(self.now(), UTC) - datetime.fromisoformat(kept["fetched"])
        return timedelta(seconds=-5) <= age <= timedelta(days=self.days)
