"""What each step of the recipe does not say, as small tables; every figure is measured on the step's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .listening import RATE, audible, samples_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .story import Story

__all__ = ["cropped_table", "joins_table", "lengths_table", "rounding_table"]

_PAUSE_BLOCK_S = 0.01


def joins_table(story: Story, sounds: Sequence[Path]) -> pd.DataFrame:
    """gTTS: into how many requests each line was cut, and the longest pause inside what came back, ms.

    gTTS cuts a line of more than 100 characters and sets the replies one behind the other.
    """
    from gtts import gTTS

    rows = []
    for scene, sound in zip(story.scenes, sounds, strict=True):
        requests = len(gTTS(scene.line, lang_check=False).get_bodies())
        pause = _longest_pause_s(sound)
        rows.append({"characters": len(scene.line), "requests": requests, "longest pause, ms": round(pause * 1000)})
    return pd.DataFrame(rows, index=pd.Index([s.stem for s in sounds], name="line"))


def _longest_pause_s(sound: Path) -> float:
    samples = samples_of(sound)
    begins, ends = audible(samples)
    inside = np.abs(samples[round(begins * RATE) : round(ends * RATE)])
    block = round(_PAUSE_BLOCK_S * RATE)
    loud = inside[: len(inside) // block * block].reshape(-1, block).max(axis=1, initial=0.0)
    quiet = loud < 0.01 * loud.max(initial=0.0)
    longest = run = 0
    for still in quiet:
        run = run + 1 if still else 0
        longest = max(longest, run)
    return longest * _PAUSE_BLOCK_S


def lengths_table(sounds: Sequence[Path]) -> pd.DataFrame:
    """mutagen: the length it reads, against what is in the file once decoded, and what of that is a voice.

    Silence before and after the voice is partly the service's, partly the padding of the MP3 encoder: a decoder needs
    1105 samples (46 ms at 24 kHz) to begin, and without a LAME header nobody takes them away.
    """
    rows = []
    for sound in sounds:
        samples = samples_of(sound)
        begins, ends = audible(samples)
        rows.append(
            {
                "mutagen, s": round(_by_mutagen(sound), 3),
                "decoded, s": round(len(samples) / RATE, 3),
                "voice, s": round(ends - begins, 3),
                "silence before, ms": round(begins * 1000),
                "silence after, ms": round((len(samples) / RATE - ends) * 1000),
            }
        )
    return pd.DataFrame(rows, index=pd.Index([s.stem for s in sounds], name="line"))


def _by_mutagen(sound: Path) -> float:
    from mutagen.mp3 import MP3

    info: Any = MP3(sound).info
    return float(info.length)


def cropped_table(pictures: Sequence[Path], size: tuple[int, int]) -> pd.DataFrame:
    """Pillow: the size of each picture that was paid for, and how much of it a fit to ``size`` cuts away."""
    from PIL import Image

    rows = []
    for picture in pictures:
        with Image.open(picture) as opened:
            width, height = opened.size
        scale = max(size[0] / width, size[1] / height)
        seen = size[0] * size[1] / scale**2 / (width * height)
        rows.append(
            {"came as": f"{width} × {height}", "scaled by": round(scale, 4), "cut away, %": round(100 * (1 - seen), 1)}
        )
    return pd.DataFrame(rows, index=pd.Index([p.stem for p in pictures], name="picture"))


def rounding_table(sounds: Sequence[Path], *, fps: int) -> pd.DataFrame:
    """moviepy: the same length by three readers, and the whole frames that a picture of that length can have."""
    from moviepy import AudioFileClip

    rows = []
    asked = shown = 0.0
    for sound in sounds:
        with AudioFileClip(str(sound)) as clip:
            by_moviepy = clip.duration
        length = _by_mutagen(sound)
        before, asked = round(asked * fps), asked + length
        shown = round(asked * fps) - before
        rows.append(
            {
                "mutagen, s": round(length, 3),
                "moviepy, s": by_moviepy,
                "moviepy − mutagen, ms": round((by_moviepy - length) * 1000, 1),
                "frames": int(shown),
                "frames − mutagen, ms": round((shown / fps - length) * 1000, 1),
            }
        )
    return pd.DataFrame(rows, index=pd.Index([s.stem for s in sounds], name="line"))
