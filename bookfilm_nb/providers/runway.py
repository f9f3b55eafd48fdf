"""Runway through ``runwayml``: clips from a first frame (gen4_turbo) or from words alone as well (gen4.5).

The service has no idempotency key, so an order is never sent twice; it tells what a task did cost.
"""

from __future__ import annotations

import base64
import math
import re
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import Estimate, Receipt, blob_digest, digest_of
from bookfilm_nb.settings import guard_logs, option, redact, required

from . import catalogue
from .clients import kept
from .collecting import asking_after, failed, fetched, installed, ordered, waited
from .faults import Fault, fault_of_status, patiently
from .footage import STYLE, directed, frame_png, measured, nearest
from .protocols import Capabilities, Clip

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import Shot

    from .protocols import ClipOrder

__all__ = ["Runway"]

KEY = "RUNWAYML_API_SECRET"
URL = "RUNWAYML_BASE_URL"
OFFICIAL = "https://api.dev.runwayml.com"
DEFAULT = "gen4_turbo"
FROM_WORDS = "gen4.5"
FROM_A_PICTURE = frozenset({"gen4_turbo"})
"""Models that make nothing without a first frame."""
SIZES = ("1280x720", "720x1280")
LENGTHS_S = tuple(float(n) for n in range(2, 11))
CHARACTERS = 1000
"""UTF-16 code units a prompt."""
PICTURE_BYTES = 5_000_000
_NAME = re.compile(r"[\w-]{1,100}")
CREDIT_USD = 0.01
"""docs.dev.runwayml.com, pricing, as quoted in 2026."""


