"""Auditions: one piece by another engine beside what the film has, before it is chosen for the whole film.

    from bookfilm_nb.studio.auditions import audition, price_of
    print(price_of("films/mine", "images", "openai", "s01h02"))
    tried = audition("films/mine", "images", "openai", "s01h02")

A piece is one shot (images, video), one line (voice), or the choice of sentences (text). What an audition costs is held
against the production's budget and stands in its ledger; what it made is kept under the key that the film itself would
ask for, so it is not bought again where the engine is then chosen. Nothing else of the film changes.
"""

from __future__ import annotations

import contextlib
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, get_args

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import FREE, ClipTake, Estimate, PictureTake, Screenplay, Span, Value, VoiceTake
from bookfilm_nb.production import Job, Production, Till
from bookfilm_nb.providers import load_image_model, load_text_model, load_video_model, load_voice
from bookfilm_nb.screenwriting.with_model import Picks

from . import hired, hired_pictures
from .clips import clip_key, clips
from .estimate import StageEstimate, estimate_door, summed
from .looking import look
from .studio import Studio
from .workers import draw, image_model, speak, voice, voice_for, working

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bookfilm_nb.model import Book, Shot
    from bookfilm_nb.production import Progress
    from bookfilm_nb.providers import PaidImageModel
    from bookfilm_nb.providers.listing import Offer

    from .workers import Line

__all__ = [
    "AUDITIONED",
    "Audition",
    "AuditionPrice",
    "Door",
    "Heard",
    "audition",
    "engines",
    "pieces",
    "price_of",
    "sentences",
]

Door = Literal["text", "voice", "images", "video"]
AUDITIONED: tuple[Door, ...] = get_args(Door)


_Take = Screenplay | VoiceTake | PictureTake | ClipTake


class Audition(Value):
    """What one engine made of one piece, beside what the film has."""

    door: Door
    engine: str
    piece: str
    """The shot's or the line's id; empty for the choice of sentences."""
    take: _Take
    now: _Take
    """What the film has for the same piece: for a clip, the drawn picture."""
    paid: float | None
    """US dollars that this audition did cost, 0 where everything was there; None where the price is not known."""
    notices: tuple[str, ...]


class AuditionPrice(Value):
    """What an audition will cost, and what the whole stage would cost with the same engine."""

    piece: Estimate
    stage: StageEstimate


class Heard(NamedTuple):
    """A stretch of the book, and which of two screenplays says it."""

    words: str
    now: bool
    tried: bool


def engines(door: Door, language: str = "") -> tuple[Offer, ...]:
    """What works now behind the door, for a book in this language; calls nothing. Raises ChoiceError for no door."""
    from bookfilm_nb.providers.listing import offers

    _known(door)
    ready = [offer for offer in offers(doors=(door,)) if offer.state == "works now"]
    if door == "voice":
        ready = [one for offer in ready for one in _each_voice(offer)]
    return tuple(o for o in ready if not language or not o.languages or language in o.languages)


def _each_voice(offer: Offer) -> list[Offer]:
    """An engine with several voices of its own (``models``, as Piper has) once for each of them."""
    models: tuple[str, ...] = getattr(load_voice(offer.name), "models", ())
    names = [f"{offer.name}:{model}" for model in models]
    return [
        offer.model_copy(update={"name": name, "languages": load_voice(name).capabilities.languages}) for name in names
    ] or [offer]


def pieces(folder: str | Path, door: Door) -> dict[str, str]:
    """What can be auditioned: ids, and the words that are heard or drawn. Raises NotYetError before the cut."""
    _known(door)
    with look(folder) as film:
        if door == "text":
            return {}
        if door == "voice":
            return {e.id: e.text for e in film.screenplay.elements() if e.spoken}
        return {shot.id: shot.prompt for shot in film.storyboard.shots}


