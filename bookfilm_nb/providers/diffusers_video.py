"""Clips from a text-to-video or image-to-video pipeline in a folder on this machine: ``diffusers:FOLDER``.

``FAMILIES`` says which pipelines of diffusers can be used, and what each needs. Nothing is paid, so a job is only the
order, kept in a file below the user's cache: collecting it makes the clip, and after a crash makes it again.
"""

from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bookfilm_nb.errors import OutputError, ProviderError
from bookfilm_nb.model import FREE, Estimate, Receipt, blob_digest, digest_of
from bookfilm_nb.settings import option

from .collecting import gone, installed
from .diffusers_local import BRIEF_STYLE, STEPS, VIDEO_FOLDER, config_of, number, opened_folder, run, unquoted
from .footage import STYLE, directed, frame_png, measured
from .protocols import Capabilities, Clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .diffusers_local import Pipeline
    from .protocols import ClipOrder

__all__ = ["FAMILIES", "DiffusersVideo", "Family"]


class Family(NamedTuple):
    """What a kind of pipeline makes, and what it needs."""

    name: str
    picture: bool
    """Whether it makes clips from a first frame (and nothing without one); otherwise from words alone."""
    fps: int
    most: int
    """Frames of the longest clip it was made for."""
    step: int
    """Its clips have a multiple of so many frames, and one more."""
    width: int
    height: int
    multiple: int
    """Its sides are multiples of this."""
    gpu_gb: float | None
    """GPU memory, as the source tells it for one of its models; None where neither its makers nor diffusers tell."""
    source: str
    packages: tuple[str, ...] = ()
    """What it needs beside torch, diffusers and transformers."""
    style: str = STYLE
    tokens: int | None = None
    """Of the prompt, that it is asked to read; None for as many as its pipeline reads by itself."""


FAMILIES: dict[str, Family] = {
    "TextToVideoSDPipeline": Family(
        "ModelScope, Zeroscope", False, 8, 24, 1, 576, 320, 64, 7.9, "model card of zeroscope_v2_576w, 30 frames",
        style=BRIEF_STYLE,
    ),
    "AnimateDiffPipeline": Family(
        "AnimateDiff", False, 8, 16, 1, 512, 512, 64, 12,
        "README of AnimateDiff, with xformers, frames decoded in turn", style=BRIEF_STYLE,
    ),
    "StableVideoDiffusionPipeline": Family(
        "Stable Video Diffusion", True, 7, 25, 1, 1024, 576, 64, 8,
        "diffusers' guide to SVD-XT, with offload, the feed-forward in parts, 2 frames decoded at a time",
    ),
    "CogVideoXPipeline": Family(
        "CogVideoX", False, 8, 49, 8, 720, 480, 16, 23.9, "README of CogVideo, 2B in diffusers, without savings"
    ),
    "CogVideoXImageToVideoPipeline": Family(
        "CogVideoX", True, 8, 49, 8, 720, 480, 16, 26,
        "model card of CogVideoX-5B-I2V, in the makers' own code",
    ),
    "WanPipeline": Family(
        "Wan 2.1 and 2.2", False, 16, 81, 4, 832, 480, 16, 11, "diffusers 0.33 on Wan 2.1 T2V-1.3B, with offload"
    ),
    "WanImageToVideoPipeline": Family(
        "Wan 2.1 and 2.2", True, 16, 81, 4, 832, 480, 16, 35, "diffusers 0.33 on Wan 2.1 I2V-14B, with offload",
        packages=("ftfy",),
    ),
    "LTXPipeline": Family(
        "LTX-Video", False, 25, 161, 8, 704, 480, 32, 10,
        "diffusers' page of LTX-Video, 768 × 512 px, 161 frames, with 8-bit weights and offload", tokens=256,
    ),
    "LTXImageToVideoPipeline": Family("LTX-Video", True, 25, 161, 8, 704, 480, 32, None, "", tokens=256),
    "HunyuanVideoPipeline": Family(
        "HunyuanVideo", False, 24, 129, 4, 960, 544, 16, 45, "README of HunyuanVideo, 544 × 960 px, 129 frames"
    ),
    "HunyuanVideoImageToVideoPipeline": Family(
        "HunyuanVideo", True, 24, 129, 4, 960, 544, 16, 60, "README of HunyuanVideo-I2V, 720p"
    ),
    "HunyuanVideo15Pipeline": Family(
        "HunyuanVideo 1.5", False, 24, 121, 4, 848, 480, 16, 14, "README of HunyuanVideo-1.5, with offload"
    ),
    "HunyuanVideo15ImageToVideoPipeline": Family(
        "HunyuanVideo 1.5", True, 24, 121, 4, 848, 480, 16, 14, "README of HunyuanVideo-1.5, with offload"
    ),
}  # fmt: skip
"""By the pipeline's class; all are in diffusers 0.39 (TextToVideoSDPipeline among its deprecated ones)."""

