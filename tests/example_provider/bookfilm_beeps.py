"""Two engines of a third party: a voice that beeps once for each word, and an image model that paints a colour.

Take it as a pattern: an engine is a class with a name, its capabilities and one method. ``pyproject.toml`` beside this
file offers both to BookFilm with two lines; nothing has to be changed there.
"""

# ruff: noqa: ARG002 - a protocol's arguments, needed or not

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from bookfilm_nb.model import Estimate, Receipt, WordTime
from bookfilm_nb.providers import Capabilities, Speech
from bookfilm_nb.providers.pictures import flat_drawing

if TYPE_CHECKING:
    from bookfilm_nb.model import Shot
    from bookfilm_nb.providers import Drawing, VoiceStyle

__all__ = ["Beeps", "Flat"]

RATE = 24_000
USD_A_CHARACTER = 0.0001
USD_A_PICTURE = 0.04


class Beeps:
    """A tone for each word, a gap between two: what is heard when is known exactly."""

    name = "beeps"
    rate_cps = 13.4
    """Characters a second, spaces and marks included, measured over the English story that ships."""
    f0_hz = 220.0
    capabilities = Capabilities(languages=("en", "ru"), licence="CC0-1.0", model="example/beeps", parallel=2)

    def estimate(self, text: str, *, language: str, style: VoiceStyle) -> Estimate:
        """By the characters."""
        usd = len(text) * USD_A_CHARACTER
        return Estimate(low=usd, likely=usd, high=usd, basis=f"{len(text)} characters at {USD_A_CHARACTER} USD")

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """The text as beeps: as long as its words, as high as the speaker."""
        pitch = self.f0_hz * 2 ** (style.pitch / 12)
        sounds, words, now = [], [], 0
        for word in re.finditer(r"\w+(?:['’-]\w+)*", text):
            samples = round(RATE * (len(word[0]) + 0.4) / 13.7 / style.rate)
            times = np.arange(samples) / RATE
            sounds.append(0.3 * np.sin(2 * np.pi * pitch * times) * np.sin(np.pi * np.arange(samples) / samples) ** 0.3)
            start, now = now, now + samples
            words.append(WordTime(start=word.start(), end=word.end(), start_s=start / RATE, end_s=now / RATE))
            gap = round(RATE * 0.06 / style.rate)
            sounds.append(np.zeros(gap))
            now += gap
        cost = len(text) * USD_A_CHARACTER
        receipt = Receipt(model="example/beeps", usage={"characters": len(text)}, cost=cost)
        return Speech(np.concatenate(sounds).astype(np.float32), RATE, tuple(words), "exact", receipt)


class Flat:
    """A ground of one colour for each prompt, and a paler disc, so that a moving camera is seen to move."""

    name = "flat"
    capabilities = Capabilities(licence="CC0-1.0", model="example/flat", parallel=2)

    def estimate(self, shot: Shot, *, width: int, height: int, references: int = 0) -> Estimate:
        """Four cents a picture, of whatever size."""
        return Estimate(low=USD_A_PICTURE, likely=USD_A_PICTURE, high=USD_A_PICTURE, basis="a picture at 0.04 USD")

    def draw(self, shot: Shot, *, width: int, height: int, references: object = ()) -> Drawing:
        """The colour that the prompt's digest says."""
        red, green, blue = (part // 2 for part in hashlib.sha256(shot.prompt.encode()).digest()[:3])
        picture = Image.new("RGB", (width, height), (red, green, blue))
        side, left, top = min(width, height) // 2, width // 3, height // 4
        ImageDraw.Draw(picture).ellipse((left, top, left + side, top + side), fill=(red + 99, green + 99, blue + 99))
        file = io.BytesIO()
        picture.save(file, "PNG")
        receipt = Receipt(model="example/flat", usage={"pictures": 1}, cost=USD_A_PICTURE)
        return flat_drawing(shot, file.getvalue(), width=width, height=height, engine=self.name, receipt=receipt)
