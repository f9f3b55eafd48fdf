"""What a film will cost before anything is bought: stage by stage, at least, likely, at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bookfilm_nb.model import FREE, Estimate, Value

from .hired import estimated, references
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
    """Whether lines and shots are those of the film; before a text model has chosen, they are those of an offline one."""


def estimate_film(studio: Studio) -> FilmEstimate:
    """What every stage of the film will cost; calls nothing, buys nothing, writes nothing.

    Figures come from the catalogue. Where a price is not known, that stage and the total are not known either.
    Raises ChoiceError, MissingPartError, RetiredError as the engines do.
    """
    play, board = _offline(studio)
    stages = [*_text(studio), _voices(studio, play), _pictures(studio, board), *_clips(studio, board)]
    total = FREE
    for stage in stages:
        total += stage.estimate
    return FilmEstimate(
        stages=tuple(stages),
        total=total.model_copy(update={"basis": "the sum of the stages"}),
        exact=not studio.choices.text,
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
    return StageEstimate(
        stage=stage,
        engine=name,
        model=engine.capabilities.model,
        calls=len(calls),
        estimate=total.model_copy(update={"basis": f"{len(calls)} × {basis}" if len(calls) > 1 else basis}),
    )


def _text(studio: Studio) -> list[StageEstimate]:
    if not studio.choices.text:
        return []
    from bookfilm_nb.providers import load_text_model
    from bookfilm_nb.screenwriting.with_model import Picks, parts, pick_prompt

    model = load_text_model(studio.choices.text)
    book_parts = parts(studio.book, studio.reading)
    prompts = [
        pick_prompt(p, book_parts, studio.template, target_s=studio.choices.minutes * 60, seed=studio.choices.seed)
        for p in book_parts
    ]
    return [_stage("adapt", studio.choices.text, model, [model.estimate(prompt, Picks) for prompt in prompts])]


def _voices(studio: Studio, play: Screenplay) -> StageEstimate:
    from bookfilm_nb.providers import VoiceStyle

    engine = voice(studio.voice_name)
    lines = [e.text for e in play.elements() if e.spoken]
    language = studio.book.language
    calls = [estimated(engine, text=text, language=language, style=VoiceStyle()) for text in lines]
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

    from .clips import chosen_shots, clip_size

    engine = load_video_model(studio.choices.video)
    width, height = clip_size(engine, studio.choices.frame)
    calls = [
        engine.estimate(shot, seconds=shot.planned_s, width=width, height=height)
        for shot in chosen_shots(board, studio.choices.video_shots)
    ]
    return [_stage("clip", studio.choices.video, engine, calls)]
