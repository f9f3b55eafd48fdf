"""How long a newcomer waits: from the kernel's first answer to a picture, and to a film of half a minute."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench" / "notebook.py"


@pytest.mark.slow
def test_the_first_notebook_shows_a_picture_and_a_film_soon() -> None:
    found = runpy.run_path(str(BENCH))["measured"]()
    assert found["first_picture_s"] <= 15
    assert found["film_s"] <= 60
    assert found["film_seconds"] > 25
