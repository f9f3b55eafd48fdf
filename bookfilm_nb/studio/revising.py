"""Changing what was written and planned, in plain code: what the panels do when something is clicked.

    from bookfilm_nb.studio.revising import edit_shot, keep_take, remake_shot
    edit_shot("films/mine", "s01h02", prompt='Exterior, sea shore "The shore", night, storm, autumn. Mood: tense.')
    remake_shot("films/mine", "s01h02")
    keep_take("films/mine", "s01h02", 2)

Every function opens the production, holds it while it writes, and lets it go. A change is made in the files that a
person may edit too (screenplay.fountain, storyboard.csv), and counts when the film is run again.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from bookfilm_nb.errors import ChoiceError, ScreenplayError
from bookfilm_nb.model import PictureTake, Screenplay, Shot, Storyboard, first_fault
from bookfilm_nb.production import Production, write_atomically

from .editable import check_fits
from .looking import look
from .workers import draw, image_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .studio import Studio
    from .workers import Sketch

__all__ = [
    "ShotTake",
    "edit_screenplay",
    "edit_shot",
    "keep_take",
    "order_shots",
    "remake_shot",
    "revised",
    "save_screenplay",
    "shoot_shot",
    "takes",
    "undo_edits",
]


class ShotTake(NamedTuple):
    """One of the pictures that were made for a shot."""

    number: int
    """1 is the oldest."""
    key: str
    take: PictureTake
    shot: Shot | None
    """The words, framing and seed that it was drawn from; None where they are not known any more."""
    made_at: float
    """Seconds since 1970."""
    current: bool
    """Whether it is the one that the film uses."""


@contextlib.contextmanager
def _holding(folder: str | Path) -> Iterator[tuple[Production, Studio]]:
    """The production, held, and its studio as it stands."""
    production = Production.open(Path(folder))
    try:
        with production.locked(), look(folder) as studio:
            yield production, studio
    finally:
        production.store.close()


def edit_screenplay(folder: str | Path, changes: Mapping[str, str]) -> Screenplay:
    """Replace whole lines of screenplay.fountain; an empty new line takes the line out.

    A line is given as it stands in the file, its note ``[[12-40]]`` included, and must be there exactly once; a change
    that was made before is passed over, and a new line may be several. Raises ScreenplayError with nothing written,
    StoreError naming who works on the production.
    """
    text = (Path(folder) / "screenplay.fountain").read_text("utf-8-sig")
    lines = text.split("\n")
    for old, new in changes.items():
        count = lines.count(old)
        if not count and (not new or f"\n{new}\n" in f"\n{text}\n"):
            continue
        if count != 1:
            raise ScreenplayError(
                f"The line {old[:60]!r} is in screenplay.fountain {count} times.",
                hint="Give a whole line as it stands in the file, with its note.",
            )
        at = lines.index(old)
        lines[at : at + 1] = [new] if new else []
    return save_screenplay(folder, "\n".join(lines))


def save_screenplay(folder: str | Path, text: str) -> Screenplay:
    """Make this the text of screenplay.fountain; gives back the screenplay as it was understood.

    Raises ScreenplayError with nothing written, StoreError naming who works on the production.
    """
    from bookfilm_nb.screenwriting.fountain import read_fountain

    with _holding(folder) as (production, _):
        note = production.store.note("screenplay.fountain")
        if note is None:
            raise ScreenplayError("There is no screenplay yet.", hint="Run the film up to adapt.")
        screenplay = read_fountain(text, Screenplay.from_json(note.partition("\n")[2]))
        write_atomically(production.folder / "screenplay.fountain", text)
        return screenplay


def undo_edits(folder: str | Path, name: str) -> None:
    """Take a person's edits of ``screenplay.fountain`` or ``storyboard.csv`` back: the file is made anew."""
    if name not in {"screenplay.fountain", "storyboard.csv"}:
        raise ChoiceError(f"{name} is no file that is edited.", hint="Choose screenplay.fountain or storyboard.csv.")
    with _holding(folder) as (production, _):
        (production.folder / name).unlink(missing_ok=True)


