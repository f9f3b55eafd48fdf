"""Caption files and the chapters and tags of a film file, with awkward texts."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import av
import imageio_ffmpeg
import makers
import pytest
from film_files import boxes, caption_file
from hypothesis import given
from hypothesis import strategies as st

from bookfilm_nb.cutting import lay_out
from bookfilm_nb.delivery import mux, read_tags, subtitle_text, write_tags
from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import Caption, ChapterMark, Timeline

if TYPE_CHECKING:
    from pathlib import Path

AWKWARD = "Глава = 1; «Буря» # \\ №2\nи снег"


def _caption(start_ms: int, end_ms: int, *lines: str) -> Caption:
    return Caption(start_ms=start_ms, end_ms=end_ms, lines=lines, element="s01e001")


_WORDS = st.text("abcабв ',.!?—«»", min_size=1, max_size=40).map(lambda t: " ".join(t.split())).filter(bool)
_CAPTIONS = st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 9000), _WORDS, _WORDS), min_size=1, max_size=8)


@given(_CAPTIONS)
def test_caption_files_say_what_the_captions_say(rows: list[tuple[int, int, str, str]]) -> None:
    captions, at = [], 0
    for gap, length, first, second in rows:
        captions.append(_caption(at + gap, at + gap + length, first, second))
        at += gap + length
    for kind in ("srt", "vtt"):
        found = caption_file(subtitle_text(captions, kind))
        assert [(round(c.start_s * 1000), round(c.end_s * 1000), c.lines) for c in found] == [
            (c.start_ms, c.end_ms, c.lines) for c in captions
        ]


def test_a_long_films_captions_go_past_the_hour() -> None:
    (cue,) = caption_file(subtitle_text([_caption(3_723_004, 3_725_000, "Late.")], "srt"))
    assert cue.start_s == pytest.approx(3723.004)


@pytest.fixture(scope="module")
def streams(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Timeline]:
    """A grey picture and silence of 20 s, and a timeline as long."""
    folder = tmp_path_factory.mktemp("streams")
    play = makers.screenplay(["Hello there, says the sea to the old lamp."])
    board = makers.storyboard(play)
    voices = {e.id: makers.voice_take(e) for e in play.elements()}
    pictures = {name: makers.picture_take(name) for name in ("title", "end", *(s.id for s in board.shots))}
    timeline = lay_out(play, board, makers.TEMPLATE, voices, pictures, width=64, height=36)
    seconds = timeline.length / timeline.fps
    line = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi"]
    picture, sound = folder / "picture.mp4", folder / "sound.m4a"
    grey = f"color=gray:s=64x36:r=24:d={seconds}"
    subprocess.run([*line, "-i", grey, "-c:v", "libx264", "-pix_fmt", "yuv420p", str(picture)], check=True)
    subprocess.run([*line, "-i", f"anullsrc=r=48000:cl=stereo:d={seconds}", "-c:a", "aac", str(sound)], check=True)
    return picture, sound, timeline


def test_awkward_chapter_titles_come_back(streams: tuple[Path, Path, Timeline], tmp_path: Path) -> None:
    picture, sound, timeline = streams
    marks = (ChapterMark(title=AWKWARD, start=0), ChapterMark(title="[CHAPTER]", start=48))
    film = mux(timeline.model_copy(update={"chapters": marks}), picture, sound, "", tmp_path / "film.mp4")
    with av.open(str(film)) as container:
        assert [c["metadata"]["title"] for c in container.chapters()] == [AWKWARD, "[CHAPTER]"]
        assert not container.streams.subtitles
        assert container.duration / 1e6 == pytest.approx(timeline.length / 24, abs=0.05)
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


def test_a_long_chapter_keeps_its_place(streams: tuple[Path, Path, Timeline], tmp_path: Path) -> None:
    """ffmpeg's own clock for chapters overflows after 22 seconds in a file with a subtitle track."""
    _, _, timeline = streams
    long = timeline.model_copy(update={"length": 24 * 90})
    line = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi"]
    picture, sound = tmp_path / "picture.mp4", tmp_path / "sound.m4a"
    grey = "color=gray:s=64x36:r=24:d=90"
    subprocess.run([*line, "-i", grey, "-c:v", "libx264", "-pix_fmt", "yuv420p", str(picture)], check=True)
    subprocess.run([*line, "-i", "anullsrc=r=48000:cl=stereo:d=90", "-c:a", "aac", str(sound)], check=True)
    marks = tuple(ChapterMark(title=f"Part {n}", start=24 * s) for n, s in enumerate((0, 4, 40, 88)))
    srt = subtitle_text([_caption(500, 1500, "Hello.")], "srt")
    film = mux(long.model_copy(update={"chapters": marks}), picture, sound, srt, tmp_path / "film.mp4")
    with av.open(str(film)) as container:
        found = [(c["metadata"]["title"], float(c["start"] * c["time_base"])) for c in container.chapters()]
    assert found == [("Part 0", 0), ("Part 1", 4), ("Part 2", 40), ("Part 3", 88)]


def test_tags_come_back_and_leave_the_film_as_it_was(streams: tuple[Path, Path, Timeline], tmp_path: Path) -> None:
    picture, sound, timeline = streams
    srt = subtitle_text([_caption(500, 1500, "Привет,", "лампа.")], "srt")
    film = mux(timeline, picture, sound, srt, tmp_path / "film.mp4")
    tags = {"title": AWKWARD, "author": "Анна Рай", "copyright": "© " + "x" * 5000, "comment": "made", "genre": ""}
    write_tags(film, tags)
    found = read_tags(film)
    assert {k: found[k] for k in ("title", "author", "copyright", "comment")} == {k: v for k, v in tags.items() if v}
    assert "genre" not in found
    assert found["source"].endswith("trainedAlgorithmicMedia")
    assert boxes(film).index("moov") < boxes(film).index("mdat")
    with av.open(str(film)) as container:
        assert sum(1 for _ in container.decode(video=0)) == timeline.length
        assert container.streams.subtitles[0].language == "eng"


def test_streams_that_cannot_be_joined_are_told(streams: tuple[Path, Path, Timeline], tmp_path: Path) -> None:
    _, sound, timeline = streams
    (tmp_path / "spoiled.mp4").write_bytes(b"no film")
    with pytest.raises(RenderError, match="could not be put together") as caught:
        mux(timeline, tmp_path / "spoiled.mp4", sound, "", tmp_path / "film.mp4")
    assert caught.value.data["said"]
    assert not (tmp_path / "film.mp4").exists()
