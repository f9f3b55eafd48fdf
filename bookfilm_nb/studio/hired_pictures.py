"""Pictures by an engine on a network, and how the cast stays the same in all of them.

Whoever is seen in two shots or more is drawn once alone, in front of nothing; that picture goes along with every shot
in which they are, so a shot's key holds the pictures of its people, and is known only once those are there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import PictureTake, Shot
from bookfilm_nb.providers import load_image_model

from .buying import Bought, Purchase
from .hired import estimated, hire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model import Estimate
    from bookfilm_nb.providers import PaidImageModel

    from .studio import Studio

__all__ = ["missing_prices", "picture_key", "pictures", "prices", "references"]

_FIGURE = re.compile(r"\[([^:\[\]]+):\s*([^;\[\]]+);")
_SEEN_OFTEN = 2
"""Whoever is in so many shots is drawn once alone, so that they look the same in all of them."""


class _Sitting(NamedTuple):
    """A shot to be drawn, the key of its take, and the blobs of the pictures of the people in it."""

    shot: Shot
    key: str
    shown: tuple[str, ...]


def references(shots: Sequence[Shot], seed: int) -> dict[str, Shot]:
    """A shot of each person alone, by name, for everybody who is in two shots or more; their looks are the prompts'."""
    looks: dict[str, str] = {}
    seen: dict[str, int] = {}
    for shot in shots:
        for name, words in _FIGURE.findall(shot.prompt):
            looks.setdefault(name.strip(), words.strip())
            seen[name.strip()] = seen.get(name.strip(), 0) + 1
    return {
        name: Shot(
            id=f"cast {name}",
            scene="cast",
            portions=(),
            size="full",
            move="static",
            prompt=f"Full shot, eye level. A plain pale background. [{name}: {words}; neutral; centre]",
            planned_s=1.0,
            seed=seed,
        )
        for name, words in looks.items()
        if seen[name] >= _SEEN_OFTEN
    }


def pictures(studio: Studio, engine: PaidImageModel, shots: Sequence[Shot] | None = None) -> dict[str, str]:
    """Have the shots drawn that are not there yet, or all of the storyboard; the keys of their takes by shot."""
    wanted = studio.storyboard.shots if shots is None else shots
    cast = _cast(studio, engine, wanted)
    alone = _drawn(studio, engine, [_sitting(studio, engine, shot, ()) for shot in cast.values()])
    people = {name: _portrait(studio, alone[shot.id]) for name, shot in cast.items()}
    return _drawn(studio, engine, [_sitting(studio, engine, shot, _shown(engine, shot, people)) for shot in wanted])


def picture_key(studio: Studio, engine: PaidImageModel, shot: Shot) -> str | None:
    """The key of the shot's take by this engine; None where somebody in it was not drawn yet. Calls nobody."""
    people: dict[str, str] = {}
    for name, alone in _cast(studio, engine, [shot]).items():
        key = _sitting(studio, engine, alone, ()).key
        if studio.production.store.find(key) is None:
            return None
        people[name] = _portrait(studio, key)
    return _sitting(studio, engine, shot, _shown(engine, shot, people)).key


def prices(
    engine: PaidImageModel, shots: Sequence[Shot], cast: Mapping[str, Shot], *, width: int, height: int
) -> list[Estimate]:
    """What each picture will cost: those of the cast first, then the shots with the people in them."""
    if not hasattr(engine, "estimate"):
        return [estimated(engine)] * (len(cast) + len(shots))
    calls = [engine.estimate(shot, width=width, height=height) for shot in cast.values()]
    for shot in shots:
        shown = min(sum(name in cast for name in _people(shot)), engine.capabilities.references)
        calls.append(engine.estimate(shot, width=width, height=height, **({"references": shown} if shown else {})))
    return calls


def missing_prices(studio: Studio, engine: PaidImageModel, shot: Shot) -> list[Estimate]:
    """What drawing one shot will cost as things stand: whoever in it was not drawn yet, and the shot itself."""
    find = studio.production.store.find
    key = picture_key(studio, engine, shot)
    if key is not None and find(key) is not None:
        return []
    cast = _cast(studio, engine, [shot])
    width, height = studio.choices.frame
    there = [find(_sitting(studio, engine, alone, ()).key) is not None for alone in cast.values()]
    calls = prices(engine, [shot], cast, width=width, height=height)
    return [call for call, done in zip(calls, [*there, False], strict=True) if not done]


def _people(shot: Shot) -> list[str]:
    return [name.strip() for name, _ in _FIGURE.findall(shot.prompt)]


def _cast(studio: Studio, engine: PaidImageModel, shots: Sequence[Shot]) -> dict[str, Shot]:
    """Whoever is in these shots and must be drawn alone first, as the whole storyboard describes them."""
    if not engine.capabilities.references:
        return {}
    everybody = references(studio.storyboard.shots, studio.choices.seed)
    here = {name for shot in shots for name in _people(shot)}
    return {name: shot for name, shot in everybody.items() if name in here}


def _shown(engine: PaidImageModel, shot: Shot, people: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(people[name] for name in _people(shot) if name in people)[: engine.capabilities.references]


def _sitting(studio: Studio, engine: PaidImageModel, shot: Shot, shown: tuple[str, ...]) -> _Sitting:
    width, height = studio.choices.frame
    inputs = {
        **shot.model_dump(include={"prompt", "size", "angle", "move", "seed"}),
        "width": width,
        "height": height,
        "engine": studio.choices.images,
        "revision": engine.capabilities.revision,
        "references": list(shown),
    }
    return _Sitting(shot, studio.production.key("shoot", inputs), shown)


def _drawn(studio: Studio, engine: PaidImageModel, sittings: Sequence[_Sitting]) -> dict[str, str]:
    width, height = studio.choices.frame
    wanted: dict[str, Purchase[PictureTake]] = {}
    for shot, key, shown in sittings:
        if key in wanted or studio.production.store.find(key) is not None:
            continue

        people = [studio.production.store.read(blob) for blob in shown]

        def work(_: str, shot: Shot = shot, people: list[bytes] = people) -> Bought[PictureTake]:
            drawing = engine.draw(shot, width=width, height=height, **({"references": people} if people else {}))
            return Bought(drawing.take, drawing.blobs, drawing.receipt)

        asked = {"references": len(shown)} if shown else {}
        wanted[key] = Purchase(
            "shoot",
            shot.id,
            key,
            studio.choices.images,
            engine.capabilities.model,
            estimated(engine, shot=shot, width=width, height=height, **asked),
            work,
            shape=PictureTake,
        )
    keys = {sitting.shot.id: sitting.key for sitting in sittings}
    hire(studio, engine, list(wanted.values()), list(keys.values()), lambda: load_image_model(studio.choices.images))
    return keys


def _portrait(studio: Studio, key: str) -> str:
    """The blob of a person's picture."""
    return studio.production.kept(key, PictureTake).layers[0].blob
