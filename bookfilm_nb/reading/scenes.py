"""Where scenes begin, and the place, time, weather, season, mood and people of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bookfilm_nb.model import SceneReading, Span

from .mood import expected, mood_of
from .places import Atlas
from .scenes_climate import seasons_of, weathers_of
from .scenes_pages import Page, read_pages, settled
from .scenes_walk import Draft, Walk, same_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Book, Character, Place, Quote, Sentence
    from bookfilm_nb.model.vocabulary import Emotion

__all__ = ["find_scenes"]

_SHORT = {"arrive": 24, "there": 12}
"""Words below which a place is only passed through: come to on the way, or told outright."""


def find_scenes(
    book: Book,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quote],
    characters: Sequence[Character],
) -> tuple[tuple[Place, ...], tuple[SceneReading, ...]]:
    """The places and scenes of a book; scenes begin at paragraphs and cover all of them, in order.

    A scene ends where the author breaks, where the people come to another place, or where time moves on.
    Where nothing is told, the place follows from what stands around: a room, or the road.
    """
    pages = [settled(page, book.text, book.language) for page in read_pages(book, sentences)]
    if not pages:
        return (), ()
    drafts = _merged(Walk(pages, book.language).drafts(), pages)
    return _finished(book, pages, drafts, sentences, quotes, characters)


def _merged(drafts: list[Draft], pages: list[Page]) -> list[Draft]:
    """The scenes without those that are only passed through, and without breaks between like and like."""
    ordered: list[Draft] = []
    for draft in drafts:
        if ordered and ordered[-1].first >= draft.first:
            ordered[-1] = replace(draft, first=ordered[-1].first, forced=ordered[-1].forced or draft.forced)
        else:
            ordered.append(draft)
    kept: list[Draft] = []
    for k, draft in enumerate(ordered):
        after = ordered[k + 1] if k + 1 < len(ordered) else None
        end = after.first if after else len(pages)
        short = sum(page.words for page in pages[draft.first : end]) < _SHORT.get(draft.place.manner, 24)
        if short and kept and not draft.forced and not draft.moment:
            if after is None or after.forced:
                continue
            ordered[k + 1] = replace(after, first=draft.first)
            continue
        if short and after and not after.forced and not after.moment:
            ordered[k + 1] = replace(
                after,
                first=draft.first,
                time=draft.time,
                forced=draft.forced,
                moment=draft.moment,
                new_day=draft.new_day,
            )
            continue
        last = kept[-1] if kept else None
        if (
            last
            and not draft.forced
            and not draft.moment
            and same_place(last.place, draft.place)
            and last.time == draft.time
        ):
            continue
        kept.append(draft)
    return kept


def _finished(
    book: Book,
    pages: list[Page],
    drafts: list[Draft],
    sentences: Sequence[Sentence],
    quotes: Sequence[Quote],
    characters: Sequence[Character],
) -> tuple[tuple[Place, ...], tuple[SceneReading, ...]]:
    atlas = Atlas(book.language)
    weathers = weathers_of(drafts, pages)
    seasons = seasons_of(drafts, pages)
    known = {c.id for c in characters}
    scenes: list[SceneReading] = []
    ends = [d.first for d in drafts[1:]] + [len(pages)]
    for number, (draft, end) in enumerate(zip(drafts, ends, strict=True)):
        part = pages[draft.first : end]
        span = Span(start=part[0].span.start, end=part[-1].span.end)
        place = atlas.places[atlas.locate(draft.place)]
        scenes.append(
            SceneReading(
                id=f"s{number + 1:02}",
                span=span,
                chapter=part[0].chapter,
                place=place.id,
                time=draft.time,
                weather=weathers[number],
                season=seasons[number],
                mood=mood_of(
                    [book.words(p.span) for p in part],
                    book.language,
                    expected(draft.time, weathers[number], _felt(span, sentences, quotes)),
                ),
                characters=_present(span, sentences, quotes, known),
            )
        )
    return tuple(atlas.places), tuple(scenes)


def _felt(span: Span, sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> list[Emotion]:
    """What each line and sentence between the offsets feels like."""
    told = [s.emotion for s in sentences if span.covers(s.span)]
    return told + [q.emotion for q in quotes if span.covers(q.span)]


def _present(span: Span, sentences: Sequence[Sentence], quotes: Sequence[Quote], known: set[str]) -> tuple[str, ...]:
    """Who speaks or is named between the offsets: speech counts double; most present first, then the earliest."""
    weight: Counter[str] = Counter()
    first: dict[str, int] = {}
    for quote in quotes:
        if quote.speaker in known and span.covers(quote.span):
            weight[quote.speaker] += 2
            first[quote.speaker] = min(first.get(quote.speaker, quote.span.start), quote.span.start)
    for sentence in sentences:
        if not span.covers(sentence.span):
            continue
        for identity in sentence.characters:
            if identity in known:
                weight[identity] += 1
                first[identity] = min(first.get(identity, sentence.span.start), sentence.span.start)
    return tuple(sorted(weight, key=lambda c: (-weight[c], first[c], c)))
