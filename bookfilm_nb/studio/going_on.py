"""Going on with a production: whatever an earlier notebook left, and what is missing made.

    from bookfilm_nb.studio.going_on import go_on
    studio = go_on("en", "../films/course", until="storyboard")

The production is held only while something is made, so that several notebooks and panels may be open on it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.production import Job, choices_from_toml

from .finishing import deliver, render, reviewed
from .making import start
from .studio import STAGES, Studio

if TYPE_CHECKING:
    from bookfilm_nb.production import Progress

__all__ = ["COURSE", "go_on"]

COURSE: dict[str, object] = {"minutes": 1.0, "size": "480p", "genre": "drama", "seed": 7}
"""The choices of a film that the notebooks begin: long enough to have something to choose, small enough to be quick."""

_PARTS = {
    "read": "book",
    "analyse": "reading",
    "adapt": "screenplay",
    "storyboard": "storyboard",
    "voice": "voices",
    "shoot": "pictures",
    "score": "score",
    "cut": "timeline",
}


def go_on(
    book: str | Path, out: str | Path, *, until: str = "cut", progress: Progress | None = None, **changes: object
) -> Studio:
    """The studio of the production in ``out``, with every stage up to ``until`` made; it is not held afterwards.

    ``book`` may be "en" or "ru" for the stories that ship. What ``production.toml`` says of this book holds, but for
    ``changes``; where it says nothing of it, the choices are those of :data:`COURSE`. Raises ChoiceError for a stage
    that there is not, and what :func:`~bookfilm_nb.studio.make_film` raises.
    """
    from bookfilm_nb.books import bundled

    if until not in STAGES:
        raise ChoiceError(f"There is no stage {until!r}.", hint=f"Choose: {', '.join(STAGES)}.", choices=list(STAGES))
    path = Path(bundled(str(book)) if str(book) in {"en", "ru"} else book)
    begun = _begun(Path(out) / "production.toml", path)
    studio = Studio(start(path, out, **(changes if begun else {**COURSE, **changes})), Job(progress))
    with studio.production.locked():
        for stage in STAGES[: STAGES.index(until) + 1]:
            if stage in _PARTS:
                getattr(studio, _PARTS[stage])
        if until == "render":
            render(studio)
        elif until == "deliver":
            deliver(studio)
        elif until == "review":
            reviewed(studio)
    return studio


def _begun(file: Path, book: Path) -> bool:
    return file.is_file() and choices_from_toml(file.read_text("utf-8")).book == str(book.resolve())
