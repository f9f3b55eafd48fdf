"""The film file: picture, sound, captions, chapters and tags in one MP4, nothing encoded again."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import RenderError

if TYPE_CHECKING:
    from bookfilm_nb.model import Timeline

__all__ = ["DELIVERY_REVISION", "mux"]

DELIVERY_REVISION = 2
"""Changes whenever the same picture, sound and captions would give another file: part of every film's key."""

_ISO_639_2 = {"en": "eng", "ru": "rus"}


def _escaped(text: str) -> str:
    r"""A value of an FFMETADATA file: ``= ; # \`` and line ends need a backslash."""
    return "".join(f"\\{c}" if c in "=;#\\\n" else c for c in text.replace("\r", ""))


def _chapters(timeline: Timeline) -> str:
    marks = timeline.chapters
    ends = [m.start for m in marks[1:]] + [timeline.length]
    lines = [";FFMETADATA1"]
    for mark, end in zip(marks, ends, strict=True):
        lines += ["[CHAPTER]", f"TIMEBASE=1/{timeline.fps}", f"START={mark.start}", f"END={end}"]
        lines.append(f"title={_escaped(mark.title)}")
    return "\n".join(lines) + "\n"


def mux(timeline: Timeline, picture: Path, sound: Path, srt: str, out: Path) -> Path:
    """Write ``out`` (MP4, moov first): picture and sound copied, captions as mov_text, chapters.

    Raises RenderError with ffmpeg's last words where a stream cannot be copied.
    """
    import imageio_ffmpeg

    with tempfile.TemporaryDirectory(prefix="bookfilm-mux-", dir=out.parent) as name:
        folder = Path(name)
        (folder / "chapters.txt").write_text(_chapters(timeline), "utf-8")
        (folder / "captions.srt").write_text(srt, "utf-8")
        language = _ISO_639_2[timeline.language]
        inputs = [picture, sound, folder / "chapters.txt", *([folder / "captions.srt"] if srt.strip() else [])]
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-nostdin"]
        for path in inputs:
            command += ["-i", str(path)]
        command += ["-map", "0:v:0", "-map", "1:a:0", "-map_metadata", "2", "-map_chapters", "2"]
        if srt.strip():
            command += ["-map", "3:s:0", "-c:s", "mov_text", "-metadata:s:s:0", f"language={language}"]
        command += ["-c:v", "copy", "-c:a", "copy", "-metadata:s:a:0", f"language={language}"]
        # Chapters are kept in ticks of the movie's clock: ffmpeg's own choice (192 MHz) overflows after 22 seconds.
        command += ["-movie_timescale", str(timeline.fps * 1000), "-video_track_timescale", str(timeline.fps * 512)]
        command += ["-movflags", "+faststart"]
        command += ["-f", "mp4", str(folder / "film.mp4")]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
        if done.returncode != 0:
            raise RenderError(
                "The film file could not be put together.",
                hint="Run `bookfilm deliver` again; if it fails again, free some disk space.",
                said=done.stderr[-400:],
            )
        (folder / "film.mp4").replace(out)
    return out
