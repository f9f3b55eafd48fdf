"""Tables of the step notebooks: what was set aside and left out, voices, words, cues, prompts, prices, rights, work."""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from bookfilm_nb.cutting import PlacedCue
    from bookfilm_nb.model import Book, Element, Reading, Screenplay, Shot, Timeline, VoiceTake
    from bookfilm_nb.production import LedgerRow
    from bookfilm_nb.providers import VoiceStyle
    from bookfilm_nb.providers.listing import Offer
    from bookfilm_nb.studio.auditions import Audition
    from bookfilm_nb.studio.estimate import FilmEstimate

__all__ = [
    "aside_table",
    "casting_table",
    "chapters_table",
    "cues_table",
    "estimate_table",
    "left_out_table",
    "offers_table",
    "picks_table",
    "prompt_table",
    "quotes_table",
    "rights_table",
    "word_times",
    "work_table",
]

_SHOWN = 110


def aside_table(book: Book) -> pd.DataFrame:
    """What of the file is not the story, blank lines left out: where, why, and the words."""
    rows = [
        {"from": part.span.start, "to": part.span.end, "reason": part.reason, "words": _short(book.words(part.span))}
        for part in book.set_aside
        if book.words(part.span)
    ]
    return pd.DataFrame(rows, columns=["from", "to", "reason", "words"])


def quotes_table(reading: Reading) -> pd.DataFrame:
    """Who says what: the words, the speaker, how the reader knows, and how sure it is (0 to 1)."""
    names = {c.id: c.name for c in reading.characters}
    rows = [
        {
            "words": _short(q.text, 70),
            "speaker": names.get(q.speaker or "", "nobody known"),
            "known by": q.kind,
            "sure": round(q.confidence, 2),
            "emotion": q.emotion,
        }
        for q in reading.quotes
    ]
    return pd.DataFrame(rows, columns=["words", "speaker", "known by", "sure", "emotion"])


def left_out_table(book: Book, screenplay: Screenplay) -> pd.DataFrame:
    """Every stretch of the story that the film does not use, longest first: where, why, and how it begins."""
    rows = [
        {
            "from": part.span.start,
            "characters": len(part.span),
            "reason": part.reason,
            "words": _short(book.words(part.span)),
        }
        for part in sorted(screenplay.left_out, key=lambda part: (-len(part.span), part.span.start))
    ]
    return pd.DataFrame(rows, columns=["from", "characters", "reason", "words"])


def picks_table(book: Book, tried: Audition) -> pd.DataFrame:
    """What the film says and what it would say with the model's choice, in the book's order. Raises ChoiceError."""
    from bookfilm_nb.errors import ChoiceError
    from bookfilm_nb.model import Screenplay
    from bookfilm_nb.studio.auditions import sentences

    if not isinstance(tried.now, Screenplay) or not isinstance(tried.take, Screenplay):
        raise ChoiceError("That is no audition of a text model.", hint='Use audition(out, "text", ...).')
    rows = [
        {"words": _short(one.words), "in the film": _yes(one.now), "with the model": _yes(one.tried)}
        for one in sentences(book, tried.now, tried.take)
    ]
    return pd.DataFrame(rows, columns=["words", "in the film", "with the model"])


def _yes(told: bool) -> str:
    return "yes" if told else ""


def prompt_table(shot: Shot) -> pd.DataFrame:
    """What the illustrator reads in a prompt, word by word, and which words it will not draw."""
    from bookfilm_nb.illustrator import parse_prompt

    words = parse_prompt(shot.prompt)
    scene = words.scene.model_dump()
    scene["its own name"] = scene.pop("name", "")
    scene["inside"] = "yes" if scene.pop("interior", False) else "no"
    told = {"size": words.size, "angle": words.angle, **scene}
    rows = [(name.replace("_", " "), _plain(value)) for name, value in told.items() if value not in {None, "", ()}]
    for figure in words.figures:
        looks = figure.model_dump(exclude_defaults=True)
        name = str(looks.pop("name", "somebody"))
        rows.append((name, ", ".join(_plain(value) for value in looks.values() if not isinstance(value, bool))))
    rows.append(("will not be drawn", ", ".join(words.unknown) or "nothing"))
    return pd.DataFrame(rows, columns=["what", "words"])


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(_plain(part) for part in value.values() if part and part is not True)
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def casting_table(reading: Reading, styles: Mapping[str | None, VoiceStyle], play: Screenplay) -> pd.DataFrame:
    """Who speaks how: sex and age as read, semitones and pace as cast, and lines in the film."""
    lines = Counter(e.character if e.kind == "dialogue" else None for e in play.elements() if e.spoken)
    people = {c.id: c for c in reading.characters}
    rows = []
    for identity in sorted(styles, key=lambda i: (-lines[i], str(i))):
        person, style = people.get(identity or ""), styles[identity]
        rows.append(
            {
                "speaker": person.name if person else "narrator",
                "sex": person.sex if person else "",
                "age": person.age if person else "",
                "semitones": style.pitch,
                "pace": style.rate,
                "lines": lines[identity],
            }
        )
    return pd.DataFrame(rows, columns=["speaker", "sex", "age", "semitones", "pace", "lines"])


