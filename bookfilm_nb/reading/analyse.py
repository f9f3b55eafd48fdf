"""The reading of a book: people, who says what, sentences, places and scenes, put together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import Book, Character, Quote, Reading, Sentence, Span

from .cues import Index, first_sentence, last_sentence
from .looks import age_told, looks_of, looks_told, recognised
from .meaning import Heard, compared, follow
from .mood import emotion_of
from .people import characters_of, find_people
from .presence import actors, is_there
from .quotes import Block, Piece, find_quotes
from .said import is_said_verb
from .scenes import find_scenes
from .sentences import split_sentences
from .speakers import attribute
from .turns import Turn, find_turns
from .unite import unite
from .words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .cast import Cast
    from .chain import Attribution
    from .look_words import Trait

__all__ = ["analyse"]


class _Line(NamedTuple):
    piece: Piece
    turn: Turn
    attribution: Attribution


class _Told(NamedTuple):
    span: Span
    block: Block
    number: int
    cue: bool


def analyse(book: Book) -> Reading:
    """What a careful reader notices in a book.

    Works on English and Russian prose alike; the same book gives the same reading. Speakers of quotations carry
    an honest confidence; a crowd has no speaker (None). Raises nothing of its own: a book without people or
    without dialogue gives a reading without them.
    """
    blocks = find_quotes(book)
    found, cast = find_people(book.text, blocks, book.language)
    index = Index(found.mentions)
    turns = find_turns(book.text, blocks, index, cast)
    unite(book.text, turns, index, cast)
    told = _told_sentences(book, blocks)
    traits = _traits(book, told, index)
    # Pronouns tell who is present, and speakers tell whom pronouns mean: each pass knows more than the one before
    lines: list[_Line] = []
    meant = follow(book.text, found.mentions, (), cast, {})
    _learn_ages(book, cast, told, index, meant)
    for _ in range(2):
        attributions = attribute(book.text, blocks, turns, index, cast, meant)
        lines = [_Line(p, t, a) for t, a in zip(turns, attributions, strict=True) for p in t.pieces]
        lines.sort(key=lambda line: line.piece.start)
        seen = recognised(traits, index, cast, meant)
        meant = follow(book.text, found.mentions, _heard(lines), cast, seen)
    people = _people(cast, lines, traits, meant)
    here = actors(book.text, found.mentions, meant, book.language) | {
        line.attribution.speaker for line in lines if line.attribution.speaker is not None
    }
    quotes = tuple(_quote(book, line, blocks[line.turn.block], people) for line in lines)
    sentences = tuple(
        _sentence(book, t, index, meant, {n: people[n] for n in sorted(here) if n in people}) for t in told
    )
    characters = tuple(people.values())
    places, scenes = find_scenes(book, sentences, quotes, characters)
    narrator = people[cast.narrator].id if cast.narrator is not None else None
    return Reading(
        language=book.language, narrator=narrator, characters=characters, places=places,
        quotes=quotes, sentences=sentences, scenes=scenes,
    )  # fmt: skip


def _told_sentences(book: Book, blocks: Sequence[Block]) -> list[_Told]:
    told: list[_Told] = []
    for number, block in enumerate(blocks):
        speaks = any(p.spoken for p in block.pieces)
        for i, piece in enumerate(block.pieces):
            if piece.spoken:
                continue
            spans = split_sentences(book.text, Span(start=piece.start, end=piece.end), book.language)
            for j, span in enumerate(spans):
                beside = speaks and ((j == 0 and i > 0) or (j == len(spans) - 1 and i + 1 < len(block.pieces)))
                told.append(_Told(span, block, number, beside and _pure_cue(book, span)))
    return told


def _pure_cue(book: Book, span: Span) -> bool:
    """Whether the words only say that somebody speaks, and how."""
    words = words_of(book.text, span.start, span.end)
    verbs = [i for i, w in enumerate(words) if is_said_verb(w.text, book.language)]
    if not verbs or verbs[0] > 5:
        return False
    raw = book.raw(span)
    joined = {"and", "и", "but", "но", "then", "as", "while", "когда", "который", "которая"} & {
        w.text.lower() for w in words
    }
    return (len(words) <= 6 and not joined) or (len(words) <= 9 and not joined and "," not in raw.rstrip(",.: "))


def _heard(lines: Sequence[_Line]) -> list[Heard]:
    known = [line for line in lines if line.attribution.speaker is not None and line.attribution.confidence >= 0.5]
    return [Heard(line.piece.start, line.turn.block, line.attribution.speaker or 0) for line in known]


def _traits(book: Book, told: Sequence[_Told], index: Index) -> list[Trait]:
    found: list[Trait] = []
    for sentence in told:
        span = sentence.span
        here = index.between(span.start, span.end)
        found.extend(looks_told(book.text, span.start, span.end, here, book.language) if here else ())
    return found


def _people(
    cast: Cast, lines: Sequence[_Line], traits: Sequence[Trait], meant: Mapping[int, int]
) -> dict[int, Character]:
    seen: Counter[int] = Counter(meant.values())
    said: Counter[int] = Counter(line.attribution.speaker for line in lines if line.attribution.speaker is not None)
    return characters_of(cast, said, seen, looks_of(traits, cast, meant))


def _learn_ages(book: Book, cast: Cast, told: Sequence[_Told], index: Index, meant: Mapping[int, int]) -> None:
    """Ages told in years or by a description, which say who "the girl" can be."""
    for sentence in told:
        here = [m for m in index.between(sentence.span.start, sentence.span.end) if m.start in meant]
        for m in here:
            number = meant[m.start]
            if m.age and m.indefinite and cast.who(m) != number and not compared(book.text, m, book.language):
                cast.people[number].ages[m.age] += 3
        age = age_told(book.text, sentence.span.start, sentence.span.end, book.language) if here else None
        if age is not None:
            before = [m for m in here if m.start <= age[1] + 8]
            cast.people[meant[(before or here)[-1 if before else 0].start]].ages[age[0]] += 5


def _quote(book: Book, line: _Line, block: Block, people: Mapping[int, Character]) -> Quote:
    cue = _cue_span(book, line.piece, block)
    text = book.words(Span(start=line.piece.start, end=line.piece.end))
    with_cue = f"{text} {book.words(cue)}" if cue else text
    speaker = line.attribution.speaker
    return Quote(
        span=Span(start=line.piece.start, end=line.piece.end), text=text,
        speaker=people[speaker].id if speaker is not None else None,
        kind=line.attribution.kind, confidence=line.attribution.confidence, cue=cue,
        emotion=emotion_of(with_cue, book.language),
    )  # fmt: skip


def _cue_span(book: Book, piece: Piece, block: Block) -> Span | None:
    """The said-clause beside a spoken piece."""
    at = block.pieces.index(piece)
    if at + 1 < len(block.pieces) and not block.pieces[at + 1].spoken:
        clause = first_sentence(book.text, block.pieces[at + 1])
        if any(is_said_verb(w.text, book.language) for w in words_of(book.text, clause.start, clause.end)[:12]):
            return Span(start=clause.start, end=clause.end)
    if at and not block.pieces[at - 1].spoken:
        clause = last_sentence(book.text, block.pieces[at - 1])
        if any(is_said_verb(w.text, book.language) for w in words_of(book.text, clause.start, clause.end)):
            return Span(start=clause.start, end=clause.end)
    return None


def _sentence(
    book: Book, told: _Told, index: Index, meant: Mapping[int, int], present: Mapping[int, Character]
) -> Sentence:
    here = index.between(told.span.start, told.span.end)
    there = [m for m in here if m.start in meant and is_there(book.text, m, book.language)]
    numbers = dict.fromkeys(meant[m.start] for m in there)
    return Sentence(
        span=told.span, chapter=told.block.chapter, paragraph=told.block.paragraph, cue=told.cue,
        characters=tuple(present[n].id for n in numbers if n in present),
        emotion=emotion_of(book.words(told.span), book.language, told=True),
    )  # fmt: skip
