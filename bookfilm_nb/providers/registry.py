"""Engines by name: every voice, image model and composer that an installed package offers.

A package offers an engine with an entry point in the group ``bookfilm.voices``, ``bookfilm.images`` or
``bookfilm.composers``. An engine is imported when it is asked for, not before.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from bookfilm_nb.errors import BookfilmError, ChoiceError, MissingPartError, ProviderError

if TYPE_CHECKING:
    from .protocols import Composer, ImageModel, Voice

__all__ = ["composers", "images", "load_composer", "load_image_model", "load_voice", "voices"]

_VOICES = ("bookfilm.voices", "voice")
_IMAGES = ("bookfilm.images", "image model")
_COMPOSERS = ("bookfilm.composers", "composer")


def voices() -> tuple[str, ...]:
    """Names of the voices on offer, sorted; whether one can work here is known when it is loaded."""
    return tuple(_offers(_VOICES[0]))


def images() -> tuple[str, ...]:
    """Names of the image models on offer, sorted."""
    return tuple(_offers(_IMAGES[0]))


def composers() -> tuple[str, ...]:
    """Names of the composers on offer, sorted."""
    return tuple(_offers(_COMPOSERS[0]))


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


def _offers(group: str) -> dict[str, EntryPoint]:
    # Where two packages offer one name, the entry point that sorts first wins: the same one on every run.
    found = sorted(entry_points(group=group), key=lambda point: (point.name, point.value))
    offers: dict[str, EntryPoint] = {}
    for point in found:
        offers.setdefault(point.name, point)
    return offers


def _load(group: str, kind: str, name: str) -> object:
    offers = _offers(group)
    if name not in offers:
        choices = ", ".join(offers) or "none is installed"
        raise ChoiceError(
            f"There is no {kind} named {name!r}.", hint=f"Choose one of: {choices}.", choices=list(offers)
        )
    point = offers[name]
    try:
        return point.load()()
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
