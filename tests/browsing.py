"""JupyterLab and the author's page in a real Chromium: servers to open, what to press, and axe-core to look at it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = Path(os.environ.get("BOOKFILM_SCREENSHOTS", ROOT / "out" / "screenshots"))
AXE = "axe-core@4.14.1"
"""MPL-2.0; fetched from npm for the test, never kept with the sources."""
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextlib.contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Address of a JupyterLab over a copy of the notebooks in ``folder``."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", dirs_exist_ok=True)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root"]
    command += [f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=t0", "--LabApp.news_url=None"]
    with _running(command, folder, r"http://127\.0\.0\.1:\d+/") as address:
        yield address


@contextlib.contextmanager
def app(folder: Path, language: str = "en") -> Iterator[str]:
    """Address of the author's page, its notebook and films in ``folder``."""
    pytest.importorskip("voila", reason="no Voilà; pip install 'bookfilm-nb[app]'")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", dirs_exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bookfilm_nb.app", "notebooks/11_whole_film.ipynb", "--no-browser"]
    command += ["--port", str(port), "--language", language]
    with _running(command, folder, rf"http://127\.0\.0\.1:{port}/") as address:
        yield address


@contextlib.contextmanager
def _running(command: list[str], folder: Path, says: str) -> Iterator[str]:
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config"), "HOME": str(folder / "home")}
    log = folder / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=folder)
        try:
            deadline = time.monotonic() + 90
            while not (found := re.search(says, log.read_text("utf-8", "replace"))):
                assert time.monotonic() < deadline, log.read_text("utf-8", "replace")[-2000:]
                assert server.poll() is None, log.read_text("utf-8", "replace")[-2000:]
                time.sleep(0.1)
            yield found.group()
        finally:
            server.terminate()
            server.wait(30)


@contextlib.contextmanager
def browser_page(*, dark: bool = False) -> Iterator[Page]:
    """A window of 1280 × 900 px."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("no Chromium; on Debian: apt-get install chromium")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS, "--disable-sync"])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark" if dark else "light")
        try:
            yield page
        except Exception:
            page.screenshot(path=SCREENSHOTS / f"failed_{_test_name()}.png")
            raise
        finally:
            browser.close()


def open_notebook(page: Page, address: str, name: str) -> None:
    """The notebook in JupyterLab, as it opens for the first time."""
    page.goto(f"{address}lab/tree/notebooks/{name}?token=t0&reset")
    page.locator(".jp-NotebookPanel").wait_for(timeout=90_000)
    page.locator(".jp-Notebook .jp-RenderedMarkdown h1").first.wait_for(timeout=60_000)
    news = page.get_by_role("button", name="No", exact=True)
    if news.count():
        news.click()


def menu(page: Page, *path: str) -> None:
    """A command of JupyterLab's menus."""
    page.get_by_role("menuitem", name=path[0], exact=True).click()
    for name in path[1:]:
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(name)}$")).last.click()


def run_all(page: Page) -> None:
    """Run all cells. Cells that are run before the kernel answers are dropped by JupyterLab without a word."""
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=90_000)
    menu(page, "Run", "Run All Cells")


def wait_until_idle(page: Page, *, timeout_s: float = 240) -> None:
    """Wait until no cell waits for the kernel."""
    page.wait_for_function(
        "() => !Array.from(document.querySelectorAll('.jp-InputPrompt')).some(p => p.textContent.includes('[*]'))",
        timeout=timeout_s * 1000,
    )


def panel(page: Page, name: str) -> Locator:
    """The panel with this name, once it is there."""
    found = page.locator(f".bookfilm-panel[aria-label='{name}']")
    found.wait_for(state="attached", timeout=60_000)
    found.scroll_into_view_if_needed()
    return found


def panels_shown(page: Page, number: int) -> None:
    """Wait until so many panels are there; what is there instead is kept as a screenshot."""
    try:
        page.locator(".bookfilm-panel").nth(number - 1).wait_for(timeout=120_000)
    except Exception:
        page.screenshot(path=SCREENSHOTS / f"failed_{_test_name()}.png")
        raise


def press(page: Page, name: str, button: str | re.Pattern[str]) -> Locator:
    """Press a button of a panel, and give the panel back; nothing may go wrong."""
    here = panel(page, name)
    here.get_by_role("button", name=button, exact=True).first.click()
    return here


def well(here: Locator) -> None:
    """Nothing has gone wrong in the panel."""
    assert here.locator("[role=alert]").all_inner_texts() == []


def axe(page: Page, *scopes: str) -> list[str]:
    """Serious and critical findings of axe-core inside these parts of the page, a line each; all of it without."""
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate(
        "scopes => axe.run(scopes.length ? {include: scopes.map(s => [s])} : document, {resultTypes: ['violations']})",
        list(scopes),
    )
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]} — {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


def _axe() -> str:
    """The source of axe-core, from the cache or from npm; the test is skipped where there is neither."""
    cache = Path(os.environ.get("BOOKFILM_AXE", Path(tempfile.gettempdir()) / "bookfilm-axe"))
    source = cache / "axe.min.js"
    if not source.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("no npm to fetch axe-core with; on Debian: apt-get install npm")
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [npm, "pack", AXE, "--silent"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
            )
            if done.returncode:
                pytest.skip(f"npm could not fetch {AXE}: {done.stderr.strip()[-200:]}")
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
                data = archive.extractfile("package/axe.min.js")
                assert data is not None
                cache.mkdir(parents=True, exist_ok=True)
                source.write_bytes(data.read())
    return source.read_text("utf-8")


def sideways(page: Page) -> list[str]:
    """What of the page or of a panel is wider than the room it has."""
    found: list[str] = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll(
             '.jp-WindowedPanel-outer, .bookfilm-panel, .jp-OutputArea-output')]
           .filter(box => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display != 'none')
           .map(box => `${box.className || box.tagName}: ${box.scrollWidth} > ${box.clientWidth}`)"""
    )
    return found


def until(page: Page, holds: Callable[[], bool], *, timeout_s: float = 30) -> None:
    """Wait until this holds."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        page.wait_for_timeout(50)


def _test_name() -> str:
    return re.sub(r"\W+", "_", os.environ.get("PYTEST_CURRENT_TEST", "page").rpartition("::")[2])[:60]
