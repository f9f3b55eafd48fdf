"""The stretches of a book that could be spoken in a film, and which of them only make sense together."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import Quote, Span

from .clauses import clause_starts
from .lexicon import WORDS, word_list

if TYPE_CHECKING:
    from bookfilm_nb.model import Book, Reading, Sentence
    from bookfilm_nb.model.vocabulary import Emotion, Language

__all__ = ["LONG_WORDS", "Beat", "Unit", "beats", "units"]

LONG_WORDS = 35
"""A sentence of more words may be cut at clause borders."""
_PIECE_WORDS = 24
_MIN_PIECE = 6
_MIN_SENTENCE = 3
_SPEECH_WORDS = 16
_JOINTS = " \t\r\n,;:—–-\"'«“‘("
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\b[A-ZА-ЯЁ])[.!?…]+[\"'»”’)]*\s+(?=[\"'«“‘(—–-]*\s?[^\W\d_a-zа-яё])"
)
_ENDS = ".!?…"
_CLOSERS = "\"'»”’)*_ "


class Unit(NamedTuple):
    """One sentence of narration, a piece of a long one, or one quotation."""

    span: Span
    text: str
    dialogue: bool
    character: str | None
    characters: tuple[str, ...]
    emotion: Emotion
    scene: int
    paragraph: int
    """Counted through the whole book."""
    opens: bool
    """Whether nothing of its paragraph is spoken before it."""
    piece: int = 0
    """Which piece of a cut sentence or speech; 0 is the first or only one."""
    fresh: bool = True
    """Whether it begins a sentence: a later piece of a speech does, of a cut sentence does not."""
    confidence: float = 1.0
    interrupted: bool = False
    """A quotation that a said-clause breaks off in mid-sentence."""

    @property
    def ends(self) -> bool:
        """Whether the text ends like a sentence."""
        return self.text.rstrip(_CLOSERS)[-1:] in _ENDS

    @property
    def continues(self) -> bool:
        """Whether the text begins in the middle of a sentence."""
        letters = self.text.lstrip("\"'«“‘(—–-… ")
        return not self.fresh or letters[:1].islower()


class Beat(NamedTuple):
    """Units that are spoken together or not at all; usually one."""

    units: tuple[Unit, ...]

    @property
    def first(self) -> Unit:
        """The unit that is heard first."""
        return self.units[0]

    @property
    def last(self) -> Unit:
        """The unit that is heard last."""
        return self.units[-1]


def units(book: Book, reading: Reading) -> list[Unit]:
    """Every speakable stretch of the story in the book's order: no said-clauses, no verse, no bare punctuation."""
    paragraphs = [p for c in book.chapters for p in c.paragraphs]
    starts = [p.span.start for p in paragraphs]
    scene_starts = [s.span.start for s in reading.scenes]
    said = WORDS[reading.language].said
    items: list[Sentence | Quote] = [s for s in reading.sentences if not s.cue]
    items += reading.quotes
    items.sort(key=lambda item: (item.span.start, item.span.end))
    found: list[Unit] = []
    reached = -1
    for item in items:
        index = bisect_right(starts, item.span.start) - 1
        text = book.words(item.span)
        if item.span.start < reached or index < 0 or _foreign(text, reading.language):
            continue
        paragraph = paragraphs[index]
        if paragraph.kind == "verse" or not paragraph.span.covers(item.span):
            continue
        after_quote = bool(found) and found[-1].paragraph == index and found[-1].dialogue
        if not isinstance(item, Quote) and after_quote and _is_said_clause(text, said):
            continue
        reached = item.span.end
        scene = max(0, bisect_right(scene_starts, item.span.start) - 1)
        opens = not found or found[-1].paragraph != index
        if isinstance(item, Quote):
            found += _pieces(book, _quotation(item, text, scene, index, opens), reading.language)
        else:
            found += _pieces(book, _narration(item, text, scene, index, opens, reading.language), reading.language)
    return found


def _foreign(text: str, language: Language) -> bool:
    """Whether a text has nothing to say, or most of it in letters that the film's voice does not read: French, say."""
    letters = [c for c in text if c.isalpha()]
    own = sum(("а" <= c <= "я" or c == "ё") == (language == "ru") for c in map(str.lower, letters))
    return not any(c.isalnum() for c in text) or own * 2 < len(letters)


def _is_said_clause(text: str, said: frozenset[str]) -> bool:
    """Whether a stretch after a quotation is its said-clause although the reading did not mark it."""
    return text[:1].islower() and any(w in said for w in word_list(text)[:3])


