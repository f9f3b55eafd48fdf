"""Sound files that a service sent to samples: opened as hostile input, held against the text that they should say."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from bookfilm_nb.providers.faults import ShortReplyError

if TYPE_CHECKING:
    from bookfilm_nb.providers.protocols import Samples

__all__ = ["decoded"]

LONGEST_S = 900.0
QUICKEST_CPS = 45.0
"""Nobody says more characters a second, three times the pace of a reader aloud: such a sound has lost its end."""
_FREE_CHARACTERS = 12
_SILENT = 1e-4
_STREAMED = (b"\xff\xff\xff\xff", b"\0\0\0\0")
"""What stands for the length in a WAV that was sent before its length was known."""


def decoded(data: bytes, kind: Literal["wav", "mp3"], text: str) -> tuple[Samples, int]:
    """Samples (float32 mono, shape (n,), [-1, 1]) and rate of a sound file that says the text.

    An MP3 begins and ends with the padding of its encoder, about 46 ms; it is silence, and goes where silence at the
    ends of a phrase goes (:func:`.finish.trimmed`). Raises ShortReplyError for a file that cannot be opened, is silent,
    or is too short for the text or longer than a quarter of an hour.
    """
    import av

    if not data:
        raise ShortReplyError("the sound is empty")
    if data[:4] == b"RIFF" and data[4:8] not in _STREAMED and int.from_bytes(data[4:8], "little") > len(data):
        raise ShortReplyError("the sound has lost its end")
    blocks: list[np.ndarray] = []
    rate = count = 0
    try:
        with av.open(io.BytesIO(data), format=kind) as opened:
            container: Any = opened
            stream = container.streams.audio[0]
            rate = int(stream.rate)
            to_mono = av.AudioResampler(format="flt", layout="mono", rate=rate)
            for frame in container.decode(stream):
                for mono in to_mono.resample(frame):
                    blocks.append(mono.to_ndarray()[0])
                    count += mono.samples
                if count > LONGEST_S * rate:
                    raise ShortReplyError(f"the sound is longer than {LONGEST_S:.0f} s")
    except (av.FFmpegError, IndexError, ValueError, EOFError) as fault:
        raise ShortReplyError(f"the sound cannot be opened: {type(fault).__name__}") from fault
    samples = np.concatenate(blocks).astype(np.float32) if blocks else np.zeros(0, np.float32)
    if not np.isfinite(samples).all() or np.abs(samples).max(initial=0.0) < _SILENT:
        raise ShortReplyError("the sound is silent")
    said = sum(c.isalnum() for c in text) - _FREE_CHARACTERS
    if said > len(samples) / rate * QUICKEST_CPS:
        raise ShortReplyError(f"{len(samples) / rate:.1f} s are too short for {len(text)} characters")
    return np.clip(samples, -1.0, 1.0), rate
