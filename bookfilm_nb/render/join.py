"""Segments joined into one picture file, packet by packet, without re-encoding."""

from __future__ import annotations

import contextlib
import os
from fractions import Fraction
from typing import TYPE_CHECKING

from bookfilm_nb.errors import OutputError, RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from av.container import OutputContainer

__all__ = ["join"]

REORDER = 2
"""Frames that decoding runs ahead of showing: the depth of x264's B-frame pyramid, whatever a segment's length."""


def join(segments: Sequence[Path], out: Path, *, fps: int = 24) -> int:
    """Join segment files into ``out`` (MP4, index at the front); give the number of frames.

    Every frame lies exactly on the 1/fps grid. The file is written beside ``out`` and moved into place.
    Raises RenderError where segments do not belong together, OutputError where ``out`` cannot be written.
    """
    import av

    if not segments:
        raise RenderError("There is nothing to join.", hint="Render at least one shot.")
    part = out.with_name(f".{out.name}.part")
    try:
        with av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as container:
            frames = _copy(segments, container, fps)
        os.replace(part, out)  # noqa: PTH105
    except OSError as refused:
        # PyAV's file errors are OSErrors as well; a missing segment names itself, all else is the output.
        if refused.filename and str(refused.filename) != str(part) and not isinstance(refused, PermissionError):
            raise RenderError(f"A segment is missing: {refused.filename}.", hint="Render it again.") from refused
        raise OutputError(f"{out} cannot be written: {refused.strerror}.", hint="Choose another folder.") from refused
    except av.FFmpegError as broken:
        raise RenderError(f"Segments could not be joined: {broken}.", hint="Render them again.") from broken
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return frames


def _copy(segments: Sequence[Path], container: OutputContainer, fps: int) -> int:
    import av

    grid = Fraction(1, fps)
    target = None
    start = 0
    for path in segments:
        with av.open(str(path)) as source:
            stream = source.streams.video[0]
            headers = stream.codec_context.extradata
            if target is None:
                target = container.add_stream_from_template(stream)
                target.time_base = grid
                first = headers
            elif headers != first:
                raise RenderError(
                    f"Segment {path.name[:12]} was encoded with other settings than the first.",
                    hint="Render the film again.",
                )
            count = 0
            for packet in source.demux(stream):
                if packet.pts is None or stream.time_base is None:
                    continue
                shown = packet.pts * stream.time_base / grid
                if shown.denominator != 1 or shown < count - REORDER:
                    raise RenderError(
                        f"Segment {path.name[:12]} has a frame off the 1/{fps} grid.", hint="Render it again."
                    )
                packet.stream = target
                packet.time_base = grid
                packet.pts, packet.dts, packet.duration = start + int(shown), start + count - REORDER, 1
                container.mux(packet)
                count += 1
            start += count
    return start
