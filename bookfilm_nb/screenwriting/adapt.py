"""From a book to a screenplay of a given length, in the author's own sentences."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import BookError, ChoiceError
from bookfilm_nb.model import Element, Scene, SceneHeading, Screenplay

from .leftovers import left_out, stage_business
from .select import scene_table, spend
from .timing import (
    END_CARD_S,
    ESTABLISHING_S,
    TITLE_CARD_S,
    estimate_s,
    speech_s,
)
from .units import Beat, beats, units
from .weight import Needed, Weights, scene_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model import Book, GenreTemplate, Reading

    from .units import Unit

__all__ = ["adapt"]

_STEPS = 1500
_FINEST_S = 0.1
_LOUDER, _QUIETER = (1.4, 1.9), (0.75, 0.5)
"""What quotations are worth, tried in turn while the share of dialogue lies outside the template's spread."""
_NEAR = 4
"""Paragraphs within which two people who speak are taken to speak to each other."""
_WORTHS = (0.0, 0.1, 0.3, 0.9, 3.0)
"""What a second of speech is worth by itself, tried in turn until the film is full."""
_LEAST_S = 3.2
"""A scene that is kept speaks for so long, if it has so much to say."""
_CHOICE = 1.5
"""The scenes that may be in the film say so much more than it has time for, so that there is something to choose."""
_TURN_S = 45.0
"""A film of so many seconds has room for the talk that decides its story, whatever else must go."""
_SEQUENCES = 8
"""A story has about eight sequences (Gulino 2004); a short film needs a scene of each, shorter than a long film's."""
_SHORT_SCENE_S = 17.0
"""No scene of a short film need be longer, so one of two minutes has room for seven."""
_TOLERANCE = 0.02
_ROUNDS = 8


class _Job(NamedTuple):
    """What every step of one adaptation needs."""

    book: Book
    reading: Reading
    genre: str
    target_s: float
    pause_s: float
    scene_s: float
    rate_cps: float
    picked: Mapping[int, float]


def adapt(
    book: Book,
    reading: Reading,
    *,
    target_s: float,
    template: GenreTemplate,
    rate_cps: float | None = None,
    picked: Mapping[int, float] | None = None,
) -> Screenplay:
    """A screenplay of about ``target_s`` seconds, made of the author's sentences in the book's order.

    Voice-over is one sentence of narration (or the part of it outside quotations), dialogue one quotation with its
    speaker. What is kept is chosen by two nested knapsacks (see :mod:`.select`): scenes by their weight for the
    story, and inside a scene the chain of sentences that is worth most and breaks least (see :mod:`.weight`). The
    first and the last scene and the story's last sentence stay. The estimated length (:mod:`.timing`) is within
    5 % of the target wherever the book is long enough; a shorter book is kept whole, and then nothing is left out
    for "length". ``rate_cps``: characters of text that the voice speaks in a second; without it, the template's words
    a minute in words as long as this book's. ``picked`` adds to what beats are worth, by number (:mod:`.with_model`).
    The same input gives the same screenplay. Raises ChoiceError for a length or rate that is not positive, BookError
    for a text without a sentence.
    """
    if not 0 < target_s < float("inf"):
        raise ChoiceError("The length of a film must be more than nothing.", hint="Ask for at least half a minute.")
    rate_cps = expected_cps(book, reading, template) if rate_cps is None else rate_cps
    if not 0 < rate_cps < float("inf"):
        raise ChoiceError("A voice must speak more than nothing a second.", hint="Use the voice's measured rate.")
    job = _Job(
        book,
        reading,
        template.genre,
        target_s,
        template.pause_s.value,
        template.scene_length_s.value,
        rate_cps,
        picked or {},
    )
    told = beats(units(book, reading), reading.language)
    if not told:
        raise BookError("There is no sentence in this text.", hint="Give a book with at least one sentence.")
    whole = _screenplay(job, told)
    if estimate_s(whole, rate_cps=rate_cps, pause_s=job.pause_s) <= target_s * (1 + _TOLERANCE):
        return whole
    share = template.dialogue_share
    best = _fill(job, told, 1.0)
    said = _dialogue_share(best)
    # What a screenplay writes as direction a film partly shows: the measured share is the least of what is spoken.
    least, most = share.low, 1 - share.high
    for dialogue in _LOUDER if said < share.value else _QUIETER:
        if least <= said <= most:
            break
        play = _fill(job, told, dialogue)
        new = _dialogue_share(play)
        if abs(new - share.value) < abs(said - share.value):
            best, said = play, new
    return best


def expected_cps(book: Book, reading: Reading, template: GenreTemplate) -> float:
    """Characters a second of the template's narrator: its words a minute times the mean length of the book's words."""
    words = [word for s in reading.sentences for word in book.words(s.span).split()]
    characters = sum(len(word) + 1 for word in words)
    return template.narration_wpm[reading.language].value / 60 * characters / max(1, len(words))


