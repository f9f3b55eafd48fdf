"""Which voice a film gets when nobody chose one, and what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import BookfilmError, ChoiceError, MissingPartError, RetiredError
from bookfilm_nb.providers.registry import load_voice, voices
from bookfilm_nb.settings import setting

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
    network: bool = False
    """Whether every line is sent to a service: such a voice is used where somebody chose it, never by itself."""


def best_voice(language: Language) -> Voice:
    """The best of the embedded voices of the language: it works without a network, and costs nothing.

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
    """Every voice of the language: the preferred ones, others of this machine, then those of a service.

    Those that lack a part or a key come with what gets it. An engine with several voices of its own (``models``, as
    Piper has) is listed once for each: ``piper:ru_RU-dmitri-medium``.
    """
    preferred = _PREFERRED.get(language, ())
    names = [*preferred, *(name for name in voices() if name not in preferred)]
    offers = [offer for name in names for offer in _offers(name, language)]
    return tuple(sorted(offers, key=lambda offer: offer.network))


def _offers(name: str, language: Language) -> list[VoiceOffer]:
    try:
        models: tuple[str, ...] = getattr(load_voice(name), "models", ())
        loaded = {full: load_voice(full) for full in ([f"{name}:{model}" for model in models] or [name])}
    except RetiredError as error:
        ended = load_voice(name, ended=True).capabilities
        return [VoiceOffer(name, False, error.problem, error.hint, True)] if language in ended.languages else []
    except BookfilmError as error:
        # An engine that cannot start cannot say what it speaks: it may speak this, unless this project knows better
        spoken = [known for known, names in _PREFERRED.items() if name in names] or [language]
        return [VoiceOffer(name, False, error.problem, error.hint)] if language in spoken else []
    return [_offer(full, voice) for full, voice in loaded.items() if language in voice.capabilities.languages]


def _offer(name: str, voice: Voice) -> VoiceOffer:
    able = voice.capabilities
    network = "network" in able.needs
    if able.key and setting(able.key) is None:
        return VoiceOffer(name, False, able.notice, f"Set {able.key}.", network)
    return VoiceOffer(name, True, able.notice, "", network)
