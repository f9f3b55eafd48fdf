"""Servers that speak what Veo's and Runway's clients speak, beside OpenAI's: with the same scripted faults."""

from __future__ import annotations

import base64
import json
import re
from typing import Self

from bookfilm_nb.testing import FakeServer, things
from bookfilm_nb.testing.exchange import Made, Request, json_made


class VideoServer(FakeServer):
    """A FakeServer that makes clips for Veo (below ``/v1beta``) and for Runway as well; neither knows idempotency."""

    def __enter__(self) -> Self:
        super().__enter__()
        # Head and body are written apart: with Nagle's algorithm each reply would wait 40 ms for an acknowledgement
        self._server.RequestHandlerClass.disable_nagle_algorithm = True
        return self

    def reply_to(self, request: Request) -> Made:
        if request.path.startswith("/v1beta/"):
            return self._counted(self._google(request))
        if re.match(r"/v1/(text_to_video|image_to_video|tasks)|/out/", request.path):
            return self._counted(self._runway(request))
        return super().reply_to(request)

    def _counted(self, made: Made) -> Made:
        with self.lock:
            self.bought[made.door] += made.charged
        return made

    def _order(self, prompt: str, picture: str, **facts: object) -> str:
        with self.lock:
            name = f"job{len(self.jobs) + 1}"
            self.jobs[name] = {"prompt": prompt, "asked": 0, "picture": base64.b64decode(picture), **facts}
        return name

    def _asked(self, name: str) -> tuple[dict, bool] | None:
        with self.lock:
            job = self.jobs.get(name)
            if job is None:
                return None
            job["asked"] += 1
            return job, job["asked"] > self.polls

    def _google(self, request: Request) -> Made:
        if self.key and request.headers.get("x-goog-api-key") != self.key:
            told = f"API key not valid: {request.headers.get('x-goog-api-key')}"
            return _google_fault(400, "INVALID_ARGUMENT", told)
        if request.path.endswith(":predictLongRunning"):
            asked = request.json()
            words = asked["instances"][0]["prompt"]
            if self.refuses and self.refuses in words:
                return _google_fault(400, "INVALID_ARGUMENT", "The prompt violates our safety policy.")
            picture = asked["instances"][0].get("image", {}).get("bytesBase64Encoded", "")
            name = self._order(words, picture, **asked["parameters"])
            model = request.path.rpartition("/")[2].partition(":")[0]
            return json_made({"name": f"models/{model}/operations/{name}"}, door="video", charged=True)
        if request.path.endswith(":download"):
            return Made(200, _clip(self.jobs[request.path.rpartition("/")[2].partition(":")[0]]), kind="video/mp4")
        name = request.path.rpartition("/")[2]
        found = self._asked(name)
        if found is None:
            return _google_fault(404, "NOT_FOUND", "operation not found")
        job, done = found
        told: dict = {"name": request.path.removeprefix("/v1beta/")}
        if done and "[fail]" in job["prompt"]:
            told |= {"done": True, "error": {"code": 13, "message": "scripted: the clip failed"}}
        elif done and "[filtered]" in job["prompt"]:
            filtered = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["audio was filtered"]}
            told |= {"done": True, "response": {"generateVideoResponse": filtered}}
        elif done:
            uri = f"https://example.invalid/v1beta/files/{name}:download?alt=media"
            told |= {
                "done": True,
                "response": {"generateVideoResponse": {"generatedSamples": [{"video": {"uri": uri}}]}},
            }
        return json_made(told)

    def _runway(self, request: Request) -> Made:
        if request.path.startswith("/out/"):
            return Made(200, _clip(self.jobs[request.path.rpartition("/")[2].removesuffix(".mp4")]), kind="video/mp4")
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            return json_made({"error": f"bad key {request.headers.get('authorization')}"}, status=401)
        if request.method == "POST":
            asked = request.json()
            if self.refuses and self.refuses in asked["promptText"]:
                return json_made({"error": "the prompt did not pass moderation"}, status=400)
            picture = asked.get("promptImage", "").partition(",")[2]
            name = self._order(
                asked["promptText"], picture, durationSeconds=asked["duration"], seed=asked["seed"], path=request.path
            )
            told = {"id": name, "estimatedCost": {"credits": asked["duration"] * 5}}
            return json_made(told, door="video", charged=True)
        found = self._asked(request.path.rpartition("/")[2])
        if found is None:
            return json_made({"error": "Task not found"}, status=404)
        job, done = found
        name = request.path.rpartition("/")[2]
        told = {"id": name, "createdAt": "2026-11-22T00:00:00Z", "status": "RUNNING", "progress": 0.5}
        told |= {"estimatedCost": {"credits": 10}}
        if done and "[fail]" in job["prompt"]:
            told |= {"status": "FAILED", "failure": "scripted", "failureCode": "INTERNAL", "cost": {"credits": 0}}
        elif done:
            address = f"{self.url}/out/{name}.mp4"
            told |= {"status": "SUCCEEDED", "output": [address], "cost": {"credits": job["durationSeconds"] * 5}}
        return json_made(told)


def _google_fault(status: int, name: str, message: str) -> Made:
    return Made(status, json.dumps({"error": {"code": status, "message": message, "status": name}}).encode())


def _clip(job: dict) -> bytes:
    return things.video(job["prompt"], 160, 90, float(job.get("durationSeconds", 4)))
