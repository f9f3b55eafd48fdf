"""Files that a person may edit: as they were written, or as the person left them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bookfilm_nb.errors import ScreenplayError
from bookfilm_nb.model import Screenplay, Storyboard, Value, digest_of
from bookfilm_nb.production import Production, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["EditableFile", "check_fits", "current", "is_edited"]

V = TypeVar("V", bound=Value)


class EditableFile(NamedTuple):
    """How a value becomes a file, and how an edited file becomes a value (given the JSON of what it was)."""

    name: str
    write: Callable[..., str]
    read_back: Callable[[str, str], Value]


def current(production: Production, file: EditableFile, made: Callable[[], V]) -> tuple[V, bool]:
    """The value that counts, and whether it is a person's edit.

    An edited file is used until the person deletes it, whatever else changes; otherwise the value is made and
    the file written anew.
    """
    store, path = production.store, production.folder / file.name
    mark = store.note(file.name)
    if path.is_file() and mark is not None:
        text = _text(path)
        digest, _, base = mark.partition("\n")
        if digest_of(text) != digest:
            return file.read_back(text, base), True  # type: ignore[return-value]
    value = made()
    if not production.writable:
        return value, False
    text = file.write(value)
    if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
        write_atomically(path, text)
    store.set_note(file.name, f"{digest_of(text)}\n{value.to_json()}")
    return value, False


def is_edited(production: Production, name: str) -> bool:
    """Whether a person has edited this file since it was written."""
    path, mark = production.folder / name, production.store.note(name)
    return path.is_file() and mark is not None and digest_of(_text(path)) != mark.partition("\n")[0]


def _text(path: Path) -> str:
    """The file as a person's editor may have saved it: with a mark at its head, with other line ends."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ScreenplayError(
            f"{path.name} is not in UTF-8 (byte {fault.start}).",
            hint="Save it again as UTF-8, or delete it to have it made anew.",
            path=str(path),
        ) from fault


def check_fits(board: Storyboard, screenplay: Screenplay) -> None:
    """Raise ScreenplayError where an edited storyboard and the screenplay do not belong together."""
    lengths = {e.id: len(e.text) for e in screenplay.elements() if e.spoken}
    reached = dict.fromkeys(lengths, 0)
    for shot in board.shots:
        for portion in shot.portions:
            if portion.element not in lengths or portion.end > lengths[portion.element]:
                raise ScreenplayError(
                    f"storyboard.csv no longer fits the screenplay: shot {shot.id} covers {portion.element}.",
                    hint="Delete storyboard.csv to have it planned anew.",
                    shot=shot.id,
                )
            reached[portion.element] = max(reached[portion.element], portion.end)
    lost = [element for element, end in reached.items() if not end]
    if lost:
        raise ScreenplayError(
            f"storyboard.csv has no shot for {len(lost)} spoken elements, the first is {lost[0]}.",
            hint="Put the shot back, or delete storyboard.csv to have it planned anew.",
            elements=lost,
        )
