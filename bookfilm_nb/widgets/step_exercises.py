"""Checks for the exercises of notebooks about a film: an answer is compared with what the student's own film says."""

from __future__ import annotations

from collections import Counter
from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import ChoiceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.studio import Studio

__all__ = ["STEP_EXERCISES", "check_film"]


class StepExercise(NamedTuple):
    """Whether an answer is right for this film, and where to look."""

    right: Callable[[Studio, object], bool]
    hint: str


def check_film(exercise: str, answer: object, studio: Studio) -> str:
    """Whether an answer is right for this studio's film; numbers may be off by one per cent. None is no answer yet.

    Raises ChoiceError for an exercise that there is not.
    """
    if exercise not in STEP_EXERCISES:
        names = list(STEP_EXERCISES)
        raise ChoiceError(f"There is no exercise {exercise!r}.", hint=f"Choose: {', '.join(names)}.", choices=names)
    if answer is None:
        return f"{exercise}: no answer yet."
    right, hint = STEP_EXERCISES[exercise]
    return f"{exercise}: right." if right(studio, answer) else f"{exercise}: not yet. {hint}"


def _number(solution: Callable[[Studio], float]) -> Callable[[Studio, object], bool]:
    def right(studio: Studio, answer: object) -> bool:
        if isinstance(answer, bool):
            return False
        try:
            return isclose(float(answer), solution(studio), rel_tol=0.01, abs_tol=1e-9)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return False

    return right


def _one_of(solutions: Callable[[Studio], set[str]]) -> Callable[[Studio, object], bool]:
    """A word; where several are equally right, each of them is."""

    def right(studio: Studio, answer: object) -> bool:
        return isinstance(answer, str) and answer.strip().casefold() in {s.casefold() for s in solutions(studio)}

    return right


def _most(counted: Counter[str]) -> set[str]:
    return {name for name, count in counted.items() if count == max(counted.values())}


# 04 ------------------------------------------------------------------------------------------------------


def _set_aside(studio: Studio) -> int:
    counted = studio.book.coverage()
    return counted.file - counted.book


def _speaks_most(studio: Studio) -> set[str]:
    said = Counter([q.speaker for q in studio.reading.quotes if q.speaker])
    return {studio.reading.character(identity).name for identity in _most(said)}


def _longest_scene(studio: Studio) -> set[str]:
    return _most(Counter({s.id: len(s.span) for s in studio.reading.scenes}))


def _not_named(studio: Studio) -> int:
    return sum(q.kind != "explicit" for q in studio.reading.quotes)


# 05 ------------------------------------------------------------------------------------------------------


def _share_heard(studio: Studio) -> float:
    heard = sum(len(e.text) for e in studio.screenplay.elements() if e.spoken)
    return heard / studio.book.coverage().book


def _main_reason(studio: Studio) -> set[str]:
    lost: Counter[str] = Counter()
    for part in studio.screenplay.left_out:
        lost[part.reason] += len(part.span)
    return _most(lost)


def _fullest_scene(studio: Studio) -> set[str]:
    return _most(Counter({s.id: sum(len(e.text) for e in s.elements if e.spoken) for s in studio.screenplay.scenes}))


def _scenes_in_four(studio: Studio) -> int:
    from bookfilm_nb.screenwriting import adapt

    play = adapt(studio.book, studio.reading, target_s=240, template=studio.template, rate_cps=studio.rate_cps)
    return len(play.scenes)


# 06 ------------------------------------------------------------------------------------------------------


def _average_planned(studio: Studio) -> float:
    shots = studio.storyboard.shots
    return sum(shot.planned_s for shot in shots) / len(shots)


def _usual_size(studio: Studio) -> set[str]:
    return _most(Counter(shot.size for shot in studio.storyboard.shots))


def _wet_night(_: Studio, answer: object) -> bool:
    from bookfilm_nb.illustrator import parse_prompt

    if not isinstance(answer, str):
        return False
    words = parse_prompt(answer)
    return words.scene.time == "night" and words.scene.weather in {"rain", "storm"} and len(words.figures) == 2


# 07 ------------------------------------------------------------------------------------------------------


def _words_heard(studio: Studio) -> int:
    return sum(len(take.words) for take in studio.voices.values())


def _spoken_share(studio: Studio) -> float:
    cut = studio.timeline
    return sum(v.take.length_s for v in cut.voices) / (cut.length / cut.fps)


def _longest_line(studio: Studio) -> set[str]:
    longest = max(take.length_s for take in studio.voices.values())
    return {identity for identity, take in studio.voices.items() if take.length_s == longest}


# 08 ------------------------------------------------------------------------------------------------------


def _most_layers(studio: Studio) -> set[str]:
    cards = {"title", "end"}
    return _most(Counter({shot: len(take.layers) for shot, take in studio.pictures.items() if shot not in cards}))


def _figures(studio: Studio) -> int:
    return sum(layer.role == "figure" for take in studio.pictures.values() for layer in take.layers)


