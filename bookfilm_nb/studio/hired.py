"""Stages done by engines on a network: what is asked of them, and what it may cost; for pictures see its neighbour."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import ChoiceError, ProviderError
from bookfilm_nb.model import FREE, Estimate, Receipt, VoiceTake, blob_digest
from bookfilm_nb.production import Till
from bookfilm_nb.providers import load_text_model, load_voice

from .buying import Bought, Purchase, buy
from .workers import Line, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Language
    from bookfilm_nb.production.tape import Tape
    from bookfilm_nb.providers import Prompt, TextModel, Voice, VoiceStyle
    from bookfilm_nb.screenwriting.with_model import Part, Reply

    from .studio import Studio

__all__ = [
    "asked_of_text",
    "estimated",
    "hire",
    "licence_of",
    "pick_keys",
    "picked",
    "said",
    "tape_of",
    "voices",
]


def estimated(engine: Any, **asked: Any) -> Estimate:  # noqa: ANN401 - engines of any door
    """What a call will cost as the engine reckons it; one that does not reckon is free only where it needs no key."""
    if hasattr(engine, "estimate"):
        found: Estimate = engine.estimate(**asked)
        return found
    return Estimate(basis=f"{engine.name} tells no price") if "key" in engine.capabilities.needs else FREE


def tape_of(studio: Studio) -> Tape | None:
    """The recorded run that this production writes or replays, if it does either. Raises ChoiceError, InputError."""
    choices = studio.choices
    if choices.record and choices.replay:
        raise ChoiceError("A run is recorded or replayed, not both.", hint="Take one of record and replay out.")
    if not choices.record and not choices.replay:
        return None
    from bookfilm_nb.production.tape import Tape

    if choices.replay:
        name = Path(choices.replay).name
        studio.notice(f"This is a replay of the recorded run {name}: nothing is called and nothing is paid.")
    return Tape(Path(choices.record or choices.replay), replay=bool(choices.replay))


def hire(
    studio: Studio,
    engine: Any,  # noqa: ANN401 - engines of any door
    purchases: Sequence[Purchase[Any]],
    keys: Sequence[str],
    load: Callable[[], object],
) -> None:
    """Make the calls with an engine on a network, as many at a time as it takes; the results are kept by their keys.

    ``keys`` are those of the whole stage: what an earlier run bought belongs on a recording as well. ``load`` gets the
    engine anew, and raises RetiredError for one that has ended: what it made is kept, but nothing more is bought.
    """
    studio.notice(engine.capabilities.notice)
    tape = studio.tape
    if purchases and not (tape and tape.replay):
        load()
    if purchases:
        # Nothing of ours is under way now: what still is reserved is of a process that was killed
        Till(studio.production.store).after_a_crash()
        buy(studio.production, purchases, studio.job, parallel=engine.capabilities.parallel, tape=tape)
        _remember(studio, engine, tape)
    if tape is not None and not tape.replay:
        able = engine.capabilities
        tape.add(_named(engine), "engine", engine.name, able.to_json(), {}, Receipt(model=able.model))
        _complete(studio, tape, keys)
        if tape.taken:
            studio.notice(f"{tape.taken} replies were taken from the recorded run {tape.path.name}, and not bought.")


def _named(engine: Any) -> str:  # noqa: ANN401 - engines of any door
    return f"{type(engine).__name__} {engine.capabilities.model.removeprefix('openai/')}"


def _remember(studio: Studio, engine: Any, tape: Tape | None) -> None:  # noqa: ANN401 - engines of any door
    """Keep what the engine that made these takes says of itself: it may be behind another address next time."""
    recorded = tape.find(_named(engine), name=engine.name) if tape and tape.replay and _named(engine) in tape else None
    studio.production.store.set_note(_named(engine), recorded.value if recorded else engine.capabilities.to_json())


def licence_of(studio: Studio, engine: Any) -> str:  # noqa: ANN401 - engines of any door
    """The licence of what the engine made, as it stood when it was made."""
    kept = studio.production.store.note(_named(engine))
    return str(json.loads(kept).get("licence", "")) if kept else str(engine.capabilities.licence)


def _complete(studio: Studio, tape: Tape, keys: Sequence[str]) -> None:
    """Record what was bought before the recording began, or by a process that was killed before it could."""
    store = studio.production.store
    missing = [key for key in keys if key not in tape]
    calls = {call.key: call for call in Till(store).calls() if call.state == "settled"} if missing else {}
    for key in missing:
        made, call = store.find(key), calls.get(key)
        if made is None:
            continue
        receipt = Receipt(model=call.model, usage=json.loads(call.usage), cost=call.cost) if call else Receipt(model="")
        tape.add(key, made.kind, made.name, made.value, {blob: store.read(blob) for blob in made.blobs}, receipt)


def said(engine: Voice, text: str, language: Language, style: VoiceStyle) -> Estimate:
    """What speaking a line will cost: it is spoken with its numbers as words, and those count."""
    from bookfilm_nb.voices.normalise import normalise

    return estimated(engine, text=normalise(text, language).text, language=language, style=style)


def voices(studio: Studio, engine: Voice, lines: Sequence[Line], keys: Sequence[str]) -> None:
    """Have lines spoken that are not there yet; each is kept under its key. ``keys`` are those of all lines."""

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
                said(engine, line.text, line.language, line.style),
                lambda _, line=line: work(line),  # type: ignore[misc]
                shape=VoiceTake,
            )
            for line in lines
        ],
        keys,
        lambda: load_voice(studio.voice_name),
    )


def asked_of_text(studio: Studio) -> tuple[tuple[Part, ...], list[Prompt]]:
    """The parts of the book, and what a text model is asked for each; ``prompts/`` of the folder may say it otherwise.

    Raises ChoiceError for a prompt of one's own that cannot be used.
    """
    from bookfilm_nb.screenwriting.with_model import parts, pick_prompt

    book_parts = parts(studio.book, studio.reading)
    target_s, seed = studio.choices.minutes * 60, studio.choices.seed
    own = studio.production.folder / "prompts" / "pick_sentences.md"
    try:
        instructions = own.read_text("utf-8-sig") if own.is_file() else None
    except UnicodeDecodeError:
        raise ChoiceError(f"{own} is not in UTF-8.", hint="Save it again as UTF-8, or delete it.") from None
    return book_parts, [
        pick_prompt(part, book_parts, studio.template, target_s=target_s, seed=seed, instructions=instructions)
        for part in book_parts
    ]


def pick_keys(studio: Studio, model: TextModel, prompts: Sequence[Prompt]) -> list[str]:
    """The keys under which a text model's choices from the parts of the book are kept."""
    asked = {
        "engine": studio.choices.text,
        # Without the provider: a run recorded with a server of one's own is replayed without it
        "model": model.capabilities.model.removeprefix("openai/"),
        "revision": model.capabilities.revision,
    }
    return [studio.production.key("adapt", {"prompt": prompt.model_dump(), **asked}) for prompt in prompts]