def _fill(job: _Job, told: Sequence[Beat], dialogue: float) -> Screenplay:
    """The fullest screenplay of the target length, for one worth of dialogue.

    Where the best chains leave time over, because no further sentence is worth its cut, time itself is given a
    worth, more and more of it, until the film is full. Where the shortest scenes leave no room, they may be shorter.
    """
    weights = Weights(job.reading, told, dialogue=dialogue, picked=job.picked)
    by_scene = scene_weights(job.reading, told, [weights.value(i) for i in range(len(told))], weights.drama())
    kept = _kept(job, told, by_scene, weights.needed())
    best: Screenplay | None = None
    best_miss = float("inf")
    for second, least_s in (*((worth, _LEAST_S) for worth in _WORTHS), *((worth, 0.0) for worth in _WORTHS)):
        play, miss = _closest(job, told, weights, by_scene, kept, second, least_s)
        if play is not None and miss < best_miss:
            best, best_miss = play, miss
        if best_miss <= _TOLERANCE:
            break
    return best or _screenplay(job, [told[-1]])


def _kept(
    job: _Job, told: Sequence[Beat], by_scene: dict[int, float], story: Needed | None
) -> tuple[list[int], set[int]]:
    """The scenes that may be in the film, and those that must: first, last, the turn, and one to meet its people.

    There may be as many as films of the genre have in that time, in a short film as many as a story has sequences, and
    one more; and as many as it takes to have enough to say.
    """
    needed = {min(by_scene), max(by_scene)}
    sequences = min(_SEQUENCES, round(job.target_s / _SHORT_SCENE_S))
    room = max(2, 1 + max(sequences, round(job.target_s / job.scene_s)))
    says_s = dict.fromkeys(by_scene, 0.0)
    for beat in told:
        says_s[beat.first.scene] += sum(speech_s(u.text, job.rate_cps) for u in beat.units)

    def best() -> list[int]:
        ranked = sorted(by_scene, key=lambda s: (s not in needed, -by_scene[s], s))
        said = list(accumulate((says_s[s] for s in ranked), initial=0.0))
        enough = next((n for n, seconds in enumerate(said) if seconds >= _CHOICE * job.target_s), len(ranked))
        return sorted(ranked[: max(room, len(needed), enough)])

    if story is not None and job.target_s >= _TURN_S:
        needed.add(story.turn)
        for met in story.met if job.target_s >= 2 * _TURN_S else ():
            here = [s for s in met if s in best()]
            needed |= {max(here, key=lambda s: (by_scene[s], -s))} if here else set(met[:1])
    return best(), needed


def _closest(
    job: _Job,
    told: Sequence[Beat],
    weights: Weights,
    by_scene: dict[int, float],
    kept: tuple[list[int], set[int]],
    second: float,
    least_s: float,
) -> tuple[Screenplay | None, float]:
    """The screenplay nearest to the target where a second of speech is worth ``second``, and how far off it is."""
    last = max(by_scene)
    scenes, needed = kept
    budget_s = max(1.0, job.target_s - TITLE_CARD_S - END_CARD_S)
    step_s = max(_FINEST_S, budget_s * 1.3 / _STEPS)
    steps = int(budget_s * 1.3 / step_s)
    rows = [[i for i, b in enumerate(told) if b.first.scene == s] for s in scenes]
    costs = [[_steps_of(told[i], job, step_s) for i in row] for row in rows]
    tables = [
        scene_table(weights, row, cost, steps, step_worth=second * step_s, closing=s == last)
        for s, row, cost in zip(scenes, rows, costs, strict=True)
    ]
    fixed = [round((ESTABLISHING_S + 0.4 + job.pause_s / 2) / step_s)] * len(scenes)
    least = max(1, round(least_s / step_s))
    aim, low, high = budget_s / step_s, 0.0, float(steps)
    best: Screenplay | None = None
    best_miss = float("inf")
    for _ in range(_ROUNDS):
        spent = spend(tables, [by_scene[s] for s in scenes], fixed, round(aim), [s in needed for s in scenes], least)
        chosen = [i for table, b in zip(tables, spent, strict=True) if b for i in table.chain(b)]
        off = -1.0
        if chosen:
            play = _screenplay(job, [told[i] for i in chosen])
            off = estimate_s(play, rate_cps=job.rate_cps, pause_s=job.pause_s) / job.target_s - 1
            if abs(off) < best_miss:
                best, best_miss = play, abs(off)
        if abs(off) <= _TOLERANCE or (off < 0 and round(aim) >= steps):
            break
        low, high = (aim, high) if off < 0 else (low, aim)
        guess = aim * (1 - off)
        aim = guess if low < guess < high else float(steps) if high == steps and off < 0 else (low + high) / 2
    return best, best_miss


