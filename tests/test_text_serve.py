"""Our client against a real server that is not ours: `transformers serve`, with models made on the spot.

The server runs in a Python of its own, which has ``torch`` and ``transformers[serving]``: that of the environment
variable BOOKFILM_LOCAL_PYTHON, else this one where it has them. Nothing is downloaded.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import tiny_models
from conftest import ROOT

from bookfilm_nb.books import read_book
from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import Value
from bookfilm_nb.movies import template_for
from bookfilm_nb.providers import Prompt, load_text_model
from bookfilm_nb.providers.faults import pausing
from bookfilm_nb.providers.listing import differences
from bookfilm_nb.providers.openai_client import client
from bookfilm_nb.providers.openai_text import OpenAIText
from bookfilm_nb.reading import analyse
from bookfilm_nb.screenwriting import adapt
from bookfilm_nb.screenwriting.with_model import Picks, parts, pick_prompt, worths

pytestmark = pytest.mark.slow

READY_S = 150
PYTHON = "BOOKFILM_LOCAL_PYTHON"
NEEDS = ("torch", "transformers", "fastapi", "uvicorn")
PROMPT = Prompt(
    name="pick", instructions="Choose scenes.", material="A lamp burned on the rock. Лампа.", max_output_tokens=100
)


class Reply(Value):
    """A shape to ask for."""

    title: str
    scenes: list[int]


class Server(NamedTuple):
    url: str
    log: Path


@pytest.fixture(scope="module")
def python():
    """The Python that runs the server."""
    named = os.environ.get(PYTHON, "")
    found = named or sys.executable
    look = f"from importlib.util import find_spec as f; print(*(m for m in {NEEDS} if not f(m)))"
    lacks = subprocess.run([found, "-c", look], capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    if lacks and named:
        pytest.fail(f"the Python that {PYTHON} names lacks {lacks}")
    if lacks:
        pytest.skip(f"{PYTHON} names no Python with torch and transformers[serving], and this one lacks {lacks}")
    return found


@pytest.fixture(scope="module")
def server(python, tmp_path_factory):
    home = tmp_path_factory.mktemp("hf")
    environment = {**os.environ, "HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1"}
    made = [python, Path(tiny_models.__file__), home]
    subprocess.run(made, env=environment, check=True, capture_output=True, timeout=READY_S)
    log = home / "server.log"
    # Port 0: the server takes a free one and says which
    command = [python, "-m", "transformers.cli.transformers", "serve", "--host", "127.0.0.1", "--port", "0"]
    with log.open("wb") as out, running([*command, "--device", "cpu"], environment, out) as process:
        yield Server(f"{ready(process, log)}/v1", log)


@contextmanager
def running(command, environment, out):
    process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ready(process, log):
    """The server's address, which it says once it answers there."""
    deadline = time.monotonic() + READY_S
    step = threading.Event()
    while time.monotonic() < deadline and process.poll() is None:
        if told := re.search(r"running on (http://[\d.]+:\d+)", log.read_text("utf-8", "replace")):
            return told[1]
        step.wait(0.1)
    return pytest.fail(f"the server did not come up:\n{log.read_text('utf-8', 'replace')[-2000:]}")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pausing(lambda _: None):
        yield


@pytest.fixture(params=["responses", "chat"])
def engine(request, server):
    """Our client at either of the two paths, with a model by name."""
    return lambda model: OpenAIText(f"tiny/{model}", url=server.url, chat=request.param == "chat")


def test_a_value_of_the_shape_streamed_and_counted(engine):
    heard = []
    written = engine("says").write(PROMPT, Reply, progress=heard.append)
    assert written.value == Reply(title="Лампа on the rock", scenes=[1, 2, 31])
    assert written.raw == tiny_models.SAYS
    assert not written.repaired
    assert heard == sorted(heard)
    assert len(heard) > 4
    assert heard[-1] == len(tiny_models.SAYS)
    assert written.receipt.usage["input_tokens"] > len(PROMPT.material)
    assert 4 < written.receipt.usage["output_tokens"] < len(tiny_models.SAYS)
    assert written.receipt.cost == 0
    assert written.receipt.request


def test_a_reply_that_breaks_the_shape_is_mended(engine):
    written = engine("mends").write(PROMPT, Reply)
    assert written.repaired
    assert written.raw == tiny_models.SAYS
    assert written.receipt.usage["input_tokens"] > 2 * len(PROMPT.material) + len(tiny_models.BROKEN)


def test_a_model_that_talks_rubbish_is_an_error_that_keeps_it(engine):
    raws = []
    for _ in range(2):
        with pytest.raises(ProviderError, match="tiny/rubbish replied twice in another shape") as caught:
            engine("rubbish").write(PROMPT, Reply)
        raws.append(caught.value.data["raw"])
    assert len(raws[0]) > 20
    assert raws[0] == raws[1]


def test_a_reply_that_is_cut_off_is_an_error_that_keeps_its_beginning(engine):
    with pytest.raises(ProviderError, match="replied twice") as caught:
        engine("says").write(PROMPT.model_copy(update={"max_output_tokens": 4}), Reply)
    assert len(caught.value.data["raw"]) > 4
    assert tiny_models.SAYS.startswith(caught.value.data["raw"])


def test_what_the_server_says_when_a_model_breaks_down_is_heard(engine):
    with pytest.raises(ProviderError, match=r"tiny/short failed: .*(index|range|size|expand)"):
        engine("short").write(PROMPT, Reply)


def test_a_model_that_the_server_does_not_have(engine):
    with pytest.raises(ProviderError, match="tiny/nobody failed"):
        engine("nobody").write(PROMPT, Reply)


def test_its_models_are_listed(server):
    listed = {model.id for model in client(server.url).models.list()}
    assert {"tiny/says", "tiny/mends", "tiny/rubbish"} <= listed
    assert differences(server.url) == ()


def test_a_story_adapted_with_a_model_on_that_server(server, monkeypatch):
    """Parts of a story to the server, numbers back, and a screenplay in the author's words."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    book = read_book(ROOT / "data" / "books" / "en_the_lamp_on_gull_rock.txt")
    reading = analyse(book)
    drama = template_for("drama")
    found = parts(book, reading, characters=3000)
    assert len(found) > 2
    text = load_text_model("openai:tiny/picks")
    prompts = [pick_prompt(part, found, drama, target_s=60, seed=1) for part in found]
    chosen = worths(found, [text.write(prompt, Picks).value for prompt in prompts])
    assert set(chosen) == set(tiny_models.PICKED)
    play = adapt(book, reading, target_s=60, template=drama, picked=chosen)
    assert play != adapt(book, reading, target_s=60, template=drama)
    spoken = [e for e in play.elements() if e.spoken]
    assert all(e.text == book.words(e.span) for e in spoken)
