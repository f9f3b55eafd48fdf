"""Title and end cards: type over the film's first set, far out of focus and dim."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import Layer, PictureTake, blob_digest
from bookfilm_nb.providers.protocols import Drawing

from .backdrops import SceneWords, draw_backdrop
from .composition import Canvas
from .fonts import Face, font
from .illustrator import place_seed, png

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import skia
    from numpy.typing import NDArray

__all__ = ["CARDS_REVISION", "END", "TITLE", "Line", "draw_end_card", "draw_title_card", "laid_out"]

TITLE, END = "title", "end"
"""Ids of the two shots."""
CARDS_REVISION = "1"
"""Changes whenever the same words would give another card: part of every key."""

_WIDEST = 0.8
"""Share of the frame's width that type may fill."""
_TALLEST = 0.8
_MOST_LINES = 4
"""A text that needs more lines than this is set smaller."""


class Line(NamedTuple):
    """One set line of type: where its baseline begins on the canvas, px, and how wide and high it is."""

    text: str
    face: Face
    size: float
    x: float
    y: float
    width: float


class _Block(NamedTuple):
    text: str
    face: Face
    size: float
    """Share of the frame's height."""
    space: float = 0.0
    """Space above, in its own size."""
    leading: float = 1.26


def draw_title_card(
    title: str,
    author: str = "",
    subtitle: Sequence[str] = (),
    *,
    width: int,
    height: int,
    scene: SceneWords | None = None,
) -> Drawing:
    """The opening title over ``scene`` (the film's first set; none: a field at dusk), for a frame in px.

    Long titles break into balanced lines and shrink until they fit 80 % of the frame; nothing is ever cut off.
    """
    blocks = [_Block(title, "serif", 0.118, leading=1.16)]
    if author:
        blocks.append(_Block(author, "serif", 0.050, 1.3))
    blocks += [_Block(line, "sans", 0.032, 1.7 if index == 0 else 0.15) for index, line in enumerate(subtitle)]
    return _card(TITLE, blocks, width, height, scene, rule=bool(author or subtitle), dim=0.66)


def draw_end_card(
    lines: Sequence[str], *, heading: str = "", width: int, height: int, scene: SceneWords | None = None
) -> Drawing:
    """The closing card: an optional heading in the title's type, and lines of credits; "" makes a gap."""
    blocks = [_Block(heading, "serif", 0.074)] if heading else []
    gap = 1.1 if heading else 0.0
    for line in lines:
        if line.strip():
            blocks.append(_Block(line, "sans", 0.036, gap, 1.42))
            gap = 0.0
        else:
            gap = 0.8
    return _card(END, blocks, width, height, scene, rule=bool(heading), dim=0.46)


def laid_out(blocks: Sequence[tuple[str, Face, float, float, float]], canvas: Canvas) -> list[Line]:
    """Blocks (text, face, size, space above, leading) as centred lines inside 80 % of the frame."""
    scale = 1.0
    while True:
        lines = _set([_Block(*block) for block in blocks], canvas, scale)
        high = lines[-1].y - lines[0].y + lines[0].size if lines else 0.0
        if high <= canvas.frame_height * _TALLEST or scale < 0.05:
            return lines
        scale *= 0.94


def _set(blocks: Sequence[_Block], canvas: Canvas, scale: float) -> list[Line]:
    room = canvas.frame_width * _WIDEST
    base = min(canvas.frame_height, canvas.frame_width * 0.8)
    y = 0.0
    set_lines: list[Line] = []
    for block in blocks:
        size = base * block.size * scale
        words = " ".join(block.text.split())
        smallest = size * 0.4
        while size > smallest and _width(max(words.split(" "), key=len), block.face, size) > room:
            size *= 0.94
        while len(_wrapped(words, block.face, size, room)) > _MOST_LINES and size > 4:
            size *= 0.94
        y += size * block.space
        for text in _balanced(words, block.face, size, room):
            y += size * block.leading
            wide = _width(text, block.face, size)
            set_lines.append(Line(text, block.face, size, canvas.width / 2 - wide / 2, y, wide))
    if not set_lines:
        return []
    top = set_lines[0].y - set_lines[0].size * 0.78
    shift = canvas.height / 2 - (top + set_lines[-1].y) / 2
    return [line._replace(y=line.y + shift) for line in set_lines]


def _width(text: str, face: Face, size: float) -> float:
    return float(font(face, size).measureText(text))


def _pieces(word: str, face: Face, size: float, room: float) -> list[str]:
    """A word, or where it is wider than the room, the pieces that fit."""
    pieces = []
    while word:
        fits = len(word)
        while fits > 1 and _width(word[:fits], face, size) > room:
            fits -= 1
        pieces.append(word[:fits])
        word = word[fits:]
    return pieces


