"""From the cut to a film that was opened and measured: render, deliver, review."""

from __future__ import annotations

import hashlib
import shutil
import time
from typing import TYPE_CHECKING

from bookfilm_nb import __version__
from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import Value
from bookfilm_nb.production import paid_by_stage, write_atomically, writing

from .cards import rights_line

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.review import Review

    from .studio import Studio

__all__ = ["Delivered", "deliver", "render", "reviewed"]


class Delivered(Value):
    """The files of a finished film, relative to the production's folder, and the film's digest."""

    film: str
    srt: str
    vtt: str
    poster: str
    sha256: str


class _Rendered(Value):
    """A rendered piece: the digest of its blob."""

    blob: str


def render(studio: Studio) -> tuple[list[str], str]:
    """Keys of the picture's segments in order, and the key of the sound; all of them in the store."""
    from bookfilm_nb.render import render_segments, segment_key
    from bookfilm_nb.render.sound import sound_key

    timeline, production, job = studio.timeline, studio.production, studio.job
    burn = studio.choices.burn_captions
    keys = [segment_key(timeline, i, burn=burn) for i in range(len(timeline.shots))]
    names = {key: clip.shot for key, clip in zip(keys, timeline.shots, strict=True)}
    sound = sound_key(timeline)
    total = len(names) + 1
    done = sum(production.store.find(key) is not None for key in (*names, sound))
    job.tell("render", done, total)
    if done == total:
        return keys, sound

    def put(key: str, data: bytes, seconds: float) -> None:
        nonlocal done
        blob = production.store.put(data)
        production.store.record(
            key, "render", names[key], _Rendered(blob=blob).to_json(), blobs=(blob,), engine="x264", seconds=seconds
        )
        done += 1
        job.tell("render", done, total)

    render_segments(
        timeline,
        production.store.blobs,
        lambda key: production.store.find(key) is not None,
        put,
        burn=burn,
        cancel=job.cancelled,
    )
    job.check()
    if production.store.find(sound) is None:
        _mix(studio, sound)
        job.tell("render", total, total)
    return keys, sound


def _mix(studio: Studio, key: str) -> None:
    from bookfilm_nb.render.sound import mix

    store, begun = studio.production.store, time.perf_counter()
    work = _work_folder(studio)
    file = mix(studio.timeline, store.blobs, work / f"{key}.m4a")
    blob = store.put(file)
    store.record(
        key,
        "render",
        "sound",
        _Rendered(blob=blob).to_json(),
        blobs=(blob,),
        engine="mix",
        seconds=time.perf_counter() - begun,
    )


def _work_folder(studio: Studio) -> Path:
    folder = studio.production.folder / ".store" / "work"
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def deliver(studio: Studio) -> Delivered:
    """The film file, caption files and a poster in ``film/``; made again only where something changed."""
    from bookfilm_nb.delivery import DELIVERY_REVISION, mux, subtitle_text, write_tags
    from bookfilm_nb.render import FilmFrames, join, preview_frame

    segments, sound = render(studio)
    timeline, production, store = studio.timeline, studio.production, studio.production.store
    tags = {
        "title": studio.book.title,
        "author": studio.book.author,
        "genre": studio.choices.genre,
        "copyright": rights_line(studio.book, studio.choices),
        "comment": "Drawn and voiced by a machine (an animatic made with BookFilm).",
        "tool": f"BookFilm {__version__}",
    }
    key = production.key(
        "deliver",
        {
            "segments": segments,
            "sound": sound,
            "captions": [c.model_dump(mode="json") for c in timeline.captions],
            "chapters": [c.model_dump(mode="json") for c in timeline.chapters],
            "tags": tags,
            "revision": DELIVERY_REVISION,
        },
    )
    found = store.find(key)
    if found is not None:
        delivered = Delivered.from_json(found.value)
        if _in_place(production.folder, delivered):
            return delivered
    studio.job.tell("deliver", 0, 1)
    begun = time.perf_counter()
    work = _work_folder(studio)
    language = timeline.language
    srt, vtt = subtitle_text(timeline.captions, "srt"), subtitle_text(timeline.captions, "vtt")
    picture = work / "picture.mp4"
    join([store.path(_blob(studio, k)) for k in segments], picture, fps=timeline.fps)
    film = mux(timeline, picture, store.path(_blob(studio, sound)), srt, work / "film.mp4")
    write_tags(film, tags)
    delivered = Delivered(
        film="film/film.mp4",
        srt=f"film/film.{language}.srt",
        vtt=f"film/film.{language}.vtt",
        poster="film/poster.jpg",
        sha256=_sha256(film),
    )
    write_atomically(production.folder / delivered.srt, srt)
    write_atomically(production.folder / delivered.vtt, vtt)
    poster = preview_frame(FilmFrames(timeline, store.blobs), timeline.shots[0].length // 2, width=timeline.width)
    write_atomically(production.folder / delivered.poster, poster)
    target = production.folder / delivered.film
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        film.replace(target)
    shutil.rmtree(work, ignore_errors=True)
    production.keep("deliver", "film", key, delivered, {}, engine="mux", seconds=time.perf_counter() - begun)
    studio.job.tell("deliver", 1, 1)
    return delivered


def _blob(studio: Studio, key: str) -> str:
    return studio.production.kept(key, _Rendered).blob


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _in_place(folder: Path, delivered: Delivered) -> bool:
    files = [folder / name for name in (delivered.film, delivered.srt, delivered.vtt, delivered.poster)]
    return all(f.is_file() for f in files) and _sha256(files[0]) == delivered.sha256


def reviewed(studio: Studio, delivered: Delivered | None = None) -> Review:
    """The film opened and measured, and ``film/report.html`` written. Raises RenderError where it is not a film."""
    from bookfilm_nb.review import REVIEW_REVISION, Review, report_html, review

    delivered = delivered or deliver(studio)
    production = studio.production
    report = production.folder / "film" / "report.html"
    key = production.key(
        "review",
        {
            "film": delivered.sha256,
            "book": studio.book.digest(),
            "timeline": studio.timeline.digest(),
            "minutes": studio.choices.minutes,
            "notices": studio.notices,
            "revision": REVIEW_REVISION,
        },
    )
    found = production.store.find(key)
    if found is not None and report.is_file():
        return _sound(Review.from_json(found.value), report)
    studio.job.tell("review", 0, 1)
    begun = time.perf_counter()
    measured = review(
        production.folder / delivered.film,
        book=studio.book,
        screenplay=studio.screenplay,
        storyboard=studio.storyboard,
        timeline=studio.timeline,
        template=studio.template,
        target_s=studio.choices.minutes * 60,
        notices=tuple(studio.notices),
    )
    html = report_html(
        measured,
        film=production.folder / delivered.film,
        book=studio.book,
        screenplay=studio.screenplay,
        storyboard=studio.storyboard,
        timeline=studio.timeline,
        ledger=production.store.ledger(),
        paid=paid_by_stage(production.store),
    )
    write_atomically(report, html)
    production.keep("review", "review", key, measured, {}, engine="review", seconds=time.perf_counter() - begun)
    studio.job.tell("review", 1, 1)
    return _sound(measured, report)


def _sound(measured: Review, report: Path) -> Review:
    """The review of a film that is one; raises RenderError for one that is broken."""
    broken = [gate for gate in measured.gates if gate.must and not gate.passed]
    if broken:
        raise RenderError(
            f"The film was made but is not sound: {broken[0].name} is {broken[0].value}, not {broken[0].limit}.",
            hint=f"See {report}.",
            gates=[gate.name for gate in broken],
        )
    return measured
