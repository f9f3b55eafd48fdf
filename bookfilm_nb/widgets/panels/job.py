"""Making the film: start, watch, stop, go on."""

from __future__ import annotations

import contextlib
import threading
from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from bookfilm_nb.errors import BookfilmError
from bookfilm_nb.production import Production
from bookfilm_nb.studio import STAGES, status
from bookfilm_nb.studio.estimate import all_free, estimate_film
from bookfilm_nb.studio.looking import NotYetError, holder, look
from bookfilm_nb.widgets.jobs import FilmJob, running_job
from bookfilm_nb.widgets.terms import decimal
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row, wide
from .latest import Latest
from .prices import priced

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["JobPanel"]

_LINES = 60


class JobPanel(Panel):
    """Runs the stages in a process of their own. How far the film is, it finds from the production."""

    title = "job.title"

    def __init__(self, out: str | Path, until: str = "review") -> None:
        """``out`` is the production's folder, ``until`` the stage up to which the film is made."""
        self.until = ipywidgets.Dropdown(
            options=[(say(f"stage.{stage}"), stage) for stage in STAGES],
            value=until,
            description=say("job.until"),
            **wide("220px"),
        )
        self.begin = button("job.start", lambda: self.attempt(self.start), style="primary")
        self.halt = button("job.stop", self.stop, style="warning")
        self.again = button("refresh", self.refresh)
        self.job: FilmJob | None = None
        """The job that runs, or that ran last here."""
        self._price = ipywidgets.HTML()
        self._pricing: Latest[None] = Latest(self._reckon)
        self._turning = threading.RLock()
        """Held while a job is taken up or let go: another panel may have this one refreshed as Start is pressed."""
        self._bar = ipywidgets.HTML()
        self._log = ipywidgets.HTML()
        super().__init__(out, [self._price, row(self.until, self.begin, self.halt, self.again), self._bar, self._log])
        self.until.observe(lambda _: self.show_code(), "value")

    @property
    def code(self) -> str:
        """Making the film in a cell that waits, the kernel free."""
        return (
            "from bookfilm_nb.widgets.jobs import FilmJob\n"
            f"job = FilmJob({str(self.folder)!r}, until={self.until.value!r}).start()\n"
            "await job"
        )

    def settled(self, timeout_s: float = 30) -> bool:
        """Wait until the job has ended and its price is told; whether that is so."""
        return (self.job is None or self.job.wait(timeout_s)) and self._pricing.wait(timeout_s)

    def show(self) -> None:
        """How far the production is; a job of this kernel that runs is taken over."""
        self._pricing.ask(None)
        with self._turning:
            job = running_job(self.folder)
            if job is not None:
                self._follow(job)
                return
            self.job = None
            self._idle_now()
        production = Production.open(self.folder)
        try:
            found = status(production)
        finally:
            production.store.close()
        if holder(self.folder):
            self.fails(*self.held())
        made = sum(stage.finished for stage in found.stages)
        following = found.next_stage
        self.says(say("job.next", stage=say(f"stage.{following}"), made=made) if following else say("job.whole"))
        if following not in STAGES[:2]:  # reading the book is not yet making the film
            self.begin.description, self.begin.tooltip = say("job.resume"), say("job.resume.tip")

    def start(self) -> None:
        """Begin, or go on."""
        with self._turning:
            job = running_job(self.folder)
            if job is None:
                self.free()
                job = FilmJob(self.folder, self.until.value)
                self._follow(job)
                job.start()
            else:
                self._follow(job)

    def stop(self) -> None:
        """Ask the work to stop."""
        if self.job is not None:
            self.job.stop()

    def _follow(self, job: FilmJob) -> None:
        self.job = job
        if self._heard not in job.listeners:
            job.listeners.append(self._heard)
        self._heard(job)

    def _heard(self, job: FilmJob) -> None:
        """Show how a job is; called from its thread."""
        if job is not self.job:
            return
        self.begin.disabled = job.running or job.state == "ready"
        self.halt.disabled = job.state != "running"
        self.until.disabled = job.running
        self._log.value = _log(job)
        self._bar.value = _bar(job)
        if job.running or job.state == "ready":
            self.says(_sentence(job))
            return
        self.begin.description, self.begin.tooltip = say("job.resume"), say("job.resume.tip")
        job.listeners.remove(self._heard)
        self.clear()
        if job.error is not None:
            self.fails(*self._told(job.error), trace=job.trace)
        else:
            stage = say(f"stage.{job.stage}") if job.stage else say("job.start")
            self.says(say("job.done" if job.state == "done" else "job.stopped", stage=stage))
        self._bar.value = _bar(job)
        self.changed()

    def _reckon(self, _: None) -> None:
        """Say what the film costs, before anybody presses Start."""
        with contextlib.suppress(BookfilmError):  # what is wrong with the production, the panel says by itself
            self._price.value = f"<p>{escape(_price(self.folder))}</p>"

    def _idle_now(self) -> None:
        self.begin.disabled, self.halt.disabled, self.until.disabled = False, True, False
        self.begin.description, self.begin.tooltip = say("job.start"), say("job.start.tip")
        self._bar.value, self._log.value = "", ""


def _price(folder: Path) -> str:
    with look(folder) as film:
        if all_free(film):
            return say("job.free")
        try:
            total = estimate_film(film).total
        except NotYetError:
            return say("job.price.unread")
        budget = film.choices.budget_usd
    if total.high == 0:
        return say("job.free")
    limit = say("engine.nobudget") if budget is None else say("engine.budget", usd=decimal(budget))
    return f"{say('job.price', total=priced(total))} {limit}"


def _sentence(job: FilmJob) -> str:
    if job.state == "stopping":
        return say("job.stopping")
    if not job.stage:
        return say("busy")
    says = say("job.pieces", stage=say(f"stage.{job.stage}"), done=job.done, total=job.total)
    left = job.remaining_s
    if left is None:
        return says
    amount = say("minutes", n=round(left / 60)) if left >= 90 else say("seconds", n=max(1, round(left)))
    return f"{says}, {say('job.left', left=amount)}"


def _share(job: FilmJob) -> float:
    """How much is done, by stages; 0 to 1."""
    if job.state == "done":
        return 1.0
    if job.stage not in STAGES:
        return 0.0
    last = STAGES.index(job.until) + 1
    return min(1.0, (STAGES.index(job.stage) + (job.done / job.total if job.total else 1.0)) / last)


def _bar(job: FilmJob) -> str:
    done = round(100 * _share(job))
    return (
        f'<div class="bookfilm-progress" role="progressbar" aria-label="{escape(say("job.progress"))}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{done}"><div style="width:{done}%"></div></div>'
    )


def _log(job: FilmJob) -> str:
    lines = escape("\n".join(list(job.lines)[-_LINES:]))
    name = escape(say("job.log"))
    box = f'<pre class="bookfilm-log" tabindex="0" role="region" aria-label="{name}">{lines}</pre>'
    return f"<details><summary>{name}</summary>{box}</details>"