def price_of(folder: str | Path, door: Door, engine: str, piece: str = "") -> AuditionPrice:
    """What the audition will cost, and the film's stage with this engine; calls nothing.

    Raises ChoiceError for a piece that there is not, MissingPartError and RetiredError as the engine does.
    """
    _living(door, engine)
    with look(folder) as film:
        one = _studio(film, door, engine, piece)
        whole = _studio(film, door, engine, film.choices.video_shots or "all")
        try:
            return AuditionPrice(piece=_price(film, one, door, piece), stage=estimate_door(whole, door))
        finally:
            one.production.store.close()
            whole.production.store.close()


def audition(
    folder: str | Path, door: Door, engine: str, piece: str = "", *, progress: Progress | None = None
) -> Audition:
    """Have the piece made by the engine, or take it from the store where that was done before.

    The film must be there up to the cut. Raises NotYetError before that, ChoiceError, StoreError naming who works on
    the production, BudgetError before a call that would pass the budget, and what the engine raises.
    """
    _living(door, engine)
    with _trying(folder, door, engine, piece, Job(progress)) as (film, studio):
        before = Till(studio.production.store).calls()
        make, now = _parts(film, door, piece)
        take = make(film, studio, piece)
        costs = [call.cost for call in Till(studio.production.store).calls()[len(before) :] if call.state == "settled"]
        return Audition(
            door=door,
            engine=engine,
            piece=piece,
            take=take,
            now=now,
            paid=None if None in costs else sum(cost or 0.0 for cost in costs),
            notices=tuple(studio.notices),
        )


def sentences(book: Book, now: Screenplay, tried: Screenplay) -> tuple[Heard, ...]:
    """What one of the two screenplays says, or both, in the book's order: a stretch ends where that changes."""
    spans = [sorted((e.span.start, e.span.end) for e in play.elements() if e.spoken) for play in (now, tried)]
    borders = sorted({border for said in spans for span in said for border in span})
    found = []
    for start, end in pairwise(borders):
        says = [any(first <= start and end <= last for first, last in said) for said in spans]
        words = book.words(Span(start=start, end=end))
        if words and any(says):
            found.append(Heard(words, *says))
    return tuple(found)


def _known(door: str) -> None:
    if door not in AUDITIONED:
        raise ChoiceError(f"There is no door {door!r}.", hint=f"Choose one of: {', '.join(AUDITIONED)}.")


def _living(door: Door, engine: str) -> None:
    """Raise what a wrong name, an ended model or a missing part raise: an audition makes something new."""
    _known(door)
    load = {"text": load_text_model, "voice": load_voice, "images": load_image_model, "video": load_video_model}[door]
    load(engine)


def _studio(film: Studio, door: Door, engine: str, piece: str, job: Job | None = None) -> Studio:
    """The film's folder as it would be with this engine; the choices on disk stay as they are."""
    changed = {door: engine, **({"video_shots": piece} if door == "video" else {})}
    production = Production(film.production.folder, film.choices.model_copy(update=changed))
    studio = Studio(production, job)
    if door in {"images", "video"}:
        studio.storyboard = film.storyboard  # the shots are the film's, whoever draws them
    return studio


@contextlib.contextmanager
def _trying(folder: str | Path, door: Door, engine: str, piece: str, job: Job) -> Iterator[tuple[Studio, Studio]]:
    """The film as it stands, and a studio with the other engine that holds the production."""
    with look(folder) as film:
        _check(film, door, piece)
        studio = _studio(film, door, engine, piece, job)
        try:
            with studio.production.locked():
                yield film, studio
        finally:
            studio.production.store.close()


def _check(film: Studio, door: Door, piece: str) -> None:
    if door == "text":
        _ = film.screenplay  # raises where there is none yet
        return
    known = film.lines(film.screenplay) if door == "voice" else {shot.id: shot for shot in film.storyboard.shots}
    if piece not in known:
        what = "line" if door == "voice" else "shot"
        raise ChoiceError(f"The film has no {what} {piece!r}.", hint=f"Choose one of: {', '.join(known)}.")


def _shot(film: Studio, piece: str) -> Shot:
    return next(shot for shot in film.storyboard.shots if shot.id == piece)


