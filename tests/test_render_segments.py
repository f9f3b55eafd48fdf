"""Segments: named by what decides their pixels, made once, joined on the frame grid."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from render_helpers import Memory, Studio, talking

from bookfilm_nb.errors import Cancelled, OutputError, RenderError
from bookfilm_nb.model import Caption, ShotClip
from bookfilm_nb.render import black_or_still, join, probe, render_segments, segment_key
from bookfilm_nb.render.blobs import reader
from bookfilm_nb.render.encode import encode
from bookfilm_nb.render.slot import Painter, slot_of
from bookfilm_nb.render.yuv import blank, from_rgb

CAPTION = Caption(start_ms=500, end_ms=1500, lines=("Дом стоял у моря,", "и никто не спал."), element="s01e001")


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    return Studio(tmp_path_factory.mktemp("blobs"))


@pytest.fixture(scope="module")
def film(studio):
    """Three shots: a layered one, one that dissolves in, one that fades in and out."""
    return studio.timeline(
        ShotClip(shot="", take=studio.scene(1), start=0, length=30, move="static", acts=talking(30)),
        ShotClip(shot="", take=studio.still(2), start=0, length=25, move="push in", transition="dissolve", dissolve=8),
        ShotClip(
            shot="",
            take=studio.still(3),
            start=0,
            length=24,
            move="pan left",
            transition="fade",
            dissolve=6,
            fade_out=6,
        ),
        captions=(CAPTION,),
    )


@pytest.fixture(scope="module")
def rendered(studio, film):
    store = Memory()
    keys = render_segments(film, studio.folder, store.have, store.put)
    return keys, store


def decoded(data):
    with av.open(io.BytesIO(data) if isinstance(data, bytes) else str(data)) as container:
        return [frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)]


def changed(film, index, **update):
    shots = list(film.shots)
    shots[index] = shots[index].model_copy(update=update)
    return film.model_copy(update={"shots": tuple(shots)})


def keys_of(film, **more):
    return [segment_key(film, index, **more) for index in range(len(film.shots))]


# -- keys


def test_a_key_tells_what_decides_the_pixels(film):
    keys = keys_of(film)
    assert len(set(keys)) == 3
    shifted = film.model_copy(
        update={"shots": tuple(s.model_copy(update={"start": s.start + 100, "shot": "other"}) for s in film.shots)}
    )
    assert keys_of(shifted) == keys
    assert keys_of(film.model_copy(update={"title": "Another", "voices": ()})) == keys
    for update in ({"width": 640}, {"fps": 25}):
        assert not set(keys_of(film.model_copy(update=update))) & set(keys)


@pytest.mark.parametrize(
    ("index", "update", "differ"),
    [
        (0, {"seed": 9}, [0, 1]),  # the second dissolves from it
        (0, {"acts": ()}, [0]),  # acts end with the shot
        (1, {"seed": 9}, [1]),  # the third fades in from black
        (1, {"dissolve": 9}, [1]),
        (2, {"fade_out": 0}, [2]),
    ],
)
def test_one_changed_shot_changes_at_most_two_segments(film, index, update, differ):
    before, after = keys_of(film), keys_of(changed(film, index, **update))
    assert [i for i in range(3) if before[i] != after[i]] == differ


def test_captions_count_only_where_they_are_burned(film):
    plain, burned = keys_of(film), keys_of(film, burn=True)
    assert [a != b for a, b in zip(plain, burned, strict=True)] == [True, True, False]
    moved = film.model_copy(update={"captions": (CAPTION.model_copy(update={"start_ms": 600}),)})
    assert keys_of(moved) == plain
    assert [a != b for a, b in zip(burned, keys_of(moved, burn=True), strict=True)] == [True, False, False]


# -- pictures


@pytest.mark.slow
def test_the_joined_film_is_the_frames_that_were_painted(studio, film, rendered, tmp_path):
    keys, store = rendered
    out = tmp_path / "film.mp4"
    assert join(store.write(tmp_path, keys), out, fps=film.fps) == film.length
    found = probe(out)
    assert (found.frames, found.fps, found.width, found.height) == (film.length, 24.0, 320, 180)
    assert found.on_grid
    assert found.square_pixels
    assert found.duration_s == pytest.approx(film.length / 24)
    assert found.colour == {"primaries": "bt709", "transfer": "bt709", "matrix": "bt709", "range": "limited"}
    assert found.audio_s is None
    assert black_or_still(out) == []
    pictures = decoded(out)
    painters = [Painter(slot_of(film, i), reader(studio.folder)) for i in range(3)]
    wanted = [p.paint(k).i420.copy() for p, shot in zip(painters, film.shots, strict=True) for k in range(shot.length)]
    errors = [np.mean((a.astype(float) - b) ** 2) for a, b in zip(pictures, wanted, strict=True)]
    assert 10 * np.log10(255**2 / max(errors)) > 30
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


@pytest.mark.slow
def test_bytes_do_not_depend_on_the_number_of_workers(studio, film, rendered):
    keys, store = rendered
    other = Memory()
    assert render_segments(film, studio.folder, other.have, other.put, workers=1) == keys
    assert other.segments == store.segments


@pytest.mark.slow
def test_only_what_is_missing_is_made(studio, film, rendered):
    keys, store = rendered
    again = Memory()
    again.segments = {key: data for key, data in store.segments.items() if key != keys[1]}
    told = []
    render_segments(film, studio.folder, again.have, again.put, progress=lambda *ready: told.append(ready))
    assert again.made == [keys[1]]
    assert told == [(54, 79), (79, 79)]
    again.made.clear()
    render_segments(film, studio.folder, again.have, again.put)
    assert again.made == []


@pytest.mark.slow
def test_burned_captions_are_seen_while_they_are_heard(studio, film, rendered):
    keys, store = rendered
    burned = Memory()
    new = render_segments(film, studio.folder, burned.have, burned.put, burn=True)
    plain, with_text = decoded(store.segments[keys[0]]), decoded(burned.segments[new[0]])
    foot = np.s_[140:180, 60:260]
    written = [np.abs(a[foot].astype(int) - b[foot]).mean() for a, b in zip(plain, with_text, strict=True)]
    assert min(written[12:]) > 5  # 500 ms is frame 12, 1500 ms is beyond this shot
    assert max(written[:12]) < 2
    top = np.s_[0:100]
    assert max(np.abs(a[top].astype(int) - b[top]).mean() for a, b in zip(plain, with_text, strict=True)) < 3


# -- stopping


def workers_of(process):
    return [p for p in process.children(recursive=True) if "bookfilm_nb.render.worker" in " ".join(p.cmdline())]


def busy_workers(process):
    """The workers, once each has used more processor time than its imports take."""
    found = workers_of(process)
    return found if found and all(sum(p.cpu_times()[:2]) > 1.2 for p in found) else []


def runs(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def long_film(studio):
    return studio.timeline(
        *(ShotClip(shot="", take=studio.scene(n), start=0, length=9000, move="static", seed=n) for n in range(4))
    )


@pytest.mark.slow
def test_cancelling_ends_the_workers_within_a_second(studio):
    film = long_film(studio)
    store, cancel = Memory(), threading.Event()
    started = []

    def stop_soon():
        while not (found := busy_workers(psutil.Process())):
            pass
        started.extend(found)
        cancel.set()
        asked.append(time.monotonic())

    asked: list[float] = []
    watcher = threading.Thread(target=stop_soon)
    watcher.start()
    with pytest.raises(Cancelled):
        render_segments(film, studio.folder, store.have, store.put, cancel=cancel)
    assert time.monotonic() - asked[0] < 1
    watcher.join()
    assert not any(map(runs, started))


SCRIPT = """
import sys
from pathlib import Path
from bookfilm_nb.model import Timeline
from bookfilm_nb.render import render_segments
film = Timeline.from_json(Path(sys.argv[1]).read_text())
print("begin", flush=True)
render_segments(film, Path(sys.argv[2]), lambda key: False, lambda key, data, seconds: print("put", flush=True))
"""


def start_script(studio, film, tmp_path):
    """The script from standard input: no main module that a worker could import again."""
    timeline = tmp_path / "timeline.json"
    timeline.write_text(film.to_json(), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-", str(timeline), str(studio.folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    process.stdin.write(SCRIPT.encode())
    process.stdin.close()
    return process


def wait_for_workers(process):
    assert process.stdout.readline() == b"begin\n"
    parent, limit = psutil.Process(process.pid), time.monotonic() + 30
    while time.monotonic() < limit:
        if found := busy_workers(parent):
            return found
    raise AssertionError("no worker was started")


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_its_parent(studio, tmp_path, how):
    process = start_script(studio, long_film(studio), tmp_path)
    found = wait_for_workers(process)
    os.kill(process.pid, how)
    limit = time.monotonic() + 5
    while alive := [p for p in found if runs(p)]:
        assert time.monotonic() < limit, alive
    process.wait(10)
    process.stdout.close()
    if how == signal.SIGINT:
        assert b"KeyboardInterrupt" in process.stderr.read()
    process.stderr.close()


@pytest.mark.slow
def test_it_works_from_a_script_without_a_main_guard(studio, film, tmp_path):
    process = start_script(studio, film, tmp_path)
    process.stdin = None
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors.decode()
    assert out.count(b"put") == 3


# -- what goes wrong is said


@pytest.mark.slow
def test_a_missing_blob_names_the_stage_to_run(studio, film):
    take = film.shots[1].take
    lost = take.model_copy(update={"layers": (take.layers[0].model_copy(update={"blob": "ab" * 32}),)})
    store = Memory()
    with pytest.raises(RenderError, match="missing") as caught:
        render_segments(changed(film, 1, take=lost), studio.folder, store.have, store.put)
    assert caught.value.hint
    assert caught.value.data["shot"] == "s01h02"
    assert workers_of(psutil.Process()) == []


def small(count=6, size=(64, 48), level=None, **more):
    random = np.random.default_rng(1)
    frame, pictures = blank(*size), []
    for _ in range(count):
        rgb = random.integers(0, 256, (size[1], size[0], 3), np.uint8)
        from_rgb(rgb if level is None else np.full_like(rgb, level), frame)
        pictures.append(frame.i420.copy())
    return encode(pictures, width=size[0], height=size[1], fps=24, **more)


def test_joining_refuses_what_does_not_belong_together(tmp_path):
    (tmp_path / "a").write_bytes(small())
    (tmp_path / "b").write_bytes(small(size=(80, 48)))
    (tmp_path / "c").write_bytes(b"no film")
    out = tmp_path / "film.mp4"
    for names, says in (
        (["a", "b"], "other settings"),
        (["a", "c"], "joined"),
        (["a", "d"], "missing"),
        ([], "nothing"),
    ):
        with pytest.raises(RenderError, match=says) as caught:
            join([tmp_path / n for n in names], out)
        assert caught.value.hint
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b", "c"]


def test_joining_keeps_an_older_film_when_it_fails(tmp_path):
    out = tmp_path / "film.mp4"
    out.write_bytes(b"older")
    with pytest.raises(RenderError):
        join([tmp_path / "missing"], out)
    assert out.read_bytes() == b"older"


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path):
    (tmp_path / "a").write_bytes(small())
    with pytest.raises(OutputError):
        join([tmp_path / "a"], tmp_path / "no" / "film.mp4")


def test_the_index_stands_at_the_front_and_frames_of_any_number_join(tmp_path):
    counts = [1, 2, 3, 7]
    for count in counts:
        (tmp_path / str(count)).write_bytes(small(count))
    out = tmp_path / "film.mp4"
    assert join([tmp_path / str(c) for c in counts], out) == sum(counts)
    assert probe(out).on_grid
    data = out.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_black_and_still_stretches_are_found(tmp_path):
    studio = Studio(tmp_path / "blobs")
    clip = ShotClip(shot="", take=studio.still(1), start=0, length=60, move="static")
    painter = Painter(slot_of(studio.timeline(clip), 0), reader(studio.folder))
    moving = [painter.paint(k).i420.copy() for k in range(60)]
    black = blank(320, 180).i420
    path = tmp_path / "film.mp4"
    path.write_bytes(encode([*moving, *[black] * 60, *moving, *[moving[-1]] * 60], width=320, height=180, fps=24))
    found = black_or_still(path)
    assert [s.kind for s in found if s.kind == "black"] == ["black"]
    black_one = next(s for s in found if s.kind == "black")
    assert (black_one.start, black_one.end) == (60, 120)
    last = found[-1]
    assert last.kind == "still"
    assert abs(last.start - 179) <= 6
    assert last.end == 240
    assert all(s.end <= 120 or s.start >= 177 for s in found)


def test_what_is_no_film_is_said(tmp_path):
    broken = tmp_path / "film.mp4"
    broken.write_bytes(b"\x00" * 64)
    for path in (broken, Path(tmp_path / "none.mp4")):
        with pytest.raises(RenderError, match="cannot be opened"):
            probe(path)
