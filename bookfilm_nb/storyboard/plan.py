"""Shots from scenes and a template: what is seen while the words are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import Portion, Shot, Storyboard
from bookfilm_nb.screenwriting.timing import establishing_s

from .camera import angle_for, move_for, size_for
from .coverage import Seen, cover
from .dressing import Dressing
from .lines import SHORTEST_S, Line, chance, group, lines_of
from .looks import cast_looks
from .prompt import Figure, prompt_words
from .things import is_vast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model import Element, GenreTemplate, Scene, Screenplay
    from bookfilm_nb.model.vocabulary import Emotion, Language, ShotSize, Transition

__all__ = ["plan"]

_LASTS = 3
"""A feeling stays on a listener's face for so many lines."""
_LEAP = 0.1
"""A jump over more of the book than this is a new part: it opens with a fade."""


class _Film(NamedTuple):
    """What every shot of one film needs."""

    language: Language
    names: Mapping[str, str]
    looks: Mapping[str, str]
    template: GenreTemplate
    seed: int
    rate_cps: float
    dressing: Dressing
    met: set[str]
    """Everybody who has been seen so far: the first time, a person is seen well."""


def plan(screenplay: Screenplay, template: GenreTemplate, *, seed: int, rate_cps: float) -> Storyboard:
    """The storyboard of a screenplay.

    A scene in another place or at another time opens with a silent wide shot. The words that follow are gathered
    into shots whose lengths follow the template's law (:func:`.lines.group`). A talk opens on both and goes from one
    to the other (:func:`.coverage.cover`), narration is seen in the size that fits what it tells; whoever is seen for
    the first time is seen well, and a picture without people is always wide. Every
    spoken element is covered completely and in order. The same screenplay, template, seed and rate give the
    same storyboard. Silent shots last ``planned_s``; for the others it is an estimate until the voice is heard.
    """
    film = _Film(
        language=screenplay.language,
        names={c.id: c.name for c in screenplay.characters},
        looks=cast_looks(screenplay.characters),
        template=template,
        seed=seed,
        rate_cps=rate_cps,
        dressing=Dressing(screenplay.scenes, screenplay.language),
        met=set(),
    )
    shots: list[Shot] = []
    before: Scene | None = None
    extent = max((s.span.end for s in screenplay.scenes), default=0) - min(
        (s.span.start for s in screenplay.scenes), default=0
    )
    for scene in screenplay.scenes:
        transition = _transition(before, scene, extent)
        shots += _scene_shots(film, scene, before, transition, shots[-1] if shots else None)
        before = scene
    if shots and shots[-1].move != "pull out":
        shots[-1] = shots[-1].model_copy(update={"move": "pull out"})
    return Storyboard(shots=tuple(shots))


def _transition(before: Scene | None, scene: Scene, extent: int) -> Transition:
    if before is None:
        return "fade"
    if scene.span.start - before.span.end > _LEAP * extent:
        return "fade"
    return "cut" if before.heading == scene.heading else "dissolve"


def _scene_shots(
    film: _Film, scene: Scene, before: Scene | None, transition: Transition, last: Shot | None
) -> list[Shot]:
    shots: list[Shot] = []
    film.dressing.enter(scene)
    silent_s = establishing_s(before, scene)
    if silent_s:
        shots.append(_establishing(film, scene, silent_s, transition, last))
    wanted = 1.4 * film.template.shot_length_s.value
    lines = lines_of(scene, film.language, film.rate_cps, film.template.pause_s.value, wanted)
    covered: list[Seen] = []
    for shot_lines in group(lines, film.template, f"{film.seed}:{scene.id}"):
        identity = f"{scene.id}h{len(shots) + 1:02d}"
        vast = is_vast(" ".join(x.text for x in shot_lines))
        seen = cover(shot_lines, film.looks, covered, f"{film.seed}:{identity}", vast=vast)
        previous = shots[-1] if shots else last
        shot = _spoken(film, scene, shot_lines, identity, seen, covered, previous)
        if not shots:
            shot = shot.model_copy(update={"transition": transition})
        shots.append(shot)
        covered.append(seen)
        film.met.update(seen.people)
    return shots


