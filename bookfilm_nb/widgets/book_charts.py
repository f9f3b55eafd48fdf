"""Charts of a book and its screenplay: what is story, who is where, what the film keeps and what it leaves out."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from textwrap import shorten
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.model.vocabulary import MOODS

from .plot import BLUE, COLOURS, GREEN, GREY, ORANGE, RED, SKY, canvas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from bookfilm_nb.model import Book, Reading, Screenplay

__all__ = ["coverage_chart", "lengths_chart", "moods_chart", "presence_chart", "selection_chart", "speakers_chart"]

_ROWS = 60
_COLUMNS = 120
_PIECES = {
    "not the story": "#ffffff",
    "narration": BLUE,
    "dialogue": ORANGE,
    "shown": GREEN,
    "length": "#bdbdbd",
    "said-clause": "#7d7d7d",
    "verse": "#cc79a7",
    "scene cut": "#dfe9f2",
    "edited": RED,
}


def coverage_chart(book: Book) -> Figure:
    """Where every character of the book's file went: the story, or set aside and why."""
    counted = book.coverage()
    parts = {"story": counted.book, **dict(sorted(counted.set_aside.items(), key=lambda p: -p[1]))}
    claim = (
        f"All {counted.file:,} characters are accounted for: "
        f"{100 * counted.book / max(1, counted.file):.1f} % are the story"
    )
    figure, axes = canvas(
        claim, source=f"{book.source}, {book.format}, {book.encoding}", size=(10, 1.7 + 0.5 * len(parts))
    )
    places = range(len(parts))[::-1]
    axes.barh(places, list(parts.values()), color=[BLUE, *[GREY] * (len(parts) - 1)])
    for place, count in zip(places, parts.values(), strict=True):
        axes.annotate(f"{count:,}", (count, place), (6, 0), textcoords="offset points", va="center", fontsize=12)
    axes.set_yticks(places, list(parts))
    axes.set_xlim(0, counted.file * 1.12)
    axes.set_xlabel("characters of the file")
    return figure


def presence_chart(reading: Reading) -> Figure:
    """Who is in which scene: a dot where a person is there, larger for more words said."""
    scenes = {s.id: number for number, s in enumerate(reading.scenes)}
    there = Counter(c for s in reading.scenes for c in s.characters)
    people = sorted((c for c in reading.characters if there[c.id]), key=lambda c: -there[c.id])[:14]
    said: Counter[tuple[str, int]] = Counter()
    for quote in reading.quotes:
        at = next((n for n, s in enumerate(reading.scenes) if s.span.covers(quote.span)), None)
        if quote.speaker and at is not None:
            said[quote.speaker, at] += len(quote.text.split())
    if not people:
        figure, _ = canvas("Nobody is named in this story", source=f"{len(scenes)} scenes")
        return figure
    most = there[people[0].id]
    first = [c.name for c in people if there[c.id] == most]
    are = "are each" if first[1:] else "is"
    claim = f"{' and '.join(first[:3])} {are} in {most} of {len(scenes)} scenes, more than anyone else"
    figure, axes = canvas(claim, source="the reading", size=(10, 2.2 + 0.36 * len(people)))
    for row, person in enumerate(people):
        places = [scenes[s.id] for s in reading.scenes if person.id in s.characters]
        axes.hlines(row, min(places), max(places), color=GREY, linewidth=0.8, zorder=0)
        sizes = [40 + 7 * said[person.id, place] for place in places]
        axes.scatter(places, [row] * len(places), s=sizes, color=COLOURS[row % len(COLOURS)], alpha=0.9)
    axes.set_yticks(range(len(people)), [shorten(c.name, 26, placeholder="…") for c in people])
    axes.invert_yaxis()
    axes.set_ylim(len(people) - 0.3, -0.7)
    axes.set_xticks(range(len(scenes)), list(scenes))
    axes.set_xlabel("scene; a larger dot says more")
    axes.grid(axis="x", alpha=0.3)
    return figure


