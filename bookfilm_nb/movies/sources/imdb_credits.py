"""What a writer's credit says of where a film comes from: a book, a story of the film's own, or nothing certain."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["SOURCE_WORDS", "Origin", "origin"]

Origin = Literal["book", "original", "unclear"]

SOURCE_WORDS = r"(?i)novel|book|stor(?:y|ies)|memoir|biograph|diar(?:y|ies)"
"""A credit without one of these words never names a book (for a first, cheap look)."""

_QUOTED = re.compile(r'"[^"]*"?|“[^”]*”?|«[^»]*»?')
_BOOK = re.compile(
    r"\b(?:novel(?:la|ette)?s?|(?:story|note)?books?|(?:auto)?biograph(?:y|ies)|memoirs?|diar(?:y|ies)"
    r"|short[ -]stor(?:y|ies))\b"
)
_TOLD = re.compile(r"\b(?:based (?:up)?on|adapted from|inspired by|suggested by)\b.*\bstor(?:y|ies)\b")
_TITLED_STORY = re.compile(r"^stor(?:y|ies) Q")
_OWN_STORY = re.compile(r"\b(?:(?:true|real|life|original|screen|unpublished)[ -]?)+stor(?:y|ies)\b")
_NOT_A_SOURCE = re.compile(
    r"\b(?:comics?|manga|strip|musical|play|libretto|lyrics|opera|characters?"
    r"|editor|consultant|advis[eo]r|artist|designer|illustrator|researcher|coordinator)\b"
)
_OWN = re.compile(
    r"^(?:written(?:(?: and|,| &) directed)?(?: by)?"
    r"|original (?:screenplay|script|scenario|idea|story|concept)(?:(?: and|/| &) (?:screenplay|script))?(?: by)?)$"
)


def origin(job: str) -> Origin:
    """What one credit, the ``job`` of title.principals, says of the source of the film.

    ``book``: a novel, novella, graphic novel, short story, memoir, biography, diary or book is named, or a story that
    the film is said to be based on or whose title is given. A play, a comic book, a musical, a true story, a screen
    story ("story by") and mere characters are none. The words of a quoted title do not count: "based on the play "The
    Jungle Book"" is a play. ``original``: "written by" or "original screenplay"; the Screen Credits Manual of the
    Writers Guild of America grants "written by" only where there is no source material. All else is ``unclear``.
    """
    said = " ".join(_QUOTED.sub(" Q ", job.casefold()).split())
    if _OWN.match(said):
        return "original"
    said = _OWN_STORY.sub("", said)
    if _NOT_A_SOURCE.search(said):
        return "unclear"
    return "book" if _BOOK.search(said) or _TOLD.search(said) or _TITLED_STORY.search(said) else "unclear"
