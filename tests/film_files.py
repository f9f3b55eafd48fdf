"""Small stories to make films of, and what a film file is opened with: ffmpeg and PyAV, not our own measures."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import av
import imageio_ffmpeg
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ENGLISH = """The Miller's <i>Clock</i>

by Ann Ray

It was a cold morning in autumn, and the fog lay on the river. Old Martha Finch stood in front of the mill with a \
lantern in her hand. Her grandson Peter, a boy of nine with red hair, sat on the wall.

"The clock has stopped," said Peter. "It has never stopped before."

Martha looked up at the tower. Somebody had painted <script>alert("boo")</script> on the door in white letters, and \
nobody in the village knew what it meant.

"Then we shall climb up and look," said Martha. "Bring the oil & the long key."

They went into the mill. It was dark in the hall, and the great wheels stood still. Peter held the lantern up, and a \
hundred cogs shone like gold.

"I am afraid, Grandmother," whispered Peter.

"So am I," answered Martha. "That is why we go together."

At the top of the tower they found a small grey owl. She had built her nest between the wheels, and there were three \
white eggs in it.

Peter laughed. "We cannot wind it now," he said.

"No," said Martha, and she put the key back into her pocket. "The village will have to be late until spring."

That evening the sun came out over the river. Nobody in the village knew what time it was, and nobody minded at all.
"""

RUSSIAN = """Часы на мельнице

Анна Рай

Глава первая. Утро

Было холодное осеннее утро, и над рекой стоял туман. Старая Марфа стояла у мельницы с фонарём в руке. Её внук Петя, \
рыжий мальчик девяти лет, сидел на заборе.

— Часы остановились, — сказал Петя. — Никогда ещё они не останавливались.

— Значит, полезем и посмотрим, — ответила Марфа. — Неси масло и длинный ключ.

Глава вторая. Вечер

Вечером в избе горела лампа. Марфа сидела за столом и молчала. Петя смотрел в окно на тёмный лес.

— Бабушка, а сова вернётся? — спросил Петя.

— Вернётся, — сказала Марфа и улыбнулась. — Весной всё возвращается.

В деревне никто не знал, который час, и никому это не мешало.
"""


@contextmanager
def in_this_process() -> Iterator[None]:
    """Lines are spoken and shots drawn here: for a small film, workers take longer to start than to work."""
    from bookfilm_nb.studio import workers

    def here(work: Callable[[object], object], items: list[object], **_: object) -> Iterator[tuple[object, object]]:
        return ((item, work(item)) for item in items)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "spread", here)
        yield


def command(*arguments: str | Path) -> list[str]:
    """A bookfilm command for a process of its own."""
    return [
        sys.executable,
        "-c",
        "import sys; from bookfilm_nb.cli import main; sys.exit(main())",
        *map(str, arguments),
    ]


def bookfilm(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """The command run to its end."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def ffmpeg(*arguments: str | Path) -> str:
    """What ffmpeg says while it does this."""
    line = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", errors="replace", check=True)
    return done.stderr


class Opened(NamedTuple):
    """A film file decoded: when each frame is shown (in frames), picture and sound in seconds, digests of both."""

    shown: tuple[float, ...]
    picture_s: float
    sound_s: float
    picture: str
    sound: str


def opened(film: str | Path) -> Opened:
    """Every frame and every sample of the film."""
    shown, picture, sound, samples = [], hashlib.sha256(), hashlib.sha256(), 0
    with av.open(str(film)) as container:
        rate = container.streams.audio[0].rate
        video = container.streams.video[0]
        fps = video.average_rate
        for frame in container.decode(video, container.streams.audio[0]):
            if isinstance(frame, av.VideoFrame):
                shown.append(float(frame.pts * frame.time_base * fps))
                picture.update(frame.to_ndarray().tobytes())
            else:
                samples += frame.samples
                sound.update(frame.to_ndarray().tobytes())
    return Opened(tuple(shown), len(shown) / float(fps), samples / rate, picture.hexdigest(), sound.hexdigest())


class Cue(NamedTuple):
    """A caption as a player reads it."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]


_TIMES = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[,.](\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)[,.](\d{3})")


def caption_file(text: str) -> list[Cue]:
    """The captions of an SRT or VTT file."""
    cues = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        for at, line in enumerate(lines):
            if match := _TIMES.fullmatch(line.strip()):
                h1, m1, s1, ms1, h2, m2, s2, ms2 = (int(part or 0) for part in match.groups())
                start, end = h1 * 3600 + m1 * 60 + s1 + ms1 / 1000, h2 * 3600 + m2 * 60 + s2 + ms2 / 1000
                cues.append(Cue(start, end, tuple(lines[at + 1 :])))
    return cues


def boxes(film: Path) -> list[str]:
    """Names of the file's outermost boxes, in order."""
    names, size = [], film.stat().st_size
    with film.open("rb") as file:
        at = 0
        while at < size:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4], "big")
            names.append(head[4:8].decode("latin-1"))
            at += int.from_bytes(head[8:16], "big") if length == 1 else length or size
    return names


def is_root() -> bool:
    """Whether permissions mean nothing to this process."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