class Runway:
    """Runway's own models; other makers' models behind the same service are not offered here."""

    name = "runway"

    def __init__(self, model: str = "", *, url: str = "") -> None:
        """Raises RetiredError for a model that Runway has ended, MissingPartError without ``runwayml``."""
        installed("runwayml", extra="video")
        self.model = model or DEFAULT
        self._url = (url or option(URL, OFFICIAL).value).rstrip("/")
        self._id = f"runway/{self.model}"
        known = catalogue.facts(self._id)
        picture = "It makes clips from a first frame only." if self.model in FROM_A_PICTURE else ""
        ends = catalogue.check_alive(self._id) if self._url == OFFICIAL else ""
        self.capabilities = Capabilities(
            licence=known.licence if known else "Runway's API terms",
            needs=("network", "key"),
            revision=digest_of({"style": STYLE, "revision": 1})[:8],
            notice=f"{ends} {picture}".strip(),
            model=self._id,
            key=KEY,
            parallel=2,
            max_characters=CHARACTERS,
            sizes=SIZES,
            lengths_s=LENGTHS_S,
        )

    def estimate(self, order: ClipOrder) -> Estimate:
        """By the second."""
        usage = {"seconds": float(_length(order.seconds))}
        return catalogue.estimate(self._id, usage, usage, usage)

    def submit(self, order: ClipOrder) -> str:
        """Order the clip; the id of the task. Raises RefusedError, QuotaError, ProviderError."""
        shot, first = order.shot, order.first_frame
        size = nearest(SIZES, order.width, order.height)
        asked: dict[str, Any] = {
            "model": self.model,
            "prompt_text": self._words(shot),
            "ratio": f"{size[0]}:{size[1]}",
            "duration": _length(order.seconds),
            "seed": shot.seed % 2**32,
        }
        if first is None and self.model in FROM_A_PICTURE:
            raise ProviderError(
                f"{self.model} makes clips from a first frame, and shot {shot.id} has none.",
                hint=f"Draw the shot first, or use runway:{FROM_WORDS}.",
            )
        request = digest_of({**asked, "first": blob_digest(first) if first else ""})
        if first is not None:
            asked["prompt_image"] = _data_uri(first, size, self.model)

        def send() -> str:
            api = self._api()
            door = api.text_to_video if first is None else api.image_to_video
            identity = getattr(door.create(**asked), "id", None)
            if not isinstance(identity, str) or not _NAME.fullmatch(identity):
                raise ValueError("the reply names no task")
            return identity

        return ordered(send, _told_apart, engine=self.model, request=request, key_name=KEY)

    def collect(self, job: str, *, told: Callable[[float], None] | None = None) -> Clip:
        """Wait for the task and fetch its clip; see :mod:`.collecting` for what it raises."""
        task: list[Any] = []

        def ask() -> float | None:
            found = self._task(job)
            task.append(found)
            if found.status in {"FAILED", "CANCELLED"}:
                code = str(getattr(found, "failure_code", "") or "")
                says = f"{code} {getattr(found, 'failure', '') or found.status.lower()}"
                credits_kept = getattr(getattr(found, "cost", None), "credits", None)
                billed = "unknown" if credits_kept is None else "yes" if credits_kept else "no"
                raise failed(self.model, says, billed=billed, refused="SAFETY" in code.upper())
            return None if found.status == "SUCCEEDED" else float(getattr(found, "progress", 0.0) or 0.0)

        # The service asks not to be asked more often than every five seconds
        waited(ask, engine=self.model, told=told, first_s=5.0)
        if not task[-1].output:
            raise failed(self.model, "the task has no output", billed="unknown")
        data = fetched(task[-1].output[0], engine=self.model)
        usage = {"seconds": float(round(measured(data).seconds))}
        paid = getattr(getattr(task[-1], "cost", None), "credits", None)
        cost = catalogue.cost(self._id, usage)
        if paid is not None:
            usage["credits"], cost = float(paid), paid * CREDIT_USD
        return Clip(data, Receipt(model=self._id, usage=usage, cost=cost, request=job))

    def _task(self, job: str) -> Any:  # noqa: ANN401 - the client's own type
        def ask() -> Any:  # noqa: ANN401 - the client's own type
            found = self._api().tasks.retrieve(job)
            if not getattr(found, "status", ""):
                raise ValueError("the reply is no task")
            return found

        with asking_after(job, engine=self.model):
            return patiently(ask, _told_apart, engine=self.model, request=job, key_name=KEY)

    def _words(self, shot: Shot) -> str:
        """The prompt; without the words on style where both together are too long."""
        for words in (directed(shot), directed(shot).removeprefix(STYLE).strip()):
            if len(words.encode("utf-16-le")) // 2 <= CHARACTERS:
                return words
        raise ProviderError(
            f"The prompt of shot {shot.id} has more than the {CHARACTERS} characters that {self.model} takes.",
            hint="Shorten it in storyboard.csv.",
        )

    def _api(self) -> Any:  # noqa: ANN401 - the client's own type
        return _client(self._url, required(KEY, get_it_at="https://dev.runwayml.com").value.reveal())


@kept
def _client(url: str, key: str) -> Any:  # noqa: ANN401 - the client's own type
    import runwayml

    guard_logs(("runwayml", "runwayml._base_client", "httpx", "httpcore"))
    return runwayml.RunwayML(api_key=key, base_url=url, timeout=120.0, max_retries=0)


def _length(seconds: float) -> int:
    return int(min(LENGTHS_S[-1], max(LENGTHS_S[0], math.ceil(seconds))))


def _data_uri(picture: bytes, size: tuple[int, int], engine: str) -> str:
    """The first frame as the service takes it: a PNG, or a JPEG where that is too large."""
    import io

    from PIL import Image

    data, kind = frame_png(picture, width=size[0], height=size[1], engine=engine), "png"
    if len(data) * 4 / 3 > PICTURE_BYTES:
        file = io.BytesIO()
        Image.open(io.BytesIO(data)).save(file, "JPEG", quality=95, subsampling=0)
        data, kind = file.getvalue(), "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _told_apart(caught: Exception) -> Fault | None:
    import runwayml

    if isinstance(caught, runwayml.APIStatusError):
        return fault_of_status(caught.status_code, dict(caught.response.headers), caught.response.text)
    says = redact(f"{type(caught).__name__}: {caught}")
    if isinstance(caught, runwayml.APIConnectionError):
        return Fault("broken", says)
    # The client sets an attribute on whatever it parsed, a page of HTML too
    if isinstance(caught, (runwayml.APIResponseValidationError, ValueError, AttributeError)):
        return Fault("short", says)
    return None
