"""Books and readings made by hand, for the tests of screenwriting and storyboard: no reader is needed."""

from __future__ import annotations

import re
from typing import NamedTuple

from bookfilm_nb.model import (
    Book,
    Chapter,
    Character,
    Looks,
    Paragraph,
    Place,
    Quote,
    Reading,
    SceneReading,
    Sentence,
    Span,
)

SENTENCE = re.compile(r"[^.!?…]+[.!?…]*\s*")
SAID = re.compile(r"\b(?:said|asked|cried|сказала?|спросила?|крикнула?)\s+(\w+)")
STRONG = {"cried": "afraid", "weep": "sad", "laugh": "happy", "крикнул": "afraid"}


class SceneText(NamedTuple):
    """A scene: place, time, mood and its paragraphs (a paragraph that begins with ~ is verse)."""

    place: str
    kind: str
    time: str
    mood: str
    paragraphs: tuple[str, ...]


def story(
    scenes: list[SceneText], people: dict[str, tuple[str, str]], *, language: str = "en", title: str = "A Story"
) -> tuple[Book, Reading]:
    """A book and its reading; quotations stand in “ ”, a said-clause is "said NAME ..." in the same sentence."""
    text = ""
    paragraphs, sentences, quotes, read_scenes, places = [], [], [], [], []
    for number, scene in enumerate(scenes, 1):
        start = len(text)
        for words in scene.paragraphs:
            verse = words.startswith("~")
            span = Span(start=len(text), end=len(text) + len(words.removeprefix("~")))
            text += words.removeprefix("~") + "\n\n"
            paragraphs.append(Paragraph(span=span, kind="verse" if verse else "prose"))
            if not verse:
                found = _read(text, span, len(paragraphs) - 1, people)
                sentences += found[0]
                quotes += found[1]
        place = f"p{number}" if scene.place not in [p.name for p in places] else ""
        if place:
            interior = scene.kind in ("room", "kitchen", "hall", "church", "tavern", "cellar", "tower")
            places.append(Place(id=place, name=scene.place, kind=scene.kind, interior=interior))
        inside = Span(start=start, end=len(text))
        present = [p for p in people if any(n in text[start:] for n in (p,))]
        read_scenes.append(
            SceneReading(
                id=f"s{number:02d}", span=inside, chapter=0, time=scene.time, weather="clear", season="summer",
                place=next(p.id for p in places if p.name == scene.place), mood=scene.mood,
                characters=tuple(slug(p) for p in present),
            )
        )  # fmt: skip
    book = Book(
        title=title, author="Nobody", language=language, format="txt", text=text,
        chapters=(Chapter(title="", span=Span(start=0, end=len(text)), paragraphs=tuple(paragraphs)),), set_aside=(),
    )  # fmt: skip
    cast = tuple(
        Character(
            id=slug(name), name=name, names=(name,), sex=sex, age=age, looks=Looks(),
            mentions=len(re.findall(name, text)), quotes=sum(q.speaker == slug(name) for q in quotes),
        )
        for name, (sex, age) in people.items()
    )  # fmt: skip
    reading = Reading(
        language=language, narrator=None, characters=cast, places=tuple(places), quotes=tuple(quotes),
        sentences=tuple(sentences), scenes=tuple(read_scenes),
    )  # fmt: skip
    return book, reading


def slug(name: str) -> str:
    return name.lower()


def _read(text, span, index, people):
    sentences, quotes = [], []
    last = None
    for part in re.finditer(r"“([^”]*)”|[^“”]+", text[span.start : span.end]):
        a, b = span.start + part.start(), span.start + part.end()
        if part[1] is not None:
            quotes.append(
                Quote(span=Span(start=a + 1, end=b - 1), text=part[1], speaker=None, kind="implicit", confidence=0.4)
            )
            last = len(quotes) - 1
            continue
        for match in SENTENCE.finditer(text, a, b):
            piece = match.group().rstrip()
            skip = len(piece) - len(piece.lstrip())
            if not any(c.isalnum() for c in piece):
                continue
            where = Span(start=match.start() + skip, end=match.start() + len(piece))
            said = SAID.search(piece)
            cue = bool(said and last is not None and piece.lstrip()[:1].islower())
            if cue and said[1] in people:
                change = {"speaker": slug(said[1]), "kind": "explicit", "confidence": 0.95, "cue": where}
                quotes[last] = quotes[last].model_copy(update=change)
            named = tuple(slug(p) for p in people if p in piece)
            emotion = next((e for w, e in STRONG.items() if w in piece), "neutral")
            sentences.append(
                Sentence(span=where, chapter=0, paragraph=index, cue=cue, characters=named, emotion=emotion)
            )
    speakers = [q.speaker for q in quotes if q.speaker]
    quotes = [q if q.speaker or not speakers else q.model_copy(update={"speaker": speakers[0]}) for q in quotes]
    return sentences, quotes
