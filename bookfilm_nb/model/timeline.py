"""The timeline: when everything happens, in whole frames and whole samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Document, Value
from .take import ClipTake, MusicTake, PictureTake, VoiceTake
from .vocabulary import CameraMove, Transition

if TYPE_CHECKING:
    from pathlib import Path

    from moviepy import VideoClip

__all__ = ["Act", "Caption", "ChapterMark", "ClipSound", "MusicClip", "ShotClip", "Timeline", "VoiceClip"]


class Act(Value):
    """A figure shows its talking or blinking picture from frame ``start`` to ``end`` of the shot."""

    character: str
    kind: str
    """"talk" or "blink"."""
    start: int
    end: int


class ShotClip(Value):
    """A shot on the picture track: frames ``start`` to ``start + length`` of the film.

    A dissolve of ``dissolve`` frames lies in the head of this clip; over it the earlier shot goes on with its
    own camera for as many frames beyond its end. A fade is a dissolve from black.
    """

    shot: str
    take: PictureTake | ClipTake
    start: int
    length: int
    move: CameraMove
    transition: Transition = "cut"
    dissolve: int = 0
    fade_out: int = 0
    """Frames at the end over which the picture goes to black."""
    acts: tuple[Act, ...] = ()
    seed: int = 0


class VoiceClip(Value):
    """A voice take on the sound track, at an absolute sample of the film."""

    element: str
    character: str | None
    take: VoiceTake
    start: int
    """Sample at the timeline's rate."""
    pan: float = 0.0
    """-1 left to 1 right."""


class MusicClip(Value):
    """A music bed on the sound track, at an absolute sample of the film."""

    take: MusicTake
    start: int
    fade_in: int = 0
    fade_out: int = 0
    gain_db: float = 0.0


class ClipSound(Value):
    """The own sound of a moving picture, at an absolute sample of the film. The blob is a 16-bit stereo WAV."""

    shot: str
    blob: str
    sample_rate: int
    samples: int
    """Of the blob."""
    start: int
    """Sample at the timeline's rate."""
    length: int
    """Samples at the timeline's rate that are heard at most."""
    fade_in: int = 0
    fade_out: int = 0
    gain_db: float = 0.0
    duck: bool = False
    """Whether it steps back while somebody speaks."""


class Caption(Value):
    """A caption: one or two lines, milliseconds from the film's start."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    element: str
    speaker: str = ""


class ChapterMark(Value):
    """A chapter of the film."""

    title: str
    start: int
    """Frame."""


class Timeline(Document):
    """The whole film, ready to be rendered."""

    title: str
    language: str
    fps: int = 24
    width: int = 1280
    height: int = 720
    sample_rate: int = 48_000
    length: int
    """Frames."""
    shots: tuple[ShotClip, ...]
    voices: tuple[VoiceClip, ...]
    music: tuple[MusicClip, ...]
    captions: tuple[Caption, ...]
    chapters: tuple[ChapterMark, ...]
    clip_sounds: tuple[ClipSound, ...] = ()

    @property
    def samples(self) -> int:
        """Length in samples: exactly as long as the picture."""
        return self.length * self.sample_rate // self.fps

    def to_moviepy(self, blobs: Path, audio: Path | None = None) -> VideoClip:
        """The same film as a moviepy clip, frame for frame; ``blobs`` is the production's folder of blobs.

        The exporter is found by its entry point (group "bookfilm.exporters", name "moviepy"). Raises
        MissingPartError where it, or moviepy, is not installed.
        """
        from importlib.metadata import entry_points

        from bookfilm_nb.errors import MissingPartError

        for exporter in entry_points(group="bookfilm.exporters", name="moviepy"):
            return exporter.load()(self, blobs, audio)
        raise MissingPartError(
            "No exporter to moviepy is registered.", hint="Install the package: pip install bookfilm-nb"
        )
