"""One figure as pixels: head, face and body drawn at the final size, lit, in its three states."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .bodies import POSES, SOLES_Y, draw_body, draw_raised_arm
from .faces import FACE_BOX, FaceState, draw_face, draw_mouth
from .heads import BARE_BROWS, draw_back_hair, draw_beard, draw_glasses, draw_hat, draw_head
from .lighting import ground_shadow, light_map, lit
from .peeps import part
from .pen import INK, LINE, Pen, mixed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bookfilm_nb.model.vocabulary import Emotion

    from .backdrops import Light
    from .cast import Appearance

__all__ = [
    "CROWN_Y",
    "EYES_Y",
    "MIDDLE_X",
    "FigureImages",
    "Placing",
    "draw_figure",
    "draw_from_behind",
    "height_units",
    "stature",
    "top_units",
]

MIDDLE_X, CROWN_Y, EYES_Y = 400.0, 96.0, 368.0
_NECK = (404.0, 575.0)
_CHILD_BODY = 0.72
_SKULL = "M200 330 C200 180 300 90 400 90 C520 90 590 190 586 330 C580 470 520 560 410 565 C300 560 210 470 200 330 Z"


class Placing(NamedTuple):
    """Where a figure stands: canvas px of its middle and of y = 0 of its units, and px to one unit."""

    x: float
    y: float
    unit: float
    mirrored: bool = False
    stands: bool = False
    """Whether its feet are seen, so that it casts a shadow on the ground."""


class FigureImages(NamedTuple):
    """A figure's three states: straight RGBA uint8, one shape, and their top left corner on the canvas."""

    x: int
    y: int
    rest: NDArray[np.uint8]
    talk: NDArray[np.uint8]
    blink: NDArray[np.uint8]


def stature(look: Appearance) -> float:
    """Size of this person's drawing against an adult man's."""
    if look.age == "child":
        return 0.84
    return {"male": 1.0, "female": 0.955}.get(look.sex, 0.98) * (0.965 if look.age == "old" else 1.0)


def height_units(look: Appearance) -> float:
    """From crown to soles, in the person's own units."""
    soles = _NECK[1] + (SOLES_Y - _NECK[1]) * _CHILD_BODY if look.age == "child" else SOLES_Y
    return soles - CROWN_Y


def top_units(look: Appearance) -> float:
    """The highest point of head, hair and hat, in the person's own units."""
    hair = min(mark.shape.computeTightBounds().top() for mark in part("head", look.head))
    return float(min(hair, {"cap": 76.0, "hat": 24.0, "hood": 44.0, "scarf": 76.0}.get(look.hat, hair)) - LINE / 2)


def draw_figure(
    look: Appearance, emotion: Emotion, pose: str, placing: Placing, light: Light, *, width: int, height: int,
    acts: bool = True,
) -> FigureImages:  # fmt: skip
    """A figure on a canvas of ``width`` × ``height`` px, cropped to what is drawn; only the face differs.

    Where it does not act, all three states are that of rest.
    """
    box = _canvas_box(look, placing, width, height)
    pixels = _rendered(look, emotion, "rest", pose, placing, box)
    side = float(np.sign(light.key_side)) * min(1.0, 0.5 + abs(light.key_side) / 2)
    shine = light_map(pixels[..., 3], light, unit=placing.unit, side=side)
    rest = lit(pixels, shine)
    states = {"rest": rest}
    x, y, w, h = _face_box(look, placing, box)
    for state in ("talk", "blink") if acts else ():
        states[state] = rest.copy()
        if w > 0 and h > 0:
            patch = _rendered(look, emotion, state, pose, placing, (box[0] + x, box[1] + y, w, h))
            states[state][y : y + h, x : x + w] = lit(patch, shine.part(x, y, w, h))
    if placing.stands:
        shadow = ground_shadow(
            box[2], box[3], x=placing.x - box[0], radius=placing.unit * 330, side=side,
            y=placing.y + placing.unit * (height_units(look) + CROWN_Y - 14) - box[1],
        )  # fmt: skip
        dark = np.array(light.ambient, np.float32) * 255 * 0.18
        states = {name: _over_shadow(image, shadow, dark) for name, image in states.items()}
    return _cropped(box, states)


def draw_from_behind(look: Appearance, placing: Placing, light: Light, *, width: int, height: int) -> FigureImages:
    """Head and shoulders from behind, out of focus and dark: the near edge of an over-the-shoulder shot."""
    import cv2
    import skia

    box = (0, 0, width, height)
    pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface(pixels, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType)
    canvas = surface.getCanvas()
    canvas.translate(placing.x, placing.y)
    canvas.scale(-placing.unit if placing.mirrored else placing.unit, placing.unit)
    canvas.translate(-MIDDLE_X, 0)
    pen = Pen(canvas, {"ink": INK, "skin": look.skin, "headContrast": look.hair_colour, "clothing": look.trim})
    draw_body(pen, look, POSES["down"], down_to=1200)
    covered = look.skin if look.head.startswith("noHair") else look.hair_colour
    for mark in part("head", look.head):
        pen.mark(mark, covered if mark.role in {"skin", "headContrast"} else look.hair_colour)
    if look.hat:
        pen.tint(_SKULL, look.hat_colour if look.hat in {"hood", "scarf"} else covered, 1.0)
        draw_hat(pen, look)
    surface.flushAndSubmit()
    dimmed = light._replace(ambient=(light.ambient[0] * 0.74, light.ambient[1] * 0.74, light.ambient[2] * 0.76))
    blurred = cv2.GaussianBlur(pixels, (0, 0), max(height * 0.0075, 0.8), borderType=cv2.BORDER_REPLICATE)
    pixels = np.asarray(blurred, np.uint8)
    shine = light_map(pixels[..., 3], dimmed, unit=placing.unit, side=float(np.sign(light.key_side)))
    image = lit(pixels, shine)
    return _cropped(box, {"rest": image})


