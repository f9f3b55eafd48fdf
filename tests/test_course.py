"""The course's recipe: the stand-in, the measures against made-up films of known faults, and the notebook."""

from __future__ import annotations

import os
import time
from pathlib import Path

import nbformat
import numpy as np
import pytest

from bookfilm_nb import course
from bookfilm_nb.course import listening, watching
from bookfilm_nb.errors import ChoiceError, RenderError
from bookfilm_nb.testing import things

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "extra_course_pipeline.ipynb"
NO_KEY = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "BOOKFILM_GTTS_URL")


@pytest.fixture(autouse=True)
def without_a_key(monkeypatch, tmp_path):
    for name in NO_KEY:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


# Doors ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_without_a_key_a_stand_in_answers_and_leaves_no_trace(tmp_path):
    import gtts.tts

    address = gtts.tts._translate_url
    doors = course.open_doors("ru", 3)
    try:
        assert doors.server is not None
        assert "No key" in doors.says
        asked = {"model": "m", "input": course.ask("x", 3, "ru"), "text_format": course.Story}
        story = doors.openai.responses.parse(**asked).output_parsed
        assert (story.title, len(story.scenes)) == ("Спичка", 3)
        gtts.tts.gTTS(story.scenes[0].line, lang="ru").save(tmp_path / "a.mp3")
        assert {seen.path for seen in doors.server.seen} == {
            "/v1/responses",
            "/_/TranslateWebserverUi/data/batchexecute",
        }
        assert os.environ["BOOKFILM_GTTS_URL"] == doors.server.url
    finally:
        doors.close()
    assert gtts.tts._translate_url is address
    assert not [name for name in NO_KEY if name in os.environ]


def test_a_key_alone_is_no_wish_to_pay(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "planted-never-shown")
    doors = course.open_doors(real=False)
    try:
        assert doors.server is not None
        assert "costs nothing" in doors.says
        assert os.environ["OPENAI_BASE_URL"] == doors.server.openai_url
    finally:
        doors.close()


def test_with_a_key_the_real_ones_are_asked(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "planted-never-shown")
    doors = course.open_doors()
    try:
        assert doors.server is None
        assert str(doors.openai.base_url).startswith("https://api.openai.com/")
        assert "planted" not in doors.says
    finally:
        doors.close()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_stand_ins_story_is_a_whole_one_and_a_book(language, tmp_path):
    from bookfilm_nb import read_book

    story = course.story.STAND_IN[language]
    assert len(story.scenes) == course.story.LONGEST
    assert any(len(scene.line) > 100 for scene in story.scenes), "nothing that gTTS would have to cut"
    file = tmp_path / "story.txt"
    file.write_text(course.as_book(story), "utf-8")
    assert read_book(file).title == story.title


# Listening -----------------------------------------------------------------------------------------------


def test_a_line_is_found_to_the_sample_under_music():
    line = things.speech("A lamp burns on the rock.")
    begins, ends = listening.audible(line)
    assert begins == pytest.approx(0.05, abs=0.01)
    assert ends < len(line) / listening.RATE - 0.04
    film = np.random.default_rng(1).normal(0, 0.02, listening.RATE * 8).astype(np.float32)
    film[60_000 : 60_000 + len(line)] += line
    assert listening.found_at(film, line) == pytest.approx(60_000 / listening.RATE + begins, abs=0.001)


def test_a_line_that_is_said_twice_is_found_where_its_turn_is():
    line = things.speech("Once more.")
    film = np.concatenate([line, np.zeros(12_000, np.float32), line])
    first = listening.found_at(film, line)
    second = listening.found_at(film, line, after_s=first + 0.1)
    assert second - first == pytest.approx((len(line) + 12_000) / listening.RATE, abs=0.001)


def test_what_is_not_there_is_not_found():
    film = np.random.default_rng(2).normal(0, 0.1, listening.RATE * 4).astype(np.float32)
    with pytest.raises(RenderError, match="not heard"):
        listening.found_at(film, things.speech("A lamp."))
    with pytest.raises(RenderError, match="nothing to hear"):
        listening.audible(np.zeros(1000, np.float32))
    with pytest.raises(RenderError, match="cannot be opened"):
        listening.samples_of(b"no sound at all")


# Watching ------------------------------------------------------------------------------------------------


def test_pictures_are_found_in_their_order_even_where_one_comes_again():
    dark, light = np.zeros(12), np.full(12, 200.0)
    frames = np.array([dark] * 5 + [light] * 7 + [dark] * 4) + np.random.default_rng(3).normal(0, 5, (16, 12))
    assert watching.begins(frames, [dark, light, dark]) == [0, 5, 12]
    assert watching.begins(frames[:5], [dark]) == [0]
    with pytest.raises(RenderError):
        watching.begins(frames[:2], [dark, light, dark])


@pytest.mark.parametrize("shake", [0.0, 0.3])
def test_the_jitter_of_a_known_zoom_is_measured(shake):
    import cv2

    lot = np.random.default_rng(4)
    ground = cv2.GaussianBlur(lot.uniform(0, 255, (240, 320)).astype(np.float32), (0, 0), 4) * 4
    off = lot.normal(0, shake, 24)
    frames = []
    for number in range(24):
        scale = 1 + 0.002 * number
        warp = np.array([[scale, 0, 159.5 * (1 - scale) + off[number]], [0, scale, 119.5 * (1 - scale)]])
        frames.append(cv2.warpAffine(ground, warp, (320, 240), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))
    found = watching.unsteadiness(np.stack(frames))
    truly = np.sqrt((np.diff(off) ** 2).mean())
    assert found.rms == pytest.approx(truly, rel=0.15, abs=0.06)


