"""What the picture path costs, against x264 alone on the very same frames and against moviepy.

    python bench/render.py [--seconds 48] [--rounds 2]

Synthetic shots are drawn on the spot (1280 x 720, 24 fps, veryfast, crf 20). CPU is user + system time of
this process and of every child it waited for. The last line is one JSON object:

still_vs_x264      CPU of rendering a film of single-layer shots with dissolves / x264 alone
layered_vs_x264    the same for backdrop, two hills, two acting figures, foreground and rain
moviepy_vs_ours    CPU of the idiomatic moviepy version of four still shots / ours
one_shot_vs_cold   CPU after one shot of twelve has changed / CPU of the whole film
nothing_changed_s  wall seconds when every segment is there already (joining included)
peak_mib           largest proportional memory (PSS) of the process tree while the layered film is rendered
jitter_px          rms error of the motion from frame to frame, phase correlation against the camera's path
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import cv2
import imageio_ffmpeg
import psutil
from render_helpers import Studio, talking

from bookfilm_nb.model import PictureTake, ShotClip, Timeline
from bookfilm_nb.render import camera_path, join, render_segments
from bookfilm_nb.render.blobs import reader
from bookfilm_nb.render.slot import Painter, slot_of

WIDTH, HEIGHT, FPS = 1280, 720, 24
SHOTS = 12
MOVES = ("push in", "pan left", "static", "pull out", "track right", "tilt up")
MOVIEPY_SECONDS = 3.0


class Cost(NamedTuple):
    cpu: float
    wall: float


def used() -> Cost:
    """CPU of this process and its finished children, and the clock."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime, time.monotonic())


def spent(since: Cost) -> Cost:
    now = used()
    return Cost(now.cpu - since.cpu, now.wall - since.wall)


class Store:
    """Segments on disk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def path(self, key: str) -> Path:
        return self.folder / key

    def have(self, key: str) -> bool:
        return self.path(key).exists()

    def put(self, key: str, data: bytes, _seconds: float) -> None:
        self.path(key).write_bytes(data)


class Bench:
    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.studio = Studio(folder / "blobs", width=WIDTH, height=HEIGHT)
        self.length = max(24, round(seconds * FPS / SHOTS))
        stills = [self.studio.still(n) for n in range(SHOTS)]
        scenes = [self.studio.scene(100 + 10 * n) for n in range(3)]
        self.still = self.film(stills)
        self.layered = self.film([scenes[n % 3] for n in range(SHOTS)])
        self.changed = self.film([*stills[:5], self.studio.still(99), *stills[6:]])
        self._count = 0

    def film(self, takes: list[PictureTake]) -> Timeline:
        clips = []
        for n, take in enumerate(takes):
            joint = {"transition": "dissolve", "dissolve": 12} if n % 3 else {}
            clips.append(
                ShotClip(
                    shot="", take=take, start=0, length=self.length, move=MOVES[n % len(MOVES)], seed=n * 37,
                    acts=talking(self.length), **joint,
                )
            )  # fmt: skip
        return self.studio.timeline(*clips)

    def store(self) -> Store:
        self._count += 1
        return Store(self.folder / f"segments{self._count}")

    def render(self, film: Timeline, store: Store) -> Cost:
        began = used()
        keys = render_segments(film, self.studio.folder, store.have, store.put)
        join([store.path(key) for key in keys], self.folder / "film.mp4")
        return spent(began)

    def raw(self, film: Timeline) -> Path:
        """The film's frames as one raw yuv420p file."""
        path = self.folder / "frames.yuv"
        read = reader(self.studio.folder)
        with path.open("wb") as out:
            for index, shot in enumerate(film.shots):
                painter = Painter(slot_of(film, index), read)
                for k in range(shot.length):
                    out.write(painter.paint(k).i420.tobytes())
        return path

    def x264(self, raw: Path) -> Cost:
        began = used()
        subprocess.run(
            [
                imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p",
                "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", str(raw), "-c:v", "libx264", "-preset", "veryfast",
                "-crf", "20", "-pix_fmt", "yuv420p", str(self.folder / "limit.mp4"),
            ],
            check=True,
        )  # fmt: skip
        return spent(began)

    def against_x264(self, film: Timeline, rounds: int) -> dict[str, float]:
        raw = self.raw(film)
        ours, limit = [], []
        for _ in range(rounds):
            ours.append(self.render(film, self.store()))
            limit.append(self.x264(raw))
        raw.unlink()
        size = (self.folder / "film.mp4").stat().st_size / (self.folder / "limit.mp4").stat().st_size
        cpu, wall = (sum(c[i] for c in ours) / sum(c[i] for c in limit) for i in (0, 1))
        per_frame = 1000 / rounds / film.length
        return {
            "cpu": cpu,
            "wall": wall,
            "bytes": size,
            "ours_ms": sum(c.cpu for c in ours) * per_frame,
            "x264_ms": sum(c.cpu for c in limit) * per_frame,
        }

    def against_moviepy(self) -> float:
        """The same four shots, pushing in and pulling out, with dissolves: moviepy in its own process, then ours."""
        length = round(MOVIEPY_SECONDS * FPS)
        film = self.still.model_copy(
            update={
                "shots": tuple(
                    shot.model_copy(
                        update={
                            "length": length,
                            "start": n * length,
                            "acts": (),
                            "dissolve": 12 if n else 0,
                            "transition": "dissolve",
                            "move": ("push in", "pull out")[n % 2],
                        }
                    )
                    for n, shot in enumerate(self.still.shots[:4])
                ),
                "length": 4 * length,
            }
        )
        pictures = []
        for n, shot in enumerate(film.shots):
            picture = self.folder / f"still{n}.png"
            picture.write_bytes(reader(self.studio.folder)(shot.take.layers[0].blob))
            pictures.append(str(picture))
        began = used()
        subprocess.run([sys.executable, __file__, "--moviepy", *pictures, str(self.folder / "moviepy.mp4")], check=True)
        theirs = spent(began)
        ours = self.render(film, self.store())
        print("moviepy", {"ours_ms": 1000 * ours.cpu / film.length, "moviepy_ms": 1000 * theirs.cpu / film.length})
        return theirs.cpu / ours.cpu

    def one_shot(self) -> tuple[float, float]:
        store = self.store()
        cold = self.render(self.still, store)
        changed = self.render(self.changed, store)
        return changed.cpu / cold.cpu, self.render(self.still, store).wall

    def peak_mib(self) -> float:
        with PeakMemory() as memory:
            self.render(self.layered, self.store())
        return memory.peak / 2**20

    def jitter_px(self) -> float:
        return float(np.sqrt(np.mean([self._jitter(move) ** 2 for move in ("push in", "pan right", "static")])))

    def _jitter(self, move: str) -> float:
        """rms over nine patches of 96 frames: measured minus expected shift to the next frame, in px."""
        frames, side = 96, 192
        clip = self.still.shots[0].model_copy(
            update={"length": frames, "move": move, "dissolve": 0, "start": 0, "seed": 5}
        )
        film = self.studio.timeline(clip)
        painter = Painter(slot_of(film, 0), reader(self.studio.folder))
        camera = camera_path(
            move, frames, canvas=self.studio.canvas, frame=(WIDTH, HEIGHT), depths=(0.0,), seed=5
        )  # fmt: skip
        window = cv2.createHanningWindow((side, side), cv2.CV_32F)
        centres = [(x, y) for x in (200, 640, 1080) for y in (140, 360, 580)]
        errors, last = [], None
        for k in range(frames):
            luma = painter.paint(k).y.astype(np.float32)
            if last is not None:
                a, b = camera.view(k - 1, 0.0), camera.view(k, 0.0)
                for x, y in centres:
                    crop = np.s_[y - side // 2 : y + side // 2, x - side // 2 : x + side // 2]
                    (dx, dy), _ = cv2.phaseCorrelate(last[crop], luma[crop], window)
                    errors.append(dx - ((a.x + a.scale * x - b.x) / b.scale - x))
                    errors.append(dy - ((a.y + a.scale * y - b.y) / b.scale - y))
            last = luma
        return float(np.sqrt(np.mean(np.square(errors)) * 2))


class PeakMemory:
    """The largest PSS of this process and its children, looked at twenty times a second."""

    def __enter__(self) -> Self:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.05):
            total = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)


