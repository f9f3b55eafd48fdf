"""What was measured on the film."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets
from IPython.display import HTML

from bookfilm_nb.studio.looking import NotYetError, look
from bookfilm_nb.widgets.links import link_to
from bookfilm_nb.widgets.shows import film_player
from bookfilm_nb.widgets.terms import decimal, term, told
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.review import Review

__all__ = ["ReportPanel"]


class ReportPanel(Panel):
    """The measures with their limits, the film, and a link to the whole report."""

    title = "report.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self.again = button("refresh", self.refresh)
        self.film = ipywidgets.Output()
        self._gates = ipywidgets.HTML()
        super().__init__(out, [self.film, self._gates, row(self.again)])

    @property
    def code(self) -> str:
        """The measures as a table."""
        return (
            "from bookfilm_nb.review import Review\n"
            "from bookfilm_nb.studio.looking import look\n"
            "from bookfilm_nb.widgets import gates_table\n"
            f"with look({str(self.folder)!r}) as studio:\n"
            '    measured = studio.production.store.latest("review", "review")\n'
            "gates_table(Review.from_json(measured.value))"
        )

    def show(self) -> None:
        """The film that was reviewed last."""
        from bookfilm_nb.review import Review

        self.film.outputs, self._gates.value = (), ""
        with look(self.folder) as studio:
            found = studio.production.store.latest("review", "review")
        report, film = self.folder / "film" / "report.html", self.folder / "film" / "film.mp4"
        if found is None or not report.is_file() or not film.is_file():
            raise NotYetError("There is no report yet.", hint="Run the film up to review.", stage="review")
        measured = Review.from_json(found.value)
        link = escape(link_to(report))
        self.film.append_display_data(film_player(film, width_px=640))
        self.film.append_display_data(HTML(f'<a href="{link}" target="_blank">{escape(say("report.link"))}</a>'))
        self._gates.value = _table(measured)
        passed = sum(gate.passed for gate in measured.gates)
        self.says(
            say(
                "report.sums",
                passed=passed,
                total=len(measured.gates),
                seconds=decimal(measured.seconds, ".1f"),
                shots=measured.shots,
            )
        )


def _table(measured: Review) -> str:
    names = ("measure", "found", "limit", "passed")
    heads = "".join(f'<th scope="col">{escape(say(f"report.{name}"))}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{escape(term("measure", gate.name))}</th><td>{escape(_value(gate.value))}</td>'
        f"<td>{escape(told(gate.limit))}</td>"
        f"<td>{escape(say('report.yes') if gate.passed else say('report.no'))}</td></tr>"
        for gate in measured.gates
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _value(found: str) -> str:
    return told(term("value", found))
