"""storyboard.csv: one row a shot, for a spreadsheet, and back."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NoReturn, get_args

from pydantic import ValidationError

from bookfilm_nb.errors import ScreenplayError
from bookfilm_nb.model import Portion, Shot, Storyboard, first_fault
from bookfilm_nb.model.vocabulary import Angle, CameraMove, ShotSize, Transition

from .prompt import framing

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMNS", "read_csv", "write_csv"]

COLUMNS = ("shot", "scene", "portions", "size", "angle", "move", "transition", "planned_s", "seed", "prompt")
_PORTION = re.compile(r"(\S+):(\d+)-(\d+)")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "size": get_args(ShotSize),
    "angle": get_args(Angle),
    "move": get_args(CameraMove),
    "transition": get_args(Transition),
}
_MAX_CHARS = 50_000_000
_MAX_CELL = 1_000_000


def write_csv(storyboard: Storyboard) -> str:
    """The storyboard as CSV text, to be written as UTF-8; lines end in a line feed.

    ``portions`` are ``element:start-end``, separated by spaces. Size and angle have columns of their own, so the
    prompt cell is written without its first sentence, which says both: change the column and the prompt follows.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for shot in storyboard.shots:
        portions = " ".join(f"{p.element}:{p.start}-{p.end}" for p in shot.portions)
        prompt = shot.prompt.removeprefix(framing(shot.size, shot.angle)).strip()
        writer.writerow(
            (
                shot.id, shot.scene, portions, shot.size, shot.angle, shot.move, shot.transition,
                repr(shot.planned_s), shot.seed, prompt,
            )
        )  # fmt: skip
    return out.getvalue()


def read_csv(text: str) -> Storyboard:
    """The storyboard back from :func:`write_csv`, with what a person changed in it.

    Commas, semicolons or tabs separate the cells, as the spreadsheet saved them. A prompt gets its first sentence
    from the size and angle columns. Raises ScreenplayError with the row number (the header is row 1) in
    ``data["row"]`` for a missing column, a value that does not exist, a repeated shot, and words covered twice.
    """
    if len(text) > _MAX_CHARS:
        raise ScreenplayError("The storyboard is too long to be one.", hint=f"It may have {_MAX_CHARS:,} characters.")
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda d: (head.count(d), d == ","))
    previous = csv.field_size_limit(_MAX_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ScreenplayError(
            f"The storyboard is not a table that can be read: {error}.",
            hint="Save it as CSV, UTF-8, with text in double quotes.",
        ) from error
    finally:
        csv.field_size_limit(previous)
    columns = [c.strip().casefold() for c in rows[0]] if rows else []
    missing = [c for c in COLUMNS if c not in columns]
    if missing:
        _fail(1, f"has no column {', '.join(missing)}", f"The first row must name: {', '.join(COLUMNS)}.")
    shots: list[Shot] = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(columns):
            _fail(number, f"has {len(row)} cells instead of {len(columns)}", "Put text with commas in double quotes.")
        shots.append(_shot(number, dict(zip(columns, row, strict=True))))
        _check(number, shots)
    return Storyboard(shots=tuple(shots))


def _shot(number: int, cells: Mapping[str, str]) -> Shot:
    for column, choices in _CHOICES.items():
        if cells[column].strip() not in choices:
            _fail(number, f"has no such {column}: {cells[column][:40]!r}", f"Use one of: {', '.join(choices)}.")
    size, angle = cells["size"].strip(), cells["angle"].strip()
    try:
        shot = Shot.model_validate(
            {
                "id": cells["shot"].strip(),
                "scene": cells["scene"].strip(),
                "portions": _portions(number, cells["portions"]),
                "size": size,
                "angle": angle,
                "move": cells["move"].strip(),
                "transition": cells["transition"].strip(),
                "planned_s": cells["planned_s"].strip().replace(",", "."),
                "seed": cells["seed"].strip(),
                "prompt": "",
            }
        )
    except ValidationError as error:
        cell, _, why = first_fault(error)
        _fail(number, f"has a cell {cell} that cannot be read: {why}", "Mend that cell.")
    if not 0 < shot.planned_s <= 600:
        _fail(number, "has a planned_s that is no length of a shot", "Write seconds, as in 3.5.")
    opening = framing(shot.size, shot.angle)
    return shot.model_copy(update={"prompt": f"{opening} {cells['prompt'].strip()}".strip()})


def _portions(number: int, cell: str) -> tuple[Portion, ...]:
    found = []
    for word in cell.split():
        match = _PORTION.fullmatch(word)
        if match is None or int(match[2]) >= int(match[3]):
            _fail(number, f"has portions that cannot be read: {word[:40]!r}", "Write them as in s01e001:0-40.")
        found.append(Portion(element=match[1], start=int(match[2]), end=int(match[3])))
    return tuple(found)


def _check(number: int, shots: list[Shot]) -> None:
    shot = shots[-1]
    if not shot.id:
        _fail(number, "has no shot id", "Give every shot its own id, as in s01h02.")
    if any(s.id == shot.id for s in shots[:-1]):
        _fail(number, f"repeats the shot {shot.id}", "Give every shot its own id, as in s01h02.")


def _fail(number: int, problem: str, hint: str) -> NoReturn:
    raise ScreenplayError(f"Row {number} of the storyboard {problem}.", hint=hint, row=number)
