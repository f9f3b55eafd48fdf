"""A production worked on in a process of its own, which can be stopped at any moment.

Whoever starts it (:class:`bookfilm_nb.widgets.jobs.FilmJob`) reads what it says on standard output, one JSON object a
line, and writes ``stop`` to its standard input; the end of that input means that whoever started it is gone, and is a
stop too. A stop is asked for first. What has not ended half a second later, because it is deep in a long computation,
is killed together with its workers: what is finished is in the store, and a killed run goes on where it was. Only a
paid call that is under way is waited for.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bookfilm_nb.errors import BookfilmError, Cancelled, ChoiceError
from bookfilm_nb.production import Job, Production, Store, Till
from bookfilm_nb.settings import redact

from .finishing import deliver, render
from .making import film_of
from .studio import STAGES, Studio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["command", "main", "work"]

PATIENCE_S = 0.5
"""This long the work may take to end by itself once it was asked to."""

_DOES: Mapping[str, Callable[[Studio], object]] = {
    "read": lambda studio: studio.book,
    "analyse": lambda studio: studio.reading,
    "adapt": lambda studio: studio.screenplay,
    "storyboard": lambda studio: studio.storyboard,
    "voice": lambda studio: studio.voices,
    "shoot": lambda studio: studio.pictures,
    "score": lambda studio: studio.score,
    "cut": lambda studio: studio.timeline,
    "render": render,
    "deliver": deliver,
    "review": film_of,
}


def command(folder: Path, until: str) -> list[str]:
    """The command that works on the production in ``folder`` until this stage is done. Raises ChoiceError."""
    if until not in STAGES:
        raise ChoiceError(f"There is no stage {until!r}.", hint=f"Choose: {', '.join(STAGES)}.", choices=list(STAGES))
    return [sys.executable, "-m", __name__, str(folder), until]


def work(studio: Studio, until: str) -> object:
    """Every stage up to this one, in order; gives back what the last one made."""
    made: object = None
    for stage in STAGES[: STAGES.index(until) + 1]:
        made = _DOES[stage](studio) if stage in _DOES else made
    return made


def main() -> int:
    """Work as the command line says, and tell how far it is."""
    folder, until = Path(sys.argv[1]), sys.argv[2]
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)  # whatever a library prints is a line of the log
        job = Job(lambda stage, done, total: _say(out, stage=stage, done=done, total=total))
        threading.Thread(target=_listen, args=(job, folder, out), daemon=True).start()
        return _end(out, folder, until, job)


def _end(out: TextIO, folder: Path, until: str, job: Job) -> int:
    try:
        production = Production.open(folder)
        with production.locked():
            _say(out, held=os.getpid())
            studio = Studio(production, job)
            work(studio, until)
            _say(out, ended="done", notices=studio.notices)
            return 0
    except Cancelled:
        _say(out, ended="stopped")
        return Cancelled.exit_code
    except BookfilmError as error:
        kind, code = type(error).__name__, error.exit_code
        _say(out, ended="failed", kind=kind, problem=error.problem, hint=error.hint, trace=_trace())
        return code
    except Exception as error:
        kind = type(error).__name__
        _say(out, ended="failed", kind=kind, problem=redact(f"{kind}: {error}"), hint="", trace=_trace())
        return 1


def _trace() -> str:
    return redact(traceback.format_exc())


def _say(out: TextIO, **what: object) -> None:
    out.write(json.dumps(what, ensure_ascii=False) + "\n")
    out.flush()


def _listen(job: Job, folder: Path, out: TextIO) -> None:
    """Wait for a stop, ask the work to end, and end it."""
    sys.stdin.readline()
    job.cancel()
    time.sleep(PATIENCE_S)
    told = 0
    while calls := _under_way(folder):
        if calls != told:
            told = calls
            _say(out, waiting=calls)
        time.sleep(0.2)
    os.killpg(0, signal.SIGKILL)


def _under_way(folder: Path) -> int:
    """Paid calls that have left and not come back."""
    try:
        store = Store(folder / ".store")
        try:
            return sum(call.state == "reserved" and call.high != 0 for call in Till(store).calls())
        finally:
            store.close()
    except BookfilmError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