def edit_shot(folder: str | Path, shot: str, **changes: object) -> Shot:
    """Change a shot's prompt, size, angle, move, transition, planned_s or seed; gives back the shot.

    The first sentence of a prompt follows size and angle, and may be left out. Raises ScreenplayError, ChoiceError,
    StoreError.
    """
    with _holding(folder) as (production, studio):
        board = studio.storyboard
        before = _found(board, shot)
        after = revised(before, **changes)
        _remember(production, before)
        _save(production, studio, [after if s.id == shot else s for s in board.shots])
        return after


def revised(shot: Shot, **changes: object) -> Shot:
    """The shot with these changes; nothing is written. Raises ChoiceError."""
    from bookfilm_nb.storyboard.prompt import framing

    wrong = sorted(set(changes) - {"prompt", "size", "angle", "move", "transition", "planned_s", "seed"})
    if wrong:
        raise ChoiceError(f"A shot has no {wrong[0]} that could be changed.", hint="Change its prompt, or its size.")
    old = framing(shot.size, shot.angle)
    try:
        after = Shot.model_validate({**shot.model_dump(), **changes})
    except ValidationError as fault:
        part, given, why = first_fault(fault)
        raise ChoiceError(
            f"{part} cannot be {given!r}: {why}.", hint="Give one of the values that it can have."
        ) from fault
    opening = framing(after.size, after.angle)
    words = " ".join(after.prompt.split()).removeprefix(old).removeprefix(opening).strip()
    if not words:
        raise ChoiceError("A prompt needs words.", hint="Say where it is and who is there.")
    return after.model_copy(update={"prompt": f"{opening} {words}"})


def remake_shot(folder: str | Path, shot: str) -> ShotTake:
    """Draw the shot once more with another seed, as a further take; :func:`keep_take` makes it the film's.

    Raises ChoiceError for an image model that costs money: there, change the seed with :func:`edit_shot` and run the
    film up to shoot, after a look at its price.
    """
    with _holding(folder) as (production, studio):
        _embedded(studio)
        now = _found(studio.storyboard, shot)
        tried = {variant.seed for variant in _variants(production, studio, shot)}
        seed = next(n for n in range(now.seed + 1, now.seed + len(tried) + 2) if n not in tried)
        sketch = studio.sketch(now.model_copy(update={"seed": seed}))
        _shoot(production, sketch)
        _remember(production, sketch.shot)
        return next(t for t in _takes(production, studio, shot) if t.key == sketch.key)


def shoot_shot(folder: str | Path, shot: str) -> PictureTake:
    """Draw one shot as it now stands, if it is not drawn yet, and keep it. Raises as :func:`remake_shot` does."""
    with _holding(folder) as (production, studio):
        _embedded(studio)
        sketch = studio.sketch(_found(studio.storyboard, shot))
        if production.store.find(sketch.key) is None:
            _shoot(production, sketch)
        return production.kept(sketch.key, PictureTake)


def _embedded(studio: Studio) -> None:
    if image_model(studio.choices.images).capabilities.parallel:
        raise ChoiceError(
            f"{studio.choices.images} is asked for every picture over a network.",
            hint="Change the prompt or the seed, look at the estimate, and run the film up to shoot.",
        )


def _shoot(production: Production, sketch: Sketch) -> None:
    made = draw(sketch)
    production.keep(
        "shoot", sketch.shot.id, sketch.key, made.take, made.blobs, engine=sketch.engine, seconds=made.seconds
    )


def takes(folder: str | Path, shot: str) -> tuple[ShotTake, ...]:
    """Every picture that was made for the shot, the oldest first."""
    with look(folder) as studio:
        return _takes(studio.production, studio, shot)


def keep_take(folder: str | Path, shot: str, number: int) -> Shot:
    """Make take ``number`` of the shot, as :func:`takes` counts them, the film's. Raises ChoiceError."""
    with _holding(folder) as (production, studio):
        board = studio.storyboard
        before = _found(board, shot)
        found = [t for t in _takes(production, studio, shot) if t.number == number and t.shot is not None]
        if not found or found[0].shot is None:
            raise ChoiceError(f"{shot} has no take {number} that can be chosen.", hint="See takes(folder, shot).")
        drawn = found[0].shot.model_dump(include={"prompt", "size", "angle", "move", "seed"})
        after = before.model_copy(update=drawn)
        _remember(production, before)
        _save(production, studio, [after if s.id == shot else s for s in board.shots])
        return after


