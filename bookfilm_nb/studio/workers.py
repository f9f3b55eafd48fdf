"""Work that is done in other processes: speaking lines, drawing shots, composing music."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import MusicCue, MusicTake, PictureTake, Receipt, Shot, VoiceTake, blob_digest
from bookfilm_nb.production import Job, cores, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bookfilm_nb.model.vocabulary import Language
    from bookfilm_nb.providers.protocols import Composer, ImageModel, Voice, VoiceStyle

__all__ = [
    "Finished",
    "Line",
    "Order",
    "Sketch",
    "compose",
    "composer",
    "draw",
    "image_model",
    "speak",
    "voice",
    "voice_for",
    "working",
]

T = TypeVar("T")
R = TypeVar("R")

INLINE = 3
"""This few pictures are drawn here: a worker process takes longer to start."""


class Line(NamedTuple):
    """A line to be spoken."""

    element: str
    key: str
    engine: str
    text: str
    language: Language
    style: VoiceStyle


class Sketch(NamedTuple):
    """A shot to be drawn."""

    key: str
    engine: str
    shot: Shot
    width: int
    height: int


class Order(NamedTuple):
    """A piece of music to be composed."""

    key: str
    engine: str
    cue: MusicCue


class Finished(NamedTuple):
    """A take, the bytes of its blobs, and the seconds it took."""

    take: VoiceTake | PictureTake | MusicTake
    blobs: dict[str, bytes]
    seconds: float
    receipt: Receipt | None = None


_ENGINES: dict[tuple[str, str], object] = {}


def _engine(kind: str, name: str, load: Callable[[str], Voice | ImageModel | Composer]) -> object:
    """An engine by name; one that computes here is kept, one on a network is asked anew where it calls."""
    if (kind, name) in _ENGINES:
        return _ENGINES[kind, name]
    engine = load(name)
    if not engine.capabilities.parallel:
        _ENGINES[kind, name] = engine
    return engine


def voice(name: str) -> Voice:
    """The voice engine with this name; one that has ended still tells what it has made."""
    from bookfilm_nb.providers import load_voice

    return cast("Voice", _engine("voice", name, partial(load_voice, ended=True)))


def voice_for(language: Language, name: str = "") -> Voice:
    """The voice with this name, or the best one installed for the language where it is empty.

    Raises ChoiceError where the voice does not speak the language, MissingPartError where it is not installed.
    """
    from bookfilm_nb.voices import best_voice

    if not name:
        best = best_voice(language)
        _ENGINES["voice", best.name] = best
        return best
    engine = voice(name)
    if engine.capabilities.languages and language not in engine.capabilities.languages:
        raise ChoiceError(
            f"The voice {name} does not speak {language!r}, the language of the book.",
            hint="Leave --voice out to get the best voice for it, or say --language if that is wrong.",
            voice=name,
            language=language,
        )
    return engine


def image_model(name: str) -> ImageModel:
    """The image model with this name; one that has ended still tells what it has made."""
    from bookfilm_nb.providers import load_image_model

    return cast("ImageModel", _engine("image", name, partial(load_image_model, ended=True)))


def composer(name: str) -> Composer:
    """The composer with this name."""
    from bookfilm_nb.providers import load_composer

    return cast("Composer", _engine("composer", name, load_composer))


def speak(line: Line) -> Finished:
    """Speak one line."""
    from bookfilm_nb.voices import speak_element, wav_bytes

    begun = time.perf_counter()
    speech = speak_element(voice(line.engine), line.text, language=line.language, style=line.style)
    data = wav_bytes(speech.samples, speech.sample_rate)
    take = VoiceTake(
        element=line.element,
        voice=line.engine,
        blob=blob_digest(data),
        sample_rate=speech.sample_rate,
        samples=len(speech.samples),
        words=speech.words,
        timing=speech.timing,
    )
    return Finished(take, {take.blob: data}, time.perf_counter() - begun, speech.receipt)


def draw(sketch: Sketch) -> Finished:
    """Draw one shot."""
    begun = time.perf_counter()
    drawing = image_model(sketch.engine).draw(sketch.shot, width=sketch.width, height=sketch.height)
    return Finished(drawing.take, dict(drawing.blobs), time.perf_counter() - begun)


def compose(order: Order) -> Finished:
    """Compose one piece of music."""
    from bookfilm_nb.composer import stereo_wav_bytes

    begun = time.perf_counter()
    music = composer(order.engine).compose(order.cue)
    data = stereo_wav_bytes(music.samples, music.sample_rate)
    take = MusicTake(
        cue=order.cue.id, blob=blob_digest(data), sample_rate=music.sample_rate, samples=len(music.samples)
    )
    return Finished(take, {take.blob: data}, time.perf_counter() - begun)


def working(
    stage: str, work: Callable[[T], R], items: Sequence[T], job: Job, *, one_apart: bool = False
) -> Iterator[tuple[T, R]]:
    """Do the work here, or in processes where there is much of it; tell the job how far it is.

    ``one_apart`` does it in one other process however little it is: engines with a large network or many
    samples give their memory back only when their process ends, and the film is rendered after them.
    """
    job.tell(stage, 0, len(items))
    here = not one_apart and (len(items) <= INLINE or cores() == 1)
    apart = spread(work, items, job=job, workers=1 if one_apart else None)
    results = ((item, work(item)) for item in items) if here else apart
    for done, pair in enumerate(results, 1):
        yield pair
        job.tell(stage, done, len(items))
