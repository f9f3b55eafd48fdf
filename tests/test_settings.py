"""Keys and options: where they come from, and that a key is never shown."""

from __future__ import annotations

import base64
import copy
import io
import json
import logging
import pickle
import subprocess
import sys
import traceback
import urllib.parse
from typing import TYPE_CHECKING

import hypothesis
import keyring
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from keyring.errors import KeyringLocked, NoKeyringError

from bookfilm_nb import settings
from bookfilm_nb.errors import ChoiceError, MissingPartError
from bookfilm_nb.settings import Secret, guard_logs, key_status, option, redact, required, setting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "BOOKFILM_TEST_KEY"
PLANTED = "pl4nted-in-settings/81+x="


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setattr(keyring, "get_password", lambda _service, _name: None)
    monkeypatch.setattr(settings, "_keyring_state", [])
    monkeypatch.setattr(settings, "_env_file_told", [])
    # Made-up keys such as "000000" would be taken out of what later tests say
    monkeypatch.setattr(settings, "_known", {})
    monkeypatch.setattr(settings, "_compiled", [])


def _raises(error: Exception) -> Callable[[str, str], str]:
    def fail(_service: str, _name: str) -> str:
        raise error

    return fail


def test_nearer_places_go_before_and_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> tuple[str, str] | None:
        return (it.value.reveal(), it.origin) if (it := setting(NAME, default="from-default")) else None

    assert setting(NAME) is None
    assert found() == ("from-default", "default")
    monkeypatch.setattr(keyring, "get_password", lambda service, name: f"{service}/{name}")
    assert found() == (f"bookfilm/{NAME}", "keyring")
    (tmp_path / ".env").write_text(f"# a comment\nexport {NAME}='from-file' # another\n", "utf-8")
    assert found() == ("from-file", ".env")
    monkeypatch.setenv(NAME, " from-environment\n")
    assert found() == ("from-environment", "environment")
    monkeypatch.setenv(NAME, "  ")
    assert found() == ("from-file", ".env")


def test_only_the_working_directory_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(f"{NAME}=from-above", "utf-8")
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert setting(NAME) is None


def test_the_env_file_is_not_put_into_the_environment(tmp_path: Path) -> None:
    import os

    (tmp_path / ".env").write_text(f"{NAME}=from-file\nOTHER=${{HOME}}", "utf-8")
    assert setting(NAME) is not None
    assert NAME not in os.environ
    assert option("OTHER", "").value == "${HOME}"


@pytest.mark.parametrize("wrong", [b"\xff\xfe\x00", b"\xc3\x28"])
def test_an_env_file_that_is_no_text_is_said_without_its_bytes(tmp_path: Path, wrong: bytes) -> None:
    (tmp_path / ".env").write_bytes(PLANTED.encode() + wrong)
    with pytest.raises(ChoiceError, match="UTF-8") as caught:
        setting(NAME)
    assert PLANTED not in _told(caught.value)
    assert caught.value.__context__ is None


def test_a_missing_key_says_every_way_to_set_it() -> None:
    with pytest.raises(MissingPartError) as caught:
        required(NAME, get_it_at="https://example.org/keys")
    for way in (f"environment variable {NAME}", ".env", f"keyring set bookfilm {NAME}", "https://example.org/keys"):
        assert way in str(caught.value)
    assert caught.value.data == {"name": NAME}


def test_a_broken_keyring_is_told_once_and_is_no_crash(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keyring, "get_password", _raises(KeyringLocked(PLANTED)))
    assert setting(NAME) is None
    with pytest.raises(MissingPartError, match=r"keyring: could not be read, KeyringLocked"):
        required(NAME)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert PLANTED not in caplog.text


def test_no_keyring_on_the_machine_is_no_news(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keyring, "get_password", _raises(NoKeyringError()))
    assert setting(NAME) is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert setting(NAME) is None
    assert caplog.records == []


def test_an_env_file_without_dotenv_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ".env").write_text(f"{NAME}={PLANTED}", "utf-8")
    monkeypatch.setitem(sys.modules, "dotenv", None)
    assert setting(NAME) is None
    assert setting(NAME) is None
    assert [record.getMessage() for record in caplog.records if "bookfilm-nb[keys]" in record.getMessage()] != []
    assert len(caplog.records) == 1


@pytest.mark.parametrize("tail", [" two", "\nX-Header: 1", "ключ", "\x7f", "\udcff"])
def test_what_cannot_be_sent_is_no_key(monkeypatch: pytest.MonkeyPatch, tail: str) -> None:
    monkeypatch.setenv(NAME, PLANTED + tail)
    with pytest.raises(ChoiceError, match=rf"{NAME} \(from environment\) cannot be a key") as caught:
        setting(NAME)
    assert PLANTED not in _told(caught.value)


def test_options_are_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert option(NAME, "as it is").origin == "default"
    (tmp_path / ".env").write_text(f"{NAME}=https://one.example", "utf-8")
    assert (option(NAME, "").value, option(NAME, "").origin) == ("https://one.example", ".env")
    monkeypatch.setenv(NAME, "https://two.example")
    assert (option(NAME, "").value, option(NAME, "").origin) == ("https://two.example", "environment")
    assert redact("see https://two.example") == "see https://two.example"


def test_the_status_names_the_place_and_nothing_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert key_status(NAME) == f"{NAME}: not set"
    monkeypatch.setenv(NAME, PLANTED)
    assert key_status(NAME) == f"{NAME}: set, from environment"


def _told(error: BaseException) -> str:
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format()) + repr(vars(error))


def _fails(_secret: Secret) -> None:
    raise ValueError("something else")


