"""Errors as panels show them: problem and hint in the language of the panels, whatever the error quotes included.

    told_error("moby.epub is empty.")    "Файл moby.epub пуст."
    told_error("x.txt cannot be opened: Permission denied.")    "x.txt не открывается: нет прав."

Each English sentence of the tables has holes in braces, and so has its Russian twin. A hole holds any text: names and
paths stay as they are, a number gets its comma, what was ``quoted`` as Python quotes it gets quotation marks, the
``or`` of ``either`` is translated. What stands in ``what``, ``who``, ``why`` or ``more`` is told in its turn.
Of several sentences each is told by itself. What nobody translated stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from .errors_ru_engines import RUSSIAN_ENGINE_ERRORS
from .errors_ru_files import RUSSIAN_FILE_ERRORS
from .errors_ru_film import RUSSIAN_FILM_ERRORS
from .errors_ru_system import RUSSIAN_SYSTEM_ERRORS
from .terms import figure, term, told
from .words import language
from .words_ru import RUSSIAN

__all__ = ["RUSSIAN_ERRORS", "told_error"]

_STAGES = {key.removeprefix("stage."): word for key, word in RUSSIAN.items() if key.startswith("stage.")}
RUSSIAN_ERRORS = {
    **_STAGES, **RUSSIAN_SYSTEM_ERRORS, **RUSSIAN_FILM_ERRORS, **RUSSIAN_ENGINE_ERRORS, **RUSSIAN_FILE_ERRORS,
}  # fmt: skip
"""English sentence or piece of one, and its Russian twin."""
_TABLES = {"ru": RUSSIAN_ERRORS}

_HOLE = re.compile(r"\{(\w+)\}")
_TOLD = {"what", "who", "why", "more"}
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_HELD = {
    "quoted": _QUOTED.pattern,
    "more": r".*?",
    "n": r"\S+",
    "line": r"\d+",
    "column": r"\d+",
    "tag": r"[^\s,]+",
    "attribute": r"[^\s,]+",
    "name": r"(?:(?!: ).)+?",
    "who": r"(?:(?!: ).)+?",
}
"""What a hole of this name can hold; a name has no colon in it that begins what follows."""
_ENDS = re.compile(r"(?<=[.?!]) (?=\S)")
_MOST, _DEEPEST, _PAGE, _LONGEST = 6, 3, 1_000, 20_000
"""Sentences looked at one by one, errors quoted in errors, characters that are looked into and that are looked at: what
a library says may be whole pages."""


def told_error(text: str) -> str:
    """A problem or a hint as it is shown."""
    if language() not in _TABLES or not text or len(text) > _LONGEST:
        return text
    return _known(text, 0) or told(text)


def _known(text: str, depth: int) -> str:
    """One sentence or several, as far as they are known; empty where none is."""
    if depth > 1 or len(text) > _PAGE:
        return _whole(text, depth)
    return _each(text, depth) or _whole(text, depth) or _parts(text, depth)


def _whole(text: str, depth: int) -> str:
    """The text by the sentence that shares most with it; empty where there is none."""
    for fixed, english in _sentences(language()):
        if text.startswith(fixed[0]) and text.endswith(fixed[-1]) and all(part in text for part in fixed):
            found = _pattern(english).fullmatch(text)
            if found is None:
                continue
            shown = _TABLES[language()][english]
            filled = shown.format(**{hole: _held(hole, value, depth + 1) for hole, value in found.groupdict().items()})
            if filled != text:
                return filled
    return ""


def _each(text: str, depth: int) -> str:
    """Several sentences where each is known; empty where one is not."""
    sentences = _ENDS.split(text, _MOST)
    shown = [_whole(sentence, depth) for sentence in sentences] if len(sentences) > 1 else []
    return " ".join(shown) if all(shown) else ""


def _parts(text: str, depth: int) -> str:
    """The text cut in two, where the first half is known: both told; empty where no half is."""
    cuts = list(islice(_ENDS.finditer(text), _MOST))
    for cut in cuts:
        if first := _whole(text[: cut.start()], depth):
            rest = text[cut.end() :]
            return f"{first}{cut[0]}{(depth < _DEEPEST and _known(rest, depth + 1)) or told(rest)}"
    # What a service says comes first now and then, and what follows it is ours
    for cut in cuts:
        if second := _whole(text[cut.end() :], depth):
            return f"{text[: cut.start()]}{cut[0]}{second}"
    return ""


def _held(hole: str, value: str, depth: int) -> str:
    if hole in _TOLD and depth <= _DEEPEST and len(value) <= _PAGE:
        bare = value.strip()
        return value.replace(bare, _known(bare, depth) or _listed(bare, depth)) if bare else value
    if hole == "measure":
        return term("measure", value)
    if hole == "either":
        return _QUOTED.sub(_in_marks, value).replace(" or ", " или ")
    return _in_marks(quoted) if (quoted := _QUOTED.fullmatch(value)) else figure(value)


def _listed(value: str, depth: int) -> str:
    """A sentence that lost its full stop or got one, or a list: each of its parts told, where it is known."""
    if value.endswith(".") and (shown := _whole(value[:-1], depth)):
        return f"{shown}."
    return ", ".join(_whole(part, depth) or figure(told(part)) for part in value.split(", "))


def _in_marks(quoted: re.Match[str]) -> str:
    return f"«{quoted[0][1:-1]}»"


@cache
def _sentences(tongue: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """What stands between the holes of each sentence, and the sentence; those with most of it first."""
    cut = [(tuple(_HOLE.split(english)[::2]), english) for english in _TABLES[tongue]]
    return tuple(sorted(cut, key=lambda one: -sum(map(len, one[0]))))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    parts, met = [], set()
    for at, part in enumerate(_HOLE.split(english)):
        if at % 2 == 0:
            parts.append(re.escape(part))
        elif part in met:
            parts.append(f"(?P={part})")
        else:
            met.add(part)
            parts.append(f"(?P<{part}>{_HELD.get(part, '.+?')})")
    return re.compile("".join(parts), re.DOTALL)
