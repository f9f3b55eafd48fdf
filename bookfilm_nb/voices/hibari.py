"""English speech with hibari: a small network whose weights are in its package, so it needs no network."""

from __future__ import annotations

import threading
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.model import WordTime
from bookfilm_nb.providers.protocols import Capabilities

from .finish import Piece, finished
from .phrases import Phrase, halves, phrases, words_of

if TYPE_CHECKING:
    from bookfilm_nb.providers.protocols import Samples, Speech, VoiceStyle

__all__ = ["HibariVoice"]

DURATIONS = "/Clip_output_0"
"""The network's own length of every phoneme, in units of 25 ms."""
UNIT_S = 0.025
SPEED = 0.83
"""Of the network, at rate 1: at its own speed it reads 20 characters a second, quicker than captions can be read;
readers of audiobooks read about 15 (LJ Speech: 1,308,678 characters in 86,117 s, pauses included)."""
LEAD_S = UNIT_S / SPEED
"""A sound is heard one unit before its count says: against a forced alignment (pocketsphinx, 55 words) the
counts were 40 ms late, and speech begins in the last unit of the silence before it. The lag grows as the voice slows:
at 0.83 a lead of one bare unit left 15 ms (median of 157 words)."""
MOST_PHONEMES = 400
SEED = 1
"""Of the breath noise: one seed, so that the same words give the same samples."""


class HibariVoice:
    """An American woman's voice (distilled from Kokoro's af_heart), 24 kHz; word times are exact."""

    name = "hibari"
    capabilities = Capabilities(
        languages=("en",),
        licence="Apache-2.0 (engine, weights and what it speaks)",
        revision="hibari-tts 0.2.1, psola 1, speed 0.83, lead 2",
    )
    rate_cps = 16.8
    """Over the narration of the bundled English story (2,889 characters, 172 s), spoken sentence by sentence."""
    f0_hz = 194.0
    """Median fundamental frequency over 30 sentences."""

    def __init__(self) -> None:
        missing = [package for package in ("hibari", "onnx", "onnxruntime") if find_spec(package) is None]
        if missing:
            raise MissingPartError(
                f"The English voice needs {missing[0]}, which is not installed.", hint="pip install hibari-tts onnx"
            )
        # The tagger and the session keep state between calls.
        self._lock = threading.Lock()

    @cached_property
    def _engine(self) -> Any:  # noqa: ANN401  hibari has no types
        """The network, loaded with the first words to be spoken: a film that is ready needs none."""
        from hibari.tts import Hibari

        engine = Hibari(threads=1)
        engine.sess = _with_durations(engine.model_path)
        return engine

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """English text as speech, 24 kHz. Raises ChoiceError for another language, ProviderError for silence."""
        if language != "en":
            raise ChoiceError(f"hibari speaks English, not {language!r}.", hint="Choose a voice of that language.")
        with self._lock:
            pieces = [piece for phrase in phrases(text) for piece in self._say(text, phrase)]
        return finished(pieces, self._engine.sample_rate, style, "exact")

    def _say(self, text: str, phrase: Phrase) -> list[Piece]:
        """The phrase, cut in halves where it has more phonemes than the network was made for."""
        bare = text[phrase.start : phrase.end]
        tokens = self._phonemes(bare)
        ids = [0, *(i for _, _, own, _ in tokens for i in own), 0]
        if len(ids) > MOST_PHONEMES and len(bare) > 1:
            middle = phrase.start + halves(bare)
            parts = (Phrase(phrase.start, middle, 0.1), Phrase(middle, phrase.end, phrase.pause_s))
            return [piece for part in parts for piece in self._say(text, part)]
        if len(ids) == 2:
            return []
        samples, units = self._sound(ids)
        ends = np.maximum(np.cumsum(units) * UNIT_S - LEAD_S, 0)
        if round(float(units.sum()) * UNIT_S * self._engine.sample_rate) != len(samples):
            raise ProviderError(
                "hibari's phoneme lengths do not add up to its sound.", hint="pip install hibari-tts==0.2.1"
            )
        heard: list[tuple[int, int, float, float]] = []
        gap = [self._engine.vocab[" "]]
        begin = place = 1
        for start, end, own, is_word in tokens:
            if own and is_word:
                heard.append((start, end, float(ends[begin - 1]), float(ends[place + len(own) - 1])))
            place += len(own)
            # The network says the first sound of a word within the gap before it.
            begin = place - 1 if own == gap else place
        words = [
            WordTime(
                start=phrase.start + a,
                end=phrase.start + b,
                start_s=min(begins for begins, _ in times),
                end_s=max(ends for _, ends in times),
            )
            for a, b in words_of(bare)
            if (times := _times(heard, a, b))
        ]
        return [Piece(samples, tuple(words), phrase.pause_s)]

    def _phonemes(self, text: str) -> list[tuple[int, int, list[int], bool]]:
        """Start, end, phoneme ids and whether it is a word, of every token of the text, gaps included."""
        g2p, known = self._engine.g2p, self._engine.vocab
        found: list[tuple[int, int, list[int], bool]] = []
        gap = [known[" "]]
        place = 0
        for token in g2p.phonemize_tokens(g2p.tokenize(text)):
            start = text.find(token.text, place)
            start = place if start < 0 else start
            end = min(len(text), start + len(token.text))
            place = end
            said = token.phonemes or ""
            is_word = any(c.isalnum() for c in token.text)
            found.append((start, end, [known[c] for c in said if c in known], is_word))
            if token.whitespace:
                found.append((end, end, gap, False))
        while found and found[-1][2] is gap:
            found.pop()
        return found

    def _sound(self, ids: list[int]) -> tuple[Samples, np.ndarray]:
        """Samples, and the length of every id in units of 25 ms."""
        from hibari import dsp

        feed = {"ids": np.asarray([ids], np.int64), "speed": np.full(1, SPEED, np.float32)}
        *spectra, units = self._engine.sess.run(None, feed)
        samples = dsp.synth(*(part[0] for part in spectra), np.random.default_rng(SEED))
        return samples.astype(np.float32), np.ravel(units)


def _times(heard: list[tuple[int, int, float, float]], start: int, end: int) -> list[tuple[float, float]]:
    """When the tokens that share characters with ``start`` to ``end`` are heard."""
    return [(begins, ends) for low, high, begins, ends in heard if low < end and start < high]


def _with_durations(path: str) -> Any:  # noqa: ANN401  onnxruntime has no types
    """The network with its phoneme lengths as one more output, made in memory, on one thread."""
    import onnx
    import onnxruntime

    network = onnx.load(path)
    network.graph.output.append(onnx.helper.make_tensor_value_info(DURATIONS, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    # One thread: sums are then added in one order, and the samples are the same on every run.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network.SerializeToString(), options, providers=["CPUExecutionProvider"])
