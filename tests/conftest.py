"""What tests share: where the sample data lies, and a server on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from film_files import ENGLISH, in_this_process
from hypothesis import settings
from web_files import FakeTime, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from web_files import Service

    from bookfilm_nb.testing import FakeServer

# Notebooks have no IRIs to be checked, and each worker would take seconds to build their grammar
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# How long an example takes depends on what else the machine does
settings.register_profile("bookfilm", deadline=None)
settings.load_profile("bookfilm")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of sample books and annotations; the test is skipped where there is none."""
    folder = Path(os.environ.get("BOOKFILM_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no sample data at {folder}; set BOOKFILM_SHARED_DATA")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _no_authorities(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nobody is trusted: tests speak TLS to nobody, and each client would read the certificates of 140 authorities."""
    with pytest.MonkeyPatch.context() as patch:
        if not any(item.get_closest_marker("network") for item in request.session.items):
            patch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_, **__: None)
        yield


@pytest.fixture(scope="session")
def cut_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A production that is cut, and not rendered; whoever changes it takes ``out``."""
    from bookfilm_nb.studio import Studio, start

    folder = tmp_path_factory.mktemp("cut")
    (folder / "clock.txt").write_text(ENGLISH, "utf-8")
    production = start(folder / "clock.txt", folder / "film", minutes=0.4, size="480p", voice="espeak")
    with in_this_process(), production.locked():
        _ = Studio(production).timeline
    production.store.close()
    return folder / "film"


@pytest.fixture
def out(cut_film: Path, tmp_path: Path) -> Path:
    """A copy of it of one's own."""
    return shutil.copytree(cut_film, tmp_path / "film")


@pytest.fixture
def english() -> Iterator[None]:
    """Panels speak English, whatever the environment says."""
    from bookfilm_nb.widgets.words import set_language

    set_language("en")
    yield
    set_language("")


@pytest.fixture
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no address of a model is set."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_VIDEOS_BASE_URL", "BOOKFILM_GTTS_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def openai_server(no_keys: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:  # noqa: ARG001 - goes first
    """A server that speaks OpenAI's protocol, and of a book finds every second sentence worth hearing."""
    from bookfilm_nb.testing import FakeServer

    def answer(prompt: str, _schema: object) -> str:
        numbers = [int(number) for number in re.findall(r"^\[(\d+)\]", prompt, re.MULTILINE)]
        return json.dumps({"picks": [{"sentence": number, "worth": 5} for number in numbers[::2]]})

    with FakeServer(answer=answer, polls=0) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.openai_url)
        yield fake


@pytest.fixture(scope="module")
def running_service() -> Iterator[Service]:
    """A server for the whole module; tests ask for ``service``."""
    with serving() as service:
        yield service


@pytest.fixture
def service(running_service: Service) -> Service:
    """A server that answers as its script says, with nothing asked yet."""
    running_service.scripts.clear()
    running_service.asked.clear()
    return running_service


@pytest.fixture
def time() -> FakeTime:
    """A clock that only moves when somebody waits."""
    return FakeTime()


@pytest.fixture
def local_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two steps a picture, and no model and no order of anybody else's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("BOOKFILM_DIFFUSERS_STEPS", "2")
    monkeypatch.delenv("BOOKFILM_DIFFUSERS_GUIDANCE", raising=False)
    monkeypatch.delenv("BOOKFILM_DIFFUSERS_MODEL", raising=False)
    monkeypatch.delenv("BOOKFILM_DIFFUSERS_VIDEO_MODEL", raising=False)


@pytest.fixture
def pretended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A folder that says it holds a Wan pipeline; its weights are never read, so no torch is needed."""
    from bookfilm_nb.providers import diffusers_local

    monkeypatch.setattr(diffusers_local, "_version", lambda _package: "1.0")
    folder = tmp_path / "pretended"
    (folder / "transformer").mkdir(parents=True)
    (folder / "transformer" / "model.safetensors").write_bytes(b"\0" * 100)

    def write(**index: object) -> Path:
        whole = {"_class_name": "WanPipeline", "transformer": ["diffusers", "WanTransformer3DModel"], **index}
        (folder / "model_index.json").write_text(json.dumps(whole))
        return folder

    write()
    return write
