"""The two typefaces of the cards: Noto Serif for titles, Noto Sans for what is small (both OFL 1.1)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from bookfilm_nb.errors import MissingPartError

if TYPE_CHECKING:
    import skia

__all__ = ["Face", "font"]

Face = Literal["serif", "sans", "sans italic"]
_FILES: dict[str, tuple[str, str, str]] = {
    "serif": ("fontpkg_noto_serif", "NotoSerif[", "fontpkg-noto-serif"),
    "sans": ("fontpkg_noto_sans", "NotoSans[", "fontpkg-noto-sans"),
    "sans italic": ("fontpkg_noto_sans", "NotoSans-Italic[", "fontpkg-noto-sans"),
}


def font(face: Face, size: float) -> skia.Font:
    """A font at ``size`` px, without hinting so that it measures alike at all sizes."""
    import skia

    made = skia.Font(_typeface(face), size)
    made.setEdging(skia.Font.Edging.kAntiAlias)
    made.setHinting(skia.FontHinting.kNone)
    made.setSubpixel(True)
    return made


@cache
def _typeface(face: str) -> skia.Typeface:
    from importlib.resources import files

    import skia

    module, start, package = _FILES[face]
    try:
        found = sorted(p.name for p in files(module).joinpath("files").iterdir() if p.name.startswith(start))
        data = files(module).joinpath("files", found[0]).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError, IndexError) as error:
        raise MissingPartError(
            f"The {face} typeface of the cards is not installed.", hint=f"Run: pip install {package}", package=package
        ) from error
    # A manager of its own, because the default one reads the machine's font settings and complains about them.
    return skia.FontMgr.New_Custom_Empty().makeFromData(skia.Data.MakeWithCopy(data))
