"""Image models behind OpenAI's protocol: pictures that fit the film, paid once, with a cast that stays the same."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bookfilm_nb.errors import ProviderError, QuotaError, RefusedError, RetiredError
from bookfilm_nb.model import Shot
from bookfilm_nb.providers import load_image_model
from bookfilm_nb.providers.openai_images import OpenAIImages
from bookfilm_nb.providers.pictures import flat_drawing
from bookfilm_nb.testing import Drop, Empty, Fail, FakeServer, Script, Truncate

SHOT = Shot(
    id="s01h01", scene="s01", portions=(), size="wide", move="static", planned_s=2.0, seed=3,
    prompt='Wide shot, eye level. Exterior, sea shore "The shore", dusk, storm, autumn. Mood: tense.',
)  # fmt: skip
FRAME = {"width": 640, "height": 360}


class _NoWaiting:
    def get(self):
        return lambda _: None


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-key-0123456789")
    monkeypatch.setattr("bookfilm_nb.providers.faults._PAUSE", _NoWaiting())


def _opened(drawing):
    (layer,) = drawing.take.layers
    return Image.open(io.BytesIO(drawing.blobs[layer.blob]))


@pytest.mark.parametrize(("width", "height"), [(640, 360), (360, 640), (400, 400)])
def test_a_picture_larger_than_the_frame_so_that_the_camera_has_room(width, height):
    with FakeServer() as server:
        drawing = OpenAIImages(url=server.openai_url).draw(SHOT, width=width, height=height)
    picture = _opened(drawing)
    assert picture.size == (drawing.take.width, drawing.take.height)
    assert width * 1.14 <= picture.width <= width * 1.16 + 2
    assert picture.width % 2 == picture.height % 2 == 0
    assert drawing.receipt.usage["output_tokens"] > 0


@pytest.mark.parametrize("fault", [Drop(), Truncate(), Empty(), Fail(503), Fail(429, headers={"Retry-After": "1"})])
def test_whatever_goes_wrong_it_is_paid_once(fault):
    with FakeServer(script=Script([fault, fault])) as server:
        OpenAIImages(url=server.openai_url).draw(SHOT, **FRAME)
        assert server.bought["images"] == 1


def test_another_take_is_another_purchase():
    with FakeServer() as server:
        model = OpenAIImages(url=server.openai_url)
        for seed in (1, 1, 2):
            model.draw(SHOT.model_copy(update={"seed": seed}), **FRAME)
        assert server.bought["images"] == 2


def test_people_go_along_as_references():
    with FakeServer() as server:
        OpenAIImages(url=server.openai_url).draw(SHOT, **FRAME, references=[b"\x89PNG one", b"\x89PNG two"])
        (seen,) = server.seen
    assert seen.path == "/v1/images/edits"
    assert seen.body.count(b"\x89PNG") == 2
    assert b"sea shore" in seen.body


def test_refusals_and_empty_accounts():
    with FakeServer() as server:
        server.refuses = "storm"
        with pytest.raises(RefusedError):
            OpenAIImages(url=server.openai_url).draw(SHOT, **FRAME)
    with FakeServer(script=Script([Fail(429, "insufficient_quota")])) as server:
        with pytest.raises(QuotaError):
            OpenAIImages(url=server.openai_url).draw(SHOT, **FRAME)
        assert len(server.seen) == 1


def test_what_a_picture_will_cost():
    model = OpenAIImages()
    alone, together = model.estimate(SHOT, **FRAME), model.estimate(SHOT, **FRAME, references=2)
    assert 0.02 < alone.low < alone.likely < alone.high < 0.15
    assert together.high > alone.high


def test_models_that_have_ended():
    with pytest.raises(RetiredError) as caught:
        load_image_model("openai:dall-e-3")
    assert caught.value.data["replacement"] == "openai/gpt-image-2.6-flare"
    assert load_image_model("openai").capabilities.references == 16


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_an_error(data):
    with pytest.raises(ProviderError):
        flat_drawing(SHOT, data, **FRAME, engine="x")


def test_a_cut_off_and_a_huge_picture_are_errors():
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(file, "PNG")
    with pytest.raises(ProviderError, match="cannot be opened"):
        flat_drawing(SHOT, file.getvalue()[:-40], **FRAME, engine="x")
    file = io.BytesIO()
    Image.new("1", (9_000, 8_000)).save(file, "PNG")
    with pytest.raises(ProviderError, match="9000 × 8000"):
        flat_drawing(SHOT, file.getvalue(), **FRAME, engine="x")