# What is hidden ------------------------------------------------------------------------------------------


@pytest.fixture
def sounds(tmp_path):
    files = [tmp_path / "00.mp3", tmp_path / "01.mp3"]
    for file, words in zip(files, ("A lamp.", "And a much longer line about the lamp."), strict=True):
        file.write_bytes(things.mp3(things.speech(words)))
    return files


def test_the_lengths_table_tells_the_voice_from_its_padding(sounds):
    table = course.lengths_table(sounds)
    assert (table["mutagen, s"] - table["decoded, s"]).abs().max() < 0.05
    hidden = (table["mutagen, s"] - table["voice, s"]) * 1000
    told = table["silence before, ms"] + table["silence after, ms"]
    assert (hidden - told).abs().max() < 50
    # 50 ms of the stand-in's own breath and 46 ms of the encoder's padding
    assert table["silence before, ms"].between(85, 105).all()


def test_frames_and_lengths_add_up(sounds):
    table = course.rounding_table(sounds, fps=24)
    assert abs(table["frames"].sum() / 24 - table["mutagen, s"].sum()) < 1 / 24
    assert table["frames − mutagen, ms"].abs().max() < 1000 / 24


def test_what_a_fit_cuts_away_is_counted(tmp_path):
    from PIL import Image

    Image.new("RGB", (1536, 1024)).save(tmp_path / "a.png")
    table = course.cropped_table([tmp_path / "a.png"], (768, 256))
    assert table["cut away, %"].tolist() == [50.0]


# Comparing -----------------------------------------------------------------------------------------------


def facts(**changed):
    given = {
        "name": "it",
        "seconds": 10.0,
        "work_s": 20.0,
        "again_s": 5.0,
        "picture_bytes": 1000,
        "sound_bytes": 500,
        "heard_s": (0.1, 2.2, 4.3),
        "seen_s": (0.0, 2.0, 4.0),
        "planned_s": (0.0, 0.0, 0.0),
        "path": np.zeros(4),
        "jitter_px": 0.5,
        "lufs": -16.0,
        "peak_dbtp": -1.0,
        "sound": "aac",
        "colour": "not said",
    }
    return course.FilmFacts(**{**given, **changed})


def test_drift_is_what_grows_and_not_what_was_meant():
    assert facts().drift_ms == pytest.approx(200)
    assert facts(planned_s=(0.1, 0.2, 0.3)).late_ms == pytest.approx([0, 0, 0], abs=1e-6)
    assert facts(heard_s=(1.0,), seen_s=(0.0,), planned_s=(0.0,)).drift_ms == 0


def test_the_comparison_and_the_charts_say_what_was_measured():
    recipe, workbench = facts(name="a"), facts(name="b", planned_s=(0.1, 0.2, 0.3), jitter_px=0.1)
    table = course.comparison(recipe, workbench)
    assert list(table.columns) == ["a", "b"]
    assert table.loc["drift from first to last line, ms"].tolist() == [200.0, 0.0]
    assert "300 ms off its picture in a, less than 1 ms in b" in course.late_chart(recipe, workbench).get_suptitle()
    assert "5 times as much in a as in b" in course.jitter_chart(recipe, workbench).get_suptitle()


def test_exercises_are_checked_by_what_was_measured(sounds):
    import pandas as pd

    joins = pd.DataFrame({"requests": [1, 3]})
    measured = course.Measured(joins, course.lengths_table(sounds), facts(), facts(work_s=5.0))
    assert "right" in course.check("requests", 4, measured)
    assert "not yet" in course.check("requests", "many", measured)
    assert "right" in course.check("work", 4.0, measured)
    assert "no answer" in course.check("silence", None, measured)
    with pytest.raises(ChoiceError):
        course.check("nothing", 1, measured)


CLAIMS = """
assert abs(workbench.late_ms).max() < 1, workbench.late_ms
assert recipe.late_ms.min() > 46, recipe.late_ms
assert workbench.jitter_px < recipe.jitter_px / 2
assert workbench.work_s / workbench.seconds < recipe.work_s / recipe.seconds
"""

# The notebook --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_notebook_makes_both_films_in_a_minute_and_its_claims_hold(tmp_path, monkeypatch):
    from nbclient import NotebookClient

    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted0course1never2paid")  # a key alone is no wish to pay
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there: whoever calls a network fails

    notebook = nbformat.read(NOTEBOOK, 4)
    (tmp_path / "notebooks").mkdir()
    notebook.cells.append(nbformat.v4.new_code_cell(CLAIMS))
    begun = time.monotonic()
    resources = {"metadata": {"path": str(tmp_path / "notebooks")}}
    NotebookClient(notebook, timeout=240, store_widget_state=False, resources=resources).execute()
    took = time.monotonic() - begun
    films = tmp_path / "films" / "extra-course"
    assert (films / "recipe" / "film.mp4").is_file()
    assert (films / "workbench" / "film" / "film.mp4").is_file()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = [output for cell in code for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in shown) == 2
    assert not [output.text for output in shown if output.get("name") == "stderr"]
    page = nbformat.writes(notebook)
    assert page.count("no answer yet") == 3
    assert page.count(": right.") == 3, "the solutions are right"
    assert took < 150, f"{took:.0f} s"
