"""Another engine for one part of the film: what works now, what it costs, and its take beside the film's own."""

from __future__ import annotations

import base64
import contextlib
from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from bookfilm_nb.errors import BookfilmError
from bookfilm_nb.model import Screenplay, VoiceTake
from bookfilm_nb.studio import start
from bookfilm_nb.studio.auditions import audition, engines, pieces, price_of, sentences
from bookfilm_nb.studio.looking import NotYetError, look
from bookfilm_nb.studio.previewing import thumbnail
from bookfilm_nb.studio.replies import replies_of
from bookfilm_nb.widgets.errors_told import told_error
from bookfilm_nb.widgets.step_shows import shot_player
from bookfilm_nb.widgets.terms import decimal, told
from bookfilm_nb.widgets.words import say

from .base import Panel, button, not_yet, row, wide
from .latest import Latest
from .players import player_html
from .prices import priced

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.providers.listing import Offer
    from bookfilm_nb.studio import Studio
    from bookfilm_nb.studio.auditions import Audition, AuditionPrice, Door
    from bookfilm_nb.studio.replies import RawReply

__all__ = ["EnginePanel"]

_PIECE_SHOWN = 70
_WIDE_PX = 395
"""Two pictures of this width stand side by side in a notebook of 1280 px."""
_OWN = {"text": "", "voice": "", "images": "illustrator", "video": ""}
"""What a film is made with where nobody chose."""
_SOUNDS = ("mute", "keep", "duck")


