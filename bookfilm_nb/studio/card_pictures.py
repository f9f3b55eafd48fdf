"""The opening title and the end card as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.model import PictureTake

from . import hired
from .cards import author_line, end_lines, subtitle_lines, the_end
from .workers import voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .studio import Studio

__all__ = ["card"]


def card(studio: Studio, name: str) -> PictureTake:
    """The picture of the opening title ("title") or of the end card ("end"), over the set of the first or last shot."""
    from bookfilm_nb.illustrator import draw_end_card, draw_title_card, parse_prompt
    from bookfilm_nb.illustrator.cards import CARDS_REVISION

    width, height = studio.choices.frame
    behind = studio.storyboard.shots[0 if name == "title" else -1].prompt
    licence = hired.licence_of(studio, voice(studio.voice_name))
    lines = end_lines(studio.book, studio.choices, voice=f"{studio.voice_name} ({licence})")
    inputs = {
        "name": name,
        "title": studio.book.title,
        "author": author_line(studio.book),
        "lines": subtitle_lines(studio.book) if name == "title" else lines,
        "behind": behind,
        "width": width,
        "height": height,
        "revision": CARDS_REVISION,
    }

    def drawn() -> tuple[PictureTake, Mapping[str, bytes]]:
        scene = parse_prompt(behind).scene
        if name == "title":
            subtitle = subtitle_lines(studio.book)
            drawing = draw_title_card(
                studio.book.title, author_line(studio.book), subtitle, width=width, height=height, scene=scene
            )
        else:
            drawing = draw_end_card(lines, heading=the_end(studio.book), width=width, height=height, scene=scene)
        return drawing.take, drawing.blobs

    return studio.production.make("shoot", name, PictureTake, inputs, drawn, engine="cards")
