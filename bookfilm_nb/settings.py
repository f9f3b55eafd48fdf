"""Keys and options: the environment, then ``.env``, then the keyring, then a default, and which of them it was.

Only the ``.env`` of the working directory is read, never one further up: a folder that someone else may write to must
not decide whose account is used. Nothing here is written, and nothing is put into the environment. A key travels as
a :class:`Secret`, which no print, log, traceback, JSON or pickle can show; :func:`redact` takes every key seen so far
out of a text that somebody else made.
"""

from __future__ import annotations

import base64
import html
import json
import logging
import os
import re
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

from bookfilm_nb.errors import ChoiceError, MissingPartError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "KEYRING_SERVICE",
    "Option",
    "Origin",
    "Secret",
    "Setting",
    "ask",
    "guard_logs",
    "key_status",
    "option",
    "redact",
    "required",
    "setting",
]

KEYRING_SERVICE = "bookfilm"
"""The service under which keys lie in the system's keyring: ``keyring set bookfilm TMDB_API_KEY``."""

Origin = Literal["environment", ".env", "keyring", "asked", "default"]

_HIDDEN = "***"
_WIDEST_ENV_FILE = 1 << 20
_log = logging.getLogger(__name__)


class Secret:
    """A key that cannot be shown by accident: only :meth:`reveal` gives it, at the one place of use.

    Text of it is ``***``; it does not become JSON, and pickling it raises TypeError (ask for the setting again
    in the other process). Making one tells :func:`redact` of it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        # A closure and no attribute: tools that list the attributes of a local find a function
        self._value: Callable[[], str] = lambda: value
        _remember(self)

    def reveal(self) -> str:
        """The key itself. Do not keep it in a variable of a function that may raise."""
        return self._value()

    def __repr__(self) -> str:
        return f"Secret({_HIDDEN})"

    def __str__(self) -> str:
        return _HIDDEN

    def __format__(self, spec: str) -> str:
        return format(_HIDDEN, spec)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, _memo: object) -> Secret:
        return self

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("A key is not pickled: ask bookfilm_nb.settings for it where it is used.")


@dataclass(frozen=True)
class Setting:
    """A key, its name, and where it was found."""

    name: str
    value: Secret
    origin: Origin


@dataclass(frozen=True)
class Option:
    """A setting that is no secret (an address, a folder), and where it was found."""

    name: str
    value: str
    origin: Origin


def setting(name: str, *, default: str | None = None) -> Setting | None:
    """The key of this name, or None where none is set: environment > ./.env > keyring > :func:`ask` > default.

    An empty value counts as none, spaces around it are dropped. Raises ChoiceError for a value that cannot be
    a key (it holds a space, a line break or a letter outside ASCII) and for a ``.env`` that cannot be read.
    """
    found: Setting | None = None
    if sealed := _from_environment(name):
        found = Setting(name, Secret(sealed()), "environment")
    elif sealed := _from_env_file(name):
        found = Setting(name, Secret(sealed()), ".env")
    elif sealed := _from_keyring(name):
        found = Setting(name, Secret(sealed()), "keyring")
    elif name in _asked:
        found = Setting(name, _asked[name], "asked")
    elif default:
        found = Setting(name, Secret(default), "default")
    if found and not _sendable(found.value):
        raise ChoiceError(
            f"The value of {name} (from {found.origin}) cannot be a key: it holds a space, a line break"
            " or a letter outside ASCII.",
            hint="Copy the key again, without quotes.",
            name=name,
            origin=found.origin,
        )
    return found


def required(name: str, *, get_it_at: str = "") -> Setting:
    """The key of this name. Raises MissingPartError where none is set, with the ways to set it.

    ``get_it_at`` is the address of the page that gives keys away.
    """
    if found := setting(name):
        return found
    more = f" State of the keyring: {_keyring_state[0]}." if _keyring_state else ""
    more += f" A key is given at {get_it_at}." if get_it_at else ""
    raise MissingPartError(
        f"The key {name} is not set.",
        hint=f"Set the environment variable {name}, or write {name}=... into a file .env in the working directory"
        f" (pip install 'bookfilm-nb[keys]'), or run: keyring set {KEYRING_SERVICE} {name}.{more}",
        name=name,
    )


def ask(name: str) -> Setting:
    """Ask for a key at the terminal, where it is not shown; it is kept for this process alone.

    Raises MissingPartError where nothing is typed, ChoiceError for what cannot be a key.
    """
    import getpass

    typed = getpass.getpass(f"{name} (not shown; Enter to stop): ").strip()
    if typed:
        _asked[name] = Secret(typed)
    try:
        return required(name)
    except ChoiceError:
        _asked.pop(name, None)
        raise


def option(name: str, default: str) -> Option:
    """A setting that is no secret: environment > ./.env > default. It may be shown."""
    if sealed := _from_environment(name):
        return Option(name, sealed(), "environment")
    if sealed := _from_env_file(name):
        return Option(name, sealed(), ".env")
    return Option(name, default, "default")


def key_status(name: str) -> str:
    """Whether a key is set and where it comes from, in words that may be printed; nothing of the key itself."""
    found = setting(name)
    return f"{name}: set, from {found.origin}" if found else f"{name}: not set"


def redact(text: str, *, guess: bool = True) -> str:
    """The text with every known key taken out: as it is, URL-encoded, escaped for JSON or HTML, and in base64.

    With ``guess`` also what follows ``Bearer``, ``Basic`` or ``api_key=``, known or not: right for messages and logs,
    wrong for data.
    """
    if _known:
        text = _pattern().sub(_HIDDEN, text)
    if not guess:
        return text
    text = _AUTHORISATION.sub(rf"\1 {_HIDDEN}", text)
    return _PARAMETER.sub(rf"\1{_HIDDEN}", text)


_HTTP_LOGGERS = tuple(
    name
    for number in ("", "2")
    for name in (
        f"httpx{number}",
        *(f"httpcore{number}.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
    )
)
"""Of the HTTP clients that services are called with. A filter on a parent does not see what its children log."""


def guard_logs(names: Iterable[str]) -> None:
    """Have these loggers, and those of the HTTP clients, redact every record that they make, however verbose they are.

    May be called twice.
    """
    for name in (*names, *_HTTP_LOGGERS):
        logging.getLogger(name).addFilter(_redact_record)


def _redact_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = redact(record.getMessage()), ()
    if record.exc_info or record.exc_text:
        # A formatted traceback shows messages of errors that we did not write
        text = record.exc_text or logging.Formatter().formatException(record.exc_info)  # type: ignore[arg-type]
        record.exc_info, record.exc_text = None, redact(text)
    return True


_AUTHORISATION = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}")
_PARAMETER = re.compile(r"(?i)\b((?:api_?key|access_token|token|secret)=)[^&\s\"'<>)]+")

_asked: dict[str, Secret] = {}
_known: dict[str, None] = {}
_compiled: list[re.Pattern[str]] = []
_env_file_told: list[str] = []
_keyring_state: list[str] = []


def _remember(secret: Secret) -> None:
    forms = dict.fromkeys(_forms(secret.reveal()))
    if forms.keys() - _known.keys():
        _known.update(forms)
        _compiled.clear()


def _forms(value: str) -> list[str]:
    """The ways in which a key may stand in a text that others made."""
    if not value:
        return []
    bare, value = value, value.encode("utf-8", "replace").decode("utf-8")
    quoted = [urllib.parse.quote(value, safe=safe) for safe in ("", "/", "~")]
    quoted += [urllib.parse.quote_plus(value), urllib.parse.quote(quoted[0], safe="")]
    quoted += [re.sub(r"%[0-9A-F]{2}", lambda hit: hit[0].lower(), form) for form in quoted]
    escaped = [
        json.dumps(value)[1:-1],
        json.dumps(value)[1:-1].replace("/", r"\/"),
        html.escape(value),
        repr(value)[1:-1],
    ]
    return [bare, value, *quoted, *escaped, *_base64_forms(value.encode("utf-8"))]


def _base64_forms(value: bytes) -> list[str]:
    """What of a key's base64 does not depend on its neighbours, at each of the three alignments ("user:key")."""
    forms = []
    for lead in range(3):
        text = base64.b64encode(b"\0" * lead + value).decode("ascii").rstrip("=")
        first = (0, 2, 3)[lead]
        last = len(text) if (lead + len(value)) % 3 == 0 else len(text) - 1
        if last - first >= 8:
            middle = text[first:last]
            forms += [middle, middle.replace("+", "-").replace("/", "_")]
    return forms