def _nearest(studio: Studio) -> float:
    return max(layer.depth for take in studio.pictures.values() for layer in take.layers)


# 09 ------------------------------------------------------------------------------------------------------


def _fastest_caption(studio: Studio) -> float:
    return max(1000 * sum(map(len, c.lines)) / (c.end_ms - c.start_ms) for c in studio.timeline.captions)


def _dissolved(studio: Studio) -> float:
    return sum(clip.dissolve for clip in studio.timeline.shots) / studio.timeline.fps


# 10 and 11 -----------------------------------------------------------------------------------------------


def _heard_halfway(studio: Studio) -> set[str]:
    cut = studio.timeline
    half = cut.samples // 2
    ends = ((v, v.start + v.take.length_s * cut.sample_rate) for v in cut.voices)
    following = next((v.element for v, end in ends if end > half), cut.voices[-1].element)
    return {following}


def _shots_a_minute(studio: Studio) -> float:
    cut = studio.timeline
    return 60 * (len(cut.shots) - 2) / (cut.length / cut.fps)


# Your own provider ---------------------------------------------------------------------------------------


def _calls_settled(studio: Studio) -> int:
    from bookfilm_nb.production import Till

    return sum(call.state == "settled" for call in Till(studio.production.store).calls())


def _dollars_paid(studio: Studio) -> float:
    from bookfilm_nb.production import Till

    return Till(studio.production.store).spent().settled


def _held_at_its_highest(_: Studio) -> int:
    """Pictures of 4 cents under a budget of 30, each held at 20 until it is settled."""
    return next(n for n in range(30) if 4 * n + 20 > 30)


STEP_EXERCISES = {
    "set aside": StepExercise(_number(_set_aside), "studio.book.coverage() has file and book."),
    "speaks most": StepExercise(_one_of(_speaks_most), "people_table counts the lines of each; give the name."),
    "longest scene": StepExercise(_one_of(_longest_scene), "A span has a length: len(scene.span). Give the id."),
    "not named": StepExercise(_number(_not_named), "quote.kind is 'explicit' where the speaker is named beside it."),
    "share heard": StepExercise(
        _number(_share_heard), "Characters of the spoken elements' text, divided by coverage().book."
    ),
    "main reason": StepExercise(_one_of(_main_reason), "Add up len(part.span) of screenplay.left_out by reason."),
    "fullest scene": StepExercise(_one_of(_fullest_scene), "Add up len(element.text) of spoken elements by scene."),
    "four minutes": StepExercise(_number(_scenes_in_four), "adapt with target_s=240, and count the scenes."),
    "average planned": StepExercise(_number(_average_planned), "The mean of shot.planned_s over storyboard.shots."),
    "usual size": StepExercise(_one_of(_usual_size), "collections.Counter counts shot.size."),
    "wet night": StepExercise(_wet_night, "It needs the words night and rain, and two figures in square brackets."),
    "words heard": StepExercise(_number(_words_heard), "Every take in studio.voices has words."),
    "spoken share": StepExercise(
        _number(_spoken_share), "Seconds of all voices in the timeline, divided by the seconds of the film."
    ),
    "longest line": StepExercise(_one_of(_longest_line), "max(studio.voices, key=...) by length_s; give the id."),
    "most layers": StepExercise(_one_of(_most_layers), "len(take.layers) of studio.pictures, without the cards."),
    "figures": StepExercise(_number(_figures), "Layers whose role is 'figure', over all pictures."),
    "nearest plane": StepExercise(_number(_nearest), "The largest depth of any layer of any picture."),
    "frame of ten": StepExercise(_number(lambda s: 10 * s.timeline.fps), "Frames a second times seconds."),
    "samples a frame": StepExercise(
        _number(lambda s: s.timeline.sample_rate / s.timeline.fps), "Samples a second divided by frames a second."
    ),
    "fastest caption": StepExercise(
        _number(_fastest_caption), "Characters of all lines of a caption, divided by its seconds; the largest of them."
    ),
    "dissolved": StepExercise(_number(_dissolved), "Add up clip.dissolve, which is in frames."),
    "heard halfway": StepExercise(
        _one_of(_heard_halfway), "from_second(...) at half the film's seconds names the line; give its id."
    ),
    "chapters": StepExercise(_number(lambda s: len(s.timeline.chapters)), "timeline.chapters has them all."),
    "nothing twice": StepExercise(
        _number(lambda _: 0), "work_table(ledger, since=before) has a row for all that was made."
    ),
    "shots a minute": StepExercise(
        _number(_shots_a_minute), "The title and the end card are no shots of the story; the minutes are the film's."
    ),
    "calls settled": StepExercise(_number(_calls_settled), "Till(...).calls() has them all; count those settled."),
    "dollars paid": StepExercise(_number(_dollars_paid), "Till(...).spent() tells what was settled."),
    "held at its highest": StepExercise(
        _number(_held_at_its_highest), "A call is made where what is spent and its highest price fit into the budget."
    ),
}
"""The exercises of the notebooks about a film, by name; what is right depends on the film that the student made."""
