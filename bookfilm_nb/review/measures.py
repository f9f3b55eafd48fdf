"""The finished film measured: file, sound, picture, captions, pacing, and faithfulness to the book."""

from __future__ import annotations

import itertools
import math
import statistics
from typing import TYPE_CHECKING

from bookfilm_nb.model import Document, Value, tidy
from bookfilm_nb.render.probe import black_or_still, probe
from bookfilm_nb.render.sound import measure_loudness

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.model import Book, GenreTemplate, Screenplay, Storyboard, Timeline

__all__ = ["REVIEW_REVISION", "Gate", "Review", "review"]

REVIEW_REVISION = 3

LENGTH_SHARE = 0.15
CAPTION_CPS = 20.0
CAPTION_START_MS = 100
STILL_S = 2.0


class Gate(Value):
    """A measure with a limit. ``must``: a film that fails it is broken, not only less good."""

    name: str
    value: str
    limit: str
    passed: bool
    must: bool = False


class Review(Document):
    """What was measured on the delivered file, and what was counted on the way to it."""

    seconds: float
    asked_s: float
    frames: int
    fps: float
    width: int
    height: int
    bytes: int
    on_grid: bool
    audio_gap_ms: float
    """End of the sound minus end of the picture."""
    colour: dict[str, str]
    lufs: float
    loudness_range_lu: float
    true_peak_dbtp: float
    black_or_still: tuple[tuple[str, float, float], ...]
    """Kind, start and end in seconds, inside the story, longer than 2 s."""
    shots: int
    average_shot_s: float
    median_shot_s: float
    shot_sigma: float
    """Standard deviation of the logarithm of the shot lengths."""
    template_shot_s: float
    template_shot_low_s: float
    template_shot_high_s: float
    template_films: int
    """The template's average shot, its interquartile range, and over how many films."""
    narration_wpm: float
    """Words a minute of the narrator, the pauses inside lines included; 0 where nobody narrates."""
    template_wpm: float
    captions: int
    caption_max_cps: float
    caption_max_lines: int
    caption_start_error_ms: float
    spoken_sentences: int
    dialogue_share: float
    """Share of spoken characters that are dialogue."""
    speakers: int
    not_in_book: int
    """Spoken texts that are not the book's at their span."""
    out_of_order: int
    story_characters: int
    heard_characters: int
    left_out: dict[str, int]
    """Characters left out, by reason."""
    notices: tuple[str, ...]
    gates: tuple[Gate, ...]

    @property
    def passed(self) -> bool:
        """Whether every gate passed."""
        return all(gate.passed for gate in self.gates)


def review(
    film: Path,
    *,
    book: Book,
    screenplay: Screenplay,
    storyboard: Storyboard,
    timeline: Timeline,
    template: GenreTemplate,
    target_s: float,
    notices: tuple[str, ...] = (),
) -> Review:
    """Open the film and measure it against what was asked. Raises RenderError where it is no film."""
    del storyboard
    file = probe(film)
    loudness = measure_loudness(film)
    story = _story(timeline)
    stretches = tuple(
        (s.kind, round(s.start / timeline.fps, 2), round(s.end / timeline.fps, 2))
        for s in black_or_still(film, longest_s=STILL_S)
        if s.end > story[0] and s.start < story[1]
    )
    lengths = [clip.length / timeline.fps for clip in timeline.shots[1:-1]]
    spoken = [e for e in screenplay.elements() if e.spoken]
    heard = sum(len(e.text) for e in spoken)
    said = sum(len(e.text) for e in spoken if e.kind == "dialogue")
    speakers = {e.character for e in spoken if e.kind == "dialogue"}
    left_out: dict[str, int] = {}
    for part in screenplay.left_out:
        left_out[part.reason] = left_out.get(part.reason, 0) + len(part.span)
    faithful = [e for e in spoken if e.edited or tidy(book.raw(e.span)) == e.text]
    measured: dict[str, object] = {
        "seconds": round(file.duration_s, 3),
        "asked_s": target_s,
        "frames": file.frames,
        "fps": file.fps,
        "width": file.width,
        "height": file.height,
        "bytes": film.stat().st_size,
        "on_grid": file.on_grid,
        "audio_gap_ms": round(1000 * ((file.audio_s or 0.0) - file.duration_s), 1),
        "colour": file.colour,
        "lufs": loudness.integrated_lufs,
        "loudness_range_lu": loudness.range_lu,
        "true_peak_dbtp": loudness.true_peak_dbtp,
        "black_or_still": stretches,
        "shots": len(lengths),
        "average_shot_s": round(statistics.fmean(lengths), 2),
        "median_shot_s": round(statistics.median(lengths), 2),
        "shot_sigma": round(statistics.pstdev(map(math.log, lengths)), 3),
        "template_shot_s": template.shot_length_s.value,
        "template_shot_low_s": template.shot_length_s.low,
        "template_shot_high_s": template.shot_length_s.high,
        "template_films": template.shot_length_s.rows,
        "narration_wpm": _narration_wpm(timeline, screenplay),
        "template_wpm": template.narration_wpm[screenplay.language].value,
        **_captions(timeline),
        "spoken_sentences": len(spoken),
        "dialogue_share": round(said / heard, 3) if heard else 0.0,
        "speakers": len(speakers),
        "not_in_book": len(spoken) - len(faithful),
        "out_of_order": sum(b.span.start < a.span.start for a, b in itertools.pairwise(spoken)),
        "story_characters": book.coverage().book,
        "heard_characters": heard,
        "left_out": left_out,
        "notices": notices,
    }
    return Review.model_validate({**measured, "gates": _gates(measured, timeline, whole="length" not in left_out)})


