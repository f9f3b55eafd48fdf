"""The words of screenplay.fountain in each language: headings, the narrator's cue, emotions; and its escapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.model import SceneHeading, Screenplay
    from bookfilm_nb.model.vocabulary import Emotion, TimeOfDay

__all__ = ["FOUNTAIN", "Terms", "cues", "escape", "heading_text", "unescape"]


class Terms(NamedTuple):
    """How one language writes the parts of a screenplay."""

    settings: Mapping[str, str]
    times: Mapping[TimeOfDay, str]
    narrator: str
    """Cue of the voice-over."""
    nobody: str
    """Cue of a quotation whose speaker is not known."""
    emotions: Mapping[Emotion, str]
    credit: str
    help: str


FOUNTAIN: Mapping[str, Terms] = {
    "en": Terms(
        settings={"INT.": "INT.", "EXT.": "EXT."},
        times={"dawn": "DAWN", "day": "DAY", "dusk": "DUSK", "night": "NIGHT"},
        narrator="NARRATOR (V.O.)",
        nobody="A VOICE (O.S.)",
        emotions={
            "neutral": "neutral", "happy": "happy", "laughing": "laughing", "sad": "sad", "angry": "angry",
            "afraid": "afraid", "surprised": "surprised", "worried": "worried", "tender": "tender",
            "thoughtful": "thoughtful", "suspicious": "suspicious", "tired": "tired",
        },
        credit="from the book by",
        help="The note after each line says which characters of the book it comes from: keep it with its line.",
    ),
    "ru": Terms(
        settings={"INT.": "ИНТ.", "EXT.": "НАТ."},
        times={"dawn": "РАССВЕТ", "day": "ДЕНЬ", "dusk": "СУМЕРКИ", "night": "НОЧЬ"},
        narrator="РАССКАЗЧИК (ЗК)",
        nobody="ГОЛОС (ВПЗ)",
        emotions={
            "neutral": "спокойно", "happy": "радостно", "laughing": "смеясь", "sad": "печально", "angry": "гневно",
            "afraid": "со страхом", "surprised": "удивлённо", "worried": "тревожно", "tender": "нежно",
            "thoughtful": "задумчиво", "suspicious": "подозрительно", "tired": "устало",
        },
        credit="по книге автора",
        help="Пометка после строки говорит, из каких знаков книги она взята: сохраняйте её вместе со строкой.",
    ),
}  # fmt: skip


def heading_text(heading: SceneHeading, terms: Terms) -> str:
    """The heading as it is shown: INT. KITCHEN - NIGHT."""
    shown = f"{terms.settings[heading.setting]} {_shown(heading.location, '#[]')} - {terms.times[heading.time]}"
    return " ".join(shown.split())


def cues(screenplay: Screenplay) -> dict[str, str]:
    """The cue of each character by id: the name in capitals, numbered where two would look the same."""
    terms = FOUNTAIN[screenplay.language]
    taken = {terms.narrator, terms.nobody}
    found: dict[str, str] = {}
    for person in screenplay.characters:
        name = _shown(person.name, "()[]^@#*_\\") or person.id.upper()
        cue, number = name, 1
        while cue in taken:
            number += 1
            cue = f"{name} {number}"
        taken.add(cue)
        found[person.id] = cue
    return found


def _shown(name: str, without: str) -> str:
    return " ".join("".join(" " if c in without else c for c in name).upper().split())


_SPECIAL = re.compile(r"[\\*_\[\]]|/(?=\*)|\*(?=/)")
_LEADING = frozenset("(~@!>.#=<")


def escape(text: str) -> str:
    """Spoken text, safe on a line of its own: emphasis, notes and leading marks get a backslash."""
    safe = _SPECIAL.sub(lambda m: "\\" + m.group(), text)
    return "\\" + safe if safe[:1] in _LEADING else safe


def unescape(line: str) -> str:
    """The text that :func:`escape` made safe."""
    return re.sub(r"\\(.)", r"\1", line)
