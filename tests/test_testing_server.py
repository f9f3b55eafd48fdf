"""The fake server: its replies are those that the real clients understand, it counts, and it fails on request."""

from __future__ import annotations

import io

import pytest
from pydantic import BaseModel

from bookfilm_nb.testing import Drop, Fail, FakeServer, Html, Script, Truncate


class Reply(BaseModel):
    """A shape to ask for."""

    title: str
    scenes: list[int]


@pytest.fixture
def server():
    with FakeServer() as running:
        yield running


def _client(server, key="k"):
    openai = pytest.importorskip("openai")
    return openai.OpenAI(api_key=key, base_url=server.openai_url, max_retries=0, timeout=10)


def test_text_in_a_shape_plain_and_streamed(server):
    client = _client(server)
    asked = {"model": "m", "input": "a book", "text_format": Reply}
    assert client.responses.parse(**asked).output_parsed == Reply(title="words", scenes=[0])
    with client.responses.stream(**asked) as stream:
        pieces = [event.delta for event in stream if event.type == "response.output_text.delta"]
        whole = stream.get_final_response()
    assert "".join(pieces) == whole.output_text
    assert whole.usage.output_tokens > 0
    chat = client.chat.completions.parse(model="m", messages=[{"role": "user", "content": "x"}], response_format=Reply)
    assert chat.choices[0].message.parsed == Reply(title="words", scenes=[0])
    assert server.bought == {"text": 3}


def test_an_answer_of_ones_own():
    seen = []

    def answer(prompt, schema):
        seen.append((prompt, schema["properties"].keys()))
        return '{"title": "Lamp", "scenes": [1, 2]}'

    with FakeServer(answer=answer) as server:
        made = _client(server).responses.parse(model="m", instructions="be", input="a book", text_format=Reply)
    assert made.output_parsed == Reply(title="Lamp", scenes=[1, 2])
    assert seen == [("be\na book", {"title": 0, "scenes": 0}.keys())]


def test_pictures_are_pictures_and_paid_once_a_key(server):
    from base64 import b64decode

    from PIL import Image

    client = _client(server)
    asked = {"model": "m", "prompt": "a lamp", "size": "320x160"}
    first = client.images.generate(**asked, extra_headers={"Idempotency-Key": "one"})
    again = client.images.generate(**asked, extra_headers={"Idempotency-Key": "one"})
    assert Image.open(io.BytesIO(b64decode(first.data[0].b64_json))).size == (320, 160)
    assert first.data == again.data
    client.images.edit(**asked, image=[("a.png", b"x")])
    assert server.bought == {"images": 2}


@pytest.mark.parametrize("form", ["wav", "mp3", "pcm"])
def test_speech_is_sound(server, form):
    import av

    data = _client(server).audio.speech.create(model="m", voice="alloy", input="A lamp burns.", response_format=form)
    if form == "pcm":
        assert len(data.read()) > 24_000
        return
    with av.open(io.BytesIO(data.read())) as sound:
        assert sum(frame.samples for frame in sound.decode(audio=0)) > 12_000


@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
def test_a_clip_is_ordered_asked_for_and_fetched(server):
    import av

    client = _client(server)
    job = client.videos.create(model="m", prompt="a storm", seconds="4", size="1280x720")
    assert job.status == "queued"
    states = []
    while (found := client.videos.retrieve(job.id)).status != "completed":
        states.append(found.status)
    assert states == ["queued", "in_progress"]
    with av.open(io.BytesIO(client.videos.download_content(job.id).read())) as clip:
        assert clip.streams.video[0].width == 320
        assert abs(clip.duration / 1e6 - 4) < 0.2
        assert clip.streams.audio
    assert server.bought == {"video": 1}


def test_so_many_of_the_first_clips_fail_as_asked_for():
    def ends(client, prompt):
        job = client.post("/videos", json={"prompt": prompt}).json()["id"]
        return [client.get(f"/videos/{job}").json()["status"] for _ in range(2)][-1]

    import httpx

    with FakeServer(polls=1, failing=2) as server, httpx.Client(base_url=server.openai_url) as client:
        assert [ends(client, "a storm") for _ in range(3)] == ["failed", "failed", "completed"]
        assert ends(client, "a storm [fail]") == "failed"
        assert server.bought == {"video": 4}


def test_models_tell_when_they_end(server):
    ends = {model.id: model.shutdown_date for model in _client(server).models.list()}
    assert ends["gpt-image-1.5"] == "2026-12-01"
    assert ends["gpt-6-luna"] is None


def test_google_speech_as_gtts_asks_for_it(server, monkeypatch):
    import av
    import gtts.tts

    monkeypatch.setattr(gtts.tts, "_translate_url", lambda tld, path: f"{server.url}/{path}")  # noqa: ARG005
    sound = b"".join(gtts.tts.gTTS("A lamp burns on the rock. " * 8, lang="en").stream())
    assert len(server.seen) > 1
    with av.open(io.BytesIO(sound), format="mp3") as speech:
        assert speech.streams.audio[0].rate == 24_000


def test_film_tables(server):
    import httpx

    with httpx.Client(base_url=server.url) as client:
        assert client.get("/3/search/movie", params={"api_key": "k", "query": "x"}).json()["results"][0]["id"] == 7
        assert client.get("/3/movie/8", params={"api_key": "k"}).json()["status_code"] == 34
        assert client.get("/3/movie/7").status_code == 401
        assert client.get("/", params={"apikey": "k", "i": "tt9"}).json()["Response"] == "False"
        assert client.get("/", params={"apikey": "k", "t": "lamp"}).json()["Runtime"] == "92 min"


def test_only_its_key_is_taken():
    openai = pytest.importorskip("openai")
    with FakeServer(key="right") as server, pytest.raises(openai.AuthenticationError):
        _client(server, "wrong").models.list()


def test_moderation_refuses(server):
    openai = pytest.importorskip("openai")
    server.refuses = "dagger"
    with pytest.raises(openai.BadRequestError, match="safety"):
        _client(server).images.generate(model="m", prompt="a dagger")
    assert not server.bought


@pytest.mark.parametrize(("fault", "charged"), [(Fail(500), 0), (Html(), 0), (Drop(), 1), (Truncate(), 1)])
def test_what_goes_wrong_is_charged_or_not(fault, charged):
    openai = pytest.importorskip("openai")
    with FakeServer(script=Script([fault])) as server:
        with pytest.raises(openai.APIError):
            _client(server).images.generate(model="m", prompt="x", size="64x64")
        assert server.bought["images"] == charged
        assert server.seen[0].path == "/v1/images/generations"


def test_a_share_of_faults_by_lot_is_the_same_again():
    def run():
        script = Script(rate=0.3, seed=5)
        return [script.fault_for("/x") for _ in range(200)]

    assert run() == run()
    assert 40 < sum(fault is not None for fault in run()) < 80
