"""What is on offer: every engine, whether it works here and now, what it costs, and when it ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from bookfilm_nb.errors import BookfilmError, ProviderError, RetiredError
from bookfilm_nb.model import Value
from bookfilm_nb.settings import setting

from . import registry
from .catalogue import ModelFacts, catalogue, instead_of, this_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .protocols import Capabilities

__all__ = ["DOORS", "Difference", "Offer", "differences", "offers"]

Door = Literal["text", "voice", "images", "video", "music"]

_LOADERS: dict[Door, tuple[Callable[[], tuple[str, ...]], Callable[..., Any]]] = {
    "text": (registry.texts, registry.load_text_model),
    "voice": (registry.voices, registry.load_voice),
    "images": (registry.images, registry.load_image_model),
    "video": (registry.videos, registry.load_video_model),
    "music": (registry.composers, registry.load_composer),
}
DOORS: tuple[Door, ...] = ("text", "voice", "images", "video", "music")


class Offer(Value):
    """One engine with one model, as a person who chooses wants to know it."""

    door: Door
    name: str
    """What to choose: ``openai:gpt-image-2.6-flare``."""
    state: Literal["works now", "needs something", "has ended"]
    needs: str
    """What is missing, as one sentence with a command; empty where it works now."""
    price: str
    licence: str
    ends: date | None
    languages: tuple[str, ...]
    notice: str


class Difference(Value):
    """A day on which the catalogue and the server do not agree."""

    model: str
    catalogue: date | None
    server: date | None


def offers(*, doors: Sequence[Door] = DOORS, today: date | None = None) -> tuple[Offer, ...]:
    """Every engine that an installed package offers, and each of its models in the catalogue; calls nothing.

    ``today`` is the day by which a model has ended or not.
    """
    now = today or this_day()
    found: list[Offer] = []
    for door in doors:
        names, load = _LOADERS[door]
        for name in names():
            try:
                engine = load(name)
            except RetiredError as error:
                # The model that it takes by itself has ended; the others may live
                engine = load(name, ended=True)
                if not _models(door, engine.capabilities):
                    found.append(_missing(door, name, error))
                    continue
            except BookfilmError as error:
                found.append(_missing(door, name, error))
                continue
            able: Capabilities = engine.capabilities
            models = _models(door, able)
            own = "as its estimate says" if hasattr(engine, "estimate") and not models else ""
            found += [_offer(door, name, able, model, now) for model in models] or [
                _offer(door, name, able, None, now, price=own)
            ]
    return tuple(found)


def _models(door: Door, able: Capabilities) -> list[ModelFacts]:
    provider, slash, _ = able.model.partition("/")
    return [m for m in catalogue().values() if slash and m.door == door and m.id.startswith(f"{provider}/")]


def _missing(door: Door, name: str, error: BookfilmError) -> Offer:
    return Offer(
        door=door,
        name=name,
        state="needs something",
        needs=f"{error.problem} {error.hint}".strip(),
        price="",
        licence="",
        ends=None,
        languages=(),
        notice="",
    )


def _offer(door: Door, name: str, able: Capabilities, model: ModelFacts | None, now: date, *, price: str = "") -> Offer:
    needs = _needs(able)
    ended = model is not None and model.ends is not None and now >= model.ends
    return Offer(
        door=door,
        name=name if model is None else f"{name}:{model.id.partition('/')[2]}",
        state="has ended" if ended else "needs something" if needs else "works now",
        needs=instead_of(model) if ended and model else needs,
        price=price or _price(able, model),
        licence=model.licence if model else able.licence,
        ends=model.ends if model else None,
        languages=able.languages,
        notice=able.notice,
    )


def _needs(able: Capabilities) -> str:
    """What is missing; a network is not: nobody knows it before the call."""
    if able.key and setting(able.key) is None:
        return f"Set {able.key}."
    return ""


def _price(able: Capabilities, model: ModelFacts | None) -> str:
    if model is None:
        return "not known" if "key" in able.needs else "nothing"
    return priced(model.usd)


def priced(usd: Mapping[str, float]) -> str:
    """Prices as a person reads them: a million tokens or characters, one second, one picture."""
    if not usd:
        return "not known"
    if not any(usd.values()):
        return "nothing"
    told = []
    for unit, price in usd.items():
        many = unit.endswith(("tokens", "characters"))
        what = f"a million {unit.replace('_', ' ')}" if many else f"a {unit.removesuffix('s')}"
        told.append(f"{price * 1e6 if many else price:g} USD {what}")
    return ", ".join(told)


def differences(url: str | None = None) -> tuple[Difference, ...]:
    """Where the catalogue's days and those of ``GET /v1/models`` do not agree, for models that both know.

    Raises MissingPartError without a key, ProviderError where the server does not answer.
    """
    from .openai_client import call, client

    api = client(url)
    listed = call(lambda headers: list(api.models.list(extra_headers=headers)), engine="openai", request="models")
    if not listed:
        raise ProviderError("The server lists no models.", hint="Check OPENAI_BASE_URL.")
    found = []
    for model in listed:
        known = catalogue().get(f"openai/{model.id}")
        told = getattr(model, "shutdown_date", None)
        day = date.fromisoformat(told[:10]) if told else None
        if known is not None and known.ends != day:
            found.append(Difference(model=model.id, catalogue=known.ends, server=day))
    return tuple(found)
