"""Charts of takes and of the cut: voices, camera, planes, tracks, captions, the mix, and where the time went."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from textwrap import shorten
from typing import TYPE_CHECKING

import numpy as np

from .plot import BLUE, COLOURS, GREEN, GREY, ORANGE, RED, SKY, canvas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from bookfilm_nb.model import Element, PictureTake, Reading, Screenplay, ShotClip, Timeline, VoiceTake
    from bookfilm_nb.production import LedgerRow, Store
    from bookfilm_nb.providers import VoiceStyle
    from bookfilm_nb.render.camera import Camera

__all__ = [
    "camera_chart",
    "captions_chart",
    "casting_chart",
    "mix_chart",
    "planes_chart",
    "rate_chart",
    "timeline_chart",
    "work_chart",
]

_WINDOW_S = 0.1
_QUIETEST_DB = -70.0
_FASTEST_CPS = 20
PINK = COLOURS[3]


def casting_chart(reading: Reading, styles: Mapping[str | None, VoiceStyle]) -> Figure:
    """Every speaker's voice: how many semitones from the engine's own, and how fast; a larger dot speaks more."""
    from bookfilm_nb.voices.casting import distance

    people = [c for c in reading.characters if c.quotes and c.id in styles]
    points = [("narrator", styles[None], "unknown", 3), *((c.name, styles[c.id], c.sex, c.quotes) for c in people)]
    pairs = [(distance(a[1], b[1]), a[0], b[0]) for n, a in enumerate(points) for b in points[n + 1 :] if a[1] != b[1]]
    claim = f"{len(points)} speakers from one voice"
    if pairs:
        _, one, other = min(pairs)
        claim += f"; {one} and {other} are nearest to each other"
    figure, axes = canvas(
        claim, source="pitch and pace by sex and age (Baken and Orlikoff 2000), the reading", size=(10, 4.8)
    )
    colours = {"female": ORANGE, "male": BLUE, "unknown": GREY}
    for number, (name, style, sex, lines) in enumerate(sorted(points, key=lambda p: p[1].pitch)):
        axes.scatter(style.pitch, style.rate, s=60 + 14 * lines, color=colours[sex], alpha=0.85)
        above = 12 if number % 2 else -20
        axes.annotate(
            shorten(name, 22, placeholder="…"), (style.pitch, style.rate), (0, above), textcoords="offset points",
            ha="center", fontsize=11,
        )  # fmt: skip
    axes.margins(x=0.12, y=0.25)
    axes.set_xlabel("semitones above (right) or below the engine's own voice")
    axes.set_ylabel("pace, 1 is its own")
    axes.grid(alpha=0.3)
    return figure


def rate_chart(elements: Iterable[Element], takes: Mapping[str, VoiceTake], *, rate_cps: float) -> Figure:
    """Every line: how long it was expected to last, and how long it does."""
    from bookfilm_nb.screenwriting import speech_s

    lines = [e for e in elements if e.id in takes]
    expected = np.array([speech_s(e.text, rate_cps) for e in lines])
    heard = np.array([takes[e.id].length_s for e in lines])
    off = 100 * (heard.sum() / expected.sum() - 1)
    direction = "longer" if off > 0 else "shorter"
    worst = np.abs(heard - expected).max()
    claim = (
        f"Together the lines are {abs(off):.0f} % {direction} than expected; single ones miss by up to {worst:.1f} s"
    )
    figure, axes = canvas(
        claim, source=f"{len(lines)} takes; {rate_cps:.1f} characters a second expected", size=(10, 4.6)
    )
    top = float(max(expected.max(), heard.max())) * 1.1
    axes.plot([0, top], [0, top], color=GREY, linewidth=1)
    for kind, colour in (("voice_over", BLUE), ("dialogue", ORANGE)):
        chosen = [n for n, e in enumerate(lines) if e.kind == kind]
        label = "narration" if kind == "voice_over" else "dialogue"
        axes.plot(expected[chosen], heard[chosen], "o", color=colour, markersize=9, label=label)
    axes.set_xlim(0, top)
    axes.set_ylim(0, top)
    axes.set_xlabel("expected, s")
    axes.set_ylabel("heard, s")
    axes.legend(frameon=False)
    axes.grid(alpha=0.3)
    return figure


def _drawn(clip: ShotClip) -> PictureTake:
    from bookfilm_nb.errors import ChoiceError
    from bookfilm_nb.model import ClipTake

    if isinstance(clip.take, ClipTake):
        raise ChoiceError(f"Shot {clip.shot} is a clip: its camera is in it.", hint="Choose a drawn shot.")
    return clip.take


def _camera(clip: ShotClip, take: PictureTake, timeline: Timeline) -> Camera:
    from bookfilm_nb.render import camera_path

    depths = tuple(layer.depth for layer in take.layers if not layer.wraps) or (1.0,)
    canvas_px, frame_px = (take.width, take.height), (timeline.width, timeline.height)
    return camera_path(clip.move, clip.length, canvas=canvas_px, frame=frame_px, depths=depths, seed=clip.seed)


def camera_chart(timeline: Timeline, shot: str, blobs: Path) -> Figure:
    """The canvas a shot is drawn on, and what the camera sees of it at its first, middle and last frame.

    Raises ChoiceError for a shot that is a clip, KeyError where the timeline has no such shot.
    """
    from matplotlib.patches import Rectangle
    from PIL import Image

    from bookfilm_nb.production import blob_path

    clip = {c.shot: c for c in timeline.shots}[shot]
    take = _drawn(clip)
    camera = _camera(clip, take, timeline)
    views = {
        name: camera.view(n, 1.0) for name, n in (("first", 0), ("middle", clip.length // 2), ("last", clip.length - 1))
    }
    a, b = views["first"], views["last"]
    moved = np.hypot(b.x - a.x, b.y - a.y)
    grown = 100 * (a.scale / b.scale - 1)
    seconds = clip.length / timeline.fps
    what = f"{grown:+.0f} % larger" if abs(grown) >= 3 else f"{moved:.0f} px of the canvas"
    figure, axes = canvas(f"{clip.move.capitalize()}: {what} in {seconds:.1f} s", source=f"shot {shot}", size=(9, 5.4))
    layers = [layer for layer in take.layers if layer.blend == "over"]
    picture = Image.new("RGBA", (take.width, take.height))
    for layer in layers:
        drawn = Image.open(io.BytesIO(blob_path(blobs, layer.blob).read_bytes())).convert("RGBA")
        picture.alpha_composite(drawn, (max(0, layer.x), max(0, layer.y)))
    axes.imshow(picture)
    for (name, view), colour in zip(views.items(), (ORANGE, PINK, SKY), strict=True):
        size = timeline.width * view.scale, timeline.height * view.scale
        box = Rectangle((view.x, view.y), *size, fill=False, edgecolor=colour, linewidth=2.5, label=f"{name} frame")
        axes.add_patch(box)
    axes.set_xlim(0, take.width)
    axes.set_ylim(take.height, 0)
    axes.axis("off")
    axes.legend(frameon=False, fontsize=12, ncols=3, loc="upper left", bbox_to_anchor=(0, 0))
    return figure


def planes_chart(timeline: Timeline, shot: str) -> Figure:
    """How far each plane of a shot slides over the frame: near planes further than far ones."""
    clip = {c.shot: c for c in timeline.shots}[shot]
    take = _drawn(clip)
    camera = _camera(clip, take, timeline)
    depths = sorted({layer.depth for layer in take.layers if not layer.wraps})
    names = {layer.depth: layer.role for layer in take.layers}
    frames = np.arange(clip.length)
    ways = {depth: np.array([_corner(camera, int(n), depth) for n in frames]) for depth in depths}
    reach = {depth: float(np.ptp(way)) for depth, way in ways.items()}
    far, near = reach[depths[0]], reach[depths[-1]]
    claim = f"{clip.move.capitalize()}: the nearest plane slides {near:.0f} px, the farthest {far:.0f} px"
    figure, axes = canvas(claim, source=f"shot {shot}; depth 0 is infinitely far, 1 the figures", size=(10, 4.2))
    for number, depth in enumerate(depths):
        label = f"depth {depth:g}: {names[depth]}"
        axes.plot(
            frames / timeline.fps,
            ways[depth] - ways[depth][0],
            color=COLOURS[number % len(COLOURS)],
            linewidth=2.5,
            label=label,
        )
    axes.set_xlabel("seconds of the shot")
    axes.set_ylabel("px on the screen")
    axes.legend(frameon=False, fontsize=11)
    axes.grid(alpha=0.3)
    return figure


def _corner(camera: Camera, n: int, depth: float) -> float:
    """Where a point a quarter of the canvas from its corner is seen, in px of the frame, along the move's own axis."""
    view = camera.view(n, depth)
    if camera.move.startswith("tilt"):
        return (camera.canvas[1] / 4 - view.y) / view.scale
    return (camera.canvas[0] / 4 - view.x) / view.scale