def with_moviepy(pictures: list[str], out: str) -> None:
    """Stills that zoom and float, each fading in over the last: as moviepy's documentation has it."""
    from moviepy import CompositeVideoClip, ImageClip, vfx

    length, fade = MOVIEPY_SECONDS, 0.5
    clips = []
    for n, picture in enumerate(pictures):
        grow = 0.08 if n % 2 == 0 else -0.08
        clip = (
            ImageClip(picture, duration=length + fade)
            .with_start(n * length)
            .resized(lambda t, grow=grow: 0.95 + grow * (t / length - 0.5))
            .with_position(lambda t: (-60 - 6 * t / length, -30 - 4 * t / length))
        )
        clips.append(clip.with_effects([vfx.CrossFadeIn(fade)]) if n else clip)
    film = CompositeVideoClip(clips, size=(WIDTH, HEIGHT)).with_duration(len(clips) * length)
    film.write_videofile(
        out, fps=FPS, codec="libx264", preset="veryfast", ffmpeg_params=["-crf", "20"], audio=False, logger=None
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description="Cost of the picture path.")
    arguments.add_argument("--seconds", type=float, default=48.0, help="length of each film")
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--moviepy", nargs=5, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.moviepy:
        with_moviepy(given.moviepy[:4], given.moviepy[4])
        return
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), given.seconds)
        figures: dict[str, float] = {}
        for name, film in (("still", bench.still), ("layered", bench.layered)):
            result = bench.against_x264(film, given.rounds)
            print(name, {k: round(v, 3) for k, v in result.items()}, flush=True)
            figures[f"{name}_vs_x264"] = result["cpu"]
            figures[f"{name}_vs_x264_wall"] = result["wall"]
            figures[f"{name}_bytes_vs_x264"] = result["bytes"]
        figures["moviepy_vs_ours"] = bench.against_moviepy()
        figures["one_shot_vs_cold"], figures["nothing_changed_s"] = bench.one_shot()
        figures["peak_mib"] = bench.peak_mib()
        figures["jitter_px"] = bench.jitter_px()
    figures["seconds"] = given.seconds
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
