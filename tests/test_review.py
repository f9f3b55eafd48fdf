"""The review says what is wrong with a film, and the report shows it without letting the book write in it."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import imageio_ffmpeg
import makers
import numpy as np
import pytest
from PIL import Image

from bookfilm_nb.cutting import captions, lay_out
from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import Book, Chapter, LeftOut, Paragraph, Screenplay, Span, Storyboard, Timeline
from bookfilm_nb.review import Review, report_html, review
from bookfilm_nb.review.pictures import loudness_curve, middle_frames, shot_pictures

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ("The sea was <script>calm</script> & grey that day.", "Anna lit the lamp and waited for the boats.")


class Cut(NamedTuple):
    film: Path
    book: Book
    play: Screenplay
    board: Storyboard
    timeline: Timeline


def _book() -> Book:
    text = " ".join(TEXTS) + " Nobody came."
    whole = Span(start=0, end=len(text))
    chapter = Chapter(title='<img src="http://x">', span=whole, paragraphs=(Paragraph(span=whole),))
    return Book(
        title="A <b>test</b>", author="N & N", language="en", format="txt", text=text, chapters=(chapter,), set_aside=()
    )


def _film(path: Path, timeline: Timeline, *, picture: str = "testsrc2=s=320x180:r=24", sound: str = "pink") -> Path:
    """A film as long as the timeline that an encoder's test pattern makes, tagged as ours are."""
    seconds = timeline.length / timeline.fps
    line = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi", "-t", str(seconds), "-i", picture]
    line += ["-f", "lavfi", "-i", f"anoisesrc=c={sound}:r=48000:a=0.12:d={seconds}"]
    colour = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
    line += ["-vf", colour, "-c:v", "libx264", "-preset", "ultrafast", "-g", "48", "-bf", "2", "-pix_fmt", "yuv420p"]
    line += ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-c:a", "aac", str(path)]
    subprocess.run(line, check=True)
    return path


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    play = makers.screenplay(list(TEXTS))
    left = LeftOut(span=Span(start=len(" ".join(TEXTS)) + 1, end=len(_book().text)), reason="length")
    play = play.model_copy(update={"left_out": (left,)})
    board = makers.storyboard(play)
    voices = {e.id: makers.voice_take(e) for e in play.elements()}
    pictures = {name: makers.picture_take(name) for name in ("title", "end", *(s.id for s in board.shots))}
    timeline = lay_out(play, board, makers.TEMPLATE, voices, pictures, width=320, height=180)
    timeline = timeline.model_copy(update={"captions": captions(timeline, play)})
    film = _film(tmp_path_factory.mktemp("review") / "film.mp4", timeline)
    return Cut(film, _book(), play, board, timeline)


def _measured(cut: Cut, *, film: Path | None = None, **changes: object) -> Review:
    values = {"screenplay": cut.play, "timeline": cut.timeline, **changes}
    return review(
        film or cut.film,
        book=cut.book,
        storyboard=cut.board,
        template=makers.TEMPLATE,
        target_s=cut.timeline.length / 24,
        **values,  # type: ignore[arg-type]
    )


def _failed(measured: Review) -> set[str]:
    return {gate.name for gate in measured.gates if not gate.passed}


def test_a_sound_film_passes_what_it_can(cut: Cut) -> None:
    measured = _measured(cut)
    assert _failed(measured) <= {"loudness", "true peak"}
    assert measured.frames == cut.timeline.length
    assert measured.left_out == {"length": len("Nobody came.")}
    assert (measured.spoken_sentences, measured.not_in_book, measured.out_of_order) == (2, 0, 0)
    assert measured.shots == len(cut.board.shots)


def test_words_that_are_not_the_books_are_counted(cut: Cut) -> None:
    scene = cut.play.scenes[0]
    first, second = scene.elements
    wrong = (first.model_copy(update={"text": "The sea was wild."}), second)
    play = cut.play.model_copy(update={"scenes": (scene.model_copy(update={"elements": wrong}),)})
    assert _failed(_measured(cut, screenplay=play)) >= {"in the book"}
    told = (wrong[0].model_copy(update={"edited": True}), second)
    play = cut.play.model_copy(update={"scenes": (scene.model_copy(update={"elements": told}),)})
    assert "in the book" not in _failed(_measured(cut, screenplay=play))
    play = cut.play.model_copy(update={"scenes": (scene.model_copy(update={"elements": (second, first)}),)})
    assert "in the book's order" in _failed(_measured(cut, screenplay=play))


def test_captions_that_cannot_be_read_are_told(cut: Cut) -> None:
    first, *rest = cut.timeline.captions
    hasty = first.model_copy(update={"end_ms": first.start_ms + 200})
    late = first.model_copy(update={"start_ms": first.start_ms + 300})
    tall = first.model_copy(update={"lines": ("a", "b", "c")})
    for caption, gate in ((hasty, "caption speed"), (late, "caption start"), (tall, "caption lines")):
        timeline = cut.timeline.model_copy(update={"captions": (caption, *rest)})
        assert gate in _failed(_measured(cut, timeline=timeline))


def test_a_film_that_is_too_short_black_or_silent_is_told(cut: Cut, tmp_path: Path) -> None:
    short = cut.timeline.model_copy(update={"length": cut.timeline.length - 48})
    film = _film(tmp_path / "short.mp4", short, picture="color=black:s=320x180:r=24")
    measured = _measured(cut, film=film)
    assert _failed(measured) >= {"frames", "black or still"}
    assert {gate.name for gate in measured.gates if gate.must} >= {"frames", "frame grid", "sound and picture end"}
    (tmp_path / "none.mp4").write_bytes(b"no film")
    with pytest.raises(RenderError):
        _measured(cut, film=tmp_path / "none.mp4")


def test_each_shots_picture_is_of_that_shot(cut: Cut, tmp_path: Path) -> None:
    """A film whose grey grows with the time: the picture's level tells which frame it is."""
    length = cut.timeline.length
    growing = f"nullsrc=s=64x36:r=24,geq=lum='16+219*N/{length}':cb=128:cr=128"
    film = _film(tmp_path / "grey.mp4", cut.timeline, picture=growing)
    frames = middle_frames(cut.timeline)
    found = shot_pictures(film, list(frames.values()), width=64)
    assert set(found) == set(frames.values())
    for wanted, data in found.items():
        level = float(np.asarray(Image.open(io.BytesIO(data)).convert("L")).mean())
        assert wanted - 6 <= level / 255 * length <= wanted + 10


def test_the_loudness_curve_follows_the_sound(cut: Cut) -> None:
    levels = loudness_curve(cut.film)
    assert len(levels) == int(cut.timeline.length / 24 / 0.5)
    assert np.ptp(levels) < 3
    assert -40 < np.mean(levels) < -10


def test_nothing_of_the_book_runs_in_the_report(cut: Cut) -> None:
    html = report_html(
        _measured(cut, notices=("A <u>notice</u>",)),
        film=cut.film,
        book=cut.book,
        screenplay=cut.play,
        storyboard=cut.board,
        timeline=cut.timeline,
        ledger=(),
    )
    assert "<script" not in html
    assert "&lt;script&gt;calm&lt;/script&gt; &amp; grey" in html
    assert "&lt;img src=&quot;http://x&quot;&gt;" in html
    assert "<u>" not in html
    assert "<b>" not in html
    for element in cut.play.elements():
        assert f'id="{element.id}"' in html
        assert f'id="b-{element.id}"' in html
