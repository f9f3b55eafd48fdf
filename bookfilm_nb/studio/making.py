"""The whole way in one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bookfilm_nb.errors import BookError, ChoiceError, InputError
from bookfilm_nb.model import Value
from bookfilm_nb.production import Choices, Job, Production, choice_error, choices_from_toml
from bookfilm_nb.review import Review

from .finishing import deliver, reviewed
from .studio import Studio
from .workers import voice_for

if TYPE_CHECKING:
    from bookfilm_nb.production import Progress

__all__ = ["Film", "choose", "film_of", "make_film", "open_studio", "start"]


class Film(Value):
    """A finished film: absolute paths of its files, what was measured, and what the user must be told."""

    film: str
    captions: tuple[str, ...]
    screenplay: str
    storyboard: str
    poster: str
    report: str
    review: Review
    notices: tuple[str, ...]


def choose(book: str | Path, **choices: object) -> Choices:
    """The choices for a film, checked. Raises BookError where there is no book, ChoiceError for a wrong value."""
    from bookfilm_nb.movies import template_for
    from bookfilm_nb.providers import composers, images, texts, videos, voices

    path = Path(book)
    if not path.is_file():
        problem = f"The book {path} is a folder." if path.is_dir() else f"The book {path} is not there."
        raise BookError(problem, hint="Give the path of a txt, epub, fb2 or docx file.", path=str(path))
    try:
        chosen = Choices.model_validate({"book": str(path.resolve()), **choices})
    except ValidationError as fault:
        raise choice_error(fault) from fault
    template_for(chosen.genre, chosen.period)
    tapes = {name: str(Path(file).resolve()) for name in ("record", "replay") if (file := getattr(chosen, name))}
    chosen = chosen.model_copy(update=tapes)
    if len(tapes) > 1:
        raise ChoiceError("A run is recorded or replayed, not both.", hint="Take one of record and replay out.")
    if chosen.replay and not Path(chosen.replay).is_file():
        raise InputError(f"There is no recorded run {chosen.replay}.", hint="Check the path.", path=chosen.replay)
    for what, name, offered in (
        ("voice", chosen.voice, voices()),
        ("image model", chosen.images, images()),
        ("composer", chosen.composer, composers()),
        ("text model", chosen.text, texts()),
        ("video model", chosen.video, videos()),
    ):
        if name and name.partition(":")[0] not in offered:
            raise ChoiceError(
                f"There is no {what} named {name!r}.",
                hint=f"Choose one of: {', '.join(offered)}.",
                choices=list(offered),
            )
    return chosen


def start(book: str | Path, out: str | Path, **choices: object) -> Production:
    """A production for the book in the folder ``out``, new or gone on with.

    A new one is begun only after the book was read once, so that a book that cannot be used leaves nothing behind.
    In one that is there, what ``production.toml`` says of this book holds wherever ``choices`` says nothing else.
    Raises InputError.
    """
    from bookfilm_nb.books import read_book

    folder = Path(out)
    chosen = choose(book, **{**_standing(folder / "production.toml", Path(book)), **choices})
    if not (folder / ".store").is_dir():
        read = read_book(chosen.book, language=chosen.language, encoding=chosen.encoding)
        voice_for(read.language, chosen.voice)
        if not chosen.replay:
            _living(chosen)
    return Production.create(folder, chosen)


def _living(chosen: Choices) -> None:
    """Raise RetiredError, MissingPartError or ProviderError for engines that a new film cannot be made with."""
    from bookfilm_nb.providers import load_image_model, load_text_model, load_video_model, load_voice

    for name, load in (
        (chosen.text, load_text_model),
        (chosen.voice, load_voice),
        (chosen.images, load_image_model),
        (chosen.video, load_video_model),
    ):
        if name:
            load(name)


def _standing(file: Path, book: Path) -> dict[str, object]:
    """The choices that a person or an earlier run left for this book; none for another book."""
    if not file.is_file():
        return {}
    standing = choices_from_toml(file.read_text("utf-8"))
    if standing.book != str(book.resolve()):
        return {}
    return standing.model_dump(exclude={"book", "schema_version"})


def open_studio(book: str | Path, out: str | Path, *, progress: Progress | None = None, **choices: object) -> Studio:
    """A studio for working step by step, as in a notebook; ``book`` may be "en" or "ru" for the stories that ship.

    Holds the production until ``studio.close()`` or the end of the process. Raises as :func:`make_film` does.
    """
    from bookfilm_nb.books import bundled

    path = bundled(str(book)) if str(book) in {"en", "ru"} else book
    return Studio(start(path, out, **choices), Job(progress)).open()


def make_film(
    book: str | Path, out: str | Path, *, progress: Progress | None = None, job: Job | None = None, **choices: object
) -> Film:
    """Make a film of a book; what an earlier run finished in ``out`` is kept.

    ``choices`` are the fields of :class:`~bookfilm_nb.production.Choices`: minutes, language, genre, seed, size ...
    Raises InputError for what cannot be used (before anything is written), StoreError where another process holds
    the folder, Cancelled after ``job.cancel()``.
    """
    with start(book, out, **choices).locked() as production:
        return film_of(Studio(production, job or Job(progress)))


def film_of(studio: Studio) -> Film:
    """The studio's film, made and reviewed."""
    delivered = deliver(studio)
    measured = reviewed(studio, delivered)
    folder = studio.production.folder.resolve()
    return Film(
        film=str(folder / delivered.film),
        captions=(str(folder / delivered.srt), str(folder / delivered.vtt)),
        screenplay=str(folder / "screenplay.fountain"),
        storyboard=str(folder / "storyboard.csv"),
        poster=str(folder / delivered.poster),
        report=str(folder / "film" / "report.html"),
        review=measured,
        notices=tuple(studio.notices),
    )