def timeline_chart(timeline: Timeline, screenplay: Screenplay) -> Figure:
    """The cut as an editor sees it: a row a track, seconds from left to right."""
    fps, rate = timeline.fps, timeline.sample_rate
    names = {c.id: c.name for c in screenplay.characters}
    said = {e.id: e for e in screenplay.elements()}
    speakers = Counter(
        "narrator" if said[v.element].kind == "voice_over" else names.get(v.character or "", "?")
        for v in timeline.voices
    )
    rows = ["picture", *[name for name, _ in speakers.most_common()], "captions", "music"]
    talk = sum(v.take.length_s for v in timeline.voices)
    total = timeline.length / fps
    claim = f"{len(timeline.shots)} shots in {total:.1f} s; somebody speaks for {100 * talk / total:.0f} % of them"
    source = f"{timeline.length} frames at {fps} a second, {timeline.samples:,} samples"
    figure, axes = canvas(claim, source=source, size=(11, 2.2 + 0.42 * len(rows)))
    for n, clip in enumerate(timeline.shots):
        start, length = clip.start / fps, clip.length / fps
        axes.broken_barh([(start, length)], (-0.4, 0.8), facecolors=BLUE if n % 2 else SKY, edgecolor="white")
        if clip.dissolve:
            axes.broken_barh([(start, clip.dissolve / fps)], (-0.4, 0.8), facecolors="black", alpha=0.35)
    for voice in timeline.voices:
        who = "narrator" if said[voice.element].kind == "voice_over" else names.get(voice.character or "", "?")
        row = rows.index(who)
        axes.broken_barh([(voice.start / rate, voice.take.length_s)], (row - 0.4, 0.8), facecolors=COLOURS[row % 7])
    for caption in timeline.captions:
        row, length = rows.index("captions"), (caption.end_ms - caption.start_ms) / 1000
        axes.broken_barh([(caption.start_ms / 1000, length)], (row - 0.3, 0.6), facecolors=GREY, edgecolor="white")
    for music in timeline.music:
        row, length = rows.index("music"), music.take.samples / music.take.sample_rate
        axes.broken_barh(
            [(music.start / rate, length)], (row - 0.4, 0.8), facecolors=GREEN, alpha=0.6, edgecolor="white"
        )
    for mark in timeline.chapters:
        axes.axvline(mark.start / fps, color=RED, linewidth=1.2, linestyle="dotted")
    axes.set_yticks(range(len(rows)), [shorten(name, 24, placeholder="…") for name in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, total)
    axes.set_xlabel("seconds; dark: dissolves, dotted: chapters")
    return figure


def captions_chart(timeline: Timeline) -> Figure:
    """How fast each caption has to be read, and the limit."""
    starts = np.array([c.start_ms / 1000 for c in timeline.captions])
    lengths = np.array([(c.end_ms - c.start_ms) / 1000 for c in timeline.captions])
    speeds = np.array([sum(map(len, c.lines)) for c in timeline.captions]) / np.maximum(lengths, 1e-3)
    over = int((speeds > _FASTEST_CPS).sum())
    claim = f"{over or 'None'} of {len(speeds)} captions must be read faster than {_FASTEST_CPS} characters a second"
    figure, axes = canvas(claim, source="the cut; limit: the review", size=(10, 3.6))
    axes.bar(starts, speeds, width=lengths * 0.95, align="edge", color=BLUE)
    axes.axhline(_FASTEST_CPS, color=RED, linewidth=2)
    axes.set_xlabel("seconds of film")
    axes.set_ylabel("characters/s")
    return figure


def mix_chart(timeline: Timeline, store: Store) -> Figure:
    """Levels of speech and music before the loudness gain; the music steps back under speech.

    RMS over 0.1 s, in dB below full scale. The music is drawn as it is composed (light) and as it is heard.
    """
    from bookfilm_nb.render.sound import DUCK_DB, MUSIC_RMS_DBFS, duck_curve
    from bookfilm_nb.voices import read_wav

    count = int(timeline.samples / timeline.sample_rate / _WINDOW_S) + 1
    seconds = np.arange(count) * _WINDOW_S
    speech, music = np.zeros(count), np.zeros(count)
    for voice in timeline.voices:
        samples, rate = read_wav(store.read(voice.take.blob))
        _lay(speech, _power(samples, rate), voice.start / timeline.sample_rate)
    for clip in timeline.music:
        samples, rate = _stereo(store.read(clip.take.blob))
        power = _power(samples, rate)
        level = 10 ** ((MUSIC_RMS_DBFS + clip.gain_db) / 10) / max(1e-12, float(np.mean(power)))
        _lay(music, power * level, clip.start / timeline.sample_rate)
    times, gains = duck_curve(timeline, DUCK_DB)
    ducked = music * np.interp(seconds + _WINDOW_S / 2, times, gains) ** 2
    under = (speech > 1e-5) & (music > 0)
    lead = float(np.median(_db(speech[under]) - _db(ducked[under]))) if under.any() else 0.0
    claim = f"Under speech the music steps back by {-DUCK_DB:.0f} dB and lies {lead:.0f} dB below it"
    figure, axes = canvas(claim, source="the takes, before the loudness gain; RMS over 0.1 s", size=(10, 4))
    axes.plot(seconds, _db(music), color=GREEN, alpha=0.35, linewidth=1.5, label="music as composed")
    axes.plot(seconds, _db(ducked), color=GREEN, linewidth=2, label="music as heard")
    axes.fill_between(seconds, _db(speech), _QUIETEST_DB, color=BLUE, alpha=0.55, linewidth=0, label="speech")
    axes.set_ylim(_QUIETEST_DB, 0)
    axes.set_xlim(0, seconds[-1])
    axes.set_xlabel("seconds of film")
    axes.set_ylabel("dBFS")
    axes.legend(frameon=False, fontsize=11, ncols=3, loc="upper right")
    return figure


def _stereo(data: bytes) -> tuple[NDArray[np.float32], int]:
    import wave

    with wave.open(io.BytesIO(data)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
        return (frames.astype(np.float32) / 32768).mean(axis=1), file.getframerate()


def _power(samples: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """Mean square of each window."""
    step = int(rate * _WINDOW_S)
    padded = np.pad(samples.astype(np.float64), (0, -len(samples) % step))
    return np.asarray((padded.reshape(-1, step) ** 2).mean(axis=1))


def _lay(track: NDArray[np.float64], power: NDArray[np.float64], start_s: float) -> None:
    first = round(start_s / _WINDOW_S)
    part = power[: max(0, len(track) - first)]
    track[first : first + len(part)] += part


def _db(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(10 * np.log10(np.maximum(power, 10 ** (_QUIETEST_DB / 10))))


def work_chart(ledger: Iterable[LedgerRow], *, film_s: float = 0.0) -> Figure:
    """Where the seconds of work went, stage by stage, over all that was ever made in the production."""
    rows = [row for row in ledger if row.outcome == "made"]
    seconds: defaultdict[str, float] = defaultdict(float)
    pieces: Counter[str] = Counter()
    for row in rows:
        seconds[row.kind] += row.seconds
        pieces[row.kind] += 1
    order = [kind for kind in sorted(seconds, key=lambda k: -seconds[k]) if seconds[kind] >= 0.05]
    total = sum(seconds.values())
    claim = "Nothing was made"
    if order:
        claim = f"{order[0].capitalize()} takes most: {seconds[order[0]]:.1f} of {total:.1f} s of work"
    if order and film_s:
        claim += f" for {film_s:.0f} s of film"
    figure, axes = canvas(
        claim,
        source=f"the ledger, {len(rows)} pieces; work in parallel counts each by itself",
        size=(10, 1.9 + 0.45 * len(order)),
    )
    places = range(len(order))[::-1]
    axes.barh(places, [seconds[kind] for kind in order], color=BLUE)
    for place, kind in zip(places, order, strict=True):
        label = f"{seconds[kind]:.1f} s, {pieces[kind]} made"
        axes.annotate(label, (seconds[kind], place), (6, 0), textcoords="offset points", va="center", fontsize=11)
    axes.set_yticks(places, order)
    axes.set_xlim(0, max(seconds.values(), default=1.0) * 1.3)
    axes.set_xlabel("seconds of work")
    return figure