def _establishing(film: _Film, scene: Scene, seconds: float, transition: Transition, last: Shot | None) -> Shot:
    words = " ".join(e.text for e in scene.elements)
    size: ShotSize = "wide" if scene.heading.setting == "INT." else "extreme wide"
    identity = f"{scene.id}h01"
    return Shot(
        id=identity,
        scene=scene.id,
        portions=(),
        size=size,
        move=move_for(size, (), words, f"{film.seed}:{identity}", last, vast=size == "extreme wide"),
        prompt=prompt_words(size, "eye level", scene, (), film.dressing.of_set()),
        planned_s=round(seconds, 2),
        transition=transition,
        seed=_seed(film, identity),
    )


def _spoken(
    film: _Film,
    scene: Scene,
    lines: Sequence[Line],
    identity: str,
    seen: Seen,
    covered: Sequence[Seen],
    previous: Shot | None,
) -> Shot:
    key = f"{film.seed}:{identity}"
    words = " ".join(x.text for x in lines)
    told = " ".join(x.text for x in lines if x.element.kind != "dialogue")
    emotion = _feeling(lines)
    people, speaking = seen.people, seen.speaking
    both = len({x.element.character for x in lines if x.element.kind == "dialogue"}) > 1
    size = size_for(
        people,
        words,
        emotion,
        key,
        talk=lines[0].element.kind == "dialogue",
        previous=previous,
        changed=not covered or not seen.pair & covered[-1].pair,
        scene=scene,
        first=not film.met.issuperset(people),
        met=any(s.pair == seen.pair for s in covered) and not both,
    )
    angle = angle_for(size, people, emotion, scene, key)
    figures = [
        Figure(film.names[c], film.looks[c], _face(c, lines, scene, emotion), c == speaking, seen.side) for c in people
    ]
    return Shot(
        id=identity,
        scene=scene.id,
        portions=tuple(Portion(element=x.element.id, start=x.start, end=x.end) for x in _merged(lines)),
        size=size,
        angle=angle,
        move=move_for(
            size, people, words, key, previous, vast=not people, emotion=emotion, speaking=speaking in people
        ),
        prompt=prompt_words(size, angle, scene, figures, film.dressing.of_shot(scene, told)),
        planned_s=round(max(SHORTEST_S, sum(x.seconds for x in lines)), 2),
        seed=_seed(film, identity),
    )


def _merged(lines: Sequence[Line]) -> list[Line]:
    """Neighbouring lines of one element as one."""
    found: list[Line] = []
    for line in lines:
        if found and found[-1].element.id == line.element.id and found[-1].end == line.start:
            found[-1] = found[-1]._replace(end=line.end, seconds=found[-1].seconds + line.seconds)
        else:
            found.append(line)
    return found


def _feeling(lines: Sequence[Line]) -> Emotion:
    return next((x.element.emotion for x in lines if x.element.emotion != "neutral"), "neutral")


def _face(person: str, lines: Sequence[Line], scene: Scene, feeling: Emotion) -> Emotion:
    """What the person's face shows: what they say or what is told of them; a listener keeps their last feeling."""
    for line in lines:
        if line.element.character == person and line.element.emotion != "neutral":
            return line.element.emotion
    if all(x.element.kind == "voice_over" for x in lines) and feeling != "neutral":
        return feeling
    if any(x.element.character == person for x in lines) or lines[0].element.kind == "voice_over":
        return "neutral"
    at = [e.id for e in scene.elements].index(lines[0].element.id)
    earlier: list[Element] = [e for e in scene.elements[:at] if e.kind == "dialogue"][-_LASTS:]
    felt = [e.emotion for e in earlier if e.character == person and e.emotion != "neutral"]
    return felt[-1] if felt else "thoughtful"


def _seed(film: _Film, identity: str) -> int:
    return int(chance(f"{film.seed}:{identity}", "picture") * 2**31)
