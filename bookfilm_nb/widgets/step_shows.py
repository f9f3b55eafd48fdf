"""What the step notebooks show of a film in the making: the book beside it, prompts, layers, takes, shots, lineage."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from IPython.display import HTML

from .plot import COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bookfilm_nb.model import Book, Element, PictureTake, Reading, Screenplay, Span, Storyboard, Timeline
    from bookfilm_nb.production import Store

__all__ = [
    "book_beside_reading",
    "captions_text",
    "film_strip",
    "from_second",
    "layers",
    "lineage",
    "shot_player",
    "side_by_side",
]

_BOX = "overflow:auto;border:1px solid var(--jp-border-color2,#888);padding:.2em 1em"
_CONTEXT = 260


def _span(text: str, colour: str = "", title: str = "") -> str:
    """Marked words: a coloured line below, so that they are read in a light and in a dark page."""
    line = f"border-bottom:3px solid {colour}" if colour else "background:#e6b80066;outline:1px solid #b58900"
    return f'<span style="{line}" title="{escape(title)}">{escape(text)}</span>'


def book_beside_reading(book: Book, reading: Reading, *, height_px: int = 420) -> HTML:
    """The book's own words; in the margin where each scene plays, below a quotation a line in its speaker's colour."""
    spoken = {c.id: c for c in reading.characters if c.quotes}
    colours = {identity: COLOURS[n % len(COLOURS)] for n, identity in enumerate(spoken)}
    names = {identity: person.name for identity, person in spoken.items()}
    rows = []
    for scene in reading.scenes:
        place = reading.place(scene.place)
        people = ", ".join(reading.character(c).name for c in scene.characters[:5])
        margin = (
            f"<b>{scene.id} · {escape(place.name)}</b><br>{place.kind}, {scene.time}, {scene.weather}<br>"
            f"<i>{scene.mood}</i><br>{escape(people)}"
        )
        paragraphs = [
            f"<p>{_quoted(book, reading, p.span, colours, names)}</p>"
            for chapter in book.chapters
            for p in chapter.paragraphs
            if scene.span.covers(p.span)
        ]
        rows.append(
            f'<div style="flex:0 0 12em;opacity:.85">{margin}</div>'
            f'<div style="flex:1;min-width:18em">{"".join(paragraphs)}</div>'
        )
    key = " &nbsp; ".join(_span(names[i], colours[i]) for i in spoken)
    body = "".join(f'<div style="display:flex;gap:1.5em;margin:1em 0">{row}</div>' for row in rows)
    return HTML(
        f'<p>{key}</p><div role="document" aria-label="Book with the reading" tabindex="0" '
        f'style="max-height:{height_px}px;{_BOX}">{body}</div>'
    )


def _quoted(book: Book, reading: Reading, span: Span, colours: Mapping[str, str], names: Mapping[str, str]) -> str:
    parts, at = [], span.start
    for quote in reading.quotes:
        if not span.covers(quote.span):
            continue
        who = quote.speaker or ""
        parts.append(escape(book.text[at : quote.span.start]))
        title = f"{names.get(who, 'nobody known')} ({quote.kind}, {quote.confidence:.2f})"
        parts.append(_span(book.raw(quote.span), colours.get(who, "#888888"), title))
        at = quote.span.end
    return "".join([*parts, escape(book.text[at : span.end])])


def lineage(book: Book, screenplay: Screenplay, element: str, *, height_px: int = 420) -> HTML:
    """The book with all that the film says marked in it; beside it the screenplay, one line of it marked in both.

    Raises ChoiceError where the screenplay has no such element.
    """
    chosen = _element(screenplay, element)
    names = {c.id: c.name for c in screenplay.characters}
    lines = []
    for scene in screenplay.scenes:
        lines.append(f"<p><b>{scene.id} · {escape(scene.heading.location)}</b></p>")
        for e in scene.elements:
            words = _span(e.text) if e.id == element else escape(e.text)
            who = escape(names.get(e.character or "", "")) + ": " if e.kind == "dialogue" else ""
            lines.append(f"<p>{who}{words} <small>{e.id}, {e.span.start}–{e.span.end}</small></p>")
    first = max(0, chosen.span.start - 3 * _CONTEXT)
    last = min(len(book.text), chosen.span.end + 3 * _CONTEXT)
    parts, at = [], first
    for e in sorted(screenplay.elements(), key=lambda e: e.span.start):
        if e.spoken and e.span.start >= at and e.span.end <= last:
            parts.append(escape(book.text[at : e.span.start]))
            parts.append(_span(book.raw(e.span), "" if e.id == element else COLOURS[0]))
            at = e.span.end
    words = "".join([*parts, escape(book.text[at:last])]).replace("\n\n", "<br><br>")
    boxes = "".join(
        f'<div style="flex:1 1 22em;max-height:{height_px}px;{_BOX}" tabindex="0" role="document" aria-label="{name}">'
        f"{inside}</div>"
        for name, inside in (("Screenplay", "".join(lines)), ("Book", f"<p>… {words} …</p>"))
    )
    return HTML(f'<div style="display:flex;flex-wrap:wrap;gap:1em">{boxes}</div>')


def _element(screenplay: Screenplay, identity: str) -> Element:
    from bookfilm_nb.errors import ChoiceError

    known = {e.id: e for e in screenplay.elements()}
    if identity not in known:
        raise ChoiceError(f"The screenplay has no element {identity}.", hint=f"It has {', '.join(known)}.")
    return known[identity]


def from_second(
    second: float, *, book: Book, screenplay: Screenplay, storyboard: Storyboard, timeline: Timeline, store: Store
) -> HTML:
    """From a second of the film back to the book: its frame, shot, prompt and line, and the sentence where it stands.

    Where nobody speaks at that second, the line heard next is shown. Raises ChoiceError beyond the film.
    """
    from bookfilm_nb.render import FilmFrames, preview_frame

    frame, sample = int(second * timeline.fps), second * timeline.sample_rate
    film = FilmFrames(timeline, store.blobs)
    clip = timeline.shots[film.shot_at(frame)]
    picture = _picture(preview_frame(film, frame, width=360), f"frame {frame}", 360)
    shots = {shot.id: shot for shot in storyboard.shots}
    prompt = shots[clip.shot].prompt if clip.shot in shots else "a card: no sentence of the book is seen here"
    steps = [
        f"<b>{second:.2f} s</b> is frame {frame} of {timeline.length}",
        f"frame {frame - clip.start} of shot <b>{clip.shot}</b>: {escape(prompt)}",
    ]
    voice = next((v for v in timeline.voices if v.start + v.take.length_s * timeline.sample_rate > sample), None)
    if voice is None:
        steps.append("nobody speaks any more")
    else:
        line = _element(screenplay, voice.element)
        now = "heard" if voice.start <= sample else "silence; heard next"
        steps.append(f"{now}: line <b>{line.id}</b>, characters {line.span.start} to {line.span.end} of the book")
        before = escape(book.text[max(0, line.span.start - _CONTEXT) : line.span.start])
        after = escape(book.text[line.span.end : line.span.end + _CONTEXT])
        steps.append(f"… {before}{_span(book.raw(line.span))}{after} …")
    listed = "".join(f"<li>{step}</li>" for step in steps)
    return HTML(
        f'<div style="display:flex;flex-wrap:wrap;gap:1em">{picture}<ol style="flex:1 1 24em">{listed}</ol></div>'
    )


def _picture(data: bytes, caption: str, width_px: int) -> str:
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    coded = base64.b64encode(data).decode("ascii")
    return (
        f'<figure style="margin:0">'
        f'<img src="data:image/{kind};base64,{coded}" alt="{escape(caption)}" width="{width_px}">'
        f'<figcaption style="max-width:{width_px}px">{escape(caption)}</figcaption></figure>'
    )


def side_by_side(pictures: Mapping[str, bytes], *, width_px: int = 380) -> HTML:
    """Pictures (JPEG or PNG bytes) beside each other, each with its name below."""
    figures = "".join(_picture(data, name, width_px) for name, data in pictures.items())
    return HTML(f'<div style="display:flex;flex-wrap:wrap;gap:10px">{figures}</div>')


def layers(take: PictureTake, store: Store, *, width_px: int = 260) -> HTML:
    """The layers that a drawn shot is made of, from the farthest to the nearest, each on a chequered ground."""
    chequer = "repeating-conic-gradient(#bbb 0 25%,#eee 0 50%) 0 0/16px 16px"
    figures = []
    for layer in take.layers:
        caption = f"{layer.name}: {layer.role}, depth {layer.depth:g}"
        extra = [name for name, blob in (("talking", layer.talk_blob), ("blinking", layer.blink_blob)) if blob]
        caption += f", also {' and '.join(extra)}" if extra else ""
        coded = base64.b64encode(_small_png(store.read(layer.blob), width_px)).decode("ascii")
        figures.append(
            f'<figure style="margin:0">'
            f'<div style="background:{chequer};width:{width_px}px;height:{width_px * 9 // 16}px;'
            f'display:flex;justify-content:center"><img src="data:image/png;base64,{coded}" alt="{escape(caption)}" '
            f'style="max-width:100%;max-height:100%;object-fit:contain"></div>'
            f'<figcaption style="max-width:{width_px}px">{escape(caption)}</figcaption></figure>'
        )
    return HTML(f'<div style="display:flex;flex-wrap:wrap;gap:10px">{"".join(figures)}</div>')


def _small_png(data: bytes, width_px: int) -> bytes:
    import io

    from PIL import Image

    picture = Image.open(io.BytesIO(data))
    picture.thumbnail((width_px, width_px))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def film_strip(timeline: Timeline, store: Store, frames: Sequence[int], *, width_px: int = 150) -> HTML:
    """Frames of the film beside each other, by number, painted from the takes as the renderer paints them."""
    from bookfilm_nb.render import FilmFrames, preview_frame

    film = FilmFrames(timeline, store.blobs)
    pictures = {f"frame {n}, {n / timeline.fps:.2f} s": preview_frame(film, n, width=width_px) for n in frames}
    return side_by_side(pictures, width_px=width_px)


def shot_player(timeline: Timeline, store: Store, shot: str, *, width_px: int = 480) -> HTML:
    """One shot as a small silent film, rendered now and embedded: it is a few hundred kilobytes.

    Before it plays, its middle frame is seen: its first may still be black. Raises KeyError where the timeline has no
    such shot.
    """
    from bookfilm_nb.render import FilmFrames, preview_frame, preview_shot

    number = {clip.shot: n for n, clip in enumerate(timeline.shots)}[shot]
    film, clip = FilmFrames(timeline, store.blobs), timeline.shots[number]
    coded = base64.b64encode(preview_shot(film, number, width=width_px)).decode("ascii")
    middle = preview_frame(film, clip.start + clip.length // 2, width=width_px)
    return HTML(
        f'<video controls loop muted width="{width_px}" aria-label="Shot {escape(shot)}" '
        f'poster="data:image/jpeg;base64,{base64.b64encode(middle).decode("ascii")}" '
        f'src="data:video/mp4;base64,{coded}"></video>'
    )


def captions_text(file: str | Path, *, lines: int = 24) -> HTML:
    """The beginning of a caption file (srt or vtt), as it stands."""
    from pathlib import Path

    text = Path(file).read_text("utf-8").splitlines()
    return HTML(f'<pre style="max-height:24em;{_BOX}">{escape(chr(10).join(text[:lines]))}</pre>')
