"""Video models: one contract for all. A job is paid once, found again by its id, and its clip is whole."""

from __future__ import annotations

import io
import logging
from importlib.metadata import PackageNotFoundError

import pytest
from PIL import Image
from video_servers import VideoServer

from bookfilm_nb.errors import BookfilmError, Cancelled, MissingPartError, ProviderError, RefusedError, RetiredError
from bookfilm_nb.model import FREE, Shot
from bookfilm_nb.providers import ClipOrder, collecting, footage
from bookfilm_nb.providers.openai_videos import OpenAIVideos
from bookfilm_nb.providers.runway import Runway
from bookfilm_nb.providers.veo import Veo
from bookfilm_nb.testing import Drop, Empty, Fail, Html, Script, Truncate, things
from bookfilm_nb.testing.exchange import Made

PLANTED = "sk-planted-key-0123456789"
SHOT = Shot(
    id="s01h01", scene="s01", portions=(), size="wide", move="push in", planned_s=2.0, seed=3,
    prompt='Wide shot, eye level. Exterior, sea shore "The shore", dusk, storm, autumn. Mood: tense.',
)  # fmt: skip
SLOT = ClipOrder(SHOT, seconds=2.4, width=854, height=480)
PICTURE = things.picture("first", 900, 700)

ENGINES = {
    "openai": (lambda s: OpenAIVideos(url=s.openai_url), "/videos$", "/content$"),
    "veo": (lambda s: Veo(url=s.url), ":predictLongRunning", ":download"),
    "runway": (lambda s: Runway(url=s.url), "_to_video$", "^/out/"),
}
PACKAGES = {"veo": "google.genai", "runway": "runwayml"}
KEYS = ("OPENAI_API_KEY", "OPENAI_VIDEOS_API_KEY", "GEMINI_API_KEY", "RUNWAYML_API_SECRET")


