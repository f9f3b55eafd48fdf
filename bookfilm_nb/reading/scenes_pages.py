"""What each paragraph tells of place, time and weather: the evidence from which scenes are made."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from .places import Mention, mentions_of
from .scenes_times import Cue, cues_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Book, Sentence, Span
    from bookfilm_nb.model.vocabulary import Language, PlaceKind

__all__ = ["Page", "read_pages", "settled"]


class Page(NamedTuple):
    """One paragraph of the story, and the evidence of its narration (what is said aloud is none)."""

    chapter: int
    span: Span
    forced: bool
    """Whether the author begins anew here: a chapter, or a row of stars."""
    words: int
    narration: tuple[str, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[tuple[int, Cue], ...]
    """Each with the character of the book where its sentence starts."""

    def part(self, start: int) -> float:
        """How far into the paragraph a character stands, 0 to 1."""
        return (start - self.span.start) / max(1, len(self.span))


def read_pages(book: Book, sentences: Sequence[Sentence]) -> list[Page]:
    """Every paragraph of the story, in order, with its evidence."""
    told: dict[tuple[int, int], list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        told[sentence.chapter, sentence.paragraph].append(sentence)
    pages: list[Page] = []
    for c, chapter in enumerate(book.chapters):
        for p, paragraph in enumerate(chapter.paragraphs):
            narration = () if paragraph.kind == "verse" else tuple(told.get((c, p), ()))
            text = book.raw(paragraph.span)
            mentions: list[Mention] = []
            cues: list[tuple[int, Cue]] = []
            opening = paragraph.span.start + len(text) - len(text.lstrip())
            for sentence in narration:
                start, end = sentence.span.start, sentence.span.end
                mentions += mentions_of(book.text, start, end, book.language, opens=start == opening)
                cues += [(start, cue) for cue in cues_of(book.raw(sentence.span), book.language)]
            pages.append(
                Page(
                    chapter=c,
                    span=paragraph.span,
                    forced=p == 0 or paragraph.scene_break,
                    words=len(text.split()),
                    narration=tuple(book.words(s.span) for s in narration),
                    mentions=tuple(mentions),
                    cues=tuple(cues),
                )
            )
    return pages


_RURAL = {
    "en": re.compile(r"\b(?:village|hamlet|cottage|farm|fishermen|peasant)s?\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:дерев(?:н|ен)|сел[оаеу]\b|хутор|изб|мужик|хат[аеуы]\b|козак)", re.IGNORECASE),
}
_URBAN = {
    "en": re.compile(r"\b(?:city|cities|town|streets|cab|cabs|pavement|omnibus|boulevard)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:город|столиц|петербург|москв|извозчик|проспект|бульвар|подъезд|карет)", re.IGNORECASE),
}
_AROUND = 5000
"""Characters before and after a street that tell whether it is a village's or a city's."""


def settled(page: Page, text: str, language: Language) -> Page:
    """The page with its streets told apart: a village's or a city's, by the words around."""
    if not any(m.noun.group == "street" or m.outside for m in page.mentions):
        return page
    around = text[max(0, page.span.start - _AROUND) : page.span.end + _AROUND]
    rural = len(_RURAL[language].findall(around))
    urban = rural < len(_URBAN[language].findall(around))
    street: PlaceKind = "city street" if urban else "village street"
    mentions = (m._replace(noun=m.noun._replace(kind=street)) if m.noun.group == "street" else m for m in page.mentions)
    return page._replace(mentions=tuple(m._replace(urban=urban) for m in mentions))
