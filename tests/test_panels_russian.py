"""The panels in Russian: every panel of a finished film is walked, and no English word may stand in it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, get_args

import pytest
from film_files import RUSSIAN, in_this_process

from bookfilm_nb.model import vocabulary
from bookfilm_nb.model.book import Reason
from bookfilm_nb.movies.genres import GENRES
from bookfilm_nb.movies.templates import template_for
from bookfilm_nb.studio.going_on import go_on
from bookfilm_nb.widgets import panels
from bookfilm_nb.widgets.jobs import FilmJob
from bookfilm_nb.widgets.panels import (
    EnginePanel,
    JobPanel,
    MoneyPanel,
    ReportPanel,
    StoryboardPanel,
    TemplatePanel,
    TimelinePanel,
)
from bookfilm_nb.widgets.terms import blend, count, term, told
from bookfilm_nb.widgets.words import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import ipywidgets

    from bookfilm_nb.widgets.panels.base import Panel

OURS = {"BookFilm", "Python", "The", "Lamp", "on", "Gull", "Rock"}
FORMATS = {"txt", "epub", "fb", "docx", "csv", "fountain", "screenplay", "storyboard"}
UNITS = {"LUFS", "dBTP", "bt", "USD", "p"}
ENGINES = {
    "all", "espeak", "festival", "piper", "Piper", "illustrator", "paste", "diffusers", "openai", "veo", "runway",
    "gtts", "translate-tts", "SGLang", "Diffusion", "vLLM-Omni", "model", "index", "json",
    "gpt-realtime", "mini",
}  # fmt: skip
ALLOWED = OURS | FORMATS | UNITS | ENGINES
CODE = re.compile(
    r"\b(s\d+[eh]\d+|m\d+|h\d+)\b"  # shots, lines, pieces of music
    r"|\b[A-Z]+(_[A-Z]+)+\b|(?<=:)[\w.-]+|\bpip install \S+"  # settings, models, commands
    r"|\{\w+\}|data:[\w/]+;base64,[\w+/=]+"
)
WRITTEN = ("LineEditor", "Foot")
"""What holds text of the author or Python: its name is Russian, what is written in it need not be."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished film of a Russian book."""
    folder = tmp_path_factory.mktemp("russian")
    (folder / "часы.txt").write_text(RUSSIAN, "utf-8")
    out = folder / "фильм"
    with in_this_process():
        go_on(folder / "часы.txt", out, until="review", minutes=0.2, fps=12, voice="espeak").production.store.close()
    return out


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    set_language("ru")
    yield
    set_language("")


def seen(widget: ipywidgets.Widget) -> Iterator[str]:
    """Everything that a reader or a screen reader meets in a widget."""
    kind = type(widget).__name__
    for name in (
        "description",
        "tooltip",
        "placeholder",
        "_options_labels",
        "items",
        "tracks",
        "words",
        "panel",
        "copy",
    ):
        value = getattr(widget, name, None) or ""
        yield from _strings(value)
    if kind not in {*WRITTEN, "Dropdown", "Checkbox"}:
        yield _shown(str(getattr(widget, "value", "")))
    for output in getattr(widget, "outputs", ()):
        yield _shown(output["data"].get("text/html", ""))
    for child in getattr(widget, "children", ()):
        yield from seen(child)


