"""The embedded ImageModel: sets, cast, light and composition, drawn from the words of a shot prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .without_gl import prepare_skia

if TYPE_CHECKING:
    from .cards import draw_end_card, draw_title_card
    from .illustrator import Illustrator
    from .people import FigureWords
    from .prompt import ShotWords, parse_prompt

__all__ = ["FigureWords", "Illustrator", "ShotWords", "draw_end_card", "draw_title_card", "parse_prompt"]

prepare_skia()  # before any module of this package imports skia

_HOMES = {
    "Illustrator": "illustrator", "draw_end_card": "cards", "draw_title_card": "cards",
    "FigureWords": "people", "ShotWords": "prompt", "parse_prompt": "prompt",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a part when it is first used: drawing needs numpy, reading a prompt does not."""
    if name in _HOMES:
        from importlib import import_module

        part: object = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        return part
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