def test_a_secret_shows_nothing() -> None:
    secret = Secret(PLANTED)
    shown = [
        str(secret),
        repr(secret),
        f"{secret}",
        f"{secret:>40}",
        f"{secret!r}",
        f"{secret!s}",
        f"{[secret]} {(secret,)!s}",
    ]
    shown += [
        json.dumps({"key": secret}, default=str),
        repr(settings.Setting(NAME, secret, "default")),
        repr(dir(secret)),
    ]
    with pytest.raises(TypeError) as no_json:
        json.dumps({"key": secret})
    with pytest.raises(ValueError, match="something else") as caught:
        _fails(secret)
    shown += [_told(no_json.value), _told(caught.value), repr([getattr(secret, name) for name in Secret.__slots__])]
    assert PLANTED not in "".join(shown)
    assert secret.reveal() == PLANTED
    assert copy.deepcopy([secret])[0] is secret
    assert copy.copy(secret).reveal() == PLANTED


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_is_not_pickled(protocol: int) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(settings.Setting(NAME, Secret(PLANTED), "default"), protocol)


KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=40).filter(
    lambda key: "*" not in key
)


@hypothesis.settings(deadline=None)
@given(key=KEYS, before=st.text(max_size=8), after=st.text(max_size=8))
def test_redact_finds_a_key_however_it_is_written(key: str, before: str, after: str) -> None:
    settings._known.clear()
    settings._compiled.clear()
    Secret(key)
    for form in (key, urllib.parse.quote(key, safe=""), urllib.parse.quote_plus(key), json.dumps(key)[1:-1]):
        assert form not in redact(before + form + after)
        assert form not in redact(before + form + after, guess=False)


@hypothesis.settings(deadline=None)
@given(
    key=KEYS.filter(lambda key: len(key) >= 12),
    user=st.text(st.characters(min_codepoint=97, max_codepoint=122), max_size=7),
)
def test_redact_finds_a_key_inside_base64(key: str, user: str) -> None:
    """As in Basic authorisation: what stands before the key shifts its letters."""
    settings._known.clear()
    settings._compiled.clear()
    Secret(key)
    packed = base64.b64encode(f"{user}:{key}".encode()).decode()
    left = redact(f"x {packed} y").removeprefix("x ").removesuffix(" y")
    assert "***" in left
    assume("=" not in left.replace("***", "")[:-2])
    rest = left.replace("***", "")
    # What stays are the letters of the user and at most a letter of each end
    assert len(rest) <= len(base64.b64encode(f"{user}:".encode())) + 4


def test_redact_knows_headers_and_parameters_of_strangers() -> None:
    assert redact("Authorization: Bearer abcdefgh.ijkl-mn") == "Authorization: Bearer ***"
    assert redact("https://a.example/?apikey=deadbeef&i=tt1") == "https://a.example/?apikey=***&i=tt1"
    assert (
        redact("https://a.example/?api_key=deadbeef&i=tt1", guess=False) == "https://a.example/?api_key=deadbeef&i=tt1"
    )


def test_no_tail_of_a_longer_key_is_left() -> None:
    Secret("longer-key")
    Secret("longer-key-and-its-tail")
    assert redact("longer-key-and-its-tail, longer-key") == "***, ***"


def test_a_short_key_is_redacted_as_a_word_only() -> None:
    Secret("q7")
    assert redact("q7 and faq78, key=q7.") == "*** and faq78, key=***."


def test_guarded_loggers_redact_messages_and_errors() -> None:
    Secret(PLANTED)
    stream = io.StringIO()
    logger = logging.getLogger("bookfilm_test.guarded")
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler := logging.StreamHandler(stream))
    guard_logs([logger.name])
    guard_logs([logger.name])
    logger.debug("GET %s %r", f"https://a.example/{urllib.parse.quote(PLANTED, safe='')}", {"key": PLANTED})
    try:
        int(PLANTED)
    except ValueError:
        logger.exception("failed")
    logger.removeHandler(handler)
    assert "GET https://a.example/***" in stream.getvalue()
    assert "literal for int() with base 10: '***'" in stream.getvalue()
    assert PLANTED not in stream.getvalue()


def test_the_module_is_light() -> None:
    code = (
        "import bookfilm_nb.settings, sys; print(sorted({'httpx', 'keyring', 'dotenv', 'pydantic'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_a_key_is_asked_for_at_a_terminal_and_the_command_goes_on(monkeypatch, capsys):
    from bookfilm_nb import cli, settings

    monkeypatch.setattr(settings, "_asked", {})
    monkeypatch.delenv("A_KEY_TO_ASK_FOR", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    prompts = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: prompts.append(prompt) or "typed-secret-123")
    found = []

    def run(_args):
        found.append(settings.required("A_KEY_TO_ASK_FOR"))
        return 0

    monkeypatch.setattr(cli, "_run", run)
    assert cli.main(["doctor"]) == 0
    assert (found[0].origin, found[0].value.reveal()) == ("asked", "typed-secret-123")
    assert len(prompts) == 1
    told = capsys.readouterr()
    assert "typed-secret" not in told.out + told.err + repr(found)


def test_nothing_typed_is_the_same_as_no_key(monkeypatch):
    from bookfilm_nb import settings

    monkeypatch.setattr(settings, "_asked", {})
    monkeypatch.setattr("getpass.getpass", lambda _: "")
    with pytest.raises(MissingPartError, match="A_KEY_TO_ASK_FOR"):
        settings.ask("A_KEY_TO_ASK_FOR")


def test_without_a_terminal_nobody_is_asked(monkeypatch, capsys):
    from bookfilm_nb import cli, settings

    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setattr(cli, "_run", lambda _: settings.required("A_KEY_TO_ASK_FOR"))
    assert cli.main(["doctor"]) == 3
    assert "A_KEY_TO_ASK_FOR" in capsys.readouterr().err