class EnginePanel(Panel):
    """Choose who writes, speaks, draws or films; try it on one piece, and see or hear it beside what there is."""

    def __init__(self, out: str | Path, door: Door) -> None:
        """``out`` is the production's folder; ``door`` is "text", "voice", "images" or "video"."""
        self.door = door
        self.title = f"engine.{door}"
        self.tried: Audition | None = None
        """The last audition of this panel."""
        self.price: AuditionPrice | None = None
        """What an audition of what is chosen now would cost; None where that is not known yet."""
        self._done: list[str] = []
        self._notices: dict[str, str] = {}
        self._saved: dict[str, str] = {}
        self.engine = ipywidgets.Dropdown(options=[("", "")], description=say("engine.choose"), **wide("520px"))
        self.piece = ipywidgets.Dropdown(options=[("", "")], description=say(f"engine.piece.{door}"), **wide("520px"))
        self.shots = ipywidgets.Text(
            value="all", description=say("engine.shots"), tooltip=say("engine.shots.tip"), **wide("300px")
        )
        self.sound = ipywidgets.Dropdown(
            options=[(say(f"engine.sound.{how}"), how) for how in _SOUNDS], description=say("engine.sound"), **wide()
        )
        self.test = button("engine.try", lambda: self.apart(self.auditioned))
        self.use = button("engine.use", lambda: self.attempt(self.used), style="primary")
        self._price = ipywidgets.HTML()
        self._beside = ipywidgets.HTML()
        self._others = ipywidgets.HTML()
        self._pricing: Latest[tuple[str, str]] = Latest(self._reckon)
        self._filling = False
        for control in (self.shots, self.sound):
            control.layout.display = "" if door == "video" else "none"
        self.piece.layout.display = "none" if door == "text" else ""
        body = [row(self.engine, self.piece), row(self.test, self.use, self.shots, self.sound)]
        super().__init__(out, [*body, self._price, self._beside, self._others])
        for control in (self.engine, self.piece, self.shots, self.sound):
            control.observe(self._edited, "value")

    @property
    def code(self) -> str:
        """The audition, and what was chosen for the film."""
        if self._done:
            return "\n".join(["from bookfilm_nb.studio import start", *self._done])
        if not self._other:
            return f"from bookfilm_nb.studio.auditions import engines\nengines({self.door!r})"
        asked = f"{str(self.folder)!r}, {self.door!r}, {self.engine.value!r}"
        asked += "" if self.door == "text" else f", {self.piece.value!r}"
        return (
            "from bookfilm_nb.studio.auditions import audition, price_of\n"
            f"print(price_of({asked}).piece)\n"
            f"tried = audition({asked})"
        )

    def settled(self, timeout_s: float = 30) -> bool:
        """Wait for work that a click or a choice began; whether it is done."""
        return super().settled(timeout_s) and self._pricing.wait(timeout_s)

    def show(self) -> None:
        """Engines and pieces as they stand."""
        self._filling = True
        try:
            self._fill()
        finally:
            self._filling = False
        self._follow()

    def auditioned(self) -> None:
        """Have the piece made by the engine that is chosen, and show both."""
        try:
            tried = audition(self.folder, self.door, self.engine.value, self.piece.value)
        except BookfilmError as error:
            self._beside.value = self._replies() if "reply_file" in error.data else ""
            raise
        self.tried = tried
        self._beside.value = self._both(tried) + (self._replies() if self.door == "text" else "")
        paid = say("money.unknown") if tried.paid is None else f"{decimal(tried.paid, '.4f')} USD" if tried.paid else ""
        said = self._notices.get(self.engine.value)  # beside the price already
        further = [notice for notice in map(told_error, tried.notices) if notice != said]
        self.says(" ".join([say("engine.paid", paid=paid) if paid else say("engine.free"), *further]))
        self.changed()
        self._follow()

    def used(self) -> None:
        """Write the engine into the production."""
        self.free()
        with look(self.folder) as film:
            book = film.choices.book
        chosen = self._chosen()
        start(book, self.folder, **chosen).store.close()
        words = "".join(f", {name}={value!r}" for name, value in chosen.items())
        self._done = [f"start({book!r}, {str(self.folder)!r}{words})"]
        self.show()
        self.changed()
        self.says(say("done"))

    @property
    def _other(self) -> bool:
        """Whether another engine is chosen than the film has."""
        return bool(self.engine.value) and self.engine.value != self._saved.get(self.door, "")

    def _chosen(self) -> dict[str, str]:
        chosen: dict[str, str] = {self.door: self.engine.value}
        if self.door == "video":
            chosen |= {"video_shots": self.shots.value.strip(), "clip_sound": self.sound.value}
        return chosen

    def _fill(self) -> None:
        language = ""
        with look(self.folder) as film:
            choices = film.choices
            with contextlib.suppress(NotYetError):
                language = film.book.language
        shots = choices.video_shots or "all"
        self._saved = {
            self.door: str(getattr(choices, self.door)),
            "video_shots": shots,
            "clip_sound": choices.clip_sound,
        }
        ready = engines(self.door, language)
        self._notices = {offer.name: told_error(offer.notice) for offer in ready}
        current = self._saved[self.door]
        options = [(say(f"engine.own.{self.door}"), _OWN[self.door])]
        options += [(_label(offer), offer.name) for offer in ready if offer.name != _OWN[self.door]]
        if current not in [name for _, name in options]:
            options.append((current, current))
        if list(self.engine.options) != options:
            self.engine.options = options
        self.engine.value = current
        self.shots.value, self.sound.value = shots, choices.clip_sound
        self._others.value = _others(self.door, {offer.name for offer in ready})
        with contextlib.suppress(NotYetError):
            found = pieces(self.folder, self.door)
            options = [(f"{name} · {words[:_PIECE_SHOWN]}", name) for name, words in found.items()] or [("", "")]
            if list(self.piece.options) != options:
                self.piece.options = options

    def _edited(self, _: object) -> None:
        if not self._filling:
            self._follow()

    def _follow(self) -> None:
        """Bring price and code up to what is chosen now."""
        self.test.disabled = not self._other
        self.use.disabled = self._chosen().items() <= self._saved.items()
        self.price = None
        self._price.value = ""
        if self._other:
            self._done = []
            self._pricing.ask((self.engine.value, self.piece.value))
        self.show_code()

    def _reckon(self, asked: tuple[str, str]) -> None:
        try:
            price = price_of(self.folder, self.door, *asked)
        except NotYetError as error:
            self._price.value = _status(not_yet(error))
            self.test.disabled = True
            return
        except BookfilmError as error:
            self.fails(*self._told(error))
            return
        if asked == (self.engine.value, self.piece.value):
            self.price = price
            self._price.value = _status(self._price_words(price))

    def _price_words(self, price: AuditionPrice) -> str:
        stage = price.stage
        says = [say("engine.price", piece=priced(price.piece), stage=priced(stage.estimate), calls=stage.calls)]
        if stage.estimate.high != 0:
            with look(self.folder) as film:
                budget = film.choices.budget_usd
            says.append(say("engine.nobudget") if budget is None else say("engine.budget", usd=decimal(budget)))
        return " ".join([*says, self._notices.get(self.engine.value, "")])

    def _replies(self) -> str:
        """What the model said, word for word, folded."""
        return "".join(_reply(reply) for reply in replies_of(self.folder, self.engine.value))

    def _both(self, tried: Audition) -> str:
        with look(self.folder) as film:
            if isinstance(tried.take, Screenplay) and isinstance(tried.now, Screenplay):
                return _sentences(film, tried.now, tried.take)
            names = say("engine.now"), say("engine.tried", engine=tried.engine)
            if isinstance(tried.take, VoiceTake) and isinstance(tried.now, VoiceTake):
                read = film.production.store.read
                both = [player_html(n, read(t.blob)) for n, t in zip(names, (tried.now, tried.take), strict=True)]
                return "".join(both)
            if self.door == "video":
                store, takes = film.production.store, {tried.piece: tried.take}
                cuts = film.laid_out({}), film.laid_out(takes)  # type: ignore[arg-type]
                shown = [shot_player(cut, store, tried.piece, width_px=_WIDE_PX).data for cut in cuts]
            else:
                drawn = [thumbnail(film.production, take, width=_WIDE_PX) for take in (tried.now, tried.take)]  # type: ignore[arg-type]
                shown = [
                    f'<img src="data:image/jpeg;base64,{base64.b64encode(data).decode("ascii")}" '
                    f'alt="{escape(tried.piece)}, {escape(name)}" width="{_WIDE_PX}">'
                    for name, data in zip(names, drawn, strict=True)
                ]
        figures = (
            f"<figure>{what}<figcaption>{escape(name)}</figcaption></figure>"
            for name, what in zip(names, shown, strict=True)
        )
        return f'<div class="bookfilm-takes">{"".join(figures)}</div>'


