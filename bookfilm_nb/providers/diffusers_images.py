"""Pictures from a text-to-image pipeline in a folder on this machine: ``diffusers:FOLDER``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import FREE, Estimate, Receipt, digest_of
from bookfilm_nb.settings import option

from .diffusers_local import FOLDER, STEPS, opened_folder, run
from .pictures import flat_drawing, png_of
from .protocols import Capabilities, Drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Shot

__all__ = ["FAMILIES", "DiffusersImages", "Family"]

STYLE = (
    "A frame of an animated film, ink and gouache, one consistent style, no lettering. In square brackets: the people."
)


class Family(NamedTuple):
    """What a kind of pipeline draws."""

    name: str
    side: int
    """Of the square pictures that it was trained on, in px."""


FAMILIES: dict[str, Family] = {
    "StableDiffusionPipeline": Family("Stable Diffusion 1", 512),
    "LatentConsistencyModelPipeline": Family("Latent Consistency", 768),
    "StableDiffusionXLPipeline": Family("Stable Diffusion XL", 1024),
    "StableDiffusion3Pipeline": Family("Stable Diffusion 3", 1024),
    "PixArtAlphaPipeline": Family("PixArt-α", 1024),
    "PixArtSigmaPipeline": Family("PixArt-Σ", 1024),
    "SanaPipeline": Family("Sana", 1024),
    "FluxPipeline": Family("Flux", 1024),
    "Lumina2Pipeline": Family("Lumina 2", 1024),
    "CogView4Pipeline": Family("CogView4", 1024),
    "QwenImagePipeline": Family("Qwen-Image", 1024),
    "ZImagePipeline": Family("Z-Image", 1024),
}
"""By the pipeline's class; all are in diffusers 0.39."""
_MULTIPLE = 64


class DiffusersImages:
    """A local text-to-image model."""

    name = "diffusers"

    def __init__(self, model: str = "", *, side: int = 0) -> None:
        """``model`` is the folder, else ``BOOKFILM_DIFFUSERS_MODEL``; ``side`` takes the place of the family's.

        Raises ChoiceError or MissingPartError where there is no such model; it is loaded with the first shot.
        """
        self._pipeline = opened_folder(model, setting=FOLDER, known=FAMILIES.__contains__, makes="pictures")
        self._side = side or FAMILIES[self._pipeline.name].side
        self._steps = int(option(STEPS, "0").value)
        facts = {"style": STYLE, "side": self._side, "steps": self._steps, "model": self._pipeline.revision}
        self.capabilities = Capabilities(
            licence=self._pipeline.licence,
            revision=digest_of(facts)[:8],
            model=self._pipeline.folder.name,
            parallel=1,
        )

    def estimate(self, shot: Shot, *, width: int, height: int, references: int = 0) -> Estimate:  # noqa: ARG002
        """Nothing: it runs on this machine."""
        return FREE

    def draw(self, shot: Shot, *, width: int, height: int, references: Sequence[bytes] = ()) -> Drawing:
        """The shot as one plane, the same for the same seed. Raises ProviderError; references are not taken."""
        if references:
            raise ProviderError("A local text-to-image model takes no pictures of people.", hint="Leave them out.")
        across, down = native_size(self._side, width, height)
        asked = {
            "prompt": f"{STYLE} {shot.prompt}",
            "width": across,
            "height": down,
            "num_inference_steps": self._steps or None,
            "output_type": "np",
        }
        pixels = np.asarray(run(self._pipeline, asked, seed=shot.seed).images[0])
        receipt = Receipt(model=self.capabilities.model, usage={"pictures": 1}, cost=0.0)
        picture = _png(pixels, self._pipeline.name)
        return flat_drawing(shot, picture, width=width, height=height, engine=self._pipeline.name, receipt=receipt)


def native_size(side: int, width: int, height: int) -> tuple[int, int]:
    """A size of the film's shape and of about ``side`` × ``side`` pixels, in multiples of 64 px."""
    stretch = (width / height) ** 0.5
    across, down = (max(1, round(length / _MULTIPLE)) * _MULTIPLE for length in (side * stretch, side / stretch))
    return across, down


def _png(pixels: np.ndarray, engine: str) -> bytes:
    from PIL import Image

    if not np.isfinite(pixels).all():
        raise ProviderError(f"{engine} made no picture: its numbers overflowed.", hint="Use another seed or model.")
    return png_of(Image.fromarray(np.rint(np.clip(pixels, 0, 1) * 255).astype(np.uint8)))
