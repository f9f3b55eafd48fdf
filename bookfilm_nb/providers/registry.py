"""Engines by name: every voice, image, text and video model and composer that an installed package offers.

A package offers an engine with an entry point in the group ``bookfilm.voices``, ``bookfilm.images``,
``bookfilm.texts``, ``bookfilm.videos`` or ``bookfilm.composers``. An engine is imported when it is asked for, not
before. Where an engine has several models, ``name:model`` chooses one: ``openai:gpt-image-2.6-sunburst``.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from bookfilm_nb.errors import BookfilmError, ChoiceError, MissingPartError, ProviderError

if TYPE_CHECKING:
    from .protocols import Composer, ImageModel, TextModel, VideoModel, Voice

__all__ = [
    "composers",
    "images",
    "load_composer",
    "load_image_model",
    "load_text_model",
    "load_video_model",
    "load_voice",
    "texts",
    "videos",
    "voices",
]

_VOICES = ("bookfilm.voices", "voice")
_IMAGES = ("bookfilm.images", "image model")
_COMPOSERS = ("bookfilm.composers", "composer")
_TEXTS = ("bookfilm.texts", "text model")
_VIDEOS = ("bookfilm.videos", "video model")


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


def load_voice(name: str) -> Voice:
    """The voice with this name, ready to speak.

    Raises ChoiceError for a name that nobody offers, MissingPartError where a part of it is not installed,
    ProviderError where it cannot start.
    """
    return cast("Voice", _load(*_VOICES, name))


def load_image_model(name: str) -> ImageModel:
    """The image model with this name; raises as :func:`load_voice` does."""
    return cast("ImageModel", _load(*_IMAGES, name))


def load_composer(name: str) -> Composer:
    """The composer with this name; raises as :func:`load_voice` does."""
    return cast("Composer", _load(*_COMPOSERS, name))


def load_text_model(name: str) -> TextModel:
    """The text model with this name; raises as :func:`load_voice` does, and RetiredError for one that has ended."""
    return cast("TextModel", _load(*_TEXTS, name))


def load_video_model(name: str) -> VideoModel:
    """The video model with this name; raises as :func:`load_text_model` does."""
    return cast("VideoModel", _load(*_VIDEOS, name))


def _offers(group: str) -> dict[str, EntryPoint]:
    # Where two packages offer one name, the entry point that sorts first wins: the same one on every run.
    found = sorted(entry_points(group=group), key=lambda point: (point.name, point.value))
    offers: dict[str, EntryPoint] = {}
    for point in found:
        offers.setdefault(point.name, point)
    return offers


def _load(group: str, kind: str, name: str) -> object:
    offers = _offers(group)
    name, _, model = name.partition(":")
    if name not in offers:
        choices = ", ".join(offers) or "none is installed"
        raise ChoiceError(
            f"There is no {kind} named {name!r}.", hint=f"Choose one of: {choices}.", choices=list(offers)
        )
    point = offers[name]
    try:
        return point.load()(model=model) if model else point.load()()
    except BookfilmError:
        raise
    except ImportError as error:
        package = (error.name or "").partition(".")[0] or (point.dist.name if point.dist else name)
        raise MissingPartError(
            f"The {kind} {name!r} needs {package}, which is not installed.",
            hint=f"pip install {package}",
            part=package,
        ) from error
    except Exception as error:
        raise ProviderError(
            f"The {kind} {name!r} could not start: {error}.",
            hint=f"Reinstall the package that offers it ({point.value}).",
        ) from error