def _line(film: Studio, studio: Studio, piece: str) -> Line:
    """How the line would be said in a film with this voice: its words are those of the film as it stands."""
    voice_for(film.book.language, studio.choices.voice)
    return studio.lines(film.screenplay)[piece]


def _price(film: Studio, studio: Studio, door: Door, piece: str) -> Estimate:
    _check(film, door, piece)
    if door == "text":
        return _text_price(studio)
    if door == "voice":
        line = _line(film, studio, piece)
        there = studio.production.store.find(line.key) is not None
        return FREE if there else hired.said(voice(line.engine), line.text, line.language, line.style)
    if door == "images":
        engine = cast("PaidImageModel", image_model(studio.choices.images))
        calls = hired_pictures.missing_prices(studio, engine, _shot(film, piece))
        return summed("shoot", studio.choices.images, engine, calls).estimate
    shot, model = _shot(film, piece), load_video_model(studio.choices.video)
    there = studio.production.store.find(clip_key(studio, model, shot, film.pictures, film.laid_out({}))) is not None
    return FREE if there else estimate_door(studio, "video").estimate


def _text_price(studio: Studio) -> Estimate:
    model = load_text_model(studio.choices.text)
    _, prompts = hired.asked_of_text(studio)
    keys = hired.pick_keys(studio, model, prompts)
    missing = [p for p, key in zip(prompts, keys, strict=True) if studio.production.store.find(key) is None]
    return summed("adapt", studio.choices.text, model, [model.estimate(p, Picks) for p in missing]).estimate


def _parts(film: Studio, door: Door, piece: str) -> tuple[Callable[[Studio, Studio, str], _Take], _Take]:
    """What makes the piece, and what the film has for it. Raises NotYetError where it has nothing yet."""
    if door == "text":
        return _rewritten, film.screenplay
    if door == "voice":
        return _spoken, film.voices[piece]
    return (_drawn if door == "images" else _filmed), film.pictures[piece]


def _rewritten(film: Studio, studio: Studio, _: str) -> Screenplay:
    """The adaptation with the model's choice of sentences; screenplay.fountain stays as it is."""
    from bookfilm_nb.screenwriting import adapt

    picked = hired.picked(studio, load_text_model(studio.choices.text))
    rate = round(film.rate_cps, 2)
    target_s = studio.choices.minutes * 60
    return adapt(film.book, film.reading, target_s=target_s, template=film.template, rate_cps=rate, picked=picked)


def _spoken(film: Studio, studio: Studio, piece: str) -> VoiceTake:
    line = _line(film, studio, piece)
    if studio.production.store.find(line.key) is None:
        engine = voice(line.engine)
        if engine.capabilities.parallel:
            hired.voices(studio, engine, [line], [line.key])
        else:
            studio.notice(engine.capabilities.notice)
            for _, made in working("voice", speak, [line], studio.job, one_apart=True):
                studio.production.keep(
                    "voice", piece, line.key, made.take, made.blobs, engine=line.engine, seconds=made.seconds
                )
    return studio.production.kept(line.key, VoiceTake).model_copy(update={"element": piece})


def _drawn(film: Studio, studio: Studio, piece: str) -> PictureTake:
    shot, engine = _shot(film, piece), image_model(studio.choices.images)
    if engine.capabilities.parallel:
        key = hired_pictures.pictures(studio, cast("PaidImageModel", engine), [shot])[piece]
    else:
        sketch = studio.sketch(shot)
        key = sketch.key
        if studio.production.store.find(key) is None:
            made = draw(sketch)
            studio.production.keep(
                "shoot", piece, key, made.take, made.blobs, engine=sketch.engine, seconds=made.seconds
            )
    return studio.production.kept(key, PictureTake).model_copy(update={"shot": piece})


def _filmed(film: Studio, studio: Studio, piece: str) -> ClipTake:
    return clips(studio, load_video_model(studio.choices.video), film.pictures, film.laid_out({})).takes[piece]