class _Waits(list):
    """The waits that were asked for, in seconds; nothing waits."""

    def get(self):
        return self.append


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    for name in KEYS:
        monkeypatch.setenv(name, PLANTED)
    for name in ("OPENAI_VIDEOS_BASE_URL", "OPENAI_BASE_URL", "RUNWAYML_BASE_URL", "GOOGLE_GEMINI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    asked = _Waits()
    monkeypatch.setattr("bookfilm_nb.providers.faults._PAUSE", asked)
    return asked


@pytest.fixture(params=ENGINES)
def kind(request):
    if request.param in PACKAGES:
        pytest.importorskip(PACKAGES[request.param])
    return request.param


def _engine(kind, server):
    return ENGINES[kind][0](server)


def _ordered(engine, shot=SHOT, **more):
    return engine.submit(SLOT._replace(shot=shot, **{"first_frame": PICTURE, **more}))


def _saying(words):
    return SHOT.model_copy(update={"prompt": f"{SHOT.prompt} {words}"})


def test_an_order_becomes_a_clip(kind):
    heard = []
    with VideoServer() as server:
        engine = _engine(kind, server)
        clip = engine.collect(_ordered(engine), told=heard.append)
        assert server.bought["video"] == 1
    found = footage.measured(clip.data)
    assert found.seconds >= SLOT.seconds
    assert clip.receipt.usage["seconds"] == pytest.approx(found.seconds, abs=0.5)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_another_process_finds_the_job_by_its_id(kind):
    with VideoServer() as server:
        job = _ordered(_engine(kind, server))
        clip = _engine(kind, server).collect(job)
        again = _engine(kind, server).collect(job)
        assert server.bought["video"] == 1
    assert clip.data == again.data
    assert clip.receipt.request == job


def test_a_failed_job_says_so_for_ever(kind):
    with VideoServer() as server:
        engine = _engine(kind, server)
        job = _ordered(engine, _saying("[fail]"))
        for _ in range(2):
            with pytest.raises(ProviderError, match="scripted") as caught:
                engine.collect(job)
            assert caught.value.data["job"] == "failed"
            assert caught.value.data["billed"] == "no"


def test_a_job_that_nobody_knows_is_gone(kind):
    with VideoServer() as server, pytest.raises(ProviderError) as caught:
        _engine(kind, server).collect("models/veo/operations/none" if kind == "veo" else "none")
    assert caught.value.data["job"] == "gone"


def test_a_refused_prompt_is_not_paid(kind):
    with VideoServer() as server:
        server.refuses = "storm"
        with pytest.raises(RefusedError) as caught:
            _ordered(_engine(kind, server))
        assert caught.value.data["billed"] == "no"
        assert server.bought["video"] == 0


@pytest.mark.parametrize("fault", [Truncate(), Empty(), Drop(), Fail(503), Html()])
def test_a_download_that_breaks_is_fetched_again(kind, fault):
    with VideoServer(script=Script([fault, fault], path=ENGINES[kind][2])) as server:
        engine = _engine(kind, server)
        clip = engine.collect(_ordered(engine))
        assert server.bought["video"] == 1
        assert len(server.script.used) == 2
    assert footage.measured(clip.data).frames > 10


def test_a_download_that_never_comes_leaves_the_job_where_it_is(kind):
    with VideoServer(script=Script([Truncate()] * 9, path=ENGINES[kind][2])) as server:
        engine = _engine(kind, server)
        with pytest.raises(ProviderError) as caught:
            engine.collect(_ordered(engine))
    assert "job" not in caught.value.data


def test_a_busy_service_is_waited_for(kind, waits):
    busy = Fail(429, "rate_limit_exceeded", {"Retry-After": "7"})
    with VideoServer(script=Script([busy, busy], path=ENGINES[kind][1])) as server:
        _ordered(_engine(kind, server))
        assert server.bought["video"] == 1
    assert waits[:2] == [7.0, 7.0]


def test_an_order_whose_reply_is_lost_is_never_paid_twice(kind):
    with VideoServer(script=Script([Drop()], path=ENGINES[kind][1])) as server:
        engine = _engine(kind, server)
        if kind == "openai":
            engine.collect(_ordered(engine))
        else:
            with pytest.raises(ProviderError) as caught:
                _ordered(engine)
            assert caught.value.data["billed"] == "unknown"
        assert server.bought["video"] == 1


def test_questions_are_asked_again_when_the_service_stumbles(kind):
    ask = {"openai": r"/videos/\w+$", "veo": "/operations/", "runway": "/tasks/"}[kind]
    with VideoServer(script=Script([Fail(500), Drop(), Html(), None, Empty()], path=ask)) as server:
        engine = _engine(kind, server)
        assert engine.collect(_ordered(engine)).data


def test_a_job_without_an_end_is_let_go_and_stays_known(kind, monkeypatch):
    monkeypatch.setattr(collecting, "LONGEST_S", 40.0)
    with VideoServer(polls=10**6) as server:
        engine = _engine(kind, server)
        with pytest.raises(ProviderError, match="has not finished") as caught:
            engine.collect(_ordered(engine))
    assert "job" not in caught.value.data


def test_half_an_hour_is_the_end_of_patience(waits):
    with pytest.raises(ProviderError, match="after 30 minutes"):
        collecting.waited(lambda: 0.5, engine="x")
    assert 1800 <= sum(waits) < 1830
    assert len(waits) < 120
    assert waits[:4] == [2.0, 3.0, 4.5, 6.75]


def test_whoever_is_told_may_stop_the_waiting(kind):
    def stop(_share):
        raise Cancelled("enough")

    with VideoServer() as server:
        engine = _engine(kind, server)
        job = _ordered(engine)
        with pytest.raises(Cancelled):
            engine.collect(job, told=stop)
        assert engine.collect(job).data


def test_the_first_frame_has_the_size_that_is_asked_for(kind):
    with VideoServer() as server:
        _ordered(_engine(kind, server))
        (job,) = server.jobs.values()
        if kind == "openai":
            assert job["size"] == "832x480"
            assert job["reference"] > 1000
            (seen,) = server.seen
            start = seen.body.index(b"\x89PNG")
            with Image.open(io.BytesIO(seen.body[start:])) as picture:
                assert picture.size == (832, 480)
        else:
            with Image.open(io.BytesIO(job["picture"])) as picture:
                assert picture.size == (1280, 720)


@pytest.mark.parametrize(("size", "tall"), [((1080, 1920), True), ((1280, 720), False), ((1920, 1080), False)])
def test_the_shape_is_the_films(kind, size, tall):
    with VideoServer() as server:
        _ordered(_engine(kind, server), width=size[0], height=size[1])
        (seen,) = server.seen
    asked = {"openai": b"720x1280", "veo": b'"9:16"', "runway": b'"720:1280"'}[kind]
    assert (asked in seen.body) == tall


def test_what_is_no_picture_stops_before_the_order(kind):
    with VideoServer() as server:
        with pytest.raises(ProviderError, match="first frame") as caught:
            _ordered(_engine(kind, server), first_frame=b"no picture")
        assert caught.value.data["billed"] == "no"
        assert not server.seen


def test_no_key_in_errors_and_logs(kind, caplog):
    caplog.set_level(logging.DEBUG)
    with VideoServer(key="another key") as server:
        engine = _engine(kind, server)
        with pytest.raises(BookfilmError) as caught:
            _ordered(engine)
        with pytest.raises(BookfilmError) as asked:
            engine.collect("models/veo/operations/job1" if kind == "veo" else "job1")
    assert isinstance(caught.value, MissingPartError)
    for error in (caught.value, asked.value):
        assert PLANTED not in f"{error} {error.data} {error.__cause__}"
    assert PLANTED not in caplog.text


def test_capabilities_say_what_is_needed(kind):
    with VideoServer() as server:
        able = _engine(kind, server).capabilities
    assert "network" in able.needs
    assert able.parallel > 0
    assert able.sizes
    assert able.sound == (kind == "veo")


def test_a_package_that_cannot_do_it_is_named(monkeypatch):
    monkeypatch.setattr("bookfilm_nb.providers.collecting.version", lambda _package: "3.4.0")
    with pytest.raises(MissingPartError, match="google-genai<3"):
        Veo()

    def missing(package):
        raise PackageNotFoundError(package)

    monkeypatch.setattr("bookfilm_nb.providers.collecting.version", missing)
    for engine in (Veo, Runway):
        with pytest.raises(MissingPartError, match=r"bookfilm-nb\[video\]"):
            engine()


def test_what_clips_cost():
    pytest.importorskip("google.genai")
    pytest.importorskip("runwayml")
    assert Veo().estimate(SLOT).likely == pytest.approx(8 * 0.15)
    assert Veo().estimate(SLOT).low == pytest.approx(4 * 0.15)
    assert Runway().estimate(SLOT).high == pytest.approx(3 * 0.05)
    assert not Runway("gen4.5").estimate(SLOT).known
    assert OpenAIVideos(url="http://127.0.0.1:1/v1").estimate(SLOT) == FREE
    elsewhere = OpenAIVideos(url="https://clips.example.org/v1").estimate(SLOT)
    assert not elsewhere.known
    assert "not known" in elsewhere.basis


def test_runway_tells_what_it_did_cost():
    pytest.importorskip("runwayml")
    with VideoServer() as server:
        engine = Runway("gen4.5", url=server.url)
        clip = engine.collect(_ordered(engine, first_frame=None))
        assert next(iter(server.jobs.values()))["path"] == "/v1/text_to_video"
    assert clip.receipt.cost == pytest.approx(0.15)
    with VideoServer() as server, pytest.raises(ProviderError, match="first frame"):
        _ordered(Runway("gen4_turbo", url=server.url), first_frame=None)


def test_runway_takes_a_thousand_characters_and_no_more():
    pytest.importorskip("runwayml")
    with VideoServer() as server:
        _ordered(Runway(url=server.url), _saying("x" * 700))
        (job,) = server.jobs.values()
        assert len(job["prompt"]) <= 1000
        assert "x" * 700 in job["prompt"]
        with pytest.raises(ProviderError, match="1000"):
            _ordered(Runway(url=server.url), _saying("x" * 1000))


def test_a_clip_that_veo_filters_is_refused_and_not_paid():
    pytest.importorskip("google.genai")
    with VideoServer() as server:
        engine = Veo(url=server.url)
        with pytest.raises(RefusedError, match="audio was filtered") as caught:
            engine.collect(_ordered(engine, _saying("[filtered]")))
    assert caught.value.data == {"job": "failed", "billed": "no"}


def test_openai_itself_has_ended_and_the_way_on_is_named():
    for model in ("", "sora-2", "sora-2-pro", "anything"):
        with pytest.raises(RetiredError, match="2026-09-24") as caught:
            OpenAIVideos(model)
        assert "OPENAI_VIDEOS_BASE_URL" in caught.value.hint


def test_openais_key_does_not_go_to_a_server_named_for_video(monkeypatch):
    monkeypatch.delenv("OPENAI_VIDEOS_API_KEY")
    with VideoServer() as server:
        monkeypatch.setenv("OPENAI_VIDEOS_BASE_URL", server.openai_url)
        engine = OpenAIVideos("wan-2.2")
        engine.collect(_ordered(engine))
        assert all(PLANTED not in str(seen.headers) for seen in server.seen)
        assert server.jobs["video_0001"]["model"] == "wan-2.2"
        monkeypatch.delenv("OPENAI_VIDEOS_BASE_URL")
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        _ordered(OpenAIVideos(), SHOT.model_copy(update={"seed": 4}))
        assert PLANTED in server.seen[-1].headers["authorization"]


def test_another_take_is_another_purchase():
    with VideoServer() as server:
        engine = OpenAIVideos(url=server.openai_url)
        jobs = [_ordered(engine, SHOT.model_copy(update={"seed": seed})) for seed in (1, 1, 2)]
        assert server.bought["video"] == 2
    assert jobs[0] == jobs[1] != jobs[2]


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 100, b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", b"ffconcat version 1.0\nfile /etc/hostname\n"],
)
def test_what_is_no_clip_is_not_opened(data):
    with pytest.raises(ValueError, match=r"neither|bytes"):
        footage.measured(data)


