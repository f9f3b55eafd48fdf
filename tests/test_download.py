"""Downloads: resumed, checked, moved into place whole. A local server plays along."""

from __future__ import annotations

import errno
import gzip
import hashlib
import re
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from werkzeug import Request, Response

from bookfilm_nb.errors import Cancelled, ChoiceError, DataError, MissingPartError, OutputError, ProviderError
from bookfilm_nb.movies import download as download_module
from bookfilm_nb.movies.download import download
from bookfilm_nb.movies.sources import imdb

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_httpserver import HTTPServer

BODY = gzip.compress(b"".join(hashlib.sha256(bytes([n])).digest() for n in range(250)), mtime=0)
DIGEST = hashlib.sha256(BODY).hexdigest()
Fault = Callable[[Request], Response | None]


class Host:
    """A server of one file that goes wrong as it is told to, then serves it, with ranges, as a good one does."""

    def __init__(self, server: HTTPServer, body: bytes = BODY, path: str = "/file.gz") -> None:
        self.body, self.etag, self.ranges = body, '"one"', True
        self.faults: list[Fault] = []
        self.asked: list[str] = []
        self.sent_from: list[int] = []
        self.waits: list[float] = []
        self.url = server.url_for(path)
        server.expect_request(path).respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        self.asked.append(request.headers.get("Range", ""))
        wrong = self.faults.pop(0)(request) if self.faults else None
        return wrong or self.serve(request)

    def serve(self, request: Request, cut: int | None = None) -> Response:
        start = 0
        match = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        if self.ranges and match and request.headers.get("If-Range") == self.etag:
            start = int(match[1])
        if start >= len(self.body):
            return Response(status=416, headers={"Content-Range": f"bytes */{len(self.body)}"})
        self.sent_from.append(start)
        headers = {"Content-Type": "application/gzip"}
        if self.etag:
            headers["ETag"] = self.etag
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
        reply = Response(self.body[start:cut], status=206 if start else 200, headers=headers)
        reply.headers["Content-Length"] = str(len(self.body) - start)
        return reply

    def cut(self, at: int) -> Fault:
        return lambda request: self.serve(request, cut=at)

    def get(self, folder: Path, **options: object) -> Path:
        return download(self.url, folder, holds="gzip", sleep=self.waits.append, **options)  # type: ignore[arg-type]