def speakers_chart(reading: Reading) -> Figure:
    """How the reader knows who speaks: named beside the words, by a pronoun, or only from the turns."""
    kinds = {"explicit": "named", "anaphoric": "a pronoun, a description", "implicit": "next to speak"}
    names = {c.id: c.name for c in reading.characters}
    counted = {kind: Counter(q.speaker for q in reading.quotes if q.kind == kind) for kind in kinds}
    totals = Counter(q.speaker for q in reading.quotes)
    order = [speaker for speaker, _ in totals.most_common(12)]
    plain = sum(counted["explicit"].values())
    claim = f"{plain} of {totals.total()} quotations name their speaker; the others have to be worked out"
    figure, axes = canvas(claim, source="the reading", size=(10, 2.4 + 0.36 * max(1, len(order))))
    left = np.zeros(len(order))
    for (kind, label), colour in zip(kinds.items(), (BLUE, SKY, ORANGE), strict=True):
        widths = np.array([counted[kind][speaker] for speaker in order], float)
        axes.barh(range(len(order)), widths, left=left, color=colour, label=label)
        left += widths
    labels = [shorten(names.get(s or "", "nobody known"), 26, placeholder="…") for s in order]
    axes.set_yticks(range(len(order)), labels)
    axes.invert_yaxis()
    axes.set_xlabel("quotations")
    figure.legend(frameon=False, fontsize=11, loc="outside right center", title="known because the speaker is")
    return figure


def moods_chart(reading: Reading) -> Figure:
    """The mood of every scene along the story; a scene is as wide as its text is long."""
    told = sorted({s.mood for s in reading.scenes}, key=MOODS.index)
    share: Counter[str] = Counter()
    for scene in reading.scenes:
        share[scene.mood] += len(scene.span)
    first, count = share.most_common(1)[0]
    length = reading.scenes[-1].span.end
    changes = sum(a.mood != b.mood for a, b in pairwise(reading.scenes))
    claim = f"{first.capitalize()} for {100 * count / share.total():.0f} % of the story; the mood turns {changes} times"
    figure, axes = canvas(claim, source=f"the reading, {len(reading.scenes)} scenes", size=(10, 2.3 + 0.42 * len(told)))
    for scene in reading.scenes:
        row = told.index(scene.mood)
        axes.barh(row, len(scene.span), left=scene.span.start, height=0.72, color=COLOURS[row % len(COLOURS)])
        middle, wide = (scene.span.start + scene.span.end) / 2, len(scene.span) > 0.04 * length
        axes.text(
            middle, row if wide else row - 0.42, scene.id, ha="center", va="center" if wide else "bottom", fontsize=10
        )
    axes.set_yticks(range(len(told)), told)
    axes.set_ylim(len(told) - 0.5, -0.8)
    axes.set_xlabel("character of the book")
    return figure


