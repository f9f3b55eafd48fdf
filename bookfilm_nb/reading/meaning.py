"""Whom each mention outside speech means: pronouns, descriptions and appositions, followed through the story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .morph import forms_of
from .words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Sex

    from .cast_types import Cast
    from .mentions import Mention

__all__ = ["Heard", "compared", "follow", "in_brackets", "is_predicate"]

_REACH = 2
"""Paragraphs that a pronoun or "the man" reaches back."""

_COMPARED = {
    "en": re.compile(r"\b(?:than|like|as)\s+(?:(?:if|a|an|the|some|old|any)\s+)*$", re.IGNORECASE),
    "ru": re.compile(r"\b(?:чем|как|словно|будто|точно)\s+(?:[а-яё]+(?:ый|ий|ой|ая|яя)\s+)?$", re.IGNORECASE),
}
_COPULA = {
    "en": re.compile(
        r"\s+(?:was|is|were|became|had been|has been|(?:proved|seemed|appeared) to be)\s+(?:(?:still|now|but|only|such|"
        r"then|not|quite)\s+)*"
    ),
    "ru": re.compile(r"\s+(?:был|была|—|–|--)\s+(?:(?:уже|ещё|еще|тогда|просто)\s+)?((?:[а-яё-]+\s+){0,3})"),
}
_COMMA = {"en": re.compile(r"[^.!?;:,]{0,60},\s*"), "ru": re.compile(r",\s+((?:[а-яё-]+\s+){0,2})")}
_SUBORDINATE = re.compile(
    r"(?:when|while|as|if|after|before|because|since|once|until|though|although)\b", re.IGNORECASE
)
_NOUN_GOES_ON = re.compile(r"[,.;:!?]|\s+(?:of|with|in|who|whose|from|without|dressed|clad|named|called)\b")
_GRAMMATICAL: dict[str, Sex] = {"человек": "male", "ребенок": "male", "малыш": "male"}
"""Nouns for either sex that the pronouns around them treat as masculine."""


class Heard(NamedTuple):
    """Somebody spoke: where, in which paragraph, and who, as far as it is fairly sure."""

    start: int
    block: int
    speaker: int


class _Latest(NamedTuple):
    number: int
    block: int
    strong: bool
    """As the subject of a clause."""


def compared(text: str, mention: Mention, language: str) -> bool:
    """Whether the mention only serves a comparison: "older than Wren", «как старик»."""
    return bool(_COMPARED[language].search(text[max(0, mention.start - 30) : mention.start]))


def in_brackets(text: str, place: int) -> bool:
    """Whether a place stands inside round brackets, where people are explained who need not be there."""
    left = text[max(0, place - 200) : place]
    opened = left.rfind("(")
    return opened > left.rfind(")") and "\n\n" not in left[opened:]


def is_predicate(text: str, previous: Mention | None, mention: Mention, language: str) -> bool:
    """Whether a description only says what the mention before it is: "Tom was a sailor", "Ann, a tall woman, ..."."""
    if previous is None or mention.kind != "role" or previous.block != mention.block or previous.spoken:
        return False
    if mention.sex != "unknown" and previous.sex not in ("unknown", mention.sex):
        return False
    match = _COPULA[language].fullmatch(text, previous.end, mention.start)
    if match:
        return mention.indefinite or (language == "ru" and mention.subject and _only_adjectives(match.group(1)))
    match = _COMMA[language].fullmatch(text, previous.end, mention.start)
    if not match:
        return False
    if language == "ru":
        return (
            previous.kind == "name"
            and mention.subject == previous.subject
            and _only_adjectives(match.group(1))
            and (bool(re.match(r"[,.;]|\s+(?:в|во|с|со|из|без)\s", text[mention.end : mention.end + 5])))
        )
    if previous.kind not in ("name", "role"):
        return False
    left = text[max(0, previous.start - 120) : previous.start].rpartition("\n\n")[2]
    head = re.split(r"(?<=[.!?])\s+", left.lstrip())[-1]
    return (
        mention.indefinite
        and not _SUBORDINATE.match(head)
        and bool(_NOUN_GOES_ON.match(text[mention.end : mention.end + 12]))
    )


def _only_adjectives(words: str) -> bool:
    found = words_of(words, 0, len(words))
    return all(any(f.pos in ("ADJF", "PRTF", "ADVB", "NPRO") for f in forms_of(w.text)) for w in found)


def follow(
    text: str, mentions: Sequence[Mention], heard: Sequence[Heard], cast: Cast, seen: Mapping[int, int]
) -> dict[int, int]:
    """For each mention outside speech (by its first character), the person meant; pronouns only where it is plain.

    ``heard`` are the speeches whose speakers are known, in order; ``seen`` are the mentions that their looks
    identify.
    """
    return _Follower(text, cast, seen).follow(mentions, heard)


class _Follower:
    """Remembers who was spoken of last, of each sex."""

    def __init__(self, text: str, cast: Cast, seen: Mapping[int, int]) -> None:
        self._text, self._cast, self._seen = text, cast, seen
        self._latest: dict[Sex, _Latest] = {}
        self._meant: dict[int, int] = {}
        self._previous: Mention | None = None

    def follow(self, mentions: Sequence[Mention], heard: Sequence[Heard]) -> dict[int, int]:
        at = 0
        for mention in mentions:
            while at < len(heard) and heard[at].start < mention.start:
                sex = self._cast.people[heard[at].speaker].sex
                self._latest[sex] = _Latest(heard[at].speaker, heard[at].block, strong=True)
                at += 1
            if not mention.spoken:
                self._take(mention)
        return self._meant

    def _take(self, mention: Mention) -> None:
        number = self._resolve(mention)
        if mention.kind != "crowd" and mention.subject and not mention.owner:
            self._previous = mention
        if number is not None:
            self._meant[mention.start] = number
            self._remember(mention, number)

    def _resolve(self, mention: Mention) -> int | None:
        if mention.kind == "self":
            return self._cast.narrator
        if mention.kind == "pronoun":
            last = self._latest.get(mention.sex) if mention.key != ("it",) else None
            return last.number if last is not None and mention.block - last.block <= _REACH else None
        if mention.kind not in ("name", "role"):
            return None
        number = self._cast.who(mention)
        previous = self._previous
        if (
            previous is not None
            and previous.start in self._meant
            and is_predicate(self._text, previous, mention, self._cast.language)
        ):
            return self._meant[previous.start]
        if mention.start in self._seen:
            return self._seen[mention.start]
        if self._cast.vague(mention):
            return self._vague(mention, number)
        return number

    def _vague(self, mention: Mention, own: int | None) -> int | None:
        """Whom "the man" means: the man spoken of just before, if his age agrees; else somebody of his own."""
        last = self._latest.get(mention.sex)
        if mention.indefinite or last is None or mention.block - last.block > _REACH:
            return own
        age = self._cast.people[last.number].age
        if mention.age in ("child", "old") and age != mention.age:
            return own
        return last.number

    def _remember(self, mention: Mention, number: int) -> None:
        if (
            mention.kind == "self"
            or in_brackets(self._text, mention.start)
            or compared(self._text, mention, self._cast.language)
        ):
            return
        sex = self._cast.people[number].sex
        if sex == "unknown" and mention.kind == "role":
            sex = _GRAMMATICAL.get(mention.key[-1], sex)
        last = self._latest.get(sex)
        weak = mention.owner or not mention.subject
        if not (weak and last is not None and last.block == mention.block and last.strong):
            self._latest[sex] = _Latest(number, mention.block, not weak)