def status(code: int, **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Response("no", status=code, headers=named)


def send(body: bytes, kind: str = "application/gzip") -> Fault:
    return lambda _: Response(body, content_type=kind)


@pytest.fixture
def host(httpserver: HTTPServer) -> Host:
    return Host(httpserver)


# What comes is the file, whole


def test_the_file_comes_with_its_digest_and_nothing_else(host: Host, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    path = host.get(tmp_path / "new" / "folder", progress=lambda *args: told.append(args))
    assert path.read_bytes() == BODY
    assert (path.parent / "file.gz.sha256").read_text() == f"{DIGEST}  file.gz\n"
    assert sorted(p.name for p in path.parent.iterdir()) == ["file.gz", "file.gz.sha256"]
    assert told[-1] == ("file.gz", len(BODY), len(BODY))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_what_is_there_is_not_fetched_again_unless_asked(host: Host, tmp_path: Path) -> None:
    host.get(tmp_path)
    host.get(tmp_path)
    assert len(host.asked) == 1
    host.body, host.etag = gzip.compress(b"tomorrow"), '"two"'
    assert host.get(tmp_path, refresh=True).read_bytes() == host.body
    assert hashlib.sha256(host.body).hexdigest() in (tmp_path / "file.gz.sha256").read_text()


def test_a_refresh_that_fails_leaves_what_was_there(host: Host, tmp_path: Path) -> None:
    path = host.get(tmp_path)
    host.faults = [status(404)]
    with pytest.raises(DataError, match="404"):
        host.get(tmp_path, refresh=True)
    assert path.read_bytes() == BODY
    assert host.get(tmp_path) == path


def test_a_transfer_that_broke_off_goes_on_where_it_stopped(host: Host, tmp_path: Path) -> None:
    host.faults = [host.cut(1000), host.cut(2500)]
    assert host.get(tmp_path).read_bytes() == BODY
    assert host.asked == ["", "bytes=1000-", "bytes=2500-"]
    assert host.sent_from == [0, 1000, 2500]
    assert host.waits == [1, 1]


def test_a_killed_download_goes_on_in_the_next_call(host: Host, tmp_path: Path) -> None:
    def stop(_name: str, done: int, _total: int | None) -> None:
        raise Cancelled("Stopped.", done=done)

    with pytest.raises(Cancelled) as stopped:
        host.get(tmp_path, progress=stop)
    assert not (tmp_path / "file.gz").exists()
    assert host.get(tmp_path).read_bytes() == BODY
    done = stopped.value.data["done"]
    assert done == len(BODY) or host.asked == ["", f"bytes={done}-"]


def test_a_whole_part_is_taken_as_it_is(host: Host, tmp_path: Path) -> None:
    def stop(_name: str, done: int, total: int | None) -> None:
        if done == total:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        host.get(tmp_path, progress=stop)
    (tmp_path / "file.gz.part").write_bytes(BODY)
    assert host.get(tmp_path).read_bytes() == BODY
    assert host.asked == ["", f"bytes={len(BODY)}-"]


def test_a_file_that_has_changed_meanwhile_is_fetched_from_its_start(host: Host, tmp_path: Path) -> None:
    def changed(request: Request) -> Response:
        host.body, host.etag = gzip.compress(b"another day" * 500), '"two"'
        return host.serve(request)

    host.faults = [host.cut(1000), changed]
    assert host.get(tmp_path).read_bytes() == host.body


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_without_a_name_for_the_version_nothing_is_patched_together(host: Host, tmp_path: Path, etag: str) -> None:
    host.etag = etag
    host.faults = [host.cut(1000)]
    assert host.get(tmp_path).read_bytes() == BODY
    assert host.asked == ["", ""]


def test_a_server_without_ranges_starts_again(host: Host, tmp_path: Path) -> None:
    host.ranges = False
    host.faults = [host.cut(1000)]
    assert host.get(tmp_path).read_bytes() == BODY


def test_a_range_that_was_not_asked_for_is_not_taken(host: Host, tmp_path: Path) -> None:
    def other(_: Request) -> Response:
        return Response(BODY[5:], status=206, headers={"Content-Range": f"bytes 5-{len(BODY) - 1}/{len(BODY)}"})

    for fault in (other, status(416)):
        host.faults = [host.cut(1000), fault]
        path = download(host.url, tmp_path, refresh=True, sleep=host.waits.append)
        assert path.read_bytes() == BODY


# Servers that ask for patience, and those that get none


def test_a_server_is_given_the_time_it_asks_for(host: Host, tmp_path: Path) -> None:
    host.faults = [
        status(429, Retry_After="7"),
        status(503, Retry_After="Sun, 22 Nov 2020 12:00:30 GMT"),
        status(502, Retry_After="soon"),
        status(500),
    ]
    assert host.get(tmp_path).read_bytes() == BODY
    assert host.waits == [7, 0, 4, 8]


def test_five_tries_that_bring_nothing_are_enough(host: Host, tmp_path: Path) -> None:
    host.faults = [status(503)] * 9
    with pytest.raises(ProviderError, match="503"):
        host.get(tmp_path)
    assert (len(host.asked), host.waits) == (5, [1, 2, 4, 8])


@pytest.mark.parametrize("until", ["3600", "Mon, 22 Nov 2999 12:00:00 GMT"])
def test_nobody_waits_an_hour(host: Host, tmp_path: Path, until: str) -> None:
    host.faults = [status(429, Retry_After=until)]
    with pytest.raises(ProviderError, match="429"):
        host.get(tmp_path)
    assert host.waits == []


def test_nobody_there(tmp_path: Path, unused_tcp_port: int) -> None:
    waits: list[float] = []
    with pytest.raises(ProviderError, match="connection"):
        download(f"http://127.0.0.1:{unused_tcp_port}/file.gz", tmp_path, sleep=waits.append)
    assert waits == [1, 2, 4, 8]


@pytest.fixture
def unused_tcp_port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_a_file_that_is_gone_is_not_asked_for_twice(host: Host, tmp_path: Path, code: int) -> None:
    host.faults = [status(code)]
    with pytest.raises(DataError, match=str(code)) as caught:
        host.get(tmp_path)
    assert len(host.asked) == 1
    assert caught.value.data["status"] == code
    assert list(tmp_path.iterdir()) == []


# What comes is not the file


@pytest.mark.parametrize(
    "fault",
    [
        send(b"<!DOCTYPE html><html>Sign in</html>", "text/html"),
        send(b"\n <html><body>Busy</body></html>", "application/octet-stream"),
        send(b"tconst\taverageRating\n", "text/plain"),
    ],
)
def test_a_page_instead_of_the_file_is_no_file(host: Host, tmp_path: Path, fault: Fault) -> None:
    host.faults = [fault]
    with pytest.raises(DataError, match="instead of"):
        host.get(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_found_out_whatever_is_expected(host: Host, tmp_path: Path) -> None:
    host.faults = [send(b"<html>")]
    with pytest.raises(DataError, match="web page"):
        download(host.url, tmp_path, sleep=host.waits.append)


def test_a_body_that_does_not_unpack_is_fetched_anew(host: Host, tmp_path: Path) -> None:
    host.faults = [send(BODY[:-20]), send(BODY[:200] + b"\0\0\0\0" + BODY[204:]), send(b"")]
    assert host.get(tmp_path).read_bytes() == BODY
    host.faults = [send(BODY[:-20])] * 5
    with pytest.raises(ProviderError, match="damaged"):
        host.get(tmp_path, refresh=True)


def test_a_published_digest_is_held_against_what_comes(host: Host, tmp_path: Path) -> None:
    assert host.get(tmp_path / "good", sha256=DIGEST).read_bytes() == BODY
    with pytest.raises(DataError, match="digest"):
        host.get(tmp_path / "bad", sha256="0" * 64)
    assert list((tmp_path / "bad").iterdir()) == []


def test_a_file_changed_on_the_disk_is_found_out(host: Host, tmp_path: Path) -> None:
    path = host.get(tmp_path)
    path.write_bytes(gzip.compress(b"forged"))
    with pytest.raises(DataError, match="changed"):
        host.get(tmp_path)
    assert host.get(tmp_path, refresh=True).read_bytes() == BODY
    (tmp_path / "file.gz.sha256").write_text("nonsense")
    with pytest.raises(DataError, match="no record"):
        host.get(tmp_path)


def test_a_file_put_there_by_hand_is_opened_and_recorded(host: Host, tmp_path: Path) -> None:
    (tmp_path / "file.gz").write_bytes(BODY)
    host.get(tmp_path)
    assert (host.asked, (tmp_path / "file.gz.sha256").read_text()[:64]) == ([], DIGEST)
    (tmp_path / "file.gz.sha256").unlink()
    (tmp_path / "file.gz").write_bytes(BODY[:-9])
    with pytest.raises(DataError, match="damaged"):
        host.get(tmp_path)


def test_no_more_is_taken_than_the_file_may_have(host: Host, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="more than"):
        host.get(tmp_path, largest=len(BODY) - 1)

    def endless(_: Request) -> Response:
        return Response((BODY for _ in range(50)), content_type="application/gzip")

    host.faults = [endless]
    with pytest.raises(DataError, match="more than"):
        host.get(tmp_path, largest=5 * len(BODY))
    assert list(tmp_path.iterdir()) == []


def test_no_key_in_an_address_is_told(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/secret").respond_with_data("no", status=403)
    url = httpserver.url_for("/secret").replace("//", "//me:hunter2@") + "?key=hunter2"
    with pytest.raises(DataError) as caught:
        download(url, tmp_path, name="secret")
    assert "hunter2" not in f"{caught.value} {caught.value.data}"


# Places that cannot be written


def test_a_folder_that_is_a_file(host: Host, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        host.get(tmp_path / "taken" / "inner")


def test_a_disk_without_room(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 100))
    with pytest.raises(OutputError, match="no room"):
        host.get(tmp_path)
    monkeypatch.undo()

    def full(_name: str, _done: int, _total: int | None) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="full"):
        host.get(tmp_path, progress=full)


def test_a_part_that_is_not_installed(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(download_module, "import_module", missing)
    with pytest.raises(MissingPartError, match=r"bookfilm-nb\[data\]"):
        host.get(tmp_path)


# IMDb


def test_imdb_is_fetched_table_by_table_and_loads(httpserver: HTTPServer, tmp_path: Path) -> None:
    basics = b"tconst\ttitleType\tprimaryTitle\ntt0000001\tmovie\tNA\n"
    ratings = b"tconst\taverageRating\tnumVotes\ntt0000001\t7.0\t12\n"
    Host(httpserver, gzip.compress(basics), "/title.basics.tsv.gz")
    Host(httpserver, gzip.compress(ratings), "/title.ratings.tsv.gz")
    told: list[str] = []
    folder = imdb.get(
        tmp_path / "imdb",
        tables=("title.basics", "title.ratings"),
        base_url=httpserver.url_for("/"),
        progress=lambda name, _done, _total: told.append(name),
    )
    table = imdb.load(folder).table
    assert (table["title"].tolist(), table["votes"].tolist()) == (["NA"], [12])
    assert told == ["title.basics.tsv.gz", "title.ratings.tsv.gz"]
    with pytest.raises(ChoiceError, match="nonsense"):
        imdb.get(tmp_path, tables=("nonsense",))
