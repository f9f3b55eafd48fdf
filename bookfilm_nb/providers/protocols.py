"""The doors to everything that makes sound or pictures: one protocol a kind, one method a protocol.

An engine never touches a production: it gets values and gives back values and bytes. The caller keeps them, counts
them, pays for them and decides whether they need to be made at all.

An engine that costs money has ``estimate``, which calls nothing, and puts a receipt into what it gives back. It tells
faults apart (:mod:`.faults`), tries again where that is free of risk, and sends :func:`.faults.request_key` as the
idempotency key, so that what is sent twice is paid once where the service can do that. Another take of the same shot
is another seed, hence another request; so is the next attempt after an answer that was charged and cannot be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from bookfilm_nb.model import Estimate, MusicCue, PictureTake, Receipt, Shot, Value, WordTime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Literal

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = [
    "Capabilities",
    "Clip",
    "ClipOrder",
    "Composer",
    "Drawing",
    "ImageModel",
    "Music",
    "PaidImageModel",
    "PaidVoice",
    "Prompt",
    "Speech",
    "TextModel",
    "VideoModel",
    "Voice",
    "VoiceStyle",
    "Written",
]

V = TypeVar("V", bound=Value)


class Capabilities(Value):
    """What an engine can do and what it needs."""

    languages: tuple[str, ...] = ()
    """Empty: the engine knows no language (pictures, music)."""
    licence: str
    """Licence of what it makes, and of the engine where that binds who redistributes."""
    needs: tuple[str, ...] = ()
    """"network", "key", "gpu", "apt: festival festvox-ru"."""
    revision: str = "1"
    """Changes whenever the same input would give another output: part of every key."""
    notice: str = ""
    """One sentence that the user must see when this engine is used."""
    model: str = ""
    """The provider's model, as the catalogue names it (``openai/gpt-image-2.6-flare``); empty where there is none."""
    key: str = ""
    """The setting that holds the key, ``OPENAI_API_KEY``; empty where none is needed."""
    parallel: int = 0
    """Calls at a time, in threads of this process; 0 is an engine that computes here and gets processes."""
    max_characters: int | None = None
    """Characters a call."""
    sizes: tuple[str, ...] = ()
    """Frame sizes it makes, ``1280x720``; empty where any will do."""
    references: int = 0
    """Pictures of people that may go along with a prompt, so that the cast stays the same."""
    lengths_s: tuple[float, ...] = ()
    """Lengths of clips it makes; empty where any will do."""
    sound: bool = False
    """Whether its clips have sound of their own."""


class VoiceStyle(Value):
    """How one speaker differs from the engine's own voice."""

    pitch: float = 0.0
    """Semitones, formants kept natural for that pitch."""
    rate: float = 1.0
    """1.1 is a tenth faster."""


class Speech(NamedTuple):
    """Spoken words. ``samples`` is float32 mono in [-1, 1], shape (n,); silence at both ends is trimmed to 30 ms."""

    samples: Samples
    sample_rate: int
    words: tuple[WordTime, ...]
    timing: Literal["exact", "aligned", "estimated"]
    receipt: Receipt | None = None


class Voice(Protocol):
    """Text to speech."""

    name: str
    capabilities: Capabilities
    rate_cps: float
    """Measured characters of text a second of speech, at rate 1: what an estimate of length rests on."""

    def speak(self, text: str, *, language: str, style: VoiceStyle) -> Speech:
        """The text as speech; word times refer to characters of ``text``. Raises ProviderError."""
        ...


class PaidVoice(Voice, Protocol):
    """A voice that costs money."""

    def estimate(self, text: str, *, language: str, style: VoiceStyle) -> Estimate:
        """What speaking the text will cost; nothing is called."""
        ...


class Drawing(NamedTuple):
    """A drawn shot: the take, and the PNG bytes of its blobs by digest."""

    take: PictureTake
    blobs: Mapping[str, bytes]
    receipt: Receipt | None = None


