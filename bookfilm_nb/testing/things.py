"""What the fake server makes: pictures, speech and clips, real files, small, and the same for the same words."""

from __future__ import annotations

import hashlib
import io
import wave
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["instance", "mp3", "picture", "speech", "video", "wav"]

SPEECH_RATE = 24_000
CHARACTERS_A_SECOND = 15.0


@lru_cache(maxsize=64)
def picture(prompt: str, width: int, height: int, kind: str = "png") -> bytes:
    """A picture file: a gradient and a disc whose colours come from the prompt."""
    import numpy as np
    from PIL import Image, ImageDraw

    lot = hashlib.sha256(prompt.encode()).digest()
    top, bottom = np.array(list(lot[:3]), float), np.array(list(lot[3:6]), float)
    share = np.linspace(0, 1, height)[:, None, None]
    pixels = np.broadcast_to(top * (1 - share) + bottom * share, (height, width, 3)).astype(np.uint8)
    image = Image.fromarray(pixels)
    radius = height // 6
    x, y = width * (30 + lot[6] % 40) // 100, height * (30 + lot[7] % 40) // 100
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=tuple(lot[8:11]))
    file = io.BytesIO()
    image.save(file, "JPEG" if kind == "jpeg" else kind.upper())
    return file.getvalue()


def speech(text: str, *, speed: float = 1.0) -> NDArray[np.float32]:
    """A tone for each word and a silence for each space, float32 mono at 24 kHz, about 15 characters a second."""
    import numpy as np

    parts = [np.zeros(int(0.05 * SPEECH_RATE), np.float32)]
    for word in text.split() or ["."]:
        seconds = len(word) / CHARACTERS_A_SECOND / speed
        times = np.arange(int(seconds * SPEECH_RATE)) / SPEECH_RATE
        pitch = 110 + hashlib.sha256(word.encode()).digest()[0] / 2
        swell = np.sin(np.pi * np.arange(len(times)) / max(1, len(times))) ** 0.5
        voice = sum(np.sin(2 * np.pi * pitch * k * times) / k for k in (1, 2, 3, 5))
        parts += [(0.2 * swell * voice).astype(np.float32), np.zeros(int(SPEECH_RATE * 0.06 / speed), np.float32)]
    return np.concatenate(parts)


def wav(samples: NDArray[np.float32]) -> bytes:
    """The samples as a 16-bit mono WAV file at 24 kHz."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SPEECH_RATE)
        sound.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


def mp3(samples: NDArray[np.float32]) -> bytes:
    """The samples as MP3 without a Xing header, as Google's speech has it: players have to guess its length."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream: Any = container.add_stream("mp3", rate=SPEECH_RATE, layout="mono")
        stream.bit_rate = 64_000
        frame: Any = av.AudioFrame.from_ndarray((samples * 32767).astype("<i2")[None, :], format="s16", layout="mono")
        frame.sample_rate = SPEECH_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


@lru_cache(maxsize=8)
def video(prompt: str, width: int, height: int, seconds: float, *, fps: int = 16, sound: bool = True) -> bytes:
    """An MP4 of a disc that crosses the picture made of the prompt, with a tone."""
    import av
    import numpy as np
    from PIL import Image, ImageDraw

    ground = Image.open(io.BytesIO(picture(prompt, width, height)))
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream: Any = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "crf": "28"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        tone: Any = container.add_stream("aac", rate=SPEECH_RATE, layout="mono") if sound else None
        frames = round(seconds * fps)
        for number in range(frames):
            image = ground.copy()
            x = width * number // max(1, frames)
            ImageDraw.Draw(image).ellipse((x - 12, height // 2 - 12, x + 12, height // 2 + 12), fill=(255, 255, 255))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(image), format="rgb24")))
        container.mux(stream.encode(None))
        if tone is not None:
            times = np.arange(round(seconds * SPEECH_RATE)) / SPEECH_RATE
            heard: Any = av.AudioFrame.from_ndarray(
                (0.1 * np.sin(2 * np.pi * 330 * times)).astype(np.float32)[None, :], format="fltp", layout="mono"
            )
            heard.sample_rate = SPEECH_RATE
            container.mux(tone.encode(heard))
            container.mux(tone.encode(None))
    return file.getvalue()


def instance(schema: dict[str, Any], root: dict[str, Any] | None = None) -> object:
    """The smallest value that fits a JSON schema: what the fake answers when nobody tells it what to say."""
    root = root or schema
    if "$ref" in schema:
        target: Any = root
        for name in schema["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        return instance(target, root)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return instance(schema[several][0], root)
    if "const" in schema or "enum" in schema:
        return schema.get("const", next(iter(schema.get("enum", [None]))))
    if schema.get("type") == "object":
        return {name: instance(part, root) for name, part in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [instance(schema["items"], root) for _ in range(schema.get("minItems", 1))]
    return _plain(schema)


def _plain(schema: dict[str, Any]) -> object:
    plain: dict[str, object] = {
        "integer": int(schema.get("minimum", 0)),
        "number": float(schema.get("minimum", 0)),
        "boolean": False,
        "null": None,
        "string": "words".ljust(int(schema.get("minLength", 0)), "."),
    }
    return plain[schema.get("type", "string")]
