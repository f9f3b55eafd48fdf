"""Clips of a video model in the place of drawn shots: which shots, how long, and what is kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import ClipTake, Shot, Value, blob_digest
from bookfilm_nb.providers import ClipOrder, load_video_model

from .buying import Bought, Purchase
from .hired import estimated, hire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.cutting import Heard
    from bookfilm_nb.model import PictureTake, Storyboard, Timeline
    from bookfilm_nb.providers import VideoModel

    from .studio import Studio

__all__ = ["FittedClip", "RawClip", "Shown", "chosen_shots", "clip_key", "clip_length_s", "clip_size", "clips", "shown"]

FITTING_REVISION = 1
"""Changes whenever the same clip would be fitted otherwise."""


class RawClip(Value):
    """A clip as the model made it: the paid thing, kept as it came."""

    shot: str
    blob: str


class FittedClip(Value):
    """A clip made to fit the film, and its own sound where it has one."""

    take: ClipTake
    sound: str = ""
    """Blob of a 16-bit stereo WAV; empty where there is none."""
    sound_samples: int = 0
    said: str = ""
    """What was done to its length, in words."""


class Shown(NamedTuple):
    """The clips of a film, by shot, and what is heard in them."""

    takes: Mapping[str, ClipTake]
    sounds: Mapping[str, Heard]


class _Asked(NamedTuple):
    """What is asked of a video model for one shot, and the key of what it makes."""

    key: str
    order: ClipOrder


def chosen_shots(board: Storyboard, wish: str) -> tuple[Shot, ...]:
    """The shots that a video model makes: "all", or ids with commas between them.

    Raises ChoiceError for an id that the storyboard does not have, and where none is named.
    """
    if wish.strip().casefold() == "all":
        return board.shots
    ids = [part.strip() for part in wish.split(",") if part.strip()]
    known = {shot.id: shot for shot in board.shots}
    missing = [identity for identity in ids if identity not in known]
    if missing or not ids:
        problem = f"The storyboard has no shot {missing[0]}." if missing else "No shot is named for the video model."
        raise ChoiceError(
            problem,
            hint="Name shots of storyboard.csv with --video-shots, such as s01h01,s03h02, or all.",
            choices=list(known),
        )
    return tuple(known[identity] for identity in dict.fromkeys(ids))


def clip_size(engine: VideoModel, frame: tuple[int, int]) -> tuple[int, int]:
    """The size to ask for: of the engine's sizes the one whose shape, then whose area, is nearest to the frame's."""
    sizes = [tuple(map(int, size.split("x"))) for size in engine.capabilities.sizes]
    if not sizes:
        return frame
    width, height = frame

    def far(size: tuple[int, ...]) -> tuple[float, float]:
        return abs(size[0] / size[1] - width / height), abs(size[0] * size[1] - width * height)

    best = min(sizes, key=far)
    return best[0], best[1]


def clip_length_s(engine: VideoModel, needed_s: float) -> float:
    """The shortest length that the engine makes and that is enough, else its longest."""
    lengths = sorted(engine.capabilities.lengths_s)
    if not lengths:
        return needed_s
    return next((length for length in lengths if length >= needed_s - 1e-6), lengths[-1])


def shown(studio: Studio) -> Shown:
    """The film's clips where a video model is chosen, else none; see :func:`clips`."""
    if not studio.choices.video:
        return Shown({}, {})
    engine = load_video_model(studio.choices.video, ended=True)
    # A wrong id is said before anything is paid for a film that cannot be
    chosen_shots(studio.storyboard, studio.choices.video_shots)
    cut = studio.laid_out({})
    return clips(studio, engine, studio.pictures, cut)


