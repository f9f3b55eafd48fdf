"""The report: one HTML file that opens offline, with no script, from the film's own frames and figures."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from .pictures import loudness_curve, middle_frames, shot_pictures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bookfilm_nb.model import Book, Screenplay, Storyboard, Timeline
    from bookfilm_nb.production import LedgerRow

    from .measures import Review

__all__ = ["report_html"]

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --good: #1a7f4b; --bad: #c0392b; --mark: #e6b80055; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem; }
h1 { margin: 0; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .8rem; }
.sheet figure { margin: 0; } .sheet img { width: 100%; border-radius: 4px; display: block; }
figcaption { font-size: .8rem; opacity: .8; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
.play { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; }
.play > div { max-height: 80vh; overflow: auto; padding-right: 1rem; }
.cue { margin: 1rem 0 0; font-variant: small-caps; letter-spacing: .04em; }
.line { margin: 0 0 .2rem; } a { color: inherit; text-decoration-color: var(--line); }
.used { background: var(--mark); } .out { opacity: .55; } :target { outline: 2px solid var(--bad); }
svg { width: 100%; height: auto; } svg text { fill: currentColor; font-size: 11px; }
@media (max-width: 60rem) { .play { grid-template-columns: 1fr; } }
"""


def report_html(
    measured: Review,
    *,
    film: Path,
    book: Book,
    screenplay: Screenplay,
    storyboard: Storyboard,
    timeline: Timeline,
    ledger: Sequence[LedgerRow],
    paid: Mapping[str, float | None] | None = None,
) -> str:
    """The report as HTML. Everything that comes from the book is escaped.

    ``paid`` is what each stage cost in US dollars, None where nobody knows; a stage that is not in it was free.
    """
    parts = [
        f"<h1>{escape(book.title)}</h1><p>{escape(book.author)}</p>",
        (
            f'<p><a href="film.mp4">film.mp4</a>, {measured.seconds:.1f} s, {measured.width}×{measured.height}, '
            f"{measured.shots} shots, {measured.bytes / 1e6:.1f} MB</p>"
        ),
        _notices(measured),
        _gates(measured),
        _contact_sheet(film, storyboard, timeline),
        _loudness(film),
        _shot_lengths(measured, timeline),
        _captions(measured),
        _left_out(measured),
        _screenplay(book, screenplay, timeline),
        _work(ledger, paid or {}),
    ]
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(book.title)}</title>'
    )
    language = escape(book.language)
    return f'<!doctype html><html lang="{language}"><head>{head}<style>{_STYLE}</style></head><body>{"".join(parts)}</body></html>'


def _notices(measured: Review) -> str:
    return "".join(f'<p class="bad">{escape(notice)}</p>' for notice in measured.notices)


def _gates(measured: Review) -> str:
    rows = "".join(
        f'<tr><td class="{"good" if gate.passed else "bad"}">{"passed" if gate.passed else "FAILED"}</td>'
        f"<td>{escape(gate.name)}</td><td>{escape(gate.value)}</td><td>{escape(gate.limit)}</td></tr>"
        for gate in measured.gates
    )
    return (
        f"<h2>What was measured</h2><table><tr><th></th><th>Measure</th><th>Found</th><th>Limit</th></tr>{rows}</table>"
    )


def _contact_sheet(film: Path, storyboard: Storyboard, timeline: Timeline) -> str:
    frames = middle_frames(timeline)
    pictures = shot_pictures(film, list(frames.values()))
    prompts = {shot.id: shot for shot in storyboard.shots}
    figures = []
    for shot, frame in frames.items():
        if frame not in pictures:
            continue
        data = base64.b64encode(pictures[frame]).decode("ascii")
        prompt = prompts[shot].prompt if shot in prompts else shot
        size = f"{prompts[shot].size}, {prompts[shot].move}" if shot in prompts else "card"
        figures.append(
            f'<figure><img alt="{escape(prompt)}" title="{escape(prompt)}" src="data:image/jpeg;base64,{data}">'
            f"<figcaption>{_clock(frame / timeline.fps)} {escape(shot)} · {escape(size)}</figcaption></figure>"
        )
    return f'<h2>Contact sheet</h2><div class="sheet">{"".join(figures)}</div>'


def _loudness(film: Path) -> str:
    levels = loudness_curve(film)
    if not levels:
        return ""
    width, height = 1000, 160
    points = " ".join(
        f"{i * width / max(1, len(levels) - 1):.1f},{(min(0.0, max(-60.0, level)) / -60) * height:.1f}"
        for i, level in enumerate(levels)
    )
    lines = "".join(
        f'<line x1="0" x2="{width}" y1="{db / -60 * height}" y2="{db / -60 * height}" stroke="currentColor" opacity=".2"/>'
        f'<text x="2" y="{db / -60 * height - 2}">{db} dBFS</text>'
        for db in (-15, -30, -45)
    )
    return (
        f"<h2>Loudness</h2><p>Level every half second.</p><svg viewBox='0 0 {width} {height}' role='img' "
        f"aria-label='Level of the sound over the film'>{lines}"
        f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>'
    )


