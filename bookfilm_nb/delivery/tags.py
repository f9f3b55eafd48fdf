"""Tags in the film file: title, author, how it was made, whose rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_tags", "write_tags"]

_ATOMS = {"title": "©nam", "author": "©ART", "comment": "©cmt", "copyright": "cprt", "tool": "©too", "genre": "©gen"}
_SOURCE_TYPE = "----:net.iptc:DigitalSourceType"
_MACHINE_MADE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def write_tags(film: Path, tags: dict[str, str]) -> None:
    """Write the tags (title, author, comment, copyright, tool, genre) and mark the film as machine-made.

    The mark is IPTC's DigitalSourceType. The file keeps its index in front.
    """
    from mutagen.mp4 import MP4, MP4FreeForm

    file = MP4(film)
    for name, text in tags.items():
        if text:
            file[_ATOMS[name]] = [text]
    file[_SOURCE_TYPE] = [MP4FreeForm(_MACHINE_MADE.encode("utf-8"))]
    file.save()


def read_tags(film: Path) -> dict[str, str]:
    """The tags by name, those that are there; "source" is the machine-made mark."""
    from mutagen.mp4 import MP4

    held: dict[str, list[Any]] = dict(MP4(film).tags or {})
    tags = {name: str(held[atom][0]) for name, atom in _ATOMS.items() if atom in held}
    if _SOURCE_TYPE in held:
        tags["source"] = bytes(held[_SOURCE_TYPE][0]).decode("utf-8")
    return tags