def _pattern() -> re.Pattern[str]:
    if _compiled:
        return _compiled[-1]
    known = tuple(_known)  # at once: another thread may tell of a key
    # Longest first, so that no form leaves the tail of a longer one; very short ones only as whole words
    parts = [
        re.escape(form) if len(form) >= 4 else rf"(?<!\w){re.escape(form)}(?!\w)"
        for form in sorted(known, key=lambda form: (-len(form), form))
    ]
    pattern = re.compile("|".join(parts))
    if len(known) == len(_known):
        _compiled.append(pattern)
    return pattern


def _sendable(secret: Secret) -> bool:
    """Whether it can stand in a header and an address: printable ASCII without spaces."""
    return all("!" <= letter <= "~" for letter in secret.reveal())


def _sealed(raw: str | None) -> Callable[[], str] | None:
    """The value behind a call, so that no local of a frame holds it; None for an empty one."""
    return raw.strip if raw and raw.strip() else None


def _from_environment(name: str) -> Callable[[], str] | None:
    return _sealed(os.environ.get(name))


def _from_env_file(name: str) -> Callable[[], str] | None:
    path = Path(".env")
    if not path.is_file():
        return None
    try:
        import dotenv
    except ImportError:
        if not _env_file_told:
            _env_file_told.append("said")
            _log.warning("There is a file .env, but python-dotenv is not installed: pip install 'bookfilm-nb[keys]'.")
        return None
    try:
        if path.stat().st_size <= _WIDEST_ENV_FILE:
            return _sealed(dotenv.dotenv_values(path, interpolate=False, encoding="utf-8-sig").get(name))
        problem = "it is larger than 1 MiB"
    except UnicodeDecodeError:
        problem = "it is not UTF-8"
    except OSError as error:
        problem = error.strerror or type(error).__name__
    # Outside the except: a decoding error carries the bytes of the file
    raise ChoiceError(f"The file .env cannot be read: {problem}.", hint="Save it as plain UTF-8 text.", name=name)


def _from_keyring(name: str) -> Callable[[], str] | None:
    """The keyring's value; one that is not installed or has no backend is no news, a broken one is told once."""
    try:
        import keyring
        from keyring.errors import NoKeyringError
    except ImportError:
        return None
    try:
        return _sealed(keyring.get_password(KEYRING_SERVICE, name))
    except NoKeyringError:
        problem, told = "none on this machine", True
    except Exception as error:  # backends raise what they like: D-Bus, OS and runtime errors
        problem, told = f"could not be read, {type(error).__name__}", False
    if not _keyring_state:
        _keyring_state.append(problem)
        if not told:
            _log.warning("The keyring %s; going on without it.", problem)
    return None
