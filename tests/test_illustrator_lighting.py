"""Light on figures: a face can be read by night, and day leaves colours as they are."""

from __future__ import annotations

import numpy as np
import pytest

from bookfilm_nb.illustrator.backdrops import Light
from bookfilm_nb.illustrator.lighting import light_map

LUMA = np.array((0.2126, 0.7152, 0.0722))


def gain(ambient: tuple[float, float, float]):
    """Mean gain and rim inside a disc under this light."""
    rows, columns = np.mgrid[0:160, 0:160]
    disc = (((rows - 80) ** 2 + (columns - 80) ** 2 < 60**2) * 255).astype(np.uint8)
    found = light_map(disc, Light(ambient, (0.86, 0.91, 1.0), 0.8, 0.1, 0.9, 0.5), unit=0.3, side=0.8)
    inside = disc > 0
    return found.gain[inside].mean(axis=0), found.rim[inside].max()


@pytest.mark.parametrize("ambient", [(0.1, 0.15, 0.3), (0.3, 0.3, 0.3), (0.2, 0.1, 0.05)])
def test_a_figure_is_read_by_night(ambient):
    colours, rim = gain(ambient)
    assert colours @ LUMA > 0.5
    assert rim > 0.2


def test_night_stays_night():
    night, _ = gain((0.1, 0.15, 0.3))
    day, _ = gain((1.0, 0.99, 0.94))
    assert night @ LUMA < 0.75 * (day @ LUMA)
    assert night[2] > night[0], "the blue of the night is still in it"


def test_day_is_not_lifted():
    colours, _ = gain((0.9, 0.9, 0.85))
    assert colours.max() < 0.96
