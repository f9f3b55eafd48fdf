"""What is installed, which voices each language has, and how to get what is missing."""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypedDict, get_args

from bookfilm_nb.errors import BookfilmError
from bookfilm_nb.model.vocabulary import Language

__all__ = ["Examination", "Part", "examine"]

_PACKAGES = (
    "jupyterlab", "ipywidgets", "openai", "gTTS", "mutagen", "Pillow", "moviepy", "pandas", "matplotlib",
    "av", "imageio-ffmpeg", "opencv-python-headless", "skia-python", "dicebear-styles",
    "fontpkg-noto-sans", "fontpkg-noto-serif", "pretty_midi", "midirenderer", "lxml", "pysubs2", "natasha",
    "hibari-tts", "espeakng-loader",
)  # fmt: skip
_EXACT = {"gTTS": "2.5"}
"""Packages that pip replaces with an old version, without saying so, where another pin is in its way."""
_ROOM = 2 * 1024**3


class Part(TypedDict):
    """One thing that was looked at."""

    ok: bool
    says: str


class Examination(TypedDict):
    """All that was looked at; ``ok`` where an English film can be made here."""

    ok: bool
    parts: dict[str, Part]
    voices: dict[str, list[str]]


def examine() -> Examination:
    """Look at the interpreter, the packages, ffmpeg, the fonts, the voices and the disk."""
    parts = {"python": Part(ok=sys.version_info >= (3, 11), says=sys.version.split()[0])}
    parts |= {name: _package(name) for name in _PACKAGES}
    parts["drawing"] = _drawing()
    parts["ffmpeg"] = _ffmpeg()
    room = shutil.disk_usage(tempfile.gettempdir()).free
    parts["disk"] = Part(ok=room > _ROOM, says=f"{room / 1024**3:.0f} GiB free")
    voices = {}
    for language in get_args(Language):
        parts[f"voice {language}"], voices[language] = _voices(language)
    return Examination(ok=all(part["ok"] for part in parts.values()), parts=parts, voices=voices)


def _package(name: str) -> Part:
    try:
        found = version(name)
    except PackageNotFoundError:
        return Part(ok=False, says=f"not installed; pip install {name}")
    wanted = _EXACT.get(name)
    if wanted and not found.startswith(wanted):
        return Part(ok=False, says=f"{found}, but {wanted} is needed; pip install '{name}=={wanted}.*'")
    return Part(ok=True, says=found)


def _drawing() -> Part:
    import bookfilm_nb.illustrator  # noqa: F401 - makes skia loadable where there is no graphics library

    try:
        import skia
    except ImportError as fault:
        return Part(ok=False, says=f"{fault}; on Debian: apt-get install libgl1 libegl1")
    return Part(ok=True, says=f"skia {skia.__version__}")


def _ffmpeg() -> Part:
    try:
        import imageio_ffmpeg

        return Part(ok=True, says=Path(imageio_ffmpeg.get_ffmpeg_exe()).name)
    except (ImportError, RuntimeError) as fault:
        return Part(ok=False, says=f"{fault}; pip install imageio-ffmpeg")


def _voices(language: Language) -> tuple[Part, list[str]]:
    from bookfilm_nb.voices import available, best_voice

    names = [voice.name for voice in available(language) if voice.ready and not voice.network]
    try:
        best = best_voice(language)
    except BookfilmError as fault:
        return Part(ok=False, says=f"{fault.problem} {fault.hint}"), names
    notice = best.capabilities.notice
    return Part(ok=True, says=f"{best.name}. {notice}" if notice else best.name), names
