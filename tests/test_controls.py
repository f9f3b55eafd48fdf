"""The controls' own scripts: a slip in one of them leaves a panel without its name, its code and its edits."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bookfilm_nb.widgets import controls

SCRIPTS = sorted(Path(controls.__file__).parent.glob("*.js"))


@pytest.mark.skipif(shutil.which("node") is None, reason="no node; on Debian: apt-get install nodejs")
def test_every_script_is_a_module_that_can_be_read() -> None:
    assert len(SCRIPTS) == 5
    for script in SCRIPTS:
        read = subprocess.run(
            ["node", "--input-type=module", "--check"],
            input=script.read_text("utf-8"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert read.returncode == 0, f"{script.name}: {read.stderr}"
        assert "export default { render };" in script.read_text("utf-8")