def _quotation(quote: Quote, text: str, scene: int, paragraph: int, opens: bool) -> Unit:
    return Unit(
        span=quote.span,
        text=text,
        dialogue=True,
        character=quote.speaker,
        characters=(quote.speaker,) if quote.speaker else (),
        emotion=quote.emotion,
        scene=scene,
        paragraph=paragraph,
        opens=opens,
        confidence=quote.confidence,
        interrupted=text.rstrip(_CLOSERS)[-1:] in ",;:—–-",
    )


def _narration(sentence: Sentence, text: str, scene: int, paragraph: int, opens: bool, language: Language) -> Unit:
    return Unit(
        span=sentence.span,
        text=text,
        dialogue=False,
        character=None,
        characters=sentence.characters,
        emotion=_feeling(text, language, told=True) if sentence.characters else "neutral",
        scene=scene,
        paragraph=paragraph,
        opens=opens,
    )


def _pieces(book: Book, unit: Unit, language: Language) -> list[Unit]:
    """The unit, or the pieces of one that is too long to be heard at once.

    A speech falls into its sentences, a long sentence into groups of clauses. Neighbours that both stay are one
    element again. A piece feels what its own words tell, where the whole tells of a feeling.
    """
    raw = book.raw(unit.span)
    cuts = _sentence_starts(raw) if unit.dialogue and len(raw.split()) > _SPEECH_WORDS else [0]
    borders: list[tuple[int, bool]] = []
    for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        sentence = raw[start:end]
        inner = [0]
        if len(sentence.split()) > LONG_WORDS:
            inner = clause_starts(sentence, language, min_words=_MIN_PIECE, max_words=_PIECE_WORDS)
        borders += [(start + offset, offset == 0) for offset in inner]
    if len(borders) == 1:
        return [unit]
    pieces = []
    for number, ((start, fresh), (end, closed)) in enumerate(
        zip(borders, [*borders[1:], (len(raw), True)], strict=True)
    ):
        words = raw[start:end].rstrip() if closed else raw[start:end].rstrip(_JOINTS)
        span = Span(start=unit.span.start + start, end=unit.span.start + start + len(words))
        pieces.append(
            unit._replace(
                span=span,
                text=book.words(span),
                piece=number,
                fresh=fresh,
                emotion="neutral" if unit.emotion == "neutral" else _feeling(words, language, told=not unit.dialogue),
                opens=unit.opens and number == 0,
                interrupted=unit.interrupted and end == len(raw),
            )
        )
    return pieces


def _feeling(words: str, language: Language, *, told: bool) -> Emotion:
    from bookfilm_nb.reading.mood import emotion_of

    return emotion_of(words, language, told=told)


def _sentence_starts(raw: str) -> list[int]:
    cuts = [0]
    for match in _SENTENCE_END.finditer(raw):
        if len(raw[cuts[-1] : match.end()].split()) >= _MIN_SENTENCE <= len(raw[match.end() :].split()):
            cuts.append(match.end())
    return cuts


def beats(all_units: list[Unit], language: str) -> list[Beat]:
    """The units in order, those that cannot be heard alone joined.

    Joined are: the halves of a quotation that a said-clause interrupts, and narration that breaks off before a
    quotation ("He opened the door and said:") with that quotation; and the story's last sentence with the one
    before it where it needs that one ("It has not been dark since.").
    """
    groups: list[list[Unit]] = []
    for unit in all_units:
        before = groups[-1][-1] if groups else None
        if before and before.paragraph == unit.paragraph and before.scene == unit.scene and _joined(before, unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    if len(groups) > 1 and _needs_help(groups[-2][-1], groups[-1][0], language):
        groups[-2:] = [[*groups[-2], *groups[-1]]]
    return [Beat(tuple(group)) for group in groups]


def _needs_help(before: Unit, last: Unit, language: str) -> bool:
    words = WORDS[language]
    first = word_list(last.text)[:1]
    loose = bool(first) and first[0] in words.pronouns | words.pointers | words.connectives
    near = before.scene == last.scene and before.paragraph == last.paragraph
    return loose and near and not last.dialogue and last.fresh and len(before.text.split()) <= _SPEECH_WORDS


def _joined(before: Unit, unit: Unit) -> bool:
    if unit.piece > 0:
        return False
    if before.dialogue and unit.dialogue:
        return before.character == unit.character and (before.interrupted or (unit.continues and not before.ends))
    return not before.dialogue and unit.dialogue and not before.ends
