"""Engines by name: every voice, image, text and video model and composer that an installed package offers.

A package offers an engine with an entry point in the group ``bookfilm.voices``, ``bookfilm.images``,
``bookfilm.texts``, ``bookfilm.videos`` or ``bookfilm.composers``. An engine is imported when it is asked for, not
before. Where an engine has several models, ``name:model`` chooses one: ``openai:gpt-image-2.6-sunburst``.

:func:`offer` adds an engine for the running process alone, such as a class written in a notebook.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from bookfilm_nb.errors import BookfilmError, ChoiceError, MissingPartError, ProviderError

from .catalogue import ended_may_pass
from .faults import described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from importlib.metadata import EntryPoint

    from .protocols import Composer, ImageModel, TextModel, VideoModel, Voice

__all__ = [
    "composers",
    "images",
    "load_composer",
    "load_image_model",
    "load_text_model",
    "load_video_model",
    "load_voice",
    "offer",
    "texts",
    "videos",
    "voices",
]

_VOICES = ("bookfilm.voices", "voice")
_IMAGES = ("bookfilm.images", "image model")
_COMPOSERS = ("bookfilm.composers", "composer")
_TEXTS = ("bookfilm.texts", "text model")
_VIDEOS = ("bookfilm.videos", "video model")

Door = Literal["voice", "images", "text", "video"]
_GROUPS: dict[Door, str] = {
    "voice": _VOICES[0],
    "images": _IMAGES[0],
    "text": _TEXTS[0],
    "video": _VIDEOS[0],
}
_offered: dict[str, dict[str, Callable[..., object]]] = {}


def voices() -> tuple[str, ...]:
    """Names of the voices on offer, sorted; whether one can work here is known when it is loaded."""
    return tuple(_offers(_VOICES[0]))


def images() -> tuple[str, ...]:
    """Names of the image models on offer, sorted."""
    return tuple(_offers(_IMAGES[0]))


def composers() -> tuple[str, ...]:
    """Names of the composers on offer, sorted."""
    return tuple(_offers(_COMPOSERS[0]))


def texts() -> tuple[str, ...]:
    """Names of the text models on offer, sorted."""
    return tuple(_offers(_TEXTS[0]))


def videos() -> tuple[str, ...]:
    """Names of the video models on offer, sorted."""
    return tuple(_offers(_VIDEOS[0]))


def offer(door: Door, name: str, engine: Callable[..., object]) -> None:
    """Offer an engine under this name, for as long as this process runs; ``engine`` is its class.

    It goes before an installed one of the same name, and may be offered anew, as when a notebook's cell is run again.
    Its ``capabilities.parallel`` must be 1 or more: it works in threads of this process, because others do not know
    it. Raises ChoiceError for a wrong name.
    """
    if door not in _GROUPS:
        raise ChoiceError(f"There is no door {door!r}.", hint=f"Choose one of: {', '.join(_GROUPS)}.")
    if not name or ":" in name:
        raise ChoiceError(f"An engine cannot be named {name!r}.", hint="Give it a short name without a colon.")
    _offered.setdefault(_GROUPS[door], {})[name] = engine


def load_voice(name: str, *, ended: bool = False) -> Voice:
    """The voice with this name, ready to speak; with ``ended``, also one that has ended, for what it has made.

    Raises ChoiceError for a name that nobody offers, RetiredError for a model that has ended, MissingPartError where a
    part of it is not installed, ProviderError where it cannot start.
    """
    return cast("Voice", _load(*_VOICES, name, ended=ended))


def load_image_model(name: str, *, ended: bool = False) -> ImageModel:
    """The image model with this name; raises as :func:`load_voice` does."""
    return cast("ImageModel", _load(*_IMAGES, name, ended=ended))


def load_composer(name: str, *, ended: bool = False) -> Composer:
    """The composer with this name; raises as :func:`load_voice` does."""
    return cast("Composer", _load(*_COMPOSERS, name, ended=ended))


def load_text_model(name: str, *, ended: bool = False) -> TextModel:
    """The text model with this name; raises as :func:`load_voice` does."""
    return cast("TextModel", _load(*_TEXTS, name, ended=ended))


def load_video_model(name: str, *, ended: bool = False) -> VideoModel:
    """The video model with this name; raises as :func:`load_voice` does."""
    return cast("VideoModel", _load(*_VIDEOS, name, ended=ended))


def _offers(group: str) -> Mapping[str, Callable[..., object] | EntryPoint]:
    offers: dict[str, Callable[..., object] | EntryPoint] = dict(_offered.get(group, {}))
    for point in _installed(entry_points, group, _places()):
        offers.setdefault(point.name, point)
    return dict(sorted(offers.items()))


def _places() -> tuple[tuple[str, int], ...]:
    """The folders that packages lie in and when each last changed: one that is installed meanwhile is seen."""
    folders = (Path(place) for place in sys.path)
    return tuple((str(folder), folder.stat().st_mtime_ns) for folder in folders if folder.exists())


@lru_cache(maxsize=32)
def _installed(
    read: Callable[..., Iterable[EntryPoint]], group: str, _places: tuple[tuple[str, int], ...]
) -> tuple[EntryPoint, ...]:
    """The group's entry points, kept while nothing is installed: they are read from the files of every package."""
    # Where two packages offer one name, the entry point that sorts first wins: the same one on every run.
    return tuple(sorted(read(group=group), key=lambda point: (point.name, point.value)))


def _load(group: str, kind: str, name: str, *, ended: bool = False) -> object:
    offers = _offers(group)
    name, _, model = name.partition(":")
    if name not in offers:
        choices = ", ".join(offers) or "none is installed"
        raise ChoiceError(
            f"There is no {kind} named {name!r}.", hint=f"Choose one of: {choices}.", choices=list(offers)
        )
    point: Any = offers[name]
    # Not by its class: keyring brings importlib_metadata, whose entry points are of a class of their own
    installed = name not in _offered.get(group, {})
    try:
        factory = point.load() if installed else point
        with ended_may_pass() if ended else nullcontext():
            engine: object = factory(model=model) if model else factory()
    except BookfilmError:
        raise
    except ImportError as error:
        dist = getattr(point, "dist", None)
        package = (error.name or "").partition(".")[0] or (dist.name if dist else name)
        raise MissingPartError(
            f"The {kind} {name!r} needs {package}, which is not installed.",
            hint=f"pip install {package}",
            part=package,
        ) from error
    except Exception as error:
        where = point.value if installed else repr(point)
        # The error's own text may hold anything, a key included, so it is not shown as a cause
        raise ProviderError(
            f"The {kind} {name!r} could not start: {described(error)}.",
            hint=f"Reinstall the package that offers it ({where}).",
        ) from None
    if not installed and not getattr(getattr(engine, "capabilities", None), "parallel", 0):
        raise ChoiceError(
            f"The {kind} {name!r} is known in this process alone, and asks to work in others.",
            hint="Give its capabilities parallel=1, or install it with an entry point.",
        )
    return engine