def _story(timeline: Timeline) -> tuple[int, int]:
    """First frame and end of the story, without the cards and the fades beside them."""
    first, last = timeline.shots[1], timeline.shots[-2]
    return first.start + first.dissolve, last.start + last.length - last.fade_out


def _narration_wpm(timeline: Timeline, screenplay: Screenplay) -> float:
    told = {e.id: len(e.text.split()) for e in screenplay.elements() if e.kind == "voice_over"}
    takes = [v for v in timeline.voices if v.element in told]
    seconds = sum(v.take.length_s for v in takes)
    return round(60 * sum(told[v.element] for v in takes) / seconds, 1) if seconds else 0.0


def _captions(timeline: Timeline) -> dict[str, float | int]:
    starts = {v.element: v.start * 1000 / timeline.sample_rate for v in timeline.voices}
    first_word = {v.element: v.take.words[0].start_s * 1000 if v.take.words else 0.0 for v in timeline.voices}
    errors, seen, fastest = [0.0], set(), 0.0
    for caption in timeline.captions:
        characters = sum(map(len, caption.lines))
        fastest = max(fastest, 1000 * characters / (caption.end_ms - caption.start_ms))
        if caption.element not in seen:
            seen.add(caption.element)
            errors.append(abs(caption.start_ms - starts[caption.element] - first_word[caption.element]))
    return {
        "captions": len(timeline.captions),
        "caption_max_cps": round(fastest, 2),
        "caption_max_lines": max((len(c.lines) for c in timeline.captions), default=0),
        "caption_start_error_ms": round(max(errors), 1),
    }


def _gates(m: dict[str, object], timeline: Timeline, *, whole: bool) -> tuple[Gate, ...]:
    """Each promise about the file, with what was measured. A book shorter than the film asked for may be short."""
    seconds, asked = float(str(m["seconds"])), float(str(m["asked_s"]))
    length_ok = abs(seconds / asked - 1) <= LENGTH_SHARE or (whole and seconds < asked)
    frame_ms = 1000 / timeline.fps
    colour = m["colour"]
    tagged = isinstance(colour, dict) and {colour[k] for k in ("primaries", "transfer", "matrix")} == {"bt709"}

    def gate(name: str, value: object, limit: str, passed: bool, *, must: bool = False) -> Gate:
        return Gate(name=name, value=str(value), limit=limit, passed=passed, must=must)

    def number(name: str) -> float:
        return float(str(m[name]))

    return (
        gate("length", f"{seconds:.1f} s", f"{asked:g} s ± 15 %, or the whole book", length_ok),
        gate("frames", m["frames"], str(timeline.length), m["frames"] == timeline.length, must=True),
        gate("frame grid", m["on_grid"], "every frame on it", m["on_grid"] is True, must=True),
        gate(
            "sound and picture end",
            f"{m['audio_gap_ms']} ms apart",
            "one frame",
            abs(number("audio_gap_ms")) <= frame_ms,
            must=True,
        ),
        gate("loudness", f"{m['lufs']} LUFS", "-16 ± 1", abs(number("lufs") + 16) <= 1),
        gate("true peak", f"{m['true_peak_dbtp']} dBTP", "at most -1", number("true_peak_dbtp") <= -1),
        gate("black or still", len(m["black_or_still"]), "none over 2 s in the story", not m["black_or_still"]),  # type: ignore[arg-type]
        gate("colour", "bt709" if tagged else colour, "bt709", tagged),
        gate(
            "caption speed",
            f"{m['caption_max_cps']} characters/s",
            "at most 20",
            number("caption_max_cps") <= CAPTION_CPS,
        ),
        gate("caption lines", m["caption_max_lines"], "at most 2", number("caption_max_lines") <= 2),
        gate(
            "caption start",
            f"{m['caption_start_error_ms']} ms",
            "within 100 ms of the word",
            number("caption_start_error_ms") <= CAPTION_START_MS,
        ),
        gate("in the book", f"{m['not_in_book']} sentences are not", "none", m["not_in_book"] == 0),
        gate("in the book's order", f"{m['out_of_order']} are not", "none", m["out_of_order"] == 0),
    )