def test_a_clip_cut_anywhere_is_an_error_or_shorter_than_it_says():
    whole = things.video("cut", 160, 90, 2.0, sound=False)
    for share in (0.1, 0.3, 0.6):
        with pytest.raises(ValueError, match="it"):
            footage.measured(whole[: int(len(whole) * share)])


def test_only_https_is_followed():
    with pytest.raises(ProviderError, match="https"):
        collecting.fetched("http://example.invalid/clip.mp4", engine="x")


def test_the_camera_moves_as_the_shot_says():
    said = {
        move: footage.directed(SHOT.model_copy(update={"move": move})).rpartition(". ")[2]
        for move in ("static", "pan left", "tilt up", "push in", "pull out", "track right")
    }
    assert said == {
        "static": "The camera stands still.",
        "pan left": "The camera slowly pans left.",
        "tilt up": "The camera slowly tilts up.",
        "push in": "The camera slowly moves in.",
        "pull out": "The camera slowly moves back.",
        "track right": "The camera slowly moves to the right.",
    }


def test_a_key_stays_with_the_host_it_is_for():
    class Elsewhere(VideoServer):
        def reply_to(self, request):
            if request.path.endswith("/content"):
                address = self.url.replace("127.0.0.1", "localhost") + "/out/video_0001.mp4"
                return Made(302, b"", headers={"Location": address})
            return super().reply_to(request)

    with Elsewhere() as server:
        engine = OpenAIVideos(url=server.openai_url)
        assert engine.collect(_ordered(engine)).data
        asked, moved = server.seen[-2:]
    assert PLANTED in asked.headers["authorization"]
    assert moved.path == "/out/video_0001.mp4"
    assert "authorization" not in moved.headers
