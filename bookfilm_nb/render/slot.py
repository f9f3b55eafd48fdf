"""A shot's slot on the picture track: its frames with its dissolve, its fades and its burned captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.model import ShotClip, Timeline, Value

from .frames import open_shot
from .yuv import Frame, blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from .burn import Patch
    from .frames import Shot

__all__ = ["BurnedCaption", "Painter", "Slot", "slot_of"]


class BurnedCaption(Value):
    """A caption drawn into the picture on frames ``start`` to ``end`` of the slot."""

    start: int
    end: int
    lines: tuple[str, ...]


class Slot(Value):
    """Everything that decides the pixels of one stretch of the film, and nothing else."""

    width: int
    height: int
    fps: int
    clip: ShotClip
    """Its place in the film is left out: it starts at 0."""
    before: ShotClip | None = None
    """The earlier shot, where it dissolves into this one."""
    captions: tuple[BurnedCaption, ...] = ()


def slot_of(timeline: Timeline, index: int, *, burn: bool = False) -> Slot:
    """The slot of shot ``index`` of the timeline; with ``burn``, captions are part of its pictures."""
    clip = timeline.shots[index]
    before = None
    if clip.dissolve and clip.transition != "fade" and index and not timeline.shots[index - 1].fade_out:
        earlier = timeline.shots[index - 1]
        acts = tuple(a for a in earlier.acts if a.end > earlier.length)
        before = earlier.model_copy(update={"start": 0, "dissolve": 0, "transition": "cut", "acts": acts})
    captions = []
    for caption in timeline.captions if burn else ():
        start = max(0, -(-caption.start_ms * timeline.fps // 1000) - clip.start)
        end = min(clip.length, -(-caption.end_ms * timeline.fps // 1000) - clip.start)
        if start < end:
            captions.append(BurnedCaption(start=start, end=end, lines=caption.lines))
    return Slot(
        width=timeline.width,
        height=timeline.height,
        fps=timeline.fps,
        clip=clip.model_copy(update={"start": 0}),
        before=before,
        captions=tuple(captions),
    )


class Painter:
    """Paints the frames of a slot. The picture that :meth:`paint` gives is reused by the next call."""

    def __init__(self, slot: Slot, read: Callable[[str], bytes]) -> None:
        self._slot = slot
        self._read = read
        self._own = self._open(slot.clip)
        self._earlier: Shot | None = None
        self._frame = blank(slot.width, slot.height)
        self._other: Frame | None = None
        self._patches: dict[tuple[str, ...], Patch] = {}

    def paint(self, k: int) -> Frame:
        """Frame ``k`` of the slot, 0 up to its length."""
        clip = self._slot.clip
        if not 0 <= k < clip.length:
            raise IndexError(k)
        self._own.draw(k, self._frame)
        if k < clip.dissolve:
            self._mix(self._under(k), (k + 1) / (clip.dissolve + 1))
        else:
            self._earlier = self._other = None
        left = clip.length - 1 - k
        if left < clip.fade_out:
            self._mix(blank(self._slot.width, self._slot.height), left / clip.fade_out)
        for caption in self._slot.captions:
            if caption.start <= k < caption.end:
                self._patch(caption.lines).lay(self._frame)
        return self._frame

    def _under(self, k: int) -> Frame:
        """What the shot dissolves from: the earlier shot going on, or black."""
        if self._other is None:
            self._other = blank(self._slot.width, self._slot.height)
        before = self._slot.before
        if before is not None:
            if self._earlier is None:
                self._earlier = self._open(before)
            self._earlier.draw(before.length + k, self._other)
        return self._other

    def _mix(self, other: Frame, share: float) -> None:
        import cv2

        cv2.addWeighted(self._frame.i420, share, other.i420, 1 - share, 0, dst=self._frame.i420)

    def _open(self, clip: ShotClip) -> Shot:
        return open_shot(clip, self._read, size=(self._slot.width, self._slot.height), fps=self._slot.fps)

    def _patch(self, lines: tuple[str, ...]) -> Patch:
        from .burn import caption_patch

        if lines not in self._patches:
            self._patches = {lines: caption_patch(lines, self._slot.width, self._slot.height)}
        return self._patches[lines]