def _shot_lengths(measured: Review, timeline: Timeline) -> str:
    width, height = 1000, 140
    total = timeline.length
    longest = max(clip.length for clip in timeline.shots)
    bars = "".join(
        f'<rect x="{clip.start * width / total:.1f}" width="{max(0.5, clip.length * width / total - 1):.1f}" '
        f'y="{height - clip.length / longest * height:.1f}" height="{clip.length / longest * height:.1f}" '
        f'fill="currentColor" opacity=".6"><title>{escape(clip.shot)}: {clip.length / timeline.fps:.1f} s</title></rect>'
        for clip in timeline.shots
    )
    return (
        f"<h2>Shot lengths</h2><p>{measured.shots} shots, average {measured.average_shot_s} s, median "
        f"{measured.median_shot_s} s, sigma {measured.shot_sigma}; the template's average is "
        f"{measured.template_shot_s} s ({measured.template_shot_low_s} to {measured.template_shot_high_s} s for the middle "
        f"half of {measured.template_films:,} films). The highest bar is {longest / timeline.fps:.1f} s."
        f"{_narration(measured)}</p>"
        f"<svg viewBox='0 0 {width} {height}' role='img' aria-label='Length of each shot'>{bars}</svg>"
    )


def _narration(measured: Review) -> str:
    if not measured.narration_wpm:
        return ""
    return (
        f" The narrator speaks {measured.narration_wpm:.0f} words a minute; the template's figure is "
        f"{measured.template_wpm:.0f}."
    )


def _captions(measured: Review) -> str:
    return (
        f"<h2>Captions</h2><p>{measured.captions} captions; the quickest is read at {measured.caption_max_cps} characters a "
        f"second; the one farthest from its first word is {measured.caption_start_error_ms} ms off.</p>"
    )


def _left_out(measured: Review) -> str:
    rows = "".join(
        f"<tr><td>{escape(reason)}</td><td>{count:,}</td></tr>" for reason, count in sorted(measured.left_out.items())
    )
    share = 100 * measured.heard_characters / max(1, measured.story_characters)
    return (
        f"<h2>What was left out</h2><p>{measured.heard_characters:,} of {measured.story_characters:,} characters of the story "
        f"are heard ({share:.0f} %).</p><table><tr><th>Reason</th><th>Characters</th></tr>{rows}</table>"
    )


def _screenplay(book: Book, screenplay: Screenplay, timeline: Timeline) -> str:
    names = {c.id: c.name for c in screenplay.characters}
    starts = {v.element: v.start / timeline.sample_rate for v in timeline.voices}
    left = []
    for scene in screenplay.scenes:
        heading = f"{scene.heading.setting} {scene.heading.location}, {scene.heading.time}"
        left.append(f"<h3>{escape(heading)}</h3>")
        for element in scene.elements:
            speaker = (
                names.get(element.character or "", "") if element.kind == "dialogue" else element.kind.replace("_", "-")
            )
            when = f" {_clock(starts[element.id])}" if element.id in starts else ""
            left.append(
                f'<p class="cue">{escape(speaker)}{when}</p>'
                f'<p class="line" id="{element.id}"><a href="#b-{element.id}">{escape(element.text)}</a></p>'
            )
    return (
        "<h2>Screenplay and book</h2><p>Each line leads to its place in the book, and back.</p>"
        f'<div class="play"><div>{"".join(left)}</div><div>{_book(book, screenplay)}</div></div>'
    )


def _book(book: Book, screenplay: Screenplay) -> str:
    used = sorted((e.span.start, e.span.end, e.id) for e in screenplay.elements())
    parts, at_element = [], 0
    for chapter in book.chapters:
        parts.append(f"<h3>{escape(chapter.title)}</h3>")
        for paragraph in chapter.paragraphs:
            at, end = paragraph.span.start, paragraph.span.end
            line = []
            while at_element < len(used) and used[at_element][0] < end:
                start, stop, identity = used[at_element]
                at_element += 1
                if start < at:
                    continue
                line.append(f'<span class="out">{escape(book.text[at:start])}</span>')
                line.append(f'<a class="used" id="b-{identity}" href="#{identity}">{escape(book.text[start:stop])}</a>')
                at = stop
            line.append(f'<span class="out">{escape(book.text[at:end])}</span>')
            parts.append(f"<p>{''.join(line)}</p>")
    return "".join(parts)


def _work(ledger: Sequence[LedgerRow], paid: Mapping[str, float | None]) -> str:
    stages: dict[str, list[LedgerRow]] = {}
    for row in ledger:
        stages.setdefault(row.kind, []).append(row)
    rows = "".join(
        f"<tr><td>{escape(stage)}</td><td>{sum(r.outcome == 'made' for r in done)}</td>"
        f"<td>{sum(r.outcome == 'failed' for r in done)}</td><td>{sum(r.seconds for r in done):.1f}</td>"
        f"<td>{_usd(paid.get(stage, 0.0))}</td></tr>"
        for stage, done in stages.items()
    )
    head = "<tr><th>Stage</th><th>Made</th><th>Failed</th><th>Seconds of work</th><th>US dollars</th></tr>"
    return f"<h2>Work done, over all runs</h2><table>{head}{rows}</table>"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{seconds % 60:04.1f}"


def _usd(paid: float | None) -> str:
    return "not known" if paid is None else f"{paid:.2f}"
