"""Pictures to H.264, in memory, so that pieces made apart can be joined without re-encoding."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from av import VideoFrame

    from .yuv import Plane

__all__ = ["ENCODER", "encode"]

ENCODER = {
    "preset": "veryfast",
    "crf": "20",
    # A closed group of pictures and headers that do not depend on what else is in the stream: pieces join.
    "x264-params": "open-gop=0:stitchable=1:lookahead-threads=1",
}
"""What the encoder is told. Part of every segment's key."""
THREADS = 2
"""Always two frame threads: one busy worker a core fills the machine all the same, a lone worker uses a
second core, and a segment's bytes never depend on how many workers there were."""
_MPEG_RANGE = 1
_BT709 = 1
_AVX512 = 256
"""OpenCV's number for AVX-512 as in Skylake-X (cv::CpuFeatures, CPU_AVX512_SKX)."""


def encode(
    pictures: Iterable[Plane],
    *,
    width: int,
    height: int,
    fps: int,
    preset: str | None = None,
    crf: int | None = None,
) -> bytes:
    """I420 pictures (yuv.py) as an MP4 with one H.264 stream: BT.709, limited range, square pixels, 1/fps grid.

    A picture's memory may be reused as soon as the next one is asked for. Raises RenderError where the
    encoder refuses.
    """
    import av

    options = dict(ENCODER)
    options["x264-params"] += _steady(width)
    if preset is not None:
        options["preset"] = preset
    if crf is not None:
        options["crf"] = str(crf)
    buffer = io.BytesIO()
    try:
        with av.open(buffer, "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=fps, options=options)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            context = stream.codec_context
            context.thread_type, context.thread_count = "FRAME", THREADS
            context.color_range, context.colorspace = _MPEG_RANGE, _BT709
            context.color_primaries, context.color_trc = _BT709, _BT709
            context.sample_aspect_ratio = Fraction(1)
            for number, picture in enumerate(pictures):
                frame = _frame(picture, width, height)
                frame.pts = number
                frame.color_range, frame.colorspace = _MPEG_RANGE, _BT709
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
    except av.FFmpegError as refused:
        raise RenderError(f"The encoder refused a picture of {width} × {height} px: {refused}.") from refused
    return buffer.getvalue()


def _frame(picture: Plane, width: int, height: int) -> VideoFrame:
    """The picture as a frame. Its memory is lent where PyAV reads it right, which is where four divides the height.

    PyAV takes rows of an I420 array in sixes: of a picture 270 px high it would see 268 and find the colours elsewhere.
    """
    import av

    if height % 4 == 0:
        return av.VideoFrame.from_numpy_buffer(picture, format="yuv420p")
    frame = av.VideoFrame(width, height, "yuv420p")
    flat, at = picture.reshape(-1), 0
    for plane in frame.planes:
        size = plane.width * plane.height
        rows = np.zeros((plane.height, plane.line_size), np.uint8)
        rows[:, : plane.width] = flat[at : at + size].reshape(plane.height, plane.width)
        plane.update(rows.tobytes())
        at += size
    return frame


def _steady(width: int) -> str:
    """Keep x264 from its AVX-512 code where that is not repeatable.

    Its macroblock-tree pass there reads memory that it never wrote unless the width is a multiple of 128 px
    (1280 and 1920 are): the same pictures then give different streams from run to run. Measured with the
    x264 of PyAV 18.1 at widths 320, 854 and 1080; never with AVX2, which takes an eighth more time.
    """
    import cv2

    return ":asm=AVX2" if width % 128 and cv2.checkHardwareSupport(_AVX512) else ""
