"""What a film will cost before anything is bought: stage by stage, at least, likely, at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bookfilm_nb.model import FREE, Estimate, Value

from .editable import is_edited
from .hired import asked_of_text, estimated, references, said
from .workers import image_model, voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Screenplay, Storyboard

    from .studio import Studio

__all__ = ["FilmEstimate", "StageEstimate", "estimate_film"]


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
    stages = [*_text(studio), _voices(studio, play), _pictures(studio, board), *_clips(studio, board)]
    total = FREE
    for stage in stages:
        total += stage.estimate
    return FilmEstimate(
        stages=tuple(stages),
        total=total.model_copy(update={"basis": "the sum of the stages"}),
        exact=not (studio.choices.text or measured or edited),
    )


def _offline(studio: Studio) -> tuple[Screenplay, Storyboard]:
    from bookfilm_nb.screenwriting import adapt
    from bookfilm_nb.storyboard import plan

    rate = voice(studio.voice_name).rate_cps
    target_s = studio.choices.minutes * 60
    play = adapt(studio.book, studio.reading, target_s=target_s, template=studio.template, rate_cps=rate)
    return play, plan(play, studio.template, seed=studio.choices.seed, rate_cps=rate)


def _stage(stage: str, name: str, engine: Any, calls: Sequence[Estimate]) -> StageEstimate:  # noqa: ANN401 - of any door
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


def _text(studio: Studio) -> list[StageEstimate]:
    if not studio.choices.text:
        return []
    from bookfilm_nb.providers import load_text_model
    from bookfilm_nb.screenwriting.with_model import Picks

    model = load_text_model(studio.choices.text)
    _, prompts = asked_of_text(studio)
    return [_stage("adapt", studio.choices.text, model, [model.estimate(prompt, Picks) for prompt in prompts])]


def _voices(studio: Studio, play: Screenplay) -> StageEstimate:
    from bookfilm_nb.providers import VoiceStyle

    engine = voice(studio.voice_name)
    language = studio.book.language
    # A line that the same person says twice is spoken once
    lines = dict.fromkeys((e.text, e.character if e.kind == "dialogue" else None) for e in play.elements() if e.spoken)
    calls = [said(engine, text, language, VoiceStyle()) for text, _ in lines]
    return _stage("voice", studio.voice_name, engine, calls)


def _pictures(studio: Studio, board: Storyboard) -> StageEstimate:
    engine = image_model(studio.choices.images)
    width, height = studio.choices.frame
    if not hasattr(engine, "estimate"):
        return _stage("shoot", studio.choices.images, engine, [estimated(engine)] * len(board.shots))
    cast = references(board.shots, studio.choices.seed) if engine.capabilities.references else {}
    calls = [engine.estimate(shot, width=width, height=height) for shot in cast.values()]
    for shot in board.shots:
        shown = sum(f"[{name}:" in shot.prompt for name in cast)
        calls.append(engine.estimate(shot, width=width, height=height, **({"references": shown} if shown else {})))
    return _stage("shoot", studio.choices.images, engine, calls)


def _clips(studio: Studio, board: Storyboard) -> list[StageEstimate]:
    if not studio.choices.video:
        return []
    from bookfilm_nb.providers import load_video_model

    from .clips import chosen_shots, clip_length_s, clip_size

    engine = load_video_model(studio.choices.video)
    width, height = clip_size(engine, studio.choices.frame)
    calls = [
        engine.estimate(shot, seconds=clip_length_s(engine, shot.planned_s), width=width, height=height)
        for shot in chosen_shots(board, studio.choices.video_shots)
    ]
    return [_stage("clip", studio.choices.video, engine, calls)]
