"""Pictures from OpenAI's image models, or from a server that speaks their protocol.

The cast stays the same by reference: each person is drawn once by themselves, and that picture goes along with every
shot in which they are seen (``/v1/images/edits``).
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, NamedTuple

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import FREE, Estimate, Receipt, blob_digest, digest_of

from . import catalogue
from .faults import request_key
from .openai_client import KEY, OFFICIAL, base_url, call, client, is_local
from .pictures import flat_drawing
from .protocols import Capabilities, Drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Shot

__all__ = ["STYLE", "OpenAIImages"]

DEFAULT = "gpt-image-2.6-flare"
QUALITY = "medium"
STYLE = (
    "A frame of an animated film for a general audience, drawn in ink and gouache, one consistent style in all frames. "
    "No lettering, no captions, no borders. What stands in square brackets are the people: name, looks, expression, "
    "and where in the frame they are. Draw the frame that these words describe:"
)
"""Goes before every prompt; part of what a picture is made from."""
SIZES = {"landscape": "1536x1024", "portrait": "1024x1536", "square": "1024x1024"}
TOKENS = 1767.0
"""Output tokens of a medium picture of 1024 × 1024 px: 0.053 USD at 30 USD a million (gptimage.news, 2026-04-21)."""
REFERENCE_TOKENS = 1600.0
"""Input tokens of one reference picture, at most likely: the owner does not publish them."""


class _Made(NamedTuple):
    coded: str
    """The picture in base64."""
    usage: dict[str, float]


class OpenAIImages:
    """Image models behind OpenAI's protocol. ``OPENAI_BASE_URL`` says where."""

    name = "openai"

    def __init__(self, model: str = "", *, url: str = "") -> None:
        """Raises RetiredError for a model that OpenAI has ended."""
        self.model = model or DEFAULT
        self._url = url or base_url()
        official = self._url == OFFICIAL
        known = catalogue.facts(f"openai/{self.model}") if official else None
        local = is_local(self._url)
        self.capabilities = Capabilities(
            licence=known.licence if known else "that of the model",
            needs=("network",) if local else ("network", "key"),
            revision=digest_of({"style": STYLE, "quality": QUALITY, "revision": 1})[:8],
            notice=catalogue.check_alive(f"openai/{self.model}") if official else "",
            model=f"openai/{self.model}" if official else self.model,
            key="" if local else KEY,
            parallel=4,
            sizes=tuple(SIZES.values()),
            references=16,
        )

    def estimate(self, shot: Shot, *, width: int, height: int, references: int = 0) -> Estimate:
        """By the tokens of a medium picture; half as many again at most."""
        if is_local(self._url):
            return FREE
        words = (len(STYLE) + len(shot.prompt)) / 4
        tokens = TOKENS * (1.0 if width == height else 0.95)
        return catalogue.estimate(
            self.capabilities.model,
            {"input_tokens": words, "output_tokens": tokens * 0.7},
            {"input_tokens": words, "output_tokens": tokens, "image_input_tokens": references * REFERENCE_TOKENS},
            {"input_tokens": words * 3, "output_tokens": tokens * 1.5, "image_input_tokens": references * 4000.0},
        )

    def draw(self, shot: Shot, *, width: int, height: int, references: Sequence[bytes] = ()) -> Drawing:
        """The shot as one plane. ``references`` are PNGs of the people in it.

        Raises RefusedError, QuotaError, ProviderError.
        """
        size = SIZES["square" if width == height else "landscape" if width > height else "portrait"]
        asked: dict[str, Any] = {
            "model": self.model,
            "prompt": f"{STYLE}\n{shot.prompt}",
            "size": size,
            "quality": QUALITY,
            "output_format": "png",
            "n": 1,
        }
        request = request_key(
            {**asked, "seed": shot.seed, "url": self._url, "references": [blob_digest(r) for r in references]}
        )

        def send(headers: dict[str, str]) -> _Made:
            images = client(self._url).images
            if references:
                files = [(f"person{i}.png", data, "image/png") for i, data in enumerate(references)]
                return _made(images.edit(image=files, extra_headers=headers, **asked))
            return _made(images.generate(extra_headers=headers, **asked))

        made = call(send, engine=self.model, request=request)
        data, receipt = _picture(made, self.model), self._receipt(made, request)
        return flat_drawing(shot, data, width=width, height=height, engine=self.model, receipt=receipt)

    def _receipt(self, made: _Made, request: str) -> Receipt:
        usage = made.usage or {"pictures": 1.0}
        cost = 0.0 if is_local(self._url) else catalogue.cost(self.capabilities.model, usage)
        return Receipt(model=self.capabilities.model, usage=usage, cost=cost, request=request[:16])


def _made(reply: Any) -> _Made:  # noqa: ANN401 - the client's own type
    """What is used of a reply. The rest is let go: a server may say anything back, a key included."""
    data = getattr(reply, "data", None)
    coded = getattr(data[0], "b64_json", None) if isinstance(data, list) and data else None
    used = getattr(reply, "usage", None)
    told = getattr(used, "input_tokens_details", None)
    usage = {
        "input_tokens": getattr(told, "text_tokens", None),
        "image_input_tokens": getattr(told, "image_tokens", None),
        "output_tokens": getattr(used, "output_tokens", None),
    }
    whole = all(isinstance(count, (int, float)) for count in usage.values())
    return _Made(coded if isinstance(coded, str) else "", usage if whole else {})  # type: ignore[arg-type]


def _picture(made: _Made, model: str) -> bytes:
    try:
        data = base64.b64decode(made.coded, validate=True)
    except (ValueError, binascii.Error):
        data = b""
    if not data:
        raise ProviderError(f"{model} sent no picture.", hint="Run it again.", billed="yes")
    return data