def selection_chart(book: Book, screenplay: Screenplay) -> Figure:
    """A map of the whole book, read like a page: what is heard, what is shown, what was left out and why."""
    pieces = _pieces(book, screenplay)
    each = max(1, -(-len(pieces) // (_ROWS * _COLUMNS)))
    columns = _COLUMNS
    rows = -(-len(pieces) // (each * columns))
    padded = np.zeros(rows * columns * each, np.int8)
    padded[: len(pieces)] = pieces
    # Where a cell stands for several characters it shows what it holds most of.
    cells = padded.reshape(-1, each)
    field = np.array([np.bincount(cell, minlength=len(_PIECES)).argmax() for cell in cells]).reshape(rows, columns)
    names = list(_PIECES)
    story = max(1, book.coverage().book)
    heard = sum(len(e.span) for e in screenplay.elements() if e.spoken)
    lost: Counter[str] = Counter()
    for part in screenplay.left_out:
        lost[part.reason] += len(part.span)
    claim = f"The film says {100 * heard / story:.0f} % of the story"
    if lost:
        reason, most = lost.most_common(1)[0]
        why = {"scene cut": "with whole scenes", "length": "for want of time", "edited": "because a person cut it"}
        claim += f"; {100 * most / story:.0f} % went {why.get(reason, f'as {reason}')}"
    source = f"{screenplay.title}: {len(book.text):,} characters, {each} a cell"
    figure, axes = canvas(claim, source=source, size=(10, 1.9 + max(2.0, rows * 0.085)))
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    axes.imshow(
        field, cmap=ListedColormap(list(_PIECES.values())), vmin=-0.5, vmax=len(names) - 0.5, aspect="auto",
        interpolation="nearest",
    )  # fmt: skip
    used = [n for n in range(1, len(names)) if (field == n).any()]
    patches = [Patch(color=_PIECES[names[n]], label=_told(names[n])) for n in used]
    figure.legend(handles=patches, frameon=False, fontsize=11, loc="outside right upper")
    marks: dict[int, str] = {}
    for scene in screenplay.scenes:
        row = scene.span.start // (each * columns)
        if all(abs(row - other) > 1 for other in marks):  # labels that would lie on each other are left out
            marks[row] = scene.id
    axes.set_yticks(list(marks), list(marks.values()))
    axes.set_xticks([])
    axes.set_ylabel("scenes of the film")
    return figure


def _told(piece: str) -> str:
    heard = {"narration", "dialogue"}
    return f"heard: {piece}" if piece in heard else piece if piece == "shown" else f"left out: {piece}"


def _pieces(book: Book, screenplay: Screenplay) -> NDArray[np.int8]:
    """For every character of the book the number of its piece."""
    number = {name: n for n, name in enumerate(_PIECES)}
    found = np.zeros(len(book.text), np.int8)
    for part in screenplay.left_out:
        found[part.span.start : part.span.end] = number[part.reason]
    kinds = {"voice_over": "narration", "dialogue": "dialogue", "action": "shown"}
    for element in sorted(screenplay.elements(), key=lambda e: e.spoken):
        found[element.span.start : element.span.end] = number[kinds[element.kind]]
    return found


def lengths_chart(plays: Mapping[float, Screenplay], *, rate_cps: float) -> Figure:
    """Which scenes films of several lengths keep, and how many seconds each speaks; ``plays`` by minutes."""
    from bookfilm_nb.screenwriting import speech_s

    minutes = sorted(plays)
    spoken = {
        m: {s.id: sum(speech_s(e.text, rate_cps) for e in s.elements if e.spoken) for s in plays[m].scenes}
        for m in minutes
    }
    scenes = sorted({scene for by_scene in spoken.values() for scene in by_scene})
    field = np.array([[spoken[m].get(scene, 0.0) for m in minutes] for scene in scenes])
    counts = [len(by_scene) for by_scene in spoken.values()]
    few, many = counts[0], counts[-1]
    claim = (
        f"A longer film gets more scenes, not only longer ones: {few} at {minutes[0]:g} min, {many} at {minutes[-1]:g}"
    )
    if few == many:
        claim = f"From {minutes[0]:g} to {minutes[-1]:g} min the film keeps {few} scenes and lets them speak longer"
    figure, axes = canvas(claim, source="estimated seconds of speech", size=(9, 2.2 + 0.34 * len(scenes)))
    axes.imshow(field, cmap="Blues", vmin=0, vmax=max(1.0, field.max() * 1.15), aspect="auto")
    for (row, column), seconds in np.ndenumerate(field):
        dark = seconds > field.max() * 0.6
        label = f"{seconds:.0f} s" if seconds else "·"
        axes.text(column, row, label, ha="center", va="center", fontsize=11, color="white" if dark else "black")
    axes.set_xticks(range(len(minutes)), [f"{m:g} min" for m in minutes])
    axes.set_yticks(range(len(scenes)), scenes)
    axes.set_xlabel("length that was asked for")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure
