"""What shapes the film: a genre or a blend, of which years, how long, how large."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, get_args

import ipywidgets

from bookfilm_nb.model import Period
from bookfilm_nb.movies.genres import GENRES
from bookfilm_nb.production import SIZES
from bookfilm_nb.studio import start
from bookfilm_nb.studio.looking import look
from bookfilm_nb.widgets.controls import Slider
from bookfilm_nb.widgets.terms import blend, count, decimal, options, point, term, told
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row, wide
from .drawings import pacing_svg

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TemplatePanel"]

_PARTS = 3


class TemplatePanel(Panel):
    """Choose a genre or blend up to three, and see the pacing that follows before it is saved."""

    title = "template.title"

    def __init__(self, out: str | Path) -> None:
        """``out`` is the production's folder."""
        self.genres = [
            ipywidgets.Dropdown(
                options=[*([(say("template.none"), "")] if n else []), *options("genre", GENRES)],
                value="drama" if not n else "",
                description=say("template.genre", n=n + 1),
                **wide("210px"),
            )
            for n in range(_PARTS)
        ]
        self.shares = [
            Slider(
                description=say("template.share", n=n + 1),
                min=0.1,
                value=1.0 if not n else 0.5,
                point=point(),
            )
            for n in range(_PARTS)
        ]
        self.period = ipywidgets.Dropdown(
            options=get_args(Period), value="1990-2020", description=say("template.period"), **wide("230px")
        )
        self.minutes = ipywidgets.BoundedFloatText(
            value=2.0, min=0.1, max=600, step=0.1, description=say("template.minutes"), **wide("150px")
        )
        self.size = ipywidgets.Dropdown(
            options=[(f"{term('frame', name)} ({w} × {h})", name) for name, (w, h) in SIZES.items()],
            value="720p",
            description=say("template.size"),
            **wide("220px"),
        )
        self.propose = button("template.propose", lambda: self.apart(self.proposed))
        self.save = button("template.save", lambda: self.attempt(self.saved), style="primary")
        self._chart = ipywidgets.HTML()
        self._why = ipywidgets.HTML()
        self._filling = False
        self._saved: tuple[object, ...] | None = None
        super().__init__(
            out,
            [
                *(row(genre, share) for genre, share in zip(self.genres, self.shares, strict=True)),
                row(self.period, self.minutes, self.size),
                row(self.propose, self.save),
                self._why,
                self._chart,
            ],
        )
        for control in (*self.genres, *self.shares, self.period, self.minutes, self.size):
            control.observe(lambda _: self._follow(), "value")
        self._follow()

    @property
    def blend(self) -> str:
        """The genre, or the blend with its shares summing to 1: ``mystery 0.7 + romance 0.3``."""
        weights: dict[str, float] = {}
        for genre, share in zip(self.genres, self.shares, strict=True):
            if genre.value:
                weights[genre.value] = weights.get(genre.value, 0.0) + share.value
        if len(weights) == 1:
            return next(iter(weights))
        hundredths = {genre: round(100 * share / sum(weights.values())) for genre, share in weights.items()}
        largest = max(hundredths, key=lambda genre: hundredths[genre])
        hundredths[largest] += 100 - sum(hundredths.values())
        return " + ".join(f"{genre} {share / 100:g}" for genre, share in hundredths.items())

    @property
    def code(self) -> str:
        """Writing these choices into the production."""
        return (
            "from bookfilm_nb.studio import start\n"
            "from bookfilm_nb.studio.looking import look\n"
            f"with look({str(self.folder)!r}) as studio:\n"
            "    book = studio.choices.book\n"
            f"start(book, {str(self.folder)!r}, genre={self.blend!r}, period={self.period.value!r},\n"
            f"      minutes={self.minutes.value:g}, size={self.size.value!r})"
        )

    @property
    def unsaved(self) -> bool:
        """Whether something was chosen and not saved."""
        return self._saved is not None and self._chosen() != self._saved

    def show(self) -> None:
        """The choices as they are in the production."""
        from bookfilm_nb.movies.templates import weights_of

        with look(self.folder) as studio:
            choices = studio.choices
        self._fill(weights_of(choices.genre))
        self.period.value, self.minutes.value, self.size.value = choices.period, choices.minutes, choices.size
        self._saved = self._chosen()
        self._follow()

    def proposed(self) -> None:
        """Let the genre model read the book, and fill in what it proposes."""
        from bookfilm_nb.movies.genre_model import propose
        from bookfilm_nb.movies.templates import weights_of

        with look(self.folder) as studio:
            found = propose(studio.book.text, studio.book.language)
        self._fill(weights_of(found.template))
        reasons = ", ".join(f"{reason.word} ({term('genre', reason.genre)})" for reason in found.reasons[:10])
        says = say("template.proposed", template=blend(found.template), caution=told(found.caution))
        because = f"<p>{escape(say('template.reasons', reasons=reasons))}</p>" if reasons else ""
        self._why.value = f"<p>{escape(says)}</p>{because}"
        self.says(say("done"))
        self._follow()

    def saved(self) -> None:
        """Write the choices into the production."""
        self.free()
        with look(self.folder) as studio:
            book = studio.choices.book
        start(
            book,
            self.folder,
            genre=self.blend,
            period=self.period.value,
            minutes=self.minutes.value,
            size=self.size.value,
        ).store.close()
        self._saved = self._chosen()
        self.changed()
        self.says(say("done"))

    def _chosen(self) -> tuple[object, ...]:
        return (self.blend, self.period.value, self.minutes.value, self.size.value)

    def _fill(self, weights: dict[str, float]) -> None:
        self._filling = True
        try:
            parts = [*weights.items()][:_PARTS]
            for n in range(_PARTS):
                self.genres[n].value, self.shares[n].value = parts[n] if n < len(parts) else ("", 0.5)
        finally:
            self._filling = False

    def _follow(self) -> None:
        """Bring chart, sentence and code up to what is chosen now."""
        from bookfilm_nb.movies import template_for

        if self._filling:
            return
        for genre, share in zip(self.genres, self.shares, strict=True):
            share.disabled = not genre.value
        template = template_for(self.blend, self.period.value)
        law = template.shot_length_s
        says = say(
            "template.figures",
            shot=decimal(law.value, ".1f"),
            rows=count(law.rows),
            shots=max(1, round(self.minutes.value * 60 / law.value)),
            minutes=decimal(self.minutes.value),
            bpm=f"{template.music_bpm.value:.0f}",
        )
        self._chart.value = f"{pacing_svg(template)}<p>{escape(says)}</p>"
        self.show_code()
