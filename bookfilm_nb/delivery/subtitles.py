"""Caption files: SRT and VTT, written through pysubs2."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Caption

__all__ = ["subtitle_text"]


def subtitle_text(captions: Sequence[Caption], kind: str) -> str:
    """The captions as the text of an ``srt`` or ``vtt`` file (UTF-8 when written)."""
    import pysubs2

    subtitles = pysubs2.SSAFile()
    for caption in captions:
        event = pysubs2.SSAEvent(start=caption.start_ms, end=caption.end_ms)
        event.plaintext = "\n".join(caption.lines)
        subtitles.append(event)
    text: str = subtitles.to_string(kind)
    return text
