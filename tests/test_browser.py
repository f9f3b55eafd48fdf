"""The first notebook in a real JupyterLab in a real browser: run all, see the film, play it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = Path(os.environ.get("BOOKFILM_SCREENSHOTS", ROOT / "out" / "screenshots"))

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """Address of a JupyterLab over a copy of the notebooks."""
    if CHROMIUM is None:
        pytest.skip("no Chromium; on Debian: apt-get install chromium")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root"]
    command += [f"--ServerApp.root_dir={tmp_path}", "--IdentityProvider.token=t0", "--LabApp.news_url=None"]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "HOME": str(tmp_path / "home")}
    log = tmp_path / "lab.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        try:
            yield _address(server, log)
        finally:
            server.terminate()
            server.wait(30)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    import re
    import time

    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text("utf-8", "replace"))
        if found:
            return found.group()
    raise AssertionError(log.read_text("utf-8", "replace")[-2000:])


def test_the_first_notebook_makes_a_film_that_plays(lab: str) -> None:
    from playwright.sync_api import sync_playwright

    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags, "--disable-sync"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{lab}lab/tree/notebooks/00_start_here.ipynb?token=t0&reset")
        page.locator(".jp-NotebookPanel").wait_for(timeout=90_000)
        page.locator(".jp-Notebook h1", has_text="Start here").wait_for(timeout=60_000)
        news = page.get_by_role("button", name="No", exact=True)
        if news.count():
            news.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.locator("img[alt^='s0']").first.wait_for(timeout=180_000)
        page.locator("img[alt^='s0']").first.scroll_into_view_if_needed()
        page.screenshot(path=SCREENSHOTS / "00_frames.png")
        video = page.locator("video")
        video.wait_for(timeout=240_000)
        video.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('video').readyState >= 2", timeout=60_000)
        page.evaluate("document.querySelector('video').currentTime = 6")
        page.wait_for_function("document.querySelector('video').currentTime >= 6", timeout=30_000)
        page.wait_for_function("!document.querySelector('video').seeking", timeout=30_000)
        page.screenshot(path=SCREENSHOTS / "00_film.png")
        assert page.evaluate("document.querySelector('video').duration") > 20
        assert page.evaluate("document.querySelector('video').videoWidth") == 854
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        browser.close()
