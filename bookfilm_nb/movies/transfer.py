"""One file over HTTP: taken up where it broke off, with the waits that the server asks for, and opened at the end."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal

from bookfilm_nb.errors import DataError, OutputError, ProviderError

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

__all__ = ["DownloadProgress", "Holds", "Transfer", "check_opens", "plain"]

DownloadProgress = Callable[[str, int, int | None], None]
"""Called with the file's name, the bytes there are and the bytes there will be, None where the server does not say."""
Holds = Literal["gzip", "zip", "anything"]

_CHUNK = 1 << 18
_TRIES = 5
_MOST_TRIES = 100
_PATIENCE_S = 300.0
_WAITS_S = (1.0, 2.0, 4.0, 8.0)
_TIMEOUT_S = 30.0
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MAGIC: Mapping[Holds, bytes] = {"gzip": b"\x1f\x8b", "zip": b"PK"}
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "bookfilm-nb (movie data)"}


def plain(url: str) -> str:
    """The address without what may hold a key: no user, no query."""
    return re.sub(r"//[^/@]*@", "//", url).partition("?")[0]


def check_opens(path: Path, holds: Holds) -> None:
    """Read a gzip or zip file to its end. Raises DataError where its checksums, or its length, do not fit."""
    try:
        _read_through(path, holds)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise DataError(
            f"{path.name} is damaged: it cannot be unpacked to its end.",
            hint="Fetch it again, with refresh.",
            path=str(path),
        ) from error


def _read_through(path: Path, holds: Holds) -> None:
    if holds == "gzip":
        if not path.stat().st_size:
            raise EOFError
        with gzip.open(path) as stream:
            while stream.read(_CHUNK):
                pass
    elif holds == "zip":
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as opened:
                    while opened.read(_CHUNK):
                        pass


