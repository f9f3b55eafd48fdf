"""When the own sound of moving pictures is heard: with its picture, from its first frame to its last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from bookfilm_nb.model import ClipSound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.model import Timeline

__all__ = ["Heard", "clip_sounds"]

FADE_S = 0.02
"""A sound that begins or ends with a hard cut clicks."""


class Heard(NamedTuple):
    """A clip's own sound as it was kept: a 16-bit stereo WAV."""

    blob: str
    sample_rate: int
    samples: int


def clip_sounds(
    timeline: Timeline, sounds: Mapping[str, Heard], mode: Literal["mute", "keep", "duck"]
) -> tuple[ClipSound, ...]:
    """The sounds of the shots that have one, placed: ``timeline.model_copy(update={"clip_sounds": ...})``.

    ``sounds`` is by shot; shots without one are silent. With "mute" there are none. Over a dissolve the sounds cross as
    the pictures do.
    """
    if mode == "mute":
        return ()
    rate, fps = timeline.sample_rate, timeline.fps
    following = [*timeline.shots[1:], None]
    placed = []
    for shot, after in zip(timeline.shots, following, strict=True):
        heard = sounds.get(shot.shot)
        if heard is None:
            continue
        over = after.dissolve if after and after.transition == "dissolve" else 0
        start = shot.start * rate // fps
        length = (shot.start + shot.length + over) * rate // fps - start
        least = round(FADE_S * rate)
        placed.append(
            ClipSound(
                shot=shot.shot,
                blob=heard.blob,
                sample_rate=heard.sample_rate,
                samples=heard.samples,
                start=start,
                length=min(length, timeline.samples - start),
                fade_in=max(least, shot.dissolve * rate // fps),
                fade_out=max(least, max(over, shot.fade_out) * rate // fps),
                duck=mode == "duck",
            )
        )
    return tuple(placed)
