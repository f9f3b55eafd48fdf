"""Clips from any server that speaks OpenAI's Videos protocol: ``/v1/videos``, created, asked after, downloaded.

OpenAI's own (Sora) ended on 2026-09-24. The protocol lives on at servers that people with a GPU run themselves, such
as SGLang Diffusion (``sglang serve --model-path Wan-AI/Wan2.1-T2V-1.3B-Diffusers``) and vLLM-Omni (``vllm serve MODEL
--omni``): set ``OPENAI_VIDEOS_BASE_URL`` to ``http://HOST:PORT/v1``, and ``OPENAI_VIDEOS_API_KEY`` where it wants a
key. Without it, ``OPENAI_BASE_URL`` and its key are used. OpenAI's key never goes to a server that was named for video
alone.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bookfilm_nb.errors import RetiredError
from bookfilm_nb.model import FREE, Estimate, Receipt, blob_digest, digest_of
from bookfilm_nb.settings import option

from . import catalogue
from .collecting import asking_after, failed, fetched, waited
from .footage import STYLE, directed, frame_png, measured, nearest
from .openai_client import KEY, OFFICIAL, base_url, call, client, is_local
from .protocols import Capabilities, Clip

if TYPE_CHECKING:
    from collections.abc import Callable

    from .protocols import ClipOrder

__all__ = ["OpenAIVideos"]

URL = "OPENAI_VIDEOS_BASE_URL"
OWN_KEY = "OPENAI_VIDEOS_API_KEY"
SIZES = ("1280x720", "720x1280", "832x480", "480x832")
"""What Wan, HunyuanVideo and LTX-Video all make: sides that are multiples of 16."""
LONGEST_S = 12
_DONE = {"completed", "succeeded"}
_FAILED = {"failed", "cancelled", "canceled", "expired", "error"}


class OpenAIVideos:
    """Video models behind ``/v1/videos``; a first frame goes along as ``input_reference``."""

    name = "openai"

    def __init__(self, model: str = "", *, url: str = "") -> None:
        """Without a model, the server makes clips with the one it serves. Raises RetiredError for OpenAI's own."""
        named = url or option(URL, "").value
        self.model = model
        self._url = (named or base_url()).rstrip("/")
        self._key_name = OWN_KEY if named else KEY
        if self._url == OFFICIAL:
            _retired(model)
        local = is_local(self._url)
        self.capabilities = Capabilities(
            licence="that of the model",
            needs=("network",) if local or named else ("network", "key"),
            revision=digest_of({"style": STYLE, "revision": 1})[:8],
            model=model,
            key="" if local or named else KEY,
            parallel=2,
            sizes=SIZES,
        )

    def estimate(self, order: ClipOrder) -> Estimate:
        """Nothing on this machine; elsewhere nobody here knows."""
        if is_local(self._url):
            return FREE
        return Estimate(
            basis=f"{self.model or 'a clip'} of {_whole(order.seconds)} s at {self._url}; the price is not known"
        )

    def submit(self, order: ClipOrder) -> str:
        """Order the clip; the id of the job. Raises RefusedError, QuotaError, ProviderError."""
        size = nearest(SIZES, order.width, order.height)
        asked = {
            "prompt": directed(order.shot),
            "seconds": str(_whole(order.seconds)),
            "size": f"{size[0]}x{size[1]}",
            # Beyond OpenAI's own fields; without it these servers make every take the same
            "seed": str(order.shot.seed),
        }
        if self.model:
            asked["model"] = self.model
        picture = None
        if order.first_frame:
            picture = frame_png(order.first_frame, width=size[0], height=size[1], engine=self._engine)
        first = blob_digest(picture) if picture else ""
        request = digest_of({**asked, "url": self._url, "first": first, "attempt": order.attempt})

        def send(headers: dict[str, str]) -> str:
            files = [("input_reference", ("first.png", picture, "image/png"))] if picture else None
            api = client(self._url, key_name=self._key_name)
            options: Any = {"headers": {**headers, **({"Content-Type": "multipart/form-data"} if files else {})}}
            told = _object(api.post("/videos", cast_to=object, body=asked, files=files, options=options))
            if not isinstance(told.get("id"), str) or not told["id"]:
                raise json.JSONDecodeError("the reply has no id", "", 0)
            return str(told["id"])

        return call(send, engine=self._engine, request=request, key_name=self._key_name)

    def collect(self, job: str, *, told: Callable[[float], None] | None = None) -> Clip:
        """Wait for the job and fetch its clip; see :mod:`.collecting` for what it raises."""
        path = f"/videos/{quote(job, safe='')}"
        model: list[str] = []

        def ask() -> float | None:
            with asking_after(job, engine=self._engine):
                reply = call(
                    lambda _: _object(client(self._url, key_name=self._key_name).get(path, cast_to=object)),
                    engine=self._engine,
                    request=path,
                    key_name=self._key_name,
                )
            model.append(str(reply.get("model") or ""))
            status = str(reply.get("status", "")).casefold()
            if status in _FAILED:
                fault = reply.get("error") or {}
                says = f"{fault.get('code', '')} {fault.get('message', '')}" if isinstance(fault, dict) else str(fault)
                refused = any(word in says.casefold() for word in ("moderation", "safety", "policy"))
                raise failed(self._engine, says, billed="no" if is_local(self._url) else "unknown", refused=refused)
            return None if status in _DONE else _share(reply.get("progress"))

        waited(ask, engine=self._engine, told=told)
        with asking_after(job, engine=self._engine):
            data = fetched(
                f"{self._url}{path}/content", engine=self._engine, headers=self._headers, key_name=self._key_name
            )
        named = self.model or model[-1] or "served by " + self._url
        usage = {"seconds": round(measured(data).seconds, 3)}
        cost = 0.0 if is_local(self._url) else None
        return Clip(data, Receipt(model=named, usage=usage, cost=cost, request=job))

    @property
    def _engine(self) -> str:
        return self.model or "the video server"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {client(self._url, key_name=self._key_name).api_key}"}


def _retired(model: str) -> None:
    """Raise for OpenAI's own address: all its video models have ended, known by name or not."""
    try:
        catalogue.check_alive(f"openai/{model or 'sora-2'}")
        catalogue.check_alive("openai/sora-2")
    except RetiredError as ended:
        raise RetiredError(
            ended.problem,
            hint=f"Set {URL} to a server that speaks the same protocol (SGLang Diffusion, vLLM-Omni), or use veo, "
            "runway or diffusers.",
            **ended.data,
        ) from ended


def _whole(seconds: float) -> int:
    return min(LONGEST_S, max(1, math.ceil(seconds)))


def _share(progress: object) -> float:
    return progress / 100 if isinstance(progress, (int, float)) else 0.0


def _object(reply: object) -> dict[str, Any]:
    if not isinstance(reply, dict):
        raise json.JSONDecodeError("the reply is no JSON object", "", 0)
    return reply