class _AgainError(Exception):
    """A try that failed in a way that may pass; ``wait_s`` where the server asks for a wait."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        self.reason = reason
        self.wait_s = wait_s
        super().__init__(reason)


@dataclass(frozen=True)
class Transfer:
    """A downloader for pooch: brings the body of a URL into a part file, checks it, and hands it over."""

    part: Path
    holds: Holds
    largest: int
    progress: DownloadProgress | None
    sleep: Callable[[float], None]

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        """Fetch ``url`` to ``output_file``; five tries in a row that bring nothing end it: ProviderError."""
        failed = 0
        for _ in range(_MOST_TRIES):
            before = self._size()
            try:
                self._once(url)
                self._check()
                break
            except _AgainError as again:
                failed = 1 if self._size() > before else failed + 1
                wait_s = _WAITS_S[min(failed, len(_WAITS_S)) - 1] if again.wait_s is None else again.wait_s
                if failed == _TRIES or wait_s > _PATIENCE_S:
                    raise self._useless(url, again.reason) from again
                self.sleep(wait_s)
            except DataError:
                self._forget()
                raise
        else:
            raise self._useless(url, "it breaks off again and again")
        self.part.replace(output_file)
        self._forget()

    def _once(self, url: str) -> None:
        import httpx

        start, validator = self._size(), self._validator(url)
        if not validator:
            self._forget()
            start = 0
        headers = {**_HEADERS, "Range": f"bytes={start}-", "If-Range": validator} if start else _HEADERS
        try:
            with httpx.stream("GET", url, headers=headers, follow_redirects=True, timeout=_TIMEOUT_S) as reply:
                if reply.status_code == 416 and start:
                    self._finished(reply, start)
                else:
                    self._take(url, reply, start)
        except (httpx.TransportError, httpx.TooManyRedirects) as error:
            raise _AgainError(f"the connection failed ({type(error).__name__})") from error
        except httpx.InvalidURL as error:
            raise DataError(f"{plain(url)} is no address.", hint="Check it.", url=plain(url)) from error

    def _finished(self, reply: httpx.Response, start: int) -> None:
        """Nothing lies beyond what there is: the part is whole, or it is not this file's."""
        if reply.headers.get("Content-Range", "").strip() != f"bytes */{start}":
            self._forget()
            raise _AgainError("it does not know the range that was asked for", 0.0)

    def _take(self, url: str, reply: httpx.Response, start: int) -> None:
        if reply.status_code in _PASSING:
            raise _AgainError(f"it answers {reply.status_code}", _wait_asked(reply))
        if reply.status_code not in {200, 206} or (reply.status_code == 206 and not start):
            raise DataError(
                f"{plain(url)} cannot be fetched: the server answers {reply.status_code}.",
                hint="The file may have moved: see the source's page.",
                url=plain(url),
                status=reply.status_code,
            )
        if url.startswith("https:") and reply.url.scheme != "https":
            raise DataError(f"{plain(url)} leads to an address without encryption.", hint="", url=plain(url))
        if reply.status_code == 200:
            start = 0
        elif not reply.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            self._forget()
            raise _AgainError("it sends another range than was asked for", 0.0)
        length = reply.headers.get("Content-Length", "")
        total = start + int(length) if re.fullmatch(r"[0-9]{1,15}", length) else None
        self._room_for(url, start, total)
        self._remember(url, reply.headers)
        self._write(url, reply, start, total)

    def _write(self, url: str, reply: httpx.Response, done: int, total: int | None) -> None:
        with self.part.open("r+b" if done else "wb") as file:
            file.seek(done)
            file.truncate()
            for chunk in reply.iter_raw():
                if not done:
                    self._expect(url, reply.headers.get("Content-Type", ""), chunk)
                done += len(chunk)
                if done > self.largest:
                    raise self._too_large(url)
                file.write(chunk)
                if self.progress:
                    self.progress(self.part.stem, done, total)

    def _expect(self, url: str, kind: str, first: bytes) -> None:
        """Raise DataError where the first bytes are those of another kind of file: mostly an error page."""
        opening = first[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        page = opening.startswith((b"<!doctype html", b"<html"))
        magic = _MAGIC.get(self.holds, b"")
        if first.startswith(magic) and not page:
            return
        what = "a web page" if page or kind.startswith("text/html") else "another kind of file"
        raise DataError(
            f"{plain(url)} gives {what} instead of {self.part.stem}.",
            hint="A login page or an error page was sent: open the address in a browser.",
            url=plain(url),
        )

    def _check(self) -> None:
        """Open what has come; what cannot be opened is thrown away and fetched anew."""
        if not self.part.exists():
            self.part.touch()
        try:
            check_opens(self.part, self.holds)
        except DataError as error:
            self._forget()
            raise _AgainError("what it sends is damaged") from error

    def _room_for(self, url: str, start: int, total: int | None) -> None:
        if total is None:
            return
        if total > self.largest:
            raise self._too_large(url)
        if shutil.disk_usage(self.part.parent).free < total - start:
            raise OutputError(
                f"The disk of {self.part.parent} has no room for {self.part.stem} ({total / 1e6:.0f} MB).",
                hint="Make room or choose another folder.",
                path=str(self.part.parent),
            )

    def _too_large(self, url: str) -> DataError:
        return DataError(
            f"{plain(url)} sends more than {self.largest} bytes.", hint="This is not the file.", url=plain(url)
        )

    def _useless(self, url: str, reason: str) -> ProviderError:
        return ProviderError(
            f"{plain(url)} could not be fetched: {reason}.",
            hint="Try again later: what has come so far is kept.",
            url=plain(url),
        )

    @property
    def _note(self) -> Path:
        return self.part.with_name(f"{self.part.name}.json")

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def _remember(self, url: str, headers: httpx.Headers) -> None:
        """Keep what names this version of the file: a strong ETag, or else the date of its last change."""
        tag = headers.get("ETag", "")
        validator = tag if tag.startswith('"') else headers.get("Last-Modified", "")
        self._note.write_text(json.dumps({"url": plain(url), "validator": validator}), encoding="utf-8")

    def _validator(self, url: str) -> str:
        """What tells the server which file the part is of; nothing where that is not known."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        same = isinstance(note, dict) and note.get("url") == plain(url)
        return str(note.get("validator", "")) if same else ""


def _wait_asked(reply: httpx.Response) -> float | None:
    """Seconds that Retry-After asks for: a number, or a date against the reply's own."""
    asked = reply.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", asked):
        return float(asked)
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(reply.headers.get("Date", ""))
        return max(0.0, wait.total_seconds())
    except (TypeError, ValueError):
        return None