_JOB = re.compile(r"local-[0-9a-f]{32}")
_KEPT = 200
"""Orders that are kept at most; the oldest go first."""


class DiffusersVideo:
    """A local video model."""

    name = "diffusers"

    def __init__(self, model: str = "", *, size: tuple[int, int] | None = None) -> None:
        """``model`` is the folder, else ``BOOKFILM_DIFFUSERS_VIDEO_MODEL``; ``size`` takes the place of the family's.

        Raises ChoiceError or MissingPartError where there is no such model, or a setting is no number; it is loaded
        with the first clip.
        """
        self._pipeline = opened_folder(model, setting=VIDEO_FOLDER, known=FAMILIES.__contains__, makes="clips")
        self.family = FAMILIES[self._pipeline.name]
        for package in self.family.packages:
            installed(package, extra="local")
        self._size = size or (self.family.width, self.family.height)
        self._steps = int(number(STEPS) or 0)
        self._cut_off = _cut_off(self._pipeline)
        facts = {
            "style": self.family.style,
            "tokens": self.family.tokens,
            "size": self._size,
            "steps": self._steps,
            "cut_off": self._cut_off,
            "quotes": False,
            "model": self._pipeline.revision,
        }
        self.capabilities = Capabilities(
            licence=self._pipeline.licence,
            needs=("gpu",),
            revision=digest_of(facts)[:8],
            notice="It makes clips from a first frame only." if self.family.picture else "",
            model=self._pipeline.folder.name,
            parallel=1,
            sizes=tuple("{}x{}".format(*size) for size in (self._size, self._size[::-1])),
        )

    def estimate(self, order: ClipOrder) -> Estimate:  # noqa: ARG002
        """Nothing: it runs on this machine."""
        return FREE

    def submit(self, order: ClipOrder) -> str:
        """Write the order down; its id. Raises ProviderError without a first frame that is needed, OutputError."""
        across, down = (
            self._size if (order.width >= order.height) == (self._size[0] >= self._size[1]) else self._size[::-1]
        )
        picture = b""
        if self.family.picture:
            if order.first_frame is None:
                raise ProviderError(
                    f"{self.family.name} makes clips from a first frame, and shot {order.shot.id} has none.",
                    hint="Draw the shot first, or use a model that makes clips from words.",
                )
            picture = frame_png(order.first_frame, width=across, height=down, engine=self.family.name)
        asked = {
            "prompt": unquoted(directed(order.shot, style=self.family.style)),
            "width": across,
            "height": down,
            "num_frames": min(frames(self.family, order.seconds) + self._cut_off, self.family.most),
            "seed": order.shot.seed,
            "picture": blob_digest(picture) if picture else "",
            "revision": self.capabilities.revision,
        }
        job = f"local-{digest_of(asked)[:32]}"
        _keep(job, asked, picture)
        return job

    def collect(self, job: str, *, told: Callable[[float], None] | None = None) -> Clip:
        """Make the clip. Raises ProviderError, with ``data['job']`` "gone" for an order of another model."""
        asked, picture = _kept(job, self.family.name)
        if asked.get("revision") != self.capabilities.revision:
            raise gone(self.family.name, job)
        order: dict[str, Any] = {
            **{name: asked[name] for name in ("prompt", "width", "height", "num_frames")},
            "frame_rate": self.family.fps,
            "num_inference_steps": self._steps or None,
            "max_sequence_length": self.family.tokens,
            "output_type": "np",
        }
        if picture:
            from .pictures import opened

            order["image"] = opened(picture, engine=self.family.name)
        made = run(self._pipeline, order, seed=int(asked["seed"]), told=told).frames
        data = _written(_pictures(made, self.family.name), self.family.fps)
        if told:
            told(1.0)
        usage = {"seconds": round(measured(data).seconds, 3)}
        return Clip(data, Receipt(model=self.capabilities.model, usage=usage, cost=0.0, request=job))


