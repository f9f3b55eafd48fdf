"""screenplay.fountain: the screenplay as a text that a person reads and edits, and back.

The file is Fountain (fountain.io): any screenwriting program opens it. Headings carry the scene's id as a scene
number, every line ends with a note that holds its lineage, the characters of the book it was taken from::

    INT. KITCHEN - NIGHT #s03#

    NARRATOR (V.O.)
    The fire had gone out. [[1204-1226]]

    MARA
    (worried)
    Who is there? [[1230-1243]]

In Russian, headings are forced with ``.`` and cues with ``@``, so that programs that know only Latin capitals
agree. A parenthetical holds until the next one of its block. What an edited file means:

- changed words keep the span and are marked ``edited``; changed cue, emotion, order or heading are taken over;
- a line that is gone is left out for the reason "edited", and so is every line of a scene that is gone;
- a line may be moved, also to another scene; it may be split, if both parts carry notes inside the old span;
- a spoken line without a note, or with one that is no part of this screenplay, is an error: say where it is from;
- an action without a note may be added: it belongs to the span of the line before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fountain_read import read_fountain
from .fountain_words import FOUNTAIN, cues, escape, heading_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bookfilm_nb.model import Element, Scene, Screenplay

    from .fountain_words import Terms

__all__ = ["read_fountain", "write_fountain"]


def write_fountain(screenplay: Screenplay) -> str:
    """The screenplay as Fountain text; every line, the last too, ends in a line feed."""
    terms = FOUNTAIN[screenplay.language]
    names = cues(screenplay)
    title = [
        f"Title: {' '.join(screenplay.title.split())}",
        f"Credit: {terms.credit}",
        f"Author: {' '.join(screenplay.author.split())}",
        f"Notes: {terms.help}",
        "",
    ]
    body = [line for scene in screenplay.scenes for line in _scene(scene, screenplay.language, terms, names)]
    return "\n".join([*title, *body]).rstrip("\n") + "\n"


def _scene(scene: Scene, language: str, terms: Terms, names: dict[str, str]) -> Iterator[str]:
    force = "." if language != "en" else ""
    yield f"{force}{heading_text(scene.heading, terms)} #{scene.id}#"
    yield ""
    before = None
    emotion = "neutral"
    for element in scene.elements:
        cue = _cue(element, terms, names)
        if cue is None:
            if before:
                yield ""
            yield f"!{escape(element.text)} {_note(element)}"
            yield ""
            before = None
            continue
        if cue != before:
            if before:
                yield ""
            yield cue if cue.isascii() and cue[0].isalpha() else f"@{cue}"
            before, emotion = cue, "neutral"
        if element.emotion != emotion:
            emotion = element.emotion
            yield f"({terms.emotions[element.emotion]})"
        yield f"{escape(element.text)} {_note(element)}"
    if before:
        yield ""


def _cue(element: Element, terms: Terms, names: dict[str, str]) -> str | None:
    if element.kind == "action":
        return None
    if element.kind == "voice_over":
        return terms.narrator
    return names.get(element.character, terms.nobody) if element.character else terms.nobody


def _note(element: Element) -> str:
    return f"[[{element.span.start}-{element.span.end}]]"
