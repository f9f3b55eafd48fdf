"""Pictures from a text-to-image pipeline in a folder on this machine: ``diffusers:FOLDER``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import FREE, Estimate, Receipt, digest_of

from .diffusers_local import BRIEF_STYLE, FOLDER, GUIDANCE, STEPS, number, opened_folder, run, unquoted
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
    gpu_gb: float | None = None
    """GPU memory, as the source tells it for one of its models; None where neither its makers nor diffusers tell."""
    source: str = ""
    guidance: str = "guidance_scale"
    """What its pipeline calls the guidance."""
    style: str = STYLE
    also: tuple[tuple[str, Any], ...] = ()
    """What its pipeline is asked besides, since what it does by itself would not do."""


# Cleaning takes brackets away, and differs between machines: it is left out where Beautiful Soup is not installed
_AS_WRITTEN = (("clean_caption", False),)
# FLUX.1-schnell takes no more than 256 tokens, and a prompt of ours needs no more
_SHORTER = (("max_sequence_length", 256),)
# Without a prompt of what to avoid, though it be empty, this pipeline leaves guidance out
_NOTHING_TO_AVOID = (("negative_prompt", " "),)

FAMILIES: dict[str, Family] = {
    "StableDiffusionPipeline": Family(
        "Stable Diffusion 1", 512, 10, "README of Stable Diffusion, in the makers' own code", style=BRIEF_STYLE
    ),
    "LatentConsistencyModelPipeline": Family("Latent Consistency", 768, style=BRIEF_STYLE),
    "StableDiffusionXLPipeline": Family("Stable Diffusion XL", 1024, style=BRIEF_STYLE),
    "StableDiffusion3Pipeline": Family(
        "Stable Diffusion 3", 1024, 24, "diffusers' page of Stable Diffusion 3, without savings"
    ),
    "PixArtAlphaPipeline": Family(
        "PixArt-α", 1024, 8, "diffusers' page of PixArt-α, with an 8-bit text encoder, dropped once used",
        also=_AS_WRITTEN,
    ),
    "PixArtSigmaPipeline": Family(
        "PixArt-Σ", 1024, 8, "diffusers' page of PixArt-Σ, with an 8-bit text encoder, dropped once used",
        also=_AS_WRITTEN,
    ),
    "SanaPipeline": Family("Sana", 1024, 12, "README of Sana, 1.6B"),
    "FluxPipeline": Family("Flux", 1024, 50, "diffusers' page of Flux, without savings", also=_SHORTER),
    "Lumina2Pipeline": Family("Lumina 2", 1024),
    "CogView4Pipeline": Family("CogView4", 1024, 20, "README of CogView4, four pictures at once, with offload"),
    "QwenImagePipeline": Family("Qwen-Image", 1328, guidance="true_cfg_scale", also=_NOTHING_TO_AVOID),
    "ZImagePipeline": Family("Z-Image", 1024, 16, "README of Z-Image, Turbo"),
}  # fmt: skip
"""By the pipeline's class; all are in diffusers 0.39."""
_MULTIPLE = 64


class DiffusersImages:
    """A local text-to-image model."""

    name = "diffusers"

    def __init__(self, model: str = "", *, side: int = 0) -> None:
        """``model`` is the folder, else ``BOOKFILM_DIFFUSERS_MODEL``; ``side`` takes the place of the family's.

        Raises ChoiceError or MissingPartError where there is no such model, or a setting is no number; it is loaded
        with the first shot.
        """
        self._pipeline = opened_folder(model, setting=FOLDER, known=FAMILIES.__contains__, makes="pictures")
        family = FAMILIES[self._pipeline.name]
        self._side = side or family.side
        self._style = family.style
        self._asked: dict[str, Any] = {
            "num_inference_steps": int(number(STEPS) or 0) or None,
            family.guidance: number(GUIDANCE),
            **dict(family.also),
        }
        facts = {
            "style": self._style,
            "side": self._side,
            **self._asked,
            "quotes": False,
            "model": self._pipeline.revision,
        }
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
            **self._asked,
            "prompt": f"{self._style} {unquoted(shot.prompt)}",
            "width": across,
            "height": down,
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
