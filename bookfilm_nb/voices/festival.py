"""Russian speech with Festival and festvox-ru: a man's recorded voice, put together from its own sounds."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import threading
import weakref
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.model import WordTime
from bookfilm_nb.providers.protocols import Capabilities

from .finish import Piece, finished
from .phrases import Phrase, phrases
from .wav import read_wav

if TYPE_CHECKING:
    from bookfilm_nb.providers.protocols import Samples, Speech, VoiceStyle

__all__ = ["FestivalVoice"]

PHRASE_TIMEOUT_S = 60.0
_READY, _END = "BOOKFILM-READY", "BOOKFILM-END"
_VOICE_FOLDER = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")
_GET_IT = "sudo apt-get install festival festvox-ru (or: make voices-ru)"

_SCHEME = f"""
(voice_msu_ru_nsh_clunits)
(define (bookfilm_say text file)
  (let ((utt (eval (list 'Utterance 'Text text))))
    (utt.synth utt)
    (utt.save.wave utt file 'riff)
    (mapcar
      (lambda (token)
        (let ((words (item.daughters token)))
          (if words
            (format stderr "WORD %f %f %s\\n"
              (item.feat (car words) "word_start")
              (item.feat (car (last words)) "word_end")
              (item.name token)))))
      (utt.relation.items utt 'Token))))
(format stderr "{_READY}\\n")
"""

_STRESSED = re.compile("([аеиоуыэюя])\u0301", re.IGNORECASE)
_SAYABLE = re.compile(r"[^а-яё+,.!?:;\- ]", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")


class _Word(NamedTuple):
    start_s: float
    end_s: float
    name: str


class FestivalVoice:
    """A man from Moscow (msu_ru_nsh, unit selection), 16 kHz; word times are exact."""

    name = "festival"
    capabilities = Capabilities(
        languages=("ru",),
        licence="BSD-like (Festival: University of Edinburgh; voice: N. V. Shmyrev)",
        needs=("apt: festival festvox-ru",),
        revision="festvox-ru 0.5, psola 1",
    )
    rate_cps = 12.6
    """Over 30 sentences (1,373 characters, 109 s) of a sea story written for this measurement, spoken one by one."""
    f0_hz = 137.0
    """Median fundamental frequency over the same sentences."""

    def __init__(self) -> None:
        program = shutil.which("festival")
        if program is None or not _VOICE_FOLDER.is_dir():
            missing = "festival" if program is None else "festvox-ru"
            raise MissingPartError(f"The Russian voice needs {missing}, which is not installed.", hint=_GET_IT)
        self._program = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """Russian text as speech, 16 kHz. Raises ChoiceError for another language, ProviderError."""
        if language != "ru":
            raise ChoiceError(f"This voice speaks Russian, not {language!r}.", hint="Choose a voice of that language.")
        with self._lock:
            pieces = [self._say(text, phrase) for phrase in phrases(text)]
        pieces = [(piece, rate) for piece, rate in pieces if len(piece.samples)]
        if not pieces:
            raise ProviderError("There is no Russian word in this text.", hint="Normalise it first, or leave it out.")
        return finished([piece for piece, _ in pieces], pieces[0][1], style, "exact")

    def close(self) -> None:
        """Ends the engine's process; the next phrase starts another."""
        process, self._process = self._process, None
        if process is not None:
            _stop(process)

    @cached_property
    def _folder(self) -> Path:
        """Where Festival writes a phrase; gone when the voice is."""
        folder = tempfile.mkdtemp(prefix="bookfilm-voice-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder)

    def _say(self, text: str, phrase: Phrase) -> tuple[Piece, int]:
        tokens = _tokens(text, phrase)
        order = " ".join(said for said, _, _ in tokens)
        path = self._folder / "phrase.wav"
        path.unlink(missing_ok=True)
        # `order` holds Cyrillic letters and a few marks only, so nothing in a book can leave the Scheme string.
        lines = self._ask(f'(bookfilm_say "{order}" "{path}")')
        heard = [word for line in lines if (word := _word(line))]
        if not heard or not path.exists():
            return Piece(_nothing(), (), 0.0), 0
        samples, rate = read_wav(path.read_bytes())
        return Piece(samples, tuple(_matched(heard, tokens)), phrase.pause_s), rate

    def _ask(self, order: str) -> list[str]:
        """What Festival answers to one line of Scheme."""
        process = self._running()
        watchdog = threading.Timer(PHRASE_TIMEOUT_S, process.kill)
        watchdog.start()
        try:
            lines = _exchange(process, f'{order}\n(format stderr "{_END}\\n")\n', _END)
        except (OSError, EOFError) as error:
            self.close()
            raise ProviderError(
                "Festival stopped in the middle of a phrase.",
                hint=f"Try again; if it stays so: {_GET_IT}",
                said=str(error),
            ) from error
        finally:
            watchdog.cancel()
        for line in lines:
            if line.startswith("SIOD ERROR"):
                raise ProviderError("Festival could not say a phrase.", hint="Choose another voice.", said=line)
        return lines

    def _running(self) -> subprocess.Popen[str]:
        """Festival with the voice loaded: loading takes a second, a phrase a few hundredths."""
        if self._process is None or self._process.poll() is not None:
            process = subprocess.Popen(
                [self._program, "--pipe"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                cwd=self._folder,
            )
            weakref.finalize(self, _stop, process)
            self._process = process
            self._ask(_SCHEME)
        return self._process


def _exchange(process: subprocess.Popen[str], order: str, end: str) -> list[str]:
    # Festival flushes only its stderr, so the answers come there.
    assert process.stdin is not None and process.stderr is not None  # noqa: S101, PT018  for the type checker
    process.stdin.write(order)
    process.stdin.flush()
    lines: list[str] = []
    for line in process.stderr:
        if end in line:
            return lines
        lines.append(line.rstrip("\n"))
    raise EOFError(" ".join(lines)[-300:])


def _stop(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stderr):
        if pipe is not None:
            pipe.close()


def _nothing() -> Samples:
    import numpy as np

    return np.zeros(0, np.float32)


def _tokens(text: str, phrase: Phrase) -> list[tuple[str, int, int]]:
    """What Festival is told, token by token, and the characters of the text that each stands for."""
    found: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text, phrase.start, phrase.end):
        said = _SAYABLE.sub("", _STRESSED.sub(r"+\1", match.group()))
        if any(c.isalpha() for c in said):
            start, end = match.span()
            while start < end and not text[start].isalnum():
                start += 1
            while start < end and not (text[end - 1].isalnum() or text[end - 1] == "\u0301"):
                end -= 1
            found.append((said, start, end))
        elif found and said:
            found[-1] = (found[-1][0] + said, *found[-1][1:])
    return found


def _word(line: str) -> _Word | None:
    parts = line.split(" ")
    if len(parts) != 4 or parts[0] != "WORD":
        return None
    start, end = float(parts[1]), float(parts[2])
    return _Word(start, end, parts[3]) if end > start else None


def _matched(heard: list[_Word], tokens: list[tuple[str, int, int]]) -> list[WordTime]:
    """The times of the tokens that were heard, found in order: a token without a sound has no time."""
    found: list[WordTime] = []
    index = 0
    for said, start, end in tokens:
        if index < len(heard) and _letters(heard[index].name) == _letters(said):
            found.append(WordTime(start=start, end=end, start_s=heard[index].start_s, end_s=heard[index].end_s))
            index += 1
    return found


def _letters(token: str) -> str:
    return "".join(c for c in token if c.isalpha())
