"""Reading blobs from a folder that is laid out ``<first two hex>/<digest>``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["reader"]


def reader(folder: Path) -> Callable[[str], bytes]:
    """A function from digest to bytes; it raises RenderError where a blob is missing."""

    def read(digest: str) -> bytes:
        if not digest.isalnum():
            raise RenderError(f"{digest!r} is no name of a blob.", hint="Shoot the film again.")
        try:
            return (folder / digest[:2] / digest).read_bytes()
        except OSError as missing:
            raise RenderError(
                f"The blob {digest[:12]} is missing: {missing.strerror}.",
                hint="Run the shooting stage again: it makes what is missing.",
                digest=digest,
            ) from missing

    return read