def clips(studio: Studio, engine: VideoModel, drawn: Mapping[str, PictureTake], cut: Timeline) -> Shown:
    """Takes of the chosen shots, conformed to the film; what the model made is kept as it came.

    ``drawn`` are the shots' pictures, which become first frames; ``cut`` is the timeline with them, which says how long
    each shot is seen, with the dissolve after it.
    """
    from bookfilm_nb.cutting import Heard
    from bookfilm_nb.render.conform import SOUND_RATE

    needed = _needed_s(cut)
    shots = chosen_shots(studio.storyboard, studio.choices.video_shots)
    keys: dict[str, str] = {}
    wanted: dict[str, Purchase[RawClip]] = {}
    for shot in shots:
        asked = _asked(studio, engine, shot, drawn[shot.id], needed[shot.id])
        key = keys[shot.id] = asked.key
        if key not in wanted and studio.production.store.find(key) is None:
            wanted[key] = _purchase(studio, engine, asked)
    hire(studio, engine, list(wanted.values()), list(keys.values()), lambda: load_video_model(studio.choices.video))
    takes: dict[str, ClipTake] = {}
    sounds: dict[str, Heard] = {}
    for shot in shots:
        fitted = _fitted(studio, shot.id, studio.production.kept(keys[shot.id], RawClip).blob, needed[shot.id])
        takes[shot.id] = fitted.take.model_copy(update={"shot": shot.id})
        if fitted.sound:
            sounds[shot.id] = Heard(fitted.sound, SOUND_RATE, fitted.sound_samples)
        if fitted.said:
            studio.notice(f"The clip of shot {shot.id} did not fit: {fitted.said}.")
    return Shown(takes, sounds)


def clip_key(studio: Studio, engine: VideoModel, shot: Shot, drawn: Mapping[str, PictureTake], cut: Timeline) -> str:
    """The key of the shot's clip as the model makes it; ``drawn`` and ``cut`` are those of :func:`clips`."""
    return _asked(studio, engine, shot, drawn[shot.id], _needed_s(cut)[shot.id]).key


def _asked(studio: Studio, engine: VideoModel, shot: Shot, drawn: PictureTake, needed_s: float) -> _Asked:
    from bookfilm_nb.render.still import still_png

    size = clip_size(engine, studio.choices.frame)
    still = still_png(drawn, studio.production.store.blobs, width=size[0], height=size[1])
    seconds = clip_length_s(engine, needed_s)
    inputs = {
        **shot.model_dump(include={"prompt", "size", "angle", "move", "seed"}),
        "width": size[0],
        "height": size[1],
        "seconds": round(seconds, 2),
        "engine": studio.choices.video,
        "revision": engine.capabilities.revision,
        "first_frame": blob_digest(still),
    }
    return _Asked(studio.production.key("clip", inputs), ClipOrder(shot, seconds, *size, still))


def _fitted(studio: Studio, name: str, raw: str, seconds: float) -> FittedClip:
    """The clip conformed to the film, from the store where it is there."""
    from bookfilm_nb.render.conform import conform, own_sound

    width, height = studio.choices.frame
    fps = studio.choices.fps
    inputs = {
        "raw": raw,
        "seconds": round(seconds, 3),
        "width": width,
        "height": height,
        "fps": fps,
        "revision": FITTING_REVISION,
    }

    def made() -> tuple[FittedClip, Mapping[str, bytes]]:
        data = studio.production.store.read(raw)
        fitted = conform(data, seconds=seconds, width=width, height=height, fps=fps)
        sound = own_sound(data, seconds=seconds, slowed=fitted.slowed)
        take = ClipTake(shot=name, blob=blob_digest(fitted.data), frames=fitted.frames)
        blobs = {take.blob: fitted.data}
        # Models make whole seconds, so an end that is left out is no news
        said = fitted.said if fitted.held or fitted.slowed > 1.001 else ""
        if sound is None:
            return FittedClip(take=take, said=said), blobs
        heard = blob_digest(sound.wav)
        fit = FittedClip(take=take, sound=heard, sound_samples=sound.samples, said=said)
        return fit, {**blobs, heard: sound.wav}

    return studio.production.make("conform", name, FittedClip, inputs, made)


def _needed_s(cut: Timeline) -> dict[str, float]:
    """How long each shot is seen: its own frames, and those of the dissolve into the next."""
    after = [*cut.shots[1:], None]
    return {
        clip.shot: (clip.length + (following.dissolve if following else 0)) / cut.fps
        for clip, following in zip(cut.shots, after, strict=True)
    }


def _purchase(studio: Studio, engine: VideoModel, wanted: _Asked) -> Purchase[RawClip]:
    shot = wanted.order.shot

    def order(attempt: int) -> str:
        return engine.submit(wanted.order._replace(attempt=attempt))

    def work(job: str) -> Bought[RawClip]:
        clip = engine.collect(job, told=lambda _: studio.job.check())
        raw = RawClip(shot=shot.id, blob=blob_digest(clip.data))
        return Bought(raw, {raw.blob: clip.data}, clip.receipt)

    return Purchase(
        "clip",
        shot.id,
        wanted.key,
        studio.choices.video,
        engine.capabilities.model,
        estimated(engine, order=wanted.order),
        work,
        order,
        RawClip,
    )
