"""Which book: one that ships, one of this machine, or one that is uploaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets

from bookfilm_nb.errors import BookError
from bookfilm_nb.studio import Studio, start
from bookfilm_nb.studio.looking import look
from bookfilm_nb.studio.uploads import KINDS, take_book
from bookfilm_nb.widgets.terms import count, decimal, term
from bookfilm_nb.widgets.words import say

from .base import Panel, button, row, wide

if TYPE_CHECKING:
    from bookfilm_nb.model import Book

__all__ = ["BookPanel"]

_SHIPPED = ("en", "ru")


class BookPanel(Panel):
    """Choose a book, declare what rights you have in it, and begin the production."""

    title = "book.title"

    def __init__(self, out: str | Path, book: str | Path = "en", *, max_mb: float = 8.0) -> None:
        """``book`` is "en" or "ru" for the stories that ship, or a path. ``max_mb`` limits an upload (megabytes)."""
        self.max_mb = max_mb
        own = str(book) not in _SHIPPED
        choices = [(say(f"book.{which}"), which) for which in (*_SHIPPED, "own", "upload")]
        self.which = ipywidgets.Dropdown(
            options=choices, value="own" if own else str(book), description=say("book.which"), **wide("480px")
        )
        self.path = ipywidgets.Text(
            value=str(book) if own else "", description=say("book.path"), tooltip=say("book.path.tip"), **wide("480px")
        )
        self.file = ipywidgets.FileUpload(
            accept=",".join((*KINDS, ".zip")),
            description=say("book.file"),
            tooltip=say("book.file.tip", mb=decimal(max_mb)),
            layout=ipywidgets.Layout(width="auto", min_width="120px"),
        )
        self.declared = ipywidgets.Checkbox(
            description=say("book.rights.says"), indent=False, layout=ipywidgets.Layout(width="auto")
        )
        self.rights = ipywidgets.Text(description=say("book.rights"), tooltip=say("book.rights.tip"), **wide("480px"))
        self.use = button("book.use", lambda: self.apart(self.begin), style="primary")
        self._facts = ipywidgets.HTML()
        self._kept: Path | None = None
        super().__init__(
            out, [row(self.which, self.path, self.file), self.declared, row(self.rights, self.use), self._facts]
        )
        for control in (self.which, self.path, self.rights):
            control.observe(lambda _: self._follow(), "value")
        self.file.observe(lambda _: self._uploaded(), "value")
        self._follow()

    @property
    def code(self) -> str:
        """Beginning the production with this book."""
        which = self.which.value
        rights = f", rights={self.rights.value!r}" if self.rights.value else ""
        lines = ["from bookfilm_nb.studio import start"]
        if which in _SHIPPED:
            lines.insert(0, "from bookfilm_nb.books import bundled")
            return "\n".join([*lines, f'production = start(bundled("{which}"), {str(self.folder)!r}{rights})'])
        path = self._kept or Path(self.path.value) if which == "upload" else Path(self.path.value)
        return "\n".join([*lines, f"production = start({str(path)!r}, {str(self.folder)!r}{rights})"])

    def show(self) -> None:
        """The book of the production, if there is one."""
        self._facts.value = ""
        if not (self.folder / "production.toml").is_file():
            return
        from bookfilm_nb.books import bundled

        with look(self.folder) as studio:
            path = Path(studio.choices.book)
            shipped = {bundled(which).resolve(): which for which in _SHIPPED}
            self.which.value = shipped.get(path.resolve(), "own")
            self.path.value = str(path) if self.which.value == "own" else ""
            self.rights.value = studio.choices.rights
            self.declared.value = bool(studio.choices.rights)
            self._tell(studio.book)

    def begin(self) -> None:
        """Begin the production with what was chosen, and read the book."""
        self.free()
        book = self._chosen()
        rights = {"rights": self.rights.value.strip()} if self.rights.value.strip() else {}
        production = start(book, self.folder, **rights)
        try:
            with production.locked():
                self._tell(Studio(production).book)
        finally:
            production.store.close()
        self.changed()
        self.says(say("done"))

    def _chosen(self) -> Path:
        from bookfilm_nb.books import bundled

        which = self.which.value
        if which in _SHIPPED:
            return bundled(which)
        if not self.declared.value or not self.rights.value.strip():
            raise BookError(say("book.declare"), hint=say("book.declare.hint"))
        if which == "own":
            return Path(self.path.value.strip()).expanduser()
        if not self.file.value and self._kept is not None:
            return self._kept
        if not self.file.value:
            raise BookError(say("book.nothing"), hint=say("book.nothing.hint"))
        sent = self.file.value[0]
        kept, _ = take_book(self.folder, sent["name"], bytes(sent["content"]))
        self.file.value = ()  # it lies in the production now, and need not lie in the page
        self._kept = kept
        return kept

    def _uploaded(self) -> None:
        """Look at once whether the file can be used at all."""
        if self.file.value:
            self._kept = None

        def fits() -> None:
            for sent in self.file.value:
                size = len(sent["content"]) / 1e6
                if size > self.max_mb:
                    self.file.value = ()
                    raise BookError(
                        say("book.big", size=decimal(size, ".1f"), mb=decimal(self.max_mb)), hint=say("book.big.hint")
                    )
                if not str(sent["name"]).lower().endswith(KINDS):
                    self.file.value = ()
                    raise BookError(say("book.kind", name=str(sent["name"])[:80]), hint=say("book.kind.hint"))
                self.says(say("book.size", name=sent["name"], mb=decimal(size, ".2f")))

        if self.file.value:
            self.attempt(fits)

    def _follow(self) -> None:
        which = self.which.value
        self.path.layout.display = "" if which == "own" else "none"
        self.file.layout.display = "" if which == "upload" else "none"
        self.declared.layout.display = "none" if which in _SHIPPED else ""
        self.show_code()

    def _tell(self, book: Book) -> None:
        from html import escape

        coverage = book.coverage()
        facts = say(
            "book.facts",
            title=book.title,
            author=book.author or say("book.by.nobody"),
            language=term("language", book.language),
            format=book.format,
            characters=count(coverage.book),
            chapters=len(book.chapters),
        )
        aside = ", ".join(f"{term('aside', reason)} {count(number)}" for reason, number in coverage.set_aside.items())
        more = f"<p>{escape(say('book.aside', aside=aside))}</p>" if aside else ""
        self._facts.value = f"<p>{escape(facts)}</p>{more}"