def order_shots(folder: str | Path, order: Sequence[str]) -> Storyboard:
    """Put the shots into this order; all of them must be named. What is said in a shot moves with it.

    Shots stay in their scene, and shots that share a line stay together as they are. Raises ScreenplayError.
    """
    with _holding(folder) as (production, studio):
        shots = {s.id: s for s in studio.storyboard.shots}
        if sorted(order) != sorted(shots):
            raise ScreenplayError("An order must name every shot once.", hint="See storyboard.csv for their names.")
        new = [shots[identity] for identity in order]
        _check_order(studio.storyboard.shots, new)
        for shot in new:
            _remember(production, shot)
        return _save(production, studio, new)


def _check_order(old: Sequence[Shot], new: Sequence[Shot]) -> None:
    def scenes(shots: Sequence[Shot]) -> list[str]:
        return [s.scene for n, s in enumerate(shots) if not n or shots[n - 1].scene != s.scene]

    if scenes(old) != scenes(new):
        raise ScreenplayError(
            "A shot stays in its scene.", hint="Move lines from scene to scene in screenplay.fountain instead."
        )
    last: dict[str, tuple[int, int]] = {}
    for place, shot in enumerate(new):
        for portion in shot.portions:
            before = last.get(portion.element)
            if before is not None and (before[0] != place - 1 or before[1] > portion.start):
                raise ScreenplayError(
                    f"{new[before[0]].id} and {shot.id} share a line and stay together in this order.",
                    hint="Move both, one after the other.",
                )
            last[portion.element] = (place, portion.end)


def _found(board: Storyboard, identity: str) -> Shot:
    found = next((s for s in board.shots if s.id == identity), None)
    if found is None:
        raise ChoiceError(f"There is no shot {identity!r}.", hint="See storyboard.csv for their names.")
    return found


def _save(production: Production, studio: Studio, shots: Sequence[Shot]) -> Storyboard:
    from bookfilm_nb.storyboard import read_csv, write_csv

    text = write_csv(Storyboard(shots=tuple(shots)))
    board = read_csv(text)
    check_fits(board, studio.screenplay)
    write_atomically(production.folder / "storyboard.csv", text)
    return board


def _remember(production: Production, shot: Shot) -> None:
    """Write down what a take is drawn from, so that it can be chosen again."""
    name = f"shot {shot.id}"
    known = json.loads(production.store.note(name) or "[]")
    drawn = shot.model_dump(mode="json")
    if drawn not in known:
        production.store.set_note(name, json.dumps([*known, drawn], ensure_ascii=False))


def _variants(production: Production, studio: Studio, identity: str) -> list[Shot]:
    """Everything that the shot was, as far as it is written down, the present one last."""
    known = json.loads(production.store.note(f"shot {identity}") or "[]")
    planned = production.store.latest("storyboard", "storyboard")
    board = Storyboard.from_json(planned.value).shots if planned else ()
    return [
        *(s for s in board if s.id == identity),
        *(Shot.model_validate(one) for one in known),
        _found(studio.storyboard, identity),
    ]


def _takes(production: Production, studio: Studio, identity: str) -> tuple[ShotTake, ...]:
    variants = _variants(production, studio, identity)
    keys = {key: shot for shot in variants if (key := studio.picture_key(shot)) is not None}
    current = studio.picture_key(variants[-1])
    made = {a.key: a for a in production.store.versions("shoot", identity)}
    for key in keys:  # two shots with the same words share one picture, which bears the other's name
        if key not in made and (shared := production.store.find(key)) is not None:
            made[key] = shared
    ordered = sorted(made.values(), key=lambda a: (a.made_at, a.key))
    return tuple(
        ShotTake(
            number,
            a.key,
            PictureTake.from_json(a.value),
            keys.get(a.key),
            a.made_at,
            a.key == current,
        )
        for number, a in enumerate(ordered, 1)
    )
