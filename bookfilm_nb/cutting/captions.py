"""Captions: spoken words in one or two lines, timed by when each word is really heard."""

from __future__ import annotations

import bisect
import math
import re
from typing import TYPE_CHECKING

from bookfilm_nb.model import Caption, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import Screenplay, VoiceClip

__all__ = ["LINE_CHARACTERS", "MAX_CPS", "captions", "split_lines"]

LINE_CHARACTERS = 42
"""Characters a line: the usual limit of broadcasters' style guides for Latin and Cyrillic."""
MAX_CPS = 20.0
"""Characters a second that an adult reads with ease."""
GAP_MS = 80
"""Two frames at 24 fps between captions, so that the eye sees the change."""
MIN_MS = 1000
LINGER_MS = 600

_WORD = re.compile(r"\S+")


def split_lines(text: str, limit: int = LINE_CHARACTERS) -> tuple[str, ...]:
    """The text as one line, or as two of near equal length; a third only where two cannot hold it."""
    if len(text) <= limit:
        return (text,)
    spaces = [m.start() for m in re.finditer(" ", text)]
    fitting = [i for i in spaces if i <= limit and len(text) - i - 1 <= limit]
    if fitting:
        best = min(fitting, key=lambda i: (abs(2 * i - len(text)) - 12 * (text[i - 1] in ",;:—–"), i))
        return (text[:best], text[best + 1 :])
    cut = max((i for i in spaces if i <= limit), default=limit)
    return (text[:cut], *split_lines(text[cut:].lstrip(), limit))


def _chunks(text: str, heard: Callable[[int], float]) -> tuple[tuple[int, int], ...]:
    """Spans of the text that each fit a caption, broken where a speaker would breathe and can be read in time.

    ``heard`` gives the second at which a character of the text is reached.
    """
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]

    def cost(first: int, last: int) -> float | None:
        start, end = words[first][0], words[last][1]
        if first != last and len(split_lines(text[start:end])) > 2:
            return None
        final = last == len(words) - 1
        ends = text[end - 1]
        broken = 0.0 if final or ends in ".?!…" else 4.0 if ends in ",;:—–" else 20.0
        if end - words[last][0] <= 2 and not final:
            broken += 6.0  # never leave a lone preposition or article behind
        until = heard(len(text)) + GAP_MS / 1000 if final else heard(words[last + 1][0])
        hurry = (end - start) - MAX_CPS * 0.98 * max(0.0, until - heard(start) - GAP_MS / 1000)
        return broken + ((end - start) - 55) ** 2 / 120 + 8.0 * max(0.0, hurry)

    # The cheapest way to cut the words from the n-th on, found from the end
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())] * (len(words) + 1)
    for first in range(len(words) - 1, -1, -1):
        options = []
        for last in range(first, min(first + 30, len(words))):
            here = cost(first, last)
            if here is None:
                break
            rest, spans = best[last + 1]
            options.append((here + rest, ((words[first][0], words[last][1]), *spans)))
        best[first] = min(options)
    return best[0][1]


def _clock(clip: VoiceClip, text: str) -> Callable[[int], float]:
    """When, in seconds of the take, a character of the text is reached: word times, or an even share without them."""
    starts = [(w.start, w.start_s) for w in clip.take.words]
    starts.append((len(text), clip.take.words[-1].end_s if clip.take.words else clip.take.length_s))
    if starts[0][0] > 0:
        starts.insert(0, (0, min(starts[0][1], 0.0) if not clip.take.words else starts[0][1]))

    def heard(character: int) -> float:
        i = bisect.bisect_right(starts, (character, math.inf)) - 1
        if i < 0 or starts[i][0] == character or i + 1 == len(starts):
            return starts[max(i, 0)][1]
        (c0, s0), (c1, s1) = starts[i], starts[i + 1]
        return s0 + (s1 - s0) * (character - c0) / (c1 - c0)

    return heard


def _last_heard(clip: VoiceClip, end: int, heard: Callable[[int], float]) -> float:
    """When the last word before ``end`` has been heard."""
    return next((w.end_s for w in reversed(clip.take.words) if w.start < end), heard(end))


def captions(timeline: Timeline, screenplay: Screenplay) -> tuple[Caption, ...]:
    """Captions for every spoken element of the timeline, in order.

    Each starts with its first word (to the millisecond) and stays until its last word has been heard and,
    where the next caption leaves room, until it can be read at 20 characters a second.
    """
    elements = {e.id: e for e in screenplay.elements()}
    names = {c.id: c.name for c in screenplay.characters}
    rows: list[tuple[int, int, tuple[str, ...], VoiceClip]] = []
    for clip in timeline.voices:
        text = elements[clip.element].text
        begins_ms = clip.start * 1000 / timeline.sample_rate
        heard = _clock(clip, text)
        for start, end in _chunks(text, heard):
            first, last = heard(start), _last_heard(clip, end, heard)
            lines = split_lines(text[start:end])
            rows.append((round(begins_ms + first * 1000), round(begins_ms + last * 1000), lines, clip))
    film_ms = timeline.length * 1000 // timeline.fps
    made = []
    for i, (start_ms, heard_ms, lines, clip) in enumerate(rows):
        following = rows[i + 1][0] if i + 1 < len(rows) else film_ms
        reading_ms = round(1000 * sum(map(len, lines)) / MAX_CPS) + 1
        # A caption that can only just be read in time gives up the gap before the next
        limit = following - min(GAP_MS, max(0, following - start_ms - reading_ms))
        wanted = max(heard_ms + LINGER_MS, start_ms + reading_ms, start_ms + MIN_MS)
        end_ms = max(min(wanted, limit), min(heard_ms, limit), start_ms + 1)
        speaker = names.get(clip.character or "", "")
        made.append(Caption(start_ms=start_ms, end_ms=end_ms, lines=lines, element=clip.element, speaker=speaker))
    return tuple(made)