class ImageModel(Protocol):
    """Shot prompt to picture."""

    name: str
    capabilities: Capabilities

    def draw(self, shot: Shot, *, width: int, height: int) -> Drawing:
        """The shot drawn for a frame of ``width`` × ``height`` px, on a canvas with room for its move."""
        ...


class PaidImageModel(Protocol):
    """An image model that costs money, and may be shown how the people look."""

    name: str
    capabilities: Capabilities

    def estimate(self, shot: Shot, *, width: int, height: int, references: int = 0) -> Estimate:
        """What drawing the shot with so many references will cost; nothing is called."""
        ...

    def draw(self, shot: Shot, *, width: int, height: int, references: Sequence[bytes] = ()) -> Drawing:
        """The shot drawn for a frame of ``width`` × ``height`` px; ``references`` are PNGs of the people in it.

        Raises ProviderError, RefusedError, QuotaError.
        """
        ...


class Music(NamedTuple):
    """A rendered piece. ``samples`` is float32 stereo, shape (n, 2)."""

    samples: Samples
    sample_rate: int


class Composer(Protocol):
    """Cue to music."""

    name: str
    capabilities: Capabilities

    def compose(self, cue: MusicCue) -> Music:
        """Music for the cue, exactly ``cue.length_s`` long; the same cue gives the same samples."""
        ...


class Prompt(Value):
    """What a text model is asked. The book's words are data in ``material``, never part of the instructions."""

    name: str
    """The prompt's file in ``screenwriting/prompts``, without ``.md``."""
    instructions: str
    material: str
    max_output_tokens: int = 4096
    seed: int = 0


class Written(NamedTuple, Generic[V]):
    """A reply that fits the shape that was asked for, and the reply as it came."""

    value: V
    raw: str
    receipt: Receipt
    repaired: bool = False
    """Whether the first reply broke the shape, and this is the second."""


class TextModel(Protocol):
    """Prompt to value."""

    name: str
    capabilities: Capabilities

    def estimate(self, prompt: Prompt, shape: type[Value]) -> Estimate:
        """What :meth:`write` will cost, a repair included in ``high``."""
        ...

    def write(self, prompt: Prompt, shape: type[V], *, progress: Callable[[int], None] | None = None) -> Written[V]:
        """A value of the shape. ``progress`` hears how many characters have come.

        Raises ProviderError where the second reply breaks the shape too (``data['raw']`` is the reply), RefusedError,
        QuotaError.
        """
        ...


class ClipOrder(NamedTuple):
    """What is asked of a video model: one shot as a moving picture."""

    shot: Shot
    seconds: float
    """How long it is needed; a model makes the nearest that is as long, or its longest."""
    width: int
    height: int
    """Px; a model makes the nearest of its sizes."""
    first_frame: bytes | None = None
    """PNG of the shot as it was drawn, for models that begin from a picture."""
    attempt: int = 1
    """Which order of this clip it is: 1, and one more for each that ended without a clip.

    It is part of the idempotency key where the service has one: an order whose reply was lost is sent under the same
    key and paid once, and one that failed for good is not answered with the dead job again.
    """


class Clip(NamedTuple):
    """A moving picture as the model made it: bytes of a video file, not yet conformed to the film."""

    data: bytes
    receipt: Receipt


class VideoModel(Protocol):
    """Shot prompt to moving picture, in two steps, because it takes minutes and is paid when it is ordered."""

    name: str
    capabilities: Capabilities

    def estimate(self, order: ClipOrder) -> Estimate:
        """What the clip will cost; nothing is called, and ``first_frame`` may still be missing."""
        ...

    def submit(self, order: ClipOrder) -> str:
        """Order the clip; the id of the job, which the caller writes down before anything else happens.

        Raises ProviderError, RefusedError, QuotaError.
        """
        ...

    def collect(self, job: str, *, told: Callable[[float], None] | None = None) -> Clip:
        """Wait for a job, of this process or of an earlier one, and fetch its clip.

        ``told`` hears the share that is done and may raise to stop waiting. Raises ProviderError: with
        ``data['job']`` "failed" or "gone" where there will never be a clip, without it where asking again later may
        help (the service does not answer, or the job takes longer than the engine waits).
        """
        ...
