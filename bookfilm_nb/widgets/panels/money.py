"""What the film will cost, what it may cost, and what it has cost."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.production import Production, Till
from bookfilm_nb.studio import Studio, start
from bookfilm_nb.studio.looking import NotYetError, look
from bookfilm_nb.widgets.terms import decimal
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row, wide
from .prices import likely, span

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.studio.estimate import FilmEstimate

__all__ = ["MoneyPanel"]


class MoneyPanel(Panel):
    """An estimate before anything is bought, a budget, and the till."""

    title = "money.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self.ask = button("money.ask", lambda: self.apart(self.reckon), style="primary")
        self.budget = ipywidgets.Text(
            description=say("money.budget"),
            placeholder=decimal(2.5, ".2f"),
            tooltip=say("money.budget.tip"),
            **wide("260px"),
        )
        self.save = button("money.save", lambda: self.attempt(self.saved))
        self.estimate: FilmEstimate | None = None
        self._table = ipywidgets.HTML()
        self._spent = ipywidgets.HTML()
        super().__init__(out, [row(self.ask, self.budget, self.save), self._table, self._spent])
        self.budget.observe(lambda _: self.show_code(), "value")

    @property
    def code(self) -> str:
        """The estimate, and the budget."""
        try:
            limit = self._limit()
        except ChoiceError:
            limit = None
        return (
            "from bookfilm_nb.studio import start\n"
            "from bookfilm_nb.studio.estimate import estimate_film\n"
            "from bookfilm_nb.studio.looking import look\n"
            f"with look({str(self.folder)!r}) as studio:\n"
            "    print(estimate_film(studio).total)\n"
            f"start(studio.choices.book, {str(self.folder)!r}, budget_usd={limit})"
        )

    def show(self) -> None:
        """The budget, and what was spent."""
        with look(self.folder) as studio:
            budget = studio.choices.budget_usd
        self.budget.value = "" if budget is None else decimal(budget)
        production = Production.open(self.folder)
        try:
            spent = Till(production.store).spent()
        finally:
            production.store.close()
        lines = [say("money.spent", settled=decimal(spent.settled, ".2f"), held=decimal(spent.held, ".2f"))]
        if spent.unknown:
            lines.append(say("money.spent.unknown", n=spent.unknown))
        self._spent.value = "".join(f"<p>{escape(line)}</p>" for line in lines)

    def reckon(self) -> None:
        """Reckon what the film will cost."""
        from bookfilm_nb.studio.estimate import estimate_film

        try:
            with look(self.folder) as studio:
                self.estimate = estimate_film(studio)
        except NotYetError:
            production = Production.open(self.folder)  # the book is read and analysed first, which costs nothing
            try:
                with production.locked():
                    self.estimate = estimate_film(Studio(production))
            finally:
                production.store.close()
        self._table.value = _table(self.estimate)
        self.says(say("done"))

    def saved(self) -> None:
        """Write the budget into the production."""
        limit = self._limit()
        self.free()
        with look(self.folder) as studio:
            book = studio.choices.book
        start(book, self.folder, budget_usd=limit).store.close()
        self.changed()
        self.says(say("done"))

    def _limit(self) -> float | None:
        text = self.budget.value.strip().replace(",", ".").lstrip("$")
        if not text:
            return None
        try:
            limit = float(text)
        except ValueError:
            limit = -1.0
        if not 0 <= limit < float("inf"):
            raise ChoiceError(say("money.budget.bad"), hint=say("money.budget.hint"))
        return limit


def _table(found: FilmEstimate) -> str:
    heads = "".join(
        f'<th scope="col">{escape(say(f"money.{k}"))}</th>' for k in ("stage", "engine", "calls", "likely", "range")
    )
    rows = [(say(f"stage.{s.stage}"), s.model or s.engine, str(s.calls), s.estimate) for s in found.stages]
    rows.append((say("money.total"), "", "", found.total))
    body = "".join(
        f'<tr><th scope="row">{escape(stage)}</th><td>{escape(engine)}</td><td>{calls}</td>'
        f"<td>{escape(likely(price))}</td><td>{escape(span(price))}</td></tr>"
        for stage, engine, calls, price in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
