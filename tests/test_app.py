"""The author's page: what of the notebook is in it, what its server gives away, and a film made with the keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import browsing
import nbformat
import pytest
from browsing import SCREENSHOTS, app, axe, browser_page, sideways

from bookfilm_nb.app import for_an_author, settings_for
from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.widgets import words
from bookfilm_nb.widgets.links import ROOT_VARIABLE, link_to

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

NOTEBOOK = browsing.ROOT / "notebooks" / "11_whole_film.ipynb"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.delenv(words.VARIABLE, raising=False)


def page_of(films: Path):
    return for_an_author(nbformat.read(NOTEBOOK, 4), films)


def test_an_author_sees_panels_and_no_exercises(tmp_path):
    page = page_of(tmp_path / "films")
    text = "\n".join(cell.source for cell in page.cells)
    nbformat.validate(page)
    assert page.cells[0].source.startswith("# BookFilm: a book becomes a film")
    assert page.metadata["title"] == "BookFilm: a book becomes a film"
    for name in ("BookPanel", "TemplatePanel", "MoneyPanel", "JobPanel", "ReportPanel"):
        assert name in text
    assert "Exercise" not in text
    assert "check_film" not in text
    assert ".ipynb" not in text


def test_nothing_on_the_page_starts_work_and_its_film_lies_where_the_server_looks(tmp_path):
    (parameters,) = [
        cell for cell in page_of(tmp_path / "films").cells if "parameters" in cell.metadata.get("tags", [])
    ]
    told: dict[str, object] = {}
    exec(parameters.source, told)  # noqa: S102 - our own notebook
    assert told["run"] is False
    assert told["out"] == str(tmp_path / "films" / "whole-film")


def test_every_heading_of_the_page_is_said_in_russian_as_well(tmp_path, monkeypatch):
    monkeypatch.setenv(words.VARIABLE, "ru")
    headings = [cell.source for cell in page_of(tmp_path / "films").cells if cell.source.startswith("#")]
    assert len(headings) == 6
    assert not [heading for heading in headings if not re.search("[а-я]", heading)]


def allowed(path):
    (pattern,) = settings_for(NOTEBOOK, browsing.ROOT / "films")["VoilaConfiguration"]["file_allowlist"]
    return re.fullmatch(pattern, path, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("films/whole-film/film/film.mp4", True),
        ("films/whole-film/film/film.en.vtt", True),
        ("films/whole-film/film/report.html", True),
        ("films/whole-film/production.toml", False),
        ("films/whole-film/.store/index.sqlite", False),
        ("films/whole-film/.store/blobs/x.png", False),
        ("films/../.env.png", False),
        ("films/.hidden.png", False),
        ("notebooks/11_whole_film.ipynb", False),
        (".env", False),
        ("data/books/en.html", False),
    ],
)
def test_only_films_are_served(path, given):
    assert allowed(path) is given


def test_a_page_without_its_notebook_says_so(tmp_path):
    with pytest.raises(ChoiceError, match="no notebook"):
        settings_for(tmp_path / "none.ipynb", tmp_path)


def test_links_lead_to_files_in_the_notebook_and_in_the_app(tmp_path, monkeypatch):
    film = tmp_path / "films" / "my film" / "film.mp4"
    film.parent.mkdir(parents=True)
    film.write_bytes(b"x")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)
    assert re.fullmatch(r"\.\./films/my%20film/film\.mp4\?v=\d+", link_to("../films/my film/film.mp4"))
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    assert re.fullmatch(r"/voila/files/films/my%20film/film\.mp4\?v=\d+", link_to(film))


# In a browser --------------------------------------------------------------------------------------------


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Go on with the Tab key until what has the focus is called this."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''").strip() == name:
            return
    raise AssertionError(f"the Tab key never came to {name!r}")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_film_is_made_with_the_keyboard_alone_and_everybody_can_use_the_page(tmp_path):
    with app(tmp_path) as address, browser_page() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address, timeout=120_000)
        job = page.locator(".bookfilm-panel[aria-label='Make the film']")
        job.get_by_role("button", name="Start").or_(job.get_by_role("button", name="Resume")).wait_for(timeout=120_000)
        page.locator(".bookfilm-panel[aria-label='Report']").wait_for(timeout=60_000)
        assert page.title() == "BookFilm: a book becomes a film"
        assert not list(tmp_path.rglob("film.mp4")), "nothing was made before a button was pressed"
        assert page.locator(".jp-CodeCell .jp-InputArea-editor:visible").count() == 0, "no code"
        assert page.locator(".bookfilm-code:visible").count() == 0, "nor that of the panels"
        assert not [url for url in asked if not url.startswith(("http://127.0.0.1", "data:", "blob:"))]
        assert axe(page) == []
        assert not sideways(page)
        page.screenshot(path=SCREENSHOTS / "app_1.png", full_page=True)

        page.keyboard.press("Tab")
        tab_to(page, "Resume" if job.get_by_role("button", name="Resume").count() else "Start")
        page.keyboard.press("Enter")
        job.get_by_text("Finished: review").wait_for(timeout=300_000)
        video = page.locator("video")
        video.wait_for(timeout=60_000)
        page.wait_for_function("document.querySelector('video').readyState >= 1", timeout=60_000)
        video_focused = "document.activeElement === document.querySelector('video')"
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(video_focused):
                break
        assert page.evaluate(video_focused)
        page.keyboard.press("Space")
        page.wait_for_function("document.querySelector('video').currentTime > 1", timeout=30_000)
        page.keyboard.press("Space")
        assert axe(page) == []
        assert not sideways(page)
        page.screenshot(path=SCREENSHOTS / "app_2_film.png", full_page=True)
        page.locator(".bookfilm-panel[aria-label='Report']").screenshot(path=SCREENSHOTS / "app_3_report.png")
        link = page.get_by_role("link", name="The whole report").get_attribute("href")
        assert page.request.get(address.rstrip("/") + link).ok
        assert page.request.get(f"{address}voila/files/films/whole-film/production.toml").status == 403
        assert list(tmp_path.glob("films/whole-film/film/film.mp4"))
