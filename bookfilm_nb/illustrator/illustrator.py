"""The embedded ImageModel: a shot prompt drawn as a set in planes with people in it who can talk and blink."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import Layer, PictureTake, Shot, blob_digest
from bookfilm_nb.providers.protocols import Capabilities, Drawing

from .backdrops import Light, SceneWords, draw_backdrop
from .cast import Appearance, appearance
from .composition import Canvas, compose
from .figures import Placing, draw_figure, draw_from_behind
from .prompt import parse_prompt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bookfilm_nb.model.vocabulary import Angle, Emotion, ShotSize

__all__ = ["Illustrator", "place_seed", "png", "set_layers"]

_LARGEST = 4320


class Illustrator:
    """Draws a shot from its prompt: the set's planes, then each person as a layer with three faces."""

    name = "illustrator"
    capabilities = Capabilities(
        licence="Drawn by BookFilm's illustrator (MIT); heads and faces after Open Peeps by Pablo Stanley (CC0 1.0)",
        revision="2",
    )

    def draw(self, shot: Shot, *, width: int, height: int) -> Drawing:
        """The shot for a frame of ``width`` × ``height`` px, on a canvas 1.15 times as large, at even sizes.

        Only the prompt's words decide (and ``shot.seed`` between poses that mean the same). Layers run far to
        near; a figure's ``character`` is its NAME in the prompt. Raises ProviderError for sizes outside 64..4320 px.
        """
        return _drawing(shot, width, height, for_film=True)

    def sketch(self, shot: Shot, *, width: int, height: int) -> Drawing:
        """The same pixels as :meth:`draw`, sooner, for a page that shows one frame of them and keeps nothing.

        Nobody in it can talk or blink, and its PNGs are hardly packed: their digests are not those of the take.
        """
        return _drawing(shot, width, height, for_film=False)


class SetLayers(NamedTuple):
    """A set as layers: those behind the figures' plane and those before it, their PNGs, and the light."""

    behind: tuple[Layer, ...]
    before: tuple[Layer, ...]
    blobs: dict[str, bytes]
    light: Light


class _Drawn(NamedTuple):
    look: Appearance
    emotion: Emotion
    pose: str
    placing: Placing
    from_behind: bool
    acts: bool
    """Whether it is drawn talking and blinking too."""


def _drawing(shot: Shot, width: int, height: int, *, for_film: bool) -> Drawing:
    if not (64 <= width <= _LARGEST and 64 <= height <= _LARGEST):
        raise ProviderError(
            f"A picture of {width} × {height} px cannot be drawn.", hint="Choose sizes from 64 to 4320 px.",
            width=width, height=height,
        )  # fmt: skip
    words = parse_prompt(shot.prompt)
    canvas = Canvas.around(width, height)
    set_ = set_layers(words.scene, words.size, words.angle, canvas.width, canvas.height, for_film=for_film)
    blobs = dict(set_.blobs)
    people = []
    staged = compose(words, [appearance(f) for f in words.figures], set_.light, canvas, seed=shot.seed)
    for person in staged:
        state = _Drawn(
            person.look, person.figure.emotion, person.pose, person.placing,
            from_behind=person.from_behind, acts=for_film and not person.from_behind,
        )  # fmt: skip
        layer, pictures = _figure_layer(state, set_.light, canvas.width, canvas.height, for_film=for_film)
        if not person.from_behind:
            layer = layer.model_copy(
                update={"character": person.figure.name or None, "name": person.figure.name or "figure"}
            )
        people.append(layer)
        blobs.update(pictures)
    layers = (*set_.behind, *people, *set_.before)
    take = PictureTake(shot=shot.id, width=canvas.width, height=canvas.height, layers=layers)
    return Drawing(take, blobs)


def place_seed(words: SceneWords) -> int:
    """The seed of a set: from the words of the place alone, so that it is the same place in every shot."""
    text = f"{words.place}|{words.interior}|{words.name}"
    return int.from_bytes(blake2b(text.encode("utf-8"), digest_size=4).digest(), "big")


def png(pixels: NDArray[np.uint8], *, packing: int = 1) -> bytes:
    """RGBA, shape (h, w, 4), or grey, shape (h, w), as PNG bytes; lossless, packed for speed (0: not at all)."""
    import cv2

    ordered = cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA) if pixels.ndim == 3 else pixels
    how = [cv2.IMWRITE_PNG_COMPRESSION, packing]
    if not packing:
        how += [cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE]
    done, packed = cv2.imencode(".png", ordered, how)
    if not done:
        raise ProviderError("A picture could not be packed as PNG.", shape=list(pixels.shape))
    return bytes(packed)


@lru_cache(maxsize=6)
def set_layers(
    words: SceneWords, size: ShotSize, angle: Angle, width: int, height: int, *, for_film: bool = True
) -> SetLayers:
    """The set of a shot, drawn once for all shots that show it the same way."""
    planes, light = draw_backdrop(words, size=size, angle=angle, width=width, height=height, seed=place_seed(words))
    layers = []
    blobs = {}
    for plane in planes:
        data = png(plane.image, packing=int(for_film))
        digest = blob_digest(data)
        blobs[digest] = data
        layers.append(
            Layer(
                name=plane.name, role=plane.role, blob=digest, x=plane.x, y=plane.y,
                width=plane.image.shape[1], height=plane.image.shape[0], depth=plane.depth, blend=plane.blend,
                drift_x=plane.drift_x, drift_y=plane.drift_y, wraps=plane.wraps,
            )
        )  # fmt: skip
    near = [layer.role in {"foreground", "weather"} for layer in layers]
    behind = tuple(layer for layer, is_near in zip(layers, near, strict=True) if not is_near)
    before = tuple(layer for layer, is_near in zip(layers, near, strict=True) if is_near)
    return SetLayers(behind, before, blobs, light)


@lru_cache(maxsize=48)
def _figure_layer(
    drawn: _Drawn, light: Light, width: int, height: int, *, for_film: bool
) -> tuple[Layer, dict[str, bytes]]:
    if drawn.from_behind:
        images = draw_from_behind(drawn.look, drawn.placing, light, width=width, height=height)
    else:
        images = draw_figure(
            drawn.look, drawn.emotion, drawn.pose, drawn.placing, light, width=width, height=height, acts=drawn.acts
        )
    names, blobs = [], {}
    for picture in (images.rest, images.talk, images.blink) if drawn.acts else (images.rest,):
        data = png(picture, packing=int(for_film))
        names.append(blob_digest(data))
        blobs[names[-1]] = data
    layer = Layer(
        name="shoulder" if drawn.from_behind else "figure",
        role="foreground" if drawn.from_behind else "figure",
        blob=names[0], x=images.x, y=images.y, width=images.rest.shape[1], height=images.rest.shape[0],
        depth=1.25 if drawn.from_behind else 1.0,
        talk_blob=names[1] if drawn.acts else None,
        blink_blob=names[2] if drawn.acts else None,
    )  # fmt: skip
    return layer, blobs
