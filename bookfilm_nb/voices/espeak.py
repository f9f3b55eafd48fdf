"""English and Russian speech with eSpeak NG: tiny, quick, everywhere, and plainly a robot."""

from __future__ import annotations

import _ctypes
import ctypes
import threading
from typing import TYPE_CHECKING, Self

import numpy as np

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.model import WordTime
from bookfilm_nb.providers.protocols import Capabilities

from .finish import Piece, finished
from .phrases import Phrase, phrases, words_of

if TYPE_CHECKING:
    from bookfilm_nb.providers.protocols import Samples, Speech, VoiceStyle

__all__ = ["EspeakVoice"]

_NAMES = {"en": b"en", "ru": b"ru"}
_STRESS = "\u0301"
# Constants of espeak-ng/speak_lib.h.
_SYNCHRONOUS, _DONT_EXIT = 2, 0x8000
_END, _WORD = 0, 1
_UTF8, _ENDPAUSE = 1, 0x1000
_CHARACTERS = 1
_GO_ON = 0


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Library:
    """eSpeak NG, loaded anew for every text: ``with _Library() as library: library.say(...)``.

    The library keeps the state of its noise in variables that nothing sets back, so what it says depends on
    what it said before; loading it (10 ms) makes the same words the same samples. One at a time.
    """

    _lock = threading.Lock()

    def __enter__(self) -> Self:
        try:
            import espeakng_loader
        except ImportError as error:
            raise MissingPartError(
                "This voice needs espeakng-loader, which is not installed.", hint="pip install espeakng-loader"
            ) from error
        self._lock.acquire()
        self._native = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self.rate = int(self._native.espeak_Initialize(_SYNCHRONOUS, 200, data, _DONT_EXIT))
        if self.rate <= 0:
            self.__exit__()
            raise ProviderError("eSpeak NG could not start.", hint="pip install --force-reinstall espeakng-loader")
        self._sound: list[np.ndarray] = []
        self._words: list[tuple[int, int, int]] = []
        # Kept on the object: the library calls it long after this function has returned.
        self._callback = _Callback(self._receive)
        self._native.espeak_SetSynthCallback(self._callback)
        return self

    def __exit__(self, *_: object) -> None:
        self._native.espeak_Terminate()
        _ctypes.dlclose(self._native._handle)  # noqa: SLF001  ctypes has no other way
        self._lock.release()

    def say(self, text: str, language: str) -> tuple[Samples, list[tuple[int, int, int]]]:
        """Samples, and (character, length in characters, sample) of every word event."""
        self._sound, self._words = [], []
        if self._native.espeak_SetVoiceByName(_NAMES[language]) != 0:
            raise ProviderError(f"eSpeak NG has no voice for {language!r}.", hint="Reinstall espeakng-loader.")
        raw = text.encode("utf-8") + b"\0"
        failed = self._native.espeak_Synth(
            raw, ctypes.c_size_t(len(raw)), 0, _CHARACTERS, 0, _UTF8 | _ENDPAUSE, None, None
        )
        if failed != 0:
            raise ProviderError("eSpeak NG could not say a phrase.", hint="Choose another voice.", code=failed)
        sound = np.concatenate(self._sound) if self._sound else np.zeros(0, np.int16)
        return (sound / np.float32(32768)).astype(np.float32), self._words

    def _receive(self, wave: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]) -> int:
        if wave and count > 0:
            self._sound.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while events[index].type != _END:
            event = events[index]
            if event.type == _WORD:
                self._words.append((event.position - 1, event.length, event.sample))
            index += 1
        return _GO_ON


class EspeakVoice:
    """A machine's voice in English and Russian, 22.05 kHz; word times from the engine's word events."""

    name = "espeak"
    capabilities = Capabilities(
        languages=("en", "ru"),
        licence="GPL-3.0-or-later (engine; what it speaks is free)",
        revision="espeakng-loader 0.2.4, psola 1",
        notice="eSpeak NG is a last resort: it sounds like a machine, and its Russian is hard to follow.",
    )
    rate_cps = 19.4
    """Over 30 sentences a language (1,693 and 1,373 characters) written for this measurement: 19.2 and 19.7."""
    f0_hz = 101.0
    """Median fundamental frequency over the same sentences."""

    def __init__(self) -> None:
        with _Library():
            pass

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """English or Russian text as speech. Raises ChoiceError for another language, ProviderError."""
        if language not in _NAMES:
            raise ChoiceError(f"eSpeak NG is not set up for {language!r} here.", hint="Choose en or ru.")
        with _Library() as library:
            pieces = [_said(library, text, phrase, language) for phrase in phrases(text)]
        return finished(pieces, library.rate, style, "exact")


def _said(library: _Library, text: str, phrase: Phrase, language: str) -> Piece:
    bare = text[phrase.start : phrase.end]
    # A stress mark is no letter to eSpeak NG; a NUL would end the text.
    kept = [i for i, c in enumerate(bare) if c not in (_STRESS, "\0")]
    samples, events = library.say("".join(bare[i] for i in kept), language)
    rate = library.rate
    places = [kept[min(max(0, at), len(kept) - 1)] for at, _, _ in events]
    times = [min(sample, len(samples)) / rate for _, _, sample in events]
    ends = [*times[1:], len(samples) / rate][: len(times)]
    spans = words_of(bare)
    owners = [next((i for i, (a, b) in enumerate(spans) if a <= place < b), None) for place in places]
    words: list[WordTime] = []
    for first, begins, ends_s in zip(owners, times, ends, strict=True):
        if first is None or (words and phrase.start + spans[first][0] < words[-1].end):
            if words:
                words[-1] = words[-1].model_copy(update={"end_s": ends_s})
            continue
        following = [owner for owner in owners if owner is not None and owner > first]
        words += _shared(spans[first : min(following, default=len(spans))], begins, ends_s, phrase.start)
    return Piece(samples, tuple(words), phrase.pause_s)


def _shared(spans: list[tuple[int, int]], begins: float, ends: float, offset: int) -> list[WordTime]:
    """Words that the engine says as one ("from the"): each gets a share of the time by its letters."""
    letters = [0]
    for start, end in spans:
        letters.append(letters[-1] + end - start)
    moments = [begins + (ends - begins) * count / letters[-1] for count in letters]
    return [
        WordTime(start=offset + a, end=offset + b, start_s=moments[i], end_s=moments[i + 1])
        for i, (a, b) in enumerate(spans)
    ]
