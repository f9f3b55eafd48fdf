"""What tests share: where the sample data lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

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
