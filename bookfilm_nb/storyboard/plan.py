"""Shots from scenes and a template: what is seen while the words are heard."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import Portion, Shot, Storyboard
from bookfilm_nb.screenwriting.timing import establishing_s, narrated

from .camera import angle_for, move_for, size_for
from .coverage import Seen, cover
from .dressing import Dressing
from .lines import Line, group, lines_of
from .looks import cast_looks
from .pace import SHORTEST_S, Pace, chance, fitted
from .prompt import Figure, prompt_words
from .things import is_vast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model import Element, GenreTemplate, Scene, Screenplay
    from bookfilm_nb.model.vocabulary import Emotion, Language, ShotSize, Transition

__all__ = ["plan"]

_LASTS = 3
"""A feeling stays on a listener's face for so many lines."""
_LINE_SHARE = 1.4
"""Sentences are cut into stretches of up to so many average shots."""
_LEAP = 0.1
"""A jump over more of the book than this is a new part: it opens with a fade."""


class _Film(NamedTuple):
    """What every shot of one film needs."""

    language: Language
    names: Mapping[str, str]
    looks: Mapping[str, str]
    seed: int
    dressing: Dressing
    met: set[str]
    """Everybody who has been seen so far: the first time, a person is seen well."""


class _Opening(NamedTuple):
    """A first shot of a scene, over which the narrator begins."""

    silent_s: float
    near: bool
    """Whether its people must be seen well: for the first time, or in no other shot of the scene."""

    def size(self, scene: Scene, people: Sequence[str]) -> ShotSize:
        """Wide, to show the place."""
        if people:
            return "full" if self.near else "wide"
        return "wide" if scene.heading.setting == "INT." else "extreme wide"


class _Told(NamedTuple):
    """One scene's words as lines, with their places in the film."""

    scene: Scene
    opens_s: float
    """Silence over its first picture; 0 where neither the place nor the time changes."""
    lines: list[Line]
    starts: list[float]
    """Where each line begins, as a share of the running time."""

    @property
    def silent_s(self) -> float:
        """Seconds of a shot without words at its head."""
        return 0.0 if narrated(self.scene) else self.opens_s

    @property
    def lead_s(self) -> float:
        """Seconds of silence at the head of its first shot, over which the narrator then begins."""
        return self.opens_s if narrated(self.scene) else 0.0

    def shots(self, pace: Pace, seed: int) -> list[list[Line]]:
        """Its lines gathered into shots."""
        return group(self.lines, pace, f"{seed}:{self.scene.id}", self.starts, lead_s=self.lead_s)


def plan(screenplay: Screenplay, template: GenreTemplate, *, seed: int, rate_cps: float) -> Storyboard:
    """The storyboard of a screenplay.

    A scene in another place or at another time opens wide: the narrator begins over that picture, before a talk it
    is a silent shot. The words are gathered into shots whose lengths follow the template's law and the curve of its
    acts, at the pace that brings the film's average shot nearest to the template's (:mod:`.pace`). A talk
    opens on both and goes from one to the other (:func:`.coverage.cover`), narration is seen in the size that fits
    what it tells; whoever is seen for the first time is seen well, and a picture without people is always wide.
    Every spoken element is covered completely and in order. The same screenplay, template, seed and rate give the
    same storyboard. Silent shots last ``planned_s``; for the others it is an estimate until the voice is heard.
    """
    film = _Film(
        language=screenplay.language,
        names={c.id: c.name for c in screenplay.characters},
        looks=cast_looks(screenplay.characters),
        seed=seed,
        dressing=Dressing(screenplay.scenes, screenplay.language),
        met=set(),
    )
    told = _told(screenplay, template, rate_cps)
    pace = fitted(template, lambda pace: _average_s(told, pace, seed))
    shots: list[Shot] = []
    before: Scene | None = None
    extent = max((s.span.end for s in screenplay.scenes), default=0) - min(
        (s.span.start for s in screenplay.scenes), default=0
    )
    for part in told:
        transition = _transition(before, part.scene, extent)
        shots += _scene_shots(film, part, part.shots(pace, seed), transition, shots[-1] if shots else None)
        before = part.scene
    if shots and shots[-1].move != "pull out":
        shots[-1] = shots[-1].model_copy(update={"move": "pull out"})
    return Storyboard(shots=tuple(shots))


def _transition(before: Scene | None, scene: Scene, extent: int) -> Transition:
    if before is None:
        return "fade"
    if scene.span.start - before.span.end > _LEAP * extent:
        return "fade"
    return "cut" if before.heading == scene.heading else "dissolve"


def _told(screenplay: Screenplay, template: GenreTemplate, rate_cps: float) -> list[_Told]:
    pace = Pace(template)
    wanted_s = _LINE_SHARE * template.shot_length_s.value
    rows: list[tuple[Scene, float, list[Line], list[float]]] = []
    now = 0.0
    before: Scene | None = None
    for scene in screenplay.scenes:
        opens_s = establishing_s(before, scene)
        lines = lines_of(
            scene,
            screenplay.language,
            rate_cps,
            template.pause_s.value,
            wanted_s=wanted_s,
            longest_s=pace.longest_s,
        )
        begins = list(accumulate((line.seconds for line in lines), initial=now + opens_s))
        rows.append((scene, opens_s, lines, begins[:-1]))
        now = begins[-1]
        before = scene
    return [_Told(scene, opens, lines, [b / now for b in begins]) for scene, opens, lines, begins in rows]


def _average_s(told: Sequence[_Told], pace: Pace, seed: int) -> float:
    """The film's average shot at this pace, in seconds."""
    seconds = sum(part.opens_s + sum(line.seconds for line in part.lines) for part in told)
    shots = sum((part.silent_s > 0) + len(part.shots(pace, seed)) for part in told)
    return seconds / max(1, shots)


def _scene_shots(
    film: _Film, part: _Told, gathered: Sequence[Sequence[Line]], transition: Transition, last: Shot | None
) -> list[Shot]:
    shots: list[Shot] = []
    scene = part.scene
    film.dressing.enter(scene)
    if part.silent_s:
        shots.append(_establishing(film, scene, part.silent_s, transition, last))
    covered: list[Seen] = []
    for shot_lines in gathered:
        identity = f"{scene.id}h{len(shots) + 1:02d}"
        opens_s = 0.0 if shots else part.lead_s
        vast = opens_s > 0 or is_vast(" ".join(x.text for x in shot_lines))
        seen = cover(shot_lines, film.looks, covered, f"{film.seed}:{identity}", vast=vast)
        near = len(gathered) == 1 or not film.met.issuperset(seen.people)
        opening = _Opening(opens_s, near) if opens_s else None
        shot = _spoken(film, scene, shot_lines, identity, seen, covered, shots[-1] if shots else last, opening)
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
    opening: _Opening | None,
) -> Shot:
    key = f"{film.seed}:{identity}"
    words = " ".join(x.text for x in lines)
    told = " ".join(x.text for x in lines if x.element.kind != "dialogue")
    emotion = _feeling(lines)
    people, speaking = seen.people, seen.speaking
    both = len({x.element.character for x in lines if x.element.kind == "dialogue"}) > 1
    size = (
        opening.size(scene, people)
        if opening
        else size_for(
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
        planned_s=round(max(SHORTEST_S, (opening.silent_s if opening else 0.0) + sum(x.seconds for x in lines)), 2),
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
