"""OpenAI's endpoints as this project uses them: responses, chat, images, speech, videos, models."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from . import things
from .exchange import Made, Request, json_made

if TYPE_CHECKING:
    from .server import FakeServer

__all__ = ["reply"]

MODELS: dict[str, str | None] = {
    "gpt-6-luna": None,
    "gpt-image-2.6-flare": None,
    "gpt-image-1.5": "2026-12-01",
    "gpt-4o-mini-tts": "2027-01-06",
    "wan-2.2": None,
}
"""Models on offer, and the day each ends."""


def reply(fake: FakeServer, request: Request) -> Made | None:
    """The reply to a request below ``/v1``; None for any other."""
    if not request.path.startswith("/v1/"):
        return None
    if fake.key and request.headers.get("authorization") != f"Bearer {fake.key}":
        return _fault(401, "invalid_api_key", "Incorrect API key provided.")
    path = request.path.removeprefix("/v1")
    match request.method, path:
        case "POST", "/responses":
            return _responses(fake, request)
        case "POST", "/chat/completions":
            return _chat(fake, request)
        case "POST", "/images/generations" | "/images/edits":
            return _images(fake, request)
        case "POST", "/audio/speech":
            return _speech(fake, request)
        case "POST", "/videos":
            return _order(fake, request)
        case "GET", "/models":
            return json_made({"object": "list", "data": [_model(name, ends) for name, ends in MODELS.items()]})
    if request.method == "GET" and (found := re.fullmatch(r"/videos/([\w-]+)(/content)?", path)):
        return _job(fake, found[1], content=bool(found[2]))
    return None


def _fault(status: int, code: str, message: str) -> Made:
    return json_made({"error": {"message": message, "type": code, "param": None, "code": code}}, status=status)


def _model(name: str, ends: str | None) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1_780_000_000, "owned_by": "fake", "shutdown_date": ends}


def _refused(fake: FakeServer, words: str) -> Made | None:
    if fake.refuses and fake.refuses in words:
        return _fault(400, "moderation_blocked", "Your request was rejected by the safety system.")
    return None


def _tokens(text: str) -> int:
    return max(1, len(text) // 4)


def _texts(found: object) -> list[str]:
    """Every text inside the messages of a request, in order."""
    if isinstance(found, str):
        return [found]
    if isinstance(found, list):
        return [text for part in found for text in _texts(part)]
    if isinstance(found, dict):
        return _texts(found.get("content") or found.get("text") or "")
    return []


def _said(fake: FakeServer, prompt: str, schema: dict[str, Any] | None) -> str:
    if fake.answer is not None:
        return fake.answer(prompt, schema)
    return json.dumps(things.instance(schema)) if schema else "words"


def _responses(fake: FakeServer, request: Request) -> Made:
    asked = request.json()
    prompt = "\n".join([*_texts(asked.get("instructions")), *_texts(asked.get("input"))])
    if refused := _refused(fake, prompt):
        return refused
    form = (asked.get("text") or {}).get("format") or {}
    said = _said(fake, prompt, form.get("schema"))
    identity = "resp_" + hashlib.sha256(request.body).hexdigest()[:24]
    message = {
        "id": "msg_" + identity[5:],
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [{"type": "output_text", "text": said, "annotations": []}],
    }
    whole = {
        "id": identity,
        "object": "response",
        "created_at": 1_780_000_000,
        "status": "completed",
        "model": asked.get("model", ""),
        "output": [message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": _tokens(prompt),
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": _tokens(said),
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": _tokens(prompt) + _tokens(said),
        },
    }
    if not asked.get("stream"):
        return json_made(whole, door="text", charged=True)
    return Made(200, _streamed(whole, message, said), kind="text/event-stream", door="text", charged=True)


def _streamed(whole: dict[str, Any], message: dict[str, Any], said: str) -> bytes:
    at = {"item_id": message["id"], "output_index": 0, "content_index": 0}
    part = {"type": "output_text", "text": "", "annotations": []}
    begun = {**whole, "status": "in_progress", "output": [], "usage": None}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("response.created", {"response": begun}),
        (
            "response.output_item.added",
            {"output_index": 0, "item": {**message, "status": "in_progress", "content": []}},
        ),
        ("response.content_part.added", {**at, "part": part}),
        *(
            ("response.output_text.delta", {**at, "delta": said[i : i + 40], "logprobs": []})
            for i in range(0, len(said), 40)
        ),
        ("response.output_text.done", {**at, "text": said, "logprobs": []}),
        ("response.content_part.done", {**at, "part": {**part, "text": said}}),
        ("response.output_item.done", {"output_index": 0, "item": message}),
        ("response.completed", {"response": whole}),
    ]
    lines = []
    for number, (kind, facts) in enumerate(steps):
        event = {"type": kind, "sequence_number": number, **facts}
        lines.append(f"event: {kind}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n")
    return "".join(lines).encode()


def _chat(fake: FakeServer, request: Request) -> Made:
    asked = request.json()
    prompt = "\n".join(_texts(asked.get("messages")))
    if refused := _refused(fake, prompt):
        return refused
    form = asked.get("response_format") or {}
    said = _said(fake, prompt, (form.get("json_schema") or {}).get("schema"))
    usage = {"prompt_tokens": _tokens(prompt), "completion_tokens": _tokens(said)}
    usage["total_tokens"] = sum(usage.values())
    head = {
        "id": "chatcmpl-" + hashlib.sha256(request.body).hexdigest()[:24],
        "created": 1_780_000_000,
        "model": asked.get("model", ""),
    }
    if asked.get("stream"):
        pieces = [
            {"role": "assistant", "content": ""},
            *({"content": said[i : i + 40]} for i in range(0, len(said), 40)),
        ]
        chunks: list[dict[str, Any]] = [
            {
                **head,
                "object": "chat.completion.chunk",
                "choices": [{"index": 0, "delta": piece, "finish_reason": None}],
            }
            for piece in pieces
        ]
        last = [{"index": 0, "delta": {}, "finish_reason": "stop"}]
        chunks.append({**head, "object": "chat.completion.chunk", "choices": last})
        chunks.append({**head, "object": "chat.completion.chunk", "choices": [], "usage": usage})
        body = "".join(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"
        return Made(200, body.encode(), kind="text/event-stream", door="text", charged=True)
    choice = {"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop", "logprobs": None}
    return json_made(
        {**head, "object": "chat.completion", "choices": [choice], "usage": usage}, door="text", charged=True
    )


def _size(text: str, default: tuple[int, int]) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{2,4})x(\d{2,4})", text)
    return (int(found[1]), int(found[2])) if found else default


def _images(fake: FakeServer, request: Request) -> Made:
    asked = {name: value.decode("utf-8", "replace") for name, value in request.form().items()}
    prompt = asked.get("prompt", "")
    if refused := _refused(fake, prompt):
        return refused
    if asked.get("model") in {"dall-e-2", "dall-e-3"}:
        return _fault(404, "model_not_found", f"The model {asked['model']} does not exist.")
    width, height = _size(asked.get("size", ""), (1024, 1024))
    kind = asked.get("output_format", "png")
    count = int(asked.get("n", "1") or 1)
    pictures = [things.picture(f"{prompt}#{i}", width, height, kind) for i in range(count)]
    tokens = round(width * height / 1024) * count
    made = {
        "created": 1_780_000_000,
        "data": [{"b64_json": base64.b64encode(data).decode()} for data in pictures],
        "output_format": kind,
        "size": f"{width}x{height}",
        "quality": asked.get("quality", "medium"),
        "usage": {
            "input_tokens": _tokens(prompt),
            "input_tokens_details": {"image_tokens": 0, "text_tokens": _tokens(prompt)},
            "output_tokens": tokens,
            "total_tokens": _tokens(prompt) + tokens,
        },
    }
    return json_made(made, door="images", charged=True)


def _speech(fake: FakeServer, request: Request) -> Made:
    asked = request.json()
    text = str(asked.get("input", ""))
    if refused := _refused(fake, text):
        return refused
    if not 0 < len(text) <= 4096:
        return _fault(400, "invalid_request_error", "input must have 1 to 4096 characters")
    samples = things.speech(text, speed=float(asked.get("speed") or 1))
    match asked.get("response_format", "mp3"):
        case "wav":
            body, kind = things.wav(samples), "audio/wav"
        case "pcm":
            body, kind = (samples * 32767).astype("<i2").tobytes(), "audio/pcm"
        case _:
            body, kind = things.mp3(samples), "audio/mpeg"
    return Made(200, body, kind=kind, door="voice", charged=True)


def _order(fake: FakeServer, request: Request) -> Made:
    form = request.form()
    asked = {name: value.decode("utf-8", "replace") for name, value in form.items() if name != "input_reference"}
    if refused := _refused(fake, asked.get("prompt", "")):
        return refused
    width, height = _size(asked.get("size", ""), (1280, 720))
    with fake.lock:
        identity = f"video_{len(fake.jobs) + 1:04d}"
        fake.jobs[identity] = {
            "prompt": asked.get("prompt", ""),
            "model": asked.get("model", ""),
            "seconds": asked.get("seconds") or "4",
            "size": f"{width}x{height}",
            "reference": len(form.get("input_reference", b"")),
            "fails": "[fail]" in asked.get("prompt", "") or len(fake.jobs) < fake.failing,
            "asked": 0,
        }
    return json_made(_video(fake, identity), door="video", charged=True)


def _video(fake: FakeServer, identity: str) -> dict[str, Any]:
    job = fake.jobs[identity]
    failed = job["fails"]
    done = job["asked"] >= fake.polls
    status = "queued" if job["asked"] == 0 else "in_progress"
    if done:
        status = "failed" if failed else "completed"
    return {
        "id": identity,
        "object": "video",
        "created_at": 1_780_000_000,
        "completed_at": 1_780_000_060 if done else None,
        "status": status,
        "progress": 100 if done else min(99, 100 * job["asked"] // max(1, fake.polls)),
        "model": job["model"],
        "prompt": job["prompt"],
        "seconds": job["seconds"],
        "size": job["size"],
        "error": {"code": "generation_failed", "message": "scripted: the clip failed"} if done and failed else None,
    }


def _job(fake: FakeServer, identity: str, *, content: bool) -> Made:
    with fake.lock:
        job = fake.jobs.get(identity)
        if job is None:
            return _fault(404, "not_found", f"Video {identity} not found")
        if not content:
            told = _video(fake, identity)
            job["asked"] += 1
            return json_made(told)
    if job["asked"] < fake.polls:
        return _fault(400, "not_ready", "The video is not ready yet.")
    width, height = _size(job["size"], (1280, 720))
    data = things.video(
        job["prompt"], min(width, 320), min(width, 320) * height // width // 2 * 2, float(job["seconds"])
    )
    return Made(200, data, kind="video/mp4")
