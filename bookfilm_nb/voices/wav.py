"""Samples to WAV bytes and back: 16-bit mono, the same bytes for the same samples."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import ProviderError

if TYPE_CHECKING:
    from bookfilm_nb.providers.protocols import Samples

__all__ = ["read_wav", "wav_bytes"]

FULL_SCALE = 32767


def wav_bytes(samples: Samples, rate: int) -> bytes:
    """A 16-bit mono WAV of float32 samples of shape (n,) in [-1, 1]; what lies beyond is clipped."""
    whole = np.rint(np.clip(samples, -1.0, 1.0) * FULL_SCALE).astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(whole.tobytes())
    return buffer.getvalue()


def read_wav(data: bytes) -> tuple[Samples, int]:
    """Samples (float32, shape (n,), [-1, 1]) and rate of a 16-bit mono WAV; raises ProviderError on anything else."""
    try:
        with wave.open(io.BytesIO(data)) as source:
            if source.getnchannels() != 1 or source.getsampwidth() != 2:
                raise ProviderError(
                    "The sound is not 16-bit mono.",
                    hint="Convert it to a 16-bit mono WAV.",
                    channels=source.getnchannels(),
                    bytes_a_sample=source.getsampwidth(),
                )
            raw, rate = source.readframes(source.getnframes()), source.getframerate()
    except (wave.Error, EOFError) as error:
        raise ProviderError(
            f"The sound is not a WAV file: {error or 'it is cut short'}.", hint="Make the take again."
        ) from error
    return (np.frombuffer(raw, "<i2") / np.float32(FULL_SCALE)).clip(-1, 1).astype(np.float32), rate
