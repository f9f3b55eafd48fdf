"""Google's Veo through ``google-genai`` and a Gemini key.

The package has to be older than 3: from 3.0 on, its ``generate_videos`` calls Google's enterprise platform only and
refuses a Gemini key. The service takes neither a seed nor an idempotency key, so an order is never sent twice.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from bookfilm_nb.errors import MissingPartError, ProviderError
from bookfilm_nb.model import Estimate, Receipt, blob_digest, digest_of
from bookfilm_nb.settings import guard_logs, option, redact, required

from . import catalogue
from .clients import kept
from .collecting import asking_after, failed, installed, ordered, waited
from .faults import Fault, fault_of_status, patiently
from .footage import MOST_BYTES, STYLE, directed, frame_png, measured, nearest
from .protocols import Capabilities, Clip

if TYPE_CHECKING:
    from collections.abc import Callable

    from .protocols import ClipOrder

__all__ = ["Veo"]

KEY = "GEMINI_API_KEY"
URL = "GOOGLE_GEMINI_BASE_URL"
OFFICIAL = "https://generativelanguage.googleapis.com"
DEFAULT = "veo-3.1-fast-generate-preview"
SIZES = ("1280x720", "720x1280", "1920x1080", "1080x1920")
LENGTHS_S = (4.0, 6.0, 8.0)
LONG_S = 8.0
"""With a first frame, or at 1080p, every clip is this long (Gemini API: Veo 3.1)."""
_NAME = re.compile(r"[\w-]+(/[\w.-]*\w){1,8}")
_TIMEOUT_MS = 120_000
_PROGRESS_S = 90.0
"""The service tells no share; the bar shows how much of this time has passed."""


class Veo:
    """Veo 3.1; its clips have sound of their own."""

    name = "veo"

    def __init__(self, model: str = "", *, url: str = "") -> None:
        """Raises RetiredError for a model that Google has ended, MissingPartError without a ``google-genai`` of 2.x."""
        _check_package()
        self.model = model or DEFAULT
        self._url = (url or option(URL, OFFICIAL).value).rstrip("/")
        self._id = f"google/{self.model}"
        known = catalogue.facts(self._id)
        self.capabilities = Capabilities(
            licence=known.licence if known else "Google's Gemini API terms",
            needs=("network", "key"),
            revision=digest_of({"style": STYLE, "revision": 1})[:8],
            notice=catalogue.check_alive(self._id) if self._url == OFFICIAL else "",
            model=self._id,
            key=KEY,
            parallel=2,
            sizes=SIZES,
            lengths_s=LENGTHS_S,
            sound=True,
        )

    def estimate(self, order: ClipOrder) -> Estimate:
        """By the second; the longest that a first frame asks for at most."""
        least = _length(order.seconds, nearest(SIZES, order.width, order.height), picture=False)
        return catalogue.estimate(self._id, {"seconds": least}, {"seconds": LONG_S}, {"seconds": LONG_S})

    def submit(self, order: ClipOrder) -> str:
        """Order the clip; the name of the operation. Raises RefusedError, QuotaError, ProviderError."""
        size = nearest(SIZES, order.width, order.height)
        first = order.first_frame
        asked: dict[str, Any] = {
            "number_of_videos": 1,
            "duration_seconds": int(_length(order.seconds, size, picture=first is not None)),
            "aspect_ratio": "16:9" if size[0] > size[1] else "9:16",
            "resolution": f"{min(size)}p",
        }
        source: dict[str, Any] = {"prompt": directed(order.shot)}
        if first:
            picture = frame_png(first, width=size[0], height=size[1], engine=self.model)
            source["image"] = {"image_bytes": picture, "mime_type": "image/png"}
        request = digest_of(
            {**asked, "prompt": source["prompt"], "first": blob_digest(first) if first else "",
             "model": self.model, "seed": order.shot.seed}
        )  # fmt: skip

        def send() -> str:
            operation = self._api().models.generate_videos(model=self.model, source=source, config=asked)
            if not _NAME.fullmatch(operation.name or ""):
                raise ValueError("the reply names no operation")
            return str(operation.name)

        return ordered(send, _told_apart, engine=self.model, request=request, key_name=KEY)

    def collect(self, job: str, *, told: Callable[[float], None] | None = None) -> Clip:
        """Wait for the operation and fetch its clip; see :mod:`.collecting` for what it raises."""
        found: list[Any] = []
        asked = 0

        def ask() -> float | None:
            nonlocal asked
            from google.genai import types

            operation = self._asked(
                job,
                job,
                lambda: self._api().operations.get(types.GenerateVideosOperation.model_validate({"name": job})),
            )
            if not operation.done:
                asked += 1
                return min(0.95, asked * 10.0 / _PROGRESS_S)
            if operation.error:
                says = str(operation.error.get("message", ""))
                raise failed(self.model, says, billed="no", refused=_refusal(says))
            made = operation.response
            if made is None or not made.generated_videos:
                reasons = " ".join(getattr(made, "rai_media_filtered_reasons", None) or ())
                raise failed(self.model, reasons, billed="no", refused=True)
            found.append(made.generated_videos[0].video)
            return None

        waited(ask, engine=self.model, told=told, first_s=10.0)
        data = self._asked(job, "download", lambda: self._downloaded(found[-1]))
        usage = {"seconds": float(round(measured(data).seconds))}
        receipt = Receipt(model=self._id, usage=usage, cost=catalogue.cost(self._id, usage), request=job)
        return Clip(data, receipt)

    def _asked(self, job: str, request: str, send: Callable[[], Any]) -> Any:  # noqa: ANN401 - the client's own types
        with asking_after(job, engine=self.model):
            return patiently(send, _told_apart, engine=self.model, request=request, key_name=KEY)

    def _downloaded(self, video: Any) -> bytes:  # noqa: ANN401 - the client's own type
        file = _Bounded()
        if video.video_bytes:
            file.write(video.video_bytes)
        else:
            self._api().files.download(file=video, destination=file)
        data = file.getvalue()
        measured(data)
        return data

    def _api(self) -> Any:  # noqa: ANN401 - the client's own type
        return _client(self._url, required(KEY, get_it_at="https://aistudio.google.com/apikey").value.reveal())


def _check_package() -> None:
    found = installed("google-genai", extra="video")
    if int(found.partition(".")[0]) >= 3:
        raise MissingPartError(
            f"google-genai {found} makes clips on Google's enterprise platform only.",
            hint="pip install 'google-genai<3'",
            part="google-genai",
        )


@kept
def _client(url: str, key: str) -> Any:  # noqa: ANN401 - the client's own type
    from google import genai

    guard_logs(("google_genai", "google_genai.models", "google_genai._api_client", "httpx", "httpcore"))
    return genai.Client(api_key=key, vertexai=False, http_options={"base_url": url, "timeout": _TIMEOUT_MS})


class _Bounded(io.BytesIO):
    """Bytes that are no more than we take."""

    def write(self, data: Any) -> int:  # noqa: ANN401 - the base class takes any buffer
        if self.tell() + len(data) > MOST_BYTES:
            raise ProviderError(f"The clip is larger than {MOST_BYTES >> 20} MiB.", hint="Ask for a shorter one.")
        return super().write(data)


def _length(seconds: float, size: tuple[int, int], *, picture: bool) -> float:
    if picture or min(size) > 720:
        return LONG_S
    return next((length for length in LENGTHS_S if length >= seconds), LONG_S)


def _refusal(says: str) -> bool:
    return any(word in says.casefold() for word in ("safety", "policy", "violat", "sensitive", "guidelines"))


def _told_apart(caught: Exception) -> Fault | None:
    import httpx
    from google.genai import errors

    if isinstance(caught, errors.APIError):
        headers = dict(getattr(caught.response, "headers", None) or {})
        says = f"{caught.status or ''} {caught.message or ''}"
        if caught.code == 400 and "API key" in says:
            return Fault("key", redact(says), status=400)
        if caught.code == 400 and _refusal(says):
            return Fault("refused", redact(says), status=400)
        return fault_of_status(int(caught.code or 500), headers, says)
    if isinstance(caught, httpx.HTTPError):
        return Fault("broken", redact(f"{type(caught).__name__}: {caught}"))
    if isinstance(caught, ValueError):
        # Replies that are no JSON, and files that are no whole clip
        return Fault("short", redact(str(caught)))
    return None
