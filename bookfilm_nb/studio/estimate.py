"""What a film will cost before anything is bought: stage by stage, at least, likely, at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bookfilm_nb.model import FREE, Estimate, Value

from .editable import is_edited
from .hired import asked_of_text, said
from .hired_pictures import prices, references
from .looking import NotYetError, look
from .workers import image_model, voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Screenplay, Storyboard
    from bookfilm_nb.providers import PaidImageModel

    from .studio import Studio

__all__ = ["FilmEstimate", "StageEstimate", "all_free", "estimate_door", "estimate_film", "summed"]


class StageEstimate(Value):
    """What one stage will cost."""

    stage: str
    engine: str
    model: str
    calls: int
    estimate: Estimate


class FilmEstimate(Value):
    """What the whole film will cost if nothing of it is there yet."""

    stages: tuple[StageEstimate, ...]
    total: Estimate
    exact: bool
    """Whether lines and shots are those of the film. Otherwise they are near to them: a text model is yet to choose, an
    embedded voice is yet to be measured, or a person has edited the screenplay or the storyboard."""


def estimate_film(studio: Studio) -> FilmEstimate:
    """What every stage of the film will cost, as if nothing of it were there; calls nothing and buys nothing.

    Figures come from the catalogue. Where a price is not known, that stage and the total are not known either. The book
    is read and analysed, which is kept.
    Raises ChoiceError, MissingPartError, RetiredError as the engines do.
    """
    play, board = _offline(studio)
    measured = not voice(studio.voice_name).capabilities.parallel
    edited = any(is_edited(studio.production, name) for name in ("screenplay.fountain", "storyboard.csv"))
    stages = [_voices(studio, play), _pictures(studio, board)]
    if studio.choices.text:
        stages.insert(0, _text(studio))
    if studio.choices.video:
        stages.append(_clips(studio, board))
    total = FREE
    for stage in stages:
        total += stage.estimate
    return FilmEstimate(
        stages=tuple(stages),
        total=total.model_copy(update={"basis": "the sum of the stages"}),
        exact=not (studio.choices.text or measured or edited),
    )


def all_free(studio: Studio) -> bool:
    """Whether every engine that is chosen computes on this machine: the price is known before the book is read."""
    choices = studio.choices
    hired = bool(choices.text or choices.video) or bool(image_model(choices.images).capabilities.parallel)
    # The voice that is taken where nobody chose is an embedded one
    return not hired and not (choices.voice and voice(choices.voice).capabilities.parallel)


def estimate_door(studio: Studio, door: str) -> StageEstimate:
    """What one stage of the film will cost with the engine that the studio's choices name for it; calls nothing.

    ``door`` is "text", "voice", "images" or "video". Lines and shots are the film's own where they are there, else
    near to them. Raises as :func:`estimate_film` does.
    """
    if door == "text":
        return _text(studio)
    play, board = _standing(studio)
    if door == "voice":
        return _voices(studio, play)
    return _pictures(studio, board) if door == "images" else _clips(studio, board)


def _standing(studio: Studio) -> tuple[Screenplay, Storyboard]:
    """The film's screenplay and storyboard as they stand, or what is near to them."""
    try:
        with look(studio.production.folder) as standing:
            return standing.screenplay, standing.storyboard
    except NotYetError:
        return _offline(studio)


def _offline(studio: Studio) -> tuple[Screenplay, Storyboard]:
    from bookfilm_nb.screenwriting import adapt
    from bookfilm_nb.storyboard import plan

    rate = voice(studio.voice_name).rate_cps
    target_s = studio.choices.minutes * 60
    play = adapt(studio.book, studio.reading, target_s=target_s, template=studio.template, rate_cps=rate)
    return play, plan(play, studio.template, seed=studio.choices.seed, rate_cps=rate)


def summed(stage: str, name: str, engine: Any, calls: Sequence[Estimate]) -> StageEstimate:  # noqa: ANN401 - of any door
    """What several calls of one stage will cost together."""
    total = FREE
    for call in calls:
        total += call
    basis = calls[0].basis if calls else "nothing to do"
    same = len({call.basis for call in calls}) <= 1
    return StageEstimate(
        stage=stage,
        engine=name,
        model=engine.capabilities.model,
        calls=len(calls),
        estimate=total.model_copy(update={"basis": basis if same else f"{len(calls)} calls, the first: {basis}"}),
    )


def _text(studio: Studio) -> StageEstimate:
    from bookfilm_nb.providers import load_text_model
    from bookfilm_nb.screenwriting.with_model import Picks

    model = load_text_model(studio.choices.text)
    _, prompts = asked_of_text(studio)
    return summed("adapt", studio.choices.text, model, [model.estimate(prompt, Picks) for prompt in prompts])


def _voices(studio: Studio, play: Screenplay) -> StageEstimate:
    from bookfilm_nb.providers import VoiceStyle

    engine = voice(studio.voice_name)
    language = studio.book.language
    # A line that the same person says twice is spoken once
    lines = dict.fromkeys((e.text, e.character if e.kind == "dialogue" else None) for e in play.elements() if e.spoken)
    calls = [said(engine, text, language, VoiceStyle()) for text, _ in lines]
    return summed("voice", studio.voice_name, engine, calls)


def _pictures(studio: Studio, board: Storyboard) -> StageEstimate:
    engine = image_model(studio.choices.images)
    width, height = studio.choices.frame
    people = references(board.shots, studio.choices.seed) if engine.capabilities.references else {}
    calls = prices(cast("PaidImageModel", engine), board.shots, people, width=width, height=height)
    return summed("shoot", studio.choices.images, engine, calls)


def _clips(studio: Studio, board: Storyboard) -> StageEstimate:
    from bookfilm_nb.providers import ClipOrder, load_video_model

    from .clips import chosen_shots, clip_length_s, clip_size

    engine = load_video_model(studio.choices.video)
    width, height = clip_size(engine, studio.choices.frame)
    calls = [
        engine.estimate(ClipOrder(shot, clip_length_s(engine, shot.planned_s), width, height))
        for shot in chosen_shots(board, studio.choices.video_shots)
    ]
    return summed("clip", studio.choices.video, engine, calls)
