"""English needs no apt package: pictures are drawn on a machine that has no graphics library."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_DRAWS = """
import skia
surface = skia.Surface(4, 4)
surface.getCanvas().clear(skia.ColorSetRGB(200, 100, 50))
print(surface.toarray(colorType=skia.kRGBA_8888_ColorType)[0, 0].tolist())
"""


@pytest.fixture
def bare(tmp_path):
    """An environment in which the linker finds libGL and libEGL broken, as good as absent."""
    for name in ("libGL.so.1", "libEGL.so.1"):
        (tmp_path / name).touch()
    return {**os.environ, "LD_LIBRARY_PATH": str(tmp_path)}


def _python(code, env):
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only the Linux wheel of skia-python links them")
def test_skia_alone_cannot_be_loaded_there(bare):
    alone = _python(_DRAWS, bare)
    assert alone.returncode == 1
    assert "libEGL.so.1" in alone.stderr or "libGL.so.1" in alone.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only the Linux wheel of skia-python links them")
def test_the_illustrator_draws_there(bare):
    drawn = _python(f"import bookfilm_nb.illustrator\n{_DRAWS}", bare)
    assert drawn.stdout.split("\n")[0] == "[200, 100, 50, 255]", drawn.stderr


def test_nothing_is_put_in_the_place_of_what_is_there():
    if _python("import ctypes; ctypes.CDLL('libGL.so.1'); ctypes.CDLL('libEGL.so.1')", os.environ).returncode:
        pytest.skip("this machine has no graphics library")
    code = "from bookfilm_nb.illustrator.without_gl import prepare_skia as p; print(p())"
    assert _python(code, os.environ).stdout == "()\n"