def _balanced(text: str, face: Face, size: float, room: float) -> list[str]:
    """As few lines as fit, of widths as alike as can be."""
    lines = _wrapped(text, face, size, room)
    if len(lines) < 2:
        return lines
    longest = max(_width(word, face, size) for word in text.split(" "))
    low, high = min(max(room / len(lines) * 0.8, longest), room), room
    for _ in range(9):
        middle = (low + high) / 2
        tried = _wrapped(text, face, size, middle)
        if len(tried) > len(lines) or max(_width(line, face, size) for line in tried) > room:
            low = middle
        else:
            high, lines = middle, tried
    return lines


def _wrapped(text: str, face: Face, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines += _pieces(word, face, size, room)
    return [line for line in lines if line]


def _card(
    shot: str, blocks: Sequence[_Block], width: int, height: int, scene: SceneWords | None, *, rule: bool, dim: float
) -> Drawing:
    canvas = Canvas.around(width, height)
    words = scene or SceneWords(place="field", time="dusk")
    planes, _ = draw_backdrop(
        words, size="extreme wide", angle="eye level", width=canvas.width, height=canvas.height, seed=place_seed(words)
    )
    blobs: dict[str, bytes] = {}
    layers = []
    for plane in planes:
        image = plane.image if plane.blend == "add" else _out_of_focus(plane.image, canvas.frame_height * 0.009, dim)
        data = png(image)
        blobs[blob_digest(data)] = data
        layers.append(
            Layer(
                name=plane.name, role=plane.role, blob=blob_digest(data), x=plane.x, y=plane.y, width=image.shape[1],
                height=image.shape[0], depth=plane.depth, blend=plane.blend, drift_x=plane.drift_x,
                drift_y=plane.drift_y, wraps=plane.wraps,
            )
        )  # fmt: skip
    lines = laid_out(blocks, canvas)
    if lines:
        pixels, x, y = _type(lines, canvas, rule=rule)
        data = png(pixels)
        blobs[blob_digest(data)] = data
        layers.append(
            Layer(name="type", role="foreground", blob=blob_digest(data), x=x, y=y, width=pixels.shape[1],
                  height=pixels.shape[0], depth=0.0)
        )  # fmt: skip
    return Drawing(PictureTake(shot=shot, width=canvas.width, height=canvas.height, layers=tuple(layers)), blobs)


def _out_of_focus(image: NDArray[np.uint8], sigma: float, dim: float) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    colour = image[..., :3].astype(np.float32) * (image[..., 3:].astype(np.float32) / 255)
    both = np.dstack([colour, image[..., 3].astype(np.float32)])
    both = cv2.GaussianBlur(both, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    soft = np.empty_like(image)
    soft[..., :3] = np.clip(both[..., :3] / np.maximum(both[..., 3:] / 255, 1 / 255) * dim, 0, 255)
    soft[..., 3] = np.clip(both[..., 3], 0, 255)
    return soft


def _type(lines: Sequence[Line], canvas: Canvas, *, rule: bool) -> tuple[NDArray[np.uint8], int, int]:
    """The lines in warm white with a soft shadow, cut to an even box: pixels and the place of the corner."""
    import numpy as np
    import skia

    pixels = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    surface = skia.Surface(pixels, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kUnpremul_AlphaType)
    drawn = surface.getCanvas()
    soft = skia.Paint(
        AntiAlias=True,
        Color=0xB0000000,
        MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, canvas.frame_height * 0.008),
    )
    ink = skia.Paint(AntiAlias=True, Color=0xFFF6EEDD)
    for paint in (soft, soft, ink):
        for line in lines:
            drawn.drawString(line.text, line.x, line.y, font(line.face, line.size), paint)
        if rule:
            _rule(drawn, lines, canvas, paint)
    surface.flushAndSubmit()
    seen = pixels[..., 3] > 0
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        return pixels[:2, :2], 0, 0
    top, left = int(rows[0]) // 2 * 2, int(columns[0]) // 2 * 2
    bottom, right = -(-(int(rows[-1]) + 1) // 2) * 2, -(-(int(columns[-1]) + 1) // 2) * 2
    return np.ascontiguousarray(pixels[top:bottom, left:right]), left, top


def _rule(drawn: skia.Canvas, lines: Sequence[Line], canvas: Canvas, paint: skia.Paint) -> None:
    """A short line under the largest type."""
    import skia

    first = lines[0].size
    last_large = max(i for i, line in enumerate(lines) if line.size == first)
    if last_large + 1 >= len(lines):
        return
    above, below = lines[last_large], lines[last_large + 1]
    y = (above.y + above.size * 0.16 + below.y - below.size * 0.74) / 2
    half = canvas.frame_height * 0.055
    drawn.drawRect(
        skia.Rect.MakeLTRB(
            canvas.width / 2 - half, y, canvas.width / 2 + half, y + max(1.5, canvas.frame_height * 0.0028)
        ),
        paint,
    )
