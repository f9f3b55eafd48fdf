"""Small drawings as SVG text, in the colours of the page: a pacing curve, a waveform."""

from __future__ import annotations

import io
import wave
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.widgets.terms import blend, decimal, term
from bookfilm_nb.widgets.words import say

if TYPE_CHECKING:
    from bookfilm_nb.model import GenreTemplate

__all__ = ["pacing_svg", "wave_svg"]

_WIDE, _HIGH = 560, 170
_LEFT, _RIGHT, _TOP, _FOOT = 44, 8, 10, 34


def pacing_svg(template: GenreTemplate) -> str:
    """Shot length through the film against the film's own average: a line an act, its middle half behind it."""
    laws = [act.shot_length for act in template.acts]
    low, high = min(0.6, *(law.low for law in laws)), max(1.4, *(law.high for law in laws))

    def x(share: float) -> float:
        return _LEFT + share * (_WIDE - _LEFT - _RIGHT)

    def y(length: float) -> float:
        return _TOP + (high - length) / (high - low) * (_HIGH - _TOP - _FOOT)

    parts = [_line(x(0), x(1), y(1), 'stroke="currentColor" stroke-dasharray="3 4" opacity=".6"')]
    for act, law in zip(template.acts, laws, strict=True):
        begins, ends = x(act.starts) + 1, x(act.ends) - 1
        middle, tall = (begins + ends) / 2, y(law.low) - y(law.high)
        box = f'x="{begins:.1f}" width="{ends - begins:.1f}" y="{y(law.high):.1f}" height="{tall:.1f}"'
        parts.append(f'<rect {box} fill="#3d8fd1" opacity=".28"/>')
        parts.append(_line(begins, ends, y(law.value), 'stroke="#3d8fd1" stroke-width="4"'))
        parts.append(_text(middle, y(law.value) - 8, decimal(law.value, ".2f")))
        parts.append(_text(middle, _HIGH - 18, term("act", act.name)))
    parts += [_text(_LEFT - 8, y(mark) + 4, decimal(mark), "end") for mark in (0.75, 1.0, 1.25) if low <= mark <= high]
    parts.append(_text(_LEFT, _HIGH - 3, say("template.chart.axis"), "start"))
    parts.append(_text(_WIDE - _RIGHT, _HIGH - 3, say("template.chart.share"), "end"))
    acts = ", ".join(f"{term('act', act.name)} {decimal(act.shot_length.value, '.2f')}" for act in template.acts)
    name = escape(say("template.chart", genre=blend(template.genre), acts=acts), quote=True)
    style = f"max-width:{_WIDE}px;width:100%;height:auto;font:12px sans-serif;fill:currentColor"
    return f'<svg role="img" aria-label="{name}" viewBox="0 0 {_WIDE} {_HIGH}" style="{style}">{"".join(parts)}</svg>'


def _line(left: float, right: float, y: float, look: str) -> str:
    return f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" {look}/>'


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def wave_svg(wav: bytes, *, width: int = 320, height: int = 40) -> str:
    """The loudness of a sound over time, as one shape; for the eye only, its player has the name."""
    with wave.open(io.BytesIO(wav)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float32)
    columns = np.array_split(np.abs(samples), width // 2) if len(samples) >= width else [np.zeros(1, np.float32)]
    peaks = np.array([float(part.max()) for part in columns])
    peaks /= max(float(peaks.max()), 1.0)
    middle = height / 2
    upper = [f"{2 * n},{middle - p * middle:.1f}" for n, p in enumerate(peaks)]
    lower = [f"{2 * n},{middle + p * middle:.1f}" for n, p in enumerate(peaks)]
    points = " ".join([*upper, *reversed(lower)])
    return (
        f'<svg aria-hidden="true" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<polygon points="{points}" fill="currentColor" opacity=".65"/></svg>'
    )
