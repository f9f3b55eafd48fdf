"""Said-clauses and the actions beside a speech: what the author says about who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from . import en
from .morph import past_gender
from .quotes import Piece
from .said import is_said_verb
from .words import Word, plain, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model.vocabulary import Language, Sex

    from .mentions import Mention

__all__ = ["Cue", "Index", "cue_after", "cue_before", "first_sentence", "last_sentence"]

_STOP = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])[.!?…]+[\"”’»)]*(?=\s+[^\sа-яa-z])")
_GENDERS: dict[str, Sex] = {"masc": "male", "femn": "female"}


class Cue(NamedTuple):
    """Who speaks, as the author tells it beside the speech."""

    start: int
    end: int
    said: bool
    """A verb of speaking, not merely an action."""
    subject: Mention | None
    sex: Sex
    """What a pronoun or the verb's ending tells."""
    crowd: bool
    others: tuple[Mention, ...]
    """Others in the clause, who are therefore not the speaker."""
    stranger: bool = False
    """"Somebody" speaks, who steps forward only later."""


class Index:
    """The mentions of a text, by place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._starts = [m.start for m in mentions]

    def between(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in the stretch, in order."""
        return list(self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def first_sentence(text: str, piece: Piece) -> Piece:
    """The first sentence of a told stretch."""
    stop = _STOP.search(text, piece.start, piece.end)
    return Piece(piece.start, stop.end() if stop else piece.end, spoken=False)


def last_sentence(text: str, piece: Piece) -> Piece:
    """The last sentence of a told stretch."""
    start = piece.start
    for stop in _STOP.finditer(text, piece.start, piece.end):
        if text[stop.end() : piece.end].strip():
            start = stop.end()
    while start < piece.end and text[start].isspace():
        start += 1
    return Piece(start, piece.end, spoken=False)


def cue_after(text: str, piece: Piece, index: Index, language: Language) -> Cue | None:
    """What the told stretch right after a speech says about its speaker."""
    clause = first_sentence(text, piece)
    words = words_of(text, clause.start, clause.end)
    if not words:
        return None
    mentions = index.between(clause.start, clause.end)
    reach = 12 if language == "ru" else 9
    verb = _said_verb(words[:reach], language)
    if verb is None or (language == "en" and _far(words, verb, mentions)):
        beat = _beat(text, clause, words, mentions, language)
        before = text[max(0, piece.start - 6) : piece.start].rstrip(' \n\r\t"”’»—–-')
        # After a comma the clause belongs to the speech, whatever its verb is
        return beat._replace(said=True) if beat and (before.endswith(",") or words[0].text[0].islower()) else beat
    return _said(text, clause, words, verb, mentions, language)


def cue_before(text: str, piece: Piece, index: Index, language: Language) -> Cue | None:
    """What the told stretch right before a speech says about its speaker."""
    clause = last_sentence(text, piece)
    words = words_of(text, clause.start, clause.end)
    if not words:
        return None
    mentions = index.between(clause.start, clause.end)
    ending = text[clause.end - 1 : clause.end]
    leads = ending not in ".!?…)"
    plainly = not leads
    if leads and language == "en":
        for i in range(len(words) - 1, -1, -1):
            before = [m for m in mentions if m.end <= words[i].start and m.subject and not m.owner]
            if plain(words[i].text) in en.SAID:
                break
            if plain(words[i].text) in en.SAYING and before and before[-1].kind != "crowd":
                others = tuple(m for m in mentions if m is not before[-1] and not m.owner and m.kind != "crowd")
                return Cue(clause.start, clause.end, True, before[-1], before[-1].sex, False, others)
    verb = next(
        (i for i in range(len(words) - 1, -1, -1) if is_said_verb(words[i].text, language, plainly=plainly)), None
    )
    if verb is not None and (leads or (language == "ru" and len(words) - verb < 8)):
        return _said(text, clause, words, verb, mentions, language)
    beat = _beat(text, clause, words, mentions, language, anywhere=leads)
    return beat._replace(said=True) if beat and leads and ending == ":" else beat


def _said_verb(words: Sequence[Word], language: Language) -> int | None:
    plain_verb = next((i for i, w in enumerate(words) if is_said_verb(w.text, language, plainly=True)), None)
    any_verb = next((i for i, w in enumerate(words) if is_said_verb(w.text, language)), None)
    if any_verb is not None and any_verb <= 3:
        return any_verb
    return plain_verb if plain_verb is not None else any_verb


def _far(words: Sequence[Word], verb: int, mentions: Sequence[Mention]) -> bool:
    """Whether the clause's first subject is not the verb's: "the door opened, and Tom said"."""
    return verb > 3 and words[0].text[0].isupper() and not any(m.start <= words[1].start for m in mentions)


def _said(
    text: str, clause: Piece, words: Sequence[Word], verb: int, mentions: Sequence[Mention], language: Language
) -> Cue:
    gender = past_gender(words[verb].text) if language == "ru" else ""
    sex = _GENDERS.get(gender, "unknown")
    able = [m for m in mentions if m.subject and not m.owner]
    after = [m for m in able if m.start >= words[verb].end]
    before = [m for m in able if m.end <= words[verb].start]
    subject: Mention | None = None
    if language == "en":
        subject = _english_subject(text, words, verb, before, after)
    else:
        subject = _russian_subject(text, words[verb], before, after, sex, gender == "plur")
    others = tuple(m for m in mentions if m is not subject and not m.owner and m.kind != "crowd")
    if subject is not None and ((subject.kind == "pronoun" and subject.sex != "unknown") or subject.key[-1] == "голос"):
        sex = subject.sex
    if _STRANGER.search(text, clause.start, clause.end) and (
        subject is None or subject.key[-1] in ("somebody", "someone", "voice", "голос")
    ):
        return Cue(clause.start, clause.end, True, None, "unknown", False, others, stranger=True)
    crowd = gender == "plur" or (subject is not None and subject.kind == "crowd")
    return Cue(clause.start, clause.end, True, subject, sex, crowd, others)


_STRANGER = re.compile(r"\b(?:somebody|someone|кто-то|a voice|чей-то голос)\b")
_LEAD = re.compile(
    r"\s*(?:,?\s*\w+ly,?\s*|at last\s*|again\s*|,[^,.]{1,60},\s*)?"
    r"(?:(?:the|poor|a|his|her|my|our|little|old|young)\s+(?:[\w-]+\s+){0,2})?"
)


def _english_subject(
    text: str, words: Sequence[Word], verb: int, before: Sequence[Mention], after: Sequence[Mention]
) -> Mention | None:
    if verb <= 1 or not before:
        for m in after:
            between = text[words[verb].end : m.start]
            if _LEAD.fullmatch(between) and m.key not in (("him",), ("her",)):
                return m
            break
        if verb == 0 or not before:
            first = after[0] if after else None
            gap = text[words[verb].end : first.start] if first else ""
            return (
                first
                if first and verb == 0 and len(gap.split()) <= 1 and "to" not in gap.split()
                else (before[-1] if before else None)
            )
    # "Tom, who had been waiting for Ann, said": the clause's subject stands before its first comma
    commas = text[before[0].end : words[verb].start].count(",")
    if commas >= 2 or len(before) == 1:
        return before[0]
    last = before[-1]
    lead = text[max(0, last.start - 12) : last.start].split()[-1:]
    if lead and lead[0].lower() in (
        "to",
        "at",
        "of",
        "with",
        "for",
        "from",
        "on",
        "by",
        "upon",
        "towards",
        "than",
        "told",
        "and",
    ):
        return before[0]
    return last


def _russian_subject(
    text: str, verb: Word, before: Sequence[Mention], after: Sequence[Mention], sex: Sex, plural: bool
) -> Mention | None:
    def agrees(m: Mention) -> bool:
        if plural:
            return m.kind == "crowd"
        if m.kind == "crowd":
            return m.key[-1] in ("толпа", "народ")
        # «Сказал женский голос»: the verb agrees with the noun, not with the woman
        return sex == "unknown" or m.sex in (sex, "unknown") or m.kind == "self" or m.key[-1] == "голос"

    for m in after:
        gap = text[verb.end : m.start]
        if agrees(m) and len(gap) < 110 and not re.search(r"[;:]|\b(?:что|чтобы|когда|который|которая)\b", gap):
            return m
    for m in reversed(before):
        if agrees(m):
            return m
    return None


def _beat(
    text: str,
    clause: Piece,
    words: Sequence[Word],
    mentions: Sequence[Mention],
    language: Language,
    *,
    anywhere: bool = False,
) -> Cue | None:
    """An action beside a speech: its subject is most likely the speaker."""
    for m in mentions:
        if not m.subject or m.owner or m.kind == "crowd":
            continue
        place = sum(1 for w in words if w.end <= m.start)
        limit = 99 if anywhere else 3 if language == "ru" else 2
        if m.kind in ("role", "name") and language == "en" and text[m.start : m.start + 4].lower() in ("the ", "a ol"):
            place -= 1
        if place > limit:
            break
        sex = m.sex if m.kind == "pronoun" else "unknown"
        others = tuple(o for o in mentions if o is not m and not o.owner and o.kind != "crowd")
        return Cue(clause.start, clause.end, False, m, sex, False, others)
    return None
