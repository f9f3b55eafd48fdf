"""When a drawn figure opens its mouth and blinks."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from bookfilm_nb.model import Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import VoiceTake

__all__ = ["blinks", "mouth"]

_VOWELS = re.compile(r"[aeiouyаеёиоуыэюя]+", re.IGNORECASE)
BLINK_FRAMES = 3


def mouth(character: str, take: VoiceTake, text: str, *, starts_s: float, length: int, fps: int) -> tuple[Act, ...]:
    """Open mouths for a spoken line: one opening a syllable, over three fifths of it.

    ``starts_s`` is when the line begins, in seconds from the shot's first frame (negative when it began in an
    earlier shot); ``length`` is the shot's length in frames.
    """
    acts: list[Act] = []
    for word in take.words:
        syllables = max(1, len(_VOWELS.findall(text[word.start : word.end])))
        step = (word.end_s - word.start_s) / syllables
        for k in range(syllables):
            opens = starts_s + word.start_s + k * step
            start, end = round(opens * fps), round((opens + 0.6 * step) * fps)
            end = max(end, start + 2)
            start, end = max(0, start), min(length, end)
            if start < end and (not acts or start > acts[-1].end):
                acts.append(Act(character=character, kind="talk", start=start, end=end))
    return tuple(acts)


def blinks(characters: Sequence[str], *, length: int, fps: int, seed: int) -> tuple[Act, ...]:
    """A blink every two and a half to six seconds for each figure.

    People at rest blink about 17 times a minute (Bentivoglio et al. 1997); drawn ones blink a little less,
    because each blink draws the eye.
    """
    acts = []
    for character in characters:
        lot = random.Random(f"{seed}/{character}")
        at = lot.uniform(0.8, 4.0)
        while (start := round(at * fps)) + BLINK_FRAMES < length:
            acts.append(Act(character=character, kind="blink", start=start, end=start + BLINK_FRAMES))
            at += lot.uniform(2.5, 6.0)
    return tuple(acts)
