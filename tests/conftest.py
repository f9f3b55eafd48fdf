"""What tests share: where the sample data lies, and a server on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from web_files import FakeTime, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from web_files import Service

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
