"""Stages done by engines on a network: what is asked of them, what it may cost, and how the cast stays the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import FREE, Estimate, PictureTake, Shot, VoiceTake, blob_digest
from bookfilm_nb.production import Till

from .buying import Bought, Purchase, buy
from .workers import Line, speak

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.providers import PaidImageModel, TextModel, Voice

    from .studio import Studio

__all__ = ["estimated", "hire", "picked", "pictures", "references", "tape_of", "voices"]

_FIGURE = re.compile(r"\[([^:\[\]]+):\s*([^;\[\]]+);")
_SEEN_OFTEN = 2
"""Whoever is in so many shots is drawn once alone, so that they look the same in all of them."""


def estimated(engine: Any, **asked: Any) -> Estimate:  # noqa: ANN401 - engines of any door
    """What a call will cost as the engine reckons it; one that does not reckon is free only where it needs no key."""
    if hasattr(engine, "estimate"):
        found: Estimate = engine.estimate(**asked)
        return found
    return Estimate(basis=f"{engine.name} tells no price") if "key" in engine.capabilities.needs else FREE


def tape_of(studio: Studio) -> Any:  # noqa: ANN401 - a Tape or None; imported only when there is one
    """The recorded run that this production writes or replays, if it does either. Raises ChoiceError, InputError."""
    choices = studio.choices
    if choices.record and choices.replay:
        raise ChoiceError("A run is recorded or replayed, not both.", hint="Take one of record and replay out.")
    if not choices.record and not choices.replay:
        return None
    from bookfilm_nb.production.tape import Tape

    if choices.replay:
        studio.notice(f"This is a replay of the recorded run {choices.replay}: nothing is called and nothing paid.")
    return Tape(Path(choices.record or choices.replay), replay=bool(choices.replay))


def hire(studio: Studio, engine: Any, purchases: Sequence[Purchase[Any]]) -> None:  # noqa: ANN401
    """Make the calls with an engine on a network, as many at a time as it takes; the results are kept by their keys."""
    studio.notice(engine.capabilities.notice)
    if purchases:
        # Nothing of ours is under way now: what still is reserved is of a process that was killed
        Till(studio.production.store).after_a_crash()
        parallel = engine.capabilities.parallel
        buy(studio.production, purchases, studio.job, parallel=parallel, tape=studio.tape)


def voices(studio: Studio, engine: Voice, lines: Sequence[Line]) -> None:
    """Have lines spoken that are not there yet; each is kept under its key."""

    def work(line: Line) -> Bought[VoiceTake]:
        made = speak(line)
        take = made.take
        assert isinstance(take, VoiceTake)  # noqa: S101 - what `speak` gives
        return Bought(take, made.blobs, made.receipt)

    hire(
        studio,
        engine,
        [
            Purchase(
                "voice",
                line.element,
                line.key,
                line.engine,
                engine.capabilities.model,
                estimated(engine, text=line.text, language=line.language, style=line.style),
                lambda _, line=line: work(line),  # type: ignore[misc]
            )
            for line in lines
        ],
    )


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


def pictures(studio: Studio, engine: PaidImageModel) -> dict[str, str]:
    """Have every shot drawn that is not there yet; the keys of the takes by shot."""
    cast = references(studio.storyboard.shots, studio.choices.seed) if engine.capabilities.references else {}
    people = {name: _png(studio, key) for name, key in _drawn(studio, engine, list(cast.values()), {}, cast).items()}
    return _drawn(studio, engine, studio.storyboard.shots, people, {})


def _drawn(
    studio: Studio,
    engine: PaidImageModel,
    shots: Sequence[Shot],
    people: Mapping[str, bytes],
    names: Mapping[str, Shot],
) -> dict[str, str]:
    width, height = studio.choices.frame
    keys: dict[str, str] = {}
    wanted: dict[str, Purchase[PictureTake]] = {}
    called = {shot.id: name for name, shot in names.items()}
    for shot in shots:
        shown = [people[name] for name, _ in _FIGURE.findall(shot.prompt) if name in people]
        shown = shown[: engine.capabilities.references]
        inputs = {
            **shot.model_dump(include={"prompt", "size", "angle", "move", "seed"}),
            "width": width,
            "height": height,
            "engine": studio.choices.images,
            "revision": engine.capabilities.revision,
            "references": [blob_digest(data) for data in shown],
        }
        key = keys[called.get(shot.id, shot.id)] = studio.production.key("shoot", inputs)
        if key in wanted or studio.production.store.find(key) is not None:
            continue

        def work(_: str, shot: Shot = shot, shown: list[bytes] = shown) -> Bought[PictureTake]:
            drawing = engine.draw(shot, width=width, height=height, **({"references": shown} if shown else {}))
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
        )
    hire(studio, engine, list(wanted.values()))
    return keys


def _png(studio: Studio, key: str) -> bytes:
    take = studio.production.kept(key, PictureTake)
    return studio.production.store.read(take.layers[0].blob)


def picked(studio: Studio, model: TextModel) -> Mapping[int, float]:
    """What the text model's choice adds to the sentences of the book, by their number."""
    from bookfilm_nb.screenwriting.with_model import Picks, parts, pick_prompt, worths

    book_parts = parts(studio.book, studio.reading)
    target_s, seed = studio.choices.minutes * 60, studio.choices.seed
    own = studio.production.folder / "prompts" / "pick_sentences.md"
    instructions = own.read_text("utf-8") if own.is_file() else None
    keys: list[str] = []
    wanted: list[Purchase[Picks]] = []
    for part in book_parts:
        prompt = pick_prompt(part, book_parts, studio.template, target_s=target_s, seed=seed, instructions=instructions)
        inputs = {
            "prompt": prompt.model_dump(),
            "engine": studio.choices.text,
            "model": model.capabilities.model,
            "revision": model.capabilities.revision,
        }
        keys.append(studio.production.key("adapt", inputs))
        if studio.production.store.find(keys[-1]) is not None:
            continue

        def work(_: str, prompt: Any = prompt) -> Bought[Picks]:  # noqa: ANN401
            written = model.write(prompt, Picks)
            raw = written.raw.encode("utf-8")
            return Bought(written.value, {blob_digest(raw): raw}, written.receipt)

        name = f"part {part.number} of {part.of}"
        estimate = estimated(model, prompt=prompt, shape=Picks)
        wanted.append(Purchase("adapt", name, keys[-1], studio.choices.text, model.capabilities.model, estimate, work))
    hire(studio, model, wanted)
    return worths(book_parts, [studio.production.kept(key, Picks) for key in keys])