def _canvas_box(look: Appearance, placing: Placing, width: int, height: int) -> tuple[int, int, int, int]:
    """The figure's rectangle on the canvas, even numbers, inside the canvas: x, y, width, height."""
    reach = 620 if not placing.stands else 1250
    left = max(0, int(placing.x - reach * placing.unit) // 2 * 2)
    right = min(width, int(placing.x + reach * placing.unit) // 2 * 2 + 2)
    top = max(0, int(placing.y - 90 * placing.unit) // 2 * 2)
    below = height_units(look) + CROWN_Y + 120
    bottom = min(height, int(placing.y + below * placing.unit) // 2 * 2 + 2)
    return left, top, max(right - left, 2), max(bottom - top, 2)


def _face_box(look: Appearance, placing: Placing, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    del look
    left, top, right, bottom = FACE_BOX
    if placing.mirrored:
        left, right = 2 * MIDDLE_X - right, 2 * MIDDLE_X - left
    x0 = int(placing.x + (left - MIDDLE_X) * placing.unit) - box[0]
    x1 = int(placing.x + (right - MIDDLE_X) * placing.unit) + 1 - box[0]
    y0 = int(placing.y + top * placing.unit) - box[1]
    y1 = int(placing.y + bottom * placing.unit) + 1 - box[1]
    x0, x1 = max(x0, 0), min(x1, box[2])
    y0, y1 = max(y0, 0), min(y1, box[3])
    return x0, y0, x1 - x0, y1 - y0


def _rendered(
    look: Appearance,
    emotion: Emotion,
    state: FaceState | str,
    pose: str,
    placing: Placing,
    box: tuple[int, int, int, int],
) -> NDArray[np.uint8]:
    import skia

    x, y, width, height = box
    pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface(pixels, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType)
    canvas = surface.getCanvas()
    canvas.translate(placing.x - x, placing.y - y)
    canvas.scale(-placing.unit if placing.mirrored else placing.unit, placing.unit)
    canvas.translate(-MIDDLE_X, 0)
    pen = Pen(canvas, {"ink": INK, "skin": look.skin, "headContrast": look.hair_colour, "clothing": look.trim})
    _draw(pen, look, emotion, "talk" if state == "talk" else "blink" if state == "blink" else "rest", pose,
          seen_to=(y + height - placing.y) / placing.unit)  # fmt: skip
    surface.flushAndSubmit()
    return pixels


def _draw(pen: Pen, look: Appearance, emotion: Emotion, state: FaceState, pose: str, *, seen_to: float) -> None:
    size = _CHILD_BODY if look.age == "child" else 1.0
    draw_back_hair(pen, look)
    pen.line_width = LINE / size
    with pen.moved(size=size, about=_NECK):
        draw_body(pen, look, POSES[pose], down_to=seen_to / size)
    pen.line_width = LINE
    draw_head(pen, look)
    _draw_cheeks(pen, look)
    with pen.moved(*((-2, 16) if look.age == "child" else (0, 0))):
        draw_face(pen, emotion, state, sex=look.sex, age=look.age, brow_free=look.head in BARE_BROWS)
        if state != "talk" or not look.beard:
            draw_mouth(pen, emotion, state)
        draw_beard(pen, look)
        if state == "talk" and look.beard:
            draw_mouth(pen, emotion, state)
        draw_glasses(pen, look)
    draw_hat(pen, look)
    pen.line_width = LINE / size
    with pen.moved(size=size, about=_NECK):
        draw_raised_arm(pen, look, POSES[pose])
    pen.line_width = LINE


def _draw_cheeks(pen: Pen, look: Appearance) -> None:
    """A little warmth under the eyes, more of it on children and women."""
    strength = 0.30 if look.age == "child" or look.sex == "female" else 0.16
    warm = mixed(look.skin, "#c8503c", 0.6)
    skull = next(mark.shape for mark in part("head", look.head) if mark.role == "skin")
    with pen.inside(skull):
        for x, half in ((398, 28), (530, 22)):
            pen.tint(f"M{x - half} 446 a{half} 19 0 1 0 {2 * half} 0 a{half} 19 0 1 0 {-2 * half} 0 Z", warm, strength)


def _over_shadow(image: NDArray[np.uint8], shadow: NDArray[np.uint8], dark: NDArray[np.float32]) -> NDArray[np.uint8]:
    top = image[..., 3].astype(np.float32) / 255
    under = shadow.astype(np.float32) / 255 * (1 - top)
    alpha = top + under
    colour = (image[..., :3] * top[..., None] + dark * under[..., None]) / np.maximum(alpha, 1 / 255)[..., None]
    result = np.empty_like(image)
    result[..., :3] = np.clip(colour, 0, 255)
    result[..., 3] = np.clip(alpha * 255 + 0.5, 0, 255)
    return result


def _cropped(box: tuple[int, int, int, int], states: dict[str, NDArray[np.uint8]]) -> FigureImages:
    """Cut to the opaque box, at even numbers."""
    seen = states["rest"][..., 3] > 2
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        rows = columns = np.array([0, 1])
    top, left = int(rows[0]) // 2 * 2, int(columns[0]) // 2 * 2
    bottom, right = -(-(int(rows[-1]) + 1) // 2) * 2, -(-(int(columns[-1]) + 1) // 2) * 2
    cut = {name: np.ascontiguousarray(image[top:bottom, left:right]) for name, image in states.items()}
    rest = cut["rest"]
    return FigureImages(box[0] + left, box[1] + top, rest, cut.get("talk", rest), cut.get("blink", rest))