def _reply(reply: RawReply) -> str:
    name = say("engine.reply", part=reply.part, of=reply.of)
    how = say("engine.reply.repaired") if reply.repaired else "" if reply.used else say("engine.reply.unused")
    said = escape(f"{name}. {how}".removesuffix(". "))
    box = f'<pre class="bookfilm-log" tabindex="0" role="region" aria-label="{escape(name)}">{escape(reply.text)}</pre>'
    return f"<details><summary>{said}</summary>{box}</details>"


def _label(offer: Offer) -> str:
    ends = say("engine.ends", day=offer.ends.isoformat()) if offer.ends else ""
    return " · ".join(part for part in (offer.name, told(offer.price), ends) if part)


def _status(words: str) -> str:
    return f'<p role="status">{escape(words)}</p>'


def _others(door: Door, ready: set[str]) -> str:
    """What else there is behind the door, and what it needs, folded."""
    from bookfilm_nb.providers.listing import offers

    rows = "".join(
        f'<tr><th scope="row">{escape(offer.name)}</th>'
        f"<td>{escape(told_error(offer.needs))}</td><td>{escape(told(offer.price))}</td></tr>"
        for offer in offers(doors=(door,))
        if offer.name not in ready and offer.state != "works now"
    )
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col">{escape(say(f"engine.others.{name}"))}</th>' for name in ("name", "needs", "price")
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<details><summary>{escape(say('engine.others'))}</summary>{table}</details>"


def _sentences(film: Studio, now: Screenplay, tried: Screenplay) -> str:
    """Every sentence that one of the two says, in the book's order, and which of them does."""
    rows = "".join(
        f"<tr><td>{escape(one.words)}</td><td>{escape(say('report.yes') if one.now else '–')}</td>"
        f"<td>{escape(say('report.yes') if one.tried else '–')}</td></tr>"
        for one in sentences(film.book, now, tried)
    )
    heads = "".join(
        f'<th scope="col">{escape(words)}</th>'
        for words in (say("engine.words"), say("engine.now"), say("engine.model"))
    )
    return (
        f'<div class="bookfilm-book" role="region" tabindex="0" aria-label="{escape(say("engine.words"))}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
