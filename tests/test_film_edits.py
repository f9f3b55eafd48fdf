"""What changes a film and what does not: the seed, an edited file, one shot, nothing."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from film_files import ENGLISH, opened

from bookfilm_nb import make_film, open_studio
from bookfilm_nb.errors import RenderError, ScreenplayError
from bookfilm_nb.production import Choices, Production

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.studio import Film, Studio

pytestmark = pytest.mark.slow

SMALL: dict[str, object] = {"minutes": 0.4, "size": "480p"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished film's folder."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "clock.txt").write_text(ENGLISH, "utf-8")
    make_film(folder / "clock.txt", folder / "film", **SMALL)
    return folder / "film"


@pytest.fixture
def copy(first: Path, tmp_path: Path) -> Path:
    """The same production in a folder of its own, to change things in."""
    shutil.copy(first.parent / "clock.txt", tmp_path)
    return Path(shutil.copytree(first, tmp_path / "film"))


def _again(folder: Path, **choices: object) -> Film:
    return make_film(folder.parent / "clock.txt", folder, **{**SMALL, **choices})


def _made(folder: Path) -> Counter[str]:
    """How often each kind of work was done."""
    return Counter(row.kind for row in Production.open(folder).store.ledger())


def _studio(folder: Path, **choices: object) -> Studio:
    return open_studio(folder.parent / "clock.txt", folder, **{**SMALL, **choices})


def _planned(folder: Path, **choices: object) -> tuple[str, str]:
    studio = _studio(folder, **choices)
    try:
        return studio.screenplay.to_json(), studio.storyboard.to_json()
    finally:
        studio.close()


def _change_rows(folder: Path, change: Callable[[list[list[str]]], None]) -> None:
    path = folder / "storyboard.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    change(rows)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


def test_the_same_inputs_give_the_same_film(first: Path, tmp_path: Path) -> None:
    shutil.copy(first.parent / "clock.txt", tmp_path)
    second = tmp_path / "another"
    make_film(tmp_path / "clock.txt", second, **SMALL)
    for name in ("screenplay.fountain", "storyboard.csv", "film/film.en.srt", "film/film.en.vtt", "film/poster.jpg"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
    assert opened(first / "film" / "film.mp4") == opened(second / "film" / "film.mp4")


def test_another_seed_gives_another_storyboard(copy: Path) -> None:
    same = _planned(copy)
    other = _planned(copy, seed=8)
    assert other[0] == same[0]
    assert other[1] != same[1]
    assert _planned(copy, seed=7) == same


def test_when_nothing_changed_nothing_is_made(copy: Path) -> None:
    before = _made(copy)
    film = (copy / "film" / "film.mp4").stat().st_mtime_ns
    again = _again(copy)
    # The copy's book lies elsewhere, which no artefact depends on.
    assert _made(copy) == before
    assert (copy / "film" / "film.mp4").stat().st_mtime_ns == film
    assert again.review.passed


def test_one_changed_prompt_draws_one_shot_and_renders_two_at_most(copy: Path) -> None:
    before = _made(copy)
    old = opened(copy / "film" / "film.mp4")

    def darker(rows: list[list[str]]) -> None:
        column = rows[0].index("prompt")
        assert ", day," in rows[-1][column] or ", dusk," in rows[-1][column]
        rows[-1][column] = rows[-1][column].replace(", day,", ", night,").replace(", dusk,", ", night,")

    _change_rows(copy, darker)
    film = _again(copy)
    new = _made(copy) - before
    cards = 1  # the end card is drawn over the last shot's place
    assert new["shoot"] <= 1 + cards
    assert new["render"] <= 2
    assert {kind: new[kind] for kind in ("read", "analyse", "adapt", "voice", "score")} == dict.fromkeys(
        ("read", "analyse", "adapt", "voice", "score"), 0
    )
    renders = [row for row in Production.open(copy).store.ledger() if row.kind == "render"][before["render"] :]
    assert "sound" not in {row.name for row in renders}
    changed = opened(film.film)
    assert changed.sound == old.sound
    assert changed.picture != old.picture
    assert any("storyboard.csv" in notice for notice in film.notices)


def test_a_deleted_line_is_not_heard(copy: Path) -> None:
    path = copy / "screenplay.fountain"
    studio = _studio(copy)
    line = [e for e in studio.screenplay.elements() if e.spoken][1]
    studio.close()
    text = path.read_text("utf-8")
    assert line.text in text
    path.write_text("\n".join(row for row in text.splitlines() if line.text not in row) + "\n", "utf-8")
    before = _made(copy)
    film = _again(copy)
    assert any("screenplay.fountain" in notice for notice in film.notices)
    captions = " ".join(Path(film.captions[0]).read_text("utf-8").split())
    assert line.text.split(",")[0] not in captions
    assert (_made(copy) - before)["voice"] == 0
    assert film.review.left_out.get("edited", 0) >= len(line.text)
    assert path.read_text("utf-8").count("[[") == text.count("[[") - 1


def test_a_changed_word_is_spoken_and_said_to_be_no_longer_the_books(copy: Path) -> None:
    path = copy / "screenplay.fountain"
    studio = _studio(copy)
    line = [e for e in studio.screenplay.elements() if e.spoken][-1]
    studio.close()
    words = "And the owl slept on."
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text("utf-8").replace(line.text, words).replace("\n", "\r\n").encode())
    before = _made(copy)
    film = _again(copy)
    assert words in Path(film.captions[0]).read_text("utf-8")
    assert (_made(copy) - before)["voice"] == 1
    assert any("screenplay.fountain" in notice for notice in film.notices)
    studio = _studio(copy)
    try:
        assert [e.text for e in studio.screenplay.elements() if e.edited] == [words]
    finally:
        studio.close()
    path.unlink()
    assert line.text in " ".join(Path(_again(copy).captions[0]).read_text("utf-8").split())


def test_a_file_saved_in_another_charset_is_named(copy: Path) -> None:
    path = copy / "screenplay.fountain"
    path.write_bytes(path.read_text("utf-8").replace("Title: ", "Title: Мельница ").encode("cp1251"))
    with pytest.raises(ScreenplayError, match=r"screenplay\.fountain is not in UTF-8"):
        _again(copy)


def test_a_storyboard_that_lost_its_words_is_named(copy: Path) -> None:
    def shorter(rows: list[list[str]]) -> None:
        column = rows[0].index("portions")
        covered = next(row for row in rows[1:] if row[column])
        element = covered[column].split(":")[0]
        rows[:] = [row for row in rows if element not in row[column]]

    _change_rows(copy, shorter)
    with pytest.raises(ScreenplayError, match="no shot for 1 spoken element"):
        _again(copy)


def test_a_storyboard_that_no_longer_fits_is_named(copy: Path) -> None:
    def prompted(rows: list[list[str]]) -> None:
        rows[-1][rows[0].index("prompt")] += " Details: owl."

    _change_rows(copy, prompted)
    path = copy / "screenplay.fountain"
    studio_text = path.read_text("utf-8")
    last = [row for row in studio_text.splitlines() if "[[" in row][-1]
    path.write_text(studio_text.replace(last, ""), "utf-8")
    with pytest.raises(ScreenplayError, match="no longer fits"):
        _again(copy)


def test_a_lost_film_file_is_put_together_again_and_nothing_else(copy: Path) -> None:
    before = _made(copy)
    old = opened(copy / "film" / "film.mp4")
    (copy / "film" / "film.mp4").write_bytes(b"spoiled")
    film = _again(copy)
    assert opened(film.film) == old
    assert set(_made(copy) - before) <= {"deliver", "review"}


def test_a_broken_film_is_told_every_time(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by the second run, which finds the review in the store."""
    from bookfilm_nb.review import measures

    honest = measures.probe
    monkeypatch.setattr(measures, "probe", lambda film: honest(film).model_copy(update={"on_grid": False}))
    (copy / "film" / "report.html").unlink()
    store = Production.open(copy).store
    store._index.execute("DELETE FROM artefacts WHERE kind = 'review'")
    store.close()
    for _ in range(2):
        with pytest.raises(RenderError, match="frame grid"):
            _again(copy)


def test_choices_are_written_down(first: Path) -> None:
    choices = Production.open(first).choices
    assert choices == Choices(book=str((first.parent / "clock.txt").resolve()), **SMALL)  # type: ignore[arg-type]