def frames(family: Family, seconds: float) -> int:
    """How many frames to ask of a family for a clip of at least so many seconds, as far as it reaches."""
    wanted = max(2, math.ceil(seconds * family.fps))
    whole = wanted if family.step == 1 else math.ceil((wanted - 1) / family.step) * family.step + 1
    return min(whole, family.most)


def _cut_off(pipeline: Pipeline) -> int:
    """How many frames it makes and then cuts off: HunyuanVideo's first four, where its clip begins with the picture."""
    if pipeline.name != "HunyuanVideoImageToVideoPipeline":
        return 0
    return 4 if config_of(pipeline, "transformer").get("image_condition_type") == "latent_concat" else 0


def _folder() -> Path:
    return Path(option("XDG_CACHE_HOME", str(Path.home() / ".cache")).value) / "bookfilm" / "clips"


def _keep(job: str, asked: dict[str, Any], picture: bytes) -> None:
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if picture:
            (folder / f"{job}.png").write_bytes(picture)
        half = folder / f"{job}.part"
        half.write_text(json.dumps(asked), "utf-8")
        half.replace(folder / f"{job}.json")
        for old in sorted(folder.glob("local-*.json"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
            old.with_suffix(".png").unlink(missing_ok=True)
    except OSError as fault:
        raise OutputError(
            f"The order for a clip cannot be written to {folder}: {fault.strerror}.", hint="Set XDG_CACHE_HOME."
        ) from fault


def _kept(job: str, engine: str) -> tuple[dict[str, Any], bytes]:
    if not _JOB.fullmatch(job):
        raise gone(engine, job)
    file = _folder() / f"{job}.json"
    try:
        asked = json.loads(file.read_text("utf-8"))
        picture = file.with_suffix(".png").read_bytes() if asked["picture"] else b""
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise gone(engine, job) from fault
    if f"local-{digest_of(asked)[:32]}" != job or (picture and blob_digest(picture) != asked["picture"]):
        raise gone(engine, job)
    return asked, picture


def _pictures(made: Any, engine: str) -> Iterator[np.ndarray]:  # noqa: ANN401 - an array or lists of pictures
    """RGB pictures, uint8, of the first clip of a pipeline's output."""
    for picture in made[0]:
        pixels = np.asarray(picture)
        if pixels.dtype != np.uint8:
            if not np.isfinite(pixels).all():
                raise ProviderError(
                    f"{engine} made no clip: its numbers overflowed.", hint="Use another seed or model."
                )
            pixels = np.rint(np.clip(pixels, 0, 1) * 255).astype(np.uint8)
        yield np.ascontiguousarray(pixels[..., :3])


def _written(pictures: Iterator[np.ndarray], fps: int) -> bytes:
    """The pictures as an MP4, nearly lossless; the same pictures are the same bytes."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        # One thread and no macroblock tree: with them the encoder's output may differ from run to run
        options = {"crf": "10", "preset": "fast", "x264-params": "mbtree=0"}
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.codec_context.thread_count = 1
        stream.pix_fmt = "yuv420p"
        stream.codec_context.colorspace = stream.codec_context.color_primaries = stream.codec_context.color_trc = 1
        stream.codec_context.color_range = 1
        for number, picture in enumerate(pictures):
            if number == 0:
                stream.height, stream.width = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
            frame = av.VideoFrame.from_ndarray(
                np.ascontiguousarray(picture[: stream.height, : stream.width]), format="rgb24"
            ).reformat(format="yuv420p", dst_colorspace="ITU709", src_color_range="JPEG", dst_color_range="MPEG")
            frame.pts, frame.colorspace, frame.color_range = number, 1, 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()
