"""Which voice a film gets when nobody chose one, and what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import BookfilmError, ChoiceError, MissingPartError
from bookfilm_nb.providers.registry import load_voice, voices

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language
    from bookfilm_nb.providers.protocols import Voice

__all__ = ["VoiceOffer", "available", "best_voice"]

_PREFERRED: dict[Language, tuple[str, ...]] = {"en": ("hibari", "espeak"), "ru": ("festival", "espeak")}


class VoiceOffer(NamedTuple):
    """A voice of a language, whether it can speak here, and what the user should know or do."""

    name: str
    ready: bool
    notice: str
    """What must be said when it is used; empty for most."""
    hint: str
    """The command that gets what is missing; empty where it is ready."""


def best_voice(language: Language) -> Voice:
    """The best voice of the language that works here without a network.

    Its ``capabilities.notice`` says so where it is only a last resort. Raises MissingPartError, with the
    command that gets one, where none works.
    """
    if language not in _PREFERRED:
        raise ChoiceError(f"There is no voice for {language!r}.", hint="Choose en or ru.", choices=list(_PREFERRED))
    missing: list[MissingPartError] = []
    for name in _PREFERRED[language]:
        try:
            return load_voice(name)
        except MissingPartError as error:
            missing.append(error)
    raise MissingPartError(
        f"No voice for {language!r} is installed.", hint=missing[0].hint, tried=[error.problem for error in missing]
    )


def available(language: Language) -> tuple[VoiceOffer, ...]:
    """Every voice of the language, the preferred ones first, and those that lack a part with what gets it."""
    preferred = _PREFERRED.get(language, ())
    names = [*preferred, *(name for name in voices() if name not in preferred)]
    return tuple(offer for name in names if (offer := _offer(name, language)) is not None)


def _offer(name: str, language: Language) -> VoiceOffer | None:
    try:
        voice = load_voice(name)
    except BookfilmError as error:
        # An engine that cannot start cannot say what it speaks: it is listed where this project prefers it.
        return VoiceOffer(name, False, error.problem, error.hint) if name in _PREFERRED.get(language, ()) else None
    if language not in voice.capabilities.languages:
        return None
    return VoiceOffer(name, True, voice.capabilities.notice, "")