def _steps_of(beat: Beat, job: _Job, step_s: float) -> int:
    pause = job.pause_s * (1.5 if beat.first.opens else 1.0)
    seconds = sum(speech_s(u.text, job.rate_cps) for u in beat.units) + pause
    return max(1, round(seconds / step_s))


def _screenplay(job: _Job, kept: Sequence[Beat]) -> Screenplay:
    """The screenplay that speaks these beats."""
    spoken = _mended(job.book, [u for b in kept for u in b.units])
    by_scene: dict[int, list[Unit]] = {}
    for unit in spoken:
        by_scene.setdefault(unit.scene, []).append(unit)
    scenes = tuple(_scene(job, index, found) for index, found in by_scene.items())
    people = {c for s in scenes for e in s.elements for c in (*e.characters, *((e.character,) if e.character else ()))}
    people |= {c for s in scenes for c in s.characters}
    return Screenplay(
        title=job.book.title,
        author=job.book.author,
        language=job.reading.language,
        genre=job.genre,
        target_s=job.target_s,
        narrator=job.reading.narrator,
        characters=tuple(c for c in job.reading.characters if c.id in people or c.id == job.reading.narrator),
        scenes=scenes,
        left_out=left_out(job.book, job.reading, scenes),
    )


def _mended(book: Book, spoken: Sequence[Unit]) -> list[Unit]:
    """The units, neighbouring pieces of one sentence or speech joined again."""
    found: list[Unit] = []
    for unit in spoken:
        before = found[-1] if found else None
        if before and unit.piece == before.piece + 1 and _adjoin(book, before, unit):
            span = before.span.model_copy(update={"end": unit.span.end})
            found[-1] = before._replace(span=span, text=book.words(span), piece=unit.piece)
        else:
            found.append(unit)
    return found


def _adjoin(book: Book, before: Unit, unit: Unit) -> bool:
    """Whether two pieces are of one sentence or speech: nothing but marks stands between them."""
    same = (before.dialogue, before.character, before.paragraph) == (unit.dialogue, unit.character, unit.paragraph)
    return same and not any(c.isalnum() for c in book.text[before.span.end : unit.span.start])


def _scene(job: _Job, index: int, spoken: Sequence[Unit]) -> Scene:
    told = job.reading.scenes[index]
    place = job.reading.place(told.place)
    business = stage_business(job.book, job.reading, spoken)
    rows: list[tuple[Unit, str]] = []
    for unit in spoken:
        rows.append((unit, "dialogue" if unit.dialogue else "voice_over"))
        rows += [(action, "action") for action in business.get(unit.span.start, [])]
    elements = []
    last = -1
    for number, (unit, kind) in enumerate(rows, 1):
        elements.append(
            Element.model_validate(
                {
                    "id": f"{told.id}e{number:03d}",
                    "kind": kind,
                    "text": unit.text,
                    "span": unit.span,
                    "character": unit.character if kind == "dialogue" else None,
                    "emotion": unit.emotion,
                    "characters": _seen(unit, spoken) if kind == "dialogue" else unit.characters,
                    "opens_paragraph": kind != "action" and unit.paragraph != last,
                }
            )
        )
        last = unit.paragraph
    present = [c for c in told.characters if any(c in e.characters for e in elements)]
    present += sorted({c for e in elements for c in e.characters} - set(present))
    return Scene(
        id=told.id,
        heading=SceneHeading(setting="INT." if place.interior else "EXT.", location=place.name, time=told.time),
        place=place.kind,
        weather=told.weather,
        season=told.season,
        mood=told.mood,
        span=told.span,
        characters=tuple(present),
        elements=tuple(elements),
    )


def _seen(unit: Unit, spoken: Sequence[Unit]) -> tuple[str, ...]:
    """The speaker, and the one spoken to.

    That is who answers a question, else who spoke last before, else who speaks next, else who was last told of.
    """
    if unit.character is None:
        return ()
    at = spoken.index(unit)
    around = [*reversed(spoken[:at]), *spoken[at + 1 :]]
    if "?" in unit.text[-3:]:
        around = [*spoken[at + 1 : at + 3], *around]
    for other in around:
        if other.dialogue and other.character not in (None, unit.character):
            if abs(other.paragraph - unit.paragraph) > _NEAR:
                break
            return (unit.character, str(other.character))
    told = [c for u in reversed(spoken[:at]) if not u.dialogue for c in u.characters if c != unit.character]
    if told and unit.character:
        return (unit.character, told[0])
    return (unit.character,)


def _dialogue_share(play: Screenplay) -> float:
    """Share of the spoken words that are dialogue."""
    spoken = [e for e in play.elements() if e.spoken]
    words = sum(len(e.text.split()) for e in spoken)
    return sum(len(e.text.split()) for e in spoken if e.kind == "dialogue") / max(1, words)