def word_times(element: Element, take: VoiceTake) -> pd.DataFrame:
    """When each word of a line is heard, in seconds from the line's first sample."""
    rows = [
        {"word": element.text[w.start : w.end], "from_s": round(w.start_s, 3), "to_s": round(w.end_s, 3)}
        for w in take.words
    ]
    return pd.DataFrame(rows, columns=["word", "from_s", "to_s"])


def cues_table(placed: Sequence[PlacedCue], timeline: Timeline) -> pd.DataFrame:
    """The orders to the composer: where each piece begins, its mood, mode, tempo and length."""
    rows = [
        {
            "cue": p.cue.id,
            "begins_s": round(p.start / timeline.sample_rate, 2),
            "length_s": round(p.cue.length_s, 2),
            "mood": p.cue.mood,
            "mode": p.cue.mode,
            "bpm": p.cue.bpm,
        }
        for p in placed
    ]
    return pd.DataFrame(rows, columns=["cue", "begins_s", "length_s", "mood", "mode", "bpm"])


def offers_table(offers: Iterable[Offer]) -> pd.DataFrame:
    """Every engine on offer: what it makes, whether it works here and now, its price, licence and last day."""
    rows = [
        {
            "makes": o.door,
            "name": o.name,
            "state": o.state,
            "needs": o.needs,
            "price": o.price,
            "licence": o.licence,
            "ends": str(o.ends or ""),
        }
        for o in offers
    ]
    return pd.DataFrame(rows, columns=["makes", "name", "state", "needs", "price", "licence", "ends"])


def estimate_table(estimate: FilmEstimate) -> pd.DataFrame:
    """What each stage of the film will cost in US dollars, and all together; unknown is <NA>, never 0."""
    parts = [(s.stage, s.model or s.engine, s.calls, s.estimate) for s in estimate.stages]
    parts.append(("all", "", sum(calls for _, _, calls, _ in parts), estimate.total))
    rows = [(stage, engine, calls, e.low, e.likely, e.high, e.basis) for stage, engine, calls, e in parts]
    table = pd.DataFrame(rows, columns=["stage", "engine", "calls", "low", "likely", "high", "basis"])
    return table.astype(dict.fromkeys(("low", "likely", "high"), "Float64"))


def chapters_table(timeline: Timeline) -> pd.DataFrame:
    """The chapters of the film file, with the frame and the second at which each begins."""
    rows = [
        {"chapter": m.title, "frame": m.start, "begins_s": round(m.start / timeline.fps, 2)} for m in timeline.chapters
    ]
    return pd.DataFrame(rows, columns=["chapter", "frame", "begins_s"])


def rights_table(film: str | Path) -> pd.DataFrame:
    """What the film file says of itself, read back from the file: title, author, rights, and that a machine made it."""
    from pathlib import Path

    from bookfilm_nb.delivery import read_tags

    return pd.DataFrame(list(read_tags(Path(film)).items()), columns=["tag", "says"])


def work_table(ledger: Sequence[LedgerRow], *, since: int = 0) -> pd.DataFrame:
    """What was made, stage by stage, after the first ``since`` rows of the ledger: pieces, names and seconds."""
    made = [row for row in ledger[since:] if row.outcome == "made"]
    rows = []
    for kind in dict.fromkeys(row.kind for row in made):
        pieces = [row for row in made if row.kind == kind]
        rows.append(
            {
                "stage": kind,
                "made": len(pieces),
                "what": _short(", ".join(row.name for row in pieces), 60),
                "seconds": round(sum(row.seconds for row in pieces), 2),
            }
        )
    return pd.DataFrame(rows, columns=["stage", "made", "what", "seconds"])


def _short(text: str, most: int = _SHOWN) -> str:
    return shorten(text, most, placeholder=" …")