def _strings(value: object) -> Iterator[str]:
    """The strings in lists and dictionaries; of these the values, but for ids and pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"id", "src"}:
                yield from _strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _strings(inner)


def _shown(html: str) -> str:
    """The text of some HTML with the names of its pictures."""
    names = re.findall(r'(?:alt|title|aria-label)="([^"]*)"', html)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", html), *names]))


def english(panel: Panel) -> set[str]:
    """Words in Latin letters that no Russian author should have to read."""
    assert panel.settled()
    words: set[str] = set()
    for text in seen(panel):
        words |= set(
            re.findall(
                r"[A-Za-z][A-Za-z-]*[A-Za-z]|[A-Za-z]", CODE.sub(" ", text.replace(str(panel.folder.parent), ""))
            )
        )
    return words - ALLOWED


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in panels.__all__ if name != "EnginePanel"])
def test_a_panel_speaks_russian_over_a_film_and_over_nothing(name: str, film: Path, tmp_path: Path) -> None:
    kind = getattr(panels, name)
    assert english(kind(film)) == set()
    assert english(kind(tmp_path / "пусто")) == set()


@pytest.mark.slow
@pytest.mark.parametrize("door", ["text", "voice"])
def test_the_panel_of_engines_speaks_russian(door: str, film: Path) -> None:
    assert english(EnginePanel(film, door)) == set()


@pytest.mark.slow
def test_what_a_click_shows_is_russian_too(film: Path) -> None:
    template = TemplatePanel(film)
    template.proposed()
    assert english(template) == set()
    assert "шаблон «драма»" in template._why.value
    money = MoneyPanel(film)
    money.reckon()
    assert english(money) == set()


def test_a_film_that_is_only_begun_is_told_in_russian(tmp_path: Path) -> None:
    go_on("ru", tmp_path / "фильм", until="read").production.store.close()
    for name in panels.__all__:
        if name != "EnginePanel":
            assert english(getattr(panels, name)(tmp_path / "фильм")) == set(), name
    assert "Запустите фильм до этапа «сценарий»" in TimelinePanel(tmp_path / "фильм")._says.value
    template = TemplatePanel(tmp_path / "фильм")
    template.proposed()
    assert "догадка о догадке" in template._why.value
    assert english(template) == set()


@pytest.mark.slow
def test_the_log_of_a_job_is_russian(film: Path) -> None:
    job = FilmJob(film, "review")
    panel = JobPanel(film)
    job._heard({"stage": "voice", "done": 3, "total": 3})
    job._heard({"waiting": 2})
    panel._follow(job)
    assert "голос: 3 из 3" in panel._log.value
    assert english(panel) == set()


@pytest.mark.slow
def test_what_is_chosen_in_russian_is_kept_in_english(film: Path) -> None:
    board, template = StoryboardPanel(film), TemplatePanel(film)
    assert dict(board.size.options)["деталь"] == "extreme close-up"
    assert dict(board.move.options)["наезд"] == "push in"
    template.genres[0].value = dict(template.genres[0].options)["детектив"]
    assert "genre='mystery'" in template.code
    assert "Темп жанра «детектив»" in template._chart.value


def test_every_word_of_the_closed_lists_has_a_russian_one() -> None:
    lists = {
        "genre": GENRES, "size": vocabulary.SHOT_SIZES, "move": get_args(vocabulary.CameraMove),
        "mood": vocabulary.MOODS,
        "aside": get_args(Reason), "language": get_args(vocabulary.Language),
        "act": [act.name for act in template_for("drama", "1990-2020").acts],
    }  # fmt: skip
    for kind, words in lists.items():
        shown = [term(kind, word) for word in words]
        assert not re.search("[a-z]", " ".join(shown)), kind
        assert len(set(shown)) == len(shown), kind


def test_terms_and_sentences_in_both_languages() -> None:
    assert blend("mystery 0.7 + romance 0.3") == "детектив 0,7 + мелодрама 0,3"
    assert blend("drama") == "драма"
    assert told("at most 20") == "не больше 20"
    assert told("0.1 USD a million input tokens, 12 USD a million audio tokens") == (
        "0,1 USD за миллион токенов на входе, 12 USD за миллион токенов звука"
    )
    assert told("Nobody knows what is at most 2 s of nothing.") == "Nobody knows what is at most 2 s of nothing."
    assert count(7053) == "7\u00a0053"
    set_language("en")
    assert blend("mystery 0.7 + romance 0.3") == "mystery 0.7 + romance 0.3"
    assert (told("at most 20"), term("mood", "sad"), count(7053)) == ("at most 20", "sad", "7,053")


@pytest.mark.slow
def test_the_report_tells_its_measures_in_russian(film: Path) -> None:
    value = ReportPanel(film)._gates.value
    assert "громкость" in value
    assert "LUFS" in value
    assert "не больше 20" in value