def picked(studio: Studio, model: TextModel) -> Mapping[int, float]:
    """What the text model's choice adds to the sentences of the book, by their number."""
    from bookfilm_nb.screenwriting.with_model import Picks, Reply, worths

    book_parts, prompts = asked_of_text(studio)
    keys = pick_keys(studio, model, prompts)
    wanted: list[Purchase[Reply]] = []
    for part, prompt, key in zip(book_parts, prompts, keys, strict=True):
        if studio.production.store.find(key) is not None:
            continue

        def work(_: str, part: Part = part, prompt: Prompt = prompt) -> Bought[Reply]:
            return _replied(model, part, prompt)

        name = f"part {part.number} of {part.of}"
        estimate = estimated(model, prompt=prompt, shape=Picks)
        wanted.append(
            Purchase("adapt", name, key, studio.choices.text, model.capabilities.model, estimate, work, shape=Reply)
        )
    hire(studio, model, wanted, keys, lambda: load_text_model(studio.choices.text))
    return worths(book_parts, [studio.production.kept(key, Reply) for key in keys])


def _replied(model: TextModel, part: Part, prompt: Prompt) -> Bought[Reply]:
    """The model's choice from one part. Raises ProviderError, with the reply, for one that chooses nothing."""
    from bookfilm_nb.screenwriting.with_model import Picks, Reply, worths

    written = model.write(prompt, Picks)
    try:
        worths([part], [written.value])
    except ProviderError as useless:
        # Kept, it would be the choice of every run to come
        useless.data |= {"billed": "yes", "raw": written.raw, "cost": written.receipt.cost}
        raise
    raw = written.raw.encode("utf-8")
    reply = Reply(picks=written.value.picks, blob=blob_digest(raw), repaired=written.repaired)
    return Bought(reply, {reply.blob: raw}, written.receipt)
